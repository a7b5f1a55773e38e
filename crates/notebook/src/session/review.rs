//! The lead's review: what stands in the way of a signature, what looks double, what would be signed.

use super::Session;
use super::card::refuse_errors;
use super::own::own_nights;
use super::sending::send_view;
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::last::item_counts;
use crate::notebook::Notebook;
use crate::review::{Review, can_sign, counts, effect, phones, propose, review};
use crate::view::{
    AcceptInput, ConflictView, FindingView, Nothing, OutingInput, OutingSummaryView, PairEffectView, PairSideView,
    PairView, ReviewView, SendState, SettleInput,
};
use domain::contact::Contact;
use domain::ids::{DeviceId, OutingId, ZoneCode};
use domain::operation::{Conflict, DuplicateDecision, OperationBody as Body, OutingState, Scope};
use domain::sync::manifest::Role;
use domain::time::operational_date;
use domain::validate::{Finding, Place, RuleId, acceptance, before_change, is_acceptable};
use std::collections::BTreeMap;

/// The decisions, in the order of the screen.
const DECISIONS: [DuplicateDecision; 3] =
    [DuplicateDecision::CameBack, DuplicateDecision::TwoPeople, DuplicateDecision::WrittenTwice];

impl Session {
    /// The lead's list of outings, the latest first.
    pub fn outings(&self, _: Nothing) -> std::result::Result<Vec<OutingSummaryView>, ErrorView> {
        self.with_notebook(|notebook, _| {
            require_lead(notebook)?;
            notebook.list_outings()?.iter().map(|state| summary(notebook, state)).collect()
        })
    }

    /// *Verifica*.
    pub fn review(&self, input: OutingInput) -> std::result::Result<ReviewView, ErrorView> {
        self.with_review(|notebook, _| {
            super::sign::finish_interrupted(notebook, input.outing_id)?;
            review_view(notebook, input.outing_id)
        })
    }

    /// A pair is settled: *È tornata*, *Due persone*, *Scritta due volte*.
    pub fn settle(&self, input: SettleInput) -> std::result::Result<ReviewView, ErrorView> {
        self.with_review(|notebook, moment| {
            settle(notebook, moment, input)?;
            review_view(notebook, input.outing_id)
        })
    }

    /// A finding may stand.
    pub fn accept_finding(&self, input: AcceptInput) -> std::result::Result<ReviewView, ErrorView> {
        self.with_review(|notebook, moment| {
            accept(notebook, moment, &input)?;
            review_view(notebook, input.outing_id)
        })
    }
}

/// Review, signature and amendment are the lead's.
pub(super) fn require_lead(notebook: &Notebook) -> Result<()> {
    if notebook.role() == Some(Role::Lead) { Ok(()) } else { Err(NotebookError::NotAllowed) }
}

/// The outing with everything that is known of it, late operations included.
pub(super) fn load_outing(notebook: &Notebook, outing: OutingId) -> Result<OutingState> {
    notebook.outing_state(outing, Scope::Everything)?.ok_or(NotebookError::NotFound("outing"))
}

fn settle(notebook: &mut Notebook, moment: Moment, input: SettleInput) -> Result<()> {
    let state = load_outing(notebook, input.outing_id)?;
    if input.first == input.second
        || !state.contacts.contains_key(&input.first)
        || !state.contacts.contains_key(&input.second)
    {
        return Err(NotebookError::NotFound("pair"));
    }
    refuse_errors(&before_change(&state.outing))?;
    let SettleInput { outing_id, first, second, decision } = input;
    notebook.save(Body::DuplicateSettled { outing_id, first, second, decision }, None, moment, None)?;
    Ok(())
}

fn accept(notebook: &mut Notebook, moment: Moment, input: &AcceptInput) -> Result<()> {
    let state = load_outing(notebook, input.outing_id)?;
    refuse_errors(&before_change(&state.outing))?;
    let found = review(&state, notebook.programme()?);
    if !found.blocking.contains(&input.finding) {
        return Err(NotebookError::NotFound("finding"));
    }
    if !is_acceptable(&input.finding) {
        return Err(NotebookError::Rules(vec![input.finding.clone()]));
    }
    let acceptance = acceptance(&input.finding);
    notebook.save(Body::FindingAccepted { outing_id: input.outing_id, acceptance }, None, moment, None)?;
    Ok(())
}

/// The outings of this phone, the latest first: what waits for review or sending.
pub(super) fn summaries(notebook: &Notebook) -> Result<Vec<OutingSummaryView>> {
    own_nights(notebook)?.iter().map(|night| summary(notebook, &night.state)).collect()
}

fn summary(notebook: &Notebook, state: &OutingState) -> Result<OutingSummaryView> {
    Ok(OutingSummaryView {
        outing_id: state.id(),
        date: operational_date(state.outing.start_at),
        outing_type: state.outing.outing_type,
        status: state.outing.status,
        received: send_view(notebook, state.id())?.state == SendState::Received,
    })
}

/// The review of an outing as the lead sees it.
pub(super) fn review_view(notebook: &Notebook, outing: OutingId) -> Result<ReviewView> {
    let state = load_outing(notebook, outing)?;
    let found = review(&state, notebook.programme()?);
    let numbers = counts(&state);
    Ok(ReviewView {
        outing: summary(notebook, &state)?,
        pairs: pair_views(&state, &found),
        can_sign: can_sign(&state, &found),
        blocking: found.blocking.iter().map(|finding| finding_view(&state, finding, 1)).collect(),
        notes: note_views(&state, &found.notes),
        conflicts: state.conflicts.iter().map(conflict_view).collect(),
        persons: numbers.persons,
        contacts: numbers.contacts,
        seen: numbers.seen,
        referrals: numbers.referrals,
        incidents: numbers.incidents,
        devices: operations_by_phone(notebook, &state)?,
        late: u32::try_from(state.late.len()).unwrap_or(u32::MAX),
        amendments: u32::try_from(state.amendments.len()).unwrap_or(u32::MAX),
        operators: state.outing.crew.iter().map(|member| member.operator.clone()).collect(),
    })
}

/// Number of operations of each phone, the opener's first.
fn operations_by_phone(notebook: &Notebook, state: &OutingState) -> Result<Vec<u32>> {
    let mut numbers: BTreeMap<DeviceId, u32> = BTreeMap::new();
    for operation in notebook.operations_of(state.id())? {
        *numbers.entry(operation.device).or_default() += 1;
    }
    Ok(phones(state).iter().map(|device| numbers.get(device).copied().unwrap_or_default()).collect())
}

fn pair_views(state: &OutingState, found: &Review) -> Vec<PairView> {
    let phones = phones(state);
    let contact = |id| state.contacts.get(id);
    found
        .pairs
        .iter()
        .filter_map(|(first, second, rule)| Some((contact(first)?, contact(second)?, *rule)))
        .map(|(first, second, rule)| PairView {
            first: side(state, &phones, first),
            second: side(state, &phones, second),
            same_alias: rule == RuleId::V08,
            proposed: propose(state, first, second, rule),
            together: item_counts(state.handouts_of(first.id).chain(state.handouts_of(second.id))),
            effects: DECISIONS
                .into_iter()
                .map(|decision| PairEffectView { decision, persons: effect(first, second, decision) })
                .collect(),
        })
        .collect()
}

fn side(state: &OutingState, phones: &[DeviceId], contact: &Contact) -> PairSideView {
    let place = phones.iter().position(|device| *device == contact.device_id).unwrap_or_default();
    PairSideView {
        contact: contact.id,
        phone: u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1),
        stop: contact.stop_id.and_then(|stop| state.stops.get(&stop)).map(|stop| stop.sequence),
        aliases: contact.aliases.clone(),
        gender: contact.gender,
        kind: contact.kind,
        age_band: contact.age_band,
        nationality: contact.nationality.clone(),
        zone: contact.zone.clone(),
        slot: contact.slot.to_string(),
        depth: contact.depth,
        handouts: item_counts(state.handouts_of(contact.id)),
    }
}

/// Notes of one rule and zone are one sentence.
fn note_views(state: &OutingState, notes: &[Finding]) -> Vec<FindingView> {
    let mut views: Vec<FindingView> = Vec::new();
    for note in notes {
        let zone = zone_of(state, note);
        match views.iter_mut().find(|view| view.finding.rule == note.rule && view.zone == zone) {
            Some(view) => view.count = view.count.saturating_add(1),
            None => views.push(finding_view(state, note, 1)),
        }
    }
    views
}

fn finding_view(state: &OutingState, finding: &Finding, count: u32) -> FindingView {
    FindingView { zone: zone_of(state, finding), count, acceptable: is_acceptable(finding), finding: finding.clone() }
}

fn zone_of(state: &OutingState, finding: &Finding) -> Option<ZoneCode> {
    match &finding.place {
        Place::Contact { contact, .. } => state.contacts.get(contact).map(|contact| contact.zone.clone()),
        Place::Observation { observation } => state.observations.get(observation).map(|seen| seen.zone.clone()),
        _ => None,
    }
}

const fn conflict_view(conflict: &Conflict) -> ConflictView {
    match conflict {
        Conflict::Contact { contact, field, .. } => {
            ConflictView { contact: Some(*contact), contact_field: Some(*field), outing_field: None }
        }
        Conflict::Outing { field, .. } => {
            ConflictView { contact: None, contact_field: None, outing_field: Some(*field) }
        }
    }
}
