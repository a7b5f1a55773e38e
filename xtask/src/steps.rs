//! Steps with a progress line each: what is being done, how long it took, and why it failed.
//!
//! On a terminal the running step shows its last line of output; elsewhere (a log file of continuous
//! integration) a long step says every half minute that it is still at work.

use crate::children::{self, Running};
use crate::count::Count;
use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::process::Command;
use std::time::{Duration, Instant};

/// How often a long step says so where there is no terminal.
const STILL_AT_WORK: Duration = Duration::from_secs(30);
/// How often the clock of the progress line moves.
const TICK: Duration = Duration::from_millis(200);

/// The steps of one task.
pub struct Steps {
    total: usize,
    done: usize,
    count: Count,
}

/// One step at work: the place where its commands report.
pub struct Step {
    bar: ProgressBar,
    began: Instant,
    spoke: Instant,
    count: Count,
}

impl Steps {
    /// A task of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { total, done: 0, count: Count::default() }
    }

    /// What the steps so far have counted.
    pub fn count(&self) -> Count {
        self.count
    }

    /// Does one step, and prints its line.
    ///
    /// # Errors
    /// Those of `work`, after the line of the step.
    pub fn step<T>(&mut self, label: &str, work: impl FnOnce(&mut Step) -> Result<T>) -> Result<T> {
        self.done += 1;
        let head = format!("[{:>2}/{}] {label}", self.done, self.total);
        let mut step = Step::begin(&head);
        let result = work(&mut step);
        // A step that a signal cuts short has not failed.
        children::give_way_to_signal();
        let mut tests = String::new();
        if step.count != Count::default() {
            tests = format!("  {} passed, {} failed", step.count.passed, step.count.failed);
        }
        step.bar.finish_and_clear();
        let seconds = step.began.elapsed().as_secs_f64();
        let outcome = if result.is_ok() { "ok" } else { "FAILED" };
        println!("{head:<52} {outcome:>6} {seconds:>7.1} s{tests}");
        self.count += step.count;
        result
    }
}

impl Step {
    fn begin(head: &str) -> Self {
        let bar = if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{prefix} {spinner} {elapsed} {wide_msg}") {
                bar.set_style(style);
            }
            bar.set_prefix(head.to_owned());
            bar.enable_steady_tick(TICK);
            bar
        } else {
            println!("{head} …");
            ProgressBar::hidden()
        };
        let now = Instant::now();
        Self { bar, began: now, spoke: now, count: Count::default() }
    }

    /// Runs a command to its end and returns what it printed.
    ///
    /// # Errors
    /// If it cannot be started or ends with a failure; the error then carries its whole output.
    pub fn run(&mut self, command: Command) -> Result<String> {
        let (succeeded, output) = self.attempt(command)?;
        if !succeeded {
            bail!("{output}");
        }
        Ok(output)
    }

    /// Runs a command to its end and returns whether it succeeded, and what it printed.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn attempt(&mut self, command: Command) -> Result<(bool, String)> {
        let shown = format!("{command:?}");
        let running = Running::start("command", command)?;
        let (status, output) = running.finish(|line| self.note(line))?;
        if status.success() {
            return Ok((true, output));
        }
        Ok((false, format!("{output}\n{shown}\n{status}")))
    }

    /// Adds to the tests counted by this step.
    pub fn add(&mut self, count: Count) {
        self.count += count;
    }

    /// Shows what the step is doing now.
    pub fn note(&mut self, line: &str) {
        if !line.trim().is_empty() {
            self.bar.set_message(line.trim().to_owned());
        }
        if self.bar.is_hidden() && self.spoke.elapsed() >= STILL_AT_WORK {
            self.spoke = Instant::now();
            println!("        {:>4} s  {}", self.began.elapsed().as_secs(), line.trim());
        }
    }
}
