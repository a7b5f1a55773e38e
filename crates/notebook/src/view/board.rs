//! *Invii* at the desk: the board of referrals.

use super::{AccompanimentInput, StateView};
use chrono::NaiveDate;
use domain::contact::Language;
use domain::ids::{ReferralId, UnitId};
use domain::referral::{
    AccompanimentOutcome, Consent, ReferralEvent, ReferralOutcome, ReferralReason, ReferralState, ServiceType,
    TravelMode, Urgency,
};
use domain::sync::correction::CorrectionReason;
use domain::time::IsoWeek;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// *Aperti, Chiusi, Tutti*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum BoardFilter {
    /// Those that have not ended.
    Open,
    /// Those that have.
    Ended,
    /// All.
    All,
}

/// What the board shows.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct BoardInput {
    /// Which referrals.
    pub filter: BoardFilter,
    /// The week whose stock is proved; the last one that is over if absent.
    pub week: Option<IsoWeek>,
}

/// What a referral waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Overdue {
    /// No bed was found; it leaves the board by hand only.
    NoPlace,
    /// *Subito* or *entro 72 ore*, and nothing is arranged in time.
    Urgent,
    /// No news for a fortnight.
    Silent,
}

/// How many wait, and for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ToDo {
    /// Without a place.
    pub no_place: u32,
    /// Urgent and not arranged in time.
    pub urgent: u32,
    /// Without news.
    pub silent: u32,
}

/// The board.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BoardView {
    /// Today, the right end of the day axis.
    pub today: NaiveDate,
    /// Which referrals are listed.
    pub filter: BoardFilter,
    /// How many are open.
    pub open: u32,
    /// What waits.
    pub to_do: ToDo,
    /// Without a place, listed or not: always shown.
    pub no_place: Vec<BoardRow>,
    /// The last emergency place that was found.
    pub last_placed: Option<PlacedView>,
    /// Open ones: the urgent first, then the oldest. Ended ones: the last to end first.
    pub rows: Vec<BoardRow>,
    /// How many more there are than are listed.
    pub more: u32,
    /// More than one unit takes part.
    pub many_units: bool,
    /// Days without an event before a referral is lost.
    pub lost_after_days: u16,
    /// Events of referrals that have not come here yet.
    pub waiting_events: u32,
    /// The stock of a week, proved.
    pub flow: FlowView,
    /// What may follow each state, for several steps of one day.
    pub machine: Vec<StateView>,
    /// Local time of the last successful look at the server.
    pub updated_at: Option<String>,
}

/// One referral on the board. It has no alias: that stays with the team.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BoardRow {
    /// Random id.
    pub id: ReferralId,
    /// The four characters by which people speak of it.
    pub code: String,
    /// Opened at the desk.
    pub from_desk: bool,
    /// The unit that opened it, if a team did.
    pub unit: Option<UnitId>,
    /// Where it goes.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
    /// Consent to pass anything on.
    pub consent: Consent,
    /// Language needed.
    pub language_need: Option<Language>,
    /// A mediator is needed.
    pub mediator_needed: bool,
    /// Somebody should go along.
    pub accompany_needed: bool,
    /// Day of the opening.
    pub opened_on: NaiveDate,
    /// Whole days since, until it ended.
    pub days: u32,
    /// The state it is in.
    pub state: ReferralState,
    /// Its steps, the end of one that is lost included.
    pub events: Vec<ReferralEvent>,
    /// What may follow what somebody noted; after `lost` too, because that was nobody's word.
    pub next: Vec<ReferralState>,
    /// What it waits for.
    pub overdue: Option<Overdue>,
    /// The day on which it will count as lost if nothing comes.
    pub lost_on: Option<NaiveDate>,
    /// It ended by nobody's word, because nothing came.
    pub lost_by_itself: bool,
    /// The last step was noted at a desk and may be taken back here.
    pub takes_back: bool,
    /// Whether an accompaniment may be noted (V36).
    pub allows_company: bool,
    /// The referral it follows from.
    pub parent: Option<String>,
    /// The referrals that follow from it.
    pub children: Vec<String>,
    /// Who went along.
    pub company: Vec<CompanyView>,
}

/// An accompaniment.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct CompanyView {
    /// Day.
    pub date: NaiveDate,
    /// Minutes.
    pub minutes: u16,
    /// How many of the staff.
    pub staff_n: u8,
    /// How.
    pub mode: TravelMode,
    /// How it went.
    pub outcome: AccompanimentOutcome,
}

/// An emergency place that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PlacedView {
    /// Asked for on this day.
    pub asked_on: NaiveDate,
    /// Days until it was found; 0 is the same night.
    pub days: u32,
}

/// `start + opened − ended = end`, and what became of those opened.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct FlowView {
    /// Some nights of the week have not come or are not signed: the numbers may be too small.
    pub partial: bool,
    /// The week.
    pub week: IsoWeek,
    /// Monday.
    pub from: NaiveDate,
    /// Sunday.
    pub to: NaiveDate,
    /// The week before, if anything had been opened by then.
    pub previous: Option<IsoWeek>,
    /// The week after, up to the present one.
    pub next: Option<IsoWeek>,
    /// Open before the week.
    pub start: u64,
    /// Opened in it (I15).
    pub opened: u64,
    /// Ended in it.
    pub ended: u64,
    /// Open at its end.
    pub end: u64,
    /// The day after which completion is measured (I16b).
    pub measured_on: NaiveDate,
    /// Of those opened, completed by that day; none before it is over.
    pub completed: Option<u64>,
    /// The same in percent, if enough were opened.
    pub completed_percent: Option<u64>,
}

/// A referral goes on.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct BoardStepInput {
    /// What the board shows.
    pub board: BoardInput,
    /// The referral.
    pub referral: ReferralId,
    /// The day of all the steps.
    pub date: NaiveDate,
    /// One step, or several of the same day; none if only company is noted.
    pub states: Vec<ReferralState>,
    /// Of `closed`.
    pub outcome: Option<ReferralOutcome>,
    /// Somebody went along.
    pub company: Option<AccompanimentInput>,
}

/// A referral that day staff open.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct DeskReferralInput {
    /// What the board shows.
    pub board: BoardInput,
    /// Day of the opening.
    pub date: NaiveDate,
    /// Where it goes.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
    /// Consent.
    pub consent: Consent,
    /// Whose idea.
    pub reason: Option<ReferralReason>,
    /// Language needed.
    pub language_need: Option<Language>,
    /// A mediator is needed.
    pub mediator_needed: bool,
    /// Somebody should go along.
    pub accompany_needed: bool,
    /// The referral it follows from.
    pub parent_id: Option<ReferralId>,
    /// The answer, if it was given on the same day.
    pub answer: Option<ReferralState>,
}

/// The last step was wrong.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct TakeBackStepInput {
    /// What the board shows.
    pub board: BoardInput,
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: CorrectionReason,
}
