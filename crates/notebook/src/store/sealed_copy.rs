//! Sealed envelopes as they came. The desk is the off-host backup of everybody's log; a phone keeps the night of the
//! other phone of its unit as a file brought it, and its own operations that came back from there: the proof that the
//! other phone holds them.

use super::meta::{self, MetaKey};
use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::{DeviceId, OutingId, UnitId};
use domain::sync::chain::{Bytes, Digest, genesis};
use domain::sync::error::RefusalCode;
use domain::sync::pull::{Cursor, Envelope, HeldLog};
use domain::sync::push::SealedOperation;
use domain::sync::vouch::Place;
use rusqlite::{Connection, params};

/// Keeps an envelope that is whole ([`Envelope::is_whole`]) and signed. Gives false if (device, sequence) is there
/// already; then nothing changes.
pub(crate) fn insert(connection: &Connection, envelope: &Envelope) -> Result<bool> {
    insert_of(connection, envelope, None)
}

/// As [`insert`], for an envelope that another phone handed over: of which outing, as that phone says, and the
/// operational date of the handing over.
pub(crate) fn insert_of(
    connection: &Connection,
    envelope: &Envelope,
    handed_over: Option<(OutingId, NaiveDate)>,
) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT INTO sealed_copy
             (device, sequence, unit, stream, previous, chain, refused, sealed, signature, outing, taken_on, cursor)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (device, sequence) DO NOTHING",
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
            handed_over.map(|(outing, _)| outing.0),
            handed_over.map(|(_, date)| date),
            to_sql(envelope.cursor.0)?,
        ])?;
    Ok(added == 1)
}

/// How far each log is held without a gap. Every copy was checked by itself before it was kept, so that only its link
/// to the one before is looked at here; the place of an operation that the server set aside counts like any other. What
/// was found is kept: ten years of copies are walked once.
pub(crate) fn list_held(connection: &Connection) -> Result<Vec<HeldLog>> {
    let known: Vec<HeldLog> = meta::find_json(connection, MetaKey::HeldLogs)?.unwrap_or_default();
    let mut held = Vec::new();
    for device in list_devices(connection)? {
        let begun = known.iter().find(|log| log.device == device).copied();
        let log = follow(connection, begun.unwrap_or(HeldLog { device, through: 0, head: genesis(device) }))?;
        held.extend((log.through > 0).then_some(log));
    }
    if held != known {
        meta::put_json(connection, MetaKey::HeldLogs, &held)?;
    }
    Ok(held)
}

/// A log as far as copies follow on what is held of it.
fn follow(connection: &Connection, mut log: HeldLog) -> Result<HeldLog> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, previous, chain FROM sealed_copy WHERE device = ?1 AND sequence > ?2 ORDER BY sequence",
    )?;
    let mut rows = statement.query(params![log.device.0, to_sql(log.through)?])?;
    while let Some(row) = rows.next()? {
        let (sequence, previous) = (from_sql(row.get(0)?)?, Digest(row.get(1)?));
        if previous != log.head || log.through.checked_add(1) != Some(sequence) {
            break;
        }
        log = HeldLog { through: sequence, head: Digest(row.get(2)?), ..log };
    }
    Ok(log)
}

/// The devices of which there are copies, without a look at each copy.
fn list_devices(connection: &Connection) -> Result<Vec<DeviceId>> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE found(device) AS (
             SELECT min(device) FROM sealed_copy
             UNION ALL
             SELECT (SELECT min(device) FROM sealed_copy WHERE device > found.device) FROM found
             WHERE found.device IS NOT NULL)
         SELECT device FROM found WHERE device IS NOT NULL",
    )?;
    let devices = statement.query_map([], |row| row.get(0).map(DeviceId))?;
    devices.map(|device| Ok(device?)).collect()
}

/// The places of a device's log of which copies are held, ascending.
pub(crate) fn list_places(connection: &Connection, device: DeviceId) -> Result<Vec<Place>> {
    let mut statement = connection.prepare_cached(
        "SELECT sequence, stream, previous, chain, refused IS NOT NULL FROM sealed_copy
         WHERE device = ?1 ORDER BY sequence",
    )?;
    let mut rows = statement.query([device.0])?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        places.push(Place {
            sequence: from_sql(row.get(0)?)?,
            stream: row.get::<_, String>(1)?.parse().map_err(|_| NotebookError::Damaged("a sealed copy"))?,
            previous: Digest(row.get(2)?),
            chain: Digest(row.get(3)?),
            is_refused: row.get(4)?,
        });
    }
    Ok(places)
}

/// As [`list_places`], from the first on as far as they follow each other.
pub(crate) fn list_run(connection: &Connection, device: DeviceId) -> Result<Vec<Place>> {
    let (mut next, mut head) = (1_u64, genesis(device));
    let mut places = list_places(connection, device)?;
    let follows = |place: &Place| {
        let follows = place.sequence == next && place.previous == head;
        (next, head) = (next.saturating_add(1), place.chain);
        follows
    };
    let held = places.iter().map(follows).take_while(|follows| *follows).count();
    places.truncate(held);
    Ok(places)
}

/// The copies of an outing, by device and sequence, as they came.
pub(crate) fn list_of(connection: &Connection, outing: OutingId) -> Result<Vec<Envelope>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, unit, stream, previous, chain, sealed, signature FROM sealed_copy
         WHERE outing = ?1 ORDER BY device, sequence",
    )?;
    read_all(statement.query([outing.0])?)
}

fn read_all(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Envelope>> {
    let mut copies = Vec::new();
    while let Some(row) = rows.next()? {
        let stream: String = row.get(3)?;
        copies.push(Envelope {
            cursor: Cursor::default(),
            unit: UnitId::new(row.get::<_, String>(2)?),
            device: DeviceId(row.get(0)?),
            operation: SealedOperation {
                sequence: from_sql(row.get(1)?)?,
                stream: stream.parse().map_err(|_| NotebookError::Damaged("a sealed copy"))?,
                sealed: Bytes(row.get(6)?),
                signature: Bytes(row.get(7)?),
            },
            previous: Digest(row.get(4)?),
            chain: Digest(row.get(5)?),
            refused: None,
        });
    }
    Ok(copies)
}

/// Whether copies of an outing are held that a device wrote and the server does not vouch for yet.
pub(crate) fn holds_of(connection: &Connection, outing: OutingId, device: DeviceId) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM sealed_copy WHERE outing = ?1 AND device = ?2 LIMIT 1")?;
    Ok(statement.exists(params![outing.0, device.0])?)
}

/// Keeps the last of what the server handed out of a device's log, to ask by it whether there is a copy off its host.
pub(crate) fn insert_last(connection: &Connection, envelope: &Envelope, taken_on: NaiveDate) -> Result<()> {
    if insert(connection, envelope)? {
        connection
            .prepare_cached("UPDATE sealed_copy SET taken_on = ?3 WHERE device = ?1 AND sequence = ?2")?
            .execute(params![envelope.device.0, to_sql(envelope.operation.sequence)?, taken_on])?;
    }
    Ok(())
}

/// Removes the copies of own operations that came back from another phone.
pub(crate) fn remove_returned(connection: &Connection, outing: OutingId, own: DeviceId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM sealed_copy WHERE outing = ?1 AND device = ?2")?
        .execute(params![outing.0, own.0])?;
    meta::remove(connection, MetaKey::HeldLogs)
}

/// The devices of which copies are held that were handed over, with the first and the last place of each.
pub(crate) fn list_handed_over(connection: &Connection, own: DeviceId) -> Result<Vec<(DeviceId, u64, u64)>> {
    extents(
        connection.prepare_cached(
            "SELECT device, min(sequence), max(sequence) FROM sealed_copy
             WHERE taken_on IS NOT NULL AND device <> ?1 GROUP BY device ORDER BY device",
        )?,
        own,
    )
}

/// The devices of which any copies are held, with the first and the last place of each.
pub(crate) fn list_extents(connection: &Connection, own: DeviceId) -> Result<Vec<(DeviceId, u64, u64)>> {
    extents(
        connection.prepare_cached(
            "SELECT device, min(sequence), max(sequence) FROM sealed_copy
             WHERE device <> ?1 GROUP BY device ORDER BY device",
        )?,
        own,
    )
}

fn extents(mut statement: rusqlite::CachedStatement<'_>, own: DeviceId) -> Result<Vec<(DeviceId, u64, u64)>> {
    let rows = statement.query_map([own.0], |row| Ok((DeviceId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (device, first, last) = row?;
        Ok((device, from_sql(first)?, from_sql(last)?))
    })
    .collect()
}

/// The copies of a device from a place on, ascending, as far as they follow each other and at most `limit`.
pub(crate) fn run_from(connection: &Connection, device: DeviceId, first: u64, limit: usize) -> Result<Vec<Envelope>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, unit, stream, previous, chain, sealed, signature FROM sealed_copy
         WHERE device = ?1 AND sequence >= ?2 AND refused IS NULL ORDER BY sequence LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut run: Vec<Envelope> = Vec::new();
    for copy in read_all(statement.query(params![device.0, to_sql(first)?, limit])?)? {
        let follows = run.last().is_none_or(|last| {
            last.chain == copy.previous && last.operation.sequence.checked_add(1) == Some(copy.operation.sequence)
        });
        if !follows {
            break;
        }
        run.push(copy);
    }
    Ok(run)
}

/// How many operations of a unit's phones came to the server after its last night log: what nobody has signed yet.
pub(crate) fn count_unsigned(connection: &Connection, unit: &UnitId) -> Result<u64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM sealed_copy WHERE unit = ?1 AND stream = 'journal' AND cursor > (
             SELECT coalesce(max(cursor), 0) FROM sealed_copy WHERE unit = ?1 AND stream = 'night_log')",
    )?;
    from_sql(statement.query_row([unit.as_str()], |row| row.get(0))?)
}

/// Drops the copies of a device's operations 1…`through` that were handed over.
pub(crate) fn drop_handed_over(connection: &Connection, device: DeviceId, through: u64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM sealed_copy WHERE taken_on IS NOT NULL AND device = ?1 AND sequence <= ?2")?
        .execute(params![device.0, to_sql(through)?])?;
    meta::remove(connection, MetaKey::HeldLogs)
}
