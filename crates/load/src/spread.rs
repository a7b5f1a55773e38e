//! Quantiles of what was measured.

use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Times of one kind, in milliseconds.
#[derive(Default)]
pub struct Spread {
    times: Vec<f64>,
}

impl Spread {
    /// Does something and notes how long it took.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.add(began.elapsed());
        done
    }

    /// Notes a time.
    pub fn add(&mut self, time: Duration) {
        self.add_ms(time.as_secs_f64() * 1_000.0);
    }

    /// Notes a time in milliseconds.
    pub fn add_ms(&mut self, ms: f64) {
        self.times.push(ms);
    }

    /// Takes in what was measured elsewhere.
    pub fn extend(&mut self, other: &Self) {
        self.times.extend_from_slice(&other.times);
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether nothing was measured.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The time that a share of all does not exceed; 0 of none.
    pub fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.times.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let at = (last as f64 * share).round() as usize;
        sorted.get(at).copied().unwrap_or_default()
    }

    /// The middle.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// For machines.
    pub fn json(&self) -> Value {
        json!({
            "n": self.times.len(),
            "p50_ms": self.quantile(0.5),
            "p95_ms": self.quantile(0.95),
            "p99_ms": self.quantile(0.99),
        })
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = |share| self.quantile(share);
        write!(f, "{:>8.2} {:>8.2} {:>8.2} ms", at(0.5), at(0.95), at(0.99))
    }
}
