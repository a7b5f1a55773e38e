//! What the calls of the store give back, and what a decision brings along.

use super::incoming::Incoming;
use chrono::NaiveDate;
use domain::sync::audit::{AuditHead, AuditKind, Note};
use domain::sync::auth::RequestSignature;
use domain::sync::chain::{Digest, genesis};
use domain::sync::manifest::Role;
use domain::sync::publish::LINK_BYTES;
use domain::sync::push::Batch;
use domain::sync::quarantine::{QuarantineDecision, QuarantineVerdict};
use domain::sync::receipt::RefusedOperation;
use domain::sync::{DeviceId, UnitId};

pub use crate::nonces::Seen;

/// Bytes that quarantine keeps of one device.
pub const ROOM_BYTES: i64 = 64 * 1024 * 1024;

/// What became of a batch.
#[derive(Debug, PartialEq, Eq)]
pub enum Appended {
    /// Everything in it is held now; some of it was not before.
    Held(Held),
    /// Everything in it was held before. Nothing was stored.
    Known(Held),
    /// An earlier operation is missing.
    Gap {
        /// The number to go on with.
        expected: u64,
    },
    /// It does not continue what is held. The device is quarantined and the batch is kept apart.
    Fork {
        /// The number after the last one held.
        expected: u64,
        /// Whether it was not kept apart before.
        is_new: bool,
    },
    /// As [`Appended::Fork`], but quarantine has no room left and the batch was not kept.
    NoRoom,
}

impl Appended {
    /// What became of a batch that was set apart.
    #[must_use]
    pub const fn apart(kept: Kept, expected: u64) -> Self {
        match kept {
            Kept::Yes => Self::Fork { expected, is_new: true },
            Kept::Known => Self::Fork { expected, is_new: false },
            Kept::NoRoom => Self::NoRoom,
        }
    }
}

/// What is held of one device: the content of a receipt.
#[derive(Debug, PartialEq, Eq)]
pub struct Held {
    /// Operations 1…`stored`.
    pub stored: u64,
    /// Chain value at `stored`.
    pub head: Digest,
    /// Operations with a copy off this host.
    pub backed_up: u64,
    /// Operations set aside, ascending.
    pub refused: Vec<RefusedOperation>,
    /// The last place of the server's record.
    pub audit: AuditHead,
}

impl Held {
    /// Of a device that never sent.
    #[must_use]
    pub fn nothing(device: DeviceId, audit: AuditHead) -> Self {
        Self { stored: 0, head: genesis(device), backed_up: 0, refused: Vec::new(), audit }
    }
}

/// A verified release and where it goes.
#[derive(Clone)]
pub struct Publish {
    /// The recipient's link.
    pub link: [u8; LINK_BYTES],
    /// Salt of the password's hash.
    pub salt: Vec<u8>,
    /// The password's hash.
    pub hash: Vec<u8>,
    /// Its number.
    pub number: u32,
    /// SHA-256 of its bytes.
    pub fingerprint: Digest,
    /// Its bytes.
    pub document: Vec<u8>,
    /// The desk's signature.
    pub signature: Vec<u8>,
}

/// What became of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Laid {
    /// It lies there.
    Yes,
    /// Another one has its number, or it was withdrawn.
    OtherUnderNumber,
}

/// What lies under a link.
pub struct Shelf {
    /// Salt of the password's hash.
    pub salt: Vec<u8>,
    /// The password's hash.
    pub hash: Vec<u8>,
    /// Releases, the newest first.
    pub releases: Vec<OnShelf>,
}

/// A release on a shelf.
pub struct OnShelf {
    /// Its number.
    pub number: u32,
    /// Its bytes; none when it was withdrawn.
    pub document: Option<Vec<u8>>,
    /// When it was.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Why an acknowledgement of one log was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOurs {
    /// It goes beyond what is stored.
    Beyond {
        /// The number after the last one held.
        expected: u64,
    },
    /// Its chain value is another one.
    OtherHead,
}

/// Whether a batch was kept in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is there now.
    Yes,
    /// It was there before, or in the log.
    Known,
    /// The device has filled [`ROOM_BYTES`].
    NoRoom,
}

/// Whether a manifest came into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is in force.
    InForce,
    /// One with this number, or a later one, already is.
    Stale,
    /// Another one is in force than the one by which it was checked.
    Overtaken,
}

/// What became of an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// The keys wait for the admin, or have already been settled.
    Waiting,
    /// The code is unknown, expired, burnt, or was used by somebody else.
    Spent,
    /// Another request has handed in other keys for this device.
    Taken,
}

/// A decision about quarantine with everything that proves who took it.
pub struct Decided {
    /// What was decided.
    pub decision: QuarantineDecision,
    /// The request's signature.
    pub signature: RequestSignature,
    /// The request's body, as it was signed.
    pub body: Vec<u8>,
    /// Role of the device whose batches these are, as the manifest has it.
    pub role: Role,
    /// Its unit: only batches in its name are released.
    pub unit: Option<UnitId>,
    /// Today, UTC.
    pub today: NaiveDate,
}

impl Decided {
    /// A batch from quarantine as it may go into its log; none when it is in the name of another unit.
    #[must_use]
    pub fn admits(&self, batch: Batch, body: Vec<u8>) -> Option<Incoming> {
        let is_own = self.unit.as_ref().is_none_or(|unit| *unit == batch.unit);
        is_own.then(|| Incoming::of(batch, body, self.role, self.unit.clone(), self.today))
    }

    /// For the record.
    #[must_use]
    pub const fn note(&self) -> Note {
        let kind = match self.decision.verdict {
            QuarantineVerdict::Release => AuditKind::Released,
            QuarantineVerdict::Drop => AuditKind::Dropped,
            QuarantineVerdict::TakeBack => AuditKind::TakenBack,
        };
        let note = Note::new(self.today, kind).by(self.signature.device).about(self.decision.device);
        // More than a database's integer holds is more than there are batches.
        if self.decision.through <= i64::MAX as u64 { note.with(self.decision.through) } else { note }
    }

    /// What is to stand at the batches it is about as the day of the last decision: what was taken back waits for one.
    #[must_use]
    pub fn decided_on(&self) -> Option<NaiveDate> {
        (!self.is_about_dropped()).then_some(self.today)
    }

    /// What is to stand at them as the day they were dropped.
    #[must_use]
    pub fn dropped_on(&self) -> Option<NaiveDate> {
        (self.decision.verdict == QuarantineVerdict::Drop).then_some(self.today)
    }

    /// Whether it is about batches that were dropped, and about no others; otherwise about all others.
    #[must_use]
    pub fn is_about_dropped(&self) -> bool {
        self.decision.verdict == QuarantineVerdict::TakeBack
    }

    /// The number that the decision reaches up to. One that no row can have is behind them all.
    #[must_use]
    pub fn through(&self) -> i64 {
        i64::try_from(self.decision.through).unwrap_or(i64::MAX)
    }
}
