//! The journal (*giornale*): a device's append-only log of sealed envelopes, ready to send.
//!
//! `journal.db` is a plain SQLite file beside the notebook. It holds ciphertext, sequence numbers, chain values and the
//! signature made at each save, so it can be sent while the notebook is locked and by a device whose PIN is forgotten.
//! It also holds what sending needs: device, unit, server address and the pinned server key; and the key check of the
//! notebook ([`crate::crypto`]). And what a locked phone needs to obey an order to wipe: the admin's public key and its own
//! signed confirmation.
//!
//! Each of these values has a check of its own and is kept twice: one that is damaged keeps none of the entries from being sent.
//!
//! Invariants: sequence numbers start at 1 without a gap; every entry's chain value follows from all before; entries
//! are never changed, and only a beginning of the log is ever removed: what a receipt calls backed up, with its place and
//! chain value kept as the base that the rest follows from; a receipt is kept only if the pinned server key signed it and its chain value is ours.

mod batch;
mod gap;
mod meta;
mod rebuild;
mod receipt;
mod set_back;
mod wipe;

#[cfg(test)]
mod tests;

pub(crate) use rebuild::{Known, Rebuilt, rebuild};
pub use receipt::JournalState;

use crate::error::{NotebookError, Result};
use domain::ids::{DeviceId, UnitId};
use domain::sync::Stream;
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use std::path::Path;

/// The file inside the notebook's folder.
pub const FILE: &str = "journal.db";

/// Its write-ahead log.
const LOG: &str = "journal.db-wal";
/// Commits that a power cut may take back: the one that is being synced.
const UNSYNCED: usize = 1;

/// Statements kept prepared: all there are.
const STATEMENTS: usize = 32;

const MIGRATIONS: &[M<'static>] = &[M::up(include_str!("migrations/0001_first.sql"))];

/// The end of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub sequence: u64,
    /// Chain value there.
    pub chain: Digest,
}

impl Head {
    /// The end once an entry with these bytes follows.
    pub(crate) fn after(self, stream: Stream, sealed: &[u8]) -> Self {
        let sequence = self.sequence.saturating_add(1);
        Self { sequence, chain: link(self.chain, sequence, stream, Digest::of(sealed)) }
    }
}

/// The open journal.
pub struct Journal {
    connection: Connection,
    device: DeviceId,
}

/// What a journal knows from its first day.
pub(crate) struct NewJournal<'a> {
    /// Whose log.
    pub(crate) device: DeviceId,
    /// Public key that the signatures verify under.
    pub(crate) signing_key: &'a [u8],
    /// Where it is sent.
    pub(crate) server: &'a str,
    /// Key check of the notebook beside it.
    pub(crate) key_check: [u8; 32],
    /// The admin's public key, for an order to wipe.
    pub(crate) admin_key: &'a [u8],
    /// The device's signature that confirms such an order.
    pub(crate) wipe_statement: Bytes,
}

impl NewJournal<'_> {
    fn put(&self, connection: &Connection) -> Result<()> {
        meta::clear(connection)?;
        meta::put(connection, "device", self.device.0.as_bytes())?;
        meta::put(connection, "signing_key", self.signing_key)?;
        meta::put(connection, "server", self.server.as_bytes())?;
        meta::put(connection, "key_check", &self.key_check)?;
        meta::put(connection, wipe::ADMIN_KEY, self.admin_key)?;
        meta::put(connection, wipe::STATEMENT, &self.wipe_statement.0)
    }
}

impl Journal {
    /// Opens the journal of a folder. Works while the notebook is locked, and beside one that is open.
    ///
    /// # Errors
    /// `Absent`, `Damaged`, `TooNew`, `Busy`, `DiskFull`, `Unreadable`.
    pub fn open(dir: &Path) -> Result<Self> {
        let path = dir.join(FILE);
        if !path.exists() {
            return Err(NotebookError::Absent);
        }
        // A first look without writing: a damaged or newer file stays as it is.
        crate::store::wal::check(&dir.join(LOG), UNSYNCED)?;
        let look = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let version: i64 = look.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        drop(look);
        let version = usize::try_from(version).map_err(|_| NotebookError::Damaged("journal version"))?;
        if version > MIGRATIONS.len() {
            return Err(NotebookError::TooNew);
        }
        if version == 0 {
            return Err(NotebookError::Damaged("journal without a schema"));
        }
        let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        crate::store::leave_log_on_close(&connection, true)?;
        set_pragmas(&connection)?;
        migrate(&mut connection)?;
        let device = meta::find_array(&connection, "device")?;
        let device = device.ok_or(NotebookError::Damaged("journal without a device"))?;
        crate::store::leave_log_on_close(&connection, false)?;
        Ok(Self { connection, device: DeviceId(uuid::Uuid::from_bytes(device)) })
    }

    /// Makes the journal of a new notebook. One without entries, left by a crash, is made anew.
    pub(crate) fn create(dir: &Path, new: &NewJournal<'_>) -> Result<Self> {
        let path = dir.join(FILE);
        let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        set_pragmas(&connection)?;
        migrate(&mut connection)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if transaction.prepare("SELECT 1 FROM entry UNION ALL SELECT 1 FROM base")?.exists([])? {
            return Err(NotebookError::AlreadyExists("journal"));
        }
        new.put(&transaction)?;
        transaction.commit()?;
        crate::crypto::sync_folder(dir, "journal")?;
        Ok(Self { connection, device: new.device })
    }

    /// Whether closing leaves the write-ahead log beside the file: until all that belongs to it was read.
    pub(crate) fn leave_log_on_close(&self, leave: bool) -> Result<()> {
        crate::store::leave_log_on_close(&self.connection, leave)
    }

    /// Whose log it is.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The server's address.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn server(&self) -> Result<String> {
        let bytes = meta::find(&self.connection, "server")?;
        bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(NotebookError::Damaged("journal address"))
    }

    /// The server is there from now on.
    pub(crate) fn set_server(&mut self, server: &str) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        meta::put(&transaction, "server", server.as_bytes())?;
        Ok(transaction.commit()?)
    }

    /// The device's unit; none before enrolment and at the desk.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn unit(&self) -> Result<Option<UnitId>> {
        let bytes = meta::find(&self.connection, "unit")?;
        let text = bytes.map(String::from_utf8).transpose().map_err(|_| NotebookError::Damaged("journal unit"))?;
        Ok(text.map(UnitId::new))
    }

    /// The server's public key that receipts must be signed with; none before enrolment.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn server_key(&self) -> Result<Option<Vec<u8>>> {
        meta::find(&self.connection, "server_key")
    }

    /// Whether the notebook beside it belongs to this key check.
    pub(crate) fn key_check_is(&self, check: &[u8; 32]) -> Result<bool> {
        let ours = meta::find_array(&self.connection, "key_check")?;
        Ok(ours.is_none_or(|ours| &ours == check))
    }

    /// Takes over what the manifest says about the device's place, and whose word counts.
    pub(crate) fn pin(&mut self, unit: Option<&UnitId>, server_key: &[u8], admin_key: &[u8]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match unit {
            Some(unit) => meta::put(&transaction, "unit", unit.as_str().as_bytes())?,
            None => {
                meta::remove(&transaction, "unit")?;
            }
        }
        meta::put(&transaction, "server_key", server_key)?;
        meta::put(&transaction, wipe::ADMIN_KEY, admin_key)?;
        Ok(transaction.commit()?)
    }

    /// The end of the log.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn head(&self) -> Result<Head> {
        head(&self.connection, self.device)
    }

    /// The last entry that is not kept any more; number 0 if all are.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn base(&self) -> Result<Head> {
        base(&self.connection, self.device)
    }

    /// Removes entries 1…`through`, as far as the receipt in force says that they have a copy off the server, and clears
    /// the file of them. Gives how many went.
    ///
    /// # Errors
    /// [`NotebookError::WrongState`] if the receipt does not cover them all; the disk.
    pub(crate) fn forget_through(&mut self, through: u64) -> Result<u64> {
        let base = self.base()?;
        if through <= base.sequence {
            return Ok(0);
        }
        let state = self.state()?;
        let is_refused = state.refused.iter().any(|refused| refused.sequence <= through);
        let chain = self.chain_at(through)?.filter(|_| through <= state.backed_up && !is_refused);
        let chain = chain.ok_or(NotebookError::WrongState("entries without a copy"))?;
        let sequence = crate::store::to_sql(through)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO base (only, sequence, chain) VALUES (1, ?1, ?2)
             ON CONFLICT (only) DO UPDATE SET sequence = ?1, chain = ?2",
            params![sequence, chain.0],
        )?;
        transaction.execute("DELETE FROM entry WHERE sequence <= ?1", [sequence])?;
        transaction.commit()?;
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(through - base.sequence)
    }

    /// Number of entries that were written.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn len(&self) -> Result<u64> {
        Ok(self.head()?.sequence)
    }

    /// Whether nothing was ever saved.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// The chain value after an entry; that of an empty log at 0. None below the base and beyond the end.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn chain_at(&self, sequence: u64) -> Result<Option<Digest>> {
        if sequence == 0 {
            return Ok(Some(genesis(self.device)));
        }
        let base = self.base()?;
        if sequence == base.sequence {
            return Ok(Some(base.chain));
        }
        let mut statement = self.connection.prepare_cached("SELECT chain FROM entry WHERE sequence = ?1")?;
        let sequence = crate::store::to_sql(sequence)?;
        Ok(statement.query_row([sequence], |row| row.get(0)).optional()?.map(Digest))
    }

    /// The sealed bytes of an entry with their stream.
    pub(crate) fn find_sealed(&self, sequence: u64) -> Result<Option<(Stream, Vec<u8>)>> {
        let mut statement = self.connection.prepare_cached("SELECT stream, sealed FROM entry WHERE sequence = ?1")?;
        let sequence = crate::store::to_sql(sequence)?;
        let row: Option<(String, Vec<u8>)> =
            statement.query_row([sequence], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        row.map(|(stream, sealed)| Ok((parse_stream(&stream)?, sealed))).transpose()
    }

    /// Appends sealed bytes as entry `sequence`, signed; durable when this returns.
    ///
    /// # Errors
    /// [`NotebookError::WrongState`] if `sequence` is not the next one.
    pub(crate) fn append(
        &mut self,
        sequence: u64,
        stream: Stream,
        sealed: &[u8],
        sign: impl FnOnce(&[u8]) -> Bytes,
    ) -> Result<Head> {
        let device = self.device;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = head(&transaction, device)?;
        if before.sequence.checked_add(1) != Some(sequence) {
            return Err(NotebookError::WrongState("journal sequence"));
        }
        let chain = link(before.chain, sequence, stream, Digest::of(sealed));
        let signature = sign(&head_message(device, sequence, chain));
        transaction
            .prepare_cached(
                "INSERT INTO entry (sequence, stream, sealed, chain, signature) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![crate::store::to_sql(sequence)?, stream.code(), sealed, chain.0, signature.0])?;
        transaction.commit()?;
        Ok(Head { sequence, chain })
    }

    /// Recomputes every link and signature.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`] at the first that does not hold.
    pub fn verify(&self) -> Result<Head> {
        self.verify_after(self.base()?)
    }

    /// What sending needs: every value, and what the server is not known to hold.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`], [`NotebookError::JournalValue`].
    pub(crate) fn check(&self) -> Result<()> {
        meta::check_all(&self.connection)?;
        if let Some(receipt) = self.receipt()?
            && self.chain_at(receipt.stored)?.is_some_and(|chain| chain != receipt.head)
        {
            return Err(NotebookError::Damaged("journal"));
        }
        let stored = self.state()?.stored.max(self.base()?.sequence);
        let chain = self.chain_at(stored)?.ok_or(NotebookError::Damaged("journal"))?;
        self.verify_after(Head { sequence: stored, chain })?;
        Ok(())
    }

    fn verify_after(&self, mut head: Head) -> Result<Head> {
        let key = meta::find(&self.connection, "signing_key")?;
        let key = key.ok_or(NotebookError::Damaged("journal key"))?;
        while let Some(batch) = self.run_after(head.sequence, usize::MAX, usize::MAX, UnitId::new(""))? {
            for operation in &batch.operations {
                let sealed = Digest::of(&operation.sealed.0);
                head.chain = link(head.chain, operation.sequence, operation.stream, sealed);
                head.sequence = operation.sequence;
            }
            batch.verify(&key).map_err(|_| NotebookError::Damaged("journal"))?;
        }
        Ok(head)
    }

    fn put(&mut self, key: &str, value: &[u8]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        meta::put(&transaction, key, value)?;
        Ok(transaction.commit()?)
    }

    #[cfg(test)]
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn set_pragmas(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = 0;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA wal_autocheckpoint = 200;",
    )?;
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<()> {
    Migrations::from_slice(MIGRATIONS).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        _ => NotebookError::Internal("journal migration"),
    })
}

fn head(connection: &Connection, device: DeviceId) -> Result<Head> {
    let mut statement =
        connection.prepare_cached("SELECT sequence, chain FROM entry ORDER BY sequence DESC LIMIT 1")?;
    let last: Option<(i64, [u8; 32])> = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match last {
        Some((sequence, chain)) => Ok(Head { sequence: crate::store::from_sql(sequence)?, chain: Digest(chain) }),
        None => base(connection, device),
    }
}

fn base(connection: &Connection, device: DeviceId) -> Result<Head> {
    let mut statement = connection.prepare_cached("SELECT sequence, chain FROM base")?;
    let base: Option<(i64, [u8; 32])> = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match base {
        Some((sequence, chain)) => Ok(Head { sequence: crate::store::from_sql(sequence)?, chain: Digest(chain) }),
        None => Ok(Head { sequence: 0, chain: genesis(device) }),
    }
}

fn parse_stream(text: &str) -> Result<Stream> {
    text.parse().map_err(|_| NotebookError::Damaged("journal stream"))
}
