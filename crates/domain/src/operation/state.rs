//! The state of one outing, folded from its operations.

use super::{ContactField, Included, OutingField};
use crate::contact::Contact;
use crate::desk_record::Incident;
use crate::ids::{
    AccompanimentId, ContactId, DeviceId, IncidentId, ItemCode, ObservationId, OperationId, OperatorCode, OutingId,
    ReferralId, StopId, SupplyMoveId,
};
use crate::observation::Observation;
use crate::outing::{Outing, Stop};
use crate::referral::{Accompaniment, Referral, ReferralEvent, ReferralState};
use crate::rule::RuleId;
use crate::supply::SupplyMove;
use crate::sync::chain::Digest;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A referral with its events, in the order of the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralRecord {
    /// The referral.
    pub referral: Referral,
    /// Its events, oldest first; never empty.
    pub events: Vec<ReferralEvent>,
}

impl ReferralRecord {
    /// The state after the last event; `proposed` if there is none yet.
    #[must_use]
    pub fn state(&self) -> ReferralState {
        self.events.last().map_or(ReferralState::Proposed, |event| event.state)
    }
}

/// Two revisions of one field, made without knowledge of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// About a contact.
    Contact {
        /// The contact.
        contact: ContactId,
        /// The field.
        field: ContactField,
        /// The operation whose value stands.
        kept: OperationId,
        /// The operation whose value gave way.
        overridden: OperationId,
    },
    /// About the outing.
    Outing {
        /// The field.
        field: OutingField,
        /// The operation whose value stands.
        kept: OperationId,
        /// The operation whose value gave way.
        overridden: OperationId,
    },
}

/// An operation that its author was not entitled to, or that speaks of a record that does not exist. It is kept and
/// shown, and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Only a lead's device may do this.
    NotLead(OperationId),
    /// Only the author's or a lead's device may change the record.
    NotOwner(OperationId),
    /// The record is not there.
    NoRecord(OperationId),
    /// A person was split off a group that has nobody left to give, or that is not here. The one split off stands as a
    /// contact of her own; the group stays as it is.
    NobodyToSplit {
        /// The split.
        operation: OperationId,
        /// The one split off.
        contact: ContactId,
    },
    /// Two phones took a referral further unaware of each other, and this step does not fit the path of the other.
    OffPath {
        /// The operation with the step.
        operation: OperationId,
        /// The referral; it stands without the step.
        referral: ReferralId,
    },
}

/// A finding that the lead lets stand, with a reason from a closed list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Acceptance {
    /// The rule.
    pub rule: RuleId,
    /// The contact concerned, if the finding is about one.
    pub contact: Option<ContactId>,
    /// The referral concerned, if the finding is about one.
    pub referral: Option<ReferralId>,
    /// The item concerned, if the finding is about the supplies of one.
    pub item: Option<ItemCode>,
}

/// The lead's signature under an outing. The device's signature over the journal is what makes it binding.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// Who signed.
    pub by: OperatorCode,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose operations, which of them.
    pub included: Vec<Included>,
    /// SHA-256 of the night log's canonical bytes.
    pub digest: Digest,
}

impl std::fmt::Debug for SignOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignOff")
    }
}

/// A change after sign-off (*rettifica*): it includes further operations, with author and reason.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// 1, 2, 3 …
    pub number: u16,
    /// Who amended.
    pub by: OperatorCode,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, from a closed list.
    pub reason: AmendmentReason,
    /// Whose operations are included from now on, which of them.
    pub included: Vec<Included>,
    /// SHA-256 of the new night log's canonical bytes.
    pub digest: Digest,
}

impl std::fmt::Debug for Amendment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Amendment").field("number", &self.number).finish_non_exhaustive()
    }
}

crate::code::code_enum! {
    /// Why a signed-off outing changes.
    AmendmentReason {
        /// *Il secondo telefono è arrivato dopo*.
        LateDevice = "late_device",
        /// *Errore di registrazione*.
        RecordingMistake = "recording_mistake",
        /// *Doppione scoperto dopo*.
        DuplicateFound = "duplicate_found",
        /// *Scorte ricontate*.
        StockRecount = "stock_recount",
    }
}

/// Everything known about one outing. Equal operation sets give equal states (architecture 10, invariant 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutingState {
    /// The outing.
    pub outing: Outing,
    /// The device that opened it.
    pub opened_by: DeviceId,
    /// Stops.
    pub stops: BTreeMap<StopId, Stop>,
    /// Contacts that stand.
    pub contacts: BTreeMap<ContactId, Contact>,
    /// Observations that stand.
    pub observations: BTreeMap<ObservationId, Observation>,
    /// Supply moves that stand.
    pub moves: BTreeMap<SupplyMoveId, SupplyMove>,
    /// Referrals opened or advanced during the outing.
    pub referrals: BTreeMap<ReferralId, ReferralRecord>,
    /// Events of referrals that were opened elsewhere, noted during this outing.
    pub follow_ups: Vec<(ReferralId, ReferralEvent)>,
    /// Accompaniments.
    pub accompaniments: BTreeMap<AccompanimentId, Accompaniment>,
    /// Incidents.
    pub incidents: BTreeMap<IncidentId, Incident>,
    /// The latest operation on each contact: what a revision must name in `after`.
    pub contact_heads: BTreeMap<ContactId, BTreeSet<OperationId>>,
    /// The latest operations on the outing itself.
    pub outing_heads: BTreeSet<OperationId>,
    /// Pairs of contacts the lead has settled, smaller id first.
    pub settled: BTreeSet<(ContactId, ContactId)>,
    /// People split off a group before the group was said to have come back, of whom that was not said.
    pub split_before_return: BTreeSet<ContactId>,
    /// Findings the lead let stand.
    pub accepted: BTreeSet<Acceptance>,
    /// Conflicts the lead must see.
    pub conflicts: BTreeSet<Conflict>,
    /// Operations without effect.
    pub refusals: BTreeSet<Refusal>,
    /// The sign-off, once there is one. The first one stands.
    pub sign_off: Option<SignOff>,
    /// Amendments, by number.
    pub amendments: Vec<Amendment>,
    /// Operations that came after the sign-off, also ones that were missing when it was given, and are not included by
    /// any amendment.
    pub late: BTreeSet<OperationId>,
    /// Highest sequence number seen from each device.
    pub seen: BTreeMap<DeviceId, u64>,
}

impl OutingState {
    /// A state with nothing but the outing.
    #[must_use]
    pub fn new(outing: Outing, opened_by: DeviceId) -> Self {
        Self {
            outing,
            opened_by,
            stops: BTreeMap::new(),
            contacts: BTreeMap::new(),
            observations: BTreeMap::new(),
            moves: BTreeMap::new(),
            referrals: BTreeMap::new(),
            follow_ups: Vec::new(),
            accompaniments: BTreeMap::new(),
            incidents: BTreeMap::new(),
            contact_heads: BTreeMap::new(),
            outing_heads: BTreeSet::new(),
            settled: BTreeSet::new(),
            split_before_return: BTreeSet::new(),
            accepted: BTreeSet::new(),
            conflicts: BTreeSet::new(),
            refusals: BTreeSet::new(),
            sign_off: None,
            amendments: Vec::new(),
            late: BTreeSet::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Whether the lead has settled this pair, in either order.
    #[must_use]
    pub fn is_settled(&self, a: ContactId, b: ContactId) -> bool {
        self.settled.contains(&(a.min(b), a.max(b)))
    }

    /// The handouts of a contact.
    pub fn handouts_of(&self, contact: ContactId) -> impl Iterator<Item = &SupplyMove> {
        self.moves.values().filter(move |supply| supply.contact_id == Some(contact))
    }

    /// What the counted state includes: the last amendment's list, or the sign-off's.
    #[must_use]
    pub fn included(&self) -> Option<&[Included]> {
        self.amendments
            .last()
            .map(|amendment| amendment.included.as_slice())
            .or_else(|| self.sign_off.as_ref().map(|sign_off| sign_off.included.as_slice()))
    }

    /// The outing's id.
    #[must_use]
    pub fn id(&self) -> OutingId {
        self.outing.id
    }
}
