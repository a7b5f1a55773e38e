//! What a change of the lists must not do.

use super::Lists;
use super::difference::{ChangeKind, ListName, differences, lines};
use crate::code::code_enum;
use crate::directory::ServiceEntry;
use crate::programme::{Kit, MacroArea, Policy, Programme, Zone};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// People usually present in a zone, at least: below, a person alone is recognised, and zones are merged (B.1).
pub const LEAST_EXPECTED: u16 = 5;
/// Countries on the team's list, at most (B.1).
pub const MOST_COUNTRIES: usize = 12;

/// Characters of a name, at most.
const MOST_CHARACTERS: usize = 60;
/// Pieces of one item in a kit.
const PIECES: RangeInclusive<u16> = 1..=100;
/// Words that begin the name of a street: a zone is a quarter, and of a protected house no place is written.
const STREETS: [&str; 12] = [
    "via",
    "viale",
    "vicolo",
    "vico",
    "piazza",
    "piazzale",
    "piazzetta",
    "corso",
    "largo",
    "strada",
    "lungomare",
    "tangenziale",
];

code_enum! {
    /// Why lists are refused.
    FaultKind {
        /// A code was deleted: it may only be retired.
        Removed = "removed",
        /// A code stands twice, or was given a second meaning.
        Twice = "twice",
        /// A code is empty, too long, or has other characters than capitals, digits, `-` and `_`.
        Code = "code",
        /// A name is missing or too long.
        Label = "label",
        /// A name is that of a street.
        Street = "street",
        /// Fewer than five people are usually there: merge the zone with another one.
        Thin = "thin",
        /// Devices that take part belong to the unit: revoke them first.
        InUse = "in_use",
        /// No unit, zone or operator is left; of operators there are two at least.
        Empty = "empty",
        /// More than twelve countries.
        Countries = "countries",
        /// The macro area of a code changed, or is not one of a country.
        Area = "area",
        /// What has no place of its own needs this one: it stays.
        Residual = "residual",
        /// The organisation is not on the list.
        Org = "org",
        /// A kit without contents, with an item twice or not on the list, or with no pieces or more than 100.
        Contents = "contents",
        /// A telephone is not a number.
        Phone = "phone",
        /// A span without days.
        Opening = "opening",
        /// A day that is yet to come, or an end before the beginning.
        Date = "date",
        /// A time or limit outside its range.
        Range = "range",
    }
}

/// Where lists are refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct ListFault {
    /// In which list.
    pub list: ListName,
    /// At which code; empty for the list as a whole.
    pub code: String,
    /// Why.
    pub fault: FaultKind,
}

struct Faults(Vec<ListFault>);

impl Faults {
    fn add(&mut self, list: ListName, code: impl ToString, fault: FaultKind) {
        let fault = ListFault { list, code: code.to_string(), fault };
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    fn unless(&mut self, holds: bool, list: ListName, code: impl ToString, fault: FaultKind) {
        if !holds {
            self.add(list, code, fault);
        }
    }
}

/// Why these lists cannot follow those in force; empty if they can. What is in force already is not judged again: a
/// programme with an old fault can still be changed elsewhere.
#[must_use]
pub fn faults(programme: &Programme, new: &Lists, today: NaiveDate) -> Vec<ListFault> {
    let mut faults = Faults(Vec::new());
    let mut seen = BTreeSet::new();
    for (key, _) in lines(new) {
        if !seen.insert(key.clone()) {
            faults.add(key.0, key.1, FaultKind::Twice);
        }
    }
    let differences = differences(programme, new);
    let mut touched = BTreeSet::new();
    for difference in &differences {
        let (list, code) = (difference.list, difference.code.as_str());
        match difference.change {
            ChangeKind::Removed => faults.add(list, code, FaultKind::Removed),
            ChangeKind::Added => faults.unless(is_code(list, code), list, code, FaultKind::Code),
            ChangeKind::Changed | ChangeKind::Retired | ChangeKind::Restored => {}
        }
        // What is only retired is judged no more.
        if difference.change != ChangeKind::Retired || !difference.fields.is_empty() {
            touched.insert((list, code));
        }
    }
    let is_touched = |list: ListName, code: &str| touched.contains(&(list, code));
    check_settings(&mut faults, programme, new, &is_touched);
    check_people(&mut faults, programme, new, &is_touched);
    let zones = || new.zones.iter().chain(&new.retired.zones);
    for zone in zones().filter(|zone| is_touched(ListName::Zone, zone.code.as_str())) {
        check_zone(&mut faults, zone, new.zones.contains(zone));
    }
    faults.unless(new.zones.len() >= programme.zones.len().min(1), ListName::Zone, "", FaultKind::Empty);
    check_nationalities(&mut faults, programme, new, &is_touched);
    for kit in new.kits.iter().chain(&new.retired.kits).filter(|kit| is_touched(ListName::Kit, kit.code.as_str())) {
        faults.unless(holds_items(kit, programme), ListName::Kit, &kit.code, FaultKind::Contents);
    }
    let services = new.directory.iter().chain(&new.retired.directory);
    for entry in services.filter(|entry| is_touched(ListName::Service, entry.id.as_str())) {
        check_service(&mut faults, entry, today);
    }
    faults.0
}

fn check_settings(
    faults: &mut Faults,
    programme: &Programme,
    new: &Lists,
    is_touched: &impl Fn(ListName, &str) -> bool,
) {
    let list = ListName::Setting;
    faults.unless(is_name(&new.name), list, "name", FaultKind::Label);
    faults.unless(new.end >= programme.start, list, "end", FaultKind::Date);
    let phone = new.coordinator_phone.as_deref();
    let is_good = !is_touched(list, "coordinator_phone") || phone.is_none_or(is_phone);
    faults.unless(is_good, list, "coordinator_phone", FaultKind::Phone);
    let steps = &new.minor_steps;
    faults.unless(steps.iter().all(|step| !step.trim().is_empty()), list, "minor_steps", FaultKind::Label);
    let Policy {
        visible_records,
        lock_after_seconds,
        forget_after_days,
        referral_lost_after_days,
        order_below_weeks,
        order_for_weeks,
    } = new.policy;
    for (code, value, range) in [
        ("visible_records", visible_records, 1..=50),
        ("lock_after_seconds", lock_after_seconds, 15..=300),
        ("forget_after_days", forget_after_days, 1..=30),
        ("referral_lost_after_days", referral_lost_after_days, 30..=180),
        ("order_below_weeks", order_below_weeks, 1..=26),
        // An order that covers no more than the threshold would be due again at once.
        ("order_for_weeks", order_for_weeks, order_below_weeks.saturating_add(1)..=52),
    ] {
        faults.unless(range.contains(&value), list, code, FaultKind::Range);
    }
}

fn check_people(faults: &mut Faults, programme: &Programme, new: &Lists, is_touched: &impl Fn(ListName, &str) -> bool) {
    for org in new.orgs.iter().filter(|org| is_touched(ListName::Org, org.id.as_str())) {
        faults.unless(is_name(&org.name), ListName::Org, &org.id, FaultKind::Label);
    }
    let has_org = |id| new.orgs.iter().any(|org| &org.id == id);
    for unit in new.units.iter().chain(&new.retired.units) {
        faults.unless(has_org(&unit.org), ListName::Unit, &unit.id, FaultKind::Org);
    }
    for (operator, org) in &new.operator_orgs {
        faults.unless(has_org(org), ListName::Operator, operator, FaultKind::Org);
    }
    faults.unless(new.units.len() >= programme.units.len().min(1), ListName::Unit, "", FaultKind::Empty);
    // Nobody goes out alone.
    let enough = programme.operators.len().min(2);
    faults.unless(new.operators.len() >= enough, ListName::Operator, "", FaultKind::Empty);
}

fn check_zone(faults: &mut Faults, zone: &Zone, is_used: bool) {
    let list = ListName::Zone;
    faults.unless(is_name(&zone.label), list, &zone.code, FaultKind::Label);
    faults.unless(!is_street(&zone.label), list, &zone.code, FaultKind::Street);
    let is_wide = !is_used || zone.min_expected >= LEAST_EXPECTED;
    faults.unless(is_wide, list, &zone.code, FaultKind::Thin);
}

fn check_nationalities(
    faults: &mut Faults,
    programme: &Programme,
    new: &Lists,
    is_touched: &impl Fn(ListName, &str) -> bool,
) {
    let list = ListName::Nationality;
    let countries = new.nationalities.iter().filter(|entry| is_country(entry.code.as_str())).count();
    let before = programme.nationalities.iter().filter(|entry| is_country(entry.code.as_str())).count();
    faults.unless(countries <= MOST_COUNTRIES.max(before), list, "", FaultKind::Countries);
    for entry in new.nationalities.iter().chain(&new.retired.nationalities) {
        let known = programme.find_nationality(&entry.code);
        let is_same = known.is_none_or(|known| known.macro_area == entry.macro_area);
        let is_area = !is_country(entry.code.as_str()) || entry.macro_area != MacroArea::NotRecorded;
        let is_good = is_same && is_area;
        faults.unless(is_good || !is_touched(list, entry.code.as_str()), list, &entry.code, FaultKind::Area);
    }
    for entry in new.retired.nationalities.iter().filter(|entry| !is_country(entry.code.as_str())) {
        faults.add(list, &entry.code, FaultKind::Residual);
    }
}

fn check_service(faults: &mut Faults, entry: &ServiceEntry, today: NaiveDate) {
    let list = ListName::Service;
    faults.unless(is_name(&entry.label), list, &entry.id, FaultKind::Label);
    let names_place = entry.is_protected() && is_street(&entry.label);
    faults.unless(!names_place, list, &entry.id, FaultKind::Street);
    faults.unless(entry.phone.as_deref().is_none_or(is_phone), list, &entry.id, FaultKind::Phone);
    faults.unless(entry.opening.iter().all(|span| !span.days.is_empty()), list, &entry.id, FaultKind::Opening);
    faults.unless(entry.verified_on <= today, list, &entry.id, FaultKind::Date);
}

fn holds_items(kit: &Kit, programme: &Programme) -> bool {
    let items: BTreeSet<_> = kit.contents.iter().map(|(item, _)| item).collect();
    let is_listed = |code| programme.items.iter().any(|item| &item.code == code);
    !items.is_empty()
        && items.len() == kit.contents.len()
        && kit.contents.iter().all(|(item, pieces)| is_listed(item) && PIECES.contains(pieces))
}

/// A country by its ISO code, and not what is left over of an area.
fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn is_code(list: ListName, code: &str) -> bool {
    let has = |most: usize, fits: fn(u8) -> bool| (1..=most).contains(&code.len()) && code.bytes().all(fits);
    let is_capital = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'-';
    let is_small = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || b"-_".contains(&letter);
    match list {
        ListName::Nationality => is_country(code),
        ListName::Kit | ListName::Service => has(40, is_small),
        ListName::Zone => has(6, is_capital),
        ListName::Org | ListName::Unit | ListName::Operator => has(16, is_capital),
        ListName::Setting => true,
    }
}

fn is_name(name: &str) -> bool {
    let characters = name.trim().chars().count();
    (1..=MOST_CHARACTERS).contains(&characters) && !name.chars().any(char::is_control)
}

fn is_street(name: &str) -> bool {
    name.split(|letter: char| !letter.is_alphabetic()).any(|word| STREETS.contains(&word.to_lowercase().as_str()))
}

fn is_phone(phone: &str) -> bool {
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    (3..=15).contains(&digits) && phone.chars().all(|sign| sign.is_ascii_digit() || " +".contains(sign))
}
