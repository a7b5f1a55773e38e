//! *Scorte* of the desk: what lies in the depot, how long it lasts, what is to be ordered, and the week's balance.

use chrono::NaiveDate;
use domain::contact::Language;
use domain::depot::DepotMove;
use domain::ids::{ItemCode, OutingId, UnitId};
use domain::outing::OutingType;
use domain::time::IsoWeek;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which week.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[ts(export)]
pub struct DepotInput {
    /// The week whose use is shown; none for the last one that is over and holds a night.
    pub week: Option<IsoWeek>,
}

/// The depot.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DepotView {
    /// The programme's name, for the print.
    pub programme: String,
    /// The operational date.
    pub today: NaiveDate,
    /// The week whose use is shown.
    pub week: IsoWeek,
    /// Some nights of it have not come or are not signed: what left may be too small.
    pub partial: bool,
    /// The week before.
    pub previous: IsoWeek,
    /// The week after, if it has begun.
    pub next: Option<IsoWeek>,
    /// Of the last four weeks, those with an outing: over so many the rhythm is measured.
    pub measured_weeks: u32,
    /// Weeks of cover below which something is to be ordered.
    pub threshold_weeks: u32,
    /// Weeks that an order is to cover.
    pub order_weeks: u32,
    /// The heaps, in the order of the programme's items.
    pub piles: Vec<PileView>,
    /// What is to be ordered.
    pub orders: Vec<OrderView>,
    /// The week's balance, item by item.
    pub balances: Vec<BalanceView>,
}

/// One heap.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PileView {
    /// The item.
    pub item: ItemCode,
    /// Of leaflets, the language.
    pub language: Option<Language>,
    /// Its numbers are class S outside.
    pub sensitive: bool,
    /// Pieces there; none if it was never counted nor delivered.
    pub stock: Option<u32>,
    /// The nights took more than was known to be there: it is to be counted.
    pub recount: bool,
    /// Handed out in the week.
    pub out: u32,
    /// Mean of what was handed out or lost in a week, in tenths.
    pub mean_x10: Option<u32>,
    /// Weeks of cover, in tenths.
    pub cover_x10: Option<u32>,
    /// It lasts less than the threshold.
    pub short: bool,
    /// Ordered, not delivered yet.
    pub ordered: u32,
    /// The last count.
    pub last_count: Option<LastCountView>,
}

/// The last count of a heap.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct LastCountView {
    /// Day.
    pub on: NaiveDate,
    /// Pieces that were there.
    pub counted: u32,
    /// Pieces more than reckoned, or fewer; none where nothing was known.
    pub difference: Option<i32>,
}

/// What is to be ordered.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct OrderView {
    /// The item.
    pub item: ItemCode,
    /// Of leaflets, the language.
    pub language: Option<Language>,
    /// Pieces.
    pub pieces: u32,
    /// Whole weeks they cover, together with what is there.
    pub weeks: u32,
    /// It is the least that is printed.
    pub is_least: bool,
}

/// The balance of one item.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BalanceView {
    /// The item.
    pub item: ItemCode,
    /// Its numbers are class S outside.
    pub sensitive: bool,
    /// Outing by outing.
    pub nights: Vec<BalanceNightView>,
    /// Added up.
    pub total: BalanceLineView,
}

/// One outing of a balance.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct BalanceNightView {
    /// The outing.
    pub outing_id: OutingId,
    /// Unit.
    pub unit: UnitId,
    /// Operational date.
    pub date: NaiveDate,
    /// Kind.
    pub outing_type: OutingType,
    /// Its pieces.
    pub line: BalanceLineView,
}

/// `loaded = handed_out + returned + lost + adjusted + difference`.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct BalanceLineView {
    /// Loaded.
    pub loaded: i32,
    /// Handed out.
    pub handed_out: i32,
    /// Came back.
    pub returned: i32,
    /// Broken or lost.
    pub lost: i32,
    /// Mistakes of the load, put right.
    pub adjusted: i32,
    /// What does not add up.
    pub difference: i32,
}

/// *Conta il magazzino*, *Arrivo*, *Ordinato*.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct DepotNoteInput {
    /// What.
    pub kind: DepotMove,
    /// Heap by heap.
    pub lines: Vec<DepotLineInput>,
    /// The week shown.
    pub shown: DepotInput,
}

/// One heap of it.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct DepotLineInput {
    /// The item.
    pub item: ItemCode,
    /// Of leaflets, the language.
    pub language: Option<Language>,
    /// Pieces.
    pub quantity: u32,
}
