//! Devices that confirmed an order to wipe.

use super::audit;
use crate::store::fault::StoreFault;
use chrono::NaiveDate;
use domain::sync::DeviceId;
use domain::sync::audit::{AuditKind, Note};
use rusqlite::{Connection, params};

/// Notes a verified confirmation. The first day stands.
pub fn confirm(
    connection: &Connection,
    device: DeviceId,
    signature: &[u8],
    today: NaiveDate,
) -> Result<(), StoreFault> {
    let new = connection
        .prepare_cached(
            "INSERT INTO wiped (device, signature, confirmed_on) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![device.0.as_bytes(), signature, today])?;
    if new > 0 {
        audit::append(connection, &[Note::new(today, AuditKind::WipeConfirmed).by(device)])?;
    }
    Ok(())
}
