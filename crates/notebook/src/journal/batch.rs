//! Runs of entries, ready to send.

use super::{Journal, parse_stream};
use crate::error::{NotebookError, Result};
use domain::ids::UnitId;
use domain::sync::chain::{Bytes, Digest};
use domain::sync::push::{Batch, MAX_OPERATIONS, SealedOperation};
use domain::sync::version;
use rusqlite::params;

/// What a batch costs in JSON besides its sealed bytes, and what each operation adds.
const BATCH_BYTES: usize = 512;
const OPERATION_BYTES: usize = 200;

/// Unit in the batches of a device that belongs to none: the desk.
pub(super) const DESK_UNIT: &str = "desk";

impl Journal {
    /// The next run of entries after `stored`, with the signatures made when they were saved. At most
    /// `max_operations` and about `max_bytes` of JSON, but never fewer than one entry. None if there is nothing more.
    ///
    /// # Errors
    /// [`NotebookError::ReceiptMismatch`] below the base, where nothing is kept, and beyond the end. If the file cannot be
    /// read, or its stored bytes no longer give the stored chain.
    pub fn batch_after(&self, stored: u64, max_operations: usize, max_bytes: usize) -> Result<Option<Batch>> {
        let unit = self.unit()?.unwrap_or_else(|| UnitId::new(DESK_UNIT));
        let batch = self.run_after(stored, max_operations, max_bytes, unit)?;
        if let Some(batch) = &batch {
            // Plain SQLite does not notice a flipped bit: a damaged run is not sent, so it cannot become a fork.
            let head = batch.operations.iter().fold(batch.previous, |previous, operation| {
                let sealed = Digest::of(&operation.sealed.0);
                domain::sync::chain::link(previous, operation.sequence, operation.stream, sealed)
            });
            if head != batch.head {
                return Err(NotebookError::Damaged("journal"));
            }
        }
        Ok(batch)
    }

    pub(super) fn run_after(
        &self,
        stored: u64,
        max_operations: usize,
        max_bytes: usize,
        unit: UnitId,
    ) -> Result<Option<Batch>> {
        let is_kept = stored >= self.base()?.sequence;
        let previous = self.chain_at(stored)?.filter(|_| is_kept).ok_or(NotebookError::ReceiptMismatch)?;
        let limit = max_operations.clamp(1, MAX_OPERATIONS);
        let mut statement = self.connection.prepare_cached(
            "SELECT sequence, stream, sealed, chain, signature FROM entry WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).map_err(|_| NotebookError::Internal("batch limit"))?;
        let mut rows = statement.query(params![crate::store::to_sql(stored)?, limit])?;
        let mut operations = Vec::new();
        let mut bytes = BATCH_BYTES;
        let mut head = None;
        while let Some(row) = rows.next()? {
            let sealed: Vec<u8> = row.get(2)?;
            bytes += OPERATION_BYTES + data_encoding::BASE64URL_NOPAD.encode_len(sealed.len());
            if !operations.is_empty() && bytes > max_bytes {
                break;
            }
            operations.push(SealedOperation {
                sequence: crate::store::from_sql(row.get(0)?)?,
                stream: parse_stream(&row.get::<_, String>(1)?)?,
                sealed: Bytes(sealed),
                signature: Bytes(row.get(4)?),
            });
            head = Some(Digest(row.get(3)?));
        }
        let Some(head) = head else { return Ok(None) };
        let batch = Batch { version: version::CURRENT, unit, device: self.device, previous, operations, head };
        Ok(Some(batch))
    }
}
