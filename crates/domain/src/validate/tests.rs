//! One case that breaks each rule and one that keeps it, at least.

use super::*;
use crate::alias::Alias;
use crate::contact::{
    AgeBand, Concern, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup,
};
use crate::desk_record::EventType;
use crate::disclosure::Threshold;
use crate::ids::{
    AccompanimentId, ContactId, DeviceId, EventId, ItemCode, NationalityCode, ObservationId, OperatorCode, OutingId,
    ProgrammeId, ReferralId, SupplyMoveId, UnitId, ZoneCode,
};
use crate::observation::ObservationReason;
use crate::operation::{Acceptance, ContactField};
use crate::outing::{CrewMember, CrewRole, OutingType, Weather};
use crate::programme::{BasePeriod, Policy, Zone};
use crate::referral::{
    AccompanimentOutcome, Consent, Referral, ReferralEvent, ReferralOrigin, ReferralOutcome, ReferralState,
    ServiceType, TravelMode, Urgency,
};
use crate::supply::{Leaflet, LeafletTopic, MoveKind};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));
const D1: DeviceId = DeviceId(Uuid::from_u128(11));
const D2: DeviceId = DeviceId(Uuid::from_u128(12));

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("instant")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("date")
}

fn crew(codes: &[&str]) -> Vec<CrewMember> {
    codes.iter().map(|code| CrewMember { operator: OperatorCode::new(*code), role: CrewRole::Operator }).collect()
}

fn outing() -> Outing {
    Outing {
        id: OUTING,
        unit: UnitId::new("BS-U1"),
        outing_type: OutingType::StreetNight,
        status: OutingStatus::Closed,
        cancel_reason: None,
        start_at: instant("2026-03-12T20:30:00Z"),
        end_at: Some(instant("2026-03-13T01:45:00Z")),
        crew: crew(&["OP-A", "OP-B"]),
        vehicle: None,
        km: None,
        weather: Weather::NotRecorded,
        planned_zones: vec![],
        note: None,
        reviewed_at: None,
        reviewed_by: None,
        coordinator_alerted: false,
    }
}

fn programme() -> Programme {
    let zone = |code: &str| Zone {
        code: ZoneCode::new(code),
        label: code.into(),
        district: None,
        in_municipality: true,
        min_expected: 5,
    };
    Programme {
        id: ProgrammeId(Uuid::nil()),
        name: "P".into(),
        start: day("2026-01-01"),
        end: day("2026-12-31"),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![],
        units: vec![],
        operators: vec![],
        zones: vec![zone("Z1"), zone("Z2")],
        nationalities: vec![],
        items: vec![],
        kits: vec![],
        directory: vec![],
        coordinator_phone: None,
        alias_words: vec!["AIRONE".into(), "BETULLA".into()],
        policy: Policy::default(),
    }
}

fn contact(number: u128) -> Contact {
    Contact {
        id: ContactId(Uuid::from_u128(number)),
        outing_id: OUTING,
        stop_id: None,
        device_id: D1,
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot: "22:00".parse().expect("slot"),
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::From25To34,
        nationality: NationalityCode::new("RO"),
        language: Language::Ro,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        aliases: vec![],
        group_cells: vec![],
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: false,
        possible_duplicate_of: None,
    }
}

fn group(number: u128, n: u16) -> Contact {
    Contact {
        mode: ContactMode::Group,
        n_persons: n,
        kind: ContactKind::Unknown,
        group_cells: vec![GroupCell::not_recorded(n)],
        ..contact(number)
    }
}

fn aliases(texts: &[&str]) -> Vec<Alias> {
    texts.iter().map(|text| text.parse().expect("alias")).collect()
}

fn state(contacts: impl IntoIterator<Item = Contact>) -> OutingState {
    let mut state = OutingState::new(outing(), D1);
    state.contacts = contacts.into_iter().map(|contact| (contact.id, contact)).collect();
    state
}

fn supply(number: u128, item: &str, kind: MoveKind, quantity: i32) -> SupplyMove {
    SupplyMove {
        id: SupplyMoveId(Uuid::from_u128(number)),
        outing_id: OUTING,
        device_id: D1,
        item: ItemCode::new(item),
        kind,
        quantity,
        contact_id: None,
        to_target_group: None,
        leaflet: None,
        reason: None,
    }
}

fn with_moves(moves: impl IntoIterator<Item = SupplyMove>) -> OutingState {
    let mut state = state([]);
    state.moves = moves.into_iter().map(|supply| (supply.id, supply)).collect();
    state
}

fn event(date: &str, state: ReferralState) -> ReferralEvent {
    ReferralEvent { date: day(date), state, outcome: None }
}

fn referral(events: &[ReferralEvent]) -> ReferralRecord {
    ReferralRecord {
        referral: Referral {
            id: ReferralId(Uuid::from_u128(1)),
            origin: ReferralOrigin::Outing(OUTING),
            opened_on: day("2026-03-12"),
            contact_id: None,
            alias: None,
            service_type: ServiceType::StiClinic,
            service_id: None,
            urgency: Urgency::Routine,
            reason: None,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            consent: Consent::Verbal,
            parent_id: None,
        },
        events: events.to_vec(),
    }
}

fn opened() -> ReferralRecord {
    referral(&[event("2026-03-12", ReferralState::Proposed)])
}

/// The findings of one rule.
fn of(rule: RuleId, findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn severities(rule: RuleId, findings: Vec<Finding>) -> Vec<Severity> {
    of(rule, findings).into_iter().map(|finding| finding.severity).collect()
}

fn saved(contact: &Contact) -> Vec<Finding> {
    saved_in(contact, &state([]))
}

fn saved_in(contact: &Contact, state: &OutingState) -> Vec<Finding> {
    before_contact(contact, &[], ContactContext { state, programme: &programme(), seen: &[] })
}

fn reviewed(state: &OutingState) -> Vec<Finding> {
    review(state, &programme())
}

/// The contact breaks the rule before the save, about this field and with this severity; the one of [`contact`]
/// does not.
fn breaks(rule: RuleId, severity: Severity, field: ContactField, contact: &Contact) {
    let place = Place::Contact { contact: contact.id, field: Some(field) };
    assert_eq!(of(rule, saved(contact)), [Finding { rule, severity, place }]);
}

fn keeps(rule: RuleId, contact: &Contact) {
    assert_eq!(of(rule, saved(contact)), []);
}

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
fn v07_wants_aliases_of_the_list_not_more_than_people() {
    let with = |texts: &[&str]| Contact { aliases: aliases(texts), ..contact(1) };
    keeps(RuleId::V07, &with(&["AIRONE-12"]));
    breaks(RuleId::V07, Severity::Error, ContactField::Aliases, &with(&["ROSA-12"]));
    breaks(RuleId::V07, Severity::Error, ContactField::Aliases, &with(&["AIRONE-12", "BETULLA-03"]));
    let twice = Contact { aliases: aliases(&["AIRONE-12", "AIRONE-12"]), ..group(1, 3) };
    breaks(RuleId::V07, Severity::Error, ContactField::Aliases, &twice);
    keeps(RuleId::V07, &Contact { aliases: aliases(&["AIRONE-12", "BETULLA-03"]), ..group(1, 3) });
}

fn at(number: u128, slot: &str) -> Contact {
    Contact { slot: slot.parse().expect("slot"), ..contact(number) }
}

fn pairs(rule: RuleId, state: &OutingState) -> Vec<(u128, u128)> {
    of(rule, reviewed(state))
        .into_iter()
        .map(|finding| match finding.place {
            Place::Pair { first, second } => (first.0.as_u128(), second.0.as_u128()),
            other => panic!("not a pair: {other:?}"),
        })
        .collect()
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

#[test]
fn v17_wants_supplies_that_balance_over_both_bags() {
    let mut moves = vec![
        supply(1, "condom_ext", MoveKind::Load, 200),
        SupplyMove { device_id: D2, ..supply(2, "condom_ext", MoveKind::Load, 100) },
        supply(3, "condom_ext", MoveKind::Handout, 170),
        supply(4, "condom_ext", MoveKind::Return, 128),
        supply(5, "condom_ext", MoveKind::FoundReturn, 9),
    ];
    let open = of(RuleId::V17, reviewed(&with_moves(moves.clone())));
    let place = Place::Item { item: ItemCode::new("condom_ext") };
    assert_eq!(open, [Finding { rule: RuleId::V17, severity: Severity::Review, place }]);
    moves.push(supply(6, "condom_ext", MoveKind::Waste, 3));
    moves.push(supply(7, "condom_ext", MoveKind::Adjust, -1));
    assert_eq!(of(RuleId::V17, reviewed(&with_moves(moves))), []);
}

#[test]
fn v18_asks_about_more_than_a_hundred_pieces_each() {
    let handouts = |pieces| [supply(1, "condom_ext", MoveKind::Handout, pieces)];
    let state = state([]);
    let context = ContactContext { state: &state, programme: &programme(), seen: &[] };
    let ask = |contact: &Contact, pieces| severities(RuleId::V18, before_contact(contact, &handouts(pieces), context));
    assert_eq!(ask(&contact(1), 101), [Severity::Warning]);
    assert_eq!(ask(&contact(1), 100), []);
    assert_eq!(ask(&group(1, 3), 300), []);
}

#[test]
fn v18_wants_topic_and_language_of_leaflets() {
    let leaflet = Some(Leaflet { topic: LeafletTopic::HivSti, language: Language::En });
    let handout = |item, leaflet| SupplyMove { leaflet, ..supply(1, item, MoveKind::Handout, 1) };
    let severities = |supply| severities(RuleId::V18, reviewed(&with_moves([supply])));
    assert_eq!(severities(handout("leaflet", None)), [Severity::Review]);
    assert_eq!(severities(handout("wipes", leaflet)), [Severity::Review]);
    assert_eq!(severities(handout("leaflet", leaflet)), []);
    assert_eq!(severities(supply(1, "leaflet", MoveKind::Load, 20)), [], "the load is one pile");
}

#[test]
fn v19_asks_for_the_load_when_more_went_out() {
    let night =
        |loaded| with_moves([supply(1, "wipes", MoveKind::Load, loaded), supply(2, "wipes", MoveKind::Handout, 5)]);
    assert_eq!(severities(RuleId::V19, before_close(&night(4))), [Severity::Warning]);
    assert_eq!(severities(RuleId::V19, before_close(&night(5))), []);
}

#[test]
fn v20_follows_the_machine() {
    use ReferralState as S;
    let judge = |events: &[ReferralEvent]| of(RuleId::V20, before_referral(&referral(events), day("2026-03-13"))).len();
    let e = event;
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-12", S::Accepted), e("2026-03-13", S::Booked)]), 0);
    assert_eq!(judge(&[]), 1, "there is a first event");
    assert_eq!(judge(&[e("2026-03-12", S::Accepted)]), 1, "the first is proposed");
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-12", S::Booked)]), 1, "nobody has accepted");
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-12", S::Declined), e("2026-03-13", S::Accepted)]), 1);
    assert_eq!(judge(&[e("2026-03-11", S::Proposed)]), 1, "before the opening");
    assert_eq!(judge(&[e("2026-03-12", S::Proposed), e("2026-03-14", S::Accepted)]), 1, "in the future");
    assert_eq!(judge(&[e("2026-03-13", S::Proposed), e("2026-03-12", S::Accepted)]), 1, "back in time");
}

#[test]
fn v21_wants_an_outcome_on_closing_and_nowhere_else() {
    use ReferralState as S;
    let judge = |state, outcome| {
        let last = ReferralEvent { outcome, ..event("2026-03-12", state) };
        severities(RuleId::V21, before_referral(&referral(&[last]), day("2026-03-12")))
    };
    assert_eq!(judge(S::Closed, None), [Severity::Error]);
    assert_eq!(judge(S::Closed, Some(ReferralOutcome::TakenInCharge)), []);
    assert_eq!(judge(S::Lost, Some(ReferralOutcome::ServiceReceived)), [Severity::Error]);
    assert_eq!(judge(S::Declined, None), []);
}

#[test]
fn v22_wants_an_immediate_referral_to_go_on() {
    let night = |events: &[ReferralEvent], alerted| {
        let mut record = referral(events);
        record.referral.urgency = Urgency::Immediate;
        let mut state = state([]);
        state.outing.coordinator_alerted = alerted;
        state.referrals.insert(record.referral.id, record);
        severities(RuleId::V22, before_close(&state))
    };
    let proposed = event("2026-03-12", ReferralState::Proposed);
    assert_eq!(night(&[proposed], false), [Severity::Review]);
    assert_eq!(night(&[proposed], true), []);
    assert_eq!(night(&[proposed, event("2026-03-12", ReferralState::Accepted)], false), []);
    let next_day = event("2026-03-13", ReferralState::HandedOver);
    assert_eq!(night(&[proposed, next_day], false), [Severity::Review], "the next day is not the same outing");
}

#[test]
fn v29_limits_an_awareness_event() {
    let judge = |participants, minutes| {
        let event = AwarenessEvent {
            id: EventId(Uuid::nil()),
            date: day("2026-03-11"),
            event_type: EventType::Citizens,
            participants,
            minutes,
            partner_org: None,
        };
        severities(RuleId::V29, before_event(&event))
    };
    assert_eq!(judge(0, 5), []);
    assert_eq!(judge(5000, 600), []);
    assert_eq!(judge(5001, 90), [Severity::Error]);
    assert_eq!(judge(20, 4), [Severity::Error]);
    assert_eq!(judge(20, 601), [Severity::Error]);
}

/// The patterns found in a note, and the words they cover.
fn scanned(note: &str) -> Vec<(TextPattern, &str)> {
    scan(note).into_iter().map(|found| (found.pattern, &note[found.range])).collect()
}

#[test]
fn v30_refuses_the_note_of_the_design() {
    let found = scanned("tel 3331234567 via Milano");
    assert_eq!(found, [(TextPattern::Digits, "3331234567"), (TextPattern::Street, "via Milano")]);
    let findings = before_note("tel 3331234567 via Milano");
    assert_eq!(findings.len(), 2);
    assert_eq!(findings[0].place, Place::Note { start: 4, end: 14 });
    assert!(findings.iter().all(|finding| finding.severity == Severity::Error && finding.rule == RuleId::V30));
}

#[test]
fn v30_recognises_what_finds_a_person() {
    let cases = [
        ("chiamare 12345", TextPattern::Digits),
        ("numero 333 12 34 567", TextPattern::Digits),
        ("+39 030.123.456", TextPattern::Digits),
        ("auto AB123CD scura", TextPattern::Plate),
        ("auto ab 123 cd", TextPattern::Plate),
        ("scrive a qualcuna@posta.example", TextPattern::Email),
        ("vedi https://esempio.example/x", TextPattern::Url),
        ("vedi annunci.it", TextPattern::Url),
        ("WWW.qualcosa", TextPattern::Url),
        ("ferme in Viale Venezia", TextPattern::Street),
        ("angolo p.za loggia", TextPattern::Street),
        ("nata il 3/4/1999", TextPattern::Date),
        ("torna il 2026-03-20", TextPattern::Date),
        ("torna il 20.03.26", TextPattern::Date),
        ("torna il 20/03", TextPattern::Date),
        ("c'era Maria Rossi", TextPattern::Name),
        ("c'era Maria D'Angelo", TextPattern::Name),
        ("c'era MARIA ROSSI", TextPattern::Name),
    ];
    for (note, pattern) in cases {
        assert!(scan(note).iter().any(|found| found.pattern == pattern), "{note}: {:?}", scanned(note));
        assert!(!before_note(note).is_empty(), "{note}");
    }
}

#[test]
fn v30_lets_an_ordinary_note_pass() {
    for note in [
        "",
        "Serata tranquilla, pioggia dalle 23. Poche presenze, molte richieste di bevande calde.",
        "Finiti i kit base alle 00:30. Servono 200 preservativi e 2 termos.",
        "Materiale STP CAS quasi finito; 1/2 scatola. Un corso, una strada: niente di nuovo.",
        "È andato tutto bene. Nessun episodio. Più persone del solito in Z4.",
    ] {
        assert_eq!(scanned(note), [], "{note}");
        assert_eq!(before_note(note), []);
    }
}

#[test]
fn v30_limits_the_length() {
    let long = "è".repeat(NOTE_LIMIT + 1);
    assert_eq!(scanned(&long), [(TextPattern::TooLong, "è")]);
    assert_eq!(scan(&"è".repeat(NOTE_LIMIT)), []);
}

#[test]
fn v31_waits_for_open_duplicates_and_unaccepted_findings() {
    let marked = Contact { possible_duplicate_of: Some(contact(1).id), ..contact(2) };
    let mut night = state([contact(1), marked]);
    assert_eq!(pairs(RuleId::V31, &night), [(1, 2)]);
    assert!(!is_ready(&night, &reviewed(&night)));
    night.settled.insert((contact(1).id, contact(2).id));
    assert!(is_ready(&night, &reviewed(&night)));

    let mut alone = OutingState::new(Outing { crew: crew(&["OP-A"]), ..outing() }, D1);
    let findings = reviewed(&alone);
    assert!(!is_ready(&alone, &findings), "a crew of one needs the lead's word");
    alone.accepted.insert(Acceptance { rule: RuleId::V03, contact: None, referral: None });
    assert!(is_ready(&alone, &findings));
}

#[test]
fn v31_never_lets_an_error_be_accepted() {
    let night = |accepted: &[Acceptance]| {
        let mut night = state([Contact { zone: ZoneCode::new("Z9"), ..contact(1) }]);
        night.accepted.extend(accepted);
        is_ready(&night, &reviewed(&night))
    };
    assert!(!night(&[Acceptance { rule: RuleId::V04, contact: Some(contact(1).id), referral: None }]));
}

#[test]
fn v32_leaves_a_frozen_outing_alone() {
    let frozen = Outing { status: OutingStatus::Frozen, ..outing() };
    assert_eq!(severities(RuleId::V32, before_change(&frozen)), [Severity::Error]);
    assert_eq!(before_change(&outing()), []);
}

#[test]
fn v33_warns_of_a_clock_that_is_off() {
    let now = instant("2026-03-12T20:30:00Z");
    let warned = |stored, lead| !clock(now, stored, lead).is_empty();
    assert!(warned(Some(now + TimeDelta::seconds(1)), None));
    assert!(!warned(Some(now), None));
    assert!(warned(None, Some(TimeDelta::hours(25))));
    assert!(!warned(None, Some(TimeDelta::hours(24))));
    assert!(!warned(None, Some(TimeDelta::days(-30))), "behind the server shows against what was stored");
    assert!(!warned(None, None));
}

#[test]
fn v34_suggests_look_alikes_of_two_phones() {
    let other = |number, slot| Contact { device_id: D2, ..at(number, slot) };
    let night = |contacts: Vec<Contact>| pairs(RuleId::V34, &state(contacts));
    assert_eq!(night(vec![at(1, "23:30"), other(2, "00:00")]), [(1, 2)], "over midnight");
    assert_eq!(night(vec![at(1, "23:00"), other(2, "00:00")]), [], "an hour apart");
    assert_eq!(night(vec![at(1, "22:00"), at(2, "22:00")]), [], "one phone does not write twice");
    assert_eq!(night(vec![at(1, "22:00"), Contact { zone: ZoneCode::new("Z2"), ..other(2, "22:00") }]), []);
    assert_eq!(night(vec![at(1, "22:00"), Contact { age_band: AgeBand::From18To24, ..other(2, "22:00") }]), []);
    let linked = Contact { aliases: aliases(&["AIRONE-12"]), ..other(2, "22:00") };
    assert_eq!(night(vec![at(1, "22:00"), linked]), []);
    assert_eq!(night(vec![at(1, "22:00"), Contact { repeat_in_outing: true, ..other(2, "22:00") }]), []);
    let mut settled = state([at(1, "22:00"), other(2, "22:00")]);
    settled.settled.insert((ContactId(Uuid::from_u128(1)), ContactId(Uuid::from_u128(2))));
    assert_eq!(pairs(RuleId::V34, &settled), []);
}

#[test]
fn v34_compares_groups_by_their_composition() {
    let cells = |parts: &[(Gender, u16)]| {
        let cell = |(gender, n): &(Gender, u16)| GroupCell { gender: *gender, ..GroupCell::not_recorded(*n) };
        parts.iter().map(cell).collect::<Vec<_>>()
    };
    let first = Contact { group_cells: cells(&[(Gender::Woman, 2), (Gender::TransWoman, 1)]), ..group(1, 3) };
    let same = Contact {
        device_id: D2,
        group_cells: cells(&[(Gender::TransWoman, 1), (Gender::Woman, 1), (Gender::Woman, 1)]),
        ..group(2, 3)
    };
    assert_eq!(pairs(RuleId::V34, &state([first.clone(), same])), [(1, 2)]);
    assert_eq!(pairs(RuleId::V34, &state([first, Contact { device_id: D2, ..group(2, 3) }])), []);
}

fn observation(n: u16, apparent_minor: u16) -> Observation {
    Observation {
        id: ObservationId(Uuid::nil()),
        outing_id: OUTING,
        zone: ZoneCode::new("Z1"),
        n,
        gender: Gender::Woman,
        apparent_minor,
        reason: ObservationReason::Busy,
    }
}

#[test]
fn v35_counts_no_more_minors_than_people() {
    let judge = |n, minors| severities(RuleId::V35, before_observation(&observation(n, minors), &programme()));
    assert_eq!(judge(2, 3), [Severity::Error]);
    assert_eq!(judge(3, 3), []);
}

#[test]
fn v36_accompanies_only_where_the_referral_allows_it() {
    use ReferralState as S;
    let accompaniment = Accompaniment {
        id: AccompanimentId(Uuid::nil()),
        referral_id: opened().referral.id,
        date: day("2026-03-13"),
        minutes: 60,
        staff_n: 1,
        mode: TravelMode::Car,
        outcome: AccompanimentOutcome::Done,
    };
    let judge = |record: Option<&ReferralRecord>| severities(RuleId::V36, before_accompaniment(&accompaniment, record));
    assert_eq!(judge(None), [Severity::Error]);
    assert_eq!(judge(Some(&opened())), []);
    let declined = [event("2026-03-12", S::Proposed), event("2026-03-12", S::Declined)];
    assert_eq!(judge(Some(&referral(&declined))), [Severity::Error]);
    let chain = [S::Proposed, S::Accepted, S::Accompanied, S::Attended].map(|state| event("2026-03-12", state));
    assert_eq!(judge(Some(&referral(&chain))), [], "accompanied and arrived, in one tap");
}

#[test]
fn a_finding_repeats_nothing_that_was_typed() {
    let mut night = state([Contact { zone: ZoneCode::new("CANARY"), aliases: aliases(&["CANARY-12"]), ..contact(1) }]);
    night.outing.note = Some("CANARY 3331234567".into());
    let text = serde_json::to_string(&reviewed(&night)).expect("json");
    assert!(text.contains("V30") && text.contains("V07") && !text.contains("CANARY"), "{text}");
}

#[test]
fn a_cancelled_outing_needs_neither_end_nor_crew() {
    let cancelled = Outing { status: OutingStatus::Cancelled, end_at: None, crew: vec![], ..outing() };
    assert_eq!(reviewed(&OutingState::new(cancelled, D1)), []);
}

proptest! {
    #[test]
    fn v30_reads_any_text_without_panic(note in "\\PC{0,400}") {
        for found in scan(&note) {
            prop_assert!(note.get(found.range.clone()).is_some_and(|text| !text.is_empty()));
        }
    }

    #[test]
    fn v30_finds_a_long_number_wherever_it_stands(before in "[a-z ]{0,20}", digits in "[0-9]{5,12}", after in "[a-z ]{0,20}") {
        let note = format!("{before}{digits}{after}");
        let covers = |found: &TextMatch| found.range.start <= before.len() && before.len() + digits.len() <= found.range.end;
        prop_assert!(scan(&note).iter().any(covers), "{note}");
    }
}
