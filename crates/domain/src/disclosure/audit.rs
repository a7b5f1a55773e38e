//! The audit over everything ever released (`security` 6): which hidden counts could be computed from all of it.
//!
//! The attacker has every table that anybody was ever given, knows the rules, and solves the linear system: counts of a
//! row add up to its total, a longer period is the sum of its weeks, a shown count is what it is, a hidden one is at
//! least 1 where zeros are shown, and the cells of a crossing add up to the tables of its two margins. A count of 1…k−1
//! that leaves one whole number between its least and its greatest value is *pinned*. [`super::roll_up`] decides by a
//! graph, exactly, for weeks under one month; this one takes any periods, of any recipients, under any thresholds.

use super::cell::Cell;
use super::system::{Parts, System};
use super::table::TableId;
use super::threshold::Threshold;
use crate::time::Period;
use std::collections::BTreeSet;

/// A row as somebody got it, with the counts behind it. The cells of a crossing are one row, its margins two more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    /// Of which table.
    pub table: TableId,
    /// Its period.
    pub period: Period,
    /// Codes of its categories.
    pub categories: Vec<String>,
    /// The counts when it was made.
    pub counts: Vec<u64>,
    /// What was shown of them.
    pub cells: Vec<Cell>,
    /// Their sum; hidden if nothing of the row was published (D.4.3).
    pub total: Cell,
    /// Under which threshold.
    pub k: Threshold,
    /// Whether anybody has it. Weeks that nobody was given are protected all the same: a month less the other weeks.
    pub is_given: bool,
    /// Positions of cells of a crossing that may be zero although others are shown: those of a line of which nothing is.
    pub blank: BTreeSet<usize>,
}

impl PublishedRow {
    /// Count and cell at a position; the total's after the last one.
    pub(super) fn at(&self, position: usize) -> Option<(u64, Cell)> {
        if position == self.cells.len() {
            return Some((self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count)), self.total));
        }
        Some((*self.counts.get(position)?, *self.cells.get(position)?))
    }

    /// The least that what is hidden at a position can be.
    pub(super) fn least(&self, position: usize) -> u64 {
        if position == self.cells.len() {
            // A total of nobody is shown, unless it would give another one away: then whoever got the row cannot know
            // that there was somebody.
            return u64::from(self.is_given && self.counts.iter().any(|count| *count > 0));
        }
        // Where all are hidden, zeros may be among them, and always where the total is hidden too.
        let may_be_zero = self.cells.iter().all(|cell| cell.is_hidden()) && self.counts.contains(&0);
        u64::from(!self.total.is_hidden() && !may_be_zero && !self.blank.contains(&position))
    }

    /// Under which threshold its own counts must not be found out: a crossing's, or what holds for all tables.
    fn floor(&self, floor: Threshold) -> Threshold {
        if self.table.crossed().is_some() { floor.max(self.k) } else { floor }
    }
}

/// A cell: number of the row, position in it; the total stands after the last cell.
pub type Place = (usize, usize);

/// The rows contradict each other, so nothing can be shown of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("released rows contradict each other")]
pub struct Contradiction;

/// The hidden cells and totals with a count of 1…k−1 that have no other value than their own, and the cells and totals
/// of longer rows of which that is true once the shorter rows are taken away that show theirs (rule 6b). All rows are of
/// one table, or of crossings and the tables that are their margins.
///
/// # Errors
/// [`Contradiction`] if no counts fit all rows.
pub fn pinned(rows: &[PublishedRow], k: Threshold) -> Result<Vec<Place>, Contradiction> {
    let system = System::of(rows);
    let mut asked = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let k = row.floor(k);
        for position in 0..=row.cells.len() {
            let is_small = row.at(position).is_some_and(|(count, cell)| cell.is_hidden() && k.hides(count));
            let alone = is_small.then(|| system.parts(index, position));
            let rest = system.remainder(index, position).filter(|(count, _)| k.hides(*count));
            let sums = alone.into_iter().chain(rest.map(|(_, parts)| parts));
            asked.extend(sums.map(|parts| Asked { place: (index, position), parts, least: None, most: None }));
        }
    }
    let found = known(&system, asked)?;
    Ok(found.into_iter().map(|asked| asked.place).collect::<BTreeSet<Place>>().into_iter().collect())
}

/// What the rows from `own` on give away.
pub(super) fn newly_pinned(rows: &[PublishedRow], own: usize, floor: Threshold) -> Result<Vec<Place>, Contradiction> {
    let places = pinned(rows, floor)?;
    let is_crossed = |(index, _): &Place| rows.get(*index).is_some_and(|row| row.table.crossed().is_some());
    if !places.iter().any(is_crossed) {
        return Ok(places);
    }
    let known = known_anyway(rows, own, floor)?;
    Ok(places.into_iter().filter(|place| !known.contains(place)).collect())
}

/// What of crossings would be pinned if the rows from `own` on said nothing: the tables of one list, under their lower
/// threshold, say it already.
fn known_anyway(rows: &[PublishedRow], own: usize, k: Threshold) -> Result<BTreeSet<Place>, Contradiction> {
    let silent = |(index, row): (usize, &PublishedRow)| match index < own {
        true => row.clone(),
        false => PublishedRow { cells: vec![Cell::Hidden; row.cells.len()], total: Cell::Hidden, ..row.clone() },
    };
    let without: Vec<PublishedRow> = rows.iter().enumerate().map(silent).collect();
    let is_crossed = |(index, _): &Place| rows.get(*index).is_some_and(|row| row.table.crossed().is_some());
    Ok(pinned(&without, k)?.into_iter().filter(is_crossed).collect())
}

/// A sum that must not be found out, and between what it was seen so far.
struct Asked {
    place: Place,
    parts: Parts,
    least: Option<f64>,
    most: Option<f64>,
}

/// What the solver's arithmetic may be off by.
const TOLERANCE: f64 = 1e-6;

impl Asked {
    fn saw(&mut self, value: f64) {
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.most = Some(self.most.map_or(value, |most| most.max(value)));
    }

    /// Whether two whole numbers have been seen.
    fn is_free(&self) -> bool {
        let (Some(least), Some(most)) = (self.least, self.most) else { return false };
        (least - TOLERANCE).ceil() < (most + TOLERANCE).floor()
    }
}

/// Those of the sums that have one value only. Every answer of the solver is a table that fits, and settles whatever sums
/// are seen to differ in it: first all are raised together and lowered together, then each that is left by itself.
fn known(system: &System<'_>, mut asked: Vec<Asked>) -> Result<Vec<Asked>, Contradiction> {
    if asked.is_empty() {
        return Ok(asked);
    }
    let all: Vec<Parts> = asked.iter().map(|one| one.parts.clone()).collect();
    for is_most in [true, false] {
        if let Some(table) = system.solve(&all, is_most)? {
            asked.iter_mut().for_each(|one| one.saw(table.sum(&one.parts)));
        }
    }
    asked.retain(|one| !one.is_free());
    let mut found = Vec::new();
    while let Some(mut one) = asked.pop() {
        for is_most in [true, false] {
            match system.solve(std::slice::from_ref(&one.parts), is_most)? {
                Some(table) => {
                    one.saw(table.sum(&one.parts));
                    asked.iter_mut().for_each(|other| other.saw(table.sum(&other.parts)));
                }
                // A row of which not even the total is known may be of any size.
                None => one.saw(if is_most { f64::INFINITY } else { 0.0 }),
            }
        }
        asked.retain(|other| !other.is_free());
        if !one.is_free() {
            found.push(one);
        }
    }
    Ok(found)
}
