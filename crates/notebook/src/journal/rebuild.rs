//! A damaged journal made anew from what the notebook keeps of it, byte for byte (ADR 17).
//!
//! The notebook holds the sealed bytes of every entry that the journal holds. The same bytes under the same numbers give the
//! same chain and, as Ed25519 draws nothing, the same signatures: for the server it is the same log, never a fork.
//! What the damaged file has beyond the notebook's end (a notebook put back from an older copy) is taken over where chain
//! and signature prove it.
//!
//! Invariant: the damaged file is copied aside, `journal.db.damaged-<n>`, before anything is changed, and is never removed
//! for itself. A crash in between leaves the damaged journal or the new one, or one that lacks its log and is brought
//! up to date from the notebook's copies at the next opening.

use super::{FILE, Head, Journal, LOG, NewJournal, connect, meta, migrate, parse_stream, receipt, wipe};
use crate::error::{NotebookError, Result, io_error};
use crate::store::own_entry::OwnEntry;
use domain::ids::UnitId;
use domain::sync::Stream;
use domain::sync::chain::{Bytes, genesis, head_message};
use ring::signature::{ED25519, UnparsedPublicKey};
use rusqlite::{Connection, OpenFlags, params};
use std::collections::BTreeMap;
use std::path::Path;

/// The new file until it has its name.
const UNFINISHED: &str = "journal.db.new";
/// What belongs to an SQLite file.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// What the notebook knows of its journal.
pub(crate) struct Known<'a> {
    /// Whose it is and where it is sent.
    pub(crate) new: NewJournal<'a>,
    /// The device's unit.
    pub(crate) unit: Option<&'a UnitId>,
    /// The server's public key.
    pub(crate) server_key: Option<&'a [u8]>,
    /// The last entry that is not kept any more.
    pub(crate) base: Option<Head>,
    /// The entries after it, without a gap.
    pub(crate) entries: Vec<OwnEntry>,
}

/// A journal that was made anew.
pub(crate) struct Rebuilt {
    /// The journal.
    pub(crate) journal: Journal,
    /// The damaged file tells of entries up to this one, beyond its end, that nothing whole is left of: their
    /// numbers are used.
    pub(crate) lost_after: Option<u64>,
}

/// Keeps the damaged journal aside and makes it anew.
///
/// # Errors
/// [`NotebookError::Damaged`] if the entries do not follow each other; the disk. The damaged file is as it was, then.
pub(crate) fn rebuild(dir: &Path, known: Known<'_>, sign: impl Fn(&[u8]) -> Bytes) -> Result<Rebuilt> {
    keep_aside(dir)?;
    let device = known.new.device;
    let mut head = known.base.unwrap_or(Head { sequence: 0, chain: genesis(device) });
    let mut found = Found::read(dir);
    let fresh = dir.join(UNFINISHED);
    remove_parts(&fresh)?;
    let mut connection = connect(&fresh, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    migrate(&mut connection)?;
    let transaction = connection.transaction()?;
    known.new.put(&transaction)?;
    if let Some(unit) = known.unit {
        meta::put(&transaction, "unit", unit.as_str().as_bytes())?;
    }
    if let Some(key) = known.server_key {
        meta::put(&transaction, "server_key", key)?;
    }
    for (key, value) in &found.values {
        meta::put(&transaction, key, value)?;
    }
    if let Some(base) = known.base {
        let sequence = crate::store::to_sql(base.sequence)?;
        transaction
            .execute("INSERT INTO base (only, sequence, chain) VALUES (1, ?1, ?2)", params![sequence, base.chain.0])?;
    }
    for entry in known.entries {
        let next = head.after(entry.stream, &entry.sealed);
        if next.sequence != entry.sequence || next.chain != entry.chain {
            return Err(NotebookError::Damaged("copies of the journal"));
        }
        head = next;
        insert(
            &transaction,
            head,
            &entry.sealed,
            entry.stream,
            &sign(&head_message(device, head.sequence, head.chain)),
        )?;
    }
    let key = UnparsedPublicKey::new(&ED25519, known.new.signing_key);
    while let Some((stream, sealed, signature)) =
        head.sequence.checked_add(1).and_then(|next| found.entries.remove(&next))
    {
        let next = head.after(stream, &sealed);
        if key.verify(&head_message(device, next.sequence, next.chain), &signature).is_err() {
            break;
        }
        head = next;
        insert(&transaction, head, &sealed, stream, &Bytes(signature))?;
    }
    transaction.commit()?;
    connection.close().map_err(|(_, error)| NotebookError::from(error))?;
    std::fs::File::open(&fresh).and_then(|file| file.sync_all()).map_err(io_error("journal"))?;
    // Its log must not be read into the new file.
    for part in ["-wal", "-shm"] {
        remove(&dir.join(format!("{FILE}{part}")))?;
    }
    std::fs::rename(&fresh, dir.join(FILE)).map_err(io_error("journal"))?;
    crate::crypto::sync_folder(dir, "journal")?;
    let lost_after = found.last.filter(|last| *last > head.sequence);
    Ok(Rebuilt { journal: Journal::open(dir)?, lost_after })
}

fn insert(connection: &Connection, head: Head, sealed: &[u8], stream: Stream, signature: &Bytes) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO entry (sequence, stream, sealed, chain, signature) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![crate::store::to_sql(head.sequence)?, stream.code(), sealed, head.chain.0, signature.0])?;
    Ok(())
}

/// What a damaged journal still gives.
#[derive(Default)]
struct Found {
    /// Values that the notebook does not have: receipt, and how far an order to wipe has come.
    values: Vec<(&'static str, Vec<u8>)>,
    /// Entries that can be read; nothing is proved yet.
    entries: BTreeMap<u64, (Stream, Vec<u8>, Vec<u8>)>,
    /// The last place that has one, readable or not.
    last: Option<u64>,
}

impl Found {
    /// As far as it can be read. SQLite may fold its log in: that is copied aside by now.
    fn read(dir: &Path) -> Self {
        let mut found = Self::default();
        if let Ok(connection) = connect(&dir.join(FILE), OpenFlags::SQLITE_OPEN_READ_WRITE) {
            for key in [receipt::RECEIPT, receipt::SIGNATURE, wipe::ORDER, wipe::CONFIRMED] {
                if let Ok(Some(value)) = meta::find(&connection, key) {
                    found.values.push((key, value));
                }
            }
            // What breaks off in between was read up to there.
            if let Err(error) = found.read_entries(&connection) {
                tracing::warn!(code = %error.code(), "the damaged journal was not read whole");
            }
        }
        found
    }

    fn read_entries(&mut self, connection: &Connection) -> Result<()> {
        let mut statement =
            connection.prepare("SELECT sequence, stream, sealed, signature FROM entry ORDER BY sequence")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let sequence = crate::store::from_sql(row.get(0)?)?;
            self.last = self.last.max(Some(sequence));
            let read = || -> Result<(Stream, Vec<u8>, Vec<u8>)> {
                Ok((parse_stream(&row.get::<_, String>(1)?)?, row.get(2)?, row.get(3)?))
            };
            if let Ok(entry) = read() {
                self.entries.insert(sequence, entry);
            }
        }
        Ok(())
    }
}

/// Copies the damaged file and its log under the first free number.
fn keep_aside(dir: &Path) -> Result<()> {
    let fault = io_error("damaged journal");
    let aside = |number: u32, part: &str| dir.join(format!("{FILE}.damaged-{number}{part}"));
    let number = (1..=u32::MAX).find(|number| PARTS.iter().all(|part| !aside(*number, part).exists()));
    let number = number.ok_or(NotebookError::Internal("damaged journals"))?;
    for (from, part) in [(FILE, ""), (LOG, "-wal")] {
        match std::fs::copy(dir.join(from), aside(number, part)) {
            Ok(_) => std::fs::File::open(aside(number, part)).and_then(|file| file.sync_all()).map_err(&fault)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(fault(error)),
        }
    }
    crate::crypto::sync_folder(dir, "damaged journal")
}

fn remove_parts(path: &Path) -> Result<()> {
    for part in PARTS {
        let mut name = path.as_os_str().to_owned();
        name.push(part);
        remove(Path::new(&name))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io_error("journal")(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
