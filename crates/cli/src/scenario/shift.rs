//! A scenario on other days: the same order of days and the same local times.

use super::Scenario;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::time::{IsoWeek, instant_of, local_clock, operational_date};

impl Scenario {
    /// The scenario, moved to another week.
    #[must_use]
    pub fn moved_to(self, week: IsoWeek) -> Self {
        let by = week.monday().signed_duration_since(self.week.monday());
        self.moved_by(by)
    }

    /// The scenario, so many days later.
    #[must_use]
    pub fn moved_by(mut self, by: TimeDelta) -> Self {
        for outing in &mut self.outings {
            for instant in [&mut outing.start, &mut outing.end, &mut outing.reviewed_at] {
                *instant = moved(*instant, by);
            }
        }
        let referrals = self.referrals.iter_mut().flat_map(|referral| {
            let events = referral.events.iter_mut().map(|event| &mut event.date);
            events.chain(std::iter::once(&mut referral.opened_on)).collect::<Vec<&mut NaiveDate>>()
        });
        let accompaniments = self.accompaniments.iter_mut().map(|accompaniment| &mut accompaniment.date);
        let accesses = self.accesses.iter_mut().map(|access| &mut access.date);
        let events = self.events.iter_mut().map(|event| &mut event.date);
        for date in referrals.chain(accompaniments).chain(accesses).chain(events) {
            *date += by;
        }
        self.week = IsoWeek::of(self.week.monday() + by);
        self
    }
}

/// The same local time so many days later.
fn moved(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    let clock = NaiveTime::parse_from_str(&local_clock(at), "%H:%M").unwrap_or_default();
    instant_of(operational_date(at) + by, clock)
}
