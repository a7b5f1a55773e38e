//! `uscita programme rotate`: other keys for the programme, in two steps with the paper in between.

use super::recover::text_of;
use super::{now, print, print_json};
use crate::arguments::RotateArguments;
use crate::failure::Failure;
use crate::office;
use crate::recovery_sheet::Sheet;
use crate::say::{Say, arguments};
use data_encoding::BASE64URL_NOPAD;
use domain::time::operational_date;
use notebook::error::NotebookError;
use notebook::notebook::Notebook;
use notebook::rotation::PendingRotation;
use notebook::sync::enrol_desk;
use serde_json::json;

pub(super) fn run(given: &RotateArguments, say: &Say) -> Result<(), Failure> {
    let mut notebook = given.home.open_notebook(say)?;
    if given.give_up {
        notebook.give_up_rotation()?;
        return print(&say.text("rotate-given-up"));
    }
    match &given.confirm {
        None => begin(&mut notebook, given, say),
        Some(file) => {
            let text = text_of(file)?;
            let words: Vec<&str> = text.split_whitespace().collect();
            confirm(&mut notebook, &words, say)
        }
    }
}

fn begin(notebook: &mut Notebook, given: &RotateArguments, say: &Say) -> Result<(), Failure> {
    let pending = notebook.begin_rotation(given.signer, now())?;
    let admin_key = BASE64URL_NOPAD.encode(&pending.admin_key.0);
    let sheet = Sheet {
        programme: &notebook.programme()?.name,
        admin_key: &admin_key,
        secret: &pending.recovery,
        date: pending.begun_on,
        follows: true,
    };
    if let Some(path) = &given.sheet {
        sheet.write(path, say)?;
    }
    if say.is_json() {
        let words: Vec<&str> = pending.recovery.as_words().split(' ').collect();
        return print_json(&json!({
            "begun_on": pending.begun_on, "asked": pending.asked, "words": words,
            "identity": pending.recovery.as_text(), "admin_key": admin_key,
        }));
    }
    print(&say.text("rotate-words"))?;
    print(&sheet.text(say))?;
    if let Some(path) = &given.sheet {
        print(&say.with("sheet-written", &arguments([("file", path.display().to_string())])))?;
    }
    print(&say.with("rotate-next", &arguments([("places", places(&pending))])))
}

fn confirm(notebook: &mut Notebook, words: &[&str], say: &Say) -> Result<(), Failure> {
    let pending = notebook.pending_rotation()?.ok_or(NotebookError::NotFound("change of keys"))?;
    if !pending.is_written_down(words) {
        return Err(Failure::OtherSheet(places(&pending)));
    }
    let client = office::client(notebook)?;
    enrol_desk::be_up_to_date(notebook, &client, now())?;
    let moment = now();
    notebook.confirm_rotation(words, moment)?.ok_or_else(|| Failure::OtherSheet(places(&pending)))?;
    enrol_desk::publish(notebook, &client, now())?;
    let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
    let (recipient, admin_key) = (manifest.recovery_recipient.clone(), BASE64URL_NOPAD.encode(&manifest.admin_key.0));
    if say.is_json() {
        let changed = operational_date(moment.now).to_string();
        return print_json(&json!({
            "changed": changed, "manifest": manifest.number, "recipient": recipient, "admin_key": admin_key,
        }));
    }
    print(&say.text("rotate-done"))?;
    print(&say.with("rotate-server", &arguments([("recipient", recipient), ("key", admin_key)])))
}

fn places(pending: &PendingRotation) -> String {
    pending.asked.map(|place| place.to_string()).join(", ")
}
