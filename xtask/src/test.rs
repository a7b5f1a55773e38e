//! `cargo xtask test`: every check, the cheap ones first, and one line at the end that counts.
//!
//! A verdict about a commit is the same twice: whatever is drawn here is drawn from [`SEED`]. News is looked for by plain
//! `cargo test`, which draws anew each time, and by the long soaks.

use crate::browser::{Around, Flow, conclude};
use crate::cargo::cargo;
use crate::count;
use crate::demo::{Demo, Nights};
use crate::generate;
use crate::node::{self, npm};
use crate::paths;
use crate::room;
use crate::soak;
use crate::stage;
use crate::steps::{Step, Steps};
use crate::system;
use crate::window;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The tests that need programs which `cargo test` alone does without.
const ALL_TESTS: &str = "--features=e2e/common-programs,uscita-server/postgres-tests";
/// Everything but the server.
const OTHERS: [&str; 5] = ["--workspace", "--exclude", "uscita-server", "--locked", "--features=e2e/common-programs"];
/// The server alone, because a build of everything gives it features that it must not need, and another SQLite.
const SERVER: [&str; 4] = ["--package", "uscita-server", "--locked", "--features=postgres-tests"];

/// Steps from the packages to the generated types, and those of the window.
const BEFORE_FLOWS: usize = 15;
const IN_THE_WINDOW: usize = 2;

/// Whatever tests draw by chance is drawn from here, unless the caller names a seed.
pub const SEED: &str = "20260311";
/// Where the drawn tests look for their seed.
const DRAWN: &str = "PROPTEST_RNG_SEED";

/// Runs every check and prints the line that counts what passed.
///
/// # Errors
/// If a folder for the results cannot be made; a failing check is a result, not an error.
pub fn test(screenshots: Option<PathBuf>) -> Result<ExitCode> {
    let results = paths::target().join("xtask");
    std::fs::create_dir_all(&results)?;
    let scratch = tempfile::TempDir::new_in(&results)?;
    let screenshots = screenshots.unwrap_or_else(|| results.join("screenshots"));
    std::fs::create_dir_all(&screenshots)?;
    println!("whatever is drawn is drawn from seed {SEED}, unless {DRAWN} or USCITA_SEED say otherwise");
    let mut steps = Steps::new(BEFORE_FLOWS + FLOWS.len() + soak::SHORT.len() + IN_THE_WINDOW);
    let outcome = checks(&mut steps, scratch.path(), &std::path::absolute(screenshots)?);
    let mut count = steps.count();
    if let Err(error) = &outcome {
        println!("\n{error:#}\n");
        // A check that counts nothing itself, such as the formatting, counts as one.
        count.failed = count.failed.max(1);
    }
    println!("{} passed, {} failed", count.passed, count.failed);
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn checks(steps: &mut Steps, scratch: &Path, screenshots: &Path) -> Result<()> {
    steps.step("system packages", |step| {
        system::provide_to_test(step)?;
        node::check()
    })?;
    steps.step("room on the disks", room::check)?;
    steps.step("formatting", |step| step.run(cargo(&["fmt", "--all", "--check"])))?;
    interface(steps, scratch)?;
    rust(steps, scratch)?;
    flows(steps, scratch, screenshots)
}

fn interface(steps: &mut Steps, scratch: &Path) -> Result<()> {
    steps.step("interface: packages", node::install)?;
    steps.step("interface: types", |step| step.run(npm(&["run", "check"])))?;
    steps.step("interface: lint", |step| step.run(npm(&["run", "lint"])))?;
    steps.step("interface: unit tests", |step| {
        let report = scratch.join("vitest.json");
        let file = format!("--outputFile.json={}", report.display());
        let reporters = ["run", "test", "--", "--reporter=default", "--reporter=json", &file];
        let (succeeded, output) = step.attempt(npm(&reporters))?;
        let report = std::fs::read_to_string(&report).unwrap_or_default();
        conclude(step, succeeded, &output, count::of_vitest(&report))
    })?;
    // The window embeds the build, so it comes before anything that compiles the window.
    steps.step("interface: build", |step| step.run(npm(&["run", "build"])))?;
    steps.step("interface: what a phone fetches first", |step| {
        let mut budget = Command::new("node");
        budget.arg(paths::root().join("ui/scripts/budget.mjs"));
        step.run(budget)
    })?;
    Ok(())
}

fn rust(steps: &mut Steps, scratch: &Path) -> Result<()> {
    steps.step("clippy, warnings denied", |step| {
        let lint = ["clippy", "--workspace", "--all-targets", "--locked", ALL_TESTS, "--", "-D", "warnings"];
        step.run(cargo(&lint))
    })?;
    // Before anything that starts a server: this is the one that is started.
    steps.step("server alone: build", |step| step.run(cargo(&[&["build", "--all-targets"], &SERVER[..]].concat())))?;
    steps.step("server alone: tests", |step| {
        cargo_tests(step, cargo(&[&["test", "--no-fail-fast"], &SERVER[..]].concat()))
    })?;
    steps
        .step("build everything else", |step| step.run(cargo(&[&["build", "--all-targets"], &OTHERS[..]].concat())))?;
    let types = scratch.join("types");
    steps.step("tests of everything else", |step| {
        let mut command = cargo(&[&["test", "--no-fail-fast"], &OTHERS[..]].concat());
        command.env(generate::TYPES_FOLDER, &types);
        cargo_tests(step, command)
    })?;
    steps.step("generated types are current", |step| generate::compare(step, &types))
}

/// Flows in the browser: what each is called, and how it is played.
const FLOWS: [(&str, Flow); 10] = [
    (
        "a whole night in the browser",
        Flow { script: "night.mjs", nights: Nights::None, around: Around::ServerAndBridges },
    ),
    (
        "taps of the night, counted",
        Flow { script: "budget.mjs", nights: Nights::None, around: Around::ServerAndBridges },
    ),
    ("two phones without a server", Flow { script: "pair.mjs", nights: Nights::None, around: Around::Bridges }),
    (
        "every screen, measured",
        Flow { script: "screens.mjs", nights: Nights::LastWeek, around: Around::ServerAndBridges },
    ),
    (
        "under threat, forgotten code, panic",
        Flow { script: "lost.mjs", nights: Nights::None, around: Around::ServerAndBridges },
    ),
    ("other codes", Flow { script: "pins.mjs", nights: Nights::None, around: Around::ServerAndBridges }),
    (
        "revoked phone, released and dropped at the desk",
        Flow { script: "devices.mjs", nights: Nights::None, around: Around::ServerAndBridges },
    ),
    (
        "a new phone, by its camera",
        Flow { script: "enrol.mjs", nights: Nights::None, around: Around::ServerAndBridges },
    ),
    ("the first start of a desk", Flow { script: "first.mjs", nights: Nights::None, around: Around::Server }),
    ("killed in the middle of a card", Flow { script: "kill.mjs", nights: Nights::None, around: Around::Server }),
];

fn flows(steps: &mut Steps, scratch: &Path, screenshots: &Path) -> Result<()> {
    for (label, flow) in FLOWS {
        let home = scratch.join(flow.script);
        steps.step(label, |step| flow.play(step, &home, &[("screenshots", screenshots)]))?;
    }
    for (label, what) in soak::SHORT {
        steps.step(label, |step| soak::short(step, what))?;
    }
    let home = scratch.join("window");
    let (server, demo) = steps.step("devices for the window", |step| {
        let demo = Demo::make(step, &home, Nights::None)?;
        Ok((stage::server(&home)?.0, demo))
    })?;
    steps.step("first steps in the window", |step| window::first_steps(step, &demo, scratch, screenshots))?;
    drop(server);
    Ok(())
}

fn cargo_tests(step: &mut Step, mut command: Command) -> Result<()> {
    if std::env::var_os(DRAWN).is_none() {
        command.env(DRAWN, SEED);
    }
    let (succeeded, output) = step.attempt(command)?;
    conclude(step, succeeded, &output, Some(count::of_cargo(&output)))
}
