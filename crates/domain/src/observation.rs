//! Observation (*presenza vista, non contattata*); `domain` B.4.

use crate::code::code_enum;
use crate::contact::Gender;
use crate::ids::{ObservationId, OutingId, ZoneCode};
use serde::{Deserialize, Serialize};

code_enum! {
    /// Why there was no contact.
    ObservationReason {
        /// *Con un cliente*.
        WithClient = "with_client",
        /// *Occupata*.
        Busy = "busy",
        /// *Ha rifiutato*.
        Refused = "refused",
        /// *Sosta non sicura*.
        UnsafeToStop = "unsafe_to_stop",
        /// *Presenza di terzi*.
        ThirdPartyPresent = "third_party_present",
        /// *Solo mappatura*.
        MappingOnly = "mapping_only",
        /// *Nessuna lingua comune*.
        NoLanguage = "no_language",
    }
}

/// People seen and not reached: a count, nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// Random v4.
    pub id: ObservationId,
    /// The outing.
    pub outing_id: OutingId,
    /// Quarter-sized zone.
    pub zone: ZoneCode,
    /// 1…50.
    pub n: u16,
    /// Gender, if all alike.
    pub gender: Gender,
    /// 0…`n` of them looked under age (V35).
    pub apparent_minor: u16,
    /// Why.
    pub reason: ObservationReason,
}
