//! Rules D.4.5 and D.4.10.

use super::super::*;
use super::{k, week};
use crate::sync::chain::Digest;
use crate::time::Period;

fn recipient(kind: RecipientKind) -> Recipient {
    Recipient { kind, code: "COM-1".into() }
}

fn entry(table: TableId, period: Period, output: &[u8]) -> LedgerEntry {
    LedgerEntry {
        recipient: recipient(RecipientKind::Municipality),
        table,
        period,
        rules: Rules { k: k(5), definitions: 1 },
        output: Digest::of(output),
    }
}

fn w(text: &str) -> Period {
    Period::week(week(text))
}

fn month(text: &str) -> Period {
    Period::Month { month: text.parse().expect("month") }
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.record(entry(TableId::Zone, w("2026-W11"), b"first")), Ok(Admission::New));
    ledger
}

#[test]
fn d4_5_gives_the_next_week_and_the_same_output_again() {
    let mut ledger = ledger();
    assert_eq!(ledger.record(entry(TableId::Zone, w("2026-W12"), b"next")), Ok(Admission::New));
    assert_eq!(ledger.record(entry(TableId::Zone, w("2026-W11"), b"first")), Ok(Admission::Again));
    assert_eq!(ledger.entries().len(), 2, "giving again is not a second release");
}

#[test]
fn d4_5_freezes_a_given_period() {
    assert_eq!(ledger().admit(&entry(TableId::Zone, w("2026-W11"), b"corrected")), Err(Refusal::PeriodFrozen));
}

#[test]
fn d4_5_refuses_overlap() {
    let merged = Period::Weeks { first: week("2026-W11"), last: week("2026-W12") };
    assert_eq!(ledger().admit(&entry(TableId::Zone, merged, b"x")), Err(Refusal::PeriodOverlaps));
    // A table that was withheld in week 11 is not in the ledger, and comes merged.
    assert_eq!(ledger().admit(&entry(TableId::DeskTopics, merged, b"x")), Ok(Admission::New));
}

#[test]
fn d4_5_refuses_a_second_granularity() {
    let ledger = ledger();
    assert_eq!(ledger.admit(&entry(TableId::Zone, month("2026-03"), b"x")), Err(Refusal::GranularityChanged));
    assert_eq!(ledger.admit(&entry(TableId::Zone, month("2026-07"), b"x")), Err(Refusal::GranularityChanged));
    assert_eq!(ledger.admit(&entry(TableId::ExitRequests, month("2026-03"), b"x")), Ok(Admission::New));
}

#[test]
fn d4_10_refuses_other_rules_over_the_same_outings() {
    let ledger = ledger();
    let mut other = entry(TableId::Gender, w("2026-W11"), b"x");
    other.rules.k = k(4);
    assert_eq!(ledger.admit(&other), Err(Refusal::RulesChanged), "also for another table");
    other.period = w("2026-W12");
    assert_eq!(ledger.admit(&other), Ok(Admission::New));
    other.recipient.code = "COM-2".into();
    other.period = w("2026-W11");
    assert_eq!(ledger.admit(&other), Ok(Admission::New), "another recipient has its own rules");
}

#[test]
fn d4_7_keeps_class_s_out_of_weekly_releases() {
    assert_eq!(ledger().admit(&entry(TableId::Concern, w("2026-W11"), b"x")), Err(Refusal::PeriodTooShort));
}

#[test]
fn raises_the_threshold_for_the_press() {
    assert_eq!(RecipientKind::Press.threshold(k(5)), Threshold::PRESS);
    assert_eq!(RecipientKind::Press.threshold(k(12)), k(12));
    assert_eq!(RecipientKind::Municipality.threshold(k(5)), k(5));
    let mut press = entry(TableId::Zone, w("2026-W11"), b"x");
    press.recipient = recipient(RecipientKind::Press);
    assert_eq!(Ledger::default().admit(&press), Err(Refusal::ThresholdTooLow));
}

#[test]
fn refuses_without_changing_anything() {
    let mut ledger = ledger();
    let before = ledger.clone();
    assert!(ledger.record(entry(TableId::Zone, w("2026-W11"), b"other")).is_err());
    assert_eq!(ledger, before);
    let text = serde_json::to_string(&ledger).expect("json");
    assert_eq!(serde_json::from_str::<Ledger>(&text).ok(), Some(before));
}
