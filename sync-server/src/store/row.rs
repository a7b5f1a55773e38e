//! Values between rows and the protocol's types.

use super::fault::StoreFault;
use domain::sync::chain::Digest;
use domain::sync::{DeviceId, UnitId};

/// A sequence number, cursor or count as `SQLite` holds it.
pub fn to_integer(number: u64, column: &'static str) -> Result<i64, StoreFault> {
    i64::try_from(number).map_err(|_| StoreFault::Column(column))
}

/// The same, back.
pub fn to_number(integer: i64, column: &'static str) -> Result<u64, StoreFault> {
    u64::try_from(integer).map_err(|_| StoreFault::Column(column))
}

/// A hash column.
pub fn to_digest(blob: &[u8], column: &'static str) -> Result<Digest, StoreFault> {
    blob.try_into().map(Digest).map_err(|_| StoreFault::Column(column))
}

/// A device column.
pub fn to_device(blob: &[u8]) -> Result<DeviceId, StoreFault> {
    blob.try_into().map(|bytes| DeviceId(uuid::Uuid::from_bytes(bytes))).map_err(|_| StoreFault::Column("device"))
}

/// A unit column.
pub fn to_unit(text: String) -> UnitId {
    UnitId::new(text)
}

/// A column with one of the protocol's codes.
pub fn to_code<T: std::str::FromStr>(text: &str, column: &'static str) -> Result<T, StoreFault> {
    text.parse().map_err(|_| StoreFault::Column(column))
}
