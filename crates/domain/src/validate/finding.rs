//! What a rule has to say.

use crate::code::code_enum;
use crate::ids::{AccompanimentId, ContactId, IncidentId, ItemCode, ObservationId, ReferralId};
use crate::operation::{ContactField, OutingField};
use serde::{Deserialize, Serialize};

code_enum! {
    /// A validation rule of `domain` C.
    RuleId {
        /// Duration of the outing.
        V01 = "V01",
        /// One open outing per device.
        V02 = "V02",
        /// Crew of two.
        V03 = "V03",
        /// Zone of the list.
        V04 = "V04",
        /// Number of persons.
        V05 = "V05",
        /// Composition of the group.
        V06 = "V06",
        /// Aliases of the list, not more than persons.
        V07 = "V07",
        /// One alias, one contact.
        V08 = "V08",
        /// Not a person: nothing about a person.
        V09 = "V09",
        /// First contact of a known alias.
        V10 = "V10",
        /// Presumed minor: minor card.
        V11 = "V11",
        /// Declared or exit request: emergency card.
        V12 = "V12",
        /// Concern in a group: split.
        V13 = "V13",
        /// Supplies only, yet services.
        V14 = "V14",
        /// Demonstration for whom.
        V15 = "V15",
        /// Repeat needs an alias or the lead.
        V16 = "V16",
        /// Supplies balance.
        V17 = "V17",
        /// Handout within reason; leaflets carry topic and language.
        V18 = "V18",
        /// More handed out than loaded.
        V19 = "V19",
        /// Referral follows the machine.
        V20 = "V20",
        /// Closed needs an outcome.
        V21 = "V21",
        /// Immediate referral has a second event.
        V22 = "V22",
        /// Event within its limits.
        V29 = "V29",
        /// Nothing that identifies in a note.
        V30 = "V30",
        /// Ready to be signed.
        V31 = "V31",
        /// Frozen stays as it is.
        V32 = "V32",
        /// Clock sanity.
        V33 = "V33",
        /// Suspected duplicate.
        V34 = "V34",
        /// Minors not more than seen.
        V35 = "V35",
        /// Accompaniment has a referral that allows it.
        V36 = "V36",
    }
}

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
