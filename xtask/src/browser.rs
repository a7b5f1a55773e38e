//! Flows in a real browser: `tests/ui/*.mjs` against the real notebooks and a real server process.

use crate::count::{self, Count};
use crate::demo::{Demo, Nights};
use crate::paths;
use crate::stage::{self, Part};
use crate::steps::Step;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// The devices of a demonstration, and the part each plays.
const DEVICES: [(&str, Part); 3] = [("lead", Part::Phone), ("member", Part::Phone), ("desk", Part::Desk)];

/// A flow: its script, and what it begins with.
#[derive(Clone, Copy)]
pub struct Flow {
    /// The file in `tests/ui`.
    pub script: &'static str,
    /// The nights that the devices already hold.
    pub nights: Nights,
    /// What runs around it.
    pub around: Around,
}

/// What runs while a flow is played.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// The server, and each device behind a bridge.
    ServerAndBridges,
    /// Each device behind a bridge, and no server that could help.
    Bridges,
    /// The server; the flow starts its bridges itself.
    Server,
}

impl Flow {
    /// Plays it with new devices in `home`; `folders` names where it leaves what it makes.
    ///
    /// # Errors
    /// If the devices cannot be made, or if a check of the flow does not hold.
    pub fn play(self, step: &mut Step, home: &Path, folders: &[(&str, &Path)]) -> Result<()> {
        let demo = Demo::make(step, home, self.nights)?;
        let mut command = Command::new("node");
        command.arg(paths::root().join("tests/ui").join(self.script)).current_dir(paths::root());
        let mut processes = Vec::new();
        if self.around != Around::Bridges {
            processes.push(stage::server(home)?.0);
        }
        for (device, part) in DEVICES {
            let data_dir = demo.data_dir(device)?;
            if self.around != Around::Server {
                let (bridge, url) = stage::bridge(part, &data_dir)?;
                processes.push(bridge);
                command.arg(format!("--{device}")).arg(url);
            }
            command.arg(format!("--{device}-dir")).arg(data_dir);
            command.arg(format!("--{device}-secret")).arg(demo.secret(device)?);
        }
        command.arg("--lead-review-secret").arg(demo.review_pin()?);
        command.arg("--bridge").arg(paths::program("uscita-bridge"));
        command.arg("--ui-dist").arg(paths::ui_dist());
        for (name, folder) in folders {
            command.arg(format!("--{name}")).arg(folder);
        }
        let (succeeded, mut output) = step.attempt(command)?;
        if !succeeded {
            for process in &processes {
                output.push_str(&process.log());
            }
        }
        let count = count::of_flow(&output);
        conclude(step, succeeded, &output, count)
    }
}

/// Adds what was counted; a run that counts nothing has not tested anything.
///
/// # Errors
/// If something failed, with the whole output.
pub fn conclude(step: &mut Step, succeeded: bool, output: &str, count: Option<Count>) -> Result<()> {
    let count = count.unwrap_or_default();
    step.add(count);
    if !succeeded || count.failed > 0 {
        bail!("{output}");
    }
    if count.passed == 0 {
        bail!("no test was counted\n{output}");
    }
    Ok(())
}
