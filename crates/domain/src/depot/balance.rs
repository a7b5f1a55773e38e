//! The balance of the bags (*quadratura*): loaded = handed out + returned + lost + adjusted, per outing and item (V17).

use crate::ids::ItemCode;
use crate::sync::night_log::{NightLog, SupplyRow};
use std::collections::BTreeMap;

/// Pieces of one item, of one outing or of several added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BalanceLine {
    /// Loaded.
    pub loaded: i64,
    /// Handed out, to whomever (I11).
    pub handed_out: i64,
    /// Came back.
    pub returned: i64,
    /// Broken or lost.
    pub lost: i64,
    /// Mistakes of the load, put right.
    pub adjusted: i64,
}

impl BalanceLine {
    /// What does not add up; 0 where the lead signed off by V17.
    #[must_use]
    pub const fn difference(&self) -> i64 {
        self.loaded.saturating_sub(self.accounted()).saturating_sub(self.adjusted)
    }

    /// What is left of it for good.
    #[must_use]
    pub const fn used(&self) -> i64 {
        self.handed_out.saturating_add(self.lost)
    }

    /// What left the depot: nobody hands out what was not loaded.
    #[must_use]
    pub fn taken(&self) -> i64 {
        self.loaded.saturating_sub(self.adjusted).max(self.accounted())
    }

    const fn accounted(&self) -> i64 {
        self.used().saturating_add(self.returned)
    }

    fn add(&mut self, other: &Self) {
        self.loaded = self.loaded.saturating_add(other.loaded);
        self.handed_out = self.handed_out.saturating_add(other.handed_out);
        self.returned = self.returned.saturating_add(other.returned);
        self.lost = self.lost.saturating_add(other.lost);
        self.adjusted = self.adjusted.saturating_add(other.adjusted);
    }
}

impl From<&SupplyRow> for BalanceLine {
    fn from(row: &SupplyRow) -> Self {
        let SupplyRow { item: _, loaded, to_persons, to_clients, to_others, returned, wasted, found: _, adjusted } =
            row;
        Self {
            loaded: *loaded,
            handed_out: to_persons.saturating_add(*to_clients).saturating_add(*to_others),
            returned: *returned,
            lost: *wasted,
            adjusted: *adjusted,
        }
    }
}

/// The balance of one item over several outings.
#[derive(Clone, Debug, Default)]
pub struct Balance<'a> {
    /// Outing by outing, by date.
    pub nights: Vec<(&'a NightLog, BalanceLine)>,
    /// Added up.
    pub total: BalanceLine,
}

/// The balances of these outings, by item. Outings that did not take place have none.
#[must_use]
pub fn balances<'a>(logs: impl IntoIterator<Item = &'a NightLog>) -> BTreeMap<ItemCode, Balance<'a>> {
    let mut balances: BTreeMap<ItemCode, Balance<'a>> = BTreeMap::new();
    for log in logs.into_iter().filter(|log| log.outing.cancelled.is_none()) {
        for row in &log.supplies {
            let line = BalanceLine::from(row);
            let balance = balances.entry(row.item.clone()).or_default();
            balance.total.add(&line);
            balance.nights.push((log, line));
        }
    }
    for balance in balances.values_mut() {
        balance.nights.sort_by_key(|(log, _)| (log.outing.date, log.outing.start_at, log.outing.id));
    }
    balances
}
