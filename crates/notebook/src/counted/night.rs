//! The version of each night that stands, with its sums and its people.

use super::people::{self, Set};
use super::{day_of, number_of};
use crate::error::{NotebookError, Result};
use crate::store::{from_sql, to_sql};
use chrono::{DateTime, NaiveDate, Utc};
use domain::alias::PersonToken;
use domain::ids::{DeviceId, OperatorCode, OutingId, UnitId};
use domain::indicator::{NightRank, NightSums, Source};
use domain::outing::{CancelReason, OutingType};
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NightLog};
use domain::time::{Span, iso_year};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// A night as it is counted: its version that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedNight {
    /// The outing.
    pub outing_id: OutingId,
    /// The unit.
    pub unit: UnitId,
    /// Operational date.
    pub date: NaiveDate,
    /// Kind.
    pub outing_type: OutingType,
    /// Why it did not take place.
    pub cancelled: Option<CancelReason>,
    /// I02.
    pub minutes: u64,
    /// I05.
    pub contacts: u64,
    /// Number of the version, which is that of the last amendment.
    pub version: u16,
    /// What the team recorded: cards, rows of people seen, referrals, incidents.
    pub records: u64,
}

/// The version that stands so far.
pub(super) struct Standing {
    pub(super) entry: i64,
    pub(super) rank: NightRank,
    pub(super) day: NaiveDate,
}

/// Which version of an outing stands.
pub(super) fn find(connection: &Connection, outing: OutingId) -> Result<Option<Standing>> {
    let mut statement = connection.prepare_cached(
        "SELECT entry, version, reviewed_at, device, sequence, day FROM counted_night WHERE outing = ?1",
    )?;
    let row = statement
        .query_row([outing.0], |row| {
            let source = (row.get(3)?, row.get::<_, i64>(4)?);
            Ok((row.get(0)?, row.get(1)?, row.get::<_, DateTime<Utc>>(2)?, source, row.get(5)?))
        })
        .optional()?;
    let Some((entry, version, reviewed_at, (device, sequence), day)) = row else { return Ok(None) };
    let source = Source { device: DeviceId(device), sequence: from_sql(sequence)? };
    let rank = NightRank::new(version, reviewed_at, source);
    Ok(Some(Standing { entry, rank, day: day_of(day)? }))
}

/// What is kept of a night log, ready to be written or compared.
#[derive(PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) sums: NightSums,
    pub(super) people: Set,
    /// Cards, rows of people seen, referrals, incidents.
    pub(super) records: u64,
    /// Without anything of persons.
    pub(super) log: NightLog,
}

impl Kept {
    /// Of a night log; `number` gives a token its number.
    pub(super) fn of(log: &NightLog, number: impl Fn(i32, PersonToken) -> Result<u32>) -> Result<Self> {
        let mut people = Set::new();
        if log.outing.cancelled.is_none() {
            for row in &log.presence {
                *people.entry(number(iso_year(log.outing.date), row.token)?).or_default() |= row.bits;
            }
        }
        let records = log.contacts.len() + log.observations.len() + log.referrals.len() + log.incidents.len();
        Ok(Self {
            sums: NightSums::of(log),
            people,
            records: u64::try_from(records).unwrap_or(u64::MAX),
            log: without_persons(log),
        })
    }
}

/// What the calendar and the depot are reckoned from.
fn without_persons(log: &NightLog) -> NightLog {
    NightLog {
        outing: log.outing.clone(),
        contacts: Vec::new(),
        observations: Vec::new(),
        supplies: log.supplies.clone(),
        leaflets: log.leaflets.clone(),
        referrals: Vec::new(),
        follow_ups: Vec::new(),
        accompaniments: Vec::new(),
        incidents: Vec::new(),
        presence: Vec::new(),
        amendments: log.amendments.clone(),
    }
}

/// Puts a version in the place of whichever stood.
pub(super) fn put(connection: &Connection, entry: i64, source: Source, log: &NightLog) -> Result<()> {
    let kept = Kept::of(log, |year, token| people::number(connection, year, token))?;
    remove(connection, log.outing.id)?;
    connection
        .prepare_cached(
            "INSERT INTO counted_night (outing, entry, device, sequence, version, reviewed_at, unit, day, outing_type,
             cancelled, minutes, contacts, records) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            log.outing.id.0,
            entry,
            source.device.0,
            to_sql(source.sequence)?,
            log.version(),
            log.outing.reviewed_at,
            log.outing.unit.as_str(),
            number_of(log.outing.date),
            log.outing.outing_type.code(),
            log.outing.cancelled.map(CancelReason::code),
            to_sql(kept.sums.nights.minutes)?,
            to_sql(kept.sums.nights.contacts)?,
            to_sql(kept.records)?,
        ])?;
    let night = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO counted_night_sums (night, sums, people) VALUES (?1, ?2, ?3)")?
        .execute(params![night, pack(&kept.sums)?, people::pack(&kept.people)])?;
    let json = serde_json::to_vec(&kept.log).map_err(|_| NotebookError::Internal("counted night"))?;
    connection
        .prepare_cached("INSERT INTO counted_night_log (night, json) VALUES (?1, ?2)")?
        .execute(params![night, json])?;
    Ok(())
}

fn remove(connection: &Connection, outing: OutingId) -> Result<()> {
    let mut statement = connection.prepare_cached("DELETE FROM counted_night WHERE outing = ?1 RETURNING id")?;
    let Some(night) = statement.query_row([outing.0], |row| row.get::<_, i64>(0)).optional()? else { return Ok(()) };
    connection.prepare_cached("DELETE FROM counted_night_sums WHERE night = ?1")?.execute([night])?;
    connection.prepare_cached("DELETE FROM counted_night_log WHERE night = ?1")?.execute([night])?;
    Ok(())
}

/// The nights of a span with sums and people, by day and unit.
pub(super) fn each(
    connection: &Connection,
    span: Span,
    mut work: impl FnMut(NaiveDate, &UnitId, NightSums, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT day, unit, sums, people FROM counted_night CROSS JOIN counted_night_sums ON night = id
         WHERE day BETWEEN ?1 AND ?2 ORDER BY day, unit",
    )?;
    let mut rows = statement.query(days(span))?;
    while let Some(row) = rows.next()? {
        let unit = UnitId::new(row.get::<_, String>(1)?);
        work(day_of(row.get(0)?)?, &unit, unpack(blob(row, 2)?)?, blob(row, 3)?)?;
    }
    Ok(())
}

/// The nights of a span without anything of persons.
pub(super) fn each_log(
    connection: &Connection,
    span: Span,
    mut work: impl FnMut(NightLog) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_night CROSS JOIN counted_night_log ON night = id WHERE day BETWEEN ?1 AND ?2",
    )?;
    let mut rows = statement.query(days(span))?;
    while let Some(row) = rows.next()? {
        work(serde_json::from_slice(blob(row, 0)?).map_err(|_| DAMAGED)?)?;
    }
    Ok(())
}

/// What is kept of each night of a span, with the night log that it was made of and the row of its entry.
pub(super) fn each_with_entry(
    connection: &Connection,
    span: Span,
    mut work: impl FnMut(i64, &Kept, &NightLog) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT entry, records, sums, people, log.json, desk_entry.json FROM counted_night
         CROSS JOIN counted_night_sums AS sums ON sums.night = counted_night.id
         CROSS JOIN counted_night_log AS log ON log.night = counted_night.id
         CROSS JOIN desk_entry ON desk_entry.rowid = entry WHERE day BETWEEN ?1 AND ?2",
    )?;
    let mut rows = statement.query(days(span))?;
    while let Some(row) = rows.next()? {
        let kept = Kept {
            records: from_sql(row.get(1)?)?,
            sums: unpack(blob(row, 2)?)?,
            people: people::read(blob(row, 3)?)?,
            log: serde_json::from_slice(blob(row, 4)?).map_err(|_| DAMAGED)?,
        };
        let envelope: DeskEnvelope =
            serde_json::from_slice(blob(row, 5)?).map_err(|_| NotebookError::Damaged("a desk entry"))?;
        if let DeskEntry::NightLog(log) = envelope.entry {
            work(row.get(0)?, &kept, &log)?;
        }
    }
    Ok(())
}

/// The days of the first and of the last night.
pub(super) fn extent(connection: &Connection) -> Result<Option<Span>> {
    let mut statement = connection.prepare_cached("SELECT min(day), max(day) FROM counted_night")?;
    let bounds: (Option<i32>, Option<i32>) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = bounds else { return Ok(None) };
    Ok(Span::new(day_of(first)?, day_of(last)?))
}

/// The day of a unit's last night.
pub(super) fn last_of(connection: &Connection, unit: &UnitId) -> Result<Option<NaiveDate>> {
    let mut statement = connection.prepare_cached("SELECT max(day) FROM counted_night WHERE unit = ?1")?;
    let day: Option<i32> = statement.query_row([unit.as_str()], |row| row.get(0))?;
    day.map(day_of).transpose()
}

fn days(span: Span) -> [i32; 2] {
    [number_of(span.first()), number_of(span.last())]
}

/// The nights of a span, by date and outing.
pub(super) fn list(connection: &Connection, span: Span) -> Result<Vec<CountedNight>> {
    let mut statement = connection.prepare_cached(
        "SELECT outing, unit, day, outing_type, cancelled, minutes, contacts, version, records FROM counted_night
         WHERE day BETWEEN ?1 AND ?2 ORDER BY day, outing",
    )?;
    let mut rows = statement.query(days(span))?;
    let mut nights = Vec::new();
    while let Some(row) = rows.next()? {
        let cancelled: Option<String> = row.get(4)?;
        nights.push(CountedNight {
            outing_id: OutingId(row.get(0)?),
            unit: UnitId::new(row.get::<_, String>(1)?),
            date: day_of(row.get(2)?)?,
            outing_type: row.get::<_, String>(3)?.parse().map_err(|_| DAMAGED)?,
            cancelled: cancelled.map(|reason| reason.parse()).transpose().map_err(|_| DAMAGED)?,
            minutes: from_sql(row.get(5)?)?,
            contacts: from_sql(row.get(6)?)?,
            version: row.get(7)?,
            records: from_sql(row.get(8)?)?,
        });
    }
    Ok(nights)
}

const DAMAGED: NotebookError = NotebookError::Damaged("a counted night");

pub(super) fn blob<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8]> {
    row.get_ref(column)?.as_blob().map_err(|_| DAMAGED)
}

/// The sums as they are kept: minutes by operator stand apart, because no text is a pair.
#[derive(Serialize)]
struct Packed<'a> {
    sums: &'a NightSums,
    operators: Vec<(&'a UnitId, &'a OperatorCode, u64)>,
}

#[derive(Deserialize)]
struct Unpacked {
    sums: NightSums,
    operators: Vec<(UnitId, OperatorCode, u64)>,
}

pub(super) fn pack(sums: &NightSums) -> Result<Vec<u8>> {
    let by_operator = &sums.nights.operator_minutes_by_operator;
    let operators = by_operator.iter().map(|((unit, operator), minutes)| (unit, operator, *minutes)).collect();
    serde_json::to_vec(&Packed { sums, operators }).map_err(|_| NotebookError::Internal("counted night"))
}

pub(super) fn unpack(json: &[u8]) -> Result<NightSums> {
    let Unpacked { mut sums, operators } = serde_json::from_slice(json).map_err(|_| DAMAGED)?;
    sums.nights.operator_minutes_by_operator =
        operators.into_iter().map(|(unit, operator, minutes)| ((unit, operator), minutes)).collect();
    Ok(sums)
}
