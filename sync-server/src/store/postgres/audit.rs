//! The record. A transaction that took the last place in the chain would make all others wait for its disk; so entries
//! are written in the transaction of what they tell, without a place, and [`link`] gives places to all that can be seen.

use super::rows::{Links, Notes};
use super::{Work, lock};
use crate::store::audit::keep_from;
use crate::store::fault::StoreFault;
use crate::store::row::{to_code, to_digest, to_integer, to_number};
use chrono::NaiveDate;
use domain::sync::audit::{AuditEntry, AuditHead, AuditKind, Note, origin};
use domain::sync::chain::Digest;
use domain::sync::{DeviceId, ProgrammeId};
use tokio_postgres::Row;
use uuid::Uuid;

/// Puts entries with their places into the record.
pub const INSERT: &str = "
    INSERT INTO audit (programme, number, day, kind, device, about, value, chain)
    SELECT $1, entry.* FROM unnest($2::bigint[], $3::date[], $4::text[], $5::uuid[], $6::uuid[], $7::bigint[],
                                   $8::bytea[]) AS entry (number, day, kind, device, about, value, chain)
    ORDER BY number";

/// Adds entries, durable with this transaction. Their places come with [`link`].
pub async fn append(work: Work<'_>, notes: &[Note]) -> Result<(), StoreFault> {
    for note in notes {
        work.execute(
            "INSERT INTO audit_waiting (programme, day, kind, device, about, value) VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                &work.programme,
                &note.day,
                &note.kind.code(),
                &note.device.map(|device| device.0),
                &note.about.map(|device| device.0),
                &note.value.map(|value| to_integer(value, "value")).transpose()?,
            ],
        )
        .await?;
    }
    Ok(())
}

/// Gives the entries that wait their places. While another transaction does so, this one leaves it to that.
pub async fn link(work: Work<'_>) -> Result<(), StoreFault> {
    if !lock::is_free_to_link(work).await? {
        return Ok(());
    }
    let rows = work
        .query(
            "DELETE FROM audit_waiting WHERE programme = $1 RETURNING day, kind, device, about, value, id",
            &[&work.programme],
        )
        .await?;
    let mut waiting = rows
        .iter()
        .map(|row| Ok((row.try_get::<_, i64>(5)?, to_note(row, 0)?)))
        .collect::<Result<Vec<_>, StoreFault>>()?;
    waiting.sort_by_key(|(id, _)| *id);
    let notes: Vec<Note> = waiting.into_iter().map(|(_, note)| note).collect();
    chain(work, &notes).await
}

/// The entries that wait for their places, in the order in which they came. They go on waiting.
pub async fn waiting(work: Work<'_>) -> Result<Vec<Note>, StoreFault> {
    let rows = work
        .query(
            "SELECT day, kind, device, about, value FROM audit_waiting WHERE programme = $1 ORDER BY id",
            &[&work.programme],
        )
        .await?;
    rows.iter().map(|row| to_note(row, 0)).collect()
}

/// Puts entries behind the last one, in one statement. Nobody else does.
async fn chain(work: Work<'_>, notes: &[Note]) -> Result<(), StoreFault> {
    if notes.is_empty() {
        return Ok(());
    }
    let Links { notes, numbers, chains, .. } = Links::of(head(work).await?, notes)?;
    let Notes { days, kinds, devices, about, values } = &notes;
    work.execute(INSERT, &[&work.programme, &numbers, days, kinds, devices, about, values, &chains]).await?;
    Ok(())
}

/// The last place.
pub async fn head(work: Work<'_>) -> Result<AuditHead, StoreFault> {
    let found = work
        .query_opt(
            "SELECT number, chain FROM audit WHERE programme = $1 ORDER BY number DESC LIMIT 1",
            &[&work.programme],
        )
        .await?;
    match found {
        Some(row) => to_head(&row),
        None => start(work).await,
    }
}

/// The place that the first kept entry follows.
pub async fn start(work: Work<'_>) -> Result<AuditHead, StoreFault> {
    let found = work
        .query_opt(
            "SELECT number, chain FROM audit_cut WHERE programme = $1 ORDER BY number DESC LIMIT 1",
            &[&work.programme],
        )
        .await?;
    found.map_or_else(|| Ok(origin(ProgrammeId(work.programme))), |row| to_head(&row))
}

/// A place, from the first two columns.
pub(super) fn to_head(row: &Row) -> Result<AuditHead, StoreFault> {
    Ok(AuditHead { number: to_number(row.try_get(0)?, "number")?, head: to_digest(row.try_get(1)?, "chain")? })
}

/// The chain value at a place; none before the first kept entry and behind the last.
pub async fn at(work: Work<'_>, number: u64) -> Result<Option<Digest>, StoreFault> {
    let start = start(work).await?;
    if start.number == number {
        return Ok(Some(start.head));
    }
    let Ok(number) = to_integer(number, "number") else { return Ok(None) };
    let found = work
        .query_opt("SELECT chain FROM audit WHERE programme = $1 AND number = $2", &[&work.programme, &number])
        .await?;
    found.map(|row| to_digest(row.try_get(0)?, "chain")).transpose()
}

/// Up to `limit` entries after a number, ascending.
pub async fn page(work: Work<'_>, after: u64, limit: u16) -> Result<Vec<AuditEntry>, StoreFault> {
    let after = to_integer(after, "number").unwrap_or(i64::MAX);
    let rows = work
        .query(
            "SELECT number, chain, day, kind, device, about, value FROM audit
             WHERE programme = $1 AND number > $2 ORDER BY number LIMIT $3",
            &[&work.programme, &after, &i64::from(limit)],
        )
        .await?;
    rows.iter().map(|row| Ok(AuditEntry { place: to_head(row)?, note: to_note(row, 2)? })).collect()
}

/// Day, kind, device, about and value, from this column on.
pub(super) fn to_note(row: &Row, first: usize) -> Result<Note, StoreFault> {
    let device = |column: usize| -> Result<Option<DeviceId>, StoreFault> {
        Ok(row.try_get::<_, Option<Uuid>>(column)?.map(DeviceId))
    };
    let value: Option<i64> = row.try_get(first + 4)?;
    Ok(Note {
        day: row.try_get(first)?,
        kind: to_code(row.try_get(first + 1)?, "kind")?,
        device: device(first + 2)?,
        about: device(first + 3)?,
        value: value.map(|value| to_number(value, "value")).transpose()?,
    })
}

/// Removes what is to be forgotten. Gives the number of entries removed.
pub async fn forget(work: Work<'_>, today: NaiveDate) -> Result<u64, StoreFault> {
    if !lock::is_free_to_link(work).await? {
        return Ok(0);
    }
    let newest = work
        .query_opt("SELECT day FROM audit WHERE programme = $1 ORDER BY number DESC LIMIT 1", &[&work.programme])
        .await?;
    let newest: Option<NaiveDate> = newest.map(|row| row.try_get(0)).transpose()?;
    let Some(keep_from) = newest.and_then(keep_from) else { return Ok(0) };
    let young: Option<i64> = work
        .query_one("SELECT min(number) FROM audit WHERE programme = $1 AND day >= $2", &[&work.programme, &keep_from])
        .await?
        .try_get(0)?;
    let Some(young) = young else { return Ok(0) };
    let through = to_number(young, "number")?.saturating_sub(1);
    let start = start(work).await?;
    let Some(chain) = at(work, through).await?.filter(|_| through > start.number) else { return Ok(0) };
    let number = to_integer(through, "number")?;
    work.execute(
        "INSERT INTO audit_cut (programme, number, chain, cut_on) VALUES ($1, $2, $3, $4)",
        &[&work.programme, &number, &chain.0.as_slice(), &today],
    )
    .await?;
    let removed =
        work.execute("DELETE FROM audit WHERE programme = $1 AND number <= $2", &[&work.programme, &number]).await?;
    append(work, &[Note::new(today, AuditKind::Forgotten).with(through)]).await?;
    Ok(removed)
}
