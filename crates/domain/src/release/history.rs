//! What was given so far: every document with the exact counts behind it.
//!
//! The counts are the desks' own: they are sealed to the coordinators with the document, and never leave them. They
//! stay as they were on the day of the release, whatever is amended later.

use super::{Release, Table};
use crate::disclosure::{Cell, Ledger, LedgerEntry, PublishedRow, Recipient, TableId};
use crate::sync::chain::Digest;
use crate::time::Period;
use serde::{Deserialize, Serialize};

/// The counts behind one table.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exact {
    /// Which table.
    pub table: TableId,
    /// Of which period, merged weeks included.
    pub period: Period,
    /// Codes of its categories.
    pub categories: Vec<String>,
    /// Their counts.
    pub counts: Vec<u64>,
}

impl std::fmt::Debug for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exact").field("table", &self.table).finish_non_exhaustive()
    }
}

/// One document that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The document.
    pub release: Release,
    /// The counts behind its tables of persons.
    pub exact: Vec<Exact>,
}

impl Given {
    /// A table of persons of it, with the counts behind it.
    pub(super) fn table(&self, id: TableId) -> Option<(&Table, &Exact)> {
        let table = self.release.tables.iter().find(|table| table.code == id.code())?;
        Some((table, self.exact.iter().find(|exact| exact.table == id)?))
    }
}

/// Every document, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    given: Vec<Given>,
}

impl History {
    /// The documents, in whatever order they came.
    #[must_use]
    pub fn new(mut given: Vec<Given>) -> Self {
        given.sort_by_key(|one| (one.release.number, one.release.desk.0));
        Self { given }
    }

    /// The documents, oldest first.
    #[must_use]
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// The number of the next document.
    #[must_use]
    pub fn next_number(&self) -> u32 {
        self.given.last().map_or(1, |last| last.release.number.saturating_add(1))
    }

    /// What a recipient was given for a period, the latest correction first.
    #[must_use]
    pub fn find(&self, recipient: &Recipient, period: &Period) -> Option<&Given> {
        let is_it = |given: &&Given| given.release.recipient == *recipient && given.release.period == *period;
        self.given.iter().rev().find(is_it)
    }

    /// The ledger: every table that was given and not withheld.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let mut entries = Vec::new();
        for given in &self.given {
            for id in TableId::ALL {
                let Some((table, exact)) = given.table(*id) else { continue };
                if !is_withheld(table) {
                    entries.push(entry(&given.release, *id, exact.period, table));
                }
            }
        }
        Ledger::new(entries)
    }

    /// Every row of a table that anybody was given or that waits, once.
    pub(super) fn rows(&self, id: TableId) -> Vec<PublishedRow> {
        let mut rows: Vec<PublishedRow> = Vec::new();
        for given in &self.given {
            let Some((table, exact)) = given.table(id) else { continue };
            let row = PublishedRow {
                period: exact.period,
                categories: exact.categories.clone(),
                counts: exact.counts.clone(),
                cells: table.rows.iter().map(|row| row.cell).collect(),
                total: table.total.unwrap_or(Cell::Hidden),
                k: given.release.rules.k,
                is_given: true,
            };
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }
}

/// Whether nothing of a table of persons is published.
#[must_use]
pub(super) fn is_withheld(table: &Table) -> bool {
    table.total.is_none_or(Cell::is_hidden)
}

/// The line of the ledger for a table.
pub(super) fn entry(release: &Release, id: TableId, period: Period, table: &Table) -> LedgerEntry {
    let bytes = serde_json::to_vec(table).unwrap_or_default();
    LedgerEntry {
        recipient: release.recipient.clone(),
        table: id,
        period,
        rules: release.rules,
        output: Digest::of(&bytes),
    }
}
