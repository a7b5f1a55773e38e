//! The mailbox on `SQLite`. All SQL of the server is in this folder, and the schema is in `migrations/`.
//!
//! | module | what |
//! |---|---|
//! | [`open`] | version, settings, migrations |
//! | [`writer`] | one writing thread, commits shared |
//! | [`log`] | devices' logs: append, hold, acknowledge |
//! | [`quarantine`] | batches of revoked and forked devices |
//! | [`stream`] | pages by cursor |
//! | [`manifest`], [`enrol`], [`standing`] | who takes part, who wants to, how they stand |
//!
//! Content is sealed before it comes here, so the file is plain `SQLite`; `secure_delete` overwrites what is deleted.

pub mod enrol;
pub mod fault;
pub mod log;
pub mod manifest;
pub mod open;
pub mod quarantine;
pub mod row;
pub mod standing;
pub mod stream;
pub mod writer;

use domain::sync::ProgrammeId;
use fault::StoreFault;
use open::OpenFault;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use writer::Writer;

/// The open mailbox: one writer, one reader beside it.
pub struct Store {
    writer: Writer,
    reader: Arc<Mutex<Connection>>,
}

impl Store {
    /// Opens, or creates, the mailbox in a directory.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn open(directory: &Path, programme: ProgrammeId) -> Result<Self, OpenFault> {
        let path = directory.join(open::FILE);
        let connection = open::open_writer(&path, programme)?;
        let reader = open::open_reader(&path)?;
        let writer = Writer::start(connection).map_err(OpenFault::Thread)?;
        Ok(Self { writer, reader: Arc::new(Mutex::new(reader)) })
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
