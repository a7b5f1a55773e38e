//! The last record of a phone: what the screen says of it, and how long it can be taken back.

use crate::view::{ItemCount, LastActionView, RecordSummary};
use chrono::{DateTime, TimeDelta, Utc};
use domain::contact::Contact;
use domain::ids::{DeviceId, ItemCode};
use domain::operation::{Operation, OperationBody as Body, RecordRef};
use domain::programme::Kit;
use domain::supply::{MoveKind, SupplyMove};
use std::collections::{BTreeMap, BTreeSet};

/// How long *Annulla* is offered after a save.
pub const UNDO_WINDOW: TimeDelta = TimeDelta::seconds(10);

/// A record that was saved last and stands.
pub struct LastRecord<'a> {
    /// The operation that saved it.
    pub operation: &'a Operation,
    /// The records it made, to be taken back together; none where a step cannot be.
    pub records: Vec<RecordRef>,
}

impl LastRecord<'_> {
    /// Until when it can be taken back: at once over for what cannot be.
    #[must_use]
    pub fn undo_until(&self) -> DateTime<Utc> {
        if self.records.is_empty() {
            return self.operation.at;
        }
        self.operation.at.checked_add_signed(UNDO_WINDOW).unwrap_or(self.operation.at)
    }
}

/// The last contact, observation, referral, step of a referral, incident, zone or load of this device that was not
/// taken back. The load and the zone that an outing starts with belong to the start.
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
        .filter_map(|operation| {
            let records = records_of(&operation.body)?;
            let is_correction = records.iter().any(|record| was_opened_before(operations, operation, *record));
            Some(LastRecord { operation, records: if is_correction { Vec::new() } else { records } })
        })
        .filter(|last| last.records.is_empty() || !last.records.iter().all(|record| retracted.contains(record)))
        .max_by_key(|last| last.operation.sequence)
}

/// A referral that is opened again is corrected: that is corrected once more, not taken back.
fn was_opened_before(operations: &[Operation], again: &Operation, record: RecordRef) -> bool {
    let opens = |operation: &&Operation| {
        let id = match &operation.body {
            Body::ReferralOpened { referral, .. } => referral.id,
            _ => return false,
        };
        operation.device == again.device && operation.sequence < again.sequence && record == RecordRef::Referral(id)
    };
    matches!(record, RecordRef::Referral(_)) && operations.iter().any(|operation| opens(&operation))
}

/// The records that an operation made; `None` for what is no action of its own on the screen.
fn records_of(body: &Body) -> Option<Vec<RecordRef>> {
    match body {
        Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. } => {
            Some(vec![RecordRef::Contact(contact.id)])
        }
        Body::ObservationSaved { observation } => Some(vec![RecordRef::Observation(observation.id)]),
        Body::ReferralOpened { referral, .. } => Some(vec![RecordRef::Referral(referral.id)]),
        Body::ReferralAdvanced { .. } => Some(Vec::new()),
        Body::IncidentSaved { incident } => Some(vec![RecordRef::Incident(incident.id)]),
        Body::StopOpened { stop } if stop.sequence > 1 => Some(vec![RecordRef::Stop(stop.id)]),
        Body::SuppliesMoved { moves, .. } if moves.iter().all(|supply| supply.kind == MoveKind::Load) => {
            Some(moves.iter().map(|supply| RecordRef::SupplyMove(supply.id)).collect())
        }
        _ => None,
    }
}

/// What the screen says of the last record.
#[must_use]
pub fn last_view(last: &LastRecord<'_>, kits: &[Kit]) -> Option<LastActionView> {
    let record = summary(&last.operation.body, kits)?;
    Some(LastActionView { operation: last.operation.id, record, undo_until: last.undo_until() })
}

fn summary(body: &Body, kits: &[Kit]) -> Option<RecordSummary> {
    Some(match body {
        Body::ContactSaved { contact, handouts } => RecordSummary::Contact {
            gender: contact.gender,
            kind: contact.kind,
            n_persons: contact.n_persons,
            kit: kit_of(contact, handouts, kits).map(|kit| kit.code.clone()),
        },
        Body::PersonSplitOff { contact, .. } => {
            RecordSummary::Contact { gender: contact.gender, kind: contact.kind, n_persons: 1, kit: None }
        }
        Body::ObservationSaved { observation } => {
            RecordSummary::Observation { reason: observation.reason, n: observation.n }
        }
        Body::ReferralOpened { referral, .. } => RecordSummary::Referral { service_type: referral.service_type },
        Body::ReferralAdvanced { events, .. } => RecordSummary::Step { state: events.last()?.state },
        Body::IncidentSaved { incident } => RecordSummary::Incident { incident_type: incident.incident_type },
        Body::StopOpened { stop } => RecordSummary::Zone { zone: stop.zone.clone() },
        Body::SuppliesMoved { moves, .. } => RecordSummary::Load { loaded: item_counts(moves).into_iter().next()? },
        _ => return None,
    })
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
