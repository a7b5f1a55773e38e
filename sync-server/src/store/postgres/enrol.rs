//! One-time codes and the keys handed in with them.

use super::{Work, audit, lock};
use crate::store::code::{Announced, Judged, NEAR_BYTES, born_after, burnt_note, judge, remembered_since};
use crate::store::fault::StoreFault;
use crate::store::outcome::Enrolled;
use crate::store::row::{to_digest, to_unit};
use chrono::{DateTime, Utc};
use domain::sync::audit::{AuditKind, Note};
use domain::sync::chain::{Bytes, Digest};
use domain::sync::enrol::{CodeAnnouncement, DeviceKeys, EnrolmentRequest, PendingEnrolment, PendingEnrolments};
use domain::sync::{DeviceId, UnitId};

/// Announces a code.
pub async fn announce(work: Work<'_>, code: &CodeAnnouncement, now: DateTime<Utc>) -> Result<(), StoreFault> {
    work.execute(
        "DELETE FROM enrolment_code WHERE programme = $1 AND announced_at < $2",
        &[&work.programme, &remembered_since(now)],
    )
    .await?;
    work.execute(
        "INSERT INTO enrolment_code (programme, id, unit, announced_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT DO NOTHING",
        &[&work.programme, &code.code_id.0.as_slice(), &code.unit.as_ref().map(UnitId::as_str), &now.timestamp()],
    )
    .await?;
    Ok(())
}

/// Hands in keys.
pub async fn enrol(
    work: Work<'_>,
    request: &EnrolmentRequest,
    fingerprint: Digest,
    now: DateTime<Utc>,
) -> Result<Enrolled, StoreFault> {
    lock::device(work, request.keys.device).await?;
    let code_id = request.code_id.0.as_slice();
    let found = work
        .query_opt(
            "SELECT unit, announced_at, wrong_tries, used_by FROM enrolment_code
             WHERE programme = $1 AND id = $2 FOR UPDATE",
            &[&work.programme, &code_id],
        )
        .await?;
    let (unit, code) = match found {
        Some(row) => {
            let used_by: Option<&[u8]> = row.try_get(3)?;
            let used_by = used_by.map(|used_by| to_digest(used_by, "used_by")).transpose()?;
            let code = Announced { at: row.try_get(1)?, wrong_tries: row.try_get(2)?, used_by };
            (row.try_get::<_, Option<String>>(0)?, Some(code))
        }
        None => (None, None),
    };
    match judge(code.as_ref(), fingerprint, now) {
        Judged::Settled(answer) => return Ok(answer),
        Judged::Guess => {
            count_guess(work, request, now).await?;
            return Ok(Enrolled::Spent);
        }
        Judged::Good => {}
    }
    let pending = find_pending_key(work, request.keys.device).await?;
    if pending.is_some_and(|key| key != request.keys.signing_key.0) {
        return Ok(Enrolled::Taken);
    }
    work.execute(
        "UPDATE enrolment_code SET used_by = $3 WHERE programme = $1 AND id = $2",
        &[&work.programme, &code_id, &fingerprint.0.as_slice()],
    )
    .await?;
    // The same phone with a second code: the earlier one was perhaps mistyped at the desk.
    work.execute(
        "INSERT INTO enrolment (programme, device, code_id, unit, signing_key, recipient, mac, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (programme, device) DO UPDATE
             SET code_id = excluded.code_id, unit = excluded.unit, signing_key = excluded.signing_key,
                 recipient = excluded.recipient, mac = excluded.mac, received_at = excluded.received_at",
        &[
            &work.programme,
            &request.keys.device.0,
            &code_id,
            &unit,
            &request.keys.signing_key.0,
            &request.keys.recipient,
            &request.mac.0,
            &now.timestamp(),
        ],
    )
    .await?;
    audit::append(work, &[Note::new(now.date_naive(), AuditKind::Enrolled).by(request.keys.device)]).await?;
    Ok(Enrolled::Waiting)
}

/// Counts a guess against the codes that it comes near to.
async fn count_guess(work: Work<'_>, request: &EnrolmentRequest, now: DateTime<Utc>) -> Result<(), StoreFault> {
    let near = request.code_id.0.iter().take(NEAR_BYTES).copied().collect::<Vec<u8>>();
    let rows = work
        .query(
            "UPDATE enrolment_code SET wrong_tries = wrong_tries + 1
             WHERE programme = $1 AND announced_at > $2 AND used_by IS NULL
               AND substring(id FROM 1 FOR length($3::bytea)) = $3
             RETURNING wrong_tries",
            &[&work.programme, &born_after(now), &near],
        )
        .await?;
    let tries = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
    audit::append(work, burnt_note(&tries, now).as_slice()).await
}

/// Signing key of a device that waits for the admin.
pub async fn find_pending_key(work: Work<'_>, device: DeviceId) -> Result<Option<Vec<u8>>, StoreFault> {
    let found = work
        .query_opt(
            "SELECT signing_key FROM enrolment WHERE programme = $1 AND device = $2",
            &[&work.programme, &device.0],
        )
        .await?;
    Ok(found.map(|row| row.try_get(0)).transpose()?)
}

/// What waits for the admin, oldest first.
pub async fn list_pending(work: Work<'_>) -> Result<PendingEnrolments, StoreFault> {
    let rows = work
        .query(
            "SELECT code_id, unit, device, signing_key, recipient, mac, received_at FROM enrolment
             WHERE programme = $1 ORDER BY received_at, device",
            &[&work.programme],
        )
        .await?;
    let pending = rows
        .iter()
        .map(|row| {
            Ok(PendingEnrolment {
                code_id: to_digest(row.try_get(0)?, "code_id")?,
                unit: row.try_get::<_, Option<String>>(1)?.map(to_unit),
                keys: DeviceKeys {
                    device: DeviceId(row.try_get(2)?),
                    signing_key: Bytes(row.try_get(3)?),
                    recipient: row.try_get(4)?,
                },
                mac: Bytes(row.try_get(5)?),
                received_at: DateTime::from_timestamp(row.try_get(6)?, 0).ok_or(StoreFault::Column("received_at"))?,
            })
        })
        .collect::<Result<_, StoreFault>>()?;
    Ok(PendingEnrolments { pending })
}
