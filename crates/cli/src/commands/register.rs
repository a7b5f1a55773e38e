//! `uscita register`: who did what on which day, and whether the chain is whole.

use super::{lists, now, print, print_done, print_json, write_bytes, write_new};
use crate::arguments::{RegisterArguments, RegisterCommand};
use crate::failure::Failure;
use crate::recover::admin_key_of;
use crate::say::{Say, arguments};
use data_encoding::BASE64URL_NOPAD;
use domain::sync::act::DeviceAct;
use notebook::desk::{RegisterHead, RegisterSigner, verify_register};
use notebook::error::NotebookError;
use notebook::view::{DeedView, RegisterInput, RegisterLineView, RegisterPart, RegisterView};
use serde_json::json;
use std::path::Path;

pub(super) fn run(given: &RegisterArguments, say: &Say) -> Result<(), Failure> {
    match &given.command {
        None => show(given, say),
        Some(RegisterCommand::Export { output }) => export(given, output, say),
        Some(RegisterCommand::Verify { file, admin_key }) => verify(file, admin_key.as_deref(), say),
    }
}

fn export(given: &RegisterArguments, output: &Path, say: &Say) -> Result<(), Failure> {
    // Before anything is noted: a file that is there already stays.
    if output != Path::new("-") && output.exists() {
        return Err(Failure::Exists(output.to_owned()));
    }
    let session = given.home().open_session(say)?;
    let (head, bytes) = session.at_desk(|notebook, _| notebook.sign_register(now()))?;
    if output == Path::new("-") {
        return write_bytes(&bytes);
    }
    write_new(&bytes, output)?;
    let mut words = head_words(&head);
    words.extend(arguments([("file", output.display().to_string())]));
    print_done(say, &say.with("register-written", &words), &json!({ "file": output, "register": head }))
}

fn verify(file: &Path, admin_key: Option<&str>, say: &Say) -> Result<(), Failure> {
    let expected = admin_key.map(admin_key_of).transpose()?;
    let bytes = std::fs::read(file).map_err(|_| Failure::Unreadable(file.to_owned()))?;
    let head =
        verify_register(&bytes, expected.as_deref()).map_err(|fault| Failure::Register(file.to_owned(), fault))?;
    let key = match (expected, head.signer) {
        (Some(_), _) => "register-key-given",
        (None, RegisterSigner::Admin) => "register-key-admin",
        (None, RegisterSigner::Desk) => "register-key-desk",
    };
    let words = head_words(&head);
    let sentence = format!("{}\n{}", say.with("register-holds", &words), say.with(key, &words));
    print_done(say, &sentence, &json!({ "holds": true, "key_was_given": admin_key.is_some(), "register": head }))
}

fn head_words(head: &RegisterHead) -> crate::say::Arguments {
    let mut words = arguments([
        ("name", head.name.clone()),
        ("desk", head.desk.clone()),
        ("day", head.exported_on.to_string()),
        ("lines", head.lines.to_string()),
        ("key", BASE64URL_NOPAD.encode(&head.key.0)),
    ]);
    words.insert("n".into(), head.lines.into());
    words
}

fn show(given: &RegisterArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home().open_session(say)?;
    let ask = |before| session.register(RegisterInput { part: RegisterPart::All, before });
    let mut view = ask(None)?;
    while view.more {
        let earlier = ask(view.lines.last().map(|line| line.number))?;
        view.more = earlier.more && !earlier.lines.is_empty();
        view.lines.extend(earlier.lines);
    }
    if say.is_json() {
        print_json(&view)?;
    } else {
        print(&text(&view, say))?;
    }
    // Whoever reads this from cron is told.
    if view.broken.is_none() { Ok(()) } else { Err(NotebookError::Damaged("register").into()) }
}

fn text(view: &RegisterView, say: &Say) -> String {
    let mut lines: Vec<String> = view.lines.iter().rev().map(|line| line_text(line, say)).collect();
    if lines.is_empty() {
        lines.push(say.text("register-none"));
    }
    lines.push(match view.broken {
        Some(number) => say.with("register-broken", &arguments([("n", number.to_string())])),
        None => {
            let mut words = arguments([("lines", view.count.to_string()), ("head", view.head.clone())]);
            words.insert("n".into(), view.count.into());
            say.with("register-whole", &words)
        }
    });
    lines.join("\n")
}

/// `12  2026-03-12  S1  ha cambiato  Zona Z5: ritirata  – → 9b60 12fc`
fn line_text(line: &RegisterLineView, say: &Say) -> String {
    let RegisterLineView { number, on, who, deed, before, after, hash } = line;
    let (act, about) = deed_text(deed, say);
    let hashes = match (before, after) {
        (None, None) => String::new(),
        (before, after) => {
            let part = |hash: &Option<String>| hash.clone().unwrap_or_else(|| "–".to_owned());
            format!("  {} → {}", part(before), part(after))
        }
    };
    format!("{number:>5}  {on}  {who}  {act}  {about}{hashes}  [{hash}]")
}

fn deed_text(deed: &DeedView, say: &Say) -> (String, String) {
    let release = |number: &u32| say.with("register-release", &arguments([("n", number.to_string())]));
    let night = |unit: &String, date: &chrono::NaiveDate| {
        say.with("register-night", &arguments([("unit", unit.clone()), ("day", date.to_string())]))
    };
    let (act, about) = match deed {
        DeedView::Signed { unit, date } => ("register-signed", night(unit, date)),
        DeedView::Amended { unit, date, number } => {
            let words = arguments([("unit", unit.clone()), ("day", date.to_string()), ("n", number.to_string())]);
            ("register-amended", say.with("register-night-amended", &words))
        }
        DeedView::Corrected => ("register-corrected", say.text("register-day-entry")),
        DeedView::Released { number, period, recipient } => {
            let words =
                arguments([("n", number.to_string()), ("period", period.clone()), ("recipient", recipient.clone())]);
            ("register-released", say.with("register-release-to", &words))
        }
        DeedView::Published { number } => ("register-published", release(number)),
        DeedView::Withdrawn { number } => ("register-withdrawn", release(number)),
        DeedView::ReleaseExported { number, format } => {
            let words = arguments([("n", number.to_string()), ("format", format.clone())]);
            ("register-exported", say.with("register-release-file", &words))
        }
        DeedView::TallyExported { first, last, format } => {
            let words =
                arguments([("first", first.to_string()), ("last", last.to_string()), ("format", format.clone())]);
            ("register-exported", say.with("register-tally-file", &words))
        }
        DeedView::RegisterExported { lines } => {
            ("register-exported", say.with("register-register-file", &arguments([("n", *lines)])))
        }
        DeedView::Device { act, name, role } => {
            let role = role.map(|role| format!(", {}", say.text(&format!("devices-role-{role}"))));
            (device_key(*act), format!("{name}{}", role.unwrap_or_default()))
        }
        DeedView::List { list, code, change } => {
            let change = say.text(&format!("lists-{change}"));
            ("register-changed", format!("{}: {change}", lists::place(*list, code, say)))
        }
    };
    (say.text(act), about)
}

const fn device_key(act: DeviceAct) -> &'static str {
    match act {
        DeviceAct::Enrolled => "register-enrolled",
        DeviceAct::Revoked => "register-revoked",
        DeviceAct::WipeOrdered => "register-wipe-ordered",
        DeviceAct::Released => "register-let-in",
        DeviceAct::Dropped => "register-dropped",
        DeviceAct::TakenBack => "register-taken-back",
        DeviceAct::KeysChanged => "register-keys-changed",
    }
}
