//! One case that breaks each rule and one that keeps it, at least.

use super::*;
use crate::alias::Alias;
use crate::contact::{
    AgeBand, Concern, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup,
};
use crate::desk_record::EventType;
use crate::disclosure::Threshold;
use crate::ids::{
    AccompanimentId, ContactId, DeviceId, EventId, ItemCode, NationalityCode, ObservationId, OperationId, OperatorCode,
    OutingId, ProgrammeId, ReferralId, SupplyMoveId, UnitId, ZoneCode,
};
use crate::observation::ObservationReason;
use crate::operation::{Acceptance, ContactField, Refusal};
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

mod paths;
mod people;

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
        short_crew: None,
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
        operator_orgs: std::collections::BTreeMap::new(),
        retired: crate::programme::Retired::default(),
        zones: vec![zone("Z1"), zone("Z2")],
        nationalities: vec![],
        items: vec![],
        kits: vec![],
        directory: vec![],
        coordinator_phone: None,
        minor_steps: Vec::new(),
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
