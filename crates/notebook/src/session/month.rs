//! *Cosa abbiamo fatto*: one month of what this phone knows. A member's phone counts its own records; a lead's the
//! signed outings of the unit.

use super::Session;
use super::own::own_nights;
use crate::error::{ErrorView, Result};
use crate::night::month::{MonthCounts, first_of_month, month_counts, month_of, next_month, previous_month};
use crate::notebook::Notebook;
use crate::view::{MonthInput, MonthSupplyView, MonthView};
use chrono::NaiveDate;
use domain::operation::{OutingState, Scope};
use domain::sync::manifest::Role;
use domain::time::operational_date;
use std::cmp::Reverse;
use std::sync::Arc;

impl Session {
    /// One month in sums.
    pub fn month(&self, input: MonthInput) -> std::result::Result<MonthView, ErrorView> {
        self.with_notebook(|notebook, moment| month_view(notebook, operational_date(moment.now), input.month))
    }
}

fn month_view(notebook: &Notebook, today: NaiveDate, wanted: Option<NaiveDate>) -> Result<MonthView> {
    let whole_unit = notebook.role() == Some(Role::Lead);
    let states = if whole_unit { signed(notebook)? } else { own(notebook)? };
    let current = first_of_month(today);
    let last = states.iter().filter_map(month_of).max();
    let month = wanted.map(first_of_month).or(last).unwrap_or(current);
    let earlier = states.iter().filter_map(month_of).any(|known| known < month);
    let programme = notebook.programme()?;
    let counts = month_counts(&states, month, |item| programme.is_sensitive_item(item));
    let previous = if earlier { previous_month(month) } else { None };
    let next = next_month(month).filter(|next| *next <= current);
    Ok(view(counts, month, previous, next, whole_unit))
}

/// The unit's signed outings, as they count.
fn signed(notebook: &Notebook) -> Result<Vec<OutingState>> {
    let mut states = Vec::new();
    for outing in notebook.list_outlines(None)?.into_iter().filter(|outing| outing.sign_off.is_some()) {
        states.extend(notebook.outing_state(outing.id(), Scope::Counted)?);
    }
    Ok(states)
}

fn own(notebook: &Notebook) -> Result<Vec<OutingState>> {
    Ok(own_nights(notebook)?.into_iter().map(|night| Arc::unwrap_or_clone(night.state)).collect())
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
