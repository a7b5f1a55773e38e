//! A week as text for the terminal.

use crate::say::{Say, arguments};
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use notebook::view::{CellView, Face, TableView, WeekView};

/// Figures that are minutes, shown as hours.
const MINUTES: [&str; 3] = ["minutes", "operator_minutes", "accompaniment_minutes"];
/// Width where the terminal does not say its own.
const WIDTH: u16 = 78;

/// The page of a week.
#[must_use]
pub fn week_table(view: &WeekView, say: &Say) -> String {
    let title = arguments([
        ("week", view.week.to_string()),
        ("from", view.from.to_string()),
        ("to", view.to.to_string()),
    ]);
    let mark = match view.face {
        Face::Internal => say.text("tally-internal"),
        Face::External => say.with("tally-external", &arguments([("k", view.k.to_string())])),
    };
    let mut parts = vec![say.with("tally-title", &title), format!("{} · {mark}", view.programme)];
    parts.push(figures(view, say).to_string());
    parts.extend(view.tables.iter().map(|table| breakdown(view, table, say).to_string()));
    if !view.nights.is_empty() {
        parts.push(nights(view, say).to_string());
    }
    parts.join("\n\n")
}

fn empty_table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(WIDTH);
    }
    table
}

/// Numbers stand to the right, whatever the header.
fn align(mut table: Table) -> Table {
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn cell(cell: CellView, say: &Say) -> String {
    match cell {
        CellView::Shown(number) => number.to_string(),
        CellView::Hidden => say.text("tally-np"),
    }
}

fn figures(view: &WeekView, say: &Say) -> Table {
    let mut table = empty_table();
    for figure in &view.figures {
        let value = match figure.value {
            CellView::Shown(minutes) if MINUTES.contains(&figure.id.as_str()) => {
                format!("{}:{:02}", minutes / 60, minutes % 60)
            }
            CellView::Shown(tenths) if figure.id.ends_with("_x10") => format!("{}.{}", tenths / 10, tenths % 10),
            other => cell(other, say),
        };
        table.add_row([say.text(&format!("figure-{}", figure.id)), value]);
    }
    if let Some(range) = view.unique {
        let range = arguments([("min", range.min.to_string()), ("max", range.max.to_string())]);
        table.add_row([say.text("tally-unique"), say.with("tally-unique-range", &range)]);
    }
    align(table)
}

fn breakdown(view: &WeekView, of: &TableView, say: &Say) -> Table {
    let mut table = empty_table();
    table.set_header([say.text(&format!("tally-table-{}", of.id)), String::new()]);
    for (code, number) in &of.rows {
        table.add_row([category(view, &of.id, code, say), cell(*number, say)]);
    }
    if let Some(total) = of.total {
        table.add_row([say.text("tally-total"), cell(total, say)]);
    }
    align(table)
}

fn nights(view: &WeekView, say: &Say) -> Table {
    let mut table = empty_table();
    table.set_header([say.text("tally-nights"), say.text("figure-contacts")]);
    for night in &view.nights {
        let kind = say.text(&format!("type-{}", night.outing_type));
        let hours = format!("{}:{:02}", night.minutes / 60, night.minutes % 60);
        table.add_row([format!("{} {kind}, {hours}, {}", night.date, night.unit), night.contacts.to_string()]);
    }
    align(table)
}

/// The word for a category: the interface's where it has one, else the code itself.
fn category(view: &WeekView, table: &str, code: &str, say: &Say) -> String {
    let counted = || fluent_counted(say, &format!("item-{code}"));
    let keyed = |prefix: &str| say.find(&format!("{prefix}-{code}"), &crate::say::Arguments::new());
    let word = match table {
        "zone" => {
            let name = view.zones.iter().find(|(zone, _)| zone.as_str() == code).map(|(_, label)| label.clone());
            return name.filter(|name| name != code).map_or_else(|| code.to_owned(), |name| format!("{code} {name}"));
        }
        "supplies" => Some(counted()),
        "gender" | "age" | "depth" | "concern" | "macro" | "kind" => keyed(table).or_else(|| keyed("table")),
        "services" => keyed("service"),
        "referral_macro" | "accompaniments" => keyed("service-macro"),
        "referral_service" => keyed("dest"),
        "referral_events" => keyed("state"),
        "desk_topics" => keyed("desk-topic"),
        "outing_type" => keyed("type"),
        "observed_reason" => keyed("reason"),
        "events" => keyed("event"),
        "incidents" => keyed("incident"),
        "nationality" => keyed("origin"),
        _ => None,
    };
    word.or_else(|| keyed("category")).unwrap_or_else(|| code.to_owned())
}

/// Items are named in the plural.
fn fluent_counted(say: &Say, key: &str) -> String {
    say.counted(key, 2)
}
