//! `cargo xtask`: the three commands a developer needs.
//!
//! - `cargo xtask run` installs what is missing, builds everything and opens a demonstration;
//! - `cargo xtask test` runs every check and ends with one line that counts what passed;
//! - `cargo xtask bench` measures how fast it is with a full notebook;
//! - `cargo xtask soak` kills, damages and destroys notebooks, many times, and counts what came back;
//! - `cargo xtask pictures` takes the pictures of the guide anew;
//! - `cargo xtask check-android` type-checks the app for Android, as far as that goes without Google's SDK;
//! - `cargo xtask generate` rewrites the files that are generated from Rust types.
//!
//! The rules of this package: nothing waits by sleeping (a step waits for a line of output or for a
//! port, with a deadline), every child process is stopped on the way out, and the output of a step
//! that fails is shown whole.

mod android;
mod bench;
mod browser;
mod cargo;
mod children;
mod count;
mod demo;
mod generate;
mod node;
mod paths;
mod pictures;
mod python;
mod room;
mod run;
mod soak;
mod stage;
mod steps;
mod system;
mod test;
mod window;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds, runs and checks Uscita.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and open the phone and the desk with a synthetic programme.
    Run {
        /// Where the demonstration keeps its data; made on the first start and reused afterwards.
        #[arg(long, value_name = "DIR")]
        home: Option<PathBuf>,
    },
    /// Run every check; the last line counts what passed.
    Test {
        /// Where the browser and window tests leave their screenshots.
        #[arg(long, value_name = "DIR")]
        screenshots: Option<PathBuf>,
    },
    /// Take the pictures of the guide anew: every screen in both themes and both languages.
    Pictures {
        /// Where they go, unless into the guide's own folder.
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Type-check and lint the app for Android; it says "skipped" where the means are missing.
    CheckAndroid,
    /// Rewrite the TypeScript types, the OpenAPI description and the matrix of access from the Rust code.
    Generate,
    /// Measure on this machine, with a full notebook.
    Bench {
        #[command(subcommand)]
        what: bench::Bench,
    },
    /// Kill, damage and destroy notebooks, and count what came back; USCITA_SEED=n plays a run again.
    Soak {
        #[command(subcommand)]
        what: soak::Soak,
    },
}

fn main() -> ExitCode {
    let outcome = perform(Arguments::parse().task);
    children::give_way_to_signal();
    children::stop_all();
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<ExitCode> {
    children::stop_all_on_signal()?;
    match task {
        Task::Run { home } => run::run(home),
        Task::Test { screenshots } => test::test(screenshots),
        Task::Pictures { folder } => pictures::pictures(folder),
        Task::CheckAndroid => android::check(),
        Task::Generate => generate::generate(),
        Task::Bench { what } => bench::bench(what),
        Task::Soak { what } => soak::soak(what),
    }
}
