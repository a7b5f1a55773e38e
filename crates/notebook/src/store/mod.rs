//! `notebook.db`: the encrypted store of one device. Schema in `migrations/`, one module per table.
//!
//! | table | what | who has rows |
//! |---|---|---|
//! | [`meta`] | identity, pinned admin key, manifest, clock, cursors, how far the own journal is known | every device |
//! | [`operation`] | opened operations, own and pulled; unique by (device, sequence) | phones |
//! | [`pending`] | the one save that is on its way from the journal to the tables above and below | every device, briefly |
//! | [`own_entry`] | sealed bytes of what the own journal holds, to make it anew from | every device |
//! | [`draft`] | cards and referrals that were begun and not saved | phones |
//! | [`unknown`] | questions about a contact that were answered with *non so* | phones |
//! | [`alias`] | team aliases, with the month they were last seen | phones |
//! | [`desk_entry`] | opened entries of the night-log stream, own and pulled, the bytes as received | every device |
//! | [`sealed_copy`] | sealed envelopes as they came: the desk's copy of everybody's log; a night from the other phone | the desk, phones |
//! | [`forgotten`] | places of operations whose content was forgotten | phones |
//! | [`night_count`] | since when an outing is safe elsewhere; its sums, once its details are forgotten | phones |
//! | [`problem`] | envelopes set aside, whole, with the reason | leads, desk |
//! | `counted_*` | what the desk counts with, made of its entries ([`crate::counted`]) | the desk |
//!
//! Rules: no row is updated in place except `meta`, `draft`, `alias`, `night_count`, `pending` and `counted_*`, and what
//! [`crate::retention`] takes out. No foreign keys between rows that
//! travel separately. JSON columns hold the very bytes that were sealed, so that a newer field survives an older app.
//! SQLCipher with a raw key ([`crate::crypto`]); the pragmas stand in [`open`], the only place that opens.

pub(crate) mod alias;
pub(crate) mod check;
pub(crate) mod desk_entry;
pub(crate) mod device_act;
pub(crate) mod draft;
pub(crate) mod forgotten;
pub(crate) mod included;
pub(crate) mod lock;
pub(crate) mod meta;
pub(crate) mod night_count;
pub(crate) mod open;
pub(crate) mod operation;
pub(crate) mod own_entry;
pub(crate) mod pending;
pub(crate) mod problem;
pub(crate) mod register;
pub(crate) mod sealed_copy;
pub(crate) mod unknown;
pub(crate) mod wal;

#[cfg(test)]
mod tests;

pub use alias::KnownAlias;
pub use desk_entry::StoredDeskEntry;
pub use draft::Draft;
pub use problem::{Problem, ProblemCode};

use crate::error::{NotebookError, Result};
use check::WholeCheck;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::sync::Arc;

/// The open database. On drop the write-ahead log is folded in and emptied.
pub(crate) struct Store {
    connection: Connection,
    check: Arc<WholeCheck>,
}

impl Store {
    /// The check of all pages, to be run without the store.
    pub(crate) fn whole_check(&self) -> Arc<WholeCheck> {
        Arc::clone(&self.check)
    }

    /// For reading.
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// For writing: all or nothing, durable at commit.
    pub(crate) fn transaction(&mut self) -> Result<Transaction<'_>> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Writes what would be done again if it were lost: all or nothing, and durable with the next transaction. It spares
    /// the wait for the disk; a power cut may take it back, never tear it.
    pub(crate) fn write_redoable(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<()>) -> Result<()> {
        self.connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        let done = self.transaction().and_then(|transaction| {
            work(&transaction)?;
            Ok(transaction.commit()?)
        });
        // Before anything else is written, whatever came of it.
        let back = self.connection.execute_batch("PRAGMA synchronous = FULL");
        done?;
        Ok(back?)
    }

    /// The file was read as far as opening needs it: from now on closing it folds the write-ahead log in.
    pub(crate) fn trust(&self) -> Result<()> {
        leave_log_on_close(&self.connection, false)
    }

    /// Folds the write-ahead log into the file and empties it.
    pub(crate) fn checkpoint(&self) -> Result<()> {
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // First: a connection that reads would keep the log from being emptied.
        self.check.stop();
        // An opening that failed leaves everything as it is.
        if matches!(self.connection.db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE), Ok(true)) {
            return;
        }
        // On failure the log stays beside the file and is folded in at the next opening; nothing is lost.
        if self.checkpoint().is_err() {
            tracing::warn!("write-ahead log of the notebook could not be emptied");
        }
    }
}

/// Whether closing leaves the write-ahead log beside the file. SQLite folds it in otherwise, also into a file that turned
/// out to be damaged.
pub(crate) fn leave_log_on_close(connection: &Connection, leave: bool) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leave)?;
    Ok(())
}

/// A sequence number as SQLite holds it.
pub(crate) fn to_sql(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| NotebookError::Internal("number above 2^63"))
}

/// A sequence number as SQLite held it.
pub(crate) fn from_sql(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| NotebookError::Damaged("a stored number"))
}
