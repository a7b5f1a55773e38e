//! What would be signed: the numbers at the top of the review.

use crate::view::number;
use domain::operation::OutingState;

/// Numbers of an outing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Persons met (I05): repeats, clients and others are not among them.
    pub persons: u32,
    /// Cards, of everybody.
    pub contacts: u32,
    /// People seen, not reached.
    pub seen: u32,
    /// Referrals opened.
    pub referrals: u32,
    /// Incidents.
    pub incidents: u32,
}

/// Counts an outing.
#[must_use]
pub fn counts(state: &OutingState) -> Counts {
    Counts {
        persons: state
            .contacts
            .values()
            .filter(|contact| contact.counts_persons())
            .map(|contact| u32::from(contact.n_persons))
            .sum(),
        contacts: number(state.contacts.len()),
        seen: state.observations.values().map(|seen| u32::from(seen.n)).sum(),
        referrals: number(state.referrals.len()),
        incidents: number(state.incidents.len()),
    }
}
