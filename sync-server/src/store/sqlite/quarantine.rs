//! What a revoked or forked device sends: kept byte for byte, apart from everything else, until the desk releases or
//! drops it. It is how a phone that was lost and found again still loses nothing.

use super::audit;
use super::log::{Admitted, admit};
use crate::store::fault::StoreFault;
use crate::store::incoming::Incoming;
use crate::store::outcome::{Decided, Kept, ROOM_BYTES};
use crate::store::row::{to_code, to_device, to_integer, to_number};
use domain::sync::DeviceId;
use domain::sync::push::Batch;
use domain::sync::quarantine::{DecisionOutcome, Quarantine, QuarantineReason, QuarantineVerdict, QuarantinedBatch};
use rusqlite::{Connection, params};

/// Keeps a verified batch. The same batch or its end again changes nothing, nor does one that the log holds already: a chain value
/// covers everything before it.
pub fn keep(connection: &Connection, incoming: &Incoming, reason: QuarantineReason) -> Result<Kept, StoreFault> {
    let (Some(first), Some(last)) = (incoming.entries.first(), incoming.entries.last()) else {
        return Ok(Kept::Known);
    };
    let device = incoming.device.0.as_bytes();
    let key = params![
        device,
        to_integer(first.sequence, "first_sequence")?,
        to_integer(last.sequence, "last_sequence")?,
        last.chain.0
    ];
    let is_known: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM quarantine
             WHERE device = ?1 AND first_sequence <= ?2 AND last_sequence = ?3 AND head = ?4)
             OR EXISTS (SELECT 1 FROM operation JOIN log ON log.id = log_id
             WHERE device = ?1 AND sequence = ?3 AND chain = ?4)",
        )?
        .query_row(key, |row| row.get(0))?;
    if is_known {
        return Ok(Kept::Known);
    }
    let used: i64 = connection
        .prepare_cached(
            "SELECT coalesce(sum(length(body)), 0) FROM quarantine WHERE device = ?1 AND dropped_on IS NULL",
        )?
        .query_row([device], |row| row.get(0))?;
    let size = i64::try_from(incoming.body.len()).unwrap_or(i64::MAX);
    if used.saturating_add(size) > ROOM_BYTES {
        return Ok(Kept::NoRoom);
    }
    connection
        .prepare_cached(
            "INSERT INTO quarantine (device, first_sequence, last_sequence, head, reason, body, received_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            device,
            to_integer(first.sequence, "first_sequence")?,
            to_integer(last.sequence, "last_sequence")?,
            last.chain.0,
            reason.code(),
            incoming.body,
            incoming.today
        ])?;
    Ok(Kept::Yes)
}

/// Every batch, without its content.
pub fn list(connection: &Connection) -> Result<Quarantine, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, device, first_sequence, last_sequence, reason, received_on, dropped_on FROM quarantine
         ORDER BY device, id",
    )?;
    let mut rows = statement.query([])?;
    let mut batches = Vec::new();
    while let Some(row) = rows.next()? {
        batches.push(QuarantinedBatch {
            number: to_number(row.get(0)?, "id")?,
            device: to_device(&row.get::<_, Vec<u8>>(1)?)?,
            first: to_number(row.get(2)?, "first_sequence")?,
            last: to_number(row.get(3)?, "last_sequence")?,
            reason: to_code(&row.get::<_, String>(4)?, "reason")?,
            received_on: row.get(5)?,
            dropped_on: row.get(6)?,
        });
    }
    Ok(Quarantine { batches })
}

/// Keeps the decision, then releases, drops, or takes back what was dropped. Operations that are released get cursors behind all others.
pub fn decide(connection: &Connection, decided: &Decided) -> Result<DecisionOutcome, StoreFault> {
    let Decided { decision, signature, body, .. } = decided;
    connection
        .prepare_cached(
            "INSERT INTO decision (decided_by, created, nonce, signature, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            signature.device.0.as_bytes(),
            signature.created,
            signature.nonce,
            signature.signature,
            body
        ])?;
    audit::append(connection, &[decided.note()])?;
    let through = decided.through();
    let operations = match decision.verdict {
        QuarantineVerdict::Release => release(connection, decided, through)?,
        QuarantineVerdict::Drop | QuarantineVerdict::TakeBack => 0,
    };
    let (device, dropped_on) = (decision.device.0.as_bytes(), decided.dropped_on());
    connection
        .prepare_cached(
            "UPDATE quarantine SET decided_on = ?3, dropped_on = ?4
             WHERE device = ?1 AND id <= ?2 AND (dropped_on IS NOT NULL) = ?5",
        )?
        .execute(params![device, through, decided.decided_on(), dropped_on, decided.is_about_dropped()])?;
    let left: i64 = connection
        .prepare_cached("SELECT count(*) FROM quarantine WHERE device = ?1 AND id <= ?2 AND dropped_on IS NULL")?
        .query_row(params![device, through], |row| row.get(0))?;
    Ok(DecisionOutcome { operations, left: to_number(left, "quarantine")? })
}

/// Puts the batches that continue the log into it, one after the other. Gives the number of new operations.
fn release(connection: &Connection, decided: &Decided, through: i64) -> Result<u64, StoreFault> {
    let mut operations = 0_u64;
    for (id, body) in bodies(connection, decided.decision.device, through)? {
        let batch: Batch = serde_json::from_slice(&body).map_err(|_| StoreFault::Column("body"))?;
        let Some(incoming) = decided.admits(batch, body) else {
            continue;
        };
        if let Admitted::Held { new } = admit(connection, &incoming)? {
            operations = operations.saturating_add(new);
            connection.prepare_cached("DELETE FROM quarantine WHERE id = ?1")?.execute([id])?;
        }
    }
    Ok(operations)
}

fn bodies(connection: &Connection, device: DeviceId, through: i64) -> Result<Vec<(i64, Vec<u8>)>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, body FROM quarantine WHERE device = ?1 AND id <= ?2 AND dropped_on IS NULL
             ORDER BY first_sequence, id",
    )?;
    let rows = statement.query_map(params![device.0.as_bytes(), through], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
