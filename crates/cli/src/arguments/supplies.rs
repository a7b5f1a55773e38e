//! Arguments of `uscita nights` and `uscita stock`.

use super::{HomeArguments, values};
use clap::Args;
use domain::ids::UnitId;
use domain::time::IsoWeek;

/// Il calendario delle uscite: cinque settimane.
#[derive(Args, Debug)]
pub struct NightsArguments {
    /// Ultima settimana mostrata, come 2026-W11; se manca, quelle intorno a oggi
    #[arg(long, value_name = "SETTIMANA", value_parser = values::week)]
    pub last: Option<IsoWeek>,
    /// Solo questa unità
    #[arg(long, value_name = "UNITÀ", value_parser = values::unit)]
    pub unit: Option<UnitId>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Le scorte: magazzino, autonomia, ordine.
#[derive(Args, Debug)]
pub struct StockArguments {
    /// Settimana di cui si mostrano i consumi; se manca, l’ultima finita con un’uscita
    #[arg(long, value_name = "SETTIMANA", value_parser = values::week)]
    pub week: Option<IsoWeek>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}
