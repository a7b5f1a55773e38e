use super::*;
use crate::fixture::{Device, Team, at, contact, envelopes, opened, outing, page};
use crate::journal::Journal;
use crate::store::Draft;
use domain::ids::OutingId;
use domain::operation::{OutingState, Scope};
use domain::sync::manifest::Role;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));
const CARD: OperationId = OperationId(Uuid::from_u128(500));

fn draft() -> Draft {
    Draft { outing: OUTING, operation: CARD, saved_at: at(1).now, json: b"{}".to_vec() }
}

/// A phone with an open outing and a half-filled card.
fn start(phone: &mut Notebook) {
    phone.save(opened(1), None, at(0), None).unwrap();
    phone.save_draft(&draft()).unwrap();
}

fn state(phone: &Notebook) -> OutingState {
    phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap()
}

/// A contact is saved behind [`start`], and then this file of the notebook is the one from before it; `look` sees the
/// notebook in between.
fn set_back<T>(seat: &Device, file: &str, look: impl FnOnce(&Notebook) -> T) -> T {
    start(&mut seat.open());
    let old = std::fs::read(seat.dir.join(file)).unwrap();
    let mut notebook = seat.open();
    let body = contact(1, 100, notebook.device(), "AIRONE-12", 2);
    notebook.save(body, None, at(2), None).unwrap();
    let seen = look(&notebook);
    drop(notebook);
    std::fs::write(seat.dir.join(file), old).unwrap();
    seen
}

/// What the lead sees of the member's phone after everything has been sent.
fn seen_by_lead(team: &Team) -> OutingState {
    let journal = Journal::open(&team.member.dir).unwrap();
    let mut lead = team.lead.open();
    let arrivals = lead.ingest_page(Stream::Journal, &page(envelopes(&journal, Stream::Journal)), at(60)).unwrap();
    assert_eq!(arrivals.set_aside, 0);
    state(&lead)
}

fn append(phone: &mut Notebook, pending: &Pending) -> Head {
    phone.append(pending.sequence, pending.stream, &pending.sealed).unwrap()
}

#[test]
fn numbers_stamps_and_seals_what_it_saves() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let operator = Some(OperatorCode::new("OP-A"));
    let saved = phone.save(contact(1, 100, device, "AIRONE-12", 2), Some(CARD), at(2), operator).unwrap();
    assert_eq!((saved.id, saved.device, saved.sequence, saved.offset_minutes), (CARD, device, 2, 60));
    assert_eq!(phone.find_draft(CARD).unwrap(), None, "the card is no longer half-filled");
    assert_eq!(phone.list_own_sequences(OUTING).unwrap(), [1, 2]);
    assert_eq!(state(&phone).contacts.len(), 1);
    let aliases = phone.list_aliases().unwrap();
    assert_eq!((aliases.len(), aliases[0].last_month_seen.as_str(), aliases[0].created_epoch), (1, "2026-03", 2026));
    drop(phone);
    let phone = team.member.open();
    assert_eq!(phone.operations_of(OUTING).unwrap()[1], saved, "and it is there after a restart");
    assert_eq!(state(&phone), seen_by_lead(&team));
}

#[test]
fn a_crash_before_the_journal_leaves_the_draft_and_nothing_else() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let body = contact(1, 100, device, "AIRONE-12", 2);
    let (_, prepared) = phone.prepare_operation(body.clone(), CARD, at(2), None).unwrap();
    phone.note(&prepared).unwrap();
    drop(phone);

    let mut phone = team.member.open();
    assert_eq!(phone.find_draft(CARD).unwrap(), Some(draft()));
    assert_eq!((phone.journal().len().unwrap(), state(&phone).contacts.len()), (1, 0));
    let saved = phone.save(body, Some(CARD), at(3), None).unwrap();
    assert_eq!(saved.sequence, 2, "no number is lost");
    drop(phone);
    assert_eq!(seen_by_lead(&team).contacts.len(), 1);
}

#[test]
fn a_crash_between_journal_and_notebook_is_settled_at_the_next_opening_also_on_a_members_phone() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let body = contact(1, 100, device, "AIRONE-12", 2);
    let (operation, prepared) = phone.prepare_operation(body.clone(), CARD, at(2), None).unwrap();
    phone.note(&prepared).unwrap();
    append(&mut phone, &prepared);
    drop(phone);

    let mut phone = team.member.open();
    assert_eq!(phone.find_own_operation(CARD).unwrap(), Some(operation.clone()));
    assert_eq!(phone.find_draft(CARD).unwrap(), None);
    // The user, who saw no "Salvato", saves the card again.
    assert_eq!(phone.save(body, Some(CARD), at(3), None).unwrap(), operation);
    assert_eq!(phone.journal().len().unwrap(), 2, "the same content is the same operation");
    // And once more with three condoms instead of two.
    let changed = phone.save(contact(1, 100, device, "AIRONE-12", 3), Some(CARD), at(4), None).unwrap();
    assert_ne!(changed.id, CARD, "two contents must not share an id");
    let own = state(&phone);
    assert_eq!((own.contacts.len(), own.moves.len()), (1, 1));
    assert_eq!(own.moves.values().map(|supply| supply.quantity).sum::<i32>(), 3);
    drop(phone);
    assert_eq!(seen_by_lead(&team), own, "lead and member agree");
}

/// The bytes of a file of the phone, or none if it is not there.
fn bytes_of(phone_dir: &std::path::Path, file: &str) -> Vec<u8> {
    std::fs::read(phone_dir.join(file)).unwrap_or_default()
}

#[test]
fn a_power_cut_that_takes_back_what_was_not_synced_takes_back_no_save() {
    const FILES: [&str; 3] = ["notebook.db", "journal.db", "journal.db-wal"];
    let team = Team::new();
    let mut phone = team.member.open();
    let dir = team.member.dir.clone();
    let device = phone.device();
    start(&mut phone);
    let body = contact(1, 100, device, "AIRONE-12", 2);
    let (operation, prepared) = phone.prepare_operation(body, CARD, at(2), None).unwrap();
    phone.note(&prepared).unwrap();
    // The note and the entry are synced at their commit: the disk has them whatever happens.
    let synced = bytes_of(&dir, "notebook.db-wal").len();
    let head = append(&mut phone, &prepared);
    phone.take_over(&prepared, head).unwrap();
    assert_eq!(phone.find_draft(CARD).unwrap(), None, "it is shown as saved");
    let files = FILES.map(|file| (file, bytes_of(&dir, file)));
    let log = bytes_of(&dir, "notebook.db-wal");
    assert!(synced > 0 && log.len() > synced, "step 4 lies in the log behind the note");
    drop(phone);

    // Of what came later any part may have reached the disk: nothing, a torn frame, some frames, all.
    for kept in (synced..log.len()).step_by(1_500).chain([log.len()]) {
        for (file, bytes) in &files {
            std::fs::write(dir.join(file), bytes).unwrap();
        }
        std::fs::write(dir.join("notebook.db-wal"), &log[..kept]).unwrap();
        let mut phone = team.member.open();
        assert_eq!(phone.find_own_operation(CARD).unwrap(), Some(operation.clone()), "{kept} bytes of the log");
        assert_eq!((phone.find_draft(CARD).unwrap(), state(&phone).contacts.len()), (None, 1));
        let next = phone.save(contact(1, 101, device, "AIRONE-13", 1), None, at(3), None).unwrap();
        assert_eq!(next.sequence, 3, "and the log goes on behind it");
    }
}

#[test]
fn a_full_disk_between_journal_and_notebook_is_settled_by_the_next_save() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let body = contact(1, 100, device, "AIRONE-12", 2);
    let (_, prepared) = phone.prepare_operation(body, CARD, at(2), None).unwrap();
    phone.note(&prepared).unwrap();
    append(&mut phone, &prepared);
    // Same process, no reopening: the answer never came, and the next card is saved.
    phone.save(contact(1, 101, device, "AIRONE-13", 1), None, at(3), None).unwrap();
    assert_eq!(state(&phone).contacts.len(), 2);
    assert_eq!(phone.list_own_sequences(OUTING).unwrap(), [1, 2, 3]);
    let stamps: Vec<_> = phone.operations_of(OUTING).unwrap().iter().map(|operation| operation.stamp).collect();
    assert!(stamps.is_sorted(), "the clock went on from the settled save");
}

#[test]
fn a_full_disk_after_the_journal_is_no_failure_and_doubles_nothing() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let pages: i64 = phone.store.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    phone.store.connection().execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    let mut number = 0;
    while state(&phone).contacts.len() as u128 == number {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(2), None).unwrap();
        number += 1;
    }
    let saved = number as u64 + 1;
    assert_eq!(phone.journal().len().unwrap(), saved, "the journal has the one that is not shown yet");
    phone.catch_up();
    let next = contact(1, 100 + number, device, "AIRONE-12", 2);
    assert_eq!(phone.save(next.clone(), None, at(3), None).unwrap_err(), NotebookError::DiskFull);
    assert_eq!((state(&phone).contacts.len() as u128, phone.journal().len().unwrap()), (number - 1, saved));
    // Space is made.
    phone.store.connection().execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    phone.catch_up();
    assert_eq!(state(&phone).contacts.len() as u128, number);
    phone.save(next, None, at(4), None).unwrap();
    assert_eq!(phone.journal().verify().unwrap().sequence, saved + 1);
    assert_eq!(state(&phone), seen_by_lead(&team));
}

#[test]
fn a_full_disk_under_the_journal_acknowledges_nothing_and_keeps_the_draft() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let pages: i64 = phone.journal.connection().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    phone.journal.connection().execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    let mut number = 0;
    let error = loop {
        let saved = phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(2), None);
        match saved {
            Ok(_) => number += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(error, NotebookError::DiskFull);
    assert_eq!(phone.find_draft(CARD).unwrap(), Some(draft()));
    assert_eq!(state(&phone).contacts.len() as u128, number);
    // Space is made.
    phone.journal.connection().execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), Some(CARD), at(3), None).unwrap();
    assert_eq!(phone.journal().verify().unwrap().sequence, number as u64 + 2);
}

#[test]
fn a_lead_takes_over_journal_entries_that_an_older_copy_of_its_notebook_lacks() {
    let team = Team::new();
    let after = set_back(&team.lead, "notebook.db", state);
    assert_eq!(state(&team.lead.open()), after);
}

#[test]
fn a_member_goes_on_behind_journal_entries_that_an_older_copy_of_its_notebook_lacks() {
    let team = Team::new();
    set_back(&team.member, "notebook.db", |_| ());
    let mut phone = team.member.open();
    assert_eq!(state(&phone).contacts.len(), 0, "a member's phone cannot open what it sealed");
    let saved = phone.save(contact(1, 101, phone.device(), "AIRONE-13", 1), None, at(3), None).unwrap();
    assert_eq!(saved.sequence, 3);
    drop(phone);
    assert_eq!(seen_by_lead(&team).contacts.len(), 2, "but the lead has both");
}

#[test]
fn appends_again_what_a_journal_that_went_back_has_lost() {
    let team = Team::new();
    let before = set_back(&team.member, "journal.db", |phone| {
        (phone.journal().head().unwrap(), phone.journal().find_sealed(2).unwrap())
    });
    let mut phone = team.member.open();
    assert!(phone.journal_is_rebuilt());
    assert_eq!((phone.journal().head().unwrap(), phone.journal().find_sealed(2).unwrap()), before, "no fork");
    phone.journal().verify().unwrap();
    let saved = phone.save(contact(1, 101, phone.device(), "AIRONE-13", 1), None, at(3), None).unwrap();
    assert_eq!(saved.sequence, 3);
}

#[test]
fn refuses_to_save_behind_a_journal_that_went_back_where_copies_are_missing() {
    let team = Team::new();
    set_back(&team.member, "journal.db", |phone| {
        phone.store.connection().execute("DELETE FROM own_entry WHERE sequence = 2", []).unwrap()
    });
    let mut phone = team.member.open();
    assert!(phone.journal_is_behind);
    assert_eq!(state(&phone).contacts.len(), 1);
    let error = phone.save(contact(1, 101, phone.device(), "AIRONE-13", 1), None, at(3), None).unwrap_err();
    assert_eq!(error, NotebookError::JournalBehind, "the number was used: writing would be a fork");
}

#[test]
fn asks_for_the_role_that_the_body_needs() {
    let team = Team::new();
    let mut member = team.member.open();
    start(&mut member);
    let settled = OperationBody::DuplicateSettled {
        outing_id: OUTING,
        first: domain::ids::ContactId(Uuid::from_u128(1)),
        second: domain::ids::ContactId(Uuid::from_u128(2)),
        decision: domain::operation::DuplicateDecision::TwoPeople,
    };
    assert_eq!(member.save(settled, None, at(2), None).unwrap_err(), NotebookError::NotAllowed);
    let mut desk = team.admin.open();
    assert_eq!(desk.role(), Some(Role::Admin));
    assert_eq!(desk.save(opened(1), None, at(0), None).unwrap_err(), NotebookError::NotAllowed);
    let stranger = tempfile::tempdir().unwrap();
    let key = crate::crypto::DataKey::generate(&mut crate::entropy::Entropy::system()).unwrap();
    let entropy = crate::entropy::Entropy::system();
    let mut new = Notebook::create(stranger.path(), &key, &team.invitation, entropy).unwrap();
    assert_eq!(new.save(opened(1), None, at(0), None).unwrap_err(), NotebookError::NotEnrolled);
    assert!(new.journal().is_empty().unwrap());
}

#[test]
fn refuses_a_record_that_the_protocol_would_not_carry() {
    let team = Team::new();
    let mut phone = team.member.open();
    let mut large = outing(1);
    large.note = Some("x".repeat(200_000));
    let body = OperationBody::OutingOpened { outing: large, load: Vec::new() };
    assert_eq!(phone.save(body, None, at(0), None).unwrap_err(), NotebookError::TooLarge);
    assert!(phone.journal().is_empty().unwrap(), "it would block nothing, but it must not be acknowledged either");
}

#[test]
fn shows_nothing_of_a_person_when_debugged() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    start(&mut phone);
    let saved = phone.save(contact(1, 100, device, "AIRONE-12", 2), None, at(2), None).unwrap();
    let shown = format!("{phone:?} {saved:?} {:?} {:?} {:?}", draft(), phone.list_aliases().unwrap(), team.member.key);
    assert!(!shown.contains("AIRONE"), "{shown}");
}

#[test]
fn sorts_a_decision_after_what_it_decides_on_however_far_ahead_the_partners_clock_is() {
    let team = Team::new();
    let mut member = team.member.open();
    let device = member.device();
    member.save(opened(1), None, at(0), None).unwrap();
    let four_days_ahead = 4 * 24 * 60;
    for contact_number in [100, 101] {
        member.save(contact(1, contact_number, device, "AIRONE-12", 2), None, at(four_days_ahead), None).unwrap();
    }
    let arrived = page(envelopes(&Journal::open(&team.member.dir).unwrap(), Stream::Journal));
    let mut lead = team.lead.open();
    lead.ingest_page(Stream::Journal, &arrived, at(60)).unwrap();
    let mut pair = state(&lead).contacts.into_keys();
    let (Some(first), Some(second)) = (pair.next(), pair.next()) else { panic!("two contacts") };
    let decision = domain::operation::DuplicateDecision::WrittenTwice;
    lead.save(OperationBody::DuplicateSettled { outing_id: OUTING, first, second, decision }, None, at(61), None)
        .unwrap();
    assert_eq!((state(&lead).contacts.len(), state(&lead).refusals.len()), (1, 0), "the decision counts");
    let before = lead.clock;
    assert!(before.ms < at(four_days_ahead).now.timestamp_millis(), "and its own clock is not dragged along");
}
