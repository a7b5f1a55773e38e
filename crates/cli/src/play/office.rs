//! What the desk writes when the nights are in.

use super::night::{Made, consent_of};
use super::plan::OfficeStep;
use super::seat::Seat;
use crate::failure::Failure;
use crate::scenario::Scenario;
use notebook::desk::{NewAccess, NewAccompaniment, NewEvent, NewReferral};
use notebook::error::NotebookError;

const PLAN: NotebookError = NotebookError::Internal("plan");

/// Carries one step out.
pub(super) fn write(desk: &Seat, scenario: &Scenario, step: &OfficeStep, made: &mut Made) -> Result<(), Failure> {
    let place = place_of(scenario, step).unwrap_or_default();
    let written = desk.session().at_desk(|notebook, moment| {
        match step {
            OfficeStep::Open(index) => {
                let script = scenario.referrals.get(*index).ok_or(PLAN)?;
                let events = script.events.iter().copied().filter(|event| event.date == script.opened_on).collect();
                let new = NewReferral {
                    opened_on: script.opened_on,
                    service_type: script.service_type,
                    urgency: script.urgency,
                    consent: consent_of(script),
                    reason: None,
                    language_need: None,
                    mediator_needed: false,
                    accompany_needed: false,
                    parent_id: None,
                    events,
                };
                made.referrals.insert(*index, notebook.open_desk_referral(new, moment)?);
            }
            OfficeStep::Advance(index, events) => {
                let referral = *made.referrals.get(index).ok_or(PLAN)?;
                notebook.follow_up(referral, events.clone(), moment)?;
            }
            OfficeStep::Accompany(index) => {
                let script = scenario.accompaniments.get(*index).ok_or(PLAN)?;
                let referral = scenario.referrals.iter().position(|referral| referral.name == script.referral);
                let referral_id = *made.referrals.get(&referral.ok_or(PLAN)?).ok_or(PLAN)?;
                let new = NewAccompaniment {
                    referral_id,
                    date: script.date,
                    minutes: script.minutes,
                    staff_n: script.staff_n,
                    mode: script.mode,
                    outcome: script.outcome,
                };
                notebook.record_accompaniment(new, moment)?;
            }
            OfficeStep::Access(index) => {
                let script = scenario.accesses.get(*index).ok_or(PLAN)?;
                let new = NewAccess {
                    date: script.date,
                    topic: script.topic,
                    target_group: script.target_group,
                    minutes_band: script.minutes_band,
                };
                notebook.record_access(new, moment)?;
            }
            OfficeStep::Event(index) => {
                let script = scenario.events.get(*index).ok_or(PLAN)?;
                let new = NewEvent {
                    date: script.date,
                    event_type: script.event_type,
                    participants: script.participants,
                    minutes: script.minutes,
                };
                notebook.record_event(new, moment)?;
            }
        }
        Ok(())
    });
    written.map_err(|error| Failure::from(error).at(&place))
}

fn place_of(scenario: &Scenario, step: &OfficeStep) -> Option<String> {
    let place = match step {
        OfficeStep::Open(index) | OfficeStep::Advance(index, _) => &scenario.referrals.get(*index)?.place,
        OfficeStep::Accompany(index) => &scenario.accompaniments.get(*index)?.place,
        OfficeStep::Access(index) => &scenario.accesses.get(*index)?.place,
        OfficeStep::Event(index) => &scenario.events.get(*index)?.place,
    };
    Some(place.clone())
}
