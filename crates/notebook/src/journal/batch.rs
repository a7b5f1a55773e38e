//! Runs of entries, ready to send.

use super::{Journal, parse_stream};
use crate::error::{NotebookError, Result};
use domain::ids::UnitId;
use domain::sync::chain::{Bytes, Digest, link};
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
    /// read. [`NotebookError::Damaged`] if the first entry no longer gives the stored chain; a run ends before a later one.
    pub fn batch_after(&self, stored: u64, max_operations: usize, max_bytes: usize) -> Result<Option<Batch>> {
        let unit = self.unit()?.unwrap_or_else(|| UnitId::new(DESK_UNIT));
        self.run_after(stored, max_operations, max_bytes, unit)
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
        let mut head = previous;
        let mut next = stored;
        while let Some(row) = rows.next()? {
            let sealed: Vec<u8> = row.get(2)?;
            bytes += OPERATION_BYTES + data_encoding::BASE64URL_NOPAD.encode_len(sealed.len());
            if !operations.is_empty() && bytes > max_bytes {
                break;
            }
            let sequence = crate::store::from_sql(row.get(0)?)?;
            let stream = parse_stream(&row.get::<_, String>(1)?);
            let chain = Digest(row.get(3)?);
            next = next.saturating_add(1);
            // Plain SQLite does not notice a flipped bit: a damaged entry is not sent, so it cannot become a fork.
            let stream = match stream {
                Ok(stream) if sequence == next && link(head, sequence, stream, Digest::of(&sealed)) == chain => stream,
                _ if operations.is_empty() => return Err(NotebookError::Damaged("journal")),
                // What is whole before it goes.
                _ => break,
            };
            let signature = Bytes(row.get(4)?);
            operations.push(SealedOperation { sequence, stream, sealed: Bytes(sealed), signature });
            head = chain;
        }
        if operations.is_empty() {
            return Ok(None);
        }
        let batch = Batch { version: version::CURRENT, unit, device: self.device, previous, operations, head };
        Ok(Some(batch))
    }
}
