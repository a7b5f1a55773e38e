use super::*;
use crate::fixture::{Team, at};
use crate::programme_new::ManifestChange;
use chrono::TimeDelta;
use domain::sync::quarantine::{QuarantineReason, QuarantinedBatch};

/// Days after the team was founded.
fn day(days: i64) -> NaiveDate {
    operational_date(at(0).now + TimeDelta::days(days))
}

fn standing(device: DeviceId) -> DeviceStanding {
    DeviceStanding {
        device,
        stored: 5,
        backed_up: 3,
        refused: 0,
        received_on: Some(day(0)),
        quarantined_on: None,
        quarantined_batches: 0,
        seen_on: Some(day(0)),
        wiped_on: None,
    }
}

fn said(standings: Vec<DeviceStanding>) -> Said {
    Said { standings: Some(DeviceStandings { devices: standings }), quarantine: None, ..Said::default() }
}

#[test]
fn order_to_wipe_is_ordered_then_confirmed_or_never_seen_again() {
    let team = Team::new();
    let mut desk = team.admin.open();
    let member = team.member.open().device();
    let change = ManifestChange::SetStatus { device: member, status: DeviceStatus::Wipe };
    desk.sign_manifest(vec![change], at(0)).unwrap();
    let acts = [act(at(0).now, member, DeviceActKind::Wipe, Some(DeviceReason::Lost), None).unwrap()];
    let manifest = desk.manifest().unwrap();
    let state = |said: &Said, days| {
        let shown = devices(manifest, desk.device(), said, &acts, day(days));
        shown.iter().find(|device| device.device == member).unwrap().wipe
    };
    let heard_nothing = said(Vec::new());
    assert_eq!(state(&heard_nothing, 6), Some(WipeState::Ordered));
    assert_eq!(state(&heard_nothing, 7), Some(WipeState::NeverSeen));
    assert_eq!(state(&Said::default(), 30), Some(WipeState::Ordered), "the server was not asked: nothing is claimed");
    let still_sends = said(vec![DeviceStanding { seen_on: Some(day(3)), ..standing(member) }]);
    assert_eq!(state(&still_sends, 30), Some(WipeState::Ordered), "it was seen after the order");
    let confirmed = said(vec![DeviceStanding { wiped_on: Some(day(2)), ..standing(member) }]);
    assert_eq!(state(&confirmed, 30), Some(WipeState::Confirmed));
}

#[test]
fn phones_come_first_with_names_that_stay() {
    let team = Team::new();
    let desk = team.admin.open();
    let shown = devices(desk.manifest().unwrap(), desk.device(), &Said::default(), &[], day(0));
    let phones = shown.iter().take_while(|device| device.unit.is_some()).count();
    assert!(phones >= 2 && shown.iter().skip(phones).all(|device| device.unit.is_none()));
    let names: Vec<&str> = shown.iter().map(|device| device.name.as_str()).collect();
    assert_eq!(names.first().copied(), Some("D1"));
    assert!(shown.iter().any(|device| device.own && device.name == "S1"));
    assert!(shown.iter().all(|device| device.wipe.is_none() && device.silent_days.is_none()));
}

#[test]
fn operations_in_several_batches_count_once() {
    let device = DeviceId(uuid::Uuid::from_u128(9));
    let batch = |number, first, last| QuarantinedBatch {
        number,
        device,
        first,
        last,
        reason: QuarantineReason::Revoked,
        received_on: day(i64::try_from(number).unwrap()),
        dropped_on: None,
    };
    let quarantine = Quarantine { batches: vec![batch(3, 4, 9), batch(4, 4, 6), batch(7, 12, 12)] };
    let view = quarantine_view(&quarantine, device).unwrap();
    assert_eq!((view.operations, view.through, view.received_on), (7, 7, day(7)));
    assert_eq!(quarantine_view(&quarantine, DeviceId(uuid::Uuid::from_u128(1))), None);
}

#[test]
fn what_was_dropped_is_shown_apart_for_thirty_days() {
    let device = DeviceId(uuid::Uuid::from_u128(9));
    let batch = |number, dropped_on| QuarantinedBatch {
        number,
        device,
        first: number,
        last: number,
        reason: QuarantineReason::Revoked,
        received_on: day(0),
        dropped_on,
    };
    let batches = vec![batch(1, Some(day(2))), batch(2, Some(day(1))), batch(3, None)];
    let quarantine = Quarantine { batches };
    let waits = quarantine_view(&quarantine, device).unwrap();
    assert_eq!((waits.operations, waits.through), (1, 3));
    let dropped = dropped_view(&quarantine, device).unwrap();
    assert_eq!((dropped.operations, dropped.through, dropped.until), (2, 2, day(31)));
    assert_eq!(dropped_view(&Quarantine { batches: vec![batch(3, None)] }, device), None);
}

#[test]
fn acts_are_read_back_as_they_were_noted() {
    let team = Team::new();
    let desk = team.admin.open();
    let member = team.member.open().device();
    let noted = [
        act(at(0).now, member, DeviceActKind::Revoke, Some(DeviceReason::Left), None).unwrap(),
        act(at(5).now, member, DeviceActKind::Release, None, Some(12)).unwrap(),
    ];
    let shown = acts(desk.manifest().unwrap(), &noted).unwrap();
    assert_eq!(
        shown.iter().map(|act| (act.kind, act.reason, act.operations)).collect::<Vec<_>>(),
        [(DeviceActKind::Release, None, Some(12)), (DeviceActKind::Revoke, Some(DeviceReason::Left), None)],
        "the last one first"
    );
    assert!(shown.iter().all(|act| act.name.starts_with('D')));
}

#[test]
fn days_left_are_thirty_right_after_the_signing_and_negative_once_it_has_expired() {
    let now = at(0).now;
    assert_eq!(days_until(now + TimeDelta::days(30), now), 30);
    assert_eq!(days_until(now + TimeDelta::days(30) - TimeDelta::seconds(1), now), 30);
    assert_eq!(days_until(now + TimeDelta::hours(47), now), 2);
    assert_eq!(days_until(now + TimeDelta::hours(13), now), 1, "tomorrow");
    assert_eq!(days_until(now + TimeDelta::hours(1), now), 0, "today");
    assert_eq!(days_until(now - TimeDelta::hours(1), now), -1);
}
