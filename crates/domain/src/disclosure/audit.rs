//! The audit over everything ever released (`security` 6): which hidden counts could be computed from all of it.
//!
//! The attacker has every table that anybody was ever given, knows the rules, and solves the linear system: counts of a
//! row add up to its total, a longer period is the sum of its weeks, a shown count is what it is, a hidden one is at
//! least 1 where zeros are shown. A count of 1…k−1 that leaves one whole number between its least and its greatest
//! value is *pinned*. [`super::roll_up`] decides by a graph, exactly, for weeks under one month; this one takes any
//! periods, of any recipients, under any thresholds.

use super::cell::Cell;
use super::threshold::Threshold;
use crate::time::{IsoWeek, Period};
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// A row as somebody got it, with the counts behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
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
}

impl PublishedRow {
    /// Count and cell at a position; the total's after the last one.
    fn at(&self, position: usize) -> Option<(u64, Cell)> {
        if position == self.cells.len() {
            return Some((self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count)), self.total));
        }
        Some((*self.counts.get(position)?, *self.cells.get(position)?))
    }

    /// The least that a hidden cell can be. Where all are hidden, zeros may be among them, and always
    /// where the total is hidden too.
    fn least(&self) -> u64 {
        let may_be_zero = self.cells.iter().all(|cell| cell.is_hidden()) && self.counts.contains(&0);
        u64::from(!self.total.is_hidden() && !may_be_zero)
    }

    /// The least that a hidden total can be. A total of nobody is shown, unless it would give another one away: then
    /// whoever got the row cannot know that there was somebody.
    fn least_total(&self) -> u64 {
        u64::from(self.is_given && self.counts.iter().any(|count| *count > 0))
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
/// one table.
///
/// # Errors
/// [`Contradiction`] if no counts fit all rows.
pub fn pinned(rows: &[PublishedRow], k: Threshold) -> Result<Vec<Place>, Contradiction> {
    let system = System::of(rows);
    let mut found = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        for position in 0..=row.cells.len() {
            let is_small = row.at(position).is_some_and(|(count, cell)| cell.is_hidden() && k.hides(count));
            let alone = is_small.then(|| system.parts(index, position));
            let rest = system.remainder(index, position).filter(|(count, _)| k.hides(*count));
            for sum in alone.into_iter().chain(rest.map(|(_, parts)| parts)) {
                if system.is_known(&sum)? {
                    found.push((index, position));
                    break;
                }
            }
        }
    }
    Ok(found)
}

/// What a cell adds up: runs of weeks, by their number, and categories.
type Parts<'a> = BTreeSet<(usize, &'a str)>;

/// What the solver's arithmetic may be off by.
const TOLERANCE: f64 = 1e-6;

/// The counts that nobody can divide further: a run of weeks that every row has whole or not at all, by category.
struct System<'a> {
    rows: &'a [PublishedRow],
    runs: Vec<(IsoWeek, IsoWeek)>,
    categories: Vec<&'a str>,
}

impl<'a> System<'a> {
    fn of(rows: &'a [PublishedRow]) -> Self {
        let bounds: Vec<_> = rows.iter().map(|row| row.period.bounds()).collect();
        let edges: BTreeSet<IsoWeek> = bounds.iter().flat_map(|(first, last)| [*first, last.next()]).collect();
        let starts = edges.iter().zip(edges.iter().skip(1));
        let runs = starts.map(|(start, end)| (*start, end.previous()));
        let is_covered =
            |run: &(IsoWeek, IsoWeek)| bounds.iter().any(|(first, last)| *first <= run.0 && run.1 <= *last);
        let mut categories: Vec<&str> = Vec::new();
        for category in rows.iter().flat_map(|row| &row.categories) {
            if !categories.contains(&category.as_str()) {
                categories.push(category);
            }
        }
        Self { rows, runs: runs.filter(is_covered).collect(), categories }
    }

    /// Whether a sum of parts has one value only.
    fn is_known(&self, sum: &Parts<'a>) -> Result<bool, Contradiction> {
        let least = self.bound(sum, OptimizationDirection::Minimize)?;
        let most = self.bound(sum, OptimizationDirection::Maximize)?;
        Ok((least - TOLERANCE).ceil() >= (most + TOLERANCE).floor())
    }

    /// What is left of a cell or total when the shorter rows inside its period are taken away that show theirs: its
    /// count, and its parts. Nothing if there is no such row, or nothing is left.
    fn remainder(&self, row: usize, position: usize) -> Option<(u64, Parts<'a>)> {
        let whole = self.rows.get(row)?;
        let (mut count, _) = whole.at(position)?;
        let mut runs: BTreeSet<usize> = self.runs_of(whole).into_iter().collect();
        let all = runs.len();
        let mut shorter: Vec<(&PublishedRow, Vec<usize>)> =
            self.rows.iter().map(|inner| (inner, self.runs_of(inner))).filter(|(_, inner)| inner.len() < all).collect();
        shorter.sort_by_key(|(_, inner)| std::cmp::Reverse(inner.len()));
        for (inner, covered) in shorter {
            let place = match whole.categories.get(position) {
                Some(category) => inner.categories.iter().position(|own| own == category),
                None => Some(inner.cells.len()),
            };
            // A category that a row does not have had nobody in its weeks.
            let shown = place.map_or(Some(0), |place| inner.at(place).and_then(|(_, cell)| cell.shown()));
            if let Some(shown) = shown.filter(|_| covered.iter().all(|run| runs.contains(run))) {
                count = count.saturating_sub(shown);
                covered.iter().for_each(|run| {
                    runs.remove(run);
                });
            }
        }
        let is_less = !runs.is_empty() && runs.len() < all;
        let parts = self.parts(row, position).into_iter().filter(|(run, _)| runs.contains(run)).collect();
        is_less.then_some((count, parts))
    }

    /// Least or greatest value of a sum of parts.
    fn bound(&self, wanted: &Parts<'a>, direction: OptimizationDirection) -> Result<f64, Contradiction> {
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<(usize, &str), Variable> = BTreeMap::new();
        for run in 0..self.runs.len() {
            for category in &self.categories {
                let weight = if wanted.contains(&(run, *category)) { 1.0 } else { 0.0 };
                variables.insert((run, category), problem.add_var(weight, (0.0, f64::INFINITY)));
            }
        }
        for (index, published) in self.rows.iter().enumerate() {
            let cells = published.cells.iter().map(|cell| (cell, published.least()));
            let total = (&published.total, published.least_total());
            for (place, (cell, least)) in cells.chain([total]).enumerate() {
                let parts: Vec<(Variable, f64)> = self
                    .parts(index, place)
                    .iter()
                    .filter_map(|part| variables.get(part).map(|variable| (*variable, 1.0)))
                    .collect();
                let (relation, number) = match cell {
                    Cell::Shown(count) => (ComparisonOp::Eq, *count),
                    Cell::Hidden => (ComparisonOp::Ge, least),
                };
                problem.add_constraint(parts.as_slice(), relation, number as f64);
            }
            // A category that the row does not have had nobody in its weeks.
            for category in self.categories.iter().filter(|known| !published.categories.iter().any(|own| own == *known))
            {
                let parts = self.runs_of(published).into_iter().filter_map(|run| variables.get(&(run, *category)));
                let nobody: Vec<(Variable, f64)> = parts.map(|variable| (*variable, 1.0)).collect();
                problem.add_constraint(nobody.as_slice(), ComparisonOp::Eq, 0.0);
            }
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => Ok(solution.objective()),
            // A row of which not even the total is known may be of any size.
            Err(microlp::Error::Unbounded) => Ok(f64::INFINITY),
            Ok(SolveOutcome::Interrupted(_)) | Err(_) => Err(Contradiction),
        }
    }

    /// What a cell adds up; every category for the total.
    fn parts(&self, row: usize, position: usize) -> Parts<'a> {
        let Some(published) = self.rows.get(row) else { return BTreeSet::new() };
        let categories = match published.categories.get(position) {
            Some(category) => std::slice::from_ref(category),
            None => published.categories.as_slice(),
        };
        let of_run = |run| categories.iter().map(move |category| (run, category.as_str()));
        self.runs_of(published).into_iter().flat_map(of_run).collect()
    }

    /// The runs that make a row's period.
    fn runs_of(&self, row: &PublishedRow) -> Vec<usize> {
        let (first, last) = row.period.bounds();
        let inside = |(_, run): &(usize, &(IsoWeek, IsoWeek))| first <= run.0 && run.1 <= last;
        self.runs.iter().enumerate().filter(inside).map(|(run, _)| run).collect()
    }
}
