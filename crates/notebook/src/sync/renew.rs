//! A fresh receipt without any key of the device: the last entry is handed in once more, which changes nothing at the
//! server, and is answered like the first time.

use super::ask::json;
use super::wire::{Answer, Call, Transport, WireRequest, read};
use crate::error::{NotebookError, Result};
use crate::journal::Journal;
use domain::sync::push::MAX_BODY_BYTES;

/// Asks for the receipt of a journal that the server holds whole, and keeps it.
///
/// # Errors
/// What the server says instead; [`NotebookError::ReceiptMismatch`]; the disk.
pub(crate) fn renew_receipt(journal: &mut Journal, transport: &dyn Transport) -> Result<()> {
    let total = journal.len()?;
    let Some(batch) = journal.batch_after(total.saturating_sub(1), 1, MAX_BODY_BYTES)? else { return Ok(()) };
    let call = Call::Push { first: total, count: 1 };
    let (method, path) = call.target();
    let reply = transport.exchange(&WireRequest::new(method, path, json(&batch)?))?;
    let key = journal.server_key()?.ok_or(NotebookError::NotEnrolled)?;
    match read(call, &reply, &key)? {
        Answer::Receipt(_, signed) => journal.record_receipt(&signed).map(drop),
        Answer::Refused(refused) => Err(NotebookError::Refused(refused.code)),
        _ => Err(NotebookError::Unreachable),
    }
}
