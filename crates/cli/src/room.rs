//! Room on a disk.

use std::path::Path;

/// There is enough from this part of the disk on, in percent…
const FREE_PERCENT: u64 = 5;
/// …or from this much, in MiB.
const FREE_MIB: u64 = 2_048;

/// Room on a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Free, in MiB.
    pub free_mib: u64,
    /// Free, of the whole.
    pub percent: u64,
}

impl Room {
    /// The room on the disk of a path; none if the system does not say.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let disk = rustix::fs::statvfs(path).ok()?;
        Some(Self {
            free_mib: disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024),
            percent: disk.f_bavail.saturating_mul(100) / disk.f_blocks.max(1),
        })
    }

    /// Whether there is enough for years of nights.
    #[must_use]
    pub const fn is_enough(self) -> bool {
        self.percent >= FREE_PERCENT || self.free_mib >= FREE_MIB
    }
}
