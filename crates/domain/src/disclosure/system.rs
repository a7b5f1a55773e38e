//! The linear system of [`super::pinned`]: what everybody knows about the counts that nobody can divide further.

use super::audit::{Contradiction, PublishedRow};
use super::cell::Cell;
use super::table::{TableId, pair, split};
use crate::time::IsoWeek;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// What a cell adds up: runs of weeks, by their number, and counts, by theirs.
pub(super) type Parts = BTreeSet<(usize, usize)>;

/// The counts that nobody can divide further: a run of weeks that every row has whole or not at all, by category, or by
/// a pair of categories where rows are crossed.
pub(super) struct System<'a> {
    rows: &'a [PublishedRow],
    runs: Vec<(IsoWeek, IsoWeek)>,
    /// What is counted: a category of a table.
    counted: Vec<(TableId, String)>,
    /// Of every category of a table the counts that make it.
    made_of: BTreeMap<(TableId, &'a str), Vec<usize>>,
    /// The same persons in two crossings: lists of counts with equal sums.
    equal: Vec<(Vec<usize>, Vec<usize>)>,
    /// Counts that everybody knows to be zero.
    zeros: Parts,
}

/// A table of counts that fits everything published.
pub(super) struct Fitting(BTreeMap<(usize, usize), f64>);

impl Fitting {
    /// A sum in it.
    pub(super) fn sum(&self, parts: &Parts) -> f64 {
        parts.iter().filter_map(|part| self.0.get(part)).sum()
    }
}

impl<'a> System<'a> {
    pub(super) fn of(rows: &'a [PublishedRow]) -> Self {
        let bounds: Vec<_> = rows.iter().map(|row| row.period.bounds()).collect();
        let edges: BTreeSet<IsoWeek> = bounds.iter().flat_map(|(first, last)| [*first, last.next()]).collect();
        let starts = edges.iter().zip(edges.iter().skip(1));
        let runs = starts.map(|(start, end)| (*start, end.previous()));
        let is_covered =
            |run: &(IsoWeek, IsoWeek)| bounds.iter().any(|(first, last)| *first <= run.0 && run.1 <= *last);
        let runs = runs.filter(is_covered).collect();
        let mut system =
            Self { rows, runs, counted: Vec::new(), made_of: BTreeMap::new(), equal: Vec::new(), zeros: Parts::new() };
        let mut categories: BTreeMap<TableId, Vec<&'a str>> = BTreeMap::new();
        for row in rows {
            row.categories.iter().for_each(|code| note(&mut categories, row.table, code));
        }
        system.count_crossings(&mut categories);
        for (table, codes) in &categories {
            for code in codes {
                let next = system.counted.len();
                if !system.made_of.contains_key(&(*table, *code)) {
                    system.counted.push((*table, (*code).to_owned()));
                    system.made_of.insert((*table, *code), vec![next]);
                }
            }
        }
        system.zeros = system.known_zeros();
        system
    }

    /// The pairs of every crossing that a row has, and the categories of its margins as sums of them.
    fn count_crossings(&mut self, categories: &mut BTreeMap<TableId, Vec<&'a str>>) {
        let crossings: Vec<TableId> = categories.keys().copied().filter(|table| table.crossed().is_some()).collect();
        for crossing in &crossings {
            let Some([lines, columns]) = crossing.crossed() else { continue };
            let pairs = categories.get(crossing).cloned().unwrap_or_default();
            for (line, column) in pairs.into_iter().filter_map(split) {
                note(categories, lines, line);
                note(categories, columns, column);
            }
        }
        for crossing in crossings {
            let Some([lines, columns]) = crossing.crossed() else { continue };
            let codes = |table: &TableId| categories.get(table).cloned().unwrap_or_default();
            let mut sums: BTreeMap<(TableId, &'a str), Vec<usize>> = BTreeMap::new();
            for line in codes(&lines) {
                for column in codes(&columns) {
                    let next = self.counted.len();
                    self.counted.push((crossing, pair(line, column)));
                    sums.entry((lines, line)).or_default().push(next);
                    sums.entry((columns, column)).or_default().push(next);
                }
            }
            for (category, sum) in sums {
                match self.made_of.get(&category) {
                    Some(other) => self.equal.push((other.clone(), sum)),
                    None => drop(self.made_of.insert(category, sum)),
                }
            }
        }
        for (table, codes) in categories.iter().filter(|(table, _)| table.crossed().is_some()) {
            for code in codes {
                let place = self.counted.iter().position(|(of, own)| of == table && own == code);
                self.made_of.insert((*table, *code), place.into_iter().collect());
            }
        }
    }

    /// A table that fits, with the greatest or the least sum of these sums. None if there is no bound.
    pub(super) fn solve(&self, wanted: &[Parts], is_most: bool) -> Result<Option<Fitting>, Contradiction> {
        let direction = if is_most { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
        let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        wanted.iter().flatten().for_each(|part| *weights.entry(*part).or_default() += 1.0);
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<(usize, usize), Variable> = BTreeMap::new();
        for part in (0..self.runs.len()).flat_map(|run| (0..self.counted.len()).map(move |count| (run, count))) {
            if !self.zeros.contains(&part) {
                let weight = weights.get(&part).copied().unwrap_or_default();
                variables.insert(part, problem.add_var(weight, (0.0, f64::INFINITY)));
            }
        }
        for (index, published) in self.rows.iter().enumerate() {
            for place in 0..=published.cells.len() {
                let (relation, number) = match published.at(place) {
                    Some((_, Cell::Shown(0))) | None => continue,
                    Some((_, Cell::Shown(count))) => (ComparisonOp::Eq, count),
                    Some((_, Cell::Hidden)) => (ComparisonOp::Ge, published.least(place)),
                };
                let parts = self.parts(index, place);
                let parts: Vec<(Variable, f64)> =
                    parts.iter().filter_map(|part| variables.get(part)).map(|variable| (*variable, 1.0)).collect();
                if matches!(relation, ComparisonOp::Eq) || number > 0 {
                    problem.add_constraint(parts.as_slice(), relation, number as f64);
                }
            }
        }
        for run in 0..self.runs.len() {
            for (one, other) in &self.equal {
                let of = |counts: &[usize], weight: f64| -> Vec<(Variable, f64)> {
                    let variable = |count: &usize| variables.get(&(run, *count)).map(|variable| (*variable, weight));
                    counts.iter().filter_map(variable).collect()
                };
                let both = [of(one, 1.0), of(other, -1.0)].concat();
                problem.add_constraint(both.as_slice(), ComparisonOp::Eq, 0.0);
            }
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => {
                let values = variables.iter().map(|(part, variable)| (*part, solution.var_value(*variable)));
                Ok(Some(Fitting(values.collect())))
            }
            Err(microlp::Error::Unbounded) => Ok(None),
            Ok(SolveOutcome::Interrupted(_)) | Err(_) => Err(Contradiction),
        }
    }

    /// Those of a shown zero, and of a category that a row does not have.
    fn known_zeros(&self) -> Parts {
        let mut zeros = Parts::new();
        for (index, row) in self.rows.iter().enumerate() {
            for place in (0..=row.cells.len()).filter(|place| matches!(row.at(*place), Some((_, Cell::Shown(0))))) {
                zeros.extend(self.parts(index, place));
            }
            let has = |code: &str| row.categories.iter().any(|own| own == code);
            for run in self.runs_of(row) {
                let absent = self.made_of.iter().filter(|((table, code), _)| *table == row.table && !has(code));
                zeros.extend(absent.flat_map(|(_, counts)| counts.iter().map(move |count| (run, *count))));
                // Where a crossing does not name a pair, nobody was both.
                let pairs = self.counted.iter().enumerate();
                let absent = pairs.filter(|(_, (table, code))| *table == row.table && !has(code));
                zeros.extend(absent.map(|(count, _)| (run, count)));
            }
        }
        zeros
    }

    /// What is left of a cell or total when the shorter rows inside its period are taken away that show theirs: its
    /// count, and its parts. Nothing if there is no such row, or nothing is left.
    pub(super) fn remainder(&self, row: usize, position: usize) -> Option<(u64, Parts)> {
        let whole = self.rows.get(row)?;
        let (mut count, _) = whole.at(position)?;
        let mut runs: BTreeSet<usize> = self.runs_of(whole).into_iter().collect();
        let all = runs.len();
        let of_table = self.rows.iter().filter(|inner| inner.table == whole.table);
        let mut shorter: Vec<(&PublishedRow, Vec<usize>)> =
            of_table.map(|inner| (inner, self.runs_of(inner))).filter(|(_, inner)| inner.len() < all).collect();
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

    /// What a cell adds up; every category for the total.
    pub(super) fn parts(&self, row: usize, position: usize) -> Parts {
        let Some(published) = self.rows.get(row) else { return Parts::new() };
        let categories = match published.categories.get(position) {
            Some(category) => std::slice::from_ref(category),
            None => published.categories.as_slice(),
        };
        let of = |code: &String| self.made_of.get(&(published.table, code.as_str())).cloned().unwrap_or_default();
        let counts: Vec<usize> = categories.iter().flat_map(of).collect();
        let of_run = |run| counts.iter().map(move |count| (run, *count));
        self.runs_of(published).into_iter().flat_map(of_run).collect()
    }

    /// The runs that make a row's period.
    fn runs_of(&self, row: &PublishedRow) -> Vec<usize> {
        let (first, last) = row.period.bounds();
        let inside = |(_, run): &(usize, &(IsoWeek, IsoWeek))| first <= run.0 && run.1 <= last;
        self.runs.iter().enumerate().filter(inside).map(|(run, _)| run).collect()
    }
}

fn note<'a>(categories: &mut BTreeMap<TableId, Vec<&'a str>>, table: TableId, code: &'a str) {
    let known = categories.entry(table).or_default();
    if !known.contains(&code) {
        known.push(code);
    }
}
