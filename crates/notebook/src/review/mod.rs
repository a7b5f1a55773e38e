//! The lead's review, without store or keys: what stands in the way of a signature, what looks double, what would be
//! signed.
//!
//! Everything here is computed from the folded state of an outing and the programme, so that two lead devices with
//! the same operations show the same review.

mod correct;
mod counts;
mod late;
mod pairs;

pub use correct::{HandoutChanges, changes, contact_record, handout_changes};
pub use counts::{Counts, counts};
pub use late::{PhoneRecords, is_standing_record, late_records, makers, phone_records};
pub use pairs::{effect, phones, propose};

use domain::contact::{AgeBand, Contact};
use domain::ids::{ContactId, NationalityCode};
use domain::operation::{OutingState, RecordRef};
use domain::outing::OutingStatus;
use domain::programme::Programme;
use domain::validate::{self, Finding, Place, RuleId, Severity, is_accepted};

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
    for finding in validate::review(state, programme) {
        match (&finding.place, finding.severity) {
            (Place::Pair { first, second }, _) if is_told_apart(state, *first, *second, finding.rule) => {
                if !state.is_settled(*first, *second) {
                    review.pairs.push((*first, *second, finding.rule));
                }
            }
            (Place::Pair { .. }, _) | (_, Severity::Warning) => review.notes.push(finding),
            (_, Severity::Review) if is_accepted(state, &finding) => review.notes.push(finding),
            _ => review.blocking.push(finding),
        }
    }
    // One pair may look double for two reasons; the shared alias is the stronger one.
    review.pairs.sort_by_key(|(first, second, rule)| (*first, *second, *rule));
    review.pairs.dedup_by_key(|(first, second, _)| (*first, *second));
    review
}

/// Whether two cards say enough for somebody to decide. Two cards that look alike (V34) only because neither age nor
/// origin was recorded are a note: a night of quick cards on two phones would else be nothing but questions.
fn is_told_apart(state: &OutingState, first: ContactId, second: ContactId, rule: RuleId) -> bool {
    rule != RuleId::V34 || [first, second].iter().filter_map(|id| state.contacts.get(id)).any(says_who)
}

fn says_who(contact: &Contact) -> bool {
    let is_said = |age: AgeBand, nationality: &NationalityCode| {
        age != AgeBand::NotRecorded || nationality.as_str() != NationalityCode::NOT_RECORDED
    };
    is_said(contact.age_band, &contact.nationality)
        || contact.group_cells.iter().any(|cell| is_said(cell.age_band, &cell.nationality))
}

/// The record that a finding is about, if it is about one that can be corrected or taken back.
#[must_use]
pub const fn record_of(place: &Place) -> Option<RecordRef> {
    match place {
        Place::Contact { contact, .. } => Some(RecordRef::Contact(*contact)),
        Place::Observation { observation } => Some(RecordRef::Observation(*observation)),
        Place::Referral { referral } => Some(RecordRef::Referral(*referral)),
        Place::Accompaniment { accompaniment } => Some(RecordRef::Accompaniment(*accompaniment)),
        Place::Incident { incident } => Some(RecordRef::Incident(*incident)),
        _ => None,
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
