//! Cards that were begun and not saved, in the order in which they were begun, as the user interface filled them in.
//!
//! A card that is given up is set aside until the notebook is opened again, so that giving it up can be taken back.

use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::ids::{OperationId, OutingId};
use rusqlite::{Connection, OptionalExtension, Row, params};

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

/// Writes a card; it keeps its place among the others.
pub(crate) fn put(connection: &Connection, draft: &Draft) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO draft (operation, outing, saved_at, json) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (operation) DO UPDATE SET saved_at = ?3, json = ?4",
        )?
        .execute(params![draft.operation.0, draft.outing.0, draft.saved_at, draft.json])?;
    Ok(())
}

/// A card by its id, unless it was given up.
pub(crate) fn find(connection: &Connection, operation: OperationId) -> Result<Option<Draft>> {
    let mut statement = connection
        .prepare_cached("SELECT outing, operation, saved_at, json FROM draft WHERE operation = ?1 AND given_up = 0")?;
    Ok(statement.query_row([operation.0], read).optional()?)
}

/// The cards of an outing, the one begun first at the start. Those that were given up are not among them.
pub(crate) fn list(connection: &Connection, outing: OutingId) -> Result<Vec<Draft>> {
    let mut statement = connection.prepare_cached(
        "SELECT outing, operation, saved_at, json FROM draft WHERE outing = ?1 AND given_up = 0 ORDER BY begun",
    )?;
    let drafts = statement.query_map([outing.0], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(drafts)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        outing: OutingId(row.get(0)?),
        operation: OperationId(row.get(1)?),
        saved_at: row.get(2)?,
        json: row.get(3)?,
    })
}

/// Sets a card aside.
pub(crate) fn give_up(connection: &Connection, operation: OperationId) -> Result<()> {
    connection.prepare_cached("UPDATE draft SET given_up = 1 WHERE operation = ?1")?.execute([operation.0])?;
    Ok(())
}

/// Takes a card of an outing back among the others. Gives false if there is no such card.
pub(crate) fn take_back(connection: &Connection, operation: OperationId, outing: OutingId) -> Result<bool> {
    let changed = connection
        .prepare_cached("UPDATE draft SET given_up = 0 WHERE operation = ?1 AND outing = ?2")?
        .execute(params![operation.0, outing.0])?;
    Ok(changed > 0)
}

/// Whether there is a card of an outing, given up or not.
pub(crate) fn holds(connection: &Connection, outing: OutingId) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM draft WHERE outing = ?1 LIMIT 1")?.exists([outing.0])?)
}

/// A card was saved as this operation. The others stay.
pub(crate) fn remove(connection: &Connection, operation: OperationId) -> Result<()> {
    connection.prepare_cached("DELETE FROM draft WHERE operation = ?1")?.execute([operation.0])?;
    Ok(())
}

/// Forgets the cards that were given up.
pub(crate) fn remove_given_up(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM draft WHERE given_up <> 0", [])?;
    Ok(())
}
