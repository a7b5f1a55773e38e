//! Removing what has been kept long enough, as on `SQLite`. Several instances may do it at once: each takes the locks of
//! the rows that it changes, log by log in one order.

use super::Work;
use crate::nonces::MEMORY_SECONDS;
use crate::store::code::remembered_since;
use crate::store::fault::StoreFault;
use crate::store::retention::{AT_ONCE, Due, Removed};
use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

/// Notes how far each log is held elsewhere today, and removes some of what is due.
pub async fn remove(work: Work<'_>, due: &Due) -> Result<Removed, StoreFault> {
    note(work, due).await?;
    let (operations, more) = remove_sealed(work, due).await?;
    let batches = remove_batches(work, due).await?;
    Ok(Removed { operations, batches, enrolments: remove_enrolments(work, due).await?, more })
}

async fn note(work: Work<'_>, due: &Due) -> Result<(), StoreFault> {
    work.execute(
        "INSERT INTO mark (programme, unit, device, day, through)
         SELECT programme, unit, device, $2, safe FROM
             (SELECT *, CASE WHEN $3 THEN least(acknowledged, copied) ELSE acknowledged END AS safe
              FROM log WHERE programme = $1) AS log
         WHERE safe > greatest(removed, coalesce(
             (SELECT max(through) FROM mark WHERE mark.programme = log.programme
                AND mark.unit = log.unit AND mark.device = log.device), 0))
         ORDER BY unit, device
         ON CONFLICT (programme, unit, device, day) DO UPDATE SET through = greatest(mark.through, excluded.through)",
        &[&work.programme, &due.today(), &due.terms.has_backups],
    )
    .await?;
    Ok(())
}

async fn remove_sealed(work: Work<'_>, due: &Due) -> Result<(u64, bool), StoreFault> {
    let (mut operations, mut room) = (0, AT_ONCE);
    for (unit, device, removed, through) in due_logs(work, due.sealed_until()).await? {
        if room == 0 {
            return Ok((operations, true));
        }
        let last = through.min(removed.saturating_add(room));
        operations += work
            .execute(
                "UPDATE operation SET sealed = NULL, removed_on = $6
                 WHERE programme = $1 AND unit = $2 AND device = $3
                   AND sequence > $4 AND sequence <= $5 AND refused IS NULL AND removed_on IS NULL",
                &[&work.programme, &unit, &device, &removed, &last, &due.today()],
            )
            .await?;
        work.execute(
            "UPDATE log SET removed = greatest(removed, $4) WHERE programme = $1 AND unit = $2 AND device = $3",
            &[&work.programme, &unit, &device, &last],
        )
        .await?;
        work.execute(
            "DELETE FROM mark WHERE programme = $1 AND unit = $2 AND device = $3 AND through <= $4",
            &[&work.programme, &unit, &device, &last],
        )
        .await?;
        room -= last - removed;
        if last < through {
            return Ok((operations, true));
        }
    }
    Ok((operations, false))
}

async fn due_logs(work: Work<'_>, until: NaiveDate) -> Result<Vec<(String, Uuid, i64, i64)>, StoreFault> {
    let rows = work
        .query(
            "SELECT unit, device, removed, max(through) FROM mark JOIN log USING (programme, unit, device)
             WHERE programme = $1 AND day <= $2 GROUP BY unit, device, removed HAVING max(through) > removed
             ORDER BY unit, device",
            &[&work.programme, &until],
        )
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?))).collect()
}

/// What was dropped; and what was decided about otherwise and is still here, if a later backup has it.
async fn remove_batches(work: Work<'_>, due: &Due) -> Result<u64, StoreFault> {
    let dropped = work
        .execute(
            "DELETE FROM quarantine WHERE programme = $1 AND dropped_on <= $2",
            &[&work.programme, &due.quarantine_until()],
        )
        .await?;
    let newest: Option<i64> =
        work.query_one("SELECT max(made_at) FROM backup WHERE programme = $1", &[&work.programme]).await?.try_get(0)?;
    let Some(newest) = newest.and_then(|at| DateTime::from_timestamp(at, 0)).filter(|_| due.terms.has_backups) else {
        return Ok(dropped);
    };
    let left = work
        .execute(
            "DELETE FROM quarantine
             WHERE programme = $1 AND dropped_on IS NULL AND decided_on <= $2 AND received_on < $3",
            &[&work.programme, &due.quarantine_until(), &newest.date_naive()],
        )
        .await?;
    Ok(dropped.saturating_add(left))
}

/// Nonces with them, of which each request removes a few.
async fn remove_enrolments(work: Work<'_>, due: &Due) -> Result<u64, StoreFault> {
    let codes = work
        .execute(
            "DELETE FROM enrolment_code WHERE programme = $1 AND announced_at < $2",
            &[&work.programme, &remembered_since(due.now)],
        )
        .await?;
    let keys = work
        .execute(
            "DELETE FROM enrolment WHERE programme = $1 AND received_at < $2",
            &[&work.programme, &due.pending_until()],
        )
        .await?;
    work.execute(
        "DELETE FROM nonce WHERE programme = $1 AND seen_at < $2",
        &[&work.programme, &due.now.timestamp().saturating_sub(MEMORY_SECONDS)],
    )
    .await?;
    Ok(codes.saturating_add(keys))
}
