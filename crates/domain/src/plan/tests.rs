use super::*;
use crate::ids::{DeviceId, OperatorCode, OutingId};
use crate::outing::Weather;
use crate::sync::night_log::{NightLog, OutingRow};
use chrono::{Duration, NaiveTime};
use proptest::prelude::*;
use uuid::Uuid;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).expect("date")
}

fn plan(id: u128, date: u32) -> PlannedRow {
    PlannedRow {
        id: PlanId(Uuid::from_u128(id)),
        revision: 1,
        unit: UnitId::new("BS-U1"),
        outing_type: OutingType::StreetNight,
        date: day(date),
        state: PlanState::Planned,
    }
}

fn log(id: u128, date: u32, outing_type: OutingType, cancelled: Option<CancelReason>) -> NightLog {
    let start_at = crate::time::instant_of(day(date), NaiveTime::from_hms_opt(21, 0, 0).expect("time"));
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(id)),
            unit: UnitId::new("BS-U1"),
            outing_type,
            date: day(date),
            start_at,
            end_at: start_at + Duration::hours(4),
            crew: vec![],
            km: None,
            weather: Weather::NotRecorded,
            cancelled,
            reviewed_at: start_at + Duration::hours(12),
            reviewed_by: OperatorCode::new("OP-A"),
        },
        contacts: vec![],
        observations: vec![],
        supplies: vec![],
        leaflets: vec![],
        referrals: vec![],
        follow_ups: vec![],
        accompaniments: vec![],
        incidents: vec![],
        presence: vec![],
        amendments: vec![],
    }
}

fn records(entries: impl IntoIterator<Item = DeskEntry>) -> Records {
    let mut records = Records::default();
    for (entry, sequence) in entries.into_iter().zip(1..) {
        records.add(Source { device: DeviceId(Uuid::nil()), sequence }, entry);
    }
    records
}

fn standings(records: &Records, today: u32) -> Vec<(u32, bool, Standing)> {
    use chrono::Datelike;
    let calendar = Calendar::of(records, day(1), day(31), day(today));
    calendar.nights.iter().map(|night| (night.date.day(), night.plan.is_some(), night.standing)).collect()
}

#[test]
fn tells_done_cancelled_ahead_and_no_news_apart_i01() {
    let cancelled = PlannedRow { state: PlanState::Cancelled { reason: CancelReason::Weather }, ..plan(3, 5) };
    let records = records([
        DeskEntry::Planned(vec![plan(1, 3), plan(2, 4), cancelled, plan(4, 9), plan(5, 10)]),
        DeskEntry::NightLog(log(1, 3, OutingType::StreetNight, None)),
        DeskEntry::NightLog(log(2, 6, OutingType::Mapping, None)),
        DeskEntry::NightLog(log(3, 9, OutingType::StreetNight, Some(CancelReason::Staff))),
    ]);
    let expected = [
        (3, true, Standing::Done),
        (4, true, Standing::NoNews),
        (5, true, Standing::Cancelled(CancelReason::Weather)),
        (6, false, Standing::Done),
        (9, true, Standing::Cancelled(CancelReason::Staff)),
        (10, true, Standing::Planned),
    ];
    assert_eq!(standings(&records, 10), expected);
    let tally = Calendar::of(&records, day(1), day(31), day(10)).tally();
    let cancelled = BTreeMap::from([(CancelReason::Weather, 1), (CancelReason::Staff, 1)]);
    let expected = PlanTally { planned: 5, done: 2, done_as_planned: 1, cancelled, no_news: 1, ahead: 1 };
    assert_eq!(tally, expected);
}

#[test]
fn counts_the_night_that_took_place_and_not_the_cancelling_of_its_plan() {
    let cancelled = PlannedRow { state: PlanState::Cancelled { reason: CancelReason::Weather }, ..plan(1, 5) };
    let night = DeskEntry::NightLog(log(1, 5, OutingType::StreetNight, None));
    assert_eq!(standings(&records([DeskEntry::Planned(vec![cancelled]), night]), 20), [(5, true, Standing::Done)]);
}

#[test]
fn meets_a_plan_with_a_night_of_its_type_before_any_other() {
    let day_out = PlannedRow { outing_type: OutingType::StreetDay, ..plan(1, 5) };
    let records = records([
        DeskEntry::Planned(vec![day_out, plan(2, 5)]),
        DeskEntry::NightLog(log(1, 5, OutingType::StreetNight, None)),
    ]);
    let calendar = Calendar::of(&records, day(5), day(5), day(20));
    let met: Vec<_> = calendar.nights.iter().map(|night| (night.plan.expect("planned").id, night.standing)).collect();
    let id = |id| PlanId(Uuid::from_u128(id));
    assert_eq!(met, [(id(2), Standing::Done), (id(1), Standing::NoNews)]);
}

#[test]
fn takes_one_outing_that_two_desks_planned_apart_as_one() {
    let cancelled = PlannedRow { state: PlanState::Cancelled { reason: CancelReason::Other }, ..plan(1, 5) };
    let records = records([DeskEntry::Planned(vec![cancelled, plan(3, 5)]), DeskEntry::Planned(vec![plan(2, 5)])]);
    assert_eq!(standings(&records, 4), [(5, true, Standing::Planned)]);
}

#[test]
fn moves_a_plan_and_forgets_one_made_by_mistake() {
    let state = PlanState::Moved { from: day(5), reason: CancelReason::Vehicle };
    let moved = PlannedRow { revision: 2, state, ..plan(1, 7) };
    let mistaken = PlannedRow { revision: 2, state: PlanState::Withdrawn, ..plan(2, 8) };
    let records =
        records([DeskEntry::Planned(vec![plan(1, 5), plan(2, 8)]), DeskEntry::Planned(vec![moved, mistaken])]);
    assert_eq!(standings(&records, 6), [(7, true, Standing::Planned)]);
}

proptest! {
    #[test]
    fn two_desks_agree_in_whatever_order_the_changes_came(
        revisions in prop::collection::vec((1_u32..4, 1_u32..28, 0_u128..3, 1_u64..9), 1..8),
        order in any::<prop::sample::Index>(),
    ) {
        let entries: Vec<_> = revisions
            .iter()
            .map(|(revision, date, desk, sequence)| {
                let row = PlannedRow { revision: *revision, ..plan(1, *date) };
                (Source { device: DeviceId(Uuid::from_u128(*desk)), sequence: *sequence }, row)
            })
            // A place in a log holds one entry.
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .collect();
        let mut turned = entries.clone();
        turned.rotate_left(order.index(entries.len()));
        turned.extend(entries.clone());
        let fold = |entries: Vec<(Source, PlannedRow)>| {
            let mut records = Records::default();
            for (source, row) in entries {
                records.add(source, DeskEntry::Planned(vec![row]));
            }
            plans(&records).into_values().cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(fold(entries), fold(turned));
    }
}
