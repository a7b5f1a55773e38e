//! The mailbox on `SQLite`. All SQL of the server is in this folder, and the schema is in `migrations/`.
//!
//! | module | what |
//! |---|---|
//! | [`open`] | version, settings, migrations |
//! | [`writer`] | one writing thread, commits shared |
//! | [`incoming`] | a verified batch with the verdict on each operation |
//! | [`log`] | devices' logs: append, hold, acknowledge |
//! | [`quarantine`] | batches of revoked and forked devices; what the desk decides about them |
//! | [`wiped`] | devices that destroyed their keys as ordered |
//! | [`stream`] | pages by cursor |
//! | [`manifest`], [`enrol`], [`standing`] | who takes part, who wants to, how they stand |
//!
//! Content is sealed before it comes here, so the file is plain `SQLite`; `secure_delete` overwrites what is deleted.

pub mod enrol;
pub mod fault;
pub mod incoming;
pub mod log;
pub mod manifest;
pub mod open;
pub mod quarantine;
pub mod row;
pub mod standing;
pub mod stream;
pub mod wiped;
pub mod writer;

use chrono::{DateTime, Utc};
use domain::sync::ProgrammeId;
use fault::StoreFault;
use open::OpenFault;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use writer::Writer;

/// The open mailbox: one writer, one reader beside it.
pub struct Store {
    // First: fields are dropped in order, and the writer tidies up the files only as the last to leave.
    reader: Arc<Mutex<Connection>>,
    writer: Writer,
}

impl Store {
    /// Opens, or creates, the mailbox in a directory.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn open(directory: &Path, programme: ProgrammeId, now: DateTime<Utc>) -> Result<Self, OpenFault> {
        let path = directory.join(open::FILE);
        let connection = open::open_writer(&path, programme, now)?;
        let reader = open::open_reader(&path)?;
        let writer = Writer::start(connection).map_err(OpenFault::Thread)?;
        Ok(Self { reader: Arc::new(Mutex::new(reader)), writer })
    }

    /// Runs `work` in a write transaction and returns after it is durable.
    ///
    /// # Errors
    /// [`StoreFault`]; then nothing of it is stored.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        self.writer.run(work).await
    }

    /// Runs `work` on what is committed.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        let reader = Arc::clone(&self.reader);
        tokio::task::spawn_blocking(move || read_snapshot(&reader, work)).await.map_err(|_| StoreFault::Stopped)?
    }

    /// As [`Store::read`], for a caller that may block.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub fn read_blocking<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreFault>) -> Result<T, StoreFault> {
        read_snapshot(&self.reader, work)
    }
}

/// All statements of `work` see the same commits.
fn read_snapshot<T>(
    reader: &Mutex<Connection>,
    work: impl FnOnce(&Connection) -> Result<T, StoreFault>,
) -> Result<T, StoreFault> {
    // A panic while reading leaves nothing half done: the connection goes on serving.
    let connection = reader.lock().unwrap_or_else(PoisonError::into_inner);
    let snapshot = connection.unchecked_transaction()?;
    let outcome = work(&snapshot);
    snapshot.finish()?;
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Refusal;
    use domain::sync::error::RefusalCode;
    use uuid::Uuid;

    fn fill(connection: &Connection) -> Result<(), StoreFault> {
        connection.execute(
            "INSERT INTO quarantine
                 (device, first_sequence, last_sequence, head, reason, body, received_on)
             VALUES (randomblob(16), 1, 1, zeroblob(32), 'fork', randomblob(100000), '2026-03-14')",
            [],
        )?;
        Ok(())
    }

    fn count(connection: &Connection) -> Result<i64, StoreFault> {
        Ok(connection.query_one("SELECT count(*) FROM quarantine", [], |row| row.get(0))?)
    }

    #[tokio::test]
    async fn full_disk_is_told_nothing_is_lost_and_work_goes_on_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let programme = ProgrammeId(Uuid::from_u128(1));
        let store = Store::open(folder.path(), programme, DateTime::UNIX_EPOCH).unwrap();
        store.write(fill).await.unwrap();
        let limit =
            |pages: i64| store.write(move |connection| Ok(connection.pragma_update(None, "max_page_count", pages)?));
        limit(60).await.unwrap();
        let (first, second) = tokio::join!(store.write(fill), store.write(fill));
        for outcome in [first, second] {
            let fault = outcome.unwrap_err();
            assert!(fault.is_passing(), "{fault}");
            let refused = Refusal::from(fault).refused();
            assert_eq!(refused.code, RefusalCode::Unavailable);
        }
        assert_eq!(store.read(count).await.unwrap(), 1);
        limit(1_000_000).await.unwrap();
        store.write(fill).await.unwrap();
        assert_eq!(store.read(count).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn reader_sees_one_commit_throughout() {
        let folder = tempfile::tempdir().unwrap();
        let programme = ProgrammeId(Uuid::from_u128(1));
        let store = Arc::new(Store::open(folder.path(), programme, DateTime::UNIX_EPOCH).unwrap());
        let (started, told) = tokio::sync::oneshot::channel();
        let (go_on, wait) = std::sync::mpsc::channel();
        let reading = tokio::spawn({
            let store = Arc::clone(&store);
            async move {
                store
                    .read(move |connection| {
                        let before = count(connection)?;
                        started.send(()).unwrap();
                        wait.recv().unwrap();
                        Ok((before, count(connection)?))
                    })
                    .await
            }
        });
        told.await.unwrap();
        store.write(fill).await.unwrap();
        go_on.send(()).unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), (0, 0));
        assert_eq!(store.read(count).await.unwrap(), 1);
    }
}
