//! What a run counted.

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The most faults that are told in words.
const TOLD: usize = 20;

/// Counts of a run. `Default` is nothing counted yet.
#[derive(Default)]
pub struct Report {
    /// Times that it happened.
    pub runs: u64,
    /// Acknowledged, and gone.
    pub lost: u64,
    /// Files that do not open, records that are there twice, notebook and journal that disagree.
    pub corrupt: u64,
    /// Contents that changed, and nothing said so.
    pub undetected: u64,
    /// What came back: operations, or times, as the run says in `of`.
    pub recovered: u64,
    /// What should have come back.
    pub due: u64,
    /// Figures that are beyond what they may be at most.
    pub beyond: u64,
    /// What else is worth knowing, by name.
    pub more: BTreeMap<String, u64>,
    /// What went wrong, in words, each with the seed that shows it again.
    pub faults: Vec<String>,
}

impl Report {
    /// One more of something.
    pub fn count(&mut self, name: &str, number: u64) {
        *self.more.entry(name.to_owned()).or_default() += number;
    }

    /// A figure that must not be beyond another, if it is judged. Told with its limit.
    pub fn require(&mut self, name: &str, figure: u64, most: Option<u64>) {
        let Some(most) = most else { return self.count(name, figure) };
        self.count(&format!("{name} (at most {most})"), figure);
        if figure > most {
            self.beyond += 1;
            self.faults.push(format!("{name}: {figure}, at most {most}"));
        }
    }

    /// Tells what went wrong in run `seed`.
    pub fn tell(&mut self, seed: u64, what: &str) {
        if self.faults.len() < TOLD {
            self.faults.push(format!("USCITA_SEED={seed}: {what}"));
        }
    }

    /// Takes in the counts of another part.
    pub fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.lost += other.lost;
        self.corrupt += other.corrupt;
        self.undetected += other.undetected;
        self.recovered += other.recovered;
        self.due += other.due;
        self.beyond += other.beyond;
        for (name, number) in other.more {
            self.count(&name, number);
        }
        self.faults.extend(other.faults);
    }

    /// Whether a figure is not what it must be: after so many runs nothing lost, nothing corrupt, nothing undetected,
    /// everything recovered, no time or memory beyond what it may be.
    pub fn falls_short(&self, runs: u64) -> bool {
        self.runs != runs || self.lost + self.corrupt + self.undetected + self.beyond > 0 || self.recovered != self.due
    }

    /// For a program.
    pub fn to_json(&self, run: &str, seed: u64) -> Value {
        json!({
            "run": run, "seed": seed, "more": self.more, "faults": self.faults, "due": self.due, "beyond": self.beyond,
            "runs": self.runs, "lost": self.lost, "corrupt": self.corrupt, "undetected": self.undetected,
            "recovered": self.recovered,
        })
    }

    /// For a person: what went wrong first, the counts last.
    pub fn to_table(&self, run: &str, seed: u64) -> String {
        let mut lines = self.faults.clone();
        lines.push(format!("{run}, USCITA_SEED={seed}"));
        lines.extend(self.more.iter().map(|(name, number)| format!("  {name:<40} {number:>9}")));
        let counts = [
            ("runs", self.runs),
            ("lost", self.lost),
            ("corrupt", self.corrupt),
            ("undetected", self.undetected),
            ("recovered", self.recovered),
        ];
        lines.extend(counts.map(|(name, number)| format!("{name:<42} {number:>9}")));
        lines.join("\n")
    }
}
