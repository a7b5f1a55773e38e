//! Sealed envelopes as they came. The desk is the off-host backup of everybody's log; a phone keeps the night of the
//! other phone of its unit as a file brought it, and its own operations that came back from there: the proof that the
//! other phone holds them.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::{DeviceId, OutingId, UnitId};
use domain::sync::chain::{Bytes, Digest, genesis};
use domain::sync::error::RefusalCode;
use domain::sync::pull::{Cursor, Envelope, HeldLog};
use domain::sync::push::SealedOperation;
use rusqlite::{Connection, params};

/// Keeps an envelope that is whole ([`Envelope::is_whole`]) and signed. Gives false if (device, sequence) is there
/// already; then nothing changes.
pub(crate) fn insert(connection: &Connection, envelope: &Envelope) -> Result<bool> {
    insert_of(connection, envelope, None)
}

/// As [`insert`], for an envelope that another phone handed over: of which outing, as that phone says, and the
/// operational date of the handing over.
pub(crate) fn insert_of(
    connection: &Connection,
    envelope: &Envelope,
    handed_over: Option<(OutingId, NaiveDate)>,
) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO sealed_copy
             (device, sequence, unit, stream, previous, chain, refused, sealed, signature, outing, taken_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (device, sequence) DO NOTHING",
        )?
        .execute(params![
            envelope.device.0,
            to_sql(envelope.operation.sequence)?,
            envelope.unit.as_str(),
            envelope.operation.stream.code(),
            envelope.previous.0,
            envelope.chain.0,
            envelope.refused.map(RefusalCode::code),
            envelope.operation.sealed.0,
            envelope.operation.signature.0,
            handed_over.map(|(outing, _)| outing.0),
            handed_over.map(|(_, date)| date),
        ])?;
    Ok(added == 1)
}

/// How far each log is held without a gap. Every copy was checked by itself before it was kept, so that only its link
/// to the one before is looked at here; the place of an operation that the server set aside counts like any other.
pub(crate) fn list_held(connection: &Connection) -> Result<Vec<HeldLog>> {
    let mut statement = connection
        .prepare_cached("SELECT device, sequence, previous, chain FROM sealed_copy ORDER BY device, sequence")?;
    let mut rows = statement.query([])?;
    let mut held: Vec<HeldLog> = Vec::new();
    while let Some(row) = rows.next()? {
        let device = DeviceId(row.get(0)?);
        let sequence = from_sql(row.get(1)?)?;
        let (previous, chain) = (Digest(row.get(2)?), Digest(row.get(3)?));
        let before = match held.last() {
            Some(log) if log.device == device => *log,
            _ => HeldLog { device, through: 0, head: genesis(device) },
        };
        if previous == before.head && before.through.checked_add(1) == Some(sequence) {
            if sequence > 1 {
                held.pop();
            }
            held.push(HeldLog { device, through: sequence, head: chain });
        }
    }
    Ok(held)
}

/// The copies of an outing, by device and sequence, as they came.
pub(crate) fn list_of(connection: &Connection, outing: OutingId) -> Result<Vec<Envelope>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, unit, stream, previous, chain, sealed, signature FROM sealed_copy
         WHERE outing = ?1 ORDER BY device, sequence",
    )?;
    let mut rows = statement.query([outing.0])?;
    let mut copies = Vec::new();
    while let Some(row) = rows.next()? {
        let stream: String = row.get(3)?;
        copies.push(Envelope {
            cursor: Cursor::default(),
            unit: UnitId::new(row.get::<_, String>(2)?),
            device: DeviceId(row.get(0)?),
            operation: SealedOperation {
                sequence: from_sql(row.get(1)?)?,
                stream: stream.parse().map_err(|_| NotebookError::Damaged("a sealed copy"))?,
                sealed: Bytes(row.get(6)?),
                signature: Bytes(row.get(7)?),
            },
            previous: Digest(row.get(4)?),
            chain: Digest(row.get(5)?),
            refused: None,
        });
    }
    Ok(copies)
}

/// Drops the copies that another phone handed over before `date`.
pub(crate) fn drop_handed_over_before(connection: &Connection, date: NaiveDate) -> Result<()> {
    connection.prepare_cached("DELETE FROM sealed_copy WHERE taken_on < ?1")?.execute([date])?;
    Ok(())
}
