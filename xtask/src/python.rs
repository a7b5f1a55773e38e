//! Schemathesis, a program in Python, in an environment of its own below the output folder: nothing is installed on the
//! system, and every package has the version that is written down.

use crate::children::Running;
use crate::paths;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The packages with their versions.
fn requirements() -> PathBuf {
    paths::root().join("tests/schemathesis/requirements.txt")
}

/// How Schemathesis asks.
pub fn settings() -> PathBuf {
    paths::root().join("tests/schemathesis/schemathesis.toml")
}

/// The program, installed anew when other versions are written down than it was made of. `on_line` sees the progress.
///
/// # Errors
/// If it cannot be installed.
pub fn schemathesis(mut on_line: impl FnMut(&str)) -> Result<PathBuf> {
    let home = paths::target().join("xtask/schemathesis");
    let program = home.join("bin/schemathesis");
    let wanted = std::fs::read_to_string(requirements()).context("tests/schemathesis/requirements.txt is missing")?;
    // Written last: an installation that was cut short is none.
    let made_of = home.join("made-of.txt");
    if program.is_file() && std::fs::read_to_string(&made_of).is_ok_and(|made_of| made_of == wanted) {
        return Ok(program);
    }
    let mut environment = Command::new("python3");
    environment.args(["-m", "venv", "--clear"]).arg(&home);
    run(environment, &mut on_line)?;
    let mut install = Command::new(home.join("bin/python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"]);
    install.arg(requirements());
    run(install, &mut on_line)?;
    std::fs::write(Path::new(&made_of), wanted)?;
    Ok(program)
}

fn run(command: Command, on_line: &mut impl FnMut(&str)) -> Result<()> {
    let (status, output) = Running::start("python", command)?.finish(on_line)?;
    if !status.success() {
        bail!("Schemathesis cannot be installed: {status}\n{output}");
    }
    Ok(())
}
