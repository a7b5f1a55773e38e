//! The lead's review, without store or keys: what stands in the way of a signature, what looks double, what would be
//! signed.
//!
//! Everything here is computed from the folded state of an outing and the programme, so that two lead devices with
//! the same operations show the same review.

mod counts;
mod pairs;
mod rules;

pub use counts::{Counts, counts};
pub use pairs::{effect, phones, propose};
pub use rules::{
    accompaniment_findings, card_findings, note_findings, observation_findings, outing_warnings, referral_findings,
};

use domain::ids::ContactId;
use domain::operation::{Acceptance, OutingState};
use domain::outing::OutingStatus;
use domain::programme::Programme;
use domain::validate::{Finding, Place, RuleId, Severity};

/// What the rules say about an outing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Pairs of contacts to decide (V08, V34): the earlier one, the later one, and by which rule.
    pub pairs: Vec<(ContactId, ContactId, RuleId)>,
    /// In the way of a signature.
    pub blocking: Vec<Finding>,
    /// To be known, not in the way.
    pub notes: Vec<Finding>,
}

impl Review {
    /// Nothing is left to decide (V31).
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.pairs.is_empty() && self.blocking.is_empty()
    }
}

/// Reviews an outing.
#[must_use]
pub fn review(state: &OutingState, programme: &Programme) -> Review {
    let mut review = Review::default();
    for finding in rules::outing_findings(state, programme) {
        match (&finding.place, finding.severity) {
            (Place::Pair { first, second }, _) => {
                if !state.is_settled(*first, *second) {
                    review.pairs.push((*first, *second, finding.rule));
                }
            }
            _ if is_confirmed(state, &finding) => {}
            (_, Severity::Warning) => review.notes.push(finding),
            (_, Severity::Review) if is_accepted(state, &finding) => review.notes.push(finding),
            _ => review.blocking.push(finding),
        }
    }
    // One pair may look double for two reasons; the shared alias is the stronger one.
    review.pairs.sort_by_key(|(first, second, rule)| (*first, *second, *rule));
    review.pairs.dedup_by_key(|(first, second, _)| (*first, *second));
    review
}

/// Whether the lead may let a finding stand. What blocks a save is never acceptable; a pair is settled instead.
#[must_use]
pub fn is_acceptable(finding: &Finding) -> bool {
    finding.severity == Severity::Review
        && !matches!(finding.rule, RuleId::V08 | RuleId::V31 | RuleId::V34)
        && !matches!(finding.place, Place::Pair { .. })
}

/// How the lead's acceptance names a finding.
#[must_use]
pub const fn acceptance(finding: &Finding) -> Acceptance {
    let (contact, referral) = match &finding.place {
        Place::Contact { contact, .. } => (Some(*contact), None),
        Place::Referral { referral } => (None, Some(*referral)),
        _ => (None, None),
    };
    Acceptance { rule: finding.rule, contact, referral }
}

fn is_accepted(state: &OutingState, finding: &Finding) -> bool {
    is_acceptable(finding) && state.accepted.contains(&acceptance(finding))
}

/// V16: a repeat without alias stands once the lead has settled it.
fn is_confirmed(state: &OutingState, finding: &Finding) -> bool {
    match &finding.place {
        Place::Contact { contact, .. } if finding.rule == RuleId::V16 => {
            state.settled.iter().any(|(a, b)| a == contact || b == contact)
        }
        _ => false,
    }
}

/// Whether the outing can be signed off now (V31).
#[must_use]
pub fn can_sign(state: &OutingState, review: &Review) -> bool {
    review.is_clear() && state.sign_off.is_none() && state.outing.status == OutingStatus::Closed
}

/// Whether there is something to amend, and nothing in the way.
#[must_use]
pub fn can_amend(state: &OutingState, review: &Review) -> bool {
    review.is_clear() && state.sign_off.is_some() && !state.late.is_empty()
}
