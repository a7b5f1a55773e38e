//! Cards and referrals that were begun and not saved, in the order in which they were begun, as the user interface filled them in.
//!
//! What is given up is set aside until the notebook is opened again, so that giving it up can be taken back.

use crate::error::Result;
use chrono::{DateTime, Utc};
use domain::ids::{OperationId, OutingId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// A card.
    Card,
    /// A referral.
    Referral,
}

impl Begun {
    const fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Referral => "referral",
        }
    }
}

/// A half-filled card or referral. `Debug` shows its ids only.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The outing.
    pub outing: OutingId,
    /// The id that the operation will have when it is saved.
    pub operation: OperationId,
    /// Last change.
    pub saved_at: DateTime<Utc>,
    /// What was chosen, in the user interface's form.
    pub json: Vec<u8>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("outing", &self.outing).finish_non_exhaustive()
    }
}

/// Writes a card or referral; it keeps its place among the others.
pub(crate) fn put(connection: &Connection, begun: Begun, draft: &Draft) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO draft (operation, outing, saved_at, json, kind) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (operation) DO UPDATE SET saved_at = ?3, json = ?4",
        )?
        .execute(params![draft.operation.0, draft.outing.0, draft.saved_at, draft.json, begun.code()])?;
    Ok(())
}

/// A card or referral by its id, unless it was given up.
pub(crate) fn find(connection: &Connection, begun: Begun, operation: OperationId) -> Result<Option<Draft>> {
    let mut statement = connection.prepare_cached(
        "SELECT outing, operation, saved_at, json FROM draft WHERE operation = ?1 AND kind = ?2 AND given_up = 0",
    )?;
    Ok(statement.query_row(params![operation.0, begun.code()], read).optional()?)
}

/// The cards or referrals of an outing, the one begun first at the start. Those given up are not among them.
pub(crate) fn list(connection: &Connection, begun: Begun, outing: OutingId) -> Result<Vec<Draft>> {
    let mut statement = connection.prepare_cached(
        "SELECT outing, operation, saved_at, json FROM draft
         WHERE outing = ?1 AND kind = ?2 AND given_up = 0 ORDER BY begun",
    )?;
    let drafts = statement.query_map(params![outing.0, begun.code()], read)?.collect::<rusqlite::Result<_>>()?;
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

/// Sets a card or referral aside.
pub(crate) fn give_up(connection: &Connection, operation: OperationId) -> Result<()> {
    connection.prepare_cached("UPDATE draft SET given_up = 1 WHERE operation = ?1")?.execute([operation.0])?;
    Ok(())
}

/// Takes a card or referral of an outing back among the others. Gives false if there is none with that id.
pub(crate) fn take_back(connection: &Connection, operation: OperationId, outing: OutingId) -> Result<bool> {
    let changed = connection
        .prepare_cached("UPDATE draft SET given_up = 0 WHERE operation = ?1 AND outing = ?2")?
        .execute(params![operation.0, outing.0])?;
    Ok(changed > 0)
}

/// Whether there is a card or referral of an outing, given up or not.
pub(crate) fn holds(connection: &Connection, outing: OutingId) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM draft WHERE outing = ?1 LIMIT 1")?.exists([outing.0])?)
}

/// It was saved as this operation. The others stay.
pub(crate) fn remove(connection: &Connection, operation: OperationId) -> Result<()> {
    connection.prepare_cached("DELETE FROM draft WHERE operation = ?1")?.execute([operation.0])?;
    Ok(())
}

/// Forgets what was given up.
pub(crate) fn remove_given_up(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM draft WHERE given_up <> 0", [])?;
    Ok(())
}

/// Forgets what was begun in an outing.
pub(crate) fn remove_of(connection: &Connection, outing: OutingId) -> Result<()> {
    connection.prepare_cached("DELETE FROM draft WHERE outing = ?1")?.execute([outing.0])?;
    Ok(())
}
