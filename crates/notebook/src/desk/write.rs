//! What day staff write: accesses, events, referrals and their follow-ups.

use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use chrono::NaiveDate;
use domain::contact::{Language, TargetGroup};
use domain::desk_record::{DeskTopic, EventType, IncidentAction, IncidentSeverity, IncidentType, MinutesBand};
use domain::ids::{AccompanimentId, DeskAccessId, DeviceId, EventId, IncidentId, ReferralId};
use domain::indicator::{Records, Source};
use domain::referral::{
    Accompaniment, AccompanimentOutcome, Consent, ReferralEvent, ReferralOrigin, ReferralReason, ReferralState,
    ServiceType, TravelMode, Urgency,
};
use domain::sync::night_log::{DeskAccessRow, DeskEntry, DeskIncidentRow, EventRow, ReferralRow};
use domain::time::operational_date;
use domain::validate::{Finding, Place, RuleId, Severity};

/// Somebody came to the desk.
#[derive(Clone, Copy, Debug)]
pub struct NewAccess {
    /// Day.
    pub date: NaiveDate,
    /// What for.
    pub topic: DeskTopic,
    /// Who.
    pub target_group: TargetGroup,
    /// How long.
    pub minutes_band: MinutesBand,
}

/// An awareness event.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent {
    /// Day.
    pub date: NaiveDate,
    /// For whom.
    pub event_type: EventType,
    /// 0…5000 (V29).
    pub participants: u16,
    /// 5…600 (V29).
    pub minutes: u16,
}

/// An incident that belongs to no outing.
#[derive(Clone, Copy, Debug)]
pub struct NewIncident {
    /// Day.
    pub date: NaiveDate,
    /// What.
    pub incident_type: IncidentType,
    /// How bad.
    pub severity: IncidentSeverity,
    /// What was done.
    pub action: IncidentAction,
    /// To be talked about.
    pub debrief_needed: bool,
}

/// A referral opened by day staff.
#[derive(Clone, Debug)]
pub struct NewReferral {
    /// Day of opening.
    pub opened_on: NaiveDate,
    /// Kind of service.
    pub service_type: ServiceType,
    /// How soon.
    pub urgency: Urgency,
    /// Consent to pass anything on.
    pub consent: Consent,
    /// Whose idea.
    pub reason: Option<ReferralReason>,
    /// Language needed.
    pub language_need: Option<Language>,
    /// A mediator is needed.
    pub mediator_needed: bool,
    /// Somebody should go along.
    pub accompany_needed: bool,
    /// The referral it follows from.
    pub parent_id: Option<ReferralId>,
    /// Events so far; the first is `proposed` (V20).
    pub events: Vec<ReferralEvent>,
}

/// Going along with somebody.
#[derive(Clone, Copy, Debug)]
pub struct NewAccompaniment {
    /// The referral it serves (V36).
    pub referral_id: ReferralId,
    /// Day.
    pub date: NaiveDate,
    /// 1…720 minutes.
    pub minutes: u16,
    /// How many of the staff went.
    pub staff_n: u8,
    /// How.
    pub mode: TravelMode,
    /// Outcome.
    pub outcome: AccompanimentOutcome,
}

impl Notebook {
    /// Notes a desk access.
    ///
    /// # Errors
    /// A day that is yet to come; as [`Notebook::save_desk_entry`].
    pub fn record_access(&mut self, new: NewAccess, moment: Moment) -> Result<DeskAccessId> {
        not_in_the_future(new.date, moment)?;
        let id = DeskAccessId(self.entropy().v4()?);
        let NewAccess { date, topic, target_group, minutes_band } = new;
        self.save_desk_entry(DeskEntry::DeskAccess(DeskAccessRow { id, date, topic, target_group, minutes_band }))?;
        Ok(id)
    }

    /// Notes an awareness event.
    ///
    /// # Errors
    /// A day that is yet to come; V29; as [`Notebook::save_desk_entry`].
    pub fn record_event(&mut self, new: NewEvent, moment: Moment) -> Result<EventId> {
        let NewEvent { date, event_type, participants, minutes } = new;
        check_event(participants, minutes)?;
        not_in_the_future(date, moment)?;
        let id = EventId(self.entropy().v4()?);
        self.save_desk_entry(DeskEntry::Event(EventRow { id, date, event_type, participants, minutes }))?;
        Ok(id)
    }

    /// Notes an incident.
    ///
    /// # Errors
    /// A day that is yet to come; as [`Notebook::save_desk_entry`].
    pub fn record_incident(&mut self, new: NewIncident, moment: Moment) -> Result<IncidentId> {
        let NewIncident { date, incident_type, severity, action, debrief_needed } = new;
        not_in_the_future(date, moment)?;
        let id = IncidentId(self.entropy().v4()?);
        let row = DeskIncidentRow { id, date, incident_type, severity, action, debrief_needed };
        self.save_desk_entry(DeskEntry::Incident(row))?;
        Ok(id)
    }

    /// Opens a referral at the desk.
    ///
    /// # Errors
    /// V20, V21; as [`Notebook::save_desk_entry`].
    pub fn open_desk_referral(&mut self, new: NewReferral, moment: Moment) -> Result<ReferralId> {
        let id = ReferralId(self.entropy().v4()?);
        let row = ReferralRow {
            id,
            origin: ReferralOrigin::Desk,
            opened_on: new.opened_on,
            service_type: new.service_type.outside_team(),
            urgency: new.urgency,
            reason: new.reason,
            language_need: new.language_need,
            mediator_needed: new.mediator_needed,
            accompany_needed: new.accompany_needed,
            consent: new.consent,
            parent_id: new.parent_id,
            events: new.events,
        };
        let entry = DeskEntry::ReferralOpened(row);
        check_whole(&path_with(std::slice::from_ref(&entry))?, moment)?;
        self.save_desk_entry(entry)?;
        Ok(id)
    }

    /// Notes how a referral went on.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a referral that has not arrived here; V20, V21; as
    /// [`Notebook::save_desk_entry`].
    pub fn follow_up(&mut self, referral: ReferralId, events: Vec<ReferralEvent>, moment: Moment) -> Result<()> {
        let (entry, _) = self.check_follow_up(referral, events, moment)?;
        self.save_desk_entry(entry)?;
        Ok(())
    }

    /// Notes that somebody went along, and the steps that were taken on it. Nothing is written unless all may be.
    ///
    /// # Errors
    /// As [`Notebook::follow_up`] and [`Notebook::record_accompaniment`].
    pub fn follow_up_together(
        &mut self,
        events: Vec<ReferralEvent>,
        new: NewAccompaniment,
        moment: Moment,
    ) -> Result<AccompanimentId> {
        let (entry, after) = self.check_follow_up(new.referral_id, events, moment)?;
        check_company(&after, new, moment)?;
        self.save_desk_entry(entry)?;
        self.save_company(new)
    }

    /// Notes that somebody went along.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a referral that has not arrived here; V36; as [`Notebook::save_desk_entry`].
    pub fn record_accompaniment(&mut self, new: NewAccompaniment, moment: Moment) -> Result<AccompanimentId> {
        let row = self.referral(new.referral_id)?.ok_or(NotebookError::NotFound("referral"))?;
        check_company(&row, new, moment)?;
        self.save_company(new)
    }

    fn save_company(&mut self, new: NewAccompaniment) -> Result<AccompanimentId> {
        let NewAccompaniment { referral_id, date, minutes, staff_n, mode, outcome } = new;
        let id = AccompanimentId(self.entropy().v4()?);
        let accompaniment = Accompaniment { id, referral_id, date, minutes, staff_n, mode, outcome };
        self.save_desk_entry(DeskEntry::Accompanied(accompaniment))?;
        Ok(id)
    }

    /// The entry that these events make, and how the referral would stand with it.
    fn check_follow_up(
        &self,
        referral: ReferralId,
        events: Vec<ReferralEvent>,
        moment: Moment,
    ) -> Result<(DeskEntry, ReferralRow)> {
        let row = self.referral(referral)?.ok_or(NotebookError::NotFound("referral"))?;
        if events.is_empty() || events.iter().any(|event| row.events.contains(event)) {
            return Err(broken(RuleId::V20, Place::Referral { referral }));
        }
        // What others noted apart need not fit the machine; it must not keep anybody from going on.
        if check_whole(&row, moment).is_err() {
            let on_its_own =
                ReferralRow { events: row.events.last().into_iter().chain(&events).copied().collect(), ..row.clone() };
            check_steps(&on_its_own, moment)?;
            let after = ReferralRow { events: row.events.iter().chain(&events).copied().collect(), ..row.clone() };
            return Ok((DeskEntry::ReferralAdvanced { referral_id: referral, events }, after));
        }
        let entry = DeskEntry::ReferralAdvanced { referral_id: referral, events };
        let after = path_with(&[DeskEntry::ReferralOpened(row), entry.clone()])?;
        check_whole(&after, moment)?;
        Ok((entry, after))
    }
}

/// The referral that these entries make, its events at their place by date.
fn path_with(entries: &[DeskEntry]) -> Result<ReferralRow> {
    let mut records = Records::default();
    for (entry, sequence) in entries.iter().zip(1..) {
        records.add(Source { device: DeviceId(uuid::Uuid::nil()), sequence }, entry.clone());
    }
    records.paths().into_values().next().ok_or(NotebookError::NotFound("referral"))
}

pub(super) fn broken(rule: RuleId, place: Place) -> NotebookError {
    NotebookError::Rules(vec![Finding { rule, severity: Severity::Error, place }])
}

pub(super) fn not_in_the_future(date: NaiveDate, moment: Moment) -> Result<()> {
    if date > operational_date(moment.now) { Err(NotebookError::InvalidInput("day is yet to come")) } else { Ok(()) }
}

/// V29.
pub(super) fn check_event(participants: u16, minutes: u16) -> Result<()> {
    let is_sound = participants <= 5000 && (5..=600).contains(&minutes);
    if is_sound { Ok(()) } else { Err(broken(RuleId::V29, Place::Event)) }
}

/// V20 and V21 over the whole path of a referral.
pub(super) fn check_whole(row: &ReferralRow, moment: Moment) -> Result<()> {
    let starts = row.events.first().is_some_and(|event| event.state == ReferralState::Proposed);
    if starts { check_steps(row, moment) } else { Err(broken(RuleId::V20, Place::Referral { referral: row.id })) }
}

/// The same wherever the path begins.
fn check_steps(row: &ReferralRow, moment: Moment) -> Result<()> {
    let place = Place::Referral { referral: row.id };
    if row.events.iter().any(|event| event.outcome.is_some() != (event.state == ReferralState::Closed)) {
        return Err(broken(RuleId::V21, place));
    }
    let today = operational_date(moment.now);
    let joins = row.events.windows(2).all(|pair| match pair {
        [before, after] => before.state.next().contains(&after.state) && before.date <= after.date,
        _ => true,
    });
    let in_time = row.events.iter().all(|event| event.date >= row.opened_on && event.date <= today);
    if joins && in_time { Ok(()) } else { Err(broken(RuleId::V20, place)) }
}

fn check_company(row: &ReferralRow, new: NewAccompaniment, moment: Moment) -> Result<()> {
    not_in_the_future(new.date, moment)?;
    if !(1..=720).contains(&new.minutes) || new.staff_n == 0 {
        return Err(NotebookError::InvalidInput("minutes or staff of the accompaniment"));
    }
    if allows_company(row, new.date) { Ok(()) } else { Err(broken(RuleId::V36, Place::Referral { referral: row.id })) }
}

/// V36: the person was accompanied by that day, or could still be on it.
pub(super) fn allows_company(row: &ReferralRow, date: NaiveDate) -> bool {
    let until: Vec<_> = row.events.iter().filter(|event| event.date <= date).collect();
    let was = until.iter().any(|event| event.state == ReferralState::Accompanied);
    let before = until.iter().rev().find(|event| event.date < date).or(until.last());
    was || before.is_some_and(|event| event.state.may_be_accompanied())
}
