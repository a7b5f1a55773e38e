//! Each referral with all its events, and the weeks it has to do with.

use super::part::{self, Kind};
use super::{day_of, number_of};
use crate::error::{NotebookError, Result};
use chrono::NaiveDate;
use domain::ids::{DeviceId, ReferralId};
use domain::indicator::{LostRule, Records, Source};
use domain::referral::ReferralEvent;
use domain::sync::night_log::{DeskEntry, ReferralRow};
use domain::time::{IsoWeek, Span};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

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
    let later: Vec<ReferralEvent> = part::list_of(connection, Kind::Later, id.0)?;
    let opening: Option<ReferralRow> = part::list_of(connection, Kind::Opening, id.0)?.into_iter().next();
    let Some(opening) = opening else {
        if !later.is_empty() {
            connection
                .prepare_cached("INSERT INTO counted_referral (referral, waiting) VALUES (?1, ?2)")?
                .execute(params![id.0, i64::try_from(later.len()).unwrap_or(i64::MAX)])?;
        }
        return Ok(touched);
    };
    let row = join(opening, later)?;
    let lost = LostRule::day(lost_after, &row.events);
    put(connection, &row, lost)?;
    let mut insert = connection.prepare_cached("INSERT INTO counted_referral_week (week, referral) VALUES (?1, ?2)")?;
    let days = row.events.iter().map(|event| event.date).chain([opened(&row)]).chain(lost);
    for week in days.map(IsoWeek::of).collect::<BTreeSet<_>>() {
        insert.execute(params![number_of(week.monday()), id.0])?;
        touched.insert(week);
    }
    Ok(touched)
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

fn put(connection: &Connection, row: &ReferralRow, lost: Option<NaiveDate>) -> Result<()> {
    let ended = row.events.iter().find(|event| event.state.is_terminal()).map(|event| number_of(event.date));
    // What has ended is lost no more, whatever was noted after.
    let lost = lost.filter(|_| ended.is_none());
    let json = serde_json::to_vec(row).map_err(|_| NotebookError::Internal("counted referral"))?;
    connection
        .prepare_cached(
            "INSERT INTO counted_referral (referral, waiting, opened, ended, lost, json)
             VALUES (?1, 0, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![row.id.0, number_of(opened(row)), ended, lost.map(number_of), json])?;
    Ok(())
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

/// Calls with every referral that was opened, or went on, in a week of which the span has a day.
pub(super) fn each_touching(connection: &Connection, span: Span, mut work: impl FnMut(ReferralRow)) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_referral WHERE json IS NOT NULL AND referral IN
         (SELECT referral FROM counted_referral_week WHERE week BETWEEN ?1 AND ?2)",
    )?;
    let bounds = [span.first(), span.last()].map(|day| number_of(IsoWeek::of(day).monday()));
    let mut rows = statement.query(bounds)?;
    while let Some(row) = rows.next()? {
        work(parse(super::night::blob(row, 0)?)?);
    }
    Ok(())
}

/// A referral, if it has arrived.
pub(super) fn find(connection: &Connection, id: ReferralId) -> Result<Option<ReferralRow>> {
    let mut statement = connection.prepare_cached("SELECT json FROM counted_referral WHERE referral = ?1")?;
    let json: Option<Vec<u8>> = statement.query_row([id.0], |row| row.get(0)).optional()?.flatten();
    json.map(|json| parse(&json)).transpose()
}

/// The referrals that have not ended, the oldest first.
pub(super) fn list_open(connection: &Connection) -> Result<Vec<ReferralRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT json FROM counted_referral WHERE ended IS NULL AND json IS NOT NULL ORDER BY opened, referral",
    )?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|json| parse(&json?)).collect()
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
