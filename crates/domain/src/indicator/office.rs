//! Work that is not an outing: desk accesses, awareness events, incidents away from the street.

use super::records::Records;
use super::{Counts, count};
use crate::desk_record::{DeskTopic, EventType, IncidentSeverity, IncidentType};
use crate::time::Span;
use serde::Serialize;

/// Exact counts of the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OfficeTally {
    /// I25 by type.
    pub events: Counts<EventType>,
    /// I25, people who came.
    pub event_participants: u64,
    /// I25, minutes.
    pub event_minutes: u64,
    /// I33.
    pub desk_accesses: u64,
    /// I33 by topic.
    pub desk_by_topic: Counts<DeskTopic>,
    /// I35, incidents that belong to no outing, by type. The tally adds them to those of the nights.
    #[serde(skip)]
    pub desk_incidents: Counts<IncidentType>,
    /// I35, the same by severity.
    #[serde(skip)]
    pub desk_incidents_by_severity: Counts<IncidentSeverity>,
}

impl OfficeTally {
    /// Counts a run of days.
    #[must_use]
    pub fn of(records: &Records, span: impl Into<Span>) -> Self {
        let span = span.into();
        let mut tally = Self::default();
        for event in records.events().into_values().filter(|event| span.contains(event.date)) {
            count(&mut tally.events, &event.event_type, 1);
            tally.event_participants += u64::from(event.participants);
            tally.event_minutes += u64::from(event.minutes);
        }
        for access in records.desk_accesses().into_values().filter(|access| span.contains(access.date)) {
            tally.desk_accesses += 1;
            count(&mut tally.desk_by_topic, &access.topic, 1);
        }
        for incident in records.desk_incidents().into_values().filter(|incident| span.contains(incident.date)) {
            count(&mut tally.desk_incidents, &incident.incident_type, 1);
            count(&mut tally.desk_incidents_by_severity, &incident.severity, 1);
        }
        tally
    }
}
