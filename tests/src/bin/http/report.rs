//! What was asked, and what was answered.

use serde_json::json;
use std::collections::BTreeMap;

/// Answers that are shown whole.
const SHOWN: usize = 20;

/// Everything that was asked.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Answers by call (method and path as described) and status.
    pub answers: BTreeMap<(String, u16), u64>,
    /// The first requests that were answered 5xx.
    pub broken: Vec<String>,
}

impl Tally {
    /// Counts an answer. `shown` describes the request, for one that is broken.
    pub fn count(&mut self, call: String, status: u16, shown: impl FnOnce() -> String) {
        *self.answers.entry((call, status)).or_default() += 1;
        if status >= 500 && self.broken.len() < SHOWN {
            self.broken.push(shown());
        }
    }

    /// All of them.
    pub fn cases(&self) -> u64 {
        self.answers.values().sum()
    }

    fn broken_count(&self) -> u64 {
        self.answers.iter().filter(|((_, status), _)| *status >= 500).map(|(_, count)| count).sum()
    }

    /// How many were done, among those of a call.
    fn done(&self) -> u64 {
        self.answers.iter().filter(|((_, status), _)| *status < 300).map(|(_, count)| count).sum()
    }

    fn by_status(&self) -> BTreeMap<u16, u64> {
        let mut by_status = BTreeMap::new();
        for ((_, status), count) in &self.answers {
            *by_status.entry(*status).or_default() += count;
        }
        by_status
    }
}

/// A whole run.
pub struct Report {
    /// Which database.
    pub database: &'static str,
    /// Where all chance came from.
    pub seed: u64,
    /// How long it took.
    pub seconds: u64,
    /// What Schemathesis says of each run with an answer that is not as described.
    pub failures: Vec<String>,
    /// What was asked.
    pub tally: Tally,
}

impl Report {
    /// Whether a figure is not what it must be.
    pub fn falls_short(&self, count: u64) -> bool {
        self.tally.broken_count() > 0 || !self.failures.is_empty() || self.tally.cases() < count
    }

    /// For programs.
    pub fn to_json(&self) -> serde_json::Value {
        let by_status: BTreeMap<String, u64> =
            self.tally.by_status().into_iter().map(|(status, count)| (status.to_string(), count)).collect();
        json!({
            "run": "http", "database": self.database, "seed": self.seed, "seconds": self.seconds,
            "cases": self.tally.cases(), "done": self.tally.done(), "by_status": by_status,
            "server_errors": self.tally.broken_count(), "not_as_described": self.failures.len(),
            "broken": self.tally.broken, "failures": self.failures,
        })
    }

    /// For people; the counts come last.
    pub fn to_table(&self) -> String {
        let mut text = String::new();
        let mut line = |shown: String| {
            text.push_str(&shown);
            text.push('\n');
        };
        let mut calls: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for ((call, status), count) in &self.tally.answers {
            calls.entry(call).or_default().push(format!("{status}: {count}"));
        }
        for (call, answers) in calls {
            line(format!("{call:<30} {}", answers.join(", ")));
        }
        self.tally.broken.iter().chain(&self.failures).for_each(|shown| line(shown.clone()));
        line(format!(
            "http on {}, seed {}: {} s\ncases {}, done {}, server errors {}, not as described {}",
            self.database,
            self.seed,
            self.seconds,
            self.tally.cases(),
            self.tally.done(),
            self.tally.broken_count(),
            self.failures.len()
        ));
        text.trim_end().to_owned()
    }
}
