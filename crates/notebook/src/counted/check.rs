//! The sums against the entries they are made of.

use super::{CountProgress, night, week};
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use domain::indicator::NightSums;
use domain::sync::night_log::{DeskEntry, DeskEnvelope};
use domain::time::{IsoWeek, Span};

/// A week whose sums are not what its nights say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unequal(pub IsoWeek);

impl Notebook {
    /// Counts every night anew from its night log, and every week from its nights, and gives the weeks that differ from
    /// the sums. There are none, unless the file was tampered with or there is a fault in this program:
    /// [`Notebook::recount`] mends it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn check_sums(&self, mut on_progress: impl FnMut(CountProgress)) -> Result<Vec<Unequal>> {
        self.count_all(|_| {})?;
        let weeks = week::list_all(self.store.connection())?;
        let mut unequal = Vec::new();
        for (done, week) in weeks.iter().enumerate() {
            if !self.is_equal(*week)? {
                unequal.push(Unequal(*week));
            }
            on_progress(CountProgress { done: done as u64 + 1, of: weeks.len() as u64 });
        }
        Ok(unequal)
    }

    fn is_equal(&self, week: IsoWeek) -> Result<bool> {
        let connection = self.store.connection();
        let mut kept = NightSums::default();
        week::each(connection, week, week, |_, sums, _| {
            kept.add(&sums);
            Ok(())
        })?;
        let mut by_night = NightSums::default();
        night::each(connection, Span::from(week), |_, _, sums, _| {
            by_night.add(&sums);
            Ok(())
        })?;
        let mut statement = connection.prepare_cached(
            "SELECT json FROM desk_entry JOIN counted_night ON desk_entry.rowid = counted_night.entry
             WHERE counted_night.day BETWEEN ?1 AND ?2",
        )?;
        let days = [week.monday(), week.sunday()].map(super::number_of);
        let mut rows = statement.query(days)?;
        let mut counted = NightSums::default();
        while let Some(row) = rows.next()? {
            let envelope: DeskEnvelope =
                serde_json::from_slice(night::blob(row, 0)?).map_err(|_| NotebookError::Damaged("a desk entry"))?;
            if let DeskEntry::NightLog(log) = envelope.entry {
                counted.add(&NightSums::of(&log));
            }
        }
        Ok(kept == by_night && by_night == counted)
    }
}
