//! Arguments of `uscita recover`.

use clap::{ArgGroup, Args};
use std::path::PathBuf;

/// Recupera.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("key").required(true).args(["words", "identity"])))]
#[command(group(ArgGroup::new("source").required(true).multiple(true).args(["journal", "backup", "uscita"])))]
pub struct RecoverArguments {
    /// File con le 24 parole; - per scriverle qui. Dopo un cambio delle chiavi, un file per ogni foglio, il più recente per primo
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub words: Vec<PathBuf>,
    /// File con la chiave AGE-SECRET-KEY-1…, al posto delle parole
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// Giornali di telefoni: journal.db, o la cartella che lo contiene
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub journal: Vec<PathBuf>,
    /// Archivi del server: mailbox.db, o la cartella che lo contiene
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub backup: Vec<PathBuf>,
    /// File .uscita
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub uscita: Vec<PathBuf>,
    /// Chiave del progetto, com’è scritta sul foglio: prova di chi è il manifesto
    #[arg(long, value_name = "CHIAVE")]
    pub admin_key: Option<String>,
    /// Cartella nuova dove scrivere ciò che torna, in chiaro
    #[arg(long, value_name = "CARTELLA")]
    pub out: PathBuf,
    /// Taccuino di una responsabile o di uno sportello che deve avere ciò che torna; si apre con PIN o frase d’accesso
    #[arg(long, value_name = "CARTELLA")]
    pub into: Option<PathBuf>,
    /// File con PIN o frase d’accesso del taccuino; altrimenti USCITA_PASSPHRASE, altrimenti viene chiesto
    #[arg(long, value_name = "FILE", requires = "into")]
    pub passphrase_file: Option<PathBuf>,
}
