//! *Rubrica e liste*: what the phones choose from, and the programme's settings.

use crate::error::ErrorCode;
use chrono::NaiveDate;
use domain::ids::{ItemCode, ServiceEntryId, UnitId};
use domain::programme::lists::{Difference, ListFault, Lists, Proposal, ProposalKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The lists in force.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ListsView {
    /// Name and first day of the programme cannot be changed here.
    pub start: NaiveDate,
    /// As they are.
    pub lists: Lists,
    /// Which ones these are: to be said with every change.
    pub base: String,
    /// Number of the manifest in force.
    #[ts(type = "number")]
    pub manifest: u64,
    /// This desk may change them.
    pub may_sign: bool,
    /// The server has the manifest in force.
    pub published: bool,
    /// Today.
    pub today: NaiveDate,
    /// The items that kits are made of.
    pub items: Vec<ItemCode>,
    /// How many words aliases are made of.
    pub alias_words: u32,
    /// Units to which devices belong that take part.
    pub units_in_use: Vec<UnitId>,
    /// When each service in use was last checked.
    pub checks: Vec<ServiceCheckView>,
    /// What a person should decide.
    pub proposals: Vec<Proposal>,
    /// Why the server does not have them yet, if it was asked.
    pub error: Option<ErrorCode>,
}

/// The last check of a service.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ServiceCheckView {
    /// Which.
    pub id: ServiceEntryId,
    /// Whole days ago.
    pub days: u32,
    /// More than 90.
    pub stale: bool,
    /// Of it the kind alone is shown.
    pub protected: bool,
}

/// Other lists.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ListsInput {
    /// The ones that were changed, as [`ListsView::base`] said.
    pub base: String,
    /// What they are to be.
    pub lists: Lists,
}

/// What a change would do.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ListsPreview {
    /// What differs.
    pub differences: Vec<Difference>,
    /// Why it is refused; empty if it is not.
    pub faults: Vec<ListFault>,
}

/// *Lascia*: a proposal is not followed.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct KeepInput {
    /// What was proposed.
    pub kind: ProposalKind,
    /// About which code.
    pub code: String,
}
