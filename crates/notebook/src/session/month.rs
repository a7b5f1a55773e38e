//! *Cosa abbiamo fatto*: one month of what this phone knows. A member's phone counts its own records; a lead's the
//! signed outings of the unit.

use super::Session;
use super::own::own_night;
use crate::error::{ErrorView, Result};
use crate::night::month::{MonthCounts, MonthShare, first_of_month, month_counts, next_month, previous_month};
use crate::notebook::Notebook;
use crate::view::{MonthInput, MonthSupplyView, MonthView};
use chrono::NaiveDate;
use domain::ids::ItemCode;
use domain::operation::{OutingState, Scope};
use domain::sync::manifest::Role;
use domain::time::operational_date;
use std::cmp::Reverse;

impl Session {
    /// One month in sums.
    pub fn month(&self, input: MonthInput) -> std::result::Result<MonthView, ErrorView> {
        self.with_notebook(|notebook, moment| month_view(notebook, operational_date(moment.now), input.month))
    }
}

fn month_view(notebook: &Notebook, today: NaiveDate, wanted: Option<NaiveDate>) -> Result<MonthView> {
    let whole_unit = notebook.role() == Some(Role::Lead);
    let shares = if whole_unit { signed(notebook)? } else { own(notebook)? };
    let current = first_of_month(today);
    let last = shares.iter().map(|share| share.month).max();
    let month = wanted.map(first_of_month).or(last).unwrap_or(current);
    let earlier = shares.iter().any(|share| share.month < month);
    let counts = month_counts(&shares, month);
    let previous = if earlier { previous_month(month) } else { None };
    let next = next_month(month).filter(|next| *next <= current);
    Ok(view(counts, month, previous, next, whole_unit))
}

/// The unit's signed outings, as they count.
fn signed(notebook: &Notebook) -> Result<Vec<MonthShare>> {
    let mut shares = Vec::new();
    for outline in notebook.list_outlines(None)?.iter().filter(|outing| outing.sign_off.is_some()) {
        shares.extend(match kept(notebook, outline)? {
            Some(share) => share,
            None => notebook.outing_state(outline.id(), Scope::Counted)?.and_then(|state| share(notebook, &state)),
        });
    }
    Ok(shares)
}

/// The outings this phone opened, as it wrote them.
fn own(notebook: &Notebook) -> Result<Vec<MonthShare>> {
    let mut shares = Vec::new();
    for outline in notebook.list_outlines(Some(notebook.device()))? {
        shares.extend(match kept(notebook, &outline)? {
            Some(share) => share,
            None => own_night(notebook, outline.id())?.and_then(|night| share(notebook, &night.state)),
        });
    }
    Ok(shares)
}

fn share(notebook: &Notebook, state: &OutingState) -> Option<MonthShare> {
    let is_sensitive = |item: &ItemCode| notebook.programme().is_ok_and(|programme| programme.is_sensitive_item(item));
    MonthShare::of(state, is_sensitive)
}

/// What stays of an outing whose details are forgotten, with what became of its referrals since.
fn kept(notebook: &Notebook, outline: &OutingState) -> Result<Option<Option<MonthShare>>> {
    let Some((_, kept)) = notebook.forgotten_night(outline.id())? else { return Ok(None) };
    Ok(Some(kept.share.map(|mut share| {
        share.follow_up(outline);
        share
    })))
}

fn view(
    counts: MonthCounts,
    month: NaiveDate,
    previous: Option<NaiveDate>,
    next: Option<NaiveDate>,
    whole_unit: bool,
) -> MonthView {
    let MonthCounts {
        outings,
        minutes,
        met,
        seen,
        supplies,
        referrals_opened,
        referrals_accepted,
        referrals_attended,
        accompaniments,
    } = counts;
    let mut supplies: Vec<MonthSupplyView> =
        supplies.into_iter().map(|(item, n)| MonthSupplyView { item, n }).collect();
    supplies.sort_by_key(|supply| Reverse(supply.n));
    MonthView {
        month,
        previous,
        next,
        whole_unit,
        outings,
        minutes,
        met,
        seen,
        supplies,
        referrals_opened,
        referrals_accepted,
        referrals_attended,
        accompaniments,
    }
}
