//! That the server lost what it had confirmed: it went back to an older state, and said so with a gap.
//!
//! No signature covers it. It only ever makes less count as received and as backed up, until the next receipt says what
//! is true: more is sent again, and less is forgotten.

use super::{Journal, meta};
use crate::error::{NotebookError, Result};

/// The entry that the server misses.
pub(super) const GAP: &str = "gap";

impl Journal {
    /// Notes that the server expects an entry that it had confirmed. From it on nothing counts as received or as
    /// backed up, until a receipt is kept.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note_gap(&mut self, expected: u64) -> Result<()> {
        self.put(GAP, &expected.to_be_bytes())
    }

    /// The first entry that the server misses; none if it said nothing since the last receipt.
    pub(super) fn gap(&self) -> Result<Option<u64>> {
        match meta::find_array(&self.connection, GAP) {
            // What it kept from counting is asked of the server again.
            Err(NotebookError::JournalValue) => Ok(Some(0)),
            gap => Ok(gap?.map(u64::from_be_bytes)),
        }
    }
}
