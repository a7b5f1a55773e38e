//! What a coordinator plans: outings of one unit, once or every week, and what becomes of a plan.

use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::{desk_entry, sealed_copy};
use chrono::{Days, NaiveDate};
use domain::ids::{PlanId, UnitId};
use domain::indicator::{Records, Source};
use domain::outing::{CancelReason, OutingType};
use domain::plan::{PlanState, PlannedRow, plans};
use domain::sync::night_log::DeskEntry;
use domain::time::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Most weeks planned at once: a year.
const MAX_WEEKS: u16 = 53;

/// Outings to plan.
#[derive(Clone, Debug)]
pub struct NewPlan {
    /// Who goes out.
    pub unit: UnitId,
    /// Kind of outing.
    pub outing_type: OutingType,
    /// The first day.
    pub from: NaiveDate,
    /// On how many weeks, one after the other: 1…53, 1 for one outing.
    pub weeks: u16,
}

/// What becomes of a plan.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PlanChange {
    /// To another day.
    Move {
        /// The new day.
        to: NaiveDate,
        /// Why.
        reason: CancelReason,
    },
    /// It does not take place.
    Cancel {
        /// Why.
        reason: CancelReason,
    },
    /// It takes place after all.
    Restore,
    /// It was planned by mistake.
    Withdraw,
}

impl Notebook {
    /// Plans outings; those that are planned already stay as they are. Gives how many are new.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a unit that is not of the programme; [`NotebookError::InvalidInput`] for days
    /// outside of it; as [`Notebook::save_desk_entry`].
    pub fn plan_outings(&mut self, new: &NewPlan) -> Result<u32> {
        let programme = self.programme()?;
        if !programme.units.iter().any(|unit| unit.id == new.unit) {
            return Err(NotebookError::NotFound("unit"));
        }
        if !(1..=MAX_WEEKS).contains(&new.weeks) {
            return Err(NotebookError::InvalidInput("weeks of a plan"));
        }
        let span = programme.start..=programme.end;
        let days: Vec<NaiveDate> = (0..new.weeks)
            .filter_map(|week| new.from.checked_add_days(Days::new(u64::from(week) * 7)))
            .filter(|day| span.contains(day))
            .collect();
        if days.is_empty() {
            return Err(NotebookError::InvalidInput("days outside of the programme"));
        }
        let records = match days.first().zip(days.last()).and_then(|(first, last)| Span::new(*first, *last)) {
            Some(span) => self.planned(span)?,
            None => Records::default(),
        };
        let known = plans(&records);
        let is_known = |day: &NaiveDate| {
            known.values().any(|plan| {
                plan.unit == new.unit
                    && plan.outing_type == new.outing_type
                    && plan.date == *day
                    && !matches!(plan.state, PlanState::Cancelled { .. })
            })
        };
        let mut rows = Vec::new();
        for date in days.into_iter().filter(|day| !is_known(day)) {
            rows.push(PlannedRow {
                id: PlanId(self.entropy().v4()?),
                revision: 1,
                unit: new.unit.clone(),
                outing_type: new.outing_type,
                date,
                state: PlanState::Planned,
            });
        }
        let count = crate::view::number(rows.len());
        if count > 0 {
            self.save_desk_entry(DeskEntry::Planned(rows))?;
        }
        Ok(count)
    }

    /// Moves, cancels, restores or takes away a plan.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; [`NotebookError::InvalidInput`] for a day outside of the programme, or the same;
    /// [`NotebookError::WrongState`] for a plan that is not cancelled and is to take place after all; as
    /// [`Notebook::save_desk_entry`].
    pub fn change_plan(&mut self, id: PlanId, change: PlanChange) -> Result<()> {
        let before = self.find_plan(id)?.ok_or(NotebookError::NotFound("plan"))?;
        let programme = self.programme()?;
        let (date, state) = match change {
            PlanChange::Move { to, .. } if to == before.date || !(programme.start..=programme.end).contains(&to) => {
                return Err(NotebookError::InvalidInput("new day of a plan"));
            }
            PlanChange::Move { to, reason } => (to, PlanState::Moved { from: before.date, reason }),
            PlanChange::Cancel { reason } => (before.date, PlanState::Cancelled { reason }),
            PlanChange::Restore if !matches!(before.state, PlanState::Cancelled { .. }) => {
                return Err(NotebookError::WrongState("the plan stands"));
            }
            PlanChange::Restore => (before.date, PlanState::Planned),
            PlanChange::Withdraw => (before.date, PlanState::Withdrawn),
        };
        let revision = before.revision.checked_add(1).ok_or(NotebookError::WrongState("too many changes"))?;
        let row = PlannedRow { revision, date, state, ..before };
        self.save_desk_entry(DeskEntry::Planned(vec![row]))?;
        Ok(())
    }

    /// The depot's book, and what is planned, as it stands. With days, what is planned for these, and their nights, without
    /// anything of persons and each in its version that stands.
    pub(crate) fn planning(&self, days: Option<(NaiveDate, NaiveDate)>) -> Result<Records> {
        let all = (NaiveDate::MIN, NaiveDate::MAX);
        let span = |(first, last)| Span::new(first, last).ok_or(NotebookError::InvalidInput("days"));
        let mut records = match days {
            Some(days) => self.calendar_of(span(days)?)?,
            None => self.planned(span(all)?)?,
        };
        self.add_depot_book(&mut records)?;
        Ok(records)
    }

    /// The depot's book alone.
    pub(crate) fn depot_book(&self) -> Result<Records> {
        let mut records = Records::default();
        self.add_depot_book(&mut records)?;
        Ok(records)
    }

    fn add_depot_book(&self, records: &mut Records) -> Result<()> {
        for entry in desk_entry::list_of_kind(self.store.connection(), "depot")? {
            records.add(Source { device: entry.device, sequence: entry.sequence }, entry.envelope.entry);
        }
        Ok(())
    }

    /// How many records of each unit came to the server after its last night log: nights that nobody has signed yet, or
    /// what came late of one that is. Units of which nothing waits are absent.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`]; if the file cannot be read.
    pub fn unsigned_records(&self) -> Result<BTreeMap<UnitId, u64>> {
        let mut unsigned = BTreeMap::new();
        for unit in &self.programme()?.units {
            let count = sealed_copy::count_unsigned(self.store.connection(), &unit.id)?;
            if count > 0 {
                unsigned.insert(unit.id.clone(), count);
            }
        }
        Ok(unsigned)
    }
}
