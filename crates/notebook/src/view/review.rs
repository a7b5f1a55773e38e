//! *Verifica*: the lead's review, sign-off and amendments.

use chrono::NaiveDate;
use domain::alias::Alias;
use domain::contact::{AgeBand, ContactKind, Depth, Gender};
use domain::ids::{ContactId, NationalityCode, OperatorCode, OutingId, ZoneCode};
use domain::operation::{AmendmentReason, ContactField, DuplicateDecision, OutingField, RecordRef};
use domain::outing::{OutingStatus, OutingType, ShortCrewReason};
use domain::validate::Finding;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::night::ItemCount;

/// One outing in a list.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct OutingSummaryView {
    /// The outing.
    pub outing_id: OutingId,
    /// Operational date.
    pub date: NaiveDate,
    /// Type.
    pub outing_type: OutingType,
    /// Where it stands.
    pub status: OutingStatus,
    /// The server's receipt covers everything this phone wrote for it.
    pub received: bool,
    /// Phones whose records are here.
    pub phones: u16,
    /// Operations that came after the sign-off and wait for a *rettifica*.
    pub late: u32,
    /// *Rettifiche* so far.
    pub amendments: u16,
    /// The day on which this phone forgot its details.
    pub forgotten_on: Option<NaiveDate>,
}

/// Names an outing.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct OutingInput {
    /// The outing.
    pub outing_id: OutingId,
}

/// *Verifica*: decisions first, notes after.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ReviewView {
    /// The outing.
    pub outing: OutingSummaryView,
    /// Pairs to decide (V08, V34).
    pub pairs: Vec<PairView>,
    /// Findings that block until their cause is gone or they are accepted.
    pub blocking: Vec<FindingView>,
    /// Findings that only inform.
    pub notes: Vec<FindingView>,
    /// Fields two people changed unaware of each other.
    pub conflicts: Vec<ConflictView>,
    /// Operations that have no effect, because their author was not entitled to them.
    pub refusals: Vec<RefusalView>,
    /// Why somebody went out alone, as it was said at the start (V03).
    pub short_crew: Option<ShortCrewReason>,
    /// Counts as they would be signed.
    pub counts: CountsView,
    /// Phones whose records are in, the one that opened the outing first.
    pub phones: Vec<PhoneView>,
    /// What of the other phones is not here, as far as this phone can know. A signature is given without it; when it
    /// comes it is late.
    pub missing: Vec<MissingRecordsView>,
    /// What an amendment would change; none where nothing came after the sign-off.
    pub amendment: Option<AmendmentView>,
    /// Nobody has closed the outing: the local time of its last record, at which the lead may close it.
    pub last_record_at: Option<String>,
    /// Crew codes, to choose who signs.
    pub operators: Vec<OperatorCode>,
    /// Nothing left to decide: *Firma e manda la verifica* is enabled.
    pub can_sign: bool,
    /// Something came after the sign-off and nothing is left to decide: *Firma la rettifica* is enabled.
    pub can_amend: bool,
}

/// The numbers of an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CountsView {
    /// Persons met.
    pub persons: u32,
    /// Contacts.
    pub contacts: u32,
    /// Presences seen, not reached.
    pub seen: u32,
    /// Referrals opened.
    pub referrals: u32,
    /// Incidents.
    pub incidents: u32,
}

/// One phone of an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PhoneView {
    /// 1 for the phone that opened the outing, 2, 3 … for the others.
    pub number: u16,
    /// It is the one in hand.
    pub is_this: bool,
    /// Contacts, observations, referrals and incidents it wrote that stand.
    pub records: u32,
    /// It closed the outing: nothing more is expected of it.
    pub closed: bool,
    /// Records that are new since the sign-off.
    pub late_new: u32,
    /// Records it corrected or took back since the sign-off.
    pub late_changed: u32,
    /// Anything else it wrote since: closing, stops, stock.
    pub late_other: u32,
}

/// Why records of another phone are not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum MissingReason {
    /// They have not come.
    NotArrived,
    /// They wait for the coordinator's word: their phone is revoked.
    WaitsForDesk,
    /// A newer version of the app wrote them.
    TooNew,
    /// The server did not take them; they are on their phone.
    Refused,
    /// They came, and cannot be opened or are not their phone's.
    Unreadable,
}

/// Records of another phone that are not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MissingRecordsView {
    /// 1 for the phone that opened the outing, 2, 3 … for the others.
    pub phone: u16,
    /// Why.
    pub reason: MissingReason,
    /// How many operations, at least 1.
    pub count: u32,
}

/// What a *rettifica* would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct AmendmentView {
    /// Its number.
    pub number: u16,
    /// The numbers as they are counted now; those after it are the review's.
    pub before: CountsView,
}

/// Two cards that may be one.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PairView {
    /// The earlier card.
    pub first: PairSideView,
    /// The later card.
    pub second: PairSideView,
    /// They share an alias (V08); otherwise they only look alike (V34).
    pub same_alias: bool,
    /// What is preselected.
    pub proposed: DuplicateDecision,
    /// Handouts of both together: what stays counted, whatever is decided.
    pub together: Vec<ItemCount>,
    /// What each decision does to the number of persons.
    pub effects: Vec<PairEffectView>,
}

/// What a decision about a pair does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PairEffectView {
    /// The decision.
    pub decision: DuplicateDecision,
    /// Persons that the two cards count together after it.
    pub persons: u32,
}

/// One card of a pair.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct PairSideView {
    /// The contact.
    pub contact: ContactId,
    /// 1 for the phone that opened the outing, 2, 3 … for the others.
    pub phone: u16,
    /// Number of the stop, if stops are used.
    pub stop: Option<u16>,
    /// Aliases.
    pub aliases: Vec<Alias>,
    /// Gender.
    pub gender: Gender,
    /// First or known.
    pub kind: ContactKind,
    /// Age band.
    pub age_band: AgeBand,
    /// Nationality.
    pub nationality: NationalityCode,
    /// Zone.
    pub zone: ZoneCode,
    /// Half-hour, `21:30`.
    pub slot: String,
    /// How far it went.
    pub depth: Depth,
    /// Handed out.
    pub handouts: Vec<ItemCount>,
}

impl std::fmt::Debug for PairSideView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PairSideView").field("contact", &self.contact).finish_non_exhaustive()
    }
}

/// A finding, with what the screen needs to say it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FindingView {
    /// Rule, severity, place.
    pub finding: Finding,
    /// Zone of the contact concerned, for the sentence.
    pub zone: Option<ZoneCode>,
    /// The record to correct, if it is about one.
    pub record: Option<RecordRef>,
    /// How many records the sentence speaks of, at least 1.
    pub count: u32,
    /// The lead may let it stand.
    pub acceptable: bool,
}

/// A conflict the lead is shown.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ConflictView {
    /// The contact, if it is about one.
    pub contact: Option<ContactId>,
    /// The field of the contact.
    pub contact_field: Option<ContactField>,
    /// The field of the outing.
    pub outing_field: Option<OutingField>,
}

/// Why an operation has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RefusalReason {
    /// Only a lead's phone may do this.
    NotLead,
    /// It changes a record of another phone.
    NotOwner,
    /// It changes a record that is not there.
    NoRecord,
}

/// What one phone wrote without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RefusalView {
    /// 1 for the phone that opened the outing, 2, 3 … for the others.
    pub phone: u16,
    /// Why.
    pub reason: RefusalReason,
    /// How many operations.
    pub count: u32,
}

/// Settles a pair.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct SettleInput {
    /// The outing.
    pub outing_id: OutingId,
    /// Stays as it is.
    pub first: ContactId,
    /// Is changed by the decision.
    pub second: ContactId,
    /// The decision.
    pub decision: DuplicateDecision,
}

/// Lets a finding stand.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct AcceptInput {
    /// The outing.
    pub outing_id: OutingId,
    /// The finding, as it was shown.
    pub finding: Finding,
}

/// Signs an outing off.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct SignInput {
    /// The outing.
    pub outing_id: OutingId,
    /// Who signs.
    pub operator: OperatorCode,
    /// How many operations were shown as missing: it is signed without them. With another number it is not signed.
    pub without: u32,
}

/// Amends a signed-off outing: includes everything that is known now.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct AmendInput {
    /// The outing.
    pub outing_id: OutingId,
    /// Who amends.
    pub operator: OperatorCode,
    /// Why.
    pub reason: AmendmentReason,
    /// As for a signature.
    pub without: u32,
}
