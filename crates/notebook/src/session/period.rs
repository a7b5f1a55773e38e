//! *Settimana* and longer periods: the page, and where its numbers come from.

use super::Session;
use super::desk::status_view;
use crate::desk::page::{self, Page, Reading};
use crate::desk::{board, explain, period};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::view::{ExplainInput, ExplainView, Face, NightRowView, PeriodInput, PeriodView};
use chrono::{Days, NaiveDate};
use domain::indicator::{External, OutingTally, Records, Tally};
use domain::plan::Calendar;
use domain::release::DEFINITIONS;
use domain::sync::night_log::NightLog;
use domain::time::{IsoWeek, Span, operational_date};

/// Weeks of the trend.
const TREND_WEEKS: u64 = 13;

impl Session {
    /// The page of a period: of the one asked for, or of the one with the latest night.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] on a phone; [`NotebookError::InvalidInput`] for the
    /// external face of a period that is counted inside only.
    pub fn period(&self, input: PeriodInput) -> std::result::Result<PeriodView, ErrorView> {
        self.at_desk(|notebook, moment| period_view(notebook, moment, input))
    }

    /// Where an exact number comes from: its nights, or the weeks of a long period.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] on a phone; [`NotebookError::InvalidInput`] for a number
    /// that the period does not have.
    pub fn explain(&self, input: ExplainInput) -> std::result::Result<ExplainView, ErrorView> {
        self.at_desk(|notebook, _| explain::explain(notebook, &input))
    }
}

fn period_view(notebook: &Notebook, moment: Moment, input: PeriodInput) -> Result<PeriodView> {
    let programme = notebook.programme()?;
    let records = notebook.records()?;
    let today = operational_date(moment.now);
    let project = programme.span();
    let known = known(&records, project, today);
    let date = input.date.unwrap_or_else(|| latest_night(&records).unwrap_or(today));
    let span = input.kind.around(date, project);
    let tally = notebook.tally(span)?;
    let released = input.kind.released(date);
    let reading = Reading { long: period::is_long(span), completed: period::completion_on(span) <= today };
    let Page { figures, unique, tables } = match (input.face, released) {
        (Face::Internal, _) => page::inside(&tally, programme, reading),
        (Face::External, Some(period)) => page::outside(&External::of(&tally, programme, period, programme.k_external)),
        (Face::External, None) => return Err(NotebookError::InvalidInput("external face")),
    };
    let unsigned = notebook.unsigned_records()?;
    let plan = period::plan(&Calendar::of(&records, span.first(), span.last(), today), &unsigned);
    let status = status_view(notebook, 0, None)?;
    let gaps = period::gaps(period::Open {
        to_do: board::to_do(&records, today),
        plan: &plan,
        unsigned: &unsigned,
        amended_late: amended_late(&records, span),
        waiting_steps: tally.referrals.referral_events_waiting,
        set_aside: u64::from(status.set_aside),
    });
    let inside = input.face == Face::Internal;
    let (previous, next) = period::neighbours(input.kind, span, known);
    Ok(PeriodView {
        kind: input.kind,
        label: input.kind.label(date),
        from: span.first(),
        to: span.last(),
        running: span.contains(today),
        previous,
        next,
        face: input.face,
        may_release: released.is_some(),
        k: programme.k_external.get(),
        definitions: DEFINITIONS,
        programme: programme.name.clone(),
        zones: programme.zones.iter().map(|zone| (zone.code.clone(), zone.label.clone())).collect(),
        orgs: programme.orgs.iter().map(|org| (org.id.clone(), org.name.clone())).collect(),
        figures,
        unique,
        tables,
        completion_on: period::completion_on(span),
        plan,
        gaps,
        nights: if inside && period::lists_nights(span) { nights(&records, span) } else { Vec::new() },
        trend: if inside { trend(notebook, &records, span, today)? } else { Vec::new() },
        status,
    })
}

/// From the project's first day, or the first night, to today, or the last night.
fn known(records: &Records, project: Span, today: NaiveDate) -> Span {
    let first = records.weeks().first().map_or(project.first(), |week| week.monday().min(project.first()));
    let last = latest_night(records).map_or(today, |night| night.max(today));
    Span::new(first.min(last), last).unwrap_or(project)
}

fn latest_night(records: &Records) -> Option<NaiveDate> {
    records.nights().values().map(|log| log.outing.date).max()
}

/// The nights of a span that were amended after its end.
fn amended_late(records: &Records, span: Span) -> Vec<NaiveDate> {
    let nights = records.nights();
    let late = nights
        .values()
        .filter(|log| span.contains(log.outing.date))
        .filter(|log| log.amendments.iter().any(|amendment| amendment.date > span.last()));
    let mut dates: Vec<NaiveDate> = late.map(|log| log.outing.date).collect();
    dates.sort_unstable();
    dates
}

fn nights(records: &Records, span: Span) -> Vec<NightRowView> {
    let nights = records.nights().into_values();
    let counted = nights.filter(|log| span.contains(log.outing.date) && log.outing.cancelled.is_none());
    let row = |log: &NightLog| {
        let counted = OutingTally::of(log);
        NightRowView {
            outing_id: log.outing.id,
            unit: log.outing.unit.clone(),
            date: log.outing.date,
            outing_type: log.outing.outing_type,
            minutes: u32::try_from(counted.minutes).unwrap_or(u32::MAX),
            contacts: counted.contacts,
            amendments: log.version(),
        }
    };
    let mut rows: Vec<NightRowView> = counted.map(row).collect();
    rows.sort_by_key(|night| (night.date, night.outing_id));
    rows
}

/// The weeks up to the end of the span, or to today's if it is not over.
fn trend(
    notebook: &Notebook,
    records: &Records,
    span: Span,
    today: NaiveDate,
) -> Result<Vec<crate::view::TrendWeekView>> {
    let last = if span.contains(today) { today } else { span.last() };
    let first = last.checked_sub_days(Days::new(7 * (TREND_WEEKS - 1))).unwrap_or(last);
    let all = Span::new(first, last).unwrap_or(span);
    let weeks: Result<Vec<(IsoWeek, Tally)>> = all.weeks().map(|week| Ok((week, notebook.tally(week)?))).collect();
    Ok(period::trend(weeks?, &Calendar::of(records, first, last, today)))
}
