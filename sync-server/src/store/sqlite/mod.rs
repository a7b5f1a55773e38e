//! The mailbox in one file. The default: nothing to install, nothing to look after.
//!
//! | module | what |
//! |---|---|
//! | [`open`] | version, settings, migrations |
//! | [`writer`] | one writing thread, commits shared |
//! | [`readers`] | connections beside it |
//! | [`log`] | devices' logs: append, hold, acknowledge |
//! | [`quarantine`] | batches of revoked and forked devices; what the desk decides about them |
//! | [`audit`] | the record of what happened |
//! | [`wiped`] | devices that destroyed their keys as ordered |
//! | [`stream`] | pages by cursor |
//! | [`backup`], [`copy`] | copies of it all, and reading them |
//! | [`shelf`] | what is published |
//! | [`retention`] | removing what was kept long enough |
//! | [`manifest`], [`enrol`], [`standing`] | who takes part, who wants to, how they stand |
//!
//! Content is sealed before it comes here, so the file is plain `SQLite`; `secure_delete` overwrites what is deleted.

pub mod audit;
pub mod backup;
pub mod copy;
pub mod enrol;
pub mod log;
pub mod manifest;
pub mod open;
pub mod quarantine;
pub mod readers;
pub mod retention;
pub mod shelf;
pub mod standing;
pub mod stream;
pub mod wiped;
pub mod writer;

use super::backup::{Proved, Verified};
use super::fault::StoreFault;
use super::incoming::Incoming;
use super::outcome::{Appended, Decided, Enrolled, Held, Kept, Laid, NotOurs, Publish, Put, Seen, Shelf};
use super::retention::{Due, Removed};
use super::{Opened, Store};
use crate::nonces::Nonces;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::sync::audit::{AuditEntry, AuditHead, Note};
use domain::sync::chain::Digest;
use domain::sync::enrol::{CodeAnnouncement, EnrolmentRequest, PendingEnrolments};
use domain::sync::manifest::SignedManifest;
use domain::sync::publish::LINK_BYTES;
use domain::sync::pull::{Acknowledgement, Cursor, Page};
use domain::sync::quarantine::{DecisionOutcome, Quarantine, QuarantineReason};
use domain::sync::standing::DeviceStandings;
use domain::sync::{DeviceId, ProgrammeId, Stream, UnitId};
use open::OpenFault;
use readers::Readers;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use writer::Writer;

/// The open file: one writer, readers beside it. Nobody else writes to it, so what is in memory here is true.
pub struct SqliteStore {
    // First: fields are dropped in order, and the writer tidies up the files only as the last to leave.
    readers: Readers,
    writer: Writer,
    path: PathBuf,
    nonces: Mutex<Nonces>,
    /// Number of the manifest in force; 0 for none.
    manifest: AtomicU64,
}

/// Opens, or creates, the mailbox in a directory.
///
/// # Errors
/// [`OpenFault`].
pub fn open(directory: &Path, programme: ProgrammeId, now: DateTime<Utc>) -> Result<Opened, OpenFault> {
    let (store, manifest, epoch) = SqliteStore::open(directory, programme, now)?;
    Ok(Opened { store: Arc::new(store), manifest, epoch })
}

/// As [`open`], while another process may be serving from it: a file that is not there, or of another version, is an
/// error.
///
/// # Errors
/// [`OpenFault`].
pub fn open_in_use(directory: &Path, programme: ProgrammeId, now: DateTime<Utc>) -> Result<Opened, OpenFault> {
    let (found, known) = (open::version(&open::open_reader(&directory.join(open::FILE))?)?, open::known_version());
    if found != known {
        return Err(OpenFault::TooNew { found, known });
    }
    open(directory, programme, now)
}

impl SqliteStore {
    /// As [`open`], with its own type.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn open(
        directory: &Path,
        programme: ProgrammeId,
        now: DateTime<Utc>,
    ) -> Result<(Self, Option<SignedManifest>, i64), OpenFault> {
        let path = directory.join(open::FILE);
        let connection = open::open_writer(&path, programme, now)?;
        let number = manifest::number(&connection)?;
        let signed = manifest::load(&connection)?;
        let epoch = open::epoch(&connection)?;
        let readers = Readers::open(&path)?;
        let writer = Writer::start(connection).map_err(OpenFault::Thread)?;
        let store = Self { readers, writer, path, nonces: Mutex::default(), manifest: AtomicU64::new(number) };
        Ok((store, signed, epoch))
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

    /// Runs `work` on what is committed. All its statements see the same commits.
    ///
    /// # Errors
    /// [`StoreFault`].
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        self.readers.run(work).await
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn append(&self, incoming: Incoming) -> Result<Appended, StoreFault> {
        self.write(move |connection| log::append(connection, &incoming)).await
    }

    async fn held(&self, device: DeviceId) -> Result<Held, StoreFault> {
        self.read(move |connection| log::held(connection, device)).await
    }

    async fn acknowledge(&self, held: Acknowledgement) -> Result<Option<NotOurs>, StoreFault> {
        self.write(move |connection| {
            let mut first_refused = None;
            for log in held.held {
                if let Err(not_ours) = log::acknowledge(connection, &log)? {
                    first_refused.get_or_insert(not_ours);
                }
            }
            Ok(first_refused)
        })
        .await
    }

    async fn page(
        &self,
        stream: Stream,
        audience: Option<UnitId>,
        after: Cursor,
        limit: u16,
    ) -> Result<Page, StoreFault> {
        self.read(move |connection| stream::page(connection, stream, audience.as_ref(), after, limit)).await
    }

    async fn standings(&self) -> Result<DeviceStandings, StoreFault> {
        self.read(standing::list).await
    }

    async fn keep(&self, incoming: Incoming, reason: QuarantineReason) -> Result<Kept, StoreFault> {
        self.write(move |connection| quarantine::keep(connection, &incoming, reason)).await
    }

    async fn quarantine(&self) -> Result<Quarantine, StoreFault> {
        self.read(quarantine::list).await
    }

    async fn decide(&self, decided: Decided) -> Result<DecisionOutcome, StoreFault> {
        self.write(move |connection| quarantine::decide(connection, &decided)).await
    }

    async fn confirm_wipe(&self, device: DeviceId, signature: Vec<u8>, today: NaiveDate) -> Result<(), StoreFault> {
        self.write(move |connection| wiped::confirm(connection, device, &signature, today)).await
    }

    async fn publish(&self, publish: Publish, note: Note) -> Result<Laid, StoreFault> {
        self.write(move |connection| shelf::publish(connection, &publish, note)).await
    }

    async fn withdraw(&self, number: u32, note: Note) -> Result<bool, StoreFault> {
        self.write(move |connection| shelf::withdraw(connection, number, note)).await
    }

    async fn shelf(&self, link: [u8; LINK_BYTES]) -> Result<Option<Shelf>, StoreFault> {
        self.read(move |connection| shelf::find(connection, link)).await
    }

    async fn newer_manifest(&self, known: u64) -> Result<Option<SignedManifest>, StoreFault> {
        if self.manifest.load(Ordering::Acquire) <= known { Ok(None) } else { self.read(manifest::load).await }
    }

    async fn put_manifest(
        &self,
        number: u64,
        follows: u64,
        signed: SignedManifest,
        named: Vec<DeviceId>,
        notes: Vec<Note>,
    ) -> Result<Put, StoreFault> {
        let put =
            self.write(move |connection| manifest::put(connection, (number, follows), &signed, &named, &notes)).await?;
        if put == Put::InForce {
            self.manifest.fetch_max(number, Ordering::AcqRel);
        }
        Ok(put)
    }

    async fn announce(&self, code: CodeAnnouncement, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.write(move |connection| enrol::announce(connection, &code, now)).await
    }

    async fn enrol(
        &self,
        request: EnrolmentRequest,
        fingerprint: Digest,
        now: DateTime<Utc>,
    ) -> Result<Enrolled, StoreFault> {
        self.write(move |connection| enrol::enrol(connection, &request, fingerprint, now)).await
    }

    async fn pending_key(&self, device: DeviceId) -> Result<Option<Vec<u8>>, StoreFault> {
        self.read(move |connection| enrol::find_pending_key(connection, device)).await
    }

    async fn pending(&self) -> Result<PendingEnrolments, StoreFault> {
        self.read(enrol::list_pending).await
    }

    async fn note(&self, notes: Vec<Note>) -> Result<(), StoreFault> {
        self.write(move |connection| audit::append(connection, &notes)).await
    }

    async fn audit_head(&self) -> Result<AuditHead, StoreFault> {
        self.read(audit::head).await
    }

    async fn audit_at(&self, number: u64) -> Result<Option<Digest>, StoreFault> {
        self.read(move |connection| audit::at(connection, number)).await
    }

    async fn audit_start(&self) -> Result<AuditHead, StoreFault> {
        self.read(audit::start).await
    }

    async fn audit_page(&self, after: u64, limit: u16) -> Result<Vec<AuditEntry>, StoreFault> {
        self.read(move |connection| audit::page(connection, after, limit)).await
    }

    async fn forget_audit(&self, today: NaiveDate) -> Result<u64, StoreFault> {
        self.write(move |connection| audit::forget(connection, today)).await
    }

    async fn see(&self, device: DeviceId, nonce: [u8; 16], now: i64) -> Result<Seen, StoreFault> {
        Ok(self.nonces.lock().unwrap_or_else(PoisonError::into_inner).see(device, nonce, now))
    }

    async fn copy(&self, target: PathBuf) -> Result<(), StoreFault> {
        let database = self.path.clone();
        let copying = tokio::task::spawn_blocking(move || backup::copy(&database, &target));
        copying.await.map_err(|_| StoreFault::Stopped)?
    }

    async fn prove(&self, proved: Proved) -> Result<(), StoreFault> {
        self.write(move |connection| backup::prove(connection, &proved)).await
    }

    async fn backups(&self) -> Result<Vec<Verified>, StoreFault> {
        self.read(backup::list).await
    }

    async fn forget_backup(&self, name: String) -> Result<(), StoreFault> {
        self.write(move |connection| backup::forget(connection, &name)).await
    }

    async fn remove_due(&self, due: Due) -> Result<Removed, StoreFault> {
        self.write(move |connection| retention::remove(connection, &due)).await
    }

    async fn probe(&self) -> Result<(), StoreFault> {
        self.write(|connection| {
            let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            Ok(connection.pragma_update(None, "user_version", version)?)
        })
        .await
    }

    async fn bytes(&self) -> Result<u64, StoreFault> {
        std::fs::metadata(&self.path).map(|file| file.len()).map_err(|_| StoreFault::Stopped)
    }
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
        let store = SqliteStore::open(folder.path(), programme, DateTime::UNIX_EPOCH).unwrap().0;
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
        let store = Arc::new(SqliteStore::open(folder.path(), programme, DateTime::UNIX_EPOCH).unwrap().0);
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
