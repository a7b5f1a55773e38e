//! Fixture vectors and examples; the attacks are in [`attack`].

mod attack;
mod audit;
mod cross;
mod ledger;

use super::*;
use crate::time::{IsoWeek, Period};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn k(value: u64) -> Threshold {
    Threshold::new(value).expect("threshold")
}

fn week(text: &str) -> IsoWeek {
    text.parse().expect("week")
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../tests/fixtures/week-2026-W11.json")).expect("fixture")
}

fn counts(row: &Value) -> Vec<u64> {
    row.as_array().expect("row").iter().map(|count| count.as_u64().expect("count")).collect()
}

fn cells(row: &Value) -> Vec<Cell> {
    serde_json::from_value(row.clone()).expect("cells")
}

fn plain(row: &[u64]) -> Suppressed {
    suppress(row, k(5), &BTreeSet::new())
}

#[test]
fn d4_1_to_3_reproduce_the_fixture() {
    let vectors = fixture()["expected"]["suppression_vectors"].as_array().expect("vectors").clone();
    assert_eq!(vectors.len(), 10);
    for vector in vectors {
        let row: Vec<u64> = vector["cells"].as_array().expect("cells").iter().filter_map(|c| c[1].as_u64()).collect();
        let out = suppress(&row, k(vector["k"].as_u64().expect("k")), &BTreeSet::new());
        assert_eq!(out.cells, cells(&vector["out"]), "{vector}");
        assert_eq!(json!(out.total), vector["total"], "{vector}");
    }
}

#[test]
fn d4_6_reproduces_the_fixture() {
    let vectors = fixture()["expected"]["month_guard_vectors"].as_array().expect("vectors").clone();
    assert_eq!(vectors.len(), 5);
    for vector in vectors {
        let weeks: Vec<Vec<u64>> = vector["weeks"].as_array().expect("weeks").iter().map(counts).collect();
        let out = roll_up(&weeks, k(vector["k"].as_u64().expect("k"))).expect("published weeks");
        let weekly: Vec<Vec<Cell>> = vector["weekly_out"].as_array().expect("weekly").iter().map(cells).collect();
        assert_eq!(out.rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>(), weekly, "{vector}");
        assert_eq!(out.sums.cells, cells(&vector["month_out"]), "{vector}");
        assert_eq!(json!(out.sums.total), vector["month_total"], "{vector}");
        assert_eq!(json!(out.totals_only), vector["totals_only"], "{vector}");
    }
}

#[test]
fn d4_1_shows_zeros_and_counts_from_k() {
    assert_eq!(plain(&[0, 5, 30]).cells, [Cell::Shown(0), Cell::Shown(5), Cell::Shown(30)]);
    assert!(plain(&[0, 5, 30]).why.is_empty());
}

#[test]
fn d4_2_hides_the_smallest_visible_cell_with_a_lone_small_one() {
    let out = plain(&[0, 4, 9, 12]);
    assert_eq!(out.hidden(), BTreeSet::from([1, 2]));
    assert_eq!(out.why, BTreeSet::from([Why::Small, Why::Complement]));
    assert_eq!(plain(&[3, 3, 11]).why, BTreeSet::from([Why::Small]), "two small ones protect each other");
}

#[test]
fn d4_2_hides_one_more_when_the_hidden_cells_could_only_be_ones() {
    let out = plain(&[1, 1, 1, 1, 1, 25, 40]);
    assert_eq!(out.hidden(), BTreeSet::from([0, 1, 2, 3, 4, 5]), "five hidden cells that sum to five");
    let out = plain(&[1, 1, 1, 1, 1, 0]);
    assert_eq!((out.hidden().len(), out.total), (6, Cell::Shown(5)), "zeros go too: the total alone");
    assert!(plain(&[1, 1, 1, 1, 1]).total.is_hidden(), "nothing is left to hide behind");
}

#[test]
fn d4_3_withholds_a_small_total_and_merges_it_with_the_next_week() {
    assert!(plain(&[3, 0]).total.is_hidden());
    let (w11, w12, w13, w14) = (week("2026-W11"), week("2026-W12"), week("2026-W13"), week("2026-W14"));
    let weeks = [(w11, vec![3, 0]), (w12, vec![4, 6]), (w13, vec![0, 0]), (w14, vec![1, 1])];
    let rows = merge_small_weeks(&weeks, k(5));
    let expected = [(Period::Weeks { first: w11, last: w12 }, vec![7, 6]), (Period::week(w13), vec![0, 0])];
    assert_eq!(rows, expected, "week 14 is carried into the next");
}

#[test]
fn d4_7_refuses_class_s_in_a_week() {
    let counts = [("exit_requests".to_owned(), 7)];
    let make = |period| ReleasedTable::new(TableId::ExitRequests, period, &counts, k(5));
    assert_eq!(make(Period::week(week("2026-W11"))).err(), Some(Refusal::PeriodTooShort));
    let month = Period::Month { month: "2026-03".parse().expect("month") };
    assert_eq!(make(month).expect("a month is long enough").total, Cell::Shown(7));
}

#[test]
fn d4_9_publishes_a_range_and_a_ratio_only_over_enough_people() {
    let range = UniqueRange { min: 4, max: 20 };
    assert_eq!(range.released(k(5)), None);
    assert_eq!(range.released(k(4)), Some(range));
    assert_eq!(ratio_x10(246, 30, k(5)), Some(82));
    assert_eq!(ratio_x10(33, 20, k(5)), Some(17), "1.65 rounds half up");
    assert_eq!(ratio_x10(8, 4, k(5)), None);
}

#[test]
fn writes_a_table_in_category_order_without_reasons() {
    let counts = [("woman".to_owned(), 26), ("trans".to_owned(), 4), ("man".to_owned(), 0)];
    let table = ReleasedTable::new(TableId::Gender, Period::week(week("2026-W11")), &counts, k(5)).expect("table");
    let text = serde_json::to_string(&table).expect("json");
    assert_eq!(text, r#"{"cells":{"woman":"*","trans":"*","man":0},"total":30}"#);
}

#[test]
fn reads_a_cell_back() {
    assert_eq!(cells(&json!([0, "*", 7])), [Cell::Shown(0), Cell::Hidden, Cell::Shown(7)]);
    assert!(serde_json::from_value::<Cell>(json!("<5")).is_err());
    assert!(serde_json::from_value::<Cell>(json!(-1)).is_err());
}

#[test]
fn refuses_a_threshold_outside_its_range() {
    assert!(Threshold::new(2).is_err() && Threshold::new(21).is_err());
    assert!(serde_json::from_str::<Threshold>("2").is_err());
    assert_eq!(serde_json::to_string(&Threshold::DEFAULT).ok().as_deref(), Some("5"));
}

#[test]
fn d4_6_hides_a_sum_whose_hidden_weeks_have_few_people_together() {
    let out = roll_up(&[vec![1, 9, 9], vec![2, 9, 9], vec![9, 9, 9]], k(5)).expect("published weeks");
    assert_eq!(out.sums.hidden(), BTreeSet::from([0, 1]), "12 less the 9 that is shown would be the 3 of two weeks");
}

#[test]
fn d4_6_refuses_rows_that_were_never_published() {
    assert_eq!(roll_up(&[vec![3, 0], vec![9, 9]], k(5)), Err(RollUpError::WithheldRow));
    assert_eq!(roll_up(&[vec![9, 9], vec![9]], k(5)), Err(RollUpError::Ragged));
}

#[test]
fn d4_6_sees_what_only_a_combination_of_rows_and_columns_gives_away() {
    // Rows 1 and 2 minus columns 1 and 4 leave the 2 of row 2, which no single sum does.
    let weeks = [vec![5, 6, 0, 1], vec![4, 6, 2, 5], vec![0, 2, 4, 6]];
    let out = roll_up(&weeks, k(6)).expect("published weeks");
    assert_eq!(out.sums.hidden().len(), 3, "one more than adding and subtracting cell by cell would ask for");
}
