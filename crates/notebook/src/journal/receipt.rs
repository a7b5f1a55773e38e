//! What the server has confirmed.

use super::{Journal, find_meta};
use crate::error::{NotebookError, Result};
use chrono::{DateTime, Utc};
use domain::sync::chain::Bytes;
use domain::sync::receipt::{Receipt, RefusedOperation, SignedReceipt};
use rusqlite::{OptionalExtension, params};

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
    /// back. Gives the receipt in force.
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
        if let Some(in_force) = self.receipt()?
            && in_force.at > receipt.at
            && (in_force.stored, in_force.backed_up) > (receipt.stored, receipt.backed_up)
        {
            return Ok(in_force);
        }
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO receipt (only, receipt, signature) VALUES (1, ?1, ?2)")?
            .execute(params![signed.receipt.0, signed.signature.0])?;
        Ok(receipt)
    }

    /// The receipt in force: kept, and signed by the server key of today.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn receipt(&self) -> Result<Option<Receipt>> {
        let mut statement = self.connection.prepare_cached("SELECT receipt, signature FROM receipt")?;
        let row: Option<(Vec<u8>, Vec<u8>)> =
            statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((receipt, signature)) = row else { return Ok(None) };
        // The server's key may have been replaced by a later manifest: the old receipt then counts for nothing.
        let Some(key) = find_meta::<Vec<u8>>(&self.connection, "server_key")? else { return Ok(None) };
        let signed = SignedReceipt { receipt: Bytes(receipt), signature: Bytes(signature) };
        Ok(signed.verify(&key).ok())
    }

    /// Where the log is.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn state(&self) -> Result<JournalState> {
        let total = self.len()?;
        Ok(match self.receipt()? {
            Some(receipt) => JournalState {
                total,
                stored: receipt.stored,
                backed_up: receipt.backed_up,
                refused: receipt.refused,
                received_at: Some(receipt.at),
            },
            None => JournalState { total, stored: 0, backed_up: 0, refused: Vec::new(), received_at: None },
        })
    }
}
