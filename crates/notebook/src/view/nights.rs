//! *Uscite*: weeks by days, and one night of them.

use super::desk::FigureView;
use crate::desk::PlanChange;
use chrono::NaiveDate;
use domain::ids::{OperatorCode, OutingId, PlanId, UnitId};
use domain::operation::AmendmentReason;
use domain::outing::{CancelReason, CrewMember, OutingType, Weather};
use domain::time::IsoWeek;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an outing stands at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NightStanding {
    /// Signed, and here whole.
    Done,
    /// It did not take place.
    Cancelled,
    /// Its day is not over.
    Planned,
    /// Its day is over; records of the unit came to the server since its last signature.
    Unsigned,
    /// Its day is over, and nothing came.
    NoNews,
}

/// Which part of the calendar.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[ts(export)]
pub struct NightsInput {
    /// The last week shown; none for the weeks around today.
    pub last: Option<IsoWeek>,
    /// Only this unit's.
    pub unit: Option<UnitId>,
}

/// The calendar.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct NightsView {
    /// The operational date.
    pub today: NaiveDate,
    /// The programme's name, for the print.
    pub programme: String,
    /// The programme's days: a plan lies within them.
    pub project: (NaiveDate, NaiveDate),
    /// The last week that is over.
    pub settled: IsoWeek,
    /// The last week of the part before.
    pub earlier: IsoWeek,
    /// The last week of the part after.
    pub later: IsoWeek,
    /// The weeks, oldest first.
    pub weeks: Vec<CalendarWeekView>,
    /// The programme's units.
    pub units: Vec<UnitId>,
    /// The unit shown, if it is one only.
    pub unit: Option<UnitId>,
    /// Planned against done, in the weeks shown.
    pub tally: PlanTallyView,
    /// Units of which records came that nobody has signed.
    pub unsigned: Vec<UnsignedView>,
}

/// One week of the calendar.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CalendarWeekView {
    /// Which.
    pub week: IsoWeek,
    /// Monday to Sunday.
    pub days: Vec<CalendarDayView>,
}

/// One day of it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CalendarDayView {
    /// The date.
    pub date: NaiveDate,
    /// Its outings, planned or done.
    pub nights: Vec<CalendarNightView>,
}

/// One outing of the calendar.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CalendarNightView {
    /// Unit.
    pub unit: UnitId,
    /// Kind; of a night that took place, what it was.
    pub outing_type: OutingType,
    /// How it stands.
    pub standing: NightStanding,
    /// Why it did not take place.
    pub reason: Option<CancelReason>,
    /// Day from which its plan was moved.
    pub moved_from: Option<NaiveDate>,
    /// Why.
    pub moved_reason: Option<CancelReason>,
    /// Its plan.
    pub plan: Option<PlanId>,
    /// Its night log.
    pub outing_id: Option<OutingId>,
    /// Records of its night log.
    pub records: u32,
    /// Contacts (I05).
    pub contacts: u64,
    /// Amendments.
    pub amendments: u16,
}

/// Planned against done (I01).
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct PlanTallyView {
    /// Planned.
    pub planned: u64,
    /// Took place.
    pub done: u64,
    /// Of these, planned.
    pub done_as_planned: u64,
    /// Did not take place.
    pub cancelled: u64,
    /// Planned, over, nothing came.
    pub no_news: u64,
}

/// What nobody has signed of a unit.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct UnsignedView {
    /// Unit.
    pub unit: UnitId,
    /// Records that came since its last signature.
    pub records: u64,
}

/// Which night.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct DeskNightInput {
    /// The outing.
    pub outing_id: OutingId,
}

/// One night: numbers, never rows.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DeskNightView {
    /// The outing.
    pub outing_id: OutingId,
    /// Unit.
    pub unit: UnitId,
    /// Operational date.
    pub date: NaiveDate,
    /// Kind.
    pub outing_type: OutingType,
    /// Local start, `21:30`.
    pub started_at: String,
    /// Local end.
    pub ended_at: String,
    /// Codes and roles.
    pub crew: Vec<CrewMember>,
    /// Weather.
    pub weather: Weather,
    /// Why it did not take place.
    pub cancelled: Option<CancelReason>,
    /// Its numbers.
    pub figures: Vec<FigureView>,
    /// Records of its night log.
    pub records: u32,
    /// Hours from its end to the first signature.
    pub signed_after_hours: u32,
    /// Every version that came, the first one first.
    pub versions: Vec<NightVersionView>,
}

/// One version of a night log.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct NightVersionView {
    /// 0 as signed off, then one more with each amendment.
    pub number: u16,
    /// Code of who signed.
    pub by: OperatorCode,
    /// Day of the signature.
    pub on: NaiveDate,
    /// Why it was amended.
    pub reason: Option<AmendmentReason>,
    /// The name of the device that signed, `D1`.
    pub device: String,
    /// Contacts (I05) that it counts.
    pub contacts: u64,
    /// It is the one that counts.
    pub stands: bool,
}

/// *Pianifica*.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct PlanInput {
    /// Who goes out.
    pub unit: UnitId,
    /// Kind of outing.
    pub outing_type: OutingType,
    /// The first day.
    pub from: NaiveDate,
    /// On how many weeks: 1 for one outing.
    pub weeks: u16,
    /// What the calendar shows.
    pub shown: NightsInput,
}

/// *Sposta*, *Segna annullata*, …
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ChangePlanInput {
    /// Which plan.
    pub plan: PlanId,
    /// What becomes of it.
    pub change: PlanChange,
    /// What the calendar shows.
    pub shown: NightsInput,
}
