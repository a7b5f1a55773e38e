//! What day staff write: accesses, events, referrals and their follow-ups.

use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use chrono::NaiveDate;
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, EventType, MinutesBand};
use domain::ids::{AccompanimentId, DeskAccessId, EventId, ReferralId};
use domain::indicator::{Records, Source};
use domain::referral::{
    Accompaniment, AccompanimentOutcome, Consent, ReferralEvent, ReferralOrigin, ReferralState, ServiceType,
    TravelMode, Urgency,
};
use domain::sync::night_log::{DeskAccessRow, DeskEntry, EventRow, ReferralRow};
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
        not_in_the_future(new.date, moment)?;
        let NewEvent { date, event_type, participants, minutes } = new;
        if participants > 5000 || !(5..=600).contains(&minutes) {
            return Err(broken(RuleId::V29, Place::Event));
        }
        let id = EventId(self.entropy().v4()?);
        self.save_desk_entry(DeskEntry::Event(EventRow { id, date, event_type, participants, minutes }))?;
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
            reason: None,
            language_need: None,
            mediator_needed: false,
            accompany_needed: false,
            consent: new.consent,
            parent_id: new.parent_id,
            events: new.events,
        };
        let entry = DeskEntry::ReferralOpened(row);
        self.check_path(id, &entry, moment)?;
        self.save_desk_entry(entry)?;
        Ok(id)
    }

    /// Notes how a referral went on.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a referral that has not arrived here; V20, V21; as
    /// [`Notebook::save_desk_entry`].
    pub fn follow_up(&mut self, referral: ReferralId, events: Vec<ReferralEvent>, moment: Moment) -> Result<()> {
        let known = self.records()?.referrals();
        let row = known.get(&referral).ok_or(NotebookError::NotFound("referral"))?;
        if events.is_empty() || events.iter().any(|event| row.events.contains(event)) {
            return Err(broken(RuleId::V20, Place::Referral { referral }));
        }
        let entry = DeskEntry::ReferralAdvanced { referral_id: referral, events };
        self.check_path(referral, &entry, moment)?;
        self.save_desk_entry(entry)?;
        Ok(())
    }

    /// Notes that somebody went along.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] for a referral that has not arrived here; V36; as [`Notebook::save_desk_entry`].
    pub fn record_accompaniment(&mut self, new: NewAccompaniment, moment: Moment) -> Result<AccompanimentId> {
        not_in_the_future(new.date, moment)?;
        let known = self.records()?.referrals();
        let row = known.get(&new.referral_id).ok_or(NotebookError::NotFound("referral"))?;
        if !(1..=720).contains(&new.minutes) || new.staff_n == 0 {
            return Err(NotebookError::InvalidInput("minutes or staff of the accompaniment"));
        }
        if !allows_company(row, new.date) {
            return Err(broken(RuleId::V36, Place::Referral { referral: row.id }));
        }
        let NewAccompaniment { referral_id, date, minutes, staff_n, mode, outcome } = new;
        let id = AccompanimentId(self.entropy().v4()?);
        let accompaniment = Accompaniment { id, referral_id, date, minutes, staff_n, mode, outcome };
        self.save_desk_entry(DeskEntry::Accompanied(accompaniment))?;
        Ok(id)
    }
}

impl Notebook {
    /// How the referral would stand with the entry, its events at their place by date.
    fn check_path(&self, referral: ReferralId, entry: &DeskEntry, moment: Moment) -> Result<()> {
        let mut records: Records = self.records()?;
        records.add(Source { device: self.device(), sequence: u64::MAX }, entry.clone());
        let after = records.referrals();
        check_whole(after.get(&referral).ok_or(NotebookError::NotFound("referral"))?, moment)
    }
}

fn broken(rule: RuleId, place: Place) -> NotebookError {
    NotebookError::Rules(vec![Finding { rule, severity: Severity::Error, place }])
}

fn not_in_the_future(date: NaiveDate, moment: Moment) -> Result<()> {
    if date > operational_date(moment.now) { Err(NotebookError::InvalidInput("day is yet to come")) } else { Ok(()) }
}

/// V20 and V21 over the whole path of a referral.
fn check_whole(row: &ReferralRow, moment: Moment) -> Result<()> {
    let place = Place::Referral { referral: row.id };
    if row.events.iter().any(|event| event.outcome.is_some() != (event.state == ReferralState::Closed)) {
        return Err(broken(RuleId::V21, place));
    }
    let today = operational_date(moment.now);
    let starts = row.events.first().is_some_and(|event| event.state == ReferralState::Proposed);
    let joins = row.events.windows(2).all(|pair| match pair {
        [before, after] => before.state.next().contains(&after.state),
        _ => true,
    });
    let in_time = row.events.iter().all(|event| event.date >= row.opened_on && event.date <= today);
    if starts && joins && in_time { Ok(()) } else { Err(broken(RuleId::V20, place)) }
}

/// V36: the person was accompanied by that day, or could still be on it.
fn allows_company(row: &ReferralRow, date: NaiveDate) -> bool {
    let until: Vec<_> = row.events.iter().filter(|event| event.date <= date).collect();
    let was = until.iter().any(|event| event.state == ReferralState::Accompanied);
    let before = until.iter().rev().find(|event| event.date < date).or(until.last());
    was || before.is_some_and(|event| event.state.may_be_accompanied())
}
