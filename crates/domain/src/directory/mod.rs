//! The service directory (*rubrica*), `domain` B.9: where somebody can go, when it is open, what is asked for there.
//!
//! It travels with the configuration and is read without network. There is no field for an address, and of a
//! protected house the team sees the kind alone (`N07`).

mod opening;
#[cfg(test)]
mod tests;

pub use opening::{ClockTime, Opening, OpeningSpan, ParseClockError, Weekday, is_open_at, next_opening, opening_at};

use crate::code::code_enum;
use crate::contact::Language;
use crate::ids::ServiceEntryId;
use crate::referral::ServiceType;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// European emergency number.
pub const EMERGENCY_NUMBER: &str = "112";
/// Anti-trafficking helpline (*Numero Verde antitratta*): free of charge, anonymous, day and night.
pub const HELPLINE_NUMBER: &str = "800290290";
/// Helpline against violence and stalking.
pub const ANTIVIOLENCE_NUMBER: &str = "1522";

/// Days after which an entry that nobody has checked is shown as *da riverificare* (B.9, F19).
pub const STALE_AFTER_DAYS: i64 = 90;

code_enum! {
    /// What document a service asks for.
    DocumentNeeded {
        /// *Nessuno*.
        None = "none",
        /// *Basta STP o ENI*.
        StpEni = "stp_eni",
        /// *Documento d'identità*.
        Id = "id",
        /// *Permesso di soggiorno*.
        Permit = "permit",
    }
}

/// An entry of the service directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct ServiceEntry {
    /// Id.
    pub id: ServiceEntryId,
    /// Kind of service.
    pub service_type: ServiceType,
    /// Name on the card; never shown for a protected house.
    pub label: String,
    /// Telephone, digits with blanks.
    pub phone: Option<String>,
    /// When it is open, Italian local time. Empty: not known.
    pub opening: Vec<OpeningSpan>,
    /// Languages spoken there.
    pub languages: Vec<Language>,
    /// Document needed.
    pub needs_document: DocumentNeeded,
    /// Free of charge.
    pub free: bool,
    /// Without an appointment; otherwise by appointment.
    pub walk_in: bool,
    /// *Meglio accompagnare*.
    pub accompany_advised: bool,
    /// For women only.
    pub women_only: bool,
    /// Last check.
    pub verified_on: NaiveDate,
}

impl ServiceEntry {
    /// Whether it is a house whose place must stay unknown: of it the kind is all that is shown (`N07`).
    #[must_use]
    pub const fn is_protected(&self) -> bool {
        matches!(
            self.service_type,
            ServiceType::EmergencyShelter | ServiceType::EscapeHouse | ServiceType::SemiAutonomy
        )
    }

    /// Whole days since the last check, 0 if that lies ahead of a wrong clock.
    #[must_use]
    pub fn days_since_check(&self, today: NaiveDate) -> u32 {
        u32::try_from(today.signed_duration_since(self.verified_on).num_days()).unwrap_or(0)
    }

    /// Whether it should be checked again: more than [`STALE_AFTER_DAYS`] days have passed.
    #[must_use]
    pub fn is_stale(&self, today: NaiveDate) -> bool {
        i64::from(self.days_since_check(today)) > STALE_AFTER_DAYS
    }
}
