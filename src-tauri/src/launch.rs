//! What the program was started as.

use clap::{Parser, ValueEnum};
use notebook::session::Seat;
use std::path::PathBuf;

/// What to open, and where its notebook lies.
#[derive(Parser, Default)]
#[command(name = "uscita-app", version, about)]
pub struct Launch {
    /// The phone of a team, or the desk of the office.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) role: Part,
    /// The folder of the notebook; without it, one in the system's place for application data.
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
}

/// The part this window plays.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Part {
    /// The phone of a team, for the night.
    #[default]
    Phone,
    /// The desk (*sportello*) of the office.
    Desk,
}

impl From<Part> for Seat {
    fn from(part: Part) -> Self {
        match part {
            Part::Phone => Self::Phone,
            Part::Desk => Self::Desk,
        }
    }
}
