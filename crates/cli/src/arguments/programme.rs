//! Arguments of `uscita programme`.

use super::{HomeArguments, values};
use clap::{Args, Subcommand};
use domain::ids::UnitId;
use std::path::PathBuf;

/// Il progetto.
#[derive(Debug, Subcommand)]
pub enum ProgrammeCommand {
    /// Crea chiavi e taccuino dello sportello; mostra una volta le parole di recupero
    New(NewArguments),
    /// Consegna il manifesto al server: il primo, o di nuovo a un server ripartito da zero
    Publish(ManifestArguments),
    /// Mostra la rubrica e le liste, come file da modificare
    Show(HomeArguments),
    /// Cambia la rubrica e le liste con un file: dice che cosa cambia, firma e manda
    Edit(EditArguments),
    /// Cambia le chiavi: prepara un foglio di recupero nuovo; con --confirm, dopo la stampa, le mette in vigore
    Rotate(RotateArguments),
}

/// Altre chiavi.
#[derive(Args, Debug)]
pub struct RotateArguments {
    /// Cartella dello sportello
    #[command(flatten)]
    pub home: HomeArguments,
    /// Cambia anche la chiave che firma: se qualcuno che non è più dei vostri può conoscerla
    #[arg(long)]
    pub signer: bool,
    /// Scrivi qui il foglio nuovo da stampare, in HTML; dopo la stampa va cancellato
    #[arg(long, value_name = "FILE")]
    pub sheet: Option<PathBuf>,
    /// File con le tre parole chieste, lette dal foglio stampato; - per scriverle qui
    #[arg(long, value_name = "FILE", conflicts_with_all = ["signer", "sheet"])]
    pub confirm: Option<PathBuf>,
    /// Lascia le chiavi come sono: il foglio preparato non vale più
    #[arg(long, conflicts_with_all = ["signer", "sheet", "confirm"])]
    pub give_up: bool,
}

/// Altre liste.
#[derive(Args, Debug)]
pub struct EditArguments {
    /// Il file, come lo scrive `uscita programme show`
    pub file: PathBuf,
    /// Dice soltanto che cosa cambierebbe
    #[arg(long)]
    pub dry_run: bool,
    /// Cartella dello sportello
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Il manifesto al server.
#[derive(Args, Debug)]
pub struct ManifestArguments {
    /// Cartella dello sportello
    #[command(flatten)]
    pub home: HomeArguments,
    /// Chiave pubblica del server, se è nuova: il manifesto viene firmato di nuovo con questa
    #[arg(long, value_name = "CHIAVE", allow_hyphen_values = true)]
    pub server_key: Option<String>,
}

/// Un progetto nuovo.
#[derive(Args, Debug)]
pub struct NewArguments {
    /// Cartella dello sportello; ci nasce anche server.toml
    #[command(flatten)]
    pub home: HomeArguments,
    /// Indirizzo del server
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// Chiave pubblica del server, come la scrive `uscita-server init`; altrimenti viene creata qui
    #[arg(long, value_name = "CHIAVE", allow_hyphen_values = true)]
    pub server_key: Option<String>,
    /// Nome del progetto, come nei rapporti
    #[arg(long, value_name = "NOME")]
    pub name: String,
    /// Unità
    #[arg(long, value_name = "CODICE", value_parser = values::unit)]
    pub unit: UnitId,
    /// Zone, ciascuna CODICE=NOME
    #[arg(long = "zone", value_name = "CODICE=NOME", required = true)]
    pub zones: Vec<String>,
    /// Codici di chi lavora
    #[arg(long = "operator", value_name = "CODICE", required = true)]
    pub operators: Vec<String>,
    /// Scrivi qui il foglio di recupero da stampare, in HTML; dopo la stampa va cancellato
    #[arg(long, value_name = "FILE")]
    pub sheet: Option<PathBuf>,
}
