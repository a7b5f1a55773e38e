//! Disclosure rules of `domain` D.4.

mod threshold;

pub use threshold::{Threshold, ThresholdOutOfRange};
