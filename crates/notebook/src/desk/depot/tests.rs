//! What is noted of the depot, and what the screen shows of it.

use super::super::tests::{desk, night_log, noon};
use super::*;
use domain::contact::Language;
use domain::sync::night_log::{NightLog, SupplyRow};
use domain::time::IsoWeek;

fn condoms() -> Pile {
    Pile::of(ItemCode::new("condom_ext"))
}

fn shown(desk: &Notebook) -> Vec<PileView> {
    let week: IsoWeek = "2026-W11".parse().unwrap();
    let records = records(desk, week, Depot::compared_from).unwrap();
    piles(&Depot::of(&records, week), desk.programme().unwrap())
}

#[test]
fn shows_an_item_that_nobody_counted_as_unknown_and_not_as_zero() {
    let (mut desk, _folder) = desk();
    let before = shown(&desk);
    assert_eq!(before.iter().map(|pile| (pile.item.as_str(), pile.stock)).collect::<Vec<_>>(), [("condom_ext", None)]);
    desk.note_depot(DepotMove::Count, &[(condoms(), 0)], noon(10)).unwrap();
    assert_eq!(shown(&desk)[0].stock, Some(0));
}

#[test]
fn keeps_counts_deliveries_and_orders_in_one_book() {
    let (mut desk, _folder) = desk();
    let english = Pile::leaflets(Language::En);
    desk.note_depot(DepotMove::Count, &[(condoms(), 300), (english.clone(), 40)], noon(10)).unwrap();
    desk.note_depot(DepotMove::Order, &[(condoms(), 200)], noon(11)).unwrap();
    assert_eq!(shown(&desk)[0].ordered, 200);
    desk.note_depot(DepotMove::Delivery, &[(condoms(), 180)], noon(12)).unwrap();
    desk.note_depot(DepotMove::Count, &[(condoms(), 470)], noon(13)).unwrap();
    let piles = shown(&desk);
    assert_eq!((piles[0].stock, piles[0].ordered), (Some(470), 0));
    let count = piles[0].last_count.unwrap();
    assert_eq!((count.counted, count.difference), (470, Some(-10)));
    assert_eq!((piles[1].language, piles[1].stock), (Some(Language::En), Some(40)));
}

#[test]
fn says_what_was_missing_at_a_count_by_the_nights_since_the_count_before() {
    let (mut desk, _folder) = desk();
    desk.note_depot(DepotMove::Count, &[(condoms(), 300)], noon(1)).unwrap();
    let handed = SupplyRow {
        item: condoms().item,
        loaded: 60,
        to_persons: 60,
        to_clients: 0,
        to_others: 0,
        returned: 0,
        wasted: 0,
        found: 0,
        adjusted: 0,
    };
    for (number, date) in [(1, 2), (2, 28)] {
        let log = NightLog { supplies: vec![handed.clone()], ..night_log(number, date) };
        desk.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
    }
    let after = Moment::at(noon(1).now + chrono::TimeDelta::days(60));
    desk.note_depot(DepotMove::Count, &[(condoms(), 180)], after).unwrap();
    let week: IsoWeek = "2026-W17".parse().unwrap();
    let records = records(&desk, week, Depot::compared_from).unwrap();
    let piles = piles(&Depot::of(&records, week), desk.programme().unwrap());
    assert_eq!(piles[0].last_count.unwrap().difference, Some(0), "nothing is missing");
}

#[test]
fn refuses_what_cannot_lie_in_the_depot() {
    let (mut desk, _folder) = desk();
    let leaflet = Pile::of(ItemCode::new("leaflet"));
    let spoken = Pile { language: Some(Language::En), ..condoms() };
    let unknown = Pile::of(ItemCode::new("gold"));
    let wrong: [&[(Pile, u32)]; 6] = [
        &[],
        &[(leaflet, 5)],
        &[(spoken, 5)],
        &[(unknown, 5)],
        &[(condoms(), MAX_PIECES + 1)],
        &[(condoms(), 5), (condoms(), 6)],
    ];
    for lines in wrong {
        let answer = desk.note_depot(DepotMove::Count, lines, noon(10));
        assert!(matches!(answer.unwrap_err(), NotebookError::InvalidInput(_)), "{lines:?}");
    }
    let nothing = desk.note_depot(DepotMove::Delivery, &[(condoms(), 0)], noon(10));
    assert!(matches!(nothing.unwrap_err(), NotebookError::InvalidInput(_)));
    assert!(desk.list_desk_entries().unwrap().is_empty());
}
