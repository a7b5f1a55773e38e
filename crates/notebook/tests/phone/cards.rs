//! Contacts, observations, undo, zones, aliases.

use super::team::{Team, alias, evening, known, open};
use domain::contact::{AgeBand, Concern, ContactKind, Flag, Gender, GroupCell, Service, TargetGroup};
use domain::ids::{ItemCode, NationalityCode, ZoneCode};
use domain::observation::ObservationReason;
use domain::operation::Scope;
use domain::validate::RuleId;
use notebook::error::{ErrorCode, ErrorView};
use notebook::view::{
    AliasPickerInput, CardInput, ContactInput, DetailsInput, HandoutInput, NightView, Nothing, ObservationInput,
    RecordSummary, TonightView, UndoInput, UnsavedCardInput, ZoneChangeInput,
};
use std::collections::BTreeSet;

fn group(n_persons: u16) -> CardInput {
    CardInput { gender: Gender::NotRecorded, kind: ContactKind::Unknown, target_group: TargetGroup::Person, n_persons }
}

fn try_save(team: &Team, base: CardInput, details: DetailsInput) -> Result<NightView, ErrorView> {
    let card = team.lead.session.open_card(base.clone())?.card;
    team.lead.session.save_contact(ContactInput { card, base, handouts: Vec::new(), details }).map(open)
}

fn refused(team: &Team, base: CardInput, details: DetailsInput) -> Vec<RuleId> {
    let error = try_save(team, base, details).unwrap_err();
    assert_eq!(error.code, ErrorCode::InvalidInput);
    let card = team.lead.night().card.expect("a refused card stays open").card;
    team.lead.session.drop_card(UnsavedCardInput { card }).unwrap();
    error.findings.iter().map(|finding| finding.rule).collect()
}

fn warned(night: &NightView) -> Vec<RuleId> {
    night.warnings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn records_a_known_person_in_three_taps() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 30), ("lubricant", 10)], &["Z1"]);
    let night = team.lead.save(known(), &[("condom_ext", 6), ("lubricant", 2)], DetailsInput::default());
    assert_eq!(night.persons, 1);
    let left: Vec<(&str, u32)> = night.bag.iter().map(|item| (item.item.as_str(), item.left)).collect();
    assert_eq!(left, [("condom_ext", 24), ("lubricant", 8)]);
    match night.last.unwrap().record {
        RecordSummary::Contact { kit, kind, .. } => {
            assert_eq!(kit.unwrap().as_str(), "base");
            assert_eq!(kind, ContactKind::Returning);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn undoes_the_last_record_for_ten_seconds() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 30)], &["Z1"]);
    team.lead.save(known(), &[("condom_ext", 6)], DetailsInput::default());
    team.lead.later(60);
    let night = team.lead.save(known(), &[("condom_ext", 12)], DetailsInput::default());
    let last = night.last.unwrap();
    assert_eq!((last.undo_until - team.lead.now()).num_seconds(), 10);

    team.lead.later(10);
    let undone = open(team.lead.session.undo(UndoInput { operation: last.operation }).unwrap());
    assert_eq!(undone.persons, 1);
    assert_eq!(undone.bag.first().unwrap().left, 24, "its handouts come back to the bag");

    let before = undone.last.unwrap();
    let late = team.lead.session.undo(UndoInput { operation: before.operation }).unwrap_err();
    assert_eq!(late.code, ErrorCode::WrongState, "the one before is more than ten seconds old");
    let gone = team.lead.session.undo(UndoInput { operation: last.operation }).unwrap_err();
    assert_eq!(gone.code, ErrorCode::WrongState);
    assert_eq!(team.lead.night().persons, 1);
}

#[test]
fn fills_a_group_up_with_not_recorded_v06() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1"]);
    let cell = GroupCell {
        kind: ContactKind::First,
        gender: Gender::Woman,
        age_band: AgeBand::From18To24,
        nationality: NationalityCode::new("NG"),
        n: 1,
    };
    try_save(&team, group(4), DetailsInput { group_cells: vec![cell.clone()], ..DetailsInput::default() }).unwrap();
    let night = try_save(&team, group(5), DetailsInput::default()).unwrap();
    assert_eq!(night.persons, 9);
    let state = team.lead.with_notebook(|notebook| notebook.outing_state(outing, Scope::Everything).unwrap().unwrap());
    let mut cells: Vec<Vec<GroupCell>> = state.contacts.values().map(|contact| contact.group_cells.clone()).collect();
    cells.sort_by_key(Vec::len);
    assert_eq!(cells, [vec![GroupCell::not_recorded(5)], vec![cell, GroupCell::not_recorded(3)]]);
}

#[test]
fn refuses_what_no_card_may_say() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    assert_eq!(refused(&team, group(31), DetailsInput::default()), [RuleId::V05]);
    let two =
        DetailsInput { aliases: vec!["AIRONE-12".parse().unwrap(), "CEDRO-07".parse().unwrap()], ..Default::default() };
    assert_eq!(refused(&team, known(), two), [RuleId::V07]);
    assert_eq!(refused(&team, known(), alias("QWERTZ-12")), [RuleId::V07], "the word is not on the list");
    let many = vec![GroupCell::not_recorded(3)];
    assert_eq!(refused(&team, group(2), DetailsInput { group_cells: many, ..Default::default() }), [RuleId::V06]);
    let client = CardInput { target_group: TargetGroup::Client, ..known() };
    assert_eq!(refused(&team, client, alias("AIRONE-12")), [RuleId::V09]);
    let resident = CardInput { target_group: TargetGroup::Resident, ..known() };
    let demo = DetailsInput { services: Some(BTreeSet::from([Service::CondomDemo])), ..Default::default() };
    assert_eq!(refused(&team, resident, demo), [RuleId::V15]);
    let minor = DetailsInput { age_band: Some(AgeBand::Under18Presumed), ..Default::default() };
    assert_eq!(refused(&team, known(), minor.clone()), [RuleId::V11], "the minor card first");
    let warned_of = DetailsInput { flags: BTreeSet::from([Flag::MinorProtocol]), ..minor };
    try_save(&team, known(), warned_of).unwrap();
}

#[test]
fn a_card_that_is_given_up_late_leaves_the_next_one_alone() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let left = team.lead.session.open_card(known()).unwrap().card;
    let next = team.lead.session.open_card(known()).unwrap().card;
    let night = open(team.lead.session.drop_card(UnsavedCardInput { card: left }).unwrap());
    assert_eq!(night.card.map(|view| view.card), Some(next));
    let night = open(team.lead.session.drop_card(UnsavedCardInput { card: next }).unwrap());
    assert!(night.card.is_none());
}

#[test]
fn asks_once_and_never_blocks() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let declared = DetailsInput { concern: Some(Concern::Declared), ..DetailsInput::default() };
    let night = try_save(&team, known(), declared).unwrap();
    assert_eq!(warned(&night), [RuleId::V12]);
    assert_eq!(warned(&team.lead.night()), [], "asked in the answer to the save, and not again");
}

#[test]
fn warns_when_a_first_contact_has_been_seen_in_an_earlier_month_v10() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    try_save(&team, known(), alias("AIRONE-12")).unwrap();
    team.lead.close();
    team.lead.set_clock("2026-04-09T19:30:00Z".parse().unwrap());
    team.lead.session.start_outing(super::team::start_input(&[], &["Z1"], None)).unwrap();
    let first = CardInput { kind: ContactKind::First, ..known() };
    let night = try_save(&team, first, alias("AIRONE-12")).unwrap();
    assert_eq!(warned(&night), [RuleId::V10]);
}

#[test]
fn takes_a_change_of_zone_back_with_the_contacts_it_took_along() {
    let team = Team::at(evening());
    team.start(&[], &["Z1", "Z2"]);
    team.lead.save(known(), &[], alias("LINCE-04"));
    let change = ZoneChangeInput { zone: ZoneCode::new("Z2"), also_last: 1 };
    let night = open(team.lead.session.change_zone(change).unwrap());
    let last = night.last.unwrap();
    assert!(matches!(&last.record, RecordSummary::Zone { zone } if zone.as_str() == "Z2"));
    let undone = open(team.lead.session.undo(UndoInput { operation: last.operation }).unwrap());
    assert_eq!(undone.zone, ZoneCode::new("Z1"));
    assert!(matches!(undone.last.unwrap().record, RecordSummary::Contact { .. }));
    let zones = team.lead.with_notebook(|notebook| {
        let state = notebook.open_outing().unwrap().unwrap();
        state.contacts.values().map(|contact| contact.zone.to_string()).collect::<Vec<_>>()
    });
    assert_eq!(zones, ["Z1"]);
}

#[test]
fn moves_the_last_contacts_to_the_zone_that_was_forgotten() {
    let team = Team::at(evening());
    let outing = team.start(&[], &["Z1", "Z2"]);
    for name in ["AIRONE-12", "CEDRO-07", "FALCO-05"] {
        try_save(&team, known(), alias(name)).unwrap();
    }
    let change = ZoneChangeInput { zone: ZoneCode::new("Z2"), also_last: 2 };
    let night = open(team.lead.session.change_zone(change).unwrap());
    assert_eq!(night.zone, ZoneCode::new("Z2"));
    let state = team.lead.with_notebook(|notebook| notebook.outing_state(outing, Scope::Everything).unwrap().unwrap());
    let mut zones: Vec<(String, String)> = state
        .contacts
        .values()
        .map(|contact| (contact.aliases[0].as_str().to_owned(), contact.zone.to_string()))
        .collect();
    zones.sort();
    let expected = [("AIRONE-12", "Z1"), ("CEDRO-07", "Z2"), ("FALCO-05", "Z2")];
    assert_eq!(zones, expected.map(|(alias, zone)| (alias.to_owned(), zone.to_owned())));
    assert!(state.conflicts.is_empty());
}

#[test]
fn offers_the_last_aliases_and_three_new_ones() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    for name in ["AIRONE-12", "CEDRO-07", "CEDRO-09"] {
        try_save(&team, known(), alias(name)).unwrap();
    }
    let pick = |prefix: &str| team.lead.session.pick_alias(AliasPickerInput { prefix: prefix.into() }).unwrap();
    let texts =
        |aliases: &[domain::alias::Alias]| aliases.iter().map(|alias| alias.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(&pick("").known), ["CEDRO-09", "CEDRO-07", "AIRONE-12"], "the last used first");
    assert_eq!(texts(&pick("ce").known), ["CEDRO-09", "CEDRO-07"]);
    let proposals = pick("").proposals;
    assert_eq!(proposals.iter().map(|alias| alias.word().to_owned()).collect::<BTreeSet<_>>().len(), 3);
    assert!(proposals.iter().all(|alias| !["AIRONE", "CEDRO"].contains(&alias.word())));
}

#[test]
fn counts_people_seen_and_proposes_the_last_start_again() {
    let team = Team::at(evening());
    team.start(&[("condom_ext", 40)], &["Z3", "Z1"]);
    let seen = ObservationInput { reason: ObservationReason::Refused, n: 2, gender: Gender::Woman, apparent_minor: 0 };
    let night = open(team.lead.session.save_observation(seen.clone()).unwrap());
    assert_eq!((night.seen, night.persons), (2, 0));
    let wrong = ObservationInput { apparent_minor: 3, ..seen };
    let error = team.lead.session.save_observation(wrong).unwrap_err();
    assert_eq!(error.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [RuleId::V35]);

    let again = team.lead.session.start_outing(super::team::start_input(&[], &["Z1"], None)).unwrap_err();
    assert_eq!(again.findings.first().map(|finding| finding.rule), Some(RuleId::V02));
    team.lead.close();
    let TonightView::Start(start) = team.lead.session.tonight(Nothing {}).unwrap() else { panic!("closed") };
    assert_eq!(start.crew.len(), 2);
    assert_eq!(start.planned_zones, ["Z3", "Z1"].map(ZoneCode::new));
    let condoms = start.bag.iter().find(|line| line.item == ItemCode::new("condom_ext")).unwrap();
    assert_eq!(condoms.quantity, 40);
    assert_eq!(start.recent.len(), 1);
}

#[test]
fn asks_for_a_crew_of_two_without_keeping_anybody_at_home_v03() {
    let team = Team::at(evening());
    let mut alone = super::team::start_input(&[], &["Z1"], None);
    alone.crew.truncate(1);
    let night = open(team.lead.session.start_outing(alone).unwrap());
    assert_eq!(warned(&night), [RuleId::V03]);
}

#[test]
fn keeps_a_note_that_identifies_out_v30() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    let mut input = notebook::view::CloseInput {
        km: None,
        weather: domain::outing::Weather::Clear,
        note: Some("tel 3331234567 via Milano".into()),
        coordinator_alerted: false,
    };
    let error = team.lead.session.close_outing(input.clone()).unwrap_err();
    assert!(!error.findings.is_empty() && error.findings.iter().all(|finding| finding.rule == RuleId::V30));
    let card = team.lead.session.open_card(known()).unwrap();
    input.note = Some("serata tranquilla".into());
    let open_card = team.lead.session.close_outing(input.clone()).unwrap_err();
    assert_eq!(open_card.code, ErrorCode::WrongState, "a card is open");
    let handouts = vec![HandoutInput { item: ItemCode::new("condom_ext"), quantity: 1, leaflet: None }];
    let save = ContactInput { card: card.card, base: known(), handouts, details: DetailsInput::default() };
    team.lead.session.save_contact(save).unwrap();
    team.lead.session.close_outing(input).unwrap();
}

#[test]
fn shows_no_more_than_the_last_three_records_on_a_members_phone() {
    let team = Team::at(evening());
    team.start(&[], &["Z1"]);
    for (index, name) in ["AIRONE-12", "CEDRO-07", "FALCO-05", "IBIS-08", "OLMO-11"].into_iter().enumerate() {
        let card = team.member.session.open_card(known()).unwrap().card;
        let input = ContactInput { card, base: known(), handouts: Vec::new(), details: alias(name) };
        team.member.session.save_contact(input).unwrap();
        let referral = notebook::view::ReferralInput {
            card: Some(card),
            alias: Some(name.parse().unwrap()),
            service_type: domain::referral::ServiceType::ALL[index],
            urgency: domain::referral::Urgency::Routine,
            reason: None,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            consent: domain::referral::Consent::Verbal,
            parent_id: None,
            answer: None,
        };
        team.member.session.open_referral(referral).unwrap();
    }
    let view = team.member.session.referrals(Nothing {}).unwrap();
    let shown: BTreeSet<_> = view.referrals.iter().filter_map(|card| card.alias.clone()).collect();
    let last: BTreeSet<_> = ["FALCO-05", "IBIS-08", "OLMO-11"].map(|name| name.parse().unwrap()).into();
    assert_eq!(shown, last);
    let night = serde_json::to_string(&team.member.session.tonight(Nothing {}).unwrap()).unwrap();
    assert!(["AIRONE", "CEDRO", "OLMO"].iter().all(|word| !night.contains(word)), "no alias on the home screen");
    let refused = team.member.session.outings(Nothing {}).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
}
