use super::*;
use domain::contact::{Concern, Depth, Language};
use domain::ids::{DeviceId, OutingId, ZoneCode};
use uuid::Uuid;

fn one() -> Contact {
    Contact {
        id: ContactId(Uuid::from_u128(1)),
        outing_id: OutingId(Uuid::from_u128(2)),
        stop_id: None,
        device_id: DeviceId(Uuid::from_u128(3)),
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot: "22:30".parse().unwrap(),
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::NotRecorded,
        nationality: NationalityCode::not_recorded(),
        language: Language::NotRecorded,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        aliases: Vec::new(),
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: false,
        possible_duplicate_of: None,
    }
}

fn group() -> Contact {
    Contact { mode: ContactMode::Group, n_persons: 4, group_cells: vec![GroupCell::not_recorded(4)], ..one() }
}

fn open(contact: &Contact, unknown: &[Question]) -> Vec<Question> {
    let unknown = unknown.iter().map(|question| (contact.id, *question)).collect();
    open_questions(contact, &unknown).collect()
}

#[test]
fn asks_one_person_for_origin_then_age_and_a_group_for_who_they_were() {
    assert_eq!(open(&one(), &[]), [Question::Origin, Question::Age]);
    assert_eq!(open(&one(), &[Question::Origin]), [Question::Age], "«non so» is an answer");
    let known = Contact { nationality: NationalityCode::new("NG"), age_band: AgeBand::From25To34, ..one() };
    assert_eq!(open(&known, &[]), []);
    assert_eq!(open(&group(), &[]), [Question::Composition]);
    let some = GroupCell { gender: Gender::Woman, ..GroupCell::not_recorded(1) };
    let said = Contact { group_cells: vec![some, GroupCell::not_recorded(3)], ..group() };
    assert_eq!(open(&said, &[]), [], "who said a part has said what is known");
}

#[test]
fn asks_nothing_about_clients_and_repeats() {
    assert_eq!(open(&Contact { target_group: TargetGroup::Client, ..one() }, &[]), []);
    assert_eq!(open(&Contact { repeat_in_outing: true, ..one() }, &[]), []);
}

#[test]
fn fills_a_composition_up_v06() {
    let women = GroupCell { gender: Gender::Woman, kind: ContactKind::First, ..GroupCell::not_recorded(3) };
    let none = GroupCell { n: 0, ..women.clone() };
    let changes = compose(&group(), vec![women.clone(), none]);
    assert_eq!(changes, [ContactChange::GroupCells(vec![women, GroupCell::not_recorded(1)])]);
    assert_eq!(compose(&group(), Vec::new()), [ContactChange::GroupCells(vec![GroupCell::not_recorded(4)])]);
}

#[test]
fn keeps_age_and_origin_that_hold_for_the_whole_group() {
    let nigerian = |n| GroupCell { nationality: NationalityCode::new("NG"), ..GroupCell::not_recorded(n) };
    let all = Contact { group_cells: vec![nigerian(4)], ..group() };
    assert_eq!(open(&all, &[]), [Question::Composition]);
    let women = GroupCell { gender: Gender::Woman, ..GroupCell::not_recorded(3) };
    let expected = vec![GroupCell { gender: Gender::Woman, ..nigerian(3) }, nigerian(1)];
    assert_eq!(compose(&all, vec![women]), [ContactChange::GroupCells(expected)]);
    let some = Contact { group_cells: vec![nigerian(3), GroupCell::not_recorded(1)], ..group() };
    assert_eq!(open(&some, &[]), [], "an answer would wipe who came from where");
}

#[test]
fn marks_a_presumed_minor_and_takes_the_mark_back_v11() {
    let minor = age(&one(), AgeBand::Under18Presumed);
    assert!(minor.contains(&ContactChange::Flags(BTreeSet::from([Flag::MinorProtocol]))));
    let mut contact = one();
    minor.iter().for_each(|change| change.apply(&mut contact));
    take_back(&[], &contact, Question::Age).iter().for_each(|change| change.apply(&mut contact));
    assert_eq!(contact, one());
    let marked = Contact { flags: BTreeSet::from([Flag::MinorProtocol]), ..one() };
    assert_eq!(
        age(&marked, AgeBand::From18To24),
        [ContactChange::AgeBand(AgeBand::From18To24)],
        "it had another reason"
    );
}

#[test]
fn keeps_the_code_of_every_question() {
    for question in Question::ALL {
        assert_eq!(Question::from_code(question.code()), Some(question));
    }
    assert_eq!(Question::from_code("name"), None);
}
