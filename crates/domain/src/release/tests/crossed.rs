//! Crossed tables in documents (D.4.4): from half a year on, over nights with contacts.

use super::super::file::{self, ReleaseFormat};
use super::super::words;
use super::*;
use crate::contact::{AgeBand, Concern, ContactKind, ContactMode, Depth, Gender, Language};
use crate::ids::{ContactId, NationalityCode, OperatorCode, OutingId, ZoneCode};
use crate::outing::{OutingType, Weather};
use crate::sync::night_log::{ContactRow, NightLog, OutingRow, SupplyRow};
use crate::time::SlotBand;
use std::collections::BTreeSet;

/// So many persons of a gender and an age.
pub(super) type People = (Gender, AgeBand, u64);

pub(super) const MANY: [People; 4] = [
    (Gender::Woman, AgeBand::From18To24, 40),
    (Gender::Woman, AgeBand::From25To34, 60),
    (Gender::TransWoman, AgeBand::From18To24, 22),
    (Gender::TransWoman, AgeBand::From25To34, 31),
];

/// Three outings of a week, so that its contacts do not wait; everybody was met in the first.
fn meet(records: &mut Records, number: u32, people: &[People]) {
    go_out(records, number, 3, people, &[]);
}

/// So many outings of a week; in the first everybody was met, and the supplies were handed out.
pub(super) fn go_out(records: &mut Records, number: u32, outings: u128, people: &[People], supplies: &[SupplyRow]) {
    let taken = records.written().count() as u128;
    for night in 0..outings {
        let start_at = (week(number).monday() + chrono::Days::new(night as u64)).and_hms_opt(20, 0, 0).expect("time");
        let outing = OutingRow {
            id: OutingId(Uuid::from_u128(taken + night + 1)),
            unit: UnitId::new("U1"),
            outing_type: OutingType::StreetNight,
            date: start_at.date(),
            start_at: start_at.and_utc(),
            end_at: start_at.and_utc() + chrono::TimeDelta::hours(4),
            crew: vec![],
            km: None,
            weather: Weather::Clear,
            cancelled: None,
            reviewed_at: start_at.and_utc() + chrono::TimeDelta::hours(9),
            reviewed_by: OperatorCode::new("OP-A"),
        };
        let met = people.iter().filter(|_| night == 0).flat_map(|(gender, age, n)| (0..*n).map(|_| (*gender, *age)));
        let contacts = met.zip(1_u128..).map(|((gender, age), place)| contact(taken << 32 | place, gender, age));
        let log = NightLog {
            outing,
            contacts: contacts.collect(),
            observations: vec![],
            supplies: supplies.iter().filter(|_| night == 0).cloned().collect(),
            leaflets: vec![],
            referrals: vec![],
            follow_ups: vec![],
            accompaniments: vec![],
            incidents: vec![],
            presence: vec![],
            amendments: vec![],
        };
        let sequence = (taken + night + 1) as u64;
        records.add(Source { device: DeviceId(Uuid::nil()), sequence }, DeskEntry::NightLog(log));
    }
}

fn contact(id: u128, gender: Gender, age_band: AgeBand) -> ContactRow {
    ContactRow {
        id: ContactId(Uuid::from_u128(id)),
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot_band: SlotBand::Night,
        kind: ContactKind::Returning,
        gender,
        age_band,
        nationality: NationalityCode::new("RO"),
        language: Language::It,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        linked_count: 0,
        group_cells: vec![],
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: true,
    }
}

fn half() -> Period {
    "2026-H1".parse().expect("half-year")
}

fn crossing<'a>(draft: &'a Draft, code: &str) -> &'a Crossing {
    draft.release.crossings.iter().find(|crossing| crossing.code == code).expect("crossing")
}

fn line(crossing: &Crossing, code: &str) -> String {
    let line = crossing.lines.iter().find(|line| line.code == code).expect("line");
    line.cells.iter().chain([&line.total]).map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn d4_4_a_half_year_has_the_two_crossings_and_nothing_shorter_has_them() {
    let mut records = Records::default();
    meet(&mut records, 10, &MANY);
    for period in ["2026-W10", "2026-03", "2026-Q1"] {
        let wish = wish("A", period.parse().expect("period"));
        let draft = make(&records, &programme(), &History::default(), &wish, &stamp()).expect("made");
        assert!(draft.release.crossings.is_empty(), "{period}");
        assert!(!words::notes(&draft.release).join(" ").contains("due voci"), "{period}");
        assert!(
            !draft.notes.iter().any(|note| note.table.crossed().is_some()),
            "not on the menu, so nothing to explain"
        );
        assert!(!String::from_utf8(draft.release.to_bytes().expect("bytes")).expect("text").contains("crossings"));
    }
    let draft = make(&records, &programme(), &History::default(), &wish("A", half()), &stamp()).expect("made");
    assert_eq!(draft.release.crossings.len(), 2);
    let ages = crossing(&draft, "gender_age");
    assert_eq!((line(ages, "woman"), line(ages, "trans")), ("40 60 0 0 100".into(), "22 31 0 0 53".into()));
    assert_eq!(ages.total, Cell::Shown(153));
    let bytes = draft.release.to_bytes().expect("bytes");
    assert_eq!(Release::from_bytes(&bytes), Ok(draft.release));
}

#[test]
fn d4_4_small_cells_of_a_crossing_are_hidden_under_ten() {
    let mut records = Records::default();
    meet(&mut records, 10, &[MANY[0], MANY[1], (Gender::TransWoman, AgeBand::From18To24, 9), MANY[3]]);
    let draft = make(&records, &programme(), &History::default(), &wish("A", half()), &stamp()).expect("made");
    let ages = crossing(&draft, "gender_age");
    assert_eq!((line(ages, "woman"), line(ages, "trans")), ("* * 0 0 100".into(), "* * 0 0 40".into()));
    let gender = draft.release.tables.iter().find(|table| table.code == "gender").expect("gender");
    assert_eq!(gender.total, Some(Cell::Shown(140)), "and one list of categories goes by k = 5");
}

#[test]
fn d4_4_who_gets_weeks_gets_the_crossings_of_what_the_weeks_were_given_with() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &MANY);
    meet(&mut records, 11, &MANY);
    give(&mut history, &records, &wish("A", weekly(10))).expect("week");
    // Nine more people of week 10 come late: nobody is told of them, in whatever table.
    meet(&mut records, 10, &[(Gender::Woman, AgeBand::From35To44, 9)]);
    let draft = give(&mut history, &records, &wish("A", half())).expect("half-year");
    let ages = crossing(&draft, "gender_age");
    assert_eq!(line(ages, "woman"), "80 120 0 0 200");
    assert!(draft.release.tables.iter().all(|table| table.class != Class::Person), "one-way tables come in weeks");
    assert_eq!(ages.columns.iter().filter_map(|column| column.cell.shown()).sum::<u64>(), 306);
    let frozen = give(&mut history, &records, &wish("A", half()));
    assert_eq!(frozen.err(), Some(Refusal::PeriodFrozen));
    let ids: Vec<TableId> = history.ledger().entries().iter().map(|entry| entry.table).collect();
    assert!(ids.contains(&TableId::GenderAge) && ids.contains(&TableId::GenderMacro), "they are in the ledger");
}

#[test]
fn d4_4_a_crossing_of_other_days_than_its_margins_is_withheld() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &MANY);
    give(&mut history, &records, &wish("A", weekly(10))).expect("week");
    // A document that kept no crossed counts, and people who came after it.
    let mut given = history.given().to_vec();
    given.iter_mut().for_each(|given| given.exact.retain(|exact| exact.table.crossed().is_none()));
    let history = History::new(given);
    meet(&mut records, 10, &[(Gender::Woman, AgeBand::From35To44, 9)]);
    let draft = make(&records, &programme(), &history, &wish("B", half()), &stamp()).expect("made");
    assert!(crossing(&draft, "gender_age").total.is_hidden(), "its women would be nine more than those of the week");
    let note = draft.notes.iter().find(|note| note.table == TableId::GenderAge).expect("note");
    assert_eq!(note.why, BTreeSet::from([Why::Audit]));
}

#[test]
fn d4_4_a_crossing_does_not_tell_what_a_week_hides() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &MANY);
    meet(&mut records, 11, &[MANY[0], MANY[1], (Gender::TransWoman, AgeBand::From18To24, 4)]);
    for number in [10, 11] {
        give(&mut history, &records, &wish("A", weekly(number))).expect("week");
    }
    let draft = give(&mut history, &records, &wish("B", half())).expect("half-year");
    let ages = crossing(&draft, "gender_age");
    assert!(line(ages, "trans").ends_with('*'), "57 less 53 would be 4: {}", line(ages, "trans"));
    let all: Vec<PublishedRow> =
        [TableId::Gender, TableId::Age, TableId::Macro, TableId::GenderAge, TableId::GenderMacro]
            .into_iter()
            .flat_map(|id| history.rows(id))
            .collect();
    assert_eq!(pinned(&all, Threshold::DEFAULT), Ok(vec![]));
}

#[test]
fn d4_4_a_crossing_does_not_tell_of_a_week_that_nobody_was_given() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &MANY);
    meet(&mut records, 11, &MANY);
    meet(&mut records, 12, &[(Gender::TransWoman, AgeBand::From18To24, 2)]);
    for number in [10, 11] {
        give(&mut history, &records, &wish("B", weekly(number))).expect("week");
    }
    let draft = make(&records, &programme(), &history, &wish("A", half()), &stamp()).expect("made");
    let ages = crossing(&draft, "gender_age");
    assert_eq!(ages.total, Cell::Hidden, "less both weeks it leaves two persons: {}", line(ages, "trans"));
}

#[test]
fn d4_3_a_crossing_of_few_people_waits_for_the_next_half_year() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &[(Gender::Woman, AgeBand::From18To24, 7)]);
    meet(&mut records, 30, &MANY);
    let late = |history: &mut History, period: &str| {
        let wish = wish("A", period.parse().expect("period"));
        let stamp = Stamp { today: "2027-02-01".parse().expect("date"), ..stamp() };
        let draft = make(&records, &programme(), history, &wish, &stamp).expect("made");
        let given = Given { release: draft.release.clone(), exact: draft.exact.clone() };
        *history = History::new(history.given().iter().cloned().chain([given]).collect());
        draft
    };
    let first = late(&mut history, "2026-H1");
    assert!(crossing(&first, "gender_age").total.is_hidden());
    let second = late(&mut history, "2026-H2");
    let ages = crossing(&second, "gender_age");
    assert_eq!(ages.period.map(|period| period.to_string()).as_deref(), Some("2026-H1–2026-H2"));
    assert_eq!(
        words::period(&ages.period.expect("period")),
        "2026, semestre 1 – 2026, semestre 2, 29 dicembre 2025 – 3 gennaio 2027"
    );
    assert_eq!((ages.total, line(ages, "woman")), (Cell::Shown(160), "47 60 0 0 107".into()));
}

#[test]
fn who_came_late_is_not_the_difference_of_what_two_recipients_have() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &MANY);
    let first = give(&mut history, &records, &wish("A", weekly(10))).expect("first").release;
    meet(&mut records, 10, &[(Gender::Woman, AgeBand::From35To44, 3)]);
    let second = give(&mut history, &records, &wish("B", weekly(10))).expect("second").release;
    let persons = |release: &Release| -> Vec<Figure> {
        let codes = ["contacts", "presences"];
        release.figures.iter().filter(|figure| codes.contains(&figure.code.as_str())).cloned().collect()
    };
    assert!(first.unique.is_some() && persons(&first).len() == 2);
    assert_eq!((second.unique, persons(&second)), (first.unique, persons(&first)));
}

#[test]
fn a_correction_repeats_the_crossings() {
    let (mut history, mut records) = (History::default(), Records::default());
    meet(&mut records, 10, &MANY);
    let first = give(&mut history, &records, &wish("A", half())).expect("first").release;
    meet(&mut records, 12, &MANY);
    let again = give(&mut history, &records, &Wish { correct: true, ..wish("A", half()) }).expect("correction").release;
    assert_eq!((again.replaces, again.crossings), (Some(1), first.crossings));
}

#[test]
fn every_file_has_the_crossings_and_says_of_a_hidden_cell_only_that_it_is_hidden() {
    let mut records = Records::default();
    meet(&mut records, 10, &[MANY[0], MANY[1], (Gender::TransWoman, AgeBand::From18To24, 9), MANY[3]]);
    let draft = make(&records, &programme(), &History::default(), &wish("A", half()), &stamp()).expect("made");
    let written =
        |format| file::write(&draft.release.to_bytes().expect("bytes"), &draft.release, format).expect("file");
    let text = |format| String::from_utf8(written(format)).expect("text");
    let csv = text(ReleaseFormat::Csv);
    for expected in ["woman/18_24;Donna, 18–24;*", "trans/total;Trans, totale;40", "total/25_34;Totale, 25–34;91"] {
        assert!(csv.contains(expected), "{expected}\n{csv}");
    }
    let page = text(ReleaseFormat::Page);
    assert!(page.contains("i numeri da 1 a 4 (nelle tabelle con due voci insieme, da 1 a 9) che"), "{page}");
    assert!(page.contains("<h2>Genere ed età</h2>") && page.contains("Qui la soglia è almeno 10."), "{page}");
    assert!(!written(ReleaseFormat::Xlsx).is_empty());
}
