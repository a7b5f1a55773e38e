//! Opened operations.
//!
//! A night has two hundred of them, a phone keeps those of many nights. What the contact screen asks is asked of one
//! outing or of a [`Mark`], so that it takes as long with 20,000 rows as with 200. Where SQLite would rather walk
//! through all rows of a device, because they lie in the order asked for, the index is named.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use domain::ids::{DeviceId, OperationId, OutingId};
use domain::operation::{Operation, OperationBody as Body, RecordRef};
use domain::stamp::Stamp;
use domain::sync::chain::Digest;
use domain::time::operational_date;
use rusqlite::{Connection, OptionalExtension, params};

/// What an operation can be found by across all outings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// An outing was opened.
    Opening,
    /// Something about an outing changed.
    Outing,
    /// A sign-off or an amendment.
    Signature,
    /// A referral was opened, went on, or was taken back.
    Referral,
}

impl Mark {
    const fn of(body: &Body) -> Option<Self> {
        match body {
            Body::OutingOpened { .. } => Some(Self::Opening),
            Body::OutingRevised { .. } => Some(Self::Outing),
            Body::OutingSignedOff { .. } | Body::OutingAmended { .. } => Some(Self::Signature),
            Body::ReferralOpened { .. }
            | Body::ReferralAdvanced { .. }
            | Body::Retracted { record: RecordRef::Referral(_) | RecordRef::Accompaniment(_), .. } => {
                Some(Self::Referral)
            }
            _ => None,
        }
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Outing => "outing",
            Self::Signature => "signature",
            Self::Referral => "referral",
        }
    }
}

/// Adds an operation. Gives false if (device, sequence) is there already; then nothing changes.
pub(crate) fn insert(connection: &Connection, operation: &Operation, json: &[u8], chain: Digest) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO operation (device, sequence, id, outing, date, stamp_ms, stamp_counter, mark, chain, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (device, sequence) DO NOTHING",
        )?
        .execute(params![
            operation.device.0,
            to_sql(operation.sequence)?,
            operation.id.0,
            operation.body.outing_id().0,
            operational_date(operation.at),
            operation.stamp.ms,
            operation.stamp.counter,
            Mark::of(&operation.body).map(Mark::code),
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
    let mut statement = connection.prepare_cached(
        "SELECT json FROM operation INDEXED BY operation_by_id WHERE id = ?2 AND device = ?1
             ORDER BY sequence LIMIT 1",
    )?;
    let json: Option<Vec<u8>> = statement.query_row(params![device.0, id.0], |row| row.get(0)).optional()?;
    json.map(|json| decode(&json)).transpose()
}

/// All operations of an outing, by device and sequence.
pub(crate) fn list(connection: &Connection, outing: OutingId) -> Result<Vec<Operation>> {
    let mut statement =
        connection.prepare_cached("SELECT json FROM operation WHERE outing = ?1 ORDER BY device, sequence")?;
    collect(statement.query([outing.0])?)
}

/// How many operations of an outing are here, and the highest row among them: two answers that are equal mean that
/// nothing was added in between, because rows are never changed.
pub(crate) fn extent(connection: &Connection, outing: OutingId) -> Result<(i64, i64)> {
    let mut statement =
        connection.prepare_cached("SELECT count(*), coalesce(max(rowid), 0) FROM operation WHERE outing = ?1")?;
    Ok(statement.query_row([outing.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The operations of an outing in rows above `row`.
pub(crate) fn list_above(connection: &Connection, outing: OutingId, row: i64) -> Result<Vec<Operation>> {
    let mut statement = connection
        .prepare_cached("SELECT json FROM operation WHERE outing = ?1 AND rowid > ?2 ORDER BY device, sequence")?;
    collect(statement.query(params![outing.0, row])?)
}

/// The operations that carry a mark, of all outings, by device and sequence; of one device if it is named.
pub(crate) fn list_marked(connection: &Connection, device: Option<DeviceId>) -> Result<Vec<Operation>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM operation INDEXED BY operation_by_mark
         WHERE mark IS NOT NULL AND device = ifnull(?1, device) ORDER BY device, sequence",
    )?;
    collect(statement.query([device.map(|device| device.0)])?)
}

/// Which operations of an outing are here: device and sequence.
pub(crate) fn list_positions(connection: &Connection, outing: OutingId) -> Result<Vec<(DeviceId, u64)>> {
    let mut statement = connection.prepare_cached("SELECT device, sequence FROM operation WHERE outing = ?1")?;
    let rows = statement.query_map([outing.0], |row| Ok((DeviceId(row.get(0)?), row.get(1)?)))?;
    rows.map(|row| row.map_err(Into::into).and_then(|(device, sequence)| Ok((device, from_sql(sequence)?)))).collect()
}

/// The outings that a device signed or amended, each with the number of its last signature there.
pub(crate) fn list_last_signatures(connection: &Connection, device: DeviceId) -> Result<Vec<(OutingId, u64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT outing, max(sequence) FROM operation INDEXED BY operation_by_mark
         WHERE mark = ?1 AND device = ?2 GROUP BY outing",
    )?;
    let rows = statement
        .query_map(params![Mark::Signature.code(), device.0], |row| Ok((row.get(0).map(OutingId)?, row.get(1)?)))?;
    rows.map(|row| row.map_err(Into::into).and_then(|(outing, sequence)| Ok((outing, from_sql(sequence)?)))).collect()
}

/// The other devices that wrote for an outing, each with the last place of its log and the last row here.
pub(crate) fn list_others(
    connection: &Connection,
    outing: OutingId,
    own: DeviceId,
) -> Result<Vec<(DeviceId, u64, i64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, max(sequence), max(rowid) FROM operation WHERE outing = ?1 AND device <> ?2 GROUP BY device",
    )?;
    let rows = statement
        .query_map(params![outing.0, own.0], |row| Ok((row.get(0).map(DeviceId)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| row.map_err(Into::into).and_then(|(device, last, row)| Ok((device, from_sql(last)?, row)))).collect()
}

/// The row of a device's last operation up to a place of its log: rows are in the order in which they came in.
pub(crate) fn last_row_through(connection: &Connection, device: DeviceId, sequence: u64) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid FROM operation WHERE device = ?1 AND sequence <= ?2 ORDER BY sequence DESC LIMIT 1",
    )?;
    Ok(statement.query_row(params![device.0, to_sql(sequence)?], |row| row.get(0)).optional()?)
}

/// An operation stays without a part of its content.
pub(crate) fn put_json(connection: &Connection, operation: &Operation) -> Result<()> {
    let json = serde_json::to_vec(operation).map_err(|_| NotebookError::Internal("operation"))?;
    connection
        .prepare_cached("UPDATE operation SET json = ?3 WHERE device = ?1 AND sequence = ?2")?
        .execute(params![operation.device.0, to_sql(operation.sequence)?, json])?;
    Ok(())
}

/// The outings for which a device wrote an operation with this mark, the last one first.
pub(crate) fn list_outings_marked(connection: &Connection, device: DeviceId, mark: Mark) -> Result<Vec<OutingId>> {
    let mut statement = connection
        .prepare_cached("SELECT outing FROM operation WHERE mark = ?1 AND device = ?2 ORDER BY sequence DESC")?;
    let rows = statement.query_map(params![mark.code(), device.0], |row| row.get(0).map(OutingId))?;
    let mut outings: Vec<OutingId> = Vec::new();
    for outing in rows {
        let outing = outing?;
        if !outings.contains(&outing) {
            outings.push(outing);
        }
    }
    Ok(outings)
}

/// A device's last operation with this mark.
pub(crate) fn find_last_marked(connection: &Connection, device: DeviceId, mark: Mark) -> Result<Option<Operation>> {
    let mut statement = connection
        .prepare_cached("SELECT json FROM operation WHERE mark = ?1 AND device = ?2 ORDER BY sequence DESC LIMIT 1")?;
    let json: Option<Vec<u8>> = statement.query_row(params![mark.code(), device.0], |row| row.get(0)).optional()?;
    json.map(|json| decode(&json)).transpose()
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

/// The sequence numbers of a device for an outing, ascending.
pub(crate) fn list_sequences(connection: &Connection, outing: OutingId, device: DeviceId) -> Result<Vec<u64>> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence FROM operation INDEXED BY operation_by_outing WHERE outing = ?1 AND device = ?2
             ORDER BY sequence",
    )?;
    let rows = statement.query_map(params![outing.0, device.0], |row| row.get(0))?;
    rows.map(|row| from_sql(row?)).collect()
}

fn collect(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Operation>> {
    let mut operations = Vec::new();
    while let Some(row) = rows.next()? {
        operations.push(decode(row.get_ref(0)?.as_blob().map_err(|_| NotebookError::Damaged("an operation"))?)?);
    }
    Ok(operations)
}

fn decode(json: &[u8]) -> Result<Operation> {
    serde_json::from_slice(json).map_err(|_| NotebookError::Damaged("an operation"))
}
