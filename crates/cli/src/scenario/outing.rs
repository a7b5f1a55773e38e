//! Outings: when, who, whom they met, what they saw, what was in the bag.

use super::Problem;
use super::contact::{self, ContactScript};
use super::lists::Lists;
use super::node::{Node, Read};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::contact::Gender;
use domain::desk_record::{IncidentAction, IncidentSeverity, IncidentType};
use domain::ids::{ItemCode, OperatorCode, ZoneCode};
use domain::observation::ObservationReason;
use domain::outing::OutingType;
use domain::time::{Slot, instant_of, operational_date};
use domain::validate::RuleId;
use std::collections::{BTreeMap, BTreeSet};

/// How far a contact's half-hour may lie outside the outing: files that count on over the change of the clock
/// without noticing it are an hour off.
const TOLERANCE: TimeDelta = TimeDelta::hours(1);

/// An outing.
#[derive(Clone, Debug)]
pub struct OutingScript {
    /// Where it stands in the file.
    pub place: String,
    /// Its name in the file.
    pub name: String,
    /// Kind.
    pub outing_type: OutingType,
    /// Start.
    pub start: DateTime<Utc>,
    /// End.
    pub end: DateTime<Utc>,
    /// Crew, by operator's code.
    pub crew: Vec<OperatorCode>,
    /// Kilometres.
    pub km: Option<u16>,
    /// When the lead signs.
    pub reviewed_at: DateTime<Utc>,
    /// Contacts, in the order of the file.
    pub contacts: Vec<ContactScript>,
    /// People seen.
    pub observations: Vec<ObservationScript>,
    /// Bag.
    pub stock: BTreeMap<ItemCode, StockScript>,
    /// Incidents.
    pub incidents: Vec<IncidentScript>,
    /// What is written at close.
    pub note: Option<String>,
}

impl OutingScript {
    /// Operational date.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        operational_date(self.start)
    }

    /// The instant at which a contact of this half-hour is written, within the outing.
    #[must_use]
    pub fn instant_of(&self, slot: Slot) -> DateTime<Utc> {
        self.slot_start(slot).clamp(self.start, self.end)
    }

    /// The first instant of the half-hour from the outing's start on. A half-hour that the clock skips that night
    /// is that of a clock nobody has set.
    fn slot_start(&self, slot: Slot) -> DateTime<Utc> {
        let of_start = TimeDelta::minutes(self.start.timestamp().rem_euclid(1800) / 60);
        let first = self.start - of_start;
        match slot.position_after(self.start).and_then(|position| i32::try_from(position).ok()) {
            Some(position) => first + TimeDelta::minutes(30) * position,
            None => {
                let clock = chrono::NaiveTime::from_hms_opt(slot.hour().into(), slot.minute().into(), 0);
                let clock = clock.unwrap_or_default();
                let tonight = instant_of(self.date(), clock);
                if tonight < first { instant_of(self.date().succ_opt().unwrap_or(self.date()), clock) } else { tonight }
            }
        }
    }
}

/// People seen, not reached.
#[derive(Clone, Debug)]
pub struct ObservationScript {
    /// Where it stands in the file.
    pub place: String,
    /// Zone.
    pub zone: ZoneCode,
    /// Gender.
    pub gender: Gender,
    /// How many.
    pub n: u16,
    /// Of these, apparently under age.
    pub apparent_minor: u16,
    /// Why.
    pub reason: ObservationReason,
}

/// One item of the bag: loaded, come back, lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockScript {
    /// Loaded.
    pub load: u16,
    /// Came back.
    pub returned: u16,
    /// Broken or lost.
    pub waste: u16,
}

/// An incident.
#[derive(Clone, Debug)]
pub struct IncidentScript {
    /// Where it stands in the file.
    pub place: String,
    /// What.
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: IncidentSeverity,
    /// What was done; nothing unless said otherwise.
    pub action: IncidentAction,
}

pub(super) fn read_all(root: &Node<'_>, lists: &Lists) -> Read<Vec<OutingScript>> {
    let mut names = BTreeSet::new();
    let mut outings = Vec::new();
    for node in root.list("outings")? {
        let id = node.member("id")?;
        id.must(names.insert(id.text()?.to_owned()), Problem::Twice)?;
        outings.push(read(&node, lists)?);
    }
    Ok(outings)
}

fn read(node: &Node<'_>, lists: &Lists) -> Read<OutingScript> {
    let (start, end, reviewed_at) = (node.member("start")?, node.member("end")?, node.member("reviewed_at")?);
    end.must(end.instant()? > start.instant()?, Problem::Order)?;
    reviewed_at.must(reviewed_at.instant()? >= end.instant()?, Problem::Order)?;
    if let Some(date) = node.find("op_date")? {
        date.must(date.date()? == operational_date(start.instant()?), Problem::NotStartDate)?;
    }
    let mut outing = OutingScript {
        place: node.path().to_owned(),
        name: node.member("id")?.text()?.to_owned(),
        outing_type: node.member("type")?.code(OutingType::ALL)?,
        start: start.instant()?,
        end: end.instant()?,
        crew: read_crew(node)?,
        km: node.find("km")?.map(|km| km.whole(0, 400)).transpose()?,
        reviewed_at: reviewed_at.instant()?,
        contacts: Vec::new(),
        observations: node.list("observations")?.iter().map(read_observation).collect::<Read<_>>()?,
        stock: read_stock(node, lists)?,
        incidents: Vec::new(),
        note: node.find("note")?.map(|note| note.text().map(str::to_owned)).transpose()?,
    };
    outing.contacts = read_contacts(node, &outing, lists)?;
    Ok(outing)
}

fn read_crew(node: &Node<'_>) -> Read<Vec<OperatorCode>> {
    let list = node.member("crew")?;
    let mut crew = Vec::new();
    for entry in list.values()? {
        let operator = OperatorCode::new(entry.text()?);
        entry.must(!crew.contains(&operator), Problem::Twice)?;
        crew.push(operator);
    }
    list.must(!crew.is_empty(), Problem::Rule(RuleId::V03))?;
    Ok(crew)
}

fn read_contacts(node: &Node<'_>, outing: &OutingScript, lists: &Lists) -> Read<Vec<ContactScript>> {
    let mut names = BTreeSet::new();
    let mut met = BTreeSet::new();
    let mut contacts = Vec::new();
    for entry in node.list("contacts")? {
        if let Some(id) = entry.find("id")? {
            id.must(names.insert(id.text()?.to_owned()), Problem::Twice)?;
        }
        let contact = contact::read(&entry, lists)?;
        let begins = outing.slot_start(contact.slot);
        let first = outing.start - TOLERANCE;
        let inside = begins >= first && begins <= outing.end + TOLERANCE;
        entry.member("slot")?.must(inside, Problem::OutsideOuting)?;
        if !contact.repeat_in_outing {
            for alias in &contact.aliases {
                entry.member("aliases")?.must(met.insert(alias.clone()), Problem::Rule(RuleId::V08))?;
            }
        }
        contacts.push(contact);
    }
    Ok(contacts)
}

fn read_observation(node: &Node<'_>) -> Read<ObservationScript> {
    let n = node.member("n")?.whole(1, 50)?;
    let apparent_minor = match node.find("apparent_minor")? {
        Some(minors) => {
            let number = minors.whole(0, 50)?;
            minors.must(number <= n, Problem::Rule(RuleId::V35))?;
            number
        }
        None => 0,
    };
    Ok(ObservationScript {
        place: node.path().to_owned(),
        zone: ZoneCode::new(node.member("zone")?.text()?),
        gender: node.code_or("gender", Gender::ALL, Gender::NotRecorded)?,
        n,
        apparent_minor,
        reason: node.member("reason")?.code(ObservationReason::ALL)?,
    })
}

fn read_stock(node: &Node<'_>, lists: &Lists) -> Read<BTreeMap<ItemCode, StockScript>> {
    let mut stock = BTreeMap::new();
    let Some(given) = node.find("stock")? else { return Ok(stock) };
    for (code, entry) in given.members()? {
        let known = lists.items.iter().any(|item| item == code);
        entry.must(known, Problem::NotCode { allowed: lists.items.join(", ") })?;
        let pieces = |key: &str| entry.find(key)?.map_or(Ok(0), |number| number.whole(0, 2000));
        let item = StockScript { load: pieces("load")?, returned: pieces("ret")?, waste: pieces("waste")? };
        stock.insert(ItemCode::new(code), item);
    }
    Ok(stock)
}

pub(super) fn read_incidents(root: &Node<'_>, outings: &mut [OutingScript]) -> Read<()> {
    for node in root.list("incidents")? {
        let name = node.member("outing")?;
        let wanted = name.text()?;
        let found = outings.iter_mut().find(|outing| outing.name == wanted);
        let outing = found.ok_or_else(|| name.wrong(Problem::Unknown))?;
        outing.incidents.push(IncidentScript {
            place: node.path().to_owned(),
            incident_type: node.member("type")?.code(IncidentType::ALL)?,
            severity: node.code_or("severity", IncidentSeverity::ALL, IncidentSeverity::Medium)?,
            action: node.code_or("action", IncidentAction::ALL, IncidentAction::None)?,
        });
    }
    Ok(())
}
