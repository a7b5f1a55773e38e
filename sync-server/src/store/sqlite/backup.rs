//! Copies of the whole file, and which backups are proved.

use super::{audit, log};
use crate::store::backup::{Newest, Proved, Verified};
use crate::store::fault::StoreFault;
use crate::store::row::{to_digest, to_integer, to_number};
use chrono::DateTime;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, params};
use std::path::Path;
use std::time::Duration;

const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Copies the file as it stands after some commit, through the online backup interface: in one step, so that writers go
/// on and never make it begin again. The copy has no files beside it.
pub fn copy(database: &Path, target: &Path) -> Result<(), StoreFault> {
    let source =
        Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    source.busy_timeout(BUSY_TIMEOUT)?;
    let mut copy = Connection::open(target)?;
    let step = Backup::new(&source, &mut copy)?.step(-1)?;
    if !matches!(step, StepResult::Done) {
        return Err(StoreFault::NotCommitted);
    }
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(copy.close().map_err(|(_, error)| error)?)
}

/// Notes a backup, and that what it holds of each log has a copy off this host. Of a log that has another chain value
/// there now nothing moves.
pub fn prove(connection: &Connection, proved: &Proved) -> Result<(), StoreFault> {
    let Verified { name, made_at, bytes, sha256, tried } = &proved.file;
    connection
        .prepare_cached(
            "INSERT INTO backup (name, made_at, bytes, sha256, tried) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name) DO NOTHING",
        )?
        .execute(params![name, made_at.timestamp(), to_integer(*bytes, "bytes")?, sha256.0, tried])?;
    if let Some(note) = proved.note() {
        audit::append(connection, &[note])?;
    }
    for held in &proved.held {
        if let Ok(Some((log, through))) = log::find_place(connection, held)? {
            connection
                .prepare_cached("UPDATE log SET copied = max(copied, ?2) WHERE id = ?1")?
                .execute([log, through])?;
        }
    }
    Ok(())
}

/// The backups that are known to lie elsewhere, newest first.
pub fn list(connection: &Connection) -> Result<Vec<Verified>, StoreFault> {
    let mut statement = connection
        .prepare_cached("SELECT name, made_at, bytes, sha256, tried FROM backup ORDER BY made_at DESC, name DESC")?;
    let mut rows = statement.query([])?;
    let mut backups = Vec::new();
    while let Some(row) = rows.next()? {
        backups.push(Verified {
            name: row.get(0)?,
            made_at: DateTime::from_timestamp(row.get(1)?, 0).ok_or(StoreFault::Column("made_at"))?,
            bytes: to_number(row.get(2)?, "bytes")?,
            sha256: to_digest(&row.get::<_, Vec<u8>>(3)?, "sha256")?,
            tried: row.get(4)?,
        });
    }
    Ok(backups)
}

/// When the newest was made, and the newest that was tried.
pub fn newest(connection: &Connection) -> Result<Newest, StoreFault> {
    let question = "SELECT max(made_at), max(made_at) FILTER (WHERE tried = 1) FROM backup";
    Ok(connection.query_row(question, [], |row| Ok(Newest::of(row.get(0)?, row.get(1)?)))?)
}

/// Forgets one that was removed from where it lay.
pub fn forget(connection: &Connection, name: &str) -> Result<(), StoreFault> {
    connection.prepare_cached("DELETE FROM backup WHERE name = ?1")?.execute([name])?;
    Ok(())
}
