//! Recovery without a device (*recupero*): the recovery identity opens what phones, server and carried files hold.
//!
//! ```text
//! Gathered   sealed operations of journals, of a server's database, of `.uscita` files; each place once
//!     │ open  the manifest names the keys; chain and signature of every place are checked; `age` opens
//!     ▼
//! Recovered  operations and desk entries, the programme's configuration, and all that did not come back, with why
//! ```
//!
//! Sources are read and never written: callers give copies, because `SQLite` writes to a file that was not closed. A
//! damaged row, a forged place, a gap: each is told by device and number, and nothing else is held up by it. What opens
//! but is not proved to be its sender's is kept apart ([`Trust::Refuted`]), and so is what a server held in quarantine.
//!
//! Invariant 10: the same recovery needs only the words, `age` and `docs/recupero.md`.

mod folder;
mod into;
mod open;
mod source;

#[cfg(test)]
mod tests;

pub use folder::Folder;
pub use open::{Content, Opened, Recovered};

use domain::ids::DeviceId;
use domain::sync::chain::Digest;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::Envelope;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How well it is proved who wrote an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Its place in its sender's log is signed with the key that the manifest names.
    Signed,
    /// It is signed with the key that the journal itself names; no manifest says whose that is.
    OwnKey,
    /// The chain holds, and no key is known.
    Unproven,
    /// It opens, but chain or signature does not hold. Not folded.
    Refuted,
}

/// Why something did not come back, or not as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A row of the file cannot be read.
    Unreadable,
    /// The bytes are not those that were saved.
    Damaged,
    /// The sender did not sign it.
    Forged,
    /// Sealed to others.
    NotForUs,
    /// A newer version wrote it: opened, kept as it is, not folded.
    TooNew,
    /// The content names another place than its own.
    Mismatch,
    /// The server set it aside without keeping it.
    Refused,
    /// A desk had held it for long, and the server removed its bytes: look for the desk.
    Removed,
    /// The log goes on beyond it, and no source has it.
    Missing,
    /// The log has two continuations here; both are kept.
    Fork,
    /// A manifest is not signed as it should be.
    BadManifest,
    /// The programme's lists and keys do not open.
    NoConfiguration,
}

/// What did not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Trouble {
    /// Why.
    pub why: Why,
    /// Whose log; none for what belongs to no log.
    pub device: Option<DeviceId>,
    /// First place concerned; 0 if it is none in particular.
    pub first: u64,
    /// Last place concerned.
    pub last: u64,
}

impl Trouble {
    const fn at(why: Why, device: DeviceId, place: u64) -> Self {
        Self { why, device: Some(device), first: place, last: place }
    }

    const fn general(why: Why) -> Self {
        Self { why, device: None, first: 0, last: 0 }
    }
}

/// A sealed operation where it was found.
struct Found {
    envelope: Envelope,
    /// Held apart by the server: of a revoked device, or of a second continuation.
    quarantined: bool,
}

/// Everything that the sources hold, still sealed.
#[derive(Default)]
pub struct Gathered {
    found: BTreeMap<(DeviceId, u64), Vec<Found>>,
    manifests: Vec<SignedManifest>,
    /// Addresses of the server, as journals name it.
    servers: BTreeSet<String>,
    /// Signing keys as journals name their own.
    own_keys: BTreeMap<DeviceId, Vec<u8>>,
    /// How far each log goes, for those of which a source has the whole.
    logs: BTreeMap<DeviceId, u64>,
    /// Places whose bytes the server does not keep.
    refused: BTreeMap<(DeviceId, u64), RefusalCode>,
    troubles: BTreeSet<Trouble>,
}

impl Gathered {
    /// Places with something sealed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether no source had anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Adds a manifest that was kept by itself.
    pub fn add_manifest(&mut self, manifest: SignedManifest) {
        self.manifests.push(manifest);
    }

    /// Adds what was found, once for every different content of its place.
    fn add(&mut self, envelope: Envelope, quarantined: bool) {
        let (device, sequence) = (envelope.device, envelope.operation.sequence);
        if let Some(code) = envelope.refused {
            self.refused.insert((device, sequence), code);
            return;
        }
        let content = Digest::of(&envelope.operation.sealed.0);
        let here = self.found.entry((device, sequence)).or_default();
        let is_same = |known: &&mut Found| {
            known.envelope.chain == envelope.chain && Digest::of(&known.envelope.operation.sealed.0) == content
        };
        match here.iter_mut().find(is_same) {
            Some(known) => known.quarantined &= quarantined,
            None => here.push(Found { envelope, quarantined }),
        }
    }

    fn reach(&mut self, device: DeviceId, sequence: u64) {
        let last = self.logs.entry(device).or_default();
        *last = sequence.max(*last);
    }
}
