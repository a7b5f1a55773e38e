use super::*;
use crate::entropy::Entropy;
use crate::fixture::{Team, at};
use crate::notebook::Notebook;
use crate::programme_new::ManifestChange;

/// A desk of this role, named by the team's next manifest and with that in force.
fn join(team: &Team, role: Role) -> (tempfile::TempDir, Notebook) {
    let folder = tempfile::tempdir().unwrap();
    let mut entropy = Entropy::seeded_for_simulation(77);
    let key = crate::crypto::DataKey::generate(&mut entropy).unwrap();
    let mut second = Notebook::create(folder.path(), &key, &team.invitation, entropy).unwrap();
    let keys = second.identity().public();
    let mut first = team.admin.open();
    let signed = first.sign_manifest(vec![ManifestChange::AddDevice { keys, role, unit: None }], at(0)).unwrap();
    second.apply_manifest(&signed).unwrap();
    (folder, second)
}

#[test]
fn a_second_admin_signs_and_opens_what_came_before() {
    let team = Team::new();
    let first = team.admin.open();
    let before = seal::seal(&first.manifest().unwrap().night_log_recipients(), b"a night", Packing::Plain).unwrap();
    drop(first);
    let (_folder, mut second) = join(&team, Role::Admin);
    let sealing = second.identity().sealing().unwrap().clone();
    assert_eq!(*seal::open(&sealing, &before).unwrap(), *b"a night");
    let alone = SealIdentity::from_text(&sealing.to_text()).unwrap();
    assert!(matches!(seal::open(&alone, &before), Err(SealFault::NotForUs)), "by what it was handed only");
    let signed = second.sign_manifest(Vec::new(), at(1)).unwrap();
    team.admin.open().apply_manifest(&signed).unwrap();
    assert_eq!(team.admin.open().manifest().unwrap().number, second.manifest().unwrap().number);
}

#[test]
fn a_coordinator_opens_what_came_before_and_signs_nothing() {
    let team = Team::new();
    let (_folder, mut second) = join(&team, Role::Coordinator);
    assert_eq!(archive(second.store.connection()).unwrap().len(), 1);
    assert!(!second.holds_admin_key().unwrap());
    assert_eq!(second.sign_manifest(Vec::new(), at(1)).unwrap_err(), NotebookError::NotAllowed);
}

#[test]
fn phones_and_the_server_open_no_part_of_it() {
    let team = Team::new();
    let keyring = team.admin.open().manifest().unwrap().keyring.clone();
    assert!(!keyring.is_empty());
    for phone in [team.lead.open(), team.member.open()] {
        assert!(open(&keyring, phone.identity().sealing().unwrap()).is_err());
        assert!(archive(phone.store.connection()).unwrap().is_empty() && !phone.holds_admin_key().unwrap());
    }
    let text = format!("{keyring:?}{}", serde_json::to_string(&keyring).unwrap());
    assert!(!text.contains("AGE-SECRET"));
}

#[test]
fn the_recovery_sheet_opens_both_parts() {
    let team = Team::new();
    let manifest = team.admin.open().manifest().unwrap().clone();
    let paper = SealIdentity::from_text(team.recovery.as_text()).unwrap();
    let Opened { archive, signer } = open(&manifest.keyring, &paper).unwrap();
    assert!(archive.is_empty(), "there is one desk, and its identity is in use");
    assert_eq!(signer.unwrap().public(), manifest.admin_key);
}

#[test]
fn a_revoked_desk_is_handed_nothing_more() {
    let team = Team::new();
    let (_folder, mut second) = join(&team, Role::Admin);
    let device = second.device();
    let change = ManifestChange::SetStatus { device, status: DeviceStatus::Revoked };
    let signed = team.admin.open().sign_manifest(vec![change], at(2)).unwrap();
    let manifest = signed.verify(&team.invitation.admin_key.0).unwrap();
    assert!(open(&manifest.keyring, second.identity().sealing().unwrap()).is_err());
    second.apply_manifest(&signed).unwrap();
    assert_eq!(second.status(), Some(DeviceStatus::Revoked));
}
