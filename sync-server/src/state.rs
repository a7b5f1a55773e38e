//! Everything a running server holds.

use crate::config::{AdminKey, Config, Database};
use crate::directory::Directory;
use crate::fault::StartFault;
use crate::large::LargeBodies;
use crate::noted::Noted;
use crate::rates::Rates;
use crate::receipt_key::ReceiptKey;
use crate::store::fault::StoreFault;
use crate::store::{Opened, Store, postgres, sqlite};
use chrono::{DateTime, Utc};
use domain::sync::audit::{AuditKind, Note};
use domain::sync::chain::Bytes;
use domain::sync::manifest::SignedManifest;
use domain::sync::{DeviceId, ProgrammeId};
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tokio::sync::Semaphore;

/// The server's clock.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

const LOCK: &str = "lock";
/// Passwords of recipients that are hashed at once, 19 MiB each.
const HASHES: usize = 4;

/// An open mailbox. Clones share it; the last one to be dropped writes what is accepted, then closes it.
#[derive(Clone)]
pub struct ServerState(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    epoch: i64,
    clock: Clock,
    admin_key: AdminKey,
    programme: ProgrammeId,
    receipt_key: ReceiptKey,
    directory: RwLock<Option<Arc<Directory>>>,
    rates: Mutex<Rates>,
    noted: Mutex<Noted>,
    hashing: Arc<Semaphore>,
    large_bodies: LargeBodies,
    // Last: fields are dropped in order, and the directory is free only when the database is closed.
    _lock: Option<DirectoryLock>,
}

impl std::fmt::Debug for ServerState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ServerState")
    }
}

impl ServerState {
    /// Opens, or creates, the mailbox of a data directory. Blocking.
    ///
    /// # Errors
    /// [`StartFault`]. A newer, damaged or foreign database is left as it is.
    pub fn open(config: &Config, clock: Clock) -> Result<Self, StartFault> {
        Self::open_on(&Database::Sqlite, config, clock)
    }

    /// As [`ServerState::open`], on a database that the settings name. The data directory holds the server's key.
    ///
    /// # Errors
    /// [`StartFault`].
    pub fn open_on(database: &Database, config: &Config, clock: Clock) -> Result<Self, StartFault> {
        let lock = lock_directory(&config.data)?;
        // A key that cannot be used is found before anything is written.
        ReceiptKey::find(&config.data)?;
        let opened = match database {
            Database::Sqlite => sqlite::open(&config.data, config.programme, clock())?,
            Database::Postgres(settings) => postgres::open::open(settings, config.programme, &config.data, clock())?,
        };
        Self::on(opened, Some(lock), config, clock)
    }

    /// As [`ServerState::open_on`], but beside a server that is running on the directory, if one is: for work that needs
    /// nothing of what a server keeps in memory. Then the database is used as it is, in this version or not at all.
    ///
    /// # Errors
    /// [`StartFault`].
    pub fn open_beside(database: &Database, config: &Config, clock: Clock) -> Result<Self, StartFault> {
        match Self::open_on(database, config, Arc::clone(&clock)) {
            Err(StartFault::InUse) => {}
            done => return done,
        }
        let opened = match database {
            Database::Sqlite => sqlite::open_in_use(&config.data, config.programme, clock())?,
            Database::Postgres(settings) => postgres::open::open(settings, config.programme, &config.data, clock())?,
        };
        Self::on(opened, None, config, clock)
    }

    fn on(opened: Opened, lock: Option<DirectoryLock>, config: &Config, clock: Clock) -> Result<Self, StartFault> {
        let Opened { store, manifest, epoch } = opened;
        let receipt_key = ReceiptKey::load_or_create(&config.data)?;
        let directory = manifest.map(|signed| in_force(signed, config.admin_key)).transpose()?;
        Ok(Self(Arc::new(Inner {
            store,
            epoch,
            clock,
            admin_key: config.admin_key,
            programme: config.programme,
            receipt_key,
            directory: RwLock::new(directory.map(Arc::new)),
            rates: Mutex::default(),
            noted: Mutex::default(),
            hashing: Arc::new(Semaphore::new(HASHES)),
            large_bodies: LargeBodies::default(),
            _lock: lock,
        })))
    }

    /// A mailbox on a store that the test holds too.
    #[cfg(test)]
    pub(crate) fn of_test(store: Arc<dyn Store>, config: &Config, clock: Clock) -> Self {
        let lock = lock_directory(&config.data).unwrap();
        Self::on(Opened { store, manifest: None, epoch: 0 }, Some(lock), config, clock).unwrap()
    }

    /// The public key of the receipts, 32 bytes: `server_key` of the manifest.
    #[must_use]
    pub fn server_key(&self) -> Bytes {
        self.0.receipt_key.public()
    }

    pub(crate) fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    /// When the database was made, or restored from a backup: seconds since 1970 UTC.
    #[must_use]
    pub fn epoch(&self) -> i64 {
        self.0.epoch
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.0.clock)()
    }

    pub(crate) fn admin_key(&self) -> &[u8] {
        &self.0.admin_key.0
    }

    pub(crate) fn programme(&self) -> ProgrammeId {
        self.0.programme
    }

    pub(crate) fn receipt_key(&self) -> &ReceiptKey {
        &self.0.receipt_key
    }

    /// Who takes part, by the manifest in force. Another instance may have put a newer one since the last call.
    pub(crate) async fn directory(&self) -> Result<Option<Arc<Directory>>, StoreFault> {
        let known = self.0.directory.read().unwrap_or_else(PoisonError::into_inner).clone();
        let number = known.as_ref().map_or(0, |known| known.number);
        let Some(signed) = self.store().newer_manifest(number).await? else {
            return Ok(known);
        };
        let directory = in_force(signed, self.0.admin_key).map_err(|_| StoreFault::Column("manifest"))?;
        Ok(Some(self.put_in_force(directory)))
    }

    /// Two manifests may be stored one after the other and come here in the other order: the higher number stays.
    pub(crate) fn put_in_force(&self, directory: Directory) -> Arc<Directory> {
        let mut current = self.0.directory.write().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some(current) if current.number >= directory.number => Arc::clone(current),
            _ => Arc::clone(current.insert(Arc::new(directory))),
        }
    }

    /// Adds to the record, once a day for each kind and device. The record must not keep anybody from reading when the
    /// disk is full: what cannot be written is written at the next occasion.
    pub(crate) async fn note_daily(&self, kind: AuditKind, device: Option<DeviceId>) {
        let today = self.now().date_naive();
        let noted = || self.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if !noted().is_new(today, kind, device) {
            return;
        }
        let note = Note { device, ..Note::new(today, kind) };
        if let Err(error) = self.store().note(vec![note]).await {
            tracing::error!(code = "unavailable", %error, "the record cannot be written");
            noted().forget(kind, device);
        }
    }

    /// Removes what the record keeps no longer. Gives the number of entries.
    ///
    /// # Errors
    /// That the database does not answer.
    pub async fn forget_record(&self) -> Result<u64, StartFault> {
        let forgotten = self.store().forget_audit(self.now().date_naive()).await;
        forgotten.map_err(|fault| StartFault::DatabaseUnreachable { reason: fault.to_string() })
    }

    /// Who holds a permit may hash a password.
    pub(crate) fn hashing(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.hashing)
    }

    /// Who has a place may go on to read a large body.
    pub(crate) fn large_bodies(&self) -> &LargeBodies {
        &self.0.large_bodies
    }

    pub(crate) fn rates(&self) -> MutexGuard<'_, Rates> {
        self.0.rates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the server's key if there is none, and gives its public half.
///
/// # Errors
/// [`StartFault`].
pub fn init(data: &Path) -> Result<Bytes, StartFault> {
    // A running server holds the lock, and then the key is there.
    if let Some(key) = ReceiptKey::find(data)? {
        return Ok(key.public());
    }
    let _lock = lock_directory(data)?;
    Ok(ReceiptKey::load_or_create(data)?.public())
}

/// The settings may name the admin's key of the first day: the manifest says how it came to be another one.
fn in_force(signed: SignedManifest, admin_key: AdminKey) -> Result<Directory, StartFault> {
    let manifest = signed.verify_from(&admin_key.0, 0).map_err(|_| StartFault::OtherAdmin)?;
    Ok(Directory::new(signed, manifest))
}

/// Unlocks when dropped. Closing the file alone would not do: a child process that is just being started holds a copy.
struct DirectoryLock(File);

impl Drop for DirectoryLock {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(kind = %error.kind(), "data directory cannot be unlocked");
        }
    }
}

/// One server per directory: nonces and the manifest in force are kept in memory.
fn lock_directory(data: &Path) -> Result<DirectoryLock, StartFault> {
    let failed = |error| StartFault::of_directory(data, error);
    DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(failed)?;
    let lock = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(data.join(LOCK))
        .map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(DirectoryLock(lock)),
        Err(TryLockError::WouldBlock) => Err(StartFault::InUse),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
