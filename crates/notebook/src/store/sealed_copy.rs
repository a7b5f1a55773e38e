//! Sealed envelopes as the server gave them: the desk is the off-host backup of everybody's log.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use domain::ids::DeviceId;
use domain::sync::Stream;
use domain::sync::chain::{Digest, genesis, link};
use domain::sync::error::RefusalCode;
use domain::sync::pull::{Envelope, HeldLog};
use rusqlite::{Connection, params};

/// Keeps an envelope. Gives false if (device, sequence) is there already; then nothing changes.
pub(crate) fn insert(connection: &Connection, envelope: &Envelope) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO sealed_copy (device, sequence, unit, stream, previous, chain, refused, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (device, sequence) DO NOTHING",
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
        ])?;
    Ok(added == 1)
}

/// How far each log is held without a gap, each link of its chain recomputed from the sealed bytes. The place of an
/// operation that the server set aside counts, with the chain value it came with.
pub(crate) fn list_held(connection: &Connection) -> Result<Vec<HeldLog>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, stream, previous, chain, refused IS NOT NULL, sealed FROM sealed_copy ORDER BY device, sequence",
    )?;
    let mut rows = statement.query([])?;
    let mut held: Vec<HeldLog> = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = NotebookError::Damaged("a sealed copy");
        let device = DeviceId(row.get(0)?);
        let sequence = from_sql(row.get(1)?)?;
        let stream: Stream = row.get::<_, String>(2)?.parse().map_err(|_| damaged.clone())?;
        let (previous, chain) = (Digest(row.get(3)?), Digest(row.get(4)?));
        let is_refused: bool = row.get(5)?;
        let sealed = Digest::of(row.get_ref(6)?.as_blob().map_err(|_| damaged)?);
        let before = match held.last() {
            Some(log) if log.device == device => *log,
            _ => HeldLog { device, through: 0, head: genesis(device) },
        };
        let follows = previous == before.head && (is_refused || link(previous, sequence, stream, sealed) == chain);
        if follows && before.through.checked_add(1) == Some(sequence) {
            if sequence > 1 {
                held.pop();
            }
            held.push(HeldLog { device, through: sequence, head: chain });
        }
    }
    Ok(held)
}
