//! *Scorte*: the bag of this phone.

use super::Session;
use super::night::load_move;
use super::own::{OwnNight, require_open};
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::bag::{BagItem, CountLine, Difference, bag, count, count_moves};
use crate::notebook::Notebook;
use crate::view::{CountInput, DifferenceReason, ItemCount, LoadInput, Nothing, StockRowView, StockView};
use domain::ids::{ItemCode, SupplyMoveId};
use domain::operation::{OperationBody as Body, RecordRef};
use domain::supply::SupplyMove;
use domain::validate::{Finding, Place, RuleId, Severity};
use std::collections::BTreeMap;

impl Session {
    /// Loaded, out, expected, counted.
    pub fn stock(&self, _: Nothing) -> std::result::Result<StockView, ErrorView> {
        self.with_notebook(|notebook, _| stock_view(notebook))
    }

    /// More is loaded during the outing.
    pub fn load_item(&self, input: LoadInput) -> std::result::Result<StockView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            if input.quantity == 0 {
                return Err(NotebookError::InvalidInput("nothing to load"));
            }
            let line = ItemCount { item: input.item, quantity: input.quantity };
            let moves = vec![load_move(notebook, night.state.id(), &line)?];
            notebook.save(Body::SuppliesMoved { outing_id: night.state.id(), moves }, None, moment, None)?;
            stock_view(notebook)
        })
    }

    /// The count of one item: what is there comes back, the difference is waste or a mistake of the load, so that V17
    /// holds. Counting again takes the earlier count back.
    pub fn count_item(&self, input: CountInput) -> std::result::Result<StockView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            let outing_id = night.state.id();
            let device = notebook.device();
            let item =
                items(notebook, &night).remove(&input.item).ok_or(NotebookError::NotFound("item in this bag"))?;
            let lines = lines(&item, &input)?;
            for earlier in count_moves(night.state.moves.values(), device, &input.item) {
                let record = RecordRef::SupplyMove(earlier);
                notebook.save(Body::Retracted { outing_id, record }, None, moment, None)?;
            }
            let mut moves = Vec::new();
            for line in lines {
                moves.push(SupplyMove {
                    id: SupplyMoveId(notebook.entropy().v4()?),
                    outing_id,
                    device_id: device,
                    item: input.item.clone(),
                    kind: line.kind,
                    quantity: line.quantity,
                    contact_id: None,
                    to_target_group: None,
                    leaflet: None,
                    reason: line.reason,
                });
            }
            if !moves.is_empty() {
                notebook.save(Body::SuppliesMoved { outing_id, moves }, None, moment, None)?;
            }
            stock_view(notebook)
        })
    }
}

fn lines(item: &BagItem, input: &CountInput) -> Result<Vec<CountLine>> {
    let difference = input.difference.map(|reason| match reason {
        DifferenceReason::Waste => Difference::Waste,
        DifferenceReason::LoadMistake => Difference::LoadMistake,
    });
    let place = Place::Item { item: input.item.clone() };
    let unexplained = Finding { rule: RuleId::V17, severity: Severity::Error, place };
    count(item.expected(), input.counted, difference).ok_or_else(|| NotebookError::Rules(vec![unexplained]))
}

/// The bag of this phone tonight.
pub(super) fn items(notebook: &Notebook, night: &OwnNight) -> BTreeMap<ItemCode, BagItem> {
    bag(night.state.moves.values(), notebook.device())
}

fn stock_view(notebook: &Notebook) -> Result<StockView> {
    let night = require_open(notebook)?;
    let mut items = items(notebook, &night);
    let listed = notebook.programme()?.items.iter().filter_map(|item| items.remove_entry(&item.code));
    let mut rows: Vec<StockRowView> = listed.map(|(code, item)| row(code, &item)).collect();
    // An item that has left the programme's list is still in the bag.
    rows.extend(items.into_iter().map(|(code, item)| row(code, &item)));
    Ok(StockView { rows, items: notebook.programme()?.items.iter().map(|item| item.code.clone()).collect() })
}

fn row(item: ItemCode, in_bag: &BagItem) -> StockRowView {
    let number = |pieces: i64| u32::try_from(pieces.max(0)).unwrap_or(u32::MAX);
    StockRowView {
        item,
        loaded: number(in_bag.loaded),
        out: number(in_bag.out),
        expected: number(in_bag.expected()),
        counted: in_bag.counted.then(|| number(in_bag.returned)),
        wasted: number(in_bag.wasted),
        over: in_bag.expected() < 0,
    }
}
