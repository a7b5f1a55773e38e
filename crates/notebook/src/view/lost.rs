//! Panic, a forgotten PIN, the duress PIN and the stock list that it opens.

use crate::journal::JournalState;
use chrono::NaiveDate;
use domain::ids::ItemCode;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the sealed journals of this phone hold, those of former selves with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct KeptView {
    /// Records that a receipt covers.
    pub received: u32,
    /// Records that none covers yet.
    pub unsent: u32,
}

impl KeptView {
    /// Adds a journal.
    pub(crate) fn add(&mut self, state: &JournalState) {
        let count = |records: u64| u32::try_from(records).unwrap_or(u32::MAX);
        self.received = self.received.saturating_add(count(state.stored));
        self.unsent = self.unsent.saturating_add(count(state.total.saturating_sub(state.stored)));
    }
}

/// *Cancella anche ciò che non è partito*.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct DiscardInput {
    /// The number of records that was confirmed to be lost.
    pub unsent: u32,
}

/// The duress PIN is chosen, or taken away.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct DuressInput {
    /// The PIN that opens the notebook, asked again.
    pub unlock_pin: String,
    /// The duress PIN: six digits or more. None takes it away.
    pub duress_pin: Option<String>,
}

impl std::fmt::Debug for DuressInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DuressInput")
    }
}

/// One line of the stock list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct InventoryRow {
    /// The item.
    pub item: ItemCode,
    /// Pieces.
    pub count: u32,
}

/// *Inventario*: what the duress PIN opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct InventoryView {
    /// Today.
    pub date: NaiveDate,
    /// The list.
    pub rows: Vec<InventoryRow>,
}

/// The stock list as it was corrected.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct InventoryInput {
    /// The list.
    pub rows: Vec<InventoryRow>,
}
