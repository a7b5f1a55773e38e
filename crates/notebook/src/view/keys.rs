//! *Cambia le chiavi del programma*, on the page of the devices.

use crate::view::DevicesView;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The programme's keys: how old, and who else may know them.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct KeysView {
    /// Since when these are in force.
    pub since: NaiveDate,
    /// Days since then.
    pub days: u32,
    /// Desks that were revoked since then, by their names: they know these keys.
    pub known_to: Vec<String>,
    /// One of them could sign: the key that signs is to be changed too.
    pub signer_known: bool,
    /// A change that was begun and is not in force.
    pub begun: Option<BegunKeysView>,
}

/// A change of keys that waits for its sheet to be checked.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(export)]
pub struct BegunKeysView {
    /// Day.
    pub on: NaiveDate,
    /// The key that signs changes too.
    pub signer_too: bool,
}

/// Begins a change of keys, or goes back to the sheet of the one that was begun.
#[derive(Clone, Deserialize, TS)]
#[ts(export)]
pub struct ChangeKeysInput {
    /// The key that signs is to change too.
    pub signer_too: bool,
    /// The desk's passphrase, asked again.
    pub passphrase: String,
}

impl std::fmt::Debug for ChangeKeysInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChangeKeysInput")
    }
}

/// What came of the words that were asked for.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct ChangedKeysView {
    /// They were right, and the new keys are in force.
    pub right: bool,
    /// The devices since then, with what the server's settings have to say; none if the words were wrong.
    pub devices: Option<DevicesView>,
}
