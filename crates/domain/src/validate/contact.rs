//! Rules about one contact.

use super::finding::{Finding, Place, Severity};
use super::outing::is_listed;
use crate::alias::{Alias, AliasWords};
use crate::contact::{AgeBand, Concern, Contact, ContactKind, ContactMode, Depth, Flag, Service, TargetGroup};
use crate::ids::ContactId;
use crate::operation::{ContactField, OutingState, Refusal};
use crate::programme::Programme;
use crate::referral::Urgency;
use crate::rule::RuleId;
use crate::time::operational_date;
use std::collections::BTreeSet;

/// Most people that one group contact may hold.
const MAX_GROUP: u16 = 30;

/// An alias that this device has met before.
#[derive(Clone, Copy)]
pub struct AliasSeen<'a> {
    /// The alias.
    pub alias: &'a Alias,
    /// Calendar month of the last contact, `YYYY-MM`.
    pub last_month: &'a str,
}

impl std::fmt::Debug for AliasSeen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AliasSeen")
    }
}

/// What the rules need besides the contact.
#[derive(Clone, Copy, Debug)]
pub struct ContactContext<'a> {
    /// The outing as it stands.
    pub state: &'a OutingState,
    /// Lists.
    pub programme: &'a Programme,
    /// The device's alias directory.
    pub seen: &'a [AliasSeen<'a>],
}

/// Rules that block the save: V04–V07, V09, V11, V15.
pub(super) fn errors(contact: &Contact, programme: &Programme) -> Vec<Finding> {
    let mut findings = v04_zone(contact, programme);
    findings.extend(v05_number(contact));
    findings.extend(v06_composition(contact));
    findings.extend(v07_aliases(contact, programme));
    findings.extend(v09_not_a_person(contact));
    findings.extend(v11_minor_card(contact));
    findings.extend(v15_demonstration(contact));
    findings
}

/// Rules that ask once: V12–V14.
pub(super) fn warnings(contact: &Contact, state: &OutingState) -> Vec<Finding> {
    let mut findings = v12_emergency_card(contact, state);
    findings.extend(v13_split(contact));
    findings.extend(v14_supplies_only(contact));
    findings
}

/// V04: the zone is on the programme's list.
fn v04_zone(contact: &Contact, programme: &Programme) -> Vec<Finding> {
    broken_if(!is_listed(&contact.zone, programme), error(RuleId::V04, contact, ContactField::Zone))
}

/// V05: one person, or a group of 2…30.
fn v05_number(contact: &Contact) -> Vec<Finding> {
    let is_right = match contact.mode {
        ContactMode::Individual => contact.n_persons == 1,
        ContactMode::Group => (2..=MAX_GROUP).contains(&contact.n_persons),
    };
    broken_if(!is_right, error(RuleId::V05, contact, ContactField::NPersons))
}

/// V06: the composition of a group adds up, once what is missing was filled with *non rilevato*.
fn v06_composition(contact: &Contact) -> Vec<Finding> {
    let sum = contact.group_cells.iter().fold(0_u32, |sum, cell| sum.saturating_add(cell.n.into()));
    let is_right = match contact.mode {
        ContactMode::Individual => contact.group_cells.is_empty(),
        ContactMode::Group => sum == u32::from(contact.n_persons) && contact.group_cells.iter().all(|cell| cell.n > 0),
    };
    broken_if(!is_right, error(RuleId::V06, contact, ContactField::GroupCells))
}

/// V06: somebody was split off a group that has nobody left to give, and may be counted twice.
pub(super) fn v06_nobody_to_split(state: &OutingState) -> Vec<Finding> {
    let split = state.refusals.iter().filter_map(|refusal| match refusal {
        Refusal::NobodyToSplit { contact, .. } => state.contacts.get(contact),
        _ => None,
    });
    let asked = |contact| Finding { severity: Severity::Review, ..error(RuleId::V06, contact, ContactField::NPersons) };
    split.filter(|contact| contact.counts_persons()).map(asked).collect()
}

/// V16: whoever was split off a group that had come back that night had come back too, unless the lead says otherwise.
pub(super) fn v16_split_before(state: &OutingState) -> Vec<Finding> {
    let asked = state.split_before_return.iter().filter(|id| state.contacts.contains_key(id));
    let place = |contact: &ContactId| Place::Contact { contact: *contact, field: None };
    asked.map(|id| Finding { rule: RuleId::V16, severity: Severity::Review, place: place(id) }).collect()
}

/// V07: not more aliases than people, each once, each of a word of the list.
fn v07_aliases(contact: &Contact, programme: &Programme) -> Vec<Finding> {
    if contact.aliases.is_empty() {
        return Vec::new();
    }
    let distinct: BTreeSet<&Alias> = contact.aliases.iter().collect();
    let words = AliasWords::new(&programme.alias_words);
    let is_right = contact.aliases.len() <= usize::from(contact.n_persons)
        && distinct.len() == contact.aliases.len()
        && contact.aliases.iter().all(|alias| words.contains(alias.word()));
    broken_if(!is_right, error(RuleId::V07, contact, ContactField::Aliases))
}

/// V09: nothing about a person where there was none: no kind, no alias, no concern.
fn v09_not_a_person(contact: &Contact) -> Vec<Finding> {
    if contact.target_group == TargetGroup::Person {
        return Vec::new();
    }
    let says_nothing = |kind: ContactKind| match contact.mode {
        ContactMode::Individual => kind == ContactKind::NotApplicable,
        // In a group the fill-up of V06 is *non so*.
        ContactMode::Group => matches!(kind, ContactKind::NotApplicable | ContactKind::Unknown),
    };
    let kinds = || std::iter::once(contact.kind).chain(contact.group_cells.iter().map(|cell| cell.kind));
    let mut findings = broken_if(!kinds().all(says_nothing), error(RuleId::V09, contact, ContactField::Kind));
    findings.extend(broken_if(!contact.aliases.is_empty(), error(RuleId::V09, contact, ContactField::Aliases)));
    let assessed = contact.concern != Concern::NotAssessed;
    findings.extend(broken_if(assessed, error(RuleId::V09, contact, ContactField::Concern)));
    findings
}

/// V10: first contact, yet the alias was met in an earlier month. In a group nobody knows whose alias it is.
pub(super) fn v10_known_alias(contact: &Contact, context: ContactContext<'_>) -> Vec<Finding> {
    let tonight = operational_date(context.state.outing.start_at).format("%Y-%m").to_string();
    let is_known =
        |alias: &Alias| context.seen.iter().any(|seen| seen.alias == alias && seen.last_month < tonight.as_str());
    let is_first = contact.mode == ContactMode::Individual && contact.kind == ContactKind::First;
    broken_if(is_first && contact.aliases.iter().any(is_known), warning(RuleId::V10, contact, ContactField::Kind))
}

/// V11: a presumed minor opens the minor card; the mark says that the protocol was started, here or before.
fn v11_minor_card(contact: &Contact) -> Vec<Finding> {
    let mut ages = std::iter::once(contact.age_band).chain(contact.group_cells.iter().map(|cell| cell.age_band));
    let is_minor = contact.target_group == TargetGroup::Person && ages.any(|age| age == AgeBand::Under18Presumed);
    broken_if(
        is_minor && !contact.flags.contains(&Flag::MinorProtocol),
        error(RuleId::V11, contact, ContactField::Flags),
    )
}

/// V12: a declaration or an exit request offers the emergency card, until an immediate referral was opened from it.
fn v12_emergency_card(contact: &Contact, state: &OutingState) -> Vec<Finding> {
    let is_urgent = contact.concern == Concern::Declared || contact.flags.contains(&Flag::ExitRequest);
    let is_handled = state
        .referrals
        .values()
        .any(|record| record.referral.contact_id == Some(contact.id) && record.referral.urgency == Urgency::Immediate);
    let field = if contact.concern == Concern::Declared { ContactField::Concern } else { ContactField::Flags };
    broken_if(is_urgent && !is_handled, warning(RuleId::V12, contact, field))
}

/// V13: a probable or declared concern belongs to one person, not to a group.
fn v13_split(contact: &Contact) -> Vec<Finding> {
    let is_about_one = matches!(contact.concern, Concern::Probable | Concern::Declared);
    broken_if(contact.mode == ContactMode::Group && is_about_one, warning(RuleId::V13, contact, ContactField::Mode))
}

/// V14: who only took supplies got no other service than the introduction.
fn v14_supplies_only(contact: &Contact) -> Vec<Finding> {
    let has_more = contact.services.iter().any(|service| *service != Service::UnitIntro);
    broken_if(contact.depth == Depth::SuppliesOnly && has_more, warning(RuleId::V14, contact, ContactField::Services))
}

/// V15: use is demonstrated to persons and clients only.
fn v15_demonstration(contact: &Contact) -> Vec<Finding> {
    let is_for = matches!(contact.target_group, TargetGroup::Person | TargetGroup::Client);
    broken_if(
        contact.services.contains(&Service::CondomDemo) && !is_for,
        error(RuleId::V15, contact, ContactField::Services),
    )
}

/// V16: a repeat of the night has an alias, or the lead has settled it.
pub(super) fn v16_repeat(contact: &Contact, state: &OutingState) -> Vec<Finding> {
    let is_settled = state.settled.iter().any(|(a, b)| *a == contact.id || *b == contact.id);
    let is_open = contact.repeat_in_outing && contact.aliases.is_empty() && !is_settled;
    broken_if(is_open, at(RuleId::V16, Severity::Review, contact, ContactField::RepeatInOuting))
}

fn broken_if(is_broken: bool, finding: Finding) -> Vec<Finding> {
    if is_broken { vec![finding] } else { Vec::new() }
}

fn error(rule: RuleId, contact: &Contact, field: ContactField) -> Finding {
    at(rule, Severity::Error, contact, field)
}

fn warning(rule: RuleId, contact: &Contact, field: ContactField) -> Finding {
    at(rule, Severity::Warning, contact, field)
}

fn at(rule: RuleId, severity: Severity, contact: &Contact, field: ContactField) -> Finding {
    Finding { rule, severity, place: Place::Contact { contact: contact.id, field: Some(field) } }
}
