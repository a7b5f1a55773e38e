//! A release as a workbook: one sheet for the figures, one for each table with its chart, one of definitions.
//!
//! Numbers are numbers, texts are texts, and nothing is a formula: a name that begins with `=` stays a name. What is
//! hidden is the text *n.p.*, in its cell and beside its bar, which has no length. The same release gives the same bytes.

use super::{Crossing, Figure, Measure, Release, Table, words};
use crate::disclosure::Cell;
use crate::sync::chain::Digest;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// Longest name of a sheet.
const LONGEST_NAME: usize = 31;
/// What a sheet's name must not hold.
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// A4, as the format numbers it.
const A4: u8 = 9;
/// Colour of the bars.
const BAR: u32 = 0x00A8_6F2C;
/// Where the chart of a table stands: beside the numbers.
const CHART_COLUMN: u16 = 3;
/// Width of a chart, in pixels.
const CHART_WIDTH: u32 = 520;
/// Height of a row, in pixels.
const ROW_HEIGHT: u32 = 20;
/// Minutes of a day: spreadsheets count time in days.
const DAY: f64 = 1440.0;

/// The file.
///
/// # Errors
/// If it cannot be written, which memory always can.
pub fn write(release: &Release, fingerprint: &Digest) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = release.released_on.and_time(chrono::NaiveTime::MIN);
    workbook.set_properties(&DocProperties::new().set_title(&release.name).set_creation_datetime(&created));
    let styles = Styles::new();
    let mut names = BTreeSet::new();
    let sheet = begin(&mut workbook, "Rilascio", release, &mut names)?;
    write_front(sheet, release, fingerprint, &styles)?;
    for table in &release.tables {
        let sheet = begin(&mut workbook, &table.title, release, &mut names)?;
        let name = sheet.name();
        write_table(sheet, &name, table, release, &styles)?;
    }
    for crossing in &release.crossings {
        let sheet = begin(&mut workbook, &crossing.title, release, &mut names)?;
        write_crossing(sheet, crossing, release, &styles)?;
    }
    let sheet = begin(&mut workbook, "Definizioni", release, &mut names)?;
    write_definitions(sheet, release, &styles)?;
    workbook.save_to_buffer()
}

struct Styles {
    title: Format,
    head: Format,
    number_head: Format,
    count: Format,
    time: Format,
    tenths: Format,
    hidden: Format,
    total: Format,
    total_count: Format,
    wrapped: Format,
    small: Format,
}

impl Styles {
    fn new() -> Self {
        let right = || Format::new().set_align(FormatAlign::Right);
        let head = Format::new().set_bold().set_border_bottom(FormatBorder::Medium);
        let total = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            number_head: head.clone().set_align(FormatAlign::Right),
            head,
            count: right().set_num_format("#,##0"),
            time: right().set_num_format("[h]:mm"),
            tenths: right().set_num_format("0.0"),
            hidden: right(),
            total_count: total.clone().set_num_format("#,##0").set_align(FormatAlign::Right),
            total,
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            small: Format::new().set_font_size(9),
        }
    }
}

/// A new sheet that prints on A4, with the number of the release under every page.
fn begin<'a>(
    workbook: &'a mut Workbook,
    title: &str,
    release: &Release,
    names: &mut BTreeSet<String>,
) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(free_name(title, names))?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_footer(format!("&LRilascio n. {}, {}&RPagina &P di &N", release.number, release.period));
    sheet.set_column_width(0, 38)?.set_column_width(1, 14)?;
    Ok(sheet)
}

/// A sheet's name as the format allows it, and no other sheet's: they are compared without regard to case.
fn free_name(title: &str, names: &mut BTreeSet<String>) -> String {
    let plain: String = title.chars().filter(|letter| !NOT_IN_NAMES.contains(letter)).collect();
    let plain = plain.trim().trim_matches('\'');
    let cut = |room: usize| plain.chars().take(room).collect::<String>().trim_end().to_owned();
    let mut name = cut(LONGEST_NAME);
    let mut again = 1_u32;
    while name.is_empty() || !names.insert(name.to_lowercase()) {
        again = again.saturating_add(1);
        let end = format!(" {again}");
        name = cut(LONGEST_NAME.saturating_sub(end.len())) + &end;
    }
    name
}

fn write_front(
    sheet: &mut Worksheet,
    release: &Release,
    fingerprint: &Digest,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &release.name, &styles.title)?;
    let mut about = vec![
        ("Periodo", words::period(&release.period)),
        ("Destinatario", words::recipient_name(&release.recipient)),
        ("Rilasciato il", words::day(release.released_on)),
        ("Impronta", words::fingerprint(fingerprint)),
    ];
    about.extend(release.replaces.map(|number| ("Rettifica", format!("del n. {number}"))));
    let mut row = 1;
    row = write_number(sheet, row, "Rilascio n.", u64::from(release.number), &styles.count)?;
    row = write_number(sheet, row, "Soglia k", release.rules.k.get(), &styles.count)?;
    row = write_number(sheet, row, "Definizioni, versione", u64::from(release.rules.definitions), &styles.count)?;
    for (label, value) in about {
        sheet.write_string(row, 0, label)?.write_string(row, 1, value)?;
        row = row.saturating_add(1);
    }
    row = row.saturating_add(1);
    sheet.write_string_with_format(row, 0, "In sintesi", &styles.head)?;
    sheet.write_string_with_format(row, 1, "Numero", &styles.number_head)?;
    let has_longer = release.figures.iter().any(|figure| figure.period.is_some());
    if has_longer || release.unique.is_some_and(|unique| unique.period.is_some()) {
        sheet.write_string_with_format(row, 2, "Periodo", &styles.head)?.set_column_width(2, 48)?;
    }
    row = row.saturating_add(1);
    for figure in &release.figures {
        sheet.write_string(row, 0, &figure.label)?;
        write_figure(sheet, row, figure, styles)?;
        if let Some(period) = &figure.period {
            sheet.write_string(row, 2, words::period(period))?;
        }
        row = row.saturating_add(1);
    }
    if let Some(unique) = &release.unique {
        for (label, count) in
            [("Persone uniche, almeno", unique.range.min), ("Persone uniche, al massimo", unique.range.max)]
        {
            if let Some(period) = &unique.period {
                sheet.write_string(row, 2, words::period(period))?;
            }
            row = write_number(sheet, row, label, count, &styles.count)?;
        }
    }
    write_notes(sheet, row, release, styles)
}

fn write_number(sheet: &mut Worksheet, row: u32, label: &str, count: u64, format: &Format) -> Result<u32, XlsxError> {
    sheet.write_string(row, 0, label)?.write_number_with_format(row, 1, count as f64, format)?;
    Ok(row.saturating_add(1))
}

fn write_figure(sheet: &mut Worksheet, row: u32, figure: &Figure, styles: &Styles) -> Result<(), XlsxError> {
    let (number, format) = match (figure.cell, figure.measure) {
        (Cell::Hidden, _) => return write_cell(sheet, row, figure.cell, &styles.count, &styles.hidden),
        (Cell::Shown(count), Measure::Count) => (count as f64, &styles.count),
        (Cell::Shown(count), Measure::Minutes) => (count as f64 / DAY, &styles.time),
        (Cell::Shown(count), Measure::Tenths) => (count as f64 / 10.0, &styles.tenths),
    };
    sheet.write_number_with_format(row, 1, number, format).map(drop)
}

fn write_cell(sheet: &mut Worksheet, row: u32, cell: Cell, count: &Format, hidden: &Format) -> Result<(), XlsxError> {
    write_cell_at(sheet, (row, 1), cell, count, hidden)
}

fn write_cell_at(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    count: &Format,
    hidden: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Shown(number) => sheet.write_number_with_format(row, column, number as f64, count),
        Cell::Hidden => sheet.write_string_with_format(row, column, words::HIDDEN, hidden),
    }
    .map(drop)
}

/// A crossing: its columns side by side, the totals last, without a chart: its cells are to be read one by one.
fn write_crossing(
    sheet: &mut Worksheet,
    crossing: &Crossing,
    release: &Release,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.write_string_with_format(0, 0, &crossing.title, &styles.title)?;
    sheet.write_string(1, 0, &crossing.definition)?;
    sheet.write_string(2, 0, words::period(&crossing.period.unwrap_or(release.period)))?;
    sheet.write_string_with_format(4, 0, "Voce", &styles.head)?.set_freeze_panes(5, 1)?;
    let heads = crossing.columns.iter().map(|column| column.label.as_str()).chain([words::TOTAL]);
    for (column, head) in (1..).zip(heads) {
        sheet.write_string_with_format(4, column, head, &styles.number_head)?.set_column_width(column, 18)?;
    }
    let mut row = 5;
    for line in &crossing.lines {
        sheet.write_string(row, 0, &line.label)?;
        for (column, cell) in (1..).zip(line.cells.iter().chain([&line.total])) {
            write_cell_at(sheet, (row, column), *cell, &styles.count, &styles.hidden)?;
        }
        row = row.saturating_add(1);
    }
    sheet.write_string_with_format(row, 0, words::TOTAL, &styles.total)?;
    let totals = crossing.columns.iter().map(|column| column.cell).chain([crossing.total]);
    for (column, cell) in (1..).zip(totals) {
        write_cell_at(sheet, (row, column), cell, &styles.total_count, &styles.total_count)?;
    }
    write_notes(sheet, row.saturating_add(1), release, styles)
}

fn write_notes(sheet: &mut Worksheet, mut row: u32, release: &Release, styles: &Styles) -> Result<(), XlsxError> {
    row = row.saturating_add(1);
    for note in words::notes(release) {
        sheet.write_string_with_format(row, 0, note, &styles.small)?;
        row = row.saturating_add(1);
    }
    Ok(())
}

fn write_table(
    sheet: &mut Worksheet,
    name: &str,
    table: &Table,
    release: &Release,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.write_string_with_format(0, 0, &table.title, &styles.title)?;
    sheet.write_string(1, 0, &table.definition)?;
    sheet.write_string(2, 0, words::period(&table.period.unwrap_or(release.period)))?;
    sheet.write_string_with_format(4, 0, "Voce", &styles.head)?;
    sheet.write_string_with_format(4, 1, "Numero", &styles.number_head)?.set_freeze_panes(5, 0)?;
    let first = 5;
    let mut row = first;
    for line in &table.rows {
        sheet.write_string(row, 0, &line.label)?;
        write_cell(sheet, row, line.cell, &styles.count, &styles.hidden)?;
        row = row.saturating_add(1);
    }
    if let Some(total) = table.total {
        sheet.write_string_with_format(row, 0, words::TOTAL, &styles.total)?;
        write_cell(sheet, row, total, &styles.total_count, &styles.total_count)?;
        row = row.saturating_add(1);
    }
    if table.rows.iter().any(|line| line.cell.shown().is_some_and(|count| count > 0)) {
        let last = first.saturating_add(u32::try_from(table.rows.len()).unwrap_or(u32::MAX)).saturating_sub(1);
        sheet.insert_chart(4, CHART_COLUMN, &chart(name, table, first, last))?;
        // The notes stand below it.
        row = row.max(first.saturating_add(chart_height(table) / ROW_HEIGHT));
    }
    write_notes(sheet, row, release, styles)
}

/// Bars from zero, in one colour, the first row on top; each with its number or *n.p.*
fn chart(name: &str, table: &Table, first: u32, last: u32) -> Chart {
    let labels: Vec<ChartDataLabel> = table
        .rows
        .iter()
        .map(|row| match row.cell {
            Cell::Shown(_) => ChartDataLabel::new().show_value().to_custom(),
            Cell::Hidden => ChartDataLabel::new().set_value(words::HIDDEN).to_custom(),
        })
        .collect();
    let values: Vec<String> = table.rows.iter().map(|row| format!("{} {}", row.label, said(row.cell))).collect();
    let mut chart = Chart::new_bar();
    chart
        .add_series()
        .set_categories((name, first, 0, last, 0))
        .set_values((name, first, 1, last, 1))
        .set_format(
            rust_xlsxwriter::ChartFormat::new()
                .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(rust_xlsxwriter::Color::RGB(BAR))),
        )
        .set_gap(60)
        .set_custom_data_labels(&labels);
    chart.title().set_name(&table.title);
    chart.legend().set_hidden();
    // Of a chart with lying bars, the categories are on the upright axis.
    chart.y_axis().set_reverse();
    chart.x_axis().set_min(0).set_hidden(true);
    chart.set_alt_text(format!("{}: {}", table.title, values.join(", ")));
    chart.set_width(CHART_WIDTH).set_height(chart_height(table));
    chart
}

fn chart_height(table: &Table) -> u32 {
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    rows.saturating_mul(32).saturating_add(70).min(900)
}

fn said(cell: Cell) -> String {
    cell.shown().map_or_else(|| words::HIDDEN.to_owned(), |count| count.to_string())
}

fn write_definitions(sheet: &mut Worksheet, release: &Release, styles: &Styles) -> Result<(), XlsxError> {
    for (column, title) in (0..).zip(["Tabella", "Codice", "Che cosa conta"]) {
        sheet.write_string_with_format(0, column, title, &styles.head)?;
    }
    sheet.set_column_width(1, 22)?.set_column_width(2, 70)?;
    let mut row = 1;
    let tables = release.tables.iter().map(|table| (&table.title, &table.code, &table.definition));
    let crossings = release.crossings.iter().map(|crossing| (&crossing.title, &crossing.code, &crossing.definition));
    for (title, code, definition) in tables.chain(crossings) {
        for (column, text) in (0..).zip([title, code, definition]) {
            sheet.write_string_with_format(row, column, text, &styles.wrapped)?;
        }
        row = row.saturating_add(1);
    }
    write_notes(sheet, row, release, styles)
}
