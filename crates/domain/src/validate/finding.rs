//! What a rule has to say.

use crate::code::code_enum;
use crate::ids::{AccompanimentId, ContactId, IncidentId, ItemCode, ObservationId, ReferralId};
use crate::operation::{ContactField, OutingField};
use crate::rule::RuleId;
use serde::{Deserialize, Serialize};

code_enum! {
    /// What a finding stops.
    Severity {
        /// Blocks the save.
        Error = "error",
        /// Asked once, never blocks in the field.
        Warning = "warning",
        /// Blocks the sign-off.
        Review = "review",
    }
}

/// Where a finding points. Ids and field names only: a finding never repeats what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub enum Place {
    /// The outing as a whole, or one of its fields.
    Outing {
        /// The field, if it is about one.
        field: Option<OutingField>,
    },
    /// A contact, or one of its fields.
    Contact {
        /// The contact.
        contact: ContactId,
        /// The field, if it is about one.
        field: Option<ContactField>,
    },
    /// Two contacts that look alike.
    Pair {
        /// The earlier one.
        first: ContactId,
        /// The later one.
        second: ContactId,
    },
    /// An observation.
    Observation {
        /// The observation.
        observation: ObservationId,
    },
    /// The supplies of one item.
    Item {
        /// The item.
        item: ItemCode,
    },
    /// A referral.
    Referral {
        /// The referral.
        referral: ReferralId,
    },
    /// An accompaniment.
    Accompaniment {
        /// The accompaniment.
        accompaniment: AccompanimentId,
    },
    /// An incident.
    Incident {
        /// The incident.
        incident: IncidentId,
    },
    /// An awareness event.
    Event,
    /// Part of a note, in bytes.
    Note {
        /// First byte.
        start: u32,
        /// Byte after the last.
        end: u32,
    },
    /// The device's clock.
    Clock,
}

/// One thing a rule found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// What it stops.
    pub severity: Severity,
    /// Where.
    pub place: Place,
}
