//! The sums against the entries they are made of.

use super::night::{self, Kept};
use super::{CountProgress, part, people, referral, week};
use crate::error::Result;
use crate::notebook::Notebook;
use domain::time::{IsoWeek, Span};
use rusqlite::Connection;

/// The last weeks that are cheap enough to be checked at any time: a quarter.
const RECENT: usize = 13;

/// A week whose sums are not what its nights say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unequal(pub IsoWeek);

impl Notebook {
    /// Counts every night anew from its night log, every week from its nights, and puts every referral together from its
    /// parts, and gives the weeks that differ from what is kept. There are none, unless the file was tampered with or
    /// there is a fault in this program: [`Notebook::recount`] mends it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn check_sums(&self, on_progress: impl FnMut(CountProgress)) -> Result<Vec<Unequal>> {
        self.count_all(|_| {})?;
        self.check_weeks(&week::list_all(self.store.connection())?, on_progress)
    }

    /// As [`Notebook::check_sums`], of the last quarter.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn check_recent_sums(&self) -> Result<Vec<Unequal>> {
        self.count_all(|_| {})?;
        let weeks = week::list_all(self.store.connection())?;
        self.check_weeks(weeks.get(weeks.len().saturating_sub(RECENT)..).unwrap_or_default(), |_| {})
    }

    fn check_weeks(&self, weeks: &[IsoWeek], mut on_progress: impl FnMut(CountProgress)) -> Result<Vec<Unequal>> {
        let (connection, lost_after) = (self.store.connection(), self.lost_after());
        let mut unequal = Vec::new();
        for (done, week) in weeks.iter().enumerate() {
            if !is_equal(connection, *week)? || !referral::are_equal(connection, *week, lost_after)? {
                unequal.push(Unequal(*week));
            }
            on_progress(CountProgress { done: done as u64 + 1, of: weeks.len() as u64 });
        }
        Ok(unequal)
    }
}

/// Whether a week is kept as its night logs say.
fn is_equal(connection: &Connection, week: IsoWeek) -> Result<bool> {
    let mut summing = week::Summing::default();
    let mut is_equal = true;
    night::each_with_entry(connection, Span::from(week), |entry, kept, log| {
        // A person without a number was never counted.
        let number = |year, token| Ok(people::find(connection, year, token)?.unwrap_or(u32::MAX));
        let counted = Kept::of(log, number)?;
        let parts = log.referrals.len() + log.follow_ups.len() + log.accompaniments.len() + log.amendments.len();
        is_equal &= counted == *kept && part::count_of(connection, entry)? == parts as u64;
        summing.add(&log.outing.unit, &counted.sums, |each| {
            counted.people.iter().for_each(|(number, bits)| each(*number, *bits));
            Ok(())
        })
    })?;
    Ok(is_equal && summing.finish(connection, week)? == week::read(connection, week)?)
}
