//! `uscita recover`: everything back with the words on paper.

use super::replay::progress;
use super::{now, print, print_json};
use crate::arguments::{HomeArguments, RecoverArguments};
use crate::failure::Failure;
use crate::recover::{
    IntoSummary, OutingSummary, SourceSummary, Staged, Summary, admin_key_of, identity_of_file, identity_of_words,
    write,
};
use crate::say::{Say, arguments};
use fluent_templates::fluent_bundle::FluentValue;
use indicatif::ProgressBar;
use notebook::crypto::seal::SealIdentity;
use notebook::error::NotebookError;
use notebook::recovery::{Gathered, Trouble};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// The words are read from standard input.
const STANDARD_INPUT: &str = "-";
/// Names in a folder.
const JOURNAL: &str = "journal.db";
const MAILBOX: &str = "mailbox.db";
/// How many places of trouble are listed on the screen; the summary lists all.
const MOST_LINES: usize = 40;

pub(super) fn run(given: &RecoverArguments, say: &Say) -> Result<(), Failure> {
    let identity = identity(given)?;
    let admin_key = given.admin_key.as_deref().map(admin_key_of).transpose()?;
    let (gathered, sources) = gather(given, &identity)?;
    let sealed = gathered.len();
    let bar = progress(sealed);
    bar.set_message(say.text("recover-opening"));
    let recovered = gathered.open(&identity, admin_key.as_deref(), || bar.inc(1));
    bar.finish_and_clear();
    let recovered = recovered.map_err(|error| match error {
        NotebookError::OtherUnit => Failure::OtherWords,
        other => other.into(),
    })?;
    let mut summary = write(&given.out, &recovered, sealed, sources, admin_key.is_some())?;
    if let Some(folder) = &given.into {
        let home = HomeArguments { home: folder.clone(), passphrase_file: given.passphrase_file.clone() };
        let taken = home.open_notebook(say)?.take_recovered(&recovered, now())?;
        summary.into = Some(IntoSummary { new: taken.new, known: taken.known, set_aside: taken.set_aside });
    }
    if say.is_json() {
        print_json(&summary)?;
    } else {
        tell(&summary, &given.out, say)?;
    }
    if summary.is_whole() { Ok(()) } else { Err(Failure::Partial(given.out.clone())) }
}

fn identity(given: &RecoverArguments) -> Result<SealIdentity, Failure> {
    if let Some(path) = &given.identity {
        return identity_of_file(&text_of(path)?, path);
    }
    let mut sheets = Vec::with_capacity(given.words.len());
    for path in &given.words {
        sheets.push(identity_of_words(&text_of(path)?)?);
    }
    let mut sheets = sheets.into_iter();
    Ok(sheets.next().ok_or_else(|| Failure::internal("no key"))?.with_former(sheets))
}

pub(super) fn text_of(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let mut text = Zeroizing::new(String::new());
    let read = if path.as_os_str() == STANDARD_INPUT {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map(|_| text).map_err(|_| Failure::Unreadable(path.to_owned()))
}

/// Reads every source. One that does not open is told at the end and holds up nothing.
fn gather(given: &RecoverArguments, identity: &SealIdentity) -> Result<(Gathered, Vec<SourceSummary>), Failure> {
    let (mut gathered, mut sources) = (Gathered::default(), Vec::new());
    let bar = ProgressBar::new_spinner();
    let mut add = |path: &Path, read: &mut dyn FnMut(&Path) -> Result<usize, Failure>| {
        bar.tick();
        let (operations, error) = match read(path) {
            Ok(operations) => (Some(operations), None),
            Err(failure @ Failure::Unwritable(_)) => return Err(failure),
            Err(failure) => (None, Some(code_of(&failure))),
        };
        sources.push(SourceSummary { path: path.to_owned(), operations, error });
        Ok(())
    };
    for path in &given.journal {
        add(path, &mut |path| Ok(gathered.add_journal(&Staged::of(path, JOURNAL)?.path())?))?;
    }
    for path in &given.backup {
        add(path, &mut |path| Ok(gathered.add_mailbox(&Staged::of_backup(path, MAILBOX, identity)?.path())?))?;
    }
    for path in &given.uscita {
        add(path, &mut |path| {
            let bytes = std::fs::read(path).map_err(|_| Failure::Unreadable(path.to_owned()))?;
            Ok(gathered.add_night_file(&bytes)?)
        })?;
    }
    bar.finish_and_clear();
    Ok((gathered, sources))
}

/// The stable code by which support knows why a source does not open.
fn code_of(failure: &Failure) -> String {
    match failure {
        Failure::Notebook(error) => error.code.code().to_owned(),
        _ => "PERCORSO-01".to_owned(),
    }
}

fn tell(summary: &Summary, folder: &Path, say: &Say) -> Result<(), Failure> {
    let (opened, places) = (summary.opened.to_string(), summary.sealed.to_string());
    print(&say.with("recover-opened", &arguments([("opened", opened), ("places", places)])))?;
    for outing in &summary.outings {
        print(&outing_line(outing, say))?;
    }
    print(&say.counted("recover-night-logs", u64::try_from(summary.night_logs).unwrap_or(u64::MAX)))?;
    if summary.set_aside > 0 {
        print(&say.counted("recover-aside", u64::try_from(summary.set_aside).unwrap_or(u64::MAX)))?;
    }
    if summary.manifest.is_none() {
        print(&say.text("recover-unproven"))?;
    }
    for source in &summary.sources {
        if let Some(code) = &source.error {
            let (path, code) = (source.path.display().to_string(), code.clone());
            print(&say.with("recover-source-failed", &arguments([("path", path), ("code", code)])))?;
        }
    }
    for trouble in summary.troubles.iter().take(MOST_LINES) {
        print(&trouble_line(trouble, say))?;
    }
    if summary.troubles.len() > MOST_LINES {
        print("…")?;
    }
    if let Some(into) = &summary.into {
        let IntoSummary { new, known, set_aside } = into;
        let numbers = [("new", new.to_string()), ("known", known.to_string()), ("aside", set_aside.to_string())];
        print(&say.with("recover-into", &arguments(numbers)))?;
    }
    print(&say.with("recover-written", &arguments([("dir", folder.display().to_string())])))
}

fn outing_line(outing: &OutingSummary, say: &Say) -> String {
    let number = |count: usize| FluentValue::from(u64::try_from(count).unwrap_or(u64::MAX));
    let mut given: HashMap<Cow<'static, str>, FluentValue<'static>> =
        HashMap::from([("operations".into(), number(outing.operations))]);
    let (Some(date), Some(unit), Some(contacts)) = (outing.date, &outing.unit, outing.contacts) else {
        given.insert("id".into(), outing.id.to_string().into());
        return say.with("recover-outing-part", &given);
    };
    given.insert("date".into(), date.to_string().into());
    given.insert("unit".into(), unit.to_string().into());
    given.insert("contacts".into(), number(contacts));
    given.insert("signed".into(), if outing.signed_off == Some(true) { "yes" } else { "no" }.into());
    say.with("recover-outing", &given)
}

fn trouble_line(trouble: &Trouble, say: &Say) -> String {
    let code = serde_json::to_value(trouble.why).ok().and_then(|code| code.as_str().map(str::to_owned));
    let why = say.text(&format!("recover-why-{}", code.unwrap_or_default()));
    let Some(device) = trouble.device else { return why };
    let place = match (trouble.first, trouble.last) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}–{last}"),
    };
    say.with("recover-place", &arguments([("device", device.to_string()), ("place", place), ("why", why)]))
}
