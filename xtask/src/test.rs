//! `cargo xtask test`: every check, the cheap ones first, and one line at the end that counts.

use crate::cargo::cargo;
use crate::children::Running;
use crate::count::{self, Count};
use crate::demo::{Demo, Nights};
use crate::generate;
use crate::node::{self, npm};
use crate::paths;
use crate::stage::{self, Part};
use crate::steps::{Step, Steps};
use crate::system;
use crate::window;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

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
    let mut steps = Steps::new(17);
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
    Ok(())
}

fn rust(steps: &mut Steps, scratch: &Path) -> Result<()> {
    steps.step("clippy, warnings denied", |step| {
        let lint = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        step.run(cargo(&lint))
    })?;
    steps.step("build everything", |step| step.run(cargo(&["build", "--workspace", "--all-targets", "--locked"])))?;
    let types = scratch.join("types");
    steps.step("tests of all packages", |step| {
        let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--locked"]);
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

fn flows(steps: &mut Steps, scratch: &Path, screenshots: &Path) -> Result<()> {
    let home = scratch.join("home");
    let (server, demo) = steps.step("server process and enrolled devices", |step| {
        let demo = Demo::make(step, &home, Nights::None)?;
        Ok((stage::server(&home)?.0, demo))
    })?;
    steps.step("a whole night in the browser", |step| night(step, &demo, &server, screenshots))?;
    drop(server);
    let home = scratch.join("window");
    let (server, demo) = steps.step("devices for the window", |step| {
        let demo = Demo::make(step, &home, Nights::None)?;
        Ok((stage::server(&home)?.0, demo))
    })?;
    steps.step("first steps in the window", |step| window::first_steps(step, &demo, scratch, screenshots))?;
    drop(server);
    Ok(())
}

/// Lets `tests/ui/night.mjs` play a night on both phones and look at it on the desk.
fn night(step: &mut Step, demo: &Demo, server: &Running, screenshots: &Path) -> Result<()> {
    let mut command = Command::new("node");
    command.arg(paths::root().join("tests/ui/night.mjs")).current_dir(paths::root());
    let mut bridges = Vec::new();
    let devices = [("lead", Part::Phone), ("member", Part::Phone), ("desk", Part::Desk)];
    for (device, part) in devices {
        let (bridge, url) = stage::bridge(part, &demo.data_dir(device)?)?;
        bridges.push(bridge);
        command.arg(format!("--{device}")).arg(url);
        command.arg(format!("--{device}-secret")).arg(demo.secret(device)?);
    }
    command.arg("--lead-review").arg(demo.review_pin()?);
    command.arg("--screenshots").arg(screenshots);
    let (succeeded, mut output) = step.attempt(command)?;
    if !succeeded {
        for process in bridges.iter().chain([server]) {
            output.push_str(&process.log());
        }
    }
    let count = count::of_flow(&output);
    conclude(step, succeeded, &output, count)
}

fn cargo_tests(step: &mut Step, command: Command) -> Result<()> {
    let (succeeded, output) = step.attempt(command)?;
    conclude(step, succeeded, &output, Some(count::of_cargo(&output)))
}

/// Adds what was counted; a run that counts nothing has not tested anything.
fn conclude(step: &mut Step, succeeded: bool, output: &str, count: Option<Count>) -> Result<()> {
    let count = count.unwrap_or_default();
    step.add(count);
    if !succeeded || count.failed > 0 {
        bail!("{output}");
    }
    if count.passed == 0 {
        bail!("no test was counted\n{output}");
    }
    Ok(())
}
