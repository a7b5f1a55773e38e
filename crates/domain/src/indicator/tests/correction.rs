//! What was noted wrong is put right, and what is silent is lost; both the same in whatever order it arrives.

use super::*;
use crate::desk_record::{EventType, IncidentAction, IncidentSeverity, IncidentType};
use crate::ids::{EventId, IncidentId};
use crate::referral::ReferralState as S;
use crate::sync::correction::{CorrectionReason, CorrectionRow, DayEntry};
use crate::sync::night_log::{DeskIncidentRow, EventRow};

fn meeting(participants: u16) -> EventRow {
    EventRow {
        id: EventId(Uuid::from_u128(1)),
        date: day("2026-03-11"),
        event_type: EventType::School,
        participants,
        minutes: 60,
    }
}

fn source(device: u128, sequence: u64) -> Source {
    Source { device: DeviceId(Uuid::from_u128(device)), sequence }
}

/// Of the entry 1 of device 1.
fn correction(number: u16, entry: Option<DayEntry>) -> DeskEntry {
    let Source { device, sequence } = source(1, 1);
    let reason = CorrectionReason::Mistyped;
    DeskEntry::Corrected(CorrectionRow { device, sequence, number, on: day("2026-03-12"), reason, entry })
}

fn participants(entries: &[(Source, DeskEntry)]) -> u64 {
    let mut records = Records::default();
    entries.iter().for_each(|(source, entry)| records.add(*source, entry.clone()));
    let backwards = {
        let mut records = Records::default();
        entries.iter().rev().for_each(|(source, entry)| records.add(*source, entry.clone()));
        Tally::of(&records, w11()).office.event_participants
    };
    let counted = Tally::of(&records, w11()).office.event_participants;
    assert_eq!(counted, backwards, "the order of arrival changes nothing");
    counted
}

#[test]
fn i25_counts_what_the_correction_says() {
    let wrong = (source(1, 1), DeskEntry::Event(meeting(200)));
    let right = (source(1, 2), correction(1, Some(DayEntry::Event(meeting(20)))));
    assert_eq!(participants(std::slice::from_ref(&wrong)), 200);
    assert_eq!(participants(&[wrong.clone(), right.clone()]), 20);
    let again = (source(2, 1), correction(2, Some(DayEntry::Event(meeting(21)))));
    assert_eq!(participants(&[wrong.clone(), again.clone(), right.clone()]), 21, "the later one counts");
    let away = (source(2, 2), correction(1, None));
    assert_eq!(participants(&[wrong, right, away, again]), 0, "what was taken away stays away");
}

#[test]
fn two_desks_that_correct_one_entry_apart_agree() {
    let wrong = (source(1, 1), DeskEntry::Event(meeting(200)));
    let here = (source(1, 2), correction(1, Some(DayEntry::Event(meeting(20)))));
    let there = (source(2, 1), correction(1, Some(DayEntry::Event(meeting(22)))));
    assert_eq!(participants(&[wrong, here, there]), 22);
}

#[test]
fn a_correction_of_another_kind_or_of_a_night_changes_nothing() {
    let wrong = (source(1, 1), DeskEntry::Event(meeting(200)));
    let other = EventRow { id: EventId(Uuid::from_u128(2)), ..meeting(1) };
    let strange = (source(2, 1), correction(1, Some(DayEntry::Event(other))));
    assert_eq!(participants(&[wrong, strange]), 200);
    let records = records([DeskEntry::NightLog(thursday())]);
    let mut touched = records.clone();
    touched.add(
        source(2, 1),
        DeskEntry::Corrected(CorrectionRow {
            device: DeviceId(Uuid::nil()),
            sequence: 1,
            number: 1,
            on: day("2026-03-12"),
            reason: CorrectionReason::Twice,
            entry: None,
        }),
    );
    assert_eq!(Tally::of(&touched, w11()), Tally::of(&records, w11()));
}

#[test]
fn i35_adds_incidents_of_the_desk_to_those_of_the_nights() {
    let row = DeskIncidentRow {
        id: IncidentId(Uuid::from_u128(1)),
        date: day("2026-03-10"),
        incident_type: IncidentType::DeviceLost,
        severity: IncidentSeverity::High,
        action: IncidentAction::CalledCoordinator,
        debrief_needed: false,
    };
    let tally = Tally::of(&records([DeskEntry::Incident(row), DeskEntry::NightLog(thursday())]), w11());
    assert_eq!(of(&tally.nights.incidents, &IncidentType::DeviceLost), 1);
    assert_eq!(of(&tally.nights.incidents_by_severity, &IncidentSeverity::High), 1);
}

fn lost(entries: impl IntoIterator<Item = DeskEntry>, known_until: &str) -> Records {
    let mut records = records(entries);
    records.lose_silent(LostRule { after_days: 60, known_until: day(known_until) });
    records
}

#[test]
fn v20_a_referral_is_lost_after_sixty_silent_days_and_found_again_by_late_news() {
    let opened = referral(1, ServiceType::StiClinic, &[("2026-01-05", S::Proposed), ("2026-01-05", S::Accepted)]);
    let id = opened.id;
    let opened = DeskEntry::ReferralOpened(opened);
    let state = |records: &Records| records.referrals()[&id].events.last().map(|event| (event.date, event.state));
    assert_eq!(state(&lost([opened.clone()], "2026-03-05")), Some((day("2026-01-05"), S::Accepted)), "fifty-nine days");
    let records = lost([opened.clone()], "2026-03-06");
    assert_eq!(state(&records), Some((day("2026-03-06"), S::Lost)));
    let week = |records: &Records| ReferralTally::of(records, IsoWeek::of(day("2026-03-06")));
    let tally = week(&records);
    assert_eq!((tally.referrals_open_start, tally.referrals_ended, tally.referrals_open_end), (1, 1, 0));
    assert_eq!(of(&tally.referral_events, &S::Lost), 1);
    assert_eq!(records.paths()[&id].events.len(), 2, "nobody noted it");
    let late = DeskEntry::ReferralAdvanced { referral_id: id, events: vec![event("2026-02-20", S::Attended)] };
    let records = lost([opened, late], "2026-06-01");
    assert_eq!(state(&records), Some((day("2026-02-20"), S::Attended)), "who arrived is not lost");
    assert_eq!(week(&records).referrals_ended, 0);
}

#[test]
fn v20_nothing_is_lost_without_a_place_or_without_an_answer() {
    let paths = [
        &[("2026-01-05", S::Proposed)][..],
        &[
            ("2026-01-05", S::Proposed),
            ("2026-01-05", S::Accepted),
            ("2026-01-05", S::Requested),
            ("2026-01-05", S::NoPlace),
        ],
    ];
    for (path, number) in paths.into_iter().zip(1..) {
        let row = referral(number, ServiceType::EmergencyShelter, path);
        let id = row.id;
        let records = lost([DeskEntry::ReferralOpened(row)], "2026-12-01");
        assert_eq!(records.referrals()[&id].events.len(), path.len());
    }
}
