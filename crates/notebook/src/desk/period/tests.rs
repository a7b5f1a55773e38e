use super::*;
use domain::ids::{OutingId, PlanId};
use domain::outing::{CancelReason, OutingType};
use domain::plan::{PlanState, PlannedRow};

fn day(date: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, date).unwrap()
}

fn span(first: u32, last: u32) -> Span {
    Span::new(day(first), day(last)).unwrap()
}

fn unit() -> UnitId {
    UnitId::new("BS-U1")
}

fn night(id: u128, date: u32) -> CountedNight {
    CountedNight {
        outing_id: OutingId(Uuid::from_u128(id)),
        unit: unit(),
        date: day(date),
        outing_type: OutingType::StreetNight,
        cancelled: None,
        minutes: 300,
        contacts: 10,
        version: 0,
        records: 12,
    }
}

fn planned(days: &[(u32, PlanState)]) -> Records {
    let row = |id: u128, date, state| PlannedRow {
        id: PlanId(Uuid::from_u128(id)),
        revision: 1,
        unit: unit(),
        outing_type: OutingType::StreetNight,
        date: day(date),
        state,
    };
    let rows = (1..).zip(days).map(|(id, (date, state))| row(id, *date, *state)).collect();
    let mut records = Records::default();
    let source = Source { device: DeviceId(Uuid::from_u128(7)), sequence: 1 };
    records.add(source, DeskEntry::Planned(rows));
    records
}

fn unsigned(records: u64, last: u32) -> Unsigned {
    let of_unit = |records| BTreeMap::from([(unit(), records)]);
    Unsigned {
        records: if records > 0 { of_unit(records) } else { BTreeMap::new() },
        last: BTreeMap::from([(unit(), day(last))]),
    }
}

/// Of a week that ends on the fifteenth.
fn open<'a>(plan: &'a PlanView, unsigned: &'a Unsigned) -> Open<'a> {
    let (to_do, amended_late) = (ToDo::default(), Vec::new());
    Open { to_do, plan, unsigned, last: day(15), amended_late, waiting_steps: 0, set_aside: 0 }
}

#[test]
fn i01_counts_planned_against_done() {
    let cancelled = PlanState::Cancelled { reason: CancelReason::Weather };
    let plans = planned(&[
        (9, PlanState::Planned),
        (10, PlanState::Planned),
        (11, cancelled),
        (15, PlanState::Planned),
        (12, PlanState::Withdrawn),
    ]);
    let nights = [night(1, 9), CountedNight { cancelled: Some(CancelReason::Staff), ..night(2, 13) }, night(3, 14)];
    let view = plan(&calendar(&plans, &nights, span(9, 15), day(15)), &unsigned(0, 14));
    assert_eq!((view.planned, view.done, view.as_planned, view.cancelled, view.ahead), (4, 2, 1, 2, 1));
    let silent: Vec<_> = view.silent.iter().map(|night| (night.date, night.unsigned)).collect();
    assert_eq!(silent, [(day(10), false)]);
}

#[test]
fn only_a_night_after_the_last_signed_one_waits_for_its_signature() {
    let plans = planned(&[(9, PlanState::Planned), (12, PlanState::Planned)]);
    let outings = calendar(&plans, &[night(1, 10)], span(9, 15), day(15));
    let silent = |waiting: &Unsigned| {
        plan(&outings, waiting).silent.into_iter().map(|night| (night.date, night.unsigned)).collect::<Vec<_>>()
    };
    assert_eq!(silent(&unsigned(31, 10)), [(day(9), false), (day(12), true)]);
    assert_eq!(silent(&unsigned(0, 10)), [(day(9), false), (day(12), false)]);
}

#[test]
fn a_document_goes_out_without_what_was_planned_and_has_not_come() {
    let (week, today) = (span(9, 15), day(18));
    let plans = planned(&[(9, PlanState::Planned), (12, PlanState::Planned), (17, PlanState::Planned)]);
    let to_come = |plans: &Records, nights: &[CountedNight], waiting: &Unsigned| {
        let outings = |span| calendar(plans, nights, span, today);
        let found = super::to_come(&outings(week), &outings(span(16, 18)), waiting, week, today);
        found.map(|found| (found.nights.into_iter().map(|night| (night.date, night.unsigned)).collect(), found.units))
    };
    let unknown = Some((vec![(day(12), false)], vec![]));
    assert_eq!(to_come(&plans, &[night(1, 9)], &unsigned(0, 9)), unknown);
    assert_eq!(to_come(&plans, &[night(1, 9)], &unsigned(31, 9)), Some((vec![(day(12), true)], vec![])));
    let both = [night(1, 9), night(2, 12)];
    assert_eq!(to_come(&plans, &both, &unsigned(31, 12)), None, "what waits is of the night that was planned since");
    let this_week = planned(&[(9, PlanState::Planned), (12, PlanState::Planned)]);
    let anything = Some((vec![], vec![unit()]));
    for plans in [&this_week, &Records::default()] {
        assert_eq!(to_come(plans, &both, &unsigned(31, 12)), anything, "it may be of this week");
        assert_eq!(to_come(plans, &both, &unsigned(0, 12)), None);
    }
    assert_eq!(to_come(&Records::default(), &[], &unsigned(0, 12)), None, "nobody was to go out");
}

#[test]
fn says_what_is_most_urgent_first_and_that_nobody_is_without_a_place() {
    let plans = planned(&[(9, PlanState::Planned), (12, PlanState::Planned)]);
    let waiting = unsigned(31, 10);
    let plan = plan(&calendar(&plans, &[night(1, 10)], span(9, 15), day(15)), &waiting);
    let to_do = ToDo { no_place: 0, urgent: 1, silent: 2 };
    let open = Open { to_do, amended_late: vec![day(10)], ..open(&plan, &waiting) };
    let said: Vec<_> = gaps(open).into_iter().map(|gap| (gap.kind, gap.count, gap.dates)).collect();
    let expected = [
        (GapKind::NoPlace, 0, vec![]),
        (GapKind::Urgent, 1, vec![]),
        (GapKind::NoNews, 1, vec![day(9)]),
        (GapKind::Unsigned, 31, vec![day(12)]),
        (GapKind::Silent, 2, vec![]),
        (GapKind::AmendedLate, 1, vec![day(10)]),
    ];
    assert_eq!(said, expected);
    let nothing = super::plan(&[], &unsigned(0, 1));
    let later = unsigned(31, 17);
    for unsigned in [&unsigned(0, 1), &later] {
        let said = gaps(self::open(&nothing, unsigned));
        assert_eq!(said.len(), 1, "somebody without a place is always spoken of; records of later nights are not");
    }
}

#[test]
fn a_week_without_an_outing_is_not_one_of_which_nothing_came() {
    let point = |week: &str, outings| TrendPoint {
        week: week.parse().unwrap(),
        outings,
        cancelled: 0,
        minutes: 0,
        operator_minutes: 0,
        km: 0,
        contacts: 0,
        first: 0,
        returning: 0,
        observed: 0,
        presences: 0,
        unique_min: 0,
        unique_max: 0,
        condoms: 0,
        referrals_opened: 0,
        accompaniments: 0,
        desk_accesses: 0,
    };
    let plans = planned(&[(10, PlanState::Planned), (17, PlanState::Planned), (18, PlanState::Planned)]);
    let outings = calendar(&plans, &[night(1, 3), night(2, 17)], span(2, 29), day(29));
    let weeks = [("2026-W10", 1), ("2026-W11", 0), ("2026-W12", 1), ("2026-W13", 0)];
    let points: Vec<TrendPoint> = weeks.map(|(week, outings)| point(week, outings)).into();
    let standings = |unsigned: &Unsigned| -> Vec<WeekStanding> {
        trend(points.clone(), &outings, unsigned).iter().map(|week| week.standing).collect()
    };
    let expected = [WeekStanding::Counted, WeekStanding::NoNews, WeekStanding::Partial, WeekStanding::NoOuting];
    assert_eq!(standings(&unsigned(0, 3)), expected);
    let [first, _, third, last] = expected;
    assert_eq!(standings(&unsigned(31, 3)), [first, WeekStanding::Unsigned, third, last], "it waits for its signature");
}

#[test]
fn goes_no_further_than_there_may_be_something() {
    let known = span(1, 20);
    assert_eq!(neighbours(SpanKind::Week, span(9, 15), known), (Some(day(8)), Some(day(16))));
    assert_eq!(neighbours(SpanKind::Week, span(16, 22), known), (Some(day(15)), None));
    assert_eq!(neighbours(SpanKind::Month, span(1, 29), known), (None, None));
    assert_eq!(neighbours(SpanKind::Project, span(9, 15), known), (None, None));
}

#[test]
fn a_month_lists_its_nights_and_a_quarter_is_long() {
    assert!(lists_nights(span(1, 31)) && !is_long(span(1, 31)));
    let quarter = Span::new(day(2), NaiveDate::from_ymd_opt(2026, 5, 31).unwrap()).unwrap();
    assert!(!lists_nights(quarter) && is_long(quarter));
    assert_eq!(completion_on(span(1, 1)), day(31));
}
