//! *Dispositivi*, from what the manifest, the server and the list of acts say to what the screen shows. Pure.

use crate::error::{NotebookError, Result};
use crate::store::device_act::DeviceAct;
use crate::view::{
    BegunKeysView, DeviceActKind, DeviceActView, DeviceReason, DeviceView, DroppedView, KeysView, QuarantineView,
    WipeState, number,
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::ids::DeviceId;
use domain::sync::manifest::{DeviceStatus, Manifest, ManifestDevice, Role};
use domain::sync::quarantine::{DROPPED_DAYS, Quarantine, QuarantinedBatch};
use domain::sync::standing::{DeviceStanding, DeviceStandings};
use domain::time::{local_clock, operational_date};
use std::collections::BTreeMap;

/// Days without news after which an ordered wipe is called *mai più vista*.
const NEVER_SEEN_DAYS: i64 = 7;

/// What the server says of the devices, and what it gave out of them that nobody vouches for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) standings: Option<DeviceStandings>,
    pub(crate) quarantine: Option<Quarantine>,
    /// Operations that are in the log already and wait for this desk's word.
    pub(crate) waiting: BTreeMap<DeviceId, u64>,
}

/// The names by which people speak of devices: `D1` … for phones, `S1` … for desks, by the order of enrolment.
pub(crate) fn names(manifest: &Manifest) -> BTreeMap<DeviceId, String> {
    let (mut phones, mut desks) = (0_u32, 0_u32);
    let mut named = BTreeMap::new();
    for device in &manifest.devices {
        let (letter, count) = if device.unit.is_some() { ('D', &mut phones) } else { ('S', &mut desks) };
        *count = count.saturating_add(1);
        named.insert(device.id, format!("{letter}{count}"));
    }
    named
}

impl crate::notebook::Notebook {
    /// How people call the devices of the programme, `D3`, `S1`.
    #[must_use]
    pub fn device_names(&self) -> BTreeMap<DeviceId, String> {
        self.manifest().map(names).unwrap_or_default()
    }
}

/// Every device, phones first.
pub(crate) fn devices(
    manifest: &Manifest,
    own: DeviceId,
    said: &Said,
    acts: &[DeviceAct],
    today: NaiveDate,
) -> Vec<DeviceView> {
    let names = names(manifest);
    let mut shown: Vec<DeviceView> = manifest
        .devices
        .iter()
        .map(|device| {
            let name = names.get(&device.id).cloned().unwrap_or_default();
            device_view(device, name, own, said, acts, today)
        })
        .collect();
    shown.sort_by_key(|device| device.unit.is_none());
    shown
}

fn device_view(
    device: &ManifestDevice,
    name: String,
    own: DeviceId,
    said: &Said,
    acts: &[DeviceAct],
    today: NaiveDate,
) -> DeviceView {
    let standing =
        said.standings.as_ref().and_then(|said| said.devices.iter().find(|standing| standing.device == device.id));
    let count = |of: fn(&DeviceStanding) -> u64| u32::try_from(standing.map_or(0, of)).unwrap_or(u32::MAX);
    let since = acts
        .iter()
        .rfind(|act| act.device == device.id && ["revoke", "wipe"].contains(&act.kind.as_str()))
        .map(|act| operational_date(act.at));
    let seen_on = standing.and_then(|standing| standing.seen_on);
    let days_since = |then: NaiveDate| today.signed_duration_since(then).num_days();
    let is_silent =
        |ordered: NaiveDate| days_since(ordered) >= NEVER_SEEN_DAYS && seen_on.is_none_or(|seen_on| seen_on < ordered);
    let wipe = (device.status == DeviceStatus::Wipe).then(|| match standing.and_then(|standing| standing.wiped_on) {
        Some(_) => WipeState::Confirmed,
        // Without the server's word nothing is said about silence.
        None if said.standings.is_some() && since.is_some_and(is_silent) => WipeState::NeverSeen,
        None => WipeState::Ordered,
    });
    DeviceView {
        device: device.id,
        name,
        unit: device.unit.clone(),
        role: device.role,
        own: device.id == own,
        status: device.status,
        enrolled_on: device.enrolled_on,
        seen_on,
        silent_days: seen_on.map(|seen_on| u32::try_from(days_since(seen_on)).unwrap_or_default()),
        stored: count(|standing| standing.stored),
        backed_up: count(|standing| standing.backed_up),
        forked: standing.is_some_and(|standing| standing.quarantined_on.is_some()),
        quarantine: said.quarantine.as_ref().and_then(|quarantine| quarantine_view(quarantine, device.id)),
        dropped: said.quarantine.as_ref().and_then(|quarantine| dropped_view(quarantine, device.id)),
        waiting: u32::try_from(said.waiting.get(&device.id).copied().unwrap_or_default()).unwrap_or(u32::MAX),
        wipe,
        since,
    }
}

fn quarantine_view(quarantine: &Quarantine, device: DeviceId) -> Option<QuarantineView> {
    let waits = |batch: &&QuarantinedBatch| batch.device == device && batch.dropped_on.is_none();
    let batches: Vec<_> = quarantine.batches.iter().filter(waits).collect();
    Some(QuarantineView {
        operations: count_operations(&batches),
        through: batches.iter().map(|batch| batch.number).max()?,
        received_on: batches.iter().map(|batch| batch.received_on).max()?,
    })
}

fn dropped_view(quarantine: &Quarantine, device: DeviceId) -> Option<DroppedView> {
    let is_dropped = |batch: &&QuarantinedBatch| batch.device == device && batch.dropped_on.is_some();
    let batches: Vec<_> = quarantine.batches.iter().filter(is_dropped).collect();
    let first = batches.iter().filter_map(|batch| batch.dropped_on).min()?;
    Some(DroppedView {
        operations: count_operations(&batches),
        through: batches.iter().map(|batch| batch.number).max()?,
        until: first.checked_add_days(Days::new(DROPPED_DAYS.into())).unwrap_or(first),
    })
}

/// The same operations may lie in several batches; each counts once by its number.
fn count_operations(batches: &[&QuarantinedBatch]) -> u32 {
    let mut spans: Vec<(u64, u64)> = batches.iter().map(|batch| (batch.first, batch.last)).collect();
    spans.sort_unstable();
    let mut counted = 0_u64;
    let mut through = 0_u64;
    for (first, last) in spans {
        let from = first.max(through.saturating_add(1));
        counted = counted.saturating_add(last.saturating_add(1).saturating_sub(from));
        through = through.max(last);
    }
    u32::try_from(counted).unwrap_or(u32::MAX)
}

/// The acts, the last one first.
pub(crate) fn acts(manifest: &Manifest, acts: &[DeviceAct]) -> Result<Vec<DeviceActView>> {
    let names = names(manifest);
    acts.iter()
        .rev()
        .map(|act| {
            Ok(DeviceActView {
                on: operational_date(act.at),
                at: local_clock(act.at),
                name: names.get(&act.device).cloned().unwrap_or_default(),
                kind: of_code(&act.kind)?,
                reason: act.reason.as_deref().map(of_code).transpose()?,
                operations: act.operations,
            })
        })
        .collect()
}

/// Since when the programme's keys are those of today, and who else may know them. `begun` is a change that waits.
pub(crate) fn keys(
    manifest: &Manifest,
    acts: &[DeviceAct],
    begun: Option<BegunKeysView>,
    today: NaiveDate,
) -> KeysView {
    let founded = manifest.devices.iter().map(|device| device.enrolled_on).min();
    let since = manifest.former_recovery.last().map(|former| former.until).or(founded).unwrap_or(today);
    let changed = acts.iter().rposition(|act| act.kind == "change_keys").map_or(0, |place| place.saturating_add(1));
    let revoked_since = |device: &ManifestDevice| {
        let later = acts.get(changed..).unwrap_or_default();
        device.status != DeviceStatus::Active
            && later.iter().any(|act| act.device == device.id && ["revoke", "wipe"].contains(&act.kind.as_str()))
    };
    let names = names(manifest);
    let desks: Vec<&ManifestDevice> = manifest
        .devices
        .iter()
        .filter(|device| matches!(device.role, Role::Coordinator | Role::Admin) && revoked_since(device))
        .collect();
    KeysView {
        since,
        days: u32::try_from(today.signed_duration_since(since).num_days()).unwrap_or_default(),
        known_to: desks.iter().filter_map(|device| names.get(&device.id).cloned()).collect(),
        signer_known: desks.iter().any(|device| device.role == Role::Admin),
        begun,
    }
}

/// An act, as it is kept.
pub(crate) fn act(
    at: DateTime<Utc>,
    device: DeviceId,
    kind: DeviceActKind,
    reason: Option<DeviceReason>,
    operations: Option<u64>,
) -> Result<DeviceAct> {
    let operations = operations.map(|count| number(usize::try_from(count).unwrap_or(usize::MAX)));
    let reason = reason.map(|reason| code(&reason)).transpose()?;
    Ok(DeviceAct { at, device, kind: code(&kind)?, reason, operations })
}

fn code(value: &impl serde::Serialize) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        _ => Err(NotebookError::Internal("code of an act")),
    }
}

fn of_code<T: serde::de::DeserializeOwned>(code: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(code.to_owned()))
        .map_err(|_| NotebookError::Damaged("an act about a device"))
}

/// Days until a moment, to the nearest one, so that thirty days are thirty also a moment after the signing; negative
/// once it has passed.
pub(crate) fn days_until(then: DateTime<Utc>, now: DateTime<Utc>) -> i32 {
    const DAY: i64 = 24 * 60 * 60;
    let seconds = then.signed_duration_since(now).num_seconds();
    let nearest = if then < now { 0 } else { DAY / 2 };
    i32::try_from((seconds + nearest).div_euclid(DAY)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
