//! Opening the database: version first, then settings, then migrations. The only place that knows both.

use crate::store::fault::StoreFault;
use chrono::{DateTime, Utc};
use domain::sync::ProgrammeId;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};
use rusqlite_migration::{M, Migrations};
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// Name of the database file in the data directory.
pub const FILE: &str = "mailbox.db";

const CREATE_MAILBOX: &str = include_str!("../../../migrations/sqlite/0001_create_mailbox.sql");
const STEPS: &[M<'_>] = &[M::up(CREATE_MAILBOX)];
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A database that is not opened. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// A later version of the server wrote it.
    #[error("database has version {found}, this server knows up to {known}")]
    TooNew {
        /// Version of the file.
        found: i64,
        /// Latest version known here.
        known: i64,
    },
    /// Not a database, or one with broken pages.
    #[error("database is damaged")]
    Damaged,
    /// No space left.
    #[error("disk is full")]
    DiskFull,
    /// Another program holds it.
    #[error("database is busy")]
    Busy,
    /// It belongs to another programme.
    #[error("database belongs to another programme")]
    OtherProgramme,
    /// It cannot be opened or written.
    #[error("database cannot be opened: {0}")]
    Unreachable(rusqlite::Error),
    /// The file cannot be created.
    #[error("database file cannot be created: {0}")]
    File(std::io::Error),
    /// The system gives no thread to write with.
    #[error("writing thread cannot be started: {0}")]
    Thread(std::io::Error),
    /// What it holds cannot be read.
    #[error(transparent)]
    Content(StoreFault),
    /// A migration does not run.
    #[error("database cannot be brought to this version: {0}")]
    Migration(rusqlite_migration::Error),
}

impl From<StoreFault> for OpenFault {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Sqlite(error) => error.into(),
            other => Self::Content(other),
        }
    }
}

impl From<rusqlite::Error> for OpenFault {
    fn from(error: rusqlite::Error) -> Self {
        // No room for the index of the log that is shared by all who read.
        if error.sqlite_error().is_some_and(|inner| inner.extended_code == SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Unreachable(error),
        }
    }
}

/// The latest version of the schema known here.
#[must_use]
pub fn known_version() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Opens, or creates, the database for writing. `now` moves the cursors on, see [`pass_old_cursors`].
///
/// # Errors
/// [`OpenFault`]. A newer database is not touched.
pub fn open_writer(path: &Path, programme: ProgrammeId, now: DateTime<Utc>) -> Result<Connection, OpenFault> {
    create_private(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    check_version(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    set_common(&connection)?;
    migrate(&mut connection)?;
    claim(&connection, programme, now)?;
    pass_old_cursors(&connection, now)?;
    Ok(connection)
}

/// Makes a database of a programme that is still empty, for a copy: one file, with none beside it.
///
/// # Errors
/// [`OpenFault`].
pub fn create_copy(path: &Path, programme: ProgrammeId, epoch: i64) -> Result<Connection, OpenFault> {
    create_private(path)?;
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    set_common(&connection)?;
    migrate(&mut connection)?;
    let claim = "INSERT INTO programme (only_row, id, epoch) VALUES (1, ?1, ?2)";
    connection.execute(claim, params![programme.0.as_bytes(), epoch])?;
    Ok(connection)
}

/// Brings a copy that nobody uses up to this version.
///
/// # Errors
/// [`OpenFault`].
pub fn bring_up(path: &Path) -> Result<(), OpenFault> {
    let mut connection = Connection::open(path)?;
    check_version(&connection)?;
    migrate(&mut connection)
}

/// Opens an existing database for reading.
///
/// # Errors
/// [`OpenFault`].
pub fn open_reader(path: &Path) -> Result<Connection, OpenFault> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    check_version(&connection)?;
    set_common(&connection)?;
    Ok(connection)
}

/// Version of the schema in the file; 0 for a new one.
///
/// # Errors
/// [`OpenFault`].
pub fn version(connection: &Connection) -> Result<i64, OpenFault> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Makes an empty file that only its owner may read; `SQLite` gives the files beside it the same permissions.
fn create_private(path: &Path) -> Result<(), OpenFault> {
    let created = OpenOptions::new().append(true).create(true).mode(0o600).open(path);
    match created {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::StorageFull => Err(OpenFault::DiskFull),
        Err(error) => Err(OpenFault::File(error)),
    }
}

fn migrate(connection: &mut Connection) -> Result<(), OpenFault> {
    Migrations::from_slice(STEPS).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => OpenFault::Migration(other),
    })
}

fn check_version(connection: &Connection) -> Result<(), OpenFault> {
    let (found, known) = (version(connection)?, known_version());
    if found > known {
        return Err(OpenFault::TooNew { found, known });
    }
    Ok(())
}

fn set_common(connection: &Connection) -> Result<(), OpenFault> {
    // No mapped file: a read error must be an error, not a signal.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    Ok(())
}

/// Whether the database is this programme's; also true of one that is nobody's yet.
///
/// # Errors
/// [`OpenFault::OtherProgramme`], or that it cannot be read.
pub fn check_owner(connection: &Connection, programme: ProgrammeId) -> Result<(), OpenFault> {
    match find_owner(connection)? {
        Some(owner) if owner != programme.0.as_bytes() => Err(OpenFault::OtherProgramme),
        _ => Ok(()),
    }
}

fn claim(connection: &Connection, programme: ProgrammeId, now: DateTime<Utc>) -> Result<(), OpenFault> {
    check_owner(connection, programme)?;
    connection.execute(
        "INSERT INTO programme (only_row, id, epoch) VALUES (1, ?1, ?2) ON CONFLICT DO NOTHING",
        params![programme.0.as_bytes(), now.timestamp()],
    )?;
    Ok(())
}

/// When the database was made, or restored: seconds since 1970 UTC.
///
/// # Errors
/// [`OpenFault`].
pub fn epoch(connection: &Connection) -> Result<i64, OpenFault> {
    Ok(connection.query_row("SELECT epoch FROM programme", [], |row| row.get(0))?)
}

/// A database that was lost, or put back from an older copy, must not give out cursors that readers have passed: what
/// the phones send again would never be read. So every start continues at the microseconds of the clock, which no
/// earlier run has reached.
fn pass_old_cursors(connection: &Connection, now: DateTime<Utc>) -> Result<(), OpenFault> {
    connection.execute(
        "INSERT INTO sqlite_sequence (name, seq) SELECT 'operation', 0
         WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'operation')",
        [],
    )?;
    connection
        .execute("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = 'operation'", [now.timestamp_micros()])?;
    Ok(())
}

fn find_owner(connection: &Connection) -> Result<Option<Vec<u8>>, OpenFault> {
    Ok(connection.query_row("SELECT id FROM programme", [], |row| row.get(0)).optional()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::sync::chain::Digest;
    use uuid::Uuid;

    const PROGRAMME: ProgrammeId = ProgrammeId(Uuid::from_u128(1));

    #[test]
    fn released_migrations_are_never_edited() {
        let released = ["df9354a16e487fe9b4bc655413cd16222b4a484e98c30e96ad1ccd09c8d0f28f"];
        let files = [CREATE_MAILBOX];
        assert_eq!(files.len(), STEPS.len());
        for (file, hash) in files.iter().zip(released) {
            assert_eq!(Digest::of(file.as_bytes()).to_string(), hash);
        }
    }

    #[test]
    fn database_that_was_lost_gives_out_no_cursor_again() {
        let cursor_after = |now: &str| {
            let folder = tempfile::tempdir().unwrap();
            let writer = open_writer(&folder.path().join(FILE), PROGRAMME, now.parse().unwrap()).unwrap();
            let next = "SELECT seq FROM sqlite_sequence WHERE name = 'operation'";
            writer.query_row(next, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        let before = cursor_after("2026-03-12T02:00:00Z");
        assert!(cursor_after("2026-03-13T09:00:00Z") > before + 1_000_000, "room for all that a day brings");
    }

    #[test]
    fn opens_twice_with_the_settings_that_keep_what_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        drop(open_writer(&path, PROGRAMME, DateTime::UNIX_EPOCH).unwrap());
        let writer = open_writer(&path, PROGRAMME, DateTime::UNIX_EPOCH).unwrap();
        let pragma = |name: &str| -> String {
            writer.query_row(&format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"), [], |row| row.get(0)).unwrap()
        };
        assert_eq!(pragma("journal_mode"), "wal");
        assert_eq!(pragma("synchronous"), "2", "FULL");
        assert_eq!(pragma("secure_delete"), "1");
        assert_eq!(pragma("foreign_keys"), "1");
        assert_eq!(version(&writer).unwrap(), known_version());
        let strict: i64 = writer
            .query_one(
                "SELECT count(*) FROM pragma_table_list WHERE NOT strict AND name NOT LIKE 'sqlite_%'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(strict, 0, "every table is STRICT");
        assert!(open_reader(&path).unwrap().execute("DELETE FROM log", []).is_err(), "the reader cannot write");
    }

    #[test]
    fn refuses_newer_database_and_touches_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let newer = Connection::open(&path).unwrap();
        newer.execute_batch("CREATE TABLE later (x); PRAGMA user_version = 99").unwrap();
        drop(newer);
        let before = std::fs::read(&path).unwrap();
        let refused = open_writer(&path, PROGRAMME, DateTime::UNIX_EPOCH);
        assert!(matches!(refused, Err(OpenFault::TooNew { found: 99, known: 1 })));
        assert_eq!(std::fs::read(&path).unwrap(), before);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn refuses_what_is_not_a_database() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let rubbish = b"this is no database, and it is long enough to be looked at".repeat(90);
        std::fs::write(&path, &rubbish).unwrap();
        assert!(matches!(open_writer(&path, PROGRAMME, DateTime::UNIX_EPOCH), Err(OpenFault::Damaged)));
        assert_eq!(std::fs::read(&path).unwrap(), rubbish);
    }

    #[test]
    fn refuses_database_of_another_programme() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        drop(open_writer(&path, PROGRAMME, DateTime::UNIX_EPOCH).unwrap());
        let other = ProgrammeId(Uuid::from_u128(2));
        assert!(matches!(open_writer(&path, other, DateTime::UNIX_EPOCH), Err(OpenFault::OtherProgramme)));
    }
}
