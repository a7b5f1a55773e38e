//! *Uscite*: the calendar, one night of it, and what is planned.

use super::Session;
use crate::desk::NewPlan;
use crate::desk::devices::names;
use crate::desk::nights::{self, Known, WEEKS_BEFORE};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::view::{ChangePlanInput, DeskNightInput, DeskNightView, NightsInput, NightsView, PlanInput, UnsignedView};
use chrono::NaiveDate;
use domain::ids::OutingId;
use domain::indicator::{Records, Source};
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::time::{IsoWeek, Span, operational_date};

impl Session {
    /// *Uscite*: five weeks of the calendar.
    pub fn nights(&self, input: NightsInput) -> std::result::Result<NightsView, ErrorView> {
        self.at_desk(|notebook, moment| nights_view(notebook, moment, input))
    }

    /// One night, with all its versions.
    pub fn desk_night(&self, input: DeskNightInput) -> std::result::Result<DeskNightView, ErrorView> {
        self.at_desk(|notebook, _| night_view(notebook, input.outing_id))
    }

    /// *Pianifica*.
    pub fn plan_outings(&self, input: PlanInput) -> std::result::Result<NightsView, ErrorView> {
        let PlanInput { unit, outing_type, from, weeks, shown } = input;
        self.at_desk(|notebook, moment| {
            notebook.plan_outings(&NewPlan { unit, outing_type, from, weeks })?;
            nights_view(notebook, moment, shown)
        })
    }

    /// *Sposta*, *Segna annullata*, …
    pub fn change_plan(&self, input: ChangePlanInput) -> std::result::Result<NightsView, ErrorView> {
        let ChangePlanInput { plan, change, shown } = input;
        self.at_desk(|notebook, moment| {
            notebook.change_plan(plan, change)?;
            nights_view(notebook, moment, shown)
        })
    }
}

pub(super) fn nights_view(notebook: &Notebook, moment: Moment, input: NightsInput) -> Result<NightsView> {
    let NightsInput { last, unit } = input;
    let today = operational_date(moment.now);
    let last = match last {
        Some(last) => last,
        None => around(notebook, today)?,
    };
    let weeks = nights::window(last);
    let from = weeks.first().map_or(today, |week| week.monday());
    let unsigned = notebook.unsigned()?;
    let span = Span::new(from, last.sunday()).ok_or(NotebookError::InvalidInput("weeks"))?;
    let records = notebook.calendar_of(span)?;
    let counted = notebook.counted_nights(span)?.into_iter().map(|night| (night.outing_id, night)).collect();
    let known = Known { records: &records, counted: &counted, today, unsigned: &unsigned, unit: unit.as_ref() };
    let (weeks, tally) = nights::calendar(&known, &weeks);
    let programme = notebook.programme()?;
    Ok(NightsView {
        today,
        programme: programme.name.clone(),
        project: (programme.start, programme.end),
        settled: IsoWeek::of(today).previous(),
        earlier: nights::turned(last, IsoWeek::previous),
        later: nights::turned(last, IsoWeek::next),
        weeks,
        units: programme.units.iter().map(|unit| unit.id.clone()).collect(),
        tally,
        unsigned: unsigned
            .records
            .into_iter()
            .filter(|(of, _)| unit.as_ref().is_none_or(|unit| unit == of))
            .map(|(unit, records)| UnsignedView { unit, records })
            .collect(),
        unit,
    })
}

/// The last week of the calendar around today: the next one. Where the desk knows of nothing in these weeks, that of
/// the last night.
fn around(notebook: &Notebook, today: NaiveDate) -> Result<IsoWeek> {
    let next = IsoWeek::of(today).next();
    let first = std::iter::successors(Some(next), |week| Some(week.previous())).nth(WEEKS_BEFORE).unwrap_or(next);
    let shown = Span::new(first.monday(), next.sunday()).ok_or(NotebookError::InvalidInput("weeks"))?;
    let is_planned = !domain::plan::plans(&notebook.planned(shown)?).is_empty();
    let last = desk_entry::find_last_date(notebook.store.connection(), next.sunday())?;
    match last {
        Some(last) if !is_planned && last < first.monday() => Ok(IsoWeek::of(last).next()),
        _ => Ok(next),
    }
}

fn night_view(notebook: &Notebook, outing: OutingId) -> Result<DeskNightView> {
    let stored = desk_entry::list_of_outing(notebook.store.connection(), outing)?;
    let mut records = Records::default();
    for entry in stored {
        records.add(Source { device: entry.device, sequence: entry.sequence }, entry.envelope.entry);
    }
    let nights = records.nights();
    let standing = nights.get(&outing).ok_or(NotebookError::NotFound("night"))?;
    let versions: Vec<(Source, &NightLog)> = records
        .written()
        .filter_map(|(source, entry)| match entry {
            DeskEntry::NightLog(log) => Some((source, log)),
            _ => None,
        })
        .collect();
    let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
    Ok(nights::night(standing, &versions, &names(manifest)))
}
