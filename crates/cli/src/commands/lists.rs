//! `uscita programme show|edit`: the directory and the lists as a file.

use super::{print, print_done, print_json, text_of_file};
use crate::arguments::{EditArguments, HomeArguments};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use domain::programme::Lists;
use domain::programme::lists::{ChangeKind, Difference, ListFault, ListName};
use notebook::error::NotebookError;
use notebook::view::{ListsInput, Nothing};
use serde_json::json;

pub(super) fn show(home: &HomeArguments, say: &Say) -> Result<(), Failure> {
    let view = home.open_session(say)?.lists(Nothing {})?;
    print_json(&view.lists)
}

pub(super) fn edit(given: &EditArguments, say: &Say) -> Result<(), Failure> {
    let text = text_of_file(&given.file)?;
    let lists: Lists = serde_json::from_str(&text).map_err(|_| Failure::NotLists(given.file.clone()))?;
    let session = given.home.open_session(say)?;
    let base = session.lists(Nothing {})?.base;
    let input = ListsInput { base, lists };
    let preview = session.check_lists(input.clone())?;
    if !say.is_json() {
        for difference in &preview.differences {
            print(&difference_text(difference, say))?;
        }
        for fault in &preview.faults {
            print(&fault_text(fault, say))?;
        }
    } else if given.dry_run || !preview.faults.is_empty() || preview.differences.is_empty() {
        print_json(&preview)?;
    }
    if !preview.faults.is_empty() {
        return Err(NotebookError::InvalidInput("lists").into());
    }
    if given.dry_run || preview.differences.is_empty() {
        return Ok(());
    }
    let view = session.change_lists(input)?;
    match view.error {
        None => {
            let sent = say.with("lists-sent", &arguments([("n", view.manifest.to_string())]));
            print_done(say, &sent, &json!({ "manifest": view.manifest, "differences": preview.differences }))
        }
        Some(code) => Err(code.into()),
    }
}

/// *Zona Z5: ritirata*, and what each part said and says.
fn difference_text(difference: &Difference, say: &Say) -> String {
    let Difference { list, code, change, fields, .. } = difference;
    let said: Vec<String> = fields
        .iter()
        .filter_map(|field| {
            let (from, to) = (field.from.as_deref().unwrap_or("–"), field.to.as_deref().unwrap_or("–"));
            (field.from.is_some() || field.to.is_some()).then(|| format!("{} {from} → {to}", field.field))
        })
        .collect();
    let what = if *change == ChangeKind::Changed && !said.is_empty() {
        said.join(", ")
    } else {
        say.text(&format!("lists-{change}"))
    };
    format!("{}: {what}", place(*list, code, say))
}

fn fault_text(fault: &ListFault, say: &Say) -> String {
    format!("{}: {}", place(fault.list, &fault.code, say), say.text(&format!("lists-fault-{}", fault.fault)))
}

/// *Zona Z5*.
pub(super) fn place(list: ListName, code: &str, say: &Say) -> String {
    let list = say.text(&format!("lists-of-{list}"));
    if code.is_empty() { list } else { format!("{list} {code}") }
}
