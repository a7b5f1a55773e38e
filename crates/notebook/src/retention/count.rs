//! The numbers of a night: counted from its operations while they are here, and kept when they go.

use crate::night::month::MonthShare;
use crate::review::{Counts, counts, phones};
use crate::view::number;
use domain::ids::{ContactId, DeviceId, IncidentId, ItemCode, ObservationId, ReferralId};
use domain::operation::{Operation, OperationBody as Body, OutingState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What one phone wrote that still stands, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Contacts.
    pub contacts: u32,
    /// Lines of people seen.
    pub observations: u32,
    /// Referrals.
    pub referrals: u32,
    /// Incidents.
    pub incidents: u32,
}

/// How much of a night one phone wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCount {
    /// 1 is the phone that opened the outing.
    pub number: u16,
    /// It is this one.
    pub own: bool,
    /// Operations.
    pub records: u32,
}

/// All that stays of a night's details. Sums, and no more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightCount {
    /// By kind, of this phone.
    pub written: Written,
    /// By phone, this one's first.
    pub phones: Vec<PhoneCount>,
    /// Persons met.
    pub persons: u32,
    /// Cards.
    pub contacts: u32,
    /// People seen.
    pub seen: u32,
    /// Referrals opened.
    pub referrals: u32,
    /// Incidents.
    pub incidents: u32,
    /// The share of its month; none of a night that was cancelled.
    pub share: Option<MonthShare>,
}

impl NightCount {
    /// Counts a night. `state` is all that is here, `counted` what *Cosa abbiamo fatto* counts.
    #[must_use]
    pub fn of(
        operations: &[Operation],
        own: DeviceId,
        state: &OutingState,
        counted: &OutingState,
        is_sensitive: impl Fn(&ItemCode) -> bool,
    ) -> Self {
        let Counts { persons, contacts, seen, referrals, incidents } = counts(state);
        Self {
            written: Written::of(operations, own, Some(state)),
            phones: phone_counts(operations, own, state),
            persons,
            contacts,
            seen,
            referrals,
            incidents,
            share: MonthShare::of(counted, is_sensitive),
        }
    }

    /// The numbers at the top of the review.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        let Self { persons, contacts, seen, referrals, incidents, .. } = self;
        Counts { persons: *persons, contacts: *contacts, seen: *seen, referrals: *referrals, incidents: *incidents }
    }
}

/// Operations of each phone known here, this one's first.
#[must_use]
pub fn phone_counts(operations: &[Operation], own: DeviceId, state: &OutingState) -> Vec<PhoneCount> {
    let count = |of: DeviceId| operations.iter().filter(|operation| operation.device == of).count();
    let mut phones: Vec<PhoneCount> = phones(state)
        .into_iter()
        .zip(1..)
        .map(|(of, place)| PhoneCount { number: place, own: of == own, records: number(count(of)) })
        .collect();
    phones.sort_by_key(|phone| (!phone.own, phone.number));
    phones
}

impl Written {
    /// Counts what one phone wrote; without a state, what it wrote at all.
    #[must_use]
    pub fn of(operations: &[Operation], device: DeviceId, state: Option<&OutingState>) -> Self {
        let mut contacts: BTreeSet<ContactId> = BTreeSet::new();
        let mut observations: BTreeSet<ObservationId> = BTreeSet::new();
        let mut referrals: BTreeSet<ReferralId> = BTreeSet::new();
        let mut incidents: BTreeSet<IncidentId> = BTreeSet::new();
        for operation in operations.iter().filter(|operation| operation.device == device) {
            match &operation.body {
                Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. } => {
                    contacts.insert(contact.id);
                }
                Body::ObservationSaved { observation } => drop(observations.insert(observation.id)),
                Body::ReferralOpened { referral, .. } => drop(referrals.insert(referral.id)),
                Body::IncidentSaved { incident } => drop(incidents.insert(incident.id)),
                _ => {}
            }
        }
        if let Some(state) = state {
            contacts.retain(|id| state.contacts.contains_key(id));
            observations.retain(|id| state.observations.contains_key(id));
            referrals.retain(|id| state.referrals.contains_key(id));
            incidents.retain(|id| state.incidents.contains_key(id));
        }
        Self {
            contacts: number(contacts.len()),
            observations: number(observations.len()),
            referrals: number(referrals.len()),
            incidents: number(incidents.len()),
        }
    }
}
