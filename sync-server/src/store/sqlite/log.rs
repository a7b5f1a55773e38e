//! The logs of the devices: appending, and stating what is held.

use super::{audit, quarantine};
use crate::store::fault::StoreFault;
use crate::store::incoming::{Entry, Incoming, Verdict};
use crate::store::outcome::{Appended, Held, NotOurs};
use crate::store::row::{to_code, to_digest, to_integer, to_number};
use domain::sync::chain::{Digest, genesis};
use domain::sync::error::RefusalCode;
use domain::sync::pull::HeldLog;
use domain::sync::quarantine::QuarantineReason;
use domain::sync::receipt::RefusedOperation;
use domain::sync::{DeviceId, UnitId};
use rusqlite::{Connection, OptionalExtension, params};

struct Log {
    id: i64,
    stored: u64,
    head: Digest,
    backed_up: u64,
    is_quarantined: bool,
}

/// Appends what is new of a batch.
pub fn append(connection: &Connection, incoming: &Incoming) -> Result<Appended, StoreFault> {
    let log = find_log(connection, incoming.device)?;
    if let Some(log) = log.filter(|log| log.is_quarantined) {
        return set_apart(connection, incoming, log.stored.saturating_add(1));
    }
    match admit(connection, incoming)? {
        Admitted::Held { new: 0 } => Ok(Appended::Known(held(connection, incoming.device)?)),
        Admitted::Held { .. } => Ok(Appended::Held(held(connection, incoming.device)?)),
        Admitted::Gap { expected } => Ok(Appended::Gap { expected }),
        Admitted::Elsewhere { expected } => {
            if find_log(connection, incoming.device)?.is_none() {
                create(connection, incoming)?;
            }
            connection
                .prepare_cached("UPDATE log SET quarantined_on = ?2 WHERE device = ?1")?
                .execute(params![incoming.device.0.as_bytes(), incoming.today])?;
            audit::append(connection, &[incoming.fork_note()])?;
            set_apart(connection, incoming, expected)
        }
    }
}

/// Whether a batch continues its log.
pub(super) enum Admitted {
    /// Everything in it is held now.
    Held {
        /// Operations that were not held before.
        new: u64,
    },
    /// An earlier operation is missing. Nothing was stored.
    Gap {
        /// The number to go on with.
        expected: u64,
    },
    /// It continues another history. Nothing was stored.
    Elsewhere {
        /// The number after the last one held.
        expected: u64,
    },
}

/// Puts what is new of a batch into its log, if it continues it.
pub(super) fn admit(connection: &Connection, incoming: &Incoming) -> Result<Admitted, StoreFault> {
    let log = find_log(connection, incoming.device)?;
    let stored = log.as_ref().map_or(0, |log| log.stored);
    let there = match (incoming.meets_at(stored), &log) {
        (0, _) | (_, None) => Some(genesis(incoming.device)),
        (place, Some(log)) => chain_at(connection, log.id, place)?,
    };
    let new = match incoming.against(stored, there) {
        Verdict::Continues(new) => new,
        Verdict::Gap { expected } => return Ok(Admitted::Gap { expected }),
        Verdict::Elsewhere { expected } => return Ok(Admitted::Elsewhere { expected }),
    };
    if let Some(last) = new.last() {
        let id = log.map_or_else(|| create(connection, incoming), |log| Ok(log.id))?;
        insert(connection, id, incoming, new)?;
        connection
            .prepare_cached("UPDATE log SET stored = ?2, head = ?3, received_on = ?4 WHERE id = ?1")?
            .execute(params![id, to_integer(last.sequence, "stored")?, last.chain.0, incoming.today])?;
        audit::append(connection, incoming.note(new).as_slice())?;
    }
    Ok(Admitted::Held { new: u64::try_from(new.len()).unwrap_or(u64::MAX) })
}

/// What is held of a device; nothing at all for one that never sent.
pub fn held(connection: &Connection, device: DeviceId) -> Result<Held, StoreFault> {
    let audit = audit::head(connection)?;
    let Some(log) = find_log(connection, device)? else {
        return Ok(Held::nothing(device, audit));
    };
    Ok(Held {
        stored: log.stored,
        head: log.head,
        backed_up: log.backed_up,
        refused: list_refused(connection, log.id)?,
        audit,
    })
}

/// Notes that a desk holds operations 1…`through`, if with the chain value that is held here.
pub fn acknowledge(connection: &Connection, held: &HeldLog) -> Result<Result<(), NotOurs>, StoreFault> {
    let place = match find_place(connection, held)? {
        Ok(place) => place,
        Err(not_ours) => return Ok(Err(not_ours)),
    };
    if let Some((log, through)) = place {
        connection
            .prepare_cached("UPDATE log SET acknowledged = max(acknowledged, ?2) WHERE id = ?1")?
            .execute([log, through])?;
    }
    Ok(Ok(()))
}

/// Where a copy elsewhere ends in the log that is held here: the log and the sequence number. Nothing of nothing is a
/// place in no log.
pub(super) fn find_place(
    connection: &Connection,
    held: &HeldLog,
) -> Result<Result<Option<(i64, i64)>, NotOurs>, StoreFault> {
    let HeldLog { device, through, head } = *held;
    let log = find_log(connection, device)?;
    let Some(log) = log.as_ref().filter(|log| through <= log.stored) else {
        let expected = log.map_or(0, |log| log.stored).saturating_add(1);
        let nothing = through == 0 && head == genesis(device);
        return Ok(if nothing { Ok(None) } else { Err(NotOurs::Beyond { expected }) });
    };
    let ours = match through {
        0 => Some(genesis(device)),
        _ => chain_at(connection, log.id, through)?,
    };
    if ours != Some(head) {
        return Ok(Err(NotOurs::OtherHead));
    }
    Ok(Ok(Some((log.id, to_integer(through, "backed_up")?))))
}

fn set_apart(connection: &Connection, incoming: &Incoming, expected: u64) -> Result<Appended, StoreFault> {
    Ok(Appended::apart(quarantine::keep(connection, incoming, QuarantineReason::Fork)?, expected))
}

fn find_log(connection: &Connection, device: DeviceId) -> Result<Option<Log>, StoreFault> {
    let found = connection
        .prepare_cached("SELECT id, stored, head, backed_up, quarantined_on IS NOT NULL FROM log WHERE device = ?1")?
        .query_row([device.0.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    let Some((id, stored, head, backed_up, is_quarantined)) = found else {
        return Ok(None);
    };
    Ok(Some(Log {
        id,
        stored: to_number(stored, "stored")?,
        head: to_digest(&head, "head")?,
        backed_up: to_number(backed_up, "backed_up")?,
        is_quarantined,
    }))
}

fn create(connection: &Connection, incoming: &Incoming) -> Result<i64, StoreFault> {
    connection
        .prepare_cached("INSERT INTO log (device, stored, head, received_on) VALUES (?1, 0, ?2, ?3)")?
        .execute(params![incoming.device.0.as_bytes(), genesis(incoming.device).0, incoming.today])?;
    Ok(connection.last_insert_rowid())
}

fn chain_at(connection: &Connection, log: i64, sequence: u64) -> Result<Option<Digest>, StoreFault> {
    let chain: Option<Vec<u8>> = connection
        .prepare_cached("SELECT chain FROM operation WHERE log_id = ?1 AND sequence = ?2")?
        .query_row(params![log, to_integer(sequence, "sequence")?], |row| row.get(0))
        .optional()?;
    chain.map(|chain| to_digest(&chain, "chain")).transpose()
}

fn insert(connection: &Connection, log: i64, incoming: &Incoming, entries: &[Entry]) -> Result<(), StoreFault> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO operation (log_id, sequence, stream, unit, audience, chain, signature, sealed, refused)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for entry in entries {
        statement.execute(params![
            log,
            to_integer(entry.sequence, "sequence")?,
            entry.stream.code(),
            incoming.unit.as_str(),
            incoming.audience.as_ref().map(UnitId::as_str),
            entry.chain.0,
            entry.signature,
            entry.sealed,
            entry.refused.map(RefusalCode::code),
        ])?;
    }
    Ok(())
}

fn list_refused(connection: &Connection, log: i64) -> Result<Vec<RefusedOperation>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, refused FROM operation WHERE log_id = ?1 AND refused IS NOT NULL ORDER BY sequence",
    )?;
    let rows = statement.query_map([log], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (sequence, refused) = row?;
        Ok(RefusedOperation { sequence: to_number(sequence, "sequence")?, code: to_code(&refused, "refused")? })
    })
    .collect()
}
