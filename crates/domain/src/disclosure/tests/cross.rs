//! Crossings (D.4.4), against an attacker who tries every table there could be.

use super::super::*;
use super::k;
use crate::time::Period;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn half() -> Period {
    "2026-H1".parse().expect("half-year")
}

fn table(counts: &[&[u64]]) -> CrossedTable {
    let names = |letter: &str, number: usize| (0..number).map(|place| format!("{letter}{place}")).collect();
    CrossedTable {
        table: TableId::GenderAge,
        period: half(),
        lines: names("l", counts.len()),
        columns: names("c", counts.first().map_or(0, |line| line.len())),
        counts: counts.iter().map(|line| line.to_vec()).collect(),
    }
}

fn alone(counts: &[&[u64]], threshold: u64) -> CrossedShown {
    cross(&table(counts), &[], k(threshold), k(threshold.min(5)))
}

fn text(shown: &CrossedShown) -> Vec<String> {
    let join = |cells: &[Cell], total: Cell| {
        cells.iter().chain([&total]).map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let lines = shown.cells.iter().zip(&shown.line_totals).map(|(cells, total)| join(cells, *total));
    lines.chain([join(&shown.column_totals, shown.total)]).collect()
}

#[test]
fn d4_4_a_crossing_is_for_half_a_year_and_of_two_pairs_only() {
    let allowed = |id: TableId, period: &str| id.allows(&period.parse().expect("period"));
    for id in [TableId::GenderAge, TableId::GenderMacro] {
        assert!(["2026-W11", "2026-03", "2026-Q1"].iter().all(|period| !allowed(id, period)), "{id}");
        assert!(allowed(id, "2026-H1"));
        assert_eq!((id.threshold(k(5)), id.threshold(k(12))), (Threshold::CROSSED, k(12)));
    }
    let crossed: Vec<_> = TableId::ALL.iter().filter_map(|id| id.crossed()).collect();
    assert_eq!(crossed, [[TableId::Gender, TableId::Age], [TableId::Gender, TableId::Macro]]);
    assert_eq!(TableId::Zone.threshold(k(5)), k(5));
}

#[test]
fn d4_4_shows_what_is_large_and_zeros() {
    let shown = alone(&[&[40, 60, 0], &[12, 31, 10]], 10);
    assert_eq!(text(&shown), ["40 60 0 100", "12 31 10 53", "52 91 10 153"]);
    assert!(shown.why.is_empty());
}

#[test]
fn d4_4_protects_a_small_cell_in_its_line_and_in_its_column() {
    let shown = alone(&[&[40, 60, 55], &[4, 31, 20], &[30, 25, 60]], 10);
    assert_eq!(text(&shown), ["40 60 55 155", "* 31 * 55", "* 25 * 115", "74 116 135 325"]);
    assert_eq!(shown.why, BTreeSet::from([Why::Small, Why::Complement]));
}

#[test]
fn d4_4_of_few_people_not_even_what_they_are_not_is_shown() {
    let shown = alone(&[&[40, 60, 55], &[4, 0, 0], &[30, 25, 60]], 10);
    let expected = ["40 60 55 155", "* * * *", "* * * *", "74 85 115 274"];
    assert_eq!(text(&shown), expected, "zeros would say that all four are of the first column");
}

#[test]
fn d4_4_hides_more_where_lines_and_columns_together_give_a_small_one_away() {
    let shown = alone(&[&[0, 1, 31], &[3, 12, 15], &[0, 31, 11]], 10);
    assert_eq!(text(&shown), ["* * * 32", "* * 15 30", "* * * 42", "* * 57 104"]);
    assert!(shown.why.contains(&Why::Audit), "no line and no column alone asks for it");
}

#[test]
fn d4_4_is_withheld_with_a_small_total() {
    let shown = alone(&[&[3, 2], &[1, 0]], 10);
    assert_eq!((shown.total, shown.why), (Cell::Hidden, BTreeSet::from([Why::SmallTotal])));
    assert_eq!(text(&alone(&[&[0, 0], &[0, 0]], 10)), ["0 0 0", "0 0 0", "0 0 0"]);
}

#[test]
fn d4_4_a_margin_that_others_have_in_weeks_is_not_given_away() {
    // Somebody has the weeks of the lines: 4 persons of the second line are hidden in one of them.
    let week = |name: &str, counts: [u64; 2], cells: [Cell; 2]| PublishedRow {
        table: TableId::Gender,
        period: name.parse().expect("week"),
        categories: vec!["l0".into(), "l1".into()],
        counts: counts.to_vec(),
        cells: cells.to_vec(),
        total: Cell::Shown(counts.iter().sum()),
        k: k(5),
        is_given: true,
        blank: BTreeSet::new(),
    };
    let hidden = [Cell::Hidden, Cell::Hidden];
    let given = [week("2026-W10", [30, 12], [Cell::Shown(30), Cell::Shown(12)]), week("2026-W11", [26, 4], hidden)];
    let crossed = table(&[&[30, 26], &[6, 10]]);
    let shown = cross(&crossed, &given, k(10), k(5));
    assert!(shown.line_totals.iter().all(|total| total.is_hidden()), "16 less 12 would be 4: {shown:?}");
    let rows: Vec<PublishedRow> = given.iter().cloned().chain(shown.rows(&crossed, k(10))).collect();
    assert_eq!(pinned(&rows, k(5)), Ok(vec![]));
}

/// Whether a table fits what was published. What a line or column hides whole with its total may be zero.
fn fits(shown: &CrossedShown, counts: &[Vec<u64>]) -> bool {
    let sum_line = |line: usize| counts[line].iter().sum::<u64>();
    let sum_column = |column: usize| counts.iter().map(|line| line[column]).sum::<u64>();
    let is = |cell: Cell, count: u64, least: u64| cell.shown().map_or(count >= least, |shown| shown == count);
    let (height, width) = (counts.len(), shown.column_totals.len());
    let everything = shown.line_totals.iter().chain(&shown.column_totals).all(|total| total.is_hidden())
        && shown.cells.iter().flatten().all(|cell| cell.is_hidden());
    let hides = |cell: Cell, other: Cell| cell.is_hidden() || other == Cell::Shown(0);
    let blank_line = |line: usize| {
        let all = (0..width).all(|column| hides(shown.cells[line][column], shown.column_totals[column]));
        shown.line_totals[line].is_hidden() && all
    };
    let blank_column = |column: usize| {
        let all = (0..height).all(|line| hides(shown.cells[line][column], shown.line_totals[line]));
        shown.column_totals[column].is_hidden() && all
    };
    let least = |line: usize, column: usize| u64::from(!blank_line(line) && !blank_column(column) && !everything);
    let of_margin = u64::from(!everything);
    (0..height).all(|line| is(shown.line_totals[line], sum_line(line), of_margin))
        && (0..width).all(|column| is(shown.column_totals[column], sum_column(column), of_margin))
        && (0..height).all(|line| {
            (0..width).all(|column| is(shown.cells[line][column], counts[line][column], least(line, column)))
        })
}

/// Every table with this sum.
fn every(sum: u64, cells: usize) -> Vec<Vec<u64>> {
    if cells == 1 {
        return vec![vec![sum]];
    }
    let with = |first: u64| every(sum - first, cells - 1).into_iter().map(move |rest| [vec![first], rest].concat());
    (0..=sum).flat_map(with).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_small_cell_of_a_crossing_can_be_computed(
        counts in prop::collection::vec(prop::sample::select(vec![0_u64, 0, 1, 2, 3, 4, 5]), 6),
        is_wide in any::<bool>(), threshold in 3..=4_u64,
    ) {
        let width = if is_wide { 3 } else { 2 };
        let lines: Vec<&[u64]> = counts.chunks(width).collect();
        let shown = alone(&lines, threshold);
        let sum: u64 = counts.iter().sum();
        if shown.total.is_hidden() {
            return Ok(());
        }
        prop_assert_eq!(shown.total, Cell::Shown(sum));
        let tables: Vec<Vec<Vec<u64>>> = every(sum, 6)
            .into_iter()
            .map(|table| table.chunks(width).map(<[u64]>::to_vec).collect())
            .filter(|table: &Vec<Vec<u64>>| fits(&shown, table))
            .collect();
        for (line, cells) in shown.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let own = lines[line][column];
                prop_assert!(cell.is_hidden() || *cell == Cell::Shown(own), "never another number");
                prop_assert!(!k(threshold).hides(own) || cell.is_hidden(), "rule 1: {:?}", text(&shown));
                let values: BTreeSet<u64> = tables.iter().map(|table| table[line][column]).collect();
                prop_assert!(values.contains(&own));
                prop_assert!(cell.shown().is_some() || !k(threshold).hides(own) || values.len() > 1, "{lines:?} {:?}", text(&shown));
            }
        }
    }
}
