//! The fixed menu of released tables.

use super::cell::{Cell, Suppressed, Why};
use super::ledger::Refusal;
use super::suppress::{sum, suppress};
use super::threshold::Threshold;
use crate::code::code_enum;
use crate::programme::BasePeriod;
use crate::time::{IsoWeek, Period};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;

code_enum! {
    /// How much a number says about people (`domain` D.1).
    Class {
        /// Activity of the unit: published as it is.
        Activity = "N",
        /// Drawn from persons: threshold k.
        Person = "P",
        /// Sensitive: threshold k and at least a reporting month.
        Sensitive = "S",
    }
}

code_enum! {
    /// A table of the menu. There are no others: no filter, no free query, no crossing but these two (D.4.4).
    TableId {
        /// Contacts by zone (I30).
        Zone = "zone",
        /// Contacts by gender (I29).
        Gender = "gender",
        /// Contacts by age (I31).
        Age = "age",
        /// Contacts by macro area of nationality (I28).
        Macro = "macro",
        /// First contacts, and all others (I07).
        Kind = "kind",
        /// Contacts by gender and age, crossed.
        GenderAge = "gender_age",
        /// Contacts by gender and macro area of nationality, crossed.
        GenderMacro = "gender_macro",
        /// Referrals opened by macro area (I15).
        ReferralMacro = "referral_macro",
        /// Accompaniments done (I17).
        Accompaniments = "accompaniments",
        /// Desk accesses by topic (I33).
        DeskTopics = "desk_topics",
        /// Exit requests (I19).
        ExitRequests = "exit_requests",
        /// Emergency placements by event (I18).
        Emergency = "emergency",
        /// Presumed minors (I27).
        Minors = "minors",
        /// Concern (I20).
        Concern = "concern",
        /// Incidents by type (I35).
        Incidents = "incidents",
        /// Supplies marked sensitive, by item (I11).
        SensitiveSupplies = "sensitive_supplies",
    }
}

impl TableId {
    /// The class of its numbers.
    #[must_use]
    pub const fn class(self) -> Class {
        match self {
            Self::Zone
            | Self::Gender
            | Self::Age
            | Self::Macro
            | Self::Kind
            | Self::GenderAge
            | Self::GenderMacro
            | Self::ReferralMacro
            | Self::Accompaniments
            | Self::DeskTopics => Class::Person,
            Self::ExitRequests
            | Self::Emergency
            | Self::Minors
            | Self::Concern
            | Self::Incidents
            | Self::SensitiveSupplies => Class::Sensitive,
        }
    }

    /// Whether the table may be made for this period (D.4.4, D.4.7).
    #[must_use]
    pub const fn allows(self, period: &Period) -> bool {
        match (self.class(), period.granularity()) {
            (_, BasePeriod::HalfYear) => true,
            (Class::Sensitive, BasePeriod::Week) => false,
            _ => self.crossed().is_none(),
        }
    }

    /// The tables that it crosses: lines, then columns. None where it has one list of categories.
    #[must_use]
    pub const fn crossed(self) -> Option<[Self; 2]> {
        match self {
            Self::GenderAge => Some([Self::Gender, Self::Age]),
            Self::GenderMacro => Some([Self::Gender, Self::Macro]),
            _ => None,
        }
    }

    /// The threshold that holds for it, where the recipient's is `k` (D.4.4).
    #[must_use]
    pub fn threshold(self, k: Threshold) -> Threshold {
        if self.crossed().is_some() { k.max(Threshold::CROSSED) } else { k }
    }
}

/// The code of two categories in a crossing.
#[must_use]
pub fn pair(line: &str, column: &str) -> String {
    format!("{line}/{column}")
}

/// The two categories of a code of a crossing.
#[must_use]
pub fn split(code: &str) -> Option<(&str, &str)> {
    code.split_once('/')
}

/// A category and its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedRow {
    /// Code of the category.
    pub category: String,
    /// Its cell.
    pub cell: Cell,
}

/// A one-way table after rules 1–3: one list of categories, their cells, their total.
///
/// Serialises as `{"cells": {category: count or "*", …}, "total": count or "*"}`, categories in table order; the
/// reasons stay behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedTable {
    /// Which table.
    pub id: TableId,
    /// Its period.
    pub period: Period,
    /// Categories in fixed order.
    pub rows: Vec<ReleasedRow>,
    /// Total; hidden when the table waits for the next period.
    pub total: Cell,
    /// Which rules hid something; for the coordinator's screen only.
    pub why: BTreeSet<Why>,
}

impl ReleasedTable {
    /// Protects a table of exact counts.
    ///
    /// # Errors
    /// [`Refusal::PeriodTooShort`] for class S in a week (D.4.7).
    pub fn new(id: TableId, period: Period, counts: &[(String, u64)], k: Threshold) -> Result<Self, Refusal> {
        if !id.allows(&period) {
            return Err(Refusal::PeriodTooShort);
        }
        let plain: Vec<u64> = counts.iter().map(|(_, count)| *count).collect();
        let Suppressed { cells, total, why } = suppress(&plain, k, &BTreeSet::new());
        let row = |((category, _), cell): (&(String, u64), Cell)| ReleasedRow { category: category.clone(), cell };
        Ok(Self { id, period, rows: counts.iter().zip(cells).map(row).collect(), total, why })
    }

    /// Whether nothing of it is published, so that its counts move into the next period (D.4.3).
    #[must_use]
    pub const fn is_withheld(&self) -> bool {
        self.total.is_hidden()
    }
}

impl Serialize for ReleasedTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Cells<'a>(&'a [ReleasedRow]);
        impl Serialize for Cells<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|row| (&row.category, row.cell)))
            }
        }
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("cells", &Cells(&self.rows))?;
        map.serialize_entry("total", &self.total)?;
        map.end()
    }
}

/// Merges weeks with 1…k−1 people with the weeks after them (D.4.3), each row in the same category order.
///
/// Gives the rows to publish with their periods. A last run that stays too small is not among them: it is carried
/// into the next week that comes.
#[must_use]
pub fn merge_small_weeks(weeks: &[(IsoWeek, Vec<u64>)], k: Threshold) -> Vec<(Period, Vec<u64>)> {
    let mut rows = Vec::new();
    let mut open: Option<(IsoWeek, Vec<u64>)> = None;
    for (week, counts) in weeks {
        let (first, merged) = match open.take() {
            None => (*week, counts.clone()),
            Some((first, earlier)) => (first, earlier.iter().zip(counts).map(|(a, b)| a.saturating_add(*b)).collect()),
        };
        if k.hides(sum(merged.iter())) {
            open = Some((first, merged));
        } else {
            rows.push((Period::Weeks { first, last: *week }, merged));
        }
    }
    rows
}
