//! Removing what has been kept long enough.

use super::backup;
use crate::store::code::remembered_since;
use crate::store::fault::StoreFault;
use crate::store::retention::{AT_ONCE, Due, Removed};
use crate::store::row::to_number;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, params};

/// Notes how far each log is held elsewhere today, and removes some of what is due.
pub fn remove(connection: &Connection, due: &Due) -> Result<Removed, StoreFault> {
    note(connection, due)?;
    let (operations, more) = remove_sealed(connection, due)?;
    Ok(Removed {
        operations,
        batches: remove_batches(connection, due)?,
        enrolments: remove_enrolments(connection, due.now, due.pending_until())?,
        more,
    })
}

fn note(connection: &Connection, due: &Due) -> Result<(), StoreFault> {
    connection
        .prepare_cached(
            "INSERT INTO mark (log_id, day, through)
             SELECT id, ?1, CASE WHEN ?2 THEN min(acknowledged, copied) ELSE acknowledged END AS safe FROM log
             WHERE safe > max(removed, coalesce((SELECT max(through) FROM mark WHERE log_id = log.id), 0))
             ON CONFLICT (log_id, day) DO UPDATE SET through = excluded.through",
        )?
        .execute(params![due.today(), due.terms.has_backups])?;
    Ok(())
}

/// How many operations lost their bytes, and whether there are more.
fn remove_sealed(connection: &Connection, due: &Due) -> Result<(u64, bool), StoreFault> {
    let mut operations = 0;
    let mut room = AT_ONCE;
    for (log, removed, through) in due_logs(connection, due.sealed_until())? {
        if room == 0 {
            return Ok((operations, true));
        }
        let last = through.min(removed.saturating_add(room));
        let gone = connection
            .prepare_cached(
                "UPDATE operation SET sealed = NULL, removed_on = ?4
                 WHERE log_id = ?1 AND sequence > ?2 AND sequence <= ?3 AND refused IS NULL",
            )?
            .execute(params![log, removed, last, due.today()])?;
        connection.prepare_cached("UPDATE log SET removed = ?2 WHERE id = ?1")?.execute([log, last])?;
        connection.prepare_cached("DELETE FROM mark WHERE log_id = ?1 AND through <= ?2")?.execute([log, last])?;
        operations += u64::try_from(gone).unwrap_or(u64::MAX);
        room -= last - removed;
        if last < through {
            return Ok((operations, true));
        }
    }
    Ok((operations, false))
}

/// Logs with what is removed of them, and what may be.
fn due_logs(connection: &Connection, until: NaiveDate) -> Result<Vec<(i64, i64, i64)>, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, removed, max(through) FROM mark JOIN log ON log.id = log_id WHERE day <= ?1
         GROUP BY id HAVING max(through) > removed ORDER BY id",
    )?;
    let rows = statement.query_map([until], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was dropped. What was decided about otherwise and is still here did not continue its log: it goes only if a later
/// backup has it.
fn remove_batches(connection: &Connection, due: &Due) -> Result<u64, StoreFault> {
    let dropped = connection
        .prepare_cached("DELETE FROM quarantine WHERE dropped_on <= ?1")?
        .execute([due.quarantine_until()])?;
    let dropped = u64::try_from(dropped).unwrap_or(u64::MAX);
    let Some(newest) = backup::newest(connection)?.made.filter(|_| due.terms.has_backups) else {
        return Ok(dropped);
    };
    let left = connection
        .prepare_cached("DELETE FROM quarantine WHERE dropped_on IS NULL AND decided_on <= ?1 AND received_on < ?2")?
        .execute(params![due.quarantine_until(), newest.date_naive()])?;
    Ok(dropped.saturating_add(u64::try_from(left).unwrap_or(u64::MAX)))
}

fn remove_enrolments(connection: &Connection, now: DateTime<Utc>, pending_until: i64) -> Result<u64, StoreFault> {
    let codes = connection.execute("DELETE FROM enrolment_code WHERE announced_at < ?1", [remembered_since(now)])?;
    let keys = connection.execute("DELETE FROM enrolment WHERE received_at < ?1", [pending_until])?;
    to_number(i64::try_from(codes.saturating_add(keys)).unwrap_or(i64::MAX), "enrolment")
}
