//! Steps of one referral noted on two phones, and referrals that were taken back.

use super::*;
use crate::referral::{
    Accompaniment, AccompanimentOutcome, Consent, ReferralOrigin, ReferralState as S, ServiceType, TravelMode, Urgency,
};

const REFERRAL: ReferralId = ReferralId(Uuid::from_u128(70));

fn steps(states: &[S]) -> Vec<ReferralEvent> {
    let date = at(0).date_naive();
    states.iter().map(|state| ReferralEvent { date, state: *state, outcome: None }).collect()
}

fn referral() -> Operation {
    let referral = Referral {
        id: REFERRAL,
        origin: ReferralOrigin::Outing(OUTING),
        opened_on: at(0).date_naive(),
        contact_id: None,
        alias: None,
        service_type: ServiceType::FamilyClinic,
        service_id: None,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
    };
    let events = steps(&[S::Proposed, S::Accepted]);
    operation(MEMBER, 2, 10, OperationBody::ReferralOpened { outing_id: OUTING, referral, events })
}

fn advanced(device: DeviceId, sequence: u64, minute: i64, states: &[S]) -> Operation {
    let went = states.contains(&S::Accompanied).then(|| Accompaniment {
        id: AccompanimentId(Uuid::from_u128(80)),
        referral_id: REFERRAL,
        date: at(0).date_naive(),
        minutes: 60,
        staff_n: 2,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::Done,
    });
    let body = OperationBody::ReferralAdvanced {
        outing_id: OUTING,
        referral_id: REFERRAL,
        events: steps(states),
        accompaniment: went,
    };
    operation(device, sequence, minute, body)
}

fn path(state: &OutingState) -> Vec<S> {
    state.referrals[&REFERRAL].events.iter().map(|event| event.state).collect()
}

#[test]
fn same_step_of_two_phones_counts_once_v20() {
    let night = [opened(LEAD, 1, 0, 1), referral()];
    let both = [advanced(LEAD, 2, 20, &[S::Attended]), advanced(MEMBER, 3, 21, &[S::Attended])];
    let state = everything(&[&night[..], &both[..]].concat());
    assert_eq!(path(&state), [S::Proposed, S::Accepted, S::Attended]);
    assert!(state.refusals.is_empty());

    // Of a referral that was opened another night, the path is not here.
    let state = everything(&[&night[..1], &both[..]].concat());
    assert_eq!(state.follow_ups.len(), 1);
}

#[test]
fn steps_of_two_phones_are_merged_or_said_v20() {
    let night = [opened(LEAD, 1, 0, 1), referral(), advanced(LEAD, 2, 20, &[S::Attended])];
    let company = advanced(MEMBER, 3, 21, &[S::Accompanied, S::Attended]);
    let state = everything(&[&night[..], &[company][..]].concat());
    assert_eq!(path(&state), [S::Proposed, S::Accepted, S::Accompanied, S::Attended]);
    assert_eq!((state.accompaniments.len(), state.refusals.len()), (1, 0));

    let no_show = advanced(MEMBER, 3, 21, &[S::Accompanied, S::NoShow]);
    let state = everything(&[&night[..], &[no_show.clone()][..]].concat());
    assert_eq!(path(&state), [S::Proposed, S::Accepted, S::Accompanied, S::Attended]);
    let off_path = Refusal::OffPath { operation: no_show.id, referral: REFERRAL };
    assert_eq!(state.refusals, BTreeSet::from([off_path]));
}

#[test]
fn step_of_a_referral_that_was_taken_back_changes_nothing() {
    let retract = OperationBody::Retracted { outing_id: OUTING, record: RecordRef::Referral(REFERRAL) };
    let late = advanced(MEMBER, 3, 30, &[S::Accompanied, S::Attended]);
    let state = everything(&[opened(LEAD, 1, 0, 1), referral(), operation(LEAD, 2, 20, retract), late]);
    assert!(state.referrals.is_empty() && state.follow_ups.is_empty() && state.accompaniments.is_empty());
    assert!(state.refusals.is_empty());
}

/// The referral, opened once more with another service and another contact.
fn corrected(device: DeviceId, sequence: u64, minute: i64) -> Operation {
    let Operation { body: OperationBody::ReferralOpened { mut referral, events, .. }, .. } = referral() else {
        unreachable!("it is the opening")
    };
    referral.service_type = ServiceType::StiClinic;
    referral.urgency = Urgency::Immediate;
    referral.contact_id = Some(contact_id(9));
    operation(device, sequence, minute, OperationBody::ReferralOpened { outing_id: OUTING, referral, events })
}

#[test]
fn opening_it_again_corrects_a_referral_and_keeps_its_path_v20() {
    let night = [opened(LEAD, 1, 0, 1), referral(), advanced(LEAD, 2, 20, &[S::Attended])];
    for author in [MEMBER, LEAD] {
        let state = everything(&[&night[..], &[corrected(author, 3, 30)][..]].concat());
        let record = &state.referrals[&REFERRAL];
        assert_eq!(
            (record.referral.service_type, record.referral.urgency),
            (ServiceType::StiClinic, Urgency::Immediate)
        );
        assert_eq!(record.referral.contact_id, None, "it stays with the contact from which it was opened");
        assert_eq!(path(&state), [S::Proposed, S::Accepted, S::Attended], "the partner's step is not lost");
    }
}

#[test]
fn nobody_corrects_the_referral_of_another_phone() {
    let other = DeviceId(Uuid::from_u128(22));
    let change = corrected(other, 1, 30);
    let state = everything(&[opened(LEAD, 1, 0, 1), referral(), change.clone()]);
    assert_eq!(state.referrals[&REFERRAL].referral.service_type, ServiceType::FamilyClinic);
    assert_eq!(state.refusals, BTreeSet::from([Refusal::NotOwner(change.id)]));
}
