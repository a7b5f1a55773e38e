//! `uscita-soak`: the long runs against loss, with the real notebook and real files (B3, B8, B9; `cargo xtask soak`).
//!
//! | run | what happens each time | what must hold |
//! |---|---|---|
//! | `kill` | SIGKILL at a random moment while a process writes, or ends what the phone was | what was acknowledged is there, once, and every file opens; nothing is half ended |
//! | `flip` | bits of a notebook's files are turned over | it is noticed or changes nothing, and what was saved comes back |
//! | `loss` | a phone is destroyed, or its keys are | everything that was saved comes back, without that phone |
//! | `tally` | programmes are drawn, delivered in any order, and counted | every figure is that of a naive fold |
//! | `release` | histories of releases are drawn, and attacked with whole numbers | no hidden count below the threshold has one value alone |
//! | `server-kill` | SIGKILL at a random moment while phones send to a server | what was confirmed is there, once |
//! | `server-lost` | a server is destroyed with all it had | phones and desk bring everything to an empty one |
//! | `devices` | so many phones send at once | everything is stored once, in time, in little memory |
//! | `hostile` | so many connections dawdle, and worse, while phones send | phones are answered in time, attackers are cut |
//!
//! All chance comes from one seed, `USCITA_SEED` or a new one, which is printed; run `n` of a seed is run 0 of seed
//! `seed + n`. What cannot repeat is what `age` draws by itself, and the moment at which a signal arrives.
//!
//! The counts come last: `lost` (acknowledged, and gone), `corrupt` (a file that does not open, or a record twice),
//! `undetected` (a content changed and nothing said so), `recovered`. It ends with 1 when one falls short, or when a time or
//! a size is beyond what it may be.

mod content;
mod counting;
mod devices;
mod ending;
mod flip;
mod hostile;
mod judge;
mod kill;
mod life;
mod loss;
mod release;
mod report;
mod server_kill;
mod server_lost;
mod serving;
mod tally;
mod team;

// One stream of chance for the simulation and for this.
#[allow(dead_code, clippy::indexing_slicing, reason = "the simulation uses all of it; it picks below a length")]
#[path = "../../../simulation/random.rs"]
mod random;
// The attacker is tested among the tests.
#[path = "../../../attacker.rs"]
mod attacker;
// And one choice of where files go.
#[path = "../../../simulation/folder.rs"]
mod folder;
// And one server inside the process, with one way to it.
#[allow(
    dead_code,
    clippy::indexing_slicing,
    reason = "the simulation has worse weather; an index is drawn below a length"
)]
#[path = "../../../simulation/network.rs"]
mod network;
#[allow(dead_code, clippy::expect_used, reason = "a server that does not start ends the run")]
#[path = "../../../simulation/server.rs"]
mod server;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use report::Report;
use serving::Serving;
use std::io::Write;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;

/// Long runs against loss.
#[derive(Parser)]
#[command(name = "uscita-soak", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Kills a process that writes.
    Kill(Amount),
    /// Turns bits over.
    Flip(Amount),
    /// Ends nights with a phone that nobody can use any more.
    Loss(Amount),
    /// Lets so many phones send at once.
    Devices(OnServers),
    /// Lets so many connections dawdle while phones send.
    Hostile(OnServers),
    /// Kills a server while phones send.
    ServerKill(OnServers),
    /// Destroys a server with all it had, and begins with an empty one.
    ServerLost(OnServers),
    /// Counts drawn programmes, beside a naive fold.
    Tally(Amount),
    /// Attacks drawn histories of releases.
    Release(Amount),
    /// The process that is killed: writes until then, and says what it has been told is saved.
    #[command(hide = true)]
    Life(life::Life),
}

/// How much of it.
#[derive(Args)]
struct Amount {
    /// How many times.
    #[arg(long, default_value_t = 1_000)]
    count: u64,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

/// How much of it, on which servers.
#[derive(Args)]
struct OnServers {
    #[command(flatten)]
    amount: Amount,
    /// The program of the server; without it the one beside this program.
    #[arg(long, value_name = "FILE")]
    server: Option<PathBuf>,
    /// On a throw-away `PostgreSQL`, rather than on a file.
    #[arg(long)]
    postgres: bool,
    /// Times are told, and not judged: the machine has other work.
    #[arg(long)]
    any_speed: bool,
}

/// The runs of a range of numbers, from a seed.
type Run = Box<dyn Fn(u64, Range<u64>) -> Result<Report> + Sync>;

/// What is to be done.
struct Plan {
    name: &'static str,
    amount: Amount,
    /// Runs that count for one.
    each: u64,
    /// Parts that go on at the same time.
    threads: u64,
    run: Run,
}

/// Runs that go on at the same time.
const THREADS: u64 = 2;

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode> {
    let each = 1;
    let Plan { name, amount, each, threads, run } = match task {
        Task::Kill(amount) => Plan { name: "kill", amount, each, threads: THREADS, run: Box::new(kill::run) },
        Task::Flip(amount) => Plan { name: "flip", amount, each, threads: THREADS, run: Box::new(flip::run) },
        Task::Loss(amount) => {
            Plan { name: "loss", amount, each: loss::KINDS, threads: THREADS, run: Box::new(loss::run) }
        }
        Task::Tally(amount) => Plan { name: "tally", amount, each, threads: THREADS, run: Box::new(tally::run) },
        Task::Release(amount) => Plan { name: "release", amount, each, threads: THREADS, run: Box::new(release::run) },
        Task::Devices(on) => {
            let (serving, amount) = on.serving()?;
            let run: Run = Box::new(move |_, phones| devices::run(&serving, phones.end));
            Plan { name: "devices", amount, each, threads: 1, run }
        }
        Task::Hostile(on) => {
            let (serving, amount) = on.serving()?;
            let run: Run = Box::new(move |_, slow| hostile::run(&serving, slow.end));
            Plan { name: "hostile", amount, each, threads: 1, run }
        }
        Task::ServerKill(on) => {
            let (serving, amount) = on.serving()?;
            let run: Run = Box::new(move |seed, runs| server_kill::run(&serving, seed, runs));
            Plan { name: "server-kill", amount, each, threads: THREADS, run }
        }
        Task::ServerLost(on) => {
            let (serving, amount) = on.serving()?;
            let run: Run = Box::new(move |seed, runs| server_lost::run(&serving, seed, runs));
            Plan { name: "server-lost", amount, each, threads: THREADS, run }
        }
        Task::Life(life) => {
            life.live()?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    let seed = chosen_seed()?;
    eprintln!("USCITA_SEED={seed}");
    let report = on_threads(threads, seed, amount.count, &run)?;
    let text = if amount.json { report.to_json(name, seed).to_string() } else { report.to_table(name, seed) };
    writeln!(std::io::stdout(), "{text}")?;
    Ok(if report.falls_short(amount.count * each) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl OnServers {
    fn serving(self) -> Result<(Serving, Amount)> {
        let program = match self.server {
            Some(program) => program,
            None => std::env::current_exe()?.with_file_name("uscita-server"),
        };
        Ok((Serving { program, postgres: self.postgres, any_speed: self.any_speed }, self.amount))
    }
}

fn on_threads(threads: u64, seed: u64, count: u64, run: &Run) -> Result<Report> {
    let threads = threads.min(count.max(1));
    std::thread::scope(|scope| {
        let at_work: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || run(seed, count * thread / threads..count * (thread + 1) / threads)))
            .collect();
        let mut whole = Report::default();
        for thread in at_work {
            whole.add(thread.join().map_err(|_| anyhow::anyhow!("a run panicked"))??);
        }
        Ok(whole)
    })
}

fn chosen_seed() -> Result<u64> {
    match std::env::var("USCITA_SEED") {
        Ok(text) => text.trim().parse().context("USCITA_SEED is a number"),
        Err(_) => Ok(u64::from_be_bytes(notebook::entropy::Entropy::system().bytes()?) >> 16),
    }
}
