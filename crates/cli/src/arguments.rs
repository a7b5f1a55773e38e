//! The command line. Its help is for the people of the office and therefore Italian.

mod board;
mod release;
mod supplies;

pub use board::{BoardArguments, ShowArgument};
pub use release::{
    ExportCommand, FormatArgument, InternalFormat, PublishArguments, ReleaseCommand, WishArguments, WithdrawArguments,
};
pub use supplies::{NightsArguments, StockArguments};

use crate::say::Language;
use chrono::NaiveDate;
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use domain::desk_record::{DeskTopic, EventType};
use domain::ids::UnitId;
use domain::referral::{ReferralOutcome, ReferralState};
use domain::sync::manifest::Role;
use domain::time::{IsoWeek, Quarter, ReportingMonth, SpanKind};
use notebook::view::DeviceReason;
use std::path::PathBuf;

/// Lo sportello di Uscita senza finestra.
#[derive(Debug, Parser)]
#[command(name = "uscita", version, arg_required_else_help = true)]
pub struct Arguments {
    /// Lingua dei messaggi
    #[arg(long, global = true, value_enum, default_value = "it")]
    pub lang: Language,
    /// Che cosa fare
    #[command(subcommand)]
    pub command: Command,
}

/// Che cosa fare.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Conta una settimana
    Tally(TallyArguments),
    /// Gioca una settimana da un file: due telefoni, un server e uno sportello veri
    Replay(ReplayArguments),
    /// Prepara un progetto finto con le notti della settimana scorsa
    Demo(DemoArguments),
    /// Recupera tutto con le parole di recupero, senza nessun telefono
    Recover(RecoverArguments),
    /// Il progetto: chiavi, elenchi
    #[command(subcommand)]
    Programme(ProgrammeCommand),
    /// I dispositivi: invito, conferma, revoca, cancellazione, quarantena
    #[command(subcommand)]
    Device(DeviceCommand),
    /// Lo sportello: scarica le notti, segna accessi, incontri e seguiti
    #[command(subcommand)]
    Desk(DeskCommand),
    /// Gli invii aperti e che cosa aspetta
    Board(BoardArguments),
    /// Il calendario delle uscite: pianificate, fatte, annullate, senza notizie
    Nights(NightsArguments),
    /// Le scorte: magazzino, autonomia, che cosa ordinare
    Stock(StockArguments),
    /// Il registro: chi ha fatto cosa, e se la catena è intatta
    Register(RegisterArguments),
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

/// Conta una settimana.
#[derive(Args, Debug)]
pub struct TallyArguments {
    /// Il periodo
    #[command(flatten)]
    pub period: SpanArguments,
    /// Numeri esatti in JSON
    #[arg(long)]
    pub json: bool,
    /// Solo ciò che si può pubblicare: settimane, mesi a settimane intere, trimestri
    #[arg(long, conflicts_with_all = ["calendar_month", "year", "project"])]
    pub external: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un periodo, uno solo.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct SpanArguments {
    /// Settimana ISO, come 2026-W11
    #[arg(long, value_name = "SETTIMANA")]
    pub week: Option<IsoWeek>,
    /// Mese a settimane intere (quelle il cui giovedì vi cade), come 2026-03
    #[arg(long, value_name = "MESE")]
    pub month: Option<ReportingMonth>,
    /// Mese di calendario, solo per uso interno
    #[arg(long, value_name = "MESE")]
    pub calendar_month: Option<ReportingMonth>,
    /// Trimestre, come 2026-Q1
    #[arg(long, value_name = "TRIMESTRE")]
    pub quarter: Option<Quarter>,
    /// Anno: le sue settimane ISO
    #[arg(long, value_name = "ANNO", value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub year: Option<u16>,
    /// Tutto il progetto
    #[arg(long)]
    pub project: bool,
}

impl SpanArguments {
    /// Which kind, and a day of it; the project needs none.
    #[must_use]
    pub fn chosen(&self) -> (SpanKind, Option<NaiveDate>) {
        let of_year = |year: u16| IsoWeek::new(i32::from(year), 1);
        let choices = [
            (SpanKind::Week, self.week),
            (SpanKind::Month, self.month.map(|month| month.bounds().0)),
            (SpanKind::CalendarMonth, self.calendar_month.map(|month| month.bounds().0)),
            (SpanKind::Quarter, self.quarter.map(|quarter| quarter.bounds().0)),
            (SpanKind::Year, self.year.and_then(of_year)),
        ];
        // The Thursday decides to which month and year a week belongs.
        let chosen = choices.into_iter().find_map(|(kind, week)| Some((kind, Some(week?.thursday()))));
        chosen.unwrap_or((SpanKind::Project, None))
    }
}

/// Gioca un file.
#[derive(Args, Debug)]
pub struct ReplayArguments {
    /// Il file della settimana
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Un solo oggetto JSON
    #[arg(long)]
    pub json: bool,
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

/// Recupera.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("key").required(true).args(["words", "identity"])))]
#[command(group(ArgGroup::new("source").required(true).multiple(true).args(["journal", "backup", "uscita"])))]
pub struct RecoverArguments {
    /// File con le 24 parole; - per scriverle qui
    #[arg(long, value_name = "FILE")]
    pub words: Option<PathBuf>,
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
    /// Il riassunto in JSON
    #[arg(long)]
    pub json: bool,
}

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

/// Il registro.
#[derive(Args, Debug)]
pub struct RegisterArguments {
    /// Per i programmi
    #[arg(long)]
    pub json: bool,
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
    #[arg(long, value_name = "CODICE", value_parser = unit)]
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

fn unit(text: &str) -> Result<UnitId, &'static str> {
    text.parse().map_err(|_| "da 1 a 64 caratteri, senza caratteri di controllo")
}

/// I dispositivi.
#[derive(Debug, Subcommand)]
pub enum DeviceCommand {
    /// Un codice per un dispositivo nuovo
    Invite {
        /// Che cosa può fare
        #[arg(long, value_enum)]
        role: RoleArgument,
        /// Unità; nessuna per un altro sportello
        #[arg(long, value_name = "CODICE", value_parser = unit)]
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

/// Lo sportello.
#[derive(Debug, Subcommand)]
pub enum DeskCommand {
    /// Scarica le notti dal server
    Update(HomeArguments),
    /// Segna un accesso
    Access {
        /// Giorno
        #[arg(long, value_name = "DATA")]
        date: NaiveDate,
        /// Per che cosa
        #[arg(long, value_name = "TEMA")]
        topic: DeskTopic,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Segna un incontro
    Event {
        /// Giorno
        #[arg(long, value_name = "DATA")]
        date: NaiveDate,
        /// Con chi
        #[arg(long = "type", value_name = "TIPO")]
        event_type: EventType,
        /// Quante persone
        #[arg(long)]
        participants: u16,
        /// Quanti minuti
        #[arg(long)]
        minutes: u16,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
    /// Segna il seguito di un invio
    FollowUp {
        /// I quattro caratteri dell’invio
        #[arg(long, value_name = "CODICE")]
        referral: String,
        /// Giorno
        #[arg(long, value_name = "DATA")]
        date: NaiveDate,
        /// Nuovo stato
        #[arg(long, value_name = "STATO")]
        state: ReferralState,
        /// Esito, se è chiuso
        #[arg(long, value_name = "ESITO")]
        outcome: Option<ReferralOutcome>,
        /// Il taccuino
        #[command(flatten)]
        home: HomeArguments,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_tally_is_of_the_period_that_holds_the_thursday() {
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        for (words, kind, date) in [
            (&["--week", "2026-W11"][..], SpanKind::Week, day("2026-03-12")),
            (&["--month", "2026-03"], SpanKind::Month, day("2026-03-05")),
            (&["--calendar-month", "2026-01"], SpanKind::CalendarMonth, day("2026-01-01")),
            (&["--quarter", "2026-Q1"], SpanKind::Quarter, day("2026-01-01")),
            (&["--year", "2026"], SpanKind::Year, day("2026-01-01")),
            (&["--project"], SpanKind::Project, None),
        ] {
            let parsed = Arguments::try_parse_from(["uscita", "tally"].iter().chain(words)).unwrap();
            let Command::Tally(tally) = parsed.command else { panic!() };
            assert_eq!(tally.period.chosen(), (kind, date));
        }
    }

    #[test]
    fn takes_the_folder_under_either_name() {
        for name in ["--home", "--data-dir"] {
            let parsed = Arguments::try_parse_from(["uscita", "tally", "--week", "2026-W11", name, "x"]).unwrap();
            let Command::Tally(tally) = parsed.command else { panic!() };
            assert_eq!(tally.home.home, PathBuf::from("x"));
        }
    }

    #[test]
    fn a_recovery_needs_a_key_and_a_source() {
        let with = |more: &[&str]| {
            let words = ["uscita", "recover", "--out", "x"].iter().chain(more);
            Arguments::try_parse_from(words.copied())
        };
        assert!(with(&["--words", "w", "--journal", "a", "b", "--uscita", "c"]).is_ok());
        assert!(with(&["--identity", "w", "--backup", "a"]).is_ok());
        for refused in
            [&["--words", "w"][..], &["--journal", "a"], &["--words", "w", "--identity", "i", "--journal", "a"]]
        {
            assert!(with(refused).is_err(), "{refused:?}");
        }
    }

    #[test]
    fn a_release_names_recipient_and_whole_period() {
        let with = |recipient: &str, period: &str| {
            Arguments::try_parse_from(["uscita", "release", "make", "--recipient", recipient, "--period", period])
        };
        for period in ["2026-W11", "2026-03", "2026-Q1"] {
            assert!(with("municipality:Brescia", period).is_ok(), "{period}");
        }
        for (recipient, period) in
            [("Brescia", "2026-W11"), ("mayor:Brescia", "2026-W11"), ("press: ", "2026-W11"), ("press:x", "2026")]
        {
            assert!(with(recipient, period).is_err(), "{recipient} {period}");
        }
    }

    #[test]
    fn refuses_a_week_that_does_not_exist() {
        assert!(Arguments::try_parse_from(["uscita", "tally", "--week", "2026-W54"]).is_err());
        assert!(Arguments::try_parse_from(["uscita", "tally"]).is_err(), "a period is named");
        assert!(Arguments::try_parse_from(["uscita", "tally", "--project", "--year", "2026"]).is_err(), "one alone");
        let outside = |kind: &[&str]| Arguments::try_parse_from(["uscita", "tally", "--external"].iter().chain(kind));
        assert!(outside(&["--quarter", "2026-Q1"]).is_ok());
        assert!(outside(&["--year", "2026"]).is_err() && outside(&["--project"]).is_err(), "inside only (D.4.5)");
    }
}
