//! *Accessi e incontri*: the week of day staff, with its figures and the corrections. Pure.

use crate::error::Result;
use crate::view::{
    CellView, CompanyView, CorrectedEntry, CorrectionView, EntryPlace, OfficeEntry, OfficeInput, OfficeRow, OfficeView,
    TableView, number,
};
use chrono::NaiveDate;
use domain::desk_record::{DeskTopic, EventType, IncidentSeverity, IncidentType};
use domain::ids::{DeviceId, ReferralId, UnitId};
use domain::indicator::{Counts, OfficeTally, Records, Source};
use domain::referral::ServiceType;
use domain::sync::correction::{CorrectionRow, DayEntry};
use domain::sync::night_log::{DeskAccessRow, DeskEntry, DeskIncidentRow, EventRow, IncidentRow};
use domain::time::{IsoWeek, Span};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Corrections that are listed at most.
const CORRECTIONS_SHOWN: usize = 50;

/// The week that is shown: the one asked for, at most the present one.
pub(crate) fn week_of(input: OfficeInput, today: NaiveDate) -> IsoWeek {
    let present = IsoWeek::of(today);
    input.week.unwrap_or(present).min(present)
}

/// The page of a week. `service` says where a referral goes that was corrected.
pub(crate) fn office(
    records: &Records,
    names: &BTreeMap<DeviceId, String>,
    today: NaiveDate,
    week: IsoWeek,
    service: impl Fn(ReferralId) -> Result<Option<ServiceType>>,
) -> Result<OfficeView> {
    let tally = OfficeTally::of(records, week);
    let (incidents, debriefs) = of_nights(records, week);
    let mut by_type = tally.desk_incidents.clone();
    let mut by_severity = tally.desk_incidents_by_severity.clone();
    for (_, _, row) in &incidents {
        *by_type.entry(row.incident_type).or_default() += 1;
        *by_severity.entry(row.severity).or_default() += 1;
    }
    let mut rows = rows(records, week);
    rows.extend(incidents.into_iter().map(|(date, unit, row)| OfficeRow {
        place: None,
        unit: Some(unit),
        entry: night_incident(date, &row),
        corrections: 0,
    }));
    rows.sort_by_key(|row| {
        (Reverse(date_of(&row.entry)), row.place.map(|place| (Reverse(place.sequence), place.device)))
    });
    Ok(OfficeView {
        today,
        week,
        from: week.monday(),
        to: week.sunday(),
        previous: week.monday().pred_opt().map_or(week, IsoWeek::of),
        next: (week < IsoWeek::of(today)).then(|| week.next()),
        rows,
        tables: [
            table("desk_topics", DeskTopic::ALL, DeskTopic::code, &tally.desk_by_topic),
            table("events", EventType::ALL, EventType::code, &tally.events),
            table("incidents", IncidentType::ALL, IncidentType::code, &by_type),
            table("incident_severity", IncidentSeverity::ALL, IncidentSeverity::code, &by_severity),
        ]
        .into(),
        participants: tally.event_participants,
        minutes: tally.event_minutes,
        debriefs,
        corrections: corrections(records, names, service)?,
    })
}

/// The incidents of outings in the week, and how many of all incidents a team wants to talk about.
fn of_nights(records: &Records, week: IsoWeek) -> (Vec<(NaiveDate, UnitId, IncidentRow)>, u32) {
    let span = Span::from(week);
    let nights = records.nights().into_values().filter(|log| span.contains(log.outing.date));
    let found: Vec<_> = nights
        .filter(|log| log.outing.cancelled.is_none())
        .flat_map(|log| log.incidents.iter().map(|row| (log.outing.date, log.outing.unit.clone(), row.clone())))
        .collect();
    let at_desk = records.desk_incidents();
    let to_talk = found.iter().filter(|(_, _, row)| row.debrief_needed).count()
        + at_desk.values().filter(|row| span.contains(row.date) && row.debrief_needed).count();
    (found, number(to_talk))
}

/// What day staff noted for the week, as it counts.
fn rows(records: &Records, week: IsoWeek) -> Vec<OfficeRow> {
    let span = Span::from(week);
    let mut corrected: BTreeMap<Source, usize> = BTreeMap::new();
    for (_, entry) in records.written() {
        if let DeskEntry::Corrected(row) = entry {
            *corrected.entry(Source { device: row.device, sequence: row.sequence }).or_default() += 1;
        }
    }
    let noted = records.entries().filter_map(|(source, entry)| Some((source, summary(entry)?)));
    let of_week = noted.filter(|(_, entry)| span.contains(date_of(entry)));
    let row = |(source, entry): (Source, OfficeEntry)| OfficeRow {
        place: Some(EntryPlace { device: source.device, sequence: source.sequence }),
        unit: None,
        entry,
        corrections: number(corrected.get(&source).copied().unwrap_or_default()),
    };
    of_week.map(row).collect()
}

/// An access, an event or an incident as the screen has it.
fn summary(entry: &DeskEntry) -> Option<OfficeEntry> {
    Some(match entry {
        DeskEntry::DeskAccess(row) => {
            let DeskAccessRow { id: _, date, topic, target_group, minutes_band } = *row;
            OfficeEntry::Access { date, topic, target_group, minutes_band }
        }
        DeskEntry::Event(row) => {
            let EventRow { id: _, date, event_type, participants, minutes } = *row;
            OfficeEntry::Event { date, event_type, participants, minutes }
        }
        DeskEntry::Incident(row) => {
            let DeskIncidentRow { id: _, date, incident_type, severity, action, debrief_needed } = *row;
            OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed }
        }
        _ => return None,
    })
}

fn night_incident(date: NaiveDate, row: &IncidentRow) -> OfficeEntry {
    let IncidentRow { id: _, incident_type, severity, action, debrief_needed } = *row;
    OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed }
}

/// What an entry would say, with the id of the one it stands for; nothing if it is of another kind.
pub(crate) fn replacement(original: &DayEntry, now: OfficeEntry) -> Option<DayEntry> {
    Some(match (original, now) {
        (DayEntry::DeskAccess(row), OfficeEntry::Access { date, topic, target_group, minutes_band }) => {
            DayEntry::DeskAccess(DeskAccessRow { id: row.id, date, topic, target_group, minutes_band })
        }
        (DayEntry::Event(row), OfficeEntry::Event { date, event_type, participants, minutes }) => {
            DayEntry::Event(EventRow { id: row.id, date, event_type, participants, minutes })
        }
        (DayEntry::Incident(row), OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed }) => {
            DayEntry::Incident(DeskIncidentRow { id: row.id, date, incident_type, severity, action, debrief_needed })
        }
        _ => return None,
    })
}

const fn date_of(entry: &OfficeEntry) -> NaiveDate {
    match entry {
        OfficeEntry::Access { date, .. } | OfficeEntry::Event { date, .. } | OfficeEntry::Incident { date, .. } => {
            *date
        }
    }
}

fn table<K: Ord + Copy>(id: &str, all: &[K], code: impl Fn(K) -> &'static str, counts: &Counts<K>) -> TableView {
    let counted = all.iter().filter_map(|key| counts.get(key).map(|n| (code(*key).to_owned(), CellView::Shown(*n))));
    TableView {
        id: id.to_owned(),
        rows: counted.collect(),
        total: Some(CellView::Shown(counts.values().sum())),
        why: Vec::new(),
        partial: false,
    }
}

/// The register of corrections, the newest first.
fn corrections(
    records: &Records,
    names: &BTreeMap<DeviceId, String>,
    service: impl Fn(ReferralId) -> Result<Option<ServiceType>>,
) -> Result<Vec<CorrectionView>> {
    let written: BTreeMap<Source, &DeskEntry> = records.written().collect();
    let mut rows: Vec<(Source, &CorrectionRow)> = records
        .written()
        .filter_map(|(source, entry)| match entry {
            DeskEntry::Corrected(row) => Some((source, row)),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|(source, row)| Reverse((row.on, source.sequence, *source)));
    let mut views = Vec::new();
    for (source, row) in rows.into_iter().take(CORRECTIONS_SHOWN) {
        let place = Source { device: row.device, sequence: row.sequence };
        // What is corrected may come later than its correction.
        let Some(original) = written.get(&place).and_then(|entry| DayEntry::of(entry)) else { continue };
        let before = said_before(&written, row).unwrap_or(original);
        views.push(CorrectionView {
            on: row.on,
            by: names.get(&source.device).cloned().unwrap_or_default(),
            reason: row.reason,
            before: corrected(&before, &service)?,
            after: row.entry.as_ref().map(|entry| corrected(entry, &service)).transpose()?,
        });
    }
    Ok(views)
}

/// What an entry said before a correction, if it had been corrected already: the correction numbered before it.
fn said_before(written: &BTreeMap<Source, &DeskEntry>, row: &CorrectionRow) -> Option<DayEntry> {
    let earlier = written.values().filter_map(|entry| match entry {
        DeskEntry::Corrected(other) if (other.device, other.sequence) == (row.device, row.sequence) => {
            (other.number < row.number).then_some(other)
        }
        _ => None,
    });
    earlier.max_by_key(|other| other.number).and_then(|other| other.entry.clone())
}

fn corrected(entry: &DayEntry, service: impl Fn(ReferralId) -> Result<Option<ServiceType>>) -> Result<CorrectedEntry> {
    Ok(match entry {
        DayEntry::ReferralOpened(row) => CorrectedEntry::Steps {
            code: row.id.short_code(),
            service_type: Some(row.service_type),
            events: row.events.clone(),
        },
        DayEntry::ReferralAdvanced { referral_id, events } => CorrectedEntry::Steps {
            code: referral_id.short_code(),
            service_type: service(*referral_id)?,
            events: events.clone(),
        },
        DayEntry::Accompanied(went) => CorrectedEntry::Company {
            code: went.referral_id.short_code(),
            company: CompanyView {
                date: went.date,
                minutes: went.minutes,
                staff_n: went.staff_n,
                mode: went.mode,
                outcome: went.outcome,
            },
        },
        DayEntry::DeskAccess(DeskAccessRow { id: _, date, topic, target_group, minutes_band }) => {
            let (date, topic, target_group, minutes_band) = (*date, *topic, *target_group, *minutes_band);
            CorrectedEntry::Office { entry: OfficeEntry::Access { date, topic, target_group, minutes_band } }
        }
        DayEntry::Event(EventRow { id: _, date, event_type, participants, minutes }) => {
            let (date, event_type, participants, minutes) = (*date, *event_type, *participants, *minutes);
            CorrectedEntry::Office { entry: OfficeEntry::Event { date, event_type, participants, minutes } }
        }
        DayEntry::Incident(DeskIncidentRow { id: _, date, incident_type, severity, action, debrief_needed }) => {
            let (date, incident_type, severity) = (*date, *incident_type, *severity);
            let (action, debrief_needed) = (*action, *debrief_needed);
            CorrectedEntry::Office {
                entry: OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed },
            }
        }
    })
}

#[cfg(test)]
mod tests;
