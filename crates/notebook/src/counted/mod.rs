//! What the desk counts with: sums per night and week, kept exact as entries arrive, are amended, or come late.
//!
//! Everything here is made of [`crate::store::desk_entry`] and can be made anew from it at any time; nothing is lost with
//! it. Entries are taken in the order of their rows, each once, and every reading takes in first what is left: a sum is never
//! behind what it is read with. What an entry touches is found out first and summed up anew from its parts afterwards: nothing is ever added to a sum, so neither
//! the order nor the repetition of deliveries changes one.
//!
//! | module | what |
//! |---|---|
//! | [`fold`] | from an entry to its parts, and what they touch |
//! | [`part`] | the parts: openings, later events, accompaniments, accesses, events, amendments, plans |
//! | [`night`] | the version of each night that stands, with its sums and its people |
//! | [`people`] | numbers for tokens, sets of numbers |
//! | [`referral`], [`path`] | each referral with all its events |
//! | [`week`] | sums per week: of the region, and figures of each unit |
//! | [`read`] | tallies, trends, nights of a span |
//! | [`plan`] | what is planned |
//! | [`board`] | the board of referrals |
//! | [`crossed`] | persons by two traits, not summed up |
//! | [`check`] | the sums against the entries |

pub(crate) mod board;
mod check;
mod crossed;
mod fold;
pub(crate) mod last_answer;
mod night;
mod part;
mod path;
mod people;
mod plan;
mod read;
mod referral;
#[cfg(test)]
mod tests;
mod week;

pub use check::Unequal;
pub use night::CountedNight;
pub use read::{PeopleCount, TrendPoint};

use crate::error::Result;
use crate::store::meta::{self, MetaKey};
use chrono::NaiveDate;
use domain::referral::{ReferralOutcome, ReferralState, ServiceType, Urgency};
use fold::Fold;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// Version of what is kept here. Another one is thrown away and made anew.
pub(crate) const FORM: u16 = 3;
/// Entries that are taken in at once: then what they touch is summed up.
const AT_ONCE: u32 = 500;

/// How far the entries were taken in.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Through {
    form: u16,
    /// Of the lists of codes whose places are kept.
    #[serde(default)]
    codes: u32,
    row: i64,
    /// Days without an event after which a referral is lost, as the programme says.
    lost_after: u16,
}

/// How far taking in has come, of how much: rows of the entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountProgress {
    /// Taken in.
    pub done: u64,
    /// Of these.
    pub of: u64,
}

/// Takes in the next entries, at most [`AT_ONCE`], in the caller's transaction. Gives how far that is. `lost_after`: days
/// without an event after which a referral is lost.
pub(crate) fn take_in_some(connection: &Connection, lost_after: u16) -> Result<CountProgress> {
    let from = match find_through(connection)? {
        Some(through) if through == (Through { row: through.row, ..begin(lost_after) }) => through.row,
        Some(_) => {
            clear(connection, lost_after)?;
            0
        }
        None => 0,
    };
    let last = last_row(connection)?;
    if last <= from {
        return Ok(progress(last, last));
    }
    let mut fold = Fold::new(connection, lost_after);
    let mut statement = connection.prepare_cached(
        "SELECT rowid, device, sequence, json FROM desk_entry WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
    )?;
    let mut rows = statement.query(params![from, AT_ONCE])?;
    let mut row_number = from;
    while let Some(row) = rows.next()? {
        row_number = row.get(0)?;
        fold.take_in(row)?;
    }
    fold.finish()?;
    meta::put_json(connection, MetaKey::CountedThrough, &Through { row: row_number, ..begin(lost_after) })?;
    Ok(progress(row_number, last))
}

/// Whether every entry was taken in.
pub(crate) fn is_current(connection: &Connection, lost_after: u16) -> Result<bool> {
    let row = last_row(connection)?;
    let through = find_through(connection)?;
    Ok(through == Some(Through { row, ..begin(lost_after) }) || (through.is_none() && row == 0))
}

/// Throws all sums away; the next reading makes them anew.
pub(crate) fn clear(connection: &Connection, lost_after: u16) -> Result<()> {
    connection.execute_batch(
        "DELETE FROM counted_part; DELETE FROM counted_correction; DELETE FROM counted_night; DELETE FROM counted_person;
         DELETE FROM counted_referral; DELETE FROM counted_referral_week; DELETE FROM counted_week;
         DELETE FROM counted_region; DELETE FROM counted_people; DELETE FROM counted_night_sums;
         DELETE FROM counted_night_log;",
    )?;
    meta::put_json(connection, MetaKey::CountedThrough, &begin(lost_after))
}

/// Nothing is taken in yet.
fn begin(lost_after: u16) -> Through {
    Through { form: FORM, codes: codes(), row: 0, lost_after }
}

/// Another number wherever a code of a referral stands at another place of its list.
fn codes() -> u32 {
    let services = ServiceType::ALL.iter().map(|code| code.code());
    let states = ReferralState::ALL.iter().map(|code| code.code());
    let outcomes = ReferralOutcome::ALL.iter().map(|code| code.code());
    let urgencies = Urgency::ALL.iter().map(|code| code.code());
    let bytes = services.chain(states).chain(outcomes).chain(urgencies).flat_map(|code| code.bytes().chain([0]));
    // FNV-1a.
    bytes.fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn find_through(connection: &Connection) -> Result<Option<Through>> {
    meta::find_json(connection, MetaKey::CountedThrough)
}

/// The row of the entry that came last; 0 if none did.
pub(crate) fn last_row(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT max(rowid) FROM desk_entry")?;
    Ok(statement.query_row([], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten().unwrap_or_default())
}

fn progress(done: i64, of: i64) -> CountProgress {
    CountProgress { done: done.unsigned_abs(), of: of.unsigned_abs() }
}

/// A day as it is stored: its number since the year 0.
fn number_of(day: NaiveDate) -> i32 {
    chrono::Datelike::num_days_from_ce(&day)
}

/// The day of a number.
fn day_of(number: i32) -> Result<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number).ok_or(crate::error::NotebookError::Damaged("a counted day"))
}
