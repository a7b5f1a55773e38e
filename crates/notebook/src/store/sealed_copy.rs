//! Sealed envelopes as the server gave them: the desk is the off-host backup of everybody's log.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use domain::ids::DeviceId;
use domain::sync::Stream;
use domain::sync::chain::{Digest, genesis, link};
use domain::sync::pull::{Envelope, HeldLog};
use rusqlite::{Connection, params};

/// Keeps an envelope. Gives false if (device, sequence) is there already; then nothing changes.
pub(crate) fn insert(connection: &Connection, envelope: &Envelope) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO sealed_copy (device, sequence, unit, stream, chain, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (device, sequence) DO NOTHING",
        )?
        .execute(params![
            envelope.device.0,
            to_sql(envelope.operation.sequence)?,
            envelope.unit.as_str(),
            envelope.operation.stream.code(),
            envelope.chain.0,
            envelope.operation.sealed.0,
        ])?;
    Ok(added == 1)
}

/// How far each log is held without a gap, each link of its chain recomputed from the sealed bytes.
pub(crate) fn list_held(connection: &Connection) -> Result<Vec<HeldLog>> {
    let mut statement = connection
        .prepare_cached("SELECT device, sequence, stream, chain, sealed FROM sealed_copy ORDER BY device, sequence")?;
    let mut rows = statement.query([])?;
    let mut held: Vec<HeldLog> = Vec::new();
    while let Some(row) = rows.next()? {
        let device = DeviceId(row.get(0)?);
        let sequence = from_sql(row.get(1)?)?;
        let stream: Stream =
            row.get::<_, String>(2)?.parse().map_err(|_| NotebookError::Damaged("a sealed copy"))?;
        let chain = Digest(row.get(3)?);
        let sealed = Digest::of(row.get_ref(4)?.as_blob().map_err(|_| NotebookError::Damaged("a sealed copy"))?);
        match held.last_mut() {
            Some(log) if log.device == device => {
                let follows = sequence == log.through + 1 && link(log.head, sequence, stream, sealed) == chain;
                if follows {
                    (log.through, log.head) = (sequence, chain);
                }
            }
            _ if sequence == 1 && link(genesis(device), 1, stream, sealed) == chain => {
                held.push(HeldLog { device, through: 1, head: chain });
            }
            _ => {}
        }
    }
    Ok(held)
}
