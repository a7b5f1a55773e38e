//! The parts of entries that are counted by themselves: what a referral is put together from, accompaniments, accesses,
//! events, incidents, amendments, plans.
//!
//! A part has the id of what it speaks of, and a rank: where it stands among all that speak of it, whatever came first.

use super::{day_of, number_of};
use crate::error::{NotebookError, Result};
use crate::store::{from_sql, to_sql};
use chrono::NaiveDate;
use domain::ids::{DeviceId, OutingId, ReferralId};
use domain::indicator::Source;
use domain::referral::Accompaniment;
use domain::sync::night_log::{DeskEntry, DeskEnvelope};
use domain::time::Span;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// What a part is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A referral as it was opened: the first one stands.
    Opening = 0,
    /// A later event of a referral: all stand.
    Later = 1,
    /// An accompaniment: the last one stands.
    Accompaniment = 2,
    /// A desk access: the last one stands.
    Access = 3,
    /// An awareness event: the last one stands.
    Event = 4,
    /// An amendment of an outing: all stand.
    Amendment = 5,
    /// An incident that belongs to no outing: the last one stands.
    Incident = 6,
    /// What is planned of one outing: the last revision stands.
    Plan = 7,
}

impl Kind {
    pub(super) const fn code(self) -> i64 {
        self as i64
    }
}

/// First byte of the rank of a part in a night, and of one in an entry of the desk.
const OF_NIGHT: u8 = 0;
const OF_DESK: u8 = 1;

/// Where the parts of an entry stand: those of nights by outing, before those of the desk by their place in a log.
pub(super) struct Place(Vec<u8>);

impl Place {
    pub(super) fn night(outing: OutingId) -> Self {
        Self([&[OF_NIGHT], outing.0.as_bytes().as_slice()].concat())
    }

    pub(super) fn desk(source: Source) -> Self {
        Self([&[OF_DESK], source.device.0.as_bytes().as_slice(), &source.sequence.to_be_bytes()].concat())
    }

    /// Of two revisions of a plan the later one; of equal ones that of the greater place ([`domain::plan`]).
    pub(super) fn plan(revision: u32, source: Source) -> Self {
        let place = source.device.0;
        Self([revision.to_be_bytes().as_slice(), place.as_bytes(), &source.sequence.to_be_bytes()].concat())
    }

    fn rank(&self, position: usize) -> Vec<u8> {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        [self.0.as_slice(), &position.to_be_bytes()].concat()
    }
}

/// A part on its way.
pub(super) struct Part<'a, T> {
    pub(super) kind: Kind,
    pub(super) id: Uuid,
    /// Row of the entry.
    pub(super) entry: i64,
    /// Place in the entry's list.
    pub(super) position: usize,
    pub(super) day: NaiveDate,
    /// Of an accompaniment, what it served.
    pub(super) referral: Option<ReferralId>,
    pub(super) content: &'a T,
}

/// Adds a part.
pub(super) fn put<T: Serialize>(connection: &Connection, place: &Place, part: &Part<'_, T>) -> Result<()> {
    let json = serde_json::to_vec(part.content).map_err(|_| NotebookError::Internal("counted part"))?;
    connection
        .prepare_cached(
            "INSERT INTO counted_part (kind, id, rank, entry, day, json, referral) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (kind, id, rank) DO NOTHING",
        )?
        .execute(params![
            part.kind.code(),
            part.id,
            place.rank(part.position),
            part.entry,
            number_of(part.day),
            json,
            part.referral.map(|id| id.0)
        ])?;
    Ok(())
}

/// A part that was taken out: what it was of, and of which day.
pub(super) struct Gone {
    pub(super) kind: i64,
    pub(super) id: Uuid,
    pub(super) day: NaiveDate,
}

/// Takes out the parts of an entry.
pub(super) fn remove_of(connection: &Connection, entry: i64) -> Result<Vec<Gone>> {
    let mut statement =
        connection.prepare_cached("DELETE FROM counted_part WHERE entry = ?1 RETURNING kind, id, day")?;
    let rows = statement.query_map([entry], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.map(|row| {
        let (kind, id, day) = row?;
        Ok(Gone { kind, id, day: day_of(day)? })
    })
    .collect()
}

/// The days of all parts of a kind with this id.
pub(super) fn list_days(connection: &Connection, kind: i64, id: Uuid) -> Result<Vec<NaiveDate>> {
    let mut statement = connection.prepare_cached("SELECT day FROM counted_part WHERE kind = ?1 AND id = ?2")?;
    let rows = statement.query_map(params![kind, id], |row| row.get(0))?;
    rows.map(|day| day_of(day?)).collect()
}

/// Notes that an entry corrects the one at a place.
pub(super) fn put_correction(connection: &Connection, of: Source, entry: i64) -> Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO counted_correction (device, sequence, entry) VALUES (?1, ?2, ?3)")?
        .execute(params![of.device.0, to_sql(of.sequence)?, entry])?;
    Ok(())
}

/// The corrections that came so far of the entry at a place, each with its own place.
pub(super) fn list_corrections(connection: &Connection, of: Source) -> Result<Vec<(Source, DeskEntry)>> {
    let mut statement = connection.prepare_cached(
        "SELECT desk_entry.device, desk_entry.sequence, json FROM counted_correction AS correction
         JOIN desk_entry ON desk_entry.rowid = correction.entry
         WHERE correction.device = ?1 AND correction.sequence = ?2",
    )?;
    let rows = statement.query_map(params![of.device.0, to_sql(of.sequence)?], |row| {
        Ok((DeviceId(row.get(0)?), row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
    })?;
    rows.map(|row| {
        let (device, sequence, json) = row?;
        Ok((Source { device, sequence: from_sql(sequence)? }, content(&json)?))
    })
    .collect()
}

/// The entry at a place, with its row.
pub(super) fn find_entry(connection: &Connection, at: Source) -> Result<Option<(i64, DeskEntry)>> {
    let mut statement =
        connection.prepare_cached("SELECT rowid, json FROM desk_entry WHERE device = ?1 AND sequence = ?2")?;
    let place = params![at.device.0, to_sql(at.sequence)?];
    let row: Option<(i64, Vec<u8>)> = statement.query_row(place, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    row.map(|(entry, json)| Ok((entry, content(&json)?))).transpose()
}

/// The rows of the entries in which something is said of a referral as it stands: its opening, later events,
/// accompaniments.
pub(super) fn list_entries_of(connection: &Connection, referral: ReferralId) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT entry FROM counted_part WHERE kind IN (?2, ?3) AND id = ?1
         UNION SELECT entry FROM counted_part WHERE referral = ?1",
    )?;
    let of = params![referral.0, Kind::Opening.code(), Kind::Later.code()];
    let rows = statement.query_map(of, |row| row.get(0))?;
    rows.map(|entry| Ok(entry?)).collect()
}

/// How many parts an entry has.
pub(super) fn count_of(connection: &Connection, entry: i64) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM counted_part WHERE entry = ?1")?;
    from_sql(statement.query_row([entry], |row| row.get(0))?)
}

/// The entry of a row, with its place.
pub(super) fn read_entry(connection: &Connection, row: i64) -> Result<(Source, DeskEntry)> {
    let mut statement = connection.prepare_cached("SELECT device, sequence, json FROM desk_entry WHERE rowid = ?1")?;
    let columns =
        |row: &rusqlite::Row<'_>| Ok((DeviceId(row.get(0)?), row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?));
    let (device, sequence, json) = statement.query_row([row], columns)?;
    Ok((Source { device, sequence: from_sql(sequence)? }, content(&json)?))
}

fn content(json: &[u8]) -> Result<DeskEntry> {
    let envelope: DeskEnvelope = parse(json)?;
    Ok(envelope.entry)
}

/// All parts of a kind with this id, by rank.
pub(super) fn list_of<T: DeserializeOwned>(connection: &Connection, kind: Kind, id: Uuid) -> Result<Vec<T>> {
    let mut statement =
        connection.prepare_cached("SELECT json FROM counted_part WHERE kind = ?1 AND id = ?2 ORDER BY rank")?;
    let rows = statement.query_map(params![kind.code(), id], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|json| parse(&json?)).collect()
}

/// All parts of a kind with this id, by rank, and whether each stands in an entry of the desk rather than in a night.
pub(super) fn list_placed<T: DeserializeOwned>(
    connection: &Connection,
    kind: Kind,
    id: Uuid,
) -> Result<Vec<(bool, T)>> {
    let mut statement =
        connection.prepare_cached("SELECT rank, json FROM counted_part WHERE kind = ?1 AND id = ?2 ORDER BY rank")?;
    let columns = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?));
    let rows = statement.query_map(params![kind.code(), id], columns)?;
    rows.map(|row| {
        let (rank, json) = row?;
        Ok((rank.first() == Some(&OF_DESK), parse(&json)?))
    })
    .collect()
}

/// Calls with those of a kind in a span, the last one of each id.
pub(super) fn each_last<T: DeserializeOwned>(
    connection: &Connection,
    kind: Kind,
    span: Span,
    mut work: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_part AS part WHERE kind = ?1 AND day BETWEEN ?2 AND ?3
         AND rank = (SELECT max(rank) FROM counted_part WHERE kind = part.kind AND id = part.id)",
    )?;
    let mut rows = statement.query(params![kind.code(), number_of(span.first()), number_of(span.last())])?;
    while let Some(row) = rows.next()? {
        work(parse(row.get_ref(0)?.as_blob().map_err(|_| DAMAGED)?)?)?;
    }
    Ok(())
}

/// The accompaniments of a referral, the last word on each.
pub(super) fn list_company_of(connection: &Connection, referral: ReferralId) -> Result<Vec<Accompaniment>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_part AS part WHERE referral = ?1
         AND rank = (SELECT max(rank) FROM counted_part WHERE kind = part.kind AND id = part.id)",
    )?;
    let rows = statement.query_map([referral.0], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|json| parse(&json?)).collect()
}

/// How many of a kind lie in a span, the last one of each id.
pub(super) fn count_last(connection: &Connection, kind: Kind, span: Span) -> Result<u64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM counted_part AS part WHERE kind = ?1 AND day BETWEEN ?2 AND ?3
         AND rank = (SELECT max(rank) FROM counted_part WHERE kind = part.kind AND id = part.id)",
    )?;
    count(&mut statement, kind, span)
}

/// How many of a kind lie in a span.
pub(super) fn count_all(connection: &Connection, kind: Kind, span: Span) -> Result<u64> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM counted_part WHERE kind = ?1 AND day BETWEEN ?2 AND ?3")?;
    count(&mut statement, kind, span)
}

fn count(statement: &mut rusqlite::CachedStatement<'_>, kind: Kind, span: Span) -> Result<u64> {
    let days = params![kind.code(), number_of(span.first()), number_of(span.last())];
    from_sql(statement.query_row(days, |row| row.get(0))?)
}

const DAMAGED: NotebookError = NotebookError::Damaged("a counted part");

fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T> {
    serde_json::from_slice(json).map_err(|_| DAMAGED)
}
