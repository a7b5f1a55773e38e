//! Places of operations whose content this phone has forgotten (`domain` F.3).

use super::{from_sql, to_sql};
use crate::error::Result;
use domain::ids::{DeviceId, OutingId};
use rusqlite::{Connection, params};

/// Forgets an operation: its row goes, its place stays.
pub(crate) fn put(connection: &Connection, device: DeviceId, sequence: u64, outing: OutingId) -> Result<()> {
    let sequence = to_sql(sequence)?;
    connection
        .prepare_cached(
            "INSERT INTO forgotten (device, sequence, outing) VALUES (?1, ?2, ?3)
             ON CONFLICT (device, sequence) DO NOTHING",
        )?
        .execute(params![device.0, sequence, outing.0])?;
    connection
        .prepare_cached("DELETE FROM operation WHERE device = ?1 AND sequence = ?2")?
        .execute(params![device.0, sequence])?;
    Ok(())
}

/// The outing of a place, if it was forgotten.
pub(crate) fn find(connection: &Connection, device: DeviceId, sequence: u64) -> Result<Option<OutingId>> {
    let mut statement =
        connection.prepare_cached("SELECT outing FROM forgotten WHERE device = ?1 AND sequence = ?2")?;
    let mut rows = statement.query(params![device.0, to_sql(sequence)?])?;
    Ok(rows.next()?.map(|row| row.get(0)).transpose()?.map(OutingId))
}

/// Its content is here again.
pub(crate) fn remove(connection: &Connection, device: DeviceId, sequence: u64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM forgotten WHERE device = ?1 AND sequence = ?2")?
        .execute(params![device.0, to_sql(sequence)?])?;
    Ok(())
}

/// Whether anything of an outing is forgotten.
pub(crate) fn is_any(connection: &Connection, outing: OutingId) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM forgotten WHERE outing = ?1 LIMIT 1")?.exists([outing.0])?)
}

/// The forgotten places of a device in an outing, ascending.
pub(crate) fn list_sequences(connection: &Connection, outing: OutingId, device: DeviceId) -> Result<Vec<u64>> {
    let mut statement = connection
        .prepare_cached("SELECT sequence FROM forgotten WHERE outing = ?1 AND device = ?2 ORDER BY sequence")?;
    let rows = statement.query_map(params![outing.0, device.0], |row| row.get(0))?;
    rows.map(|row| from_sql(row?)).collect()
}
