//! A release as it is read: labels, values and the length of each bar, before any medium. The page, the spreadsheet and
//! the window show the same.

use super::{CrossedLine, Crossing, Measure, Release, Row, Table, words};
use crate::disclosure::{Cell, Class};
use crate::indicator::CONTACT_TABLES;
use crate::sync::chain::Digest;
use crate::time::Period;

/// Longest bar, in tenths of a percent.
const WHOLE: u64 = 1000;

/// The whole document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The programme's name.
    pub name: String,
    /// *settimana W11, 9–15 marzo 2026*.
    pub period: String,
    /// Label and value: to whom, which number, of which day, fingerprint.
    pub about: Vec<(&'static str, String)>,
    /// Single figures; unique persons are the last.
    pub figures: Vec<Line>,
    /// Tables.
    pub blocks: Vec<Block>,
    /// Crossed tables.
    pub grids: Vec<Grid>,
    /// What holds for all of it: what *n.p.* is, threshold, version of the definitions.
    pub notes: Vec<String>,
}

/// A label and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// The number as it is read, or *n.p.*
    pub value: String,
    /// It is not published.
    pub is_hidden: bool,
    /// Length of its bar in tenths of a percent, where it has one.
    pub bar: Option<u16>,
}

impl Line {
    /// The length of its bar, `43.3%`. Empty where it has none.
    #[must_use]
    pub fn width(&self) -> String {
        self.bar.map(|tenths| format!("{}.{}%", tenths / 10, tenths % 10)).unwrap_or_default()
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Title.
    pub title: String,
    /// What exactly is counted; the period, where it is not the document's; that nothing of it is published.
    pub definition: String,
    /// Rows.
    pub lines: Vec<Line>,
    /// Total, where there is one.
    pub total: Option<Line>,
}

/// A crossed table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Title.
    pub title: String,
    /// As [`Block::definition`].
    pub definition: String,
    /// What the columns are; the last is that of the totals.
    pub columns: Vec<String>,
    /// Lines; the last is that of the totals.
    pub lines: Vec<GridLine>,
}

/// A line of a crossed table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridLine {
    /// What it is.
    pub label: String,
    /// What stands in the columns: the number or *n.p.*, and whether it is the latter.
    pub values: Vec<(String, bool)>,
}

impl Sheet {
    /// The document with this fingerprint.
    #[must_use]
    pub fn of(release: &Release, fingerprint: &Digest) -> Self {
        Self {
            name: release.name.clone(),
            period: words::period(&release.period),
            about: about(release, fingerprint),
            figures: figures(release),
            blocks: release.tables.iter().map(|table| block(table, release)).collect(),
            grids: release.crossings.iter().map(|crossing| grid(crossing, release)).collect(),
            notes: words::notes(release),
        }
    }
}

fn about(release: &Release, fingerprint: &Digest) -> Vec<(&'static str, String)> {
    let replaces = release.replaces.map(|number| format!("; rettifica del n. {number}")).unwrap_or_default();
    vec![
        ("Destinatario", words::recipient_name(&release.recipient)),
        ("Rilascio", format!("n. {}, {}{replaces}", release.number, words::day(release.released_on))),
        ("Impronta", words::fingerprint(fingerprint)),
    ]
}

fn figures(release: &Release) -> Vec<Line> {
    let figure = |figure: &super::Figure| {
        let (value, is_hidden) = value(figure.measure, figure.cell);
        Line { label: with_period(&figure.label, figure.period.as_ref()), value, is_hidden, bar: None }
    };
    let mut lines: Vec<Line> = release.figures.iter().map(figure).collect();
    lines.extend(release.unique.as_ref().map(|unique| Line {
        label: with_period("Persone uniche", unique.period.as_ref()),
        value: format!("{}–{}", unique.range.min, unique.range.max),
        is_hidden: false,
        bar: None,
    }));
    lines
}

fn with_period(label: &str, period: Option<&Period>) -> String {
    period.map_or_else(|| label.to_owned(), |period| format!("{label} ({})", words::period(period)))
}

fn block(table: &Table, release: &Release) -> Block {
    let scale = scale(table);
    let bar = |cell: Cell| {
        let tenths = match cell.shown()? {
            0 => 0,
            count => count.saturating_mul(WHOLE).checked_div(scale?)?,
        };
        u16::try_from(tenths.min(WHOLE)).ok()
    };
    let line = |row: &Row| {
        let (value, is_hidden) = value(Measure::Count, row.cell);
        Line { label: row.label.clone(), value, is_hidden, bar: bar(row.cell) }
    };
    let definition = definition(&table.definition, table.period, table.total, release);
    let total = table.total.map(|total| {
        let (value, is_hidden) = value(Measure::Count, total);
        Line { label: words::TOTAL.to_owned(), value, is_hidden, bar: None }
    });
    Block { title: table.title.clone(), definition, lines: table.rows.iter().map(line).collect(), total }
}

fn definition(of: &str, period: Option<Period>, total: Option<Cell>, release: &Release) -> String {
    let mut definition = of.to_owned();
    if let Some(period) = period.filter(|period| *period != release.period) {
        definition.push_str(&format!(" Periodo: {}.", words::period(&period)));
    }
    if total.is_some_and(Cell::is_hidden) {
        definition.push_str(" In questo periodo non si pubblica.");
    }
    definition
}

fn grid(crossing: &Crossing, release: &Release) -> Grid {
    let values = |cells: &[Cell], total: Cell| -> Vec<(String, bool)> {
        cells.iter().chain([&total]).map(|cell| value(Measure::Count, *cell)).collect()
    };
    let line = |line: &CrossedLine| GridLine { label: line.label.clone(), values: values(&line.cells, line.total) };
    let totals: Vec<Cell> = crossing.columns.iter().map(|column| column.cell).collect();
    let totals = GridLine { label: words::TOTAL.to_owned(), values: values(&totals, crossing.total) };
    let columns = crossing.columns.iter().map(|column| column.label.clone());
    Grid {
        title: crossing.title.clone(),
        definition: definition(&crossing.definition, crossing.period, Some(crossing.total), release),
        columns: columns.chain([words::TOTAL.to_owned()]).collect(),
        lines: crossing.lines.iter().map(line).chain([totals]).collect(),
    }
}

/// What a whole bar stands for: all contacts in the tables of contacts, so that they can be compared; elsewhere the
/// largest row. None where there is nothing to draw.
fn scale(table: &Table) -> Option<u64> {
    let is_contacts = table.class == Class::Person && CONTACT_TABLES.iter().any(|id| id.code() == table.code);
    let total = table.total.and_then(Cell::shown).filter(|_| is_contacts);
    let largest = || table.rows.iter().filter_map(|row| row.cell.shown()).max();
    total.or_else(largest).filter(|scale| *scale > 0)
}

fn value(measure: Measure, cell: Cell) -> (String, bool) {
    match cell {
        Cell::Shown(count) => (words::number(measure, count), false),
        Cell::Hidden => (words::HIDDEN.to_owned(), true),
    }
}
