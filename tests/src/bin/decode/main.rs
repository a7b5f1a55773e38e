//! `uscita-soak-decode`: whatever bytes come, every decoder takes them or refuses them; none panics, none allocates beyond
//! its bound, none takes longer than a second (B15; `cargo xtask soak decode`).
//!
//! Each case is a good message, spoilt ([`mutate`]), and given to the decoder that would read it ([`targets`]). What was
//! taken must be read the same when it is written again. Case `n` of a seed (`USCITA_SEED`, or a new one, which is printed)
//! is case 0 of seed `seed + n`; a process that is ended by the system has printed where it stood.

mod files;
mod mutate;
mod protocol;
mod releases;
mod report;
mod sealed;
mod targets;
mod text;

// One stream of chance for the simulation and for this.
#[allow(dead_code, clippy::indexing_slicing, reason = "the simulation uses all of it; it picks below a length")]
#[path = "../../../simulation/random.rs"]
mod random;
// And one week of records for the domain's tests and for this.
#[allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the domain's tests use all of it; a fixture that cannot be read ends the run"
)]
#[path = "../../../../crates/domain/tests/w11/build.rs"]
mod build;

use anyhow::{Context, Result};
use clap::Parser;
use peak_alloc::PeakAlloc;
use random::Random;
use report::{Report, Tally};
use rustix::time::{ClockId, clock_gettime};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use targets::Target;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Longer than this is as good as never.
const LONGEST: Duration = Duration::from_secs(1);
/// After so long a case is not waited for any more.
const GIVEN_UP: Duration = Duration::from_secs(20);
/// How often progress is told.
const TOLD_EVERY: u64 = 1_000_000;
/// Inputs that are shown whole.
const SHOWN: usize = 5;

/// Spoils messages and decodes them.
#[derive(Parser)]
#[command(name = "uscita-soak-decode", version)]
struct Arguments {
    /// How many cases.
    #[arg(long, default_value_t = 100_000)]
    count: u64,
    /// One JSON object instead of a table.
    #[arg(long)]
    json: bool,
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
    let folder = tempfile::tempdir()?;
    let targets = targets::all(folder.path())?;
    std::panic::set_hook(Box::new(|_| {}));
    let began = Instant::now();
    let (tallies, shown) = run(&targets, seed, arguments.count);
    let report = Report { seed, seconds: began.elapsed().as_secs(), tallies, shown };
    let text = if arguments.json { report.to_json().to_string() } else { report.to_table() };
    writeln!(std::io::stdout(), "{text}")?;
    Ok(if report.falls_short(arguments.count) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn run(targets: &[Target], seed: u64, count: u64) -> (Vec<(&'static str, Tally)>, Vec<String>) {
    let turns: Vec<usize> =
        targets.iter().enumerate().flat_map(|(place, target)| std::iter::repeat_n(place, target.weight)).collect();
    let mut tallies = vec![Tally::default(); targets.len()];
    let mut shown = Vec::new();
    let at = AtomicU64::new(0);
    let (over, is_over) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let at = &at;
        scope.spawn(move || watch(seed, at, &is_over));
        for case in 0..count {
            at.store(case, Ordering::Relaxed);
            let mut random = Random::new(seed.wrapping_add(case));
            let place = turns.get(random.below(turns.len())).copied().unwrap_or_default();
            let (Some(target), Some(tally)) = (targets.get(place), tallies.get_mut(place)) else { continue };
            let input = target.spoil(&mut random);
            if let Some(fault) = decode(target, &input, tally)
                && shown.len() < SHOWN
            {
                shown.push(format!(
                    "case {case}, {}: {fault}: {}",
                    target.name,
                    data_encoding::HEXLOWER.encode(&input)
                ));
            }
            if (case + 1) % TOLD_EVERY == 0 {
                eprintln!("{} cases", case + 1);
            }
        }
        drop(over);
    });
    (targets.iter().map(|target| target.name).zip(tallies).collect(), shown)
}

/// One case. What is wrong with how it went, if anything is.
fn decode(target: &Target, input: &[u8], tally: &mut Tally) -> Option<&'static str> {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let began = time_of_this_thread();
    let outcome = catch_unwind(AssertUnwindSafe(|| (target.decode)(input)));
    let took = time_of_this_thread().saturating_sub(began);
    let bytes = MEMORY.peak_usage().saturating_sub(before);
    tally.cases += 1;
    tally.slowest = tally.slowest.max(took);
    tally.most_bytes = tally.most_bytes.max(bytes);
    let fault = match outcome {
        Err(_) => Some(("panic", &mut tally.panics)),
        Ok(_) if took > LONGEST => Some(("takes too long", &mut tally.slow)),
        Ok(_) if bytes > target.bound(input.len()) => Some(("allocates too much", &mut tally.over_bound)),
        Ok(targets::Taken::Differently) => Some(("is read differently when written again", &mut tally.differently)),
        Ok(taken) => {
            tally.taken += u64::from(taken == targets::Taken::Yes);
            None
        }
    };
    let (fault, count) = fault?;
    *count += 1;
    Some(fault)
}

/// What this thread has computed so far: other programs on the machine do not count.
fn time_of_this_thread() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    // Neither is ever negative.
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Ends the process when one case goes on for ever.
fn watch(seed: u64, at: &AtomicU64, is_over: &std::sync::mpsc::Receiver<()>) {
    let mut last = u64::MAX;
    while is_over.recv_timeout(GIVEN_UP) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
        let now = at.load(Ordering::Relaxed);
        if now == last {
            eprintln!("case {now} does not end: USCITA_SEED={} plays it first", seed.wrapping_add(now));
            std::process::abort();
        }
        last = now;
    }
}

fn chosen_seed() -> Result<u64> {
    match std::env::var("USCITA_SEED") {
        Ok(text) => text.trim().parse().context("USCITA_SEED is a number"),
        Err(_) => Ok(uuid::Uuid::new_v4().as_u64_pair().0 >> 16),
    }
}
