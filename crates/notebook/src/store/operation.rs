//! Opened operations.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use domain::ids::{DeviceId, OperationId, OutingId};
use domain::operation::{Included, Operation};
use domain::stamp::Stamp;
use domain::sync::chain::Digest;
use domain::time::operational_date;
use rusqlite::{Connection, OptionalExtension, params};

/// Adds an operation. Gives false if (device, sequence) is there already; then nothing changes.
pub(crate) fn insert(connection: &Connection, operation: &Operation, json: &[u8], chain: Digest) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO operation (device, sequence, id, outing, date, stamp_ms, stamp_counter, chain, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (device, sequence) DO NOTHING",
        )?
        .execute(params![
            operation.device.0,
            to_sql(operation.sequence)?,
            operation.id.0,
            operation.body.outing_id().0,
            operational_date(operation.at),
            operation.stamp.ms,
            operation.stamp.counter,
            chain.0,
            json,
        ])?;
    Ok(added == 1)
}

/// Whether (device, sequence) is here.
pub(crate) fn contains(connection: &Connection, device: DeviceId, sequence: u64) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM operation WHERE device = ?1 AND sequence = ?2")?;
    Ok(statement.exists(params![device.0, to_sql(sequence)?])?)
}

/// The operation of a device with this id.
pub(crate) fn find(connection: &Connection, device: DeviceId, id: OperationId) -> Result<Option<Operation>> {
    let mut statement = connection
        .prepare_cached("SELECT json FROM operation WHERE id = ?2 AND device = ?1 ORDER BY sequence LIMIT 1")?;
    let json: Option<Vec<u8>> = statement.query_row(params![device.0, id.0], |row| row.get(0)).optional()?;
    json.map(|json| decode(&json)).transpose()
}

/// All operations of an outing, by device and sequence.
pub(crate) fn list(connection: &Connection, outing: OutingId) -> Result<Vec<Operation>> {
    let mut statement =
        connection.prepare_cached("SELECT json FROM operation WHERE outing = ?1 ORDER BY device, sequence")?;
    let mut rows = statement.query([outing.0])?;
    let mut operations = Vec::new();
    while let Some(row) = rows.next()? {
        operations.push(decode(row.get_ref(0)?.as_blob().map_err(|_| NotebookError::Damaged("an operation"))?)?);
    }
    Ok(operations)
}

/// The latest stamp among the operations of an outing; the earliest there is for none.
pub(crate) fn latest_stamp(connection: &Connection, outing: OutingId) -> Result<Stamp> {
    let mut statement = connection.prepare_cached(
        "SELECT stamp_ms, stamp_counter FROM operation WHERE outing = ?1
         ORDER BY stamp_ms DESC, stamp_counter DESC LIMIT 1",
    )?;
    let stamp =
        statement.query_row([outing.0], |row| Ok(Stamp { ms: row.get(0)?, counter: row.get(1)? })).optional()?;
    Ok(stamp.unwrap_or_default())
}

/// The outings that have operations here.
pub(crate) fn list_outings(connection: &Connection) -> Result<Vec<OutingId>> {
    let mut statement = connection.prepare_cached("SELECT DISTINCT outing FROM operation")?;
    let rows = statement.query_map([], |row| row.get(0).map(OutingId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The outings that a device wrote for, the one it began last first.
pub(crate) fn list_outings_of(connection: &Connection, device: DeviceId) -> Result<Vec<OutingId>> {
    let mut statement = connection
        .prepare_cached("SELECT outing FROM operation WHERE device = ?1 GROUP BY outing ORDER BY min(sequence) DESC")?;
    let rows = statement.query_map([device.0], |row| row.get(0).map(OutingId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How far the log of each device that wrote for an outing is here: what a sign-off includes.
pub(crate) fn list_included(connection: &Connection, outing: OutingId) -> Result<Vec<Included>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, max(sequence), chain FROM operation WHERE outing = ?1 GROUP BY device ORDER BY device",
    )?;
    let rows = statement.query_map([outing.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (device, through, chain) = row?;
        Ok(Included { device: DeviceId(device), through: from_sql(through)?, chain: Digest(chain) })
    })
    .collect()
}

/// The sequence numbers of a device for an outing, ascending.
pub(crate) fn list_sequences(connection: &Connection, outing: OutingId, device: DeviceId) -> Result<Vec<u64>> {
    let mut statement = connection
        .prepare_cached("SELECT sequence FROM operation WHERE outing = ?1 AND device = ?2 ORDER BY sequence")?;
    let rows = statement.query_map(params![outing.0, device.0], |row| row.get(0))?;
    rows.map(|row| from_sql(row?)).collect()
}

fn decode(json: &[u8]) -> Result<Operation> {
    serde_json::from_slice(json).map_err(|_| NotebookError::Damaged("an operation"))
}
