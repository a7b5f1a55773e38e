//! One-time codes and the keys handed in with them.

use super::fault::StoreFault;
use super::row::{to_device, to_digest, to_unit};
use chrono::{DateTime, Duration, Utc};
use domain::sync::chain::{Bytes, Digest};
use domain::sync::enrol::{
    CODE_LIFE_MINUTES, CodeAnnouncement, DeviceKeys, EnrolmentRequest, MAX_TRIES, PendingEnrolment, PendingEnrolments,
};
use domain::sync::{DeviceId, UnitId};
use rusqlite::{Connection, OptionalExtension, params};

/// How long a code is remembered, so that a phone that asks again after its answer was lost is told the same.
const MEMORY: Duration = Duration::days(1);

/// What became of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// The keys wait for the admin, or have already been settled.
    Waiting,
    /// The code is unknown, expired, burnt, or was used by somebody else.
    Spent,
    /// Another request has handed in other keys for this device.
    Taken,
}

/// Announces a code. The same code again changes nothing, its age least of all.
pub fn announce(connection: &Connection, code: &CodeAnnouncement, now: DateTime<Utc>) -> Result<(), StoreFault> {
    connection.execute("DELETE FROM enrolment_code WHERE announced_at < ?1", [(now - MEMORY).timestamp()])?;
    connection.execute(
        "INSERT INTO enrolment_code (id, unit, announced_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![code.code_id.0, code.unit.as_ref().map(UnitId::as_str), now.timestamp()],
    )?;
    Ok(())
}

/// Hands in keys. `fingerprint` is a hash of the whole request.
///
/// A request with an unknown code is a guess, and a guess at one code is a guess at all: it counts against every code
/// that is alive.
pub fn enrol(
    connection: &Connection,
    request: &EnrolmentRequest,
    fingerprint: Digest,
    now: DateTime<Utc>,
) -> Result<Enrolled, StoreFault> {
    let born_after = (now - Duration::minutes(CODE_LIFE_MINUTES)).timestamp();
    let found = connection
        .query_row(
            "SELECT unit, announced_at > ?2 AND wrong_tries < ?3, used_by FROM enrolment_code WHERE id = ?1",
            params![request.code_id.0, born_after, MAX_TRIES],
            |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, bool>(1)?, row.get::<_, Option<Vec<u8>>>(2)?)),
        )
        .optional()?;
    let Some((unit, is_alive, used_by)) = found else {
        connection.execute(
            "UPDATE enrolment_code SET wrong_tries = wrong_tries + 1 WHERE announced_at > ?1 AND used_by IS NULL",
            [born_after],
        )?;
        return Ok(Enrolled::Spent);
    };
    if let Some(used_by) = used_by {
        let is_same = to_digest(&used_by, "used_by")? == fingerprint;
        return Ok(if is_same { Enrolled::Waiting } else { Enrolled::Spent });
    }
    if !is_alive {
        return Ok(Enrolled::Spent);
    }
    let taken = find_pending_key(connection, request.keys.device)?.is_some_and(|key| key != request.keys.signing_key.0);
    if taken {
        return Ok(Enrolled::Taken);
    }
    connection
        .execute("UPDATE enrolment_code SET used_by = ?2 WHERE id = ?1", params![request.code_id.0, fingerprint.0])?;
    // The same phone with a second code: the earlier one was perhaps mistyped at the desk.
    connection.execute(
        "INSERT OR REPLACE INTO enrolment (device, code_id, unit, signing_key, recipient, mac, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            request.keys.device.0.as_bytes(),
            request.code_id.0,
            unit,
            request.keys.signing_key.0,
            request.keys.recipient,
            request.mac.0,
            now.timestamp()
        ],
    )?;
    Ok(Enrolled::Waiting)
}

/// Signing key of a device that waits for the admin.
pub fn find_pending_key(connection: &Connection, device: DeviceId) -> Result<Option<Vec<u8>>, StoreFault> {
    Ok(connection
        .prepare_cached("SELECT signing_key FROM enrolment WHERE device = ?1")?
        .query_row([device.0.as_bytes()], |row| row.get(0))
        .optional()?)
}

/// What waits for the admin, oldest first.
pub fn list_pending(connection: &Connection) -> Result<PendingEnrolments, StoreFault> {
    let mut statement = connection.prepare_cached(
        "SELECT code_id, unit, device, signing_key, recipient, mac, received_at FROM enrolment
         ORDER BY received_at, device",
    )?;
    let mut rows = statement.query([])?;
    let mut pending = Vec::new();
    while let Some(row) = rows.next()? {
        pending.push(PendingEnrolment {
            code_id: to_digest(&row.get::<_, Vec<u8>>(0)?, "code_id")?,
            unit: row.get::<_, Option<String>>(1)?.map(to_unit),
            keys: DeviceKeys {
                device: to_device(&row.get::<_, Vec<u8>>(2)?)?,
                signing_key: Bytes(row.get(3)?),
                recipient: row.get(4)?,
            },
            mac: Bytes(row.get(5)?),
            received_at: DateTime::from_timestamp(row.get(6)?, 0).ok_or(StoreFault::Column("received_at"))?,
        });
    }
    Ok(PendingEnrolments { pending })
}
