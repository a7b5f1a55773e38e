//! `uscita desk`: fetching nights, and what day staff note.

use super::{now, print};
use crate::arguments::DeskCommand;
use crate::failure::Failure;
use crate::say::Say;
use domain::contact::TargetGroup;
use domain::desk_record::MinutesBand;
use domain::ids::ReferralId;
use domain::referral::ReferralEvent;
use notebook::desk::{NewAccess, NewEvent};
use notebook::error::{ErrorView, NotebookError, Result as NotebookResult};
use notebook::notebook::Notebook;
use notebook::view::Nothing;

pub(super) fn run(command: &DeskCommand, say: &Say) -> Result<(), Failure> {
    match command {
        DeskCommand::Update(home) => {
            let status = home.open_session(say)?.desk_update(Nothing {})?;
            if let Some(code) = status.error {
                return Err(ErrorView { code, place: None, wait_seconds: None, findings: Vec::new() }.into());
            }
            print(&say.counted("desk-updated", status.new_nights.into()))?;
            match status.set_aside {
                0 => Ok(()),
                envelopes => print(&say.counted("desk-set-aside", envelopes.into())),
            }
        }
        DeskCommand::Access { date, topic, home } => {
            let mut notebook = home.open_notebook(say)?;
            let (target_group, minutes_band) = (TargetGroup::Person, MinutesBand::NotRecorded);
            notebook.record_access(NewAccess { date: *date, topic: *topic, target_group, minutes_band }, now())?;
            print(&say.text("desk-saved"))
        }
        DeskCommand::Event { date, event_type, participants, minutes, home } => {
            let mut notebook = home.open_notebook(say)?;
            let new = NewEvent { date: *date, event_type: *event_type, participants: *participants, minutes: *minutes };
            notebook.record_event(new, now())?;
            print(&say.text("desk-saved"))
        }
        DeskCommand::FollowUp { referral, date, state, outcome, home } => {
            let mut notebook = home.open_notebook(say)?;
            let referral = find_referral(&notebook, referral)?;
            let event = ReferralEvent { date: *date, state: *state, outcome: *outcome };
            notebook.follow_up(referral, vec![event], now())?;
            print(&say.text("desk-saved"))
        }
    }
}

/// The referral that people call by these four characters, if nobody noted its end: one that is lost of view goes on when
/// news comes. Two with the same code cannot be told apart here.
fn find_referral(notebook: &Notebook, code: &str) -> NotebookResult<ReferralId> {
    let wanted = code.trim().to_uppercase();
    let open = notebook.open_referrals()?;
    let mut found = open.iter().map(|row| row.id).filter(|id| id.short_code() == wanted);
    match (found.next(), found.next()) {
        (Some(referral), None) => Ok(referral),
        _ => Err(NotebookError::NotFound("referral")),
    }
}
