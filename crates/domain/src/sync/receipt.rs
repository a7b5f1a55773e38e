//! The server's signed statement of exactly what it holds of one device.

use super::chain::{Bytes, Digest};
use super::error::RefusalCode;
use crate::ids::DeviceId;
use chrono::{DateTime, Utc};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// An operation that the server does not keep. Its place in the chain is kept, so the rest goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// Server time.
    pub at: DateTime<Utc>,
}

/// A receipt with the signature over its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
