//! Histories of releases, and what an attacker makes of them: recipients, periods and thresholds as they come, corrections,
//! records that arrive after a release. No hidden count below the threshold may have one value alone.

mod draw;
mod system;

use crate::attacker::{Answer, Known, fits};
use crate::random::Random;
use crate::report::Report;
use anyhow::Result;
use domain::disclosure::{Cell, TableId};
use std::ops::Range;
use system::{Row, System, rows};

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

/// Tables that are attacked, those together that a crossing ties to each other.
const TABLES: [&[TableId]; 3] = [
    &[TableId::DeskTopics],
    &[TableId::Kind],
    &[TableId::Gender, TableId::Age, TableId::Macro, TableId::GenderAge, TableId::GenderMacro],
];

fn attack(history: &draw::Drawn, report: &mut Report) -> Vec<String> {
    let mut faults = Vec::new();
    for tables in TABLES {
        let rows: Vec<Row> = tables.iter().flat_map(|table| rows(&history.given, *table)).collect();
        let system = System::of(&rows);
        let (likely, mut known) = (system.likely(&rows), system.known(&rows));
        for (number, row) in rows.iter().enumerate() {
            for (place, (count, cell)) in row.places().enumerate() {
                if !cell.is_hidden() || !row.floor(history.floor).hides(count) {
                    continue;
                }
                report.count("hidden counts", 1);
                report.count("hidden counts of crossings", u64::from(row.table.crossed().is_some()));
                match other_value(&mut known, &likely, &system.parts(row, place), count) {
                    Verdict::Free => {}
                    Verdict::Unknown => report.count("given up", 1),
                    Verdict::Contradiction => report.count("rows that contradict each other", 1),
                    Verdict::GivenAway => {
                        let table = row.table;
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

/// So many values may be given up before the count is.
const PATIENCE: u32 = 2;

/// Whether a count could be another one; values near its own are tried first.
fn other_value(known: &mut Vec<Known>, likely: &[u64], parts: &[usize], count: u64) -> Verdict {
    let mut can_be = |value: u64| {
        known.push(Known { of: parts.to_vec(), least: value, most: Some(value) });
        let answer = fits(known, likely);
        known.pop();
        answer
    };
    let mut gave_up = 0;
    for value in (1..=FAR).flat_map(|distance| count.checked_sub(distance).into_iter().chain([count + distance])) {
        match can_be(value) {
            Answer::Yes => return Verdict::Free,
            Answer::No => {}
            // What lies farther off is no easier to find.
            Answer::GaveUp if gave_up == PATIENCE => return Verdict::Unknown,
            Answer::GaveUp => gave_up += 1,
        }
    }
    match (gave_up > 0, can_be(count)) {
        (true, _) | (_, Answer::GaveUp) => Verdict::Unknown,
        (_, Answer::No) => Verdict::Contradiction,
        (_, Answer::Yes) => Verdict::GivenAway,
    }
}

fn name(row: &Row, place: usize) -> &str {
    row.categories.get(place).map_or("total", String::as_str)
}

/// Some text of a table for those who look into a fault.
fn cell_text(cell: Cell) -> String {
    cell.shown().map_or_else(|| Cell::MARKER.into(), |count| count.to_string())
}
