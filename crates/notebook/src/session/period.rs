//! *Settimana* and longer periods: the page, and where its numbers come from.

use super::Session;
use super::desk::status_view;
use crate::counted::CountedNight;
use crate::desk::coverage::Coverage;
use crate::desk::page::{self, Page, Reading};
use crate::desk::{explain, period};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::view::{ExplainInput, ExplainView, Face, NightRowView, PeriodInput, PeriodView, TrendWeekView};
use chrono::{Days, NaiveDate};
use domain::indicator::External;
use domain::release::DEFINITIONS;
use domain::sync::night_log::DeskEntry;
use domain::time::{IsoWeek, Span, operational_date};

/// Weeks of the trend.
const TREND_WEEKS: u16 = 13;

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
        self.at_desk(|notebook, moment| explain::explain(notebook, &input, operational_date(moment.now)))
    }
}

pub(super) fn period_view(notebook: &Notebook, moment: Moment, input: PeriodInput) -> Result<PeriodView> {
    let programme = notebook.programme()?;
    let today = operational_date(moment.now);
    let nights_ever = notebook.nights_span()?;
    let known = known(nights_ever, programme.span(), today);
    let date = input.date.unwrap_or_else(|| nights_ever.map_or(today, Span::last));
    let span = input.kind.around(date, programme.span());
    let tally = notebook.tally(span)?;
    let released = input.kind.released(date);
    let reading = Reading { long: period::is_long(span), completed: period::completion_on(span) <= today };
    let page = match (input.face, released) {
        (Face::Internal, _) => page::inside(&tally, programme, reading),
        (Face::External, Some(period)) => page::outside(&External::of(&tally, programme, period, programme.k_external)),
        (Face::External, None) => return Err(NotebookError::InvalidInput("external face")),
    };
    let nights = notebook.counted_nights(span)?;
    let unsigned = notebook.unsigned()?;
    let plan = period::plan(&period::calendar(&notebook.planned(span)?, &nights, span, today), &unsigned);
    let Page { figures, unique, tables } = Coverage::of(&plan, &unsigned, span).tell(page);
    let status = status_view(notebook, 0, None)?;
    let gaps = period::gaps(period::Open {
        to_do: notebook.waiting_referrals(today)?.to_do,
        plan: &plan,
        unsigned: &unsigned,
        last: span.last(),
        amended_late: amended_late(notebook, &nights, span)?,
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
        nights: if inside && period::lists_nights(span) { night_rows(nights) } else { Vec::new() },
        trend: if inside { trend(notebook, span, today, &unsigned)? } else { Vec::new() },
        status,
    })
}

/// Whether everything of some days has come, as far as that is known.
pub(super) fn is_whole(notebook: &Notebook, span: Span, today: NaiveDate) -> Result<bool> {
    let (unsigned, nights) = (notebook.unsigned()?, notebook.counted_nights(span)?);
    let plan = period::plan(&period::calendar(&notebook.planned(span)?, &nights, span, today), &unsigned);
    Ok(Coverage::of(&plan, &unsigned, span) == Coverage::Whole)
}

/// From the project's first day, or the first night, to today, or the last night.
fn known(nights: Option<Span>, project: Span, today: NaiveDate) -> Span {
    let first = nights.map_or(project.first(), |nights| nights.first().min(project.first()));
    let last = nights.map_or(today, |nights| nights.last().max(today));
    Span::new(first.min(last), last).unwrap_or(project)
}

/// The nights of a span that were amended after its end.
fn amended_late(notebook: &Notebook, nights: &[CountedNight], span: Span) -> Result<Vec<NaiveDate>> {
    let mut late = Vec::new();
    for night in nights.iter().filter(|night| night.version > 0) {
        let versions = desk_entry::list_of_outing(notebook.store.connection(), night.outing_id)?;
        let is_late = versions.iter().any(|stored| match &stored.envelope.entry {
            DeskEntry::NightLog(log) => log.amendments.iter().any(|amendment| amendment.date > span.last()),
            _ => false,
        });
        late.extend(is_late.then_some(night.date));
    }
    Ok(late)
}

fn night_rows(nights: Vec<CountedNight>) -> Vec<NightRowView> {
    let counted = nights.into_iter().filter(|night| night.cancelled.is_none());
    let row = |night: CountedNight| NightRowView {
        outing_id: night.outing_id,
        unit: night.unit,
        date: night.date,
        outing_type: night.outing_type,
        minutes: u32::try_from(night.minutes).unwrap_or(u32::MAX),
        contacts: night.contacts,
        amendments: night.version,
    };
    counted.map(row).collect()
}

/// The weeks up to the end of the span, or to today's if it is not over.
fn trend(notebook: &Notebook, span: Span, today: NaiveDate, unsigned: &period::Unsigned) -> Result<Vec<TrendWeekView>> {
    let days = weeks_before(if span.contains(today) { today } else { span.last() });
    let points = notebook.trend(IsoWeek::of(days.last()), TREND_WEEKS, None)?;
    let nights = notebook.counted_nights(days)?;
    Ok(period::trend(points, &period::calendar(&notebook.planned(days)?, &nights, days, today), unsigned))
}

/// The days of the thirteen weeks up to a day.
fn weeks_before(last: NaiveDate) -> Span {
    let first = IsoWeek::of(last).monday();
    let first = first.checked_sub_days(Days::new(7 * u64::from(TREND_WEEKS - 1))).unwrap_or(first);
    Span::new(first, last).unwrap_or_else(|| IsoWeek::of(last).into())
}
