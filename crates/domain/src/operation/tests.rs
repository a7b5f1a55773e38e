//! The fold: order, repetition, merging, authority, sign-off.

use super::*;
use crate::contact::AgeBand;
use crate::contact::{Concern, ContactKind, ContactMode, Depth, Gender, Language, TargetGroup};
use crate::ids::{ItemCode, NationalityCode, UnitId, ZoneCode};
use crate::outing::{OutingStatus, OutingType, Weather};
use crate::supply::MoveKind;
use crate::time::Slot;
use chrono::TimeZone;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

mod referrals;
mod split;

const LEAD: DeviceId = DeviceId(Uuid::from_u128(1));
const MEMBER: DeviceId = DeviceId(Uuid::from_u128(2));
const OUTING: OutingId = OutingId(Uuid::from_u128(3));

fn leads() -> BTreeSet<DeviceId> {
    BTreeSet::from([LEAD])
}

fn at(minute: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_773_347_400 + minute * 60, 0).single().expect("valid instant")
}

fn operation(device: DeviceId, sequence: u64, minute: i64, body: OperationBody) -> Operation {
    let id = OperationId(Uuid::from_u128(u128::from(sequence) << 8 | if device == LEAD { 1 } else { 2 }));
    Operation {
        id,
        schema: OPERATION_SCHEMA,
        device,
        sequence,
        stamp: Stamp { ms: minute * 60_000, counter: 0 },
        at: at(minute),
        offset_minutes: 60,
        elapsed_ms: None,
        operator: None,
        body,
    }
}

fn opened(device: DeviceId, sequence: u64, minute: i64, load: i32) -> Operation {
    let outing = Outing {
        id: OUTING,
        unit: UnitId::new("BS-U1"),
        outing_type: OutingType::StreetNight,
        status: OutingStatus::Open,
        cancel_reason: None,
        start_at: at(minute),
        end_at: None,
        crew: Vec::new(),
        short_crew: None,
        vehicle: None,
        km: None,
        weather: Weather::NotRecorded,
        planned_zones: Vec::new(),
        note: None,
        reviewed_at: None,
        reviewed_by: None,
        coordinator_alerted: false,
    };
    let id = if device == LEAD { 900 } else { 901 };
    let load = vec![supply(id, device, MoveKind::Load, load, None)];
    operation(device, sequence, minute, OperationBody::OutingOpened { outing, load })
}

fn supply(id: u128, device: DeviceId, kind: MoveKind, quantity: i32, contact_id: Option<ContactId>) -> SupplyMove {
    SupplyMove {
        id: SupplyMoveId(Uuid::from_u128(id)),
        outing_id: OUTING,
        device_id: device,
        item: ItemCode::new("condom_ext"),
        kind,
        quantity,
        contact_id,
        to_target_group: contact_id.map(|_| TargetGroup::Person),
        leaflet: None,
        reason: None,
    }
}

fn contact_id(n: u128) -> ContactId {
    ContactId(Uuid::from_u128(1_000 + n))
}

fn contact(n: u128, device: DeviceId) -> Contact {
    Contact {
        id: contact_id(n),
        outing_id: OUTING,
        stop_id: None,
        device_id: device,
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot: Slot::of(at(0)),
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::NotRecorded,
        nationality: NationalityCode::not_recorded(),
        language: Language::NotRecorded,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        aliases: Vec::new(),
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: false,
        possible_duplicate_of: None,
    }
}

fn saved(n: u128, device: DeviceId, sequence: u64, minute: i64) -> Operation {
    let handouts = vec![supply(2_000 + n, device, MoveKind::Handout, 6, Some(contact_id(n)))];
    operation(device, sequence, minute, OperationBody::ContactSaved { contact: contact(n, device), handouts })
}

fn revised(
    device: DeviceId,
    sequence: u64,
    minute: i64,
    n: u128,
    after: &[OperationId],
    changes: Vec<ContactChange>,
) -> Operation {
    let body = OperationBody::ContactRevised {
        outing_id: OUTING,
        contact_id: contact_id(n),
        after: after.to_vec(),
        changes,
        moves_added: Vec::new(),
        moves_retracted: Vec::new(),
    };
    operation(device, sequence, minute, body)
}

fn signed(sequence: u64, minute: i64, included: &[(DeviceId, u64)]) -> Operation {
    let sign_off = SignOff {
        by: OperatorCode::new("OP-A"),
        at: at(minute),
        included: included_list(included),
        digest: Digest::of(b""),
    };
    operation(LEAD, sequence, minute, OperationBody::OutingSignedOff { outing_id: OUTING, sign_off })
}

fn included_list(included: &[(DeviceId, u64)]) -> Vec<Included> {
    included
        .iter()
        .map(|(device, through)| Included { device: *device, from: 1, through: *through, chain: Digest::of(b"") })
        .collect()
}

fn night() -> Vec<Operation> {
    let first = saved(1, LEAD, 2, 10);
    let second = saved(2, MEMBER, 2, 12);
    let by_member = revised(MEMBER, 3, 20, 2, &[second.id], vec![ContactChange::Kind(ContactKind::First)]);
    let by_lead = revised(LEAD, 3, 21, 2, &[second.id], vec![ContactChange::Kind(ContactKind::Unknown)]);
    let other_field = revised(LEAD, 4, 22, 1, &[first.id], vec![ContactChange::Zone(ZoneCode::new("Z2"))]);
    let gone = saved(3, MEMBER, 4, 25);
    let retracted = operation(
        MEMBER,
        5,
        26,
        OperationBody::Retracted { outing_id: OUTING, record: RecordRef::Contact(contact_id(3)) },
    );
    vec![
        opened(LEAD, 1, 0, 100),
        opened(MEMBER, 1, 1, 50),
        first,
        second,
        by_member,
        by_lead,
        other_field,
        gone,
        retracted,
    ]
}

fn everything(operations: &[Operation]) -> OutingState {
    fold(OUTING, operations, &leads(), Scope::Everything).expect("the outing was opened")
}

proptest! {
    #[test]
    fn state_does_not_depend_on_order_or_repetition(order in Just(night()).prop_shuffle(), again in 0_usize..9) {
        let expected = everything(&night());
        let mut given = order;
        given.extend(night().get(again).cloned());
        prop_assert_eq!(everything(&given), expected);
    }
}

#[test]
fn counts_the_load_of_both_bags() {
    let state = everything(&night());
    let loaded: i32 =
        state.moves.values().filter(|supply| supply.kind == MoveKind::Load).map(|supply| supply.quantity).sum();
    assert_eq!(loaded, 150);
    assert_eq!(state.opened_by, LEAD, "the lead's opening stands");
}

#[test]
fn merges_unaware_revisions_by_field_and_shows_the_conflict() {
    let state = everything(&night());
    let contact = &state.contacts[&contact_id(2)];
    assert_eq!(contact.kind, ContactKind::Unknown, "the later stamp wins");
    assert_eq!(state.conflicts.len(), 1);
    assert_eq!(state.contact_heads[&contact_id(2)].len(), 2, "the next revision names both");
}

#[test]
fn revision_that_knew_the_other_is_no_conflict() {
    let second = saved(2, MEMBER, 2, 12);
    let by_member = revised(MEMBER, 3, 20, 2, &[second.id], vec![ContactChange::Kind(ContactKind::First)]);
    let by_lead = revised(LEAD, 2, 21, 2, &[by_member.id], vec![ContactChange::Kind(ContactKind::Unknown)]);
    let state = everything(&[opened(LEAD, 1, 0, 1), second, by_member, by_lead]);
    assert!(state.conflicts.is_empty());
}

#[test]
fn handouts_go_to_whom_the_contact_was_with() {
    let contact = saved(1, MEMBER, 2, 10);
    let client = vec![ContactChange::TargetGroup(TargetGroup::Client)];
    let corrected = revised(LEAD, 2, 20, 1, &[contact.id], client);
    let state = everything(&[opened(LEAD, 1, 0, 1), contact, corrected]);
    let groups: Vec<_> = state.handouts_of(contact_id(1)).map(|supply| supply.to_target_group).collect();
    assert_eq!(groups, [Some(TargetGroup::Client)]);
}

#[test]
fn retract_beats_an_edit_that_comes_later() {
    let saved_contact = saved(1, MEMBER, 2, 10);
    let retract = operation(
        MEMBER,
        3,
        11,
        OperationBody::Retracted { outing_id: OUTING, record: RecordRef::Contact(contact_id(1)) },
    );
    let edit = revised(LEAD, 2, 30, 1, &[saved_contact.id], vec![ContactChange::Kind(ContactKind::First)]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved_contact, retract, edit]);
    assert!(state.contacts.is_empty());
    assert!(state.handouts_of(contact_id(1)).next().is_none(), "its handouts go with it");
    assert!(state.refusals.is_empty(), "an edit of a retracted record is nobody's fault");
}

#[test]
fn only_a_lead_signs_and_only_owner_or_lead_corrects() {
    let by_member = Operation { device: MEMBER, sequence: 7, ..signed(7, 50, &[]) };
    let foreign = revised(MEMBER, 8, 51, 1, &[], vec![ContactChange::Kind(ContactKind::First)]);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved(1, LEAD, 2, 10), by_member.clone(), foreign.clone()]);
    assert!(state.sign_off.is_none());
    assert_eq!(state.refusals, BTreeSet::from([Refusal::NotLead(by_member.id), Refusal::NotOwner(foreign.id)]));
    assert_eq!(state.contacts[&contact_id(1)].kind, ContactKind::Returning);
}

#[test]
fn late_operations_count_only_once_an_amendment_includes_them() {
    let mut operations = night();
    operations.push(signed(5, 60, &[(LEAD, 4), (MEMBER, 5)]));
    let late = saved(9, MEMBER, 6, 30);
    operations.push(late.clone());
    let counted = fold(OUTING, &operations, &leads(), Scope::Counted).expect("opened");
    assert_eq!(counted.contacts.len(), 2);
    assert_eq!(counted.late, BTreeSet::from([late.id]));
    assert_eq!(everything(&operations).contacts.len(), 3, "the lead sees what came late");

    let amendment = Amendment {
        number: 1,
        by: OperatorCode::new("OP-A"),
        at: at(90),
        reason: AmendmentReason::LateDevice,
        included: included_list(&[(LEAD, 5), (MEMBER, 6)]),
        digest: Digest::of(b""),
    };
    operations.push(operation(LEAD, 6, 90, OperationBody::OutingAmended { outing_id: OUTING, amendment }));
    let amended = fold(OUTING, &operations, &leads(), Scope::Counted).expect("opened");
    assert_eq!(amended.contacts.len(), 3);
    assert!(amended.late.is_empty());
    assert_eq!(amended.amendments.len(), 1);
}

#[test]
fn of_two_amendments_that_were_made_apart_that_of_the_smaller_device_stands() {
    let mut operations = night();
    operations.push(signed(5, 60, &[(LEAD, 4), (MEMBER, 5)]));
    operations.push(saved(9, MEMBER, 6, 30));
    let amended = |device, sequence, minute, number, included: &[(DeviceId, u64)]| {
        let amendment = Amendment {
            number,
            by: OperatorCode::new("OP-A"),
            at: at(minute),
            reason: AmendmentReason::LateDevice,
            included: included_list(included),
            digest: Digest::of(b""),
        };
        operation(device, sequence, minute, OperationBody::OutingAmended { outing_id: OUTING, amendment })
    };
    let (smaller, greater) = if LEAD < MEMBER { (LEAD, MEMBER) } else { (MEMBER, LEAD) };
    // Both are leads here. The greater device's comes first, and knows less.
    let both = BTreeSet::from([LEAD, MEMBER]);
    operations.push(amended(greater, 20, 90, 1, &[(LEAD, 4), (MEMBER, 5)]));
    operations.push(amended(smaller, 21, 95, 1, &[(LEAD, 5), (MEMBER, 6)]));
    let state = fold(OUTING, &operations, &both, Scope::Counted).expect("opened");
    assert_eq!((state.contacts.len(), state.amendments.len()), (3, 1));
    assert_eq!(state.amendments[0].at, at(95));
    operations.push(amended(greater, 22, 99, 2, &[(LEAD, 5), (MEMBER, 6)]));
    let state = fold(OUTING, &operations, &both, Scope::Counted).expect("opened");
    assert_eq!(state.amendments.iter().map(|amendment| amendment.number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_was_missing_when_the_lead_signed_comes_late_and_is_not_signed_for() {
    let mut operations = night();
    let missing = saved(8, MEMBER, 6, 30);
    operations.push(saved(9, MEMBER, 7, 31));
    let part = |from, through| Included { device: MEMBER, from, through, chain: Digest::of(b"") };
    let included = [included_list(&[(LEAD, 4)]), vec![part(1, 5), part(7, 7)]].concat();
    let sign_off = SignOff { by: OperatorCode::new("OP-A"), at: at(60), included, digest: Digest::of(b"") };
    operations.push(operation(LEAD, 5, 60, OperationBody::OutingSignedOff { outing_id: OUTING, sign_off }));
    let before = fold(OUTING, &operations, &leads(), Scope::Counted).expect("opened");
    assert!(before.contacts.contains_key(&contact_id(9)) && before.late.is_empty());
    operations.push(missing.clone());
    let after = fold(OUTING, &operations, &leads(), Scope::Counted).expect("opened");
    assert_eq!((after.contacts, after.late), (before.contacts, BTreeSet::from([missing.id])));
}

#[test]
fn written_twice_keeps_one_card_and_both_handouts() {
    let decision = DuplicateDecision::WrittenTwice;
    let body =
        OperationBody::DuplicateSettled { outing_id: OUTING, first: contact_id(1), second: contact_id(2), decision };
    let mut operations = night();
    operations.push(operation(LEAD, 5, 40, body));
    let state = everything(&operations);
    assert_eq!(state.contacts.keys().copied().collect::<Vec<_>>(), vec![contact_id(1)]);
    assert_eq!(state.handouts_of(contact_id(1)).map(|supply| supply.quantity).sum::<i32>(), 12);
    assert!(state.is_settled(contact_id(2), contact_id(1)));
}

#[test]
fn written_twice_holds_where_both_cards_are() {
    let decision = DuplicateDecision::WrittenTwice;
    let body =
        OperationBody::DuplicateSettled { outing_id: OUTING, first: contact_id(1), second: contact_id(2), decision };
    let settled = operation(LEAD, 3, 40, body);
    let first = saved(1, MEMBER, 1, 5);
    let night = [opened(LEAD, 1, 0, 1), saved(2, LEAD, 2, 6), settled.clone()];
    // The other phone's night is not here, or is not signed: nobody is counted in no place.
    let state = everything(&night);
    assert_eq!(state.contacts.keys().copied().collect::<Vec<_>>(), vec![contact_id(2)]);
    assert_eq!(state.refusals, BTreeSet::from([Refusal::NoRecord(settled.id)]));
    let signature = signed(4, 50, &[(LEAD, 3)]);
    let with_first = [&night[..], &[first.clone(), signature]].concat();
    let counted = fold(OUTING, &with_first, &leads(), Scope::Counted).unwrap();
    assert_eq!(counted.contacts.keys().copied().collect::<Vec<_>>(), vec![contact_id(2)]);
    let state = everything(&with_first);
    assert_eq!(state.contacts.keys().copied().collect::<Vec<_>>(), vec![contact_id(1)], "it came: one person");
    assert!(state.refusals.is_empty());
}

#[test]
fn records_stamped_before_the_opening_wait_for_it() {
    let early = saved(1, MEMBER, 2, -300);
    let state = everything(&[early, opened(LEAD, 1, 0, 1)]);
    assert_eq!(state.contacts.len(), 1, "a phone whose clock is behind loses nothing");
    assert!(fold(OUTING, &[saved(1, MEMBER, 2, 0)], &leads(), Scope::Everything).is_none());
}

fn outing_revised(device: DeviceId, sequence: u64, minute: i64, changes: Vec<OutingChange>) -> Operation {
    operation(device, sequence, minute, OperationBody::OutingRevised { outing_id: OUTING, after: Vec::new(), changes })
}

#[test]
fn revision_moves_the_status_only_as_far_as_its_author_may() {
    let status_after = |device, status| {
        let revision = outing_revised(device, 9, 50, vec![OutingChange::Status(status)]);
        everything(&[opened(LEAD, 1, 0, 1), revision]).outing.status
    };
    assert_eq!(status_after(MEMBER, OutingStatus::Closed), OutingStatus::Closed);
    assert_eq!(status_after(MEMBER, OutingStatus::Cancelled), OutingStatus::Open);
    assert_eq!(status_after(LEAD, OutingStatus::Cancelled), OutingStatus::Cancelled);
    for status in [OutingStatus::Reviewed, OutingStatus::Uploaded, OutingStatus::Frozen] {
        assert_eq!(status_after(LEAD, status), OutingStatus::Open, "that takes a sign-off");
        assert_eq!(status_after(MEMBER, status), OutingStatus::Open);
    }
}

#[test]
fn member_cancels_an_outing_of_its_own_while_nobody_is_in_it() {
    let cancelled = |sequence| outing_revised(MEMBER, sequence, 9, vec![OutingChange::Status(OutingStatus::Cancelled)]);
    let status = |operations: &[Operation]| everything(operations).outing.status;
    assert_eq!(status(&[opened(MEMBER, 1, 0, 30), cancelled(2)]), OutingStatus::Cancelled);
    let with_record = [opened(MEMBER, 1, 0, 30), saved(1, MEMBER, 2, 1), cancelled(3)];
    assert_eq!(status(&with_record), OutingStatus::Open);
    let with_partner = [opened(MEMBER, 1, 0, 30), opened(LEAD, 1, 1, 30), cancelled(2)];
    assert_eq!(status(&with_partner), OutingStatus::Open);
    let partner_came_later = [opened(MEMBER, 1, 0, 30), cancelled(2), opened(LEAD, 1, 10, 30)];
    assert_eq!(status(&partner_came_later), OutingStatus::Cancelled);
}

#[test]
fn signed_off_outing_stays_reviewed() {
    for device in [LEAD, MEMBER] {
        let changes = vec![OutingChange::Status(OutingStatus::Closed), OutingChange::Km(Some(12))];
        let closed_later = outing_revised(device, 9, 70, changes);
        let state = everything(&[opened(LEAD, 1, 0, 1), signed(2, 60, &[(LEAD, 1)]), closed_later]);
        assert_eq!(state.outing.status, OutingStatus::Reviewed);
        assert_eq!(state.outing.km, Some(12), "what was said is not lost: it waits for an amendment");
    }
}

#[test]
fn contact_is_saved_only_by_the_device_it_names_and_replaced_only_by_its_owner_or_a_lead() {
    let posing = Operation { device: MEMBER, ..saved(1, LEAD, 7, 30) };
    let taking = saved(1, MEMBER, 8, 31);
    let state = everything(&[opened(LEAD, 1, 0, 1), saved(1, LEAD, 2, 10), posing.clone(), taking.clone()]);
    assert_eq!(state.refusals, BTreeSet::from([Refusal::NotOwner(posing.id), Refusal::NotOwner(taking.id)]));
    assert_eq!(state.contacts[&contact_id(1)].device_id, LEAD);
    assert_eq!(state.handouts_of(contact_id(1)).count(), 1, "its handouts stay");

    let state = everything(&[opened(LEAD, 1, 0, 1), saved(1, MEMBER, 2, 10), saved(1, LEAD, 3, 11)]);
    assert!(state.refusals.is_empty(), "a lead may");
    assert_eq!(state.contacts[&contact_id(1)].device_id, LEAD);
}

#[test]
fn member_moves_no_supplies_of_another_bag() {
    let foreign = supply(3_000, LEAD, MoveKind::Handout, 40, Some(contact_id(2)));
    let replaced = supply(900, MEMBER, MoveKind::Load, 0, None);
    let body = OperationBody::ContactSaved { contact: contact(2, MEMBER), handouts: vec![foreign, replaced] };
    let state = everything(&[opened(LEAD, 1, 0, 100), operation(MEMBER, 2, 12, body)]);
    assert_eq!(state.contacts.len(), 1);
    let moves: Vec<_> = state.moves.values().map(|supply| (supply.device_id, supply.quantity)).collect();
    assert_eq!(moves, [(LEAD, 100)], "the lead's load as it was, and nothing else");
}

#[test]
fn opening_of_a_lead_stands_over_an_earlier_one_of_a_member() {
    let revision = outing_revised(MEMBER, 2, 3, vec![OutingChange::Km(Some(7))]);
    let mut operations = vec![opened(MEMBER, 1, 0, 50), revision, opened(LEAD, 1, 5, 100)];
    let state = everything(&operations);
    assert_eq!((state.opened_by, state.outing.start_at), (LEAD, at(5)));
    assert_eq!(state.outing.km, Some(7), "what was revised in between stands too");
    assert_eq!(state.moves.values().map(|supply| supply.quantity).sum::<i32>(), 150, "both loads count");
    operations.reverse();
    assert_eq!(everything(&operations), state);
}
