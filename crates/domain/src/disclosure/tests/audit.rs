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
        table: TableId::Zone,
        period,
        categories: names(counts.len()),
        counts: counts.to_vec(),
        cells: shown.cells.clone(),
        total: shown.total,
        k: threshold,
        is_given: true,
        blank: BTreeSet::new(),
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
    let somebody = u64::from(row.is_given && row.counts.iter().any(|count| *count > 0));
    let totals = row.total.shown().map_or_else(|| (somebody..=most).collect(), |total| vec![total]);
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

/// Every table that fits everything published; the last row is the sum of the others.
fn tables(weeks: &[PublishedRow], whole: &PublishedRow) -> Option<Vec<Vec<Vec<u64>>>> {
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
    let sums = |table: &[Vec<u64>]| -> Vec<u64> {
        (0..whole.counts.len()).map(|column| table.iter().map(|row| row[column]).sum()).collect()
    };
    let fits = |sums: &[u64]| {
        sums.iter().zip(&whole.cells).all(|(sum, cell)| match cell {
            Cell::Shown(count) => count == sum,
            Cell::Hidden => *sum >= least(whole),
        }) && whole.total.shown().is_none_or(|total| total == sums.iter().sum::<u64>())
    };
    let whole_tables = tables.into_iter().map(|table| {
        let sums = sums(&table);
        [table, vec![sums]].concat()
    });
    Some(whole_tables.filter(|table| table.last().is_some_and(|sums| fits(sums))).collect())
}

fn at(row: &[u64], place: usize) -> u64 {
    row.get(place).copied().unwrap_or_else(|| row.iter().sum())
}

fn cell(row: &PublishedRow, place: usize) -> Cell {
    row.cells.get(place).copied().unwrap_or(row.total)
}

/// The small counts that all tables agree on: of a hidden cell or total, and of what the weeks that hide theirs add up
/// to. The last row is the sum of the others.
fn known(rows: &[PublishedRow], tables: &[Vec<Vec<u64>>], threshold: Threshold) -> Vec<Place> {
    let mut known = Vec::new();
    let (weeks, width) = (rows.len() - 1, rows[0].counts.len());
    let is_known = |index: usize, place: usize, of: &dyn Fn(&[Vec<u64>]) -> u64| {
        let truth: Vec<Vec<u64>> = rows.iter().map(|row| row.counts.clone()).collect();
        let values: BTreeSet<u64> = tables.iter().map(|table| of(table)).collect();
        assert!(values.contains(&of(&truth)), "the attacker has ruled out what is true: row {index}, place {place}");
        threshold.hides(of(&truth)) && values.len() == 1
    };
    for (index, row) in rows.iter().enumerate() {
        for place in 0..=width {
            let alone = cell(row, place).is_hidden() && is_known(index, place, &|table| at(&table[index], place));
            let hiding: Vec<usize> = (0..weeks).filter(|week| cell(&rows[*week], place).is_hidden()).collect();
            let is_part = index == weeks && !hiding.is_empty() && hiding.len() < weeks;
            let together = |table: &[Vec<u64>]| hiding.iter().map(|week| at(&table[*week], place)).sum();
            if alone || is_part && is_known(index, place, &together) {
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
        let Some(tables) = tables(&weeks, &whole) else { return Ok(()) };
        let rows: Vec<PublishedRow> = weeks.into_iter().chain([whole]).collect();
        prop_assert_eq!(pinned(&rows, threshold).expect("made of real counts"), known(&rows, &tables, threshold));
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
            let candidate = Candidate { table: TableId::Zone, period, categories: names(width), counts: counts.clone() };
            let is_silent = |number: &usize| {
                period != weekly(*number) && given.iter().all(|row: &PublishedRow| row.period != weekly(*number))
            };
            let silent = (0..table.len()).filter(is_silent).map(|number| silent(weekly(number), &table[number], floor));
            let all: Vec<PublishedRow> = given.iter().cloned().chain(silent).collect();
            let shown = protect(&candidate, &all, threshold, floor);
            given.push(row(period, &counts, &shown, threshold));
        }
        let whole = given.remove(at);
        let Some(tables) = tables(&given, &whole) else { return Ok(()) };
        given.push(whole);
        prop_assert_eq!(known(&given, &tables, floor), vec![], "{:?}", given);
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
    let candidate =
        Candidate { table: TableId::Zone, period: all_weeks(3), categories: names(3), counts: vec![17, 76, 36] };
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
    let candidate =
        Candidate { table: TableId::Zone, period: all_weeks(2), categories: names(2), counts: vec![10, 11] };
    let shown = protect(&candidate, &given, threshold, threshold);
    assert!(shown.total.is_hidden() && shown.why.contains(&Why::Audit), "{shown:?}");
}

#[test]
fn a_withheld_week_may_be_one_of_nobody() {
    let threshold = k(3);
    let withheld =
        |number: usize, counts: &[u64]| row(weekly(number), counts, &Suppressed::withheld(counts.len()), threshold);
    let total_only = Suppressed { total: Cell::Shown(5), ..Suppressed::withheld(2) };
    let first = row(weekly(0), &[3, 0], &suppress(&[3, 0], threshold, &BTreeSet::new()), threshold);
    let rows = [first, withheld(1, &[0, 2]), withheld(2, &[0, 0]), row(all_weeks(3), &[3, 2], &total_only, threshold)];
    // Two persons in both weeks together, and whoever reads it cannot tell in which.
    assert_eq!(pinned(&rows, threshold), Ok(vec![(3, 2)]));
}

#[test]
fn rows_that_contradict_each_other_show_nothing_more() {
    let threshold = k(5);
    let shown = suppress(&[9, 9], threshold, &BTreeSet::new());
    let given = [row(weekly(0), &[9, 9], &shown, threshold)];
    // Amended in between: the sum is smaller than its part.
    let candidate = Candidate { table: TableId::Zone, period: all_weeks(2), categories: names(2), counts: vec![8, 20] };
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
