//! The sealed bytes of every entry that the device's own journal holds: what a damaged journal is made anew from.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use crate::journal::Head;
use domain::sync::Stream;
use domain::sync::chain::Digest;
use rusqlite::{Connection, OptionalExtension, params};

/// One entry as it was appended.
pub(crate) struct OwnEntry {
    /// Its place.
    pub(crate) sequence: u64,
    /// Its stream.
    pub(crate) stream: Stream,
    /// Its bytes.
    pub(crate) sealed: Vec<u8>,
    /// The chain value after it.
    pub(crate) chain: Digest,
}

/// Keeps an entry. One that is kept already stays as it is.
pub(crate) fn insert(connection: &Connection, stream: Stream, sealed: &[u8], head: Head) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO own_entry (sequence, stream, sealed, chain) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (sequence) DO NOTHING",
        )?
        .execute(params![to_sql(head.sequence)?, stream.code(), sealed, head.chain.0])?;
    Ok(())
}

/// The last entry that is not kept any more; none if all are.
pub(crate) fn base(connection: &Connection) -> Result<Option<Head>> {
    let mut statement = connection
        .prepare_cached("SELECT sequence, chain FROM own_entry WHERE sealed IS NULL ORDER BY sequence DESC LIMIT 1")?;
    let row: Option<(i64, [u8; 32])> = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    row.map(|(sequence, chain)| Ok(Head { sequence: from_sql(sequence)?, chain: Digest(chain) })).transpose()
}

/// The entries after a place, ascending.
pub(crate) fn list_after(connection: &Connection, sequence: u64) -> Result<Vec<OwnEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, stream, sealed, chain FROM own_entry
         WHERE sequence > ?1 AND sealed IS NOT NULL ORDER BY sequence",
    )?;
    let mut rows = statement.query([to_sql(sequence)?])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let stream: String = row.get(1)?;
        entries.push(OwnEntry {
            sequence: from_sql(row.get(0)?)?,
            stream: stream.parse().map_err(|_| NotebookError::Damaged("a copy of the journal"))?,
            sealed: row.get(2)?,
            chain: Digest(row.get(3)?),
        });
    }
    Ok(entries)
}

/// Forgets the entries that the journal does not hold any more; of the last of them its chain value stays.
pub(crate) fn forget_through(connection: &Connection, base: Head) -> Result<()> {
    if base.sequence == 0 {
        return Ok(());
    }
    let sequence = to_sql(base.sequence)?;
    connection.prepare_cached("DELETE FROM own_entry WHERE sequence < ?1")?.execute([sequence])?;
    connection
        .prepare_cached(
            "INSERT INTO own_entry (sequence, stream, sealed, chain) VALUES (?1, 'journal', NULL, ?2)
             ON CONFLICT (sequence) DO UPDATE SET sealed = NULL, chain = ?2 WHERE sealed IS NOT NULL",
        )?
        .execute(params![sequence, base.chain.0])?;
    Ok(())
}
