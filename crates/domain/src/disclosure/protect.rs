//! One row for somebody, beside everything that anybody was given: rules 1–3, rule 6, and the audit.

use super::audit::{PublishedRow, newly_pinned};
use super::cell::{Cell, Suppressed, Why};
use super::roll_up::roll_up;
use super::suppress::{complete, next_to_hide, sum, suppress};
use super::table::TableId;
use super::threshold::Threshold;
use crate::time::{IsoWeek, Period};
use std::collections::BTreeSet;

/// A row that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Of which table.
    pub table: TableId,
    /// Its period.
    pub period: Period,
    /// Codes of its categories.
    pub categories: Vec<String>,
    /// Their counts.
    pub counts: Vec<u64>,
}

/// Hides of a row what must be hidden, given all rows of the same table, and of the tables that it was crossed with: those
/// that anybody has, and the weeks that nobody has. Where no choice of cells is safe the row is withheld whole. `floor` is the programme's threshold: under it nothing may be computed, whoever puts
/// the tables together.
#[must_use]
pub fn protect(row: &Candidate, all: &[PublishedRow], k: Threshold, floor: Threshold) -> Suppressed {
    let related = related(row.period, row.table, all);
    let is_own = |given: &&PublishedRow| given.is_given && given.table == row.table;
    let given: Vec<&PublishedRow> = related.iter().copied().filter(is_own).collect();
    let begun = begin(row, &given, k);
    if !related.iter().any(|row| row.is_given) || begun.total.is_hidden() {
        return begun;
    }
    let prefer = preferred(row, &given);
    let mut hidden = begun.hidden();
    let mut why = begun.why.clone();
    loop {
        let published = PublishedRow {
            table: row.table,
            period: row.period,
            categories: row.categories.clone(),
            counts: row.counts.clone(),
            cells: cells(row, &hidden),
            total: begun.total,
            k,
            is_given: true,
            blank: BTreeSet::new(),
        };
        let rows: Vec<PublishedRow> = related.iter().copied().cloned().chain([published]).collect();
        match newly_pinned(&rows, related.len(), floor) {
            Ok(places) if places.is_empty() => {
                return Suppressed { cells: cells(row, &hidden), total: begun.total, why };
            }
            Ok(places) => {
                why.insert(Why::Audit);
                let own = |index: usize| rows.get(index).filter(|pinned| pinned.table == row.table);
                let names = places.iter().filter_map(|(index, place)| own(*index)?.categories.get(*place));
                let Some(more) = hide_more(row, &hidden, &prefer, k, names) else { return withheld(row) };
                hidden = more;
            }
            // Numbers that were amended in between: nothing can be shown of them.
            Err(_) => return withheld(row),
        }
    }
}

fn withheld(row: &Candidate) -> Suppressed {
    Suppressed { why: BTreeSet::from([Why::Audit]), ..Suppressed::withheld(row.counts.len()) }
}

fn cells(row: &Candidate, hidden: &BTreeSet<usize>) -> Vec<Cell> {
    let cell = |(position, count): (usize, &u64)| {
        if hidden.contains(&position) { Cell::Hidden } else { Cell::Shown(*count) }
    };
    row.counts.iter().enumerate().map(cell).collect()
}

/// Rules 1–3, by rule 6 where shorter rows under the same threshold make the whole of it. The very same row again is
/// shown as it was shown before, if it was.
fn begin(row: &Candidate, given: &[&PublishedRow], k: Threshold) -> Suppressed {
    let plain = suppress(&row.counts, k, &preferred(row, given));
    let same = |given: &&&PublishedRow| {
        (given.period, given.k) == (row.period, k)
            && !given.total.is_hidden()
            && (&given.categories, &given.counts) == (&row.categories, &row.counts)
    };
    if let Some(same) = given.iter().find(same) {
        return Suppressed { cells: same.cells.clone(), total: same.total, why: plain.why };
    }
    let shorter = parts(row, given, k);
    let sums = (!shorter.is_empty()).then(|| roll_up(&shorter, k).ok()).flatten().map(|rolled| rolled.sums);
    sums.filter(|_| !plain.total.is_hidden()).unwrap_or(plain)
}

/// The counts of published rows that follow on each other and make the row's period, or nothing.
fn parts(row: &Candidate, related: &[&PublishedRow], k: Threshold) -> Vec<Vec<u64>> {
    let (mut next, last): (IsoWeek, IsoWeek) = row.period.bounds();
    let mut found: Vec<Vec<u64>> = Vec::new();
    while next <= last {
        let fits = |given: &&&PublishedRow| {
            let bounds = given.period.bounds();
            bounds.0 == next
                && bounds.1 <= last
                && given.period != row.period
                && given.k == k
                && !given.total.is_hidden()
        };
        let Some(given) = related.iter().find(fits) else { return Vec::new() };
        let of = |category: &String| given.categories.iter().position(|own| own == category);
        let count = |category: &String| of(category).and_then(|place| given.counts.get(place)).copied().unwrap_or(0);
        found.push(row.categories.iter().map(count).collect());
        next = given.period.bounds().1.next();
    }
    let adds_up = row.counts.iter().enumerate().all(|(place, count)| {
        let column = found.iter().filter_map(|counts| counts.get(place));
        sum(column) == *count
    });
    if adds_up { found } else { Vec::new() }
}

/// The categories that are hidden in a row beside this one: complements are chosen among them first.
fn preferred(row: &Candidate, related: &[&PublishedRow]) -> BTreeSet<usize> {
    let is_hidden = |category: &String| {
        related.iter().any(|given| {
            let place = given.categories.iter().position(|own| own == category);
            place.and_then(|place| given.cells.get(place)).is_some_and(|cell| cell.is_hidden())
        })
    };
    row.categories.iter().enumerate().filter(|(_, category)| is_hidden(category)).map(|(place, _)| place).collect()
}

/// One more cell hidden: one whose category is given away, else the smallest; `None` when all are.
fn hide_more<'a>(
    row: &Candidate,
    hidden: &BTreeSet<usize>,
    prefer: &BTreeSet<usize>,
    k: Threshold,
    mut given_away: impl Iterator<Item = &'a String>,
) -> Option<BTreeSet<usize>> {
    if hidden.len() == row.counts.len() {
        return None;
    }
    let is_open = |place: &usize| !hidden.contains(place) && row.counts.get(*place).is_some_and(|count| *count > 0);
    let place = |category: &String| row.categories.iter().position(|own| own == category).filter(is_open);
    let next = given_away.find_map(place).or_else(|| next_to_hide(&row.counts, hidden, prefer));
    let all = || (0..row.counts.len()).collect();
    let Some(next) = next else { return Some(all()) };
    let more: BTreeSet<usize> = hidden.iter().copied().chain([next]).collect();
    Some(complete(&row.counts, more, k, prefer).unwrap_or_else(all))
}

/// The rows that have anything to do with a table's period: those that share a week with it, or with one that does. Of
/// other tables only where a crossing ties them together.
pub(super) fn related(period: Period, table: TableId, all: &[PublishedRow]) -> Vec<&PublishedRow> {
    let touching = touching(period, all);
    let is_crossed = |table: TableId| table.crossed().is_some();
    let has_crossing = is_crossed(table) || touching.iter().any(|row| is_crossed(row.table));
    touching.into_iter().filter(|row| has_crossing || row.table == table).collect()
}

fn touching(period: Period, all: &[PublishedRow]) -> Vec<&PublishedRow> {
    let mut found: Vec<&PublishedRow> = Vec::new();
    loop {
        let touches = |row: &&PublishedRow| {
            row.period.overlaps(&period) || found.iter().any(|known| known.period.overlaps(&row.period))
        };
        let more: Vec<&PublishedRow> = all.iter().filter(touches).collect();
        if more.len() == found.len() {
            return found;
        }
        found = more;
    }
}
