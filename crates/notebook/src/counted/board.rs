//! What the board of referrals (*Invii*) is made of, without reading every entry.

use super::last_answer::LastAnswer;
use super::part::{self, Kind};
use super::{Through, day_of, find_through, referral};
use crate::desk::board::{BoardData, Detail, Waiting, rank_open};
use crate::error::Result;
use crate::notebook::Notebook;
use crate::store::desk_entry;
use chrono::NaiveDate;
use domain::ids::{ReferralId, UnitId};
use domain::indicator::{LostRule, Records, Source};
use domain::referral::{ReferralEvent, ReferralOrigin};
use domain::sync::correction::DayEntry;
use domain::sync::night_log::{DeskEntry, ReferralRow};
use domain::time::IsoWeek;
use rusqlite::{Connection, OptionalExtension};

/// How many referrals are open and wait: of the entries up to a row, on a day.
pub(crate) type WaitingAtHand = LastAnswer<(Option<Through>, Option<LostRule>, NaiveDate), Waiting>;

impl Notebook {
    /// The referrals that are open, the first in rank, the last to end, and the flow of a week.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn board_data(&self, week: IsoWeek, today: NaiveDate, ended: usize) -> Result<BoardData> {
        let tally = self.tally(week)?;
        let connection = self.store.connection();
        let lost = self.lost_rule()?;
        let known_until = lost.map(|rule| rule.known_until);
        let (waiting, first) = rank_open(referral::list_open(connection, known_until)?, today);
        let mut paths = Vec::new();
        for id in first {
            paths.extend(referral::find(connection, id)?);
        }
        paths.extend(list_ended(connection, ended)?);
        let mut all_ended = count_ended(connection)?;
        if let Some(day) = known_until {
            paths.extend(referral::list_lost(connection, day, ended)?);
            all_ended = all_ended.saturating_add(referral::count_lost(connection, day)?);
        }
        Ok(BoardData {
            waiting,
            paths,
            lost,
            ended: all_ended,
            first_opened: first_opened(connection)?,
            last_placed: referral::find_last_placed(connection)?,
            flow: tally.referrals,
        })
    }

    /// What a row of the board says besides its path.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn board_detail(&self, row: &ReferralRow) -> Result<Detail> {
        let connection = self.store.connection();
        Ok(Detail {
            unit: unit_of(connection, row.origin)?,
            is_last_of_desk: match row.events.last() {
                Some(last) => is_of_desk(connection, row.id, *last)?,
                None => false,
            },
            company: part::list_company_of(connection, row.id)?,
            children: referral::list_children(connection, row.id)?,
        })
    }

    /// How many referrals have not ended, nor are lost by themselves; and how many of these wait for somebody, and for
    /// what.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn waiting_referrals(&self, today: NaiveDate) -> Result<Waiting> {
        self.count_all(|_| {})?;
        let (connection, lost) = (self.store.connection(), self.lost_rule()?);
        let key = (find_through(connection)?, lost, today);
        self.waiting_at_hand.find_or(key, || {
            let open = referral::list_open(connection, lost.map(|rule| rule.known_until))?;
            Ok(rank_open(open, today).0)
        })
    }

    /// What day staff wrote at a place, before it was corrected.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn written_at(&self, place: Source) -> Result<Option<DayEntry>> {
        let found = part::find_entry(self.store.connection(), place)?;
        Ok(found.and_then(|(_, entry)| DayEntry::of(&entry)))
    }

    /// Every entry in which something is said of a referral as it stands, and the one at a place, all with their
    /// corrections.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn records_about(&self, referral: Option<ReferralId>, place: Option<Source>) -> Result<Records> {
        self.count_all(|_| {})?;
        let connection = self.store.connection();
        let mut found: Vec<(Source, DeskEntry)> = Vec::new();
        for row in referral.map_or(Ok(Vec::new()), |id| part::list_entries_of(connection, id))? {
            found.push(part::read_entry(connection, row)?);
        }
        if let Some(place) = place
            && let Some((_, entry)) = part::find_entry(connection, place)?
        {
            found.push((place, entry));
        }
        let mut records = Records::default();
        for (source, entry) in found {
            for (of, correction) in part::list_corrections(connection, source)? {
                records.add(of, correction);
            }
            records.add(source, entry);
        }
        Ok(records)
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
