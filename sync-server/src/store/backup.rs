//! Backups as the store knows them: a plain copy that goes no further than this host's memory of it, and which of the
//! sealed ones are proved to lie elsewhere.

use chrono::{DateTime, Utc};
use domain::sync::audit::{AuditKind, Note};
use domain::sync::chain::Digest;
use domain::sync::pull::HeldLog;

/// A sealed backup that was read back from where it lies, and is the one that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Its file name.
    pub name: String,
    /// When the copy in it was made.
    pub made_at: DateTime<Utc>,
    /// Bytes of the sealed file.
    pub bytes: u64,
    /// SHA-256 of the sealed file.
    pub sha256: Digest,
    /// It was started from, on trial.
    pub tried: bool,
}

/// When there was proof last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    /// The newest backup that was read back was made.
    pub made: Option<DateTime<Utc>>,
    /// The newest one that was started from, on trial.
    pub tried: Option<DateTime<Utc>>,
}

impl Newest {
    /// From seconds since 1970 UTC.
    #[must_use]
    pub fn of(made: Option<i64>, tried: Option<i64>) -> Self {
        let instant = |at: Option<i64>| at.and_then(|at| DateTime::from_timestamp(at, 0));
        Self { made: instant(made), tried: instant(tried) }
    }
}

impl Proved {
    /// For the record: that it was started from on trial.
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        self.file.tried.then(|| Note::new(self.file.made_at.date_naive(), AuditKind::Tried))
    }
}

/// A backup with what is in it.
pub struct Proved {
    /// The file.
    pub file: Verified,
    /// How far it holds each log.
    pub held: Vec<HeldLog>,
}
