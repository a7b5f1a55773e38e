//! Arguments of `uscita replay` and `uscita demo`.

use clap::Args;
use std::path::PathBuf;

/// Gioca un file.
#[derive(Args, Debug)]
pub struct ReplayArguments {
    /// Il file della settimana
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Tieni qui taccuini e archivio del server
    #[arg(long, value_name = "CARTELLA")]
    pub keep: Option<PathBuf>,
    /// Il programma del server; altrimenti quello accanto a questo
    #[arg(long, value_name = "FILE")]
    pub server_bin: Option<PathBuf>,
}

/// Prepara la dimostrazione.
#[derive(Args, Debug)]
pub struct DemoArguments {
    /// Cartella della dimostrazione
    #[arg(long, value_name = "CARTELLA")]
    pub home: PathBuf,
    /// Indirizzo del server
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// Solo progetto e dispositivi, senza notti
    #[arg(long)]
    pub without_nights: bool,
}
