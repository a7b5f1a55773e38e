//! What an attacker writes down of everything that was given: sums of counts that nobody can divide.

use crate::attacker::Known;
use domain::disclosure::{Cell, TableId, Threshold, split};
use domain::release::history::{Exact, Given};
use domain::release::{Crossing, Period};
use domain::time::IsoWeek;
use std::collections::{BTreeMap, BTreeSet};

/// A row of a table as somebody has it, with the counts behind it.
pub struct Row {
    pub table: TableId,
    pub period: Period,
    pub categories: Vec<String>,
    pub counts: Vec<u64>,
    pub cells: Vec<Cell>,
    pub total: Cell,
    k: Threshold,
    /// Cells of a crossing that may be zero though others show theirs.
    blank: BTreeSet<usize>,
}

impl Row {
    /// Every count with what was given of it; the total last.
    pub fn places(&self) -> impl Iterator<Item = (u64, Cell)> {
        let total = self.counts.iter().sum();
        self.counts.iter().copied().zip(self.cells.iter().copied()).chain([(total, self.total)])
    }

    /// Under which threshold its counts must not be found out: the least of all, or a crossing's own.
    pub fn floor(&self, floor: Threshold) -> Threshold {
        if self.table.crossed().is_some() { self.k } else { floor }
    }

    /// Where a table shows zeros, what it hides is at least one.
    fn least(&self, place: usize) -> u64 {
        let zeros = self.cells.iter().all(|cell| cell.is_hidden()) && self.counts.contains(&0);
        u64::from(!self.total.is_hidden() && !zeros && !self.blank.contains(&place))
    }
}

/// Every row of a table that anybody has, also as the margin of a crossing.
pub fn rows(given: &[Given], table: TableId) -> Vec<Row> {
    given.iter().flat_map(|given| rows_of(given, table)).collect()
}

fn rows_of(given: &Given, table: TableId) -> Vec<Row> {
    let k = given.release.rules.k;
    let exact = |id: TableId| given.exact.iter().find(|one| one.table == id);
    let mut rows = Vec::new();
    let shown = given.release.tables.iter().find(|one| one.code == table.code());
    if let (Some(shown), Some(exact)) = (shown, exact(table)) {
        rows.push(Row {
            table,
            period: exact.period,
            categories: exact.categories.clone(),
            counts: exact.counts.clone(),
            cells: shown.rows.iter().map(|row| row.cell).collect(),
            total: shown.total.unwrap_or(Cell::Hidden),
            k,
            blank: BTreeSet::new(),
        });
    }
    for id in TableId::ALL.iter().filter(|id| id.crossed().is_some()) {
        let crossing = given.release.crossings.iter().find(|one| one.code == id.code());
        if let (Some(crossing), Some(exact)) = (crossing, exact(*id)) {
            rows.extend(crossed(*id, crossing, exact, id.threshold(k)).into_iter().filter(|row| row.table == table));
        }
    }
    rows
}

/// A crossing as three rows: its lines' totals, its columns' totals, its cells.
fn crossed(id: TableId, crossing: &Crossing, exact: &Exact, k: Threshold) -> Vec<Row> {
    let Some([lines, columns]) = id.crossed() else { return Vec::new() };
    let row = |table, cells: Vec<(String, u64, Cell)>, blank| Row {
        table,
        period: exact.period,
        categories: cells.iter().map(|(code, _, _)| code.clone()).collect(),
        counts: cells.iter().map(|(_, count, _)| *count).collect(),
        cells: cells.iter().map(|(_, _, cell)| *cell).collect(),
        total: crossing.total,
        k,
        blank,
    };
    let sum = |is_of: &dyn Fn((&str, &str)) -> bool| -> u64 {
        let counts = exact.categories.iter().zip(&exact.counts);
        counts.filter(|(code, _)| split(code).is_some_and(is_of)).map(|(_, count)| count).sum()
    };
    let of_lines = crossing.lines.iter().map(|one| (one.code.clone(), sum(&|(line, _)| line == one.code), one.total));
    let of_columns =
        crossing.columns.iter().map(|one| (one.code.clone(), sum(&|(_, column)| column == one.code), one.cell));
    let cells = crossing.lines.iter().flat_map(|line| {
        let columns = crossing.columns.iter().zip(&line.cells);
        columns.map(|(column, cell)| {
            let code = format!("{}/{}", line.code, column.code);
            let count = exact.count(&code);
            (code, count, *cell)
        })
    });
    vec![
        row(lines, of_lines.collect(), BTreeSet::new()),
        row(columns, of_columns.collect(), BTreeSet::new()),
        row(id, cells.collect(), blank(crossing)),
    ]
}

/// Of a line or column that says nothing but known zeros, and not its total either, any cell may be zero.
fn blank(crossing: &Crossing) -> BTreeSet<usize> {
    let width = crossing.columns.len();
    let mut blank = BTreeSet::new();
    for (number, line) in crossing.lines.iter().enumerate() {
        let known = |(cell, column): (&Cell, &domain::release::Row)| cell.is_hidden() || column.cell == Cell::Shown(0);
        if line.total.is_hidden() && line.cells.iter().zip(&crossing.columns).all(known) {
            blank.extend((0..width).map(|column| number * width + column));
        }
    }
    for (number, column) in crossing.columns.iter().enumerate() {
        let known = |line: &domain::release::CrossedLine| {
            line.total == Cell::Shown(0) || line.cells.get(number).is_none_or(|cell| cell.is_hidden())
        };
        if column.cell.is_hidden() && crossing.lines.iter().all(known) {
            blank.extend((0..crossing.lines.len()).map(|line| line * width + number));
        }
    }
    blank
}

/// The counts that nobody can divide: a category in a run of weeks that every row has whole or not at all. Of tables that
/// are crossed it is one of each: so many women of an age and an origin.
pub struct System {
    runs: Vec<(IsoWeek, IsoWeek)>,
    /// How many counts there are in each run.
    width: usize,
    made_of: BTreeMap<(TableId, String), Vec<usize>>,
}

impl System {
    pub fn of(rows: &[Row]) -> Self {
        let bounds: Vec<(IsoWeek, IsoWeek)> = rows.iter().map(|row| row.period.bounds()).collect();
        let edges: BTreeSet<IsoWeek> = bounds.iter().flat_map(|(first, last)| [*first, last.next()]).collect();
        let runs = edges.iter().zip(edges.iter().skip(1)).map(|(first, next)| (*first, next.previous()));
        let runs = runs.filter(|run| bounds.iter().any(|(first, last)| *first <= run.0 && run.1 <= *last)).collect();
        let mut categories: BTreeMap<TableId, BTreeSet<&str>> = BTreeMap::new();
        for row in rows {
            let mut note = |table: TableId, code| {
                categories.entry(table).or_default().insert(code);
            };
            for code in &row.categories {
                match (row.table.crossed(), split(code)) {
                    (Some([lines, columns]), Some((line, column))) => {
                        note(lines, line);
                        note(columns, column);
                    }
                    _ => note(row.table, code),
                }
            }
        }
        // Where nobody is, and no row that shows its total hides it, there is nothing to look for.
        let nobody = |table: &TableId, code: &str| {
            let is_empty = |row: &Row| {
                let place = row.categories.iter().position(|own| own == code);
                place.is_none_or(|place| {
                    row.counts.get(place) == Some(&0)
                        && (row.total.is_hidden() || row.cells.get(place) == Some(&Cell::Shown(0)))
                })
            };
            rows.iter().filter(|row| row.table == *table).all(is_empty)
        };
        let of = |table: TableId| -> Vec<String> {
            let codes = categories.get(&table).into_iter().flatten();
            codes.filter(|code| !nobody(&table, code)).map(|code| (*code).to_owned()).collect()
        };
        let tied: BTreeSet<TableId> = rows
            .iter()
            .filter_map(|row| row.table.crossed())
            .flatten()
            .flat_map(|margin| [margin, TableId::GenderAge, TableId::GenderMacro])
            .collect();
        let mut system = Self { runs, width: 0, made_of: BTreeMap::new() };
        if !tied.is_empty() {
            system.tie(&of(TableId::Gender), &of(TableId::Age), &of(TableId::Macro));
        }
        for table in categories.keys().filter(|table| !tied.contains(table)) {
            for code in of(*table) {
                system.made_of.insert((*table, code), vec![system.width]);
                system.width += 1;
            }
        }
        system
    }

    fn tie(&mut self, genders: &[String], ages: &[String], areas: &[String]) {
        // A crossing that nobody has leaves its columns unknown.
        let one = [String::new()];
        let or_one = |codes: &[String]| if codes.is_empty() { one.to_vec() } else { codes.to_vec() };
        for gender in or_one(genders) {
            for age in or_one(ages) {
                for area in or_one(areas) {
                    let pairs = [(TableId::GenderAge, &age), (TableId::GenderMacro, &area)];
                    let crossed = pairs.map(|(table, other)| (table, format!("{gender}/{other}")));
                    let plain = [
                        (TableId::Gender, gender.clone()),
                        (TableId::Age, age.clone()),
                        (TableId::Macro, area.clone()),
                    ];
                    for of in plain.into_iter().chain(crossed) {
                        self.made_of.entry(of).or_default().push(self.width);
                    }
                    self.width += 1;
                }
            }
        }
    }

    fn runs_of<'a>(&'a self, row: &Row) -> impl Iterator<Item = usize> + use<'a> {
        let (first, last) = row.period.bounds();
        let inside = move |(_, run): &(usize, &(IsoWeek, IsoWeek))| first <= run.0 && run.1 <= last;
        self.runs.iter().enumerate().filter(inside).map(|(number, _)| number)
    }

    /// What a place of a row adds up.
    pub fn parts(&self, row: &Row, place: usize) -> Vec<usize> {
        let categories = match row.categories.get(place) {
            Some(category) => std::slice::from_ref(category),
            None => row.categories.as_slice(),
        };
        let made_of = |code: &String| self.made_of.get(&(row.table, code.clone())).into_iter().flatten();
        let counts: Vec<usize> = categories.iter().flat_map(made_of).copied().collect();
        self.runs_of(row).flat_map(|run| counts.iter().map(move |count| run * self.width + count)).collect()
    }

    pub fn known(&self, rows: &[Row]) -> Vec<Known> {
        let mut known = Vec::new();
        for row in rows {
            for (place, (count, cell)) in row.places().enumerate() {
                let is_total = place == row.cells.len();
                let least = if is_total { u64::from(count > 0) } else { row.least(place) };
                let (least, most) = cell.shown().map_or((least, None), |shown| (shown, Some(shown)));
                known.push(Known { of: self.parts(row, place), least, most });
            }
            // A category that a row does not have had nobody.
            let absent =
                self.made_of.iter().filter(|((table, code), _)| *table == row.table && !row.categories.contains(code));
            let counts: BTreeSet<usize> = absent.flat_map(|(_, counts)| counts).copied().collect();
            let of =
                self.runs_of(row).flat_map(|run| counts.iter().map(move |count| run * self.width + count)).collect();
            known.push(Known { of, least: 0, most: Some(0) });
        }
        known
    }

    /// Where the search begins: the counts of the shortest rows.
    pub fn likely(&self, rows: &[Row]) -> Vec<u64> {
        let mut likely = vec![0; self.width * self.runs.len()];
        let mut by_length: Vec<&Row> = rows.iter().collect();
        by_length.sort_by_key(|row| (std::cmp::Reverse(row.period.weeks().count()), row.table.crossed().is_some()));
        for row in by_length {
            for (place, count) in row.counts.iter().enumerate() {
                let parts = self.parts(row, place);
                let share = count / (parts.len().max(1) as u64);
                for part in parts {
                    if let Some(value) = likely.get_mut(part) {
                        *value = share;
                    }
                }
            }
        }
        likely
    }
}
