//! Fetching what others sent, and acknowledging that it is safe.

use super::chain::{Digest, genesis, link};
use super::error::RefusalCode;
use super::push::{SealedOperation, verify_place};
use crate::ids::{DeviceId, UnitId};
use serde::{Deserialize, Serialize};

/// Envelopes on one page.
pub const MAX_PAGE: u16 = 200;

/// A position in the server's order. Opaque to clients; strictly increasing, assigned inside the write transaction. A
/// server that starts again, also from an older copy of its database, goes on beyond every position it has given out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cursor(pub u64);

/// One stored operation with where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope {
    /// Position in the server's order.
    pub cursor: Cursor,
    /// Unit of the sender.
    pub unit: UnitId,
    /// The sender.
    pub device: DeviceId,
    /// The operation as it was sent.
    pub operation: SealedOperation,
    /// Chain value of the sender's log before this operation: with it an envelope can be checked by itself.
    pub previous: Digest,
    /// Chain value of the sender's log after this operation.
    pub chain: Digest,
    /// Set when the operation was set aside: `operation.sealed` is then empty and `chain` cannot be recomputed, but the
    /// log goes on, and a reader that counts what it holds without a gap counts this place too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalCode>,
}

impl Envelope {
    /// Whether the chain value follows from the envelope itself, and the first one from its device. An operation that
    /// was set aside has no bytes to check.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let SealedOperation { sequence, stream, sealed, signature: _ } = &self.operation;
        let begins_well = *sequence > 1 || self.previous == genesis(self.device);
        let follows = || link(self.previous, *sequence, *stream, Digest::of(&sealed.0)) == self.chain;
        begins_well && (self.refused.is_some() || follows())
    }

    /// Whether the sender's key, taken from the manifest, signed this place of its log. The server cannot make that up.
    #[must_use]
    pub fn is_signed_by(&self, public_key: &[u8]) -> bool {
        verify_place(public_key, self.device, &self.operation, self.chain).is_ok()
    }
}

/// A page of envelopes, ascending by cursor. At least once: the reader ignores what it knows by (device, sequence).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page {
    /// Up to [`MAX_PAGE`] envelopes.
    pub envelopes: Vec<Envelope>,
    /// Where to go on; equals the request's position when there is nothing new.
    pub next: Cursor,
    /// Whether more is waiting.
    pub more: bool,
}

/// The desk has durably stored copies of these logs: they are backed up off the server's host.
///
/// Every entry that can be is applied. If one is not the server's own the answer is that of the first such entry:
/// 409 `gap` with the expected number when `through` lies beyond what is stored, 409 `fork` when `head` differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acknowledgement {
    /// One entry per device.
    pub held: Vec<HeldLog>,
}

/// Operations 1…`through` of a device are held elsewhere, with this chain value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldLog {
    /// The device.
    pub device: DeviceId,
    /// Last sequence number held without a gap.
    pub through: u64,
    /// Chain value there; the server refuses one that is not its own.
    pub head: Digest,
}
