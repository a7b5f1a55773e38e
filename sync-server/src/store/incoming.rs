//! A verified batch with the verdict on each operation, ready to be stored.

use chrono::NaiveDate;
use domain::sync::audit::{AuditKind, Note};
use domain::sync::chain::{Digest, link};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::Role;
use domain::sync::push::{Batch, MAX_SEALED_BYTES, SealedOperation};
use domain::sync::{DeviceId, Stream, UnitId};

/// A verified batch, with the verdict on each operation.
pub struct Incoming {
    /// The sender.
    pub device: DeviceId,
    /// The unit the batch names.
    pub unit: UnitId,
    /// The unit whose leads may pull it.
    pub audience: Option<UnitId>,
    /// Chain value before the first entry.
    pub previous: Digest,
    /// At least one, with consecutive sequence numbers.
    pub entries: Vec<Entry>,
    /// The batch as it was sent, for quarantine.
    pub body: Vec<u8>,
    /// Day of arrival, UTC.
    pub today: NaiveDate,
}

/// One operation as it will be stored.
pub struct Entry {
    /// From 1.
    pub sequence: u64,
    /// Where it goes.
    pub stream: Stream,
    /// Chain value after it.
    pub chain: Digest,
    /// The sender's signature over this place of its log, for the readers.
    pub signature: Vec<u8>,
    /// The sealed bytes; none when they are not kept.
    pub sealed: Option<Vec<u8>>,
    /// Why it is set aside.
    pub refused: Option<RefusalCode>,
}

/// Whether a batch continues the log that is held.
pub enum Verdict<'a> {
    /// It does; these are new.
    Continues(&'a [Entry]),
    /// An earlier operation is missing.
    Gap {
        /// The number to go on with.
        expected: u64,
    },
    /// It continues another history.
    Elsewhere {
        /// The number after the last one held.
        expected: u64,
    },
}

impl Incoming {
    /// Judges a verified batch of a device of this role and unit. `body` is the batch as it was sent.
    #[must_use]
    pub fn of(batch: Batch, body: Vec<u8>, role: Role, audience: Option<UnitId>, today: NaiveDate) -> Self {
        let Batch { version: _, unit, device, previous, operations, head: _ } = batch;
        Self { device, unit, audience, previous, entries: judge(previous, operations, role), body, today }
    }

    /// For the record, when new operations bring night logs or desk entries.
    #[must_use]
    pub fn note(&self, new: &[Entry]) -> Option<Note> {
        let last = new.iter().rfind(|entry| entry.stream == Stream::NightLog && entry.refused.is_none())?;
        Some(Note::new(self.today, AuditKind::NightLog).by(self.device).with(last.sequence))
    }

    /// For the record, when the log has two continuations.
    #[must_use]
    pub const fn fork_note(&self) -> Note {
        Note::new(self.today, AuditKind::Forked).by(self.device)
    }

    /// The last sequence number that a log of this length and the batch have in common. A chain value covers everything
    /// before it: the one there settles all operations that are known.
    #[must_use]
    pub fn meets_at(&self, stored: u64) -> u64 {
        self.entries.last().map_or(stored, |last| last.sequence.min(stored))
    }

    /// Whether the batch continues a log of this length, which has this chain value at [`Incoming::meets_at`].
    #[must_use]
    pub fn against(&self, stored: u64, there: Option<Digest>) -> Verdict<'_> {
        let expected = stored.saturating_add(1);
        let first = self.entries.first().map_or(0, |entry| entry.sequence);
        if first > expected {
            return Verdict::Gap { expected };
        }
        let split = self.entries.partition_point(|entry| entry.sequence <= stored);
        let (known, new) = self.entries.split_at(split);
        let ours = known.last().map_or(self.previous, |last| last.chain);
        if there == Some(ours) { Verdict::Continues(new) } else { Verdict::Elsewhere { expected } }
    }
}

/// The verdict on each operation. One that is set aside keeps its place in the chain. An oversize one loses its bytes
/// here (the phone keeps them); one on a stream that is not its role's keeps them, unread.
fn judge(previous: Digest, operations: Vec<SealedOperation>, role: Role) -> Vec<Entry> {
    let mut chain = previous;
    operations
        .into_iter()
        .map(|operation| {
            let sealed = operation.sealed.0;
            chain = link(chain, operation.sequence, operation.stream, Digest::of(&sealed));
            let is_large = sealed.len() > MAX_SEALED_BYTES;
            let refused = if is_large {
                Some(RefusalCode::TooLarge)
            } else if role.writes(operation.stream) {
                None
            } else {
                Some(RefusalCode::NotAllowed)
            };
            Entry {
                sequence: operation.sequence,
                stream: operation.stream,
                chain,
                signature: operation.signature.0,
                sealed: (!is_large).then_some(sealed),
                refused,
            }
        })
        .collect()
}
