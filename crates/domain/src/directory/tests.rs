use super::*;
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("RFC 3339")
}

fn span(days: &[Weekday], from: &str, to: &str) -> OpeningSpan {
    OpeningSpan {
        days: days.iter().copied().collect(),
        from: from.parse().expect("time"),
        to: to.parse().expect("time"),
    }
}

const WORKDAYS: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

fn entry(service_type: ServiceType, verified_on: &str) -> ServiceEntry {
    ServiceEntry {
        id: ServiceEntryId::new("consultorio"),
        service_type,
        label: "Consultorio".into(),
        phone: None,
        opening: vec![span(&WORKDAYS, "09:00", "13:00")],
        languages: vec![Language::It],
        needs_document: DocumentNeeded::StpEni,
        free: true,
        walk_in: true,
        accompany_advised: true,
        women_only: true,
        verified_on: verified_on.parse().expect("date"),
    }
}

#[test]
fn opens_and_closes_by_the_local_clock() {
    let mornings = [span(&WORKDAYS, "09:00", "13:00")];
    // 12 March 2026 is a Thursday.
    assert!(!is_open_at(&mornings, at("2026-03-12T08:59:59+01:00")));
    assert!(is_open_at(&mornings, at("2026-03-12T09:00:00+01:00")));
    assert!(is_open_at(&mornings, at("2026-03-12T12:59:59+01:00")));
    assert!(!is_open_at(&mornings, at("2026-03-12T13:00:00+01:00")));
    assert!(is_open_at(&mornings, at("2026-07-09T09:00:00+02:00")), "summer time");
    assert!(!is_open_at(&mornings, at("2026-03-14T10:00:00+01:00")), "Saturday");
}

#[test]
fn finds_the_next_opening_over_the_weekend() {
    let mornings = [span(&WORKDAYS, "09:00", "13:00")];
    let opens_at = Some(at("2026-03-16T09:00:00+01:00"));
    assert_eq!(next_opening(&mornings, at("2026-03-13T13:00:00+01:00")), opens_at);
    assert_eq!(opening_at(&mornings, at("2026-03-14T23:30:00+01:00")), Opening::Closed { opens_at });
    let closes_at = Some(at("2026-03-16T13:00:00+01:00"));
    assert_eq!(opening_at(&mornings, at("2026-03-16T10:00:00+01:00")), Opening::Open { closes_at });
}

#[test]
fn stays_open_over_midnight() {
    let night = [span(&[Weekday::Thursday], "22:00", "02:00")];
    assert!(is_open_at(&night, at("2026-03-12T23:30:00+01:00")));
    assert!(is_open_at(&night, at("2026-03-13T01:59:00+01:00")), "still Thursday's night");
    assert!(!is_open_at(&night, at("2026-03-13T02:00:00+01:00")));
    assert!(!is_open_at(&night, at("2026-03-12T01:00:00+01:00")), "Wednesday's night");
    let closes_at = Some(at("2026-03-13T02:00:00+01:00"));
    assert_eq!(opening_at(&night, at("2026-03-12T22:00:00+01:00")), Opening::Open { closes_at });
}

#[test]
fn joins_spans_that_touch_and_never_closes_what_is_always_open() {
    let long = [span(&WORKDAYS, "09:00", "13:00"), span(&WORKDAYS, "13:00", "17:00")];
    let closes_at = Some(at("2026-03-12T17:00:00+01:00"));
    assert_eq!(opening_at(&long, at("2026-03-12T10:00:00+01:00")), Opening::Open { closes_at });
    let always = [span(Weekday::ALL, "00:00", "00:00")];
    assert_eq!(opening_at(&always, at("2026-03-29T01:30:00Z")), Opening::Open { closes_at: None });
}

#[test]
fn keeps_unknown_hours_apart_from_closed_ones() {
    assert_eq!(opening_at(&[], at("2026-03-12T10:00:00+01:00")), Opening::Unknown);
    let never = [span(&[], "09:00", "13:00")];
    assert_eq!(opening_at(&never, at("2026-03-12T10:00:00+01:00")), Opening::Closed { opens_at: None });
}

#[test]
fn is_open_as_long_as_the_door_is_when_the_clock_changes() {
    let night = [span(&[Weekday::Saturday], "22:00", "06:00")];
    let open_minutes = |from: &str| {
        let start = at(from);
        (0..24 * 60).filter(|minute| is_open_at(&night, start + TimeDelta::minutes(*minute))).count()
    };
    assert_eq!(open_minutes("2026-03-21T12:00:00+01:00"), 480, "a usual night");
    assert_eq!(open_minutes("2026-03-28T12:00:00+01:00"), 420, "the short one");
    assert_eq!(open_minutes("2026-10-24T12:00:00+02:00"), 540, "the long one");
}

#[test]
fn skips_a_span_that_the_clock_skips() {
    // On 29 March 2026 the clock goes from 02:00 to 03:00.
    let skipped = [span(&[Weekday::Sunday], "02:00", "03:00")];
    let opens_at = next_opening(&skipped, at("2026-03-28T12:00:00+01:00"));
    assert_eq!(opens_at, Some(at("2026-04-05T02:00:00+02:00")));
}

#[test]
fn reads_times_of_the_clock_and_nothing_else() {
    assert_eq!("09:05".parse::<ClockTime>().map(ClockTime::minutes), Ok(545));
    for wrong in ["24:00", "9:00", "09:60", "09.00", "", "+9:00", "09:5"] {
        assert_eq!(wrong.parse::<ClockTime>(), Err(ParseClockError), "{wrong}");
    }
}

#[test]
fn is_stale_after_ninety_days() {
    let entry = entry(ServiceType::FamilyClinic, "2026-01-01");
    let day = |text: &str| text.parse().expect("date");
    assert!(!entry.is_stale(day("2026-04-01")), "the ninetieth day");
    assert!(entry.is_stale(day("2026-04-02")));
    assert_eq!(entry.days_since_check(day("2026-04-25")), 114);
    assert_eq!(entry.days_since_check(day("2025-12-31")), 0, "a clock that is behind");
}

#[test]
fn protects_houses_whose_place_is_secret_n07() {
    use ServiceType as T;
    for kind in T::ALL {
        let secret = [T::EmergencyShelter, T::EscapeHouse, T::SemiAutonomy].contains(kind);
        assert_eq!(entry(*kind, "2026-01-01").is_protected(), secret, "{kind}");
    }
}

#[test]
fn survives_being_written_down() {
    let entry = entry(ServiceType::StiClinic, "2026-01-01");
    let text = serde_json::to_string(&entry).expect("writes");
    assert!(text.contains(r#""from":"09:00""#) && text.contains(r#""mon""#), "{text}");
    assert_eq!(serde_json::from_str::<ServiceEntry>(&text).expect("reads"), entry);
}

fn clock() -> impl Strategy<Value = ClockTime> {
    (0..1440_u16).prop_filter_map("a time of the day", ClockTime::from_minutes)
}

prop_compose! {
    fn any_span()(
        days in proptest::collection::btree_set(proptest::sample::select(Weekday::ALL), 0..7),
        from in clock(),
        to in clock(),
    ) -> OpeningSpan {
        OpeningSpan { days, from, to }
    }
}

/// 2026, every minute of it, both changes of the clock included.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0..365 * 24 * 60_i64).prop_map(|minutes| at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

/// Reads a wall clock against the spans, knowing nothing of instants.
fn shows_open(spans: &[OpeningSpan], wall: chrono::NaiveDateTime) -> bool {
    let minute = u16::try_from(wall.time().num_seconds_from_midnight() / 60).expect("minute");
    let (today, yesterday) = (Weekday::of(wall.date()), Weekday::of(wall.date().pred_opt().expect("date")));
    spans.iter().any(|span| {
        let (from, to) = (span.from.minutes(), span.to.minutes());
        if to > from {
            span.days.contains(&today) && (from..to).contains(&minute)
        } else {
            span.days.contains(&today) && minute >= from || span.days.contains(&yesterday) && minute < to
        }
    })
}

proptest! {
    #[test]
    fn equals_the_wall_clock_on_days_of_twenty_four_hours(
        spans in proptest::collection::vec(any_span(), 0..4),
        instant in any_instant(),
    ) {
        let local = instant.naive_utc() + TimeDelta::minutes(crate::time::offset_minutes(instant).into());
        let changes: BTreeSet<u32> = [87, 88, 89, 297, 298, 299].into();
        prop_assume!(!changes.contains(&local.ordinal()));
        prop_assert_eq!(is_open_at(&spans, instant), shows_open(&spans, local));
    }

    #[test]
    fn opens_at_the_next_opening_and_not_before(
        spans in proptest::collection::vec(any_span(), 1..4),
        instant in any_instant(),
        part in 0.0..1.0_f64,
    ) {
        if let Some(next) = next_opening(&spans, instant) {
            prop_assert!(next > instant && !is_open_at(&spans, instant) && is_open_at(&spans, next));
            let minutes = (next - instant).num_minutes() as f64;
            let between = instant + TimeDelta::minutes((minutes * part) as i64);
            prop_assert!(!is_open_at(&spans, between), "closed at {between}");
        }
    }

    #[test]
    fn is_closed_at_its_closing_and_open_until_then(
        spans in proptest::collection::vec(any_span(), 1..4),
        instant in any_instant(),
        part in 0.0..1.0_f64,
    ) {
        if let Opening::Open { closes_at: Some(end) } = opening_at(&spans, instant) {
            prop_assert!(end > instant && !is_open_at(&spans, end));
            let minutes = (end - instant).num_minutes() as f64;
            prop_assert!(is_open_at(&spans, instant + TimeDelta::minutes((minutes * part) as i64)));
        }
    }

    #[test]
    fn reads_back_every_time_of_the_clock(time in clock()) {
        prop_assert_eq!(time.to_string().parse::<ClockTime>(), Ok(time));
    }
}
