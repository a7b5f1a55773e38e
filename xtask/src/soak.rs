//! `cargo xtask soak`: the long runs against loss, in `uscita-soak` (package `e2e`); short ones are part of the checks.

use crate::cargo::cargo;
use crate::children::Running;
use crate::paths;
use crate::steps::Step;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::process::{Command, ExitCode};

/// What happens to the notebooks.
#[derive(Clone, Copy, Subcommand)]
pub enum Soak {
    /// A process is killed while it writes.
    Kill(Amount),
    /// Bits of the files are turned over.
    Flip(Amount),
    /// A phone is destroyed, or its keys are.
    Loss(Amount),
}

/// How much of it.
#[derive(Clone, Copy, Args)]
pub struct Amount {
    /// How many times: kills, damaged files, nights of each loss.
    #[arg(long)]
    count: u64,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

/// The short runs of `cargo xtask test`, with what their steps are called.
pub const SHORT: [(&str, Soak); 3] = [
    ("60 kills during saves", Soak::Kill(Amount { count: 60, json: false })),
    ("200 damaged files", Soak::Flip(Amount { count: 200, json: false })),
    ("20 nights of every loss", Soak::Loss(Amount { count: 20, json: false })),
];

impl Soak {
    fn command(self) -> Command {
        let (name, amount) = match self {
            Self::Kill(amount) => ("kill", amount),
            Self::Flip(amount) => ("flip", amount),
            Self::Loss(amount) => ("loss", amount),
        };
        let mut command = Command::new(paths::program("uscita-soak"));
        command.arg(name).args(["--count", &amount.count.to_string()]);
        if amount.json {
            command.arg("--json");
        }
        command
    }

    const fn is_json(self) -> bool {
        let (Self::Kill(amount) | Self::Flip(amount) | Self::Loss(amount)) = self;
        amount.json
    }
}

/// Builds and runs. The code says whether every figure is what it must be.
///
/// # Errors
/// If it cannot be built, or ends without figures.
pub fn soak(what: Soak) -> Result<ExitCode> {
    let build = cargo(&["build", "--workspace", "--locked", "--bin", "uscita-soak"]);
    let (status, output) = Running::start("build", build)?.finish(|line| eprintln!("{line}"))?;
    if !status.success() {
        bail!("the build failed\n{output}");
    }
    let (status, _) = Running::start("soak", what.command())?.finish(|line| {
        // Progress and seed go where they do not disturb a program that reads the figures.
        if what.is_json() && !line.starts_with('{') {
            eprintln!("{line}");
        } else {
            println!("{line}");
        }
    })?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// One of the short runs, as a step of the checks; everything is built by then.
///
/// # Errors
/// If a figure falls short; the error carries what was counted.
pub fn short(step: &mut Step, what: Soak) -> Result<()> {
    step.run(what.command()).map(drop)
}
