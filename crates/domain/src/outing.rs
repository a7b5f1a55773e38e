//! Outing and stop (*uscita*, *sosta*); `domain` B.2.

use crate::code::code_enum;
use crate::ids::{OperatorCode, OutingId, StopId, UnitId, ZoneCode};
use crate::time::Slot;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

code_enum! {
    /// What kind of outing it is.
    OutingType {
        /// *Notturna*.
        StreetNight = "street_night",
        /// *Diurna*.
        StreetDay = "street_day",
        /// *Mappatura*: people are counted, not approached.
        Mapping = "mapping",
        /// *Indoor*: telephone, advertisements, premises.
        Indoor = "indoor",
        /// *Sfruttamento lavorativo*.
        LabourOutreach = "labour_outreach",
        /// *Congiunta con altro ente*.
        Joint = "joint",
    }
}

impl OutingType {
    /// Whether rule V03 asks for a crew of two.
    #[must_use]
    pub const fn needs_two(self) -> bool {
        matches!(self, Self::StreetNight | Self::StreetDay | Self::Mapping | Self::Joint)
    }
}

code_enum! {
    /// Where an outing stands. Only a reviewed outing may leave the team, and only as a night log.
    OutingStatus {
        /// *Pianificata*.
        Planned = "planned",
        /// *In corso*.
        Open = "open",
        /// *Chiusa*: the team has gone home.
        Closed = "closed",
        /// *Verificata*: signed off by the lead.
        Reviewed = "reviewed",
        /// *Caricata*: the server's receipt covers the night log.
        Uploaded = "uploaded",
        /// *Consolidata*: part of a release.
        Frozen = "frozen",
        /// *Annullata*.
        Cancelled = "cancelled",
    }
}

code_enum! {
    /// Why an outing did not take place.
    CancelReason {
        /// *Meteo*.
        Weather = "weather",
        /// *Organico*.
        Staff = "staff",
        /// *Mezzo*.
        Vehicle = "vehicle",
        /// *Sicurezza*.
        Safety = "safety",
        /// *Festività*.
        Holiday = "holiday",
        /// *Altro*.
        Other = "other",
    }
}

code_enum! {
    /// The part somebody plays in the crew.
    CrewRole {
        /// *Operatrice, operatore*.
        Operator = "operator",
        /// *Mediatrice interculturale*.
        Mediator = "mediator",
        /// *Sanitario*.
        Health = "health",
        /// *Operatrice pari*.
        Peer = "peer",
        /// *Autista*.
        Driver = "driver",
        /// *Volontaria, volontario*.
        Volunteer = "volunteer",
        /// *Servizio civile*.
        CivilService = "civil_service",
        /// *Tirocinante*.
        Trainee = "trainee",
    }
}

code_enum! {
    /// Why somebody goes out alone where two are needed (V03): asked once at the start, the lead decides at review.
    ShortCrewReason {
        /// *Assenza dell'ultimo momento*.
        Absent = "absent",
        /// *L'altra persona arriva dopo*.
        JoinsLater = "joins_later",
        /// *In due, con un altro ente*.
        OtherOrg = "other_org",
        /// *Altro*.
        Other = "other",
    }
}

code_enum! {
    /// The weather, because it explains low counts.
    Weather {
        /// *Sereno*.
        Clear = "clear",
        /// *Pioggia*.
        Rain = "rain",
        /// *Freddo*.
        Cold = "cold",
        /// *Nebbia*.
        Fog = "fog",
        /// *Caldo*.
        Heat = "heat",
        /// *Non rilevato*.
        NotRecorded = "not_recorded",
    }
}

/// One member of the crew: a code and a role, never a name (`N20`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CrewMember {
    /// Assigned code.
    pub operator: OperatorCode,
    /// Role on this outing.
    pub role: CrewRole,
}

/// An outing. Its operational date is the local date of `start_at` and rules every period it belongs to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outing {
    /// Random id.
    pub id: OutingId,
    /// The unit that goes out.
    pub unit: UnitId,
    /// Kind of outing.
    pub outing_type: OutingType,
    /// Where it stands.
    pub status: OutingStatus,
    /// Only with status `cancelled`.
    pub cancel_reason: Option<CancelReason>,
    /// Start, minute precision.
    pub start_at: DateTime<Utc>,
    /// End, set at close (V01).
    pub end_at: Option<DateTime<Utc>>,
    /// At least one; two for street work (V03).
    pub crew: Vec<CrewMember>,
    /// Why there are fewer than V03 asks for; none for a whole crew. Local only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_crew: Option<ShortCrewReason>,
    /// Fleet code, no plate. Local only.
    pub vehicle: Option<String>,
    /// 0…400 km.
    pub km: Option<u16>,
    /// Weather.
    pub weather: Weather,
    /// Zones on the plan. Local only.
    pub planned_zones: Vec<ZoneCode>,
    /// At most 280 characters, scanned by V30. Local only, forgotten 30 days after upload.
    pub note: Option<String>,
    /// When the lead signed off.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Who signed off.
    pub reviewed_by: Option<OperatorCode>,
    /// The coordinator was told of an open immediate referral (V22).
    pub coordinator_alerted: bool,
}

impl std::fmt::Debug for Outing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outing").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A stop (*sosta*): where the van stood. Everything but the zone is local; no coordinates, ever (`N05`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Random id.
    pub id: StopId,
    /// The outing it belongs to.
    pub outing_id: OutingId,
    /// 1, 2, 3 … in the order of the device that opened it.
    pub sequence: u16,
    /// Quarter-sized zone.
    pub zone: ZoneCode,
    /// Half-hour in which it began.
    pub from_slot: Slot,
}
