use super::*;
use crate::ids::{DeviceId, OperatorCode, OutingId, UnitId};
use crate::indicator::{Records, Source};
use crate::outing::{OutingType, Weather};
use crate::programme::Policy;
use crate::supply::{Leaflet, LeafletTopic};
use crate::sync::night_log::{DeskEntry, LeafletRow, NightLog, OutingRow, SupplyRow};
use crate::time::{IsoWeek, instant_of};
use chrono::{Duration, NaiveDate, NaiveTime};
use uuid::Uuid;

const W11: &str = "2026-W11";

fn at(day: u32, hour: u32) -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(2026, 3, day).expect("date");
    instant_of(date, NaiveTime::from_hms_opt(hour, 0, 0).expect("time"))
}

fn condoms() -> Pile {
    Pile::of(ItemCode::new("condom_ext"))
}

/// A night from 21 to 1: loaded, handed out, returned, lost.
fn night(id: u128, day: u32, [loaded, out, returned, lost]: [i64; 4]) -> NightLog {
    let start_at = at(day, 21);
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(id)),
            unit: UnitId::new("BS-U1"),
            outing_type: OutingType::StreetNight,
            date: operational(day),
            start_at,
            end_at: start_at + Duration::hours(4),
            crew: vec![],
            km: None,
            weather: Weather::NotRecorded,
            cancelled: None,
            reviewed_at: start_at + Duration::hours(12),
            reviewed_by: OperatorCode::new("OP-A"),
        },
        contacts: vec![],
        observations: vec![],
        supplies: vec![SupplyRow {
            item: ItemCode::new("condom_ext"),
            loaded,
            to_persons: out,
            to_clients: 0,
            to_others: 0,
            returned,
            wasted: lost,
            found: 0,
            adjusted: 0,
        }],
        leaflets: vec![],
        referrals: vec![],
        follow_ups: vec![],
        accompaniments: vec![],
        incidents: vec![],
        presence: vec![],
        amendments: vec![],
    }
}

fn operational(day: u32) -> NaiveDate {
    crate::time::operational_date(at(day, 21))
}

fn row(id: u128, at: DateTime<Utc>, kind: DepotMove, quantity: u32) -> DepotRow {
    DepotRow { id: DepotMoveId(Uuid::from_u128(id)), at, pile: condoms(), kind, quantity }
}

fn records(entries: impl IntoIterator<Item = DeskEntry>) -> Records {
    let mut records = Records::default();
    for (entry, sequence) in entries.into_iter().zip(1..) {
        records.add(Source { device: DeviceId(Uuid::nil()), sequence }, entry);
    }
    records
}

fn standing(records: &Records) -> PileStanding {
    let week: IsoWeek = W11.parse().expect("week");
    Depot::of(records, week).piles.get(&condoms()).copied().unwrap_or_default()
}

#[test]
fn reckons_from_the_last_count_what_the_bags_took_and_brought_back() {
    let book = vec![
        row(1, at(1, 10), DepotMove::Delivery, 500),
        row(2, at(11, 10), DepotMove::Count, 300),
        row(3, at(12, 10), DepotMove::Delivery, 100),
    ];
    let logs = [night(1, 10, [100, 60, 40, 0]), night(2, 12, [150, 70, 78, 2])];
    let all = records(logs.into_iter().map(DeskEntry::NightLog).chain([DeskEntry::Depot(book)]));
    let found = standing(&all);
    assert_eq!(found.stock, Some(300 + 100 - 72));
    assert_eq!(found.last_count, Some(LastCount { at: at(11, 10), expected: Some(440), counted: 300 }));
    assert_eq!((found.out, found.used, found.weeks), (130, 132, 1));
    assert_eq!(Depot::reckoned_from(&all), Some(operational(10)));
}

#[test]
fn what_was_missing_at_a_count_is_said_from_the_count_before() {
    let counts = |days: &[u32]| {
        let row = |day: &u32| row((*day).into(), at(*day, 10), DepotMove::Count, 300);
        Depot::compared_from(&records([DeskEntry::Depot(days.iter().map(row).collect())]))
    };
    assert_eq!(counts(&[]), None);
    assert_eq!(counts(&[4]), Some(operational(3)), "nothing was known before it");
    assert_eq!(counts(&[4, 9, 12]), Some(operational(8)));
    let delivered = [row(1, at(2, 10), DepotMove::Delivery, 5), row(2, at(3, 10), DepotMove::Delivery, 5)];
    let all = records([DeskEntry::Depot([delivered.to_vec(), vec![row(3, at(9, 10), DepotMove::Count, 8)]].concat())]);
    assert_eq!((Depot::compared_from(&all), Depot::reckoned_from(&all)), (Some(operational(1)), Some(operational(8))));
}

#[test]
fn takes_a_count_between_start_and_end_of_a_night_as_made_without_its_bag() {
    let book = vec![row(1, at(10, 23), DepotMove::Count, 300)];
    let all = records([DeskEntry::NightLog(night(1, 10, [100, 60, 40, 0])), DeskEntry::Depot(book)]);
    assert_eq!(standing(&all).stock, Some(340), "the bag comes back");
}

#[test]
fn knows_nothing_of_a_heap_that_was_never_counted_nor_delivered() {
    let all = records([DeskEntry::NightLog(night(1, 10, [100, 60, 40, 0]))]);
    let found = standing(&all);
    assert_eq!((found.stock, found.cover(), found.is_short(&Policy::default())), (None, None, false));
    assert_eq!(to_order(&condoms(), &found, &Policy::default()), None);
}

#[test]
fn counts_an_entry_that_came_twice_once() {
    let book = || DeskEntry::Depot(vec![row(1, at(1, 10), DepotMove::Delivery, 500)]);
    assert_eq!(standing(&records([book(), book()])).stock, Some(500));
}

/// As a pile stands after four weeks.
fn after_four_weeks(stock: i64, used: i64) -> PileStanding {
    PileStanding { stock: Some(stock), used, weeks: 4, ..PileStanding::default() }
}

#[test]
fn measures_cover_in_weeks_against_the_rhythm() {
    assert_eq!(after_four_weeks(1440, 830).cover(), Some(Cover(69)));
    assert_eq!(after_four_weeks(190, 232).cover(), Some(Cover(33)));
    assert_eq!(after_four_weeks(-5, 232).cover(), Some(Cover(0)));
    assert_eq!(after_four_weeks(190, 0).cover(), None, "what nobody takes has no end");
    assert!(!after_four_weeks(4, 4).is_short(&Policy::default()), "the threshold itself is enough");
    assert!(after_four_weeks(3, 4).is_short(&Policy::default()));
}

#[test]
fn orders_what_covers_ten_weeks_rounded_up_and_nothing_twice() {
    let policy = Policy::default();
    let short = after_four_weeks(190, 232);
    assert_eq!(to_order(&condoms(), &short, &policy), Some(ToOrder { pieces: 400, weeks: 10, is_least: false }));
    assert_eq!(to_order(&condoms(), &PileStanding { ordered: 400, ..short }, &policy), None);
    let leaflets = to_order(&Pile::leaflets(Language::Sq), &after_four_weeks(3, 4), &policy);
    assert_eq!(leaflets, Some(ToOrder { pieces: 50, weeks: 53, is_least: true }));
    assert_eq!(to_order(&condoms(), &after_four_weeks(1440, 830), &policy), None);
}

#[test]
fn orders_by_the_thresholds_of_the_programme() {
    let standing = after_four_weeks(190, 232);
    let patient = Policy { order_below_weeks: 3, ..Policy::default() };
    assert_eq!((standing.is_short(&patient), to_order(&condoms(), &standing, &patient)), (false, None));
    let careful = Policy { order_below_weeks: 8, order_for_weeks: 26, ..Policy::default() };
    let much = to_order(&condoms(), &standing, &careful);
    assert_eq!(much, Some(ToOrder { pieces: 1350, weeks: 26, is_least: false }));
}

#[test]
fn closes_an_order_with_the_next_delivery() {
    let order = row(1, at(1, 10), DepotMove::Order, 400);
    let delivery = row(2, at(5, 10), DepotMove::Delivery, 380);
    let ordered = records([DeskEntry::Depot(vec![order.clone()])]);
    assert_eq!((standing(&ordered).ordered, standing(&ordered).stock), (400, None));
    let delivered = records([DeskEntry::Depot(vec![order, delivery])]);
    assert_eq!((standing(&delivered).ordered, standing(&delivered).stock), (0, Some(380)));
}

#[test]
fn keeps_a_heap_of_leaflets_for_each_language() {
    let leaflet = Leaflet { topic: LeafletTopic::HivSti, language: Language::En };
    let log = NightLog { leaflets: vec![LeafletRow { leaflet, n: 8 }], ..night(1, 10, [0, 0, 0, 0]) };
    let pile = Pile::leaflets(Language::En);
    let counted = DepotRow { pile: pile.clone(), ..row(1, at(9, 10), DepotMove::Count, 60) };
    let all = records([DeskEntry::NightLog(log), DeskEntry::Depot(vec![counted])]);
    let depot = Depot::of(&all, W11.parse().expect("week"));
    let found = depot.piles.get(&pile).expect("a heap");
    assert_eq!((found.stock, found.out), (Some(52), 8));
    assert!(pile.is_sound() && condoms().is_sound());
    assert!(!Pile::of(ItemCode::new("leaflet")).is_sound());
}

#[test]
fn shows_what_does_not_add_up_v17() {
    let logs = [night(1, 10, [100, 60, 30, 2]), night(2, 12, [50, 20, 30, 0])];
    let found = balances(&logs);
    let balance = found.get(&ItemCode::new("condom_ext")).expect("an item");
    assert_eq!(balance.nights.iter().map(|(_, line)| line.difference()).collect::<Vec<_>>(), [8, 0]);
    assert_eq!((balance.total.loaded, balance.total.handed_out, balance.total.difference()), (150, 80, 8));
}

#[test]
fn takes_from_the_depot_what_was_handed_out_beyond_the_load_v19() {
    let line = BalanceLine { loaded: 10, handed_out: 14, returned: 0, lost: 0, adjusted: 0 };
    assert_eq!((line.taken(), line.difference()), (14, -4));
}
