//! Envelopes set aside: kept whole, to be tried again after an update, never in the way of the rest.

use super::{from_sql, to_sql};
use crate::error::{NotebookError, Result};
use domain::ids::DeviceId;
use domain::sync::pull::Envelope;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::fmt;

/// Why an envelope is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemCode {
    /// The sender is not on the manifest, or of another unit.
    UnknownDevice,
    /// The sender did not sign it: whoever runs the server, or somebody in between, made it up or changed it.
    Forged,
    /// The sender's role does not write this.
    NotAllowed,
    /// Sealed to others.
    NotForUs,
    /// The bytes do not open.
    Damaged,
    /// The content says it comes from another place in another log.
    Mismatch,
    /// Written by a newer version.
    TooNew,
    /// The server does not keep it; its sender still has it.
    Refused,
    /// *In attesa dell'ufficio*: its sender takes part no more, and the desk does not vouch for it, or not yet.
    Unvouched,
    /// No fault: what opens it is behind the lead's step-up PIN.
    Locked,
}

impl ProblemCode {
    const ALL: [Self; 10] = [
        Self::UnknownDevice,
        Self::Forged,
        Self::NotAllowed,
        Self::NotForUs,
        Self::Damaged,
        Self::Mismatch,
        Self::TooNew,
        Self::Refused,
        Self::Unvouched,
        Self::Locked,
    ];

    /// The one with this code, as it stands in the store.
    pub(super) fn from_code(code: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code).ok_or(NotebookError::Damaged("a set-aside envelope"))
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownDevice => "unknown_device",
            Self::Forged => "forged",
            Self::NotAllowed => "not_allowed",
            Self::NotForUs => "not_for_us",
            Self::Damaged => "damaged",
            Self::Mismatch => "mismatch",
            Self::TooNew => "too_new",
            Self::Refused => "refused",
            Self::Unvouched => "unvouched",
            Self::Locked => "locked",
        }
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An envelope that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The sender.
    pub device: DeviceId,
    /// Its place in the sender's log.
    pub sequence: u64,
    /// Why.
    pub code: ProblemCode,
}

/// Sets an envelope aside, or changes the reason. A forged or damaged one, or one that nobody vouches for, never takes
/// the place of another that was there.
pub(crate) fn put(connection: &Connection, envelope: &Envelope, code: ProblemCode) -> Result<()> {
    let bytes = serde_json::to_vec(envelope).map_err(|_| NotebookError::Internal("envelope"))?;
    connection
        .prepare_cached(
            "INSERT INTO problem (device, sequence, code, envelope) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (device, sequence) DO UPDATE SET code = ?3, envelope = ?4
             WHERE ?3 NOT IN ('forged', 'damaged', 'unvouched') OR envelope = ?4",
        )?
        .execute(params![envelope.device.0, to_sql(envelope.operation.sequence)?, code.code(), bytes])?;
    Ok(())
}

/// What is set aside for a fault, by device and sequence.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Problem>> {
    let mut statement = connection.prepare_cached(
        "SELECT device, sequence, code FROM problem WHERE code <> 'locked' ORDER BY device, sequence",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
    rows.map(|row| {
        let (device, sequence, code) = row?;
        Ok(Problem { device: DeviceId(device), sequence: from_sql(sequence)?, code: ProblemCode::from_code(&code)? })
    })
    .collect()
}

/// Which envelopes to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// Every one.
    All,
    /// Those that do not wait for the step-up.
    Faults,
}

/// The envelopes themselves.
pub(crate) fn list_envelopes(connection: &Connection, again: Again) -> Result<Vec<Envelope>> {
    let mut statement = connection
        .prepare_cached("SELECT envelope FROM problem WHERE ?1 OR code <> 'locked' ORDER BY device, sequence")?;
    let rows = statement.query_map([again == Again::All], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|row| serde_json::from_slice(&row?).map_err(|_| NotebookError::Damaged("a set-aside envelope"))).collect()
}

/// The envelopes of one device, with whether they wait for the desk's word.
pub(crate) fn list_of(connection: &Connection, device: DeviceId) -> Result<Vec<(Envelope, bool)>> {
    let mut statement = connection
        .prepare_cached("SELECT envelope, code = 'unvouched' FROM problem WHERE device = ?1 ORDER BY sequence")?;
    let rows = statement.query_map([device.0], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (bytes, waits) = row?;
        let envelope = serde_json::from_slice(&bytes).map_err(|_| NotebookError::Damaged("a set-aside envelope"))?;
        Ok((envelope, waits))
    })
    .collect()
}

/// How many envelopes of each device wait for the desk's word.
pub(crate) fn count_unvouched(connection: &Connection) -> Result<BTreeMap<DeviceId, u64>> {
    let mut statement =
        connection.prepare_cached("SELECT device, count(*) FROM problem WHERE code = 'unvouched' GROUP BY device")?;
    let rows = statement.query_map([], |row| Ok((DeviceId(row.get(0)?), row.get(1)?)))?;
    rows.map(|row| {
        let (device, count) = row?;
        Ok((device, from_sql(count)?))
    })
    .collect()
}

/// How many envelopes wait for the step-up.
pub(crate) fn count_locked(connection: &Connection) -> Result<u64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM problem WHERE code = 'locked'")?;
    from_sql(statement.query_row([], |row| row.get(0))?)
}

/// Whether an envelope waits for the step-up.
pub(crate) fn is_locked(connection: &Connection, device: DeviceId, sequence: u64) -> Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM problem WHERE device = ?1 AND sequence = ?2 AND code = 'locked'")?;
    Ok(statement.exists(params![device.0, to_sql(sequence)?])?)
}

/// Whether an envelope waits for the desk's word.
pub(crate) fn is_unvouched(connection: &Connection, device: DeviceId, sequence: u64) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM problem WHERE device = ?1 AND sequence = ?2 AND code = 'unvouched'")?;
    Ok(statement.exists(params![device.0, to_sql(sequence)?])?)
}

/// The envelope found its place after all.
pub(crate) fn remove(connection: &Connection, device: DeviceId, sequence: u64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM problem WHERE device = ?1 AND sequence = ?2")?
        .execute(params![device.0, to_sql(sequence)?])?;
    Ok(())
}
