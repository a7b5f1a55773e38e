//! A release as CSV, for spreadsheets: UTF-8 with a byte-order mark, semicolons as an Italian Excel expects them,
//! hidden cells as `*`, and no text that a spreadsheet would take for a formula.

use super::{Crossing, Figure, Measure, Release, words};
use crate::disclosure::{Cell, pair};

/// What a spreadsheet begins a formula with.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// The file.
///
/// # Errors
/// If it cannot be written, which memory always can.
pub fn write(release: &Release) -> Result<Vec<u8>, csv::Error> {
    let mut file = "\u{feff}".as_bytes().to_vec();
    {
        let mut out = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(&mut file);
        let mut line = |fields: [&str; 6]| out.write_record(fields.map(safe));
        line(["tabella", "codice", "voce", "valore", "periodo", "definizione"])?;
        for (label, value) in heading(release) {
            line(["rilascio", "", label, &value, "", ""])?;
        }
        let whole = release.period.to_string();
        for figure in &release.figures {
            let period = figure.period.map_or_else(|| whole.clone(), |period| period.to_string());
            let (label, value) = reading(figure);
            line(["numeri", &figure.code, &label, &value, &period, ""])?;
        }
        if let Some(unique) = &release.unique {
            let period = unique.period.map_or_else(|| whole.clone(), |period| period.to_string());
            line(["numeri", "unique_min", "Persone uniche, almeno", &unique.range.min.to_string(), &period, ""])?;
            line(["numeri", "unique_max", "Persone uniche, al massimo", &unique.range.max.to_string(), &period, ""])?;
        }
        for table in &release.tables {
            let period = table.period.map_or_else(|| whole.clone(), |period| period.to_string());
            for row in &table.rows {
                line([&table.title, &row.code, &row.label, &cell(Some(row.cell)), &period, &table.definition])?;
            }
            if table.total.is_some() {
                line([&table.title, "total", "Totale", &cell(table.total), &period, &table.definition])?;
            }
        }
        for crossing in &release.crossings {
            let period = crossing.period.map_or_else(|| whole.clone(), |period| period.to_string());
            for (code, label, value) in crossed(crossing) {
                line([&crossing.title, &code, &label, &value.to_string(), &period, &crossing.definition])?;
            }
        }
        out.flush()?;
    }
    Ok(file)
}

/// Every cell of a crossing with the codes and labels of its two categories; a total has one of them, or none.
fn crossed(crossing: &Crossing) -> Vec<(String, String, Cell)> {
    let mut cells = Vec::new();
    for line in &crossing.lines {
        for (column, cell) in crossing.columns.iter().zip(&line.cells) {
            cells.push((pair(&line.code, &column.code), format!("{}, {}", line.label, column.label), *cell));
        }
        cells.push((pair(&line.code, "total"), format!("{}, totale", line.label), line.total));
    }
    for column in &crossing.columns {
        cells.push((pair("total", &column.code), format!("Totale, {}", column.label), column.cell));
    }
    cells.push(("total".to_owned(), words::TOTAL.to_owned(), crossing.total));
    cells
}

fn heading(release: &Release) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("progetto", release.name.clone()),
        ("numero", release.number.to_string()),
        ("destinatario", format!("{} {}", words::recipient(release.recipient.kind), release.recipient.code)),
        ("periodo", words::period(&release.period)),
        ("soglia", release.rules.k.get().to_string()),
        ("definizioni", release.rules.definitions.to_string()),
        ("rilasciato il", release.released_on.to_string()),
    ];
    lines.extend(release.replaces.map(|number| ("rettifica del numero", number.to_string())));
    lines
}

/// Minutes stay minutes, or nothing could be added up.
fn reading(figure: &Figure) -> (String, String) {
    let value = match (figure.measure, figure.cell) {
        (Measure::Tenths, Cell::Shown(count)) => words::number(Measure::Tenths, count),
        (_, shown) => shown.to_string(),
    };
    let unit = if figure.measure == Measure::Minutes { ", minuti" } else { "" };
    (format!("{}{unit}", figure.label), value)
}

fn cell(cell: Option<Cell>) -> String {
    cell.map(|cell| cell.to_string()).unwrap_or_default()
}

/// A text that would be a formula gets an apostrophe in front, also after blanks, and in each of its lines; a plain number
/// stays one.
fn safe(text: &str) -> String {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let begins = |line: &str| line.starts_with(FORMULA) || line.trim_start().starts_with(FORMULA);
    if is_number || !text.split(['\n', '\r']).any(begins) { text.to_owned() } else { format!("'{text}") }
}
