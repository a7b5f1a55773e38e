//! The region: a hundred units that go out once a week for ten years. The same rows every time, as numbers, so that every
//! engine is given the very same ones.

use chrono::{Days, NaiveDate, TimeDelta};
use domain::contact::{AgeBand, Concern, ContactKind, ContactMode, Depth, Gender, Language, TargetGroup};
use domain::ids::{ContactId, ItemCode, NationalityCode, OperatorCode, OutingId, PlanId, ReferralId, UnitId, ZoneCode};
use domain::outing::{CrewMember, CrewRole, OutingType, Weather};
use domain::plan::{PlanState, PlannedRow};
use domain::referral::{Consent, ReferralEvent, ReferralOrigin, ReferralOutcome, ReferralState, ServiceType, Urgency};
use domain::sync::night_log::{ContactRow, FollowUpRow, NightLog, OutingRow, PresenceRow, ReferralRow, SupplyRow};
use domain::time::{IsoWeek, SlotBand, iso_year};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Units.
pub const UNITS: u32 = 100;
/// Weeks: ten years.
pub const WEEKS: u32 = 520;
/// Different people that a unit knows in a year.
const PEOPLE: u64 = 300;
/// Referrals of a night.
const REFERRALS: u32 = 4;

/// One contact, as every engine gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who it was, if the team has an alias for it: a number of its own for each unit and ISO year.
    pub person: Option<u64>,
    draw: u64,
}

fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The Monday of a week.
pub fn monday(week: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2016, 1, 4).unwrap_or_default() + Days::new(u64::from(week) * 7)
}

/// The ISO week.
pub fn iso_week(week: u32) -> IsoWeek {
    IsoWeek::of(monday(week))
}

/// A unit's name.
pub fn unit_id(unit: u32) -> UnitId {
    UnitId::new(format!("U{unit:03}"))
}

/// The contacts of a night: 34 to 43, a third of them with somebody who has an alias.
pub fn contacts(unit: u32, week: u32) -> Vec<Contact> {
    let seed = mix(u64::from(unit) << 32 | u64::from(week));
    let year = u64::from(iso_year(monday(week)).unsigned_abs());
    (0..34 + seed % 10)
        .map(|number| {
            let draw = mix(seed ^ number);
            let person = (number % 3 == 0).then(|| (u64::from(unit) << 24 | year << 10 | ((draw >> 20) % PEOPLE)) + 1);
            Contact { person, draw }
        })
        .collect()
}

fn id(kind: u8, number: u64) -> Uuid {
    uuid::Builder::from_random_bytes(
        (u128::from(mix(number ^ u64::from(kind))) << 64 | u128::from(number)).to_be_bytes(),
    )
    .into_uuid()
}

/// The night log of a night.
pub fn night(unit: u32, week: u32) -> NightLog {
    let seed = mix(u64::from(unit) << 32 | u64::from(week));
    let date = date(unit, week);
    let start_at = date.and_hms_opt(19, 30, 0).unwrap_or_default().and_utc();
    let end_at = start_at + TimeDelta::minutes(240 + (seed % 90).cast_signed());
    let number = u64::from(unit) << 32 | u64::from(week) << 8;
    let outing = OutingRow {
        id: OutingId(id(1, number)),
        unit: unit_id(unit),
        outing_type: OutingType::StreetNight,
        date,
        start_at,
        end_at,
        crew: [CrewRole::Operator, CrewRole::Mediator]
            .iter()
            .zip(["A", "B"])
            .map(|(role, name)| CrewMember { operator: OperatorCode::new(format!("OP-{name}{unit}")), role: *role })
            .collect(),
        km: Some(40),
        weather: Weather::Clear,
        cancelled: None,
        reviewed_at: end_at + TimeDelta::hours(12),
        reviewed_by: OperatorCode::new(format!("OP-A{unit}")),
    };
    let met = contacts(unit, week);
    let mut presence = BTreeMap::new();
    for contact in &met {
        if let Some(person) = contact.person {
            *presence.entry(format!("{:016x}{person:016x}", mix(person))).or_insert(0) |= (contact.draw % 8) as u8;
        }
    }
    let row = |(place, contact): (u64, &Contact)| contact_row(id(2, number | place), *contact);
    let before = week.checked_sub(3 + (seed % 5) as u32);
    NightLog {
        outing,
        contacts: (0..).zip(&met).map(row).collect(),
        observations: Vec::new(),
        supplies: ["condom_ext", "lubricant", "hot_drink"].map(|item| supply(item, met.len() as i64)).into(),
        leaflets: Vec::new(),
        referrals: (0..REFERRALS).map(|place| referral(unit, week, place, date)).collect(),
        follow_ups: before
            .map(|before| (0..3).map(|place| follow_up(unit, before, place, date)).collect())
            .unwrap_or_default(),
        accompaniments: Vec::new(),
        incidents: Vec::new(),
        presence: presence
            .into_iter()
            .filter_map(|(token, bits)| Some(PresenceRow { token: token.parse().ok()?, bits }))
            .collect(),
        amendments: Vec::new(),
    }
}

/// The plan of a night.
pub fn plan(unit: u32, week: u32) -> PlannedRow {
    PlannedRow {
        id: PlanId(id(4, u64::from(unit) << 32 | u64::from(week))),
        revision: 1,
        unit: unit_id(unit),
        outing_type: OutingType::StreetNight,
        date: date(unit, week),
        state: PlanState::Planned,
    }
}

/// The day on which a unit goes out in a week.
fn date(unit: u32, week: u32) -> NaiveDate {
    monday(week) + Days::new(mix(u64::from(unit) << 32 | u64::from(week)) % 6)
}

fn pick<T: Copy>(from: &[T], draw: u64, otherwise: T) -> T {
    from.get(draw as usize % from.len().max(1)).copied().unwrap_or(otherwise)
}

fn contact_row(id: Uuid, contact: Contact) -> ContactRow {
    let Contact { person, draw } = contact;
    ContactRow {
        id: ContactId(id),
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new(pick(&["Z1", "Z2", "Z3", "Z4", "Z5"], draw, "Z1")),
        slot_band: pick(&[SlotBand::Evening, SlotBand::LateEvening, SlotBand::Night], draw >> 3, SlotBand::Night),
        kind: if person.is_some() {
            ContactKind::Returning
        } else {
            pick(&[ContactKind::First, ContactKind::Unknown], draw >> 5, ContactKind::Unknown)
        },
        gender: pick(&[Gender::Woman, Gender::Woman, Gender::TransWoman, Gender::Man], draw >> 7, Gender::Woman),
        age_band: pick(
            &[AgeBand::From18To24, AgeBand::From25To34, AgeBand::From35To44, AgeBand::NotRecorded],
            draw >> 9,
            AgeBand::NotRecorded,
        ),
        nationality: NationalityCode::new(pick(
            &["RO", "NG", "AL", "BR", "PE", "CN", "not_recorded"],
            draw >> 11,
            "RO",
        )),
        language: pick(&[Language::It, Language::En, Language::Ro, Language::Es], draw >> 13, Language::It),
        depth: pick(&[Depth::Brief, Depth::Talk, Depth::SuppliesOnly], draw >> 15, Depth::Brief),
        services: BTreeSet::new(),
        linked_count: u16::from(person.is_some()),
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: true,
    }
}

fn supply(item: &str, pieces: i64) -> SupplyRow {
    let item = ItemCode::new(item);
    SupplyRow {
        item,
        loaded: 200,
        to_persons: pieces * 2,
        to_clients: 6,
        to_others: 0,
        returned: 194 - pieces * 2,
        wasted: 0,
        found: 0,
        adjusted: 0,
    }
}

fn referral_id(unit: u32, week: u32, place: u32) -> ReferralId {
    ReferralId(id(3, u64::from(unit) << 32 | u64::from(week) << 8 | u64::from(place)))
}

fn referral(unit: u32, week: u32, place: u32, date: NaiveDate) -> ReferralRow {
    let services =
        [ServiceType::StiClinic, ServiceType::LegalAdvice, ServiceType::SocialServices, ServiceType::EmergencyShelter];
    let step = |state| ReferralEvent { date, state, outcome: None };
    ReferralRow {
        id: referral_id(unit, week, place),
        origin: ReferralOrigin::Outing(OutingId(id(1, u64::from(unit) << 32 | u64::from(week) << 8))),
        opened_on: date,
        service_type: pick(&services, place.into(), ServiceType::StiClinic),
        urgency: Urgency::Routine,
        reason: None,
        language_need: None,
        mediator_needed: false,
        accompany_needed: false,
        consent: Consent::Verbal,
        parent_id: None,
        events: [ReferralState::Proposed, ReferralState::Accepted, ReferralState::Attended].map(step).into(),
    }
}

fn follow_up(unit: u32, week: u32, place: u32, date: NaiveDate) -> FollowUpRow {
    let event = ReferralEvent { date, state: ReferralState::Closed, outcome: Some(ReferralOutcome::ServiceReceived) };
    FollowUpRow { referral_id: referral_id(unit, week, place), event }
}
