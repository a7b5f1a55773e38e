//! Identifiers. Each kind of thing has its own type, so that two cannot be mixed up.
//!
//! Ids of rows that reach the desk are UUIDv4: a v7 would carry the minute of a contact (`domain` rule B,
//! conventions). [`OperationId`] is the only v7 and exists only inside sealed payloads.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{}({})", stringify!($name), self.0) }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
    )+};
}

uuid_id! {
    /// An outing (*uscita*), random v4.
    OutingId;
    /// A stop (*sosta*) inside an outing, random v4. Never leaves the team.
    StopId;
    /// A contact (*contatto*), random v4: no time inside the id.
    ContactId;
    /// An observation (*presenza*), random v4.
    ObservationId;
    /// A supply move (*movimento di scorte*), random v4. Never leaves the team.
    SupplyMoveId;
    /// A referral (*invio*), random v4. Its [`ReferralId::short_code`] is what people say to each other.
    ReferralId;
    /// An accompaniment (*accompagnamento*), random v4.
    AccompanimentId;
    /// An incident (*episodio*), random v4.
    IncidentId;
    /// An awareness event (*incontro*), random v4.
    EventId;
    /// A desk access (*accesso allo sportello*), random v4.
    DeskAccessId;
    /// A planned outing (*uscita pianificata*), random v4.
    PlanId;
    /// An entry of the depot's book (*magazzino*), random v4.
    DepotMoveId;
    /// One saved user action. UUIDv7, only ever inside a sealed payload.
    OperationId;
    /// An enrolled device. Random v4, visible to the server.
    DeviceId;
    /// A programme (*progetto*), random v4, visible to the server.
    ProgrammeId;
}

impl ReferralId {
    /// Four Crockford base-32 characters made from the random id: how team and day staff speak of a referral.
    /// 20 bits; unique enough among the open referrals of one unit, meaningless elsewhere.
    #[must_use]
    pub fn short_code(&self) -> String {
        const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bits = self.0.as_u128();
        (0..4)
            .map(|i| {
                let index = usize::try_from((bits >> (i * 5)) & 31).unwrap_or_default();
                char::from(CROCKFORD.get(index).copied().unwrap_or(b'0'))
            })
            .collect()
    }
}

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Debug)]
        #[serde(transparent)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct $name(String);

        impl $name {
            /// Wraps a code. Whether the code is on the programme's list is a matter of validation.
            pub fn new(code: impl Into<String>) -> Self { Self(code.into()) }
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

text_id! {
    /// An organisation of the programme.
    OrgId;
    /// An operator's assigned code (`OP-A`), never initials.
    OperatorCode;
    /// A zone's short code (`Z1`). Zones are quarter-sized.
    ZoneCode;
    /// A nationality of the programme's list (`RO`, `oth_eu_east`, `not_recorded`); `domain` B.11.
    NationalityCode;
    /// A supply item (`condom_ext`); `domain` B.8. Configurable, therefore text.
    ItemCode;
    /// An entry of the service directory. Never leaves the team.
    ServiceEntryId;
    /// A kit of the programme (`base`).
    KitCode;
}

/// A unit (*unità*), for example `BS-U1`. Visible to the server, and a key of its database: what is read is 1 to
/// [`UnitId::MAX_BYTES`] bytes without control characters, or refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Debug)]
#[serde(transparent)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, min_length = 1, max_length = 64, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]+$")
)]
pub struct UnitId(String);

/// A text that is no unit's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a unit has 1 to 64 bytes, without control characters")]
pub struct UnitFault;

impl UnitId {
    /// Bytes of the longest code.
    pub const MAX_BYTES: usize = 64;

    /// Wraps a code, whatever it is. Whether it is on the programme's list is a matter of validation.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for UnitId {
    type Err = UnitFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_sound = (1..=Self::MAX_BYTES).contains(&text.len()) && !text.chars().any(char::is_control);
        if is_sound { Ok(Self(text.to_owned())) } else { Err(UnitFault) }
    }
}

impl<'de> Deserialize<'de> for UnitId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl NationalityCode {
    /// The code that stands for *non rilevata*.
    pub const NOT_RECORDED: &'static str = "not_recorded";

    /// *Non rilevata*: a valid answer, never an error.
    #[must_use]
    pub fn not_recorded() -> Self {
        Self::new(Self::NOT_RECORDED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_read_only_as_a_database_can_keep_it() {
        let read = |text: &str| serde_json::from_value::<UnitId>(text.into());
        let longest = "U".repeat(UnitId::MAX_BYTES);
        for good in ["BS-U1", "unità 3", longest.as_str()] {
            assert_eq!(read(good).unwrap().as_str(), good);
        }
        let longer = format!("{longest}U");
        for bad in ["", "U\0", "U\n1", "\u{85}", longer.as_str()] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
