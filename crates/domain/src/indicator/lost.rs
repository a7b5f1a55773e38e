//! Referrals of which nothing is heard any more (*persi di vista*).
//!
//! Nobody writes that down: it is derived when the records are read, so that it is there once, on every desk on the same
//! day, and goes by itself when something is heard after all.

use crate::referral::{ReferralEvent, ReferralState};
use chrono::{Days, NaiveDate};

/// When a referral counts as lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostRule {
    /// Days without an event, 30…180 (the programme's policy).
    pub after_days: u16,
    /// How far the records reach: the day on which the desk last looked at the server. What happened later may only not
    /// have come yet, and nothing is lost by that.
    pub known_until: NaiveDate,
}

impl LostRule {
    /// The day on which a path is lost, known already or yet to come; none where the machine does not allow it: without a
    /// place, or with an answer still to be given, a referral stays whatever its age.
    #[must_use]
    pub fn day(after_days: u16, events: &[ReferralEvent]) -> Option<NaiveDate> {
        let last = events.last().filter(|last| last.state.next().contains(&ReferralState::Lost))?;
        last.date.checked_add_days(Days::new(after_days.into()))
    }

    /// Ends a path that is lost. One that has ended stays as it is.
    pub fn apply(&self, events: &mut Vec<ReferralEvent>) {
        if let Some(date) = Self::day(self.after_days, events).filter(|date| *date <= self.known_until) {
            events.push(ReferralEvent { date, state: ReferralState::Lost, outcome: None });
        }
    }
}
