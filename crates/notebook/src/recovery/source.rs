//! The three kinds of source, each read as far as it can be read.

use super::{Gathered, Trouble, Why};
use crate::error::{NotebookError, Result};
use crate::store::wal;
use domain::ids::{DeviceId, UnitId};
use domain::sync::Stream;
use domain::sync::chain::{Bytes, Digest, genesis, link};
use domain::sync::error::RefusalCode;
use domain::sync::file::NightFile;
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::{Cursor, Envelope};
use domain::sync::push::{Batch, SealedOperation};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Statement};
use std::collections::BTreeMap;
use std::path::Path;

impl Gathered {
    /// Reads the journal of a phone or a desk: a copy of `journal.db`, with its `-wal` beside it if there is one. Gives
    /// the number of operations in it.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`] if it is no journal; the disk. A row that cannot be read is no error.
    pub fn add_journal(&mut self, path: &Path) -> Result<usize> {
        // SQLite reads a damaged log as a shorter one.
        let is_log_whole = wal::check(&path.with_extension("db-wal"), 1).is_ok();
        let connection = connect(path)?;
        let device: Vec<u8> = meta(&connection, "device")?.ok_or(NotebookError::Damaged("journal without a device"))?;
        let device = uuid::Uuid::from_slice(&device).map_err(|_| NotebookError::Damaged("journal device"))?;
        let device = DeviceId(device);
        let key: Option<Vec<u8>> = meta(&connection, "signing_key")?;
        let unit: Option<Vec<u8>> = meta(&connection, "unit")?;
        let unit = UnitId::new(unit.and_then(|unit| String::from_utf8(unit).ok()).unwrap_or_default());
        let read = |row: &Row<'_>| {
            let operation = SealedOperation {
                sequence: sequence_of(row.get(0)?)?,
                stream: stream_of(&row.get::<_, String>(1)?)?,
                sealed: Bytes(row.get(2)?),
                signature: Bytes(row.get(3)?),
            };
            Ok((operation.sequence, (operation, Digest(row.get(4)?))))
        };
        let sql = "SELECT sequence, stream, sealed, signature, chain FROM entry ORDER BY sequence";
        let (rows, is_whole) = read_all(&connection, sql, read)?;
        if !is_whole || !is_log_whole {
            self.troubles.insert(Trouble { device: Some(device), ..Trouble::general(Why::Unreadable) });
        }
        let count = rows.len();
        let mut chains: BTreeMap<u64, Digest> = rows.iter().map(|(sequence, (_, chain))| (*sequence, *chain)).collect();
        // What lies before it is not in a journal any more: it has a copy off the server.
        chains.extend(base(&connection)?);
        for (sequence, (operation, chain)) in rows {
            let before = sequence.checked_sub(1).and_then(|before| chains.get(&before)).copied();
            let (cursor, unit) = (Cursor::default(), unit.clone());
            let previous = before.unwrap_or_else(|| genesis(device));
            self.reach(device, sequence);
            self.add(Envelope { cursor, unit, device, operation, previous, chain, refused: None }, false);
        }
        let server: Option<Vec<u8>> = meta(&connection, "server")?;
        self.servers.extend(server.and_then(|text| String::from_utf8(text).ok()).filter(|text| !text.is_empty()));
        self.own_keys.extend(key.map(|key| (device, key)));
        Ok(count)
    }

    /// Reads a server's database, in use or from a backup: a copy of `mailbox.db`, with its `-wal` beside it if there
    /// is one. Gives the number of operations in it, those in quarantine with them.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`] if it is no such database; the disk. A row that cannot be read is no error.
    pub fn add_mailbox(&mut self, path: &Path) -> Result<usize> {
        let connection = connect(path)?;
        let mut statement = prepare(&connection, "SELECT manifest, signature FROM manifest")?;
        let manifest: Option<(Vec<u8>, Vec<u8>)> =
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let manifest =
            manifest.map(|(json, signature)| SignedManifest { manifest: Bytes(json), signature: Bytes(signature) });
        self.manifests.extend(manifest);
        let read = |row: &Row<'_>| {
            let device = DeviceId(row.get(0)?);
            let sealed: Option<Vec<u8>> = row.get(4)?;
            let refused: Option<String> = row.get(6)?;
            let operation = SealedOperation {
                sequence: sequence_of(row.get(1)?)?,
                stream: stream_of(&row.get::<_, String>(3)?)?,
                sealed: Bytes(sealed.unwrap_or_default()),
                signature: Bytes(row.get(5)?),
            };
            let envelope = Envelope {
                cursor: Cursor::default(),
                unit: UnitId::new(row.get::<_, String>(2)?),
                device,
                previous: genesis(device),
                chain: Digest(row.get(7)?),
                // Whatever the reason is called: what counts is that there are no bytes.
                refused: refused.filter(|_| operation.sealed.0.is_empty()).map(|code| match code.as_str() {
                    "removed" => RefusalCode::Removed,
                    _ => RefusalCode::TooLarge,
                }),
                operation,
            };
            Ok(((device, envelope.operation.sequence), envelope))
        };
        let sql = "SELECT log.device, operation.sequence, operation.unit, operation.stream, operation.sealed,
                          operation.signature,
                          coalesce(operation.refused, CASE WHEN operation.sealed IS NULL THEN 'removed' END),
                          operation.chain
                   FROM operation JOIN log ON log.id = operation.log_id ORDER BY operation.cursor";
        let (rows, is_whole) = read_all(&connection, sql, read)?;
        if !is_whole {
            self.troubles.insert(Trouble::general(Why::Unreadable));
        }
        let mut count = rows.len();
        let chains: BTreeMap<(DeviceId, u64), Digest> = rows.iter().map(|(place, row)| (*place, row.chain)).collect();
        for ((device, sequence), mut envelope) in rows {
            let before = sequence.checked_sub(1).and_then(|before| chains.get(&(device, before)));
            envelope.previous = before.copied().unwrap_or(envelope.previous);
            self.reach(device, sequence);
            self.add(envelope, false);
        }
        count += self.add_quarantine(&connection)?;
        Ok(count)
    }

    /// Batches that a server keeps apart, byte for byte as they came.
    fn add_quarantine(&mut self, connection: &Connection) -> Result<usize> {
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
        let (rows, is_whole) = read_all(connection, "SELECT id, body FROM quarantine ORDER BY id", read)?;
        if !is_whole {
            self.troubles.insert(Trouble::general(Why::Unreadable));
        }
        let mut count = 0;
        for body in rows.into_values() {
            let Ok(batch) = serde_json::from_slice::<Batch>(&body) else {
                self.troubles.insert(Trouble::general(Why::Damaged));
                continue;
            };
            let Batch { unit, device, mut previous, operations, .. } = batch;
            for operation in operations {
                let chain = link(previous, operation.sequence, operation.stream, Digest::of(&operation.sealed.0));
                let (cursor, unit) = (Cursor::default(), unit.clone());
                self.add(Envelope { cursor, unit, device, operation, previous, chain, refused: None }, true);
                previous = chain;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Reads a `.uscita` file: the operations of one outing. Gives their number.
    ///
    /// # Errors
    /// [`NotebookError::BadFile`].
    pub fn add_night_file(&mut self, bytes: &[u8]) -> Result<usize> {
        let file = NightFile::read(bytes)?;
        let count = file.envelopes.len();
        self.manifests.push(file.manifest);
        for envelope in file.envelopes {
            self.add(envelope, false);
        }
        Ok(count)
    }
}

fn connect(path: &Path) -> Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA trusted_schema = OFF;")?;
    Ok(connection)
}

fn meta(connection: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
    let mut statement = prepare(connection, "SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// The place and chain value that a journal begins after, if it does not begin at 1.
fn base(connection: &Connection) -> Result<Option<(u64, Digest)>> {
    let mut statement = prepare(connection, "SELECT sequence, chain FROM base")?;
    Ok(statement.query_row([], |row| Ok((sequence_of(row.get(0)?)?, Digest(row.get(1)?)))).optional()?)
}

/// A statement for a file of ours: a file without its tables is something else.
fn prepare<'a>(connection: &'a Connection, sql: &str) -> Result<Statement<'a>> {
    connection.prepare(sql).map_err(|error| match error.into() {
        NotebookError::Internal(_) => NotebookError::Damaged("a database of something else"),
        other => other,
    })
}

/// Reads rows in order until one cannot be read, and then from the end until one cannot be read: what lies on both
/// sides of a damaged page. With whether that was all.
fn read_all<K: Ord, V>(
    connection: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<(K, V)>,
) -> Result<(BTreeMap<K, V>, bool)> {
    let mut all = BTreeMap::new();
    for order in ["", " DESC"] {
        let mut statement = prepare(connection, &format!("{sql}{order}"))?;
        let mut rows = statement.query([])?;
        loop {
            match rows.next().and_then(|row| row.map(&read).transpose()) {
                Ok(Some((key, value))) => drop(all.entry(key).or_insert(value)),
                Ok(None) => return Ok((all, true)),
                Err(_) => break,
            }
        }
    }
    Ok((all, false))
}

fn sequence_of(number: i64) -> rusqlite::Result<u64> {
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, number))
}

fn stream_of(code: &str) -> rusqlite::Result<Stream> {
    code.parse().map_err(|_| rusqlite::Error::InvalidQuery)
}
