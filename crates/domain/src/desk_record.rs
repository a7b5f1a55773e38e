//! What is not a contact: desk access, awareness event, incident; `domain` B.10.

use crate::code::code_enum;
use crate::contact::TargetGroup;
use crate::ids::{DeskAccessId, EventId, IncidentId, OutingId, ZoneCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

code_enum! {
    /// What somebody came to the desk for.
    DeskTopic {
        /// *Medico*.
        Medical = "medical",
        /// *Legale*.
        Legal = "legal",
        /// *Psicologico*.
        Psychological = "psychological",
        /// *Orientamento*.
        Orientation = "orientation",
        /// *Lavoro*.
        Work = "work",
        /// *Documenti*.
        Documents = "documents",
        /// *Altro*.
        Other = "other",
    }
}

code_enum! {
    /// How long a desk access took.
    MinutesBand {
        /// Under a quarter of an hour.
        Under15 = "under_15",
        /// 15–45 minutes.
        From15To45 = "15_45",
        /// Over 45 minutes.
        Over45 = "over_45",
        /// *Non rilevato*.
        NotRecorded = "not_recorded",
    }
}

/// Somebody came to the desk (*accesso allo sportello*): a count, no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskAccess {
    /// Random v4.
    pub id: DeskAccessId,
    /// Operational date.
    pub date: NaiveDate,
    /// What for.
    pub topic: DeskTopic,
    /// Who.
    pub target_group: TargetGroup,
    /// How long.
    pub minutes_band: MinutesBand,
}

code_enum! {
    /// Whom an awareness event was for.
    EventType {
        /// *Cittadinanza*.
        Citizens = "citizens",
        /// *Istituzioni*.
        Institutions = "institutions",
        /// *Scuole*.
        School = "school",
        /// *Formazione operatori*.
        TrainingOperators = "training_operators",
        /// *Équipe dei CAS*.
        NetworkCas = "network_cas",
        /// *Tavolo di rete*.
        NetworkTable = "network_table",
        /// *Mediazione con residenti*.
        ResidentsMediation = "residents_mediation",
        /// *Stampa*.
        Press = "press",
    }
}

/// An awareness event (*incontro*); I25.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AwarenessEvent {
    /// Random v4.
    pub id: EventId,
    /// Operational date.
    pub date: NaiveDate,
    /// For whom.
    pub event_type: EventType,
    /// 0…5000 (V29).
    pub participants: u16,
    /// 5…600 (V29).
    pub minutes: u16,
    /// Partner organisation. Local only.
    pub partner_org: Option<String>,
}

code_enum! {
    /// What went wrong on an outing; no plates, faces, names (`N10`).
    IncidentType {
        /// *Controllo di terzi*.
        ThirdPartyControl = "third_party_control",
        /// *Cliente aggressivo*.
        AggressiveClient = "aggressive_client",
        /// *Aggressione alla squadra*.
        AggressionTeam = "aggression_team",
        /// *Violenza riferita*.
        ViolenceReported = "violence_reported",
        /// *Rapina*.
        Robbery = "robbery",
        /// *Controllo delle forze dell'ordine*.
        PoliceCheck = "police_check",
        /// *Emergenza medica*.
        MedicalEmergency = "medical_emergency",
        /// *Mezzo*.
        Vehicle = "vehicle",
        /// *Smarrimento dispositivo*.
        DeviceLost = "device_lost",
        /// *Sospetta fuga di dati*.
        DataBreachSuspected = "data_breach_suspected",
        /// *Quasi incidente*.
        NearMiss = "near_miss",
    }
}

code_enum! {
    /// How bad it was.
    IncidentSeverity {
        /// *Lieve*.
        Low = "low",
        /// *Media*.
        Medium = "medium",
        /// *Grave*.
        High = "high",
    }
}

code_enum! {
    /// What the team did.
    IncidentAction {
        /// *Lasciata la zona*.
        LeftZone = "left_zone",
        /// *Chiamato il 112*.
        Called112 = "called_112",
        /// *Chiamato chi coordina*.
        CalledCoordinator = "called_coordinator",
        /// *Nulla*.
        None = "none",
    }
}

/// An incident (*episodio*); I35.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Random v4.
    pub id: IncidentId,
    /// The outing.
    pub outing_id: OutingId,
    /// What.
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: IncidentSeverity,
    /// What was done.
    pub action: IncidentAction,
    /// The team wants to talk about it.
    pub debrief_needed: bool,
    /// Where. Local only.
    pub zone: Option<ZoneCode>,
}
