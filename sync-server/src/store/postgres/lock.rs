//! Who waits for whom. Advisory locks of a transaction: they end with it, after its rows can be seen.
//!
//! | lock | who takes it | why |
//! |---|---|---|
//! | device | everything that changes one log or its quarantine | two batches of one device come one after the other |
//! | unit | everything that gives out cursors in a unit | its operations can be seen in the order of their cursors |
//! | floor | the same, shared, on the cursor before its own | a reader of *all* units knows how far it may read |
//! | migration | the first thing of every start | one server migrates, the others wait |
//! | record | whoever puts entries into the chain; nobody waits for it | one at a time, for all who have written some |
//!
//! Whoever needs several takes devices before units, and each kind in the order of its keys.

use super::Work;
use crate::store::fault::StoreFault;
use domain::sync::chain::Digest;
use domain::sync::{DeviceId, UnitId};
use uuid::Uuid;

const DEVICE: i32 = 1;
const UNIT: i32 = 2;
/// First key of the migration lock; the second is 0.
pub const MIGRATION: i32 = 3;
const RECORD: i32 = 4;

/// Until the transaction ends nobody else changes this device's log.
pub async fn device(work: Work<'_>, device: DeviceId) -> Result<(), StoreFault> {
    let (class, key) = device_keys(work.programme, device);
    work.execute("SELECT pg_advisory_xact_lock($1, $2)", &[&class, &key]).await?;
    Ok(())
}

/// Makes ready to give out cursors to operations for this audience.
///
/// The unit's lock lets one transaction at a time give out cursors there, until it has ended. Transactions of
/// different units do not wait for each other, and may end in another order than that of their cursors: so each holds
/// a floor, which is below its own; when it was taken does not matter, as long as no cursor was.
pub async fn cursors(work: Work<'_>, audience: Option<&UnitId>) -> Result<(), StoreFault> {
    let (class, key) = unit_keys(work.programme, audience);
    work.execute(
        "SELECT pg_advisory_xact_lock($1, $2), pg_advisory_xact_lock_shared(last_value) FROM operation_cursor",
        &[&class, &key],
    )
    .await?;
    Ok(())
}

/// A cursor that no operation can still come behind.
///
/// What was given out before `last_value` is read here, and is not yet to be seen, still holds a floor below it.
/// Rows must be read by a later statement: those of floors that have just gone are to be seen then.
pub async fn safe_cursor(work: Work<'_>) -> Result<i64, StoreFault> {
    let last: i64 = work.query_one("SELECT last_value FROM operation_cursor", &[]).await?.try_get(0)?;
    let floor: Option<i64> = work
        .query_one(
            "SELECT min((classid::bigint << 32) | objid::bigint) FROM pg_locks
             WHERE locktype = 'advisory' AND objsubid = 1 AND mode = 'ShareLock'
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            &[],
        )
        .await?
        .try_get(0)?;
    Ok(floor.map_or(last, |floor| floor.min(last)))
}

/// Whether this transaction, and no other until it ends, may put entries into the chain of the record.
pub async fn is_free_to_link(work: Work<'_>) -> Result<bool, StoreFault> {
    let (class, key) = record_keys(work.programme);
    Ok(work.query_one("SELECT pg_try_advisory_xact_lock($1, $2)", &[&class, &key]).await?.try_get(0)?)
}

/// Class and key of a device's lock.
///
/// Two things with the same short hash wait for each other: that costs time, never order.
#[must_use]
pub fn device_keys(programme: Uuid, device: DeviceId) -> (i32, i32) {
    (DEVICE, key(programme, device.0.as_bytes()))
}

/// Class and key of a unit's lock.
#[must_use]
pub fn unit_keys(programme: Uuid, audience: Option<&UnitId>) -> (i32, i32) {
    (UNIT, key(programme, audience.map_or("", UnitId::as_str).as_bytes()))
}

/// Class and key of the record's lock.
#[must_use]
pub fn record_keys(programme: Uuid) -> (i32, i32) {
    (RECORD, key(programme, b""))
}

fn key(programme: Uuid, what: &[u8]) -> i32 {
    let digest = Digest::of(&[programme.as_bytes(), what].concat());
    digest.0.first_chunk().copied().map_or(0, i32::from_be_bytes)
}
