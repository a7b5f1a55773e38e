//! The outing of this phone as this phone wrote it: its counters are true without radio, and what the lead pulled from
//! the partner does not change them.

use super::sign::lacks_night_log;
use crate::error::{NotebookError, Result};
use crate::notebook::{Notebook, Part};
use crate::store::meta::{self, MetaKey};
use domain::contact::Contact;
use domain::ids::{ContactId, DeviceId, OutingId, ZoneCode};
use domain::operation::{Operation, OperationBody as Body, OutingState};
use domain::outing::{OutingStatus, Stop};
use domain::programme::Programme;
use domain::sync::manifest::Role;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One outing, from this device's own operations only.
pub(super) struct OwnNight {
    /// Own operations, by sequence.
    pub(super) operations: Arc<Vec<Operation>>,
    /// What they fold to.
    pub(super) state: Arc<OutingState>,
}

impl OwnNight {
    /// The last stop of this phone that was not taken back.
    pub(super) fn stop(&self) -> Option<&Stop> {
        self.operations.iter().rev().find_map(|operation| match &operation.body {
            Body::StopOpened { stop } if self.state.stops.contains_key(&stop.id) => Some(stop),
            _ => None,
        })
    }

    /// Where the van is. A crash between opening and first stop leaves the first planned zone.
    pub(super) fn zone(&self, programme: &Programme) -> ZoneCode {
        let planned = || self.state.outing.planned_zones.first().cloned();
        let listed = || programme.zones.first().map(|zone| zone.code.clone());
        self.stop().map(|stop| stop.zone.clone()).or_else(planned).or_else(listed).unwrap_or_else(|| ZoneCode::new(""))
    }

    /// The last `n` contacts of this phone that stand, the latest first.
    pub(super) fn last_contacts(&self, n: usize) -> Vec<&Contact> {
        self.contact_ids().filter_map(|id| self.state.contacts.get(&id)).take(n).collect()
    }

    fn contact_ids(&self) -> impl Iterator<Item = ContactId> {
        self.operations.iter().rev().filter_map(|operation| match &operation.body {
            Body::ContactSaved { contact, .. } | Body::PersonSplitOff { contact, .. } => Some(contact.id),
            _ => None,
        })
    }
}

/// One outing from this device's operations; none if it only reviewed it.
pub(super) fn own_night(notebook: &Notebook, outing: OutingId) -> Result<Option<OwnNight>> {
    let Part { operations, state } = notebook.own_part(outing)?;
    Ok(state.map(|state| OwnNight { operations, state }))
}

/// The outing that is under way on this phone: as only one is open at a time (V02), the last one it opened.
pub(super) fn open_night(notebook: &Notebook) -> Result<Option<OwnNight>> {
    let last = notebook.find_last_outing_id()?.map(|outing| own_night(notebook, outing)).transpose()?.flatten();
    Ok(last.filter(|night| night.state.outing.status == OutingStatus::Open))
}

/// The outings this phone opened of which nothing is left to do here: over, everything of this phone with the server,
/// and on a lead's phone signed with all that is known. Whether others still wait is seen only by folding them whole.
pub(super) fn list_finished(notebook: &Notebook) -> Result<BTreeSet<OutingId>> {
    let journal = notebook.journal().state()?;
    let own = notebook.device();
    let mut finished = BTreeSet::new();
    for outline in notebook.list_outlines(None)? {
        let positions = notebook.list_positions(outline.id())?;
        let last = positions.iter().filter(|(device, _)| *device == own).map(|(_, sequence)| *sequence).max();
        let log = notebook.find_own_night_log(outline.id())?.map(|(_, sequence)| sequence);
        let is_sent = journal.refused.is_empty() && last.max(log) <= Some(journal.stored);
        let is_signed = is_signed_whole(&outline, &positions) && !lacks_night_log(notebook, &outline)?;
        let needs_signature = notebook.role() == Some(Role::Lead);
        if outline.outing.status != OutingStatus::Open && is_sent && (is_signed || !needs_signature) {
            finished.insert(outline.id());
        }
    }
    Ok(finished)
}

/// Whether a signature includes all operations that are here. The last signature itself is not among them.
fn is_signed_whole(outline: &OutingState, positions: &[(DeviceId, u64)]) -> bool {
    let Some(included) = outline.included() else { return false };
    let is_beyond =
        |(device, sequence): &&(DeviceId, u64)| !included.iter().any(|entry| entry.covers(*device, *sequence));
    positions.iter().filter(is_beyond).count() <= 1
}

/// As [`open_night`], where an outing must be open.
pub(super) fn require_open(notebook: &Notebook) -> Result<OwnNight> {
    open_night(notebook)?.ok_or(NotebookError::WrongState("no outing is open"))
}

/// Remembers the code of the outing that is being opened.
pub(super) fn keep_code(notebook: &Notebook, outing: OutingId, code: &str) -> Result<()> {
    meta::put_json(notebook.store.connection(), MetaKey::OutingCode, &(outing, code))
}

/// The code of an outing, if it is the last one opened here.
pub(super) fn find_code(notebook: &Notebook, outing: OutingId) -> Result<Option<String>> {
    let kept: Option<(OutingId, String)> = meta::find_json(notebook.store.connection(), MetaKey::OutingCode)?;
    Ok(kept.filter(|(of, _)| *of == outing).map(|(_, code)| code))
}
