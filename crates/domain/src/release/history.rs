//! What was given so far: every document with the exact counts behind it.
//!
//! The counts are the desks' own: they are sealed to the coordinators with the document, and never leave them. They
//! stay as they were on the day of the release, whatever is amended later.

use super::{Crossing, Release, Table, Unique};
use crate::disclosure::{
    Cell, CrossedShown, CrossedTable, Ledger, LedgerEntry, PublishedRow, Recipient, TableId, UniqueRange, pair,
};
use crate::ids::DeviceId;
use crate::sync::chain::Digest;
use crate::time::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The counts behind one table. Those of a crossing are kept with every document that has tables of contacts, though it
/// be of a week: what was given of a week is what is counted of it in a longer period.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exact {
    /// Which table.
    pub table: TableId,
    /// Of which period, merged weeks included.
    pub period: Period,
    /// Codes of its categories; of a crossing, of the cells that are not empty.
    pub categories: Vec<String>,
    /// Their counts.
    pub counts: Vec<u64>,
}

impl Exact {
    /// The count of a category; zero of one that it does not have.
    #[must_use]
    pub fn count(&self, category: &str) -> u64 {
        let place = self.categories.iter().position(|own| own == category);
        place.and_then(|place| self.counts.get(place)).copied().unwrap_or_default()
    }
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

    /// A crossing of it, with the counts behind it.
    fn crossing(&self, id: TableId) -> Option<(&Crossing, &Exact)> {
        let crossing = self.release.crossings.iter().find(|crossing| crossing.code == id.code())?;
        Some((crossing, self.exact.iter().find(|exact| exact.table == id)?))
    }

    /// Of which period it has a table of persons, whether nothing of it is published, and the digest of its bytes.
    pub(super) fn outcome(&self, id: TableId) -> Option<(Period, bool, Digest)> {
        match self.crossing(id) {
            Some((crossing, exact)) => Some((exact.period, crossing.total.is_hidden(), digest(crossing))),
            None => self.table(id).map(|(table, exact)| (exact.period, is_withheld(table), digest(table))),
        }
    }

    /// What it says of a table, in rows: its own, its crossing's, and what it says as the margin of a crossing.
    fn rows(&self, id: TableId) -> Vec<PublishedRow> {
        let mut rows = Vec::new();
        if let Some((table, exact)) = self.table(id) {
            rows.push(PublishedRow {
                table: id,
                period: exact.period,
                categories: exact.categories.clone(),
                counts: exact.counts.clone(),
                cells: table.rows.iter().map(|row| row.cell).collect(),
                total: table.total.unwrap_or(Cell::Hidden),
                k: self.release.rules.k,
                is_given: true,
                blank: BTreeSet::new(),
            });
        }
        for crossed in TableId::ALL {
            let Some((crossing, exact)) = self.crossing(*crossed) else { continue };
            let (table, shown) = (crossing.counts(*crossed, exact), crossing.shown());
            let given = shown.rows(&table, crossed.threshold(self.release.rules.k));
            rows.extend(given.into_iter().filter(|row| row.table == id));
        }
        rows
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
                let Some((period, is_withheld, output)) = given.outcome(*id) else { continue };
                if !is_withheld {
                    entries.push(entry(&given.release, *id, period, output));
                }
            }
        }
        Ledger::new(entries)
    }

    /// Every row of a table that anybody was given or that waits, once.
    pub(super) fn rows(&self, id: TableId) -> Vec<PublishedRow> {
        let mut rows: Vec<PublishedRow> = Vec::new();
        for row in self.given.iter().flat_map(|given| given.rows(id)) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// The presences that anybody was given for this very period.
    pub(super) fn presences(&self, period: &Period) -> Option<u64> {
        let of = |given: &Given| {
            let figure = given.release.figures.iter().find(|figure| figure.code == "presences")?;
            figure.cell.shown().filter(|_| figure.period.unwrap_or(given.release.period) == *period)
        };
        self.given.iter().find_map(of)
    }

    /// The unique persons that anybody was given for this very period.
    pub(super) fn unique(&self, period: &Period) -> Option<UniqueRange> {
        let is_its = |given: &Given, unique: &Unique| unique.period.unwrap_or(given.release.period) == *period;
        let of = |given: &Given| given.release.unique.filter(|unique| is_its(given, unique)).map(|unique| unique.range);
        self.given.iter().find_map(of)
    }

    /// The counts of a crossing, shown or not, of every document that shows the contacts of the same period.
    pub(super) fn exact_of_shown(&self, id: TableId) -> impl Iterator<Item = &Exact> {
        let crossed = self.given.iter().flat_map(|given| given.exact.iter().map(move |exact| (given, exact)));
        let is_shown = |given: &Given, exact: &Exact| {
            let margin = exact.table.crossed().and_then(|[line, _]| given.outcome(line));
            margin.is_some_and(|(period, is_withheld, _)| period == exact.period && !is_withheld)
        };
        crossed.filter(move |(given, exact)| exact.table == id && is_shown(given, exact)).map(|(_, exact)| exact)
    }
}

impl Crossing {
    fn counts(&self, id: TableId, exact: &Exact) -> CrossedTable {
        let columns: Vec<String> = self.columns.iter().map(|column| column.code.clone()).collect();
        let count = |line: &str| columns.iter().map(|column| exact.count(&pair(line, column))).collect();
        CrossedTable {
            table: id,
            period: exact.period,
            lines: self.lines.iter().map(|line| line.code.clone()).collect(),
            counts: self.lines.iter().map(|line| count(&line.code)).collect(),
            columns,
        }
    }

    fn shown(&self) -> CrossedShown {
        CrossedShown {
            cells: self.lines.iter().map(|line| line.cells.clone()).collect(),
            line_totals: self.lines.iter().map(|line| line.total).collect(),
            column_totals: self.columns.iter().map(|column| column.cell).collect(),
            total: self.total,
            why: BTreeSet::new(),
        }
    }
}

/// Whether nothing of a table of persons is published.
#[must_use]
pub(super) fn is_withheld(table: &Table) -> bool {
    table.total.is_none_or(Cell::is_hidden)
}

/// The digest of what a recipient gets of a table.
pub(super) fn digest(output: &impl Serialize) -> Digest {
    Digest::of(&serde_json::to_vec(output).unwrap_or_default())
}

/// The line of the ledger for a table.
pub(super) fn entry(release: &Release, id: TableId, period: Period, output: Digest) -> LedgerEntry {
    LedgerEntry { recipient: release.recipient.clone(), table: id, period, rules: release.rules, output }
}
