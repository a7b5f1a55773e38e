//! *Invii* and *Accessi e incontri*: what day staff see and note at the desk.

use super::Session;
use super::desk::look_time;
use super::period::is_whole;
use crate::desk::{NewAccess, NewAccompaniment, NewEvent, NewIncident, NewReferral, board, devices, office};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::view::{
    BoardInput, BoardStepInput, BoardView, CorrectOfficeInput, DeskReferralInput, NoteOfficeInput, OfficeEntry,
    OfficeInput, OfficeView, TakeBackStepInput,
};
use domain::indicator::Source;
use domain::referral::{ReferralEvent, ReferralState};
use domain::sync::correction::DayEntry;
use domain::time::operational_date;

impl Session {
    /// *Invii*.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] on a phone. A desk worker's shows what was noted on it.
    pub fn board(&self, input: BoardInput) -> std::result::Result<BoardView, ErrorView> {
        self.at_day_desk(|notebook, moment| board_view(notebook, moment, input))
    }

    /// A referral goes on: steps, company, or both.
    ///
    /// # Errors
    /// [`NotebookError::Rules`] for V20, V21, V36; as [`Session::board`].
    pub fn advance_at_desk(&self, input: BoardStepInput) -> std::result::Result<BoardView, ErrorView> {
        self.at_day_desk(|notebook, moment| {
            advance(notebook, moment, &input)?;
            board_view(notebook, moment, input.board)
        })
    }

    /// A referral that day staff open.
    ///
    /// # Errors
    /// As [`Session::advance_at_desk`].
    pub fn open_at_desk(&self, input: DeskReferralInput) -> std::result::Result<BoardView, ErrorView> {
        self.at_day_desk(|notebook, moment| {
            let event = |state| ReferralEvent { date: input.date, state, outcome: None };
            let new = NewReferral {
                opened_on: input.date,
                service_type: input.service_type,
                urgency: input.urgency,
                consent: input.consent,
                reason: input.reason,
                language_need: input.language_need,
                mediator_needed: input.mediator_needed,
                accompany_needed: input.accompany_needed,
                parent_id: input.parent_id,
                events: std::iter::once(ReferralState::Proposed).chain(input.answer).map(event).collect(),
            };
            notebook.open_desk_referral(new, moment)?;
            board_view(notebook, moment, input.board)
        })
    }

    /// The last step of a referral was wrong.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] if a team noted it; as [`Session::advance_at_desk`].
    pub fn take_back_step(&self, input: TakeBackStepInput) -> std::result::Result<BoardView, ErrorView> {
        self.at_day_desk(|notebook, moment| {
            notebook.take_back_step(input.referral, input.reason, moment)?;
            board_view(notebook, moment, input.board)
        })
    }

    /// *Accessi e incontri*.
    ///
    /// # Errors
    /// As [`Session::board`].
    pub fn office(&self, input: OfficeInput) -> std::result::Result<OfficeView, ErrorView> {
        self.at_day_desk(|notebook, moment| office_view(notebook, moment, input))
    }

    /// Something is noted there.
    ///
    /// # Errors
    /// [`NotebookError::Rules`] for V29; as [`Session::board`].
    pub fn note_office(&self, input: NoteOfficeInput) -> std::result::Result<OfficeView, ErrorView> {
        self.at_day_desk(|notebook, moment| {
            note(notebook, moment, input.entry)?;
            office_view(notebook, moment, input.office)
        })
    }

    /// Something noted there was wrong.
    ///
    /// # Errors
    /// As [`Notebook::correct_entry`].
    pub fn correct_office(&self, input: CorrectOfficeInput) -> std::result::Result<OfficeView, ErrorView> {
        self.at_day_desk(|notebook, moment| {
            let place = Source { device: input.place.device, sequence: input.place.sequence };
            let entry = input.entry.map(|now| replacement(notebook, place, now)).transpose()?;
            notebook.correct_entry(place, input.reason, entry, moment)?;
            office_view(notebook, moment, input.office)
        })
    }
}

pub(super) fn board_view(notebook: &Notebook, moment: Moment, input: BoardInput) -> Result<BoardView> {
    let today = operational_date(moment.now);
    let week = board::week_of(input, today);
    let data = notebook.board_data(week, today, board::ENDED_SHOWN)?;
    let detail = |row: &_| notebook.board_detail(row);
    let mut view = board::board(data, notebook.programme()?, today, input, look_time(notebook)?, detail)?;
    view.flow.partial = !is_whole(notebook, week.into(), today)?;
    Ok(view)
}

fn advance(notebook: &mut Notebook, moment: Moment, input: &BoardStepInput) -> Result<()> {
    let BoardStepInput { board: _, referral, date, ref states, outcome, company } = *input;
    let of = |state| if state == ReferralState::Closed { outcome } else { None };
    let events: Vec<ReferralEvent> =
        states.iter().map(|state| ReferralEvent { date, state: *state, outcome: of(*state) }).collect();
    let company = company.map(|company| NewAccompaniment {
        referral_id: referral,
        date,
        minutes: company.minutes,
        staff_n: company.staff_n,
        mode: company.mode,
        outcome: company.outcome,
    });
    match company {
        None => notebook.follow_up(referral, events, moment),
        Some(company) if events.is_empty() => notebook.record_accompaniment(company, moment).map(drop),
        Some(company) => notebook.follow_up_together(events, company, moment).map(drop),
    }
}

fn office_view(notebook: &Notebook, moment: Moment, input: OfficeInput) -> Result<OfficeView> {
    let today = operational_date(moment.now);
    let week = office::week_of(input, today);
    let names = notebook.manifest().map(devices::names).unwrap_or_default();
    let service = |id| Ok(notebook.referral(id)?.map(|row| row.service_type));
    office::office(&notebook.records_of_week(week)?, &names, today, week, service)
}

fn note(notebook: &mut Notebook, moment: Moment, entry: OfficeEntry) -> Result<()> {
    match entry {
        OfficeEntry::Access { date, topic, target_group, minutes_band } => {
            notebook.record_access(NewAccess { date, topic, target_group, minutes_band }, moment).map(drop)
        }
        OfficeEntry::Event { date, event_type, participants, minutes } => {
            notebook.record_event(NewEvent { date, event_type, participants, minutes }, moment).map(drop)
        }
        OfficeEntry::Incident { date, incident_type, severity, action, debrief_needed } => {
            let new = NewIncident { date, incident_type, severity, action, debrief_needed };
            notebook.record_incident(new, moment).map(drop)
        }
    }
}

/// What an entry would say, of the same kind and about the same thing.
fn replacement(notebook: &Notebook, place: Source, now: OfficeEntry) -> Result<DayEntry> {
    let original = notebook.written_at(place)?.ok_or(NotebookError::NotFound("desk entry"))?;
    office::replacement(&original, now).ok_or(NotebookError::InvalidInput("kind of the correction"))
}
