//! A period as the page has it: its neighbours, what was planned, what is missing, the weeks before. Pure.

use super::page::condoms;
use crate::view::ToDo;
use crate::view::{GapKind, GapView, PlanView, RangeView, SilentNightView, TrendWeekView, WeekStanding};
use chrono::{Days, NaiveDate};
use domain::ids::UnitId;
use domain::indicator::{COMPLETION_DAYS, Tally};
use domain::plan::{Calendar, Standing};
use domain::time::{IsoWeek, Span, SpanKind};
use std::collections::BTreeMap;

/// Periods of at most so many days list their nights; longer ones their weeks.
const LISTED_DAYS: i64 = 45;
/// A quarter has 13 weeks; the shortest counts as long.
const LONG_DAYS: i64 = 84;

/// Its nights are listed, rather than its weeks.
pub(crate) fn lists_nights(span: Span) -> bool {
    days(span) <= LISTED_DAYS
}

/// It is a quarter or longer.
pub(crate) fn is_long(span: Span) -> bool {
    days(span) >= LONG_DAYS
}

fn days(span: Span) -> i64 {
    span.last().signed_duration_since(span.first()).num_days() + 1
}

/// The day on which the completion of its referrals is measured (I16b).
pub(crate) fn completion_on(span: Span) -> NaiveDate {
    span.last().checked_add_days(Days::new(COMPLETION_DAYS)).unwrap_or(span.last())
}

/// Days of the periods before and after, as far as there may be something: `known` goes from the project's first day, or
/// the first night, to today, or the last night.
pub(crate) fn neighbours(kind: SpanKind, span: Span, known: Span) -> (Option<NaiveDate>, Option<NaiveDate>) {
    if kind == SpanKind::Project {
        return (None, None);
    }
    let previous = span.first().pred_opt().filter(|day| *day >= known.first());
    let next = span.last().succ_opt().filter(|day| *day <= known.last());
    (previous, next)
}

/// Planned against done; of a unit with unsigned records a silent night waits for its signature.
pub(crate) fn plan(calendar: &Calendar, unsigned: &BTreeMap<UnitId, u64>) -> PlanView {
    let tally = calendar.tally();
    let silent = calendar.nights.iter().filter(|night| night.standing == Standing::NoNews).filter_map(|night| {
        let unit = night.unit()?.clone();
        let unsigned = unsigned.get(&unit).is_some_and(|records| *records > 0);
        Some(SilentNightView { date: night.date, unit, unsigned })
    });
    PlanView {
        planned: tally.planned,
        done: tally.done,
        as_planned: tally.done_as_planned,
        cancelled: tally.cancelled.values().sum(),
        ahead: tally.ahead,
        silent: silent.collect(),
    }
}

/// What is known to be missing or open.
pub(crate) struct Open<'a> {
    pub(crate) to_do: ToDo,
    pub(crate) plan: &'a PlanView,
    /// Sealed records of each unit that no night log covers.
    pub(crate) unsigned: &'a BTreeMap<UnitId, u64>,
    /// Nights of the period that were amended after its end.
    pub(crate) amended_late: Vec<NaiveDate>,
    pub(crate) waiting_steps: u64,
    pub(crate) set_aside: u64,
}

/// *Cosa manca*, what is most urgent first. That nobody is without a place is said too; the rest only where there is
/// something.
pub(crate) fn gaps(open: Open<'_>) -> Vec<GapView> {
    let gap = |kind, count: u64| GapView { kind, count, unit: None, dates: Vec::new() };
    let mut gaps = vec![
        gap(GapKind::NoPlace, u64::from(open.to_do.no_place)),
        gap(GapKind::Urgent, u64::from(open.to_do.urgent)),
        gap(GapKind::Silent, u64::from(open.to_do.silent)),
        gap(GapKind::WaitingSteps, open.waiting_steps),
        gap(GapKind::SetAside, open.set_aside),
    ];
    let silent: Vec<NaiveDate> =
        open.plan.silent.iter().filter(|night| !night.unsigned).map(|night| night.date).collect();
    gaps.push(GapView { dates: silent.clone(), ..gap(GapKind::NoNews, count(silent.len())) });
    for (unit, records) in open.unsigned {
        let nights = open.plan.silent.iter().filter(|night| &night.unit == unit).map(|night| night.date);
        let unsigned = gap(GapKind::Unsigned, *records);
        gaps.push(GapView { unit: Some(unit.clone()), dates: nights.collect(), ..unsigned });
    }
    let late = gap(GapKind::AmendedLate, count(open.amended_late.len()));
    gaps.push(GapView { dates: open.amended_late, ..late });
    gaps.retain(|gap| gap.count > 0 || gap.kind == GapKind::NoPlace);
    gaps.sort_by_key(|gap| gap.kind);
    gaps
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The weeks of the trend.
pub(crate) fn trend(weeks: Vec<(IsoWeek, Tally)>, calendar: &Calendar) -> Vec<TrendWeekView> {
    let silent = |week: IsoWeek| {
        calendar.nights.iter().any(|night| night.standing == Standing::NoNews && week.contains(night.date))
    };
    let view = |(week, tally): (IsoWeek, Tally)| TrendWeekView {
        week,
        standing: match (tally.outings > 0, silent(week)) {
            (true, false) => WeekStanding::Counted,
            (true, true) => WeekStanding::Partial,
            (false, true) => WeekStanding::NoNews,
            (false, false) => WeekStanding::NoOuting,
        },
        contacts: tally.nights.contacts,
        presences: tally.presences,
        unique: RangeView { min: tally.unique_min, max: tally.unique_max },
        outings: tally.outings,
        condoms: condoms(&tally.nights.supplies),
        referrals_opened: tally.referrals.referrals_opened,
    };
    weeks.into_iter().map(view).collect()
}
