//! The fold of the desk: each thing once, whatever the order of arrival.

use super::Ledger;
use crate::store::desk_entry::StoredDeskEntry;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ids::{DeskAccessId, DeviceId, OperatorCode, OutingId, ReferralId, UnitId};
use domain::operation::AmendmentReason;
use domain::outing::{OutingType, Weather};
use domain::referral::{Consent, ReferralEvent, ReferralOrigin, ReferralState, ServiceType, Urgency};
use domain::desk_record::{DeskTopic, MinutesBand};
use domain::contact::TargetGroup;
use domain::sync::night_log::{
    AmendmentRow, DeskAccessRow, DeskEntry, DeskEnvelope, FollowUpRow, NightLog, OutingRow, ReferralRow,
};
use uuid::Uuid;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn at(hours: i64) -> DateTime<Utc> {
    day(12).and_hms_opt(20, 0, 0).unwrap().and_utc() + TimeDelta::hours(hours)
}

fn entry(device: u128, sequence: u64, entry: DeskEntry) -> StoredDeskEntry {
    let envelope = DeskEnvelope { schema: 1, sequence, entry };
    StoredDeskEntry { device: DeviceId(Uuid::from_u128(device)), sequence, envelope }
}

fn event(date: u32, state: ReferralState) -> ReferralEvent {
    ReferralEvent { date: day(date), state, outcome: None }
}

fn referral(id: u128, events: &[ReferralEvent]) -> ReferralRow {
    ReferralRow {
        id: ReferralId(Uuid::from_u128(id)),
        origin: ReferralOrigin::Desk,
        opened_on: day(12),
        service_type: ServiceType::StiClinic,
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
        events: events.to_vec(),
    }
}

fn night(version: u16, km: u16, signed: i64) -> NightLog {
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(7)),
            unit: UnitId::new("BS-U1"),
            outing_type: OutingType::StreetNight,
            date: day(12),
            start_at: at(0),
            end_at: at(5),
            crew: Vec::new(),
            km: Some(km),
            weather: Weather::NotRecorded,
            cancelled: None,
            reviewed_at: at(signed),
            reviewed_by: OperatorCode::new("OP-A"),
        },
        contacts: Vec::new(),
        observations: Vec::new(),
        supplies: Vec::new(),
        leaflets: Vec::new(),
        referrals: vec![referral(1, &[event(12, ReferralState::Proposed)])],
        follow_ups: Vec::new(),
        accompaniments: Vec::new(),
        incidents: Vec::new(),
        presence: Vec::new(),
        amendments: (1..=version)
            .map(|number| AmendmentRow {
                number,
                by: OperatorCode::new("OP-A"),
                date: day(15),
                reason: AmendmentReason::LateDevice,
            })
            .collect(),
    }
}

fn check_in_every_order(entries: &[StoredDeskEntry], check: impl Fn(&Ledger)) {
    for start in 0..entries.len() {
        let mut rotated = entries.to_vec();
        rotated.rotate_left(start);
        check(&Ledger::fold(&rotated));
        rotated.reverse();
        check(&Ledger::fold(&rotated));
        rotated.extend_from_slice(entries);
        check(&Ledger::fold(&rotated));
    }
}

#[test]
fn counts_the_highest_version_of_a_night_log() {
    let entries = [
        entry(1, 5, DeskEntry::NightLog(night(0, 10, 6))),
        entry(1, 9, DeskEntry::NightLog(night(2, 30, 6))),
        entry(1, 7, DeskEntry::NightLog(night(1, 20, 6))),
    ];
    check_in_every_order(&entries, |ledger| {
        let kept: Vec<_> = ledger.nights.values().map(|night| night.outing.km).collect();
        assert_eq!(kept, [Some(30)]);
        assert_eq!(ledger.rectifications(|date| date == day(15)), 2);
        assert_eq!(ledger.rectifications(|date| date == day(12)), 0, "counted when they are made");
    });
}

#[test]
fn keeps_the_first_of_two_signatures_under_one_night() {
    let entries =
        [entry(1, 5, DeskEntry::NightLog(night(0, 10, 9))), entry(2, 5, DeskEntry::NightLog(night(0, 20, 8)))];
    check_in_every_order(&entries, |ledger| {
        assert_eq!(ledger.nights.values().next().unwrap().outing.km, Some(20));
    });
}

#[test]
fn joins_the_events_of_a_referral_from_night_logs_and_desk() {
    let id = ReferralId(Uuid::from_u128(1));
    let mut later = night(0, 10, 6);
    later.outing.id = OutingId(Uuid::from_u128(8));
    later.referrals.clear();
    later.follow_ups = vec![FollowUpRow { referral_id: id, event: event(14, ReferralState::Accompanied) }];
    let advanced = |events: &[ReferralEvent]| DeskEntry::ReferralAdvanced { referral_id: id, events: events.to_vec() };
    let entries = [
        entry(1, 5, DeskEntry::NightLog(night(0, 10, 6))),
        entry(1, 6, DeskEntry::NightLog(later)),
        entry(3, 1, advanced(&[event(13, ReferralState::Booked)])),
        entry(3, 2, advanced(&[event(14, ReferralState::Attended)])),
        entry(4, 1, advanced(&[event(12, ReferralState::Accepted)])),
    ];
    check_in_every_order(&entries, |ledger| {
        use ReferralState as S;
        let states: Vec<_> = ledger.referrals[&id].events.iter().map(|event| event.state).collect();
        assert_eq!(states, [S::Proposed, S::Accepted, S::Booked, S::Accompanied, S::Attended]);
        assert_eq!(ledger.state_of(id), Some(S::Attended));
    });
}

#[test]
fn waits_for_the_opening_of_a_referral() {
    let id = ReferralId(Uuid::from_u128(1));
    let events = vec![event(13, ReferralState::Booked)];
    let ledger = Ledger::fold(&[entry(3, 1, DeskEntry::ReferralAdvanced { referral_id: id, events })]);
    assert_eq!(ledger.state_of(id), None);
}

#[test]
fn counts_an_access_once() {
    let access = DeskAccessRow {
        id: DeskAccessId(Uuid::from_u128(3)),
        date: day(12),
        topic: DeskTopic::Legal,
        target_group: TargetGroup::Person,
        minutes_band: MinutesBand::NotRecorded,
    };
    let entries = [entry(3, 1, DeskEntry::DeskAccess(access.clone())), entry(3, 1, DeskEntry::DeskAccess(access))];
    check_in_every_order(&entries, |ledger| assert_eq!(ledger.accesses.len(), 1));
}
