//! Arguments of `uscita nights` and `uscita stock`.

use super::HomeArguments;
use clap::Args;
use domain::ids::UnitId;
use domain::time::IsoWeek;

/// Il calendario delle uscite: cinque settimane.
#[derive(Args, Debug)]
pub struct NightsArguments {
    /// Ultima settimana mostrata, come 2026-W11; se manca, quelle intorno a oggi
    #[arg(long, value_name = "SETTIMANA")]
    pub last: Option<IsoWeek>,
    /// Solo questa unità
    #[arg(long, value_name = "UNITÀ")]
    pub unit: Option<UnitId>,
    /// In JSON
    #[arg(long)]
    pub json: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Le scorte: magazzino, autonomia, ordine.
#[derive(Args, Debug)]
pub struct StockArguments {
    /// Settimana di cui si mostrano i consumi; se manca, l’ultima finita con un’uscita
    #[arg(long, value_name = "SETTIMANA")]
    pub week: Option<IsoWeek>,
    /// In JSON
    #[arg(long)]
    pub json: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}
