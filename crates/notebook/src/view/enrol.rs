//! *Aggiungi un dispositivo*: a code for it, who came with one, the six words.

use crate::error::ErrorCode;
use domain::ids::{DeviceId, UnitId};
use domain::sync::manifest::Role;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Draws a code.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct InviteInput {
    /// What the device will be.
    pub role: Role,
    /// Its unit; none for a desk.
    pub unit: Option<UnitId>,
    /// Ten characters to read aloud, in the place of a picture.
    pub typed: bool,
}

/// A code that is valid once, for a short time. Shown, never kept.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct InviteView {
    /// The picture; none for a code to read aloud.
    pub qr: Option<QrView>,
    /// Ten characters; none with a picture.
    pub spoken: Option<String>,
    /// The server's address, which has to be typed with the ten characters.
    pub server: String,
    /// Until when, local time: `10:35`.
    pub until: String,
}

impl std::fmt::Debug for InviteView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InviteView")
    }
}

/// A QR picture.
#[derive(Clone, Serialize, TS)]
#[ts(export)]
pub struct QrView {
    /// Modules on a side, without the quiet zone.
    pub size: u16,
    /// SVG path of the dark modules.
    pub path: String,
}

/// Who came with a code and proved it.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PendingView {
    /// Those who wait, oldest first.
    pub devices: Vec<PendingDeviceView>,
    /// Why the server could not be asked.
    pub error: Option<ErrorCode>,
}

/// A device that waits to be signed for.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct PendingDeviceView {
    /// Which.
    pub device: DeviceId,
    /// What the code was drawn for.
    pub role: Role,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// Six words, to be compared aloud with those of the device.
    pub words: Vec<String>,
}

/// The words were compared.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[ts(export)]
pub struct ApproveInput {
    /// Which device.
    pub device: DeviceId,
}

/// What a frame of the camera shows a new device.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct InvitationView {
    /// The desk's picture; none if it is not in the frame.
    pub found: Option<FoundInvitation>,
}

/// The desk's picture, read.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FoundInvitation {
    /// Where the server is.
    pub server: String,
    /// The text of the picture: what `enrol` takes as the code.
    pub code: String,
}

impl std::fmt::Debug for FoundInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FoundInvitation")
    }
}
