//! `uscita-bench`: what `cargo xtask bench` runs, always in the release profile.
//!
//! - `fill` makes a lead's phone with as many rows as a busy year leaves, through the real session;
//! - `unlock` measures how long such a phone takes to open;
//! - `save` measures durable saves on such a phone, beside their floor in the same run;
//! - `tally` measures what the desk of a region counts, beside other engines on the same rows;
//! - `server` measures what a server takes in, beside a minimal server (`floor`) in the same run.
//!
//! Nothing is asserted: times depend on the machine, so they are printed with its name, and ratios say more.

mod fill;
mod programme;
mod save;
mod server;
mod tally;
mod unlock;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Measures the notebook of a phone, and the server.
#[derive(Parser)]
#[command(name = "uscita-bench", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fill a new phone with nights, the last of them open; prints folder and PIN as JSON.
    Fill {
        /// Where the phone's notebook is made; must not exist yet.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// Operations in the notebook.
        #[arg(long, default_value_t = fill::ROWS)]
        rows: u64,
    },
    /// Measure how long a filled phone takes to open; prints JSON.
    Unlock {
        /// The notebook that `fill` made.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
    /// Measure durable saves on a filled phone.
    Save {
        /// The notebook that `fill` made; saves are added to it.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// How many saves are measured.
        #[arg(long, default_value_t = save::SAVES)]
        saves: usize,
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Measure the nights and operations that a server takes in.
    Server {
        /// The program of the server; without it the one beside this program.
        #[arg(long, value_name = "FILE")]
        server: Option<PathBuf>,
        /// On a throw-away `PostgreSQL`, rather than on a file.
        #[arg(long)]
        postgres: bool,
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// Measure the figures of a region at the desk, beside other engines.
    Tally {
        /// Where the region is; made there first if it is not.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
        /// A Python that has the package of `DuckDB`.
        #[arg(long, value_name = "FILE")]
        python: Option<PathBuf>,
        /// One JSON object instead of a table.
        #[arg(long)]
        json: bool,
    },
    /// The minimal server: what is sent is stored and synced, and nothing else happens.
    #[command(hide = true)]
    Floor {
        /// Where it stores.
        #[arg(long, value_name = "DIR")]
        dir: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Fill { dir, rows } => fill::run(&dir, rows),
        Task::Unlock { dir } => unlock::run(&dir),
        Task::Save { dir, saves, json } => save::run(&dir, saves, json),
        Task::Server { server, postgres, json } => {
            let program = match server {
                Some(program) => program,
                None => std::env::current_exe()?.with_file_name("uscita-server"),
            };
            server::run(&program, postgres, json)
        }
        Task::Tally { dir, python, json } => tally::run(&dir, python.as_deref(), json),
        Task::Floor { dir } => server::floor::serve(&dir),
    }
}
