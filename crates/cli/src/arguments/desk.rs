//! Arguments of `uscita desk`: what day staff fetch, note, look at and correct.

use super::{HomeArguments, values};
use chrono::NaiveDate;
use clap::{ArgGroup, Args, Subcommand};
use domain::contact::{Language, TargetGroup};
use domain::desk_record::{DeskTopic, EventType, IncidentAction, IncidentSeverity, IncidentType, MinutesBand};
use domain::referral::{
    AccompanimentOutcome, Consent, ReferralOutcome, ReferralReason, ReferralState, ServiceType, TravelMode, Urgency,
};
use domain::sync::correction::CorrectionReason;
use domain::time::IsoWeek;

/// The codes of a list, as the parser wants them.
macro_rules! codes {
    ($list:ty) => {
        values::codes::<$list>(<$list>::ALL.iter().map(|item| item.code()))
    };
}

/// Lo sportello.
#[derive(Debug, Subcommand)]
pub enum DeskCommand {
    /// Scarica le notti dal server
    Update(HomeArguments),
    /// Che cosa è segnato per una settimana: accessi, incontri, episodi, correzioni
    List(OfficeArguments),
    /// Segna un accesso
    Access(AccessArguments),
    /// Segna un incontro
    Event(EventArguments),
    /// Segna un episodio che non è di un’uscita
    Incident(IncidentArguments),
    /// Corregge, o toglie, ciò che è stato segnato; ciò che era scritto resta nel registro
    Correct(CorrectArguments),
    /// Apre un invio allo sportello
    Open(OpenArguments),
    /// Segna il seguito di un invio
    FollowUp(FollowUpArguments),
    /// Segna un accompagnamento
    Accompany(AccompanyArguments),
    /// Toglie l’ultimo passo di un invio, se l’ha segnato uno sportello
    TakeBack(TakeBackArguments),
}

/// Quale settimana.
#[derive(Args, Debug)]
pub struct OfficeArguments {
    /// Settimana ISO, come 2026-W11; se manca, quella di oggi
    #[arg(long, value_name = "SETTIMANA", value_parser = values::week)]
    pub week: Option<IsoWeek>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un accesso allo sportello.
#[derive(Args, Debug)]
#[command(after_help = "Esempio:\n  uscita desk access --date 2026-03-12 --topic legal --time 15_45")]
pub struct AccessArguments {
    /// Giorno, come 2026-03-12
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: NaiveDate,
    /// Per che cosa
    #[arg(long, value_name = "TEMA", value_parser = codes!(DeskTopic))]
    pub topic: DeskTopic,
    /// Chi è venuto
    #[arg(long, value_name = "CHI", default_value = "person", value_parser = codes!(TargetGroup))]
    pub who: TargetGroup,
    /// Quanto è durato
    #[arg(long, value_name = "DURATA", default_value = "not_recorded", value_parser = codes!(MinutesBand))]
    pub time: MinutesBand,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un incontro.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempio:\n  uscita desk event --date 2026-03-12 --type citizens --participants 24 --minutes 90"
)]
pub struct EventArguments {
    /// Giorno, come 2026-03-12
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: NaiveDate,
    /// Con chi
    #[arg(long = "type", value_name = "TIPO", value_parser = codes!(EventType))]
    pub event_type: EventType,
    /// Quante persone, da 0 a 5000
    #[arg(long, value_name = "PERSONE", value_parser = values::small::<u16>(0, 5000))]
    pub participants: u16,
    /// Quanti minuti, da 5 a 600
    #[arg(long, value_name = "MINUTI", value_parser = values::small::<u16>(5, 600))]
    pub minutes: u16,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un episodio.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempio:\n  uscita desk incident --date 2026-03-12 --type device_lost --severity low --action none"
)]
pub struct IncidentArguments {
    /// Giorno, come 2026-03-12
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: NaiveDate,
    /// Che cosa è successo
    #[arg(long = "type", value_name = "TIPO", value_parser = codes!(IncidentType))]
    pub incident_type: IncidentType,
    /// Quanto pesa
    #[arg(long, value_name = "PESO", value_parser = codes!(IncidentSeverity))]
    pub severity: IncidentSeverity,
    /// Che cosa è stato fatto
    #[arg(long, value_name = "AZIONE", value_parser = codes!(IncidentAction))]
    pub action: IncidentAction,
    /// Serve parlarne
    #[arg(long)]
    pub debrief: bool,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Una correzione: ciò che non è nominato resta com’era.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("change").required(true).multiple(true).args(
    ["date", "topic", "who", "time", "kind", "participants", "minutes", "severity", "action", "debrief", "remove"]
)))]
#[command(
    after_help = "Esempi:\n  uscita desk correct S1-12 --reason mistyped --participants 30\n  uscita desk correct S1-12 --reason twice --remove"
)]
pub struct CorrectArguments {
    /// La voce, come la scrive `uscita desk list`: S1-12
    #[arg(value_name = "VOCE")]
    pub entry: String,
    /// Perché
    #[arg(long, value_name = "PERCHÉ", value_parser = codes!(CorrectionReason))]
    pub reason: CorrectionReason,
    /// Non doveva esserci: la toglie
    #[arg(long, conflicts_with_all = ["date", "topic", "who", "time", "kind", "participants", "minutes", "severity", "action", "debrief"])]
    pub remove: bool,
    /// Giorno giusto
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: Option<NaiveDate>,
    /// Di un accesso: per che cosa
    #[arg(long, value_name = "TEMA", value_parser = codes!(DeskTopic))]
    pub topic: Option<DeskTopic>,
    /// Di un accesso: chi è venuto
    #[arg(long, value_name = "CHI", value_parser = codes!(TargetGroup))]
    pub who: Option<TargetGroup>,
    /// Di un accesso: quanto è durato
    #[arg(long, value_name = "DURATA", value_parser = codes!(MinutesBand))]
    pub time: Option<MinutesBand>,
    /// Di un incontro: con chi; di un episodio: che cosa
    #[arg(id = "kind", long = "type", value_name = "TIPO")]
    pub kind: Option<String>,
    /// Di un incontro: quante persone, da 0 a 5000
    #[arg(long, value_name = "PERSONE", value_parser = values::small::<u16>(0, 5000))]
    pub participants: Option<u16>,
    /// Di un incontro: quanti minuti, da 5 a 600
    #[arg(long, value_name = "MINUTI", value_parser = values::small::<u16>(5, 600))]
    pub minutes: Option<u16>,
    /// Di un episodio: quanto pesa
    #[arg(long, value_name = "PESO", value_parser = codes!(IncidentSeverity))]
    pub severity: Option<IncidentSeverity>,
    /// Di un episodio: che cosa è stato fatto
    #[arg(long, value_name = "AZIONE", value_parser = codes!(IncidentAction))]
    pub action: Option<IncidentAction>,
    /// Di un episodio: se serve parlarne, true o false
    #[arg(long, value_name = "SÌ", action = clap::ArgAction::Set)]
    pub debrief: Option<bool>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un invio nuovo.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempio:\n  uscita desk open --date 2026-03-12 --service legal_advice --urgency routine --consent verbal --answer accepted"
)]
pub struct OpenArguments {
    /// Giorno, come 2026-03-12
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: NaiveDate,
    /// Dove va
    #[arg(long, value_name = "SERVIZIO", value_parser = codes!(ServiceType))]
    pub service: ServiceType,
    /// Quanto presto
    #[arg(long, value_name = "QUANDO", value_parser = codes!(Urgency))]
    pub urgency: Urgency,
    /// Consenso a passare qualcosa
    #[arg(long, value_name = "CONSENSO", value_parser = codes!(Consent))]
    pub consent: Consent,
    /// Di chi è l’idea
    #[arg(long, value_name = "PERCHÉ", value_parser = codes!(ReferralReason))]
    pub reason: Option<ReferralReason>,
    /// Lingua che serve
    #[arg(long, value_name = "LINGUA", value_parser = codes!(Language))]
    pub language: Option<Language>,
    /// Serve una mediatrice
    #[arg(long)]
    pub mediator: bool,
    /// Qualcuna deve accompagnare
    #[arg(long)]
    pub accompany: bool,
    /// I quattro caratteri dell’invio da cui segue
    #[arg(long, value_name = "CODICE")]
    pub parent: Option<String>,
    /// La risposta, se è dello stesso giorno
    #[arg(long, value_name = "STATO", value_parser = codes!(ReferralState))]
    pub answer: Option<ReferralState>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Il seguito di un invio.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempi:\n  uscita desk follow-up --referral K7QP --date 2026-03-14 --state booked\n  uscita desk follow-up --referral K7QP --date 2026-03-20 --state attended closed --outcome service_received"
)]
pub struct FollowUpArguments {
    /// I quattro caratteri dell’invio
    #[arg(long, value_name = "CODICE")]
    pub referral: String,
    /// Giorno, come 2026-03-12
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: NaiveDate,
    /// Nuovo stato; più d’uno se sono dello stesso giorno
    #[arg(long, value_name = "STATO", num_args = 1.., required = true, value_parser = codes!(ReferralState))]
    pub state: Vec<ReferralState>,
    /// Esito, se è chiuso
    #[arg(long, value_name = "ESITO", value_parser = codes!(ReferralOutcome))]
    pub outcome: Option<ReferralOutcome>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// Un accompagnamento.
#[derive(Args, Debug)]
#[command(
    after_help = "Esempio:\n  uscita desk accompany --referral K7QP --date 2026-03-14 --minutes 90 --mode car --outcome done --state accompanied"
)]
pub struct AccompanyArguments {
    /// I quattro caratteri dell’invio
    #[arg(long, value_name = "CODICE")]
    pub referral: String,
    /// Giorno, come 2026-03-12
    #[arg(long, value_name = "DATA", value_parser = values::day)]
    pub date: NaiveDate,
    /// Quanti minuti, da 1 a 720
    #[arg(long, value_name = "MINUTI", value_parser = values::small::<u16>(1, 720))]
    pub minutes: u16,
    /// Quante di noi, da 1 a 20
    #[arg(long, value_name = "PERSONE", default_value = "1", value_parser = values::small::<u8>(1, 20))]
    pub staff: u8,
    /// Come
    #[arg(long, value_name = "MEZZO", value_parser = codes!(TravelMode))]
    pub mode: TravelMode,
    /// Com’è andata
    #[arg(long, value_name = "ESITO", value_parser = codes!(AccompanimentOutcome))]
    pub outcome: AccompanimentOutcome,
    /// Passi dello stesso giorno, segnati insieme
    #[arg(long, value_name = "STATO", num_args = 1.., value_parser = codes!(ReferralState))]
    pub state: Vec<ReferralState>,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}

/// L’ultimo passo.
#[derive(Args, Debug)]
pub struct TakeBackArguments {
    /// I quattro caratteri dell’invio
    #[arg(long, value_name = "CODICE")]
    pub referral: String,
    /// Perché
    #[arg(long, value_name = "PERCHÉ", value_parser = codes!(CorrectionReason))]
    pub reason: CorrectionReason,
    /// Il taccuino
    #[command(flatten)]
    pub home: HomeArguments,
}
