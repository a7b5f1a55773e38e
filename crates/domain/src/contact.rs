//! Contact (*contatto*), individual and group in one table; `domain` B.3.

use crate::alias::Alias;
use crate::code::code_enum;
use crate::ids::{ContactId, DeviceId, NationalityCode, OutingId, StopId, ZoneCode};
use crate::time::Slot;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

code_enum! {
    /// One person, or several met together.
    ContactMode {
        /// One person.
        Individual = "individual",
        /// 2…30 people met together.
        Group = "group",
    }
}

code_enum! {
    /// Whom the unit talked to. Clients and others are never mixed with persons.
    TargetGroup {
        /// *Persona incontrata in strada*.
        Person = "person",
        /// *Cliente*.
        Client = "client",
        /// *Residente o passante*.
        Resident = "resident",
        /// *Terza persona*.
        ThirdParty = "third_party",
    }
}

code_enum! {
    /// First ever with this unit in this project, or known: the operator's judgement.
    ContactKind {
        /// *Primo contatto*.
        First = "first",
        /// *Già conosciuta*.
        Returning = "returning",
        /// *Non so*.
        Unknown = "unknown",
        /// Clients, residents, third persons (V09).
        NotApplicable = "not_applicable",
    }
}

code_enum! {
    /// Perceived or told, never asked for the form.
    Gender {
        /// *Donna*.
        Woman = "woman",
        /// *Donna trans*.
        TransWoman = "trans_woman",
        /// *Uomo trans*.
        TransMan = "trans_man",
        /// *Uomo*.
        Man = "man",
        /// *Altro*.
        Other = "other",
        /// *Non rilevato*.
        NotRecorded = "not_recorded",
    }
}

code_enum! {
    /// Estimated age, a band.
    AgeBand {
        /// *Minore presunta* (V11).
        Under18Presumed = "under_18_presumed",
        /// 18–24.
        From18To24 = "18_24",
        /// 25–34.
        From25To34 = "25_34",
        /// 35–44.
        From35To44 = "35_44",
        /// 45 and over.
        From45 = "45_plus",
        /// *Non rilevata*.
        NotRecorded = "not_recorded",
    }
}

code_enum! {
    /// The language spoken together; needed to plan mediators and leaflets.
    Language {
        /// Italian.
        It = "it",
        /// English.
        En = "en",
        /// Nigerian Pidgin.
        Pcm = "pcm",
        /// French.
        Fr = "fr",
        /// Spanish.
        Es = "es",
        /// Portuguese.
        Pt = "pt",
        /// Romanian.
        Ro = "ro",
        /// Albanian.
        Sq = "sq",
        /// Bulgarian.
        Bg = "bg",
        /// Hungarian.
        Hu = "hu",
        /// Russian.
        Ru = "ru",
        /// Ukrainian.
        Uk = "uk",
        /// Chinese.
        Zh = "zh",
        /// Arabic.
        Ar = "ar",
        /// Polish.
        Pl = "pl",
        /// Bengali.
        Bn = "bn",
        /// Urdu.
        Ur = "ur",
        /// Another language.
        Other = "other",
        /// *Nessuna lingua comune*.
        None = "none",
        /// *Non rilevata*.
        NotRecorded = "not_recorded",
    }
}

code_enum! {
    /// How far the encounter went.
    Depth {
        /// *Solo materiali*.
        SuppliesOnly = "supplies_only",
        /// *Breve*.
        Brief = "brief",
        /// *Colloquio*.
        Talk = "talk",
        /// *Colloquio riservato*.
        PrivateTalk = "private_talk",
        /// *Interrotto*.
        Interrupted = "interrupted",
        /// *Non rilevata*.
        NotRecorded = "not_recorded",
    }
}

code_enum! {
    /// What the unit did, besides handing things out (*prestazione*); `domain` B.8b.
    Service {
        /// *Presentazione unità*.
        UnitIntro = "unit_intro",
        /// *Riduzione del danno*.
        HrInfo = "hr_info",
        /// *Addestramento all'uso*.
        CondomDemo = "condom_demo",
        /// *Infezioni sessualmente trasmesse*.
        StiInfo = "sti_info",
        /// *Contraccezione*.
        ContraceptionInfo = "contraception_info",
        /// *Gravidanza*.
        PregnancyInfo = "pregnancy_info",
        /// *Sostanze e alcol*.
        SubstanceTalk = "substance_talk",
        /// *Diritti e documenti*.
        RightsInfo = "rights_info",
        /// *Tutele antitratta*.
        AntitraffickingInfo = "antitrafficking_info",
        /// *Orientamento ai servizi*.
        ServicesInfo = "services_info",
        /// *Lavoro*.
        JobInfo = "job_info",
        /// *Ascolto, sostegno*.
        PsychSupport = "psych_support",
        /// *Test rapido proposto*: the offer only, never a result (`N08`).
        RapidTestOffered = "rapid_test_offered",
        /// *Primo soccorso*.
        FirstAid = "first_aid",
        /// *Gestione di un'emergenza*.
        EmergencyHandling = "emergency_handling",
        /// *Mediazione con residenti o terzi*.
        Mediation = "mediation",
    }
}

impl Service {
    /// Whether the service sets bit 1 of the intervention bits (I38): information or counselling.
    #[must_use]
    pub const fn is_information(self) -> bool {
        matches!(
            self,
            Self::HrInfo
                | Self::CondomDemo
                | Self::StiInfo
                | Self::ContraceptionInfo
                | Self::PregnancyInfo
                | Self::SubstanceTalk
                | Self::RightsInfo
                | Self::AntitraffickingInfo
                | Self::ServicesInfo
        )
    }
}

code_enum! {
    /// Signs of exploitation as a level, nothing else; the indicator lists stay with the accredited body.
    Concern {
        /// *Non valutato*.
        NotAssessed = "not_assessed",
        /// *Nessun elemento*.
        NoneNoted = "none_noted",
        /// *Possibile*.
        Possible = "possible",
        /// *Probabile*.
        Probable = "probable",
        /// *Dichiarato dalla persona*.
        Declared = "declared",
    }
}

code_enum! {
    /// A mark on a contact, with no description attached.
    Flag {
        /// *Richiesta di uscita*.
        ExitRequest = "exit_request",
        /// *Protocollo minori*.
        MinorProtocol = "minor_protocol",
        /// *Urgenza sanitaria*.
        HealthUrgency = "health_urgency",
        /// *Violenza riferita*.
        ViolenceDisclosed = "violence_disclosed",
        /// *Da richiamare la prossima uscita*. Local only.
        FollowUp = "follow_up",
    }
}

/// Part of a group: how many people share these four answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GroupCell {
    /// First or known.
    pub kind: ContactKind,
    /// Gender.
    pub gender: Gender,
    /// Age band.
    pub age_band: AgeBand,
    /// Nationality of the programme's list.
    pub nationality: NationalityCode,
    /// How many, at least 1.
    pub n: u16,
}

impl GroupCell {
    /// `n` people of whom nothing was noted: what fills up a group (V06).
    #[must_use]
    pub fn not_recorded(n: u16) -> Self {
        Self {
            kind: ContactKind::Unknown,
            gender: Gender::NotRecorded,
            age_band: AgeBand::NotRecorded,
            nationality: NationalityCode::not_recorded(),
            n,
        }
    }
}

/// A contact. `kind`, `gender`, `age_band` and `nationality` speak of the one person of an individual contact;
/// in a group they hold the *not recorded* values and the composition stands in `group_cells`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Random v4.
    pub id: ContactId,
    /// The outing.
    pub outing_id: OutingId,
    /// The stop. Local only.
    pub stop_id: Option<StopId>,
    /// The device that wrote it. Local only.
    pub device_id: DeviceId,
    /// Individual or group.
    pub mode: ContactMode,
    /// Who it was.
    pub target_group: TargetGroup,
    /// 1 for an individual, 2…30 for a group (V05).
    pub n_persons: u16,
    /// Quarter-sized zone (V04).
    pub zone: ZoneCode,
    /// Half-hour; leaves the team only as a slot band (`N06`).
    pub slot: Slot,
    /// First or known.
    pub kind: ContactKind,
    /// Gender.
    pub gender: Gender,
    /// Age band.
    pub age_band: AgeBand,
    /// Nationality.
    pub nationality: NationalityCode,
    /// Language spoken.
    pub language: Language,
    /// How far it went.
    pub depth: Depth,
    /// What was done.
    pub services: BTreeSet<Service>,
    /// Team aliases, at most `n_persons` (V07). Local only; leave as tokens, apart from the rows.
    pub aliases: Vec<Alias>,
    /// Composition of a group; the sum of `n` is `n_persons` (V06).
    pub group_cells: Vec<GroupCell>,
    /// Level of concern.
    pub concern: Concern,
    /// Marks.
    pub flags: BTreeSet<Flag>,
    /// The same person again tonight: supplies count, the person does not.
    pub repeat_in_outing: bool,
    /// The short spoken privacy notice was given.
    pub notice_given: bool,
    /// Suspected double of another contact. Local only.
    pub possible_duplicate_of: Option<ContactId>,
}

impl Contact {
    /// Number of aliases on the row: what the desk learns instead of the aliases.
    #[must_use]
    pub fn linked_count(&self) -> u16 {
        u16::try_from(self.aliases.len()).unwrap_or(u16::MAX)
    }

    /// Whether the contact counts persons (P of `domain` D.1).
    #[must_use]
    pub fn counts_persons(&self) -> bool {
        self.target_group == TargetGroup::Person && !self.repeat_in_outing
    }
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contact").field("id", &self.id).finish_non_exhaustive()
    }
}
