//! Rule D.4.4: a table of two lists of categories, its lines and its columns, with both margins.
//!
//! The margins are rows as any others ([`protect`]). Inside, rules 1 and 2 hold for every line and every column; where the
//! total of one is small nothing of it is shown, not even its zeros, or they would say what all of these few are. Then all
//! three rows are audited with everything that anybody was given of these tables, until nothing small can be computed.

use super::audit::{Place, PublishedRow, newly_pinned};
use super::cell::{Cell, Why};
use super::protect::{Candidate, protect, related};
use super::suppress::{complete, next_to_hide, protects, sum};
use super::table::{TableId, pair, split};
use super::threshold::Threshold;
use crate::time::Period;
use std::collections::BTreeSet;

/// A crossing that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossedTable {
    /// Which.
    pub table: TableId,
    /// Its period.
    pub period: Period,
    /// Codes of its lines.
    pub lines: Vec<String>,
    /// Codes of its columns.
    pub columns: Vec<String>,
    /// The counts, line by line.
    pub counts: Vec<Vec<u64>>,
}

/// What may be shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrossedShown {
    /// The cells, line by line.
    pub cells: Vec<Vec<Cell>>,
    /// Totals of the lines.
    pub line_totals: Vec<Cell>,
    /// Totals of the columns.
    pub column_totals: Vec<Cell>,
    /// Total; hidden where nothing is published.
    pub total: Cell,
    /// Which rules hid something; for the coordinator's screen only.
    pub why: BTreeSet<Why>,
}

impl CrossedTable {
    fn line_sums(&self) -> Vec<u64> {
        self.counts.iter().map(|line| sum(line.iter())).collect()
    }

    fn column_sums(&self) -> Vec<u64> {
        (0..self.columns.len()).map(|column| sum(self.counts.iter().filter_map(|line| line.get(column)))).collect()
    }

    fn total(&self) -> u64 {
        sum(self.counts.iter().flatten())
    }

    fn count(&self, (line, column): Spot) -> u64 {
        self.counts.get(line).and_then(|line| line.get(column)).copied().unwrap_or_default()
    }

    /// The counts of its cells with their codes, line by line.
    #[must_use]
    pub fn categories(&self) -> Vec<(String, u64)> {
        let of = |(line, counts): (&String, &Vec<u64>)| -> Vec<(String, u64)> {
            self.columns.iter().zip(counts).map(|(column, count)| (pair(line, column), *count)).collect()
        };
        self.lines.iter().zip(&self.counts).flat_map(of).collect()
    }

    /// The totals of its lines, with their codes.
    #[must_use]
    pub fn line_counts(&self) -> Vec<(String, u64)> {
        self.lines.iter().cloned().zip(self.line_sums()).collect()
    }

    /// The totals of its columns, with their codes.
    #[must_use]
    pub fn column_counts(&self) -> Vec<(String, u64)> {
        self.columns.iter().cloned().zip(self.column_sums()).collect()
    }

    /// Adds to every cell what there is of its code.
    pub fn add(&mut self, of: impl Fn(&str) -> u64) {
        for (line, counts) in self.lines.iter().zip(&mut self.counts) {
            for (column, count) in self.columns.iter().zip(counts) {
                *count = count.saturating_add(of(&pair(line, column)));
            }
        }
    }

    /// Nothing of it is published.
    #[must_use]
    pub fn withheld(&self, why: Why) -> CrossedShown {
        CrossedShown {
            cells: vec![vec![Cell::Hidden; self.columns.len()]; self.lines.len()],
            line_totals: vec![Cell::Hidden; self.lines.len()],
            column_totals: vec![Cell::Hidden; self.columns.len()],
            total: Cell::Hidden,
            why: BTreeSet::from([why]),
        }
    }
}

impl CrossedShown {
    /// As somebody has it: the margins, then the cells.
    #[must_use]
    pub fn rows(&self, table: &CrossedTable, k: Threshold) -> Vec<PublishedRow> {
        let Some([lines, columns]) = table.table.crossed() else { return Vec::new() };
        let row = |of, categories: Vec<String>, counts: Vec<u64>, cells: Vec<Cell>, blank| PublishedRow {
            table: of,
            period: table.period,
            categories,
            counts,
            cells,
            total: self.total,
            k,
            is_given: true,
            blank,
        };
        let (codes, counts) = table.categories().into_iter().unzip();
        vec![
            row(lines, table.lines.clone(), table.line_sums(), self.line_totals.clone(), BTreeSet::new()),
            row(columns, table.columns.clone(), table.column_sums(), self.column_totals.clone(), BTreeSet::new()),
            row(table.table, codes, counts, self.cells.concat(), self.blank()),
        ]
    }

    /// Positions of cells in lines and columns of which nothing but known zeros is shown: some of them may be zero.
    fn blank(&self) -> BTreeSet<usize> {
        let width = self.column_totals.len();
        let empty = |total: Option<&Cell>| total == Some(&Cell::Shown(0));
        let cell = |line: usize, column: usize| self.cells.get(line).and_then(|line| line.get(column));
        let is_hidden = |line, column| cell(line, column).is_some_and(|cell| cell.is_hidden());
        let blank_line = |line: usize| {
            let known = |column: usize| is_hidden(line, column) || empty(self.column_totals.get(column));
            self.line_totals.get(line).is_some_and(|total| total.is_hidden()) && (0..width).all(known)
        };
        let blank_column = |column: usize| {
            let known = |line: usize| is_hidden(line, column) || empty(self.line_totals.get(line));
            let is_open = self.column_totals.get(column).is_some_and(|total| total.is_hidden());
            is_open && (0..self.cells.len()).all(known)
        };
        let spots = (0..self.cells.len()).flat_map(|line| (0..width).map(move |column| (line, column)));
        let blank = |(line, column): &Spot| is_hidden(*line, *column) && (blank_line(*line) || blank_column(*column));
        spots.filter(blank).map(|(line, column)| line * width + column).collect()
    }
}

/// Line and column of a cell.
type Spot = (usize, usize);

/// Hides of a crossing what must be hidden, given all rows of it and of its margins: those that anybody has, and the
/// weeks of the margins that nobody has. `k` is the crossing's own threshold, `floor` the one under which nothing may be
/// computed of any table.
#[must_use]
pub fn cross(table: &CrossedTable, all: &[PublishedRow], k: Threshold, floor: Threshold) -> CrossedShown {
    let Some([lines, columns]) = table.table.crossed() else { return table.withheld(Why::Audit) };
    if k.hides(table.total()) {
        return table.withheld(Why::SmallTotal);
    }
    let margin = |of: TableId, categories: &[String], counts: Vec<u64>, all: &[PublishedRow]| {
        let candidate = Candidate { table: of, period: table.period, categories: categories.to_vec(), counts };
        protect(&candidate, all, k, floor)
    };
    let of_lines = margin(lines, &table.lines, table.line_sums(), all);
    let mut grid = Grid::new(table, k);
    grid.lines.extend(of_lines.hidden());
    let shown = grid.shown().rows(table, k);
    let with_lines: Vec<PublishedRow> = all.iter().cloned().chain(shown.into_iter().take(1)).collect();
    let of_columns = margin(columns, &table.columns, table.column_sums(), &with_lines);
    if of_lines.total.is_hidden() || of_columns.total.is_hidden() {
        return table.withheld(Why::Audit);
    }
    grid.columns.extend(of_columns.hidden());
    let related = related(table.period, table.table, all);
    loop {
        grid.complete();
        let shown = grid.shown();
        let rows: Vec<PublishedRow> = related.iter().copied().cloned().chain(shown.rows(table, k)).collect();
        match newly_pinned(&rows, related.len(), floor) {
            Ok(places) if places.is_empty() => return shown,
            Ok(places) => {
                grid.why.insert(Why::Audit);
                let of = |(index, place): &Place| rows.get(*index).map(|row| (row.table, row.categories.get(*place)));
                let named: BTreeSet<(TableId, Option<&String>)> = places.iter().filter_map(of).collect();
                if !grid.hide_for(&named) {
                    return table.withheld(Why::Audit);
                }
            }
            // Numbers that were amended in between: nothing can be shown of them.
            Err(_) => return table.withheld(Why::Audit),
        }
    }
}

/// What is hidden so far of the cells and of the totals.
struct Grid<'a> {
    table: &'a CrossedTable,
    k: Threshold,
    hidden: BTreeSet<Spot>,
    lines: BTreeSet<usize>,
    columns: BTreeSet<usize>,
    is_total_only: bool,
    why: BTreeSet<Why>,
}

impl<'a> Grid<'a> {
    /// Rule 1.
    fn new(table: &'a CrossedTable, k: Threshold) -> Self {
        let mut grid = Self {
            table,
            k,
            hidden: BTreeSet::new(),
            lines: BTreeSet::new(),
            columns: BTreeSet::new(),
            is_total_only: false,
            why: BTreeSet::new(),
        };
        grid.hidden = grid.spots().filter(|spot| k.hides(table.count(*spot))).collect();
        if !grid.hidden.is_empty() {
            grid.why.insert(Why::Small);
        }
        grid
    }

    fn spots(&self) -> impl Iterator<Item = Spot> + use<> {
        let width = self.table.columns.len();
        (0..self.table.lines.len()).flat_map(move |line| (0..width).map(move |column| (line, column)))
    }

    /// Rule 2, in every line and column and in both margins, until nothing more has to be hidden.
    fn complete(&mut self) {
        loop {
            let before = (self.hidden.len(), self.lines.len(), self.columns.len());
            for line in 0..self.table.lines.len() {
                self.complete_one(
                    &(0..self.table.columns.len()).map(|column| (line, column)).collect::<Vec<_>>(),
                    true,
                );
            }
            for column in 0..self.table.columns.len() {
                self.complete_one(&(0..self.table.lines.len()).map(|line| (line, column)).collect::<Vec<_>>(), false);
            }
            let none = BTreeSet::new();
            let lines = complete(&self.table.line_sums(), self.lines.clone(), self.k, &none);
            let columns = complete(&self.table.column_sums(), self.columns.clone(), self.k, &none);
            let (Some(lines), Some(columns)) = (lines, columns) else {
                self.is_total_only = true;
                return;
            };
            (self.lines, self.columns) = (lines, columns);
            if before == (self.hidden.len(), self.lines.len(), self.columns.len()) {
                return;
            }
            self.why.insert(Why::Complement);
        }
    }

    /// Rule 2 in one line or column. Where no other cell is left to be hidden, its total is.
    fn complete_one(&mut self, spots: &[Spot], is_line: bool) {
        let counts: Vec<u64> = spots.iter().map(|spot| self.table.count(*spot)).collect();
        let Some(number) = spots.first().map(|(line, column)| if is_line { *line } else { *column }) else { return };
        let prefer: BTreeSet<usize> = (0..spots.len())
            .filter(|place| {
                let crosses = |hidden: &&Spot| {
                    spots.get(*place).is_some_and(|spot| if is_line { hidden.1 == spot.1 } else { hidden.0 == spot.0 })
                };
                self.hidden.iter().any(|hidden| crosses(&hidden))
            })
            .collect();
        loop {
            let is_hidden = |spot: &Spot| self.hidden.contains(spot) || self.is_blank(*spot);
            let hidden: BTreeSet<usize> =
                (0..spots.len()).filter(|place| spots.get(*place).is_some_and(is_hidden)).collect();
            let totals = if is_line { &mut self.lines } else { &mut self.columns };
            let is_done = match totals.contains(&number) {
                false => protects(&counts, &hidden, self.k),
                // Nothing of a small one is shown; of another one that hides its total, not every cell is.
                true => !hidden.is_empty() && !self.k.hides(sum(counts.iter())),
            };
            if is_done {
                return;
            }
            match next_to_hide(&counts, &hidden, &prefer).and_then(|place| spots.get(place)) {
                Some(spot) => drop(self.hidden.insert(*spot)),
                None if totals.insert(number) => {}
                None => return,
            }
        }
    }

    /// Whether it is a cell of few people, of whom not even a zero is said: one of a line or column with a small total.
    fn is_blank(&self, (line, column): Spot) -> bool {
        let (lines, columns) = (self.table.line_sums(), self.table.column_sums());
        let is_small = |sums: &[u64], hidden: &BTreeSet<usize>, number: usize| {
            hidden.contains(&number) && sums.get(number).is_some_and(|sum| *sum < self.k.get())
        };
        let is_empty = |sums: &[u64], hidden: &BTreeSet<usize>, number: usize| {
            !hidden.contains(&number) && sums.get(number) == Some(&0)
        };
        let in_small = is_small(&lines, &self.lines, line) || is_small(&columns, &self.columns, column);
        in_small && !is_empty(&lines, &self.lines, line) && !is_empty(&columns, &self.columns, column)
    }

    /// Hides one more cell for each of these that are given away, or else the smallest one, or else all but the total.
    /// False if nothing is left to hide.
    fn hide_for(&mut self, named: &BTreeSet<(TableId, Option<&String>)>) -> bool {
        if self.is_total_only {
            return false;
        }
        let Some([lines, columns]) = self.table.table.crossed() else { return false };
        let at = |codes: &[String], code: &str| codes.iter().position(|own| own == code);
        let mut has_more = false;
        for (table, code) in named {
            let Some(code) = code else { continue };
            let (line, column) = match split(code).filter(|_| *table == self.table.table) {
                Some((line, column)) => (at(&self.table.lines, line), at(&self.table.columns, column)),
                None if *table == lines => (at(&self.table.lines, code), None),
                None if *table == columns => (None, at(&self.table.columns, code)),
                None => continue,
            };
            let spots = self.spots().filter(|spot| Some(spot.0) == line || Some(spot.1) == column);
            has_more |= match self.smallest(spots) {
                Some(spot) => self.hidden.insert(spot),
                None => {
                    line.is_some_and(|line| self.lines.insert(line))
                        || column.is_some_and(|column| self.columns.insert(column))
                }
            };
        }
        if !has_more {
            match self.smallest(self.spots()) {
                Some(spot) => drop(self.hidden.insert(spot)),
                None => self.is_total_only = true,
            }
        }
        true
    }

    fn smallest(&self, spots: impl Iterator<Item = Spot>) -> Option<Spot> {
        let is_open = |spot: &Spot| !self.hidden.contains(spot) && self.table.count(*spot) > 0;
        spots.filter(is_open).min_by_key(|spot| (self.table.count(*spot), *spot))
    }

    fn shown(&self) -> CrossedShown {
        let (lines, columns) = (self.table.line_sums(), self.table.column_sums());
        let cell = |spot: Spot| {
            let is_hidden = self.hidden.contains(&spot) || self.is_blank(spot) || self.is_total_only;
            if is_hidden { Cell::Hidden } else { Cell::Shown(self.table.count(spot)) }
        };
        let totals = |sums: &[u64], hidden: &BTreeSet<usize>| -> Vec<Cell> {
            let total = |(number, sum): (usize, &u64)| {
                if self.is_total_only || hidden.contains(&number) { Cell::Hidden } else { Cell::Shown(*sum) }
            };
            sums.iter().enumerate().map(total).collect()
        };
        let width = self.table.columns.len();
        CrossedShown {
            cells: (0..lines.len()).map(|line| (0..width).map(|column| cell((line, column))).collect()).collect(),
            line_totals: totals(&lines, &self.lines),
            column_totals: totals(&columns, &self.columns),
            total: Cell::Shown(self.table.total()),
            why: self.why.clone(),
        }
    }
}
