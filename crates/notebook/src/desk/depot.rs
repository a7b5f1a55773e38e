//! *Scorte*, from the depot's book and the night logs to what the screen shows; and what is noted there.

use crate::counted::last_answer::LastAnswer;
use crate::counted::last_row;
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::night::code::minute_of;
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::view::{BalanceLineView, BalanceNightView, BalanceView, LastCountView, OrderView, PileView};
use chrono::NaiveDate;
use domain::depot::{
    Balance, BalanceLine, Depot, DepotMove, DepotRow, MAX_PIECES, Pile, PileStanding, RHYTHM_WEEKS, to_order,
};
use domain::ids::{DepotMoveId, ItemCode};
use domain::indicator::Records;
use domain::programme::{Item, Policy, Programme};
use domain::supply::LEAFLET;
use domain::sync::night_log::DeskEntry;
use domain::time::{IsoWeek, operational_date};

impl Notebook {
    /// Notes what was delivered to the depot, counted there or ordered, heap by heap.
    ///
    /// # Errors
    /// [`NotebookError::InvalidInput`] for no heap, one twice, an item that is not of the programme, leaflets without a
    /// language, or a number out of its range; as [`Notebook::save_desk_entry`].
    pub fn note_depot(&mut self, kind: DepotMove, lines: &[(Pile, u32)], moment: Moment) -> Result<()> {
        let programme = self.programme()?;
        let is_known = |pile: &Pile| pile.is_sound() && programme.items.iter().any(|item| item.code == pile.item);
        let least = if kind == DepotMove::Count { 0 } else { 1 };
        let is_once = |pile: &Pile| lines.iter().filter(|(other, _)| other == pile).count() == 1;
        let is_right = |(pile, n): &(Pile, u32)| is_known(pile) && is_once(pile) && (least..=MAX_PIECES).contains(n);
        if lines.is_empty() || !lines.iter().all(is_right) {
            return Err(NotebookError::InvalidInput("pieces in the depot"));
        }
        let mut rows = Vec::new();
        for (pile, quantity) in lines {
            let id = DepotMoveId(self.entropy().v4()?);
            rows.push(DepotRow { id, at: minute_of(moment.now), pile: pile.clone(), kind, quantity: *quantity });
        }
        self.save_desk_entry(DeskEntry::Depot(rows))?;
        Ok(())
    }
}

/// The last week that is over and holds a night; the one before today's if none does.
pub(crate) fn last_week(notebook: &Notebook, today: NaiveDate) -> Result<IsoWeek> {
    let over = IsoWeek::of(today).previous();
    let last = desk_entry::find_last_date(notebook.store.connection(), over.sunday())?;
    Ok(last.map_or(over, IsoWeek::of))
}

/// The depot's book, and the nights by which the rhythm until a week is measured and the heaps are reckoned: from
/// [`Depot::reckoned_from`], or from [`Depot::compared_from`].
pub(crate) fn records(
    notebook: &Notebook,
    week: IsoWeek,
    first: impl Fn(&Records) -> Option<NaiveDate>,
) -> Result<Records> {
    let rhythm = std::iter::successors(Some(week), |week| Some(week.previous())).nth(RHYTHM_WEEKS - 1);
    let from = rhythm.unwrap_or(week).monday();
    let reckoned = first(&notebook.depot_book()?);
    // What left and came back after the week says something only of a heap that was counted or delivered.
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    notebook.planning(Some(reckoned.map_or((from, week.sunday()), |day| (day.min(from), last))))
}

/// How many heaps are to be filled: of the entries up to a row, by the rules and items, on a day.
pub(crate) type OrdersAtHand = LastAnswer<(i64, Policy, Vec<Item>, NaiveDate), usize>;

/// How many heaps are to be filled. A heap that nobody ever counted is reckoned from its first delivery on.
pub(crate) fn count_orders(notebook: &Notebook, today: NaiveDate) -> Result<usize> {
    let programme = notebook.programme()?;
    let through = last_row(notebook.store.connection())?;
    notebook.orders_at_hand.find_or((through, programme.policy, programme.items.clone(), today), || {
        let week = last_week(notebook, today)?;
        let records = records(notebook, week, Depot::reckoned_from)?;
        Ok(orders(&Depot::of(&records, week), programme).len())
    })
}

/// The heaps in the order of the programme's items, then those of items that are no longer on its list.
pub(crate) fn piles(depot: &Depot<'_>, programme: &Programme) -> Vec<PileView> {
    let mut piles: Vec<(Pile, PileStanding)> =
        depot.piles.iter().map(|(pile, standing)| (pile.clone(), *standing)).collect();
    for item in programme.items.iter().filter(|item| item.code.as_str() != LEAFLET) {
        let pile = Pile::of(item.code.clone());
        if !depot.piles.contains_key(&pile) {
            piles.push((pile, PileStanding::default()));
        }
    }
    piles.sort_by_key(|(pile, _)| (place(programme, &pile.item), pile.clone()));
    piles.into_iter().map(|(pile, standing)| pile_view(pile, &standing, programme)).collect()
}

/// The place of an item in the programme's list; after all others if it is no longer on it.
fn place(programme: &Programme, item: &ItemCode) -> usize {
    programme.items.iter().position(|listed| &listed.code == item).unwrap_or(usize::MAX)
}

fn pile_view(pile: Pile, standing: &PileStanding, programme: &Programme) -> PileView {
    let weeks = i64::from(standing.weeks);
    // Tenths, rounded half up.
    let mean = standing.used.saturating_mul(20).saturating_add(weeks).checked_div(weeks.saturating_mul(2));
    PileView {
        sensitive: programme.is_sensitive_item(&pile.item),
        item: pile.item,
        language: pile.language,
        stock: standing.stock.map(pieces),
        recount: standing.stock.is_some_and(|stock| stock < 0),
        out: pieces(standing.out),
        mean_x10: mean.map(pieces),
        cover_x10: standing.cover().map(|cover| u32::try_from(cover.0).unwrap_or(u32::MAX)),
        short: standing.is_short(&programme.policy),
        ordered: pieces(standing.ordered),
        last_count: standing.last_count.map(|count| LastCountView {
            on: operational_date(count.at),
            counted: pieces(count.counted),
            difference: count.expected.map(|expected| signed(count.counted.saturating_sub(expected))),
        }),
    }
}

/// What is to be ordered, in the order of the programme's items.
pub(crate) fn orders(depot: &Depot<'_>, programme: &Programme) -> Vec<OrderView> {
    let mut wanted: Vec<_> = depot
        .piles
        .iter()
        .filter_map(|(pile, standing)| Some((pile, to_order(pile, standing, &programme.policy)?)))
        .collect();
    wanted.sort_by_key(|(pile, _)| (place(programme, &pile.item), *pile));
    wanted
        .into_iter()
        .map(|(pile, order)| OrderView {
            item: pile.item.clone(),
            language: pile.language,
            pieces: pieces(order.pieces),
            weeks: u32::try_from(order.weeks).unwrap_or(u32::MAX),
            is_least: order.is_least,
        })
        .collect()
}

/// The week's balance, in the order of the programme's items.
pub(crate) fn balances(depot: &Depot<'_>, programme: &Programme) -> Vec<BalanceView> {
    let listed = programme.items.iter().map(|item| &item.code);
    let gone = depot.balances.keys().filter(|code| !programme.items.iter().any(|item| &item.code == *code));
    listed
        .chain(gone)
        .filter_map(|code| Some((code, depot.balances.get(code)?)))
        .map(|(code, balance)| balance_view(code, balance, programme))
        .collect()
}

fn balance_view(item: &ItemCode, balance: &Balance<'_>, programme: &Programme) -> BalanceView {
    let nights = balance.nights.iter().map(|(log, line)| BalanceNightView {
        outing_id: log.outing.id,
        unit: log.outing.unit.clone(),
        date: log.outing.date,
        outing_type: log.outing.outing_type,
        line: line_view(line),
    });
    BalanceView {
        item: item.clone(),
        sensitive: programme.is_sensitive_item(item),
        nights: nights.collect(),
        total: line_view(&balance.total),
    }
}

fn line_view(line: &BalanceLine) -> BalanceLineView {
    let BalanceLine { loaded, handed_out, returned, lost, adjusted } = *line;
    BalanceLineView {
        loaded: signed(loaded),
        handed_out: signed(handed_out),
        returned: signed(returned),
        lost: signed(lost),
        adjusted: signed(adjusted),
        difference: signed(line.difference()),
    }
}

fn pieces(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

fn signed(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(if n < 0 { i32::MIN } else { i32::MAX })
}

#[cfg(test)]
mod tests;
