//! *Accessi e incontri*: what day staff note away from outings, with its figures and its corrections.

use super::{CompanyView, TableView};
use chrono::NaiveDate;
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, EventType, IncidentAction, IncidentSeverity, IncidentType, MinutesBand};
use domain::ids::{DeviceId, UnitId};
use domain::referral::{ReferralEvent, ServiceType};
use domain::sync::correction::CorrectionReason;
use domain::time::IsoWeek;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which week is shown.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct OfficeInput {
    /// The week; the present one if absent.
    pub week: Option<IsoWeek>,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntryPlace {
    /// Its author's device.
    pub device: DeviceId,
    /// Its number in that device's log.
    pub sequence: u64,
}

/// What day staff note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum OfficeEntry {
    /// Somebody came to the desk (I33).
    Access {
        /// Day.
        date: NaiveDate,
        /// What for.
        topic: DeskTopic,
        /// Who.
        target_group: TargetGroup,
        /// How long.
        minutes_band: MinutesBand,
    },
    /// An awareness event (I25).
    Event {
        /// Day.
        date: NaiveDate,
        /// For whom.
        event_type: EventType,
        /// 0…5000 (V29).
        participants: u16,
        /// 5…600 (V29).
        minutes: u16,
    },
    /// An incident (I35).
    Incident {
        /// Day.
        date: NaiveDate,
        /// What.
        incident_type: IncidentType,
        /// How bad.
        severity: IncidentSeverity,
        /// What was done.
        action: IncidentAction,
        /// To be talked about.
        debrief_needed: bool,
    },
}

/// One line of the week.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct OfficeRow {
    /// Where it stands, if it can be corrected here; an incident of an outing is corrected by its lead.
    pub place: Option<EntryPlace>,
    /// The unit, of an incident of an outing.
    pub unit: Option<UnitId>,
    /// As it counts.
    pub entry: OfficeEntry,
    /// How often it was corrected.
    pub corrections: u32,
}

/// The week.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct OfficeView {
    /// Today.
    pub today: NaiveDate,
    /// The week.
    pub week: IsoWeek,
    /// Monday.
    pub from: NaiveDate,
    /// Sunday.
    pub to: NaiveDate,
    /// The week before.
    pub previous: IsoWeek,
    /// The week after, up to the present one.
    pub next: Option<IsoWeek>,
    /// Everything noted for the week, the latest day first.
    pub rows: Vec<OfficeRow>,
    /// I33 by topic (`desk_topics`), I25 by type (`events`), I35 by type (`incidents`) and by severity
    /// (`incident_severity`). Those without anything have no rows.
    pub tables: Vec<TableView>,
    /// I25, people who came.
    pub participants: u64,
    /// I25, minutes.
    pub minutes: u64,
    /// Incidents of the week that a team wants to talk about.
    pub debriefs: u32,
    /// The last corrections, of any week, the newest first.
    pub corrections: Vec<CorrectionView>,
}

/// What a corrected entry says.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum CorrectedEntry {
    /// An access, an event, an incident.
    Office {
        /// It.
        entry: OfficeEntry,
    },
    /// Steps of a referral, or its opening.
    Steps {
        /// Four characters.
        code: String,
        /// Where it goes, if the referral is known here.
        service_type: Option<ServiceType>,
        /// The steps.
        events: Vec<ReferralEvent>,
    },
    /// Somebody went along.
    Company {
        /// Four characters of the referral.
        code: String,
        /// How.
        company: CompanyView,
    },
}

/// A correction, as it stays to be read.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CorrectionView {
    /// Day.
    pub on: NaiveDate,
    /// Name of the desk that corrected, `S1`.
    pub by: String,
    /// Why.
    pub reason: CorrectionReason,
    /// As it was noted.
    pub before: CorrectedEntry,
    /// What it says now; nothing if it was taken away.
    pub after: Option<CorrectedEntry>,
}

/// Something is noted.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct NoteOfficeInput {
    /// What is shown.
    pub office: OfficeInput,
    /// What.
    pub entry: OfficeEntry,
}

/// Something noted was wrong.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct CorrectOfficeInput {
    /// What is shown.
    pub office: OfficeInput,
    /// Which entry.
    pub place: EntryPlace,
    /// Why.
    pub reason: CorrectionReason,
    /// What it should say, of the same kind; nothing if it should not be there.
    pub entry: Option<OfficeEntry>,
}
