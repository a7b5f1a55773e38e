//! Devices that confirmed an order to wipe.

use crate::store::fault::StoreFault;
use chrono::NaiveDate;
use domain::sync::DeviceId;
use rusqlite::{Connection, params};

/// Notes a verified confirmation. The first day stands.
pub fn confirm(
    connection: &Connection,
    device: DeviceId,
    signature: &[u8],
    today: NaiveDate,
) -> Result<(), StoreFault> {
    connection
        .prepare_cached(
            "INSERT INTO wiped (device, signature, confirmed_on) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![device.0.as_bytes(), signature, today])?;
    Ok(())
}
