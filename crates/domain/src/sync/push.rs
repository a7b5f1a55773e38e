//! Sending operations: `POST /v1/batches`.

use super::Stream;
use super::chain::{Bytes, Digest, head_message, link};
use crate::ids::{DeviceId, UnitId};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// Operations in one batch.
pub const MAX_OPERATIONS: usize = 64;
/// Bytes of one request body.
pub const MAX_BODY_BYTES: usize = 256 * 1024;
/// Bytes of one sealed operation. A larger one is refused alone and blocks nothing.
pub const MAX_SEALED_BYTES: usize = 96 * 1024;
/// Highest sequence number: what a database integer holds.
pub const MAX_SEQUENCE: u64 = i64::MAX as u64;

/// One sealed operation as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SealedOperation {
    /// Sequence number in the device's log, from 1.
    pub sequence: u64,
    /// Where it goes.
    pub stream: Stream,
    /// An `age` file.
    pub sealed: Bytes,
    /// Ed25519 over [`head_message`] of this place of the log, made at the save. 64 bytes. It travels on to the
    /// readers: sealing alone does not say who sealed, and whoever runs the server knows every recipient.
    pub signature: Bytes,
}

/// A run of operations of one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Batch {
    /// Protocol version.
    pub version: u16,
    /// The device's unit.
    pub unit: UnitId,
    /// The sender.
    pub device: DeviceId,
    /// Chain value before the first operation.
    pub previous: Digest,
    /// 1…64 operations with consecutive sequence numbers.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 64))]
    pub operations: Vec<SealedOperation>,
    /// Chain value after the last operation.
    pub head: Digest,
}

/// What is wrong with the form of a batch, before any stored state is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchFault {
    /// No operation, or more than [`MAX_OPERATIONS`].
    #[error("batch has no operations or too many")]
    Count,
    /// Sequence numbers are not consecutive, start at 0, or go beyond [`MAX_SEQUENCE`].
    #[error("sequence numbers of the batch are not consecutive or out of range")]
    Sequence,
    /// The chain value does not follow from the operations.
    #[error("chain value does not follow from the operations")]
    Chain,
    /// The signature of an operation does not hold.
    #[error("signature does not hold")]
    Signature,
}

impl Batch {
    /// Checks form, chain and every signature.
    ///
    /// # Errors
    /// The first [`BatchFault`] found.
    pub fn verify(&self, public_key: &[u8]) -> Result<(), BatchFault> {
        let (Some(first), Some(last)) = (self.operations.first(), self.operations.last()) else {
            return Err(BatchFault::Count);
        };
        if self.operations.len() > MAX_OPERATIONS {
            return Err(BatchFault::Count);
        }
        let consecutive = self
            .operations
            .iter()
            .zip(0_u64..)
            .all(|(op, offset)| first.sequence.checked_add(offset) == Some(op.sequence));
        if first.sequence == 0 || !consecutive || last.sequence > MAX_SEQUENCE {
            return Err(BatchFault::Sequence);
        }
        let places = self.operations.iter().scan(self.previous, |chain, op| {
            *chain = link(*chain, op.sequence, op.stream, Digest::of(&op.sealed.0));
            Some((op, *chain))
        });
        if places.clone().last().map(|(_, head)| head) != Some(self.head) {
            return Err(BatchFault::Chain);
        }
        for (op, chain) in places {
            verify_place(public_key, self.device, op, chain)?;
        }
        Ok(())
    }
}

/// Whether the device signed this place of its log: the operation, and by the chain everything before it.
pub(super) fn verify_place(
    public_key: &[u8],
    device: DeviceId,
    operation: &SealedOperation,
    chain: Digest,
) -> Result<(), BatchFault> {
    UnparsedPublicKey::new(&ED25519, public_key)
        .verify(&head_message(device, operation.sequence, chain), &operation.signature.0)
        .map_err(|_| BatchFault::Signature)
}
