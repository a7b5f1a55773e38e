//! *Scorte* of the desk.

use super::Session;
use crate::desk::depot;
use crate::entropy::Moment;
use crate::error::{ErrorView, Result};
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::view::{DepotInput, DepotLineInput, DepotNoteInput, DepotView};
use chrono::NaiveDate;
use domain::depot::{COVER_WEEKS, Depot, ORDER_WEEKS, Pile, RHYTHM_WEEKS};
use domain::time::{IsoWeek, operational_date};

impl Session {
    /// *Scorte*: what is there, how long it lasts, what is to be ordered, the week's balance.
    pub fn depot(&self, input: DepotInput) -> std::result::Result<DepotView, ErrorView> {
        self.at_desk(|notebook, moment| depot_view(notebook, moment, input))
    }

    /// *Conta il magazzino*, *Arrivo*, *Ordinato*.
    pub fn note_depot(&self, input: DepotNoteInput) -> std::result::Result<DepotView, ErrorView> {
        let DepotNoteInput { kind, lines, shown } = input;
        let line = |line: DepotLineInput| (Pile { item: line.item, language: line.language }, line.quantity);
        let lines: Vec<(Pile, u32)> = lines.into_iter().map(line).collect();
        self.at_desk(|notebook, moment| {
            notebook.note_depot(kind, &lines, moment)?;
            depot_view(notebook, moment, shown)
        })
    }
}

fn depot_view(notebook: &Notebook, moment: Moment, input: DepotInput) -> Result<DepotView> {
    let today = operational_date(moment.now);
    let now = IsoWeek::of(today);
    let last = desk_entry::find_last_date(notebook.store.connection(), now.previous().sunday())?;
    let week = input.week.or(last.map(IsoWeek::of)).unwrap_or(now.previous());
    let rhythm = std::iter::successors(Some(week), |week| Some(week.previous())).nth(RHYTHM_WEEKS - 1);
    let from = rhythm.unwrap_or(week).monday();
    let reckoned = Depot::reckoned_from(&notebook.planning(None)?);
    let to = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(today);
    let records = notebook.planning(Some((reckoned.map_or(from, |day| day.min(from)), to)))?;
    let laid = Depot::of(&records, week);
    let programme = notebook.programme()?;
    Ok(DepotView {
        programme: programme.name.clone(),
        today,
        week,
        previous: week.previous(),
        next: Some(week.next()).filter(|next| *next <= now),
        measured_weeks: laid.piles.values().map(|standing| standing.weeks).max().unwrap_or_default(),
        threshold_weeks: COVER_WEEKS,
        order_weeks: ORDER_WEEKS,
        piles: depot::piles(&laid, programme),
        orders: depot::orders(&laid, programme),
        balances: depot::balances(&laid, programme),
    })
}
