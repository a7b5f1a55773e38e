//! Who writes what, when: from a scenario to the steps of two phones, a lead and a desk. Pure.

use crate::scenario::{DeviceScript, OutingScript, ReferralScript, Scenario, StockScript};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::alias::Alias;
use domain::contact::AgeBand;
use domain::ids::ItemCode;
use domain::referral::{ReferralEvent, ReferralState, Urgency};
use domain::supply::LEAFLET;
use notebook::view::DifferenceReason;
use std::collections::{BTreeMap, BTreeSet};

/// Everything to be done, by index into the scenario.
#[derive(Debug)]
pub(super) struct Plan {
    /// Nights and reviews, in the order of time.
    pub(super) steps: Vec<Step>,
    /// What the desk writes when all nights are in, in the order of days.
    pub(super) office: Vec<OfficeStep>,
    /// A day after everything in the file: when the desk writes and counts.
    pub(super) closing: DateTime<Utc>,
}

/// One step of the field.
#[derive(Debug)]
pub(super) enum Step {
    /// The phones go out.
    Night(NightPlan),
    /// The lead reviews and signs the outing.
    Review(usize),
}

/// One night.
#[derive(Debug)]
pub(super) struct NightPlan {
    /// Which outing.
    pub(super) outing: usize,
    /// Bag of each phone that goes along; the lead's always does.
    pub(super) bags: BTreeMap<DeviceScript, BTreeMap<ItemCode, BagPlan>>,
    /// What is written, in the order of time.
    pub(super) entries: Vec<Timed>,
    /// An urgent referral stays open: the coordinator is told (V22).
    pub(super) alert: bool,
}

/// One item in one bag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BagPlan {
    /// Loaded before leaving.
    pub(super) load: u16,
    /// Counted at close.
    pub(super) counted: u16,
    /// Why the count is not what it should be.
    pub(super) difference: Option<DifferenceReason>,
}

/// Something is written.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    /// When.
    pub(super) at: DateTime<Utc>,
    /// On which phone.
    pub(super) device: DeviceScript,
    /// What.
    pub(super) entry: Entry,
}

/// What is written during a night.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// A contact of the outing.
    Contact(usize),
    /// People seen.
    Observation(usize),
    /// An incident.
    Incident(usize),
    /// A referral, with its events of this day and the contact it came from.
    Referral {
        /// Which referral.
        referral: usize,
        /// The contact.
        contact: Option<usize>,
        /// An accompaniment of this day.
        accompaniment: Option<usize>,
    },
    /// Steps of a referral that was opened on an earlier night.
    FollowUp {
        /// Whose.
        alias: Alias,
        /// What happened.
        states: Vec<ReferralState>,
    },
}

/// What the desk writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OfficeStep {
    /// Opens a referral, with its events of the day of opening.
    Open(usize),
    /// Events of a referral on one day.
    Advance(usize, Vec<ReferralEvent>),
    /// An accompaniment.
    Accompany(usize),
    /// A desk access.
    Access(usize),
    /// An awareness event.
    Event(usize),
}

impl Plan {
    /// Plans a scenario.
    pub(super) fn of(scenario: &Scenario) -> Self {
        let origins: Vec<Option<usize>> =
            scenario.referrals.iter().map(|referral| origin(scenario, referral)).collect();
        let mut steps: Vec<(DateTime<Utc>, Step)> = Vec::new();
        let mut told = BTreeSet::new();
        for (index, outing) in scenario.outings.iter().enumerate() {
            let night = night(scenario, index, outing, &origins, &mut told);
            steps.push((outing.start, Step::Night(night)));
            steps.push((outing.reviewed_at, Step::Review(index)));
        }
        steps.sort_by_key(|(at, _)| *at);
        Self {
            steps: steps.into_iter().map(|(_, step)| step).collect(),
            office: office(scenario, &origins, &told),
            closing: closing(scenario),
        }
    }
}

/// The outing on which a referral was opened: that of its day on which its person was met. Without an alias it is
/// the one with a presumed minor, else the first of the day. None: the desk opened it.
fn origin(scenario: &Scenario, referral: &ReferralScript) -> Option<usize> {
    let of_day = |(_, outing): &(usize, &OutingScript)| outing.date() == referral.opened_on;
    let mut candidates = scenario.outings.iter().enumerate().filter(of_day);
    match &referral.alias {
        Some(_) => candidates.find(|(_, outing)| met(outing, referral).is_some()).map(|(index, _)| index),
        None => {
            let candidates: Vec<_> = candidates.collect();
            let with_minor = candidates.iter().find(|(_, outing)| met(outing, referral).is_some());
            with_minor.or(candidates.first()).map(|(index, _)| *index)
        }
    }
}

/// The contact a referral came from.
fn met(outing: &OutingScript, referral: &ReferralScript) -> Option<usize> {
    outing.contacts.iter().position(|contact| match &referral.alias {
        Some(alias) => contact.aliases.contains(alias),
        None => contact.age_band == AgeBand::Under18Presumed,
    })
}

fn night(
    scenario: &Scenario,
    index: usize,
    outing: &OutingScript,
    origins: &[Option<usize>],
    told: &mut BTreeSet<usize>,
) -> NightPlan {
    let mut entries = Vec::new();
    let mut order: Vec<usize> = (0..outing.contacts.len()).collect();
    order.sort_by_key(|contact| outing.contacts.get(*contact).map(|contact| outing.instant_of(contact.slot)));
    let mut at = outing.start;
    for number in order {
        let Some(contact) = outing.contacts.get(number) else { continue };
        at = outing.instant_of(contact.slot).max(at + TimeDelta::seconds(1));
        entries.push(Timed { at, device: contact.device, entry: Entry::Contact(number) });
        for (referral, script) in scenario.referrals.iter().enumerate() {
            if origins.get(referral) == Some(&Some(index)) && met(outing, script) == Some(number) {
                at += TimeDelta::seconds(1);
                let entry = referral_entry(scenario, outing, referral, Some(number), told);
                entries.push(Timed { at, device: contact.device, entry });
            }
        }
    }
    at = at.max(outing.end - TimeDelta::minutes(1));
    let mut last = |entry| {
        at += TimeDelta::milliseconds(100);
        entries.push(Timed { at, device: DeviceScript::D1, entry });
    };
    (0..outing.observations.len()).for_each(|number| last(Entry::Observation(number)));
    (0..outing.incidents.len()).for_each(|number| last(Entry::Incident(number)));
    for (referral, script) in scenario.referrals.iter().enumerate() {
        if origins.get(referral) == Some(&Some(index)) && met(outing, script).is_none() {
            last(referral_entry(scenario, outing, referral, None, told));
        }
    }
    let is_open = |script: &ReferralScript| {
        script.urgency == Urgency::Immediate
            && script.events.iter().filter(|event| event.date == script.opened_on).count() < 2
    };
    let opened_here = scenario.referrals.iter().zip(origins).filter(|(_, origin)| **origin == Some(index));
    let alert = opened_here.map(|(script, _)| script).any(is_open);
    NightPlan { outing: index, bags: bags(outing), entries, alert }
}

fn referral_entry(
    scenario: &Scenario,
    outing: &OutingScript,
    referral: usize,
    contact: Option<usize>,
    told: &mut BTreeSet<usize>,
) -> Entry {
    let script = scenario.referrals.get(referral);
    let goes_along = script.is_some_and(|script| {
        let tonight = script.events.iter().filter(|event| event.date == outing.date());
        tonight.into_iter().any(|event| event.state == ReferralState::Accompanied)
    });
    let accompaniment = scenario.accompaniments.iter().enumerate().find(|(number, accompaniment)| {
        goes_along
            && !told.contains(number)
            && accompaniment.date == outing.date()
            && script.is_some_and(|script| script.name == accompaniment.referral)
    });
    let accompaniment = accompaniment.map(|(number, _)| number);
    told.extend(accompaniment);
    Entry::Referral { referral, contact, accompaniment }
}

/// The member's bag is loaded with what the member hands out; the rest, with what comes back and what is lost, is
/// the lead's.
fn bags(outing: &OutingScript) -> BTreeMap<DeviceScript, BTreeMap<ItemCode, BagPlan>> {
    let mut out: BTreeMap<DeviceScript, BTreeMap<ItemCode, u16>> =
        BTreeMap::from([(DeviceScript::D1, BTreeMap::new())]);
    for contact in &outing.contacts {
        let bag = out.entry(contact.device).or_default();
        let leaflets = contact.leaflets.values().map(|pieces| (ItemCode::new(LEAFLET), *pieces));
        for (item, pieces) in contact.supplies.iter().map(|(item, pieces)| (item.clone(), *pieces)).chain(leaflets) {
            let sum = bag.entry(item).or_default();
            *sum = sum.saturating_add(pieces);
        }
    }
    let handed = |device, item: &ItemCode| out.get(&device).and_then(|bag| bag.get(item)).copied().unwrap_or_default();
    let items: BTreeSet<&ItemCode> = outing.stock.keys().chain(out.values().flat_map(BTreeMap::keys)).collect();
    let mut bags: BTreeMap<DeviceScript, BTreeMap<ItemCode, BagPlan>> =
        out.keys().map(|device| (*device, BTreeMap::new())).collect();
    for item in items {
        let none = StockScript { load: 0, returned: 0, waste: 0 };
        let stock = outing.stock.get(item).copied().unwrap_or(none);
        let of_member = handed(DeviceScript::D2, item);
        let member_load = of_member.min(stock.load);
        let lead_load = stock.load - member_load;
        for (device, bag) in &mut bags {
            let plan = match device {
                DeviceScript::D1 => bag_plan(lead_load, handed(*device, item), stock.returned, stock.waste),
                DeviceScript::D2 => bag_plan(member_load, of_member, 0, 0),
            };
            if plan.load > 0 || handed(*device, item) > 0 || plan.counted > 0 {
                bag.insert(item.clone(), plan);
            }
        }
    }
    bags
}

fn bag_plan(load: u16, handed: u16, returned: u16, waste: u16) -> BagPlan {
    let missing = i32::from(load) - i32::from(handed) - i32::from(returned);
    let difference = match missing {
        0 => None,
        missing if missing == i32::from(waste) => Some(DifferenceReason::Waste),
        _ => Some(DifferenceReason::LoadMistake),
    };
    BagPlan { load, counted: returned, difference }
}

fn office(scenario: &Scenario, origins: &[Option<usize>], told: &BTreeSet<usize>) -> Vec<OfficeStep> {
    let mut steps: Vec<(NaiveDate, u8, OfficeStep)> = Vec::new();
    for (index, (referral, origin)) in scenario.referrals.iter().zip(origins).enumerate() {
        let mut later: BTreeMap<NaiveDate, Vec<ReferralEvent>> = BTreeMap::new();
        for event in &referral.events {
            later.entry(event.date).or_default().push(*event);
        }
        later.remove(&referral.opened_on);
        if origin.is_none() {
            steps.push((referral.opened_on, 0, OfficeStep::Open(index)));
        }
        steps.extend(later.into_iter().map(|(date, events)| (date, 1, OfficeStep::Advance(index, events))));
    }
    for (index, accompaniment) in scenario.accompaniments.iter().enumerate() {
        if !told.contains(&index) {
            steps.push((accompaniment.date, 2, OfficeStep::Accompany(index)));
        }
    }
    let accesses = scenario.accesses.iter().enumerate();
    steps.extend(accesses.map(|(index, access)| (access.date, 3, OfficeStep::Access(index))));
    let events = scenario.events.iter().enumerate();
    steps.extend(events.map(|(index, event)| (event.date, 4, OfficeStep::Event(index))));
    steps.sort_by_key(|(date, rank, _)| (*date, *rank));
    steps.into_iter().map(|(_, _, step)| step).collect()
}

/// The morning of the second day after the last date of the file, or after the week.
fn closing(scenario: &Scenario) -> DateTime<Utc> {
    let outings = scenario.outings.iter().map(|outing| outing.reviewed_at.date_naive());
    let events = scenario.referrals.iter().flat_map(|referral| &referral.events).map(|event| event.date);
    let others = scenario.accompaniments.iter().map(|accompaniment| accompaniment.date);
    let office = scenario.accesses.iter().map(|access| access.date);
    let meetings = scenario.events.iter().map(|event| event.date);
    let last =
        outings.chain(events).chain(others).chain(office).chain(meetings).fold(scenario.week.sunday(), NaiveDate::max);
    let morning = chrono::NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
    (last + TimeDelta::days(2)).and_time(morning).and_utc()
}
