//! The command line. Its help is for the people of the office and therefore Italian.
//!
//! | module | what |
//! |---|---|
//! | [`board`], [`desk`], [`device`], [`machine`], [`play`], [`programme`], [`recover`], [`register`], [`release`], [`span`], [`supplies`] | arguments of the commands |
//! | [`help`] | how help reads |
//! | [`complaint`] | why a command line is refused |
//! | [`values`] | values that are read here |

mod board;
mod complaint;
mod desk;
mod device;
mod help;
mod machine;
mod play;
mod programme;
mod recover;
mod register;
mod release;
mod span;
mod supplies;
mod values;

pub use board::{BoardArguments, ShowArgument};
pub use complaint::Complaint;
pub use desk::{
    AccessArguments, AccompanyArguments, CorrectArguments, DeskCommand, EventArguments, FollowUpArguments,
    IncidentArguments, OfficeArguments, OpenArguments, TakeBackArguments,
};
pub use device::{DeviceCommand, LossArgument, ReasonArgument, RoleArgument};
pub use help::{command, in_italian, page_in_italian};
pub use machine::{CompletionsArguments, DoctorArguments, ManArguments};
pub use play::{DemoArguments, ReplayArguments};
pub use programme::{EditArguments, ManifestArguments, NewArguments, ProgrammeCommand, RotateArguments};
pub use recover::RecoverArguments;
pub use register::{RegisterArguments, RegisterCommand};
pub use release::{
    ExportCommand, FormatArgument, InternalFormat, MakeArguments, PublishArguments, ReleaseCommand, WishArguments,
    WithdrawArguments,
};
pub use span::{SpanArguments, TallyArguments};
pub use supplies::{NightsArguments, StockArguments};
pub use values::ValueFault;

use crate::say::Language;
use clap::{Args, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// Lo sportello di Uscita senza finestra.
#[derive(Debug, Parser)]
#[command(
    name = "uscita",
    version,
    arg_required_else_help = true,
    after_help = "Esempi:\n  uscita desk update\n  uscita tally --week 2026-W11\n  uscita board --json\n  uscita tally --help\n\nCodice di uscita: 0 fatto; 1 errore del programma; 2 ciò che è stato scritto non va; 3 il taccuino dice no; 4 il server non si può usare; 5 è tornata solo una parte; 6 un invio aspetta qualcuno. «doctor» ha i suoi."
)]
pub struct Arguments {
    /// Lingua dei messaggi
    #[arg(long, global = true, value_enum, default_value = "it", value_name = "LINGUA")]
    pub lang: Language,
    /// Un solo oggetto JSON, anche per gli errori, che vanno sull’uscita degli errori
    #[arg(long, global = true)]
    pub json: bool,
    /// Che cosa fare
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// Reads a command line.
    ///
    /// # Errors
    /// What clap says; that help or the version was asked for comes this way too.
    pub fn read(words: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let matches = command().try_get_matches_from(words)?;
        Self::from_arg_matches(&matches)
    }
}

/// Che cosa fare.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Conta una settimana, o un periodo più lungo
    Tally(TallyArguments),
    /// Gli invii aperti e che cosa aspetta
    Board(BoardArguments),
    /// Il calendario delle uscite: pianificate, fatte, annullate, senza notizie
    Nights(NightsArguments),
    /// Le scorte: magazzino, autonomia, che cosa ordinare
    Stock(StockArguments),
    /// Lo sportello: scarica le notti, segna e corregge accessi, incontri, episodi e seguiti
    #[command(subcommand)]
    Desk(DeskCommand),
    /// I rilasci: anteprima, creazione, registro
    #[command(subcommand)]
    Release(ReleaseCommand),
    /// Scrive un file: un rilascio, o i numeri interni di un periodo
    #[command(subcommand)]
    Export(ExportCommand),
    /// Pubblica un rilascio sul server, per il suo destinatario
    Publish(PublishArguments),
    /// Ritira un rilascio dal server
    Withdraw(WithdrawArguments),
    /// I dispositivi: invito, conferma, revoca, cancellazione, quarantena
    #[command(subcommand)]
    Devices(DeviceCommand),
    /// Il progetto: chiavi, elenchi
    #[command(subcommand)]
    Programme(ProgrammeCommand),
    /// Il registro: chi ha fatto cosa, e se la catena è intatta
    Register(RegisterArguments),
    /// Guarda se lo sportello sta bene: taccuino, conti, chiavi, server, disco, orologio
    Doctor(DoctorArguments),
    /// Recupera tutto con le parole di recupero, senza nessun telefono
    Recover(RecoverArguments),
    /// Gioca una settimana da un file: due telefoni, un server e uno sportello veri
    Replay(ReplayArguments),
    /// Prepara un progetto finto con le notti della settimana scorsa
    Demo(DemoArguments),
    /// Scrive il completamento per bash, zsh o fish
    Completions(CompletionsArguments),
    /// Scrive la pagina di manuale
    Man(ManArguments),
}

/// Dove sta il taccuino e come si apre.
#[derive(Args, Debug)]
pub struct HomeArguments {
    /// Cartella del taccuino dello sportello
    #[arg(long, visible_alias = "data-dir", env = "USCITA_HOME", default_value = ".", value_name = "CARTELLA")]
    pub home: PathBuf,
    /// File con la frase d’accesso; altrimenti USCITA_PASSPHRASE, altrimenti viene chiesta
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[cfg(test)]
mod tests;
