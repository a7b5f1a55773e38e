//! `uscita replay`: a week from a file, played for real.

use super::{print, print_json, text_of_file};
use crate::arguments::ReplayArguments;
use crate::failure::Failure;
use crate::play::{Progress, Secrets, ServerProcess, ServerSite, Stage, StageSetup, before, play, programme_of, steps};
use crate::programme::lists;
use crate::say::{Say, arguments};
use crate::scenario::Scenario;
use crate::table::period_table;
use chrono::{DateTime, Utc};
use domain::sync::chain::Bytes;
use domain::time::SpanKind;
use indicatif::{ProgressBar, ProgressStyle};
use notebook::view::{Face, PeriodInput};
use std::path::Path;
use zeroize::Zeroizing;

/// Key of the person tokens of every synthetic programme: bytes 00…1f, so that tokens can be compared. No real
/// programme has it; theirs are drawn at random.
pub(super) fn synthetic_alias_key() -> Bytes {
    Bytes((0..32).collect())
}

/// Opens devices that hold nothing but invented data.
const PIN: &str = "739164";
const REVIEW_PIN: &str = "60381947";
const PASSPHRASE: &str = "sportello di prova";

/// What opens the devices of a synthetic programme.
pub(super) fn synthetic_secrets() -> Secrets {
    let [pin, review_pin, passphrase] = [PIN, REVIEW_PIN, PASSPHRASE].map(|text| Zeroizing::new(text.to_owned()));
    Secrets { pin, review_pin, passphrase }
}

pub(super) fn run(given: &ReplayArguments, say: &Say) -> Result<(), Failure> {
    let text = text_of_file(&given.file)?;
    let scenario = Scenario::read(&text, &lists())?;
    let scratch = match &given.keep {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|_| Failure::Unwritable(std::env::temp_dir()))?),
    };
    let home = given.keep.as_deref().or(scratch.as_ref().map(tempfile::TempDir::path));
    let home = home.ok_or(Failure::internal("folder"))?;
    let bar = progress(steps(&scenario) + 2);
    let (stage, server) = set_up(&scenario, home, given.server_bin.as_deref(), say, &bar)?;
    let report = play(&stage, &scenario, DateTime::<Utc>::MAX_UTC, |step| show(&bar, &scenario, &step, say))?;
    bar.finish_and_clear();
    if say.is_json() {
        return print_json(&report.json);
    }
    for face in [Face::Internal, Face::External] {
        let input = PeriodInput { kind: SpanKind::Week, date: Some(scenario.week.monday()), face };
        print(&period_table(&stage.desk.session().period(input)?, say))?;
        print("")?;
    }
    drop(server);
    match &given.keep {
        Some(folder) => print(&say.with("replay-kept", &arguments([("dir", folder.display().to_string())]))),
        None => Ok(()),
    }
}

/// Server and devices for a scenario, in a folder that holds none yet.
fn set_up(
    scenario: &Scenario,
    home: &Path,
    server_bin: Option<&Path>,
    say: &Say,
    bar: &ProgressBar,
) -> Result<(Stage, ServerProcess), Failure> {
    bar.set_message(say.text("replay-server"));
    let site = ServerSite::new(server_bin, home.join("server"))?;
    let programme = programme_of(scenario, |zone| zone.to_string())?;
    let mut server = None;
    let setup = StageSetup {
        home,
        server: site.url(),
        server_key: site.public_key()?,
        alias_key: Some(synthetic_alias_key()),
        secrets: synthetic_secrets(),
        now: before(scenario),
    };
    let stage = Stage::set_up(setup, programme, |admin_key, programme| {
        server = Some(site.start(admin_key, &programme.to_string())?);
        bar.inc(1);
        bar.set_message(say.text("replay-enrol"));
        Ok(())
    })?;
    bar.inc(1);
    Ok((stage, server.ok_or(Failure::internal("server"))?))
}

/// A line on standard error that says what is going on; nothing where nobody looks.
pub(super) fn progress(steps: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(steps).unwrap_or_default());
    match ProgressStyle::with_template("{pos}/{len} {msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

pub(super) fn show(bar: &ProgressBar, scenario: &Scenario, step: &Progress, say: &Say) {
    let date = |index: &usize| scenario.outings.get(*index).map(|outing| outing.date().to_string()).unwrap_or_default();
    bar.inc(1);
    bar.set_message(match step {
        Progress::Night(index) => say.with("replay-night", &arguments([("date", date(index))])),
        Progress::Review(index) => say.with("replay-review", &arguments([("date", date(index))])),
        Progress::Desk => say.text("replay-desk"),
    });
}
