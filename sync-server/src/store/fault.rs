//! What can go wrong with the database while the server runs.

use crate::store::sqlite::open::OpenFault;
use rusqlite::ErrorCode;

/// A read or write that did not happen. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// `SQLite` refuses.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// `PostgreSQL` refuses, or is not there.
    #[error("database: {0}")]
    Postgres(#[from] tokio_postgres::Error),
    /// No connection to `PostgreSQL` is to be had.
    #[error("database connection: {0}")]
    NoConnection(#[from] deadpool_postgres::PoolError),
    /// A stored value is not what this column holds.
    #[error("column {0} holds a value that cannot be read")]
    Column(&'static str),
    /// A copy in the form of `SQLite` cannot be made.
    #[error(transparent)]
    Copy(Box<OpenFault>),
    /// The transaction of a whole group was not committed; the cause was logged there.
    #[error("transaction was not committed")]
    NotCommitted,
    /// Another call asked for this one too, and got no answer; the cause was told there.
    #[error("no answer from the database")]
    Unanswered,
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
            Self::Postgres(error) => is_passing(error),
            Self::NotCommitted | Self::Unanswered | Self::Stopped | Self::NoConnection(_) => true,
            Self::Copy(fault) => matches!(**fault, OpenFault::DiskFull | OpenFault::Busy | OpenFault::File(_)),
            Self::Column(_) => false,
        }
    }

    /// Whether the same transaction may do at once what it did not now: it was in the way of another, or its
    /// connection was lost.
    #[must_use]
    pub fn may_repeat(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        error.code().map_or_else(|| is_cut(error), |state| matches!(state.code().get(..2), Some("08" | "40" | "57")))
    }
}

/// By the class of the SQLSTATE: connection, transaction, resources, not ready, operator, system.
fn is_passing(error: &tokio_postgres::Error) -> bool {
    let class = error.code().and_then(|state| state.code().get(..2));
    class.map_or_else(|| is_cut(error), |class| matches!(class, "08" | "25" | "40" | "53" | "55" | "57" | "58"))
}

/// Whether the connection itself has failed.
fn is_cut(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
}
