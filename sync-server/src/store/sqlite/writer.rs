//! One thread writes. What waits is committed together, and nobody is answered before the commit.
//!
//! With `synchronous=FULL` every commit is an fsync; sharing it is what lets many phones send at once. Every job runs
//! in its own savepoint, so that one that fails takes nothing with it.

use crate::store::fault::StoreFault;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Jobs in one transaction.
const GROUP: usize = 64;

/// Tells the asker, once the fate of the group is known.
type Answer = Box<dyn FnOnce(Result<(), StoreFault>) + Send>;
/// Work inside the transaction.
type Job = Box<dyn FnOnce(&Connection) -> Answer + Send>;

/// The door to the writing thread. Dropping it waits until everything accepted is written.
pub struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(connection: Connection) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let thread =
            std::thread::Builder::new().name("writer".to_owned()).spawn(move || write_all(&connection, &waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Runs `work` in a write transaction and returns after it is durable.
    ///
    /// # Errors
    /// What `work` returns (then none of it is stored), or that the transaction was not committed.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let outcome = in_savepoint(connection, work);
            Box::new(move |committed| {
                if tell.send(committed.and(outcome)).is_err() {
                    tracing::debug!("the asker has gone; what was committed stays");
                }
            })
        });
        let jobs = self.jobs.as_ref().ok_or(StoreFault::Stopped)?;
        jobs.send(job).map_err(|_| StoreFault::Stopped)?;
        told.await.map_err(|_| StoreFault::NotCommitted)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!(code = "internal", "the writing thread ended in a panic");
        }
    }
}

fn write_all(connection: &Connection, waiting: &mpsc::Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        group.extend(waiting.try_iter().take(GROUP - 1));
        // A panic in a job must not end the thread: the group is rolled back, its askers are told.
        if catch_unwind(AssertUnwindSafe(|| commit_group(connection, group))).is_err() {
            tracing::error!(code = "internal", "a write ended in a panic");
        }
        roll_back_if_open(connection);
    }
}

/// Dropped answers tell their askers [`StoreFault::NotCommitted`].
fn commit_group(connection: &Connection, group: Vec<Job>) {
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        tracing::error!(code = "unavailable", %error, "transaction cannot begin");
        return;
    }
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        answers.push(job(connection));
        // A full disk may have rolled back everything, not only this savepoint.
        if connection.is_autocommit() {
            tracing::error!(code = "unavailable", "transaction was rolled back by the database");
            return;
        }
    }
    match connection.execute_batch("COMMIT") {
        Ok(()) => answers.into_iter().for_each(|answer| answer(Ok(()))),
        Err(error) => {
            tracing::error!(code = "unavailable", %error, "transaction was not committed");
            roll_back_if_open(connection);
            for answer in answers {
                answer(Err(StoreFault::NotCommitted));
            }
        }
    }
}

fn roll_back_if_open(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        tracing::error!(code = "unavailable", %error, "transaction cannot be rolled back");
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreFault>,
) -> Result<T, StoreFault> {
    connection.execute_batch("SAVEPOINT job")?;
    match work(connection) {
        Ok(done) => {
            connection.execute_batch("RELEASE job")?;
            Ok(done)
        }
        Err(fault) => {
            if !connection.is_autocommit() {
                connection.execute_batch("ROLLBACK TO job; RELEASE job")?;
            }
            Err(fault)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (x INTEGER UNIQUE)").unwrap();
        connection
    }

    fn insert(x: i64) -> impl FnOnce(&Connection) -> Result<(), StoreFault> + Send + 'static {
        move |connection| {
            connection.execute("INSERT INTO t VALUES (?1)", [x])?;
            Ok(())
        }
    }

    fn count(connection: &Connection) -> Result<i64, StoreFault> {
        Ok(connection.query_one("SELECT count(*) FROM t", [], |row| row.get(0))?)
    }

    #[tokio::test]
    async fn failed_job_takes_nothing_with_it() {
        let writer = Writer::start(table()).unwrap();
        let half = |connection: &Connection| {
            connection.execute("INSERT INTO t VALUES (7)", [])?;
            connection.execute("INSERT INTO t VALUES (1)", [])?;
            Ok(())
        };
        let (first, second, third) = tokio::join!(writer.run(insert(1)), writer.run(half), writer.run(insert(2)));
        assert!(first.is_ok() && third.is_ok());
        assert!(matches!(second, Err(StoreFault::Sqlite(_))));
        assert_eq!(writer.run(count).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn panic_is_answered_and_the_writer_goes_on() {
        let writer = Writer::start(table()).unwrap();
        let broken = writer.run(|_| -> Result<(), StoreFault> { panic!("planted") }).await;
        assert!(matches!(broken, Err(StoreFault::NotCommitted)));
        writer.run(insert(1)).await.unwrap();
        assert_eq!(writer.run(count).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn commit_that_fails_is_told_to_everybody() {
        let connection = table();
        connection
            .execute_batch(
                "PRAGMA foreign_keys=ON; CREATE TABLE parent (id INTEGER PRIMARY KEY);
                 CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)",
            )
            .unwrap();
        let writer = Writer::start(connection).unwrap();
        let orphan = |connection: &Connection| {
            connection.execute("INSERT INTO child VALUES (9)", [])?;
            Ok(())
        };
        // The deferred foreign key is checked at COMMIT, after the savepoint was released.
        assert!(matches!(writer.run(orphan).await, Err(StoreFault::NotCommitted)));
        writer.run(insert(1)).await.unwrap();
    }

    #[test]
    fn dropping_waits_for_what_was_accepted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.db");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch("CREATE TABLE t (x INTEGER UNIQUE)").unwrap();
        let writer = Writer::start(connection).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async { writer.run(insert(1)).await.unwrap() });
        drop(writer);
        assert_eq!(count(&Connection::open(&path).unwrap()).unwrap(), 1);
    }
}
