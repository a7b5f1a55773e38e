//! The files of a release in a program that we did not write: LibreOffice reads the workbook and the list, and says what it
//! understood in its flat XML.

use chrono::NaiveDate;
use domain::disclosure::{Class, Recipient, RecipientKind, Rules, Threshold, UniqueRange};
use domain::ids::{DeviceId, ProgrammeId};
use domain::release::file::{ReleaseFormat, write};
use domain::release::{Cell, CrossedLine, Crossing, Figure, Measure, Period, Release, Row, Table, Unique};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;

const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
const DRAW: &str = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0";
/// Semicolons, quotes, UTF-8, from the first line, in Italian.
const CSV_FILTER: &str = "CSV:59,34,76,1,,1040";

/// A cell as LibreOffice has it.
#[derive(Clone, Debug, PartialEq)]
struct Read {
    kind: String,
    number: Option<f64>,
    text: String,
}

fn release() -> Release {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let row = |code: &str, label: &str, cell: Cell| Row { code: code.into(), label: label.into(), cell };
    let figure = |code: &str, label: &str, measure: Measure, count: u64| Figure {
        code: code.into(),
        label: label.into(),
        measure,
        period: None,
        cell: Cell::Shown(count),
    };
    Release {
        version: 1,
        programme: ProgrammeId(Uuid::from_u128(7)),
        name: "=HYPERLINK(\"http://example.org\";\"Città\")".into(),
        number: 3,
        replaces: None,
        recipient: Recipient { kind: RecipientKind::Municipality, code: "+Brescia".into() },
        period: Period::week("2026-W11".parse().unwrap()),
        first_day: day("2026-03-09"),
        last_day: day("2026-03-15"),
        rules: Rules { k: Threshold::DEFAULT, definitions: 1 },
        released_on: day("2026-03-16"),
        desk: DeviceId(Uuid::from_u128(9)),
        manifest: 1,
        figures: vec![
            figure("outings", "Uscite", Measure::Count, 3),
            figure("minutes", "Tempo di uscita", Measure::Minutes, 645),
            figure("condoms_per_contact_x10", "Preservativi per contatto", Measure::Tenths, 82),
        ],
        unique: Some(Unique { period: None, range: UniqueRange { min: 19, max: 26 } }),
        tables: vec![Table {
            code: "age".into(),
            title: "Età".into(),
            definition: "Contatti con persone, per età stimata. «Altro» comprende chi non l’ha detta.".into(),
            class: Class::Person,
            period: None,
            rows: vec![
                row("18_24", "18–24", Cell::Hidden),
                row("25_34", "25–34", Cell::Shown(13)),
                row("35_plus", "=1+1", Cell::Shown(8)),
                row("other_not_recorded", "Altro o non rilevato", Cell::Hidden),
            ],
            total: Some(Cell::Shown(30)),
        }],
        crossings: vec![Crossing {
            code: "gender_age".into(),
            title: "Genere ed età".into(),
            definition: "Contatti con persone, per genere ed età stimata insieme.".into(),
            period: None,
            columns: vec![row("18_24", "18–24", Cell::Hidden), row("25_34", "\u{a0}=1+1", Cell::Shown(26))],
            lines: vec![CrossedLine {
                code: "woman".into(),
                label: "@Donna".into(),
                cells: vec![Cell::Hidden, Cell::Shown(24)],
                total: Cell::Shown(28),
            }],
            total: Cell::Shown(30),
        }],
    }
}

/// The file as LibreOffice reads it, in its flat XML.
fn open(folder: &Path, format: ReleaseFormat) -> String {
    let release = release();
    let file = folder.join(format!("rilascio.{}", format.extension()));
    std::fs::write(&file, write(&release.to_bytes().unwrap(), &release, format).unwrap()).unwrap();
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    office.args(["--headless", "--convert-to", "fods", "--outdir"]).arg(folder);
    if format == ReleaseFormat::Csv {
        office.arg(format!("--infilter={CSV_FILTER}"));
    }
    let output = office.arg(&file).env("HOME", folder).output().unwrap();
    let read: PathBuf = folder.join("rilascio.fods");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    std::fs::read_to_string(read).unwrap_or_else(|_| panic!("LibreOffice does not read {format}: {said}"))
}

/// A chart carries its numbers along, in a table of its own.
fn is_of_chart(node: Node) -> bool {
    node.ancestors().any(|outer| outer.has_tag_name((DRAW, "object")))
}

fn cell(node: Node) -> Read {
    let own = node.descendants().filter(|inner| inner.is_text() && !is_of_chart(*inner));
    let text: Vec<&str> = own.filter_map(|inner| inner.text()).collect();
    Read {
        kind: node.attribute((OFFICE, "value-type")).unwrap_or_default().to_owned(),
        number: node.attribute((OFFICE, "value")).and_then(|value| value.parse().ok()),
        text: text.concat().trim().to_owned(),
    }
}

/// Rows of cells that hold something, by the name of the sheet.
fn sheets(document: &Document) -> BTreeMap<String, Vec<Vec<Read>>> {
    let rows = |sheet: Node| {
        let rows = sheet.descendants().filter(|node| node.has_tag_name((TABLE, "table-row")) && !is_of_chart(*node));
        let cells = |row: Node| {
            let cells = row.children().filter(|node| node.has_tag_name((TABLE, "table-cell")));
            cells.filter(|node| node.has_attribute((OFFICE, "value-type"))).map(cell).collect()
        };
        rows.map(cells).filter(|row: &Vec<Read>| !row.is_empty()).collect()
    };
    let spreadsheet = document.descendants().find(|node| node.has_tag_name((OFFICE, "spreadsheet"))).unwrap();
    let sheets = spreadsheet.children().filter(|node| node.has_tag_name((TABLE, "table")));
    sheets.map(|sheet| (sheet.attribute((TABLE, "name")).unwrap().to_owned(), rows(sheet))).collect()
}

fn formulas(document: &Document) -> usize {
    document.descendants().filter(|node| node.has_attribute((TABLE, "formula"))).count()
}

/// What a file could say beside what is on its sheets: who wrote it, with what, what lies on sheets that nobody sees.
fn asides(document: &Document) -> Vec<String> {
    let people = ["initial-creator", "creator", "printed-by", "user-defined"];
    let text = |node: Node| node.text().unwrap_or_default().trim().to_owned();
    // The one property that a workbook has: which version of the format it is written in, the same in every one.
    let of_the_format = |node: &Node| node.attributes().any(|attribute| attribute.value() == "AppVersion");
    let properties = document
        .descendants()
        .filter(|node| people.contains(&node.tag_name().name()))
        .filter(|node| !of_the_format(node));
    let said = properties.map(text).filter(|text| !text.is_empty());
    let unseen = document.descendants().filter(|node| node.attribute((TABLE, "display")) == Some("false"));
    said.chain(unseen.map(|_| "a hidden sheet".to_owned())).collect()
}

/// What stands beside a label.
fn beside<'a>(rows: &'a [Vec<Read>], label: &str) -> &'a Read {
    let row = rows.iter().find(|row| row.iter().any(|cell| cell.text == label));
    let row = row.unwrap_or_else(|| panic!("no row {label} in {rows:?}"));
    let place = row.iter().position(|cell| cell.text == label).unwrap();
    &row[place + 1]
}

#[test]
fn libreoffice_reads_the_workbook_as_numbers_texts_and_charts() {
    let folder = tempfile::tempdir().unwrap();
    let text = open(folder.path(), ReleaseFormat::Xlsx);
    let document = Document::parse(&text).unwrap();
    assert_eq!(formulas(&document), 0);
    assert_eq!(asides(&document), Vec::<String>::new());
    let sheets = sheets(&document);
    assert_eq!(
        sheets.keys().map(String::as_str).collect::<Vec<_>>(),
        ["Definizioni", "Età", "Genere ed età", "Rilascio"]
    );
    let (front, age) = (&sheets["Rilascio"], &sheets["Età"]);
    assert_eq!(front[0][0].text, "=HYPERLINK(\"http://example.org\";\"Città\")");
    assert_eq!((front[0][0].kind.as_str(), beside(front, "Uscite").number), ("string", Some(3.0)));
    assert_eq!(beside(front, "Destinatario").text, "Comune, +Brescia");
    let time = beside(front, "Tempo di uscita");
    assert_eq!((time.kind.as_str(), time.text.as_str()), ("time", "10:45"));
    assert_eq!(beside(front, "Preservativi per contatto").number, Some(8.2));
    assert_eq!(beside(front, "Persone uniche, almeno").number, Some(19.0));
    assert_eq!((beside(age, "25–34").kind.as_str(), beside(age, "25–34").number), ("float", Some(13.0)));
    assert_eq!(beside(age, "=1+1").number, Some(8.0), "a label is no formula");
    for hidden in ["18–24", "Altro o non rilevato"] {
        assert_eq!((beside(age, hidden).kind.as_str(), beside(age, hidden).text.as_str()), ("string", "n.p."));
    }
    assert_eq!(beside(age, "Totale").number, Some(30.0));
    assert!(age.iter().flatten().any(|cell| cell.text.contains("non l’ha detta")), "accents and quotes");
    assert!(age.iter().flatten().any(|cell| cell.text.starts_with("n.p. = non pubblicabile")), "the footnote");
    let crossed = &sheets["Genere ed età"];
    assert_eq!((beside(crossed, "@Donna").text.as_str(), beside(crossed, "n.p.").number), ("n.p.", Some(24.0)));
    assert!(crossed.iter().flatten().any(|cell| cell.text == "=1+1" && cell.kind == "string"), "{crossed:?}");
    let charts = document.descendants().filter(|node| node.has_tag_name((DRAW, "object"))).count();
    assert_eq!(charts, 1, "one chart beside the one table");
}

#[test]
fn libreoffice_reads_the_list_as_numbers_and_texts() {
    let folder = tempfile::tempdir().unwrap();
    let text = open(folder.path(), ReleaseFormat::Csv);
    let document = Document::parse(&text).unwrap();
    assert_eq!(formulas(&document), 0);
    let sheets = sheets(&document);
    let rows = sheets.values().next().unwrap();
    assert_eq!(rows[0][0].text, "tabella", "no mark of order stands in the first cell");
    assert_eq!(beside(rows, "progetto").text, "'=HYPERLINK(\"http://example.org\";\"Città\")");
    assert_eq!((beside(rows, "25–34").kind.as_str(), beside(rows, "25–34").number), ("float", Some(13.0)));
    assert_eq!(beside(rows, "Tempo di uscita, minuti").number, Some(645.0));
    assert_eq!(beside(rows, "Preservativi per contatto").number, Some(8.2));
    assert_eq!((beside(rows, "18–24").kind.as_str(), beside(rows, "18–24").text.as_str()), ("string", "*"));
    assert!(rows.iter().flatten().any(|cell| cell.text == "Età"));
    assert!(rows.iter().flatten().any(|cell| cell.text.starts_with("'@Donna")), "{rows:?}");
    assert_eq!(beside(rows, "Totale, \u{a0}=1+1").number, Some(26.0), "no formula within a text");
}
