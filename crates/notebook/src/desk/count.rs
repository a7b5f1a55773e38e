//! Counting a week: exact for the inside, protected for the outside.

use crate::error::Result;
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use chrono::{DateTime, Utc};
use domain::indicator::{External, LostRule, Records, Source, Tally};
use domain::time::{IsoWeek, Period, operational_date};

impl Notebook {
    /// Everything the desk counts from.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn records(&self) -> Result<Records> {
        let mut records = Records::default();
        for stored in self.list_desk_entries()? {
            let source = Source { device: stored.device, sequence: stored.sequence };
            records.add(source, stored.envelope.entry);
        }
        if let Some(rule) = self.lost_rule()? {
            records.lose_silent(rule);
        }
        Ok(records)
    }

    /// When a referral is lost of view, as far as the desk has looked at the server. Before the first look none is.
    pub(crate) fn lost_rule(&self) -> Result<Option<LostRule>> {
        let looked: Option<DateTime<Utc>> = meta::find_json(self.store.connection(), MetaKey::DeskLook)?;
        let Ok(programme) = self.programme() else { return Ok(None) };
        Ok(looked.map(|at| LostRule {
            after_days: programme.policy.referral_lost_after_days,
            known_until: operational_date(at),
        }))
    }

    /// The exact tally of a week: *uso interno – non pubblicabile*.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn week_tally(&self, week: IsoWeek) -> Result<Tally> {
        self.tally(week)
    }

    /// What of a week may leave the desk, at the programme's threshold (D.4).
    ///
    /// # Errors
    /// [`crate::error::NotebookError::NotEnrolled`]; if the file cannot be read.
    pub fn week_release(&self, week: IsoWeek) -> Result<External> {
        let programme = self.programme()?;
        let tally = self.week_tally(week)?;
        Ok(External::of(&tally, programme, Period::week(week), programme.k_external))
    }
}
