//! Referrals and accompaniments of a period: flow, stock and cohort.

use super::records::Records;
use super::{Counts, count};
use crate::ids::ReferralId;
use crate::referral::{
    Accompaniment, AccompanimentOutcome, ReferralEvent, ReferralOutcome, ReferralState, ServiceMacro, ServiceType,
};
use crate::sync::night_log::ReferralRow;
use crate::time::Span;
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::BTreeSet;

/// Days after the end of a period at which I16b is measured.
pub const COMPLETION_DAYS: u64 = 30;

/// Exact counts of referrals. For inside use only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReferralTally {
    /// I15, referrals whose first event lies in the period.
    pub referrals_opened: u64,
    /// I15 by type.
    pub referrals_opened_by_service: Counts<ServiceType>,
    /// I15 by macro area.
    pub referrals_opened_by_macro: Counts<ServiceMacro>,
    /// I16, events in the period by state.
    pub referral_events: Counts<ReferralState>,
    /// I16, closed in the period by outcome.
    pub referrals_closed_by_outcome: Counts<ReferralOutcome>,
    /// Opened before the period and not ended before it.
    pub referrals_open_start: u64,
    /// Not ended by the end of the period.
    pub referrals_open_end: u64,
    /// Ended in the period: closed, declined, cancelled, lost.
    pub referrals_ended: u64,
    /// I16b, of those opened in the period: completed up to 30 days after its end.
    pub referrals_completed_by_macro: Counts<ServiceMacro>,
    /// I17, accompaniments done.
    pub accompaniments: u64,
    /// I17, their minutes.
    pub accompaniment_minutes: u64,
    /// I17, distinct referrals they served.
    pub accompanied_referrals: u64,
    /// I17 by macro area of the referral.
    pub accompaniments_by_macro: Counts<ServiceMacro>,
    /// I18, emergency receptions asked for.
    pub emergency_requested: u64,
    /// I18, beds found.
    pub emergency_placed: u64,
    /// I18, no bed found.
    pub emergency_no_place: u64,
    /// Events of referrals that the desk does not know yet, of any date; not counted anywhere.
    pub referral_events_waiting: u64,
}

/// What of a referral is counted: its events in the order of the machine, the end of one that is lost with them.
#[derive(Clone, Copy, Debug)]
pub struct ReferralPath<'a> {
    /// What for.
    pub service_type: ServiceType,
    /// Where no event says it: the day of the opening.
    pub opened_on: NaiveDate,
    /// By date.
    pub events: &'a [ReferralEvent],
}

impl ReferralPath<'_> {
    /// The day on which it begins.
    #[must_use]
    pub fn opened(&self) -> NaiveDate {
        self.events.first().map_or(self.opened_on, |event| event.date)
    }
}

impl ReferralTally {
    /// Counts a run of days.
    #[must_use]
    pub fn of(records: &Records, span: impl Into<Span>) -> Self {
        let span = span.into();
        let referrals = records.referrals();
        let mut tally = Self { referral_events_waiting: records.waiting_events(), ..Self::default() };
        for ReferralRow { service_type, opened_on, events, .. } in referrals.values() {
            tally.add_path(ReferralPath { service_type: *service_type, opened_on: *opened_on, events }, span);
        }
        let service_of = |id| referrals.get(&id).map(|referral| referral.service_type);
        tally.add_accompaniments(records.accompaniments().into_values(), span, service_of);
        tally
    }

    /// Counts the accompaniments of a run of days. `service_of` tells what a referral is for, if it has arrived.
    pub fn add_accompaniments(
        &mut self,
        accompaniments: impl IntoIterator<Item = Accompaniment>,
        span: Span,
        service_of: impl Fn(ReferralId) -> Option<ServiceType>,
    ) {
        let mut served = BTreeSet::new();
        for accompaniment in accompaniments {
            if accompaniment.outcome != AccompanimentOutcome::Done || !span.contains(accompaniment.date) {
                continue;
            }
            self.accompaniments += 1;
            self.accompaniment_minutes += u64::from(accompaniment.minutes);
            self.accompanied_referrals += u64::from(served.insert(accompaniment.referral_id));
            if let Some(service) = service_of(accompaniment.referral_id) {
                count(&mut self.accompaniments_by_macro, &service.macro_area(), 1);
            }
        }
    }

    /// Counts one referral with its whole path, once, in a run of days.
    pub fn add_path(&mut self, referral: ReferralPath<'_>, span: Span) {
        let (first_day, last_day) = (span.first(), span.last());
        let opened = referral.opened();
        let area = referral.service_type.macro_area();
        let before = || referral.events.iter().take_while(|event| event.date < first_day);
        let until = |day: NaiveDate| referral.events.iter().take_while(move |event| event.date <= day);
        let within: Vec<&ReferralEvent> = referral.events.iter().filter(|event| span.contains(event.date)).collect();

        if span.contains(opened) {
            self.referrals_opened += 1;
            count(&mut self.referrals_opened_by_service, &referral.service_type, 1);
            count(&mut self.referrals_opened_by_macro, &area, 1);
            let measured_on = last_day.checked_add_days(Days::new(COMPLETION_DAYS)).unwrap_or(last_day);
            if until(measured_on).last().is_some_and(is_completed) {
                count(&mut self.referrals_completed_by_macro, &area, 1);
            }
        }
        let is_open = |opened_by: NaiveDate, ended: bool| opened <= opened_by && !ended;
        let ended_before = before().any(is_end);
        let ended = until(last_day).any(is_end);
        let eve = first_day.pred_opt().unwrap_or(first_day);
        self.referrals_open_start += u64::from(is_open(eve, ended_before));
        self.referrals_open_end += u64::from(is_open(last_day, ended));
        self.referrals_ended += u64::from(ended && !ended_before);

        for event in &within {
            count(&mut self.referral_events, &event.state, 1);
            if let Some(outcome) = event.outcome.filter(|_| event.state == ReferralState::Closed) {
                count(&mut self.referrals_closed_by_outcome, &outcome, 1);
            }
        }
        if referral.service_type == ServiceType::EmergencyShelter {
            let has = |state| u64::from(within.iter().any(|event| event.state == state));
            self.emergency_requested += has(ReferralState::Requested);
            self.emergency_placed += has(ReferralState::Placed);
            self.emergency_no_place += has(ReferralState::NoPlace);
        }
    }
}

fn is_end(event: &ReferralEvent) -> bool {
    event.state.is_terminal()
}

/// Attended, placed, handed over, or closed with a good outcome (I16b).
fn is_completed(event: &ReferralEvent) -> bool {
    match event.state {
        ReferralState::Attended | ReferralState::Placed | ReferralState::HandedOver => true,
        ReferralState::Closed => event.outcome.is_some_and(ReferralOutcome::is_positive),
        _ => false,
    }
}
