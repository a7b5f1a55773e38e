//! Tests of the command line.

use super::*;
use chrono::NaiveDate;
use clap::CommandFactory;
use domain::time::SpanKind;

#[test]
fn command_line_is_sound() {
    Arguments::command().debug_assert();
}

#[test]
fn a_tally_is_of_the_period_that_holds_the_thursday() {
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    for (words, kind, date) in [
        (&["--week", "2026-W11"][..], SpanKind::Week, day("2026-03-12")),
        (&["--month", "2026-03"], SpanKind::Month, day("2026-03-05")),
        (&["--calendar-month", "2026-01"], SpanKind::CalendarMonth, day("2026-01-01")),
        (&["--quarter", "2026-Q1"], SpanKind::Quarter, day("2026-01-01")),
        (&["--year", "2026"], SpanKind::Year, day("2026-01-01")),
        (&["--project"], SpanKind::Project, None),
    ] {
        let parsed = Arguments::try_parse_from(["uscita", "tally"].iter().chain(words)).unwrap();
        let Command::Tally(tally) = parsed.command else { panic!() };
        assert_eq!(tally.period.chosen(), (kind, date));
    }
}

#[test]
fn takes_the_folder_under_either_name() {
    for name in ["--home", "--data-dir"] {
        let parsed = Arguments::try_parse_from(["uscita", "tally", "--week", "2026-W11", name, "x"]).unwrap();
        let Command::Tally(tally) = parsed.command else { panic!() };
        assert_eq!(tally.home.home, PathBuf::from("x"));
    }
}

#[test]
fn a_recovery_needs_a_key_and_a_source() {
    let with = |more: &[&str]| {
        let words = ["uscita", "recover", "--out", "x"].iter().chain(more);
        Arguments::try_parse_from(words.copied())
    };
    assert!(with(&["--words", "w", "--journal", "a", "b", "--uscita", "c"]).is_ok());
    assert!(with(&["--identity", "w", "--backup", "a"]).is_ok());
    for refused in [&["--words", "w"][..], &["--journal", "a"], &["--words", "w", "--identity", "i", "--journal", "a"]]
    {
        assert!(with(refused).is_err(), "{refused:?}");
    }
}

#[test]
fn a_release_names_recipient_and_whole_period() {
    let with = |recipient: &str, period: &str| {
        Arguments::try_parse_from(["uscita", "release", "make", "--recipient", recipient, "--period", period])
    };
    for period in ["2026-W11", "2026-03", "2026-Q1", "2026-H1"] {
        assert!(with("municipality:Brescia", period).is_ok(), "{period}");
    }
    for (recipient, period) in
        [("Brescia", "2026-W11"), ("mayor:Brescia", "2026-W11"), ("press: ", "2026-W11"), ("press:x", "2026")]
    {
        assert!(with(recipient, period).is_err(), "{recipient} {period}");
    }
}

#[test]
fn refuses_a_week_that_does_not_exist() {
    assert!(Arguments::try_parse_from(["uscita", "tally", "--week", "2026-W54"]).is_err());
    assert!(Arguments::try_parse_from(["uscita", "tally"]).is_err(), "a period is named");
    assert!(Arguments::try_parse_from(["uscita", "tally", "--project", "--year", "2026"]).is_err(), "one alone");
    let outside = |kind: &[&str]| Arguments::try_parse_from(["uscita", "tally", "--external"].iter().chain(kind));
    assert!(outside(&["--quarter", "2026-Q1"]).is_ok());
    assert!(outside(&["--year", "2026"]).is_err() && outside(&["--project"]).is_err(), "inside only (D.4.5)");
}
