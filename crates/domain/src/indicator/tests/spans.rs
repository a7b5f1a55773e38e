//! Longer runs of days: several epochs, continuity, reach, data quality, organisations.

use super::{night, person, records, thursday, token};
use crate::contact::TargetGroup;
use crate::ids::{OperatorCode, OrgId, UnitId};
use crate::indicator::{OutingTally, Tally};
use crate::sync::night_log::{ContactRow, DeskEntry, NightLog, PresenceRow};
use crate::time::Span;

fn over(first: &str, last: &str, logs: Vec<NightLog>) -> Tally {
    let day = |text: &str| text.parse().expect("date");
    let span = Span::new(day(first), day(last)).expect("in order");
    Tally::of(&records(logs.into_iter().map(DeskEntry::NightLog)), span)
}

fn met(number: u128, start: &str, people: &[(u128, u8)]) -> NightLog {
    let mut log = night(number, start, 300);
    log.contacts = (0..).zip(people).map(|(id, _)| ContactRow { linked_count: 1, ..person(id) }).collect();
    log.presence = people.iter().map(|(id, bits)| PresenceRow { token: token(*id), bits: *bits }).collect();
    log
}

#[test]
fn i09_does_not_add_up_the_tokens_of_two_years() {
    let logs = vec![
        met(1, "2026-12-31T20:30:00Z", &[(1, 0), (2, 0)]),
        met(2, "2027-01-03T20:30:00Z", &[(1, 0), (3, 0)]), // still the ISO year 2026
        met(3, "2027-01-04T20:30:00Z", &[(4, 0), (5, 0)]),
    ];
    let all = over("2026-01-01", "2027-12-31", logs);
    assert_eq!((all.distinct_linked, all.unique_min, all.unique_max), (5, 3, 5), "4 and 5 may be two of the three");
}

#[test]
fn i37_counts_a_linked_person_once_for_each_outing() {
    let logs = vec![met(1, "2026-03-10T20:30:00Z", &[(1, 0), (2, 0)]), met(2, "2026-03-12T20:30:00Z", &[(1, 0)])];
    let tally = over("2026-03-01", "2026-03-31", logs);
    assert_eq!((tally.linked_presences, tally.distinct_linked), (3, 2));
}

#[test]
fn i38_adds_up_what_a_person_was_reached_with_over_the_nights() {
    let logs = vec![
        met(1, "2026-03-10T20:30:00Z", &[(1, 0b001), (2, 0b001), (3, 0b110)]),
        met(2, "2026-03-12T20:30:00Z", &[(1, 0b010), (2, 0b001)]),
    ];
    assert_eq!(over("2026-03-01", "2026-03-31", logs).reached_twice, 2);
}

#[test]
fn a_span_may_begin_inside_a_week() {
    let logs = vec![met(1, "2026-02-28T20:30:00Z", &[(1, 0)]), met(2, "2026-03-01T20:30:00Z", &[(2, 0)])];
    assert_eq!(over("2026-03-01", "2026-03-31", logs).outings, 1);
}

#[test]
fn i36_counts_from_the_end_of_the_outing_to_the_sign_off() {
    let tally = OutingTally::of(&thursday());
    assert_eq!((tally.sign_off_minutes, tally.review_48h), (600, 1));
}

#[test]
fn i03_goes_to_the_unit_of_the_outing_unless_the_operator_works_for_another() {
    let mut programme = super::programme();
    programme.units = vec![crate::programme::Unit { id: UnitId::new("BS-U1"), org: OrgId::new("ONE") }];
    programme.operator_orgs = [(OperatorCode::new("OP-B"), OrgId::new("TWO"))].into();
    let mut log = thursday();
    log.contacts = vec![ContactRow { target_group: TargetGroup::Client, ..person(1) }];
    let minutes = OutingTally::of(&log).operator_minutes_by_org(&programme);
    assert_eq!(minutes, [(Some(OrgId::new("ONE")), 300), (Some(OrgId::new("TWO")), 300)].into());
    programme.units.clear();
    let minutes = OutingTally::of(&log).operator_minutes_by_org(&programme);
    assert_eq!(minutes, [(None, 300), (Some(OrgId::new("TWO")), 300)].into(), "a unit that has left the list");
}
