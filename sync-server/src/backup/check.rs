//! Whether a copy is whole, and what it holds.

use super::fault::BackupFault;
use crate::store::fault::StoreFault;
use crate::store::sqlite::copy;
use chrono::{DateTime, NaiveDate, Utc};
use domain::sync::ProgrammeId;
use domain::sync::pull::HeldLog;
use rusqlite::Connection;
use serde::Serialize;
use std::path::Path;

/// What a copy holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// When it was made; none of a bare database.
    pub made_at: Option<DateTime<Utc>>,
    /// Version of its schema.
    pub version: i64,
    /// Whose it is.
    pub programme: ProgrammeId,
    /// Number of the manifest in force.
    pub manifest: Option<u64>,
    /// Logs.
    pub devices: u64,
    /// Operations, whatever became of them.
    pub operations: u64,
    /// Of these: with their sealed bytes.
    pub sealed: u64,
    /// Of these: without, as a desk had them for long.
    pub removed: u64,
    /// Of these: set aside.
    pub refused: u64,
    /// Batches in quarantine.
    pub quarantined: u64,
    /// Day of the last arrival.
    pub received_on: Option<NaiveDate>,
    /// Logs whose chain does not hold to its end.
    pub broken: usize,
    /// How far each log holds.
    #[serde(skip)]
    pub held: Vec<HeldLog>,
}

/// Reads all of a copy: pages, references, the chain of every log.
///
/// # Errors
/// [`BackupFault::Damaged`] if it is no sound database; a log that does not hold is counted.
pub fn examine(path: &Path) -> Result<Contents, BackupFault> {
    let connection = copy::connect(path).map_err(damaged)?;
    copy::check_pages(&connection).map_err(damaged)?;
    contents(&connection).map_err(|_| BackupFault::Damaged)
}

fn damaged(fault: StoreFault) -> BackupFault {
    if fault.is_passing() { BackupFault::Copy(fault) } else { BackupFault::Damaged }
}

fn contents(connection: &Connection) -> Result<Contents, StoreFault> {
    let (held, broken) = copy::check_chains(connection)?;
    let counts = copy::count(connection)?;
    Ok(Contents {
        made_at: copy::origin(connection)?.map(|origin| origin.made_at),
        version: copy::version(connection)?,
        programme: copy::programme(connection)?,
        manifest: counts.manifest,
        devices: counts.logs,
        operations: counts.operations,
        sealed: counts.sealed,
        removed: counts.removed,
        refused: counts.refused,
        quarantined: counts.quarantined,
        received_on: counts.received_on,
        broken,
        held,
    })
}
