//! Single values by key.

use crate::error::{NotebookError, Result};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The keys of `meta`: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MetaKey {
    /// The device's secret keys.
    Identity,
    /// A lead's secret that opens sealed bytes, wrapped by the review key; then it is not in [`MetaKey::Identity`].
    SealedIdentity,
    /// Where the server is, which programme, and the pinned admin key.
    Invitation,
    /// The signed manifest in force.
    Manifest,
    /// The opened sealed part of the last manifest that could be opened.
    Configuration,
    /// The hybrid logical clock.
    Clock,
    /// How far the log of each other device has a copy off the server, as its receipts said.
    SafeLogs,
    /// How far the device's own journal has been taken over.
    JournalSeen,
    /// Position in the journal stream.
    JournalCursor,
    /// Position in the night-log stream.
    NightLogCursor,
    /// The admin's secret signing key; on the admin's desk only.
    AdminKey,
    /// New keys that wait until the new recovery sheet was checked; on the admin's desk only ([`crate::rotation`]).
    Rotation,
    /// Identities that open what was sealed before this desk took part, or changed its own ([`crate::desk_keys`]).
    Archive,
    /// The recovery identity of a sheet that nobody has checked yet; then it is forgotten.
    Sheet,
    /// How far the first start of this desk has come; gone when it is over.
    Founding,
    /// The last manifest that the server is known to have, with its sealed part opened; on desks that sign.
    PublishedBase,
    /// The last outing opened here with the code its partner types.
    OutingCode,
    /// What was said of the close of an outing that is open.
    CloseNotes,
    /// When the desk last looked at the server with success.
    DeskLook,
    /// Secrets of enrolment codes that a device may still come with; on the admin's desk only.
    OpenCodes,
    /// Number of the last manifest that the server is known to have; on the admin's desk only.
    PublishedManifest,
    /// The set-back of the server after which this notebook has begun anew with it ([`crate::sync`]).
    BegunAnew,
    /// The set-back of the server after which the withdrawals were said again; on coordinators' desks.
    WithdrawnAgain,
    /// Proposals about the lists that were not followed, and when that was said; on the admin's desk only.
    KeptProposals,
    /// The day on which all pages were found whole.
    CheckedOn,
    /// How far the entries of the desk were counted ([`crate::counted`]).
    CountedThrough,
    /// How far each log was held when it was asked last ([`super::sealed_copy::list_held`]).
    HeldLogs,
}

impl MetaKey {
    const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::SealedIdentity => "sealed_identity",
            Self::Invitation => "invitation",
            Self::Manifest => "manifest",
            Self::Configuration => "configuration",
            Self::Clock => "clock",
            Self::SafeLogs => "safe_logs",
            Self::JournalSeen => "journal_seen",
            Self::JournalCursor => "journal_cursor",
            Self::NightLogCursor => "night_log_cursor",
            Self::AdminKey => "admin_key",
            Self::Archive => "archive",
            Self::Sheet => "sheet",
            Self::Founding => "founding",
            Self::PublishedBase => "published_base",
            Self::DeskLook => "desk_look",
            Self::OpenCodes => "open_codes",
            Self::PublishedManifest => "published_manifest",
            Self::BegunAnew => "begun_anew",
            Self::WithdrawnAgain => "withdrawn_again",
            Self::KeptProposals => "kept_proposals",
            Self::CheckedOn => "checked_on",
            Self::CountedThrough => "counted_through",
            Self::HeldLogs => "held_logs",
            Self::Rotation => "rotation",
            Self::OutingCode => "outing_code",
            Self::CloseNotes => "close_notes",
        }
    }
}

/// The bytes of a key.
pub(crate) fn find(connection: &Connection, key: MetaKey) -> Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key.code()], |row| row.get(0)).optional()?)
}

/// Writes the bytes of a key.
pub(crate) fn put(connection: &Connection, key: MetaKey, value: &[u8]) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?
        .execute(params![key.code(), value])?;
    Ok(())
}

/// Takes a key away. One that is not there is fine.
pub(crate) fn remove(connection: &Connection, key: MetaKey) -> Result<()> {
    connection.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key.code()])?;
    Ok(())
}

/// A value kept as JSON.
pub(crate) fn find_json<T: DeserializeOwned>(connection: &Connection, key: MetaKey) -> Result<Option<T>> {
    find(connection, key)?
        .map(|bytes| serde_json::from_slice(&bytes).map_err(|_| NotebookError::Damaged("a stored value")))
        .transpose()
}

/// Keeps a value as JSON.
pub(crate) fn put_json<T: Serialize>(connection: &Connection, key: MetaKey, value: &T) -> Result<()> {
    put(connection, key, &serde_json::to_vec(value).map_err(|_| NotebookError::Internal("stored value"))?)
}
