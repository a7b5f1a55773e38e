//! *Settimana*: the coordinator's page of a week, or of a longer period.

use super::desk::{DeskStatusView, Face, FigureView, RangeView, TableView};
use chrono::NaiveDate;
use domain::ids::{OrgId, OutingId, UnitId, ZoneCode};
use domain::outing::OutingType;
use domain::time::{IsoWeek, SpanKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which period, and which face.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct PeriodInput {
    /// How long.
    pub kind: SpanKind,
    /// A day of the period; that of the latest night if absent.
    pub date: Option<NaiveDate>,
    /// Which face.
    pub face: Face,
}

/// A number of the page of which one wants to know more.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ExplainInput {
    /// How long.
    pub kind: SpanKind,
    /// A day of the period.
    pub date: NaiveDate,
    /// Id of a figure, or of a table.
    pub id: String,
    /// The row of the table; a figure has none.
    pub row: Option<String>,
}

/// One night counted.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct NightRowView {
    /// The outing.
    pub outing_id: OutingId,
    /// Unit.
    pub unit: UnitId,
    /// Operational date.
    pub date: NaiveDate,
    /// Type.
    pub outing_type: OutingType,
    /// Minutes.
    pub minutes: u32,
    /// Contacts (I05).
    pub contacts: u64,
    /// Amendments.
    pub amendments: u16,
}

/// Part of a number: of one night, or of one week of a long period.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PartView {
    /// Operational date, or Monday.
    pub date: NaiveDate,
    /// The week, where the part is one.
    pub week: Option<IsoWeek>,
    /// The night's unit.
    pub unit: Option<UnitId>,
    /// The night's type.
    pub outing_type: Option<OutingType>,
    /// What it counts.
    pub value: u64,
}

/// Where a number comes from.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ExplainView {
    /// The parts, oldest first, those that count nothing included.
    pub parts: Vec<PartView>,
    /// Of the number, what day staff wrote at the desk. Absent where the parts do not add up to the number: unique
    /// persons, ratios, stocks.
    pub at_desk: Option<u64>,
}

/// A planned outing of which nothing has come.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct SilentNightView {
    /// Its date.
    pub date: NaiveDate,
    /// The unit.
    pub unit: UnitId,
    /// Sealed records of the unit have come since, so that its night waits for the signature; else there is no news.
    pub unsigned: bool,
}

/// Planned against done (I01).
#[derive(Clone, Debug, Default, Serialize, TS)]
#[ts(export)]
pub struct PlanView {
    /// Planned outings, cancelled ones included.
    pub planned: u64,
    /// Outings that took place.
    pub done: u64,
    /// Of these, planned.
    pub as_planned: u64,
    /// Outings that did not take place.
    pub cancelled: u64,
    /// Planned, and their day is not over.
    pub ahead: u64,
    /// Planned, over, and not counted.
    pub silent: Vec<SilentNightView>,
}

/// What is missing, or waits for somebody: *Cosa manca*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum GapKind {
    /// Somebody for whom there was no bed. Always on the list, also when there is nobody.
    NoPlace,
    /// Urgent referrals without a step.
    Urgent,
    /// Planned nights of which nothing has come.
    NoNews,
    /// Records that have come sealed and wait for a lead's signature.
    Unsigned,
    /// Referrals that nobody has touched for long.
    Silent,
    /// Nights that were amended after the period had ended.
    AmendedLate,
    /// Steps of referrals that have not come yet.
    WaitingSteps,
    /// Envelopes that could not be opened.
    SetAside,
}

/// One line of *Cosa manca*.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GapView {
    /// What.
    pub kind: GapKind,
    /// How many.
    pub count: u64,
    /// Whose, where it is one unit's.
    pub unit: Option<UnitId>,
    /// The nights concerned, oldest first.
    pub dates: Vec<NaiveDate>,
}

/// How a week of the trend stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum WeekStanding {
    /// Something was counted, and nothing is known to be missing.
    Counted,
    /// Nobody went out.
    NoOuting,
    /// Planned nights of it are missing or not signed: the numbers are too small.
    Partial,
    /// Nothing of it has come, or not all that has is signed.
    NoNews,
    /// All of it has come, and waits for a signature.
    Unsigned,
}

/// One week of the trend.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct TrendWeekView {
    /// The week.
    pub week: IsoWeek,
    /// How it stands.
    pub standing: WeekStanding,
    /// I05.
    pub contacts: u64,
    /// I10.
    pub presences: u64,
    /// I09.
    pub unique: RangeView,
    /// I01.
    pub outings: u64,
    /// I11, condoms.
    pub condoms: u64,
    /// I15.
    pub referrals_opened: u64,
}

/// The page of a period.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PeriodView {
    /// How long.
    pub kind: SpanKind,
    /// `2026-W11`, `2026-03`, `2026-Q1`, `2026`; the project has none.
    pub label: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// It is not over yet.
    pub running: bool,
    /// A day of the period before, if there may be something in it.
    pub previous: Option<NaiveDate>,
    /// A day of the period after.
    pub next: Option<NaiveDate>,
    /// Which face.
    pub face: Face,
    /// Periods of this kind may be released; else there is no external face.
    pub may_release: bool,
    /// Threshold of the external face.
    pub k: u64,
    /// Version of the definitions.
    pub definitions: u16,
    /// Programme's name.
    pub programme: String,
    /// Name of each zone, for the zone table.
    pub zones: Vec<(ZoneCode, String)>,
    /// Name of each organisation.
    pub orgs: Vec<(OrgId, String)>,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// Unique persons (I09), if they may be shown.
    pub unique: Option<RangeView>,
    /// Breakdowns.
    pub tables: Vec<TableView>,
    /// Day on which the completion of the referrals opened here is measured (I16b).
    pub completion_on: NaiveDate,
    /// Planned against done.
    pub plan: PlanView,
    /// *Cosa manca*, what is most urgent first.
    pub gaps: Vec<GapView>,
    /// Nights counted; empty on the external face and in periods longer than a month.
    pub nights: Vec<NightRowView>,
    /// The thirteen weeks up to the end of the period, oldest first; empty on the external face.
    pub trend: Vec<TrendWeekView>,
    /// The desk's last look at the server.
    pub status: DeskStatusView,
}
