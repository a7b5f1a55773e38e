//! `cargo xtask pictures`: every screen in both themes and both languages, for the guide.

use crate::browser::{Around, Flow};
use crate::cargo::cargo;
use crate::demo::Nights;
use crate::node::{self, npm};
use crate::paths;
use crate::steps::Steps;
use crate::system;
use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;

/// Takes the pictures of the guide anew, into `folder` or where the guide expects them.
///
/// # Errors
/// If a step fails.
pub fn pictures(folder: Option<PathBuf>) -> Result<ExitCode> {
    let results = paths::target().join("xtask");
    std::fs::create_dir_all(&results)?;
    let scratch = tempfile::TempDir::new_in(&results)?;
    let folder = std::path::absolute(folder.unwrap_or_else(|| paths::root().join("docs/guida/img")))?;
    let mut steps = Steps::new(5);
    steps.step("system packages", |step| {
        system::provide_to_test(step)?;
        node::check()
    })?;
    steps.step("packages of the interface", node::install)?;
    steps.step("build the interface", |step| step.run(npm(&["run", "build"])))?;
    steps.step("build server, bridge and tools", |step| step.run(cargo(&["build", "--workspace", "--locked"])))?;
    let flow = Flow { script: "pictures.mjs", nights: Nights::LastWeek, around: Around::ServerAndBridges };
    steps.step("every screen in both themes and languages", |step| {
        flow.play(step, &scratch.path().join("home"), &[("screenshots", &results), ("pictures", &folder)])
    })?;
    println!("\n{}", folder.display());
    Ok(ExitCode::SUCCESS)
}
