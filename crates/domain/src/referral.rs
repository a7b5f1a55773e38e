//! Referral (*invio*), its events and accompaniments; `domain` B.5 and B.9.

use crate::alias::Alias;
use crate::code::code_enum;
use crate::contact::Language;
use crate::ids::{AccompanimentId, ContactId, OutingId, ReferralId, ServiceEntryId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

code_enum! {
    /// Family of services: the only breakdown of referrals a weekly release may show.
    ServiceMacro {
        /// *Salute*.
        Health = "health",
        /// *Protezione*.
        Protection = "protection",
        /// *Legale e asilo*.
        LegalAsylum = "legal_asylum",
        /// *Sociale, lavoro, formazione*.
        SocialWorkTraining = "social_work_training",
    }
}

code_enum! {
    /// Where a referral goes.
    ServiceType {
        /// *Centro MTS/IST*.
        StiClinic = "sti_clinic",
        /// *Malattie infettive*.
        InfectiousDisease = "infectious_disease",
        /// *Consultorio familiare*.
        FamilyClinic = "family_clinic",
        /// *Percorso IVG*. Travels as `family_clinic`.
        PregnancyTermination = "pregnancy_termination",
        /// *Pronto soccorso*.
        EmergencyDept = "emergency_dept",
        /// *Ambulatorio migranti, STP/ENI*.
        MigrantClinic = "migrant_clinic",
        /// *Salute mentale, psicologo*.
        MentalHealth = "mental_health",
        /// *SerD, NOA*.
        Serd = "serd",
        /// *Pronta accoglienza*.
        EmergencyShelter = "emergency_shelter",
        /// *Casa di fuga*.
        EscapeHouse = "escape_house",
        /// *Semi-autonomia*.
        SemiAutonomy = "semi_autonomy",
        /// *Sportello antitratta (valutazione)*.
        AntitraffickingDesk = "antitrafficking_desk",
        /// *Numero Verde 800 290 290*.
        Helpline = "helpline",
        /// *Centro antiviolenza, 1522*.
        AntiviolenceCentre = "antiviolence_centre",
        /// *Forze dell'ordine*.
        LawEnforcement = "law_enforcement",
        /// *Tutela minori*.
        MinorProtection = "minor_protection",
        /// *Rimpatrio volontario assistito*.
        AssistedReturn = "assisted_return",
        /// *Consulenza legale*.
        LegalAdvice = "legal_advice",
        /// *Commissione territoriale*.
        AsylumCommission = "asylum_commission",
        /// *CAS*.
        Cas = "cas",
        /// *Questura, permesso*.
        QuesturaPermit = "questura_permit",
        /// *Tribunale, procura*.
        Court = "court",
        /// *Servizio sociale comunale*.
        SocialServices = "social_services",
        /// *Sportello unità*.
        Desk = "desk",
        /// *Centro per l'impiego*.
        EmploymentCentre = "employment_centre",
        /// *Centro orientamento al lavoro*.
        CareerOrientation = "career_orientation",
        /// *CPIA, italiano*.
        SchoolCpia = "school_cpia",
        /// *Formazione*.
        Training = "training",
        /// *Tirocinio, apprendistato*.
        Internship = "internship",
        /// *Bassa soglia, dormitorio*.
        HousingLowThreshold = "housing_low_threshold",
        /// *Altro*.
        Other = "other",
    }
}

impl ServiceType {
    /// The family it belongs to; `domain` B.9.
    #[must_use]
    pub const fn macro_area(self) -> ServiceMacro {
        use ServiceType as T;
        match self {
            T::StiClinic
            | T::InfectiousDisease
            | T::FamilyClinic
            | T::PregnancyTermination
            | T::EmergencyDept
            | T::MigrantClinic
            | T::MentalHealth
            | T::Serd => ServiceMacro::Health,
            T::EmergencyShelter
            | T::EscapeHouse
            | T::SemiAutonomy
            | T::AntitraffickingDesk
            | T::Helpline
            | T::AntiviolenceCentre
            | T::LawEnforcement
            | T::MinorProtection
            | T::AssistedReturn => ServiceMacro::Protection,
            T::LegalAdvice | T::AsylumCommission | T::Cas | T::QuesturaPermit | T::Court => ServiceMacro::LegalAsylum,
            T::SocialServices
            | T::Desk
            | T::EmploymentCentre
            | T::CareerOrientation
            | T::SchoolCpia
            | T::Training
            | T::Internship
            | T::HousingLowThreshold
            | T::Other => ServiceMacro::SocialWorkTraining,
        }
    }

    /// What leaves the team: `pregnancy_termination` is rolled up into `family_clinic`.
    #[must_use]
    pub const fn outside_team(self) -> Self {
        match self {
            Self::PregnancyTermination => Self::FamilyClinic,
            other => other,
        }
    }

    /// Whether counts of this type are class S (`domain` D.3).
    #[must_use]
    pub const fn is_sensitive(self) -> bool {
        use ServiceType as T;
        matches!(
            self,
            T::InfectiousDisease
                | T::PregnancyTermination
                | T::MentalHealth
                | T::Serd
                | T::EmergencyShelter
                | T::EscapeHouse
                | T::SemiAutonomy
                | T::AntitraffickingDesk
                | T::AntiviolenceCentre
                | T::LawEnforcement
                | T::MinorProtection
                | T::AssistedReturn
                | T::AsylumCommission
                | T::Cas
                | T::Court
        )
    }
}

code_enum! {
    /// How soon.
    Urgency {
        /// *Subito*.
        Immediate = "immediate",
        /// *Entro 72 ore*.
        Within72h = "within_72h",
        /// *Ordinaria*.
        Routine = "routine",
    }
}

code_enum! {
    /// Who had the idea; never a clinical reason.
    ReferralReason {
        /// The person asked.
        PersonAsked = "person_asked",
        /// The worker proposed it.
        WorkerProposed = "worker_proposed",
        /// An emergency.
        Emergency = "emergency",
    }
}

code_enum! {
    /// Consent to pass anything on. The form itself is not stored.
    Consent {
        /// *Verbale*.
        Verbal = "verbal",
        /// *Scritto*.
        Written = "written",
        /// *Rifiutato*.
        Refused = "refused",
        /// *Non ancora necessario*.
        NotNeededYet = "not_needed_yet",
    }
}

code_enum! {
    /// State of a referral, always derived from its events.
    ReferralState {
        /// *Proposto*.
        Proposed = "proposed",
        /// *Accettato*.
        Accepted = "accepted",
        /// *Non voluto*. Terminal, drawn without reproach.
        Declined = "declined",
        /// *Prenotato*.
        Booked = "booked",
        /// *Richiesto* (emergency place).
        Requested = "requested",
        /// *Accompagnata*.
        Accompanied = "accompanied",
        /// *Arrivata al servizio*.
        Attended = "attended",
        /// *Non presentata*.
        NoShow = "no_show",
        /// *Consegnato al servizio*.
        HandedOver = "handed_over",
        /// *Posto trovato*.
        Placed = "placed",
        /// *Senza posto*. Never closed silently.
        NoPlace = "no_place",
        /// *Chiuso* with an outcome. Terminal.
        Closed = "closed",
        /// *Annullato*. Terminal.
        Cancelled = "cancelled",
        /// *Perso di vista*. Terminal.
        Lost = "lost",
    }
}

impl ReferralState {
    /// Whether nothing can follow.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Declined | Self::Closed | Self::Cancelled | Self::Lost)
    }

    /// The states that may follow this one (the machine of `domain` B.5; V20).
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        use ReferralState as S;
        match self {
            S::Proposed => &[S::Accepted, S::Declined, S::Cancelled, S::HandedOver],
            S::Accepted => {
                &[S::Booked, S::Requested, S::Accompanied, S::Attended, S::HandedOver, S::Cancelled, S::Lost]
            }
            S::Booked => &[S::Accompanied, S::Attended, S::NoShow, S::Booked, S::Cancelled, S::Lost],
            S::Accompanied => &[S::Attended, S::NoShow, S::Placed, S::NoPlace],
            S::NoShow => &[S::Booked, S::Closed, S::Lost],
            S::Attended | S::HandedOver | S::Placed | S::NoPlace => &[S::Closed],
            S::Requested => &[S::Placed, S::NoPlace, S::Accompanied, S::Cancelled],
            S::Declined | S::Closed | S::Cancelled | S::Lost => &[],
        }
    }

    /// Whether `accompanied` can still be reached (V36).
    #[must_use]
    pub const fn may_be_accompanied(self) -> bool {
        matches!(
            self,
            Self::Proposed | Self::Accepted | Self::Booked | Self::Requested | Self::NoShow | Self::Accompanied
        )
    }

    /// Whether the referral got as far as an acceptance (bit 2 of the intervention bits, I38).
    #[must_use]
    pub const fn is_accepted_or_later(self) -> bool {
        !matches!(self, Self::Proposed | Self::Declined | Self::Cancelled)
    }
}

code_enum! {
    /// How a closed referral ended; no diagnosis, no result (`N08`).
    ReferralOutcome {
        /// *Prestazione ricevuta*.
        ServiceReceived = "service_received",
        /// *Presa in carico*.
        TakenInCharge = "taken_in_charge",
        /// *Controllo fissato*.
        FollowUpPlanned = "follow_up_planned",
        /// *Accolta altrove*.
        PlacedElsewhere = "placed_elsewhere",
        /// *Rifiutata dal servizio*.
        RefusedByService = "refused_by_service",
        /// *Documenti mancanti*.
        DocumentsMissing = "documents_missing",
        /// *Ostacolo di lingua*.
        LanguageBarrier = "language_barrier",
        /// *Costo*.
        Cost = "cost",
        /// *Rinuncia*.
        PersonWithdrew = "person_withdrew",
        /// *Autorità informata*.
        AuthorityInformed = "authority_informed",
        /// *Non noto*.
        Unknown = "unknown",
    }
}

impl ReferralOutcome {
    /// Whether the outcome counts as completed for I16b.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        matches!(
            self,
            Self::ServiceReceived
                | Self::TakenInCharge
                | Self::FollowUpPlanned
                | Self::PlacedElsewhere
                | Self::AuthorityInformed
        )
    }
}

/// One step of a referral. Only the date, never the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReferralEvent {
    /// Operational date.
    pub date: NaiveDate,
    /// The state entered.
    pub state: ReferralState,
    /// Required on `closed`, absent otherwise (V21).
    pub outcome: Option<ReferralOutcome>,
}

/// Where a referral was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReferralOrigin {
    /// During an outing.
    Outing(OutingId),
    /// At the unit's desk.
    Desk,
}

/// A referral without its events.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// Random v4.
    pub id: ReferralId,
    /// Where it was opened.
    pub origin: ReferralOrigin,
    /// Operational date of the opening; no event is earlier (V20).
    pub opened_on: NaiveDate,
    /// The contact it came from. Local only.
    pub contact_id: Option<ContactId>,
    /// To find the person again. Local only: the desk follows the referral by its id.
    pub alias: Option<Alias>,
    /// Kind of service; rolled up outside the team.
    pub service_type: ServiceType,
    /// The directory entry. Local only: naming the clinic narrows the person.
    pub service_id: Option<ServiceEntryId>,
    /// How soon.
    pub urgency: Urgency,
    /// Whose idea.
    pub reason: Option<ReferralReason>,
    /// Language needed.
    pub language_need: Option<Language>,
    /// A mediator is needed.
    pub mediator_needed: bool,
    /// Somebody should go along.
    pub accompany_needed: bool,
    /// Consent to pass anything on.
    pub consent: Consent,
    /// The referral this one follows from.
    pub parent_id: Option<ReferralId>,
}

impl std::fmt::Debug for Referral {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Referral").field("id", &self.id).finish_non_exhaustive()
    }
}

code_enum! {
    /// How the way was made.
    TravelMode {
        /// *Auto*.
        Car = "car",
        /// *Mezzi pubblici*.
        PublicTransport = "public_transport",
        /// *A piedi*.
        OnFoot = "on_foot",
        /// *Appuntamento sul posto*.
        MeetThere = "meet_there",
    }
}

code_enum! {
    /// How an accompaniment ended.
    AccompanimentOutcome {
        /// *Fatto*.
        Done = "done",
        /// *Persona assente*.
        PersonAbsent = "person_absent",
        /// *Servizio chiuso*.
        ServiceClosed = "service_closed",
        /// *Annullato*.
        Cancelled = "cancelled",
    }
}

/// An accompaniment: going along with somebody to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accompaniment {
    /// Random v4.
    pub id: AccompanimentId,
    /// The referral it serves (V36).
    pub referral_id: ReferralId,
    /// Operational date.
    pub date: NaiveDate,
    /// 1…720 minutes.
    pub minutes: u16,
    /// How many of the staff went.
    pub staff_n: u8,
    /// How.
    pub mode: TravelMode,
    /// Outcome.
    pub outcome: AccompanimentOutcome,
}
