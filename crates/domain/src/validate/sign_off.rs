//! Rules about the lead's signature and what comes after it.

use super::finding::{Finding, Place, Severity};
use crate::contact::Contact;
use crate::operation::{Acceptance, OutingState};
use crate::outing::{Outing, OutingStatus};
use crate::rule::RuleId;

/// V31: a contact that somebody marked as a possible double is settled.
pub(super) fn v31_open_duplicate(contact: &Contact, state: &OutingState) -> Vec<Finding> {
    let Some(other) = contact.possible_duplicate_of else { return Vec::new() };
    if state.is_settled(contact.id, other) || !state.contacts.contains_key(&other) {
        return Vec::new();
    }
    let place = Place::Pair { first: other, second: contact.id };
    vec![Finding { rule: RuleId::V31, severity: Severity::Review, place }]
}

/// V32: what is part of a release is not edited; corrections are *rettifiche*.
pub(super) fn v32_frozen(outing: &Outing) -> Vec<Finding> {
    if outing.status != OutingStatus::Frozen {
        return Vec::new();
    }
    vec![Finding { rule: RuleId::V32, severity: Severity::Error, place: Place::Outing { field: None } }]
}

/// Whether the outing may be signed off and sent as far as the rules go (V31): every finding of
/// [`super::review`] is a warning, or was accepted by the lead.
#[must_use]
pub fn is_ready(state: &OutingState, findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.severity == Severity::Warning || is_accepted(state, finding))
}

/// Whether the lead may let a finding stand, with a reason. What blocks a save is never acceptable, and a pair of
/// contacts is settled instead.
#[must_use]
pub const fn is_acceptable(finding: &Finding) -> bool {
    matches!(finding.severity, Severity::Review) && !matches!(finding.place, Place::Pair { .. })
}

/// Whether the lead has let this finding stand.
#[must_use]
pub fn is_accepted(state: &OutingState, finding: &Finding) -> bool {
    is_acceptable(finding) && state.accepted.contains(&acceptance(finding))
}

/// How an acceptance names a finding.
#[must_use]
pub fn acceptance(finding: &Finding) -> Acceptance {
    let about_all = Acceptance { rule: finding.rule, contact: None, referral: None, item: None };
    match &finding.place {
        Place::Contact { contact, .. } => Acceptance { contact: Some(*contact), ..about_all },
        Place::Referral { referral } => Acceptance { referral: Some(*referral), ..about_all },
        Place::Item { item } => Acceptance { item: Some(item.clone()), ..about_all },
        _ => about_all,
    }
}
