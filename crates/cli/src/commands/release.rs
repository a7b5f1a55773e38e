//! `uscita release`: preview, make, list, show; `uscita publish` and `uscita withdraw`.

use super::{now, print, print_done, print_json, write_bytes};
use crate::arguments::{PublishArguments, ReleaseCommand, WishArguments, WithdrawArguments};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use crate::table::plain_table;
use domain::disclosure::{Refusal, Why};
use domain::release::file::{self, ReleaseFormat};
use domain::release::make::{Draft, Note, Wish};
use domain::release::{Release, words};
use notebook::desk::KnownRelease;
use notebook::view::ToComeView;
use serde_json::{Value, json};

pub(super) fn run(command: &ReleaseCommand, say: &Say) -> Result<(), Failure> {
    match command {
        ReleaseCommand::Preview(given) => {
            let (notebook, wish) = (given.home.open_notebook(say)?, wish(given));
            let draft = notebook.draft_release(&wish, now())?;
            print_draft(&draft, notebook.nights_to_come(&wish, now())?.as_ref(), "release-preview", say)
        }
        ReleaseCommand::Make(given) => {
            let draft = given.wish.home.open_session(say)?.make_release(&wish(&given.wish), given.incomplete)?;
            print_draft(&draft, None, "release-made", say)
        }
        ReleaseCommand::List { home } => {
            let releases = home.open_notebook(say)?.list_releases()?;
            if say.is_json() {
                return print_json(&releases.iter().map(as_json).collect::<Vec<_>>());
            }
            if releases.is_empty() {
                return print(&say.text("release-none"));
            }
            releases.iter().try_for_each(|known| print(&line(known, say)))
        }
        ReleaseCommand::Show { number, format, home } => {
            let known = home.open_notebook(say)?.find_release(*number)?;
            let bytes = file_of(&known, (*format).into())?;
            write_bytes(&bytes)
        }
    }
}

pub(super) fn publish(given: &PublishArguments, say: &Say) -> Result<(), Failure> {
    let done = given.home.open_session(say)?.publish_release(given.number, given.new_password)?;
    if say.is_json() {
        let json =
            json!({ "number": given.number, "address": done.address, "password": done.password, "told": done.told });
        return print_json(&json);
    }
    print(&say.with("publish-done", &arguments([("number", given.number.to_string())])))?;
    print(&say.with("publish-address", &arguments([("address", done.address)])))?;
    match done.password {
        Some(password) => print(&say.with("publish-password", &arguments([("password", password)])))?,
        None => print(&say.text("publish-password-same"))?,
    }
    if done.told { Ok(()) } else { print(&say.text("publish-not-told")) }
}

pub(super) fn withdraw(given: &WithdrawArguments, say: &Say) -> Result<(), Failure> {
    let told = given.home.open_session(say)?.withdraw_release(given.number)?;
    let done = say.with("withdraw-done", &arguments([("number", given.number.to_string())]));
    print_done(say, &done, &json!({ "number": given.number, "told": told }))?;
    if told || say.is_json() { Ok(()) } else { print(&say.text("publish-not-told")) }
}

fn wish(given: &WishArguments) -> Wish {
    Wish { recipient: given.recipient.clone(), period: given.period, correct: given.correct }
}

fn recipient(release: &Release) -> String {
    format!("{} {}", words::recipient(release.recipient.kind), release.recipient.code)
}

fn print_draft(draft: &Draft, to_come: Option<&ToComeView>, title: &str, say: &Say) -> Result<(), Failure> {
    let Draft { release, notes, .. } = draft;
    if say.is_json() {
        let note = |note: &Note| {
            let why: Vec<&str> = note.why.iter().map(|why| why.code()).collect();
            json!({ "table": note.table.code(), "why": why, "left_out": note.left_out.map(Refusal::code) })
        };
        let notes: Vec<Value> = notes.iter().map(note).collect();
        let release = serde_json::to_value(release).map_err(|_| Failure::internal("release"))?;
        return print_json(&json!({ "release": release, "notes": notes, "to_come": to_come }));
    }
    let heading = arguments([
        ("number", release.number.to_string()),
        ("recipient", recipient(release)),
        ("period", words::period(&release.period)),
    ]);
    print(&say.with(title, &heading))?;
    let header = ["release-column-table", "release-column-visible", "release-column-why"].map(|key| say.text(key));
    let rows = release.tables.iter().map(|table| {
        let shown = table.rows.iter().filter(|row| !row.cell.is_hidden()).count();
        let visible = arguments([("shown", shown.to_string()), ("all", table.rows.len().to_string())]);
        let note = notes.iter().find(|note| note.table.code() == table.code);
        let mut why = note.map(|note| reasons(note, release, say)).unwrap_or_default();
        let merged = table.period.map(|period| arguments([("period", words::period(&period))]));
        why.extend(merged.map(|merged| say.with("release-merged", &merged)));
        [table.title.clone(), say.with("release-visible", &visible), why.join("; ")]
    });
    let crossings = release.crossings.iter().map(|crossing| {
        let cells = || crossing.lines.iter().flat_map(|line| &line.cells);
        let shown = cells().filter(|cell| !cell.is_hidden()).count();
        let visible = arguments([("shown", shown.to_string()), ("all", cells().count().to_string())]);
        let note = notes.iter().find(|note| note.table.code() == crossing.code);
        let mut why = note.map(|note| reasons(note, release, say)).unwrap_or_default();
        let merged = crossing.period.map(|period| arguments([("period", words::period(&period))]));
        why.extend(merged.map(|merged| say.with("release-merged", &merged)));
        [crossing.title.clone(), say.with("release-visible", &visible), why.join("; ")]
    });
    let left_out = notes.iter().filter(|note| note.left_out.is_some()).map(|note| {
        let (title, _) = words::table(note.table);
        [title.to_owned(), "–".to_owned(), reasons(note, release, say).join("; ")]
    });
    print(&plain_table(header, rows.chain(crossings).chain(left_out)))?;
    to_come.map_or(Ok(()), |to_come| print(&say.with("release-to-come", &arguments([("which", which(to_come))]))))
}

/// The nights that are to come, and the units of which something waits.
fn which(to_come: &ToComeView) -> String {
    let nights = to_come.nights.iter().map(|night| format!("{} {}", night.date, night.unit));
    nights.chain(to_come.units.iter().map(ToString::to_string)).collect::<Vec<_>>().join(", ")
}

/// Why a table shows less than there is. Never printed on what goes out.
fn reasons(note: &Note, release: &Release, say: &Say) -> Vec<String> {
    let k = || arguments([("k", note.table.threshold(release.rules.k).get().to_string())]);
    let of = |why: &Why| say.with(&format!("release-why-{why}"), &k());
    let granularity = note.left_out.filter(|refusal| *refusal == Refusal::GranularityChanged);
    note.why.iter().map(of).chain(granularity.map(|_| say.text("release-left-granularity"))).collect()
}

fn line(known: &KnownRelease, say: &Say) -> String {
    let release = &known.release;
    let words = arguments([
        ("number", release.number.to_string()),
        ("recipient", recipient(release)),
        ("period", release.period.to_string()),
        ("k", release.rules.k.get().to_string()),
        ("day", release.released_on.to_string()),
        ("fingerprint", known.signed.fingerprint().to_string().chars().take(16).collect()),
    ]);
    let mut parts = vec![say.with("release-line", &words)];
    let replaces = release.replaces.map(|number| arguments([("number", number.to_string())]));
    parts.extend(replaces.map(|replaces| say.with("release-line-replaces", &replaces)));
    let day = |day: chrono::NaiveDate| arguments([("day", day.to_string())]);
    parts.push(match (known.withdrawn_on, known.published_on) {
        (Some(on), _) => say.with("release-line-withdrawn", &day(on)),
        (None, Some(on)) => say.with("release-line-published", &day(on)),
        (None, None) if known.contested => say.text("release-line-contested"),
        (None, None) => say.text("release-line-local"),
    });
    parts.join(" · ")
}

fn as_json(known: &KnownRelease) -> Value {
    let release = &known.release;
    json!({
        "number": release.number,
        "replaces": release.replaces,
        "recipient": { "kind": release.recipient.kind.code(), "code": release.recipient.code },
        "period": release.period.to_string(),
        "k": release.rules.k.get(),
        "released_on": release.released_on,
        "fingerprint": known.signed.fingerprint(),
        "path": known.path,
        "published_on": known.published_on,
        "withdrawn_on": known.withdrawn_on,
        "contested": known.contested,
    })
}

/// A release as a file.
pub(super) fn file_of(known: &KnownRelease, format: ReleaseFormat) -> Result<Vec<u8>, Failure> {
    let document = &known.signed.release.0;
    file::write(document, &known.release, format).map_err(|_| Failure::internal("file of a release"))
}
