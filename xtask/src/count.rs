//! Counting what passed: the summaries of cargo, of Vitest and of the two flow drivers.

use serde_json::Value;
use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Sums the `test result:` lines of one cargo run.
pub fn of_cargo(output: &str) -> Count {
    let mut count = Count::default();
    for line in output.lines() {
        let Some((_, summary)) = line.split_once("test result: ") else {
            continue;
        };
        count += Count { passed: before(summary, "passed"), failed: before(summary, "failed") };
    }
    count
}

/// Reads the numbers of Vitest's JSON report; none if it is not such a report.
pub fn of_vitest(report: &str) -> Option<Count> {
    let report: Value = serde_json::from_str(report).ok()?;
    Some(Count { passed: report.get("numPassedTests")?.as_u64()?, failed: report.get("numFailedTests")?.as_u64()? })
}

/// Reads the last line `{"passed":…,"failed":…}` that a flow driver prints; none if there is none.
pub fn of_flow(output: &str) -> Option<Count> {
    output.lines().rev().find_map(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(Count { passed: line.get("passed")?.as_u64()?, failed: line.get("failed")?.as_u64()? })
    })
}

/// The number in front of `word`, as in `12 passed; 1 failed`.
fn before(summary: &str, word: &str) -> u64 {
    summary
        .split(['.', ';'])
        .filter_map(|part| part.trim().strip_suffix(word))
        .find_map(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_every_result_line_of_cargo() {
        let output = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.00s\n\
            Doc-tests\n\
            test result: FAILED. 10 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(of_cargo(output), Count { passed: 12, failed: 1 });
    }

    #[test]
    fn counts_nothing_without_a_result_line() {
        assert_eq!(of_cargo("3 passed; 1 failed"), Count::default());
    }

    #[test]
    fn reads_the_report_of_vitest() {
        let report = r#"{"numTotalTests":4,"numPassedTests":3,"numFailedTests":1}"#;
        assert_eq!(of_vitest(report), Some(Count { passed: 3, failed: 1 }));
        assert_eq!(of_vitest("no report"), None);
    }

    #[test]
    fn reads_the_last_line_of_a_flow() {
        let output = "step 1\n{\"passed\":1,\"failed\":0}\nstep 2\n{\"passed\":41,\"failed\":2}\n";
        assert_eq!(of_flow(output), Some(Count { passed: 41, failed: 2 }));
        assert_eq!(of_flow("step 1\n"), None);
    }
}
