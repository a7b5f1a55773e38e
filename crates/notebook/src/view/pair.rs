//! *Collega i telefoni*: two phones agree on an outing without any network.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this phone shows the other one.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct LinkView {
    /// The four characters.
    pub code: String,
    /// The word that both phones say aloud.
    pub word: String,
    /// Modules on a side of the QR picture, without the quiet zone.
    pub qr_size: u16,
    /// SVG path of its dark modules, one unit each.
    pub qr_path: String,
    /// Nothing is recorded in this outing yet: this phone may still join the other one's.
    pub can_join: bool,
}

/// A code as somebody typed it, or a picture gave it.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct CodeInput {
    /// Four characters; case, spaces and look-alikes are forgiven.
    pub code: String,
}

/// The outing that this phone goes over to.
#[derive(Clone, Debug, Deserialize, TS)]
#[ts(export)]
pub struct JoinInput {
    /// The other phone's code.
    pub code: String,
    /// Something is recorded on the other phone: its outing stays, whatever the codes say.
    pub other_recorded: bool,
}

/// What a code stands for.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CodeView {
    /// The four characters as both phones write them, with the word to say aloud; none if it is no code: one
    /// character is wrong.
    pub found: Option<FoundCode>,
}

/// A code that both phones know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct FoundCode {
    /// The four characters.
    pub code: String,
    /// The word that the other phone must show too.
    pub word: String,
}

/// A frame of the camera. It is read and forgotten.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct FrameInput {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Brightness of every pixel, one byte each, 0 black, in base 64.
    pub luma_base64: String,
}

impl std::fmt::Debug for FrameInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FrameInput")
    }
}
