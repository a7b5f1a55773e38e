//! The one save that is under way. See [`crate::save`] for why.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use domain::sync::Stream;
use rusqlite::{Connection, OptionalExtension, params};

/// What is about to be committed to the journal.
pub(crate) struct Pending {
    /// Its place in the journal.
    pub(crate) sequence: u64,
    /// Its stream.
    pub(crate) stream: Stream,
    /// Its sealed bytes.
    pub(crate) sealed: Vec<u8>,
    /// Its content in the clear, the bytes that were sealed.
    pub(crate) json: Vec<u8>,
}

/// Notes a save. It replaces an earlier note, which must have been settled.
pub(crate) fn put(connection: &Connection, pending: &Pending) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO pending (only, sequence, stream, sealed, json) VALUES (1, ?1, ?2, ?3, ?4)",
        )?
        .execute(params![to_sql(pending.sequence)?, pending.stream.code(), pending.sealed, pending.json])?;
    Ok(())
}

/// The save under way.
pub(crate) fn find(connection: &Connection) -> Result<Option<Pending>> {
    let mut statement = connection.prepare_cached("SELECT sequence, stream, sealed, json FROM pending")?;
    let row: Option<(i64, String, Vec<u8>, Vec<u8>)> =
        statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).optional()?;
    row.map(|(sequence, stream, sealed, json)| {
        let stream = stream.parse().map_err(|_| NotebookError::Damaged("pending save"))?;
        Ok(Pending { sequence: from_sql(sequence)?, stream, sealed, json })
    })
    .transpose()
}

/// The save has arrived, or never left.
pub(crate) fn clear(connection: &Connection) -> Result<()> {
    connection.prepare_cached("DELETE FROM pending")?.execute([])?;
    Ok(())
}
