//! `uscita stock`: what is there, how long it lasts, what is to be ordered.

use super::{print, print_json};
use crate::arguments::StockArguments;
use crate::failure::Failure;
use crate::say::{Arguments, Say, arguments};
use crate::table::empty_table;
use comfy_table::CellAlignment;
use domain::contact::Language;
use domain::ids::ItemCode;
use notebook::view::{DepotInput, DepotView, PileView};

pub(super) fn run(given: &StockArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let view = session.depot(DepotInput { week: given.week })?;
    if say.is_json() {
        return print_json(&view);
    }
    print(&text(&view, say))
}

fn text(view: &DepotView, say: &Say) -> String {
    let mut table = empty_table();
    let week = arguments([("week", view.week.to_string())]);
    let mean = arguments([("n", view.measured_weeks.to_string())]);
    table.set_header([
        say.text("depot-item"),
        say.text("depot-stock"),
        say.with("depot-out", &week),
        say.with("depot-mean", &mean),
        say.text("depot-cover"),
    ]);
    for pile in view.piles.iter().filter(|pile| pile.stock.is_some() || pile.out > 0) {
        table.add_row([
            title(&pile.item, pile.language, say),
            pile.stock.map_or_else(|| "–".to_owned(), |stock| stock.to_string()),
            pile.out.to_string(),
            pile.mean_x10.map_or_else(|| "–".to_owned(), tenths),
            cover(pile, say),
        ]);
    }
    for column in (1..5).filter_map(|index| table.column_mut(index).map(|_| index)).collect::<Vec<_>>() {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut parts = vec![table.to_string(), orders(view, say)];
    if view.measured_weeks == 0 {
        parts.push(say.counted("depot-foot-weeks", 0));
    }
    parts.join("\n\n")
}

fn cover(pile: &PileView, say: &Say) -> String {
    match (pile.stock, pile.cover_x10) {
        (None, _) => say.text("depot-uncounted"),
        (Some(_), None) => say.text("depot-unused"),
        (Some(_), Some(cover)) if pile.short => format!("{}, {}", tenths(cover), say.text("depot-short")),
        (Some(_), Some(cover)) => tenths(cover),
    }
}

fn orders(view: &DepotView, say: &Say) -> String {
    if view.orders.is_empty() {
        return say.text("depot-orders-none");
    }
    let lines = view.orders.iter().map(|order| {
        let why = if order.is_least {
            say.text("depot-order-least")
        } else {
            say.counted("depot-order-covers", order.weeks.into())
        };
        format!("  {} {}, {why}", order.pieces, title(&order.item, order.language, say))
    });
    std::iter::once(say.text("depot-orders")).chain(lines).collect::<Vec<_>>().join("\n")
}

fn title(item: &ItemCode, language: Option<Language>, say: &Say) -> String {
    match language {
        None => say.counted(&format!("item-{item}"), 2),
        Some(language) => {
            let named = say.find(&format!("language-{language}"), &Arguments::new());
            let named = named.unwrap_or_else(|| language.to_string());
            say.with("depot-leaflet", &arguments([("language", named)]))
        }
    }
}

fn tenths(n: u32) -> String {
    format!("{},{}", n / 10, n % 10)
}
