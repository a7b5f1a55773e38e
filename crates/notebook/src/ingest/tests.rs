use super::*;
use crate::fixture::{Team, UNIT, at, contact, envelopes, opened, page};
use crate::journal::Journal;
use crate::programme_new::ManifestChange;
use domain::desk_record::EventType;
use domain::ids::{DeviceId, EventId, OperatorCode, OutingId};
use domain::operation::Scope;
use domain::sync::chain::{Bytes, Digest, head_message, link};
use domain::sync::error::RefusalCode;
use domain::sync::night_log::{DeskEntry, EventRow};
use domain::sync::pull::{Cursor, HeldLog};
use domain::sync::push::SealedOperation;
use domain::sync::{ProjectionContext, project};
use domain::time::operational_date;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

/// A member's journal with an outing and three contacts.
fn sent(team: &Team) -> Vec<Envelope> {
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in 0..3 {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    drop(phone);
    envelopes(&Journal::open(&team.member.dir).unwrap(), Stream::Journal)
}

/// Makes the chain value right again, as a dishonest server could.
fn relink(envelope: &mut Envelope) {
    let SealedOperation { sequence, stream, sealed, signature: _ } = &envelope.operation;
    envelope.chain = link(envelope.previous, *sequence, *stream, Digest::of(&sealed.0));
}

fn event() -> DeskEntry {
    DeskEntry::Event(EventRow {
        id: EventId(Uuid::from_u128(8)),
        date: at(0).now.date_naive(),
        event_type: EventType::Citizens,
        participants: 12,
        minutes: 60,
    })
}

/// The outing of the phone as signed off, as if it were that unit's.
fn night_log(phone: &Notebook, unit: &str) -> DeskEntry {
    let mut state = phone.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    state.outing.unit = UnitId::new(unit);
    state.outing.end_at = Some(at(299).now);
    state.outing.reviewed_at = Some(at(300).now);
    state.outing.reviewed_by = Some(OperatorCode::new("OP-A"));
    DeskEntry::NightLog(
        project(
            &state,
            ProjectionContext { alias_key: &phone.alias_key(operational_date(state.outing.start_at)).unwrap() },
        )
        .unwrap(),
    )
}

#[test]
fn takes_in_every_order_and_repetition_alike() {
    let team = Team::new();
    let sent = sent(&team);
    let mut lead = team.lead.open();
    let mut shuffled = sent.clone();
    shuffled.reverse();
    shuffled.extend(sent);
    let arrivals = lead.ingest_page(Stream::Journal, &page(shuffled), at(5)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 4, known: 4, set_aside: 0 });
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), Cursor(4));
    let state = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    assert_eq!(state.contacts.len(), 3);
    let member = team.member.open();
    assert_eq!(member.outing_state(OUTING, Scope::Everything).unwrap().unwrap(), state);
    let included = lead.list_included(OUTING).unwrap();
    assert_eq!(included, member.list_included(OUTING).unwrap(), "with the chain value that a sign-off names");
    assert_eq!((included.len(), included[0].through), (1, 4));
    assert_eq!(included[0].chain, member.journal().head().unwrap().chain);
}

#[test]
fn follows_the_partners_clock() {
    let team = Team::new();
    let sent = sent(&team);
    let mut lead = team.lead.open();
    // The lead's clock is an hour behind.
    lead.ingest_page(Stream::Journal, &page(sent), at(-60)).unwrap();
    let partner = lead.operations_of(OUTING).unwrap().into_iter().map(|operation| operation.stamp).max().unwrap();
    drop(lead);
    let mut lead = team.lead.open();
    let device = lead.device();
    let own = lead.save(contact(1, 200, device, "AIRONE-20", 1), None, at(-59), None).unwrap();
    assert!(own.stamp > partner, "what was seen came before, also after a restart");
}

#[test]
fn sets_a_bad_envelope_aside_without_stopping_the_rest() {
    let team = Team::new();
    let mut sent = sent(&team);
    let whole = sent.clone();
    sent[0].operation.sealed.0[200] ^= 1;
    sent[1].device = DeviceId(Uuid::from_u128(4));
    sent[2].operation.sequence = 9;
    relink(&mut sent[2]);
    let mut lead = team.lead.open();
    let arrivals = lead.ingest_page(Stream::Journal, &page(sent), at(5)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 1, known: 0, set_aside: 3 });
    let codes: Vec<_> = lead.list_problems().unwrap().into_iter().map(|problem| problem.code).collect();
    for code in [ProblemCode::Damaged, ProblemCode::UnknownDevice, ProblemCode::Forged] {
        assert!(codes.contains(&code), "{code}");
    }
    // The true ones come later.
    lead.ingest_page(Stream::Journal, &page(whole), at(6)).unwrap();
    assert_eq!(lead.operations_of(OUTING).unwrap().len(), 4);
    assert_eq!(lead.list_problems().unwrap().len(), 2, "what was set aside under its own place is settled");
}

#[test]
fn takes_in_nothing_that_the_sender_did_not_sign() {
    let team = Team::new();
    let sent = sent(&team);
    let mut lead = team.lead.open();
    lead.ingest_page(Stream::Journal, &page(sent.clone()), at(5)).unwrap();
    let before = lead.operations_of(OUTING).unwrap();

    // Whoever runs the server reads the recipients in the manifest, and can seal and link what it likes.
    let last = sent.last().unwrap();
    let mut invented = before.iter().find(|operation| operation.device == last.device).unwrap().clone();
    invented.sequence = last.operation.sequence + 1;
    let json = serde_json::to_vec(&invented).unwrap();
    let recipients = [lead.identity().public().recipient];
    let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
    let mut forged = last.clone();
    forged.operation.sequence = invented.sequence;
    forged.operation.sealed.0 = seal::seal(&recipients, &json, seal::Packing::Plain).unwrap();
    forged.previous = last.chain;
    relink(&mut forged);
    assert!(forged.is_whole());

    assert_eq!(lead.ingest(&forged, at(6)).unwrap().set_aside, 1);
    assert_eq!(lead.list_problems().unwrap()[0].code, ProblemCode::Forged);
    assert_eq!(lead.operations_of(OUTING).unwrap(), before);
}

#[test]
fn tries_again_when_a_newer_manifest_names_the_sender() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let mut third = team.enrol_lead(&mut desk);
    let manifest = desk.signed_manifest().unwrap().unwrap();
    third.save(opened(1), None, at(0), None).unwrap();

    let mut lead = team.lead.open();
    let arrivals =
        lead.ingest_page(Stream::Journal, &page(envelopes(third.journal(), Stream::Journal)), at(5)).unwrap();
    assert_eq!(arrivals.set_aside, 1, "the lead has not heard of the third phone");
    lead.apply_manifest(&manifest).unwrap();
    assert_eq!(lead.retry_set_aside(at(6)).unwrap(), Arrivals { new: 1, known: 0, set_aside: 0 });
    assert_eq!((lead.list_problems().unwrap().len(), lead.operations_of(OUTING).unwrap().len()), (0, 1));
}

#[test]
fn the_desk_opens_night_logs_and_keeps_copies_of_what_it_cannot_open() {
    let team = Team::new();
    let mut lead = team.lead.open();
    lead.save(opened(1), None, at(0), None).unwrap();
    let night = night_log(&lead, UNIT);
    let sequence = lead.save_desk_entry(night.clone()).unwrap();
    assert_eq!(sequence, 2);
    let head = lead.journal().head().unwrap();
    let (journal, night_log) =
        (envelopes(lead.journal(), Stream::Journal), envelopes(lead.journal(), Stream::NightLog));
    let device = lead.device();

    let mut desk = team.admin.open();
    let night_logs = page(night_log.clone());
    assert_eq!(desk.ingest_page(Stream::NightLog, &night_logs, at(5)).unwrap().new, 1);
    assert_eq!(desk.ingest_page(Stream::NightLog, &night_logs, at(5)).unwrap().known, 1);
    assert_eq!(desk.list_held_logs().unwrap(), [], "the first place is missing");
    assert_eq!(desk.ingest_page(Stream::Journal, &page(journal.clone()), at(5)).unwrap().new, 1);
    assert_eq!(desk.list_held_logs().unwrap(), [HeldLog { device, through: 2, head: head.chain }]);
    assert_eq!(desk.operations_of(OUTING).unwrap(), [], "the desk learns nothing of the journal");
    let entries = desk.list_desk_entries().unwrap();
    assert_eq!((entries.len(), entries[0].device, entries[0].sequence), (1, device, 2));
    assert!(entries[0].envelope.entry == night);
    assert_eq!((desk.cursor(Stream::Journal).unwrap(), desk.cursor(Stream::NightLog).unwrap()), (Cursor(1), Cursor(2)));

    let mut member = team.member.open();
    assert_eq!(member.ingest_page(Stream::Journal, &page(journal), at(5)).unwrap_err(), NotebookError::NotAllowed);
    assert_eq!(member.save_desk_entry(event()).unwrap_err(), NotebookError::NotAllowed);
}

#[test]
fn the_desk_takes_a_night_from_its_units_lead_alone_and_the_rest_from_day_staff_alone() {
    let team = Team::new();
    let mut lead = team.lead.open();
    lead.save(opened(1), None, at(0), None).unwrap();
    let own = night_log(&lead, UNIT);
    for entry in [night_log(&lead, "BS-U2"), event(), own.clone()] {
        lead.save_desk_entry(entry).unwrap();
    }
    let mut desk = team.admin.open();
    let sent = page(envelopes(lead.journal(), Stream::NightLog));
    assert_eq!(desk.ingest_page(Stream::NightLog, &sent, at(5)).unwrap(), Arrivals { new: 1, known: 0, set_aside: 2 });
    assert!(desk.list_problems().unwrap().iter().all(|problem| problem.code == ProblemCode::Mismatch));
    assert!(desk.list_desk_entries().unwrap()[0].envelope.entry == own);

    let dir = tempfile::tempdir().unwrap();
    let mut entropy = crate::entropy::Entropy::system();
    let key = crate::crypto::DataKey::generate(&mut entropy).unwrap();
    let mut worker = Notebook::create(dir.path(), &key, &team.invitation, entropy).unwrap();
    let keys = worker.identity().public();
    let add = ManifestChange::AddDevice { keys, role: Role::DeskWorker, unit: None };
    worker.apply_manifest(&desk.sign_manifest(vec![add], at(6)).unwrap()).unwrap();
    worker.save_desk_entry(own).unwrap();
    worker.save_desk_entry(event()).unwrap();
    // Plans and the depot's book are a coordinator's.
    worker.save_desk_entry(DeskEntry::Planned(vec![])).unwrap();
    worker.save_desk_entry(DeskEntry::Depot(vec![])).unwrap();
    let sent = page(envelopes(worker.journal(), Stream::NightLog));
    assert_eq!(desk.ingest_page(Stream::NightLog, &sent, at(7)).unwrap(), Arrivals { new: 1, known: 0, set_aside: 3 });
}

#[test]
fn the_desk_knows_how_much_came_after_the_last_night_log_of_a_unit() {
    let team = Team::new();
    let mut journal = sent(&team);
    let mut lead = team.lead.open();
    lead.save(opened(1), None, at(0), None).unwrap();
    let night = night_log(&lead, UNIT);
    lead.save_desk_entry(night).unwrap();
    let mut night = envelopes(lead.journal(), Stream::NightLog);
    for (envelope, cursor) in journal.iter_mut().zip([1, 2, 4, 5]) {
        envelope.cursor = Cursor(cursor);
    }
    night[0].cursor = Cursor(3);
    let mut desk = team.admin.open();
    let unit = UnitId::new(UNIT);
    desk.ingest_page(Stream::Journal, &page(journal), at(5)).unwrap();
    assert_eq!(desk.unsigned_records().unwrap().get(&unit), Some(&4), "nothing is signed yet");
    desk.ingest_page(Stream::NightLog, &page(night), at(5)).unwrap();
    assert_eq!(desk.unsigned_records().unwrap().get(&unit), Some(&2), "by the server's order, not by that of arrival");
}

#[test]
fn the_desk_acknowledges_no_copy_whose_chain_does_not_hold() {
    let team = Team::new();
    let whole = sent(&team);
    let mut sent = whole.clone();
    sent[2].operation.sealed = Bytes(vec![0; 600]);
    // A chain made right for the wrong bytes holds by itself, but its sender never signed it.
    sent[1].operation.sealed = Bytes(vec![0; 600]);
    relink(&mut sent[1]);
    let mut desk = team.admin.open();
    let arrivals = desk.ingest_page(Stream::Journal, &page(sent), at(5)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 2, known: 0, set_aside: 2 });
    let held = desk.list_held_logs().unwrap();
    assert_eq!((held.len(), held[0].through, held[0].head), (1, 1, whole[0].chain), "up to the first that is not true");
}

#[test]
fn what_was_held_is_gone_on_from_and_looked_at_anew_when_copies_go() {
    let team = Team::new();
    let sent = sent(&team);
    let device = sent[0].device;
    let mut desk = team.admin.open();
    desk.ingest_page(Stream::Journal, &page(sent[..1].to_vec()), at(5)).unwrap();
    let held = |desk: &Notebook| desk.list_held_logs().unwrap().into_iter().map(|log| log.through).collect::<Vec<_>>();
    assert_eq!(held(&desk), [1]);
    desk.ingest_page(Stream::Journal, &page(sent[2..].to_vec()), at(5)).unwrap();
    assert_eq!(held(&desk), [1], "the second is missing");
    desk.ingest_page(Stream::Journal, &page(sent[1..2].to_vec()), at(5)).unwrap();
    assert_eq!(held(&desk), [4]);
    let connection = desk.store.connection();
    connection.execute("UPDATE sealed_copy SET taken_on = '2026-03-14' WHERE sequence >= 3", []).unwrap();
    sealed_copy::drop_handed_over(connection, device, 9).unwrap();
    assert_eq!(held(&desk), [2]);
}

#[test]
fn the_place_of_a_refused_operation_counts_and_is_shown() {
    let team = Team::new();
    let mut sent = sent(&team);
    sent[1].operation.sealed = Bytes::default();
    sent[1].refused = Some(RefusalCode::TooLarge);
    let mut desk = team.admin.open();
    desk.ingest_page(Stream::Journal, &page(sent.clone()), at(5)).unwrap();
    assert_eq!(desk.list_held_logs().unwrap()[0].through, 4);
    let mut lead = team.lead.open();
    let arrivals = lead.ingest_page(Stream::Journal, &page(sent), at(5)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 3, known: 0, set_aside: 1 });
    assert_eq!(lead.list_problems().unwrap()[0].code, ProblemCode::Refused);
}

#[test]
fn does_not_guess_at_a_newer_schema() {
    let team = Team::new();
    let sent = sent(&team);
    let lead = team.lead.open();
    let json = seal::open(lead.identity().sealing().unwrap(), &sent[0].operation.sealed.0).unwrap();
    let mut newer: serde_json::Value = serde_json::from_slice(&json).unwrap();
    newer["schema"] = (OPERATION_SCHEMA + 1).into();
    let recipient = lead.identity().public().recipient;
    let sealed = seal::seal(&[&recipient], &serde_json::to_vec(&newer).unwrap(), seal::Packing::Plain).unwrap();
    drop(lead);
    let mut envelope = sent[0].clone();
    envelope.operation.sealed = Bytes(sealed);
    relink(&mut envelope);
    let message = head_message(envelope.device, envelope.operation.sequence, envelope.chain);
    envelope.operation.signature = team.member.open().identity().sign(&message);
    let mut lead = team.lead.open();
    lead.ingest(&envelope, at(5)).unwrap();
    assert_eq!(lead.list_problems().unwrap()[0].code, ProblemCode::TooNew, "kept whole for the next version");
}

/// What strange hands do with the keys of a lost phone: two more contacts, signed as they should be.
fn go_on(team: &Team) -> Vec<Envelope> {
    let mut phone = team.member.open();
    let device = phone.device();
    for number in 0..2 {
        phone.save(contact(1, 200 + number, device, "LINCE-04", 1), None, at(60), None).unwrap();
    }
    drop(phone);
    envelopes(&Journal::open(&team.member.dir).unwrap(), Stream::Journal).split_off(4)
}

fn status(device: DeviceId, status: DeviceStatus) -> Vec<ManifestChange> {
    vec![ManifestChange::SetStatus { device, status }]
}

fn codes(notebook: &Notebook) -> Vec<ProblemCode> {
    notebook.list_problems().unwrap().into_iter().map(|problem| problem.code).collect()
}

#[test]
fn server_alone_brings_in_nothing_of_a_revoked_device() {
    let team = Team::new();
    let before = sent(&team);
    let device = before[0].device;
    let mut desk = team.admin.open();
    desk.ingest_page(Stream::Journal, &page(before.clone()), at(5)).unwrap();
    let revoked = desk.sign_manifest(status(device, DeviceStatus::Revoked), at(6)).unwrap();
    let after = go_on(&team);

    // A lead who had read nothing yet reads what the desk saw, to the last place, and no more.
    let mut lead = team.lead.open();
    lead.apply_manifest(&revoked).unwrap();
    let all = page(before.iter().chain(&after).cloned().collect());
    let arrivals = lead.ingest_page(Stream::Journal, &all, at(61)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 4, known: 0, set_aside: 2 });
    assert_eq!(codes(&lead), [ProblemCode::Unvouched; 2]);
    let contacts = |lead: &Notebook| lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap().contacts.len();
    assert_eq!(contacts(&lead), 3);
    assert_eq!(lead.retry_set_aside(at(62)).unwrap(), Arrivals { new: 0, known: 0, set_aside: 2 });

    // The desk keeps a copy, as of everything, and gives its word for it only when it is asked to.
    let arrivals = desk.ingest_page(Stream::Journal, &page(after), at(61)).unwrap();
    assert_eq!(
        (arrivals, codes(&desk)),
        (Arrivals { new: 0, known: 0, set_aside: 2 }, vec![ProblemCode::Unvouched; 2])
    );
    assert_eq!(desk.list_held_logs().unwrap()[0].through, 6);
    for change in [status(device, DeviceStatus::Wipe), Vec::new()] {
        lead.apply_manifest(&desk.sign_manifest(change, at(63)).unwrap()).unwrap();
        assert_eq!(lead.retry_set_aside(at(63)).unwrap().new, 0, "a wipe or a renewal releases nothing");
    }
    let released = desk.sign_manifest(vec![ManifestChange::Vouch { device }], at(64)).unwrap();
    desk.retry_set_aside(at(64)).unwrap();
    lead.apply_manifest(&released).unwrap();
    assert_eq!(lead.retry_set_aside(at(64)).unwrap(), Arrivals { new: 2, known: 0, set_aside: 0 });
    assert_eq!((contacts(&lead), codes(&lead).len(), codes(&desk).len()), (5, 0, 0));
}

#[test]
fn another_log_in_the_place_of_the_vouched_one_waits_until_the_true_one_comes() {
    let team = Team::new();
    let true_log = sent(&team);
    let device = true_log[0].device;
    let mut desk = team.admin.open();
    desk.ingest_page(Stream::Journal, &page(true_log.clone()), at(5)).unwrap();
    let revoked = desk.sign_manifest(status(device, DeviceStatus::Revoked), at(6)).unwrap();

    let mut other = true_log.clone();
    other[3].operation.sealed = true_log[2].operation.sealed.clone();
    relink(&mut other[3]);
    let message = head_message(device, 4, other[3].chain);
    other[3].operation.signature = team.member.open().identity().sign(&message);
    let mut lead = team.lead.open();
    lead.apply_manifest(&revoked).unwrap();
    assert_eq!(lead.ingest_page(Stream::Journal, &page(other), at(7)).unwrap().set_aside, 4, "it leads nowhere known");
    assert_eq!(codes(&lead), [ProblemCode::Unvouched; 4]);
    assert_eq!(lead.ingest(&true_log[3], at(8)).unwrap(), Arrivals { new: 4, known: 0, set_aside: 0 });
    assert_eq!((lead.operations_of(OUTING).unwrap().len(), codes(&lead).len()), (4, 0));
}

#[test]
fn what_a_reader_has_already_stays_and_an_active_device_again_waits_for_nothing() {
    let team = Team::new();
    let before = sent(&team);
    let device = before[0].device;
    let mut lead = team.lead.open();
    lead.ingest_page(Stream::Journal, &page(before[..2].to_vec()), at(5)).unwrap();
    let mut desk = team.admin.open();
    // The desk saw nothing of it.
    lead.apply_manifest(&desk.sign_manifest(status(device, DeviceStatus::Revoked), at(6)).unwrap()).unwrap();
    let arrivals = lead.ingest_page(Stream::Journal, &page(before), at(7)).unwrap();
    assert_eq!(arrivals, Arrivals { new: 0, known: 2, set_aside: 2 });
    lead.apply_manifest(&desk.sign_manifest(status(device, DeviceStatus::Active), at(8)).unwrap()).unwrap();
    assert_eq!(lead.retry_set_aside(at(8)).unwrap(), Arrivals { new: 2, known: 0, set_aside: 0 });
    assert!(desk.sign_manifest(vec![ManifestChange::Vouch { device }], at(9)).is_err(), "it takes part");
}

#[test]
fn night_signed_with_a_revoked_leads_keys_is_not_counted_until_it_is_released() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let mut other = team.enrol_lead(&mut desk);
    let mut lead = team.lead.open();
    lead.apply_manifest(&desk.signed_manifest().unwrap().unwrap()).unwrap();
    let device = lead.device();
    lead.save(opened(1), None, at(0), None).unwrap();
    let night = night_log(&lead, UNIT);
    lead.save_desk_entry(night.clone()).unwrap();
    lead.save(contact(1, 100, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    let (journal, nights) = (envelopes(lead.journal(), Stream::Journal), envelopes(lead.journal(), Stream::NightLog));
    desk.ingest_page(Stream::Journal, &page(journal.clone()), at(5)).unwrap();
    desk.ingest_page(Stream::NightLog, &page(nights), at(5)).unwrap();
    let revoked = desk.sign_manifest(status(device, DeviceStatus::Revoked), at(6)).unwrap();

    // The journal on both sides of a night log, which another lead does not see.
    other.apply_manifest(&revoked).unwrap();
    assert_eq!(other.ingest_page(Stream::Journal, &page(journal), at(7)).unwrap().new, 2);

    lead.save_desk_entry(night).unwrap();
    let later = envelopes(lead.journal(), Stream::NightLog).split_off(1);
    let arrivals = desk.ingest_page(Stream::NightLog, &page(later), at(8)).unwrap();
    assert_eq!((arrivals.set_aside, desk.list_desk_entries().unwrap().len()), (1, 1));
    desk.sign_manifest(vec![ManifestChange::Vouch { device }], at(9)).unwrap();
    assert_eq!(desk.retry_set_aside(at(9)).unwrap(), Arrivals { new: 1, known: 0, set_aside: 0 });
    assert_eq!(desk.list_desk_entries().unwrap().len(), 2);
}
