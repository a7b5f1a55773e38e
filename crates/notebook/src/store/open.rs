//! Opening `notebook.db`, in one place: key first, then pragmas, then the version, then migrations.
//!
//! A first look is taken read-only, so that a file whose first page is damaged, that is too new or of another key stays
//! byte for byte as it is. The other pages are verified when they are read, and all of them by [`super::check`]. Before an upgrade the encrypted file is copied; the copy goes after the first clean opening at the new version.

use super::Store;
use super::check::WholeCheck;
use crate::crypto::DataKey;
use crate::error::{NotebookError, Result, io_error};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The file inside the notebook's folder.
pub(crate) const FILE: &str = "notebook.db";
const UNFINISHED: &str = "notebook.db.new";
/// SQLCipher's page.
const PAGE_BYTES: u64 = 4_096;
/// Commits that a power cut may take back: one that is being synced, and one before it that need not be.
const UNSYNCED: usize = 2;
/// Statements kept prepared: more than the commands of a night have together.
const STATEMENTS: usize = 128;

/// The schema, oldest first. Released files are never edited.
pub(super) const MIGRATIONS: &[M<'static>] =
    &[M::up(include_str!("migrations/0001_first.sql")), M::up(include_str!("migrations/0002_course.sql"))];

/// Whether the file's key is known to be ours, by the key check kept outside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyCheck {
    /// It matches: what does not open is damaged.
    Ours,
    /// It does not: nothing is wrong with the file.
    Foreign,
}

/// Makes a new store, filled by `fill`. It appears under its name only when it is whole.
pub(crate) fn create(dir: &Path, key: &DataKey, fill: impl FnOnce(&mut Store) -> Result<()>) -> Result<()> {
    if dir.join(FILE).exists() {
        return Err(NotebookError::AlreadyExists("notebook"));
    }
    let fresh = dir.join(UNFINISHED);
    // What a crash left of an earlier attempt never had its name, hence never an acknowledged record.
    for leftover in [fresh.clone(), with_suffix(&fresh, "-wal"), with_suffix(&fresh, "-shm")] {
        match std::fs::remove_file(leftover) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io_error("notebook")(error)),
            _ => {}
        }
    }
    let mut connection = connect(&fresh, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    set_pragmas(&connection)?;
    migrate(&mut connection, &Migrations::from_slice(MIGRATIONS))?;
    let mut store = Store { connection, check: Arc::new(WholeCheck::new(None)) };
    fill(&mut store)?;
    store.checkpoint()?;
    drop(store);
    std::fs::rename(&fresh, dir.join(FILE)).map_err(io_error("notebook"))?;
    crate::crypto::sync_folder(dir, "notebook")
}

/// Opens the store.
///
/// # Errors
/// `Absent`, `WrongKey`, `Damaged`, `TooNew`, `DiskFull`, `Busy`, `Unreadable`.
pub(crate) fn open(dir: &Path, key: &DataKey, check: KeyCheck) -> Result<Store> {
    open_with(dir, key, check, MIGRATIONS)
}

pub(super) fn open_with(dir: &Path, key: &DataKey, check: KeyCheck, migrations: &[M<'static>]) -> Result<Store> {
    let path = dir.join(FILE);
    if !path.exists() {
        return Err(NotebookError::Absent);
    }
    if check == KeyCheck::Foreign {
        return Err(NotebookError::WrongKey);
    }
    super::wal::check(&with_suffix(&path, "-wal"), UNSYNCED)?;
    let (version, reader) = look(&path, key)?;
    let latest = migrations.len();
    if version > latest {
        return Err(NotebookError::TooNew);
    }
    let mut connection = connect(&path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    super::leave_log_on_close(&connection, true)?;
    set_pragmas(&connection)?;
    if version < latest {
        copy_aside(&connection, &path, version)?;
        migrate(&mut connection, &Migrations::from_slice(migrations))?;
    } else {
        remove_copies(&path, latest)?;
    }
    Ok(Store { connection, check: Arc::new(WholeCheck::new(Some(reader))) })
}

/// Reads the version without writing, and gives the connection that only reads.
fn look(path: &Path, key: &DataKey) -> Result<(usize, Connection)> {
    let connection = connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).map_err(|_| NotebookError::Damaged("schema version"))?;
    if version == 0 {
        return Err(NotebookError::Damaged("notebook without a schema"));
    }
    // With a log beside it the end of the main file may be half written and yet be whole in the log.
    let bytes = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    if bytes(&with_suffix(path, "-wal")) == 0 && bytes(path) % PAGE_BYTES != 0 {
        return Err(NotebookError::Damaged("notebook"));
    }
    Ok((version, connection))
}

fn connect(path: &Path, key: &DataKey, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let raw = key.database_key()?;
    let hex = Zeroizing::new(data_encoding::HEXLOWER.encode(raw.as_slice()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()));
    // SQLCipher tells failures to standard error otherwise; they are reported once, as codes.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&pragma)?;
    connection.execute_batch("PRAGMA cipher_memory_security = ON")?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // The first page is read here: a wrong key and a damaged page look the same to SQLCipher.
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Ok(()) => Ok(connection),
        Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == ErrorCode::NotADatabase => {
            Err(NotebookError::Damaged("notebook"))
        }
        Err(error) => Err(error.into()),
    }
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
         PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 200;",
    )?;
    Ok(())
}

fn migrate(connection: &mut Connection, migrations: &Migrations<'_>) -> Result<()> {
    migrations.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        rusqlite_migration::Error::MigrationDefinition(_) => NotebookError::TooNew,
        _ => NotebookError::Internal("migration"),
    })
}

fn copy_aside(connection: &Connection, path: &Path, version: usize) -> Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let fault = io_error("copy before the upgrade");
    let copy = with_suffix(path, &format!(".before-{}", version + 1));
    std::fs::copy(path, &copy).map_err(&fault)?;
    std::fs::File::open(&copy).and_then(|file| file.sync_all()).map_err(fault)
}

fn remove_copies(path: &Path, latest: usize) -> Result<()> {
    for version in 2..=latest {
        match std::fs::remove_file(with_suffix(path, &format!(".before-{version}"))) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(io_error("copy before the upgrade")(error));
            }
            _ => {}
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
