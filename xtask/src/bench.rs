//! `cargo xtask bench`: how fast it is on this machine, in the release profile, with 20,000 rows in the notebook.
//!
//! Figures go to the standard output, progress to the standard error, so that `--json` can be read by a program.
//! Nothing is asserted: a time is worth something only beside the machine's name and its load.

mod save;
mod server;
mod tally;
mod ui;

use crate::cargo::cargo;
use crate::children::Running;
use crate::paths;
use anyhow::{Result, bail};
use clap::Subcommand;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What can be measured.
#[derive(Subcommand)]
pub enum Bench {
    /// A durable save in the core, beside its floor.
    Save {
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Nights and operations that a server takes in, beside a minimal server.
    Server {
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
        /// On a throw-away PostgreSQL, rather than on SQLite.
        #[arg(long)]
        postgres: bool,
    },
    /// The figures of a region at the desk, beside other engines on the same rows.
    Tally {
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// The contact screen in Chromium, slowed six times: unlock, taps, and the bytes of the bundle.
    Ui {
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
}

/// Measures and prints.
///
/// # Errors
/// If something cannot be built or does not run to its end.
pub fn bench(what: Bench) -> Result<ExitCode> {
    match what {
        Bench::Save { json } => save::bench(json)?,
        Bench::Server { json, postgres } => server::bench(json, postgres)?,
        Bench::Tally { json } => tally::bench(json)?,
        Bench::Ui { json } => ui::bench(json)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds packages in the release profile.
fn build(packages: &[&str]) -> Result<()> {
    let mut command = cargo(&["build", "--release", "--locked"]);
    for package in packages {
        command.args(["--package", package]);
    }
    run("release build", command).map(drop)
}

/// A new phone with its nights, in a folder of its own; the folder goes with the guard.
fn filled_phone() -> Result<(tempfile::TempDir, PathBuf)> {
    let results = paths::target().join("xtask");
    std::fs::create_dir_all(&results)?;
    let scratch = tempfile::TempDir::new_in(results)?;
    let phone = scratch.path().join("phone");
    let mut command = Command::new(paths::released("uscita-bench"));
    command.arg("fill").arg("--dir").arg(&phone);
    run("20,000 rows", command)?;
    Ok((scratch, phone))
}

/// Runs a command to its end and gives what it printed.
fn run(label: &str, command: Command) -> Result<String> {
    eprintln!("{label} …");
    let (status, output) = Running::start(label, command)?.finish(|_| {})?;
    if !status.success() {
        bail!("{label}: {status}\n{output}");
    }
    Ok(output)
}

/// The last line of an output that is JSON: what a program says of itself.
fn last_json(output: &str) -> Result<serde_json::Value> {
    let found = output.lines().rev().find_map(|line| serde_json::from_str(line).ok());
    found.ok_or_else(|| anyhow::anyhow!("no figures were printed\n{output}"))
}

/// `uscita-bench` with a task on a phone.
fn on_phone(task: &str, phone: &Path) -> Command {
    let mut command = Command::new(paths::released("uscita-bench"));
    command.arg(task).arg("--dir").arg(phone);
    command
}
