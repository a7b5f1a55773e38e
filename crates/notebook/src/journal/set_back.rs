//! That the server was set back (*il server è stato riportato indietro*): put back from a backup, or worse.
//!
//! Its receipts are believed all the same, because they only ever say what it holds: what it lost is sent again. People
//! are told for a day.

use super::{Journal, meta};
use crate::error::{NotebookError, Result};
use chrono::{DateTime, TimeDelta, Utc};

/// Server time, in seconds since 1970 UTC, of the receipt that told.
pub(super) const SET_BACK: &str = "set_back";

/// How long people are told, by the server's time.
const TOLD: TimeDelta = TimeDelta::days(1);

impl Journal {
    /// Notes that the server was set back, as it said itself at this time of its own.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn note_set_back(&mut self, at: DateTime<Utc>) -> Result<()> {
        self.put(SET_BACK, &at.timestamp().to_be_bytes())
    }

    /// When the server said last that it was set back: its own time, in seconds since 1970 UTC. None if it never did.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn noted_set_back(&self) -> Result<Option<i64>> {
        match meta::find_array(&self.connection, SET_BACK) {
            Err(NotebookError::JournalValue) => Ok(None),
            noted => Ok(noted?.map(i64::from_be_bytes)),
        }
    }

    /// Whether people are to be told that the server was set back.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn was_set_back_lately(&self) -> Result<bool> {
        let noted = self.noted_set_back()?.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let last = self.receipt()?.map(|receipt| receipt.at);
        Ok(noted.zip(last).is_some_and(|(noted, last)| last.signed_duration_since(noted) <= TOLD))
    }
}
