//! Numbers of the desk's pages, and where it stands.

use crate::error::ErrorCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The switch *Interno / Esterno*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Face {
    /// Exact numbers, *uso interno – non pubblicabile*.
    Internal,
    /// What may be released (D.4).
    External,
}

/// The desk after a look at the server.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DeskStatusView {
    /// Night logs new since the last look.
    pub new_nights: u32,
    /// Envelopes that could not be opened or read; kept, shown.
    pub set_aside: u32,
    /// Local time of the last successful look, `09:12`.
    pub updated_at: Option<String>,
    /// Why the last look did not succeed.
    pub error: Option<ErrorCode>,
}

/// How far reading from the server has come.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct PullProgressView {
    /// It goes on.
    pub running: bool,
    /// Envelopes that were taken in this time.
    pub received: u32,
    /// The day of the last night that is here.
    pub nights_until: Option<NaiveDate>,
}

/// How far counting has come: entries that are counted, of how many.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct CountingView {
    /// Counted.
    pub done: u32,
    /// Of these.
    pub of: u32,
}

/// One cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
#[ts(export)]
pub enum CellView {
    /// A number.
    Shown(u64),
    /// `n.p.`
    Hidden,
    /// What it would be counted from has not come: *manca*.
    Missing,
    /// What it would be counted from has come, and nobody has signed it: *da firmare*.
    Unsigned,
}

/// Why something is hidden. Stays on the screen: it is never printed or exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum WhyHidden {
    /// A small number (D.4.1).
    Small,
    /// It would reveal a small number (D.4.2).
    Complement,
    /// The whole week is small: it is merged with the next (D.4.3).
    SmallTotal,
    /// A week with few outings: it is merged with the next (`security` 6).
    FewOutings,
    /// With what was released before it would reveal a small number (D.4.6d).
    Audit,
    /// Sensitive: not in a weekly release (D.4.7).
    Sensitive,
}

/// A one-way table. `id` is `zone`, `gender`, `age`, `macro` (external) or `nationality` (internal), `kind`, `depth`,
/// `services`, `supplies`, `leaflets`, `referral_macro`, `referral_service`, `referral_events`, `outing_type`,
/// `desk_topics`, `events`, `concern`, `observed_reason`, `language`.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct TableView {
    /// Which table.
    pub id: String,
    /// Code of each category, in table order, with its number.
    pub rows: Vec<(String, CellView)>,
    /// Total, where the rows add up to one.
    pub total: Option<CellView>,
    /// Why cells are hidden; empty inside.
    pub why: Vec<WhyHidden>,
    /// Some of what it is counted from has not come or is not signed: the numbers are too small.
    pub partial: bool,
}

/// One figure: `outings`, `minutes`, `operator_minutes`, `km`, `contacts`, `contact_events`, `presences`, `first`,
/// `condoms`, `condoms_per_contact_x10`, `referrals_opened`, `referrals_open_end`, `accompaniments`, `desk_accesses`, …
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FigureView {
    /// Which figure.
    pub id: String,
    /// The number.
    pub value: CellView,
    /// Some of what it is counted from has not come or is not signed: the number is too small.
    pub partial: bool,
}

/// Unique persons: never one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RangeView {
    /// At least.
    pub min: u64,
    /// At most.
    pub max: u64,
}
