//! Reading copies of the file, apart from any running server.

use crate::store::fault::StoreFault;
use crate::store::row::{to_code, to_device, to_digest, to_number};
use chrono::{DateTime, NaiveDate, Utc};
use domain::sync::chain::{Digest, genesis, link};
use domain::sync::pull::HeldLog;
use domain::sync::{DeviceId, ProgrammeId, Stream};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::path::Path;

/// Where a backup came from: a table that is in backups alone.
pub struct Origin {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The key that signs receipts, as the file in the data directory has it.
    pub server_key: Vec<u8>,
}

/// How many there are.
pub struct Counts {
    /// Number of the manifest in force.
    pub manifest: Option<u64>,
    /// Logs.
    pub logs: u64,
    /// Operations.
    pub operations: u64,
    /// With sealed bytes.
    pub sealed: u64,
    /// Without, as they were kept long enough.
    pub removed: u64,
    /// Set aside.
    pub refused: u64,
    /// Batches in quarantine.
    pub quarantined: u64,
    /// Day of the last arrival.
    pub received_on: Option<NaiveDate>,
}

/// Opens a copy. Nobody else uses it.
pub fn connect(path: &Path) -> Result<Connection, StoreFault> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    Ok(connection)
}

/// Puts where it came from into a copy.
pub fn put_origin(path: &Path, origin: &Origin) -> Result<(), StoreFault> {
    let connection = connect(path)?;
    connection.execute_batch(
        "CREATE TABLE origin (
             only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
             made_at    INTEGER NOT NULL,
             server_key BLOB NOT NULL
         ) STRICT",
    )?;
    connection.execute(
        "INSERT INTO origin (only_row, made_at, server_key) VALUES (1, ?1, ?2)",
        params![origin.made_at.timestamp(), origin.server_key],
    )?;
    Ok(connection.close().map_err(|(_, error)| error)?)
}

/// Where a copy came from; none of a bare database.
pub fn origin(connection: &Connection) -> Result<Option<Origin>, StoreFault> {
    if !connection.table_exists(None, "origin")? {
        return Ok(None);
    }
    let row: Option<(i64, Vec<u8>)> = connection
        .query_row("SELECT made_at, server_key FROM origin", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(at, server_key)| {
        let made_at = DateTime::from_timestamp(at, 0).ok_or(StoreFault::Column("made_at"))?;
        Ok(Origin { made_at, server_key })
    })
    .transpose()
}

/// Makes a copy the database of a server that begins now: it has another epoch.
pub fn begin_anew(path: &Path, now: DateTime<Utc>) -> Result<(), StoreFault> {
    let connection = connect(path)?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.execute_batch("DROP TABLE IF EXISTS origin")?;
    connection.execute("UPDATE programme SET epoch = max(epoch + 1, ?1)", [now.timestamp()])?;
    Ok(connection.close().map_err(|(_, error)| error)?)
}

/// Version of the schema.
pub fn version(connection: &Connection) -> Result<i64, StoreFault> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Whose it is.
pub fn programme(connection: &Connection) -> Result<ProgrammeId, StoreFault> {
    let id: Vec<u8> = connection.query_row("SELECT id FROM programme", [], |row| row.get(0))?;
    uuid::Uuid::from_slice(&id).map(ProgrammeId).map_err(|_| StoreFault::Column("programme"))
}

/// Every page, every index, every reference.
pub fn check_pages(connection: &Connection) -> Result<(), StoreFault> {
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    let mut references = connection.prepare("PRAGMA foreign_key_check")?;
    if verdict == "ok" && !references.exists([])? { Ok(()) } else { Err(StoreFault::Column("page")) }
}

/// How far the chain of each log holds, from its beginning, and how many do not hold to their end.
pub fn check_chains(connection: &Connection) -> Result<(Vec<HeldLog>, usize), StoreFault> {
    let mut logs = connection.prepare("SELECT id, device, stored, head FROM log ORDER BY id")?;
    let mut rows = logs.query([])?;
    let (mut held, mut broken) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let device = to_device(&row.get::<_, Vec<u8>>(1)?)?;
        let log = holds_until(connection, row.get(0)?, device)?;
        let stored = to_number(row.get(2)?, "stored")?;
        let head = to_digest(&row.get::<_, Vec<u8>>(3)?, "head")?;
        if log.through != stored || log.head != head {
            broken += 1;
        }
        if log.through <= stored {
            held.push(log);
        }
    }
    Ok((held, broken))
}

/// Of an operation without bytes there is only its chain value to go by.
fn holds_until(connection: &Connection, log: i64, device: DeviceId) -> Result<HeldLog, StoreFault> {
    let mut statement = connection
        .prepare_cached("SELECT sequence, stream, chain, sealed FROM operation WHERE log_id = ?1 ORDER BY sequence")?;
    let mut rows = statement.query([log])?;
    let mut held = HeldLog { device, through: 0, head: genesis(device) };
    while let Some(row) = rows.next()? {
        let sequence = to_number(row.get(0)?, "sequence")?;
        let stream: Stream = to_code(&row.get::<_, String>(1)?, "stream")?;
        let chain = to_digest(&row.get::<_, Vec<u8>>(2)?, "chain")?;
        let sealed = row.get_ref(3)?.as_blob_or_null().map_err(|_| StoreFault::Column("sealed"))?;
        let follows = sealed.is_none_or(|sealed| link(held.head, sequence, stream, Digest::of(sealed)) == chain);
        if held.through.checked_add(1) != Some(sequence) || !follows {
            break;
        }
        held = HeldLog { device, through: sequence, head: chain };
    }
    Ok(held)
}

/// Counts what there is.
pub fn count(connection: &Connection) -> Result<Counts, StoreFault> {
    let number =
        |sql: &str| -> Result<u64, StoreFault> { to_number(connection.query_row(sql, [], |row| row.get(0))?, "count") };
    let manifest: Option<i64> = connection.query_row("SELECT max(number) FROM manifest", [], |row| row.get(0))?;
    Ok(Counts {
        manifest: manifest.map(|manifest| to_number(manifest, "manifest")).transpose()?,
        logs: number("SELECT count(*) FROM log")?,
        operations: number("SELECT count(*) FROM operation")?,
        sealed: number("SELECT count(*) FROM operation WHERE sealed IS NOT NULL")?,
        removed: number("SELECT count(*) FROM operation WHERE removed_on IS NOT NULL")?,
        refused: number("SELECT count(*) FROM operation WHERE refused IS NOT NULL")?,
        quarantined: number("SELECT count(*) FROM quarantine")?,
        received_on: connection.query_row(
            "SELECT max(received_on) FROM (SELECT received_on FROM log UNION ALL SELECT received_on FROM quarantine)",
            [],
            |row| row.get(0),
        )?,
    })
}
