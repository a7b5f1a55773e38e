//! What lies in the depot, how fast it goes, and how long it lasts.
//!
//! The stock of a heap is reckoned from its last count, or from its first delivery: deliveries come in, bags take what
//! they load at the start of an outing and bring back what returns at its end. Of leaflets the bags know no languages
//! but when they hand out: a heap of leaflets loses what was handed out.

use super::{Balance, BalanceLine, DepotMove, DepotRow, Pile, balances};
use crate::ids::{DepotMoveId, ItemCode};
use crate::indicator::{Records, Source};
use crate::programme::Policy;
use crate::supply::LEAFLET;
use crate::sync::night_log::{DeskEntry, NightLog};
use crate::time::{IsoWeek, operational_date};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Weeks over which the rhythm is measured.
pub const RHYTHM_WEEKS: usize = 4;
/// Leaflets are printed by so many.
const LEAFLET_STEP: i64 = 50;

/// The last count of a heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastCount {
    /// When.
    pub at: DateTime<Utc>,
    /// What was reckoned before, if anything.
    pub expected: Option<i64>,
    /// What was there.
    pub counted: i64,
}

/// How one heap stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PileStanding {
    /// Pieces reckoned to be there; none if it was never counted nor delivered. Below 0 a delivery was not noted.
    pub stock: Option<i64>,
    /// Handed out in the week.
    pub out: i64,
    /// Handed out or lost in the weeks that are measured.
    pub used: i64,
    /// How many weeks are measured: those of the last four with an outing.
    pub weeks: u32,
    /// Ordered and not delivered yet.
    pub ordered: i64,
    /// The last count.
    pub last_count: Option<LastCount>,
}

/// How many weeks something lasts, in tenths, rounded half up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cover(pub u64);

/// What is to be ordered of a heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToOrder {
    /// Pieces, rounded up to what is sold.
    pub pieces: i64,
    /// Whole weeks that they cover together with what is there.
    pub weeks: u64,
    /// It is the least that is printed.
    pub is_least: bool,
}

impl PileStanding {
    /// How long it lasts; none where nothing was used, nothing is measured, or nobody knows what is there.
    #[must_use]
    pub fn cover(&self) -> Option<Cover> {
        let (stock, used) = (pieces(self.stock?), pieces(self.used));
        let twice = stock.saturating_mul(20).saturating_mul(u64::from(self.weeks)).saturating_add(used);
        twice.checked_div(used.saturating_mul(2)).filter(|_| self.weeks > 0).map(Cover)
    }

    /// Whether it lasts less than the threshold, what was ordered left out.
    #[must_use]
    pub fn is_short(&self, policy: &Policy) -> bool {
        self.stock.is_some_and(|stock| self.lasts_less(stock, policy))
    }

    fn lasts_less(&self, stock: i64, policy: &Policy) -> bool {
        let needed = pieces(self.used).saturating_mul(u64::from(policy.order_below_weeks));
        self.weeks > 0 && self.used > 0 && pieces(stock).saturating_mul(u64::from(self.weeks)) < needed
    }
}

/// What is to be ordered, if what is there and what was ordered last less than the threshold.
#[must_use]
pub fn to_order(pile: &Pile, standing: &PileStanding, policy: &Policy) -> Option<ToOrder> {
    let there = standing.stock?.max(0).saturating_add(standing.ordered);
    if !standing.lasts_less(there, policy) {
        return None;
    }
    let weeks = i64::from(standing.weeks);
    let wanted = standing.used.saturating_mul(i64::from(policy.order_for_weeks));
    let needed = wanted.saturating_add(weeks - 1).checked_div(weeks)?.saturating_sub(there);
    let step = if pile.language.is_some() { LEAFLET_STEP } else { step_of(needed) };
    let ordered = needed.saturating_add(step - 1).checked_div(step)?.saturating_mul(step);
    let lasts = there.saturating_add(ordered).saturating_mul(weeks).checked_div(standing.used)?;
    let is_least = pile.language.is_some() && ordered == LEAFLET_STEP;
    Some(ToOrder { pieces: ordered, weeks: pieces(lasts), is_least })
}

const fn step_of(needed: i64) -> i64 {
    match needed {
        ..=20 => 5,
        21..=100 => 10,
        _ => 50,
    }
}

/// The depot as it stands, with the use of a week and the rhythm until then.
#[derive(Clone, Debug, Default)]
pub struct Depot<'a> {
    /// Every heap that was moved, counted, delivered or ordered.
    pub piles: BTreeMap<Pile, PileStanding>,
    /// The week's balance, by item.
    pub balances: BTreeMap<ItemCode, Balance<'a>>,
}

impl<'a> Depot<'a> {
    /// Lays the depot's book and the night logs together.
    #[must_use]
    pub fn of(records: &'a Records, week: IsoWeek) -> Self {
        let logs: Vec<&NightLog> =
            records.nights().into_values().filter(|log| log.outing.cancelled.is_none()).collect();
        let rows = rows(records);
        let mut piles: BTreeMap<Pile, PileStanding> = BTreeMap::new();
        for (pile, moves) in moves(&rows, &logs) {
            piles.insert(pile, reckon(moves));
        }
        let rhythm: Vec<IsoWeek> =
            std::iter::successors(Some(week), |week| Some(week.previous())).take(RHYTHM_WEEKS).collect();
        let is_measured = |log: &&&NightLog| rhythm.contains(&IsoWeek::of(log.outing.date));
        let measured: Vec<&NightLog> = logs.iter().filter(is_measured).copied().collect();
        let weeks: BTreeSet<IsoWeek> = measured.iter().map(|log| IsoWeek::of(log.outing.date)).collect();
        for log in &measured {
            for (pile, line) in uses(log) {
                let standing = piles.entry(pile).or_default();
                standing.used = standing.used.saturating_add(line.used());
                if week.contains(log.outing.date) {
                    standing.out = standing.out.saturating_add(line.handed_out);
                }
            }
        }
        let weeks = u32::try_from(weeks.len()).unwrap_or_default();
        piles.values_mut().for_each(|standing| standing.weeks = weeks);
        let balances = balances(logs.into_iter().filter(|log| week.contains(log.outing.date)));
        Self { piles, balances }
    }

    /// From which day on night logs are needed to reckon what is there: the last count of every heap, or its first
    /// delivery.
    #[must_use]
    pub fn reckoned_from(records: &Records) -> Option<NaiveDate> {
        day_before(begun(records).into_values().map(|begun| begun.last))
    }

    /// From which day on night logs are needed to say, too, what was missing at the last count of every heap: the count
    /// before that one, or the heap's first delivery.
    #[must_use]
    pub fn compared_from(records: &Records) -> Option<NaiveDate> {
        day_before(begun(records).into_values().map(|begun| begun.before.unwrap_or(begun.last)))
    }
}

/// Where the reckoning of a heap begins.
struct Begun {
    /// Its last count, or its first delivery.
    last: DateTime<Utc>,
    /// What its last count is compared with.
    before: Option<DateTime<Utc>>,
}

fn begun(records: &Records) -> BTreeMap<&Pile, Begun> {
    let mut begun: BTreeMap<&Pile, Begun> = BTreeMap::new();
    for (_, row) in rows(records) {
        let known = begun.get(&row.pile).map(|begun| begun.last);
        match (row.kind, known) {
            (DepotMove::Count, before) => drop(begun.insert(&row.pile, Begun { last: row.at, before })),
            (DepotMove::Delivery, None) => drop(begun.insert(&row.pile, Begun { last: row.at, before: None })),
            (DepotMove::Delivery, Some(_)) | (DepotMove::Order, _) => {}
        }
    }
    begun
}

/// An outing of the day before may have come back since.
fn day_before(begun: impl Iterator<Item = DateTime<Utc>>) -> Option<NaiveDate> {
    begun.min().and_then(|at| operational_date(at).pred_opt())
}

/// The depot's book, once each, by time.
fn rows(records: &Records) -> Vec<(Source, &DepotRow)> {
    let mut seen: BTreeSet<DepotMoveId> = BTreeSet::new();
    let entries = records.written().filter_map(|(source, entry)| match entry {
        DeskEntry::Depot(rows) => Some((source, rows)),
        _ => None,
    });
    let all = entries.flat_map(|(source, rows)| rows.iter().map(move |row| (source, row)));
    let mut rows: Vec<_> = all.filter(|(_, row)| seen.insert(row.id)).collect();
    rows.sort_by_key(|(source, row)| (row.at, *source, row.id));
    rows
}

/// What an outing used, heap by heap.
fn uses(log: &NightLog) -> impl Iterator<Item = (Pile, BalanceLine)> {
    let items = log.supplies.iter().filter(|row| row.item.as_str() != LEAFLET);
    let leaflets = log.leaflets.iter().map(|row| {
        let line = BalanceLine { loaded: row.n, handed_out: row.n, ..BalanceLine::default() };
        (Pile::leaflets(row.leaflet.language), line)
    });
    items.map(|row| (Pile::of(row.item.clone()), BalanceLine::from(row))).chain(leaflets)
}

/// One change of a heap.
#[derive(Clone, Copy)]
enum Change {
    Came(i64),
    Left(i64),
    Counted(i64),
    Ordered(i64),
    Delivered(i64),
}

/// Every change of every heap, by time. At one instant what left comes before what was counted.
fn moves(rows: &[(Source, &DepotRow)], logs: &[&NightLog]) -> BTreeMap<Pile, Vec<(DateTime<Utc>, Change)>> {
    let mut moves: BTreeMap<Pile, Vec<(DateTime<Utc>, Change)>> = BTreeMap::new();
    for log in logs {
        for (pile, line) in uses(log) {
            let of_pile = moves.entry(pile).or_default();
            of_pile.push((log.outing.start_at, Change::Left(line.taken())));
            of_pile.push((log.outing.end_at, Change::Came(line.returned)));
        }
    }
    for (_, row) in rows {
        let n = i64::from(row.quantity);
        let change = match row.kind {
            DepotMove::Delivery => Change::Delivered(n),
            DepotMove::Count => Change::Counted(n),
            DepotMove::Order => Change::Ordered(n),
        };
        moves.entry(row.pile.clone()).or_default().push((row.at, change));
    }
    // Stable: the book keeps its own order.
    moves.values_mut().for_each(|of_pile| of_pile.sort_by_key(|(at, _)| *at));
    moves
}

fn reckon(moves: Vec<(DateTime<Utc>, Change)>) -> PileStanding {
    let mut standing = PileStanding::default();
    for (at, change) in moves {
        match change {
            Change::Came(n) => standing.stock = standing.stock.map(|stock| stock.saturating_add(n)),
            Change::Left(n) => standing.stock = standing.stock.map(|stock| stock.saturating_sub(n)),
            Change::Delivered(n) => {
                standing.stock = Some(standing.stock.unwrap_or_default().saturating_add(n));
                standing.ordered = 0;
            }
            Change::Counted(counted) => {
                standing.last_count = Some(LastCount { at, expected: standing.stock, counted });
                standing.stock = Some(counted);
            }
            Change::Ordered(n) => standing.ordered = standing.ordered.saturating_add(n),
        }
    }
    standing
}

fn pieces(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}
