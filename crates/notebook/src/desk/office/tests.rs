//! The week of day staff, with what was corrected.

use super::*;
use domain::contact::TargetGroup;
use domain::desk_record::{IncidentAction, MinutesBand};
use domain::ids::{DeskAccessId, EventId, IncidentId};
use domain::sync::correction::CorrectionReason;
use uuid::Uuid;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn source(device: u128, sequence: u64) -> Source {
    Source { device: DeviceId(Uuid::from_u128(device)), sequence }
}

fn meeting(participants: u16) -> EventRow {
    EventRow {
        id: EventId(Uuid::from_u128(1)),
        date: day(11),
        event_type: EventType::School,
        participants,
        minutes: 60,
    }
}

fn correction(number: u16, on: u32, entry: Option<DayEntry>) -> DeskEntry {
    let Source { device, sequence } = source(1, 1);
    let reason = CorrectionReason::Mistyped;
    DeskEntry::Corrected(CorrectionRow { device, sequence, number, on: day(on), reason, entry })
}

fn records() -> Records {
    let access = DeskAccessRow {
        id: DeskAccessId(Uuid::from_u128(1)),
        date: day(13),
        topic: DeskTopic::Legal,
        target_group: TargetGroup::Person,
        minutes_band: MinutesBand::NotRecorded,
    };
    let incident = DeskIncidentRow {
        id: IncidentId(Uuid::from_u128(1)),
        date: day(12),
        incident_type: IncidentType::DeviceLost,
        severity: IncidentSeverity::High,
        action: IncidentAction::None,
        debrief_needed: true,
    };
    let mut records = Records::default();
    records.add(source(1, 1), DeskEntry::Event(meeting(200)));
    records.add(source(1, 2), DeskEntry::DeskAccess(access));
    records.add(source(2, 1), DeskEntry::Incident(incident));
    records
}

fn shown(records: &Records) -> OfficeView {
    let names = [(source(1, 0).device, "S1".to_owned()), (source(2, 0).device, "S2".to_owned())].into();
    office(records, &names, day(18), "2026-W11".parse().unwrap(), |_| Ok(None)).unwrap()
}

fn total(view: &OfficeView, id: &str) -> Option<CellView> {
    view.tables.iter().find(|table| table.id == id).and_then(|table| table.total)
}

#[test]
fn lists_and_counts_the_week() {
    let view = shown(&records());
    let days: Vec<NaiveDate> = view.rows.iter().map(|row| date_of(&row.entry)).collect();
    assert_eq!(days, [day(13), day(12), day(11)]);
    assert_eq!((view.participants, view.minutes, view.debriefs), (200, 60, 1));
    for id in ["desk_topics", "events", "incidents", "incident_severity"] {
        assert_eq!(total(&view, id), Some(CellView::Shown(1)), "{id}");
    }
    assert_eq!(view.next.map(|week| week.to_string()), Some("2026-W12".into()));
}

#[test]
fn a_corrected_entry_counts_as_corrected_and_the_register_keeps_both() {
    let mut records = records();
    records.add(source(2, 2), correction(1, 12, Some(DayEntry::Event(meeting(20)))));
    records.add(source(1, 3), correction(2, 13, None));
    let view = shown(&records);
    assert_eq!((view.rows.len(), view.participants, total(&view, "events")), (2, 0, Some(CellView::Shown(0))));
    let by: Vec<&str> = view.corrections.iter().map(|row| row.by.as_str()).collect();
    assert_eq!(by, ["S1", "S2"], "the newest first");
    let participants = |entry: &CorrectedEntry| match entry {
        CorrectedEntry::Office { entry: OfficeEntry::Event { participants, .. } } => Some(*participants),
        _ => None,
    };
    assert_eq!(participants(&view.corrections[0].before), Some(20), "what it said before this one");
    assert!(view.corrections[0].after.is_none());
    assert_eq!(participants(&view.corrections[1].before), Some(200));
    assert_eq!(view.corrections[1].after.as_ref().and_then(participants), Some(20));
}
