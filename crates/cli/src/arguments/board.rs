//! `uscita board`.

use super::{HomeArguments, values};
use clap::{Args, ValueEnum};
use domain::time::IsoWeek;
use notebook::view::BoardFilter;

/// Gli invii aperti e che cosa aspetta. Esce con 6 se qualcosa aspetta.
#[derive(Args, Debug)]
pub struct BoardArguments {
    /// Quali invii
    #[arg(long, value_enum, default_value = "open")]
    pub show: ShowArgument,
    /// Settimana del flusso, come 2026-W11; altrimenti l’ultima finita
    #[arg(long, value_name = "SETTIMANA", value_parser = values::week)]
    pub week: Option<IsoWeek>,
    /// Guarda prima il server
    #[arg(long)]
    pub update: bool,
    /// Scrive solo se qualcosa aspetta, per cron
    #[arg(long)]
    pub quiet: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Quali invii.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowArgument {
    /// Aperti
    Open,
    /// Chiusi
    Ended,
    /// Tutti
    All,
}

impl From<ShowArgument> for BoardFilter {
    fn from(show: ShowArgument) -> Self {
        match show {
            ShowArgument::Open => Self::Open,
            ShowArgument::Ended => Self::Ended,
            ShowArgument::All => Self::All,
        }
    }
}
