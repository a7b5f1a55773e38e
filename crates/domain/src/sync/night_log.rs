//! What the desk learns: the reviewed, coarse projection of an outing, and the small entries of day staff.
//!
//! These are the only types that leave the team. They hold no alias, no note, no minute of a contact, no stop, no
//! device, no directory entry; person tokens stand apart from the rows. They are written by [`super::project`],
//! which names every field of every entity.

use crate::alias::PersonToken;
use crate::contact::{
    AgeBand, Concern, ContactKind, ContactMode, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup,
};
use crate::depot::DepotRow;
use crate::desk_record::{DeskTopic, EventType, IncidentAction, IncidentSeverity, IncidentType, MinutesBand};
use crate::ids::{
    ContactId, DeskAccessId, DeviceId, EventId, IncidentId, ItemCode, NationalityCode, ObservationId, OperatorCode,
    OutingId, ReferralId, UnitId, ZoneCode,
};
use crate::observation::ObservationReason;
use crate::operation::AmendmentReason;
use crate::outing::{CancelReason, CrewMember, OutingType, Weather};
use crate::plan::PlannedRow;
use crate::referral::{Accompaniment, Consent, ReferralEvent, ReferralOrigin, ReferralReason, ServiceType, Urgency};
use crate::release::SignedRelease;
use crate::release::history::Exact;
use crate::supply::Leaflet;
use crate::sync::act::ActRow;
use crate::sync::chain::Bytes;
use crate::sync::correction::CorrectionRow;
use crate::sync::publish::PasswordHash;
use crate::time::SlotBand;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Version of the content of night-log envelopes.
pub const NIGHT_LOG_SCHEMA: u16 = 1;

/// Content of one envelope of the night-log stream.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskEnvelope {
    /// [`NIGHT_LOG_SCHEMA`] of the writer.
    pub schema: u16,
    /// Sequence number in the sender's log; must equal the envelope's.
    pub sequence: u64,
    /// What it says.
    pub entry: DeskEntry,
}

/// One thing the desk learns.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "one value at a time, never in a collection")]
pub enum DeskEntry {
    /// A signed-off outing, or its amendment.
    NightLog(NightLog),
    /// Day staff opened a referral.
    ReferralOpened(ReferralRow),
    /// A referral went on, after its night.
    ReferralAdvanced {
        /// The referral.
        referral_id: ReferralId,
        /// New events.
        events: Vec<ReferralEvent>,
    },
    /// Somebody went along.
    Accompanied(Accompaniment),
    /// Somebody came to the desk.
    DeskAccess(DeskAccessRow),
    /// An awareness event.
    Event(EventRow),
    /// Outings were planned, moved, cancelled.
    Planned(Vec<PlannedRow>),
    /// Something was delivered to the depot, counted there, ordered for it.
    Depot(Vec<DepotRow>),
    /// An incident that belongs to no outing.
    Incident(DeskIncidentRow),
    /// One of day staff's entries was wrong.
    Corrected(CorrectionRow),
    /// A desk did something that leaves no other trace.
    Acts(Vec<ActRow>),
    /// A release was made, so that every desk knows of it.
    Released(ReleasedRow),
    /// It was published.
    Published(PublishedRow),
    /// It was withdrawn from the server.
    Withdrawn {
        /// Number of the release.
        number: u32,
        /// The day.
        on: NaiveDate,
    },
}

/// A release, and what only desks know of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedRow {
    /// As it was signed.
    pub signed: SignedRelease,
    /// The counts behind its tables of persons.
    pub exact: Vec<Exact>,
}

/// Where a release lies. The password itself is kept nowhere.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedRow {
    /// Number of the release.
    pub number: u32,
    /// The desk that made it: two desks may have given one number, and only one of the two documents is published.
    pub desk: DeviceId,
    /// Its recipient's link.
    pub link: Bytes,
    /// Of the recipient's password.
    pub password: PasswordHash,
    /// The day.
    pub on: NaiveDate,
}

impl std::fmt::Debug for DeskEnvelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskEnvelope").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

/// The diary of one outing (*diario della notte*) as signed off.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightLog {
    /// The outing.
    pub outing: OutingRow,
    /// Contacts, by id: the order says nothing about the night.
    pub contacts: Vec<ContactRow>,
    /// Observations.
    pub observations: Vec<ObservationRow>,
    /// Totals per item.
    pub supplies: Vec<SupplyRow>,
    /// Leaflets handed out, per topic and language.
    pub leaflets: Vec<LeafletRow>,
    /// Referrals opened.
    pub referrals: Vec<ReferralRow>,
    /// Events of earlier referrals noted tonight.
    pub follow_ups: Vec<FollowUpRow>,
    /// Accompaniments.
    pub accompaniments: Vec<Accompaniment>,
    /// Incidents.
    pub incidents: Vec<IncidentRow>,
    /// Tokens of linked people, by token: apart from the rows.
    pub presence: Vec<PresenceRow>,
    /// Amendments so far, oldest first; empty for the first version.
    pub amendments: Vec<AmendmentRow>,
}

impl std::fmt::Debug for NightLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NightLog").field("outing", &self.outing.id).finish_non_exhaustive()
    }
}

impl NightLog {
    /// Number of the version: 0 as signed off, then one more with each amendment.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.amendments.last().map_or(0, |amendment| amendment.number)
    }
}

/// The outing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutingRow {
    /// Random id.
    pub id: OutingId,
    /// Unit.
    pub unit: UnitId,
    /// Kind.
    pub outing_type: OutingType,
    /// Local date of the start.
    pub date: NaiveDate,
    /// Start: staff data, fine for hours.
    pub start_at: DateTime<Utc>,
    /// End; equals the start for a cancelled outing.
    pub end_at: DateTime<Utc>,
    /// Codes and roles.
    pub crew: Vec<CrewMember>,
    /// Kilometres.
    pub km: Option<u16>,
    /// Weather.
    pub weather: Weather,
    /// Set if the outing did not take place.
    pub cancelled: Option<CancelReason>,
    /// When the lead signed.
    pub reviewed_at: DateTime<Utc>,
    /// Who signed.
    pub reviewed_by: OperatorCode,
}

/// A contact, coarse.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContactRow {
    /// Random v4.
    pub id: ContactId,
    /// Individual or group.
    pub mode: ContactMode,
    /// Who it was.
    pub target_group: TargetGroup,
    /// How many.
    pub n_persons: u16,
    /// Quarter-sized zone.
    pub zone: ZoneCode,
    /// Part of the day.
    pub slot_band: SlotBand,
    /// First or known.
    pub kind: ContactKind,
    /// Gender.
    pub gender: Gender,
    /// Age band.
    pub age_band: AgeBand,
    /// Nationality.
    pub nationality: NationalityCode,
    /// Language.
    pub language: Language,
    /// How far it went.
    pub depth: Depth,
    /// What was done.
    pub services: BTreeSet<Service>,
    /// How many people of the row have an alias.
    pub linked_count: u16,
    /// Composition of a group.
    pub group_cells: Vec<GroupCell>,
    /// Concern.
    pub concern: Concern,
    /// Marks, without `follow_up`.
    pub flags: BTreeSet<Flag>,
    /// Same person again tonight.
    pub repeat_in_outing: bool,
    /// Privacy notice given.
    pub notice_given: bool,
}

impl std::fmt::Debug for ContactRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContactRow")
    }
}

/// People seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ObservationRow {
    /// Random v4.
    pub id: ObservationId,
    /// Zone.
    pub zone: ZoneCode,
    /// How many.
    pub n: u16,
    /// Gender.
    pub gender: Gender,
    /// Of these, apparently under age.
    pub apparent_minor: u16,
    /// Why no contact.
    pub reason: ObservationReason,
}

/// One item's totals of the night; `load = handed out + returned + wasted + adjusted` (V17).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SupplyRow {
    /// The item.
    pub item: ItemCode,
    /// Loaded.
    pub loaded: i64,
    /// Handed out to persons.
    pub to_persons: i64,
    /// Handed out to clients.
    pub to_clients: i64,
    /// Handed out to residents and third persons.
    pub to_others: i64,
    /// Came back.
    pub returned: i64,
    /// Broken or lost.
    pub wasted: i64,
    /// Given back by people (sharps); outside the balance.
    pub found: i64,
    /// Adjustments.
    pub adjusted: i64,
}

/// Leaflets of one topic and language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeafletRow {
    /// Topic and language.
    pub leaflet: Leaflet,
    /// Pieces handed out.
    pub n: i64,
}

/// A referral, with type rolled up and no directory entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReferralRow {
    /// Random v4.
    pub id: ReferralId,
    /// Outing or desk.
    pub origin: ReferralOrigin,
    /// Day of opening.
    pub opened_on: NaiveDate,
    /// Type outside the team.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
    /// Whose idea.
    pub reason: Option<ReferralReason>,
    /// Language needed.
    pub language_need: Option<Language>,
    /// Mediator needed.
    pub mediator_needed: bool,
    /// Company needed.
    pub accompany_needed: bool,
    /// Consent.
    pub consent: Consent,
    /// Follows from.
    pub parent_id: Option<ReferralId>,
    /// Events so far, oldest first.
    pub events: Vec<ReferralEvent>,
}

/// An event of a referral opened earlier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FollowUpRow {
    /// The referral.
    pub referral_id: ReferralId,
    /// The event.
    pub event: ReferralEvent,
}

/// An incident, without its zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IncidentRow {
    /// Random v4.
    pub id: IncidentId,
    /// What.
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: IncidentSeverity,
    /// What was done.
    pub action: IncidentAction,
    /// To be talked about.
    pub debrief_needed: bool,
}

/// One linked person on one outing. Bits: 0 condoms or lubricant, 1 information or counselling, 2 health referral
/// accepted or later (I38).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PresenceRow {
    /// Keyed token of the alias in the year's epoch.
    pub token: PersonToken,
    /// What the person was reached with.
    pub bits: u8,
}

/// An amendment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AmendmentRow {
    /// 1, 2, 3 …
    pub number: u16,
    /// Who.
    pub by: OperatorCode,
    /// Operational date on which it was made.
    pub date: NaiveDate,
    /// Why.
    pub reason: AmendmentReason,
}

/// A desk access.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeskAccessRow {
    /// Random v4.
    pub id: DeskAccessId,
    /// Day.
    pub date: NaiveDate,
    /// What for.
    pub topic: DeskTopic,
    /// Who.
    pub target_group: TargetGroup,
    /// How long.
    pub minutes_band: MinutesBand,
}

/// An awareness event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventRow {
    /// Random v4.
    pub id: EventId,
    /// Day.
    pub date: NaiveDate,
    /// For whom.
    pub event_type: EventType,
    /// People.
    pub participants: u16,
    /// Minutes.
    pub minutes: u16,
}

/// An incident (*episodio*) that day staff noted, away from any outing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DeskIncidentRow {
    /// Random v4.
    pub id: IncidentId,
    /// Day.
    pub date: NaiveDate,
    /// What.
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: IncidentSeverity,
    /// What was done.
    pub action: IncidentAction,
    /// To be talked about.
    pub debrief_needed: bool,
}
