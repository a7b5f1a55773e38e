//! Arguments of `uscita register`.

use super::HomeArguments;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Il registro: chi ha fatto cosa.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempi:\n  uscita register\n  uscita register export --output registro.txt\n  uscita register verify registro.txt --admin-key CHIAVE"
)]
pub struct RegisterArguments {
    /// Esporta o verifica; altrimenti mostra le righe
    #[command(subcommand)]
    pub command: Option<RegisterCommand>,
    /// Cartella del taccuino dello sportello
    #[arg(
        long,
        visible_alias = "data-dir",
        env = "USCITA_HOME",
        default_value = ".",
        value_name = "CARTELLA",
        global = true
    )]
    home: PathBuf,
    /// File con la frase d’accesso; altrimenti USCITA_PASSPHRASE, altrimenti viene chiesta
    #[arg(long, value_name = "FILE", global = true)]
    passphrase_file: Option<PathBuf>,
}

impl RegisterArguments {
    /// Where the notebook is.
    #[must_use]
    pub fn home(&self) -> HomeArguments {
        HomeArguments { home: self.home.clone(), passphrase_file: self.passphrase_file.clone() }
    }
}

/// Che cosa fare del registro.
#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// Scrive il registro firmato: chi lo riceve vede se una riga è stata cambiata, tolta o aggiunta
    Export {
        /// Dove; - per l’uscita standard. Un file che c’è già non viene toccato
        #[arg(long, short, value_name = "FILE", default_value = "-")]
        output: PathBuf,
    },
    /// Verifica un registro esportato; non serve nessun taccuino
    Verify {
        /// Il file esportato
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Chiave del progetto, com’è scritta sul foglio di recupero: prova di quale progetto è il registro
        #[arg(long, value_name = "CHIAVE", allow_hyphen_values = true)]
        admin_key: Option<String>,
    },
}
