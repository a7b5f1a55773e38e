//! Backups as the store knows them: a plain copy that goes no further than this host's memory of it, and which of the
//! sealed ones are proved to lie elsewhere.

use chrono::{DateTime, Utc};
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
}

/// A backup with what is in it.
pub struct Proved {
    /// The file.
    pub file: Verified,
    /// How far it holds each log.
    pub held: Vec<HeldLog>,
}
