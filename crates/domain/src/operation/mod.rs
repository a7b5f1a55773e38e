//! Operations: what a saved user action is, and how the state of an outing is folded from them.
//!
//! An operation is one tap on *Salva* (a contact with its handouts is one operation). It is sealed, chained and
//! committed to the journal before it is committed to the notebook. State is never updated in place: [`fold`] makes
//! it from the set of operations, whatever their order and however often each is given.
//!
//! The serialised [`Operation`] is the content of a journal envelope, sealed to the unit's leads and the recovery
//! key. What reaches the desk has other types: [`crate::sync::night_log`].

mod change;
mod fold;
mod merge;
mod split;
mod state;
mod steps;
#[cfg(test)]
mod tests;

pub use change::{ContactChange, ContactField, OutingChange, OutingField};
pub use fold::{Scope, fold};
pub use state::{Acceptance, Amendment, AmendmentReason, Conflict, OutingState, ReferralRecord, Refusal, SignOff};
pub use steps::{Placed, merge_step};

use crate::contact::Contact;
use crate::desk_record::Incident;
use crate::ids::{
    AccompanimentId, ContactId, DeviceId, IncidentId, ObservationId, OperationId, OperatorCode, OutingId, ReferralId,
    StopId, SupplyMoveId,
};
use crate::observation::Observation;
use crate::outing::{Outing, Stop};
use crate::referral::{Accompaniment, Referral, ReferralEvent};
use crate::stamp::Stamp;
use crate::supply::SupplyMove;
use crate::sync::chain::Digest;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Version of the operation's content. Raised when a reader of the previous version could misread a newer one.
pub const OPERATION_SCHEMA: u16 = 1;

/// One saved user action.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// UUIDv7, assigned when the card opens; saving the same card again reuses it.
    pub id: OperationId,
    /// [`OPERATION_SCHEMA`] of the writer.
    pub schema: u16,
    /// The device that wrote it; must equal the envelope's.
    pub device: DeviceId,
    /// Sequence number in the device's journal; must equal the envelope's.
    pub sequence: u64,
    /// Order across devices.
    pub stamp: Stamp,
    /// The device's guess of UTC.
    pub at: DateTime<Utc>,
    /// Offset of local time, in minutes east of UTC.
    pub offset_minutes: i16,
    /// Monotonic milliseconds since the outing was opened on this device, if it was opened here in this run.
    pub elapsed_ms: Option<u64>,
    /// Who saved it, if the device knows.
    pub operator: Option<OperatorCode>,
    /// What was done.
    pub body: OperationBody,
}

impl Operation {
    /// The key of the total order: later wins.
    #[must_use]
    pub fn order(&self) -> (Stamp, DeviceId, OperationId) {
        (self.stamp, self.device, self.id)
    }
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operation").field("id", &self.id).field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// What an operation does. Every body belongs to exactly one outing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OperationBody {
    /// The outing starts on this phone, with the load of its bag. The partner's phone writes its own with the same
    /// id (the id is derived from the code the two agreed on); a lead's stands over a member's, of equals the earlier
    /// one; both loads count.
    OutingOpened {
        /// The outing, status `open`.
        outing: Outing,
        /// The first load.
        load: Vec<SupplyMove>,
    },
    /// Something about the outing changes.
    OutingRevised {
        /// The outing.
        outing_id: OutingId,
        /// The latest operations on the outing that the author had seen.
        after: Vec<OperationId>,
        /// What changes.
        changes: Vec<OutingChange>,
    },
    /// The van stops, or the zone changes.
    StopOpened {
        /// The stop.
        stop: Stop,
    },
    /// A contact with its handouts.
    ContactSaved {
        /// The contact.
        contact: Contact,
        /// What was handed out.
        handouts: Vec<SupplyMove>,
    },
    /// A correction of a contact.
    ContactRevised {
        /// The outing.
        outing_id: OutingId,
        /// The contact.
        contact_id: ContactId,
        /// The latest operations on the contact that the author had seen.
        after: Vec<OperationId>,
        /// What changes, field by field.
        changes: Vec<ContactChange>,
        /// Handouts that had been forgotten.
        moves_added: Vec<SupplyMove>,
        /// Handouts that were wrong.
        moves_retracted: Vec<SupplyMoveId>,
    },
    /// One person of a group becomes a contact of her own (F13); the group has one fewer. Handouts stay with the group,
    /// and the number of people met stays what it was.
    PersonSplitOff {
        /// The outing.
        outing_id: OutingId,
        /// The group.
        group: ContactId,
        /// The latest operations on the group that the author had seen.
        after: Vec<OperationId>,
        /// The person, as an individual contact.
        contact: Contact,
    },
    /// People seen and not reached.
    ObservationSaved {
        /// The observation.
        observation: Observation,
    },
    /// Supplies move without a contact: return, waste, a later load, an adjustment.
    SuppliesMoved {
        /// The outing.
        outing_id: OutingId,
        /// The moves.
        moves: Vec<SupplyMove>,
    },
    /// A referral is opened; its first event is `proposed` (V20). Opened again by its author, or by a lead, with the same
    /// id it is corrected: origin, day, contact and path stay what they were.
    ReferralOpened {
        /// The outing.
        outing_id: OutingId,
        /// The referral.
        referral: Referral,
        /// At least one event.
        events: Vec<ReferralEvent>,
    },
    /// A referral goes on.
    ReferralAdvanced {
        /// The outing during which it was noted.
        outing_id: OutingId,
        /// The referral.
        referral_id: ReferralId,
        /// New events, in order.
        events: Vec<ReferralEvent>,
        /// The accompaniment, if somebody went along.
        accompaniment: Option<Accompaniment>,
    },
    /// An incident.
    IncidentSaved {
        /// The incident.
        incident: Incident,
    },
    /// A record is taken back. Retract beats edit.
    Retracted {
        /// The outing.
        outing_id: OutingId,
        /// Which record.
        record: RecordRef,
    },
    /// The lead settles a suspected duplicate (V08, V34).
    DuplicateSettled {
        /// The outing.
        outing_id: OutingId,
        /// The contact that stays as it is.
        first: ContactId,
        /// The contact the decision changes.
        second: ContactId,
        /// The decision.
        decision: DuplicateDecision,
    },
    /// The lead accepts a finding with a reason instead of removing its cause.
    FindingAccepted {
        /// The outing.
        outing_id: OutingId,
        /// What is accepted.
        acceptance: Acceptance,
    },
    /// The lead signs the outing off.
    OutingSignedOff {
        /// The outing.
        outing_id: OutingId,
        /// What was signed.
        sign_off: SignOff,
    },
    /// The lead changes a signed-off outing, counted as *rettifica*.
    OutingAmended {
        /// The outing.
        outing_id: OutingId,
        /// Author, reason and the operations now included.
        amendment: Amendment,
    },
}

impl OperationBody {
    /// The outing the body belongs to.
    #[must_use]
    pub fn outing_id(&self) -> OutingId {
        match self {
            Self::OutingOpened { outing, .. } => outing.id,
            Self::StopOpened { stop } => stop.outing_id,
            Self::ContactSaved { contact, .. } => contact.outing_id,
            Self::ObservationSaved { observation } => observation.outing_id,
            Self::IncidentSaved { incident } => incident.outing_id,
            Self::OutingRevised { outing_id, .. }
            | Self::ContactRevised { outing_id, .. }
            | Self::PersonSplitOff { outing_id, .. }
            | Self::SuppliesMoved { outing_id, .. }
            | Self::ReferralOpened { outing_id, .. }
            | Self::ReferralAdvanced { outing_id, .. }
            | Self::Retracted { outing_id, .. }
            | Self::DuplicateSettled { outing_id, .. }
            | Self::FindingAccepted { outing_id, .. }
            | Self::OutingSignedOff { outing_id, .. }
            | Self::OutingAmended { outing_id, .. } => *outing_id,
        }
    }

    /// Whether only a lead's device may write it.
    #[must_use]
    pub const fn needs_lead(&self) -> bool {
        matches!(
            self,
            Self::DuplicateSettled { .. }
                | Self::FindingAccepted { .. }
                | Self::OutingSignedOff { .. }
                | Self::OutingAmended { .. }
        )
    }
}

impl std::fmt::Debug for OperationBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OperationBody")
    }
}

/// A record that can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", content = "id", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub enum RecordRef {
    /// A contact, with its handouts.
    Contact(ContactId),
    /// An observation.
    Observation(ObservationId),
    /// A supply move.
    SupplyMove(SupplyMoveId),
    /// A referral, with its events.
    Referral(ReferralId),
    /// An accompaniment.
    Accompaniment(AccompanimentId),
    /// An incident.
    Incident(IncidentId),
    /// A stop.
    Stop(StopId),
}

/// What the lead decides about two cards that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub enum DuplicateDecision {
    /// *È tornata nella notte*: `second` becomes a repeat; supplies of both count.
    CameBack,
    /// *Due persone diverse*: `second` loses the aliases it shares with `first`.
    TwoPeople,
    /// *Scritta due volte*: `second` goes away, its handouts are added to `first`.
    WrittenTwice,
}

/// A part of one device's journal that a sign-off includes. What the signer had not, or could not open, lies between two
/// of them: it is not signed for, and counts as late when it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Included {
    /// The device.
    pub device: DeviceId,
    /// Operations from this sequence number on …
    pub from: u64,
    /// … up to and including this one.
    pub through: u64,
    /// The chain value at `through`.
    pub chain: Digest,
}

impl Included {
    /// Whether a place of a device's journal is included.
    #[must_use]
    pub fn covers(&self, device: DeviceId, sequence: u64) -> bool {
        self.device == device && (self.from..=self.through).contains(&sequence)
    }
}
