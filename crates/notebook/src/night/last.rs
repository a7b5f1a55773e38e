//! The last record of a phone: what the screen says of it, and how long it can be taken back.

use crate::view::{ItemCount, LastActionView, RecordSummary};
use chrono::{DateTime, TimeDelta, Utc};
use domain::contact::Contact;
use domain::ids::{DeviceId, ItemCode};
use domain::operation::{Operation, OperationBody as Body, RecordRef};
use domain::programme::Kit;
use domain::supply::SupplyMove;
use std::collections::{BTreeMap, BTreeSet};

/// How long *Annulla* is offered after a save.
pub const UNDO_WINDOW: TimeDelta = TimeDelta::seconds(10);

/// A record that was saved last and stands.
pub struct LastRecord<'a> {
    /// The operation that saved it.
    pub operation: &'a Operation,
    /// The record.
    pub record: RecordRef,
}

impl LastRecord<'_> {
    /// Until when it can be taken back.
    #[must_use]
    pub fn undo_until(&self) -> DateTime<Utc> {
        self.operation.at.checked_add_signed(UNDO_WINDOW).unwrap_or(self.operation.at)
    }
}

/// The last contact, observation, referral or incident of this device that was not taken back.
#[must_use]
pub fn last_record(operations: &[Operation], device: DeviceId) -> Option<LastRecord<'_>> {
    let own = || operations.iter().filter(move |operation| operation.device == device);
    let retracted: BTreeSet<RecordRef> = own()
        .filter_map(|operation| match &operation.body {
            Body::Retracted { record, .. } => Some(*record),
            _ => None,
        })
        .collect();
    own()
        .filter_map(|operation| Some(LastRecord { operation, record: record_of(&operation.body)? }))
        .filter(|last| !retracted.contains(&last.record))
        .max_by_key(|last| last.operation.sequence)
}

fn record_of(body: &Body) -> Option<RecordRef> {
    match body {
        Body::ContactSaved { contact, .. } => Some(RecordRef::Contact(contact.id)),
        Body::ObservationSaved { observation } => Some(RecordRef::Observation(observation.id)),
        Body::ReferralOpened { referral, .. } => Some(RecordRef::Referral(referral.id)),
        Body::IncidentSaved { incident } => Some(RecordRef::Incident(incident.id)),
        _ => None,
    }
}

/// What the screen says of the last record.
#[must_use]
pub fn last_view(last: &LastRecord<'_>, kits: &[Kit]) -> LastActionView {
    let record = match &last.operation.body {
        Body::ContactSaved { contact, handouts } => RecordSummary::Contact {
            gender: contact.gender,
            kind: contact.kind,
            n_persons: contact.n_persons,
            kit: kit_of(contact, handouts, kits).map(|kit| kit.code.clone()),
        },
        Body::ObservationSaved { observation } => {
            RecordSummary::Observation { reason: observation.reason, n: observation.n }
        }
        _ => RecordSummary::Other,
    };
    LastActionView { operation: last.operation.id, record, undo_until: last.undo_until() }
}

/// The kit that was handed out to everybody of the contact, and nothing else.
fn kit_of<'a>(contact: &Contact, handouts: &[SupplyMove], kits: &'a [Kit]) -> Option<&'a Kit> {
    let mut given: BTreeMap<&ItemCode, i64> = BTreeMap::new();
    for supply in handouts {
        *given.entry(&supply.item).or_default() += i64::from(supply.quantity);
    }
    kits.iter().find(|kit| {
        let contents: BTreeMap<&ItemCode, i64> = kit
            .contents
            .iter()
            .map(|(item, pieces)| (item, i64::from(*pieces) * i64::from(contact.n_persons)))
            .collect();
        !contents.is_empty() && contents == given
    })
}

/// Pieces of each item, in the order of the items.
#[must_use]
pub fn item_counts<'a>(moves: impl IntoIterator<Item = &'a SupplyMove>) -> Vec<ItemCount> {
    let mut totals: BTreeMap<&ItemCode, i64> = BTreeMap::new();
    for supply in moves {
        *totals.entry(&supply.item).or_default() += i64::from(supply.quantity);
    }
    totals
        .into_iter()
        .map(|(item, pieces)| ItemCount { item: item.clone(), quantity: u16::try_from(pieces).unwrap_or(u16::MAX) })
        .collect()
}
