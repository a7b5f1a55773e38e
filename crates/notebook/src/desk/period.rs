//! A period as the page has it: its neighbours, what was planned, what is missing, the weeks before. Pure.

use crate::counted::{CountedNight, TrendPoint};
use crate::view::{
    GapKind, GapView, PlanView, RangeView, SilentNightView, ToComeView, ToDo, TrendWeekView, WeekStanding,
};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::ids::{DeviceId, OperatorCode, UnitId};
use domain::indicator::{COMPLETION_DAYS, Records, Source};
use domain::outing::Weather;
use domain::plan::{Calendar, CalendarNight, Standing};
use domain::sync::night_log::{DeskEntry, NightLog, OutingRow};
use domain::time::{IsoWeek, Span, SpanKind};
use std::collections::BTreeMap;
use uuid::Uuid;

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

/// Sealed records that no night log covers.
pub(crate) struct Unsigned {
    /// How many of each unit; units of which nothing waits are absent.
    pub(crate) records: BTreeMap<UnitId, u64>,
    /// The day of the last night of each of these units. Nights are signed one after the other: what came since is of a
    /// later one.
    pub(crate) last: BTreeMap<UnitId, NaiveDate>,
}

impl Unsigned {
    /// Whether an outing of which nothing came may wait for its signature.
    pub(crate) fn waits(&self, unit: &UnitId, date: NaiveDate) -> bool {
        self.records.contains_key(unit) && self.last.get(unit).is_none_or(|last| *last < date)
    }

    /// The units of which something waits that may be of a span: what waits was written after the unit's last night, and
    /// says nothing of a period that ended before.
    pub(crate) fn of(&self, span_ends: NaiveDate) -> impl Iterator<Item = (&UnitId, u64)> {
        let is_later = move |unit: &UnitId| self.last.get(unit).is_some_and(|night| *night > span_ends);
        self.records.iter().filter(move |(unit, _)| !is_later(unit)).map(|(unit, records)| (unit, *records))
    }

    /// Whether anything waits that may be of a span.
    pub(crate) fn waits_in(&self, span: Span) -> bool {
        self.of(span.last()).next().is_some()
    }
}

/// Planned against done, from what was planned and from the nights as they are counted.
pub(crate) fn calendar(planned: &Records, nights: &[CountedNight], span: Span, today: NaiveDate) -> Vec<Outing> {
    let mut records = planned.clone();
    for (sequence, night) in (1..).zip(nights) {
        let source = Source { device: DeviceId(Uuid::nil()), sequence };
        records.add(source, DeskEntry::NightLog(outline(night)));
    }
    let calendar = Calendar::of(&records, span.first(), span.last(), today);
    let outing = |night: &CalendarNight<'_>| {
        let unit = night.unit()?.clone();
        Some(Outing { date: night.date, unit, planned: night.plan.is_some(), standing: night.standing })
    };
    calendar.nights.iter().filter_map(outing).collect()
}

/// An outing of the calendar.
#[derive(Clone, Debug)]
pub(crate) struct Outing {
    pub(crate) date: NaiveDate,
    pub(crate) unit: UnitId,
    pub(crate) planned: bool,
    pub(crate) standing: Standing,
}

/// What the calendar asks of a night: when, who, which kind, and whether it took place.
fn outline(night: &CountedNight) -> NightLog {
    let begin = night.date.and_time(NaiveTime::MIN).and_utc();
    NightLog {
        outing: OutingRow {
            id: night.outing_id,
            unit: night.unit.clone(),
            outing_type: night.outing_type,
            date: night.date,
            start_at: begin,
            end_at: begin,
            crew: Vec::new(),
            km: None,
            weather: Weather::NotRecorded,
            cancelled: night.cancelled,
            reviewed_at: begin,
            reviewed_by: OperatorCode::new(""),
        },
        contacts: Vec::new(),
        observations: Vec::new(),
        supplies: Vec::new(),
        leaflets: Vec::new(),
        referrals: Vec::new(),
        follow_ups: Vec::new(),
        accompaniments: Vec::new(),
        incidents: Vec::new(),
        presence: Vec::new(),
        amendments: Vec::new(),
    }
}

/// Planned against done.
pub(crate) fn plan(outings: &[Outing], unsigned: &Unsigned) -> PlanView {
    let number = |of: &dyn Fn(&Outing) -> bool| count(outings.iter().filter(|outing| of(outing)).count());
    let is_cancelled = |outing: &Outing| matches!(outing.standing, Standing::Cancelled(_));
    let silent = outings.iter().filter(|outing| outing.standing == Standing::NoNews).map(|outing| SilentNightView {
        date: outing.date,
        unit: outing.unit.clone(),
        unsigned: unsigned.waits(&outing.unit, outing.date),
    });
    PlanView {
        planned: number(&|outing| outing.planned),
        done: number(&|outing| outing.standing == Standing::Done),
        as_planned: number(&|outing| outing.planned && outing.standing == Standing::Done),
        cancelled: number(&is_cancelled),
        ahead: number(&|outing| outing.standing == Standing::Planned),
        silent: silent.collect(),
    }
}

/// The nights that a document about a period would go out without. What waits of a unit may be of any day since its last
/// night: of one that was planned and has not come, or, after the period, of one in `later`; else nobody knows.
pub(crate) fn to_come(
    outings: &[Outing],
    later: &[Outing],
    unsigned: &Unsigned,
    span: Span,
    today: NaiveDate,
) -> Option<ToComeView> {
    let nights = plan(outings, unsigned).silent;
    let waits =
        |outing: &Outing| outing.date <= today && matches!(outing.standing, Standing::NoNews | Standing::Planned);
    let is_told = |unit: &UnitId| {
        nights.iter().any(|night| night.unit == *unit) || later.iter().any(|night| night.unit == *unit && waits(night))
    };
    let units: Vec<UnitId> =
        unsigned.of(span.last()).map(|(unit, _)| unit.clone()).filter(|unit| !is_told(unit)).collect();
    (!nights.is_empty() || !units.is_empty()).then_some(ToComeView { nights, units })
}

/// What is known to be missing or open.
pub(crate) struct Open<'a> {
    pub(crate) to_do: ToDo,
    pub(crate) plan: &'a PlanView,
    /// What waits for a signature.
    pub(crate) unsigned: &'a Unsigned,
    /// Last day of the period.
    pub(crate) last: NaiveDate,
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
    for (unit, records) in open.unsigned.of(open.last) {
        let waits = open.plan.silent.iter().filter(|night| night.unsigned && &night.unit == unit);
        let nights = waits.map(|night| night.date);
        let unsigned = gap(GapKind::Unsigned, records);
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
pub(crate) fn trend(weeks: Vec<TrendPoint>, outings: &[Outing], unsigned: &Unsigned) -> Vec<TrendWeekView> {
    let silent = |week: IsoWeek| {
        let nights = outings.iter().filter(|night| night.standing == Standing::NoNews && week.contains(night.date));
        let waits: Vec<bool> = nights.map(|night| unsigned.waits(&night.unit, night.date)).collect();
        (!waits.is_empty()).then(|| waits.into_iter().all(|waits| waits))
    };
    let view = |point: TrendPoint| TrendWeekView {
        week: point.week,
        standing: match (point.outings > 0, silent(point.week)) {
            (true, None) => WeekStanding::Counted,
            (true, Some(_)) => WeekStanding::Partial,
            (false, Some(true)) => WeekStanding::Unsigned,
            (false, Some(false)) => WeekStanding::NoNews,
            (false, None) => WeekStanding::NoOuting,
        },
        contacts: point.contacts,
        presences: point.presences,
        unique: RangeView { min: point.unique_min, max: point.unique_max },
        outings: point.outings,
        condoms: point.condoms,
        referrals_opened: point.referrals_opened,
    };
    weeks.into_iter().map(view).collect()
}

#[cfg(test)]
mod tests;
