//! Schemathesis: reads the served description, asks, and compares the answers with it.

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::{Command, Stdio};

/// Requests for each call in one run.
const MOST_EXAMPLES: u64 = 400;
/// Calls there are, about: how many examples of each make a share.
const CALLS: u64 = 20;
/// It ends with this when an answer is not as described.
const FAILED: i32 = 1;
/// Runs that ask nothing mean that something is wrong.
const MOST_RUNS: u64 = 200;

/// How to call it.
pub struct Tester<'a> {
    /// The program.
    pub program: &'a Path,
    /// Its settings.
    pub settings: &'a Path,
    /// All its chance comes from here.
    pub seed: u64,
}

impl Tester<'_> {
    /// Asks on a port until it was asked often enough; what it says of each run with an answer that is not as described.
    ///
    /// # Errors
    /// If it does not run to its end.
    pub fn ask(&self, port: u16, share: u64, asked: impl Fn() -> u64) -> Result<Vec<String>> {
        let mut failures = Vec::new();
        for run in 0..MOST_RUNS {
            let left = share.saturating_sub(asked());
            if left == 0 {
                return Ok(failures);
            }
            let examples = (left / CALLS).clamp(2, MOST_EXAMPLES);
            failures.extend(self.run(port, run, examples)?);
            eprintln!("port {port}: {} of {share}", asked());
        }
        bail!("{MOST_RUNS} runs have asked only {} times", asked())
    }

    fn run(&self, port: u16, run: u64, examples: u64) -> Result<Option<String>> {
        // The cases that every call's description names are the same each time.
        let phases = if run == 0 && examples > 20 { "examples,coverage,fuzzing,stateful" } else { "fuzzing" };
        let folder = tempfile::tempdir()?;
        let output = Command::new(self.program)
            .arg("--config-file")
            .arg(self.settings)
            .args(["run", &format!("http://127.0.0.1:{port}/openapi.json")])
            .args(["--phases", phases, "--max-examples", &examples.to_string()])
            .args(["--seed", &(self.seed.wrapping_add(run) % 0x1_0000_0000).to_string()])
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        if output.status.success() {
            return Ok(None);
        }
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.code() == Some(FAILED) {
            return Ok(Some(said));
        }
        bail!("Schemathesis: {}\n{said}\n{}", output.status, String::from_utf8_lossy(&output.stderr))
    }
}
