//! Persons by two of their traits at once, for the crossed tables of a release: read from the night logs that stand. No sum
//! of them is kept: they are asked for when a release is made, and then week by week.

use super::{night, number_of};
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use domain::indicator::Crossed;
use domain::sync::night_log::{DeskEntry, DeskEnvelope};
use domain::time::Span;

impl Notebook {
    /// Persons met in a span, by gender and age and by gender and nationality.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn crossed(&self, span: impl Into<Span>) -> Result<Crossed> {
        self.count_all(|_| {})?;
        let span = span.into();
        let mut statement = self.store.connection().prepare_cached(
            "SELECT json FROM desk_entry JOIN counted_night ON desk_entry.rowid = counted_night.entry
             WHERE counted_night.day BETWEEN ?1 AND ?2",
        )?;
        let mut rows = statement.query([span.first(), span.last()].map(number_of))?;
        let mut crossed = Crossed::default();
        while let Some(row) = rows.next()? {
            let envelope: DeskEnvelope =
                serde_json::from_slice(night::blob(row, 0)?).map_err(|_| NotebookError::Damaged("a desk entry"))?;
            if let DeskEntry::NightLog(log) = envelope.entry {
                crossed.add(&log);
            }
        }
        Ok(crossed)
    }
}
