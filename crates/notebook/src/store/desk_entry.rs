//! Opened entries of the night-log stream.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::{DeviceId, OutingId};
use domain::sync::night_log::{DeskEntry, DeskEnvelope};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// One entry with where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDeskEntry {
    /// The sender.
    pub device: DeviceId,
    /// Its place in the sender's log.
    pub sequence: u64,
    /// The content.
    pub envelope: DeskEnvelope,
}

/// Adds an entry. Gives false if (device, sequence) is there already; then nothing changes.
pub(crate) fn insert(connection: &Connection, device: DeviceId, envelope: &DeskEnvelope, json: &[u8]) -> Result<bool> {
    let (kind, outing, date, version) = columns(&envelope.entry);
    let added = connection
        .prepare_cached(
            "INSERT INTO desk_entry (device, sequence, kind, outing, date, version, json)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (device, sequence) DO NOTHING",
        )?
        .execute(params![device.0, to_sql(envelope.sequence)?, kind, outing.map(|id| id.0), date, version, json])?;
    Ok(added == 1)
}

/// Whether (device, sequence) is here.
pub(crate) fn contains(connection: &Connection, device: DeviceId, sequence: u64) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM desk_entry WHERE device = ?1 AND sequence = ?2")?;
    Ok(statement.exists(params![device.0, to_sql(sequence)?])?)
}

/// Every entry, by device and sequence.
pub(crate) fn list(connection: &Connection) -> Result<Vec<StoredDeskEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, json FROM desk_entry WHERE length(json) > 0 ORDER BY device, sequence",
    )?;
    let rows = statement.query_map([], columns_of)?;
    rows.map(|row| stored(row?)).collect()
}

/// What day staff noted for the days `from` to `to`, both included, the nights of these days in every version, and every
/// correction with what it corrects.
pub(crate) fn list_of_days(connection: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<StoredDeskEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, json FROM desk_entry WHERE length(json) > 0 AND rowid IN (
             SELECT rowid FROM desk_entry WHERE date BETWEEN ?1 AND ?2
             UNION SELECT entry FROM counted_correction
             UNION SELECT original.rowid FROM counted_correction AS correction JOIN desk_entry AS original
                   ON original.device = correction.device AND original.sequence = correction.sequence)",
    )?;
    let rows = statement.query_map(params![from, to], columns_of)?;
    rows.map(|row| stored(row?)).collect()
}

/// Night logs of the operational dates `from` to `to`, both included, of every version.
pub(crate) fn list_night_logs(connection: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<StoredDeskEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, json FROM desk_entry
         WHERE kind = 'night_log' AND date BETWEEN ?1 AND ?2 AND length(json) > 0 ORDER BY date, outing, version, device, sequence",
    )?;
    let rows = statement.query_map(params![from, to], columns_of)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every version of the outings with a night log of the operational dates `from` to `to`, both included: one that was
/// amended to another date comes with all its versions.
pub(crate) fn list_versions(connection: &Connection, from: NaiveDate, to: NaiveDate) -> Result<Vec<StoredDeskEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, json FROM desk_entry
         WHERE kind = 'night_log' AND length(json) > 0 AND outing IN (
             SELECT outing FROM desk_entry WHERE kind = 'night_log' AND date BETWEEN ?1 AND ?2)",
    )?;
    let rows = statement.query_map(params![from, to], columns_of)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every version of one outing's night log.
pub(crate) fn list_of_outing(connection: &Connection, outing: OutingId) -> Result<Vec<StoredDeskEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, json FROM desk_entry
         WHERE kind = 'night_log' AND outing = ?1 AND length(json) > 0 ORDER BY version, device, sequence",
    )?;
    let rows = statement.query_map([outing.0], columns_of)?;
    rows.map(|row| stored(row?)).collect()
}

/// Every entry of a kind that is not a night log.
pub(crate) fn list_of_kind(connection: &Connection, kind: &str) -> Result<Vec<StoredDeskEntry>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, json FROM desk_entry WHERE kind <> 'night_log' AND kind = ?1 ORDER BY device, sequence",
    )?;
    let rows = statement.query_map([kind], columns_of)?;
    rows.map(|row| stored(row?)).collect()
}

/// How many night logs are here, every version counted.
pub(crate) fn count_night_logs(connection: &Connection) -> Result<u64> {
    // Beside those that are counted here lie only the few of the index.
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM desk_entry) - (SELECT count(*) FROM desk_entry WHERE kind <> 'night_log')",
    )?;
    from_sql(statement.query_row([], |row| row.get(0))?)
}

/// The operational date of the last night log up to a day, if there is one.
pub(crate) fn find_last_date(connection: &Connection, until: NaiveDate) -> Result<Option<NaiveDate>> {
    let mut statement = connection.prepare_cached(
        "SELECT date FROM desk_entry WHERE kind = 'night_log' AND date <= ?1 ORDER BY date DESC LIMIT 1",
    )?;
    Ok(statement.query_row([until], |row| row.get(0)).optional()?)
}

/// The operational date of the night log that came last.
pub(crate) fn find_last_taken_in(connection: &Connection) -> Result<Option<NaiveDate>> {
    let mut statement = connection
        .prepare_cached("SELECT date FROM desk_entry WHERE kind = 'night_log' ORDER BY rowid DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?)
}

/// The last version of an outing's night log that a device wrote: its number and its place in the log.
pub(crate) fn find_night_log(
    connection: &Connection,
    device: DeviceId,
    outing: OutingId,
) -> Result<Option<(u16, u64)>> {
    let mut statement = connection.prepare_cached(
        "SELECT version, sequence FROM desk_entry WHERE kind = 'night_log' AND outing = ?1 AND device = ?2
         ORDER BY version DESC, sequence DESC LIMIT 1",
    )?;
    let row: Option<(u16, i64)> =
        statement.query_row(params![outing.0, device.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    row.map(|(version, sequence)| Ok((version, from_sql(sequence)?))).transpose()
}

/// The content of an outing's night logs goes; their places and versions stay.
pub(crate) fn empty_of(connection: &Connection, outing: OutingId) -> Result<()> {
    connection.prepare_cached("UPDATE desk_entry SET json = x'' WHERE outing = ?1")?.execute([outing.0])?;
    Ok(())
}

type Columns = (DeviceId, i64, Vec<u8>);

fn columns_of(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((DeviceId(row.get(0)?), row.get(1)?, row.get(2)?))
}

fn stored((device, sequence, json): Columns) -> Result<StoredDeskEntry> {
    let envelope = serde_json::from_slice(&json).map_err(|_| NotebookError::Damaged("a desk entry"))?;
    Ok(StoredDeskEntry { device, sequence: from_sql(sequence)?, envelope })
}

fn columns(entry: &DeskEntry) -> (&'static str, Option<OutingId>, Option<NaiveDate>, u16) {
    match entry {
        DeskEntry::NightLog(log) => ("night_log", Some(log.outing.id), Some(log.outing.date), log.version()),
        DeskEntry::ReferralOpened(referral) => ("referral_opened", None, Some(referral.opened_on), 0),
        DeskEntry::ReferralAdvanced { events, .. } => {
            ("referral_advanced", None, events.last().map(|event| event.date), 0)
        }
        DeskEntry::Accompanied(accompaniment) => ("accompanied", None, Some(accompaniment.date), 0),
        DeskEntry::DeskAccess(access) => ("desk_access", None, Some(access.date), 0),
        DeskEntry::Event(event) => ("event", None, Some(event.date), 0),
        DeskEntry::Incident(incident) => ("incident", None, Some(incident.date), 0),
        DeskEntry::Corrected(correction) => ("corrected", None, Some(correction.on), 0),
        DeskEntry::Planned(_) => ("planned", None, None, 0),
        DeskEntry::Depot(_) => ("depot", None, None, 0),
        DeskEntry::Acts(acts) => ("acts", None, acts.last().map(|act| act.on), 0),
        DeskEntry::Released(_) => ("released", None, None, 0),
        DeskEntry::Published(published) => ("published", None, Some(published.on), 0),
        DeskEntry::Withdrawn { on, .. } => ("withdrawn", None, Some(*on), 0),
    }
}
