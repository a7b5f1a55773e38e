//! What a revoked or forked device sends: kept byte for byte, apart from everything else, read by nobody through the
//! protocol. It is how a phone that was lost and found again still loses nothing.

use super::fault::StoreFault;
use super::log::Incoming;
use super::row::to_integer;
use rusqlite::{Connection, params};

/// Bytes kept of one device.
pub const ROOM_BYTES: i64 = 64 * 1024 * 1024;

/// Why a batch is kept apart.
#[derive(Clone, Copy, Debug)]
pub enum Reason {
    /// The manifest revokes the device.
    Revoked,
    /// The device's log has two continuations.
    Fork,
}

/// Whether a batch was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is there, now or from before.
    Yes,
    /// The device has filled [`ROOM_BYTES`].
    NoRoom,
}

impl Reason {
    const fn code(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Fork => "fork",
        }
    }
}

/// Keeps a verified batch. The same batch again changes nothing.
pub fn keep(connection: &Connection, incoming: &Incoming, reason: Reason) -> Result<Kept, StoreFault> {
    let (Some(first), Some(last)) = (incoming.entries.first(), incoming.entries.last()) else {
        return Ok(Kept::Yes);
    };
    let device = incoming.device.0.as_bytes();
    let key = params![
        device,
        to_integer(first.sequence, "first_sequence")?,
        to_integer(last.sequence, "last_sequence")?,
        last.chain.0
    ];
    let is_known: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM quarantine
             WHERE device = ?1 AND first_sequence = ?2 AND last_sequence = ?3 AND head = ?4)",
        )?
        .query_row(key, |row| row.get(0))?;
    if is_known {
        return Ok(Kept::Yes);
    }
    let used: i64 = connection
        .prepare_cached("SELECT coalesce(sum(length(body)), 0) FROM quarantine WHERE device = ?1")?
        .query_row([device], |row| row.get(0))?;
    let size = i64::try_from(incoming.body.len()).unwrap_or(i64::MAX);
    if used.saturating_add(size) > ROOM_BYTES {
        return Ok(Kept::NoRoom);
    }
    connection
        .prepare_cached(
            "INSERT INTO quarantine (device, first_sequence, last_sequence, head, reason, body, received_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            device,
            to_integer(first.sequence, "first_sequence")?,
            to_integer(last.sequence, "last_sequence")?,
            last.chain.0,
            reason.code(),
            incoming.body,
            incoming.today
        ])?;
    Ok(Kept::Yes)
}
