//! Arguments of `uscita devices`.

use super::{HomeArguments, values};
use clap::{Subcommand, ValueEnum};
use domain::ids::UnitId;
use domain::sync::manifest::Role;
use notebook::view::DeviceReason;
use std::path::PathBuf;

/// I dispositivi.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Un codice per un dispositivo nuovo
    Invite {
        /// Che cosa può fare
        #[arg(long, value_enum)]
        role: RoleArgument,
        /// Unità; nessuna per un altro sportello
        #[arg(long, value_name = "CODICE", value_parser = values::unit)]
        unit: Option<UnitId>,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Chi aspetta, con le sei parole da confrontare
    Pending(HomeArguments),
    /// Conferma chi aspetta, dopo aver confrontato le parole
    Approve {
        /// Le sei parole lette insieme, tra virgolette
        #[arg(long, value_name = "PAROLE")]
        words: String,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Chi c’è, quando si è fatto vivo, che cosa aspetta in quarantena
    List {
        /// Anche il registro di ciò che è stato fatto
        #[arg(long)]
        acts: bool,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Revoca: non legge più, può ancora consegnare
    Revoke {
        /// Nome nell’elenco, come D3
        #[arg(value_name = "NOME")]
        name: String,
        /// Perché
        #[arg(long, value_enum)]
        reason: ReasonArgument,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Ordina la cancellazione di un telefono perso; chiede di nuovo la frase d’accesso
    Wipe {
        /// Nome nell’elenco, come D3
        #[arg(value_name = "NOME")]
        name: String,
        /// Perché
        #[arg(long, value_enum)]
        reason: LossArgument,
        /// File con la frase d’accesso, data una seconda volta; altrimenti viene chiesta
        #[arg(long, value_name = "FILE")]
        confirm_file: Option<PathBuf>,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Rilascia ciò che un dispositivo ha consegnato in quarantena
    Release {
        /// Nome nell’elenco, come D3
        #[arg(value_name = "NOME")]
        name: String,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Scarta ciò che un dispositivo ha consegnato in quarantena; per trenta giorni si può riprendere
    Drop {
        /// Nome nell’elenco, come D3
        #[arg(value_name = "NOME")]
        name: String,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Riprende ciò che è stato scartato, finché il server lo conserva
    TakeBack {
        /// Nome nell’elenco, come D3
        #[arg(value_name = "NOME")]
        name: String,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Firma di nuovo il manifesto, per altri trenta giorni
    Renew(HomeArguments),
}

/// Perché un dispositivo è revocato.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReasonArgument {
    /// Smarrito
    Lost,
    /// Rubato o portato via
    Stolen,
    /// Sostituito da un altro
    Replaced,
    /// Chi lo usava non esce più
    Left,
}

impl From<ReasonArgument> for DeviceReason {
    fn from(reason: ReasonArgument) -> Self {
        match reason {
            ReasonArgument::Lost => Self::Lost,
            ReasonArgument::Stolen => Self::Stolen,
            ReasonArgument::Replaced => Self::Replaced,
            ReasonArgument::Left => Self::Left,
        }
    }
}

/// Come un telefono è andato perso.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LossArgument {
    /// Smarrito
    Lost,
    /// Rubato o portato via
    Stolen,
}

impl From<LossArgument> for DeviceReason {
    fn from(reason: LossArgument) -> Self {
        match reason {
            LossArgument::Lost => Self::Lost,
            LossArgument::Stolen => Self::Stolen,
        }
    }
}

/// Ruolo di un dispositivo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoleArgument {
    /// Telefono dell’unità
    Member,
    /// Telefono della responsabile
    Lead,
    /// Sportello
    Coordinator,
}

impl From<RoleArgument> for Role {
    fn from(role: RoleArgument) -> Self {
        match role {
            RoleArgument::Member => Self::Member,
            RoleArgument::Lead => Self::Lead,
            RoleArgument::Coordinator => Self::Coordinator,
        }
    }
}
