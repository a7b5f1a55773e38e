//! What became of the cases.

use serde_json::json;
use std::time::Duration;

/// The cases of one decoder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// All of them.
    pub cases: u64,
    /// Were taken.
    pub taken: u64,
    /// Ended in a panic.
    pub panics: u64,
    /// Took longer than a second.
    pub slow: u64,
    /// Allocated more than the decoder may.
    pub over_bound: u64,
    /// Were taken, and not read the same when written again.
    pub differently: u64,
    /// The longest time.
    pub slowest: Duration,
    /// The most memory at once, in bytes.
    pub most_bytes: usize,
}

impl Tally {
    const fn faults(&self) -> u64 {
        self.panics + self.slow + self.over_bound + self.differently
    }
}

/// A whole run.
pub struct Report {
    /// Where all chance came from.
    pub seed: u64,
    /// How long it took.
    pub seconds: u64,
    /// By decoder.
    pub tallies: Vec<(&'static str, Tally)>,
    /// Inputs that were not taken well.
    pub shown: Vec<String>,
}

impl Report {
    /// Whether a figure is not what it must be. A decoder that took nothing was given nothing good.
    pub fn falls_short(&self, count: u64) -> bool {
        let is_enough = count >= 1_000 * self.tallies.len() as u64;
        let is_idle = |tally: &Tally| is_enough && tally.taken == 0;
        self.sum(Tally::faults) > 0
            || self.sum(|tally| tally.cases) < count
            || self.tallies.iter().any(|(_, tally)| is_idle(tally))
    }

    fn sum(&self, figure: impl Fn(&Tally) -> u64) -> u64 {
        self.tallies.iter().map(|(_, tally)| figure(tally)).sum()
    }

    /// For programs.
    pub fn to_json(&self) -> serde_json::Value {
        let targets: serde_json::Map<_, _> = self
            .tallies
            .iter()
            .map(|(name, tally)| {
                let figures = json!({
                    "cases": tally.cases, "taken": tally.taken, "slowest_us": tally.slowest.as_micros() as u64,
                    "most_bytes": tally.most_bytes, "faults": tally.faults(),
                });
                ((*name).to_owned(), figures)
            })
            .collect();
        json!({
            "run": "decode", "seed": self.seed, "seconds": self.seconds, "targets": targets, "shown": self.shown,
            "cases": self.sum(|tally| tally.cases), "taken": self.sum(|tally| tally.taken),
            "panics": self.sum(|tally| tally.panics), "slow": self.sum(|tally| tally.slow),
            "over_bound": self.sum(|tally| tally.over_bound), "differently": self.sum(|tally| tally.differently),
        })
    }

    /// For people; the counts come last.
    pub fn to_table(&self) -> String {
        let mut text =
            format!("{:<24} {:>10} {:>10} {:>12} {:>12}\n", "", "cases", "taken", "slowest µs", "most bytes");
        let mut line = |shown: String| {
            text.push_str(&shown);
            text.push('\n');
        };
        for (name, tally) in &self.tallies {
            line(format!(
                "{name:<24} {:>10} {:>10} {:>12} {:>12}",
                tally.cases,
                tally.taken,
                tally.slowest.as_micros(),
                tally.most_bytes
            ));
        }
        self.shown.iter().for_each(|shown| line(shown.clone()));
        line(format!(
            "decode, seed {}: {} s\ncases {}, taken {}, panics {}, slow {}, over the bound {}, read differently {}",
            self.seed,
            self.seconds,
            self.sum(|tally| tally.cases),
            self.sum(|tally| tally.taken),
            self.sum(|tally| tally.panics),
            self.sum(|tally| tally.slow),
            self.sum(|tally| tally.over_bound),
            self.sum(|tally| tally.differently)
        ));
        text.trim_end().to_owned()
    }
}
