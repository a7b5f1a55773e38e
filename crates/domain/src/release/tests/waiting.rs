//! What is too small waits for the next period, of whichever length (D.4.3).

use super::*;

fn monthly(month: &str) -> Period {
    Period::Month { month: month.parse().expect("month") }
}

#[test]
fn a_month_with_few_people_is_put_together_with_the_next() {
    let mut history = History::default();
    let records = records(&[(10, [1, 2, 0]), (15, [6, 0, 2])]);
    let first = give(&mut history, &records, &wish("A", monthly("2026-03"))).expect("given");
    assert_eq!(topics(&first).total, Some(Cell::Hidden));
    let second = give(&mut history, &records, &wish("A", monthly("2026-04"))).expect("given");
    let table = topics(&second);
    let both = Period::Months { first: "2026-03".parse().expect("month"), last: "2026-04".parse().expect("month") };
    assert_eq!((table.period, table.total), (Some(both), Some(Cell::Shown(11))));
    assert_eq!(words::period(&both), "marzo 2026 – aprile 2026, 2 marzo – 3 maggio 2026");
    assert!(second.release.to_bytes().is_ok_and(|bytes| Release::from_bytes(&bytes) == Ok(second.release.clone())));
    let frozen = give(&mut history, &records, &wish("A", monthly("2026-03")));
    assert_eq!(frozen.err(), Some(Refusal::PeriodFrozen));
}

#[test]
fn a_quarter_with_few_people_is_put_together_with_the_next() {
    let mut history = History::default();
    let records = records(&[(10, [1, 2, 0]), (15, [6, 0, 2])]);
    let quarter = |code: &str| Period::Quarter { quarter: code.parse().expect("quarter") };
    give(&mut history, &records, &wish("A", quarter("2026-Q1"))).expect("given");
    let draft = make(&records, &programme(), &history, &wish("A", quarter("2026-Q2")), &stamp()).expect("made");
    assert_eq!(topics(&draft).period.map(|period| period.to_string()), Some("2026-Q1–2026-Q2".into()));
}
