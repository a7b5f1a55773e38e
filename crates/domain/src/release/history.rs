//! What was given so far: every document with the exact counts behind it.
//!
//! The counts are the desks' own: they are sealed to the coordinators with the document, and never leave them. They
//! stay as they were on the day of the release, whatever is amended later.

use super::{Release, Table};
use crate::disclosure::{Cell, Ledger, LedgerEntry, PublishedRow, Recipient, TableId};
use crate::ids::DeviceId;
use crate::sync::chain::Digest;
use crate::time::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    fn is_of(&self, recipient: &Recipient, period: &Period) -> bool {
        self.release.recipient == *recipient && self.release.period == *period
    }

    /// A table of persons of it, with the counts behind it.
    pub(super) fn table(&self, id: TableId) -> Option<(&Table, &Exact)> {
        let table = self.release.tables.iter().find(|table| table.code == id.code())?;
        Some((table, self.exact.iter().find(|exact| exact.table == id)?))
    }
}

/// Every document, oldest first.
///
/// Two desks that make one at the same time, without knowing of each other, give them one number. Both documents stay in
/// the history: each may have been handed over as a file, so the audit counts both. At most one of them is published under
/// that number. The other is *contested*; if it is the only one of its recipient and period it is *displaced*: it is not
/// in the ledger, and is made again under another number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    given: Vec<Given>,
    published: BTreeSet<(u32, DeviceId)>,
}

impl History {
    /// The documents, in whatever order they came.
    #[must_use]
    pub fn new(mut given: Vec<Given>) -> Self {
        given.sort_by_key(|one| (one.release.number, one.release.desk.0));
        Self { given, published: BTreeSet::new() }
    }

    /// With the documents that lie on the server, by number and desk.
    #[must_use]
    pub fn published(self, published: BTreeSet<(u32, DeviceId)>) -> Self {
        Self { published, ..self }
    }

    /// Whether another desk's document has this one's number, and this one is not the published one.
    #[must_use]
    pub fn is_contested(&self, release: &Release) -> bool {
        let is_other = |given: &Given| given.release.number == release.number && given.release.desk != release.desk;
        !self.published.contains(&(release.number, release.desk)) && self.given.iter().any(is_other)
    }

    /// The displaced document of this recipient and period.
    pub(super) fn find_displaced(&self, recipient: &Recipient, period: &Period) -> Option<&Given> {
        self.given.iter().find(|given| given.is_of(recipient, period) && self.is_displaced(&given.release))
    }

    fn is_displaced(&self, release: &Release) -> bool {
        let is_same = |given: &&Given| given.is_of(&release.recipient, &release.period);
        self.is_contested(release) && self.given.iter().filter(is_same).count() == 1
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

    /// What a recipient was given for a period, the latest correction first. Not what is displaced.
    #[must_use]
    pub fn find(&self, recipient: &Recipient, period: &Period) -> Option<&Given> {
        let is_it = |given: &&Given| given.is_of(recipient, period) && !self.is_displaced(&given.release);
        self.given.iter().rev().find(is_it)
    }

    /// The ledger: every table that was given and not withheld, but for displaced documents.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        let mut entries = Vec::new();
        for given in self.given.iter().filter(|given| !self.is_displaced(&given.release)) {
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
