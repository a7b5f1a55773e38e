//! Protocol versions. One line per version: when, why, and who still speaks it.

/// 22 November 2026. First version: journal, night log, receipts, manifest, enrolment.
pub const V1_FIRST: u16 = 1;

/// The oldest version the server accepts.
pub const OLDEST: u16 = V1_FIRST;

/// The version this build speaks.
pub const CURRENT: u16 = V1_FIRST;

/// Whether a message of this version can be read.
#[must_use]
pub const fn is_supported(version: u16) -> bool {
    version >= OLDEST && version <= CURRENT
}
