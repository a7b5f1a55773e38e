//! *Cosa abbiamo fatto* (F28): what comes back to those who write it down, as one page a month.
//!
//! Sums of whole outings, by the calendar month of their operational dates. Nothing is broken down by zone, origin or
//! any other feature of a person; people are counted as often as they were met, never as different persons; supplies
//! whose counts are class S (`domain` D.3) are left out.

use crate::view::number;
use chrono::{Datelike, Months, NaiveDate};
use domain::ids::{AccompanimentId, ItemCode, ReferralId};
use domain::operation::OutingState;
use domain::outing::OutingStatus;
use domain::referral::{AccompanimentOutcome, ReferralState};
use domain::supply::MoveKind;
use domain::time::{duration_minutes, operational_date};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sums of one calendar month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthCounts {
    /// Outings that have ended and were not cancelled.
    pub outings: u32,
    /// Minutes outside, from start to end.
    pub minutes: u32,
    /// Persons met, as meetings (I05): who was met on two nights counts twice.
    pub met: u32,
    /// People seen, not reached.
    pub seen: u32,
    /// Pieces handed out, by item; none of class S.
    pub supplies: BTreeMap<ItemCode, u32>,
    /// Referrals opened.
    pub referrals_opened: u32,
    /// Referrals that were accepted.
    pub referrals_accepted: u32,
    /// Referrals that arrived at the service.
    pub referrals_attended: u32,
    /// Accompaniments that took place.
    pub accompaniments: u32,
}

/// First day of the month of a date.
#[must_use]
pub fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// First day of the next month.
#[must_use]
pub fn next_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_add_months(Months::new(1))
}

/// First day of the month before.
#[must_use]
pub fn previous_month(first: NaiveDate) -> Option<NaiveDate> {
    first.checked_sub_months(Months::new(1))
}

/// The month an outing counts in; none while it is under way, and if it was cancelled.
fn month_of(state: &OutingState) -> Option<NaiveDate> {
    let counts = state.outing.end_at.is_some() && state.outing.status != OutingStatus::Cancelled;
    counts.then(|| first_of_month(operational_date(state.outing.start_at)))
}

/// What one outing counts for in its month. It is kept when the details of the outing are forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthShare {
    /// First day of the month.
    pub month: NaiveDate,
    /// Minutes outside.
    pub minutes: u32,
    /// Persons met.
    pub met: u32,
    /// People seen, not reached.
    pub seen: u32,
    /// Pieces handed out, by item; none of class S.
    pub supplies: BTreeMap<ItemCode, u32>,
    /// Accompaniments that took place.
    pub accompaniments: BTreeSet<AccompanimentId>,
    /// Steps of referrals that were noted.
    pub steps: BTreeSet<(ReferralId, ReferralState)>,
}

impl MonthShare {
    /// The share of one outing; none while it is under way, and if it was cancelled.
    #[must_use]
    pub fn of(state: &OutingState, is_sensitive: impl Fn(&ItemCode) -> bool) -> Option<Self> {
        let month = month_of(state)?;
        let numbers = crate::review::counts(state);
        let minutes = state.outing.end_at.map_or(0, |end| duration_minutes(state.outing.start_at, end));
        let mut supplies: BTreeMap<ItemCode, u32> = BTreeMap::new();
        let handed =
            state.moves.values().filter(|supply| supply.kind == MoveKind::Handout && !is_sensitive(&supply.item));
        for supply in handed {
            let total = supplies.entry(supply.item.clone()).or_default();
            *total = total.saturating_add(u32::try_from(supply.quantity).unwrap_or(0));
        }
        Some(Self {
            month,
            minutes: u32::try_from(minutes).unwrap_or(0),
            met: numbers.persons,
            seen: numbers.seen,
            supplies,
            accompaniments: accompanied(state),
            steps: steps(state),
        })
    }

    /// Adds what became of the referrals of an outing after its share was kept.
    pub fn follow_up(&mut self, outline: &OutingState) {
        self.steps.extend(steps(outline));
        self.accompaniments.extend(accompanied(outline));
    }
}

fn accompanied(state: &OutingState) -> BTreeSet<AccompanimentId> {
    let done = state.accompaniments.values().filter(|company| company.outcome == AccompanimentOutcome::Done);
    done.map(|company| company.id).collect()
}

fn steps(state: &OutingState) -> BTreeSet<(ReferralId, ReferralState)> {
    let noted = state.referrals.iter().flat_map(|(id, record)| record.events.iter().map(move |event| (*id, event)));
    let followed = state.follow_ups.iter().map(|(id, event)| (*id, event));
    noted.chain(followed).map(|(id, event)| (id, event.state)).collect()
}

/// Adds up the outings of the month that begins on `first`. A step of a referral counts once, however often it was
/// noted.
#[must_use]
pub fn month_counts(shares: &[MonthShare], first: NaiveDate) -> MonthCounts {
    let mut counts = MonthCounts::default();
    let mut noted: BTreeSet<(ReferralId, ReferralState)> = BTreeSet::new();
    for share in shares.iter().filter(|share| share.month == first) {
        counts.outings += 1;
        counts.minutes = counts.minutes.saturating_add(share.minutes);
        counts.met = counts.met.saturating_add(share.met);
        counts.seen = counts.seen.saturating_add(share.seen);
        for (item, n) in &share.supplies {
            let total = counts.supplies.entry(item.clone()).or_default();
            *total = total.saturating_add(*n);
        }
        counts.accompaniments = counts.accompaniments.saturating_add(number(share.accompaniments.len()));
        noted.extend(&share.steps);
    }
    let reached = |state| number(noted.iter().filter(|(_, step)| *step == state).count());
    counts.referrals_opened = reached(ReferralState::Proposed);
    counts.referrals_accepted = reached(ReferralState::Accepted);
    counts.referrals_attended = reached(ReferralState::Attended);
    counts
}
