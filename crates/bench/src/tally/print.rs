//! The figures, for a person and for a program.

use super::Figures;
use super::peers::Told;
use anyhow::Result;
use serde_json::{Value, json};
use std::io::Write;
use uscita_load::machine::Machine;

/// The questions with what is wanted: at most so many milliseconds, and so many times faster than `DuckDB`.
const GOALS: [(&str, f64, f64); 6] = [
    ("ten years", 35.0, 10.0),
    ("last year", 5.0, 0.0),
    ("one unit", 1.0, 0.0),
    ("persons of a quarter", 0.0, 4.0),
    ("persons of a year", 0.0, 4.0),
    ("persons of ten years", 0.0, 4.0),
];

fn median(told: &Told, name: &str) -> f64 {
    told.times.get(name).map_or(0.0, uscita_load::spread::Spread::median)
}

impl Figures {
    /// Other figures with their goals.
    fn others(&self) -> Vec<(&'static str, f64, f64)> {
        let mut others = vec![
            ("page of a week, p50, ms", self.page.median(), 20.0),
            ("page of a week, p95, ms", self.page.quantile(0.95), 20.0),
            ("opening and first week, ms", self.opening.median(), 0.0),
            ("every week summed up anew, s", self.resum_s, 3.0),
            ("everything counted anew, s", self.recount_s, 0.0),
            ("taking everything in, s", self.made.taken_in_s, 600.0),
            ("memory at most, MB", self.peak_mb.max(self.made.peak_mb), 536.9),
        ];
        others.extend(self.others.iter().map(|(name, times)| (*name, times.quantile(0.95), 100.0)));
        others
    }

    pub(super) fn print_json(&self) -> Result<()> {
        let engine = |told: &Told| {
            let times: serde_json::Map<String, Value> =
                told.times.iter().map(|(name, times)| (name.clone(), times.json())).collect();
            (told.engine.clone(), Value::Object(times))
        };
        let others = self.others().into_iter();
        let others: Vec<Value> =
            others.map(|(name, figure, goal)| json!({ "name": name, "figure": figure, "goal": goal })).collect();
        let figures = json!({
            "machine": Machine::this().json(),
            "engines": self.all.iter().map(engine).collect::<serde_json::Map<_, _>>(),
            "missing": self.missing,
            "others": others,
            "goals": GOALS.map(|(name, ms, times)| json!({ "name": name, "ms": ms, "times_duckdb": times })),
        });
        writeln!(std::io::stdout(), "{figures}")?;
        Ok(())
    }

    pub(super) fn print_table(&self) -> Result<()> {
        let mut out = std::io::stdout();
        writeln!(
            out,
            "{}\n100 units, 520 weeks, two million contacts; milliseconds, and how many times ours\n",
            Machine::this()
        )?;
        write!(out, "{:<22}", "")?;
        for told in &self.all {
            write!(out, "{:>24}", told.engine)?;
        }
        writeln!(out)?;
        let Some((ours, others)) = self.all.split_first() else { return Ok(()) };
        for (name, ms, times) in GOALS {
            let own = median(ours, name);
            write!(out, "{name:<22}{own:>24.2}")?;
            for other in others {
                let theirs = median(other, name);
                write!(out, "{:>24}", format!("{theirs:.1} ({:.0} ×)", theirs / own.max(0.001)))?;
            }
            let wanted = match (ms > 0.0, times > 0.0) {
                (true, true) => format!("(goal {ms} ms, {times} × DuckDB)"),
                (true, false) => format!("(goal {ms} ms)"),
                _ => format!("(goal {times} × DuckDB)"),
            };
            writeln!(out, "   {wanted}")?;
        }
        writeln!(out)?;
        for (name, figure, goal) in self.others() {
            let wanted = if goal > 0.0 { format!("   (goal {goal})") } else { String::new() };
            writeln!(out, "{name:<40}{figure:>10.1}{wanted}")?;
        }
        for missing in &self.missing {
            writeln!(out, "{missing}")?;
        }
        Ok(())
    }
}
