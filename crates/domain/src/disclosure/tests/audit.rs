//! The audit over everything released, against an attacker who tries every table there could be.

use super::super::*;
use super::{k, week};
use crate::time::Period;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn weekly(number: usize) -> Period {
    Period::week(week(&format!("2026-W{:02}", 10 + number)))
}

fn names(width: usize) -> Vec<String> {
    (0..width).map(|position| format!("c{position}")).collect()
}

fn row(period: Period, counts: &[u64], shown: &Suppressed, threshold: Threshold) -> PublishedRow {
    PublishedRow {
        period,
        categories: names(counts.len()),
        counts: counts.to_vec(),
        cells: shown.cells.clone(),
        total: shown.total,
        k: threshold,
        is_given: true,
    }
}

/// A week that nobody has.
fn silent(period: Period, counts: &[u64], threshold: Threshold) -> PublishedRow {
    let nothing = Suppressed { cells: vec![Cell::Hidden; counts.len()], total: Cell::Hidden, why: BTreeSet::new() };
    PublishedRow { is_given: false, ..row(period, counts, &nothing, threshold) }
}

fn all_weeks(weeks: usize) -> Period {
    let (first, last) = (weekly(0).bounds().0, weekly(weeks - 1).bounds().1);
    Period::Weeks { first, last }
}

/// Every way to put `sum` into `cells` cells of at least `least`.
fn splits(sum: u64, cells: usize, least: u64) -> Vec<Vec<u64>> {
    if cells == 0 {
        return if sum == 0 { vec![vec![]] } else { vec![] };
    }
    let with = |first: u64| {
        let rest = sum.checked_sub(first).map_or_else(Vec::new, |rest| splits(rest, cells - 1, least));
        rest.into_iter().map(move |rest| [vec![first], rest].concat())
    };
    (least..=sum).flat_map(with).collect()
}

fn least(row: &PublishedRow) -> u64 {
    u64::from(!(row.total.is_hidden() || row.cells.iter().all(|cell| cell.is_hidden()) && row.counts.contains(&0)))
}

/// Every row that fits what was published of it; `most` where not even the total was.
fn possible(row: &PublishedRow, most: u64) -> Vec<Vec<u64>> {
    let totals = row.total.shown().map_or_else(|| (u64::from(row.is_given)..=most).collect(), |total| vec![total]);
    let shown: u64 = row.cells.iter().filter_map(|cell| cell.shown()).sum();
    let hidden = row.cells.iter().filter(|cell| cell.is_hidden()).count();
    let mut rows = Vec::new();
    for total in totals {
        for split in splits(total.saturating_sub(shown), hidden, least(row)) {
            let mut split = split.into_iter();
            rows.push(row.cells.iter().map(|cell| cell.shown().or_else(|| split.next()).unwrap()).collect());
        }
    }
    rows
}

/// The values that each cell and total of each row can have; the last row is the sum of the others.
fn values(weeks: &[PublishedRow], whole: &PublishedRow) -> Option<Vec<Vec<BTreeSet<u64>>>> {
    // Of what nothing is known there may always be one more.
    let most = whole.counts.iter().sum::<u64>() + 1;
    let mut tables: Vec<Vec<Vec<u64>>> = vec![vec![]];
    for week in weeks {
        let options = possible(week, most);
        tables = tables
            .into_iter()
            .flat_map(|rows| options.iter().map(move |option| [rows.clone(), vec![option.clone()]].concat()))
            .collect();
        if tables.len() > 3_000 {
            return None;
        }
    }
    let width = whole.counts.len();
    let mut values = vec![vec![BTreeSet::new(); width + 1]; weeks.len() + 1];
    for mut table in tables {
        let sums: Vec<u64> = (0..width).map(|column| table.iter().map(|row| row[column]).sum()).collect();
        let fits = sums.iter().zip(&whole.cells).all(|(sum, cell)| match cell {
            Cell::Shown(count) => count == sum,
            Cell::Hidden => *sum >= least(whole),
        }) && whole.total.shown().is_none_or(|total| total == sums.iter().sum::<u64>());
        if fits {
            table.push(sums);
            for (values, row) in values.iter_mut().zip(&table) {
                for (values, count) in values.iter_mut().zip(row.iter().copied().chain([row.iter().sum()])) {
                    values.insert(count);
                }
            }
        }
    }
    Some(values)
}

fn known(rows: &[PublishedRow], values: &[Vec<BTreeSet<u64>>], threshold: Threshold) -> Vec<Place> {
    let mut known = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let total = (row.total, row.counts.iter().sum());
        let cells = row.cells.iter().copied().zip(row.counts.iter().copied()).chain([total]);
        for (place, ((cell, count), values)) in cells.zip(&values[index]).enumerate() {
            if cell.is_hidden() && threshold.hides(count) && values.len() == 1 {
                known.push((index, place));
            }
        }
    }
    known
}

fn table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let count = prop::sample::select(vec![0_u64, 0, 1, 2, 3, 4, 5, 6, 7, 9]);
    (2..=3_usize, 2..=3_usize)
        .prop_flat_map(move |(weeks, width)| prop::collection::vec(prop::collection::vec(count.clone(), width), weeks))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn the_audit_finds_what_trying_every_table_finds(table in table(), k_value in 3..=6_u64) {
        let threshold = k(k_value);
        let none = BTreeSet::new();
        let weeks: Vec<PublishedRow> = table
            .iter()
            .enumerate()
            .map(|(number, counts)| row(weekly(number), counts, &suppress(counts, threshold, &none), threshold))
            .collect();
        let sums: Vec<u64> = (0..table[0].len()).map(|column| table.iter().map(|row| row[column]).sum()).collect();
        // A longer row that nobody guarded.
        let whole = row(all_weeks(table.len()), &sums, &suppress(&sums, threshold, &none), threshold);
        let Some(values) = values(&weeks, &whole) else { return Ok(()) };
        let rows: Vec<PublishedRow> = weeks.into_iter().chain([whole]).collect();
        prop_assert_eq!(pinned(&rows, threshold).expect("made of real counts"), known(&rows, &values, threshold));
    }

    #[test]
    fn nothing_small_can_be_computed_from_weeks_of_one_and_their_sum_of_another(
        table in table(), k_value in 3..=6_u64, other in 3..=8_u64, first in any::<bool>(),
    ) {
        let (weekly_k, sum_k) = (k(k_value), k(other));
        let floor = weekly_k.min(sum_k);
        let width = table[0].len();
        let sums: Vec<u64> = (0..width).map(|column| table.iter().map(|row| row[column]).sum()).collect();
        let mut wanted: Vec<(Period, Vec<u64>, Threshold)> =
            table.iter().enumerate().map(|(number, counts)| (weekly(number), counts.clone(), weekly_k)).collect();
        let at = if first { 0 } else { wanted.len() };
        wanted.insert(at, (all_weeks(table.len()), sums, sum_k));
        let mut given: Vec<PublishedRow> = Vec::new();
        for (period, counts, threshold) in wanted {
            let candidate = Candidate { period, categories: names(width), counts: counts.clone() };
            let is_silent = |number: &usize| {
                period != weekly(*number) && given.iter().all(|row: &PublishedRow| row.period != weekly(*number))
            };
            let silent = (0..table.len()).filter(is_silent).map(|number| silent(weekly(number), &table[number], floor));
            let all: Vec<PublishedRow> = given.iter().cloned().chain(silent).collect();
            let shown = protect(&candidate, &all, threshold, floor);
            given.push(row(period, &counts, &shown, threshold));
        }
        let whole = given.remove(at);
        let Some(values) = values(&given, &whole) else { return Ok(()) };
        given.push(whole);
        prop_assert_eq!(known(&given, &values, floor), vec![], "{:?}", given);
    }
}

#[test]
fn a_longer_row_hides_what_one_week_would_be_left_with() {
    let threshold = k(5);
    let weeks = [vec![4, 26, 12], vec![6, 20, 12], vec![7, 30, 12]];
    let none = BTreeSet::new();
    let given: Vec<PublishedRow> = weeks
        .iter()
        .enumerate()
        .map(|(number, counts)| row(weekly(number), counts, &suppress(counts, threshold, &none), threshold))
        .collect();
    let candidate = Candidate { period: all_weeks(3), categories: names(3), counts: vec![17, 76, 36] };
    let shown = protect(&candidate, &given, threshold, threshold);
    assert_eq!(shown.hidden(), BTreeSet::from([0, 2]));
    assert_eq!(shown.total, Cell::Shown(129));
}

#[test]
fn a_total_that_would_give_away_a_withheld_week_is_withheld_too() {
    let threshold = k(5);
    let none = BTreeSet::new();
    let given: Vec<PublishedRow> = [vec![9, 9], vec![1, 2]]
        .iter()
        .enumerate()
        .map(|(number, counts)| row(weekly(number), counts, &suppress(counts, threshold, &none), threshold))
        .collect();
    assert!(given[1].total.is_hidden());
    let candidate = Candidate { period: all_weeks(2), categories: names(2), counts: vec![10, 11] };
    let shown = protect(&candidate, &given, threshold, threshold);
    assert!(shown.total.is_hidden() && shown.why.contains(&Why::Audit), "{shown:?}");
}

#[test]
fn rows_that_contradict_each_other_show_nothing_more() {
    let threshold = k(5);
    let shown = suppress(&[9, 9], threshold, &BTreeSet::new());
    let given = [row(weekly(0), &[9, 9], &shown, threshold)];
    // Amended in between: the sum is smaller than its part.
    let candidate = Candidate { period: all_weeks(2), categories: names(2), counts: vec![8, 20] };
    assert!(!protect(&candidate, &given, threshold, threshold).total.is_hidden(), "nothing small in sight");
    let candidate = Candidate { counts: vec![8, 1], ..candidate };
    assert!(protect(&candidate, &given, threshold, threshold).total.is_hidden());
    let small = [8, 20, 1];
    let hidden = Suppressed {
        cells: vec![Cell::Shown(8), Cell::Hidden, Cell::Hidden],
        total: Cell::Shown(29),
        why: BTreeSet::new(),
    };
    let rows = [given[0].clone(), row(all_weeks(2), &small, &hidden, threshold)];
    assert_eq!(pinned(&rows, threshold), Err(Contradiction));
}
