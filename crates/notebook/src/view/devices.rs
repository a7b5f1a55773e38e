//! *Dispositivi*: the devices of the programme, where each stands, and what the desk did about them.

use crate::error::ErrorCode;
use crate::view::{KeysView, ServerLinesView};
use chrono::NaiveDate;
use domain::ids::{DeviceId, UnitId};
use domain::sync::manifest::{DeviceStatus, Role};
use domain::sync::quarantine::QuarantineVerdict;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far an order to wipe has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum WipeState {
    /// *Ordinata*: the device has not asked yet.
    Ordered,
    /// *Confermata*: the device says that its keys are gone.
    Confirmed,
    /// *Mai più vista*: nothing was heard of it since, for a week or longer.
    NeverSeen,
}

/// Why a device is revoked or wiped. A closed list: nothing about a person is ever written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DeviceReason {
    /// It was lost.
    Lost,
    /// It was stolen or taken.
    Stolen,
    /// Another one takes its place.
    Replaced,
    /// Who used it does not go out any more.
    Left,
}

/// What the desk did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DeviceActKind {
    /// *Revoca*.
    Revoke,
    /// *Ordina la cancellazione*.
    Wipe,
    /// Released from quarantine.
    Release,
    /// Dropped from quarantine.
    Drop,
    /// Taken back after it was dropped.
    TakeBack,
    /// The programme's keys were changed, at this device.
    ChangeKeys,
}

/// The devices, and how fresh the manifest is.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DevicesView {
    /// Number of the manifest in force.
    pub manifest: u64,
    /// Days until it expires, to the nearest; negative once it has.
    pub expires_in_days: i32,
    /// This desk may sign: revoke, order, renew.
    pub may_sign: bool,
    /// The server has the manifest in force; a change that it does not know yet has no effect.
    pub published: bool,
    /// There is a server; without one nobody can be enrolled.
    pub has_server: bool,
    /// What the server's settings need.
    pub lines: ServerLinesView,
    /// The units that a new phone can belong to.
    pub units: Vec<UnitId>,
    /// Phones first, in the order of their enrolment.
    pub devices: Vec<DeviceView>,
    /// What was done, the last act first.
    pub acts: Vec<DeviceActView>,
    /// The programme's keys.
    pub keys: KeysView,
    /// Why the server could not be asked; what it says of the devices is then missing.
    pub error: Option<ErrorCode>,
}

/// One device.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DeviceView {
    /// Which.
    pub device: DeviceId,
    /// `D1`, `D2` … for phones, `S1` … for desks, by the order of enrolment.
    pub name: String,
    /// Its unit; none at the desk.
    pub unit: Option<UnitId>,
    /// What it may do.
    pub role: Role,
    /// It is this one.
    pub own: bool,
    /// Where it stands.
    pub status: DeviceStatus,
    /// Day of enrolment.
    pub enrolled_on: NaiveDate,
    /// Day on which the server last got anything of it.
    pub seen_on: Option<NaiveDate>,
    /// Days since then; none if nothing ever came.
    pub silent_days: Option<u32>,
    /// Operations that the server holds.
    pub stored: u32,
    /// Of these, with a copy here or elsewhere.
    pub backed_up: u32,
    /// Its log forked: a copy of it exists, or it was set back.
    pub forked: bool,
    /// What waits in quarantine.
    pub quarantine: Option<QuarantineView>,
    /// What was dropped, and can be taken back.
    pub dropped: Option<DroppedView>,
    /// Operations of it that came without being vouched for: they wait for a release, and count for nothing.
    pub waiting: u32,
    /// How far an order to wipe has come.
    pub wipe: Option<WipeState>,
    /// Day of the last act that revoked it or ordered its wipe here.
    pub since: Option<NaiveDate>,
}

/// What one device has in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct QuarantineView {
    /// Operations, by their numbers in the device's log.
    pub operations: u32,
    /// Number of the last batch: a decision reaches so far.
    #[ts(type = "number")]
    pub through: u64,
    /// Day of the last arrival.
    pub received_on: NaiveDate,
}

/// What was dropped of one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct DroppedView {
    /// Operations, by their numbers in the device's log.
    pub operations: u32,
    /// Number of the last batch.
    #[ts(type = "number")]
    pub through: u64,
    /// Day from which the server may remove the first of it.
    pub until: NaiveDate,
}

/// One act.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct DeviceActView {
    /// Day.
    pub on: NaiveDate,
    /// Local time, `10:20`.
    pub at: String,
    /// The device's name.
    pub name: String,
    /// What.
    pub kind: DeviceActKind,
    /// Why, where a reason is asked for.
    pub reason: Option<DeviceReason>,
    /// Operations that came back by it.
    pub operations: Option<u32>,
}

/// *Revoca*.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct RevokeInput {
    /// Which.
    pub device: DeviceId,
    /// Why.
    pub reason: DeviceReason,
}

/// *Ordina la cancellazione*.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct WipeInput {
    /// Which.
    pub device: DeviceId,
    /// Why: lost or stolen.
    pub reason: DeviceReason,
    /// The desk's passphrase, asked again.
    pub passphrase: String,
}

impl std::fmt::Debug for WipeInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WipeInput")
    }
}

/// What becomes of a device's batches in quarantine.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct DecideInput {
    /// Whose.
    pub device: DeviceId,
    /// As the list said: nothing that came later is decided. 0 where nothing is in quarantine, and something waits.
    #[ts(type = "number")]
    pub through: u64,
    /// Release, drop, or take back what was dropped.
    pub verdict: QuarantineVerdict,
}

/// Where this very device stands with its programme.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct StandingView {
    /// Days until the manifest expires, to the nearest; negative once it has. None before enrolment and in a training.
    pub expires_in_days: Option<i32>,
    /// It is revoked: it reads nothing more, and what it saves may still be handed in.
    pub revoked: bool,
}
