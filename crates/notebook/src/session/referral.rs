//! *Invii*: referrals of tonight and what became of them.

use super::Session;
use super::card::{open_draft, refuse_errors};
use super::own::{OwnNight, open_night, own_nights, require_open};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::path::{accompaniment, events, rank};
use crate::notebook::Notebook;
use crate::view::{AdvanceInput, Nothing, ReferralCardView, ReferralInput, ReferralsView};
use chrono::NaiveDate;
use domain::ids::{AccompanimentId, ContactId, OperationId, ReferralId};
use domain::operation::{OperationBody as Body, ReferralRecord};
use domain::referral::{Referral, ReferralEvent, ReferralOrigin, ReferralState, ServiceType};
use domain::sync::manifest::Role;
use domain::time::operational_date;
use domain::validate::{before_accompaniment, before_referral};

impl Session {
    /// The referrals of tonight on this phone.
    pub fn referrals(&self, _: Nothing) -> std::result::Result<ReferralsView, ErrorView> {
        self.with_notebook(|notebook, _| referrals_view(notebook))
    }

    /// A new referral: proposed, and answered at once if the person did.
    pub fn open_referral(&self, input: ReferralInput) -> std::result::Result<ReferralsView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            open_referral(notebook, moment, input)?;
            referrals_view(notebook)
        })
    }

    /// *Adesso: che cosa è successo?* One step, or several of the same day.
    pub fn advance_referral(&self, input: AdvanceInput) -> std::result::Result<ReferralsView, ErrorView> {
        self.with_notebook(|notebook, moment| {
            advance(notebook, moment, &input)?;
            referrals_view(notebook)
        })
    }
}

fn open_referral(notebook: &mut Notebook, moment: Moment, input: ReferralInput) -> Result<()> {
    let night = require_open(notebook)?;
    let date = operational_date(night.state.outing.start_at);
    let contact_id = input.card.map(|card| contact_of(notebook, &night, card)).transpose()?;
    let referral = Referral {
        id: ReferralId(notebook.entropy().v4()?),
        origin: ReferralOrigin::Outing(night.state.id()),
        opened_on: date,
        contact_id,
        alias: input.alias,
        service_type: input.service_type,
        service_id: None,
        urgency: input.urgency,
        reason: input.reason,
        language_need: input.language_need,
        mediator_needed: input.mediator_needed,
        accompany_needed: input.accompany_needed,
        consent: input.consent,
        parent_id: input.parent_id,
    };
    let event = |state| ReferralEvent { date, state, outcome: None };
    let events: Vec<ReferralEvent> = std::iter::once(ReferralState::Proposed).chain(input.answer).map(event).collect();
    let record = ReferralRecord { referral, events };
    refuse_errors(&before_referral(&record, date))?;
    let ReferralRecord { referral, events } = record;
    notebook.save(Body::ReferralOpened { outing_id: night.state.id(), referral, events }, None, moment, None)?;
    Ok(())
}

/// The contact of a card, saved or still open.
fn contact_of(notebook: &Notebook, night: &OwnNight, card: OperationId) -> Result<ContactId> {
    if let Some(draft) = open_draft(notebook, &night.state)?.filter(|draft| draft.card == card) {
        return Ok(draft.contact);
    }
    match notebook.find_own_operation(card)?.map(|operation| operation.body) {
        Some(Body::ContactSaved { contact, .. }) => Ok(contact.id),
        _ => Err(NotebookError::NotFound("card")),
    }
}

fn advance(notebook: &mut Notebook, moment: Moment, input: &AdvanceInput) -> Result<()> {
    if input.states.is_empty() {
        return Err(NotebookError::InvalidInput("no step"));
    }
    let nights = own_nights(notebook)?;
    let home = nights
        .iter()
        .find(|night| night.state.referrals.contains_key(&input.referral))
        .ok_or(NotebookError::NotFound("referral"))?;
    let record = home.state.referrals.get(&input.referral).ok_or(NotebookError::NotFound("referral"))?;
    // During an outing its operational date counts, also after midnight; afterwards, the day on which it was heard.
    let open = open_night(notebook)?;
    let (noted_in, date) = match &open {
        Some(night) => (&night.state, operational_date(night.state.outing.start_at)),
        None if home.state.sign_off.is_none() => (&home.state, operational_date(moment.now)),
        None => return Err(NotebookError::WrongState("the outing is signed off")),
    };
    let steps = events(input, date);
    let mut after = record.clone();
    // Steps noted in a later outing stand there.
    after.events.extend(later_events(&nights, input.referral));
    after.events.extend(steps.iter().copied());
    refuse_errors(&before_referral(&after, date.max(operational_date(moment.now))))?;
    let accompaniment = match input.accompaniment {
        Some(company) => {
            let id = AccompanimentId(notebook.entropy().v4()?);
            let accompaniment = accompaniment(id, input.referral, date, company);
            refuse_errors(&before_accompaniment(&accompaniment, Some(&after)))?;
            Some(accompaniment)
        }
        None => None,
    };
    let advanced =
        Body::ReferralAdvanced { outing_id: noted_in.id(), referral_id: input.referral, events: steps, accompaniment };
    notebook.save(advanced, None, moment, None)?;
    Ok(())
}

fn later_events(nights: &[OwnNight], referral: ReferralId) -> Vec<ReferralEvent> {
    nights
        .iter()
        .rev()
        .flat_map(|night| &night.state.follow_ups)
        .filter(|(id, _)| *id == referral)
        .map(|(_, event)| *event)
        .collect()
}

/// On a lead's phone tonight's referrals and those of earlier nights that are still open; on a member's phone only the
/// last few of tonight (architecture 7).
fn referrals_view(notebook: &Notebook) -> Result<ReferralsView> {
    let nights = own_nights(notebook)?;
    let open = open_night(notebook)?.map(|night| night.state.id());
    let mut records: Vec<(NaiveDate, ReferralRecord)> = Vec::new();
    for night in &nights {
        for record in night.state.referrals.values() {
            let mut record = record.clone();
            record.events.extend(later_events(&nights, record.referral.id));
            if Some(night.state.id()) == open || !record.state().is_terminal() {
                records.push((record.referral.opened_on, record));
            }
        }
    }
    if notebook.role() != Some(Role::Lead) {
        records = last_of_tonight(notebook, records)?;
    }
    records.sort_by_key(|(_, record)| rank(record));
    Ok(ReferralsView {
        referrals: records.into_iter().map(|(_, record)| card(record)).collect(),
        service_types: service_types(notebook)?,
    })
}

fn last_of_tonight(
    notebook: &Notebook,
    records: Vec<(NaiveDate, ReferralRecord)>,
) -> Result<Vec<(NaiveDate, ReferralRecord)>> {
    let Some(night) = open_night(notebook)? else { return Ok(Vec::new()) };
    let limit = usize::from(notebook.programme()?.policy.visible_records);
    let opened = night.operations.iter().rev().filter_map(|operation| match &operation.body {
        Body::ReferralOpened { referral, .. } => Some(referral.id),
        _ => None,
    });
    let last: Vec<ReferralId> = opened.filter(|id| night.state.referrals.contains_key(id)).take(limit).collect();
    Ok(records.into_iter().filter(|(_, record)| last.contains(&record.referral.id)).collect())
}

fn card(record: ReferralRecord) -> ReferralCardView {
    let state = record.state();
    let ReferralRecord { referral, events } = record;
    ReferralCardView {
        id: referral.id,
        code: referral.id.short_code(),
        alias: referral.alias,
        service_type: referral.service_type,
        urgency: referral.urgency,
        consent: referral.consent,
        opened_on: referral.opened_on,
        events,
        state,
        next: state.next().to_vec(),
    }
}

/// The types of the directory, or all of them while it is empty.
fn service_types(notebook: &Notebook) -> Result<Vec<ServiceType>> {
    let directory = &notebook.programme()?.directory;
    let is_listed =
        |kind: &ServiceType| directory.is_empty() || directory.iter().any(|entry| entry.service_type == *kind);
    Ok(ServiceType::ALL.iter().copied().filter(is_listed).collect())
}
