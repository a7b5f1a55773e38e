//! `uscita register`: who did what on which day, and whether the chain is whole.

use super::{lists, print};
use crate::arguments::RegisterArguments;
use crate::failure::Failure;
use crate::say::{Say, arguments};
use domain::sync::act::DeviceAct;
use notebook::error::NotebookError;
use notebook::view::{DeedView, RegisterInput, RegisterLineView, RegisterPart, RegisterView};

pub(super) fn run(given: &RegisterArguments, say: &Say) -> Result<(), Failure> {
    let session = given.home.open_session(say)?;
    let ask = |before| session.register(RegisterInput { part: RegisterPart::All, before });
    let mut view = ask(None)?;
    while view.more {
        let earlier = ask(view.lines.last().map(|line| line.number))?;
        view.more = earlier.more && !earlier.lines.is_empty();
        view.lines.extend(earlier.lines);
    }
    if given.json {
        print(&serde_json::to_string_pretty(&view).map_err(|_| Failure::internal("register"))?)?;
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
    }
}
