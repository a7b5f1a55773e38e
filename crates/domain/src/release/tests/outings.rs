//! What waits because few went out, and what is sensitive (D.4.7, D.4.8).

use super::crossed::{MANY, go_out};
use super::*;
use crate::ids::ItemCode;
use crate::programme::Item;
use crate::sync::night_log::SupplyRow;

fn gender(draft: &Draft) -> &Table {
    draft.release.tables.iter().find(|table| table.code == TableId::Gender.code()).expect("gender")
}

#[test]
fn contacts_of_a_week_with_two_outings_wait_for_the_next_week() {
    let (mut history, mut records) = (History::default(), Records::default());
    go_out(&mut records, 10, 2, &MANY, &[]);
    go_out(&mut records, 11, 3, &MANY, &[]);
    let draft = give(&mut history, &records, &wish("A", weekly(10))).expect("given");
    assert_eq!(gender(&draft).total, Some(Cell::Hidden), "153 contacts, and two teams to think of");
    assert!(gender(&draft).rows.iter().all(|row| row.cell == Cell::Hidden));
    let waits = |note: &&Note| note.table == TableId::Gender && note.why.contains(&Why::FewOutings);
    assert_eq!(draft.notes.iter().filter(waits).count(), 1);
    let draft = give(&mut history, &records, &wish("A", weekly(11))).expect("given");
    assert_eq!(gender(&draft).period, Some(Period::Weeks { first: week(10), last: week(11) }));
    assert_eq!(gender(&draft).total, Some(Cell::Shown(306)));
}

#[test]
fn nights_that_come_while_a_week_waits_are_counted_when_it_is_told() {
    let (mut history, mut records) = (History::default(), Records::default());
    go_out(&mut records, 10, 2, &MANY, &[]);
    give(&mut history, &records, &wish("A", weekly(10))).expect("withheld");
    go_out(&mut records, 10, 3, &MANY, &[]);
    go_out(&mut records, 11, 3, &MANY, &[]);
    let draft = give(&mut history, &records, &wish("A", weekly(11))).expect("given");
    assert_eq!(gender(&draft).total, Some(Cell::Shown(459)), "nobody has what was withheld");
    let other = give(&mut history, &records, &wish("B", weekly(10))).expect("given");
    assert_eq!(gender(&other).total, Some(Cell::Shown(306)), "who asks now finds five outings");
}

#[test]
fn who_comes_late_is_not_the_difference_of_persons_and_contacts() {
    let (mut history, mut records) = (History::default(), Records::default());
    for number in 10..14 {
        go_out(&mut records, number, 3, &MANY, &[]);
        give(&mut history, &records, &wish("A", weekly(number))).expect("given");
    }
    let month = |records: &Records| make(records, &programme(), &history, &wish("B", march()), &stamp()).expect("made");
    assert!(month(&records).release.unique.is_some());
    go_out(&mut records, 13, 1, &MANY[..1], &[]);
    let late = month(&records);
    assert_eq!(gender(&late).total, Some(Cell::Shown(4 * 153)));
    assert_eq!(late.release.unique, None, "40 persons more are counted today");
}

#[test]
fn a_correction_says_the_threshold_that_its_tables_were_made_under() {
    let records = records(&[(11, [6, 7, 8])]);
    let mut history = History::default();
    let first = give(&mut history, &records, &wish("A", weekly(11))).expect("given").release;
    let stricter = Programme { k_external: Threshold::CROSSED, ..programme() };
    let again = Wish { correct: true, ..wish("A", weekly(11)) };
    let second = make(&records, &stricter, &history, &again, &stamp()).expect("corrected").release;
    assert_eq!((second.rules, second.tables), (first.rules, first.tables));
}

#[test]
fn d4_8_sensitive_supplies_are_in_no_week_and_in_a_month_only_as_a_table_of_persons() {
    let code = ItemCode::new("naloxone");
    let handed = SupplyRow {
        item: code.clone(),
        loaded: 9,
        to_persons: 3,
        to_clients: 0,
        to_others: 0,
        returned: 6,
        wasted: 0,
        found: 0,
        adjusted: 0,
    };
    let programme = Programme { items: vec![Item { code, sensitive: true }], ..programme() };
    let mut records = Records::default();
    go_out(&mut records, 10, 3, &MANY, &[handed]);
    let said = |period: Period| {
        let draft = make(&records, &programme, &History::default(), &wish("A", period), &stamp()).expect("made");
        String::from_utf8(draft.release.to_bytes().expect("bytes")).expect("text")
    };
    assert!(!said(weekly(10)).contains("naloxone"), "{}", said(weekly(10)));
    let month = make(&records, &programme, &History::default(), &wish("A", march()), &stamp()).expect("made");
    let named: Vec<&Table> =
        month.release.tables.iter().filter(|table| table.rows.iter().any(|row| row.code == "naloxone")).collect();
    let [table] = named.as_slice() else { panic!("{named:?}") };
    assert_eq!((table.code.as_str(), table.rows[0].cell), (TableId::SensitiveSupplies.code(), Cell::Hidden));
}
