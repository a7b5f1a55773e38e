//! Each referral with all its events, and the weeks it has to do with.

use super::part::{self, Kind};
use super::path::{self, Path};
use super::{day_of, number_of};
use crate::desk::board::Course;
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::{DeviceId, ReferralId};
use domain::indicator::{LostRule, Records, Source};
use domain::referral::{ReferralEvent, ReferralState, ServiceType, Urgency};
use domain::sync::night_log::{DeskEntry, ReferralRow};
use domain::time::{IsoWeek, Span};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Puts a referral together anew. Gives the weeks that it had or has to do with.
pub(super) fn refresh(connection: &Connection, id: ReferralId, lost_after: u16) -> Result<BTreeSet<IsoWeek>> {
    let mut touched = BTreeSet::new();
    {
        let mut statement =
            connection.prepare_cached("DELETE FROM counted_referral_week WHERE referral = ?1 RETURNING week")?;
        for week in statement.query_map([id.0], |row| row.get(0))? {
            touched.insert(IsoWeek::of(day_of(week?)?));
        }
    }
    connection.prepare_cached("DELETE FROM counted_referral WHERE referral = ?1")?.execute([id.0])?;
    let row = match put_together(connection, id)? {
        Ok(row) => row,
        Err(0) => return Ok(touched),
        Err(waiting) => {
            connection
                .prepare_cached("INSERT INTO counted_referral (referral, waiting) VALUES (?1, ?2)")?
                .execute(params![id.0, i64::try_from(waiting).unwrap_or(i64::MAX)])?;
            return Ok(touched);
        }
    };
    put(connection, &row, lost_after)?;
    let path = path::pack(&row)?;
    let mut insert =
        connection.prepare_cached("INSERT INTO counted_referral_week (week, referral, path) VALUES (?1, ?2, ?3)")?;
    for week in weeks_of(&row, LostRule::day(lost_after, &row.events)) {
        insert.execute(params![number_of(week.monday()), id.0, path])?;
        touched.insert(week);
    }
    Ok(touched)
}

/// The weeks that a referral has to do with.
fn weeks_of(row: &ReferralRow, lost: Option<NaiveDate>) -> BTreeSet<IsoWeek> {
    row.events.iter().map(|event| event.date).chain([opened(row)]).chain(lost).map(IsoWeek::of).collect()
}

/// A referral from its parts; or, where its opening has not come, how many events wait for it.
fn put_together(connection: &Connection, id: ReferralId) -> Result<std::result::Result<ReferralRow, usize>> {
    let later: Vec<ReferralEvent> = part::list_of(connection, Kind::Later, id.0)?;
    let opening: Option<ReferralRow> = part::list_of(connection, Kind::Opening, id.0)?.into_iter().next();
    opening.map_or(Ok(Err(later.len())), |opening| join(opening, later).map(Ok))
}

/// Whether the referrals of a week stand there as their parts say.
pub(super) fn are_equal(connection: &Connection, week: IsoWeek, lost_after: u16) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT referral, path FROM counted_referral_week WHERE week = ?1")?;
    let mut rows = statement.query([number_of(week.monday())])?;
    while let Some(row) = rows.next()? {
        let id = ReferralId(row.get(0)?);
        let Ok(made) = put_together(connection, id)? else { return Ok(false) };
        let weeks = weeks_of(&made, LostRule::day(lost_after, &made.events));
        if list_weeks(connection, id)? != weeks
            || path::pack(&made)? != super::night::blob(row, 1)?
            || find_columns(connection, id)? != Some(Columns::of(&made, lost_after)?)
            || find(connection, id)? != Some(made)
        {
            return Ok(false);
        }
    }
    let (monday, next) = (number_of(week.monday()), number_of(week.next().monday()));
    let mut forgotten = connection.prepare_cached(
        "SELECT 1 FROM counted_referral WHERE opened >= ?1 AND opened < ?2 AND NOT EXISTS
         (SELECT 1 FROM counted_referral_week WHERE week = ?1 AND referral = counted_referral.referral)",
    )?;
    Ok(!forgotten.exists([monday, next])?)
}

/// The weeks in which a referral stands.
fn list_weeks(connection: &Connection, id: ReferralId) -> Result<BTreeSet<IsoWeek>> {
    let mut statement = connection.prepare_cached("SELECT week FROM counted_referral_week WHERE referral = ?1")?;
    let rows = statement.query_map([id.0], |row| row.get(0))?;
    rows.map(|week| Ok(IsoWeek::of(day_of(week?)?))).collect()
}

/// The referral with all its events, in the order of the machine.
fn join(opening: ReferralRow, later: Vec<ReferralEvent>) -> Result<ReferralRow> {
    let id = opening.id;
    let mut records = Records::default();
    let mut add = |sequence, entry| records.add(Source { device: DeviceId(uuid::Uuid::nil()), sequence }, entry);
    add(1, DeskEntry::ReferralOpened(opening));
    add(2, DeskEntry::ReferralAdvanced { referral_id: id, events: later });
    records.paths().remove(&id).ok_or(NotebookError::Internal("counted referral"))
}

/// What is asked of a referral without opening it: days as numbers, places in the lists of codes.
#[derive(PartialEq, Eq)]
struct Columns {
    opened: i32,
    ended: Option<i32>,
    lost: Option<i32>,
    opened_on: i32,
    urgency: u8,
    state: u8,
    last_on: i32,
    placed: Option<i32>,
    parent: Option<Uuid>,
}

impl Columns {
    fn of(row: &ReferralRow, lost_after: u16) -> Result<Self> {
        let Course { opened_on, urgency, state, last_on, ended_on } = Course::of(row);
        let has_place = row.service_type == ServiceType::EmergencyShelter;
        let placed = row.events.iter().find(|event| has_place && event.state == ReferralState::Placed);
        Ok(Self {
            opened: number_of(opened(row)),
            ended: ended_on.map(number_of),
            // What has ended is lost no more, whatever was noted after.
            lost: LostRule::day(lost_after, &row.events).filter(|_| ended_on.is_none()).map(number_of),
            opened_on: number_of(opened_on),
            urgency: path::place(Urgency::ALL, urgency)?,
            state: path::place(ReferralState::ALL, state)?,
            last_on: number_of(last_on),
            placed: placed.map(|event| number_of(event.date)),
            parent: row.parent_id.map(|parent| parent.0),
        })
    }
}

fn put(connection: &Connection, row: &ReferralRow, lost_after: u16) -> Result<()> {
    let Columns { opened, ended, lost, opened_on, urgency, state, last_on, placed, parent } =
        Columns::of(row, lost_after)?;
    let json = serde_json::to_vec(row).map_err(|_| NotebookError::Internal("counted referral"))?;
    connection
        .prepare_cached(
            "INSERT INTO counted_referral (referral, waiting, opened, ended, lost, opened_on, urgency, state, last_on,
             placed, parent, json) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![row.id.0, opened, ended, lost, opened_on, urgency, state, last_on, placed, parent, json])?;
    Ok(())
}

/// The columns as they are kept.
fn find_columns(connection: &Connection, id: ReferralId) -> Result<Option<Columns>> {
    let mut statement = connection.prepare_cached(
        "SELECT opened, ended, lost, opened_on, urgency, state, last_on, placed, parent FROM counted_referral
         WHERE referral = ?1",
    )?;
    let kept = |row: &Row<'_>| {
        Ok(Columns {
            opened: row.get(0)?,
            ended: row.get(1)?,
            lost: row.get(2)?,
            opened_on: row.get(3)?,
            urgency: row.get(4)?,
            state: row.get(5)?,
            last_on: row.get(6)?,
            placed: row.get(7)?,
            parent: row.get(8)?,
        })
    };
    Ok(statement.query_row([id.0], kept).optional()?)
}

fn opened(row: &ReferralRow) -> NaiveDate {
    row.events.first().map_or(row.opened_on, |event| event.date)
}

/// Events of referrals that have not arrived.
pub(super) fn count_waiting(connection: &Connection) -> Result<u64> {
    let mut statement =
        connection.prepare_cached("SELECT coalesce(sum(waiting), 0) FROM counted_referral WHERE waiting > 0")?;
    crate::store::from_sql(statement.query_row([], |row| row.get(0))?)
}

/// Calls with every referral that has to do with a week of which the span has a day, once.
pub(super) fn each_touching(
    connection: &Connection,
    span: Span,
    lost_after: u16,
    mut work: impl FnMut(&mut Path) -> Result<()>,
) -> Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT week, path FROM counted_referral_week WHERE week BETWEEN ?1 AND ?2")?;
    let [first, last] = [span.first(), span.last()].map(|day| number_of(IsoWeek::of(day).monday()));
    let mut rows = statement.query([first, last])?;
    let mut path = Path::default();
    while let Some(row) = rows.next()? {
        path.read(super::night::blob(row, 1)?)?;
        // It stands in every week that it has to do with, and is taken in the first of the span.
        if first == last || path.first_week(lost_after, first) == Some(row.get(0)?) {
            work(&mut path)?;
        }
    }
    Ok(())
}

/// A referral, if it has arrived.
pub(super) fn find(connection: &Connection, id: ReferralId) -> Result<Option<ReferralRow>> {
    let mut statement = connection.prepare_cached("SELECT json FROM counted_referral WHERE referral = ?1")?;
    let json: Option<Vec<u8>> = statement.query_row([id.0], |row| row.get(0)).optional()?.flatten();
    json.map(|json| parse(&json)).transpose()
}

/// The referrals of which nobody noted an end. With a day, without those that are lost by then.
pub(super) fn list_open(connection: &Connection, known_until: Option<NaiveDate>) -> Result<Vec<(ReferralId, Course)>> {
    // Two questions: each is a part of the index, which holds all that they ask.
    let never = "SELECT referral, opened_on, urgency, state, last_on FROM counted_referral
                 WHERE ended IS NULL AND opened_on IS NOT NULL AND lost IS NULL";
    let later = "SELECT referral, opened_on, urgency, state, last_on FROM counted_referral
                 WHERE ended IS NULL AND opened_on IS NOT NULL AND lost > ?1";
    let mut found = Vec::new();
    list_courses(connection, never, [], &mut found)?;
    list_courses(connection, later, [known_until.map_or(i32::MIN, number_of)], &mut found)?;
    Ok(found)
}

fn list_courses(
    connection: &Connection,
    text: &str,
    given: impl Params,
    found: &mut Vec<(ReferralId, Course)>,
) -> Result<()> {
    let mut statement = connection.prepare_cached(text)?;
    let mut rows = statement.query(given)?;
    while let Some(row) = rows.next()? {
        let course = Course {
            opened_on: day_of(row.get(1)?)?,
            urgency: path::at(Urgency::ALL, row.get(2)?)?,
            state: path::at(ReferralState::ALL, row.get(3)?)?,
            last_on: day_of(row.get(4)?)?,
            ended_on: None,
        };
        found.push((ReferralId(row.get(0)?), course));
    }
    Ok(())
}

/// The emergency place that was found last.
pub(super) fn find_last_placed(connection: &Connection) -> Result<Option<ReferralRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_referral WHERE placed IS NOT NULL ORDER BY placed DESC, referral DESC LIMIT 1",
    )?;
    let json: Option<Vec<u8>> = statement.query_row([], |row| row.get(0)).optional()?;
    json.map(|json| parse(&json)).transpose()
}

/// Those that follow from one, the oldest first.
pub(super) fn list_children(connection: &Connection, parent: ReferralId) -> Result<Vec<ReferralId>> {
    let mut statement = connection
        .prepare_cached("SELECT referral FROM counted_referral WHERE parent = ?1 ORDER BY opened_on, referral")?;
    let ids = statement.query_map([parent.0], |row| row.get(0))?;
    ids.map(|id| Ok(ReferralId(id?))).collect()
}

/// Those that are lost by a day, the last one first.
pub(super) fn list_lost(connection: &Connection, known_until: NaiveDate, limit: usize) -> Result<Vec<ReferralRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_referral WHERE lost IS NOT NULL AND lost <= ?1 AND json IS NOT NULL
         ORDER BY lost DESC, referral LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![number_of(known_until), limit], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|json| parse(&json?)).collect()
}

/// How many are lost by a day.
pub(super) fn count_lost(connection: &Connection, known_until: NaiveDate) -> Result<u64> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM counted_referral WHERE lost IS NOT NULL AND lost <= ?1")?;
    crate::store::from_sql(statement.query_row([number_of(known_until)], |row| row.get(0))?)
}

/// How many referrals begin and end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) opened: u64,
    /// Somebody noted the end.
    pub(super) ended: u64,
    /// Nothing was heard for so long that they are lost, once the desk has looked so late.
    pub(super) lost: u64,
}

/// Referrals of some days, without the last one.
pub(super) fn count_in(connection: &Connection, from: i32, before: i32) -> Result<Flow> {
    let count = |text: &str| -> Result<u64> {
        crate::store::from_sql(connection.prepare_cached(text)?.query_row([from, before], |row| row.get(0))?)
    };
    Ok(Flow {
        opened: count("SELECT count(*) FROM counted_referral WHERE opened >= ?1 AND opened < ?2")?,
        ended: count("SELECT count(*) FROM counted_referral WHERE ended >= ?1 AND ended < ?2")?,
        lost: count("SELECT count(*) FROM counted_referral WHERE lost >= ?1 AND lost < ?2")?,
    })
}

const DAMAGED: NotebookError = NotebookError::Damaged("a counted referral");

fn parse(json: &[u8]) -> Result<ReferralRow> {
    serde_json::from_slice(json).map_err(|_| DAMAGED)
}
