//! Where a number of the page comes from: its nights, or the weeks of a long period.

use super::page::{self, Reading};
use super::period;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::view::{CellView, ExplainInput, ExplainView, PartView};
use chrono::NaiveDate;
use domain::ids::{DeviceId, OutingId};
use domain::indicator::{Records, Source, Tally};
use domain::programme::Programme;
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::time::Span;

/// Id of the unique persons (I09), which are a range.
const UNIQUE: &str = "unique";

/// Figures whose parts do not add up to them: persons that come again, ratios, stocks.
const NOT_ADDITIVE: [&str; 8] = [
    UNIQUE,
    "referrals_open_start",
    "referrals_open_end",
    "condoms_per_contact_x10",
    "continuity_x10",
    "reached_twice",
    "sign_off_minutes",
    "amendments",
];

/// Everything a period may have is looked at, also what it is too short or too young to show.
const ALL: Reading = Reading { long: true, completed: true };

/// The parts of a number.
pub(crate) fn explain(notebook: &Notebook, input: &ExplainInput, today: NaiveDate) -> Result<ExplainView> {
    let programme = notebook.programme()?;
    let span = input.kind.around(input.date, programme.span());
    let whole = number(&notebook.tally(span)?, programme, input).ok_or(NotebookError::InvalidInput("number"))?;
    let parts = if period::lists_nights(span) {
        nights(notebook, programme, span, input)?
    } else {
        weeks(notebook, programme, span, input, today)?
    };
    let is_sum = !NOT_ADDITIVE.contains(&input.id.as_str()) && !input.id.ends_with("_pct");
    // Nights hold what was opened and done on them; a week holds the desk's as well.
    let at_desk = is_sum.then(|| whole.saturating_sub(parts.iter().map(|part| part.value).sum()));
    Ok(ExplainView { parts, at_desk })
}

/// The number that was asked for, of a tally.
fn number(tally: &Tally, programme: &Programme, input: &ExplainInput) -> Option<u64> {
    let page = page::inside(tally, programme, ALL);
    let cell = match &input.row {
        None if input.id == UNIQUE => return Some(tally.nights.contacts),
        None => page.figures.into_iter().find(|figure| figure.id == input.id).map(|figure| figure.value),
        Some(row) => {
            let table = page.tables.into_iter().find(|table| table.id == input.id)?;
            table.rows.into_iter().find(|(code, _)| code == row).map(|(_, cell)| cell)
        }
    };
    match cell {
        Some(CellView::Shown(number)) => Some(number),
        Some(CellView::Hidden | CellView::Missing | CellView::Unsigned) | None => None,
    }
}

fn nights(notebook: &Notebook, programme: &Programme, span: Span, input: &ExplainInput) -> Result<Vec<PartView>> {
    let mut records = Records::default();
    for stored in desk_entry::list_versions(notebook.store.connection(), span.first(), span.last())? {
        records.add(Source { device: stored.device, sequence: stored.sequence }, stored.envelope.entry);
    }
    let nights = records.nights().into_iter();
    let counted = nights.filter(|(_, log)| span.contains(log.outing.date) && log.outing.cancelled.is_none());
    let mut parts: Vec<(OutingId, PartView)> = counted
        .map(|(id, log)| {
            let value = number(&of_one_night(log, span), programme, input).unwrap_or_default();
            let (unit, outing_type) = (Some(log.outing.unit.clone()), Some(log.outing.outing_type));
            (id, PartView { date: log.outing.date, week: None, unit, outing_type, value })
        })
        .collect();
    parts.sort_by_key(|(id, part)| (part.date, *id));
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

/// What one night says of a period, as if it were alone.
fn of_one_night(log: &NightLog, span: Span) -> Tally {
    let mut records = Records::default();
    let source = Source { device: DeviceId(uuid::Uuid::nil()), sequence: 1 };
    records.add(source, DeskEntry::NightLog(log.clone()));
    Tally::of(&records, span)
}

/// Weeks that are yet to come have no part in anything.
fn weeks(
    notebook: &Notebook,
    programme: &Programme,
    span: Span,
    input: &ExplainInput,
    today: NaiveDate,
) -> Result<Vec<PartView>> {
    let mut parts = Vec::new();
    for week in span.weeks().take_while(|week| week.monday() <= today) {
        let days = Span::new(week.monday().max(span.first()), week.sunday().min(span.last()));
        let Some(days) = days else { continue };
        let value = number(&notebook.tally(days)?, programme, input).unwrap_or_default();
        parts.push(PartView { date: days.first(), week: Some(week), unit: None, outing_type: None, value });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests;
