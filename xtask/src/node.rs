//! The user interface's tools: Node's version, `npm ci` when the lock is newer, npm scripts.

use crate::paths;
use crate::steps::Step;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// The sentence for a machine without a suitable Node.
const NEEDED: &str = "Node 20.19 or later of the 20 line, or 22.12 or later, with npm, is needed; \
    get it from https://nodejs.org or your system's packages, and see that `node` is on the PATH";

/// Whether Vite runs on this version, as printed by `node --version` (`v20.19.0`).
fn is_suitable(version: &str) -> bool {
    let mut parts = version.trim().trim_start_matches('v').split('.').map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (parts.next(), parts.next()) else {
        return false;
    };
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    }
}

/// Checks that Node and npm are there, and new enough.
///
/// # Errors
/// If not, with a sentence that says what to install.
pub fn check() -> Result<()> {
    let output = Command::new("node").arg("--version").output().context(NEEDED)?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if !is_suitable(&version) {
        bail!("this machine has Node {version}. {NEEDED}");
    }
    Command::new("npm").arg("--version").output().context(NEEDED)?;
    Ok(())
}

/// Installs the packages of the lock file, unless the last installation is newer than it.
///
/// # Errors
/// If npm fails.
pub fn install(step: &mut Step) -> Result<()> {
    let lock = modified(&paths::ui().join("package-lock.json")).context("ui/package-lock.json is missing")?;
    // npm writes this file at the end of an installation.
    let installed = modified(&paths::ui().join("node_modules/.package-lock.json"));
    if installed.is_some_and(|installed| installed >= lock) {
        return Ok(());
    }
    step.run(npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    Ok(())
}

/// An npm command in the package of the user interface.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(arguments).current_dir(paths::ui()).env("NO_COLOR", "1").env("CI", "1");
    command
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::is_suitable;

    #[test]
    fn accepts_the_versions_that_vite_accepts() {
        for version in ["v20.19.0", "v20.20.2\n", "v22.12.0", "v23.0.0", "v24.1.0"] {
            assert!(is_suitable(version), "{version}");
        }
        for version in ["v18.20.4", "v20.18.1", "v21.7.0", "v22.11.0", "", "node"] {
            assert!(!is_suitable(version), "{version}");
        }
    }
}
