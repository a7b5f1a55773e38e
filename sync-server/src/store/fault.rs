//! What can go wrong with the database while the server runs.

use rusqlite::ErrorCode;

/// A read or write that did not happen. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// `SQLite` refuses.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A stored value is not what this column holds.
    #[error("column {0} holds a value that cannot be read")]
    Column(&'static str),
    /// The transaction of a whole group was not committed; the cause was logged there.
    #[error("transaction was not committed")]
    NotCommitted,
    /// The thread that does this work has ended.
    #[error("database thread has ended")]
    Stopped,
}

impl StoreFault {
    /// Whether trying again later may help: a full disk, a busy or unreachable file.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(
                    ErrorCode::DiskFull
                        | ErrorCode::SystemIoFailure
                        | ErrorCode::CannotOpen
                        | ErrorCode::DatabaseBusy
                        | ErrorCode::DatabaseLocked
                        | ErrorCode::ReadOnly
                )
            ),
            Self::NotCommitted | Self::Stopped => true,
            Self::Column(_) => false,
        }
    }
}
