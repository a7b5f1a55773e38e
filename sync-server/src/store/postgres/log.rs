//! The logs of the devices: appending, and stating what is held.

use super::rows::Entries;
use super::{Work, audit, lock, quarantine};
use crate::store::fault::StoreFault;
use crate::store::incoming::{Entry, Incoming, Verdict};
use crate::store::outcome::{Appended, Held, NotOurs};
use crate::store::row::{to_code, to_digest, to_integer, to_number};
use domain::sync::chain::{Digest, genesis};
use domain::sync::pull::{Acknowledgement, HeldLog};
use domain::sync::quarantine::QuarantineReason;
use domain::sync::receipt::RefusedOperation;
use domain::sync::{DeviceId, UnitId};

/// What is held of a device, and where.
pub struct Log {
    /// Where it lies.
    unit: String,
    stored: u64,
    head: Digest,
    backed_up: u64,
    is_quarantined: bool,
}

/// Appends what is new of a batch.
pub async fn append(work: Work<'_>, incoming: &Incoming) -> Result<Appended, StoreFault> {
    lock::device(work, incoming.device).await?;
    let log = find_log(work, incoming.device).await?;
    if let Some(log) = log.as_ref().filter(|log| log.is_quarantined) {
        return set_apart(work, incoming, log.stored.saturating_add(1)).await;
    }
    let is_new = log.is_none();
    match admit_to(work, incoming, log).await? {
        Admitted::Held { new: 0, log } => Ok(Appended::Known(state(work, incoming.device, log).await?)),
        Admitted::Held { log, .. } => Ok(Appended::Held(state(work, incoming.device, log).await?)),
        Admitted::Gap { expected } => Ok(Appended::Gap { expected }),
        Admitted::Elsewhere { expected } => {
            if is_new {
                create(work, incoming).await?;
            }
            work.execute(
                "UPDATE log SET quarantined_on = $3 WHERE programme = $1 AND device = $2",
                &[&work.programme, &incoming.device.0, &incoming.today],
            )
            .await?;
            audit::append(work, &[incoming.fork_note()]).await?;
            set_apart(work, incoming, expected).await
        }
    }
}

/// Whether a batch continues its log.
pub enum Admitted {
    /// Everything in it is held now.
    Held {
        /// Operations that were not held before.
        new: u64,
        /// The log as it is now; none when there is nothing in it.
        log: Option<Log>,
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

/// Puts what is new of a batch into its log, if it continues it. The device is locked.
pub async fn admit(work: Work<'_>, incoming: &Incoming) -> Result<Admitted, StoreFault> {
    let log = find_log(work, incoming.device).await?;
    admit_to(work, incoming, log).await
}

/// As [`admit`], to the log as it is.
async fn admit_to(work: Work<'_>, incoming: &Incoming, log: Option<Log>) -> Result<Admitted, StoreFault> {
    let stored = log.as_ref().map_or(0, |log| log.stored);
    let there = match &log {
        Some(log) => chain_at(work, incoming.device, log, incoming.meets_at(stored)).await?,
        None => Some(genesis(incoming.device)),
    };
    let new = match incoming.against(stored, there) {
        Verdict::Continues(new) => new,
        Verdict::Gap { expected } => return Ok(Admitted::Gap { expected }),
        Verdict::Elsewhere { expected } => return Ok(Admitted::Elsewhere { expected }),
    };
    let Some(last) = new.last() else {
        return Ok(Admitted::Held { new: 0, log });
    };
    let log = match log {
        Some(log) => log,
        None => create(work, incoming).await?,
    };
    lock::cursors(work, incoming.audience.as_ref()).await?;
    let log = Log { stored: last.sequence, head: last.chain, ..log };
    let note = incoming.note(new);
    // Sent together: each waits for the one before in the database, not here. The first fault is the true one.
    tokio::try_join!(
        biased;
        insert(work, &log.unit, incoming, new),
        extend(work, incoming, &log),
        audit::append(work, note.as_slice()),
    )?;
    Ok(Admitted::Held { new: u64::try_from(new.len()).unwrap_or(u64::MAX), log: Some(log) })
}

async fn extend(work: Work<'_>, incoming: &Incoming, log: &Log) -> Result<(), StoreFault> {
    work.execute(
        "UPDATE log SET stored = $4, head = $5, received_on = $6 WHERE programme = $1 AND unit = $2 AND device = $3",
        &[
            &work.programme,
            &log.unit,
            &incoming.device.0,
            &to_integer(log.stored, "stored")?,
            &log.head.0.as_slice(),
            &incoming.today,
        ],
    )
    .await?;
    Ok(())
}

/// What is held of a device.
pub async fn held(work: Work<'_>, device: DeviceId) -> Result<Held, StoreFault> {
    let log = find_log(work, device).await?;
    state(work, device, log).await
}

/// As [`held`], of the log as it is.
async fn state(work: Work<'_>, device: DeviceId, log: Option<Log>) -> Result<Held, StoreFault> {
    let Some(log) = log else {
        return Ok(Held::nothing(device, audit::head(work).await?));
    };
    let (audit, refused) = tokio::try_join!(biased; audit::head(work), list_refused(work, device, &log))?;
    Ok(Held { stored: log.stored, head: log.head, backed_up: log.backed_up, refused, audit })
}

async fn list_refused(work: Work<'_>, device: DeviceId, log: &Log) -> Result<Vec<RefusedOperation>, StoreFault> {
    let rows = work
        .query(
            "SELECT sequence, refused FROM operation
             WHERE programme = $1 AND unit = $2 AND device = $3 AND sequence <= $4 AND refused IS NOT NULL
             ORDER BY sequence",
            &[&work.programme, &log.unit, &device.0, &to_integer(log.stored, "stored")?],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let sequence = to_number(row.try_get(0)?, "sequence")?;
            Ok(RefusedOperation { sequence, code: to_code(row.try_get(1)?, "refused")? })
        })
        .collect()
}

/// Notes which logs have a copy elsewhere. Gives the first that was not taken.
pub async fn acknowledge_all(work: Work<'_>, held: &Acknowledgement) -> Result<Option<NotOurs>, StoreFault> {
    // In one order, so that two desks do not wait for each other.
    let mut places: Vec<usize> = (0..held.held.len()).collect();
    places.sort_by_key(|place| held.held.get(*place).map(|log| log.device));
    let mut refused: Vec<(usize, NotOurs)> = Vec::new();
    for place in places {
        if let Some(log) = held.held.get(place)
            && let Err(not_ours) = acknowledge(work, log).await?
        {
            refused.push((place, not_ours));
        }
    }
    Ok(refused.into_iter().min_by_key(|(place, _)| *place).map(|(_, not_ours)| not_ours))
}

async fn acknowledge(work: Work<'_>, held: &HeldLog) -> Result<Result<(), NotOurs>, StoreFault> {
    let HeldLog { device, through, head } = *held;
    let log = find_log(work, device).await?;
    let Some(log) = log.as_ref().filter(|log| through <= log.stored) else {
        let expected = log.map_or(0, |log| log.stored).saturating_add(1);
        let nothing = through == 0 && head == genesis(device);
        return Ok(if nothing { Ok(()) } else { Err(NotOurs::Beyond { expected }) });
    };
    if chain_at(work, device, log, through).await? != Some(head) {
        return Ok(Err(NotOurs::OtherHead));
    }
    work.execute(
        "UPDATE log SET acknowledged = greatest(acknowledged, $4) WHERE programme = $1 AND unit = $2 AND device = $3",
        &[&work.programme, &log.unit, &device.0, &to_integer(through, "backed_up")?],
    )
    .await?;
    Ok(Ok(()))
}

async fn set_apart(work: Work<'_>, incoming: &Incoming, expected: u64) -> Result<Appended, StoreFault> {
    let kept = quarantine::keep_locked(work, incoming, QuarantineReason::Fork).await?;
    Ok(Appended::apart(kept, expected))
}

async fn find_log(work: Work<'_>, device: DeviceId) -> Result<Option<Log>, StoreFault> {
    let found = work
        .query_opt(
            "SELECT unit, stored, head, backed_up, quarantined_on IS NOT NULL FROM log
             WHERE programme = $1 AND device = $2",
            &[&work.programme, &device.0],
        )
        .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    Ok(Some(Log {
        unit: row.try_get(0)?,
        stored: to_number(row.try_get(1)?, "stored")?,
        head: to_digest(row.try_get(2)?, "head")?,
        backed_up: to_number(row.try_get(3)?, "backed_up")?,
        is_quarantined: row.try_get(4)?,
    }))
}

/// Makes an empty log.
async fn create(work: Work<'_>, incoming: &Incoming) -> Result<Log, StoreFault> {
    let unit = incoming.audience.as_ref().map_or("", UnitId::as_str).to_owned();
    let head = genesis(incoming.device);
    work.execute(
        "INSERT INTO log (programme, unit, device, stored, head, received_on) VALUES ($1, $2, $3, 0, $4, $5)",
        &[&work.programme, &unit, &incoming.device.0, &head.0.as_slice(), &incoming.today],
    )
    .await?;
    Ok(Log { unit, stored: 0, head, backed_up: 0, is_quarantined: false })
}

async fn chain_at(work: Work<'_>, device: DeviceId, log: &Log, sequence: u64) -> Result<Option<Digest>, StoreFault> {
    if sequence == 0 {
        return Ok(Some(genesis(device)));
    }
    if sequence == log.stored {
        return Ok(Some(log.head));
    }
    let found = work
        .query_opt(
            "SELECT chain FROM operation WHERE programme = $1 AND unit = $2 AND device = $3 AND sequence = $4",
            &[&work.programme, &log.unit, &device.0, &to_integer(sequence, "sequence")?],
        )
        .await?;
    found.map(|row| to_digest(row.try_get(0)?, "chain")).transpose()
}

async fn insert(work: Work<'_>, unit: &str, incoming: &Incoming, entries: &[Entry]) -> Result<(), StoreFault> {
    let mut rows = Entries::default();
    rows.add(1, entries)?;
    let Entries { sequences, streams, chains, signatures, sealed, refused, .. } = &rows;
    // Cursors in the order of the log: the rows are sorted before the outer list is worked out.
    work.execute(
        "INSERT INTO operation (programme, unit, device, named, audience,
                                    sequence, stream, chain, signature, sealed, refused, cursor)
             SELECT $1, $2, $3, $4, $5, sequence, stream, chain, signature, sealed, refused, nextval('operation_cursor')
             FROM (SELECT * FROM unnest($6::bigint[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[], $11::text[])
                       AS entry (sequence, stream, chain, signature, sealed, refused)
                   ORDER BY sequence) AS entry",
        &[
            &work.programme,
            &unit,
            &incoming.device.0,
            &incoming.unit.as_str(),
            &incoming.audience.as_ref().map(UnitId::as_str),
            sequences,
            streams,
            chains,
            signatures,
            sealed,
            refused,
        ],
    )
    .await?;
    Ok(())
}
