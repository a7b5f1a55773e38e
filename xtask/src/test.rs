//! `cargo xtask test`: every check, the cheap ones first, and one line at the end that counts.

use crate::browser::{Around, Flow, conclude};
use crate::cargo::cargo;
use crate::count;
use crate::demo::{Demo, Nights};
use crate::generate;
use crate::node::{self, npm};
use crate::paths;
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
    let mut steps = Steps::new(36);
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
    steps.step("build everything", |step| {
        step.run(cargo(&["build", "--workspace", "--all-targets", "--locked", ALL_TESTS]))
    })?;
    let types = scratch.join("types");
    steps.step("tests of all packages", |step| {
        let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--locked", ALL_TESTS]);
        command.env(generate::TYPES_FOLDER, &types);
        cargo_tests(step, command)
    })?;
    steps.step("generated types are current", |step| generate::compare(step, &types))?;
    // Alone, because a workspace build gives the server features that it must not need.
    steps.step("server alone: build", |step| step.run(cargo(&["build", "--package", "uscita-server", "--locked"])))?;
    steps.step("server alone: tests", |step| {
        cargo_tests(step, cargo(&["test", "--package", "uscita-server", "--locked"]))
    })
}

/// Flows in the browser: what each is called, and how it is played.
const FLOWS: [(&str, Flow); 8] = [
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

fn cargo_tests(step: &mut Step, command: Command) -> Result<()> {
    let (succeeded, output) = step.attempt(command)?;
    conclude(step, succeeded, &output, Some(count::of_cargo(&output)))
}
