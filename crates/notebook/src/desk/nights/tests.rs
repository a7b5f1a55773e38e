//! What the calendar shows, what is planned, and what nobody has signed.

use super::super::PlanChange;
use super::super::tests::{day, desk, night_log};
use super::*;
use crate::desk::NewPlan;
use crate::error::NotebookError;
use crate::notebook::Notebook;
use domain::ids::{OperatorCode, OutingId, PlanId};
use domain::operation::AmendmentReason;
use domain::outing::{CancelReason, OutingType};
use domain::sync::night_log::{AmendmentRow, DeskEntry};
use uuid::Uuid;

fn week(text: &str) -> IsoWeek {
    text.parse().unwrap()
}

fn plan(from: u32, weeks: u16) -> NewPlan {
    NewPlan { unit: UnitId::new("BS-U1"), outing_type: OutingType::StreetNight, from: day(from), weeks }
}

/// Day, standing and plan of every outing of four weeks of March.
fn shown(desk: &Notebook, today: u32) -> Vec<(NaiveDate, NightStanding, Option<PlanId>)> {
    let records = desk.planning(Some((day(1), day(31)))).unwrap();
    let unsigned = Unsigned { records: BTreeMap::new(), last: BTreeMap::new() };
    let known =
        Known { records: &records, counted: &BTreeMap::new(), today: day(today), unsigned: &unsigned, unit: None };
    let (weeks, _) = calendar(&known, &window(week("2026-W13")));
    let days = weeks.into_iter().flat_map(|week| week.days);
    days.flat_map(|day| day.nights.into_iter().map(move |night| (day.date, night.standing, night.plan))).collect()
}

fn days(desk: &Notebook) -> Vec<(NaiveDate, NightStanding)> {
    shown(desk, 15).into_iter().map(|(day, standing, _)| (day, standing)).collect()
}

#[test]
fn plans_the_same_weekday_within_the_programme_and_nothing_twice() {
    let (mut desk, _folder) = desk();
    assert_eq!(desk.plan_outings(&plan(12, 9)).unwrap(), 3, "the programme ends with the month");
    assert_eq!(desk.plan_outings(&plan(12, 1)).unwrap(), 0);
    let expected = [(12, NightStanding::NoNews), (19, NightStanding::Planned), (26, NightStanding::Planned)];
    assert_eq!(days(&desk), expected.map(|(date, standing)| (day(date), standing)));
    assert_eq!(desk.list_desk_entries().unwrap().len(), 1);
}

#[test]
fn plans_nothing_for_a_unit_or_days_that_are_not_of_the_programme() {
    let (mut desk, _folder) = desk();
    let elsewhere = NewPlan { unit: UnitId::new("XX"), ..plan(12, 1) };
    assert_eq!(desk.plan_outings(&elsewhere).unwrap_err(), NotebookError::NotFound("unit"));
    let late = NewPlan { from: NaiveDate::from_ymd_opt(2026, 5, 1).unwrap(), ..plan(12, 4) };
    assert!(matches!(desk.plan_outings(&late).unwrap_err(), NotebookError::InvalidInput(_)));
    assert!(matches!(desk.plan_outings(&plan(12, 0)).unwrap_err(), NotebookError::InvalidInput(_)));
    assert!(desk.list_desk_entries().unwrap().is_empty());
}

#[test]
fn moves_cancels_restores_and_takes_away_a_plan() {
    let (mut desk, _folder) = desk();
    desk.plan_outings(&plan(12, 1)).unwrap();
    let id = shown(&desk, 15)[0].2.unwrap();
    let reason = CancelReason::Weather;
    desk.change_plan(id, PlanChange::Move { to: day(20), reason }).unwrap();
    assert_eq!(days(&desk), [(day(20), NightStanding::Planned)]);
    let same = desk.change_plan(id, PlanChange::Move { to: day(20), reason });
    assert!(matches!(same.unwrap_err(), NotebookError::InvalidInput(_)));
    assert!(matches!(desk.change_plan(id, PlanChange::Restore).unwrap_err(), NotebookError::WrongState(_)));
    desk.change_plan(id, PlanChange::Cancel { reason }).unwrap();
    assert_eq!(days(&desk), [(day(20), NightStanding::Cancelled)]);
    desk.change_plan(id, PlanChange::Restore).unwrap();
    assert_eq!(days(&desk), [(day(20), NightStanding::Planned)]);
    desk.change_plan(id, PlanChange::Withdraw).unwrap();
    assert!(days(&desk).is_empty());
    assert_eq!(desk.change_plan(id, PlanChange::Restore).unwrap_err(), NotebookError::NotFound("plan"));
}

#[test]
fn tells_a_night_that_waits_for_its_signature_from_one_of_which_nothing_came() {
    let (mut desk, _folder) = desk();
    desk.plan_outings(&plan(5, 2)).unwrap();
    let mut records = desk.planning(None).unwrap();
    let source = Source { device: DeviceId(Uuid::nil()), sequence: 1 };
    records.add(source, DeskEntry::NightLog(night_log(1, 10)));
    let unit = UnitId::new("BS-U1");
    let unsigned = Unsigned { records: BTreeMap::from([(unit.clone(), 31)]), last: BTreeMap::from([(unit, day(10))]) };
    let known = Known { records: &records, counted: &BTreeMap::new(), today: day(15), unsigned: &unsigned, unit: None };
    let (weeks, tally) = calendar(&known, &window(week("2026-W13")));
    let nights: Vec<_> = weeks.into_iter().flat_map(|week| week.days).flat_map(|day| day.nights).collect();
    let standings: Vec<_> = nights.iter().map(|night| night.standing).collect();
    assert_eq!(standings, [NightStanding::NoNews, NightStanding::Done, NightStanding::Unsigned]);
    assert_eq!((tally.planned, tally.done, tally.done_as_planned, tally.no_news), (2, 1, 0, 2));
}

#[test]
fn shows_every_version_with_its_author_and_which_of_them_counts() {
    let first = night_log(1, 12);
    let amendment =
        |by| AmendmentRow { number: 1, by: OperatorCode::new(by), date: day(14), reason: AmendmentReason::LateDevice };
    let one = NightLog { amendments: vec![amendment("OP-A")], ..first.clone() };
    let other = NightLog { amendments: vec![amendment("OP-B")], ..first.clone() };
    let mut records = Records::default();
    for (sequence, log) in [first, one, other].into_iter().enumerate() {
        let source = Source { device: DeviceId(Uuid::from_u128(7)), sequence: u64::try_from(sequence).unwrap() };
        records.add(source, DeskEntry::NightLog(log));
    }
    let versions: Vec<(Source, &NightLog)> = records
        .written()
        .filter_map(|(source, entry)| match entry {
            DeskEntry::NightLog(log) => Some((source, log)),
            _ => None,
        })
        .collect();
    let standing = records.nights()[&OutingId(Uuid::from_u128(1))];
    let names = BTreeMap::from([(DeviceId(Uuid::from_u128(7)), "D1".to_owned())]);
    let view = night(standing, &versions, &names);
    let shown: Vec<_> =
        view.versions.iter().map(|version| (version.number, version.by.as_str(), version.stands)).collect();
    assert_eq!(shown, [(0, "OP-A", false), (1, "OP-A", true), (1, "OP-B", false)]);
    assert_eq!(view.versions[1].reason, Some(AmendmentReason::LateDevice));
    assert_eq!((view.versions[0].device.as_str(), view.signed_after_hours), ("D1", 10));
}
