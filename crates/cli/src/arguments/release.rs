//! Arguments of `uscita release`, `uscita export`, `uscita publish` and `uscita withdraw`.

use super::{HomeArguments, values};
use clap::{Args, Subcommand, ValueEnum};
use domain::disclosure::Recipient;
use domain::release::file::ReleaseFormat;
use domain::time::Period;
use std::path::PathBuf;

/// I rilasci.
#[derive(Debug, Subcommand)]
pub enum ReleaseCommand {
    /// Che cosa uscirebbe, che cosa resta nascosto e perché; non scrive nulla
    Preview(WishArguments),
    /// Crea il rilascio, lo firma e lo scrive nel registro, per sempre
    Make(MakeArguments),
    /// Il registro dei rilasci
    List {
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Un rilascio com’è uscito
    Show {
        /// Numero del rilascio
        #[arg(value_name = "NUMERO", value_parser = values::number)]
        number: u32,
        /// Formato
        #[arg(long, value_enum, default_value = "json")]
        format: FormatArgument,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
}

/// Formato di un rilascio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// Il documento, byte per byte com’è firmato
    Json,
    /// Per i fogli di calcolo
    Csv,
    /// Una cartella di lavoro, con grafici e definizioni
    Xlsx,
    /// Una pagina da leggere e stampare
    Html,
}

impl From<FormatArgument> for ReleaseFormat {
    fn from(format: FormatArgument) -> Self {
        match format {
            FormatArgument::Json => Self::Json,
            FormatArgument::Csv => Self::Csv,
            FormatArgument::Xlsx => Self::Xlsx,
            FormatArgument::Html => Self::Page,
        }
    }
}

/// Che cosa va scritto in un file.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// Un rilascio: gli stessi byte ogni volta
    Release {
        /// Numero del rilascio
        #[arg(value_name = "NUMERO", value_parser = values::number)]
        number: u32,
        /// Formato
        #[arg(long, value_enum, default_value = "xlsx")]
        format: FormatArgument,
        /// Dove; - per l’uscita standard. Un file con lo stesso nome viene sostituito
        #[arg(long, short, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// I numeri esatti di un periodo: uso interno, non pubblicabile
    Tally {
        /// Settimana come 2026-W11, mese come 2026-03, trimestre come 2026-Q1 o semestre come 2026-H1
        #[arg(long, value_name = "PERIODO", value_parser = values::period)]
        period: Period,
        /// Formato
        #[arg(long, value_enum, default_value = "csv")]
        format: InternalFormat,
        /// Dove; - per l’uscita standard. Un file con lo stesso nome viene sostituito
        #[arg(long, short, value_name = "FILE", default_value = "-")]
        output: PathBuf,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
}

/// Formato dei numeri interni.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InternalFormat {
    /// Per i fogli di calcolo
    Csv,
    /// Per i programmi
    Json,
}

/// Che cosa deve uscire, e per chi.
#[derive(Args, Debug)]
pub struct WishArguments {
    /// Destinatario, TIPO:CODICE; tipi: municipality, funder, network, press
    #[arg(long, value_name = "TIPO:CODICE", value_parser = values::recipient)]
    pub recipient: Recipient,
    /// Settimana come 2026-W11, mese come 2026-03, trimestre come 2026-Q1 o semestre come 2026-H1
    #[arg(long, value_name = "PERIODO", value_parser = values::period)]
    pub period: Period,
    /// Rettifica: conta di nuovo le attività di un periodo già uscito
    #[arg(long)]
    pub correct: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Che cosa deve uscire, e se aspetta le notti che mancano.
#[derive(Args, Debug)]
pub struct MakeArguments {
    /// Che cosa, e per chi
    #[command(flatten)]
    pub wish: WishArguments,
    /// Esce anche senza le notti non arrivate o da firmare: poi non si aggiungono più
    #[arg(long)]
    pub incomplete: bool,
}

/// Che cosa va pubblicato.
#[derive(Args, Debug)]
pub struct PublishArguments {
    /// Numero del rilascio
    #[arg(value_name = "NUMERO", value_parser = values::number)]
    pub number: u32,
    /// Dà al destinatario una password nuova; la vecchia non vale più
    #[arg(long)]
    pub new_password: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Che cosa va ritirato.
#[derive(Args, Debug)]
pub struct WithdrawArguments {
    /// Numero del rilascio
    #[arg(value_name = "NUMERO", value_parser = values::number)]
    pub number: u32,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}
