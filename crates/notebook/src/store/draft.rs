//! Half-filled cards: one per outing, as the user interface wrote it.

use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::ids::{OperationId, OutingId};
use rusqlite::{Connection, OptionalExtension, params};

/// A half-filled card. `Debug` shows its ids only.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The outing.
    pub outing: OutingId,
    /// The id that the operation will have when the card is saved.
    pub operation: OperationId,
    /// Last change.
    pub saved_at: DateTime<Utc>,
    /// The card, in the user interface's form.
    pub json: Vec<u8>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("outing", &self.outing).finish_non_exhaustive()
    }
}

/// Writes the draft of an outing.
pub(crate) fn put(connection: &Connection, draft: &Draft) -> Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO draft (outing, operation, saved_at, json) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![draft.outing.0, draft.operation.0, draft.saved_at, draft.json])?;
    Ok(())
}

/// The draft of an outing.
pub(crate) fn find(connection: &Connection, outing: OutingId) -> Result<Option<Draft>> {
    let mut statement =
        connection.prepare_cached("SELECT outing, operation, saved_at, json FROM draft WHERE outing = ?1")?;
    let draft = statement.query_row([outing.0], |row| {
        Ok(Draft {
            outing: OutingId(row.get(0)?),
            operation: OperationId(row.get(1)?),
            saved_at: row.get(2)?,
            json: row.get(3)?,
        })
    });
    Ok(draft.optional()?)
}

/// Gives a draft up, or it was saved as this operation. Another draft of the outing stays.
pub(crate) fn remove(connection: &Connection, operation: OperationId) -> Result<()> {
    connection.prepare_cached("DELETE FROM draft WHERE operation = ?1")?.execute([operation.0])?;
    Ok(())
}
