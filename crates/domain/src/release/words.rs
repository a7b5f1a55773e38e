//! The words of a release: titles, categories, definitions. A release is in Italian whatever the desk's language, and
//! carries its words with it; a test of the command line compares them with the interface's.

use super::{Measure, Release};
use crate::disclosure::{Recipient, RecipientKind, TableId, Threshold};
use crate::programme::Zone;
use crate::sync::chain::Digest;
use crate::time::{HalfYear, Period, Quarter, ReportingMonth};
use chrono::{Datelike, NaiveDate};

/// Code of the table of outings by type (I01).
pub const OUTING_TYPES: &str = "outing_type";
/// Code of the table of supplies (I11).
pub const SUPPLIES: &str = "supplies";
/// Code of the table of leaflets (I12).
pub const LEAFLETS: &str = "leaflets";
/// What stands for everything that is hidden: *non pubblicabile*. In CSV it is [`crate::disclosure::Cell::MARKER`].
pub const HIDDEN: &str = "n.p.";
/// Label of a total.
pub const TOTAL: &str = "Totale";
/// Hex digits of a fingerprint that are shown.
const FINGERPRINT_DIGITS: usize = 16;

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// Title and definition of a table of persons.
#[must_use]
pub const fn table(id: TableId) -> (&'static str, &'static str) {
    match id {
        TableId::Zone => {
            ("Zona", "Contatti con persone, per zona. Chi è stato visto due volte in una notte conta una volta.")
        }
        TableId::Gender => ("Genere", "Contatti con persone, per genere."),
        TableId::Age => ("Età", "Contatti con persone, per età stimata. «Altro» comprende chi non l’ha detta."),
        TableId::Macro => ("Origine", "Contatti con persone, per area di origine."),
        TableId::Kind => ("Prima volta", "Contatti con persone incontrate la prima volta, e tutti gli altri."),
        TableId::GenderAge => {
            ("Genere ed età", "Contatti con persone, per genere ed età stimata insieme. Qui la soglia è almeno 10.")
        }
        TableId::GenderMacro => (
            "Genere e origine",
            "Contatti con persone, per genere e area di origine insieme. Qui la soglia è almeno 10.",
        ),
        TableId::ReferralMacro => ("Invii aperti", "Invii a un servizio aperti nel periodo, per area."),
        TableId::Accompaniments => ("Accompagnamenti", "Accompagnamenti fatti, per area del servizio."),
        TableId::DeskTopics => ("Accessi allo sportello", "Accessi allo sportello, per argomento."),
        TableId::ExitRequests => ("Richieste di uscita", "Contatti in cui è stato chiesto aiuto per uscirne."),
        TableId::Emergency => ("Pronte accoglienze", "Richieste di pronta accoglienza, per esito."),
        TableId::Minors => ("Minori presunti", "Persone che sembravano minorenni: contattate, o soltanto viste."),
        TableId::Concern => ("Elementi di preoccupazione", "Contatti con elementi di sfruttamento, per grado."),
        TableId::Incidents => ("Episodi", "Episodi segnalati dalle squadre, per tipo."),
        TableId::SensitiveSupplies => ("Materiali sensibili", "Pezzi consegnati dei materiali sensibili."),
    }
}

/// Title and definition of a table of activity.
#[must_use]
pub fn activity(code: &str) -> (&'static str, &'static str) {
    match code {
        OUTING_TYPES => ("Uscite per tipo", "Uscite fatte. Quelle annullate non contano."),
        SUPPLIES => ("Materiali consegnati", "Pezzi consegnati, a chiunque."),
        _ => ("Materiale informativo, per lingua", "Opuscoli consegnati. Le lingue con pochi pezzi stanno insieme."),
    }
}

/// Label and reading of a figure.
#[must_use]
pub fn figure(code: &str) -> (&'static str, Measure) {
    match code {
        "outings" => ("Uscite", Measure::Count),
        "minutes" => ("Tempo di uscita", Measure::Minutes),
        "operator_minutes" => ("Tempo operatori", Measure::Minutes),
        "km" => ("Chilometri", Measure::Count),
        "events" => ("Incontri", Measure::Count),
        "event_participants" => ("Persone agli incontri", Measure::Count),
        "contacts" => ("Contatti", Measure::Count),
        "presences" => ("Presenze", Measure::Count),
        _ => ("Preservativi per contatto", Measure::Tenths),
    }
}

/// Label of a category; a zone has the programme's name for it. A code without a word stands for itself.
#[must_use]
pub fn category<'a>(table: &str, code: &str, zones: impl IntoIterator<Item = &'a Zone>) -> String {
    if table == TableId::Zone.code() {
        let zone = zones.into_iter().find(|zone| zone.code.as_str() == code);
        return zone
            .filter(|zone| zone.label != code)
            .map_or_else(|| code.to_owned(), |zone| format!("{code} {}", zone.label));
    }
    let word = match table {
        OUTING_TYPES => outing_type(code),
        SUPPLIES | "sensitive_supplies" => item(code),
        LEAFLETS => language(code),
        "gender" => gender(code),
        "age" => age(code),
        "macro" => macro_area(code),
        "kind" => kind(code),
        "referral_macro" | "accompaniments" => service(code),
        "desk_topics" => topic(code),
        "incidents" => incident(code),
        _ => sensitive(code),
    };
    word.map_or_else(|| code.to_owned(), str::to_owned)
}

fn outing_type(code: &str) -> Option<&'static str> {
    Some(match code {
        "street_night" => "Notturna",
        "street_day" => "Diurna",
        "mapping" => "Mappatura",
        "indoor" => "Indoor",
        "labour_outreach" => "Sfruttamento lavorativo",
        "joint" => "Congiunta",
        _ => return None,
    })
}

fn item(code: &str) -> Option<&'static str> {
    Some(match code {
        "condom_ext" => "preservativi",
        "condom_ext_xl" => "preservativi XL",
        "condom_int" => "preservativi interni",
        "lubricant" => "lubrificanti",
        "dental_dam" => "dental dam",
        "sponge" => "spugnette",
        "wipes" => "salviette",
        "pads" => "assorbenti",
        "hygiene_kit" => "kit igiene",
        "pregnancy_test" => "test di gravidanza",
        "hiv_self_test" => "autotest HIV",
        "syringe_kit" => "kit siringhe",
        "naloxone" => "naloxone",
        "personal_alarm" => "allarmi personali",
        "thermal" => "coperte",
        "hot_drink" => "bevande calde",
        "snack" => "snack",
        _ => return None,
    })
}

fn language(code: &str) -> Option<&'static str> {
    Some(match code {
        "it" => "italiano",
        "en" => "inglese",
        "pcm" => "pidgin nigeriano",
        "fr" => "francese",
        "es" => "spagnolo",
        "pt" => "portoghese",
        "ro" => "romeno",
        "sq" => "albanese",
        "bg" => "bulgaro",
        "hu" => "ungherese",
        "ru" => "russo",
        "uk" => "ucraino",
        "zh" => "cinese",
        "ar" => "arabo",
        "pl" => "polacco",
        "bn" => "bengalese",
        "ur" => "urdu",
        "other" | "other_languages" => "altre lingue",
        "none" => "nessuna in comune",
        "not_recorded" => "non rilevata",
        _ => return None,
    })
}

fn gender(code: &str) -> Option<&'static str> {
    Some(match code {
        "woman" => "Donna",
        "trans" => "Trans",
        "man" => "Uomo",
        "other_not_recorded" => "Altro o non rilevato",
        _ => return None,
    })
}

fn age(code: &str) -> Option<&'static str> {
    Some(match code {
        "18_24" => "18–24",
        "25_34" => "25–34",
        "35_plus" => "35 e oltre",
        "other_not_recorded" => "Altro o non rilevato",
        _ => return None,
    })
}

fn macro_area(code: &str) -> Option<&'static str> {
    Some(match code {
        "italy" => "Italia",
        "eu_east" => "UE orientale",
        "europe_non_eu" => "Europa non UE",
        "africa_west" => "Africa occidentale",
        "africa_other" => "Altra Africa",
        "latin_america" => "America Latina",
        "asia" => "Asia",
        "not_recorded" => "Non rilevata",
        _ => return None,
    })
}

fn kind(code: &str) -> Option<&'static str> {
    Some(match code {
        "first" => "Prima volta",
        "returning_or_unknown" => "Già note o non so",
        _ => return None,
    })
}

fn service(code: &str) -> Option<&'static str> {
    Some(match code {
        "health" => "Salute",
        "protection" => "Protezione",
        "legal_asylum" => "Legale e asilo",
        "social_work_training" => "Sociale, lavoro, formazione",
        _ => return None,
    })
}

fn topic(code: &str) -> Option<&'static str> {
    Some(match code {
        "medical" => "Medico",
        "legal" => "Legale",
        "psychological" => "Psicologico",
        "orientation" => "Orientamento",
        "work" => "Lavoro",
        "documents" => "Documenti",
        "other" => "Altro",
        _ => return None,
    })
}

fn incident(code: &str) -> Option<&'static str> {
    Some(match code {
        "third_party_control" => "Controllo di terzi",
        "aggressive_client" => "Cliente aggressivo",
        "aggression_team" => "Aggressione alla squadra",
        "violence_reported" => "Violenza riferita",
        "robbery" => "Rapina",
        "police_check" => "Controllo delle forze dell’ordine",
        "medical_emergency" => "Emergenza medica",
        "vehicle" => "Mezzo",
        "device_lost" => "Dispositivo smarrito",
        "data_breach_suspected" => "Sospetta fuga di dati",
        "near_miss" => "Quasi incidente",
        _ => return None,
    })
}

fn sensitive(code: &str) -> Option<&'static str> {
    Some(match code {
        "exit_requests" => "Richieste",
        "requested" => "Richieste",
        "placed" => "Accolte",
        "no_place" => "Nessun posto",
        "contacts" => "Contattate",
        "observed" => "Viste",
        "possible" => "Possibile",
        "probable" => "Probabile",
        "declared" => "L’ha detto lei",
        _ => return None,
    })
}

/// A kind of recipient.
#[must_use]
pub const fn recipient(kind: RecipientKind) -> &'static str {
    match kind {
        RecipientKind::Municipality => "Comune",
        RecipientKind::Funder => "Ente finanziatore",
        RecipientKind::Network => "Rete antitratta",
        RecipientKind::Press => "Stampa",
    }
}

/// A recipient: *Comune, Brescia*.
#[must_use]
pub fn recipient_name(of: &Recipient) -> String {
    format!("{}, {}", recipient(of.kind), of.code)
}

/// The first digits of a fingerprint, in fours: enough to compare two sheets of paper.
#[must_use]
pub fn fingerprint(digest: &Digest) -> String {
    let digits = digest.to_string();
    let fours = |group: usize| digits.get(group * 4..group * 4 + 4).map(str::to_owned);
    (0..FINGERPRINT_DIGITS / 4).filter_map(fours).collect::<Vec<_>>().join(" ")
}

/// What stands under every copy of a release, on whatever medium: the same sentences whichever cells are hidden.
#[must_use]
pub fn notes(release: &Release) -> Vec<String> {
    let Release { rules, crossings, .. } = release;
    let below = |k: Threshold| k.get().saturating_sub(1);
    // The recipient's own threshold may be as high.
    let higher = Some(Threshold::CROSSED).filter(|k| !crossings.is_empty() && *k > rules.k);
    let in_crossed = higher.map(|k| format!(" (nelle tabelle con due voci insieme, da 1 a {})", below(k)));
    vec![
        format!(
            "{HIDDEN} = non pubblicabile: i numeri da 1 a {}{} che riguardano persone, e quelli da cui si ricaverebbero. \
             Lo zero è zero.",
            below(rules.k),
            in_crossed.unwrap_or_default()
        ),
        "«Persone uniche» è un intervallo e non si somma fra periodi.".to_owned(),
        format!(
            "Soglia k = {}. Definizioni, versione {}. Un periodo pubblicato resta com’è; le correzioni escono come \
             rettifica.",
            rules.k.get(),
            rules.definitions
        ),
    ]
}

/// A period as people say it: *settimana W11, 9–15 marzo 2026*.
#[must_use]
pub fn period(period: &Period) -> String {
    let (first, last) = period.bounds();
    let days = days(first.monday(), last.sunday());
    match period {
        Period::Weeks { first, last } if first == last => format!("settimana W{:02}, {days}", first.number()),
        Period::Weeks { first, last } => format!("settimane W{:02}–W{:02}, {days}", first.number(), last.number()),
        Period::Month { month } => format!("{}, {days}", month_name(*month)),
        Period::Months { first, last } => format!("{} – {}, {days}", month_name(*first), month_name(*last)),
        Period::Quarter { quarter } => format!("{}, {days}", quarter_name(*quarter)),
        Period::Quarters { first, last } => format!("{} – {}, {days}", quarter_name(*first), quarter_name(*last)),
        Period::HalfYear { half } => format!("{}, {days}", half_name(*half)),
        Period::HalfYears { first, last } => format!("{} – {}, {days}", half_name(*first), half_name(*last)),
    }
}

fn month_name(month: ReportingMonth) -> String {
    let day = month.bounds().0.thursday();
    let name = MONTHS.get(day.month0() as usize);
    name.map_or_else(|| month.to_string(), |name| format!("{name} {}", day.year()))
}

fn quarter_name(quarter: Quarter) -> String {
    quarter.to_string().replace("-Q", ", trimestre ")
}

fn half_name(half: HalfYear) -> String {
    half.to_string().replace("-H", ", semestre ")
}

/// A day: *9 marzo 2026*.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    let month = MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// The first and last day: what is the same is said once.
fn days(first: NaiveDate, last: NaiveDate) -> String {
    let month = |date: NaiveDate| MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), day(last))
    } else if first.year() == last.year() {
        format!("{} {} – {}", first.day(), month(first), day(last))
    } else {
        format!("{} – {}", day(first), day(last))
    }
}

/// A number as it is read: *10:45*, *8,2*, or as it is.
#[must_use]
pub fn number(measure: Measure, count: u64) -> String {
    match measure {
        Measure::Count => count.to_string(),
        Measure::Minutes => format!("{}:{:02}", count / 60, count % 60),
        Measure::Tenths => format!("{},{}", count / 10, count % 10),
    }
}
