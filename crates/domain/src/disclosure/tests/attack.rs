//! An attacker who knows the rules tries every table that fits what was published.

use super::super::*;
use super::k;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Everything a row could be, given what was published of it.
fn possible_rows(row: &[u64], out: &Suppressed) -> Vec<Vec<u64>> {
    let hidden = out.hidden();
    // Zeros are shown unless the total alone is published.
    let least = u64::from(!hidden.iter().any(|position| row[*position] == 0));
    let mut rest: u64 = hidden.iter().map(|position| row[*position]).sum();
    rest -= least * u64::try_from(hidden.len()).expect("few");
    let mut rows = Vec::new();
    let positions: Vec<usize> = hidden.into_iter().collect();
    spread(&positions, rest, least, &mut row.to_vec(), &mut rows);
    rows
}

fn spread(positions: &[usize], rest: u64, least: u64, row: &mut Vec<u64>, rows: &mut Vec<Vec<u64>>) {
    match positions {
        [] => {
            if rest == 0 {
                rows.push(row.clone());
            }
        }
        [last] => {
            row[*last] = least + rest;
            rows.push(row.clone());
        }
        [first, others @ ..] => {
            for extra in 0..=rest {
                row[*first] = least + extra;
                spread(others, rest - extra, least, row, rows);
            }
        }
    }
}

/// Values that each hidden cell takes in the possible tables.
fn values<'a>(rows: impl Iterator<Item = &'a Vec<u64>>, hidden: &BTreeSet<usize>) -> BTreeMap<usize, BTreeSet<u64>> {
    let mut values: BTreeMap<usize, BTreeSet<u64>> = BTreeMap::new();
    for row in rows {
        for position in hidden {
            values.entry(*position).or_default().insert(row[*position]);
        }
    }
    values
}

fn small_rows(width: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Vec<u64>> {
    let count = prop_oneof![2 => Just(0_u64), 4 => 1..5_u64, 3 => 5..10_u64];
    prop::collection::vec(count, width)
}

/// Every table that fits a longer release, with the sums of its columns.
fn possible_tables(table: &[Vec<u64>], out: &RollUp) -> Vec<(Vec<Vec<u64>>, Vec<u64>)> {
    let sums_of = |rows: &[Vec<u64>]| -> Vec<u64> {
        (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).sum()).collect()
    };
    let mut tables: Vec<Vec<Vec<u64>>> = vec![vec![]];
    for (row, published) in table.iter().zip(&out.rows) {
        let options = possible_rows(row, published);
        tables = tables
            .into_iter()
            .flat_map(|rows| options.iter().map(move |option| [rows.clone(), vec![option.clone()]].concat()))
            .collect();
    }
    tables
        .into_iter()
        .map(|rows| (sums_of(&rows), rows))
        .filter(|(sums, _)| {
            sums.iter().zip(&out.sums.cells).all(|(sum, cell)| match cell {
                Cell::Shown(count) => count == sum,
                Cell::Hidden => out.totals_only || *sum >= 1,
            })
        })
        .map(|(sums, rows)| (rows, sums))
        .collect()
}

fn fits_in_memory(table: &[Vec<u64>], out: &RollUp) -> bool {
    let product = table.iter().zip(&out.rows).map(|(row, published)| possible_rows(row, published).len());
    product.product::<usize>() <= 200_000
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_small_cell_of_a_row_can_be_computed(row in small_rows(1..=7), k_value in 3..=6_u64) {
        let threshold = k(k_value);
        let out = suppress(&row, threshold, &BTreeSet::new());
        if out.total.is_hidden() {
            return Ok(());
        }
        let possible = possible_rows(&row, &out);
        prop_assert!(possible.contains(&row));
        for (position, values) in values(possible.iter(), &out.hidden()) {
            prop_assert!(values.len() > 1 || !threshold.hides(row[position]), "{row:?} -> {out:?} at {position}");
        }
    }

    #[test]
    fn a_row_keeps_what_rules_1_to_3_promise(row in small_rows(0..=9), k_value in 3..=20_u64) {
        let threshold = k(k_value);
        let out = suppress(&row, threshold, &BTreeSet::new());
        let total: u64 = row.iter().sum();
        prop_assert_eq!(out.cells.len(), row.len());
        let all_ones = out.hidden().len() == row.len() && row.iter().all(|count| *count <= 1);
        prop_assert!(out.total == Cell::Shown(total) || threshold.hides(total) || all_ones);
        for (count, cell) in row.iter().zip(&out.cells) {
            prop_assert!(*cell == Cell::Hidden || *cell == Cell::Shown(*count), "never another number");
            prop_assert!(!threshold.hides(*count) || cell.is_hidden(), "D.4.1");
        }
        if !row.iter().any(|count| threshold.hides(*count)) {
            prop_assert!(out.hidden().is_empty(), "nothing small, nothing hidden");
        }
        let hidden: u64 = out.hidden().iter().map(|position| row[*position]).sum();
        prop_assert!(out.hidden().is_empty() || out.total.is_hidden() || (out.hidden().len() >= 2 && hidden >= k_value));
        prop_assert_eq!(&suppress(&row, threshold, &BTreeSet::new()), &out, "nothing but the input enters");
    }

    #[test]
    fn no_small_cell_can_be_computed_from_weeks_and_their_month(
        table in (2..=4_usize).prop_flat_map(|width| prop::collection::vec(small_rows(width..=width), 2..=3)),
        k_value in 3..=6_u64,
    ) {
        let threshold = k(k_value);
        let Ok(out) = roll_up(&table, threshold) else {
            return Ok(()); // a week was withheld
        };
        if !fits_in_memory(&table, &out) {
            return Ok(());
        }
        let possible = possible_tables(&table, &out);
        prop_assert!(possible.iter().any(|(rows, _)| *rows == table));
        for (index, (row, published)) in table.iter().zip(&out.rows).enumerate() {
            for (position, values) in values(possible.iter().map(|(rows, _)| &rows[index]), &published.hidden()) {
                prop_assert!(values.len() > 1 || !threshold.hides(row[position]), "{table:?} -> {out:?}");
            }
        }
        let sums: Vec<u64> = (0..table[0].len()).map(|column| table.iter().map(|row| row[column]).sum()).collect();
        for (position, values) in values(possible.iter().map(|(_, sums)| sums), &out.sums.hidden()) {
            prop_assert!(values.len() > 1 || !threshold.hides(sums[position]), "{table:?} -> {out:?}");
        }
    }

    #[test]
    fn merged_weeks_lose_nobody(weeks in prop::collection::vec(small_rows(3..=3), 1..=8), k_value in 3..=20_u64) {
        let threshold = k(k_value);
        let mut week = "2026-W50".parse::<crate::time::IsoWeek>().expect("week");
        let mut dated = Vec::new();
        for row in &weeks {
            dated.push((week, row.clone()));
            week = week.next();
        }
        let rows = merge_small_weeks(&dated, threshold);
        let published: u64 = rows.iter().flat_map(|(_, row)| row).sum();
        let all: u64 = weeks.iter().flatten().sum();
        prop_assert!(all - published == 0 || threshold.hides(all - published), "only a small rest is carried on");
        prop_assert!(rows.iter().all(|(_, row)| !threshold.hides(row.iter().sum())));
        for pair in rows.windows(2) {
            prop_assert!(!pair[0].0.overlaps(&pair[1].0));
        }
    }
}
