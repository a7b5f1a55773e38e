//! The crossed tables of a document (D.4.4): they come after the tables of contacts, whose total they have.

use super::super::history::Exact;
use super::super::{CrossedLine, Crossing, Row, words};
use super::{Made, Maker};
use crate::disclosure::{Cell, CrossedShown, CrossedTable, PublishedRow, TableId, Why, cross};
use crate::indicator::{CONTACT_TABLES, Crossed};
use crate::time::{IsoWeek, Period};
use std::collections::BTreeSet;

/// A crossing on its way.
pub(super) struct MadeCrossing {
    pub(super) table: CrossedTable,
    pub(super) shown: CrossedShown,
}

impl Maker<'_> {
    /// Those of the menu, one after the other, each audited with what is given beside it.
    pub(super) fn make_crossings(&self, ids: &[TableId], made: &[Made]) -> Vec<MadeCrossing> {
        let mut crossings: Vec<MadeCrossing> = Vec::new();
        let waits = made.iter().any(|made| CONTACT_TABLES.contains(&made.exact.table) && made.shown.total.is_hidden());
        let is_margin =
            |made: &&Made| TableId::ALL.iter().filter_map(|id| id.crossed()).any(|of| of.contains(&made.exact.table));
        let beside = || made.iter().filter(is_margin).map(|made| self.row(made));
        for id in ids.iter().filter(|id| id.crossed().is_some()) {
            let table = self.crossed_table(*id, self.period_of(*id));
            let k = id.threshold(self.k);
            let shown = if waits {
                table.withheld(Why::SmallTotal)
            } else if self.is_torn(&table) {
                table.withheld(Why::Audit)
            } else {
                let mut rows = self.rows_about(*id, table.period);
                rows.extend(beside());
                let of = |made: &MadeCrossing| made.shown.rows(&made.table, made.table.table.threshold(self.k));
                rows.extend(crossings.iter().flat_map(of));
                cross(&table, &rows, k, self.programme.k_external.min(self.k))
            };
            crossings.push(MadeCrossing { table, shown });
        }
        crossings
    }

    /// What everybody knows, and the weeks that nobody does, of a table and of those that it is crossed with.
    pub(super) fn rows_about(&self, id: TableId, period: Period) -> Vec<PublishedRow> {
        let with_silent = |id: TableId| {
            let mut rows = self.history.rows(id);
            rows.extend(self.silent(id, period, &rows));
            rows
        };
        let mut rows = with_silent(id);
        let crossings: Vec<TableId> = TableId::ALL.iter().copied().filter(|id| id.crossed().is_some()).collect();
        let is_of = |crossing: &TableId| *crossing == id || crossing.crossed().is_some_and(|of| of.contains(&id));
        if !crossings.iter().any(is_of) {
            return rows;
        }
        let given: Vec<PublishedRow> = crossings.iter().flat_map(|crossing| self.history.rows(*crossing)).collect();
        if given.is_empty() && id.crossed().is_none() {
            return rows;
        }
        let margins: BTreeSet<TableId> = crossings.iter().filter_map(|id| id.crossed()).flatten().collect();
        rows.retain(|row| row.table.crossed().is_none());
        rows.extend(given);
        rows.extend(margins.into_iter().filter(|margin| *margin != id).flat_map(with_silent));
        rows
    }

    /// A table of contacts of this document as its recipient will have it.
    fn row(&self, made: &Made) -> PublishedRow {
        PublishedRow {
            table: made.exact.table,
            period: made.exact.period,
            categories: made.exact.categories.clone(),
            counts: made.exact.counts.clone(),
            cells: made.shown.cells.clone(),
            total: made.shown.total,
            k: self.k,
            is_given: true,
            blank: BTreeSet::new(),
        }
    }

    /// The counts of a crossing: as they were when the parts of its period were given, counted now where nobody has them.
    fn crossed_table(&self, id: TableId, period: Period) -> CrossedTable {
        let (mut next, last): (IsoWeek, IsoWeek) = period.bounds();
        let given: Vec<&Exact> = self.history.exact_of_shown(id).collect();
        let empty = Crossed::default().table(id, self.programme);
        let (lines, columns, counts) = empty;
        let mut table = CrossedTable { table: id, period, lines, columns, counts };
        if !given.iter().any(|exact| exact.period.overlaps(&period)) {
            table.counts = (self.crossed)(period).table(id, self.programme).2;
            return table;
        }
        while next <= last {
            let fits = |exact: &&&Exact| exact.period.bounds().0 == next && exact.period.bounds().1 <= last;
            match given.iter().filter(fits).max_by_key(|exact| exact.period.bounds().1) {
                Some(exact) => {
                    table.add(|code| exact.count(code));
                    next = exact.period.bounds().1.next();
                }
                None => {
                    let week = CrossedTable {
                        counts: (self.crossed)(Period::week(next)).table(id, self.programme).2,
                        ..table.clone()
                    };
                    let week = week.categories();
                    let of = |code: &str| week.iter().find(|(own, _)| own == code).map_or(0, |(_, count)| *count);
                    table.add(of);
                    next = next.next();
                }
            }
        }
        table
    }

    /// Whether its margins are not what everybody was given: then the two counts are of different days.
    fn is_torn(&self, table: &CrossedTable) -> bool {
        let Some([lines, columns]) = table.table.crossed() else { return true };
        let of = |id: TableId| -> Vec<(String, u64)> {
            self.counts(id, table.period).into_iter().filter(|(_, count)| *count > 0).collect()
        };
        let own = |rows: Vec<(String, u64)>| -> BTreeSet<(String, u64)> {
            rows.into_iter().filter(|(_, count)| *count > 0).collect()
        };
        own(table.line_counts()) != own(of(lines)) || own(table.column_counts()) != own(of(columns))
    }

    /// The counts behind the crossings, also of those that this document does not show: a later one will be made of them.
    pub(super) fn exact_crossings(&self, crossings: &[MadeCrossing], made: &[Exact]) -> Vec<Exact> {
        let of_table = |table: &CrossedTable| {
            let (categories, counts) = table.categories().into_iter().filter(|(_, count)| *count > 0).unzip();
            Exact { table: table.table, period: table.period, categories, counts }
        };
        if !crossings.is_empty() {
            return crossings.iter().map(|made| of_table(&made.table)).collect();
        }
        let gender = made.iter().find(|exact| exact.table == TableId::Gender);
        let Some(period) = gender.map(|exact| exact.period) else { return Vec::new() };
        let ids = TableId::ALL.iter().filter(|id| id.crossed().is_some());
        ids.map(|id| of_table(&self.crossed_table(*id, period))).collect()
    }

    /// As it stands in the document.
    pub(super) fn crossing(&self, table: &CrossedTable, shown: &CrossedShown) -> Crossing {
        let (title, definition) = words::table(table.table);
        let [lines, columns] = table.table.crossed().unwrap_or([table.table; 2]);
        let label = |of: TableId, code: &str| words::category(of.code(), code, self.programme.zones_ever());
        let column =
            |(code, cell): (&String, &Cell)| Row { code: code.clone(), label: label(columns, code), cell: *cell };
        let rows = table.lines.iter().zip(&shown.cells).zip(&shown.line_totals);
        let line = |((code, cells), total): ((&String, &Vec<Cell>), &Cell)| CrossedLine {
            code: code.clone(),
            label: label(lines, code),
            cells: cells.clone(),
            total: *total,
        };
        Crossing {
            code: table.table.code().to_owned(),
            title: title.to_owned(),
            definition: definition.to_owned(),
            period: (table.period != self.wish.period).then_some(table.period),
            columns: table.columns.iter().zip(&shown.column_totals).map(column).collect(),
            lines: rows.map(line).collect(),
            total: shown.total,
        }
    }
}
