//! The figures, for a person and for a program.

use super::two::Two;
use super::{Figures, Pair};
use anyhow::Result;
use serde_json::{Value, json};
use std::io::Write;
use uscita_load::machine::Machine;
use uscita_load::spread::Spread;

/// Nights a second that are wanted with so many clients.
const GOALS: [(usize, f64); 3] = [(1, 250.0), (8, 600.0), (64, 1_000.0)];
const GOAL_P95_MS: f64 = 150.0;
const GOAL_SHARE_MB: f64 = 32.0;
const GOAL_STORED: f64 = 12_000.0;
const GOAL_OPERATIONS: f64 = 20_000.0;
/// Where the database is not the limit.
const GOAL_TWO: f64 = 1.7;

impl Figures {
    /// One object.
    pub(super) fn print_json(&self) -> Result<()> {
        let nights: serde_json::Map<String, Value> =
            self.nights.iter().map(|(clients, pair)| (clients.to_string(), pair.json(1.0))).collect();
        let figures = json!({
            "machine": Machine::this().json(),
            "database": self.database(),
            "night_sealed_bytes": self.night.log,
            "nights": nights,
            "journal": self.journal.json(self.of_a_batch()),
            "resident_mb": mb(self.resident_kib),
            "share_mb": mb(self.share_kib),
            "cpu_of_a_night_us": self.cpu_of_a_night_us,
            "database_cpu_of_a_night_us": self.database_cpu_of_a_night_us,
            "two_instances": self.two.as_ref().map(Two::json),
            "wire_bytes_of_a_night": self.wire(),
            "stored_bytes_of_a_night": self.stored_of_a_night,
            "goal": {
                "nights": GOALS.iter().map(|(clients, goal)| (clients.to_string(), json!(goal))).collect::<serde_json::Map<_, _>>(),
                "p95_ms_at_64": GOAL_P95_MS, "share_mb": GOAL_SHARE_MB, "stored_bytes_of_a_night": GOAL_STORED,
                "operations_per_second": GOAL_OPERATIONS, "two_to_one_instance": GOAL_TWO,
            },
        });
        writeln!(std::io::stdout(), "{figures}")?;
        Ok(())
    }

    /// A table.
    pub(super) fn print_table(&self) -> Result<()> {
        let mut out = std::io::stdout();
        writeln!(out, "{}", Machine::this())?;
        writeln!(out, "{}; a night is {} bytes sealed", self.database(), self.night.log)?;
        writeln!(
            out,
            "floor: a minimal server, by turns with ours; it stores and syncs the same bytes, nothing more\n"
        )?;
        let heads = ["a second", "least", "most", "p50", "p95", "p99 ms", "goal"];
        writeln!(out, "{:<26} {}", "", heads.map(|head| format!("{head:>9}")).join(""))?;
        for (clients, pair) in &self.nights {
            let goal = GOALS.iter().find(|(of, _)| of == clients).map_or(0.0, |(_, goal)| *goal);
            let name = if *clients == 1 { "nights, 1 client".to_owned() } else { format!("nights, {clients} clients") };
            pair.print_lines(&mut out, [&name, "  floor"], 1.0, goal)?;
        }
        let names = ["operations, 64 a request", "  floor, rows"];
        self.journal.print_lines(&mut out, names, self.of_a_batch(), GOAL_OPERATIONS)?;
        writeln!(out)?;
        let p95 = self.nights.get(&64).map_or(0.0, |pair| pair.server.times.quantile(0.95));
        for (name, figure, goal) in [
            ("p95 with 64 clients, ms", p95, GOAL_P95_MS),
            ("memory after, PSS, MB", mb(self.share_kib), GOAL_SHARE_MB),
            ("memory after, RSS, MB", mb(self.resident_kib), GOAL_SHARE_MB),
            ("stored of a night, bytes", self.stored_of_a_night, GOAL_STORED),
        ] {
            writeln!(out, "{name:<26} {figure:>9.1}   (goal ≤ {goal})")?;
        }
        writeln!(out, "{:<26} {:>9.1}", "on the wire, bytes", self.wire())?;
        writeln!(out, "{:<26} {:>9.1}", "server's CPU, µs a night", self.cpu_of_a_night_us)?;
        if let Some(cpu) = self.database_cpu_of_a_night_us {
            writeln!(out, "{:<26} {cpu:>9.1}", "database's CPU, µs a night")?;
        }
        self.two.as_ref().map_or(Ok(()), |two| two.print_lines(&mut out))
    }

    fn database(&self) -> &'static str {
        if self.is_postgres { "PostgreSQL" } else { "SQLite" }
    }

    fn of_a_batch(&self) -> f64 {
        super::OPERATIONS as f64
    }

    /// Bytes of a night in both directions.
    fn wire(&self) -> f64 {
        let sum = |of: fn(&Pair) -> u64| self.nights.values().map(of).sum::<u64>() as f64;
        sum(|pair| pair.server.wire_bytes) / sum(|pair| pair.server.requests)
    }
}

impl Two {
    fn json(&self) -> Value {
        let rates = |rates: &Spread| json!({ "per_second": rates.median(), "least": rates.quantile(0.0), "most": rates.quantile(1.0) });
        json!({
            "one": rates(&self.one),
            "two": rates(&self.two),
            "two_to_one": { "median": self.ratio.median(), "least": self.ratio.quantile(0.0), "most": self.ratio.quantile(1.0) },
        })
    }

    fn print_lines(&self, out: &mut impl Write) -> Result<()> {
        writeln!(out, "\ninstances that may run a fifteenth of the time, so that the database is not the limit")?;
        for (name, rates) in [("nights, one instance", &self.one), ("nights, two instances", &self.two)] {
            let rate = |share| format!("{:>9.0}", rates.quantile(share));
            writeln!(out, "{name:<26} {}{}{}", rate(0.5), rate(0.0), rate(1.0))?;
        }
        writeln!(out, "  {:<24} {:>9.2}   (goal ≥ {GOAL_TWO})", "two / one", self.ratio.median())?;
        Ok(())
    }
}

impl Pair {
    fn json(&self, of_a_request: f64) -> Value {
        let ratio = |share| self.ratio.quantile(share);
        json!({
            "server": self.server.json(of_a_request),
            "floor": self.floor.json(of_a_request),
            "server_to_floor": { "median": ratio(0.5), "least": ratio(0.0), "most": ratio(1.0) },
        })
    }
}

impl Pair {
    fn print_lines(&self, out: &mut impl Write, names: [&str; 2], of_a_request: f64, goal: f64) -> Result<()> {
        let [server, floor] = names;
        writeln!(out, "{}{:>9}", self.server.line(server, of_a_request), format!("≥ {goal}"))?;
        writeln!(out, "{}", self.floor.line(floor, of_a_request))?;
        let ratio = |share| format!("{:>9.2}", self.ratio.quantile(share));
        writeln!(out, "{:<26} {}{}{}", "  ours / floor", ratio(0.5), ratio(0.0), ratio(1.0))?;
        Ok(())
    }
}

impl super::Measured {
    fn rate(&self, share: f64, of_a_request: f64) -> f64 {
        self.per_second.quantile(share) * of_a_request
    }

    fn json(&self, of_a_request: f64) -> Value {
        json!({
            "per_second": self.rate(0.5, of_a_request),
            "least": self.rate(0.0, of_a_request),
            "most": self.rate(1.0, of_a_request),
            "request": times(&self.times),
        })
    }

    fn line(&self, name: &str, of_a_request: f64) -> String {
        let rate = |share| format!("{:>9.0}", self.rate(share, of_a_request));
        let time = |share| format!("{:>9.1}", self.times.quantile(share));
        format!("{name:<26} {}{}{}{}{}{}", rate(0.5), rate(0.0), rate(1.0), time(0.5), time(0.95), time(0.99))
    }
}

fn times(times: &Spread) -> Value {
    times.json()
}

fn mb(kib: u64) -> f64 {
    kib as f64 * 1.024 / 1_000.0
}
