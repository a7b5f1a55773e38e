use super::*;
use crate::fixture::{Team, at};
use crate::programme_new::ManifestChange;
use domain::ids::ZoneCode;
use domain::programme::Zone;
use domain::sync::manifest::Role;
use serde_json::json;

mod keys;

#[test]
fn takes_what_one_side_changed_and_mine_where_both_did() {
    let base =
        json!({ "name": "A", "k": 5, "zones": [{ "code": "Z1", "label": "Ovest" }, { "code": "Z2", "label": "Est" }] });
    let mine = json!({ "name": "B", "k": 5, "zones": [{ "code": "Z1", "label": "Ponente" }, { "code": "Z2", "label": "Est" }, { "code": "Z3", "label": "Nord" }] });
    let theirs =
        json!({ "name": "C", "k": 7, "zones": [{ "code": "Z1", "label": "Ovest" }, { "code": "Z4", "label": "Sud" }] });
    let merged = merge(Some(&base), mine.clone(), theirs.clone());
    assert_eq!(
        merged,
        json!({ "name": "B", "k": 7, "zones": [{ "code": "Z1", "label": "Ponente" }, { "code": "Z3", "label": "Nord" }, { "code": "Z4", "label": "Sud" }] })
    );
    assert_eq!(merge(Some(&base), base.clone(), theirs.clone()), theirs);
    assert_eq!(merge(Some(&base), mine.clone(), base.clone()), mine);
}

#[test]
fn merges_codes_without_names() {
    let merged = merge(Some(&json!(["OP-A", "OP-B"])), json!(["OP-A", "OP-B", "OP-C"]), json!(["OP-A", "OP-D"]));
    assert_eq!(merged, json!(["OP-A", "OP-C", "OP-D"]));
}

/// A second admin's desk of the team, and the first one, both at the same published manifest.
fn two_desks(team: &Team) -> (tempfile::TempDir, Notebook, Notebook) {
    let folder = tempfile::tempdir().unwrap();
    let mut entropy = crate::entropy::Entropy::seeded_for_simulation(78);
    let key = crate::crypto::DataKey::generate(&mut entropy).unwrap();
    let mut second = Notebook::create(folder.path(), &key, &team.invitation, entropy).unwrap();
    let mut first = team.admin.open();
    let keys = second.identity().public();
    let add = ManifestChange::AddDevice { keys, role: Role::Admin, unit: None };
    let signed = first.sign_manifest(vec![add], at(0)).unwrap();
    second.apply_manifest(&signed).unwrap();
    first.note_published().unwrap();
    second.note_published().unwrap();
    (folder, first, second)
}

fn with_zone(notebook: &Notebook, code: &str) -> ManifestChange {
    let mut programme = notebook.programme().unwrap().clone();
    let zone = Zone { code: ZoneCode::new(code), ..programme.zones[0].clone() };
    programme.zones.push(zone);
    ManifestChange::SetProgramme(Box::new(programme))
}

#[test]
fn a_revocation_signed_at_the_same_time_as_a_list_is_not_lost() {
    let team = Team::new();
    let (_folder, mut first, mut second) = two_desks(&team);
    let member = team.member.open().device();
    let theirs = second.sign_manifest(vec![with_zone(&second, "Z8")], at(1)).unwrap();
    let revoke = ManifestChange::SetStatus { device: member, status: DeviceStatus::Revoked };
    first.sign_manifest(vec![revoke, with_zone(&first, "Z9")], at(2)).unwrap();
    assert!(first.settle(&theirs, at(3)).unwrap(), "there is something to publish");
    let merged = first.signed_manifest().unwrap().unwrap();
    second.apply_manifest(&merged).unwrap();
    for desk in [&first, &second] {
        assert_eq!(desk.manifest().unwrap().find_device(member).unwrap().status, DeviceStatus::Revoked);
        let zones = &desk.programme().unwrap().zones;
        assert!(["Z8", "Z9"].iter().all(|code| zones.iter().any(|zone| zone.code.as_str() == *code)));
    }
    assert!(!first.settle(&merged, at(4)).unwrap(), "the server has it");
}

#[test]
fn does_not_settle_with_a_manifest_of_somebody_else() {
    let team = Team::new();
    let (_folder, mut first, _second) = two_desks(&team);
    let mut forged = first.signed_manifest().unwrap().unwrap();
    forged.manifest.0.push(b' ');
    assert!(matches!(first.settle(&forged, at(1)), Err(NotebookError::BadManifest(_))));
}
