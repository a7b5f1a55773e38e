//! What is planned, and the nights that came of it.

use super::night;
use super::part::{self, Kind};
use crate::desk::period::Unsigned;
use crate::error::Result;
use crate::notebook::Notebook;
use domain::ids::{DeviceId, PlanId};
use domain::indicator::{Records, Source};
use domain::plan::{PlanState, PlannedRow};
use domain::sync::night_log::DeskEntry;
use domain::time::Span;
use std::collections::BTreeMap;

impl Notebook {
    /// What is planned for some days, as it stands: entries made for reading, whose places say nothing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn planned(&self, days: Span) -> Result<Records> {
        self.count_all(|_| {})?;
        let mut rows: Vec<PlannedRow> = Vec::new();
        part::each_last(self.store.connection(), Kind::Plan, days, |row| {
            rows.push(row);
            Ok(())
        })?;
        let mut records = Records::default();
        records.add(made(1), DeskEntry::Planned(rows));
        Ok(records)
    }

    /// What the calendar of some days is made from: what is planned, and the nights without anything of persons, each in
    /// its version that stands.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn calendar_of(&self, days: Span) -> Result<Records> {
        let mut records = self.planned(days)?;
        let mut next = 2;
        night::each_log(self.store.connection(), days, |log| {
            records.add(made(next), DeskEntry::NightLog(log));
            next += 1;
            Ok(())
        })?;
        Ok(records)
    }

    /// A plan as it stands; none that was planned by mistake.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn find_plan(&self, id: PlanId) -> Result<Option<PlannedRow>> {
        self.count_all(|_| {})?;
        let rows: Vec<PlannedRow> = part::list_of(self.store.connection(), Kind::Plan, id.0)?;
        Ok(rows.into_iter().next_back().filter(|row| row.state != PlanState::Withdrawn))
    }

    /// The days of the first and of the last night that is counted.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn nights_span(&self) -> Result<Option<Span>> {
        self.count_all(|_| {})?;
        night::extent(self.store.connection())
    }

    /// What waits for a signature, with the day of the last night of each unit of which something does.
    ///
    /// # Errors
    /// [`crate::error::NotebookError::NotEnrolled`]; if the file cannot be read.
    pub(crate) fn unsigned(&self) -> Result<Unsigned> {
        self.count_all(|_| {})?;
        let (records, mut last) = (self.unsigned_records()?, BTreeMap::new());
        for unit in records.keys() {
            if let Some(day) = night::last_of(self.store.connection(), unit)? {
                last.insert(unit.clone(), day);
            }
        }
        Ok(Unsigned { records, last })
    }
}

/// The place of an entry that was made for reading: of no device, and not that of the nights that are added to it
/// ([`crate::desk::period::calendar`]).
const fn made(sequence: u64) -> Source {
    Source { device: DeviceId(uuid::Uuid::max()), sequence }
}
