//! Rules about referrals and accompaniments.

use super::finding::{Finding, Place, Severity};
use crate::operation::{OutingState, ReferralRecord, Refusal};
use crate::referral::{Accompaniment, ReferralEvent, ReferralOrigin, ReferralState, Urgency};
use crate::rule::RuleId;
use crate::time::operational_date;
use chrono::NaiveDate;

/// V20: the first event is *proposto*, each later one may follow the one before, on the same day or later, and none
/// comes before the opening.
pub(super) fn v20_machine(record: &ReferralRecord) -> Vec<Finding> {
    let events = &record.events;
    let starts = events.first().is_some_and(|event| event.state == ReferralState::Proposed);
    let in_time = events.iter().all(|event| event.date >= record.referral.opened_on);
    let follows = |pair: &[ReferralEvent]| match pair {
        [before, after] => before.state.next().contains(&after.state) && before.date <= after.date,
        _ => true,
    };
    broken_if(!(starts && in_time && events.windows(2).all(follows)), RuleId::V20, record)
}

/// V20: no event lies in the future.
pub(super) fn v20_not_in_the_future(record: &ReferralRecord, today: NaiveDate) -> Vec<Finding> {
    broken_if(record.events.iter().any(|event| event.date > today), RuleId::V20, record)
}

/// V21: *chiuso* has an outcome, and nothing else has one.
pub(super) fn v21_outcome(record: &ReferralRecord) -> Vec<Finding> {
    let is_wrong = |event: &ReferralEvent| (event.state == ReferralState::Closed) != event.outcome.is_some();
    broken_if(record.events.iter().any(is_wrong), RuleId::V21, record)
}

/// V22: an immediate referral went on within the outing, or the coordinator was told.
pub(super) fn v22_immediate(state: &OutingState) -> Vec<Finding> {
    if state.outing.coordinator_alerted {
        return Vec::new();
    }
    let tonight = operational_date(state.outing.start_at);
    let is_open = |record: &&ReferralRecord| {
        let on_the_night = record.events.iter().filter(|event| event.date <= tonight).count();
        record.referral.urgency == Urgency::Immediate
            && record.referral.origin == ReferralOrigin::Outing(state.id())
            && on_the_night < 2
    };
    let open = state.referrals.values().filter(is_open);
    open.map(|record| finding(RuleId::V22, Severity::Review, record)).collect()
}

/// V36: the referral of an accompaniment exists, and the person was accompanied or still can be.
pub(super) fn v36_accompaniment(accompaniment: &Accompaniment, record: Option<&ReferralRecord>) -> Vec<Finding> {
    let is_allowed = record.is_some_and(|record| {
        let was = record.events.iter().any(|event| event.state == ReferralState::Accompanied);
        was || record.state().may_be_accompanied()
    });
    if is_allowed {
        return Vec::new();
    }
    let place = Place::Accompaniment { accompaniment: accompaniment.id };
    vec![Finding { rule: RuleId::V36, severity: Severity::Error, place }]
}

/// V20: steps that two phones noted unaware of each other, of which one had to be left out. To be known, not in the way.
pub(super) fn v20_off_path(state: &OutingState) -> Vec<Finding> {
    let off_path = state.referrals.values().filter(|record| is_off_path(record, state));
    off_path.map(|record| finding(RuleId::V20, Severity::Warning, record)).collect()
}

/// V36 in the review: an accompaniment whose step had to be left out may stand, if the lead says so.
pub(super) fn v36_merged(accompaniment: &Accompaniment, record: &ReferralRecord, state: &OutingState) -> Vec<Finding> {
    let severity = if is_off_path(record, state) { Severity::Review } else { Severity::Error };
    let found = v36_accompaniment(accompaniment, Some(record));
    found.into_iter().map(|finding| Finding { severity, ..finding }).collect()
}

fn is_off_path(record: &ReferralRecord, state: &OutingState) -> bool {
    let is_it =
        |refusal: &Refusal| matches!(refusal, Refusal::OffPath { referral, .. } if *referral == record.referral.id);
    state.refusals.iter().any(is_it)
}

fn broken_if(is_broken: bool, rule: RuleId, record: &ReferralRecord) -> Vec<Finding> {
    if is_broken { vec![finding(rule, Severity::Error, record)] } else { Vec::new() }
}

fn finding(rule: RuleId, severity: Severity, record: &ReferralRecord) -> Finding {
    Finding { rule, severity, place: Place::Referral { referral: record.referral.id } }
}
