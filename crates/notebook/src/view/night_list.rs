//! *La notte*: every record of an outing, for a lead who has given the step-up PIN, and their corrections.

use super::night::{HandoutInput, ZoneView};
use super::review::OutingSummaryView;
use domain::alias::Alias;
use domain::contact::{AgeBand, Concern, ContactKind, Depth, Flag, Gender, GroupCell, Language, Service, TargetGroup};
use domain::desk_record::{IncidentAction, IncidentSeverity, IncidentType};
use domain::ids::{ContactId, ItemCode, NationalityCode, OutingId, ZoneCode};
use domain::observation::ObservationReason;
use domain::operation::RecordRef;
use domain::referral::{ReferralState, ServiceType, Urgency};
use domain::rule::RuleId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The night of an outing, in the order in which it was lived.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct NightListView {
    /// The outing.
    pub outing: OutingSummaryView,
    /// Its records, by half-hour and zone.
    pub records: Vec<NightRecordView>,
    /// The note written at close, if there is one.
    pub note: Option<String>,
    /// Every zone of the programme, to correct one.
    pub zones: Vec<ZoneView>,
    /// Every nationality of the programme.
    pub nationalities: Vec<NationalityCode>,
    /// Every item of the programme.
    pub items: Vec<ItemCode>,
}

/// One record.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct NightRecordView {
    /// Which one.
    pub record: RecordRef,
    /// 1 for the phone that opened the outing, 2, 3 … for the others.
    pub phone: u16,
    /// Half-hour, `21:30`.
    pub slot: String,
    /// Where; none where it was not noted.
    pub zone: Option<ZoneCode>,
    /// It, or a correction of it, came after the signature and is not counted yet.
    pub late: bool,
    /// Rules that say something about it.
    pub rules: Vec<RuleId>,
    /// What it is.
    pub body: RecordBodyView,
}

/// What a record says.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "type", content = "is", rename_all = "snake_case")]
#[ts(export)]
pub enum RecordBodyView {
    /// A contact.
    Contact(ContactRecordView),
    /// People seen.
    Observation {
        /// Why no contact.
        reason: ObservationReason,
        /// How many.
        n: u16,
        /// Of these, apparently under age.
        apparent_minor: u16,
    },
    /// A referral opened during the outing.
    Referral {
        /// Where to.
        service_type: ServiceType,
        /// How soon.
        urgency: Urgency,
        /// Where it stands.
        state: ReferralState,
        /// For whom.
        alias: Option<Alias>,
    },
    /// Somebody went along with a referral.
    Accompaniment {
        /// Minutes.
        minutes: u16,
    },
    /// An incident.
    Incident {
        /// What happened.
        incident_type: IncidentType,
        /// How bad.
        severity: IncidentSeverity,
        /// What was done.
        action: IncidentAction,
    },
}

impl std::fmt::Debug for RecordBodyView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecordBodyView")
    }
}

/// A contact as it stands, with everything that can be corrected.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ContactRecordView {
    /// Whom.
    pub target_group: TargetGroup,
    /// 1, or the size of the group.
    pub n_persons: u16,
    /// Where.
    pub zone: ZoneCode,
    /// First or known; of a group it stands in the cells.
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
    pub services: Vec<Service>,
    /// Aliases.
    pub aliases: Vec<Alias>,
    /// Composition of a group; the rest is filled with *non rilevato* (V06).
    pub group_cells: Vec<GroupCell>,
    /// Concern.
    pub concern: Concern,
    /// Marks.
    pub flags: Vec<Flag>,
    /// The same person again tonight.
    pub repeat_in_outing: bool,
    /// Handed out, one line for each item, leaflets by topic and language.
    pub handouts: Vec<HandoutInput>,
}

impl std::fmt::Debug for ContactRecordView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ContactRecordView")
    }
}

/// Corrects a contact: what differs from how it stands is written, field by field.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ReviseContactInput {
    /// The outing.
    pub outing_id: OutingId,
    /// The contact.
    pub contact: ContactId,
    /// How it was shown: what somebody else changed meanwhile is left as it is.
    pub shown: ContactRecordView,
    /// How it should be.
    pub corrected: ContactRecordView,
}

/// Takes a record back.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct TakeBackInput {
    /// The outing.
    pub outing_id: OutingId,
    /// The record.
    pub record: RecordRef,
}
