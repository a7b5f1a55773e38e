//! The server's signed statement of exactly what it holds of one device.

use super::audit::{AuditHead, was_set_back};
use super::chain::{Bytes, Digest};
use super::error::RefusalCode;
use crate::ids::DeviceId;
use chrono::{DateTime, Utc};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// An operation that the server does not keep. Its place in the chain is kept, so the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedOperation {
    /// Its sequence number.
    pub sequence: u64,
    /// Why.
    pub code: RefusalCode,
}

/// What the server holds of one device's log.
///
/// `head` is the chain value over *every* operation from 1 to `stored`: it equals the phone's own exactly if the two
/// lists of sequence numbers and hashes are equal. A phone shows "27 di 27 ricevuti" on nothing less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Protocol version.
    pub version: u16,
    /// Whose log.
    pub device: DeviceId,
    /// Operations 1…`stored` are fsynced; 0 for none.
    pub stored: u64,
    /// Chain value at `stored`.
    pub head: Digest,
    /// Operations 1…`backed_up` have a verified copy off the server's host, except those in `refused`.
    pub backed_up: u64,
    /// Operations set aside, ascending.
    pub refused: Vec<RefusedOperation>,
    /// When the server's database was made, or put back from a backup: seconds since 1970 UTC. Another value than the
    /// last one: it was put back, and what it confirmed meanwhile it may hold no longer.
    pub epoch: i64,
    /// The last place of the server's record. One that goes back says the same: [`super::audit::was_set_back`].
    pub audit: AuditHead,
    /// Server time.
    pub at: DateTime<Utc>,
}

impl Receipt {
    /// Whether the server went back to an older state since it signed an earlier receipt: it was put back from a backup,
    /// or its record is shorter than it was, or another one.
    #[must_use]
    pub fn tells_of_set_back(&self, earlier: &Self) -> bool {
        self.at >= earlier.at && (self.epoch != earlier.epoch || was_set_back(earlier.audit, self.audit, None))
    }
}

/// A receipt with the signature over its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedReceipt {
    /// JSON of a [`Receipt`], the bytes that were signed.
    pub receipt: Bytes,
    /// Ed25519 over `"uscita/receipt/1\0" ‖ receipt`. 64 bytes.
    pub signature: Bytes,
}

/// A receipt that cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// The signature does not hold under the pinned key.
    #[error("receipt is not signed by the pinned server key")]
    Signature,
    /// The signed bytes are not a receipt.
    #[error("receipt cannot be read")]
    Form,
}

/// What the server signs.
#[must_use]
pub fn receipt_message(receipt: &[u8]) -> Vec<u8> {
    [b"uscita/receipt/1\0".as_slice(), receipt].concat()
}

impl SignedReceipt {
    /// Opens the receipt if the pinned server key signed it.
    ///
    /// # Errors
    /// [`ReceiptFault`].
    pub fn verify(&self, server_key: &[u8]) -> Result<Receipt, ReceiptFault> {
        UnparsedPublicKey::new(&ED25519, server_key)
            .verify(&receipt_message(&self.receipt.0), &self.signature.0)
            .map_err(|_| ReceiptFault::Signature)?;
        serde_json::from_slice(&self.receipt.0).map_err(|_| ReceiptFault::Form)
    }
}
