//! Counting a week: exact for the inside, protected for the outside.

use crate::error::Result;
use crate::notebook::Notebook;
use domain::indicator::{External, Records, Source, Tally};
use domain::time::{IsoWeek, Period};
use std::collections::BTreeSet;

impl Notebook {
    /// Everything the desk counts from.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn records(&self) -> Result<Records> {
        let mut records = Records::default();
        for stored in self.list_desk_entries()? {
            let source = Source { device: stored.device, sequence: stored.sequence };
            records.add(source, stored.envelope.entry);
        }
        Ok(records)
    }

    /// The exact tally of a week: *uso interno – non pubblicabile*.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn week_tally(&self, week: IsoWeek) -> Result<Tally> {
        Ok(Tally::of(&self.records()?, &Period::week(week)))
    }

    /// What of a week may leave the desk, at the programme's threshold (D.4).
    ///
    /// # Errors
    /// [`crate::error::NotebookError::NotEnrolled`]; if the file cannot be read.
    pub fn week_release(&self, week: IsoWeek) -> Result<External> {
        let programme = self.programme()?;
        let tally = self.week_tally(week)?;
        Ok(External::of(&tally, programme, Period::week(week), programme.k_external))
    }

    /// The weeks that hold a night, oldest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn counted_weeks(&self) -> Result<BTreeSet<IsoWeek>> {
        Ok(self.records()?.weeks())
    }
}
