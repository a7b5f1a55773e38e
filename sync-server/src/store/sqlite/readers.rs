//! Connections that read what is committed, beside the writer. One too few, and a question waits for the one before.

use super::open::{OpenFault, open_reader};
use crate::store::fault::StoreFault;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Questions answered at once.
const READERS: usize = 4;

/// The reading connections.
pub struct Readers {
    free: Arc<Mutex<Vec<Connection>>>,
    places: Arc<Semaphore>,
}

impl Readers {
    /// Opens them on an existing file.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn open(path: &Path) -> Result<Self, OpenFault> {
        let free = (0..READERS).map(|_| open_reader(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { free: Arc::new(Mutex::new(free)), places: Arc::new(Semaphore::new(READERS)) })
    }

    /// Runs `work` on a thread that may block. All its statements see the same commits.
    ///
    /// # Errors
    /// What `work` returns, or [`StoreFault::Stopped`] when it ends in a panic.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(|_| StoreFault::Stopped)?;
        let free = Arc::clone(&self.free);
        let reading = tokio::task::spawn_blocking(move || {
            let connection = lock(&free).pop().ok_or(StoreFault::Stopped)?;
            // A panic while reading leaves nothing half done: the connection goes on serving.
            let borrowed = Borrowed { connection: Some(connection), free };
            let outcome = read_snapshot(&borrowed, work);
            drop(borrowed);
            drop(place);
            outcome
        });
        reading.await.map_err(|_| StoreFault::Stopped)?
    }
}

/// Goes back to the others when dropped.
struct Borrowed {
    connection: Option<Connection>,
    free: Arc<Mutex<Vec<Connection>>>,
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        lock(&self.free).extend(self.connection.take());
    }
}

fn lock(free: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    free.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read_snapshot<T>(
    borrowed: &Borrowed,
    work: impl FnOnce(&Connection) -> Result<T, StoreFault>,
) -> Result<T, StoreFault> {
    let connection = borrowed.connection.as_ref().ok_or(StoreFault::Stopped)?;
    let snapshot = connection.unchecked_transaction()?;
    let outcome = work(&snapshot);
    snapshot.finish()?;
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::open::{FILE, open_writer};
    use chrono::DateTime;
    use domain::sync::ProgrammeId;
    use uuid::Uuid;

    #[tokio::test]
    async fn question_that_ends_in_a_panic_takes_no_connection_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        drop(open_writer(&path, ProgrammeId(Uuid::from_u128(1)), DateTime::UNIX_EPOCH).unwrap());
        let readers = Readers::open(&path).unwrap();
        for _ in 0..2 * READERS {
            let broken = readers.run(|_| -> Result<(), StoreFault> { panic!("planted") }).await;
            assert!(matches!(broken, Err(StoreFault::Stopped)));
        }
        assert_eq!(lock(&readers.free).len(), READERS);
        let one = readers.run(|connection| Ok(connection.query_one("SELECT 1", [], |row| row.get::<_, i64>(0))?));
        assert_eq!(one.await.unwrap(), 1);
    }
}
