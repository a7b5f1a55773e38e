use super::*;
use crate::fixture::{Team, at, contact, envelopes, opened, page};
use domain::ids::{ContactId, OperatorCode, ReferralId};
use domain::operation::{OperationBody as Body, OutingChange, RecordRef};
use domain::referral::{Consent, Referral, ReferralEvent, ReferralOrigin, ReferralState, ServiceType, Urgency};
use uuid::Uuid;

fn outing(id: u128) -> OutingId {
    OutingId(Uuid::from_u128(id))
}

/// What is at hand is what lies in the table.
fn is_current(notebook: &Notebook, id: u128) -> usize {
    let read = notebook.operations_of(outing(id)).unwrap();
    assert_eq!(read, store::operation::list(notebook.store.connection(), outing(id)).unwrap());
    read.len()
}

#[test]
fn has_at_hand_what_lies_in_the_table_whatever_comes_in_between() {
    let team = Team::new();
    let mut member = team.member.open();
    let device = member.device();
    let mut lead = team.lead.open();
    let mut sent = 0;
    for number in 1..=3 {
        member.save(opened(number), None, at(0), None).unwrap();
        lead.save(opened(number), None, at(0), None).unwrap();
    }
    for step in 0..12_u128 {
        let id = 1 + step % 3;
        assert_eq!(is_current(&member, 1), 1 + usize::try_from(step.div_ceil(3)).unwrap());
        member.save(contact(id, 100 + step, device, "AIRONE-12", 2), None, at(1), None).unwrap();
        is_current(&member, id);
        if step % 2 == 1 {
            let own = lead.device();
            lead.save(contact(id, 200 + step, own, "GAZZA-20", 2), None, at(1), None).unwrap();
            is_current(&lead, id);
            let new: Vec<_> = envelopes(&member.journal, Stream::Journal).into_iter().skip(sent).collect();
            sent += new.len();
            lead.ingest_page(Stream::Journal, &page(new), at(2)).unwrap();
        }
        is_current(&lead, id);
        is_current(&lead, 1);
    }
}

#[test]
fn notices_rows_that_went() {
    let team = Team::new();
    let mut member = team.member.open();
    let device = member.device();
    member.save(opened(1), None, at(0), None).unwrap();
    member.save(contact(1, 100, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    assert_eq!(is_current(&member, 1), 2);
    member.store.connection().execute("DELETE FROM operation WHERE sequence = 2", []).unwrap();
    assert_eq!(is_current(&member, 1), 1);
}

#[test]
fn outlines_say_of_outings_and_referrals_what_the_whole_says() {
    let team = Team::new();
    let mut lead = team.lead.open();
    let device = lead.device();
    for id in 1..=3 {
        lead.save(opened(id), None, at(0), None).unwrap();
        lead.save(contact(id, 100 * id, device, "AIRONE-12", 2), None, at(1), None).unwrap();
        for number in [1, 2] {
            refer(&mut lead, id, 10 * id + number);
        }
        let event = ReferralEvent { date: at(3).now.date_naive(), state: ReferralState::Accepted, outcome: None };
        let referral_id = ReferralId(Uuid::from_u128(10 * id + 1));
        let (outing_id, events) = (outing(id % 3 + 1), vec![event]);
        lead.save(Body::ReferralAdvanced { outing_id, referral_id, events, accompaniment: None }, None, at(3), None)
            .unwrap();
    }
    let record = RecordRef::Referral(ReferralId(Uuid::from_u128(12)));
    lead.save(Body::Retracted { outing_id: outing(1), record }, None, at(4), None).unwrap();
    let record = RecordRef::Contact(ContactId(Uuid::from_u128(200)));
    lead.save(Body::Retracted { outing_id: outing(2), record }, None, at(4), None).unwrap();
    let after = lead.outing_state(outing(2), Scope::Everything).unwrap().unwrap().outing_heads.into_iter().collect();
    let changes = vec![OutingChange::Status(OutingStatus::Closed), OutingChange::EndAt(Some(at(90).now))];
    let outing_id = outing(2);
    let by = Some(OperatorCode::new("OP-A"));
    lead.save(Body::OutingRevised { outing_id, after, changes }, None, at(90), by).unwrap();

    let whole = lead.list_outings().unwrap();
    for outlines in [lead.list_outlines(None).unwrap(), lead.list_outlines(Some(device)).unwrap()] {
        assert_eq!(outlines.len(), whole.len());
        for (outline, state) in outlines.iter().zip(&whole) {
            assert_eq!(outline.outing, state.outing);
            assert_eq!(outline.referrals, state.referrals);
            assert_eq!(outline.follow_ups, state.follow_ups);
            assert_eq!((outline.sign_off.is_some(), &outline.opened_by), (state.sign_off.is_some(), &state.opened_by));
        }
    }
    assert!(whole.iter().any(|state| state.outing.status == OutingStatus::Closed));
    assert_eq!(whole.iter().map(|state| state.referrals.len()).sum::<usize>(), 5);
}

fn refer(lead: &mut Notebook, id: u128, referral: u128) {
    let date = at(2).now.date_naive();
    let referral = Referral {
        id: ReferralId(Uuid::from_u128(referral)),
        origin: ReferralOrigin::Outing(outing(id)),
        opened_on: date,
        contact_id: None,
        alias: None,
        service_type: ServiceType::StiClinic,
        service_id: None,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::NotNeededYet,
        parent_id: None,
    };
    let events = vec![ReferralEvent { date, state: ReferralState::Proposed, outcome: None }];
    lead.save(Body::ReferralOpened { outing_id: outing(id), referral, events }, None, at(2), None).unwrap();
}
