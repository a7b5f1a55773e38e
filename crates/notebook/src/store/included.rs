//! What of an outing is here and what is not: what a signature includes, and what it is given without.
//!
//! A device numbers all that it writes, whatever it is about. A place of another phone's log that is not here may thus be
//! of another outing; it counts as missing in two cases: between two operations of the outing, and set aside
//! right before the first or after the last one.

use super::operation::Mark;
use super::problem::ProblemCode;
use super::{from_sql, to_sql};
use crate::error::Result;
use domain::ids::{DeviceId, OutingId};
use domain::operation::Included;
use domain::sync::chain::Digest;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Places that are missing, by phone and by why; without a reason, nothing came.
pub(crate) type Missing = BTreeMap<(DeviceId, Option<ProblemCode>), u64>;

/// The operations of an outing that are here, as the parts of each device's log in which nothing is missing.
pub(crate) fn list(connection: &Connection, outing: OutingId) -> Result<Vec<Included>> {
    let mut statement = connection
        .prepare_cached("SELECT device, sequence, chain FROM operation WHERE outing = ?1 ORDER BY device, sequence")?;
    let mut rows = statement.query([outing.0])?;
    let mut parts: Vec<Included> = Vec::new();
    while let Some(row) = rows.next()? {
        let (device, sequence, chain) = (DeviceId(row.get(0)?), from_sql(row.get(1)?)?, Digest(row.get(2)?));
        if let Some(last) = parts.last_mut()
            && last.device == device
            && is_whole(connection, device, last.through, sequence)?
        {
            (last.through, last.chain) = (sequence, chain);
        } else {
            parts.push(Included { device, from: sequence, through: sequence, chain });
        }
    }
    Ok(parts)
}

/// What is missing of the other phones of an outing, beside the phone in hand.
pub(crate) fn list_missing(connection: &Connection, outing: OutingId, own: DeviceId) -> Result<Missing> {
    let parts = list(connection, outing)?;
    let mut missing = Missing::new();
    for of_device in parts.chunk_by(|one, next| one.device == next.device) {
        let ([first, ..], [.., last]) = (of_device, of_device) else { continue };
        let device = first.device;
        if device == own {
            continue;
        }
        let before = last_known_before(connection, device, first.from)?;
        // Before the first one: what was sealed to others is of the time before this phone was one of the readers.
        let aside_before = list_aside(connection, device, before, first.from)?;
        let mut aside: Vec<_> = aside_before.into_iter().filter(|code| *code != ProblemCode::NotForUs).collect();
        for (one, next) in of_device.iter().zip(of_device.iter().skip(1)) {
            let found = list_aside(connection, device, one.through, next.from)?;
            let gap = count_unknown(connection, device, one.through, next.from)?;
            // A lead's night log follows the signature, and is not for other phones.
            let logs = count_signatures(connection, device, one.through, next.from)?;
            let nothing_came = gap.saturating_sub(u64::try_from(found.len()).unwrap_or(u64::MAX)).saturating_sub(logs);
            if nothing_came > 0 {
                *missing.entry((device, None)).or_default() += nothing_came;
            }
            aside.extend(found);
        }
        let after = first_known_after(connection, device, last.through)?;
        aside.extend(list_aside(connection, device, last.through, after)?);
        for code in aside {
            *missing.entry((device, Some(code))).or_default() += 1;
        }
    }
    Ok(missing)
}

/// Whether all between two places of a log is here, or was.
fn is_whole(connection: &Connection, device: DeviceId, after: u64, before: u64) -> Result<bool> {
    Ok(count_unknown(connection, device, after, before)? == 0)
}

/// How many places between two are not here and never were.
fn count_unknown(connection: &Connection, device: DeviceId, after: u64, before: u64) -> Result<u64> {
    let between = before.saturating_sub(after).saturating_sub(1);
    if between == 0 {
        return Ok(0);
    }
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM operation WHERE device = ?1 AND sequence > ?2 AND sequence < ?3)
              + (SELECT count(*) FROM forgotten WHERE device = ?1 AND sequence > ?2 AND sequence < ?3)
              + (SELECT count(*) FROM desk_entry WHERE device = ?1 AND sequence > ?2 AND sequence < ?3)",
    )?;
    let known = statement.query_row(params![device.0, to_sql(after)?, to_sql(before)?], |row| row.get(0))?;
    Ok(between.saturating_sub(from_sql(known)?))
}

/// The signatures of a device from one place on and before another.
fn count_signatures(connection: &Connection, device: DeviceId, from: u64, before: u64) -> Result<u64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM operation INDEXED BY operation_by_mark
         WHERE mark = ?1 AND device = ?2 AND sequence >= ?3 AND sequence < ?4",
    )?;
    let mark = Mark::Signature.code();
    from_sql(statement.query_row(params![mark, device.0, to_sql(from)?, to_sql(before)?], |row| row.get(0))?)
}

/// Why each place between two is set aside, of those that are not here in another form.
fn list_aside(connection: &Connection, device: DeviceId, after: u64, before: u64) -> Result<Vec<ProblemCode>> {
    let mut statement = connection.prepare_cached(
        "SELECT code FROM problem AS aside
         WHERE device = ?1 AND sequence > ?2 AND sequence < ?3 AND code <> 'locked'
           AND NOT EXISTS (SELECT 1 FROM operation AS one
                           WHERE one.device = aside.device AND one.sequence = aside.sequence)
           AND NOT EXISTS (SELECT 1 FROM forgotten AS one
                           WHERE one.device = aside.device AND one.sequence = aside.sequence)
         ORDER BY sequence",
    )?;
    let rows =
        statement.query_map(params![device.0, to_sql(after)?, to_sql(before)?], |row| row.get::<_, String>(0))?;
    rows.map(|code| ProblemCode::from_code(&code?)).collect()
}

/// The last place before one that is here or was; 0 for none.
fn last_known_before(connection: &Connection, device: DeviceId, before: u64) -> Result<u64> {
    let mut statement = connection.prepare_cached(
        "SELECT max(sequence) FROM (
             SELECT sequence FROM operation WHERE device = ?1 AND sequence < ?2
             UNION ALL SELECT sequence FROM forgotten WHERE device = ?1 AND sequence < ?2)",
    )?;
    let last: Option<i64> = statement.query_row(params![device.0, to_sql(before)?], |row| row.get(0))?;
    last.map_or(Ok(0), from_sql)
}

/// The first place after one that is here or was; the last there can be for none.
fn first_known_after(connection: &Connection, device: DeviceId, after: u64) -> Result<u64> {
    let mut statement = connection.prepare_cached(
        "SELECT min(sequence) FROM (
             SELECT sequence FROM operation WHERE device = ?1 AND sequence > ?2
             UNION ALL SELECT sequence FROM forgotten WHERE device = ?1 AND sequence > ?2)",
    )?;
    let first: Option<i64> = statement.query_row(params![device.0, to_sql(after)?], |row| row.get(0))?;
    first.map_or(Ok(i64::MAX.unsigned_abs()), from_sql)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Team, at, contact, envelopes, opened, page};
    use crate::notebook::Notebook;
    use domain::ids::OperatorCode;
    use domain::operation::{OperationBody as Body, OutingChange, Scope, SignOff};
    use domain::outing::OutingStatus;
    use domain::sync::night_log::DeskEntry;
    use domain::sync::{ProjectionContext, Stream, project};
    use domain::time::operational_date;
    use uuid::Uuid;

    const OUTING: OutingId = OutingId(Uuid::from_u128(1));

    fn sign(lead: &mut Notebook) {
        let changes = vec![OutingChange::EndAt(Some(at(299).now)), OutingChange::Status(OutingStatus::Closed)];
        let after = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap().outing_heads.into_iter().collect();
        lead.save(Body::OutingRevised { outing_id: OUTING, after, changes }, None, at(300), None).unwrap();
        let mut state = lead.outing_state(OUTING, Scope::Everything).unwrap().unwrap();
        let by = OperatorCode::new("OP-A");
        state.outing.status = OutingStatus::Reviewed;
        (state.outing.reviewed_at, state.outing.reviewed_by) = (Some(at(300).now), Some(by.clone()));
        let log = project(
            &state,
            ProjectionContext { alias_key: &lead.alias_key(operational_date(state.outing.start_at)).unwrap() },
        )
        .unwrap();
        let included = lead.list_included(OUTING).unwrap();
        let sign_off = SignOff { by, at: at(300).now, included, digest: Digest::of(b"") };
        lead.save(Body::OutingSignedOff { outing_id: OUTING, sign_off }, None, at(300), None).unwrap();
        lead.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
    }

    #[test]
    fn another_leads_night_log_is_not_missing_and_a_record_beside_it_is() {
        let team = Team::new();
        let mut desk = team.admin.open();
        let mut second = team.enrol_lead(&mut desk);
        let mut first = team.lead.open();
        first.apply_manifest(&desk.signed_manifest().unwrap().unwrap()).unwrap();
        let device = first.device();
        first.save(opened(1), None, at(0), None).unwrap();
        first.save(contact(1, 100, device, "AIRONE-12", 2), None, at(1), None).unwrap();
        sign(&mut first);
        first.save(contact(1, 101, device, "AIRONE-13", 2), None, at(301), None).unwrap();
        // 1 opens, 2 is a contact, 3 closes, 4 signs, 5 is the night log, 6 is a contact.
        let all = envelopes(first.journal(), Stream::Journal);
        assert_eq!(all.iter().map(|one| one.operation.sequence).collect::<Vec<_>>(), [1, 2, 3, 4, 6]);
        let without = all.iter().filter(|one| one.operation.sequence != 2).cloned().collect();
        second.ingest_page(Stream::Journal, &page(without), at(302)).unwrap();
        assert_eq!(second.list_missing(OUTING).unwrap(), Missing::from([((device, None), 1)]));
        second.ingest_page(Stream::Journal, &page(all), at(303)).unwrap();
        assert_eq!(second.list_missing(OUTING).unwrap(), Missing::new());
        assert!(first.list_missing(OUTING).unwrap().is_empty());
        let parts = first.list_included(OUTING).unwrap();
        assert_eq!(parts.iter().map(|part| (part.from, part.through)).collect::<Vec<_>>(), [(1, 6)]);
    }
}
