//! The manifest in force.

use super::audit;
use crate::store::fault::StoreFault;
use crate::store::outcome::Put;
use crate::store::row::{to_integer, to_number};
use domain::sync::DeviceId;
use domain::sync::audit::Note;
use domain::sync::chain::Bytes;
use domain::sync::manifest::SignedManifest;
use rusqlite::{Connection, OptionalExtension, params};

/// The manifest in force, if any was ever put.
pub fn load(connection: &Connection) -> Result<Option<SignedManifest>, StoreFault> {
    Ok(connection
        .query_row("SELECT manifest, signature FROM manifest", [], |row| {
            Ok(SignedManifest { manifest: Bytes(row.get(0)?), signature: Bytes(row.get(1)?) })
        })
        .optional()?)
}

/// Its number; 0 for none.
pub fn number(connection: &Connection) -> Result<u64, StoreFault> {
    let number: Option<i64> = connection.query_row("SELECT number FROM manifest", [], |row| row.get(0)).optional()?;
    number.map_or(Ok(0), |number| to_number(number, "number"))
}

/// Puts a manifest in force that was verified by the one with the number `follows`. Enrolments of the devices it names are
/// settled. `notes` tell of it.
pub fn put(
    connection: &Connection,
    (number, follows): (u64, u64),
    signed: &SignedManifest,
    named: &[DeviceId],
    notes: &[Note],
) -> Result<Put, StoreFault> {
    let in_force = self::number(connection)?;
    if number <= in_force {
        return Ok(Put::Stale);
    }
    if follows != in_force {
        return Ok(Put::Overtaken);
    }
    connection.execute(
        "INSERT INTO manifest (only_row, number, manifest, signature) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (only_row) DO UPDATE
         SET number = excluded.number, manifest = excluded.manifest, signature = excluded.signature",
        params![to_integer(number, "number")?, signed.manifest.0, signed.signature.0],
    )?;
    let mut settle = connection.prepare_cached("DELETE FROM enrolment WHERE device = ?1")?;
    for device in named {
        settle.execute([device.0.as_bytes()])?;
    }
    audit::append(connection, notes)?;
    Ok(Put::InForce)
}
