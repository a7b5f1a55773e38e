//! The night O2 of the synthetic week, recorded on two phones tap by tap: what is signed counts as the fixture says.

use super::team::{Phone, Team, evening, midnight};
use chrono::{DateTime, Duration, Utc};
use domain::desk_record::{IncidentAction, IncidentSeverity, IncidentType};
use domain::ids::{ItemCode, NationalityCode, OperationId, OperatorCode, OutingId, ReferralId, ZoneCode};
use domain::indicator::OutingTally;
use domain::operation::DuplicateDecision;
use domain::outing::Weather;
use domain::referral::{
    AccompanimentOutcome, Consent, ReferralOutcome, ReferralState, ServiceType, TravelMode, Urgency,
};
use domain::supply::{Leaflet, LeafletTopic};
use domain::sync::night_log::{DeskEntry, NightLog};
use domain::validate::RuleId;
use notebook::notebook::Notebook;
use notebook::view::{
    AccompanimentInput, AdvanceInput, CardInput, CloseInput, ContactInput, CountInput, DetailsInput, DifferenceReason,
    HandoutInput, IncidentInput, Nothing, ObservationInput, OutingInput, ReferralInput, ReviewView, SettleInput,
    SignInput, ZoneChangeInput,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const WEEK: &str = include_str!("../../../domain/tests/fixtures/week-2026-W11.json");

fn week() -> Value {
    serde_json::from_str(WEEK).unwrap()
}

fn outing_o2(week: &Value) -> &Value {
    week["outings"].as_array().unwrap().iter().find(|outing| outing["id"] == "O2").unwrap()
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Pieces of each item that a phone hands out tonight.
fn handed_out(outing: &Value, device: &str) -> BTreeMap<String, u16> {
    let mut pieces: BTreeMap<String, u16> = BTreeMap::new();
    let contacts = outing["contacts"].as_array().unwrap();
    for contact in contacts.iter().filter(|contact| contact["device"] == device) {
        for (item, quantity) in contact["supplies"].as_object().unwrap() {
            *pieces.entry(item.clone()).or_default() += u16::try_from(quantity.as_u64().unwrap()).unwrap();
        }
        for quantity in contact["leaflets"].as_object().unwrap().values() {
            *pieces.entry("leaflet".into()).or_default() += u16::try_from(quantity.as_u64().unwrap()).unwrap();
        }
    }
    pieces
}

fn base(contact: &Value) -> CardInput {
    let group = contact["mode"] == "group";
    CardInput {
        gender: if group { read(&json!("not_recorded")) } else { read(&contact["gender"]) },
        kind: if group { read(&json!("unknown")) } else { read(&contact["kind"]) },
        target_group: read(&contact["target_group"]),
        n_persons: read(&contact["n_persons"]),
    }
}

/// What the worker adds. The second phone does not know that AIRONE-12 was met before: the lead decides.
fn details(contact: &Value) -> DetailsInput {
    DetailsInput {
        aliases: read(&contact["aliases"]),
        age_band: contact.get("age_band").map(read),
        nationality: contact.get("nationality").map(|code| NationalityCode::new(text(code))),
        language: Some(read(&contact["language"])),
        depth: Some(read(&contact["depth"])),
        services: Some(read(&contact["services"])),
        concern: Some(read(&contact["concern"])),
        flags: read(&contact["flags"]),
        group_cells: contact.get("cells").map(read).unwrap_or_default(),
        repeat_in_outing: false,
        notice_given: false,
    }
}

fn handouts(contact: &Value) -> Vec<HandoutInput> {
    let pieces = |quantity: &Value| u16::try_from(quantity.as_u64().unwrap()).unwrap();
    let supplies = contact["supplies"].as_object().unwrap().iter().map(|(item, quantity)| HandoutInput {
        item: ItemCode::new(item.clone()),
        quantity: pieces(quantity),
        leaflet: None,
    });
    let leaflets = contact["leaflets"].as_object().unwrap().iter().map(|(language, quantity)| HandoutInput {
        item: ItemCode::new("leaflet"),
        quantity: pieces(quantity),
        leaflet: Some(Leaflet { topic: LeafletTopic::HelplineCard, language: read(&json!(language)) }),
    });
    supplies.chain(leaflets).collect()
}

fn go_to(phone: &Phone, zone: &str) {
    let zone = ZoneCode::new(zone);
    if phone.night().zone != zone {
        phone.session.change_zone(ZoneChangeInput { zone, also_last: 0 }).unwrap();
    }
}

/// Records all contacts, each on its phone at its half-hour; gives the card of each.
fn record_contacts(team: &Team, outing: &Value) -> BTreeMap<String, OperationId> {
    let mut cards = BTreeMap::new();
    for contact in outing["contacts"].as_array().unwrap() {
        let phone = if contact["device"] == "D1" { &team.lead } else { &team.member };
        phone.set_slot(evening(), read(&contact["slot"]));
        go_to(phone, text(&contact["zone"]));
        let card = phone.session.open_card(base(contact)).unwrap().card;
        let input = ContactInput { card, base: base(contact), handouts: handouts(contact), details: details(contact) };
        phone.session.save_contact(input).unwrap();
        cards.insert(text(&contact["id"]).to_owned(), card);
    }
    cards
}

fn record_observations(team: &Team, outing: &Value) {
    for seen in outing["observations"].as_array().unwrap() {
        go_to(&team.lead, text(&seen["zone"]));
        let input = ObservationInput {
            reason: read(&seen["reason"]),
            n: read(&seen["n"]),
            gender: read(&seen["gender"]),
            apparent_minor: 0,
        };
        team.lead.session.save_observation(input).unwrap();
    }
}

fn refer(
    phone: &Phone,
    card: OperationId,
    alias: Option<&str>,
    service_type: ServiceType,
    urgency: Urgency,
    answer: Option<ReferralState>,
) -> ReferralId {
    let input = ReferralInput {
        card: Some(card),
        alias: alias.map(|alias| alias.parse().unwrap()),
        service_type,
        urgency,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
        answer,
    };
    let view = phone.session.open_referral(input).unwrap();
    view.referrals.iter().find(|card| card.service_type == service_type).unwrap().id
}

fn record_referrals(team: &Team, cards: &BTreeMap<String, OperationId>) {
    use ReferralState as S;
    let yes = Some(S::Accepted);
    let (lead, member) = (&team.lead, &team.member);
    refer(member, cards["C05"], Some("EDERA-01"), ServiceType::AntitraffickingDesk, Urgency::Within72h, yes);
    refer(lead, cards["C06"], Some("FALCO-05"), ServiceType::StiClinic, Urgency::Routine, yes);
    refer(lead, cards["C07"], Some("GELSO-02"), ServiceType::Serd, Urgency::Routine, Some(S::Declined));
    refer(lead, cards["C11"], Some("LINCE-04"), ServiceType::FamilyClinic, Urgency::Within72h, yes);
    refer(lead, cards["C13"], None, ServiceType::MinorProtection, Urgency::Immediate, None);
    let shelter =
        refer(member, cards["C14"], Some("NIBBIO-10"), ServiceType::EmergencyShelter, Urgency::Immediate, yes);
    let advance = AdvanceInput {
        referral: shelter,
        states: vec![S::Requested, S::Accompanied, S::Placed, S::Closed],
        outcome: Some(ReferralOutcome::TakenInCharge),
        accompaniment: Some(AccompanimentInput {
            minutes: 60,
            staff_n: 2,
            mode: TravelMode::Car,
            outcome: AccompanimentOutcome::Done,
        }),
    };
    let view = member.session.advance_referral(advance).unwrap();
    let card = view.referrals.iter().find(|card| card.id == shelter).unwrap();
    assert_eq!(card.state, S::Closed);
    assert!(card.next.is_empty());
    let dates: Vec<String> = card.events.iter().map(|event| event.date.to_string()).collect();
    assert_eq!(dates, vec!["2026-03-12"; 6], "half past midnight still belongs to the night of the 12th");
}

/// What is left is counted on the lead's phone; the member's bag went out to the last piece.
fn count_stock(team: &Team, outing: &Value) {
    for (item, stock) in outing["stock"].as_object().unwrap() {
        let waste = stock["waste"].as_u64().unwrap();
        let view = team
            .lead
            .session
            .count_item(CountInput {
                item: ItemCode::new(item.clone()),
                counted: read(&stock["ret"]),
                difference: (waste > 0).then_some(DifferenceReason::Waste),
            })
            .unwrap();
        let row = view.rows.iter().find(|row| row.item.as_str() == item).unwrap();
        assert_eq!(u64::from(row.expected), stock["ret"].as_u64().unwrap() + waste, "{item}");
    }
    for phone in [&team.lead, &team.member] {
        assert_eq!(phone.session.close_status(Nothing {}).unwrap().stock_open, [], "V17");
    }
}

fn close_both(team: &Team) {
    let end: DateTime<Utc> = "2026-03-13T01:45:00Z".parse().unwrap();
    for (phone, km) in [(&team.member, None), (&team.lead, Some(61))] {
        phone.set_clock(end);
        let input = CloseInput { km, weather: Weather::Clear, note: None, coordinator_alerted: km.is_some() };
        phone.session.close_outing(input).unwrap();
    }
}

/// The whole night up to the review.
fn played(team: &Team, week: &Value) -> OutingId {
    let outing = outing_o2(week);
    let member_bag = handed_out(outing, "D2");
    let load = |item: &str| u16::try_from(outing["stock"][item]["load"].as_u64().unwrap()).unwrap();
    let items: Vec<&str> = outing["stock"].as_object().unwrap().keys().map(String::as_str).collect();
    let of_member = |item: &str| member_bag.get(item).copied().unwrap_or_default();
    let lead_bag: Vec<(&str, u16)> = items.iter().map(|item| (*item, load(item) - of_member(item))).collect();
    let bag: Vec<(&str, u16)> = items.iter().map(|item| (*item, of_member(item))).collect();

    let started = team.lead.session.start_outing(super::team::start_input(&lead_bag, &["Z4", "Z1"], None)).unwrap();
    let night = super::team::open(started);
    team.member.later(60);
    let joined = super::team::start_input(&bag, &["Z4", "Z1"], Some(night.code.to_lowercase()));
    assert_eq!(super::team::open(team.member.session.start_outing(joined).unwrap()).outing_id, night.outing_id);

    let cards = record_contacts(team, outing);
    record_observations(team, outing);
    record_referrals(team, &cards);
    let incident = IncidentInput {
        incident_type: IncidentType::ThirdPartyControl,
        severity: IncidentSeverity::Medium,
        action: IncidentAction::LeftZone,
        debrief_needed: false,
        zone: Some(ZoneCode::new("Z3")),
    };
    team.lead.session.save_incident(incident).unwrap();
    count_stock(team, outing);
    close_both(team);
    night.outing_id
}

fn rules(review: &ReviewView) -> Vec<RuleId> {
    review.blocking.iter().map(|view| view.finding.rule).collect()
}

fn written_log(notebook: &Notebook) -> NightLog {
    let mut logs: Vec<NightLog> = notebook
        .list_desk_entries()
        .unwrap()
        .into_iter()
        .filter_map(|stored| match stored.envelope.entry {
            DeskEntry::NightLog(log) => Some(log),
            _ => None,
        })
        .collect();
    assert_eq!(logs.len(), 1, "one night, one envelope");
    logs.remove(0)
}

#[test]
fn counts_what_the_fixture_says_after_review_merge_and_sign_off() {
    let week = week();
    let team = Team::at(evening());
    let outing_id = played(&team, &week);
    team.carry();

    team.lead.set_clock("2026-03-13T09:20:00Z".parse().unwrap());
    let review = team.lead.stepped_up().review(OutingInput { outing_id }).unwrap();
    assert_eq!(rules(&review), [], "the coordinator was told of the minor (V22)");
    assert_eq!(review.phones.len(), 2);
    let [pair] = review.pairs.as_slice() else {
        panic!("AIRONE-12 on both phones is the one pair: {:?}", review.pairs)
    };
    assert!(pair.same_alias && !review.can_sign);
    assert_eq!(pair.proposed, DuplicateDecision::CameBack);
    assert_eq!((pair.first.phone, pair.first.slot.as_str()), (1, "21:30"));
    assert_eq!((pair.second.phone, pair.second.slot.as_str()), (2, "00:00"));
    let condoms = pair.together.iter().find(|count| count.item.as_str() == "condom_ext").unwrap();
    assert_eq!(condoms.quantity, 18);
    assert_eq!(review.counts.persons, 20, "counted twice until somebody decides");

    let (first, second) = (pair.first.contact, pair.second.contact);
    let decision = pair.proposed;
    let settled = team.lead.stepped_up().settle(SettleInput { outing_id, first, second, decision }).unwrap();
    assert!(settled.pairs.is_empty() && settled.can_sign);
    assert_eq!((settled.counts.persons, settled.counts.contacts, settled.counts.seen), (19, 17, 4));
    assert_eq!((settled.counts.referrals, settled.counts.incidents), (6, 1));
    let operator = OperatorCode::new("OP-A");
    let signed = team.lead.stepped_up().sign_off(SignInput { outing_id, operator, without: 0 }).unwrap();
    assert!(!signed.can_sign && signed.outing.late == 0);

    let log = team.lead.with_notebook(|notebook| written_log(notebook));
    let tally = serde_json::to_value(OutingTally::of(&log)).unwrap();
    for (name, expected) in week["expected"]["per_outing"]["O2"].as_object().unwrap() {
        if name == "aliases" {
            assert!(!serde_json::to_string(&log).unwrap().contains("AIRONE"), "aliases stay with the team");
        } else {
            assert_eq!(&tally[name], expected, "{name}");
        }
    }
    let presence: Vec<Value> =
        log.presence.iter().map(|row| json!({"token": row.token.to_hex(), "bits": row.bits})).collect();
    assert_eq!(Value::Array(presence), week["expected"]["server_token_presence"]["O2"]);
    for (item, stock) in outing_o2(&week)["stock"].as_object().unwrap() {
        let row = log.supplies.iter().find(|row| row.item.as_str() == item).unwrap();
        assert_eq!(json!([row.loaded, row.returned, row.wasted]), json!([stock["load"], stock["ret"], stock["waste"]]));
        assert_eq!(row.adjusted, 0);
    }
    assert_eq!(log.referrals.len(), 6);
    assert_eq!(log.accompaniments.iter().map(|going| going.minutes).sum::<u16>(), 60);
}

#[test]
fn gives_one_outing_to_a_partner_who_starts_after_midnight() {
    let start = midnight(evening()) + Duration::hours(23) + Duration::minutes(50);
    let team = Team::at(start);
    team.member.later(20 * 60);
    let outing = team.start(&[], &["Z1"]);
    assert_eq!(team.member.night().date.to_string(), "2026-03-12");
    assert_eq!(team.member.night().outing_id, outing);
}
