//! What one device writes, the others read: the same state everywhere, whatever the order (invariants 1 to 3).

use super::fixture::{Team, at, contact, envelopes, opened, page};
use domain::ids::OutingId;
use domain::operation::Scope;
use domain::sync::Stream;
use notebook::error::NotebookError;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

#[test]
fn two_phones_and_the_desk_agree_on_what_was_saved() {
    let team = Team::new();
    let (mut lead, mut member) = (team.lead.open(), team.member.open());
    let (lead_device, member_device) = (lead.device(), member.device());
    lead.save(opened(1), None, at(0), None).unwrap();
    member.save(opened(1), None, at(2), None).unwrap();
    for number in 0..5 {
        let minute = 10 + i64::try_from(number).unwrap();
        lead.save(contact(1, 100 + number, lead_device, "AIRONE-12", 2), None, at(minute), None).unwrap();
        member.save(contact(1, 200 + number, member_device, "AIRONE-13", 1), None, at(minute), None).unwrap();
    }
    let (of_lead, of_member) =
        (envelopes(lead.journal(), Stream::Journal), envelopes(member.journal(), Stream::Journal));
    lead.ingest_page(Stream::Journal, &page(of_member.clone()), at(60)).unwrap();
    lead.ingest_page(Stream::Journal, &page(of_lead.clone()), at(60)).unwrap();
    let union = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
    assert_eq!((union.contacts.len(), union.moves.len()), (10, 10), "its own echo adds nothing");
    assert_eq!(lead.list_aliases().unwrap().len(), 2, "the partner's aliases are the team's");

    // A second lead, enrolled during the night, reads both logs in another order and sees the same.
    let mut desk = team.admin.open();
    let mut second = team.enrol_lead(&mut desk);
    for envelope in of_member.iter().rev().chain(of_lead.iter()) {
        let error = second.ingest(envelope, at(60)).unwrap();
        assert_eq!(error.set_aside, 1, "sealed before it was a lead: set aside, not lost");
    }
    assert_eq!(second.list_problems().unwrap().len(), 12);

    desk.ingest_page(Stream::Journal, &page([of_lead, of_member].concat()), at(61)).unwrap();
    let held = desk.list_held_logs().unwrap();
    assert_eq!(held.iter().map(|log| log.through).sum::<u64>(), 12);
    assert!(
        held.iter().all(|log| log.head == lead.journal().head().unwrap().chain
            || log.head == member.journal().head().unwrap().chain)
    );
    assert!(desk.operations_of(OUTING).unwrap().is_empty());
}

#[test]
fn an_older_manifest_changes_nothing_on_any_device() {
    let team = Team::new();
    let newer = team.admin.open().sign_manifest(Vec::new(), at(0)).unwrap();
    for device in [&team.lead, &team.member, &team.admin] {
        let mut notebook = device.open();
        notebook.apply_manifest(&newer).unwrap();
        assert_eq!(notebook.apply_manifest(&team.manifest).unwrap_err(), NotebookError::StaleManifest);
    }
}
