//! The path of a referral: its next steps, and which referrals call for somebody.

use crate::view::{AccompanimentInput, AdvanceInput};
use chrono::NaiveDate;
use domain::ids::{AccompanimentId, ReferralId};
use domain::operation::{OutingState, ReferralRecord, merge_step};
use domain::referral::{Accompaniment, ReferralEvent, ReferralState, Urgency};

/// The last days before a referral counts as lost of view, in which the screen says so.
const LAST_DAYS: i64 = 14;

/// The steps somebody notes at once ("accompagnata e arrivata"), all on the same day. An outcome belongs to `closed`.
#[must_use]
pub fn events(input: &AdvanceInput, date: NaiveDate) -> Vec<ReferralEvent> {
    input
        .states
        .iter()
        .map(|state| ReferralEvent {
            date,
            state: *state,
            outcome: if *state == ReferralState::Closed { input.outcome } else { None },
        })
        .collect()
}

/// Going along with somebody.
#[must_use]
pub fn accompaniment(
    id: AccompanimentId,
    referral: ReferralId,
    date: NaiveDate,
    input: AccompanimentInput,
) -> Accompaniment {
    let AccompanimentInput { minutes, staff_n, mode, outcome } = input;
    Accompaniment { id, referral_id: referral, date, minutes, staff_n, mode, outcome }
}

/// A referral with what was noted of it in every outing.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The referral with all its events.
    pub record: ReferralRecord,
    /// Minutes of its last accompaniment.
    pub minutes: Option<u16>,
}

/// The referrals of these outings, each with the events and accompaniments that were noted in other outings.
#[must_use]
pub fn followed(states: &[OutingState]) -> Vec<Followed> {
    let opened = states.iter().flat_map(|state| state.referrals.values());
    opened.map(|record| Followed { record: whole(record, states), minutes: minutes(record, states) }).collect()
}

fn whole(record: &ReferralRecord, states: &[OutingState]) -> ReferralRecord {
    let noted = states.iter().flat_map(|state| &state.follow_ups);
    let mut noted: Vec<ReferralEvent> =
        noted.filter(|(id, _)| *id == record.referral.id).map(|(_, event)| *event).collect();
    // Stable: the steps of one day stay in the order in which they were noted.
    noted.sort_by_key(|event| event.date);
    let mut record = record.clone();
    for event in noted {
        // What two phones noted apart and fits nowhere would keep everybody from going on.
        merge_step(&mut record.events, event);
    }
    record
}

fn minutes(record: &ReferralRecord, states: &[OutingState]) -> Option<u16> {
    let of_it = |company: &&Accompaniment| company.referral_id == record.referral.id;
    let all = states.iter().flat_map(|state| state.accompaniments.values()).filter(of_it);
    all.max_by_key(|company| company.date).map(|company| company.minutes)
}

/// Order on the screen: without a place first, then what is still open, by urgency, the oldest first.
#[must_use]
pub fn rank(record: &ReferralRecord) -> (bool, bool, Urgency, NaiveDate, ReferralId) {
    let state = record.state();
    let referral = &record.referral;
    (state != ReferralState::NoPlace, state.is_terminal(), referral.urgency, referral.opened_on, referral.id)
}

/// Whole days from one day to another, none if it is earlier.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> u16 {
    u16::try_from(to.signed_duration_since(from).num_days()).unwrap_or_default()
}

/// Days until a referral counts as lost of view, 0 once they are over. Said only in the last fortnight, and only where
/// it can be lost: one without a place stays, whatever its age.
#[must_use]
pub fn lost_in_days(record: &ReferralRecord, today: NaiveDate, lost_after_days: u16) -> Option<u16> {
    let last = record.events.iter().map(|event| event.date).max()?;
    let left = i64::from(lost_after_days) - today.signed_duration_since(last).num_days();
    let may_be_lost = record.state().next().contains(&ReferralState::Lost);
    (may_be_lost && left <= LAST_DAYS).then(|| u16::try_from(left).unwrap_or_default())
}

/// V22: an immediate referral of which nothing more is known than that it was proposed.
#[must_use]
pub fn is_immediate_open(record: &ReferralRecord) -> bool {
    record.referral.urgency == Urgency::Immediate && record.events.len() < 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::OutingId;
    use domain::referral::{Consent, Referral, ReferralOrigin, ReferralState as S, ServiceType};
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn record(number: u128, urgency: Urgency, events: &[(&str, S)]) -> ReferralRecord {
        let referral = Referral {
            id: ReferralId(Uuid::from_u128(number)),
            origin: ReferralOrigin::Outing(OutingId(Uuid::from_u128(1))),
            opened_on: day(events[0].0),
            contact_id: None,
            alias: None,
            service_type: ServiceType::FamilyClinic,
            service_id: None,
            urgency,
            reason: None,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            consent: Consent::Verbal,
            parent_id: None,
        };
        let event = |(date, state): &(&str, S)| ReferralEvent { date: day(date), state: *state, outcome: None };
        ReferralRecord { referral, events: events.iter().map(event).collect() }
    }

    #[test]
    fn puts_what_has_no_place_first_and_the_oldest_before_the_newer() {
        let old = record(1, Urgency::Routine, &[("2026-03-01", S::Proposed)]);
        let new = record(2, Urgency::Routine, &[("2026-03-12", S::Proposed)]);
        let now = record(3, Urgency::Immediate, &[("2026-03-12", S::Proposed)]);
        let over = record(4, Urgency::Immediate, &[("2026-03-12", S::Proposed), ("2026-03-12", S::Declined)]);
        let steps = [("2026-03-12", S::Proposed), ("2026-03-12", S::Requested), ("2026-03-12", S::NoPlace)];
        let no_place = record(5, Urgency::Routine, &steps);
        let mut all = [&over, &new, &old, &now, &no_place];
        all.sort_by_key(|record| rank(record));
        let order: Vec<u128> = all.iter().map(|record| record.referral.id.0.as_u128()).collect();
        assert_eq!(order, [5, 3, 1, 2, 4]);
    }

    #[test]
    fn warns_in_the_last_fortnight_before_it_is_lost() {
        let booked = record(1, Urgency::Routine, &[("2026-01-01", S::Proposed), ("2026-01-10", S::Booked)]);
        assert_eq!(lost_in_days(&booked, day("2026-02-23"), 60), None, "sixteen days are left");
        assert_eq!(lost_in_days(&booked, day("2026-02-25"), 60), Some(14));
        assert_eq!(lost_in_days(&booked, day("2026-06-01"), 60), Some(0));
        let no_place = record(2, Urgency::Immediate, &[("2026-01-01", S::Proposed), ("2026-01-01", S::NoPlace)]);
        assert_eq!(lost_in_days(&no_place, day("2026-06-01"), 60), None, "it is never closed silently");
    }

    #[test]
    fn counts_days_and_never_below_none() {
        assert_eq!(days_between(day("2026-02-27"), day("2026-03-02")), 3);
        assert_eq!(days_between(day("2026-03-02"), day("2026-02-27")), 0);
    }
}
