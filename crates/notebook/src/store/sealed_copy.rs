//! Sealed envelopes as the server gave them: the desk is the off-host backup of everybody's log.

use super::{from_sql, to_sql};
use crate::error::Result;
use domain::ids::DeviceId;
use domain::sync::chain::{Digest, genesis};
use domain::sync::error::RefusalCode;
use domain::sync::pull::{Envelope, HeldLog};
use rusqlite::{Connection, params};

/// Keeps an envelope that is whole ([`Envelope::is_whole`]) and signed. Gives false if (device, sequence) is there already; then nothing changes.
pub(crate) fn insert(connection: &Connection, envelope: &Envelope) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO sealed_copy (device, sequence, unit, stream, previous, chain, refused, sealed, signature)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (device, sequence) DO NOTHING",
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
