//! V01–V16: the outing and the people met.

use super::*;

#[test]
fn an_ordinary_night_has_no_findings() {
    let mut state = state([contact(1), group(2, 3)]);
    state.referrals.insert(opened().referral.id, opened());
    assert_eq!(reviewed(&state), []);
    assert_eq!(saved(&contact(1)), []);
    assert_eq!(before_close(&state), []);
    assert!(is_ready(&state, &reviewed(&state)));
}

#[test]
fn v01_asks_for_an_end_after_the_start() {
    let ends = |end: Option<&str>| {
        let outing = Outing { end_at: end.map(instant), ..outing() };
        severities(RuleId::V01, reviewed(&OutingState::new(outing, D1)))
    };
    assert_eq!(ends(Some("2026-03-12T20:30:00Z")), [Severity::Review]);
    assert_eq!(ends(None), [Severity::Review], "a closed outing has an end");
    assert_eq!(ends(Some("2026-03-12T20:44:00Z")), [Severity::Warning], "14 minutes");
    assert_eq!(ends(Some("2026-03-12T20:45:00Z")), []);
    assert_eq!(ends(Some("2026-03-13T08:30:00Z")), [], "12 hours");
    assert_eq!(ends(Some("2026-03-13T08:31:00Z")), [Severity::Warning]);
}

#[test]
fn v02_refuses_a_second_open_outing() {
    let open = |number| Outing { id: OutingId(Uuid::from_u128(number)), status: OutingStatus::Open, ..outing() };
    assert_eq!(severities(RuleId::V02, before_outing(&open(2), &[&open(1)])), [Severity::Error]);
    assert_eq!(severities(RuleId::V02, before_outing(&open(2), &[&open(2), &outing()])), []);
}

#[test]
fn v03_wants_two_people_on_the_street() {
    let alone = Outing { crew: crew(&["OP-A", "OP-A"]), ..outing() };
    assert_eq!(severities(RuleId::V03, before_outing(&alone, &[])), [Severity::Warning]);
    assert_eq!(severities(RuleId::V03, reviewed(&OutingState::new(alone.clone(), D1))), [Severity::Review]);
    let indoor = Outing { outing_type: OutingType::Indoor, ..alone };
    assert_eq!(severities(RuleId::V03, before_outing(&indoor, &[])), []);
    assert_eq!(severities(RuleId::V03, before_outing(&outing(), &[])), []);
}

#[test]
fn v04_wants_a_zone_of_the_list() {
    let elsewhere = Contact { zone: ZoneCode::new("Z9"), ..contact(1) };
    breaks(RuleId::V04, Severity::Error, ContactField::Zone, &elsewhere);
    keeps(RuleId::V04, &contact(1));
    let seen = Observation { zone: ZoneCode::new("Z9"), ..observation(1, 0) };
    assert_eq!(severities(RuleId::V04, before_observation(&seen, &programme())), [Severity::Error]);
}

#[test]
fn v05_wants_one_person_or_a_group_of_2_to_30() {
    breaks(RuleId::V05, Severity::Error, ContactField::NPersons, &Contact { n_persons: 2, ..contact(1) });
    breaks(RuleId::V05, Severity::Error, ContactField::NPersons, &group(1, 1));
    breaks(RuleId::V05, Severity::Error, ContactField::NPersons, &group(1, 31));
    keeps(RuleId::V05, &group(1, 2));
    keeps(RuleId::V05, &group(1, 30));
}

#[test]
fn v06_wants_a_composition_that_adds_up() {
    breaks(RuleId::V06, Severity::Error, ContactField::GroupCells, &Contact { n_persons: 4, ..group(1, 3) });
    let cells = vec![GroupCell::not_recorded(3), GroupCell::not_recorded(0)];
    breaks(RuleId::V06, Severity::Error, ContactField::GroupCells, &Contact { group_cells: cells, ..group(1, 3) });
    keeps(RuleId::V06, &group(1, 3));
}

#[test]
fn v06_asks_about_somebody_split_off_a_group_of_nobody() {
    let mut night = state([contact(1)]);
    assert_eq!(of(RuleId::V06, reviewed(&night)), []);
    let id = contact(1).id;
    night.refusals.insert(Refusal::NobodyToSplit { operation: OperationId(Uuid::nil()), contact: id });
    let found = of(RuleId::V06, reviewed(&night));
    assert_eq!(found.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Review]);
    assert!(is_acceptable(&found[0]));
}

#[test]
fn v07_wants_aliases_of_the_list_not_more_than_people() {
    let with = |texts: &[&str]| Contact { aliases: aliases(texts), ..contact(1) };
    keeps(RuleId::V07, &with(&["AIRONE-12"]));
    breaks(RuleId::V07, Severity::Error, ContactField::Aliases, &with(&["ROSA-12"]));
    breaks(RuleId::V07, Severity::Error, ContactField::Aliases, &with(&["AIRONE-12", "BETULLA-03"]));
    let twice = Contact { aliases: aliases(&["AIRONE-12", "AIRONE-12"]), ..group(1, 3) };
    breaks(RuleId::V07, Severity::Error, ContactField::Aliases, &twice);
    keeps(RuleId::V07, &Contact { aliases: aliases(&["AIRONE-12", "BETULLA-03"]), ..group(1, 3) });
}

#[test]
fn v08_finds_an_alias_on_two_contacts_over_midnight() {
    let late = Contact { aliases: aliases(&["AIRONE-12"]), device_id: D2, ..at(1, "00:00") };
    let early = Contact { aliases: aliases(&["AIRONE-12"]), ..at(2, "21:30") };
    assert_eq!(pairs(RuleId::V08, &state([late.clone(), early.clone()])), [(2, 1)], "the earlier one first");
    let repeat = Contact { repeat_in_outing: true, ..late };
    assert_eq!(pairs(RuleId::V08, &state([repeat, early])), []);
}

#[test]
fn v09_says_nothing_about_a_person_where_there_was_none() {
    let client = Contact {
        target_group: TargetGroup::Client,
        kind: ContactKind::NotApplicable,
        gender: Gender::Man,
        ..contact(1)
    };
    keeps(RuleId::V09, &client);
    breaks(RuleId::V09, Severity::Error, ContactField::Kind, &Contact { kind: ContactKind::First, ..client.clone() });
    let linked = Contact { aliases: aliases(&["AIRONE-12"]), ..client.clone() };
    breaks(RuleId::V09, Severity::Error, ContactField::Aliases, &linked);
    let assessed = Contact { concern: Concern::NoneNoted, ..client };
    breaks(RuleId::V09, Severity::Error, ContactField::Concern, &assessed);
    keeps(RuleId::V09, &Contact { target_group: TargetGroup::Resident, ..group(1, 3) });
}

#[test]
fn v10_asks_about_a_first_contact_of_a_known_alias() {
    let first = Contact { kind: ContactKind::First, aliases: aliases(&["AIRONE-12"]), ..contact(1) };
    let alias = aliases(&["AIRONE-12"]).remove(0);
    let state = state([]);
    let seen_in = |contact: &Contact, last_month: &str| {
        let seen = [AliasSeen { alias: &alias, last_month }];
        let context = ContactContext { state: &state, programme: &programme(), seen: &seen };
        severities(RuleId::V10, before_contact(contact, &[], context))
    };
    assert_eq!(seen_in(&first, "2026-02"), [Severity::Warning]);
    assert_eq!(seen_in(&first, "2026-03"), [], "that may be this very night");
    assert_eq!(seen_in(&Contact { kind: ContactKind::Returning, ..first }, "2026-02"), []);
}

#[test]
fn v11_opens_the_minor_card() {
    let minor = Contact { age_band: AgeBand::Under18Presumed, ..contact(1) };
    breaks(RuleId::V11, Severity::Error, ContactField::Flags, &minor);
    keeps(RuleId::V11, &Contact { flags: BTreeSet::from([Flag::MinorProtocol]), ..minor });
    let cell = GroupCell { age_band: AgeBand::Under18Presumed, ..GroupCell::not_recorded(3) };
    breaks(RuleId::V11, Severity::Error, ContactField::Flags, &Contact { group_cells: vec![cell], ..group(1, 3) });
}

#[test]
fn v12_offers_the_emergency_card() {
    breaks(
        RuleId::V12,
        Severity::Warning,
        ContactField::Concern,
        &Contact { concern: Concern::Declared, ..contact(1) },
    );
    let asks = Contact { flags: BTreeSet::from([Flag::ExitRequest]), ..contact(1) };
    breaks(RuleId::V12, Severity::Warning, ContactField::Flags, &asks);
    keeps(RuleId::V12, &Contact { concern: Concern::Probable, ..contact(1) });
    let mut state = state([]);
    let mut record = opened();
    record.referral.contact_id = Some(asks.id);
    record.referral.urgency = Urgency::Immediate;
    state.referrals.insert(record.referral.id, record);
    assert_eq!(of(RuleId::V12, saved_in(&asks, &state)), [], "the emergency was opened from this contact");
}

#[test]
fn v13_asks_to_split_a_group() {
    breaks(RuleId::V13, Severity::Warning, ContactField::Mode, &Contact { concern: Concern::Probable, ..group(1, 3) });
    keeps(RuleId::V13, &Contact { concern: Concern::Possible, ..group(1, 3) });
    keeps(RuleId::V13, &Contact { concern: Concern::Probable, ..contact(1) });
}

#[test]
fn v14_asks_about_services_with_supplies_only() {
    let with = |service| Contact { depth: Depth::SuppliesOnly, services: BTreeSet::from([service]), ..contact(1) };
    breaks(RuleId::V14, Severity::Warning, ContactField::Services, &with(Service::HrInfo));
    keeps(RuleId::V14, &with(Service::UnitIntro));
}

#[test]
fn v15_demonstrates_to_persons_and_clients_only() {
    let to = |target_group| Contact {
        target_group,
        kind: ContactKind::NotApplicable,
        services: BTreeSet::from([Service::CondomDemo]),
        ..contact(1)
    };
    breaks(RuleId::V15, Severity::Error, ContactField::Services, &to(TargetGroup::Resident));
    keeps(RuleId::V15, &to(TargetGroup::Client));
}

#[test]
fn v16_wants_an_alias_or_the_lead_for_a_repeat() {
    let repeat = Contact { repeat_in_outing: true, ..contact(1) };
    let mut night = state([repeat.clone()]);
    assert_eq!(severities(RuleId::V16, reviewed(&night)), [Severity::Review]);
    keeps(RuleId::V16, &repeat);
    night.settled.insert((repeat.id, ContactId(Uuid::from_u128(2))));
    assert_eq!(of(RuleId::V16, reviewed(&night)), []);
    let linked = Contact { aliases: aliases(&["AIRONE-12"]), ..repeat };
    assert_eq!(of(RuleId::V16, reviewed(&state([linked]))), []);
}
