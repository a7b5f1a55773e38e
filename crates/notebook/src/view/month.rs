//! *Cosa abbiamo fatto*: one month, in sums.

use chrono::NaiveDate;
use domain::ids::ItemCode;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which month.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct MonthInput {
    /// Any day of it; none for the last month of which there is something to say.
    pub month: Option<NaiveDate>,
}

/// One calendar month. No zone, no origin, nothing by features of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MonthView {
    /// Its first day.
    pub month: NaiveDate,
    /// First day of the month before, if an earlier one has something to say.
    pub previous: Option<NaiveDate>,
    /// First day of the next month, unless that lies ahead.
    pub next: Option<NaiveDate>,
    /// The signed outings of the unit (a lead's phone), or what this phone wrote.
    pub whole_unit: bool,
    /// Outings that have ended.
    pub outings: u32,
    /// Minutes outside.
    pub minutes: u32,
    /// Persons met, counted as often as they were met.
    pub met: u32,
    /// People seen, not reached.
    pub seen: u32,
    /// Pieces handed out, the most frequent item first.
    pub supplies: Vec<MonthSupplyView>,
    /// Referrals opened.
    pub referrals_opened: u32,
    /// Referrals accepted.
    pub referrals_accepted: u32,
    /// Referrals that arrived at the service.
    pub referrals_attended: u32,
    /// Accompaniments that took place.
    pub accompaniments: u32,
}

/// Pieces of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MonthSupplyView {
    /// What.
    pub item: ItemCode,
    /// How many.
    pub n: u32,
}
