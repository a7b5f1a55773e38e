//! Histories of releases, and what an attacker makes of them: recipients, periods and thresholds as they come, corrections,
//! records that arrive after a release. No hidden count below the threshold may have one value alone.

mod draw;
mod solver;

use crate::random::Random;
use crate::report::Report;
use anyhow::Result;
use domain::disclosure::{Cell, TableId};
use domain::release::Period;
use domain::release::history::Given;
use domain::time::IsoWeek;
use solver::{Answer, Known, fits};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Histories of a range of numbers.
///
/// # Errors
/// None: a count that is given away is a fault of the report.
#[allow(clippy::unnecessary_wraps, reason = "as the other runs")]
pub fn run(seed: u64, runs: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    for number in runs {
        let seed = seed.wrapping_add(number);
        let history = draw::history(&mut Random::new(seed));
        report.count("releases", history.given.len() as u64);
        report.runs += 1;
        report.due += 1;
        let faults = attack(&history, &mut report);
        report.recovered += u64::from(faults.is_empty());
        for what in faults {
            report.undetected += 1;
            report.tell(seed, &what);
        }
    }
    Ok(report)
}

/// A row of a table as somebody has it, with the counts behind it.
struct Row {
    period: Period,
    categories: Vec<String>,
    counts: Vec<u64>,
    cells: Vec<Cell>,
    total: Cell,
}

impl Row {
    /// Every count with what was given of it; the total last.
    fn places(&self) -> impl Iterator<Item = (u64, Cell)> {
        let total = self.counts.iter().sum();
        self.counts.iter().copied().zip(self.cells.iter().copied()).chain([(total, self.total)])
    }

    /// Where a table shows zeros, what it hides is at least one.
    fn least(&self) -> u64 {
        let zeros = self.cells.iter().all(|cell| cell.is_hidden()) && self.counts.contains(&0);
        u64::from(!self.total.is_hidden() && !zeros)
    }
}

fn rows(given: &[Given], table: TableId) -> Vec<Row> {
    let of = |given: &Given| {
        let shown = given.release.tables.iter().find(|one| one.code == table.code())?;
        let exact = given.exact.iter().find(|one| one.table == table)?;
        Some(Row {
            period: exact.period,
            categories: exact.categories.clone(),
            counts: exact.counts.clone(),
            cells: shown.rows.iter().map(|row| row.cell).collect(),
            total: shown.total.unwrap_or(Cell::Hidden),
        })
    };
    given.iter().filter_map(of).collect()
}

/// Tables that are attacked.
const TABLES: [TableId; 3] = [TableId::DeskTopics, TableId::Gender, TableId::Kind];

fn attack(history: &draw::Drawn, report: &mut Report) -> Vec<String> {
    let mut faults = Vec::new();
    for table in TABLES {
        let rows = rows(&history.given, table);
        let system = System::of(&rows);
        let (likely, mut known) = (system.likely(&rows), system.known(&rows));
        for (number, row) in rows.iter().enumerate() {
            for (place, (count, cell)) in row.places().enumerate() {
                if !cell.is_hidden() || !history.floor.hides(count) {
                    continue;
                }
                report.count("hidden counts", 1);
                match other_value(&mut known, &likely, &system.parts(row, place), count) {
                    Verdict::Free => {}
                    Verdict::Unknown => report.count("given up", 1),
                    Verdict::Contradiction => report.count("rows that contradict each other", 1),
                    Verdict::GivenAway => {
                        let what = format!("{table}: {} of {}, row {number}, is {count}", name(row, place), row.period);
                        faults.push(format!("{what}: {}", draw::told(&history.given, table)));
                    }
                }
            }
        }
    }
    faults
}

/// What an attacker finds out of a hidden count.
enum Verdict {
    /// It could be another one.
    Free,
    /// It could not.
    GivenAway,
    /// Too many possibilities to tell.
    Unknown,
    /// No numbers fit what was given.
    Contradiction,
}

/// The most that a hidden count is tried above its own value.
const FAR: u64 = 12;

/// Whether a count could be another one; values near its own are tried first.
fn other_value(known: &mut Vec<Known>, likely: &[u64], parts: &[usize], count: u64) -> Verdict {
    let mut can_be = |value: u64| {
        known.push(Known { of: parts.to_vec(), least: value, most: Some(value) });
        let answer = fits(known, likely);
        known.pop();
        answer
    };
    let mut gave_up = false;
    for value in (1..=FAR).flat_map(|distance| count.checked_sub(distance).into_iter().chain([count + distance])) {
        match can_be(value) {
            Answer::Yes => return Verdict::Free,
            Answer::No => {}
            Answer::GaveUp => gave_up = true,
        }
    }
    match (gave_up, can_be(count)) {
        (true, _) | (_, Answer::GaveUp) => Verdict::Unknown,
        (_, Answer::No) => Verdict::Contradiction,
        (_, Answer::Yes) => Verdict::GivenAway,
    }
}

fn name(row: &Row, place: usize) -> &str {
    row.categories.get(place).map_or("total", String::as_str)
}

/// The counts that nobody can divide: a category in a run of weeks that every row has whole or not at all.
struct System {
    runs: Vec<(IsoWeek, IsoWeek)>,
    places: BTreeMap<(usize, String), usize>,
}

impl System {
    fn of(rows: &[Row]) -> Self {
        let bounds: Vec<(IsoWeek, IsoWeek)> = rows.iter().map(|row| row.period.bounds()).collect();
        let edges: BTreeSet<IsoWeek> = bounds.iter().flat_map(|(first, last)| [*first, last.next()]).collect();
        let runs: Vec<(IsoWeek, IsoWeek)> = edges
            .iter()
            .zip(edges.iter().skip(1))
            .map(|(first, next)| (*first, next.previous()))
            .filter(|run| bounds.iter().any(|(first, last)| *first <= run.0 && run.1 <= *last))
            .collect();
        let categories: BTreeSet<&String> = rows.iter().flat_map(|row| &row.categories).collect();
        let mut places = BTreeMap::new();
        for run in 0..runs.len() {
            for category in &categories {
                let next = places.len();
                places.insert((run, (*category).clone()), next);
            }
        }
        Self { runs, places }
    }

    fn runs_of<'a>(&'a self, row: &Row) -> impl Iterator<Item = usize> + use<'a> {
        let (first, last) = row.period.bounds();
        let inside = move |(_, run): &(usize, &(IsoWeek, IsoWeek))| first <= run.0 && run.1 <= last;
        self.runs.iter().enumerate().filter(inside).map(|(number, _)| number)
    }

    /// What a place of a row adds up.
    fn parts(&self, row: &Row, place: usize) -> Vec<usize> {
        let categories = match row.categories.get(place) {
            Some(category) => std::slice::from_ref(category),
            None => row.categories.as_slice(),
        };
        let of_run =
            |run: usize| categories.iter().filter_map(move |category| self.places.get(&(run, category.clone())));
        self.runs_of(row).flat_map(of_run).copied().collect()
    }

    fn known(&self, rows: &[Row]) -> Vec<Known> {
        let mut known = Vec::new();
        for row in rows {
            for (place, (count, cell)) in row.places().enumerate() {
                let is_total = place == row.cells.len();
                let least = if is_total { u64::from(count > 0) } else { row.least() };
                let (least, most) = cell.shown().map_or((least, None), |shown| (shown, Some(shown)));
                known.push(Known { of: self.parts(row, place), least, most });
            }
            // A category that a row does not have had nobody.
            let absent = self.places.iter().filter(|((_, category), _)| !row.categories.contains(category));
            let runs: BTreeSet<usize> = self.runs_of(row).collect();
            let of = absent.filter(|((run, _), _)| runs.contains(run)).map(|(_, place)| *place).collect();
            known.push(Known { of, least: 0, most: Some(0) });
        }
        known
    }

    /// Where the search begins: the counts of the shortest rows.
    fn likely(&self, rows: &[Row]) -> Vec<u64> {
        let mut likely = vec![0; self.places.len()];
        let mut by_length: Vec<&Row> = rows.iter().collect();
        by_length.sort_by_key(|row| std::cmp::Reverse(row.period.weeks().count()));
        for row in by_length {
            let runs = self.runs_of(row).count().max(1) as u64;
            for (place, count) in row.counts.iter().enumerate() {
                for part in self.parts(row, place) {
                    if let Some(value) = likely.get_mut(part) {
                        *value = count / runs;
                    }
                }
            }
        }
        likely
    }
}

/// Some text of a table for those who look into a fault.
fn cell_text(cell: Cell) -> String {
    cell.shown().map_or_else(|| Cell::MARKER.into(), |count| count.to_string())
}
