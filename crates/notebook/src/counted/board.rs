//! What the board of referrals (*Invii*) is made of, without reading every entry.

use super::part::{self, Kind};
use super::{day_of, referral};
use crate::desk::board::{BoardData, Detail, standing, to_do_of};
use crate::error::Result;
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::view::ToDo;
use chrono::NaiveDate;
use domain::ids::{ReferralId, UnitId};
use domain::indicator::{Records, Source};
use domain::referral::{Accompaniment, ReferralEvent, ReferralOrigin};
use domain::sync::night_log::ReferralRow;
use domain::time::{IsoWeek, Span};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

impl Notebook {
    /// The referrals that are open, the last to end, and the flow of a week.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn board_data(&self, week: IsoWeek, ended: usize) -> Result<BoardData> {
        let tally = self.tally(week)?;
        let connection = self.store.connection();
        let mut paths = referral::list_open(connection)?;
        paths.extend(list_ended(connection, ended)?);
        Ok(BoardData {
            paths,
            lost: self.lost_rule()?,
            ended: count_ended(connection)?,
            first_opened: first_opened(connection)?,
            flow: tally.referrals,
        })
    }

    /// What a row of the board says besides its path, from a day on.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn board_details(&self, from: NaiveDate, today: NaiveDate) -> Result<Details<'_>> {
        let connection = self.store.connection();
        let mut company: BTreeMap<ReferralId, Vec<Accompaniment>> = BTreeMap::new();
        if let Some(span) = Span::new(from, today) {
            part::each_last(connection, Kind::Accompaniment, span, |row: Accompaniment| {
                company.entry(row.referral_id).or_default().push(row);
                Ok(())
            })?;
        }
        Ok(Details { connection, company })
    }

    /// How many referrals wait for somebody, and for what.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn referrals_to_do(&self, today: NaiveDate) -> Result<ToDo> {
        let mut open = self.open_referrals()?;
        if let Some(rule) = self.lost_rule()? {
            open.iter_mut().for_each(|row| rule.apply(&mut row.events));
        }
        Ok(to_do_of(open.iter().map(|row| standing(row, today))))
    }

    /// The entries of a week, with every correction and what it corrects.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn records_of_week(&self, week: IsoWeek) -> Result<Records> {
        self.count_all(|_| {})?;
        let mut records = Records::default();
        for stored in desk_entry::list_of_days(self.store.connection(), week.monday(), week.sunday())? {
            records.add(Source { device: stored.device, sequence: stored.sequence }, stored.envelope.entry);
        }
        Ok(records)
    }
}

/// Where the rest of a row is looked up.
pub(crate) struct Details<'a> {
    connection: &'a Connection,
    company: BTreeMap<ReferralId, Vec<Accompaniment>>,
}

impl Details<'_> {
    /// Of one referral.
    pub(crate) fn of(&self, row: &ReferralRow) -> Result<Detail> {
        Ok(Detail {
            unit: unit_of(self.connection, row.origin)?,
            is_last_of_desk: match row.events.last() {
                Some(last) => is_of_desk(self.connection, row.id, *last)?,
                None => false,
            },
            company: self.company.get(&row.id).cloned().unwrap_or_default(),
        })
    }
}

/// The last to end by somebody's word, the latest first.
fn list_ended(connection: &Connection, limit: usize) -> Result<Vec<ReferralRow>> {
    let mut statement = connection.prepare_cached(
        "SELECT referral FROM counted_referral WHERE ended IS NOT NULL ORDER BY ended DESC, referral LIMIT ?1",
    )?;
    let ids = statement.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0))?;
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(referral::find(connection, ReferralId(id?))?);
    }
    Ok(rows)
}

fn count_ended(connection: &Connection) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM counted_referral WHERE ended IS NOT NULL")?;
    crate::store::from_sql(statement.query_row([], |row| row.get(0))?)
}

fn first_opened(connection: &Connection) -> Result<Option<NaiveDate>> {
    let mut statement = connection.prepare_cached("SELECT min(opened) FROM counted_referral")?;
    let day: Option<i32> = statement.query_row([], |row| row.get(0))?;
    day.map(day_of).transpose()
}

fn unit_of(connection: &Connection, origin: ReferralOrigin) -> Result<Option<UnitId>> {
    let ReferralOrigin::Outing(outing) = origin else { return Ok(None) };
    let mut statement = connection.prepare_cached("SELECT unit FROM counted_night WHERE outing = ?1")?;
    let unit: Option<String> = statement.query_row([outing.0], |row| row.get(0)).optional()?;
    Ok(unit.map(|unit| UnitId::new(&unit)))
}

/// Whether a step was noted by day staff and by no team: only such a one is corrected at the desk.
fn is_of_desk(connection: &Connection, id: ReferralId, step: ReferralEvent) -> Result<bool> {
    let mut noted = Vec::new();
    for (place, event) in part::list_placed::<ReferralEvent>(connection, Kind::Later, id.0)? {
        noted.extend((event == step).then_some(place));
    }
    let opening = part::list_placed::<ReferralRow>(connection, Kind::Opening, id.0)?.into_iter().next();
    noted.extend(opening.and_then(|(place, row)| row.events.contains(&step).then_some(place)));
    Ok(!noted.is_empty() && noted.iter().all(|is_desk| *is_desk))
}
