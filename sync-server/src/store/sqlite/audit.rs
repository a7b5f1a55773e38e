//! The record: entries chained to all earlier ones, written in the transaction of what they tell.

use crate::store::audit::keep_from;
use crate::store::fault::StoreFault;
use crate::store::row::{to_code, to_device, to_digest, to_integer, to_number};
use chrono::NaiveDate;
use domain::sync::audit::{AuditEntry, AuditHead, AuditKind, Note, origin};
use domain::sync::chain::Digest;
use domain::sync::{DeviceId, ProgrammeId};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Adds entries behind the last one.
pub fn append(connection: &Connection, notes: &[Note]) -> Result<(), StoreFault> {
    if notes.is_empty() {
        return Ok(());
    }
    let mut head = head(connection)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO audit (number, day, kind, device, about, value, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for note in notes {
        let AuditEntry { place, note } = note.follow(head);
        insert.execute(params![
            to_integer(place.number, "number")?,
            note.day,
            note.kind.code(),
            note.device.map(|device| device.0.into_bytes()),
            note.about.map(|device| device.0.into_bytes()),
            note.value.map(|value| to_integer(value, "value")).transpose()?,
            place.head.0
        ])?;
        head = place;
    }
    Ok(())
}

/// The last place.
pub fn head(connection: &Connection) -> Result<AuditHead, StoreFault> {
    match last_of(connection, "SELECT number, chain FROM audit ORDER BY number DESC LIMIT 1")? {
        Some(head) => Ok(head),
        None => start(connection),
    }
}

/// The place that the first kept entry follows.
pub fn start(connection: &Connection) -> Result<AuditHead, StoreFault> {
    if let Some(cut) = last_of(connection, "SELECT number, chain FROM audit_cut ORDER BY number DESC LIMIT 1")? {
        return Ok(cut);
    }
    let id: Vec<u8> = connection.prepare_cached("SELECT id FROM programme")?.query_row([], |row| row.get(0))?;
    let id = uuid::Uuid::from_slice(&id).map_err(|_| StoreFault::Column("id"))?;
    Ok(origin(ProgrammeId(id)))
}

fn last_of(connection: &Connection, question: &'static str) -> Result<Option<AuditHead>, StoreFault> {
    let found: Option<(i64, Vec<u8>)> =
        connection.prepare_cached(question)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found
        .map(|(number, chain)| {
            Ok(AuditHead { number: to_number(number, "number")?, head: to_digest(&chain, "chain")? })
        })
        .transpose()
}

/// The chain value at a place; none before the first kept entry and behind the last.
pub fn at(connection: &Connection, number: u64) -> Result<Option<Digest>, StoreFault> {
    let start = start(connection)?;
    if start.number == number {
        return Ok(Some(start.head));
    }
    let Ok(number) = to_integer(number, "number") else { return Ok(None) };
    let found: Option<Vec<u8>> = connection
        .prepare_cached("SELECT chain FROM audit WHERE number = ?1")?
        .query_row([number], |row| row.get(0))
        .optional()?;
    found.map(|chain| to_digest(&chain, "chain")).transpose()
}

/// Up to `limit` entries after a number, ascending.
pub fn page(connection: &Connection, after: u64, limit: u16) -> Result<Vec<AuditEntry>, StoreFault> {
    let after = to_integer(after, "number").unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(
        "SELECT number, day, kind, device, about, value, chain FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2",
    )?;
    let mut rows = statement.query(params![after, limit])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(to_entry(row)?);
    }
    Ok(entries)
}

fn to_entry(row: &Row<'_>) -> Result<AuditEntry, StoreFault> {
    let device = |column: usize| -> Result<Option<DeviceId>, StoreFault> {
        row.get::<_, Option<Vec<u8>>>(column)?.map(|id| to_device(&id)).transpose()
    };
    let value: Option<i64> = row.get(5)?;
    Ok(AuditEntry {
        place: AuditHead {
            number: to_number(row.get(0)?, "number")?,
            head: to_digest(&row.get::<_, Vec<u8>>(6)?, "chain")?,
        },
        note: Note {
            day: row.get(1)?,
            kind: to_code(&row.get::<_, String>(2)?, "kind")?,
            device: device(3)?,
            about: device(4)?,
            value: value.map(|value| to_number(value, "value")).transpose()?,
        },
    })
}

/// Removes what is to be forgotten. Gives the number of entries removed.
pub fn forget(connection: &Connection, today: NaiveDate) -> Result<u64, StoreFault> {
    let newest: Option<NaiveDate> = connection
        .prepare_cached("SELECT day FROM audit ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let Some(keep_from) = newest.and_then(keep_from) else { return Ok(0) };
    let young: Option<i64> = connection
        .prepare_cached("SELECT min(number) FROM audit WHERE day >= ?1")?
        .query_row([keep_from], |row| row.get(0))?;
    let Some(young) = young else { return Ok(0) };
    let through = to_number(young, "number")?.saturating_sub(1);
    let start = start(connection)?;
    let Some(chain) = at(connection, through)?.filter(|_| through > start.number) else { return Ok(0) };
    let number = to_integer(through, "number")?;
    connection
        .prepare_cached("INSERT INTO audit_cut (number, chain, cut_on) VALUES (?1, ?2, ?3)")?
        .execute(params![number, chain.0, today])?;
    let removed = connection.prepare_cached("DELETE FROM audit WHERE number <= ?1")?.execute([number])?;
    append(connection, &[Note::new(today, AuditKind::Forgotten).with(through)])?;
    Ok(u64::try_from(removed).unwrap_or(u64::MAX))
}
