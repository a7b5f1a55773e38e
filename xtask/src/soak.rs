//! `cargo xtask soak`: the long runs against loss, of notebooks and of servers, in `uscita-soak` (package `e2e`); short
//! ones are part of the checks.

use crate::cargo::cargo;
use crate::children::Running;
use crate::paths;
use crate::python;
use crate::steps::Step;
use crate::test;
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::process::{Command, ExitCode};

/// What happens, to notebooks or to servers.
#[derive(Clone, Copy, Subcommand)]
pub enum Soak {
    /// A process is killed while it writes.
    Kill(Amount),
    /// Bits of the files are turned over.
    Flip(Amount),
    /// A phone is destroyed, or its keys are.
    Loss(Amount),
    /// So many phones send to a server at once.
    Devices(OnServers),
    /// So many connections dawdle, and worse, while phones send.
    Hostile(OnServers),
    /// A server is killed while phones send.
    ServerKill(OnServers),
    /// A server is destroyed with all it had.
    ServerLost(OnServers),
    /// A server is asked by its own description, with good and bad bodies, by everybody.
    Http(OnServers),
    /// Decoders are given spoilt messages.
    Decode(Amount),
    /// Programmes are drawn, and what the desk counts is held beside a naive fold.
    Tally(Amount),
    /// Histories of releases are drawn, and attacked.
    Release(Amount),
}

/// How much of it.
#[derive(Clone, Copy, Args)]
pub struct Amount {
    /// How many times: kills, damaged files, nights of each loss, requests, cases, programmes, histories; or how many phones, or slow connections.
    #[arg(long)]
    count: u64,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

/// How much of it, and on what.
#[derive(Clone, Copy, Args)]
pub struct OnServers {
    #[command(flatten)]
    amount: Amount,
    /// On a throw-away PostgreSQL, rather than on SQLite.
    #[arg(long)]
    postgres: bool,
}

/// Where a soak looks for its seed.
const SEED_VARIABLE: &str = "USCITA_SEED";

const fn times(count: u64) -> Amount {
    Amount { count, json: false }
}

/// A short run on servers.
const fn short_run(count: u64, postgres: bool) -> OnServers {
    OnServers { amount: times(count), postgres }
}

/// The short runs of `cargo xtask test`, with what their steps are called.
pub const SHORT: [(&str, Soak); 12] = [
    ("60 kills of a phone", Soak::Kill(times(60))),
    ("200 damaged files", Soak::Flip(times(200))),
    ("20 nights of every loss", Soak::Loss(times(20))),
    ("40 programmes, counted", Soak::Tally(times(40))),
    ("8 histories of releases, attacked", Soak::Release(times(8))),
    ("100,000 spoilt messages", Soak::Decode(times(100_000))),
    ("1,000 requests by the description", Soak::Http(short_run(1_000, false))),
    ("60 phones at once", Soak::Devices(short_run(60, false))),
    ("100 slow connections", Soak::Hostile(short_run(100, false))),
    ("60 kills of a server", Soak::ServerKill(short_run(60, false))),
    ("10 servers destroyed", Soak::ServerLost(short_run(10, false))),
    ("30 kills of servers on PostgreSQL", Soak::ServerKill(short_run(30, true))),
];

/// What a server is asked to do is measured as it is installed: in the release profile.
#[derive(Clone, Copy)]
enum Profile {
    Debug,
    Release,
}

impl Soak {
    fn parts(self) -> (&'static str, Amount, Option<bool>) {
        match self {
            Self::Kill(amount) => ("kill", amount, None),
            Self::Flip(amount) => ("flip", amount, None),
            Self::Loss(amount) => ("loss", amount, None),
            Self::Devices(on) => ("devices", on.amount, Some(on.postgres)),
            Self::Hostile(on) => ("hostile", on.amount, Some(on.postgres)),
            Self::ServerKill(on) => ("server-kill", on.amount, Some(on.postgres)),
            Self::ServerLost(on) => ("server-lost", on.amount, Some(on.postgres)),
            Self::Http(on) => ("http", on.amount, Some(on.postgres)),
            Self::Decode(amount) => ("decode", amount, None),
            Self::Tally(amount) => ("tally", amount, None),
            Self::Release(amount) => ("release", amount, None),
        }
    }

    fn profile(self) -> Profile {
        match self {
            Self::Kill(_) | Self::Flip(_) | Self::Loss(_) | Self::Http(_) => Profile::Debug,
            Self::Devices(_) | Self::Hostile(_) | Self::ServerKill(_) | Self::ServerLost(_) => Profile::Release,
            // Thousands or millions of cases.
            Self::Decode(_) | Self::Tally(_) | Self::Release(_) => Profile::Release,
        }
    }

    /// Whether it judges times, too.
    const fn is_timed(self) -> bool {
        matches!(self, Self::Devices(_) | Self::Hostile(_))
    }

    /// What it is done by.
    const fn program(self) -> &'static str {
        match self {
            Self::Http(_) => "uscita-soak-http",
            Self::Decode(_) => "uscita-soak-decode",
            _ => "uscita-soak",
        }
    }

    /// `on_line` sees how what is missing is installed.
    fn command(self, profile: Profile, on_line: impl FnMut(&str)) -> Result<Command> {
        let (name, amount, postgres) = self.parts();
        let mut command = Command::new(match profile {
            Profile::Debug => paths::program(self.program()),
            Profile::Release => paths::released(self.program()),
        });
        match self {
            Self::Http(_) => {
                command.arg("--schemathesis").arg(python::schemathesis(on_line)?);
                command.arg("--settings").arg(python::settings());
            }
            Self::Decode(_) => {}
            _ => {
                command.arg(name);
            }
        }
        command.args(["--count", &amount.count.to_string()]);
        if amount.json {
            command.arg("--json");
        }
        if postgres == Some(true) {
            command.arg("--postgres");
        }
        Ok(command)
    }
}

/// Builds and runs. The code says whether every figure is what it must be.
///
/// # Errors
/// If it cannot be built, or ends without figures.
pub fn soak(what: Soak) -> Result<ExitCode> {
    match what.profile() {
        Profile::Debug => build(&["build", "--workspace", "--locked", "--bin", what.program()])?,
        Profile::Release => {
            build(&["build", "--release", "--locked", "--package", "e2e", "--bin", what.program()])?;
            // Alone, as it is installed: another program would give it another SQLite.
            build(&["build", "--release", "--locked", "--package", "uscita-server"])?;
        }
    }
    let is_json = what.parts().1.json;
    let command = what.command(what.profile(), |line| eprintln!("{line}"))?;
    let (status, _) = Running::start("soak", command)?.finish(|line| {
        // Progress and seed go where they do not disturb a program that reads the figures.
        if is_json && !line.starts_with('{') {
            eprintln!("{line}");
        } else {
            println!("{line}");
        }
    })?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn build(arguments: &[&str]) -> Result<()> {
    let (status, output) = Running::start("build", cargo(arguments))?.finish(|line| eprintln!("{line}"))?;
    if !status.success() {
        bail!("the build failed\n{output}");
    }
    Ok(())
}

/// One of the short runs, as a step of the checks; everything is built by then. The same run each time: the long ones
/// draw anew.
///
/// # Errors
/// If a figure falls short; the error carries what was counted, and the seed.
pub fn short(step: &mut Step, what: Soak) -> Result<()> {
    let mut command = what.command(Profile::Debug, |line| step.note(line))?;
    if what.is_timed() {
        // A verdict about a commit, not about what else this machine does.
        command.arg("--any-speed");
    }
    if std::env::var_os(SEED_VARIABLE).is_none() {
        command.env(SEED_VARIABLE, test::SEED);
    }
    step.run(command).map(drop)
}
