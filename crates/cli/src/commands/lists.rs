//! `uscita programme show|edit`: the directory and the lists as a file.

use super::print;
use crate::arguments::{EditArguments, HomeArguments};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use domain::programme::Lists;
use domain::programme::lists::{ChangeKind, Difference, ListFault, ListName};
use notebook::error::{ErrorView, NotebookError};
use notebook::view::{ListsInput, Nothing};

pub(super) fn show(home: &HomeArguments, say: &Say) -> Result<(), Failure> {
    let view = home.open_session(say)?.lists(Nothing {})?;
    print(&serde_json::to_string_pretty(&view.lists).map_err(|_| Failure::internal("lists"))?)
}

pub(super) fn edit(given: &EditArguments, say: &Say) -> Result<(), Failure> {
    let text = std::fs::read_to_string(&given.file).map_err(|_| Failure::Unreadable(given.file.clone()))?;
    let lists: Lists = serde_json::from_str(&text).map_err(|_| Failure::Unreadable(given.file.clone()))?;
    let session = given.home.open_session(say)?;
    let base = session.lists(Nothing {})?.base;
    let input = ListsInput { base, lists };
    let preview = session.check_lists(input.clone())?;
    for difference in &preview.differences {
        print(&difference_text(difference, say))?;
    }
    if !preview.faults.is_empty() {
        for fault in &preview.faults {
            print(&fault_text(fault, say))?;
        }
        return Err(NotebookError::InvalidInput("lists").into());
    }
    if given.dry_run || preview.differences.is_empty() {
        return Ok(());
    }
    let view = session.change_lists(input)?;
    match view.error {
        None => print(&say.with("lists-sent", &arguments([("n", view.manifest.to_string())]))),
        Some(code) => Err(ErrorView { code, place: None, wait_seconds: None, findings: Vec::new() }.into()),
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
