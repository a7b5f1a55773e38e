//! *Rubrica*: the services a person can be shown or brought to, with what is open now.

use chrono::NaiveDate;
use domain::contact::Language;
use domain::directory::DocumentNeeded;
use domain::ids::ServiceEntryId;
use domain::referral::{ServiceMacro, ServiceType};
use serde::Serialize;
use ts_rs::TS;

/// The whole directory, what is open first.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DirectoryView {
    /// Numbers that are always at hand.
    pub numbers: QuickNumbersView,
    /// Open ones first, then those that open soonest, then those of which the hours are not known.
    pub entries: Vec<DirectoryEntryView>,
    /// Languages spoken at the services, the most frequent first; Italian is not among them.
    pub languages: Vec<Language>,
}

/// Numbers to call at once.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct QuickNumbersView {
    /// 112.
    pub emergency: String,
    /// Anti-trafficking helpline.
    pub helpline: String,
    /// Helpline against violence.
    pub antiviolence: String,
    /// Who coordinates, if the programme says so.
    pub coordinator: Option<String>,
}

/// One service.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DirectoryEntryView {
    /// Id.
    pub id: ServiceEntryId,
    /// Kind of service.
    pub service_type: ServiceType,
    /// Family of services.
    pub macro_area: ServiceMacro,
    /// Its name; none for a protected house, of which only the kind is shown (`N07`).
    pub label: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Opening times, in the order in which the coordinator wrote them.
    pub spans: Vec<OpeningSpanView>,
    /// How the door stands now.
    pub opening: OpeningView,
    /// Languages spoken there.
    pub languages: Vec<Language>,
    /// Document needed.
    pub needs_document: DocumentNeeded,
    /// Free of charge.
    pub free: bool,
    /// Without an appointment.
    pub walk_in: bool,
    /// Somebody should go along.
    pub accompany_advised: bool,
    /// For women only.
    pub women_only: bool,
    /// Last check.
    pub verified_on: NaiveDate,
    /// Whole days since the last check.
    pub checked_days_ago: u32,
    /// The last check is more than 90 days old.
    pub stale: bool,
    /// May be held out as a *Mostra* card: it has hours, and is no protected house.
    pub can_show: bool,
}

/// Days with one pair of times, local.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OpeningSpanView {
    /// ISO weekdays, 1 Monday … 7 Sunday, in order.
    pub days: Vec<u8>,
    /// Minutes after midnight, 0…1439.
    pub from_minute: u16,
    /// Minutes after midnight; not later than `from_minute`: of the next day.
    pub to_minute: u16,
}

/// How the door stands at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
#[ts(export)]
pub enum OpeningView {
    /// Nobody has written down the hours.
    Unknown,
    /// Open.
    Open {
        /// Minutes until it closes; none for a door that never does.
        minutes: Option<u32>,
    },
    /// Closed.
    Closed {
        /// When it opens, if it ever does.
        opens: Option<NextOpeningView>,
    },
}

/// When a closed service opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct NextOpeningView {
    /// Minutes from now, at least 1.
    pub minutes: u32,
    /// Local date.
    pub date: NaiveDate,
    /// Minutes after midnight of that date.
    pub minute: u16,
}
