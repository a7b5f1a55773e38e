//! What the page of the releases offers and says.

use super::*;
use crate::desk::tests::{day, desk, noon};
use crate::desk::{NewAccess, NewEvent, NewPlan};
use crate::entropy::Moment;
use crate::error::ErrorCode;
use crate::notebook::Notebook;
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, EventType, MinutesBand};
use domain::disclosure::Why;
use domain::ids::UnitId;
use domain::outing::OutingType;
use domain::time::operational_date;

/// Long after the week of the accesses.
fn later() -> Moment {
    Moment::at("2026-05-20T12:00:00Z".parse().unwrap())
}

fn access(desk: &mut Notebook, topic: DeskTopic, count: u32) {
    for _ in 0..count {
        let target_group = TargetGroup::Person;
        let new = NewAccess { date: day(10), topic, target_group, minutes_band: MinutesBand::NotRecorded };
        desk.record_access(new, noon(15)).unwrap();
    }
}

fn wish(period: &str) -> Wish {
    let recipient = Recipient::new(RecipientKind::Municipality, " Brescia ").unwrap();
    Wish { recipient, period: period.parse().unwrap(), correct: false }
}

fn page_of(desk: &Notebook) -> ReleasesView {
    let (history, known) = (desk.release_history().unwrap(), desk.list_releases().unwrap());
    let first = desk.nights_span().unwrap().map(|nights| IsoWeek::of(nights.first()));
    page(desk.programme().unwrap(), &history, &known, first, operational_date(later().now))
}

fn codes(periods: &[ReleasePeriodView]) -> Vec<&str> {
    periods.iter().map(|period| period.code.as_str()).collect()
}

#[test]
fn offers_whole_periods_that_are_over_since_the_first_week() {
    let (mut desk, _folder) = desk();
    access(&mut desk, DeskTopic::Legal, 6);
    let page = page_of(&desk);
    let weeks: Vec<&str> = codes(&page.periods).into_iter().filter(|code| code.contains('W')).collect();
    assert_eq!((weeks.first(), weeks.last(), weeks.len()), (Some(&"2026-W20"), Some(&"2026-W09"), 12));
    let longer: Vec<&str> = codes(&page.periods).into_iter().filter(|code| !code.contains('W')).collect();
    assert_eq!(longer, ["2026-04", "2026-03", "2026-02", "2026-Q1"]);
    assert!(page.recipients.is_empty() && page.ledger.is_empty());
    let press = page.kinds.iter().find(|kind| kind.kind == RecipientKind::Press).unwrap();
    assert_eq!(press.k, 10);
}

#[test]
fn a_recipient_keeps_its_step_and_is_offered_what_it_does_not_have() {
    let (mut desk, _folder) = desk();
    access(&mut desk, DeskTopic::Legal, 6);
    desk.make_release(&wish("2026-W11"), false, later()).unwrap();
    let page = page_of(&desk);
    let [recipient] = page.recipients.as_slice() else { panic!("{:?}", page.recipients) };
    assert_eq!((recipient.code.as_str(), recipient.step, recipient.k), ("Brescia", Some(BasePeriod::Week), 5));
    let offered = codes(&recipient.periods);
    assert!(!offered.contains(&"2026-W11") && offered.contains(&"2026-W12") && offered.contains(&"2026-03"));
    assert!(!offered.contains(&"2026-Q1"), "weeks and quarters are two steps");
    assert_eq!((page.ledger[0].number, page.ledger[0].period.code.as_str()), (1, "2026-W11"));
    assert_eq!(page.ledger[0].fingerprint.len(), 64);
}

#[test]
fn says_of_every_hidden_cell_whether_it_is_small_itself() {
    let (mut desk, _folder) = desk();
    access(&mut desk, DeskTopic::Legal, 3);
    access(&mut desk, DeskTopic::Work, 9);
    let draft = desk.draft_release(&wish("2026-W11"), later()).unwrap();
    let view = preview(&draft, None);
    let topics = view.tables.iter().find(|table| table.id == TableId::DeskTopics).unwrap();
    let hidden: Vec<(&str, bool)> = topics.hidden.iter().map(|cell| (cell.category.as_str(), cell.is_small)).collect();
    assert_eq!(hidden, [("legal", true), ("work", false)]);
    assert_eq!((topics.shown, topics.all, topics.waiting), (5, 7, None));
    let sensitive = view.tables.iter().filter(|table| table.left_out == Some(Refusal::PeriodTooShort));
    assert_eq!(sensitive.count(), 6);
    assert_eq!((view.refusal, view.number, view.contacts), (None, Some(1), Some(2)));
}

#[test]
fn says_how_many_wait_and_nothing_of_where() {
    let (mut desk, _folder) = desk();
    access(&mut desk, DeskTopic::Legal, 3);
    let view = preview(&desk.draft_release(&wish("2026-W11"), later()).unwrap(), None);
    let topics = view.tables.iter().find(|table| table.id == TableId::DeskTopics).unwrap();
    assert_eq!((topics.waiting, topics.hidden.len()), (Some(3), 0));
    assert_eq!(topics.why, [Why::SmallTotal]);
}

#[test]
fn a_refusal_names_what_stands_in_the_way() {
    let (mut desk, _folder) = desk();
    access(&mut desk, DeskTopic::Legal, 6);
    desk.make_release(&wish("2026-W11"), false, later()).unwrap();
    let history = desk.release_history().unwrap();
    let view = refused(&wish("2026-W11"), Refusal::PeriodFrozen, &history, desk.programme().unwrap());
    assert_eq!(view.clash.map(|period| period.code).as_deref(), Some("2026-W11"));
    let view = refused(&wish("2026-Q1"), Refusal::GranularityChanged, &history, desk.programme().unwrap());
    assert_eq!(view.clash.map(|period| period.code).as_deref(), Some("2026-W11"));
}

#[test]
fn a_correction_is_known_to_the_one_it_corrects() {
    let (mut desk, _folder) = desk();
    access(&mut desk, DeskTopic::Legal, 6);
    desk.make_release(&wish("2026-W11"), false, later()).unwrap();
    let new = NewEvent { date: day(11), event_type: EventType::School, participants: 20, minutes: 60 };
    desk.record_event(new, noon(15)).unwrap();
    desk.make_release(&Wish { correct: true, ..wish("2026-W11") }, false, later()).unwrap();
    let ledger = page_of(&desk).ledger;
    assert_eq!((ledger[0].number, ledger[0].replaces, ledger[0].corrected_by), (2, Some(1), None));
    assert_eq!((ledger[1].number, ledger[1].replaces, ledger[1].corrected_by), (1, None, Some(2)));
    let view = document(&desk.find_release(2).unwrap());
    assert!(view.about.iter().any(|(_, value)| value.contains("rettifica del n. 1")), "{:?}", view.about);
}

#[test]
fn goes_out_without_a_planned_night_only_when_somebody_says_so() {
    let (mut desk, _folder) = desk();
    let plan = NewPlan { unit: UnitId::new("BS-U1"), outing_type: OutingType::StreetNight, from: day(12), weeks: 1 };
    desk.plan_outings(&plan).unwrap();
    let wish = wish("2026-W11");
    assert_eq!(desk.nights_to_come(&wish, later()).unwrap().unwrap().nights[0].date, day(12));
    assert_eq!(desk.make_release(&wish, false, later()).unwrap_err().code(), ErrorCode::NightsToCome);
    assert!(desk.list_releases().unwrap().is_empty(), "nothing went out");
    desk.make_release(&wish, true, later()).unwrap();
    let again = Wish { correct: true, ..wish };
    assert!(desk.nights_to_come(&again, later()).unwrap().is_none(), "a correction repeats what was given");
}
