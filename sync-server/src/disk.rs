//! How much room a disk has.

use std::path::Path;

/// Below this share of free disk, and below [`FREE_MIB`], the server is not ready for more, and the operator is warned.
pub const FREE_PERCENT: u64 = 10;

/// As much room is enough on a disk of any size: sealed data of hundreds of units for a year.
pub const FREE_MIB: u64 = 5 * 1024;

/// Room on a disk.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Free, in MiB.
    pub free_mib: u64,
    /// Free, of the whole.
    pub percent: u64,
}

impl Room {
    /// The room on the disk of a path; `None` if the system does not say.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let disk = rustix::fs::statvfs(path).ok()?;
        Some(Self {
            free_mib: disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024),
            percent: disk.f_bavail.saturating_mul(100) / disk.f_blocks.max(1),
        })
    }

    /// Whether there is enough.
    #[must_use]
    pub const fn is_enough(self) -> bool {
        self.percent >= FREE_PERCENT || self.free_mib >= FREE_MIB
    }
}
