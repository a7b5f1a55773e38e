//! Histories of releases, over desk accesses: one table of persons, and nothing else in the way.

mod crossed;
mod files;
mod outings;
mod two_desks;
mod waiting;

use super::history::{Given, History};
use super::make::{Draft, Note, Stamp, Wish, make};
use super::*;
use crate::contact::TargetGroup;
use crate::desk_record::{DeskTopic, EventType, MinutesBand};
use crate::disclosure::{PublishedRow, RecipientKind, Refusal, TableId, Threshold, Why, pinned};
use crate::ids::{DeskAccessId, EventId, OrgId, UnitId};
use crate::indicator::{Records, Source};
use crate::programme::{BasePeriod, Org, Policy, Programme, Unit};
use crate::sync::night_log::{DeskAccessRow, DeskEntry, EventRow};
use crate::time::IsoWeek;
use proptest::prelude::*;
use ring::signature::{Ed25519KeyPair, KeyPair};
use uuid::Uuid;

const TOPICS: [DeskTopic; 3] = [DeskTopic::Medical, DeskTopic::Legal, DeskTopic::Work];

fn programme() -> Programme {
    Programme {
        id: ProgrammeId(Uuid::from_u128(7)),
        name: "Prova".into(),
        start: "2026-01-01".parse().expect("date"),
        end: "2026-12-31".parse().expect("date"),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: OrgId::new("O"), name: "O".into() }],
        units: vec![Unit { id: UnitId::new("U1"), org: OrgId::new("O") }],
        operators: vec![],
        operator_orgs: std::collections::BTreeMap::new(),
        retired: crate::programme::Retired::default(),
        zones: vec![],
        nationalities: vec![],
        items: vec![],
        kits: vec![],
        directory: vec![],
        coordinator_phone: None,
        minor_steps: vec![],
        alias_words: vec![],
        policy: Policy::default(),
    }
}

fn week(number: u32) -> IsoWeek {
    IsoWeek::new(2026, number).expect("week")
}

fn weekly(number: u32) -> Period {
    Period::week(week(number))
}

fn march() -> Period {
    Period::Month { month: "2026-03".parse().expect("month") }
}

fn recipient(code: &str) -> Recipient {
    let kind = if code == "press" { RecipientKind::Press } else { RecipientKind::Municipality };
    Recipient { kind, code: code.into() }
}

/// So many accesses by topic in each week.
fn records(weeks: &[(u32, [u64; 3])]) -> Records {
    let mut records = Records::default();
    let mut number = 0_u128;
    for (week_number, counts) in weeks {
        for (topic, count) in TOPICS.iter().zip(counts) {
            for _ in 0..*count {
                number += 1;
                let row = DeskAccessRow {
                    id: DeskAccessId(Uuid::from_u128(number)),
                    date: week(*week_number).monday(),
                    topic: *topic,
                    target_group: TargetGroup::Person,
                    minutes_band: MinutesBand::NotRecorded,
                };
                let source = Source { device: DeviceId(Uuid::nil()), sequence: number as u64 };
                records.add(source, DeskEntry::DeskAccess(row));
            }
        }
    }
    records
}

fn stamp() -> Stamp {
    Stamp { desk: DeviceId(Uuid::from_u128(9)), manifest: 1, today: "2026-07-01".parse().expect("date") }
}

fn wish(code: &str, period: Period) -> Wish {
    Wish { recipient: recipient(code), period, correct: false }
}

/// Makes a document and writes it into the history.
fn give(history: &mut History, records: &Records, wish: &Wish) -> Result<Draft, Refusal> {
    let draft = make(records, &programme(), history, wish, &stamp())?;
    let given = Given { release: draft.release.clone(), exact: draft.exact.clone() };
    *history = History::new(history.given().iter().cloned().chain([given]).collect());
    Ok(draft)
}

fn topics(draft: &Draft) -> &Table {
    draft.release.tables.iter().find(|table| table.code == TableId::DeskTopics.code()).expect("desk topics")
}

fn cells(table: &Table) -> Vec<String> {
    let of = |topic: &DeskTopic| table.rows.iter().find(|row| row.code == topic.code()).expect("row").cell.to_string();
    TOPICS.iter().map(of).collect()
}

#[test]
fn a_period_is_given_when_it_is_over_and_then_stays_d4_5() {
    let records = records(&[(11, [6, 7, 8])]);
    let early = Stamp { today: week(11).sunday(), ..stamp() };
    let asked = make(&records, &programme(), &History::default(), &wish("A", weekly(11)), &early);
    assert_eq!(asked.err(), Some(Refusal::PeriodOpen));
    let mut history = History::default();
    assert_eq!(give(&mut history, &records, &wish("A", weekly(11))).expect("over").release.number, 1);
    assert_eq!(give(&mut history, &records, &wish("A", weekly(11))).err(), Some(Refusal::PeriodFrozen));
    assert_eq!(give(&mut history, &records, &wish("A", weekly(12))).expect("next").release.number, 2);
}

#[test]
fn weeks_with_few_people_are_put_together_with_the_next_d4_3() {
    let mut history = History::default();
    let records = records(&[(11, [1, 2, 0]), (12, [1, 0, 0]), (13, [9, 3, 0])]);
    for number in [11, 12] {
        let draft = give(&mut history, &records, &wish("A", weekly(number))).expect("given");
        assert_eq!(topics(&draft).total, Some(Cell::Hidden));
        assert!(
            draft.notes.iter().any(|note| note.table == TableId::DeskTopics && note.why.contains(&Why::SmallTotal))
        );
    }
    let draft = give(&mut history, &records, &wish("A", weekly(13))).expect("given");
    let table = topics(&draft);
    assert_eq!(table.period, Some(Period::Weeks { first: week(11), last: week(13) }));
    assert_eq!((cells(table), table.total), (vec!["11".into(), "5".into(), "0".into()], Some(Cell::Shown(16))));
}

#[test]
fn who_gets_weeks_gets_in_a_month_only_what_weeks_do_not_have_d4_5() {
    let mut history = History::default();
    let records = records(&[(11, [6, 7, 8])]);
    give(&mut history, &records, &wish("A", weekly(11))).expect("week");
    let draft = give(&mut history, &records, &wish("A", march())).expect("month");
    assert!(draft.exact.iter().all(|exact| exact.table.class() == Class::Sensitive));
    assert!(draft.release.figures.iter().all(|figure| figure.code != "contacts"));
    let left_out =
        |draft: &Draft| draft.notes.iter().filter(|note| note.left_out == Some(Refusal::GranularityChanged)).count();
    assert_eq!(left_out(&draft), 8);
    let quarter = Period::Quarter { quarter: "2026-Q1".parse().expect("quarter") };
    assert_eq!(give(&mut history, &records, &wish("A", quarter)).err(), Some(Refusal::GranularityChanged));
}

#[test]
fn what_anybody_was_given_is_what_everybody_is_given() {
    let mut history = History::default();
    give(&mut history, &records(&[(11, [6, 7, 2])]), &wish("A", weekly(11))).expect("first");
    let late = records(&[(11, [6, 7, 9]), (12, [5, 5, 5])]);
    let other = give(&mut history, &late, &wish("B", weekly(11))).expect("another recipient");
    assert_eq!(cells(topics(&other)), ["*", "7", "*"], "the third access of the first version, not the ninth");
    let month = give(&mut history, &late, &wish("C", march())).expect("month");
    assert_eq!(topics(&month).total, Some(Cell::Shown(30)), "15 as they were given, and 15 that nobody had");
}

#[test]
fn a_month_does_not_tell_what_its_withheld_weeks_have_together_d4_6() {
    let records = records(&[(10, [0, 0, 1]), (11, [1, 0, 0]), (12, [5, 5, 9]), (13, [0, 8, 9])]);
    let mut history = History::default();
    for number in [12, 13] {
        give(&mut history, &records, &wish("A", weekly(number))).expect("week");
    }
    let month = give(&mut history, &records, &wish("B", march())).expect("month");
    assert_eq!(topics(&month).total, Some(Cell::Hidden), "38 less 19 and 17 would leave 2 persons");
    give(&mut history, &records, &wish("A", weekly(10))).expect("withheld");
    let merged = give(&mut history, &records, &wish("A", weekly(11))).expect("withheld with W10");
    assert_eq!(cells(topics(&merged)), ["*", "*", "*"]);
    assert_eq!(pinned(&history.rows(TableId::DeskTopics), Threshold::DEFAULT), Ok(vec![]));
}

#[test]
fn a_correction_counts_activity_anew_and_repeats_what_was_given_of_persons() {
    let mut history = History::default();
    let mut records = records(&[(11, [6, 7, 2])]);
    let first = give(&mut history, &records, &wish("A", weekly(11))).expect("first").release;
    let event = EventRow {
        id: EventId(Uuid::from_u128(1)),
        date: week(11).monday(),
        event_type: EventType::School,
        participants: 20,
        minutes: 60,
    };
    records.add(Source { device: DeviceId(Uuid::nil()), sequence: 900 }, DeskEntry::Event(event));
    let wish = Wish { correct: true, ..wish("A", weekly(11)) };
    let second = give(&mut history, &records, &wish).expect("correction").release;
    assert_eq!((second.number, second.replaces, second.tables.clone()), (2, Some(1), first.tables));
    let events =
        |release: &Release| release.figures.iter().find(|figure| figure.code == "events").map(|figure| figure.cell);
    assert_eq!((events(&second), first.figures.len()), (Some(Cell::Shown(1)), second.figures.len()));
    let third = give(&mut history, &records, &wish).expect("and again").release;
    assert_eq!(third.replaces, Some(2), "the latest one is replaced");
}

#[test]
fn a_signature_holds_for_these_bytes_under_this_key() {
    let key = Ed25519KeyPair::from_seed_unchecked(&[1; 32]).expect("key");
    let other = Ed25519KeyPair::from_seed_unchecked(&[2; 32]).expect("key");
    let draft = give(&mut History::default(), &records(&[(11, [6, 7, 8])]), &wish("A", weekly(11))).expect("given");
    let bytes = draft.release.to_bytes().expect("bytes");
    let signature = Bytes(key.sign(&release_message(&bytes)).as_ref().to_vec());
    let signed = SignedRelease { release: Bytes(bytes), signature };
    assert_eq!(signed.verify(key.public_key().as_ref()), Ok(draft.release));
    assert_eq!(signed.verify(other.public_key().as_ref()), Err(ReleaseFault::Signature));
    let mut changed = signed.clone();
    changed.release.0.push(b' ');
    assert_eq!(changed.verify(key.public_key().as_ref()), Err(ReleaseFault::Signature));
    assert_eq!(changed.read(), Err(ReleaseFault::Form));
}

#[test]
fn a_spreadsheet_finds_no_formula_in_the_file() {
    let mut programme = programme();
    programme.name = "=HYPERLINK(\"x\")".into();
    let draft = make(&records(&[]), &programme, &History::default(), &wish("@A", weekly(11)), &stamp()).expect("made");
    let text = String::from_utf8(csv::write(&draft.release).expect("file")).expect("text");
    let is_formula = |field: &str| field.trim_start_matches('"').starts_with(['=', '+', '-', '@']);
    assert!(!text.lines().flat_map(|line| line.split(';')).any(is_formula), "{text}");
    assert!(text.contains("'=HYPERLINK"));
}

#[test]
fn every_table_of_the_menu_has_its_words() {
    for id in TableId::ALL {
        let (title, definition) = words::table(*id);
        assert!(!title.is_empty() && definition.ends_with('.'), "{id}");
    }
    assert_eq!(words::period(&weekly(11)), "settimana W11, 9–15 marzo 2026");
    assert_eq!(words::period(&weekly(14)), "settimana W14, 30 marzo – 5 aprile 2026");
    assert_eq!(words::period(&march()), "marzo 2026, 2–29 marzo 2026");
    let quarter = Period::Quarter { quarter: "2026-Q1".parse().expect("quarter") };
    assert_eq!(words::period(&quarter), "2026, trimestre 1, 29 dicembre 2025 – 29 marzo 2026");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_history_of_releases_gives_a_small_count_away(
        weeks in prop::collection::vec(prop::array::uniform3(prop::sample::select(vec![0_u64, 0, 1, 2, 3, 5, 9])), 6),
        order in prop::collection::vec((0..3_usize, 0..8_u32), 1..14),
    ) {
        let weeks: Vec<(u32, [u64; 3])> = weeks.into_iter().zip(9..).map(|(counts, number)| (number, counts)).collect();
        let records = records(&weeks);
        let mut history = History::default();
        for (who, what) in order {
            let period = match what {
                6 => march(),
                7 => Period::Quarter { quarter: "2026-Q1".parse().expect("quarter") },
                number => weekly(9 + number),
            };
            let code = ["A", "B", "press"][who];
            if give(&mut history, &records, &wish(code, period)).is_ok() {
                let rows: Vec<PublishedRow> = history.rows(TableId::DeskTopics);
                prop_assert_eq!(pinned(&rows, Threshold::DEFAULT), Ok(vec![]), "{:?}", rows);
            }
        }
    }
}
