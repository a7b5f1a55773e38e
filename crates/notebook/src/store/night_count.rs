//! What is kept of an outing beside its operations: since when all of it has a copy off the server, and once its
//! details are forgotten, its sums.

use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::OutingId;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An outing that is safe elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Covered {
    /// All rows of the outing up to this one.
    pub(crate) row: i64,
    /// Operational date on which that was found.
    pub(crate) on: NaiveDate,
    /// Operational date on which the details were forgotten.
    pub(crate) forgotten_on: Option<NaiveDate>,
}

/// What is known of an outing's safety.
pub(crate) fn find(connection: &Connection, outing: OutingId) -> Result<Option<Covered>> {
    let mut statement =
        connection.prepare_cached("SELECT covered_row, covered_on, forgotten_on FROM night_count WHERE outing = ?1")?;
    let covered = statement
        .query_row([outing.0], |row| Ok(Covered { row: row.get(0)?, on: row.get(1)?, forgotten_on: row.get(2)? }));
    Ok(covered.optional()?)
}

/// All of an outing up to `row` is safe elsewhere from this day on.
pub(crate) fn put_covered(connection: &Connection, outing: OutingId, row: i64, on: NaiveDate) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO night_count (outing, covered_row, covered_on) VALUES (?1, ?2, ?3)
             ON CONFLICT (outing) DO UPDATE SET covered_row = ?2, covered_on = ?3",
        )?
        .execute(params![outing.0, row, on])?;
    Ok(())
}

/// An outing whose details are here is not safe elsewhere, or not any more.
pub(crate) fn uncover(connection: &Connection, outing: OutingId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM night_count WHERE outing = ?1 AND forgotten_on IS NULL")?
        .execute([outing.0])?;
    Ok(())
}

/// The details of an outing are forgotten; its sums stay.
pub(crate) fn put_forgotten<T: Serialize>(
    connection: &Connection,
    outing: OutingId,
    on: NaiveDate,
    sums: &T,
) -> Result<()> {
    let json = serde_json::to_vec(sums).map_err(|_| NotebookError::Internal("sums of a night"))?;
    connection
        .prepare_cached("UPDATE night_count SET forgotten_on = ?2, json = ?3 WHERE outing = ?1")?
        .execute(params![outing.0, on, json])?;
    Ok(())
}

/// The details of an outing are wanted again.
pub(crate) fn recall(connection: &Connection, outing: OutingId) -> Result<()> {
    connection
        .prepare_cached("UPDATE night_count SET forgotten_on = NULL, json = NULL WHERE outing = ?1")?
        .execute([outing.0])?;
    Ok(())
}

/// The sums of an outing whose details are forgotten.
pub(crate) fn find_sums<T: DeserializeOwned>(connection: &Connection, outing: OutingId) -> Result<Option<T>> {
    let mut statement =
        connection.prepare_cached("SELECT json FROM night_count WHERE outing = ?1 AND forgotten_on IS NOT NULL")?;
    let json: Option<Option<Vec<u8>>> = statement.query_row([outing.0], |row| row.get(0)).optional()?;
    json.flatten()
        .map(|json| serde_json::from_slice(&json).map_err(|_| NotebookError::Damaged("sums of a night")))
        .transpose()
}

/// The first place of a device's log that is still needed here: of an outing whose details are not forgotten, or of its
/// night log.
pub(crate) fn find_first_needed(connection: &Connection, device: domain::ids::DeviceId) -> Result<Option<u64>> {
    let mut statement = connection.prepare_cached(
        "WITH gone AS (SELECT outing FROM night_count WHERE forgotten_on IS NOT NULL)
         SELECT min(sequence) FROM (
             SELECT sequence FROM operation WHERE device = ?1 AND outing NOT IN (SELECT outing FROM gone)
             UNION ALL
             SELECT sequence FROM desk_entry
             WHERE device = ?1 AND (outing IS NULL OR outing NOT IN (SELECT outing FROM gone)))",
    )?;
    let first: Option<i64> = statement.query_row([device.0], |row| row.get(0))?;
    first.map(super::from_sql).transpose()
}
