//! Stock, referrals, aliases, incidents and close.

use chrono::NaiveDate;
use domain::alias::Alias;
use domain::contact::Language;
use domain::desk_record::{IncidentAction, IncidentSeverity, IncidentType};
use domain::ids::{ItemCode, OperationId, ReferralId, ZoneCode};
use domain::outing::Weather;
use domain::referral::{
    AccompanimentOutcome, Consent, ReferralEvent, ReferralOutcome, ReferralReason, ReferralState, ServiceType,
    TravelMode, Urgency,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// *Scorte* of this phone's bag.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct StockView {
    /// One row per item loaded or handed out.
    pub rows: Vec<StockRowView>,
    /// All items that can be loaded, in the programme's order.
    pub items: Vec<ItemCode>,
}

/// One item: loaded, out, expected, counted.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct StockRowView {
    /// What.
    pub item: ItemCode,
    /// Loaded.
    pub loaded: u32,
    /// Handed out.
    pub out: u32,
    /// What should be in the bag, never below zero.
    pub expected: u32,
    /// What was counted at close, once it was.
    pub counted: Option<u32>,
    /// Of what was expected, broken or lost at the count.
    pub wasted: u32,
    /// More handed out than loaded (V19).
    pub over: bool,
}

/// Why the count differs from what is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DifferenceReason {
    /// *Rotti o persi*.
    Waste,
    /// *Errore nel carico*.
    LoadMistake,
}

/// The count of one item at close.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct CountInput {
    /// What.
    pub item: ItemCode,
    /// How many are there.
    pub counted: u32,
    /// Needed when it differs from what is expected.
    pub difference: Option<DifferenceReason>,
}

/// More is loaded during the outing.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct LoadInput {
    /// What.
    pub item: ItemCode,
    /// How many.
    pub quantity: u16,
}

/// *Invii*: the last of tonight and the open ones of the aliases met last; all of the unit for a lead who has stepped up.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ReferralsView {
    /// Without a place first, then what is open by urgency, the oldest first.
    pub referrals: Vec<ReferralCardView>,
    /// Types of service of the directory.
    pub service_types: Vec<ServiceType>,
    /// What may follow each state, for several steps of one evening.
    pub machine: Vec<StateView>,
    /// Everything the unit follows is listed.
    pub whole_unit: bool,
    /// Of somebody met just now nothing more is said before the code is given again, or the lead has stepped up.
    pub code_first: bool,
    /// How many were opened tonight on this phone, listed or not.
    pub opened_tonight: u32,
    /// How many are not at their end: of the unit if all is listed, else of tonight on this phone.
    pub to_follow: u32,
    /// The referral that this very command opened.
    pub opened: Option<ReferralId>,
}

/// A state and what may follow it (V20).
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct StateView {
    /// The state.
    pub state: ReferralState,
    /// What may follow.
    pub next: Vec<ReferralState>,
}

/// Asks for the open referrals of somebody who has just been met again.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct FollowUpsInput {
    /// The alias chosen on a card.
    pub alias: Alias,
}

impl std::fmt::Debug for FollowUpsInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FollowUpsInput")
    }
}

/// What there is to say of that alias.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct FollowUpsView {
    /// The open referrals of that person.
    pub referrals: Vec<ReferralCardView>,
    /// Nothing more is said of anybody else before the code is given again, or the lead has stepped up.
    pub code_first: bool,
}

/// One referral.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct ReferralCardView {
    /// Id.
    pub id: ReferralId,
    /// Four characters, to speak about it.
    pub code: String,
    /// Alias, only on the team's phones.
    pub alias: Option<Alias>,
    /// Kind of service.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
    /// Consent.
    pub consent: Consent,
    /// Somebody should go along.
    pub accompany_needed: bool,
    /// A mediator is needed.
    pub mediator_needed: bool,
    /// Operational date of the outing that opened it.
    pub opened_on: NaiveDate,
    /// Whether that is the outing under way.
    pub tonight: bool,
    /// This phone opened it in that outing and may correct it.
    pub can_correct: bool,
    /// Days since then.
    pub age_days: u16,
    /// The alias was chosen on a contact tonight.
    pub seen_tonight: bool,
    /// Days until it counts as lost of view, 0 when they are over; said in the last fortnight only.
    pub lost_in_days: Option<u16>,
    /// Minutes of the last accompaniment.
    pub accompanied_minutes: Option<u16>,
    /// The path so far.
    pub events: Vec<ReferralEvent>,
    /// Where it stands.
    pub state: ReferralState,
    /// What may come next; nothing else is offered.
    pub next: Vec<ReferralState>,
}

impl std::fmt::Debug for ReferralCardView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReferralCardView").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Opens a referral.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ReferralInput {
    /// The contact's card it comes from.
    pub card: Option<OperationId>,
    /// Alias, to find the person again.
    pub alias: Option<Alias>,
    /// Kind of service.
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
    /// The referral it follows from.
    pub parent_id: Option<ReferralId>,
    /// The answer given at once: `accepted`, `declined`, or none.
    pub answer: Option<ReferralState>,
}

impl std::fmt::Debug for ReferralInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReferralInput")
    }
}

/// *Adesso: che cosa è successo?*
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct AdvanceInput {
    /// The referral.
    pub referral: ReferralId,
    /// The next states, one or several on the same day ("accompagnata e arrivata").
    pub states: Vec<ReferralState>,
    /// Required with `closed` (V21).
    pub outcome: Option<ReferralOutcome>,
    /// Minutes, staff and mode, with `accompanied`.
    pub accompaniment: Option<AccompanimentInput>,
}

/// Going along.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct AccompanimentInput {
    /// 1…720 minutes.
    pub minutes: u16,
    /// How many of the staff.
    pub staff_n: u8,
    /// How.
    pub mode: TravelMode,
    /// Outcome.
    pub outcome: AccompanimentOutcome,
}

/// Alias picker.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct AliasPickerInput {
    /// First letters, upper case; empty for the last used.
    pub prefix: String,
}

impl std::fmt::Debug for AliasPickerInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AliasPickerInput")
    }
}

/// Aliases to choose from. Never anything about the person.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct AliasPickerView {
    /// The last six used, or those that match.
    pub known: Vec<Alias>,
    /// Three new ones.
    pub proposals: Vec<Alias>,
}

impl std::fmt::Debug for AliasPickerView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AliasPickerView")
    }
}

/// An incident (*episodio*).
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct IncidentInput {
    /// What.
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: IncidentSeverity,
    /// What was done.
    pub action: IncidentAction,
    /// To be talked about.
    pub debrief_needed: bool,
    /// Where, on this phone only.
    pub zone: Option<ZoneCode>,
}

/// *Chiudi l'uscita*: what is done and what is open.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CloseView {
    /// Persons met.
    pub persons: u32,
    /// Contacts written.
    pub contacts: u32,
    /// Cards begun and not saved.
    pub open_cards: u32,
    /// Referrals opened tonight.
    pub referrals: u32,
    /// What was said of the close so far.
    pub noted: CloseNotes,
    /// Items whose count is missing or does not balance (V17).
    pub stock_open: Vec<ItemCode>,
    /// Incidents written.
    pub incidents: u32,
    /// The last incidents written, the latest first, no more than the policy's last records.
    pub last_incidents: Vec<IncidentType>,
    /// Immediate referrals without a second event (V22): tell the coordinator.
    pub immediate_open: u32,
    /// The immediate referrals of tonight, and how far they got.
    pub immediate: Vec<ImmediateView>,
    /// Local time of the start, `21:30`.
    pub started_at: String,
    /// Local time now.
    pub now: String,
    /// Minutes since the start.
    pub minutes: u32,
    /// Telephone of the coordinator.
    pub coordinator_phone: Option<String>,
}

/// One immediate referral of tonight: where to, and how far it got.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ImmediateView {
    /// Kind of service.
    pub service_type: ServiceType,
    /// Where it stands.
    pub state: ReferralState,
}

/// What the team says of the close before it closes. Kept with the outing, so that a lock takes nothing away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CloseNotes {
    /// 0…400.
    pub km: Option<u16>,
    /// Weather.
    pub weather: Weather,
    /// The coordinator has been told of what is open.
    pub coordinator_alerted: bool,
}

impl Default for CloseNotes {
    fn default() -> Self {
        Self { km: None, weather: Weather::NotRecorded, coordinator_alerted: false }
    }
}

/// Closes the outing.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct CloseInput {
    /// 0…400.
    pub km: Option<u16>,
    /// Weather.
    pub weather: Weather,
    /// At most 280 characters, scanned (V30).
    pub note: Option<String>,
    /// The coordinator has been told of what is open.
    pub coordinator_alerted: bool,
}

impl std::fmt::Debug for CloseInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CloseInput")
    }
}
