//! From a set of operations to the state of an outing.
//!
//! The fold sorts by (stamp, device, id) and ignores repetitions, so neither order nor number of deliveries matters.

use super::merge::{Ancestry, FieldWriters};
use super::split::{Split, Splits};
use super::state::{Conflict, OutingState, ReferralRecord, Refusal};
use super::steps::{Placed, merge_step};
use super::{
    ContactField, DuplicateDecision, Included, Operation, OperationBody as Body, OutingChange, OutingField, RecordRef,
};
use crate::contact::Contact;
use crate::ids::{ContactId, DeviceId, OperationId, OutingId, ReferralId};
use crate::outing::{Outing, OutingStatus};
use crate::referral::{Referral, ReferralEvent};
use crate::supply::SupplyMove;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Which operations take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them: what the lead sees.
    Everything,
    /// After a sign-off only those that it, or an amendment, includes: what is counted.
    Counted,
}

/// Folds the operations of one outing. `leads` are the devices whose role in the manifest is lead; nobody else's
/// sign-off, amendment, settlement, cancellation or foreign correction has an effect, but that a device cancels an
/// outing of its own that nobody joined and that holds no record. If several phones opened the
/// outing, a lead's opening stands over a member's, and of equals the earlier one; the loads of all count.
///
/// Gives `None` while the opening operation is missing: a partner's records may arrive first.
#[must_use]
pub fn fold(
    outing: OutingId,
    operations: &[Operation],
    leads: &BTreeSet<DeviceId>,
    scope: Scope,
) -> Option<OutingState> {
    let mut ordered: Vec<&Operation> = operations.iter().filter(|op| op.body.outing_id() == outing).collect();
    ordered.sort_by_key(|op| op.order());
    ordered.dedup_by_key(|op| op.id);

    let included = included_by_signature(&ordered, leads);
    let is_late = |op: &Operation| {
        included.as_ref().is_some_and(|list| {
            !is_signature(&op.body) && !list.iter().any(|entry| entry.covers(op.device, op.sequence))
        })
    };

    let takes_part = |op: &&&Operation| scope == Scope::Everything || !is_late(op);
    let mut run = Run::new(leads, standing_opening(ordered.iter().filter(takes_part).copied(), leads));
    for op in &ordered {
        if is_late(op) {
            run.late.insert(op.id);
            if scope == Scope::Counted {
                continue;
            }
        }
        run.apply(op);
    }
    run.finish()
}

fn is_signature(body: &Body) -> bool {
    matches!(body, Body::OutingSignedOff { .. } | Body::OutingAmended { .. })
}

/// The list that the last valid signature includes. The first sign-off stands; amendments follow by number.
fn included_by_signature(ordered: &[&Operation], leads: &BTreeSet<DeviceId>) -> Option<Vec<Included>> {
    let mut current: Option<(AmendmentRank, &[Included])> = None;
    for op in ordered.iter().filter(|op| leads.contains(&op.device)) {
        match &op.body {
            Body::OutingSignedOff { sign_off, .. } if current.is_none() => {
                current = Some((AmendmentRank::SIGN_OFF, &sign_off.included));
            }
            Body::OutingAmended { amendment, .. } => {
                let rank = AmendmentRank::new(amendment.number, op.device);
                if current.is_some_and(|(standing, _)| rank > standing) {
                    current = Some((rank, &amendment.included));
                }
            }
            _ => {}
        }
    }
    current.map(|(_, list)| list.to_vec())
}

/// Which of two amendments stands: the greater one. That is the later number; of two that were made apart under one
/// number, that of the smaller device, as at the desk ([`crate::indicator::NightRank`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct AmendmentRank(u16, Option<Reverse<DeviceId>>);

impl AmendmentRank {
    /// Below every amendment.
    const SIGN_OFF: Self = Self(0, None);

    const fn new(number: u16, device: DeviceId) -> Self {
        Self(number, Some(Reverse(device)))
    }
}

/// The opening that stands when more than one phone opened the outing: the first of a lead, else the first.
fn standing_opening<'a>(
    operations: impl Iterator<Item = &'a Operation>,
    leads: &BTreeSet<DeviceId>,
) -> Option<(&'a Operation, &'a Outing)> {
    let mut openings = operations.filter_map(|op| match &op.body {
        Body::OutingOpened { outing, .. } => Some((op, outing)),
        _ => None,
    });
    let first = openings.next()?;
    std::iter::once(first).chain(openings).find(|(op, _)| leads.contains(&op.device)).or(Some(first))
}

struct Run<'a> {
    leads: &'a BTreeSet<DeviceId>,
    /// The opening whose outing stands, wherever it comes in the order.
    opening: Option<(&'a Operation, &'a Outing)>,
    state: Option<OutingState>,
    /// Operations that came before the opening one.
    waiting: Vec<&'a Operation>,
    ancestry: Ancestry,
    outing_writers: FieldWriters<OutingField>,
    contact_writers: BTreeMap<ContactId, FieldWriters<ContactField>>,
    /// Who opened each referral.
    openers: BTreeMap<ReferralId, DeviceId>,
    /// Whose step is the last one of each referral.
    stepped: BTreeMap<ReferralId, DeviceId>,
    /// Records taken back, and by which operation: retract beats edit, also one that comes later.
    retracted: BTreeMap<RecordRef, OperationId>,
    /// Contacts that were written twice, and the one that stands for each.
    merged: BTreeMap<ContactId, ContactId>,
    /// People split off their groups, in order.
    splits: Vec<Split<'a>>,
    late: BTreeSet<OperationId>,
    /// Of the last amendment.
    amended: AmendmentRank,
}

impl<'a> Run<'a> {
    fn new(leads: &'a BTreeSet<DeviceId>, opening: Option<(&'a Operation, &'a Outing)>) -> Self {
        Self {
            leads,
            opening,
            state: None,
            waiting: Vec::new(),
            ancestry: Ancestry::default(),
            outing_writers: FieldWriters::new(),
            contact_writers: BTreeMap::new(),
            openers: BTreeMap::new(),
            stepped: BTreeMap::new(),
            retracted: BTreeMap::new(),
            merged: BTreeMap::new(),
            splits: Vec::new(),
            late: BTreeSet::new(),
            amended: AmendmentRank::SIGN_OFF,
        }
    }

    fn finish(mut self) -> Option<OutingState> {
        if let Some(state) = &mut self.state {
            let splits = Splits {
                all: &self.splits,
                ancestry: &self.ancestry,
                writers: &self.contact_writers,
                retracted: &self.retracted,
            };
            splits.apply(state);
            splits.find_asked(state);
            follow_contacts(state);
            state.late = self.late;
        }
        self.state
    }

    /// A phone whose clock is behind may stamp its records before the opening: they wait for it.
    fn apply(&mut self, op: &'a Operation) {
        let is_lead = self.leads.contains(&op.device);
        let Some(state) = &mut self.state else {
            if let (Body::OutingOpened { load, .. }, Some((opening, outing))) = (&op.body, self.opening) {
                let mut state = OutingState::new(outing.clone(), opening.device);
                state.outing_heads.insert(opening.id);
                state.seen.insert(op.device, op.sequence);
                self.ancestry.add(opening.id, &[]);
                insert_moves(&mut state, load, op.device, is_lead);
                self.state = Some(state);
                for earlier in std::mem::take(&mut self.waiting) {
                    self.apply(earlier);
                }
            } else {
                self.waiting.push(op);
            }
            return;
        };
        let last = state.seen.entry(op.device).or_default();
        *last = op.sequence.max(*last);
        if op.body.needs_lead() && !is_lead {
            state.refusals.insert(Refusal::NotLead(op.id));
            return;
        }
        match &op.body {
            // The partner's phone opened the same outing.
            Body::OutingOpened { load, .. } => insert_moves(state, load, op.device, is_lead),
            Body::OutingRevised { after, changes, .. } => {
                self.ancestry.add(op.id, after);
                let is_signed = state.sign_off.is_some();
                let may_cancel = is_lead || is_only_begun(state, op.device);
                for change in changes.iter().filter(|change| may_change(change, may_cancel, is_signed)) {
                    let earlier = self.outing_writers.write(change.field(), op, &self.ancestry);
                    let before = state.outing.clone();
                    change.apply(&mut state.outing);
                    if let Some(overridden) = earlier
                        && before != state.outing
                    {
                        let field = change.field();
                        state.conflicts.insert(Conflict::Outing { field, kept: op.id, overridden });
                    }
                }
                replace_heads(&mut state.outing_heads, after, op.id);
            }
            Body::StopOpened { stop } => {
                state.stops.insert(stop.id, stop.clone());
            }
            Body::ContactSaved { contact, handouts } => {
                if self.retracted.contains_key(&RecordRef::Contact(contact.id)) {
                    return;
                }
                let is_known_elsewhere =
                    state.contacts.get(&contact.id).is_some_and(|known| known.device_id != op.device);
                if contact.device_id != op.device || (is_known_elsewhere && !is_lead) {
                    state.refusals.insert(Refusal::NotOwner(op.id));
                    return;
                }
                self.ancestry.add(op.id, &[]);
                // Saving the same card again (a crash between journal and notebook) replaces it.
                self.contact_writers.remove(&contact.id);
                state.moves.retain(|_, supply| supply.contact_id != Some(contact.id));
                insert_moves(state, handouts, op.device, is_lead);
                state.contacts.insert(contact.id, contact.clone());
                // Who was split off it stays split off: whoever revises it next has seen that.
                let apart = self.splits.iter().filter(|split| split.group == contact.id).flat_map(|split| {
                    let taken_back = self.retracted.get(&RecordRef::Contact(split.contact.id)).copied();
                    std::iter::once(split.operation).chain(taken_back)
                });
                state.contact_heads.insert(contact.id, apart.chain([op.id]).collect());
            }
            Body::ContactRevised { contact_id, after, changes, moves_added, moves_retracted, .. } => {
                let Some(contact) = state.contacts.get_mut(contact_id) else {
                    if !self.retracted.contains_key(&RecordRef::Contact(*contact_id)) {
                        state.refusals.insert(Refusal::NoRecord(op.id));
                    }
                    return;
                };
                if contact.device_id != op.device && !is_lead {
                    state.refusals.insert(Refusal::NotOwner(op.id));
                    return;
                }
                self.ancestry.add(op.id, after);
                let writers = self.contact_writers.entry(*contact_id).or_insert_with(FieldWriters::new);
                for change in changes {
                    let earlier = writers.write(change.field(), op, &self.ancestry);
                    let before = contact.clone();
                    change.apply(contact);
                    if let Some(overridden) = earlier
                        && before != *contact
                    {
                        let field = change.field();
                        state.conflicts.insert(Conflict::Contact {
                            contact: *contact_id,
                            field,
                            kept: op.id,
                            overridden,
                        });
                    }
                }
                replace_heads(state.contact_heads.entry(*contact_id).or_default(), after, op.id);
                insert_moves(state, moves_added, op.device, is_lead);
                for id in moves_retracted {
                    if may_retract(state, RecordRef::SupplyMove(*id), op.device, is_lead) {
                        state.moves.remove(id);
                    }
                }
            }
            Body::PersonSplitOff { group, after, contact, .. } => {
                let is_foreign =
                    |id: &ContactId| state.contacts.get(id).is_some_and(|known| known.device_id != op.device);
                if contact.device_id != op.device || (!is_lead && (is_foreign(group) || is_foreign(&contact.id))) {
                    state.refusals.insert(Refusal::NotOwner(op.id));
                    return;
                }
                self.ancestry.add(op.id, after);
                // Whoever splits may not know yet what was settled about the group.
                let group = standing(&self.merged, *group);
                let is_repeat = state.contacts.get(&group).is_some_and(|known| known.repeat_in_outing);
                // The same card saved again is the same person.
                match self.splits.iter_mut().find(|split| split.contact.id == contact.id) {
                    Some(known) => known.contact = contact,
                    None => self.splits.push(Split { operation: op.id, group, contact }),
                }
                let taken_back = self.retracted.get(&RecordRef::Contact(contact.id)).copied();
                if let Some(heads) = state.contact_heads.get_mut(&group) {
                    replace_heads(heads, after, op.id);
                    heads.extend(taken_back);
                }
                if taken_back.is_none() {
                    let repeat_in_outing = contact.repeat_in_outing || is_repeat;
                    state.contacts.insert(contact.id, Contact { repeat_in_outing, ..contact.clone() });
                    state.contact_heads.insert(contact.id, BTreeSet::from([op.id]));
                }
            }
            Body::ObservationSaved { observation } => {
                if !self.retracted.contains_key(&RecordRef::Observation(observation.id)) {
                    state.observations.insert(observation.id, observation.clone());
                }
            }
            Body::SuppliesMoved { moves, .. } => insert_moves(state, moves, op.device, is_lead),
            Body::ReferralOpened { referral, events, .. } => {
                if self.retracted.contains_key(&RecordRef::Referral(referral.id)) {
                    return;
                }
                let opener = *self.openers.entry(referral.id).or_insert(op.device);
                match state.referrals.get_mut(&referral.id) {
                    Some(_) if opener != op.device && !is_lead => {
                        state.refusals.insert(Refusal::NotOwner(op.id));
                    }
                    // Opening it again corrects it: where it comes from and its path stay.
                    Some(ReferralRecord { referral: known, .. }) => {
                        *known = Referral {
                            origin: known.origin,
                            opened_on: known.opened_on,
                            contact_id: known.contact_id,
                            ..referral.clone()
                        };
                    }
                    None => {
                        let record = ReferralRecord { referral: referral.clone(), events: events.clone() };
                        self.stepped.insert(referral.id, op.device);
                        state.referrals.insert(referral.id, record);
                    }
                }
            }
            Body::ReferralAdvanced { referral_id, events, accompaniment, .. } => {
                if self.retracted.contains_key(&RecordRef::Referral(*referral_id)) {
                    return;
                }
                let last = self.stepped.entry(*referral_id).or_insert(op.device);
                for event in events {
                    match advance(state, *referral_id, *event, *last == op.device) {
                        Placed::Last => *last = op.device,
                        Placed::Within => {}
                        Placed::Nowhere => {
                            state.refusals.insert(Refusal::OffPath { operation: op.id, referral: *referral_id });
                        }
                    }
                }
                if let Some(accompaniment) = accompaniment
                    && !self.retracted.contains_key(&RecordRef::Accompaniment(accompaniment.id))
                {
                    state.accompaniments.insert(accompaniment.id, *accompaniment);
                }
            }
            Body::IncidentSaved { incident } => {
                state.incidents.insert(incident.id, incident.clone());
            }
            Body::Retracted { record, .. } => {
                if may_retract(state, *record, op.device, is_lead) {
                    self.retracted.entry(*record).or_insert(op.id);
                    retract(state, *record);
                    self.ancestry.add(op.id, &[]);
                    // Whoever revises the group from here on has seen that the person is back.
                    for split in self.splits.iter().filter(|split| RecordRef::Contact(split.contact.id) == *record) {
                        if let Some(heads) = state.contact_heads.get_mut(&split.group) {
                            heads.insert(op.id);
                        }
                    }
                } else {
                    state.refusals.insert(Refusal::NotOwner(op.id));
                }
            }
            Body::DuplicateSettled { first, second, decision, .. } => {
                let is_settled = settle(state, op.id, *first, *second, *decision);
                if is_settled && *decision == DuplicateDecision::WrittenTwice {
                    self.merged.insert(*second, *first);
                }
            }
            Body::FindingAccepted { acceptance, .. } => {
                state.accepted.insert(acceptance.clone());
            }
            Body::OutingSignedOff { sign_off, .. } => {
                if state.sign_off.is_none() {
                    state.outing.reviewed_at = Some(sign_off.at);
                    state.outing.reviewed_by = Some(sign_off.by.clone());
                    state.outing.status = OutingStatus::Reviewed;
                    state.sign_off = Some(sign_off.clone());
                }
            }
            Body::OutingAmended { amendment, .. } => {
                let rank = AmendmentRank::new(amendment.number, op.device);
                if rank > self.amended {
                    self.amended = rank;
                    state.amendments.retain(|earlier| earlier.number < amendment.number);
                    state.amendments.push(amendment.clone());
                }
            }
        }
    }
}

/// Whether a revision may make this change. Only the status is guarded: `reviewed` and what follows it come from a
/// sign-off and from receipts, never from a revision, and a signed-off outing does not go back.
const fn may_change(change: &OutingChange, may_cancel: bool, is_signed: bool) -> bool {
    match change {
        OutingChange::Status(OutingStatus::Open | OutingStatus::Closed) => !is_signed,
        OutingChange::Status(OutingStatus::Cancelled) => may_cancel && !is_signed,
        OutingChange::Status(_) => false,
        _ => true,
    }
}

/// What was handed out went to whom the contact was with, also after a correction of that.
fn follow_contacts(state: &mut OutingState) {
    for supply in state.moves.values_mut() {
        if let Some(contact) = supply.contact_id.and_then(|id| state.contacts.get(&id)) {
            supply.to_target_group = Some(contact.target_group);
        }
    }
}

/// Whether an outing is one device's alone and holds no record: that device may cancel it, lead or not.
fn is_only_begun(state: &OutingState, device: DeviceId) -> bool {
    state.seen.keys().all(|known| *known == device)
        && state.contacts.is_empty()
        && state.observations.is_empty()
        && state.referrals.is_empty()
        && state.follow_ups.is_empty()
        && state.accompaniments.is_empty()
        && state.incidents.is_empty()
}

/// A step of a referral. Whoever noted the last one knew the path; a step of another phone is merged into it.
fn advance(state: &mut OutingState, id: ReferralId, event: ReferralEvent, knew_path: bool) -> Placed {
    match state.referrals.get_mut(&id) {
        Some(record) if !knew_path => merge_step(&mut record.events, event),
        Some(record) => {
            record.events.push(event);
            Placed::Last
        }
        // Opened elsewhere: its path is not here.
        None if !knew_path && state.follow_ups.contains(&(id, event)) => Placed::Within,
        None => {
            state.follow_ups.push((id, event));
            Placed::Last
        }
    }
}

/// A device moves the supplies of its own bag, the lead any.
fn insert_moves(state: &mut OutingState, moves: &[SupplyMove], device: DeviceId, is_lead: bool) {
    for supply in moves {
        let is_own = supply.device_id == device && may_retract(state, RecordRef::SupplyMove(supply.id), device, false);
        if is_own || is_lead {
            state.moves.insert(supply.id, supply.clone());
        }
    }
}

fn replace_heads(heads: &mut BTreeSet<OperationId>, after: &[OperationId], operation: OperationId) {
    for known in after {
        heads.remove(known);
    }
    heads.insert(operation);
}

/// A record belongs to the device that made it; the lead may take back any.
fn may_retract(state: &OutingState, record: RecordRef, device: DeviceId, is_lead: bool) -> bool {
    is_lead
        || match record {
            RecordRef::Contact(id) => state.contacts.get(&id).is_none_or(|contact| contact.device_id == device),
            RecordRef::SupplyMove(id) => state.moves.get(&id).is_none_or(|supply| supply.device_id == device),
            RecordRef::Observation(_)
            | RecordRef::Referral(_)
            | RecordRef::Accompaniment(_)
            | RecordRef::Incident(_)
            | RecordRef::Stop(_) => true,
        }
}

fn retract(state: &mut OutingState, record: RecordRef) {
    match record {
        RecordRef::Contact(id) => {
            state.contacts.remove(&id);
            state.contact_heads.remove(&id);
            state.moves.retain(|_, supply| supply.contact_id != Some(id));
        }
        RecordRef::Observation(id) => {
            state.observations.remove(&id);
        }
        RecordRef::SupplyMove(id) => {
            state.moves.remove(&id);
        }
        RecordRef::Referral(id) => {
            state.referrals.remove(&id);
            state.accompaniments.retain(|_, accompaniment| accompaniment.referral_id != id);
        }
        RecordRef::Accompaniment(id) => {
            state.accompaniments.remove(&id);
        }
        RecordRef::Incident(id) => {
            state.incidents.remove(&id);
        }
        RecordRef::Stop(id) => {
            state.stops.remove(&id);
        }
    }
}

/// The contact that stands for one that was written twice, or that one itself.
fn standing(merged: &BTreeMap<ContactId, ContactId>, contact: ContactId) -> ContactId {
    let mut standing = contact;
    let mut seen = BTreeSet::new();
    while let Some(into) = merged.get(&standing).filter(|_| seen.insert(standing)) {
        standing = *into;
    }
    standing
}

/// Whether the pair was settled: both are here.
fn settle(
    state: &mut OutingState,
    op: OperationId,
    first: ContactId,
    second: ContactId,
    decision: DuplicateDecision,
) -> bool {
    let first_aliases = state.contacts.get(&first).map(|contact: &Contact| contact.aliases.clone());
    let (Some(shared), Some(other)) = (first_aliases, state.contacts.get_mut(&second)) else {
        state.refusals.insert(Refusal::NoRecord(op));
        return false;
    };
    state.settled.insert((first.min(second), first.max(second)));
    other.possible_duplicate_of = None;
    match decision {
        DuplicateDecision::CameBack => other.repeat_in_outing = true,
        DuplicateDecision::TwoPeople => other.aliases.retain(|alias| !shared.contains(alias)),
        DuplicateDecision::WrittenTwice => {
            for supply in state.moves.values_mut().filter(|supply| supply.contact_id == Some(second)) {
                supply.contact_id = Some(first);
            }
            state.contacts.remove(&second);
            state.contact_heads.remove(&second);
        }
    }
    true
}
