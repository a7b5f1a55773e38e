//! Incidents, and *Chiudi*.

use super::Session;
use super::begun::last_begun;
use super::card::{open_draft, refuse_errors};
use super::own::{OwnNight, require_open};
use super::stock::items;
use super::todo::open_cards;
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::code::minute_of;
use crate::night::path::is_immediate_open;
use crate::notebook::Notebook;
use crate::review::counts;
use crate::store::meta::{self, MetaKey};
use crate::view::{CloseInput, CloseNotes, CloseView, ImmediateView, IncidentInput, Nothing, SendView, number};
use domain::desk_record::{Incident, IncidentType};
use domain::ids::{IncidentId, OutingId};
use domain::operation::{OperationBody as Body, OutingChange};
use domain::outing::{OutingStatus, Weather};
use domain::referral::Urgency;
use domain::time::{duration_minutes, local_clock};
use domain::validate::before_note;

/// Most kilometres of an outing; `domain` B.2.
const KM_LIMIT: u16 = 400;

impl Session {
    /// *Episodio*.
    pub fn save_incident(&self, input: IncidentInput) -> std::result::Result<CloseView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let night = require_open(notebook)?;
            let incident = Incident {
                id: IncidentId(notebook.entropy().v4()?),
                outing_id: night.state.id(),
                incident_type: input.incident_type,
                severity: input.severity,
                action: input.action,
                debrief_needed: input.debrief_needed,
                zone: input.zone,
            };
            notebook.save(Body::IncidentSaved { incident }, None, moment, None)?;
            close_view(notebook, moment)
        })
    }

    /// What is done and what is open before closing.
    pub fn close_status(&self, _: Nothing) -> std::result::Result<CloseView, ErrorView> {
        self.with_notebook(|notebook, moment| close_view(notebook, moment))
    }

    /// What was said of the close so far: durable, and there again whatever comes between.
    pub fn note_close(&self, input: CloseNotes) -> std::result::Result<CloseView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let outing = require_open(notebook)?.state.id();
            meta::put_json(notebook.store.connection(), MetaKey::CloseNotes, &(outing, input))?;
            close_view(notebook, moment)
        })
    }

    /// *Chiudi e prepara l'invio*. What does not balance or is too long does not keep anybody in the van: the lead
    /// sees it at the review. An open card and an identifying note do.
    pub fn close_outing(&self, input: CloseInput) -> std::result::Result<SendView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            let outing = close(notebook, moment, input)?;
            super::sending::send_view(notebook, outing)
        })
    }
}

fn close(notebook: &mut Notebook, moment: Moment, input: CloseInput) -> Result<OutingId> {
    let night = require_open(notebook)?;
    if open_draft(notebook, &night.state)?.is_some() || last_begun(notebook, &night)?.is_some() {
        return Err(NotebookError::WrongState("a card is open"));
    }
    if input.km.is_some_and(|km| km > KM_LIMIT) {
        return Err(NotebookError::InvalidInput("kilometres"));
    }
    let note = input.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    if let Some(note) = &note {
        refuse_errors(&before_note(note))?;
    }
    let outing_id = night.state.id();
    let mut changes =
        vec![OutingChange::EndAt(Some(minute_of(moment.now))), OutingChange::Status(OutingStatus::Closed)];
    // Only what was said: the partner's phone may have said the rest.
    changes.extend(input.km.map(|km| OutingChange::Km(Some(km))));
    changes.extend((input.weather != Weather::NotRecorded).then_some(OutingChange::Weather(input.weather)));
    changes.extend(note.map(|note| OutingChange::Note(Some(note))));
    changes.extend(input.coordinator_alerted.then_some(OutingChange::CoordinatorAlerted(true)));
    let after = heads(notebook, &night)?;
    notebook.save(Body::OutingRevised { outing_id, after, changes }, None, moment, None)?;
    Ok(outing_id)
}

/// What is known of the outing here, the partner's closing included if it was pulled.
fn heads(notebook: &Notebook, night: &OwnNight) -> Result<Vec<domain::ids::OperationId>> {
    let merged = notebook.outing_state(night.state.id(), domain::operation::Scope::Everything)?;
    Ok(merged.map(|state| state.outing_heads).unwrap_or_default().into_iter().collect())
}

fn close_view(notebook: &Notebook, moment: Moment) -> Result<CloseView> {
    let night = require_open(notebook)?;
    let numbers = counts(&night.state);
    let start = night.state.outing.start_at;
    let of_night = || night.state.referrals.values();
    Ok(CloseView {
        persons: numbers.persons,
        contacts: numbers.contacts,
        open_cards: u32::from(open_cards(notebook, &night)?.0),
        referrals: numbers.referrals,
        noted: noted(notebook, &night)?,
        stock_open: items(notebook, &night)
            .into_iter()
            .filter(|(_, item)| !item.is_balanced())
            .map(|(code, _)| code)
            .collect(),
        incidents: numbers.incidents,
        last_incidents: last_incidents(&night, usize::from(notebook.programme()?.policy.visible_records)),
        immediate_open: number(of_night().filter(|record| is_immediate_open(record)).count()),
        immediate: of_night()
            .filter(|record| record.referral.urgency == Urgency::Immediate)
            .map(|record| ImmediateView { service_type: record.referral.service_type, state: record.state() })
            .collect(),
        started_at: local_clock(start),
        now: local_clock(moment.now),
        minutes: u32::try_from(duration_minutes(start, moment.now)).unwrap_or_default(),
        coordinator_phone: notebook.programme()?.coordinator_phone.clone(),
    })
}

/// What was said of the close of this outing.
fn noted(notebook: &Notebook, night: &OwnNight) -> Result<CloseNotes> {
    let kept: Option<(OutingId, CloseNotes)> = meta::find_json(notebook.store.connection(), MetaKey::CloseNotes)?;
    Ok(kept.filter(|(of, _)| *of == night.state.id()).map(|(_, notes)| notes).unwrap_or_default())
}

/// The incidents of this phone that stand, the latest first.
fn last_incidents(night: &OwnNight, limit: usize) -> Vec<IncidentType> {
    let saved = night.operations.iter().rev().filter_map(|operation| match &operation.body {
        Body::IncidentSaved { incident } => night.state.incidents.get(&incident.id),
        _ => None,
    });
    saved.map(|incident| incident.incident_type).take(limit).collect()
}
