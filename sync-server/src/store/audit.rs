//! What the record keeps, and what tells a change of it.

use chrono::{Months, NaiveDate};
use domain::sync::audit::{AuditEntry, AuditHead};

/// How long entries are kept, counted back from the last one. Days ascend with numbers but for a clock that jumped:
/// everything before the first entry that is young enough goes.
const KEPT: Months = Months::new(24);

/// Entries of this day and later are kept.
#[must_use]
pub const fn keep_from(newest: NaiveDate) -> Option<NaiveDate> {
    newest.checked_sub_months(KEPT)
}

/// Follows the chain over entries, in order. Gives the place after the last one.
///
/// # Errors
/// The first entry that does not follow.
pub fn follow(start: AuditHead, entries: &[AuditEntry]) -> Result<AuditHead, AuditEntry> {
    entries
        .iter()
        .try_fold(start, |previous, entry| if entry.follows(previous) { Ok(entry.place) } else { Err(*entry) })
}
