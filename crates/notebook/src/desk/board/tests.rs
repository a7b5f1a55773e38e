//! Who waits, in which order, and that the stock of a week is proved.

use super::*;
use domain::disclosure::Threshold;
use domain::ids::{AccompanimentId, DeviceId, ProgrammeId};
use domain::programme::{BasePeriod, Policy, Programme};
use domain::referral::{AccompanimentOutcome, Consent, ReferralOutcome, ReferralState as S, ServiceType, TravelMode};
use std::collections::BTreeSet;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn programme() -> Programme {
    Programme {
        id: ProgrammeId(Uuid::from_u128(1)),
        name: "Prova".into(),
        start: day("2026-01-01"),
        end: day("2026-12-31"),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: Vec::new(),
        units: Vec::new(),
        operators: Vec::new(),
        operator_orgs: std::collections::BTreeMap::new(),
        retired: domain::programme::Retired::default(),
        zones: Vec::new(),
        nationalities: Vec::new(),
        items: Vec::new(),
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: Vec::new(),
        policy: Policy::default(),
    }
}

fn event(date: &str, state: S) -> ReferralEvent {
    let outcome = (state == S::Closed).then_some(ReferralOutcome::ServiceReceived);
    ReferralEvent { date: day(date), state, outcome }
}

fn row(number: u128, urgency: Urgency, events: &[(&str, S)]) -> ReferralRow {
    ReferralRow {
        id: ReferralId(Uuid::from_u128(number)),
        origin: ReferralOrigin::Desk,
        opened_on: day(events[0].0),
        service_type: ServiceType::EmergencyShelter,
        urgency,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
        events: events.iter().map(|(date, state)| event(date, *state)).collect(),
    }
}

fn records(rows: &[ReferralRow]) -> Records {
    let mut records = Records::default();
    for (row, sequence) in rows.iter().zip(1..) {
        records.add(source(sequence), DeskEntry::ReferralOpened(row.clone()));
    }
    records
}

fn source(sequence: u64) -> Source {
    Source { device: DeviceId(Uuid::nil()), sequence }
}

const OPEN: BoardInput = BoardInput { filter: BoardFilter::Open, week: None };

/// The board over these entries, as the notebook puts it together.
fn shown(records: &Records, lost: Option<LostRule>, today: &str, input: BoardInput) -> BoardView {
    let today = day(today);
    let mut counted = records.clone();
    lost.into_iter().for_each(|rule| counted.lose_silent(rule));
    let paths: Vec<ReferralRow> = records.paths().into_values().collect();
    let courses = counted.referrals().into_values().map(|row| (row.id, Course::of(&row)));
    let (open, ended): (Vec<_>, Vec<_>) = courses.partition(|(_, course)| course.ended_on.is_none());
    let has_place = |row: &&ReferralRow| row.events.iter().any(|event| event.state == S::Placed);
    let data = BoardData {
        waiting: rank_open(open, today).0,
        lost,
        ended: ended.len() as u64,
        first_opened: paths.iter().map(|row| row.opened_on).min(),
        last_placed: paths.iter().find(has_place).cloned(),
        flow: ReferralTally::of(&counted, week_of(input, today)),
        paths,
    };
    let at_desk = noted_at_desk(records);
    let detail = |row: &ReferralRow| {
        let of_it = |went: &Accompaniment| went.referral_id == row.id;
        Ok(Detail {
            unit: None,
            is_last_of_desk: row.events.last().is_some_and(|last| at_desk.contains_key(&(row.id, *last))),
            company: records.accompaniments().into_values().filter(of_it).collect(),
            children: paths_of(records).filter(|child| child.parent_id == Some(row.id)).map(|child| child.id).collect(),
        })
    };
    board(data, &programme(), today, input, None, detail).unwrap()
}

fn paths_of(records: &Records) -> impl Iterator<Item = ReferralRow> {
    records.paths().into_values()
}

fn order(view: &BoardView) -> Vec<u128> {
    view.rows.iter().map(|row| row.id.0.as_u128()).collect()
}

#[test]
fn puts_what_has_no_place_first_then_what_is_urgent_then_the_oldest() {
    let rows = [
        row(1, Urgency::Routine, &[("2026-03-05", S::Proposed), ("2026-03-11", S::Accepted)]),
        row(2, Urgency::Routine, &[("2026-03-02", S::Proposed), ("2026-03-12", S::Accepted)]),
        row(3, Urgency::Within72h, &[("2026-03-10", S::Proposed)]),
        row(
            4,
            Urgency::Immediate,
            &[
                ("2026-03-14", S::Proposed),
                ("2026-03-14", S::Accepted),
                ("2026-03-14", S::Requested),
                ("2026-03-14", S::NoPlace),
            ],
        ),
        row(5, Urgency::Immediate, &[("2026-03-16", S::Proposed)]),
        row(6, Urgency::Routine, &[("2026-03-01", S::Proposed), ("2026-03-01", S::Declined)]),
    ];
    let view = shown(&records(&rows), None, "2026-03-16", OPEN);
    assert_eq!(order(&view), [4, 3, 2, 1, 5]);
    assert_eq!((view.open, view.to_do), (5, ToDo { no_place: 1, urgent: 1, silent: 0 }));
    assert_eq!(view.rows[4].overdue, None, "one of today has its day");
    let ended = shown(&records(&rows), None, "2026-03-16", BoardInput { filter: BoardFilter::Ended, ..OPEN });
    assert_eq!((order(&ended), ended.no_place.len()), (vec![6], 1), "no place stays in sight");
}

#[test]
fn an_urgent_one_waits_until_something_is_arranged_v22() {
    let late = row(1, Urgency::Within72h, &[("2026-03-10", S::Proposed), ("2026-03-10", S::Accepted)]);
    assert_eq!(standing(Course::of(&late), day("2026-03-13")).overdue, None, "the third day");
    assert_eq!(standing(Course::of(&late), day("2026-03-14")).overdue, Some(Overdue::Urgent));
    let booked = row(
        1,
        Urgency::Within72h,
        &[("2026-03-10", S::Proposed), ("2026-03-10", S::Accepted), ("2026-03-11", S::Booked)],
    );
    assert_eq!(standing(Course::of(&booked), day("2026-03-24")).overdue, None);
    assert_eq!(
        standing(Course::of(&booked), day("2026-03-25")).overdue,
        Some(Overdue::Silent),
        "a fortnight without news"
    );
}

#[test]
fn what_has_no_place_waits_whatever_its_age() {
    let no_place = row(1, Urgency::Routine, &[("2026-01-01", S::Proposed), ("2026-01-01", S::NoPlace)]);
    let lost = LostRule { after_days: 60, known_until: day("2026-12-01") };
    let view = shown(&records(&[no_place]), Some(lost), "2026-12-01", OPEN);
    assert_eq!((view.open, view.no_place.len()), (1, 1));
    assert_eq!(view.rows[0].lost_on, None);
    assert_eq!(view.rows[0].next, [S::Closed], "it leaves by hand");
}

#[test]
fn proves_the_stock_of_a_week() {
    let rows = [
        row(1, Urgency::Routine, &[("2026-03-05", S::Proposed), ("2026-03-05", S::Accepted)]),
        row(2, Urgency::Routine, &[("2026-03-06", S::Proposed), ("2026-03-10", S::Declined)]),
        row(3, Urgency::Routine, &[("2026-03-10", S::Proposed)]),
        row(
            4,
            Urgency::Routine,
            &[
                ("2026-03-11", S::Proposed),
                ("2026-03-11", S::Accepted),
                ("2026-03-12", S::Attended),
                ("2026-03-12", S::Closed),
            ],
        ),
        row(5, Urgency::Routine, &[("2026-03-16", S::Proposed)]),
    ];
    let records = records(&rows);
    let flow = shown(&records, None, "2026-03-16", OPEN).flow;
    assert_eq!(
        (flow.week.to_string().as_str(), flow.start, flow.opened, flow.ended, flow.end),
        ("2026-W11", 2, 2, 2, 2)
    );
    assert_eq!(flow.start + flow.opened - flow.ended, flow.end);
    assert_eq!((flow.completed, flow.measured_on), (None, day("2026-04-14")), "thirty days are not over");
    let (previous, next) = (flow.previous.unwrap().to_string(), flow.next.unwrap().to_string());
    assert_eq!((previous.as_str(), next.as_str()), ("2026-W10", "2026-W12"));
    let week = Some("2026-W11".parse().unwrap());
    let later = shown(&records, None, "2026-04-15", BoardInput { week, ..OPEN }).flow;
    assert_eq!((later.completed, later.completed_percent), (Some(1), None), "two are too few for a share");
    let future =
        shown(&records, None, "2026-03-16", BoardInput { week: Some("2026-W30".parse().unwrap()), ..OPEN }).flow;
    assert_eq!((future.week.to_string().as_str(), future.next), ("2026-W12", None));
}

#[test]
fn a_lost_one_says_that_it_ended_by_itself_and_may_go_on() {
    let records = records(&[row(1, Urgency::Routine, &[("2026-01-05", S::Proposed), ("2026-01-05", S::Accepted)])]);
    let lost = LostRule { after_days: 60, known_until: day("2026-03-16") };
    let view = shown(&records, Some(lost), "2026-03-16", BoardInput { filter: BoardFilter::All, ..OPEN });
    let row = &view.rows[0];
    assert_eq!((view.open, row.state, row.lost_by_itself, row.days), (0, S::Lost, true, 60));
    assert!(row.next.contains(&S::Attended), "she may come after all");
}

#[test]
fn names_its_chain_its_company_and_what_may_be_taken_back() {
    let first = row(1, Urgency::Routine, &[("2026-03-10", S::Proposed), ("2026-03-10", S::Accepted)]);
    let second = ReferralRow { parent_id: Some(first.id), ..row(2, Urgency::Routine, &[("2026-03-11", S::Proposed)]) };
    let mut records = records(&[first.clone(), second.clone()]);
    let went = Accompaniment {
        id: AccompanimentId(Uuid::from_u128(1)),
        referral_id: first.id,
        date: day("2026-03-12"),
        minutes: 90,
        staff_n: 2,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::Done,
    };
    records.add(source(10), DeskEntry::Accompanied(went));
    let view = shown(&records, None, "2026-03-16", OPEN);
    assert_eq!(view.rows[0].children, [second.id.short_code()]);
    assert_eq!(view.rows[1].parent, Some(first.id.short_code()));
    assert_eq!(view.rows[0].company.iter().map(|went| went.minutes).collect::<Vec<_>>(), [90]);
    assert!(view.rows.iter().all(|row| row.takes_back && row.allows_company));
}

#[test]
fn says_how_the_last_emergency_place_was_found() {
    let path = [
        ("2026-03-11", S::Proposed),
        ("2026-03-11", S::Accepted),
        ("2026-03-12", S::Requested),
        ("2026-03-12", S::Placed),
    ];
    let view = shown(&records(&[row(1, Urgency::Immediate, &path)]), None, "2026-03-16", OPEN);
    assert_eq!(view.last_placed, Some(PlacedView { asked_on: day("2026-03-12"), days: 0 }));
}

#[test]
fn of_many_the_first_in_rank_are_listed_and_all_without_a_place() {
    let course = |n: u128, state| {
        let opened_on = day("2026-01-01") + Days::new((n % 50) as u64);
        Course { opened_on, urgency: Urgency::Routine, state, last_on: opened_on, ended_on: None }
    };
    let id = |n| ReferralId(Uuid::from_u128(n));
    let mut open: Vec<_> = (0..1_000).map(|n| (id(n), course(n, S::Booked))).collect();
    let mut by_age = open.clone();
    by_age.sort_by_key(|(id, course)| (course.opened_on, *id));
    open.push((id(5_000), course(49, S::NoPlace)));
    let (waiting, listed) = rank_open(open.clone(), day("2026-02-25"));
    assert_eq!((waiting.open, waiting.to_do.no_place), (1_001, 1));
    let expected: BTreeSet<_> = by_age.iter().take(299).map(|(id, _)| *id).chain([id(5_000)]).collect();
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), expected);
    open.extend((6_000..6_400).map(|n| (id(n), course(n, S::NoPlace))));
    assert_eq!(rank_open(open, day("2026-02-25")).1.len(), 401, "nobody without a place is left out");
}
