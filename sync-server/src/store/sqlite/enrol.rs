//! One-time codes and the keys handed in with them.

use super::audit;
use crate::store::code::{Announced, Judged, NEAR_BYTES, born_after, burnt_note, judge, remembered_since};
use crate::store::fault::StoreFault;
use crate::store::outcome::Enrolled;
use crate::store::row::{to_device, to_digest, to_unit};
use chrono::{DateTime, Utc};
use domain::sync::audit::{AuditKind, Note};
use domain::sync::chain::{Bytes, Digest};
use domain::sync::enrol::{CodeAnnouncement, DeviceKeys, EnrolmentRequest, PendingEnrolment, PendingEnrolments};
use domain::sync::{DeviceId, UnitId};
use rusqlite::{Connection, OptionalExtension, params};

/// Announces a code. The same code again changes nothing, its age least of all.
pub fn announce(connection: &Connection, code: &CodeAnnouncement, now: DateTime<Utc>) -> Result<(), StoreFault> {
    connection.execute("DELETE FROM enrolment_code WHERE announced_at < ?1", [remembered_since(now)])?;
    connection.execute(
        "INSERT INTO enrolment_code (id, unit, announced_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![code.code_id.0, code.unit.as_ref().map(UnitId::as_str), now.timestamp()],
    )?;
    Ok(())
}

/// Hands in keys. `fingerprint` is a hash of the whole request.
pub fn enrol(
    connection: &Connection,
    request: &EnrolmentRequest,
    fingerprint: Digest,
    now: DateTime<Utc>,
) -> Result<Enrolled, StoreFault> {
    let found = connection
        .query_row(
            "SELECT unit, announced_at, wrong_tries, used_by FROM enrolment_code WHERE id = ?1",
            [request.code_id.0],
            |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<Vec<u8>>>(3)?)),
        )
        .optional()?;
    let (unit, code) = match found {
        Some((unit, at, wrong_tries, used_by)) => {
            let used_by = used_by.map(|used_by| to_digest(&used_by, "used_by")).transpose()?;
            (unit, Some(Announced { at, wrong_tries, used_by }))
        }
        None => (None, None),
    };
    match judge(code.as_ref(), fingerprint, now) {
        Judged::Settled(answer) => return Ok(answer),
        Judged::Guess => {
            count_guess(connection, request, now)?;
            return Ok(Enrolled::Spent);
        }
        Judged::Good => {}
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
    audit::append(connection, &[Note::new(now.date_naive(), AuditKind::Enrolled).by(request.keys.device)])?;
    Ok(Enrolled::Waiting)
}

/// Counts a guess against the codes that it comes near to.
fn count_guess(connection: &Connection, request: &EnrolmentRequest, now: DateTime<Utc>) -> Result<(), StoreFault> {
    let near = request.code_id.0.iter().take(NEAR_BYTES).copied().collect::<Vec<u8>>();
    let tries: Vec<i64> = connection
        .prepare_cached(
            "UPDATE enrolment_code SET wrong_tries = wrong_tries + 1
             WHERE announced_at > ?1 AND used_by IS NULL AND substr(id, 1, length(?2)) = ?2
             RETURNING wrong_tries",
        )?
        .query_map(params![born_after(now), near], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    audit::append(connection, burnt_note(&tries, now).as_slice())
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
