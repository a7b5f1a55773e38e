//! The threshold under which a count is not published.

use serde::{Deserialize, Serialize};

/// The threshold `k` (*soglia*): counts of 1…k−1 are not published. 3…20; the law's floor is 3 (`domain` 0.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "number"))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u64))]
pub struct Threshold(u64);

impl Threshold {
    /// Threshold of a programme that has not chosen another one.
    pub const DEFAULT: Self = Self(5);
    /// Least threshold for what goes to the press.
    pub const PRESS: Self = Self(10);
    /// Least threshold for crossed tables (D.4.4).
    pub const CROSSED: Self = Self(10);

    /// A threshold of `k`.
    ///
    /// # Errors
    /// [`ThresholdOutOfRange`] outside 3…20.
    pub fn new(k: u64) -> Result<Self, ThresholdOutOfRange> {
        if (3..=20).contains(&k) { Ok(Self(k)) } else { Err(ThresholdOutOfRange) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Whether the count must stay hidden on its own account (D.4.1): zero is no person and is shown.
    #[must_use]
    pub const fn hides(self, count: u64) -> bool {
        count > 0 && count < self.0
    }
}

impl Default for Threshold {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl TryFrom<u64> for Threshold {
    type Error = ThresholdOutOfRange;

    fn try_from(k: u64) -> Result<Self, Self::Error> {
        Self::new(k)
    }
}

impl From<Threshold> for u64 {
    fn from(threshold: Threshold) -> Self {
        threshold.0
    }
}

/// A threshold outside 3…20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("threshold outside 3..=20")]
pub struct ThresholdOutOfRange;
