//! The synthetic week 2026-W11: from entities through the projection to every expected number.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod build;

use build::Week;
use domain::contact::Language;
use domain::depot::{Cover, Depot, DepotMove, DepotRow, Pile};
use domain::disclosure::{Cell, Recipient, RecipientKind, TableId, Threshold, Why};
use domain::ids::{DepotMoveId, DeviceId, ItemCode};
use domain::indicator::{External, OutingTally, Records, Source, Tally};
use domain::release::history::History;
use domain::release::make::{Draft, Stamp, Wish, make};
use domain::release::{Release, ReleaseFault, csv};
use domain::sync::night_log::DeskEntry;
use domain::time::Period;
use domain::validate::{RuleId, Severity, is_ready, review};
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys of the week that belong to signals, cases, interviews, reports and programmes, which this release does not
/// record.
const NOT_RECORDED: [&str; 10] = [
    "cases_active",
    "cases_closed",
    "cases_opened",
    "interviews",
    "interviews_with_mediator",
    "mean_interviews_per_closed_case",
    "programme_joined",
    "reports",
    "signals",
    "signals_written_consent",
];

fn week() -> Week {
    let text = include_str!("../fixtures/week-2026-W11.json");
    Week::read(serde_json::from_str(text).expect("fixture"))
}

fn tally(week: &Week) -> Tally {
    Tally::of(&week.records(), period(week))
}

fn period(week: &Week) -> Period {
    Period::week(week.json["iso_week"].as_str().expect("iso_week").parse().expect("week"))
}

/// Compares every key of `expected` with ours, and says how many there were.
fn compare(expected: &Value, ours: &Value, skip: &[&str], place: &str) -> usize {
    let expected = expected.as_object().expect(place);
    let keys: Vec<&String> = expected.keys().filter(|key| !skip.contains(&key.as_str())).collect();
    for key in &keys {
        assert_eq!(ours.get(key.as_str()), expected.get(key.as_str()), "{place}: {key}");
    }
    keys.len()
}

#[test]
fn counts_the_week_as_expected() {
    let week = week();
    let expected = &week.json["expected"]["week"];
    assert!(NOT_RECORDED.iter().all(|key| expected.get(key).is_some()), "the exceptions exist");
    let ours = serde_json::to_value(tally(&week)).expect("json");
    assert_eq!(compare(expected, &ours, &NOT_RECORDED, "week"), 48);
}

#[test]
fn counts_every_outing_as_expected() {
    let week = week();
    let expected = week.json["expected"]["per_outing"].as_object().expect("per_outing");
    assert_eq!(expected.len(), week.nights.len());
    for (id, expected) in expected {
        let (state, log) = &week.nights[id];
        let ours = serde_json::to_value(OutingTally::of(log)).expect("json");
        assert!(compare(expected, &ours, &["aliases"], id) >= 22);
        // Aliases stay with the team; those who count are the ones of contacts that are not repeats.
        let aliases: BTreeSet<&str> = state
            .contacts
            .values()
            .filter(|contact| contact.counts_persons())
            .flat_map(|contact| contact.aliases.iter().map(|alias| alias.as_str()))
            .collect();
        assert_eq!(serde_json::to_value(aliases).expect("json"), expected["aliases"], "{id}");
    }
}

#[test]
fn sends_the_expected_tokens_apart_from_the_rows() {
    let week = week();
    let expected = week.json["expected"]["server_token_presence"].as_object().expect("tokens");
    for (id, expected) in expected {
        let (_, log) = &week.nights[id];
        assert_eq!(serde_json::to_value(&log.presence).expect("json"), *expected, "{id}");
        let rows = serde_json::to_string(&log.contacts).expect("json");
        let referrals = serde_json::to_string(&log.referrals).expect("json");
        for row in &log.presence {
            let token = row.token.to_hex();
            assert!(!rows.contains(&token) && !referrals.contains(&token), "{id}");
        }
    }
}

#[test]
fn sends_no_alias_no_half_hour_and_no_device() {
    let week = week();
    for (id, (state, log)) in &week.nights {
        let sent = serde_json::to_string(log).expect("json");
        for contact in state.contacts.values() {
            for alias in &contact.aliases {
                assert!(!sent.contains(alias.as_str()), "{id}");
            }
            assert!(!sent.contains(&format!("\"{}\"", contact.slot)), "{id}");
            assert!(!sent.contains(&contact.device_id.to_string()), "{id}");
        }
    }
}

#[test]
fn releases_the_expected_tables() {
    let week = week();
    let external = External::of(&tally(&week), &week.programme, period(&week), Threshold::DEFAULT);
    let expected = week.json["expected"]["external_k5"].as_object().expect("external_k5");
    assert_eq!(expected.len(), 6);
    for (id, expected) in expected {
        let table = external.find_table(id.parse().expect("table")).expect(id);
        assert_eq!(serde_json::to_value(table).expect("json"), *expected, "{id}");
        let order: Vec<&str> = table.rows.iter().map(|row| row.category.as_str()).collect();
        let expected_order: BTreeSet<&str> =
            expected["cells"].as_object().expect("cells").keys().map(String::as_str).collect();
        assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), expected_order, "{id}");
    }
}

#[test]
fn releases_activity_and_ranges_and_nothing_sensitive() {
    let week = week();
    let external = External::of(&tally(&week), &week.programme, period(&week), Threshold::DEFAULT);
    let activity = serde_json::to_value(&external.activity).expect("json");
    assert_eq!(activity["leaflets_by_language"], serde_json::json!({"en": 8, "other_languages": 6}));
    assert_eq!(activity["leaflets"], 14);
    assert_eq!(activity["condoms_per_contact_x10"], 82);
    assert_eq!(activity["event_participants"], 30);
    assert_eq!(
        activity["supplies"],
        serde_json::json!({"condom_ext": 248, "hot_drink": 11, "lubricant": 65, "wipes": 3})
    );
    let unique = external.unique.expect("19 is enough");
    assert_eq!((unique.min, unique.max), (19, 26));
    assert_eq!((external.contacts.shown(), external.presences.shown()), (Some(30), Some(54)));
    assert!(external.find_table(TableId::Accompaniments).expect("table").is_withheld(), "three are too few");
    let desk = external.find_table(TableId::DeskTopics).expect("table");
    assert_eq!(desk.total.shown(), Some(5));
    assert!(desk.rows.iter().all(|row| matches!(row.cell.shown(), None | Some(0))), "topics stay inside");
    for sensitive in [TableId::ExitRequests, TableId::Emergency, TableId::Minors, TableId::Concern, TableId::Incidents]
    {
        assert!(external.find_table(sensitive).is_none(), "{sensitive} in a week");
    }
}

#[test]
fn lets_the_lead_sign_every_night() {
    let week = week();
    for (id, (state, _)) in &week.nights {
        let findings = review(state, &week.programme);
        assert!(is_ready(state, &findings), "{id}: {findings:?}");
        assert!(findings.iter().all(|finding| finding.severity == Severity::Warning), "{id}");
    }
    let asked: Vec<RuleId> =
        review(&week.nights["O2"].0, &week.programme).into_iter().map(|finding| finding.rule).collect();
    assert_eq!(asked, [RuleId::V12], "one person declared and asks to leave");
}

#[test]
fn counts_the_same_in_any_order_and_however_often() {
    let week = week();
    let once = tally(&week);
    let mut entries = week.entries();
    entries.reverse();
    entries.extend(week.entries());
    let mut records = Records::default();
    for (source, entry) in entries {
        records.add(source, entry);
    }
    assert_eq!(Tally::of(&records, period(&week)), once);
}

#[test]
fn keeps_the_identities_of_the_design() {
    let tally = tally(&week());
    let nights = &tally.nights;
    let people = nights.contacts;
    assert_eq!(nights.first + nights.returning + nights.kind_unknown, people);
    assert_eq!(nights.linked + nights.unlinked, people);
    for sum in [
        nights.gender.values().sum::<u64>(),
        nights.age.values().sum(),
        nights.nat.values().sum(),
        nights.zone.values().sum(),
        nights.slot_band.values().sum(),
    ] {
        assert_eq!(sum, people);
    }
    let stock = &tally.referrals;
    assert_eq!(stock.referrals_open_start + stock.referrals_opened - stock.referrals_ended, stock.referrals_open_end);
}

/// The first document for the municipality.
fn first_release(week: &Week) -> Draft {
    release_of(week, &week.records())
}

fn release_of(week: &Week, records: &Records) -> Draft {
    let recipient = Recipient { kind: RecipientKind::Municipality, code: "Brescia".to_owned() };
    let wish = Wish { recipient, period: period(week), correct: false };
    let stamp =
        Stamp { desk: DeviceId(uuid::Uuid::from_u128(9)), manifest: 3, today: "2026-03-16".parse().expect("date") };
    make(records, &week.programme, &History::default(), &wish, &stamp).expect("release")
}

#[test]
fn contacts_of_a_week_with_two_outings_wait_for_the_next() {
    let week = week();
    let mut records = Records::default();
    let mut nights = 0;
    for (source, entry) in week.entries() {
        nights += u32::from(matches!(entry, DeskEntry::NightLog(_)));
        if nights < 3 || !matches!(entry, DeskEntry::NightLog(_)) {
            records.add(source, entry);
        }
    }
    let Draft { release, notes, .. } = release_of(&week, &records);
    for code in ["zone", "gender", "age", "macro", "kind"] {
        let table = release.tables.iter().find(|table| table.code == code).expect(code);
        assert!(
            table.total.is_some_and(Cell::is_hidden) && table.rows.iter().all(|row| row.cell.is_hidden()),
            "{code}"
        );
        let note = notes.iter().find(|note| note.table.code() == code).expect(code);
        assert!(note.why.contains(&Why::FewOutings), "{code}");
    }
    assert!(release.unique.is_none(), "nor the persons");
    let topics = release.tables.iter().find(|table| table.code == "desk_topics").expect("desk topics");
    assert_eq!(topics.total, Some(Cell::Shown(5)), "the desk is open every day");
}

#[test]
fn releases_a_document_with_the_expected_tables() {
    let week = week();
    let Draft { release, .. } = first_release(&week);
    let expected = week.json["expected"]["external_k5"].as_object().expect("external_k5");
    for (code, expected) in expected {
        let table = release.tables.iter().find(|table| table.code == *code).expect(code);
        let cells: serde_json::Map<String, Value> =
            table.rows.iter().map(|row| (row.code.clone(), serde_json::to_value(row.cell).expect("cell"))).collect();
        assert_eq!(Value::Object(cells), expected["cells"], "{code}");
        assert_eq!(serde_json::to_value(table.total).expect("total"), expected["total"], "{code}");
        assert_eq!(table.period, None);
    }
    let figure = |code: &str| release.figures.iter().find(|figure| figure.code == code).expect(code).cell.shown();
    assert_eq!(["outings", "minutes", "km", "contacts", "presences"].map(figure), [3, 645, 133, 30, 54].map(Some));
    assert_eq!(figure("condoms_per_contact_x10"), Some(82));
    let unique = release.unique.expect("19 is enough").range;
    assert_eq!((unique.min, unique.max), (19, 26));
    for sensitive in ["concern", "minors", "exit_requests", "emergency", "incidents", "sensitive_supplies"] {
        assert!(release.tables.iter().all(|table| table.code != sensitive), "{sensitive} in a week");
    }
}

#[test]
fn makes_the_same_bytes_again() {
    let week = week();
    let bytes = first_release(&week).release.to_bytes().expect("bytes");
    assert_eq!(first_release(&week).release.to_bytes().expect("bytes"), bytes);
    let read = Release::from_bytes(&bytes).expect("canonical");
    assert_eq!(read, first_release(&week).release);
    let spaced = [bytes.as_slice(), b" "].concat();
    assert_eq!(Release::from_bytes(&spaced), Err(ReleaseFault::Form), "one form only");
    let text = String::from_utf8(bytes).expect("text");
    for secret in ["small", "complement", "why", "\"O1\"", "OP-A", "AIRONE"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn writes_the_document_for_spreadsheets() {
    let file = csv::write(&first_release(&week()).release).expect("file");
    let text = String::from_utf8(file).expect("text");
    assert!(text.starts_with("\u{feff}tabella;codice;voce;valore;periodo;definizione\r\n"));
    for line in
        ["Zona;Z1;Z1 zona Z1;11;2026-W11;", "Genere;woman;Donna;*;2026-W11;", "Genere;total;Totale;30;2026-W11;"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(text.contains("numeri;minutes;Tempo di uscita, minuti;645;2026-W11;"));
    assert!(text.contains("numeri;condoms_per_contact_x10;Preservativi per contatto;8,2;2026-W11;"));
}

#[test]
fn the_weeks_supplies_add_up_v17_and_last_as_long_as_they_do() {
    let week = week();
    let mut records = week.records();
    let condoms = Pile::of(ItemCode::new("condom_ext"));
    let counted = DepotRow {
        id: DepotMoveId(uuid::Uuid::nil()),
        at: "2026-03-09T08:00:00Z".parse().expect("instant"),
        pile: condoms.clone(),
        kind: DepotMove::Count,
        quantity: 1_690,
    };
    let source = Source { device: DeviceId(uuid::Uuid::from_u128(9)), sequence: 1 };
    records.add(source, DeskEntry::Depot(vec![counted]));
    let depot = Depot::of(&records, "2026-W11".parse().expect("week"));
    let total = depot.balances[&condoms.item].total;
    assert_eq!((total.loaded, total.handed_out, total.returned, total.lost), (500, 248, 250, 2));
    for (item, balance) in &depot.balances {
        assert!(balance.nights.iter().all(|(_, line)| line.difference() == 0), "{item}");
        assert_eq!(week.json["expected"]["week"]["supplies"][item.as_str()], balance.total.handed_out, "{item}");
    }
    let standing = depot.piles[&condoms];
    assert_eq!((standing.stock, standing.out, standing.used), (Some(1_440), 248, 250));
    assert_eq!(standing.cover(), Some(Cover(58)));
    assert_eq!(depot.piles[&Pile::leaflets(Language::En)].out, 8);
}
