//! *Scorte* of the desk.

use super::Session;
use super::period::is_whole;
use crate::desk::depot;
use crate::entropy::Moment;
use crate::error::{ErrorView, Result};
use crate::notebook::Notebook;
use crate::view::{DepotInput, DepotLineInput, DepotNoteInput, DepotView};
use domain::depot::{Depot, Pile};
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

pub(super) fn depot_view(notebook: &Notebook, moment: Moment, input: DepotInput) -> Result<DepotView> {
    let today = operational_date(moment.now);
    let now = IsoWeek::of(today);
    let week = input.week.map_or_else(|| depot::last_week(notebook, today), Ok)?;
    let records = depot::records(notebook, week, Depot::compared_from)?;
    let laid = Depot::of(&records, week);
    let programme = notebook.programme()?;
    Ok(DepotView {
        programme: programme.name.clone(),
        today,
        week,
        partial: !is_whole(notebook, week.into(), today)?,
        previous: week.previous(),
        next: Some(week.next()).filter(|next| *next <= now),
        measured_weeks: laid.piles.values().map(|standing| standing.weeks).max().unwrap_or_default(),
        threshold_weeks: u32::from(programme.policy.order_below_weeks),
        order_weeks: u32::from(programme.policy.order_for_weeks),
        piles: depot::piles(&laid, programme),
        orders: depot::orders(&laid, programme),
        balances: depot::balances(&laid, programme),
    })
}
