//! `uscita-soak-http`: whatever is asked over HTTP, the server answers by its own description, and never with 5xx (B16;
//! `cargo xtask soak http`).
//!
//! The server is real: its connections, its router, its database. In front of it stands one port for each kind of
//! asker, where a layer signs what passes as that device would ([`askers`]), and often puts a good batch, manifest or
//! decision where the body had the form of one ([`dress`]), so that not everything ends at the first check. Schemathesis
//! reads the served description and does the asking ([`tester`]).
//!
//! It ends with 1 when an answer is 5xx, when an answer is not as described, or when it was asked less than `--count`
//! times.

mod askers;
mod dress;
mod place;
mod report;
mod shelf;
mod tester;

#[allow(dead_code, clippy::unwrap_used, clippy::expect_used, reason = "a database that does not start ends the run")]
#[path = "../../../../sync-server/tests/api/cluster.rs"]
mod cluster;
#[allow(dead_code, clippy::indexing_slicing, reason = "the simulation uses all of it; it picks below a length")]
#[path = "../../../simulation/random.rs"]
mod random;
#[allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the tests of the calls use all of it; a server that does not start ends the run"
)]
#[path = "../../../../sync-server/tests/api/world.rs"]
mod world;
// The tests of releases, for the releases they make.
#[allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "of the tests only what makes a release is used"
)]
#[path = "../../../../sync-server/tests/api/publish.rs"]
mod publish;

use anyhow::{Context, Result};
use askers::{ASKERS, Stage};
use clap::Parser;
use place::Place;
use report::Report;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tester::Tester;

/// Asks the server by its own description.
#[derive(Parser)]
#[command(name = "uscita-soak-http", version)]
struct Arguments {
    /// How many requests, at least.
    #[arg(long, default_value_t = 50_000)]
    count: u64,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
    /// On a throw-away PostgreSQL instead of a file.
    #[arg(long)]
    postgres: bool,
    /// The program of Schemathesis.
    #[arg(long, value_name = "FILE")]
    schemathesis: PathBuf,
    /// Its settings.
    #[arg(long, value_name = "FILE")]
    settings: PathBuf,
}

fn main() -> ExitCode {
    match perform(&Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: &Arguments) -> Result<ExitCode> {
    let seed = chosen_seed()?;
    eprintln!("USCITA_SEED={seed}");
    let place = if arguments.postgres { Place::postgres()? } else { Place::new() };
    let database = place.name();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let stage = runtime.block_on(Stage::open(place, seed));
    let ports = runtime.block_on(stage.serve())?;
    let tester = Tester { program: &arguments.schemathesis, settings: &arguments.settings, seed };
    let began = std::time::Instant::now();
    let failures = ask_all(&tester, &stage, &ports, arguments.count)?;
    let report = Report { database, seed, seconds: began.elapsed().as_secs(), failures, tally: stage.tally() };
    let text = if arguments.json { report.to_json().to_string() } else { report.to_table() };
    writeln!(std::io::stdout(), "{text}")?;
    Ok(if report.falls_short(arguments.count) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Every asker in turn, in two threads, until each has asked its share. What Schemathesis says of each run with an answer that is not as described.
fn ask_all(tester: &Tester<'_>, stage: &Arc<Stage>, ports: &[u16], count: u64) -> Result<Vec<String>> {
    let share = count.div_ceil(ASKERS.len() as u64);
    let askers: Vec<_> = ASKERS.into_iter().zip(ports.iter().copied()).collect();
    let (one, two) = askers.split_at(askers.len() / 2);
    let ask = |askers: &[(askers::Asker, u16)]| -> Result<Vec<String>> {
        let mut failures = Vec::new();
        for (asker, port) in askers {
            failures.extend(tester.ask(*port, share, || stage.asked(*asker))?);
        }
        Ok(failures)
    };
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| ask(one));
        let mut failures = ask(two)?;
        failures.extend(beside.join().map_err(|_| anyhow::anyhow!("a run panicked"))??);
        Ok(failures)
    })
}

fn chosen_seed() -> Result<u64> {
    match std::env::var("USCITA_SEED") {
        Ok(text) => text.trim().parse().context("USCITA_SEED is a number"),
        Err(_) => Ok(uuid::Uuid::new_v4().as_u64_pair().0 >> 32),
    }
}
