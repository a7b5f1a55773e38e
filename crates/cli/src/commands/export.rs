//! `uscita export`: a release as a file, and the exact numbers of a period for inside use.

use super::release::file_of;
use super::{now, print_done, write_bytes, write_whole};
use crate::arguments::{ExportCommand, InternalFormat};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use domain::release::file::ReleaseFormat;
use domain::release::words;
use domain::time::Period;
use serde_json::{Value, json};
use std::path::Path;

pub(super) fn run(command: &ExportCommand, say: &Say) -> Result<(), Failure> {
    match command {
        ExportCommand::Release { number, format, output, home } => {
            let mut notebook = home.open_notebook(say)?;
            let format = ReleaseFormat::from(*format);
            let bytes = file_of(&notebook.find_release(*number)?, format)?;
            notebook.note_release_file(*number, format.extension(), &bytes, now())?;
            put(&bytes, output, say)
        }
        ExportCommand::Tally { period, format, output, home } => {
            let mut notebook = home.open_notebook(say)?;
            let tally = notebook.tally(period)?;
            let tally = serde_json::to_value(tally).map_err(|_| Failure::internal("figures"))?;
            let (ending, bytes) = match format {
                InternalFormat::Json => ("json", as_json(&tally, period, say)?),
                InternalFormat::Csv => ("csv", as_csv(&tally, period, say)?),
            };
            notebook.note_tally_file(period, ending, &bytes, now())?;
            put(&bytes, output, say)
        }
    }
}

/// A file whole or not at all; `-` is standard output.
pub(super) fn put(bytes: &[u8], output: &Path, say: &Say) -> Result<(), Failure> {
    if output == Path::new("-") {
        return write_bytes(bytes);
    }
    write_whole(bytes, output)?;
    let words = arguments([("file", output.display().to_string()), ("bytes", bytes.len().to_string())]);
    print_done(say, &say.with("export-done", &words), &json!({ "file": output, "bytes": bytes.len() }))
}

fn as_json(tally: &Value, period: &Period, say: &Say) -> Result<Vec<u8>, Failure> {
    let whole = json!({ "mark": say.text("tally-internal"), "period": period.to_string(), "tally": tally });
    serde_json::to_vec_pretty(&whole).map_err(|_| Failure::internal("json"))
}

/// Every number with its code, and with the code of its category where it has one. The mark stands in every line, so that
/// no part of the file goes without it.
fn as_csv(tally: &Value, period: &Period, say: &Say) -> Result<Vec<u8>, Failure> {
    let mark = say.text("tally-internal");
    let mut lines = Vec::new();
    flatten(tally, &[], &mut lines);
    let mut file = "\u{feff}".as_bytes().to_vec();
    {
        let mut out =
            csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(&mut file);
        let mut line = |fields: [&str; 5]| out.write_record(fields).map_err(|_| Failure::internal("csv"));
        line(["periodo", "numero", "categoria", "valore", "uso"])?;
        let period = words::period(period);
        for (code, category, value) in &lines {
            line([&period, code, category, value, &mark])?;
        }
        out.flush().map_err(|_| Failure::internal("csv"))?;
    }
    Ok(file)
}

/// The leaves that are numbers: the name next to the leaf is the category where two stand above it.
fn flatten(value: &Value, path: &[&str], lines: &mut Vec<(String, String, String)>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                flatten(inner, &[path, &[key.as_str()]].concat(), lines);
            }
        }
        Value::Number(number) => {
            let (code, category) = match path {
                [code] => (*code, ""),
                [code, category] => (*code, *category),
                [.., code, category] => (*code, *category),
                [] => ("", ""),
            };
            lines.push((code.to_owned(), category.to_owned(), number.to_string()));
        }
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) => {}
    }
}
