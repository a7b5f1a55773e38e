//! What a revoked or forked device sends: kept byte for byte until the desk releases or drops it.

use super::log::{Admitted, admit};
use super::{Work, audit, lock};
use crate::store::fault::StoreFault;
use crate::store::incoming::Incoming;
use crate::store::outcome::{Decided, Kept, ROOM_BYTES};
use crate::store::row::{to_code, to_integer, to_number};
use domain::sync::DeviceId;
use domain::sync::push::Batch;
use domain::sync::quarantine::{DecisionOutcome, Quarantine, QuarantineReason, QuarantineVerdict, QuarantinedBatch};

/// Keeps a verified batch.
pub async fn keep(work: Work<'_>, incoming: &Incoming, reason: QuarantineReason) -> Result<Kept, StoreFault> {
    lock::device(work, incoming.device).await?;
    keep_locked(work, incoming, reason).await
}

/// As [`keep`], of a device that is locked.
pub async fn keep_locked(work: Work<'_>, incoming: &Incoming, reason: QuarantineReason) -> Result<Kept, StoreFault> {
    let (Some(first), Some(last)) = (incoming.entries.first(), incoming.entries.last()) else {
        return Ok(Kept::Known);
    };
    let device = &incoming.device.0;
    let first = to_integer(first.sequence, "first_sequence")?;
    let through = to_integer(last.sequence, "last_sequence")?;
    let head = last.chain.0.as_slice();
    let is_known: bool = work
        .query_one(
            "SELECT EXISTS (SELECT 1 FROM quarantine WHERE programme = $1 AND device = $2
                            AND first_sequence <= $3 AND last_sequence = $4 AND head = $5)",
            &[&work.programme, device, &first, &through, &head],
        )
        .await?
        .try_get(0)?;
    let is_held: bool = work
        .query_one(
            "SELECT EXISTS (SELECT 1 FROM operation JOIN log USING (programme, unit, device)
                            WHERE programme = $1 AND device = $2 AND sequence = $3 AND chain = $4)",
            &[&work.programme, device, &through, &head],
        )
        .await?
        .try_get(0)?;
    if is_known || is_held {
        return Ok(Kept::Known);
    }
    let used: i64 = work
        .query_one(
            "SELECT coalesce(sum(length(body)), 0)::bigint FROM quarantine
             WHERE programme = $1 AND device = $2 AND dropped_on IS NULL",
            &[&work.programme, device],
        )
        .await?
        .try_get(0)?;
    let size = i64::try_from(incoming.body.len()).unwrap_or(i64::MAX);
    if used.saturating_add(size) > ROOM_BYTES {
        return Ok(Kept::NoRoom);
    }
    work.execute(
        "INSERT INTO quarantine
                 (programme, device, first_sequence, last_sequence, head, reason, body, received_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&work.programme, device, &first, &through, &head, &reason.code(), &incoming.body, &incoming.today],
    )
    .await?;
    Ok(Kept::Yes)
}

/// Every batch, without its content.
pub async fn list(work: Work<'_>) -> Result<Quarantine, StoreFault> {
    let rows = work
        .query(
            "SELECT id, device, first_sequence, last_sequence, reason, received_on, dropped_on FROM quarantine
             WHERE programme = $1 ORDER BY device, id",
            &[&work.programme],
        )
        .await?;
    let batches = rows
        .iter()
        .map(|row| {
            Ok(QuarantinedBatch {
                number: to_number(row.try_get(0)?, "id")?,
                device: DeviceId(row.try_get(1)?),
                first: to_number(row.try_get(2)?, "first_sequence")?,
                last: to_number(row.try_get(3)?, "last_sequence")?,
                reason: to_code(row.try_get(4)?, "reason")?,
                received_on: row.try_get(5)?,
                dropped_on: row.try_get(6)?,
            })
        })
        .collect::<Result<_, StoreFault>>()?;
    Ok(Quarantine { batches })
}

/// Keeps the decision, then releases, drops, or takes back what was dropped.
pub async fn decide(work: Work<'_>, decided: &Decided) -> Result<DecisionOutcome, StoreFault> {
    let Decided { decision, signature, body, .. } = decided;
    lock::device(work, decision.device).await?;
    work.execute(
        "INSERT INTO decision (programme, decided_by, created, nonce, signature, body)
             VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            &work.programme,
            &signature.device.0,
            &signature.created,
            &signature.nonce.as_slice(),
            &signature.signature,
            body,
        ],
    )
    .await?;
    audit::append(work, &[decided.note()]).await?;
    let device = &decision.device.0;
    let through = decided.through();
    let operations = match decision.verdict {
        QuarantineVerdict::Release => release(work, decided, through).await?,
        QuarantineVerdict::Drop | QuarantineVerdict::TakeBack => 0,
    };
    let (decided_on, dropped_on) = (decided.decided_on(), decided.dropped_on());
    work.execute(
        "UPDATE quarantine SET decided_on = $4, dropped_on = $5
         WHERE programme = $1 AND device = $2 AND id <= $3 AND (dropped_on IS NOT NULL) = $6",
        &[&work.programme, device, &through, &decided_on, &dropped_on, &decided.is_about_dropped()],
    )
    .await?;
    let left: i64 = work
        .query_one(
            "SELECT count(*) FROM quarantine WHERE programme = $1 AND device = $2 AND id <= $3 AND dropped_on IS NULL",
            &[&work.programme, device, &through],
        )
        .await?
        .try_get(0)?;
    Ok(DecisionOutcome { operations, left: to_number(left, "quarantine")? })
}

/// Puts the batches that continue the log into it, one after the other. Gives the number of new operations.
async fn release(work: Work<'_>, decided: &Decided, through: i64) -> Result<u64, StoreFault> {
    let device = &decided.decision.device.0;
    let rows = work
        .query(
            "SELECT id, body FROM quarantine WHERE programme = $1 AND device = $2 AND id <= $3 AND dropped_on IS NULL
             ORDER BY first_sequence, id",
            &[&work.programme, device, &through],
        )
        .await?;
    let mut operations = 0_u64;
    for row in rows {
        let (id, body): (i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?);
        let batch: Batch = serde_json::from_slice(&body).map_err(|_| StoreFault::Column("body"))?;
        let Some(incoming) = decided.admits(batch, body) else {
            continue;
        };
        if let Admitted::Held { new, .. } = admit(work, &incoming).await? {
            operations = operations.saturating_add(new);
            work.execute(
                "DELETE FROM quarantine WHERE programme = $1 AND device = $2 AND id = $3",
                &[&work.programme, device, &id],
            )
            .await?;
        }
    }
    Ok(operations)
}
