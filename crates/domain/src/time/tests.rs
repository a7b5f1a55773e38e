use super::*;
use chrono::{Datelike, NaiveTime, Weekday};
use proptest::prelude::*;
use serde_json::Value;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("RFC 3339")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("date")
}

fn slot(text: &str) -> Slot {
    text.parse().expect("slot")
}

fn week(text: &str) -> IsoWeek {
    text.parse().expect("week")
}

#[test]
fn counts_the_night_of_the_clock_change_by_instants() {
    let fixture: Value =
        serde_json::from_str(include_str!("../../tests/fixtures/week-2026-W11.json")).expect("fixture");
    let vector = &fixture["expected"]["dst_vector"];
    let instant = |key: &str| at(vector[key].as_str().expect(key));
    assert_eq!(Some(duration_minutes(instant("start"), instant("end"))), vector["minutes"].as_i64());
}

#[test]
fn counts_the_long_night_of_autumn_by_instants() {
    let minutes = duration_minutes(at("2026-10-24T21:30:00+02:00"), at("2026-10-25T03:30:00+01:00"));
    assert_eq!(minutes, 420);
}

#[test]
fn places_an_outing_on_the_local_date_of_its_start() {
    // 23:30 UTC on the 12th is half past midnight of the 13th in Rome.
    assert_eq!(operational_date(at("2026-03-12T23:30:00Z")), date("2026-03-13"));
    assert_eq!(operational_date(at("2026-03-12T21:30:00+01:00")), date("2026-03-12"));
    assert_eq!(operational_date(at("2026-07-12T22:30:00Z")), date("2026-07-13"));
}

#[test]
fn shows_the_local_clock_and_its_offset() {
    assert_eq!(local_clock(at("2026-03-12T20:05:59Z")), "21:05");
    assert_eq!(local_clock(at("2026-07-12T20:05:00Z")), "22:05");
    assert_eq!(offset_minutes(at("2026-03-12T20:05:00Z")), 60);
    assert_eq!(offset_minutes(at("2026-07-12T20:05:00Z")), 120);
}

#[test]
fn finds_the_instant_of_a_local_time() {
    let clock = |text: &str| text.parse::<NaiveTime>().expect("time");
    let cases = [
        ("2026-03-12", "21:30:00", "2026-03-12T20:30:00Z"),
        ("2026-07-12", "21:30:00", "2026-07-12T19:30:00Z"),
        // The clock shows 02:30 twice: the earlier one.
        ("2026-10-25", "02:30:00", "2026-10-25T00:30:00Z"),
        ("2026-10-25", "03:00:00", "2026-10-25T02:00:00Z"),
        ("2026-03-29", "01:59:00", "2026-03-29T00:59:00Z"),
        ("2026-03-29", "03:00:00", "2026-03-29T01:00:00Z"),
    ];
    for (day, time, instant) in cases {
        assert_eq!(instant_of(date(day), clock(time)), at(instant), "{day} {time}");
    }
    // The clock never shows 02:30 on 29 March: half an hour after the jump is 03:30.
    assert_eq!(local_clock(instant_of(date("2026-03-29"), clock("02:30:00"))), "03:30");
}

#[test]
fn counts_a_sunday_night_in_the_week_that_ends() {
    let start = at("2026-03-15T22:00:00+01:00");
    assert_eq!(IsoWeek::of(operational_date(start)), week("2026-W11"));
}

#[test]
fn knows_the_days_of_a_week() {
    let w11 = week("2026-W11");
    assert_eq!(
        (w11.monday(), w11.thursday(), w11.sunday()),
        (date("2026-03-09"), date("2026-03-12"), date("2026-03-15"))
    );
    assert_eq!((w11.year(), w11.number()), (2026, 11));
    assert_eq!(w11.next(), week("2026-W12"));
    assert_eq!(w11.previous(), week("2026-W10"));
    assert!(w11.contains(date("2026-03-15")) && !w11.contains(date("2026-03-16")));
}

#[test]
fn knows_week_53_and_the_year_border() {
    let w53 = week("2026-W53");
    assert_eq!((w53.monday(), w53.sunday()), (date("2026-12-28"), date("2027-01-03")));
    assert_eq!(w53.next(), week("2027-W01"));
    assert_eq!(iso_year(date("2027-01-02")), 2026, "the token epoch is the ISO year");
    assert_eq!(iso_year(date("2025-12-29")), 2026);
    assert!("2025-W53".parse::<IsoWeek>().is_err(), "2025 has 52 weeks");
}

#[test]
fn refuses_what_is_not_a_week() {
    for text in ["", "2026-11", "2026-W1", "2026-W00", "2026-W54", "26-W11", "2026W11", "+026-W11", "2026-W111"] {
        assert!(text.parse::<IsoWeek>().is_err(), "{text}");
    }
}

#[test]
fn puts_a_week_into_the_month_of_its_thursday() {
    assert_eq!(ReportingMonth::of(week("2026-W14")).to_string(), "2026-04"); // Thursday 2 April, Monday 30 March
    assert_eq!(ReportingMonth::of(week("2026-W53")).to_string(), "2026-12"); // Thursday 31 December
    let march: Vec<String> =
        "2026-03".parse::<ReportingMonth>().expect("month").weeks().map(|week| week.to_string()).collect();
    assert_eq!(march, ["2026-W10", "2026-W11", "2026-W12", "2026-W13"]);
    let december: Vec<String> =
        "2026-12".parse::<ReportingMonth>().expect("month").weeks().map(|week| week.to_string()).collect();
    assert_eq!(december.last().map(String::as_str), Some("2026-W53"));
    for text in ["2026-13", "2026-00", "2026-3", "2026-W3"] {
        assert!(text.parse::<ReportingMonth>().is_err(), "{text}");
    }
}

#[test]
fn makes_a_quarter_of_three_months() {
    let quarter: Quarter = "2026-Q1".parse().expect("quarter");
    let (first, last) = quarter.bounds();
    assert_eq!((first, last), (week("2026-W01"), week("2026-W13")));
    assert_eq!(Quarter::of(last), quarter);
    assert_eq!(Quarter::of(last.next()).to_string(), "2026-Q2");
    assert!("2026-Q5".parse::<Quarter>().is_err());
}

#[test]
fn refuses_a_free_date_range() {
    use crate::programme::BasePeriod;
    let exactly = |period, from, to| Period::exactly(period, date(from), date(to));
    assert_eq!(exactly(BasePeriod::Week, "2026-03-09", "2026-03-15"), Ok(Period::week(week("2026-W11"))));
    assert!(exactly(BasePeriod::Week, "2026-03-05", "2026-03-18").is_err());
    assert!(exactly(BasePeriod::Month, "2026-03-01", "2026-03-31").is_err(), "not whole weeks");
    assert!(exactly(BasePeriod::Month, "2026-03-02", "2026-03-29").is_ok());
}

#[test]
fn sees_when_periods_overlap() {
    let month = Period::Month { month: "2026-03".parse().expect("month") };
    assert!(month.overlaps(&Period::week(week("2026-W11"))));
    assert!(!month.overlaps(&Period::week(week("2026-W14"))));
    let merged = Period::Weeks { first: week("2026-W11"), last: week("2026-W12") };
    assert!(merged.overlaps(&Period::week(week("2026-W12"))));
    assert_eq!(merged.to_string(), "2026-W11–2026-W12");
    assert!(merged.contains(date("2026-03-22")) && !merged.contains(date("2026-03-23")));
}

#[test]
fn finds_the_slot_of_an_instant() {
    assert_eq!(Slot::of(at("2026-03-12T20:59:59Z")), slot("21:30"));
    assert_eq!(Slot::of(at("2026-03-12T21:00:00Z")), slot("22:00"));
    assert_eq!(Slot::of(at("2026-03-12T23:00:00Z")), slot("00:00"));
}

#[test]
fn refuses_what_is_not_a_half_hour() {
    for text in ["", "21", "21:15", "24:00", "1:30", "+1:30", "21:30:00", "-1:00"] {
        assert!(text.parse::<Slot>().is_err(), "{text}");
    }
}

#[test]
fn makes_the_slot_coarse() {
    let cases = [
        ("06:00", SlotBand::Day),
        ("17:30", SlotBand::Day),
        ("18:00", SlotBand::Evening),
        ("20:30", SlotBand::Evening),
        ("21:00", SlotBand::LateEvening),
        ("23:30", SlotBand::LateEvening),
        ("00:00", SlotBand::Night),
        ("02:30", SlotBand::Night),
        ("03:00", SlotBand::LateNight),
        ("05:30", SlotBand::LateNight),
    ];
    for (text, band) in cases {
        assert_eq!(slot(text).band(), band, "{text}");
    }
}

#[test]
fn orders_slots_over_midnight() {
    let start = at("2026-03-12T21:30:00+01:00");
    let order = ["21:30", "22:00", "23:30", "00:00", "00:30", "02:30"].map(|text| slot(text).position_after(start));
    assert_eq!(order, [Some(0), Some(1), Some(4), Some(5), Some(6), Some(10)]);
}

#[test]
fn v34_sees_neighbours_over_midnight_and_over_the_clock_change() {
    let winter = at("2026-03-12T21:30:00+01:00");
    assert!(are_adjacent(slot("23:30"), slot("00:00"), winter));
    assert!(are_adjacent(slot("00:00"), slot("00:00"), winter));
    assert!(!are_adjacent(slot("23:30"), slot("00:30"), winter));

    let spring = at("2026-03-28T21:30:00+01:00");
    assert!(are_adjacent(slot("01:30"), slot("03:00"), spring), "the clock jumps from 02:00 to 03:00");
    assert!(!are_adjacent(slot("01:30"), slot("02:00"), spring), "02:00 does not exist on that night");
    assert_eq!(slot("02:00").position_after(spring), None);

    let autumn = at("2026-10-24T21:30:00+02:00");
    assert!(are_adjacent(slot("02:30"), slot("02:00"), autumn), "02:00 comes back after 02:30");
    assert_eq!(half_hours_between(slot("01:30"), slot("03:00"), autumn), Some(5));
}

#[test]
fn writes_slots_weeks_and_periods_as_text() {
    let json = |value: &dyn erased::ToJson| value.to_json();
    assert_eq!(json(&slot("21:30")), "\"21:30\"");
    assert_eq!(json(&week("2026-W11")), "\"2026-W11\"");
    assert!(serde_json::from_str::<Slot>("\"21:31\"").is_err());
    assert_eq!(serde_json::from_str::<IsoWeek>("\"2026-W11\"").ok(), Some(week("2026-W11")));
    let period = Period::Month { month: "2026-03".parse().expect("month") };
    let text = json(&period);
    assert_eq!(text, r#"{"granularity":"month","month":"2026-03"}"#);
    assert_eq!(serde_json::from_str::<Period>(&text).ok(), Some(period));
}

fn span(first: &str, last: &str) -> Span {
    let day = |text: &str| text.parse().expect("date");
    Span::new(day(first), day(last)).expect("in order")
}

#[test]
fn finds_the_span_of_each_kind_around_a_date() {
    let project = span("2025-09-10", "2027-03-05");
    let around = |kind: SpanKind, date: &str| kind.around(date.parse().expect("date"), project);
    assert_eq!(around(SpanKind::Week, "2026-03-12"), span("2026-03-09", "2026-03-15"));
    assert_eq!(around(SpanKind::Month, "2026-03-12"), span("2026-03-02", "2026-03-29"));
    assert_eq!(around(SpanKind::CalendarMonth, "2026-03-12"), span("2026-03-01", "2026-03-31"));
    assert_eq!(around(SpanKind::CalendarMonth, "2026-12-31"), span("2026-12-01", "2026-12-31"));
    assert_eq!(around(SpanKind::Quarter, "2026-03-12"), span("2025-12-29", "2026-03-29"));
    assert_eq!(around(SpanKind::Year, "2026-12-30"), span("2025-12-29", "2027-01-03"), "a year of 53 weeks");
    assert_eq!(around(SpanKind::Year, "2027-01-03"), around(SpanKind::Year, "2026-06-01"));
    assert_eq!(around(SpanKind::Project, "2020-01-01"), project);
}

#[test]
fn releases_no_span_that_is_not_a_base_period() {
    let date = "2026-03-12".parse().expect("date");
    for kind in SpanKind::ALL {
        let released = kind.released(date).map(|period| (period.to_string(), Span::from(period)));
        match kind {
            SpanKind::Week | SpanKind::Month | SpanKind::Quarter => {
                assert_eq!(released, kind.label(date).zip(Some(kind.around(date, span("2026-01-01", "2026-12-31")))));
            }
            _ => assert_eq!(released, None),
        }
    }
    assert_eq!(SpanKind::Year.label(date).as_deref(), Some("2026"));
    assert_eq!(SpanKind::Project.label(date), None);
}

#[test]
fn counts_every_week_that_a_span_touches() {
    let weeks = |span: Span| span.weeks().map(|week| week.to_string()).collect::<Vec<_>>();
    assert_eq!(weeks(span("2026-03-15", "2026-03-16")), ["2026-W11", "2026-W12"]);
    assert_eq!(weeks(span("2026-03-10", "2026-03-10")), ["2026-W11"]);
    let day = |text: &str| text.parse().expect("date");
    assert_eq!(Span::new(day("2026-03-02"), day("2026-03-01")), None);
}

mod erased {
    /// Lets one assertion helper take values of several types.
    pub trait ToJson {
        fn to_json(&self) -> String;
    }
    impl<T: serde::Serialize> ToJson for T {
        fn to_json(&self) -> String {
            serde_json::to_string(self).expect("json")
        }
    }
}

proptest! {
    #[test]
    fn every_date_lies_in_exactly_one_week_month_and_quarter(days in 1..3_600_000_i32) {
        let Some(day) = NaiveDate::from_num_days_from_ce_opt(days).filter(|day| day.year() < 9999) else {
            return Ok(());
        };
        let week = IsoWeek::of(day);
        prop_assert!(week.monday() <= day && day <= week.sunday());
        prop_assert_eq!(week.monday().weekday(), Weekday::Mon);
        prop_assert_eq!(week.next().previous(), week);
        prop_assert_eq!(IsoWeek::new(week.year(), week.number()), Some(week));
        let month = ReportingMonth::of(week);
        prop_assert!(month.weeks().any(|other| other == week));
        prop_assert!((4..=5).contains(&month.weeks().count()));
        let period = Period::Quarter { quarter: Quarter::of(week) };
        prop_assert!(period.contains(day));
    }

    #[test]
    fn local_time_is_found_again(seconds in 0..4_000_000_000_i64) {
        let instant = DateTime::from_timestamp(seconds / 60 * 60, 0).expect("in range");
        let wall = instant + TimeDelta::minutes(i64::from(offset_minutes(instant)));
        let again = instant_of(wall.date_naive(), wall.time());
        // An hour earlier where the clock shows the time twice.
        prop_assert!(again == instant || again == instant - TimeDelta::hours(1));
        prop_assert_eq!(local_clock(again), local_clock(instant));
    }

    #[test]
    fn slots_are_found_again(index in 0..48_u8) {
        let text = format!("{:02}:{:02}", index / 2, index % 2 * 30);
        prop_assert_eq!(slot(&text).to_string(), text);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,12}") {
        if let Ok(slot) = text.parse::<Slot>() { prop_assert_eq!(slot.to_string(), text.clone()); }
        if let Ok(week) = text.parse::<IsoWeek>() { prop_assert_eq!(week.to_string(), text); }
    }
}
