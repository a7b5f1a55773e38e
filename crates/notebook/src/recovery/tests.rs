use super::*;
use crate::crypto::seal::SealIdentity;
use crate::error::NotebookError;
use crate::fixture::{Device, Team, at, contact, opened};
use crate::ingest::Arrivals;
use crate::journal::FILE;
use crate::programme_new::RecoverySecret;
use domain::ids::{OperatorCode, OutingId};
use domain::operation::Scope;
use domain::recovery_words;
use domain::sync::night_log::DeskEntry;
use domain::sync::{ProjectionContext, project};
use domain::time::operational_date;
use rusqlite::Connection;
use std::path::PathBuf;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

/// An outing of one phone with contacts of these numbers.
fn write(device: &Device, numbers: std::ops::Range<u128>) -> DeviceId {
    let mut phone = device.open();
    let id = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in numbers {
        phone.save(contact(1, number, id, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    id
}

fn both() -> Team {
    let team = Team::new();
    write(&team.lead, 100..102);
    write(&team.member, 200..203);
    team
}

/// A copy of a phone's journal, changed by hand.
fn copy(device: &Device, folder: &tempfile::TempDir, change: &str) -> PathBuf {
    let path = folder.path().join(format!("{}.db", device.seed));
    std::fs::copy(device.dir.join(FILE), &path).unwrap();
    Connection::open(&path).unwrap().execute_batch(change).unwrap();
    path
}

fn identity(secret: &RecoverySecret) -> SealIdentity {
    SealIdentity::from_secret(&recovery_words::read(secret.as_words()).unwrap()).unwrap()
}

fn why(recovered: &Recovered) -> Vec<(Why, u64, u64)> {
    recovered.troubles.iter().map(|trouble| (trouble.why, trouble.first, trouble.last)).collect()
}

fn contacts(recovered: &Recovered) -> usize {
    recovered.state(OUTING).unwrap().contacts.len()
}

/// Changes entries of a journal in spite of its triggers.
const UNLOCKED: &str = "DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed;";

#[test]
fn words_are_the_identity_that_they_were_made_from() {
    let team = Team::new();
    assert_eq!(*identity(&team.recovery).to_text(), team.recovery.as_text());
    assert!(!format!("{:?}", team.recovery).contains("AGE"));
}

#[test]
fn opens_the_journals_of_both_phones_without_any_device_or_manifest() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let mut gathered = Gathered::default();
    assert_eq!(gathered.add_journal(&copy(&team.lead, &folder, "")).unwrap(), 3);
    assert_eq!(gathered.add_journal(&copy(&team.member, &folder, "")).unwrap(), 4);
    let mut seen = 0;
    let recovered = gathered.open(&identity(&team.recovery), None, || seen += 1).unwrap();
    assert_eq!((seen, recovered.opened.len(), contacts(&recovered)), (7, 7, 5));
    assert!(recovered.opened.iter().all(|opened| opened.trust == Trust::OwnKey));
    assert_eq!(why(&recovered), []);
}

#[test]
fn a_carried_file_brings_the_manifest_that_proves_everything_and_the_programme() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let file = team.member.open().night_file(OUTING).unwrap().to_bytes().unwrap();
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.lead, &folder, "")).unwrap();
    gathered.add_journal(&copy(&team.member, &folder, "")).unwrap();
    assert_eq!(gathered.add_night_file(&file).unwrap(), 4, "what is there already counts once");
    let recovered = gathered.open(&identity(&team.recovery), Some(&team.invitation.admin_key.0), || {}).unwrap();
    assert_eq!((recovered.opened.len(), contacts(&recovered)), (7, 5));
    assert!(recovered.opened.iter().all(|opened| opened.trust == Trust::Signed));
    assert_eq!(recovered.configuration.unwrap().programme.name, "Progetto di prova");
    assert_eq!(recovered.troubles, []);
}

#[test]
fn words_of_another_programme_are_told_from_damage() {
    let (team, other) = (both(), Team::new());
    let file = team.member.open().night_file(OUTING).unwrap().to_bytes().unwrap();
    let mut gathered = Gathered::default();
    gathered.add_night_file(&file).unwrap();
    let refused = gathered.open(&identity(&other.recovery), None, || {});
    assert!(matches!(refused, Err(NotebookError::OtherUnit)));
    let folder = tempfile::tempdir().unwrap();
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.member, &folder, "")).unwrap();
    let recovered = gathered.open(&identity(&other.recovery), None, || {}).unwrap();
    assert_eq!(why(&recovered), [1, 2, 3, 4].map(|place| (Why::NotForUs, place, place)));
}

#[test]
fn a_manifest_that_the_admin_did_not_sign_is_not_believed() {
    let team = both();
    let file = team.member.open().night_file(OUTING).unwrap().to_bytes().unwrap();
    let mut gathered = Gathered::default();
    gathered.add_night_file(&file).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), Some(&[5; 32]), || {}).unwrap();
    assert_eq!(why(&recovered), [(Why::BadManifest, 0, 0)]);
    assert!(recovered.opened.iter().all(|opened| opened.trust == Trust::Unproven));
}

#[test]
fn a_damaged_chain_value_costs_nothing() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let change = format!("{UNLOCKED} UPDATE entry SET chain = zeroblob(32) WHERE sequence = 2;");
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.member, &folder, &change)).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), None, || {}).unwrap();
    assert_eq!((contacts(&recovered), why(&recovered)), (3, vec![]));
}

#[test]
fn damaged_bytes_cost_their_own_operation_and_are_told_by_place() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let change = format!("{UNLOCKED} UPDATE entry SET sealed = zeroblob(900) WHERE sequence = 3;");
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.member, &folder, &change)).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), None, || {}).unwrap();
    assert_eq!(contacts(&recovered), 2);
    assert!(why(&recovered).iter().all(|(_, first, last)| (*first, *last) == (3, 3)), "{:?}", why(&recovered));
    assert_eq!(why(&recovered).len(), 1);
}

#[test]
fn another_source_gives_back_what_one_has_lost() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let file = team.member.open().night_file(OUTING).unwrap().to_bytes().unwrap();
    let change = format!(
        "{UNLOCKED} UPDATE entry SET sealed = zeroblob(900) WHERE sequence = 3; DELETE FROM entry WHERE sequence = 2;"
    );
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.member, &folder, &change)).unwrap();
    gathered.add_night_file(&file).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), None, || {}).unwrap();
    assert_eq!((contacts(&recovered), why(&recovered)), (3, vec![]));
}

#[test]
fn a_gap_is_told_and_what_follows_it_is_kept_apart() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let change = format!("{UNLOCKED} DELETE FROM entry WHERE sequence = 2;");
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.member, &folder, &change)).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), None, || {}).unwrap();
    assert_eq!(why(&recovered), [(Why::Damaged, 3, 3), (Why::Missing, 2, 2)]);
    assert_eq!(recovered.opened.len(), 3, "all that is there opens");
    assert_eq!(contacts(&recovered), 1, "the one after the gap is not proved to be in its place");
}

#[test]
fn what_somebody_else_put_in_is_opened_and_kept_apart() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let lead = copy(&team.lead, &folder, "");
    // Sealed for the right people, under another name.
    let change = format!(
        "{UNLOCKED} ATTACH '{}' AS other; UPDATE entry SET sealed = (SELECT sealed FROM other.entry WHERE sequence = 2)
         WHERE sequence = 2;",
        lead.display()
    );
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.member, &folder, &change)).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), None, || {}).unwrap();
    assert!(why(&recovered).contains(&(Why::Mismatch, 2, 2)), "{:?}", why(&recovered));
    assert_eq!(contacts(&recovered), 2);
}

#[test]
fn a_file_of_something_else_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.db");
    std::fs::write(&text, b"not a database at all, but long enough to be one at first sight").unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE something (number INTEGER)").unwrap();
    for path in [&text, &other] {
        let before = std::fs::read(path).unwrap();
        assert!(matches!(Gathered::default().add_journal(path), Err(NotebookError::Damaged(_))));
        assert!(matches!(Gathered::default().add_mailbox(path), Err(NotebookError::Damaged(_))));
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
    assert!(Gathered::default().add_night_file(b"USCITA-NIGHT-9 ").is_err());
}

#[test]
fn every_flipped_byte_of_a_journal_is_told_or_changes_nothing() {
    let (team, folder) = (both(), tempfile::tempdir().unwrap());
    let clean = copy(&team.member, &folder, "PRAGMA journal_mode = DELETE");
    let bytes = std::fs::read(&clean).unwrap();
    let identity = identity(&team.recovery);
    let content = |path: &std::path::Path| {
        let mut gathered = Gathered::default();
        let recovered = gathered.add_journal(path).and_then(|_| gathered.open(&identity, None, || {}));
        recovered.map(|recovered| {
            let kept = recovered.opened.iter().filter(|opened| opened.is_counted());
            (kept.map(|opened| opened.json.to_vec()).collect::<Vec<_>>(), recovered.troubles)
        })
    };
    let (whole, troubles) = content(&clean).unwrap();
    assert_eq!((whole.len(), troubles.len()), (4, 0));
    let changed = folder.path().join("changed.db");
    let (mut told, mut harmless) = (0, 0);
    for place in (0..bytes.len()).step_by(61) {
        let mut copy = bytes.clone();
        copy[place] ^= 1 << (place % 8);
        std::fs::write(&changed, &copy).unwrap();
        match content(&changed) {
            Err(_) => told += 1,
            Ok((kept, _)) if kept == whole => harmless += 1,
            Ok((kept, troubles)) => {
                assert!(kept.iter().all(|json| whole.contains(json)), "byte {place} became content");
                assert!(!troubles.is_empty(), "byte {place} took something away unseen");
                told += 1;
            }
        }
    }
    assert!(told > 20 && harmless > 20, "{told} told, {harmless} harmless");
}

/// Both phones' journals with the manifest, opened.
fn recovered(team: &Team) -> Recovered {
    let folder = tempfile::tempdir().unwrap();
    let file = team.member.open().night_file(OUTING).unwrap().to_bytes().unwrap();
    let mut gathered = Gathered::default();
    gathered.add_journal(&copy(&team.lead, &folder, "")).unwrap();
    gathered.add_night_file(&file).unwrap();
    gathered.open(&identity(&team.recovery), Some(&team.invitation.admin_key.0), || {}).unwrap()
}

#[test]
fn a_new_leads_phone_reviews_what_was_sealed_before_it_was_there() {
    let team = both();
    let recovered = recovered(&team);
    let (lost, member) = (team.lead.open().device(), team.member.open().device());
    let mut desk = team.admin.open();
    let mut lead = team.enrol_lead(&mut desk);
    let first = lead.take_recovered(&recovered, at(40)).unwrap();
    assert_eq!(first, Arrivals { new: 7, known: 0, set_aside: 0 });
    let state = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    assert_eq!(state.contacts.len(), 5);
    let devices: Vec<DeviceId> = lead.list_positions(OUTING).unwrap().into_iter().map(|(device, _)| device).collect();
    assert!(devices.contains(&lost) && devices.contains(&member));
    assert_eq!(lead.take_recovered(&recovered, at(41)).unwrap(), Arrivals { new: 0, known: 7, set_aside: 0 });
    let operation = lead.save(contact(1, 300, lead.device(), "AIRONE-30", 1), None, at(-30), None).unwrap();
    assert!(recovered.opened.iter().all(|opened| match &opened.content {
        Content::Operation(before) => before.stamp < operation.stamp,
        _ => false,
    }));
}

#[test]
fn a_desk_keeps_a_sealed_copy_and_counts_the_night() {
    let team = both();
    let mut lead = team.lead.open();
    let mut state = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    state.outing.end_at = Some(at(299).now);
    state.outing.reviewed_at = Some(at(300).now);
    state.outing.reviewed_by = Some(OperatorCode::new("OP-A"));
    let log = project(
        &state,
        ProjectionContext { alias_key: &lead.alias_key(operational_date(state.outing.start_at)).unwrap() },
    )
    .unwrap();
    lead.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
    drop(lead);
    let recovered = recovered(&team);
    let mut desk = team.admin.open();
    assert_eq!(desk.take_recovered(&recovered, at(310)).unwrap(), Arrivals { new: 8, known: 0, set_aside: 0 });
    assert_eq!(desk.list_desk_entries().unwrap().len(), 1);
    assert_eq!(desk.take_recovered(&recovered, at(311)).unwrap(), Arrivals { new: 0, known: 8, set_aside: 0 });
}

#[test]
fn a_notebook_believes_only_its_own_manifest_and_keeps_what_it_wrote_itself() {
    let team = both();
    let recovered = recovered(&team);
    let mut lead = team.lead.open();
    let before = lead.operations_of(OUTING).unwrap().len();
    let arrivals = lead.take_recovered(&recovered, at(40)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 4, known: 3, set_aside: 0 });
    assert_eq!(lead.operations_of(OUTING).unwrap().len(), before + 4);
    assert_eq!(team.member.open().take_recovered(&recovered, at(40)).unwrap_err(), NotebookError::NotAllowed);
    // A phone that joined with a later manifest, which this notebook does not have yet.
    let mut joined = team.enrol_lead(&mut team.admin.open());
    joined.save(opened(1), None, at(50), None).unwrap();
    let mut gathered = Gathered::default();
    gathered.add_night_file(&joined.night_file(OUTING).unwrap().to_bytes().unwrap()).unwrap();
    let recovered = gathered.open(&identity(&team.recovery), None, || {}).unwrap();
    assert_eq!(recovered.opened.len(), 1);
    let arrivals = lead.take_recovered(&recovered, at(51)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 0, known: 0, set_aside: 1 });
}
