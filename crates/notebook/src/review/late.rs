//! What came after a signature, phone by phone, and which record an operation is about.

use super::phones;
use crate::view::number;
use domain::ids::DeviceId;
use domain::operation::{Operation, OperationBody as Body, OutingChange, OutingState, RecordRef};
use domain::outing::OutingStatus;
use std::collections::{BTreeMap, BTreeSet};

/// What one phone wrote for an outing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneRecords {
    /// The phone.
    pub device: DeviceId,
    /// Contacts, observations, referrals and incidents it wrote that stand.
    pub records: u32,
    /// It closed the outing.
    pub closed: bool,
    /// Among what came after the signature: records that are new.
    pub late_new: u32,
    /// Records that were corrected or taken back.
    pub late_changed: u32,
    /// Anything else: closing, stops, stock, decisions.
    pub late_other: u32,
}

impl PhoneRecords {
    /// Whether anything of this phone came after the signature.
    #[must_use]
    pub const fn is_late(&self) -> bool {
        self.late_new + self.late_changed + self.late_other > 0
    }
}

/// What each phone wrote, the opener's first.
#[must_use]
pub fn phone_records(state: &OutingState, operations: &[Operation]) -> Vec<PhoneRecords> {
    phones(state).into_iter().map(|device| of_phone(state, operations, device)).collect()
}

fn of_phone(state: &OutingState, operations: &[Operation], device: DeviceId) -> PhoneRecords {
    let own = || operations.iter().filter(move |operation| operation.device == device);
    let written: BTreeSet<RecordRef> =
        own().filter_map(|operation| new_record(&operation.body)).filter(|record| stands(state, *record)).collect();
    let late = || own().filter(|operation| state.late.contains(&operation.id));
    let late_new: BTreeSet<RecordRef> = late().filter_map(|operation| new_record(&operation.body)).collect();
    let late_changed: BTreeSet<RecordRef> = late()
        .filter_map(|operation| changed_record(&operation.body))
        .filter(|record| !late_new.contains(record))
        .collect();
    let is_other =
        |operation: &&Operation| new_record(&operation.body).is_none() && changed_record(&operation.body).is_none();
    PhoneRecords {
        device,
        records: number(written.len()),
        closed: own().any(|operation| closes(&operation.body)),
        late_new: number(late_new.len()),
        late_changed: number(late_changed.len()),
        late_other: number(late().filter(is_other).count()),
    }
}

/// The record that an operation makes.
const fn new_record(body: &Body) -> Option<RecordRef> {
    match body {
        Body::ContactSaved { contact, .. } => Some(RecordRef::Contact(contact.id)),
        Body::ObservationSaved { observation } => Some(RecordRef::Observation(observation.id)),
        Body::ReferralOpened { referral, .. } => Some(RecordRef::Referral(referral.id)),
        Body::IncidentSaved { incident } => Some(RecordRef::Incident(incident.id)),
        _ => None,
    }
}

/// The record that an operation changes or takes back.
const fn changed_record(body: &Body) -> Option<RecordRef> {
    match body {
        Body::ContactRevised { contact_id, .. } => Some(RecordRef::Contact(*contact_id)),
        Body::ReferralAdvanced { referral_id, .. } => Some(RecordRef::Referral(*referral_id)),
        Body::Retracted { record, .. } => Some(*record),
        _ => None,
    }
}

/// The records that came, or were changed, after the signature and are not counted yet.
#[must_use]
pub fn late_records(state: &OutingState, operations: &[Operation]) -> BTreeSet<RecordRef> {
    let late = operations.iter().filter(|operation| state.late.contains(&operation.id));
    late.filter_map(|operation| new_record(&operation.body).or_else(|| changed_record(&operation.body))).collect()
}

/// The operation that made each record, the first that named it.
#[must_use]
pub fn makers(operations: &[Operation]) -> BTreeMap<RecordRef, &Operation> {
    let mut makers: BTreeMap<RecordRef, &Operation> = BTreeMap::new();
    for operation in operations {
        let made = new_record(&operation.body).or(match &operation.body {
            Body::ReferralAdvanced { accompaniment: Some(went), .. } => Some(RecordRef::Accompaniment(went.id)),
            _ => None,
        });
        if let Some(record) = made {
            let first = makers.entry(record).or_insert(operation);
            if operation.order() < first.order() {
                *first = operation;
            }
        }
    }
    makers
}

fn stands(state: &OutingState, record: RecordRef) -> bool {
    match record {
        RecordRef::Contact(id) => state.contacts.contains_key(&id),
        RecordRef::Observation(id) => state.observations.contains_key(&id),
        RecordRef::SupplyMove(id) => state.moves.contains_key(&id),
        RecordRef::Referral(id) => state.referrals.contains_key(&id),
        RecordRef::Accompaniment(id) => state.accompaniments.contains_key(&id),
        RecordRef::Incident(id) => state.incidents.contains_key(&id),
        RecordRef::Stop(id) => state.stops.contains_key(&id),
    }
}

/// Whether a record of an outing stands, so that it can be taken back.
#[must_use]
pub fn is_standing_record(state: &OutingState, record: RecordRef) -> bool {
    !matches!(record, RecordRef::SupplyMove(_) | RecordRef::Stop(_)) && stands(state, record)
}

fn closes(body: &Body) -> bool {
    let is_close = |change: &OutingChange| matches!(change, OutingChange::Status(OutingStatus::Closed));
    matches!(body, Body::OutingRevised { changes, .. } if changes.iter().any(is_close))
}
