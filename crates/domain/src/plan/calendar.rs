//! Planned against done: which night log meets which plan.

use super::{PlanState, PlannedRow, plans};
use crate::ids::UnitId;
use crate::indicator::Records;
use crate::outing::CancelReason;
use crate::sync::night_log::NightLog;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// How an outing stands at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its night log is here, signed off.
    Done,
    /// It did not take place: the team or the coordinator says why.
    Cancelled(CancelReason),
    /// Its day is not over.
    Planned,
    /// Its day is over, nobody cancelled it, and no night log has come.
    NoNews,
}

/// One outing of the calendar: planned, done, or both.
#[derive(Clone, Copy, Debug)]
pub struct CalendarNight<'a> {
    /// Operational date.
    pub date: NaiveDate,
    /// The plan, if it was planned.
    pub plan: Option<&'a PlannedRow>,
    /// The night log, if one came: done, or cancelled by the team.
    pub log: Option<&'a NightLog>,
    /// How it stands.
    pub standing: Standing,
}

/// The outings of a span of days, by date, unit and type.
#[derive(Clone, Debug, Default)]
pub struct Calendar<'a> {
    /// The outings.
    pub nights: Vec<CalendarNight<'a>>,
}

/// Planned against done (I01).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanTally {
    /// Outings that were planned, cancelled ones included.
    pub planned: u64,
    /// Outings that took place, planned or not.
    pub done: u64,
    /// Of these, planned.
    pub done_as_planned: u64,
    /// Outings that did not take place, by reason.
    pub cancelled: BTreeMap<CancelReason, u64>,
    /// Planned, over, and nothing came.
    pub no_news: u64,
    /// Planned, and not over yet.
    pub ahead: u64,
}

impl<'a> Calendar<'a> {
    /// The outings of the days `from` to `to`, both included. A plan is met by a night log of its unit and date, of its
    /// type if there is one. A night that took place outranks the cancelling of its plan. A unit plans one outing of a
    /// type a day.
    #[must_use]
    pub fn of(records: &'a Records, from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Self {
        let span = from..=to;
        let mut days: BTreeMap<(NaiveDate, UnitId), Day<'a>> = BTreeMap::new();
        for plan in plans(records).into_values().filter(|plan| span.contains(&plan.date)) {
            days.entry((plan.date, plan.unit.clone())).or_default().plans.push(plan);
        }
        for log in records.nights().into_values().filter(|log| span.contains(&log.outing.date)) {
            days.entry((log.outing.date, log.outing.unit.clone())).or_default().logs.push(log);
        }
        let nights = days.into_iter().flat_map(|((date, _), day)| day.matched(date, today)).collect();
        Self { nights }
    }

    /// Planned against done.
    #[must_use]
    pub fn tally(&self) -> PlanTally {
        let mut tally = PlanTally::default();
        for night in &self.nights {
            tally.planned += u64::from(night.plan.is_some());
            match night.standing {
                Standing::Done => {
                    tally.done += 1;
                    tally.done_as_planned += u64::from(night.plan.is_some());
                }
                Standing::Cancelled(reason) => *tally.cancelled.entry(reason).or_default() += 1,
                Standing::Planned => tally.ahead += 1,
                Standing::NoNews => tally.no_news += 1,
            }
        }
        tally
    }
}

/// What one unit planned and did on one day.
#[derive(Default)]
struct Day<'a> {
    plans: Vec<&'a PlannedRow>,
    logs: Vec<&'a NightLog>,
}

impl<'a> Day<'a> {
    fn matched(mut self, date: NaiveDate, today: NaiveDate) -> Vec<CalendarNight<'a>> {
        // Two desks may have planned one outing apart: it is one. A plan that stands says more than a cancelled one.
        self.plans.sort_by_key(|plan| (plan.outing_type, is_cancelled(plan), plan.id));
        self.plans.dedup_by_key(|plan| plan.outing_type);
        // Plans that stand come before cancelled ones, nights that took place before cancelled ones.
        self.plans.sort_by_key(|plan| (is_cancelled(plan), plan.outing_type, plan.id));
        self.logs.sort_by_key(|log| (log.outing.cancelled.is_some(), log.outing.start_at, log.outing.id));
        let mut met: Vec<(&PlannedRow, Option<&NightLog>)> = Vec::new();
        for plan in self.plans {
            let found = self.logs.iter().position(|log| log.outing.outing_type == plan.outing_type);
            met.push((plan, found.map(|position| self.logs.remove(position))));
        }
        for (_, log) in met.iter_mut().filter(|(plan, log)| log.is_none() && !is_cancelled(plan)) {
            if !self.logs.is_empty() {
                *log = Some(self.logs.remove(0));
            }
        }
        let unplanned = self.logs.into_iter().map(|log| (None, Some(log)));
        let all = met.into_iter().map(|(plan, log)| (Some(plan), log)).chain(unplanned);
        let mut nights: Vec<CalendarNight<'a>> =
            all.map(|(plan, log)| CalendarNight { date, plan, log, standing: stand(plan, log, today) }).collect();
        nights.sort_by_key(CalendarNight::place);
        nights
    }
}

impl CalendarNight<'_> {
    /// Its place within a unit's day.
    fn place(&self) -> impl Ord + use<> {
        let outing_type = self.log.map(|log| log.outing.outing_type).or_else(|| self.plan.map(|plan| plan.outing_type));
        (outing_type, self.log.map(|log| log.outing.start_at), self.plan.map(|plan| plan.id))
    }

    /// The unit.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitId> {
        self.log.map(|log| &log.outing.unit).or_else(|| self.plan.map(|plan| &plan.unit))
    }
}

const fn is_cancelled(plan: &PlannedRow) -> bool {
    matches!(plan.state, PlanState::Cancelled { .. })
}

fn stand(plan: Option<&PlannedRow>, log: Option<&NightLog>, today: NaiveDate) -> Standing {
    match (log, plan.map(|plan| (plan.state, plan.date))) {
        (Some(log), _) => log.outing.cancelled.map_or(Standing::Done, Standing::Cancelled),
        (None, Some((PlanState::Cancelled { reason }, _))) => Standing::Cancelled(reason),
        (None, Some((_, date))) if date < today => Standing::NoNews,
        (None, _) => Standing::Planned,
    }
}
