//! Many batches in one transaction: each extends its log if the log stands where the batch begins.
//!
//! What a batch says of its own beginning is what the log must hold: `stored` one below its first number, and the chain
//! value before it. Where both are so it continues the log, by the same rule as [`Incoming::against`], and nothing need be
//! read before. So all of it goes to the database in one message, and while its locks are held the database waits for
//! nobody; with night logs it waits once, for the places of their entries in the record.

use super::line::{Extended, Line, Sql};
use super::rows::{Entries, Links, Locks, Logs, Notes};
use crate::store::fault::StoreFault;
use crate::store::incoming::Incoming;
use crate::store::outcome::Held;
use deadpool_postgres::Pool;
use domain::sync::audit::{AuditHead, Note};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What became of one of them.
#[derive(Debug)]
pub enum Part {
    /// It is held now: the content of the receipt.
    Held {
        /// What is held.
        held: Held,
        /// Whether its entry waits for its place in the record.
        is_unlinked: bool,
    },
    /// It is held now; of its log something was set aside, which is not told here.
    Stored {
        /// As in [`Part::Held`].
        is_unlinked: bool,
    },
    /// Nothing of it was stored here. It must be looked at alone.
    Alone,
    /// There is no way to the database.
    Unanswered,
}

/// Appends those that continue their logs, at most one of each device. Gives what became of each.
///
/// # Errors
/// When the database fails: then nothing was stored, or all of it was and the answer was lost.
pub async fn append(pool: &Pool, programme: Uuid, batches: &[&Incoming]) -> Result<Vec<Part>, StoreFault> {
    let rows = Rows { locks: Locks::of(programme, batches), logs: Logs::of(batches)?, entries: Entries::of(batches)? };
    let line = Line::open(pool, programme).await?;
    let is_on_record = batches.iter().any(|batch| batch.note(&batch.entries).is_some());
    let sql = line.sql().await?;
    let parts = if is_on_record { on_record(&sql, batches, &rows).await? } else { plain(&sql, batches, &rows).await? };
    line.end();
    Ok(parts)
}

struct Rows<'a> {
    locks: Locks,
    logs: Logs<'a>,
    entries: Entries<'a>,
}

/// Without night logs. Sent together: each waits for the one before in the database, not here; the first fault is the
/// true one, and after a fault the database commits nothing.
async fn plain(sql: &Sql<'_>, batches: &[&Incoming], rows: &Rows<'_>) -> Result<Vec<Part>, StoreFault> {
    let ((), (), (), extended, head, ()) = tokio::try_join!(
        biased;
        sql.begin(), sql.lock(&rows.locks), sql.floor(), sql.extend(&rows.logs, &rows.entries), sql.head(), sql.commit(),
    )?;
    Ok(parts(batches, &extended, head, false))
}

/// With night logs: their entries get their places in the same transaction, unless somebody else is giving places.
async fn on_record(sql: &Sql<'_>, batches: &[&Incoming], rows: &Rows<'_>) -> Result<Vec<Part>, StoreFault> {
    let ((), (), (), extended, is_free, waiting, head) = tokio::try_join!(
        biased;
        sql.begin(), sql.lock(&rows.locks), sql.floor(), sql.extend(&rows.logs, &rows.entries),
        sql.is_free_to_link(), sql.waiting(), sql.head(),
    )?;
    let new = batches.iter().zip(1_i32..).filter(|(_, place)| extended.contains_key(place));
    let notes: Vec<Note> = new.filter_map(|(batch, _)| batch.note(&batch.entries)).collect();
    let (Some(head), true) = (head, is_free) else {
        let waiting = Notes::of(&notes)?;
        tokio::try_join!(biased; sql.wait(&waiting), sql.commit())?;
        return Ok(parts(batches, &extended, head, !notes.is_empty()));
    };
    let (ids, mut all): (Vec<i64>, Vec<Note>) = waiting.into_iter().unzip();
    all.extend(notes);
    let links = Links::of(head, &all)?;
    tokio::try_join!(biased; sql.take(&ids), sql.link(&links), sql.commit())?;
    Ok(parts(batches, &extended, Some(links.last), false))
}

fn parts(
    batches: &[&Incoming],
    extended: &BTreeMap<i32, Extended>,
    audit: Option<AuditHead>,
    is_unlinked: bool,
) -> Vec<Part> {
    let parts = batches.iter().zip(1_i32..).map(|(batch, place)| {
        let (Some(log), Some(last)) = (extended.get(&place), batch.entries.last()) else { return Part::Alone };
        let is_unlinked = is_unlinked && batch.note(&batch.entries).is_some();
        match audit.filter(|_| !log.has_refused && batch.entries.iter().all(|entry| entry.refused.is_none())) {
            Some(audit) => {
                let (stored, head, backed_up) = (last.sequence, last.chain, log.backed_up);
                Part::Held { held: Held { stored, head, backed_up, refused: Vec::new(), audit }, is_unlinked }
            }
            None => Part::Stored { is_unlinked },
        }
    });
    parts.collect()
}
