//! The version of each night that stands, with its sums and its people.

use super::people::{self, Set};
use super::{day_of, number_of};
use crate::error::{NotebookError, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{DeviceId, OperatorCode, OutingId, UnitId};
use domain::indicator::{NightRank, NightSums, Source};
use domain::outing::{CancelReason, OutingType};
use domain::sync::night_log::NightLog;
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
    let source = Source { device: DeviceId(device), sequence: crate::store::from_sql(sequence)? };
    let rank = NightRank::new(version, reviewed_at, source);
    Ok(Some(Standing { entry, rank, day: day_of(day)? }))
}

/// Puts a version in the place of whichever stood.
pub(super) fn put(connection: &Connection, entry: i64, source: Source, log: &NightLog) -> Result<()> {
    let sums = NightSums::of(log);
    let mut set = Set::new();
    if log.outing.cancelled.is_none() {
        for row in &log.presence {
            let number = people::number(connection, iso_year(log.outing.date), row.token)?;
            *set.entry(number).or_default() |= row.bits;
        }
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO counted_night (outing, entry, device, sequence, version, reviewed_at, unit, day,
             outing_type, cancelled, minutes, contacts, sums, people)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            log.outing.id.0,
            entry,
            source.device.0,
            crate::store::to_sql(source.sequence)?,
            log.version(),
            log.outing.reviewed_at,
            log.outing.unit.as_str(),
            number_of(log.outing.date),
            log.outing.outing_type.code(),
            log.outing.cancelled.map(CancelReason::code),
            crate::store::to_sql(sums.nights.minutes)?,
            crate::store::to_sql(sums.nights.contacts)?,
            pack(&sums)?,
            people::pack(&set),
        ])?;
    Ok(())
}

/// The nights of a span with sums and people, by day and unit.
pub(super) fn each(
    connection: &Connection,
    span: Span,
    mut work: impl FnMut(NaiveDate, &UnitId, NightSums, &[u8]) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT day, unit, sums, people FROM counted_night WHERE day BETWEEN ?1 AND ?2 ORDER BY day, unit",
    )?;
    let mut rows = statement.query(params![number_of(span.first()), number_of(span.last())])?;
    while let Some(row) = rows.next()? {
        let unit = UnitId::new(row.get::<_, String>(1)?);
        work(day_of(row.get(0)?)?, &unit, unpack(blob(row, 2)?)?, blob(row, 3)?)?;
    }
    Ok(())
}

/// The nights of a span, by date and outing.
pub(super) fn list(connection: &Connection, span: Span) -> Result<Vec<CountedNight>> {
    let mut statement = connection.prepare_cached(
        "SELECT outing, unit, day, outing_type, cancelled, minutes, contacts, version FROM counted_night
         WHERE day BETWEEN ?1 AND ?2 ORDER BY day, outing",
    )?;
    let mut rows = statement.query(params![number_of(span.first()), number_of(span.last())])?;
    let mut nights = Vec::new();
    while let Some(row) = rows.next()? {
        let cancelled: Option<String> = row.get(4)?;
        nights.push(CountedNight {
            outing_id: OutingId(row.get(0)?),
            unit: UnitId::new(row.get::<_, String>(1)?),
            date: day_of(row.get(2)?)?,
            outing_type: row.get::<_, String>(3)?.parse().map_err(|_| DAMAGED)?,
            cancelled: cancelled.map(|reason| reason.parse()).transpose().map_err(|_| DAMAGED)?,
            minutes: crate::store::from_sql(row.get(5)?)?,
            contacts: crate::store::from_sql(row.get(6)?)?,
            version: row.get(7)?,
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
