use super::*;
use crate::crypto::DataKey;
use crate::entropy::Entropy;
use crate::fixture::{Team, at, contact, envelopes, opened, page};
use crate::programme_new::ManifestChange;
use domain::disclosure::{Recipient, RecipientKind};
use domain::release::make::Wish;
use domain::sync::manifest::DeviceStatus;
use domain::time::{IsoWeek, Period, operational_date};

/// The server says at this minute of its own that it was set back.
fn set_back(notebook: &mut Notebook, minutes: i64) {
    notebook.journal_mut().note_set_back(at(minutes).now).unwrap();
}

#[test]
fn puts_the_manifest_again_once_after_each_set_back() {
    let team = Team::new();
    let mut desk = team.admin.open();
    desk.note_published().unwrap();
    assert!(!desk.begin_anew().unwrap(), "nothing was set back");
    for minutes in [10, 20] {
        set_back(&mut desk, minutes);
        assert!(desk.begin_anew().unwrap());
        assert!(desk.has_unpublished().unwrap(), "revocations would be undone in silence");
        desk.note_published().unwrap();
        assert!(!desk.begin_anew().unwrap());
        drop(desk);
        desk = team.admin.open();
        assert!(!desk.begin_anew().unwrap(), "nor when it is opened again");
        assert!(!desk.has_unpublished().unwrap());
    }
}

#[test]
fn a_revocation_outlives_the_manifest_of_a_desk_that_never_saw_it() {
    let team = Team::new();
    let mut first = team.admin.open();
    let folder = tempfile::tempdir().unwrap();
    let mut entropy = Entropy::seeded_for_simulation(79);
    let key = DataKey::generate(&mut entropy).unwrap();
    let mut second = Notebook::create(folder.path(), &key, &team.invitation, entropy).unwrap();
    let add = ManifestChange::AddDevice { keys: second.identity().public(), role: Role::Admin, unit: None };
    second.apply_manifest(&first.sign_manifest(vec![add], at(0)).unwrap()).unwrap();
    let member = team.member.open().device();
    let revoke = ManifestChange::SetStatus { device: member, status: DeviceStatus::Revoked };
    first.sign_manifest(vec![revoke], at(1)).unwrap();
    first.note_published().unwrap();
    // The server is put back to before that, and the other desk is faster.
    let theirs = second.sign_manifest(Vec::new(), at(2)).unwrap();
    set_back(&mut first, 3);
    first.begin_anew().unwrap();
    assert!(first.settle(&theirs, at(4)).unwrap(), "there is one to put");
    let status = first.manifest().unwrap().find_device(member).unwrap().status;
    assert_eq!(status, DeviceStatus::Revoked);
}

#[test]
fn says_the_withdrawals_again_once_after_a_set_back() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let later = at(60 * 24 * 60);
    let week = IsoWeek::of(operational_date(at(0).now));
    let mut next = week;
    for number in 1..=2 {
        let recipient = Recipient::new(RecipientKind::Municipality, "Brescia").unwrap();
        desk.make_release(&Wish { recipient, period: Period::week(next), correct: false }, false, later).unwrap();
        let ready = desk.ready_publication(number, false).unwrap();
        desk.note_publication(&ready.publication, later).unwrap();
        next = next.next();
    }
    desk.note_withdrawal(2, later).unwrap();
    assert!(desk.withdrawals_to_repeat().unwrap().is_none(), "the server remembers them");
    set_back(&mut desk, 10);
    desk.begin_anew().unwrap();
    let due = desk.withdrawals_to_repeat().unwrap().unwrap();
    assert_eq!(due.numbers, BTreeSet::from([2]), "the first one is still published");
    // It was set back again while they were said.
    set_back(&mut desk, 20);
    desk.begin_anew().unwrap();
    desk.note_withdrawn_again(&due).unwrap();
    let due = desk.withdrawals_to_repeat().unwrap().unwrap();
    desk.note_withdrawn_again(&due).unwrap();
    assert!(desk.withdrawals_to_repeat().unwrap().is_none());

    let mut phone = team.lead.open();
    set_back(&mut phone, 10);
    phone.begin_anew().unwrap();
    assert!(phone.withdrawals_to_repeat().unwrap().is_none(), "a phone withdraws nothing");
}

#[test]
fn reads_from_the_first_place_again_and_doubles_nothing() {
    let team = Team::new();
    let mut member = team.member.open();
    let device = member.device();
    member.save(opened(1), None, at(0), None).unwrap();
    member.save(contact(1, 100, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    let mut lead = team.lead.open();
    let mut read = page(envelopes(member.journal(), Stream::Journal));
    // The server's clock was right then.
    for envelope in &mut read.envelopes {
        envelope.cursor.0 += 1_000;
    }
    read.next.0 += 1_000;
    lead.ingest_page(Stream::Journal, &read, at(2)).unwrap();
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), Cursor(1_002));
    set_back(&mut lead, 3);
    assert!(lead.begin_anew().unwrap());
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), Cursor::default());
    member.save(contact(1, 101, device, "AIRONE-13", 2), None, at(4), None).unwrap();
    let again = page(envelopes(member.journal(), Stream::Journal));
    let arrivals = lead.ingest_page(Stream::Journal, &again, at(5)).unwrap();
    assert_eq!((arrivals.new, arrivals.known), (1, 2), "what is new lies below what was read before");
    assert!(!lead.begin_anew().unwrap());
    assert_eq!(lead.cursor(Stream::Journal).unwrap(), again.next, "broken off, it goes on where it was");
}
