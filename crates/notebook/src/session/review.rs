//! The lead's review: what stands in the way of a signature, what looks double, what would be signed.

use super::Session;
use super::card::refuse_errors;
use super::own::{list_finished, open_night};
use super::sending::send_view;
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::last::item_counts;
use crate::notebook::Notebook;
use crate::review::{
    Counts, Review, can_amend, can_sign, counts, effect, makers, phone_records, phones, propose, record_of, review,
};
use crate::store::ProblemCode;
use crate::view::{
    AcceptInput, AmendmentView, ConflictView, CountsView, FindingView, MissingReason, MissingRecordsView, Nothing,
    OutingInput, OutingSummaryView, PairEffectView, PairSideView, PairView, PhoneView, RefusalReason, RefusalView,
    ReviewView, SendState, SettleInput, number,
};
use chrono::{DateTime, Utc};
use domain::contact::Contact;
use domain::ids::{DeviceId, OutingId, ZoneCode};
use domain::operation::{
    Conflict, DuplicateDecision, Operation, OperationBody as Body, OutingChange, OutingState, Refusal, Scope,
};
use domain::outing::OutingStatus;
use domain::sync::manifest::Role;
use domain::time::{local_clock, operational_date};
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
            if !load_outing(notebook, input.outing_id)?.late.is_empty() {
                super::sign::call_back(notebook, input.outing_id)?;
            }
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

    /// An outing that nobody closed, because its phone is lost: the lead closes it with its last record. An outing that
    /// is under way on this phone is closed there.
    pub fn close_lost(&self, input: OutingInput) -> std::result::Result<ReviewView, ErrorView> {
        self.with_review(|notebook, moment| {
            close_lost(notebook, moment, input.outing_id)?;
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

/// Whether this phone is still out, whatever the partner's has closed.
fn is_under_way(notebook: &Notebook, outing: OutingId) -> Result<bool> {
    Ok(open_night(notebook)?.is_some_and(|night| night.state.id() == outing))
}

/// An outing that is under way on this phone is closed there first, with its open cards.
pub(super) fn refuse_under_way(notebook: &Notebook, outing: OutingId) -> Result<()> {
    if is_under_way(notebook, outing)? {
        return Err(NotebookError::WrongState("the outing is under way on this phone"));
    }
    Ok(())
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

fn close_lost(notebook: &mut Notebook, moment: Moment, outing_id: OutingId) -> Result<()> {
    let state = load_outing(notebook, outing_id)?;
    refuse_under_way(notebook, outing_id)?;
    let end = closing_time(&state, &notebook.operations_of(outing_id)?);
    let end = end.ok_or(NotebookError::WrongState("the outing is not open"))?;
    let after = state.outing_heads.iter().copied().collect();
    let changes = vec![
        OutingChange::EndAt(Some(end)),
        OutingChange::Status(OutingStatus::Closed),
        OutingChange::CancelReason(None),
    ];
    notebook.save(Body::OutingRevised { outing_id, after, changes }, None, moment, None)?;
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

/// The outings this phone wrote for that wait for something, the latest first: to be sent, and on a lead's phone to be
/// reviewed or amended. What is finished is in the lead's list.
pub(super) fn waiting(notebook: &Notebook) -> Result<Vec<OutingSummaryView>> {
    let is_lead = notebook.role() == Some(Role::Lead);
    let mut waiting = Vec::new();
    // Those of last year are finished: they are not read again each time.
    let finished = list_finished(notebook)?;
    for outing in notebook.list_own_outing_ids()? {
        if finished.contains(&outing) {
            continue;
        }
        let Some(state) = notebook.outing_state(outing, Scope::Everything)? else { continue };
        let summary = summary(notebook, &state)?;
        let is_for_lead = summary.status == OutingStatus::Closed || summary.late > 0;
        if summary.status != OutingStatus::Open && (!summary.received || (is_lead && is_for_lead)) {
            waiting.push(summary);
        }
    }
    Ok(waiting)
}

pub(super) fn summary(notebook: &Notebook, state: &OutingState) -> Result<OutingSummaryView> {
    Ok(OutingSummaryView {
        outing_id: state.id(),
        date: operational_date(state.outing.start_at),
        outing_type: state.outing.outing_type,
        status: state.outing.status,
        received: send_view(notebook, state.id())?.state == SendState::Received,
        phones: u16::try_from(phones(state).len()).unwrap_or(u16::MAX),
        late: number(state.late.len()),
        amendments: u16::try_from(state.amendments.len()).unwrap_or(u16::MAX),
        forgotten_on: notebook.forgotten_night(state.id())?.map(|(on, _)| on),
    })
}

/// The review of an outing as the lead sees it.
pub(super) fn review_view(notebook: &Notebook, outing: OutingId) -> Result<ReviewView> {
    let state = load_outing(notebook, outing)?;
    let kept = notebook.forgotten_night(outing)?.map(|(_, kept)| kept);
    // The rules say nothing about a night without its records.
    let found = if kept.is_some() { Review::default() } else { review(&state, notebook.programme()?) };
    let operations = notebook.operations_of(outing)?;
    Ok(ReviewView {
        short_crew: state.outing.short_crew,
        outing: summary(notebook, &state)?,
        pairs: pair_views(&state, &found),
        can_sign: can_sign(&state, &found) && !is_under_way(notebook, outing)?,
        can_amend: can_amend(&state, &found),
        blocking: found.blocking.iter().map(|finding| finding_view(&state, finding, 1)).collect(),
        notes: note_views(&state, &found.notes),
        conflicts: state.conflicts.iter().map(conflict_view).collect(),
        refusals: refusal_views(&state, &operations),
        counts: counts_view(kept.map_or_else(|| counts(&state), |kept| kept.counts())),
        phones: phone_views(notebook.device(), &state, &operations),
        missing: missing_views(notebook, &state)?,
        amendment: amendment_view(notebook, &state)?,
        last_record_at: closing_time(&state, &operations).map(local_clock),
        operators: state.outing.crew.iter().map(|member| member.operator.clone()).collect(),
    })
}

const fn counts_view(counts: Counts) -> CountsView {
    let Counts { persons, contacts, seen, referrals, incidents } = counts;
    CountsView { persons, contacts, seen, referrals, incidents }
}

fn phone_views(this: DeviceId, state: &OutingState, operations: &[Operation]) -> Vec<PhoneView> {
    let phones = phones(state);
    let view = |of: crate::review::PhoneRecords| PhoneView {
        number: phone_number(&phones, of.device),
        is_this: of.device == this,
        records: of.records,
        closed: of.closed,
        late_new: of.late_new,
        late_changed: of.late_changed,
        late_other: of.late_other,
    };
    phone_records(state, operations).into_iter().map(view).collect()
}

/// What is missing of the other phones, phone by phone. Of a forgotten night nothing is said.
pub(super) fn missing_views(notebook: &Notebook, state: &OutingState) -> Result<Vec<MissingRecordsView>> {
    if notebook.forgotten_night(state.id())?.is_some() {
        return Ok(Vec::new());
    }
    let phones = phones(state);
    let mut counted: BTreeMap<(u16, MissingReason), u64> = BTreeMap::new();
    for ((device, code), count) in notebook.list_missing(state.id())? {
        *counted.entry((phone_number(&phones, device), missing_reason(code))).or_default() += count;
    }
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(counted
        .into_iter()
        .map(|((phone, reason), of)| MissingRecordsView { phone, reason, count: count(of) })
        .collect())
}

const fn missing_reason(code: Option<ProblemCode>) -> MissingReason {
    match code {
        None => MissingReason::NotArrived,
        Some(ProblemCode::Unvouched) => MissingReason::WaitsForDesk,
        Some(ProblemCode::TooNew) => MissingReason::TooNew,
        Some(ProblemCode::Refused) => MissingReason::Refused,
        Some(_) => MissingReason::Unreadable,
    }
}

/// What has no effect, by phone and reason. What V06 and V20 say already is not said again.
fn refusal_views(state: &OutingState, operations: &[Operation]) -> Vec<RefusalView> {
    let phones = phones(state);
    let mut counted: BTreeMap<(u16, RefusalReason), u32> = BTreeMap::new();
    for refusal in &state.refusals {
        let (id, reason) = match refusal {
            Refusal::NotLead(id) => (*id, RefusalReason::NotLead),
            Refusal::NotOwner(id) => (*id, RefusalReason::NotOwner),
            Refusal::NoRecord(id) => (*id, RefusalReason::NoRecord),
            Refusal::NobodyToSplit { .. } | Refusal::OffPath { .. } => continue,
        };
        if let Some(operation) = operations.iter().find(|operation| operation.id == id) {
            let count = counted.entry((phone_number(&phones, operation.device), reason)).or_default();
            *count = count.saturating_add(1);
        }
    }
    counted.into_iter().map(|((phone, reason), count)| RefusalView { phone, reason, count }).collect()
}

/// What people call a phone of an outing.
pub(super) fn phone_number(phones: &[DeviceId], device: DeviceId) -> u16 {
    let place = phones.iter().position(|known| *known == device).unwrap_or_default();
    u16::try_from(place).unwrap_or(u16::MAX).saturating_add(1)
}

/// What would change: the numbers of what is counted, where more is known than that.
fn amendment_view(notebook: &Notebook, state: &OutingState) -> Result<Option<AmendmentView>> {
    if state.sign_off.is_none() || state.late.is_empty() {
        return Ok(None);
    }
    let counted = notebook.outing_state(state.id(), Scope::Counted)?.ok_or(NotebookError::NotFound("outing"))?;
    let last = state.amendments.last().map_or(0, |last| last.number);
    Ok(Some(AmendmentView { number: last.saturating_add(1), before: counts_view(counts(&counted)) }))
}

/// When an outing that nobody closed ended, as far as is known: its last record. One that was given up while the
/// partner recorded in it is such an outing too.
fn closing_time(state: &OutingState, operations: &[Operation]) -> Option<DateTime<Utc>> {
    let is_open = match state.outing.status {
        OutingStatus::Open => true,
        OutingStatus::Cancelled => !makers(operations).is_empty(),
        _ => false,
    };
    is_open.then(|| operations.iter().map(|operation| operation.at).max()).flatten()
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
    PairSideView {
        contact: contact.id,
        phone: phone_number(phones, contact.device_id),
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
    FindingView {
        zone: zone_of(state, finding),
        record: record_of(&finding.place),
        count,
        acceptable: is_acceptable(finding),
        finding: finding.clone(),
    }
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
