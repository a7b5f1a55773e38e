//! Contacts that may have been written twice. Nothing is ever merged by itself.

use super::finding::{Finding, Place, Severity};
use crate::alias::Alias;
use crate::contact::{AgeBand, Contact, ContactMode, Gender};
use crate::ids::NationalityCode;
use crate::operation::OutingState;
use crate::rule::RuleId;
use crate::time::are_adjacent;
use std::collections::BTreeMap;

/// V08: an alias stands on one contact of the night; a later one is offered as a repeat.
pub(super) fn v08_alias_twice(state: &OutingState) -> Vec<Finding> {
    let mut first_of: BTreeMap<&Alias, &Contact> = BTreeMap::new();
    let mut findings = Vec::new();
    for contact in in_order(state) {
        for alias in &contact.aliases {
            match first_of.get(alias) {
                Some(first) if first.id != contact.id => findings.push(pair(RuleId::V08, first, contact)),
                Some(_) => {}
                None => {
                    first_of.insert(alias, contact);
                }
            }
        }
    }
    findings
}

/// V34: two phones, one zone, neighbouring half-hours, the same answers, no alias: perhaps one person.
pub(super) fn v34_look_alike(state: &OutingState) -> Vec<Finding> {
    let contacts: Vec<&Contact> = in_order(state).filter(|contact| contact.aliases.is_empty()).collect();
    let mut findings = Vec::new();
    for (index, later) in contacts.iter().enumerate() {
        for first in contacts.iter().take(index) {
            let is_neighbour = || are_adjacent(first.slot, later.slot, state.outing.start_at);
            if looks_alike(first, later) && is_neighbour() && !state.is_settled(first.id, later.id) {
                findings.push(pair(RuleId::V34, first, later));
            }
        }
    }
    findings
}

fn looks_alike(a: &Contact, b: &Contact) -> bool {
    let answers = |contact: &Contact| (contact.mode, contact.target_group, contact.n_persons);
    a.device_id != b.device_id && a.zone == b.zone && answers(a) == answers(b) && looks(a) == looks(b)
}

/// How many people look how: gender, age, nationality.
fn looks(contact: &Contact) -> BTreeMap<(Gender, AgeBand, &NationalityCode), u32> {
    let mut looks = BTreeMap::new();
    let mut add = |gender, age_band, nationality, n: u16| {
        *looks.entry((gender, age_band, nationality)).or_default() += u32::from(n);
    };
    match contact.mode {
        ContactMode::Individual => add(contact.gender, contact.age_band, &contact.nationality, 1),
        ContactMode::Group => {
            for cell in &contact.group_cells {
                add(cell.gender, cell.age_band, &cell.nationality, cell.n);
            }
        }
    }
    looks
}

/// The contacts that are not repeats, as the night went; by id within a half-hour.
fn in_order(state: &OutingState) -> impl Iterator<Item = &Contact> {
    let mut contacts: Vec<&Contact> = state.contacts.values().filter(|contact| !contact.repeat_in_outing).collect();
    contacts.sort_by_key(|contact| (contact.slot.position_after(state.outing.start_at), contact.id));
    contacts.into_iter()
}

fn pair(rule: RuleId, first: &Contact, second: &Contact) -> Finding {
    let place = Place::Pair { first: first.id, second: second.id };
    Finding { rule, severity: Severity::Review, place }
}
