//! Single figures that speak of people: ranges and ratios (D.4.9).

use super::threshold::Threshold;
use serde::{Deserialize, Serialize};

/// Unique persons (*persone uniche*, I09), between two bounds. Never one number, and never added up over periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(export))]
pub struct UniqueRange {
    /// At least.
    pub min: u64,
    /// At most.
    pub max: u64,
}

impl UniqueRange {
    /// The range, if it may be published: only when the lower bound reaches k.
    #[must_use]
    pub fn released(self, k: Threshold) -> Option<Self> {
        (self.min >= k.get()).then_some(self)
    }
}

/// Ten times a ratio, rounded half up: 82 stands for 8.2. `None` over fewer than k people (I14).
#[must_use]
pub fn ratio_x10(numerator: u64, people: u64, k: Threshold) -> Option<u64> {
    if people < k.get() {
        return None;
    }
    let doubled = numerator.saturating_mul(20).saturating_add(people);
    doubled.checked_div(people.saturating_mul(2))
}
