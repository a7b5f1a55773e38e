//! Rules about supplies.

use super::finding::{Finding, Place, Severity};
use crate::contact::Contact;
use crate::ids::ItemCode;
use crate::operation::OutingState;
use crate::rule::RuleId;
use crate::supply::{LEAFLET, MoveKind, SupplyMove};
use std::collections::{BTreeMap, BTreeSet};

/// Pieces for one person above which a handout is probably a slip of the finger.
const PLAUSIBLE_PIECES: i64 = 100;

/// Pieces of one item over the bags of an outing.
#[derive(Clone, Copy, Default)]
struct Balance {
    loaded: i64,
    handed_out: i64,
    /// Returned, wasted, adjusted.
    accounted: i64,
}

impl Balance {
    /// What should still be in the bags; negative if more went out than was loaded.
    const fn left(self) -> i64 {
        self.loaded.saturating_sub(self.handed_out).saturating_sub(self.accounted)
    }
}

fn balances(state: &OutingState) -> BTreeMap<&ItemCode, Balance> {
    let mut balances: BTreeMap<&ItemCode, Balance> = BTreeMap::new();
    for supply in state.moves.values() {
        let balance = balances.entry(&supply.item).or_default();
        let part = match supply.kind {
            MoveKind::Load => &mut balance.loaded,
            MoveKind::Handout => &mut balance.handed_out,
            MoveKind::Return | MoveKind::Waste | MoveKind::Adjust => &mut balance.accounted,
            // What a person gives back was never in the load.
            MoveKind::FoundReturn => continue,
        };
        *part = part.saturating_add(supply.quantity.into());
    }
    balances
}

/// V17: load = handed out + returned + wasted + adjusted, per item over all bags.
pub(super) fn v17_balance(state: &OutingState) -> Vec<Finding> {
    let open = balances(state).into_iter().filter(|(_, balance)| balance.left() != 0);
    open.map(|(item, _)| about(RuleId::V17, Severity::Review, item)).collect()
}

/// V18: at most a hundred pieces for each person of a contact is plausible.
pub(super) fn v18_plausible(contact: &Contact, handouts: &[SupplyMove]) -> Vec<Finding> {
    let pieces = handouts.iter().fold(0_i64, |sum, supply| sum.saturating_add(supply.quantity.into()));
    if pieces <= PLAUSIBLE_PIECES.saturating_mul(contact.n_persons.into()) {
        return Vec::new();
    }
    let place = Place::Contact { contact: contact.id, field: None };
    vec![Finding { rule: RuleId::V18, severity: Severity::Warning, place }]
}

/// V18: leaflets that are handed out carry topic and language, and nothing else does.
pub(super) fn v18_leaflet(moves: &[SupplyMove]) -> Vec<Finding> {
    let is_wrong = |supply: &&SupplyMove| {
        let is_leaflet = supply.item.as_str() == LEAFLET && supply.kind == MoveKind::Handout;
        is_leaflet != supply.leaflet.is_some()
    };
    let items: BTreeSet<&ItemCode> = moves.iter().filter(is_wrong).map(|supply| &supply.item).collect();
    items.into_iter().map(|item| about(RuleId::V18, Severity::Review, item)).collect()
}

/// V19: more went out than was loaded. Allowed in the field; the load is asked for at close.
pub(super) fn v19_over_handout(state: &OutingState) -> Vec<Finding> {
    let over = balances(state).into_iter().filter(|(_, balance)| balance.left() < 0);
    over.map(|(item, _)| about(RuleId::V19, Severity::Warning, item)).collect()
}

fn about(rule: RuleId, severity: Severity, item: &ItemCode) -> Finding {
    Finding { rule, severity, place: Place::Item { item: item.clone() } }
}
