//! What the server has confirmed.

use super::{Journal, gap, meta, set_back};
use crate::error::{NotebookError, Result};
use chrono::{DateTime, Utc};
use domain::sync::chain::Bytes;
use domain::sync::receipt::{Receipt, RefusedOperation, SignedReceipt};
use rusqlite::TransactionBehavior;

/// The last receipt that was kept, as it was signed.
pub(super) const RECEIPT: &str = "receipt";
/// The server's signature over it.
pub(super) const SIGNATURE: &str = "receipt_signature";

/// Where the log is, by the last receipt that equals it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalState {
    /// Entries written here.
    pub total: u64,
    /// Of these, 1…`stored` are with the server.
    pub stored: u64,
    /// Of these, 1…`backed_up` have a verified copy off its host.
    pub backed_up: u64,
    /// Entries the server does not keep.
    pub refused: Vec<RefusedOperation>,
    /// Server time of the receipt.
    pub received_at: Option<DateTime<Utc>>,
}

impl Journal {
    /// Keeps a receipt, if the pinned server key signed it and its chain value at `stored` is our own. One that is
    /// older than the one in force and says less changes nothing. One that is newer and says less is kept: the server
    /// lost entries, and they are sent again. One that is older and says no less is kept: the server's clock was set
    /// back. So is one of another epoch, whatever it says: the server was put back, and its clock may be wrong since. Notes
    /// when the server was set back, as its epoch and its own record tell. Gives the receipt in force.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`] without a pinned key; [`NotebookError::BadReceipt`];
    /// [`NotebookError::ReceiptMismatch`].
    pub fn record_receipt(&mut self, signed: &SignedReceipt) -> Result<Receipt> {
        let key = self.server_key()?.ok_or(NotebookError::NotEnrolled)?;
        let receipt = signed.verify(&key)?;
        let is_ours = receipt.device == self.device
            && receipt.backed_up <= receipt.stored
            && self.chain_at(receipt.stored)? == Some(receipt.head);
        if !is_ours {
            return Err(NotebookError::ReceiptMismatch);
        }
        let in_force = self.receipt()?;
        let is_put_back = in_force.as_ref().is_some_and(|in_force| in_force.epoch != receipt.epoch);
        if let Some(in_force) = &in_force
            && !is_put_back
            && in_force.at > receipt.at
            && (in_force.stored, in_force.backed_up) > (receipt.stored, receipt.backed_up)
        {
            return Ok(in_force.clone());
        }
        let is_set_back = is_put_back || in_force.is_some_and(|in_force| receipt.tells_of_set_back(&in_force));
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_set_back {
            meta::put(&transaction, set_back::SET_BACK, &receipt.at.timestamp().to_be_bytes())?;
        }
        meta::put(&transaction, RECEIPT, &signed.receipt.0)?;
        meta::put(&transaction, SIGNATURE, &signed.signature.0)?;
        meta::remove(&transaction, gap::GAP)?;
        transaction.commit()?;
        Ok(receipt)
    }

    /// The receipt in force: kept, and signed by the server key of today.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn receipt(&self) -> Result<Option<Receipt>> {
        let receipt = meta::find(&self.connection, RECEIPT);
        let signature = meta::find(&self.connection, SIGNATURE);
        let (receipt, signature) = match (receipt, signature) {
            // The server gives another with the next batch: a damaged one keeps nothing back.
            (Err(NotebookError::JournalValue), _) | (_, Err(NotebookError::JournalValue)) => {
                tracing::error!("the receipt in the journal is damaged");
                return Ok(None);
            }
            (receipt, signature) => (receipt?, signature?),
        };
        let (Some(receipt), Some(signature)) = (receipt, signature) else { return Ok(None) };
        // The server's key may have been replaced by a later manifest: the old receipt then counts for nothing.
        let Some(key) = self.server_key()? else { return Ok(None) };
        let signed = SignedReceipt { receipt: Bytes(receipt), signature: Bytes(signature) };
        Ok(signed.verify(&key).ok())
    }

    /// Where the log is. Of what the server says it misses, nothing is stored, and nothing has a copy: where that was, it
    /// may be lost as well, and what is here may be the last.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn state(&self) -> Result<JournalState> {
        let total = self.len()?;
        let base = self.base()?.sequence;
        let held = self.gap()?.map_or(u64::MAX, |gap| gap.saturating_sub(1).max(base));
        Ok(match self.receipt()? {
            Some(receipt) => JournalState {
                total,
                stored: receipt.stored.min(held),
                backed_up: receipt.backed_up.min(held),
                refused: receipt.refused,
                received_at: Some(receipt.at),
            },
            // What was let go of had a copy off the server by then.
            None => JournalState { total, stored: base, backed_up: base, refused: Vec::new(), received_at: None },
        })
    }
}
