//! Where numbers come from, of a desk that holds two nights and an access.

use super::super::tests::{day, desk, night_log, noon};
use super::*;
use crate::desk::NewAccess;
use crate::error::NotebookError;
use domain::contact::{AgeBand, Concern, ContactKind, ContactMode, Depth, Gender, GroupCell, Language, TargetGroup};
use domain::desk_record::{DeskTopic, MinutesBand};
use domain::ids::{ContactId, NationalityCode, ZoneCode};
use domain::outing::CancelReason;
use domain::sync::night_log::ContactRow;
use domain::time::{SlotBand, SpanKind};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A night on which a group of so many was met.
fn night(id: u128, date: u32, persons: u16) -> NightLog {
    let met = ContactRow {
        id: ContactId(Uuid::from_u128(id)),
        mode: ContactMode::Group,
        target_group: TargetGroup::Person,
        n_persons: persons,
        zone: ZoneCode::new("Z1"),
        slot_band: SlotBand::Night,
        kind: ContactKind::Unknown,
        gender: Gender::NotRecorded,
        age_band: AgeBand::NotRecorded,
        nationality: NationalityCode::not_recorded(),
        language: Language::NotRecorded,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        linked_count: 0,
        group_cells: vec![GroupCell { gender: Gender::Woman, n: 1, ..GroupCell::not_recorded(1) }],
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: false,
    };
    NightLog { contacts: vec![met], ..night_log(id, date) }
}

fn counting() -> (Notebook, tempfile::TempDir) {
    let (mut desk, folder) = desk();
    let mut cancelled = night(3, 11, 2);
    cancelled.outing.cancelled = Some(CancelReason::Weather);
    for log in [night(1, 10, 5), night(2, 12, 3), cancelled, night(4, 17, 7)] {
        desk.save_desk_entry(DeskEntry::NightLog(log)).unwrap();
    }
    let access = NewAccess {
        date: day(11),
        topic: DeskTopic::Legal,
        target_group: TargetGroup::Person,
        minutes_band: MinutesBand::Under15,
    };
    desk.record_access(access, noon(20)).unwrap();
    (desk, folder)
}

fn asked(kind: SpanKind, id: &str, row: Option<&str>) -> ExplainInput {
    ExplainInput { kind, date: day(12), id: id.into(), row: row.map(Into::into) }
}

fn parts(view: &ExplainView) -> Vec<(u32, u64)> {
    view.parts.iter().map(|part| (chrono::Datelike::day(&part.date), part.value)).collect()
}

#[test]
fn a_number_of_a_week_is_the_sum_of_its_nights() {
    let (desk, _folder) = counting();
    let view = explain(&desk, &asked(SpanKind::Week, "contacts", None), day(31)).unwrap();
    assert_eq!((parts(&view), view.at_desk), (vec![(10, 5), (12, 3)], Some(0)), "a cancelled night counts nobody");
    let view = explain(&desk, &asked(SpanKind::Week, "gender", Some("woman")), day(31)).unwrap();
    assert_eq!((parts(&view), view.at_desk), (vec![(10, 1), (12, 1)], Some(0)));
    let view = explain(&desk, &asked(SpanKind::Week, "gender", Some("man")), day(31)).unwrap();
    assert_eq!(parts(&view), [(10, 0), (12, 0)], "zero is counted, too");
}

#[test]
fn says_what_was_written_at_the_desk() {
    let (desk, _folder) = counting();
    let view = explain(&desk, &asked(SpanKind::Week, "desk_accesses", None), day(31)).unwrap();
    assert_eq!((parts(&view), view.at_desk), (vec![(10, 0), (12, 0)], Some(1)));
}

#[test]
fn different_persons_ratios_and_stocks_are_no_sums() {
    let (desk, _folder) = counting();
    for id in ["unique", "review_48h_pct", "referrals_open_end"] {
        let view = explain(&desk, &asked(SpanKind::Week, id, None), day(31)).unwrap();
        assert_eq!((view.parts.len(), view.at_desk), (2, None), "{id}");
    }
}

#[test]
fn a_long_period_is_made_of_weeks() {
    let (desk, _folder) = counting();
    let view = explain(&desk, &asked(SpanKind::Quarter, "contacts", None), day(31)).unwrap();
    assert_eq!(view.parts.len(), 13);
    let counted: Vec<_> = view.parts.iter().filter(|part| part.value > 0).collect();
    assert_eq!(counted.iter().map(|part| part.value).collect::<Vec<_>>(), [8, 7]);
    assert_eq!(counted[0].week.map(|week| week.to_string()).as_deref(), Some("2026-W11"));
    assert_eq!(view.at_desk, Some(0));
    let early = explain(&desk, &asked(SpanKind::Quarter, "contacts", None), day(18)).unwrap();
    assert_eq!(early.parts.len(), 12, "the last week has not begun");
}

#[test]
fn refuses_a_number_that_no_page_has() {
    let (desk, _folder) = counting();
    for (id, row) in [("wages", None), ("gender", Some("cat")), ("wages", Some("x"))] {
        let refused = explain(&desk, &asked(SpanKind::Week, id, row), day(31)).unwrap_err();
        assert!(matches!(refused, NotebookError::InvalidInput(_)));
    }
}
