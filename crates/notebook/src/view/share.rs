//! *Unisci le notti*: the nights of two phones, joined by a file and without any network.

use domain::ids::OutingId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What one phone has written for the outing, as far as it is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct UnionPhoneView {
    /// This phone.
    pub own: bool,
    /// Cards (*schede*) that stand; none when its night is here sealed and cannot be opened.
    pub cards: Option<u32>,
    /// Operations, sealed or opened.
    pub records: u32,
}

/// Both nights: numbers only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct UnionView {
    /// The outing.
    pub outing_id: OutingId,
    /// This phone first, then the others.
    pub phones: Vec<UnionPhoneView>,
    /// Cards of all phones; none unless all are opened here and there is more than one phone.
    pub together: Option<u32>,
    /// Pairs of cards that may be one (V08, V34); the lead decides them at the review. None on a member's phone.
    pub pairs: Option<u32>,
    /// Everything this phone has written so far came back from another phone: that one holds it.
    pub held_elsewhere: bool,
}

/// The file for the other phone.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ExportView {
    /// Its name: says nothing about anybody.
    pub file_name: String,
    /// Where it is, for the person to find it.
    pub path: String,
    /// Operations in it.
    pub records: u32,
}

/// A file of another phone, as the person chose it.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ImportInput {
    /// The file's bytes in base 64.
    pub content_base64: String,
}

impl std::fmt::Debug for ImportInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ImportInput")
    }
}

/// What came of a file.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ImportView {
    /// Operations taken in.
    pub new: u32,
    /// Operations that were here already.
    pub known: u32,
    /// Operations set aside: the app is too old for them, or they are not for this phone.
    pub set_aside: u32,
    /// This very phone made the file: nothing of the other one is in it.
    pub own_file: bool,
    /// The outing of the file, afterwards.
    pub night: UnionView,
}
