use super::*;
use crate::fixture::{Team, UNIT, at, programme};
use domain::sync::manifest::ManifestFault;
use domain::time::operational_date;

#[test]
fn names_everybody_and_opens_for_the_active_only() {
    let team = Team::new();
    let manifest = team.manifest.verify(&team.invitation.admin_key.0).unwrap();
    assert_eq!((manifest.number, manifest.devices.len()), (3, 3));
    let lead = team.lead.open();
    assert_eq!(
        (lead.role(), lead.unit(), lead.status()),
        (Some(Role::Lead), Some(&UnitId::new(UNIT)), Some(DeviceStatus::Active))
    );
    assert_eq!(lead.programme().unwrap(), &programme());
    assert_eq!(lead.leads().into_iter().collect::<Vec<_>>(), [lead.device()]);
    assert!(lead.alias_key(operational_date(at(0).now)).is_ok());
    let recovery = SealIdentity::from_text(team.recovery.as_text()).unwrap();
    assert!(seal::open(&recovery, &manifest.sealed.0).is_ok(), "recovery needs the lists too");
    assert!(!format!("{:?}", team.recovery).contains("AGE"));
}

#[test]
fn a_revoked_device_keeps_its_lists_and_reads_no_new_ones() {
    let team = Team::new();
    let device = team.member.open().device();
    let mut other = programme();
    other.name = "Cambiato".into();
    let changes = vec![
        ManifestChange::SetStatus { device, status: DeviceStatus::Revoked },
        ManifestChange::SetProgramme(Box::new(other)),
    ];
    let mut desk = team.admin.open();
    assert!(desk.holds_admin_key().unwrap());
    let signed = desk.sign_manifest(changes, at(-10)).unwrap();
    assert_eq!(desk.programme().unwrap().name, "Cambiato");
    let mut member = team.member.open();
    member.apply_manifest(&signed).unwrap();
    assert_eq!(member.status(), Some(DeviceStatus::Revoked));
    assert_eq!(member.programme().unwrap().name, programme().name);
    drop(member);
    assert_eq!(team.member.open().status(), Some(DeviceStatus::Revoked), "also after a restart");
    let mut lead = team.lead.open();
    lead.apply_manifest(&signed).unwrap();
    assert_eq!(lead.programme().unwrap().name, "Cambiato");
}

#[test]
fn refuses_older_forged_and_foreign_manifests_and_changes_nothing() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let newer = desk.sign_manifest(Vec::new(), at(-10)).unwrap();
    let mut lead = team.lead.open();
    let applied = lead.apply_manifest(&newer).unwrap();
    assert_eq!(applied, crate::enrolled::ManifestOutcome::Applied);
    assert_eq!(lead.apply_manifest(&newer).unwrap(), crate::enrolled::ManifestOutcome::Unchanged);
    assert_eq!(lead.apply_manifest(&team.manifest).unwrap_err(), NotebookError::StaleManifest);
    let mut forged = newer.clone();
    forged.signature.0[5] ^= 1;
    assert_eq!(lead.apply_manifest(&forged).unwrap_err(), NotebookError::BadManifest(ManifestFault::Signature));
    // Another admin signs the same content.
    let other = SigningKey::generate(&mut Entropy::system()).unwrap();
    let signature = other.sign(&manifest_message(&newer.manifest.0));
    let foreign = SignedManifest { manifest: newer.manifest, signature };
    assert_eq!(lead.apply_manifest(&foreign).unwrap_err(), NotebookError::BadManifest(ManifestFault::Signature));
    assert_eq!(lead.manifest().unwrap().number, 4);
}

#[test]
fn does_not_move_a_phone_with_a_journal_to_another_unit() {
    let team = Team::new();
    let mut member = team.member.open();
    member.save(crate::fixture::opened(1), None, at(0), None).unwrap();
    let admin = team.admin.open().admin_key().unwrap();
    let mut manifest = team.manifest.verify(&team.invitation.admin_key.0).unwrap();
    manifest.number += 1;
    for device in &mut manifest.devices {
        device.unit = device.unit.as_ref().map(|_| UnitId::new("BS-U2"));
    }
    let manifest = serde_json::to_vec(&manifest).unwrap();
    let signature = admin.sign(&manifest_message(&manifest));
    let moved = SignedManifest { manifest: Bytes(manifest), signature };
    assert_eq!(member.apply_manifest(&moved).unwrap_err(), NotebookError::OtherUnit);
    assert_eq!(member.unit(), Some(&UnitId::new(UNIT)), "nothing was written");
    assert_eq!(member.journal().unit().unwrap(), Some(UnitId::new(UNIT)));
}

#[test]
fn waits_for_a_manifest_that_names_the_device() {
    let team = Team::new();
    let dir = tempfile::tempdir().unwrap();
    let key = DataKey::generate(&mut Entropy::system()).unwrap();
    let mut new = Notebook::create(dir.path(), &key, &team.invitation, Entropy::system()).unwrap();
    assert_eq!((new.role(), new.programme().err()), (None, Some(NotebookError::NotEnrolled)));
    assert_eq!(new.apply_manifest(&team.manifest).unwrap_err(), NotebookError::NotEnrolled);
    let keys = new.identity().public();
    drop(new);
    let mut new = Notebook::open(dir.path(), &key, Entropy::system()).unwrap();
    assert_eq!(new.identity().public(), keys, "the keys that were handed in are kept while waiting");
    let mut desk = team.admin.open();
    let no_unit = ManifestChange::AddDevice { keys: keys.clone(), role: Role::Lead, unit: None };
    let error = desk.sign_manifest(vec![no_unit], at(-10)).unwrap_err();
    assert_eq!(error, NotebookError::InvalidInput("unit of the device"));
    let add = ManifestChange::AddDevice { keys, role: Role::DeskWorker, unit: None };
    let signed = desk.sign_manifest(vec![add.clone()], at(-10)).unwrap();
    assert_eq!(desk.sign_manifest(vec![add], at(-10)).unwrap_err(), NotebookError::AlreadyExists("device"));
    new.apply_manifest(&signed).unwrap();
    assert_eq!(new.role(), Some(Role::DeskWorker));
    let mut lead = team.lead.open();
    assert_eq!(lead.sign_manifest(Vec::new(), at(-10)).unwrap_err(), NotebookError::NotAllowed);
}
