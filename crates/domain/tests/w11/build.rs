//! Entities out of a scenario in the exchange format.

use chrono::{DateTime, NaiveDate, Utc};
use domain::alias::{AliasKey, AliasWords};
use domain::contact::{AgeBand, Contact, ContactKind, ContactMode, Gender, GroupCell, Language, TargetGroup};
use domain::desk_record::{Incident, IncidentAction, MinutesBand};
use domain::disclosure::Threshold;
use domain::ids::{
    AccompanimentId, ContactId, DeskAccessId, DeviceId, EventId, IncidentId, ItemCode, NationalityCode, ObservationId,
    OperatorCode, OutingId, ProgrammeId, ReferralId, SupplyMoveId, UnitId, ZoneCode,
};
use domain::indicator::{Records, Source};
use domain::observation::Observation;
use domain::operation::{OutingState, ReferralRecord};
use domain::outing::{CrewMember, CrewRole, Outing, OutingStatus, Weather};
use domain::programme::{BasePeriod, Item, MacroArea, Nationality, Policy, Programme, Zone};
use domain::referral::{
    Accompaniment, AccompanimentOutcome, Consent, Referral, ReferralEvent, ReferralOrigin, TravelMode,
};
use domain::supply::{LEAFLET, Leaflet, LeafletTopic, MoveKind, SupplyMove};
use domain::sync::night_log::{DeskAccessRow, DeskEntry, EventRow, NightLog, ReferralRow};
use domain::sync::{ProjectionContext, project};
use serde_json::Value;
use std::collections::BTreeMap;
use std::str::FromStr;
use uuid::Uuid;

/// A week of entities and what the desk receives of it.
pub struct Week {
    pub json: Value,
    pub programme: Programme,
    pub nights: BTreeMap<String, (OutingState, NightLog)>,
    desk: Vec<DeskEntry>,
}

impl Week {
    pub fn read(json: Value) -> Self {
        let key_hex = text(&json["expected"]["hmac_vectors"]["key_hex"]);
        let key = AliasKey::new(
            data_encoding::HEXLOWER.decode(key_hex.as_bytes()).expect("hex").try_into().expect("32 bytes"),
        );
        let mut desk = Vec::new();
        let mut nights = BTreeMap::new();
        for outing in list(&json["outings"]) {
            let state = state(outing, &json);
            let log = project(&state, ProjectionContext { alias_key: &key }).expect("reviewed");
            nights.insert(text(&outing["id"]).to_owned(), (state, log));
        }
        for referral in list(&json["referrals"]) {
            desk.extend(day_staff(referral, outing_of(referral, &json)));
        }
        for entry in list(&json["accompaniments"]) {
            desk.push(DeskEntry::Accompanied(Accompaniment {
                id: AccompanimentId(uuid(&entry["id"])),
                referral_id: ReferralId(uuid(&entry["referral"])),
                date: date(&entry["date"]),
                minutes: small(&entry["minutes"]),
                staff_n: 1,
                mode: TravelMode::Car,
                outcome: AccompanimentOutcome::Done,
            }));
        }
        for (number, access) in list(&json["desk"]).iter().enumerate() {
            desk.push(DeskEntry::DeskAccess(DeskAccessRow {
                id: DeskAccessId(Uuid::from_u128(u128::try_from(number).expect("few") + 1)),
                date: date(&access["date"]),
                topic: code(&access["topic"]),
                target_group: TargetGroup::Person,
                minutes_band: MinutesBand::NotRecorded,
            }));
        }
        for event in list(&json["events"]) {
            desk.push(DeskEntry::Event(EventRow {
                id: EventId(uuid(&event["id"])),
                date: date(&event["date"]),
                event_type: code(&event["type"]),
                participants: small(&event["participants"]),
                minutes: small(&event["minutes"]),
            }));
        }
        Self { programme: programme(), nights, desk, json }
    }

    /// Everything the desk receives, as if one device had sent it.
    pub fn entries(&self) -> Vec<(Source, DeskEntry)> {
        let logs = self.nights.values().map(|(_, log)| DeskEntry::NightLog(log.clone()));
        let device = DeviceId(Uuid::from_u128(7));
        logs.chain(self.desk.iter().cloned())
            .zip(1..)
            .map(|(entry, sequence)| (Source { device, sequence }, entry))
            .collect()
    }

    pub fn records(&self) -> Records {
        let mut records = Records::default();
        for (source, entry) in self.entries() {
            records.add(source, entry);
        }
        records
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn code<T: FromStr>(value: &Value) -> T {
    text(value).parse().ok().unwrap_or_else(|| panic!("unknown code {value}"))
}

fn small(value: &Value) -> u16 {
    value.as_u64().and_then(|n| n.try_into().ok()).expect("small number")
}

fn date(value: &Value) -> NaiveDate {
    code(value)
}

fn instant(value: &Value) -> DateTime<Utc> {
    text(value).parse::<DateTime<chrono::FixedOffset>>().expect("instant").to_utc()
}

/// An id that depends on nothing but the scenario's name for the thing.
fn uuid(value: &Value) -> Uuid {
    Uuid::from_u128(text(value).bytes().fold(0, |sum, byte| (sum << 8) | u128::from(byte)))
}

fn state(outing: &Value, json: &Value) -> OutingState {
    let id = OutingId(uuid(&outing["id"]));
    let device = DeviceId(uuid(&Value::from("D1")));
    let mut state = OutingState::new(
        Outing {
            id,
            unit: UnitId::new(text(&json["team"])),
            outing_type: code(&outing["type"]),
            status: OutingStatus::Reviewed,
            cancel_reason: None,
            start_at: instant(&outing["start"]),
            end_at: Some(instant(&outing["end"])),
            crew: list(&outing["crew"])
                .iter()
                .map(|code| CrewMember { operator: OperatorCode::new(text(code)), role: CrewRole::Operator })
                .collect(),
            short_crew: None,
            vehicle: None,
            km: Some(small(&outing["km"])),
            weather: Weather::NotRecorded,
            planned_zones: vec![],
            note: None,
            reviewed_at: Some(instant(&outing["reviewed_at"])),
            reviewed_by: Some(OperatorCode::new("OP-A")),
            coordinator_alerted: true,
        },
        device,
    );
    for entry in list(&outing["contacts"]) {
        let contact = contact(entry, id);
        for (item, quantity, leaflet) in handouts(entry) {
            add_move(&mut state, item, MoveKind::Handout, quantity, Some(&contact), leaflet);
        }
        state.contacts.insert(contact.id, contact);
    }
    for (item, stock) in outing["stock"].as_object().expect("stock") {
        for (kind, key) in [(MoveKind::Load, "load"), (MoveKind::Return, "ret"), (MoveKind::Waste, "waste")] {
            add_move(&mut state, item, kind, i32::from(small(&stock[key])), None, None);
        }
    }
    for entry in list(&outing["observations"]) {
        let observation = Observation {
            id: ObservationId(uuid(&entry["id"])),
            outing_id: id,
            zone: ZoneCode::new(text(&entry["zone"])),
            n: small(&entry["n"]),
            gender: code(&entry["gender"]),
            apparent_minor: 0,
            reason: code(&entry["reason"]),
        };
        state.observations.insert(observation.id, observation);
    }
    for entry in list(&json["incidents"]).iter().filter(|entry| entry["outing"] == outing["id"]) {
        let incident = Incident {
            id: IncidentId(uuid(&entry["id"])),
            outing_id: id,
            incident_type: code(&entry["type"]),
            severity: code(&entry["severity"]),
            action: IncidentAction::None,
            debrief_needed: false,
            zone: None,
        };
        state.incidents.insert(incident.id, incident);
    }
    for entry in list(&json["referrals"]).iter().filter(|entry| outing_of(entry, json) == Some(outing)) {
        let mut record = referral(entry, ReferralOrigin::Outing(id));
        record.events.retain(|event| event.date == date(&outing["op_date"]));
        state.referrals.insert(record.referral.id, record);
    }
    state
}

fn contact(entry: &Value, outing_id: OutingId) -> Contact {
    let is_group = text(&entry["mode"]) == "group";
    Contact {
        id: ContactId(uuid(&entry["id"])),
        outing_id,
        stop_id: None,
        device_id: DeviceId(uuid(&entry["device"])),
        mode: if is_group { ContactMode::Group } else { ContactMode::Individual },
        target_group: code(&entry["target_group"]),
        n_persons: small(&entry["n_persons"]),
        zone: ZoneCode::new(text(&entry["zone"])),
        slot: code(&entry["slot"]),
        kind: if is_group { ContactKind::Unknown } else { code(&entry["kind"]) },
        gender: if is_group { Gender::NotRecorded } else { code(&entry["gender"]) },
        age_band: if is_group { AgeBand::NotRecorded } else { code(&entry["age_band"]) },
        nationality: if is_group {
            NationalityCode::not_recorded()
        } else {
            NationalityCode::new(text(&entry["nationality"]))
        },
        language: code(&entry["language"]),
        depth: code(&entry["depth"]),
        services: list(&entry["services"]).iter().map(code).collect(),
        aliases: list(&entry["aliases"]).iter().map(code).collect(),
        group_cells: list(&entry["cells"])
            .iter()
            .map(|cell| GroupCell {
                kind: code(&cell["kind"]),
                gender: code(&cell["gender"]),
                age_band: code(&cell["age_band"]),
                nationality: NationalityCode::new(text(&cell["nationality"])),
                n: small(&cell["n"]),
            })
            .collect(),
        concern: code(&entry["concern"]),
        flags: list(&entry["flags"]).iter().map(code).collect(),
        repeat_in_outing: entry["repeat_in_outing"].as_bool().expect("repeat"),
        notice_given: false,
        possible_duplicate_of: None,
    }
}

fn handouts(entry: &Value) -> Vec<(&str, i32, Option<Language>)> {
    let supplies = entry["supplies"].as_object().expect("supplies").iter();
    let leaflets = entry["leaflets"].as_object().expect("leaflets").iter();
    supplies
        .map(|(item, n)| (item.as_str(), i32::from(small(n)), None))
        .chain(leaflets.map(|(language, n)| (LEAFLET, i32::from(small(n)), Some(language.parse().expect("language")))))
        .collect()
}

fn add_move(
    state: &mut OutingState,
    item: &str,
    kind: MoveKind,
    quantity: i32,
    contact: Option<&Contact>,
    language: Option<Language>,
) {
    if quantity == 0 {
        return;
    }
    let id = SupplyMoveId(Uuid::from_u128(u128::try_from(state.moves.len()).expect("few") + 1));
    let supply = SupplyMove {
        id,
        outing_id: state.id(),
        device_id: state.opened_by,
        item: ItemCode::new(item),
        kind,
        quantity,
        contact_id: contact.map(|contact| contact.id),
        to_target_group: contact.map(|contact| contact.target_group),
        leaflet: language.map(|language| Leaflet { topic: LeafletTopic::HivSti, language }),
        reason: None,
    };
    state.moves.insert(id, supply);
}

fn referral(entry: &Value, origin: ReferralOrigin) -> ReferralRecord {
    let events = list(&entry["events"]).iter().map(|event| {
        let (state, outcome) = text(&event[1]).split_once(':').map_or((text(&event[1]), None), |(s, o)| (s, Some(o)));
        ReferralEvent {
            date: date(&event[0]),
            state: state.parse().expect("state"),
            outcome: outcome.map(|outcome| outcome.parse().expect("outcome")),
        }
    });
    ReferralRecord {
        referral: Referral {
            id: ReferralId(uuid(&entry["id"])),
            origin,
            opened_on: date(&entry["opened"]),
            contact_id: None,
            alias: entry["alias"].as_str().map(|alias| alias.parse().expect("alias")),
            service_type: code(&entry["service"]),
            service_id: None,
            urgency: code(&entry["urgency"]),
            reason: None,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            consent: Consent::Verbal,
            parent_id: None,
        },
        events: events.collect(),
    }
}

/// The outing on which a referral was opened; those of an earlier week come from the desk.
fn outing_of<'a>(referral: &Value, json: &'a Value) -> Option<&'a Value> {
    list(&json["outings"]).iter().find(|outing| outing["op_date"] == referral["opened"])
}

/// What day staff enter about a referral: all of it, or what came after its night.
fn day_staff(entry: &Value, outing: Option<&Value>) -> Vec<DeskEntry> {
    let ReferralRecord { referral, events } = referral(entry, ReferralOrigin::Desk);
    let opening = outing.map_or(referral.opened_on, |outing| date(&outing["op_date"]));
    let (first, later): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.date == opening);
    let opened = outing.is_none().then(|| {
        DeskEntry::ReferralOpened(ReferralRow {
            id: referral.id,
            origin: referral.origin,
            opened_on: referral.opened_on,
            service_type: referral.service_type.outside_team(),
            urgency: referral.urgency,
            reason: referral.reason,
            language_need: referral.language_need,
            mediator_needed: referral.mediator_needed,
            accompany_needed: referral.accompany_needed,
            consent: referral.consent,
            parent_id: referral.parent_id,
            events: first,
        })
    });
    let advanced =
        later.into_iter().map(|event| DeskEntry::ReferralAdvanced { referral_id: referral.id, events: vec![event] });
    opened.into_iter().chain(advanced).collect()
}

fn programme() -> Programme {
    let zone = |code: &str| Zone {
        code: ZoneCode::new(code),
        label: format!("zona {code}"),
        district: None,
        in_municipality: true,
        min_expected: 5,
    };
    let nationalities = [
        ("IT", MacroArea::Italy),
        ("RO", MacroArea::EuEast),
        ("BG", MacroArea::EuEast),
        ("AL", MacroArea::EuropeNonEu),
        ("NG", MacroArea::AfricaWest),
        ("BR", MacroArea::LatinAmerica),
        ("PE", MacroArea::LatinAmerica),
        ("not_recorded", MacroArea::NotRecorded),
    ];
    let items = ["condom_ext", "lubricant", "leaflet", "hot_drink", "wipes", "pregnancy_test"];
    Programme {
        id: ProgrammeId(Uuid::from_u128(1)),
        name: "Fixture BS".into(),
        start: "2026-01-01".parse().expect("date"),
        end: "2026-12-31".parse().expect("date"),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![],
        units: vec![],
        operators: vec![],
        operator_orgs: BTreeMap::new(),
        retired: domain::programme::Retired::default(),
        zones: ["Z1", "Z2", "Z3", "Z4", "Z5"].map(zone).into(),
        nationalities: nationalities
            .map(|(code, macro_area)| Nationality { code: NationalityCode::new(code), macro_area })
            .into(),
        items: items.map(|code| Item { code: ItemCode::new(code), sensitive: code == "pregnancy_test" }).into(),
        kits: vec![],
        directory: vec![],
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: AliasWords::italian().iter().map(str::to_owned).collect(),
        policy: Policy::default(),
    }
}
