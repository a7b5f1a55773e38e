//! The whole check of `notebook.db`, while the notebook is open and nobody waits.
//!
//! Opening reads the header, the schema and the identity. SQLCipher verifies the HMAC of a page each time it reads it, so
//! damage is never silent: it is an error at the first reading. What this check adds is that a page which nobody reads for
//! months does not stay damaged for months unnoticed.
//!
//! It runs on a second connection, which only reads: it sees one moment of the file, write-ahead log included, and
//! neither waits for a save nor keeps one waiting. Closing the notebook ends it at once.

use crate::error::{NotebookError, Result};
use rusqlite::Connection;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Steps of SQLite between two looks at whether the notebook is being closed: pages, and rows.
const STEPS: i32 = 100;

/// How a check ended that found nothing wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckEnd {
    /// Every page is whole.
    Whole,
    /// The notebook was closed before the end.
    Stopped,
}

/// The check of one opened notebook. It runs once.
pub(crate) struct WholeCheck {
    connection: Mutex<Option<Connection>>,
    stopped: Arc<AtomicBool>,
}

impl WholeCheck {
    /// A check through a connection that only reads; without one it is over.
    pub(super) fn new(connection: Option<Connection>) -> Self {
        Self { connection: Mutex::new(connection), stopped: Arc::default() }
    }

    /// Whether it can still run.
    pub(crate) fn is_ready(&self) -> bool {
        // One that is under way is not waited for.
        self.connection.try_lock().is_ok_and(|connection| connection.is_some())
    }

    /// Reads every page of every table and index. Takes as long as it takes.
    ///
    /// # Errors
    /// `Damaged` if a page is; otherwise what keeps the file from being read.
    pub(crate) fn run(&self) -> Result<CheckEnd> {
        let mut held = self.held();
        let Some(connection) = held.take() else { return Ok(CheckEnd::Stopped) };
        let stopped = Arc::clone(&self.stopped);
        connection.progress_handler(STEPS, Some(move || stopped.load(Ordering::Acquire)))?;
        let said: rusqlite::Result<String> = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
        match said {
            _ if self.stopped.load(Ordering::Acquire) => Ok(CheckEnd::Stopped),
            Ok(said) if said == "ok" => Ok(CheckEnd::Whole),
            Ok(_) => Err(NotebookError::Damaged("notebook")),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends it, and its connection with it: when this returns, no key is left here.
    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
        drop(self.held().take());
    }

    fn held(&self) -> MutexGuard<'_, Option<Connection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Team, at, contact, opened};
    use crate::notebook::Notebook;
    use crate::store::open::FILE;

    fn filled(team: &Team) -> Notebook {
        let mut phone = team.member.open();
        let device = phone.device();
        phone.save(opened(1), None, at(0), None).unwrap();
        for number in 0..40 {
            phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
        }
        phone
    }

    #[test]
    fn finds_every_damaged_page_that_opening_does_not_and_changes_no_byte() {
        let team = Team::new();
        drop(filled(&team));
        let path = team.member.dir.join(FILE);
        let whole = std::fs::read(&path).unwrap();
        let pages = whole.len() / 4_096;
        assert!(pages > 20, "{pages} pages");
        let mut found_later = 0;
        for page in 0..pages {
            let mut damaged = whole.clone();
            damaged[page * 4_096 + 1_000] ^= 0x40;
            std::fs::write(&path, &damaged).unwrap();
            match team.member.try_open() {
                Ok(phone) => {
                    assert!(matches!(phone.store.whole_check().run(), Err(NotebookError::Damaged(_))), "page {page}");
                    found_later += 1;
                }
                Err(error) => assert!(matches!(error, NotebookError::Damaged(_)), "page {page}: {error}"),
            }
            assert!(std::fs::read(&path).unwrap() == damaged, "a damaged file stays as it is: page {page}");
        }
        assert!(found_later > pages / 2, "opening reads {} pages of {pages}", pages - found_later);
        std::fs::write(&path, &whole).unwrap();
        assert_eq!(team.member.open().store.whole_check().run(), Ok(CheckEnd::Whole));
    }

    #[test]
    fn keeps_no_save_waiting_and_reads_what_is_only_in_the_log() {
        let team = Team::new();
        let mut phone = filled(&team);
        let check = phone.store.whole_check();
        let transaction = phone.store.transaction().unwrap();
        transaction.execute("DELETE FROM alias", []).unwrap();
        assert_eq!(check.run(), Ok(CheckEnd::Whole));
        transaction.commit().unwrap();
    }

    #[test]
    fn runs_once_and_not_after_the_notebook_was_closed() {
        let team = Team::new();
        let phone = filled(&team);
        let check = phone.store.whole_check();
        assert!(check.is_ready());
        assert_eq!(check.run(), Ok(CheckEnd::Whole));
        assert!(!check.is_ready());
        drop(phone);
        let phone = team.member.open();
        let check = phone.store.whole_check();
        drop(phone);
        assert!(!check.is_ready());
        assert_eq!(check.run(), Ok(CheckEnd::Stopped));
        let log = team.member.dir.join("notebook.db-wal");
        assert!(!log.exists(), "nothing kept the log from being folded in");
    }

    #[test]
    fn gives_up_half_way_when_the_notebook_is_being_closed() {
        let team = Team::new();
        let phone = filled(&team);
        let check = phone.store.whole_check();
        check.stopped.store(true, Ordering::Release);
        assert_eq!(check.run(), Ok(CheckEnd::Stopped));
    }
}
