//! *Uscite*, from plans and night logs to what the screen shows. Pure.

use super::period::Unsigned;
use crate::counted::CountedNight;
use crate::view::{
    CalendarDayView, CalendarNightView, CalendarWeekView, CellView, DeskNightView, FigureView, NightStanding,
    NightVersionView, PlanTallyView, number,
};
use chrono::{Days, NaiveDate};
use domain::ids::{DeviceId, OutingId, UnitId};
use domain::indicator::{OutingTally, Records, Source};
use domain::plan::{Calendar, CalendarNight, PlanState, Standing};
use domain::sync::night_log::NightLog;
use domain::time::{IsoWeek, duration_minutes, local_clock, operational_date};
use std::collections::BTreeMap;

/// Weeks of the calendar before the last one shown.
pub(crate) const WEEKS_BEFORE: usize = 4;

/// The weeks of a calendar that ends with `last`, oldest first.
pub(crate) fn window(last: IsoWeek) -> Vec<IsoWeek> {
    let mut weeks: Vec<IsoWeek> =
        std::iter::successors(Some(last), |week| Some(week.previous())).take(WEEKS_BEFORE + 1).collect();
    weeks.reverse();
    weeks
}

/// The calendar one page on, or back: one week stays in sight.
pub(crate) fn turned(last: IsoWeek, step: impl Fn(IsoWeek) -> IsoWeek) -> IsoWeek {
    (0..WEEKS_BEFORE).fold(last, |week, _| step(week))
}

/// What the weeks of the calendar are made from.
pub(crate) struct Known<'a> {
    pub(crate) records: &'a Records,
    /// The nights as they are counted.
    pub(crate) counted: &'a BTreeMap<OutingId, CountedNight>,
    pub(crate) today: NaiveDate,
    /// What nobody has signed.
    pub(crate) unsigned: &'a Unsigned,
    /// Only this unit's.
    pub(crate) unit: Option<&'a UnitId>,
}

/// The weeks of the calendar, and planned against done.
pub(crate) fn calendar(known: &Known<'_>, weeks: &[IsoWeek]) -> (Vec<CalendarWeekView>, PlanTallyView) {
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else {
        return (Vec::new(), tally_view(&Calendar::default()));
    };
    let mut calendar = Calendar::of(known.records, first.monday(), last.sunday(), known.today);
    calendar.nights.retain(|night| known.unit.is_none_or(|unit| night.unit() == Some(unit)));
    let day = |date: NaiveDate| CalendarDayView {
        date,
        nights: calendar
            .nights
            .iter()
            .filter(|night| night.date == date)
            .filter_map(|night| night_view(night, known))
            .collect(),
    };
    let shown = weeks.iter().map(|week| CalendarWeekView {
        week: *week,
        days: (0..7).filter_map(|days| week.monday().checked_add_days(Days::new(days))).map(day).collect(),
    });
    (shown.collect(), tally_view(&calendar))
}

fn tally_view(calendar: &Calendar<'_>) -> PlanTallyView {
    let tally = calendar.tally();
    PlanTallyView {
        planned: tally.planned,
        done: tally.done,
        done_as_planned: tally.done_as_planned,
        cancelled: tally.cancelled.values().sum(),
        no_news: tally.no_news,
    }
}

fn night_view(night: &CalendarNight<'_>, known: &Known<'_>) -> Option<CalendarNightView> {
    let unit = night.unit()?.clone();
    let outing = night.log.map(|log| &log.outing);
    let counted = outing.and_then(|outing| known.counted.get(&outing.id));
    let (standing, reason) = match night.standing {
        Standing::Done => (NightStanding::Done, None),
        Standing::Cancelled(reason) => (NightStanding::Cancelled, Some(reason)),
        Standing::Planned => (NightStanding::Planned, None),
        Standing::NoNews if known.unsigned.waits(&unit, night.date) => (NightStanding::Unsigned, None),
        Standing::NoNews => (NightStanding::NoNews, None),
    };
    let moved = night.plan.and_then(|plan| match plan.state {
        PlanState::Moved { from, reason } => Some((from, reason)),
        _ => None,
    });
    Some(CalendarNightView {
        outing_type: outing.map(|outing| outing.outing_type).or_else(|| night.plan.map(|plan| plan.outing_type))?,
        unit,
        standing,
        reason,
        moved_from: moved.map(|(from, _)| from),
        moved_reason: moved.map(|(_, reason)| reason),
        plan: night.plan.map(|plan| plan.id),
        outing_id: outing.map(|outing| outing.id),
        records: counted.map_or(0, |night| u32::try_from(night.records).unwrap_or(u32::MAX)),
        contacts: counted.map_or(0, |night| night.contacts),
        amendments: night.log.map_or(0, NightLog::version),
    })
}

/// What the team recorded, as its own receipt counts it: cards, rows of people seen, referrals, episodes.
fn count_records(log: &NightLog) -> u32 {
    number(log.contacts.len() + log.observations.len() + log.referrals.len() + log.incidents.len())
}

/// One night with all its versions; the one of these that counts is `standing`.
pub(crate) fn night(
    standing: &NightLog,
    versions: &[(Source, &NightLog)],
    names: &BTreeMap<DeviceId, String>,
) -> DeskNightView {
    let outing = &standing.outing;
    let first = versions.iter().map(|(_, log)| log.outing.reviewed_at).min().unwrap_or(outing.reviewed_at);
    let minutes = u32::try_from(duration_minutes(outing.end_at, first)).unwrap_or_default();
    let mut shown: Vec<NightVersionView> = versions
        .iter()
        .map(|(source, log)| version_view(log, std::ptr::eq(*log, standing), name_of(names, source.device)))
        .collect();
    shown.sort_by_key(|version| (version.number, !version.stands));
    DeskNightView {
        outing_id: outing.id,
        unit: outing.unit.clone(),
        date: outing.date,
        outing_type: outing.outing_type,
        started_at: local_clock(outing.start_at),
        ended_at: local_clock(outing.end_at),
        crew: outing.crew.clone(),
        weather: outing.weather,
        cancelled: outing.cancelled,
        figures: figures(standing),
        records: count_records(standing),
        signed_after_hours: minutes / 60,
        versions: shown,
    }
}

fn name_of(names: &BTreeMap<DeviceId, String>, device: DeviceId) -> String {
    names.get(&device).cloned().unwrap_or_default()
}

fn version_view(log: &NightLog, stands: bool, device: String) -> NightVersionView {
    let amendment = log.amendments.last();
    NightVersionView {
        number: log.version(),
        by: amendment.map_or_else(|| log.outing.reviewed_by.clone(), |amendment| amendment.by.clone()),
        on: amendment.map_or_else(|| operational_date(log.outing.reviewed_at), |amendment| amendment.date),
        reason: amendment.map(|amendment| amendment.reason),
        device,
        contacts: OutingTally::of(log).contacts,
        stands,
    }
}

fn figures(log: &NightLog) -> Vec<FigureView> {
    let tally = OutingTally::of(log);
    let condoms = tally.supplies.iter().filter(|(item, _)| item.as_str().starts_with("condom_"));
    let of_night = [
        ("contacts", tally.contacts),
        ("presences", tally.contacts.saturating_add(tally.observed)),
        ("first", tally.first),
        ("returning", tally.returning),
        ("minutes", tally.minutes),
        ("operator_minutes", tally.operator_minutes),
        ("km", tally.km),
        ("condoms", condoms.map(|(_, n)| n).sum()),
        ("referrals_opened", u64::from(number(log.referrals.len()))),
        ("incidents", tally.incidents.values().sum()),
    ];
    of_night.map(|(id, value)| FigureView { id: id.to_owned(), value: CellView::Shown(value), partial: false }).into()
}

#[cfg(test)]
mod tests;
