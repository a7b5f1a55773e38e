//! Two cards that may be one: what is proposed, and what each decision does.

use domain::contact::{Contact, ContactMode};
use domain::ids::{ContactId, DeviceId, ItemCode};
use domain::operation::{DuplicateDecision, OutingState};
use domain::validate::RuleId;
use std::collections::BTreeMap;

/// What is preselected. A shared alias means that she came back, unless she came back within a group: the decision
/// would drop all of it. Two cards with the same handouts were probably
/// written twice; anything else is two people until somebody says otherwise. Nothing is ever merged by itself.
#[must_use]
pub fn propose(state: &OutingState, first: &Contact, second: &Contact, rule: RuleId) -> DuplicateDecision {
    if rule == RuleId::V08 {
        let is_group = second.mode == ContactMode::Group;
        return if is_group { DuplicateDecision::TwoPeople } else { DuplicateDecision::CameBack };
    }
    let is_same = first.kind == second.kind && pieces(state, first.id) == pieces(state, second.id);
    if is_same { DuplicateDecision::WrittenTwice } else { DuplicateDecision::TwoPeople }
}

fn pieces(state: &OutingState, contact: ContactId) -> BTreeMap<&ItemCode, i64> {
    let mut pieces: BTreeMap<&ItemCode, i64> = BTreeMap::new();
    for supply in state.handouts_of(contact) {
        *pieces.entry(&supply.item).or_default() += i64::from(supply.quantity);
    }
    pieces
}

/// Persons that the two cards count together after a decision; the fold does the same to the outing. Supplies stay:
/// whatever is decided, what was handed out was handed out.
#[must_use]
pub fn effect(first: &Contact, second: &Contact, decision: DuplicateDecision) -> u32 {
    let of = |contact: &Contact| if contact.counts_persons() { u32::from(contact.n_persons) } else { 0 };
    match decision {
        DuplicateDecision::CameBack | DuplicateDecision::WrittenTwice => of(first),
        DuplicateDecision::TwoPeople => of(first) + of(second),
    }
}

/// The phones of an outing with the number that people call them by: 1 is the phone that opened it, the others follow
/// by id.
#[must_use]
pub fn phones(state: &OutingState) -> Vec<DeviceId> {
    let others = state.seen.keys().copied().filter(|device| *device != state.opened_by);
    std::iter::once(state.opened_by).chain(others).collect()
}
