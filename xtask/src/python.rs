//! Programs and packages of Python, each in an environment of its own below the output folder: nothing is installed on the
//! system, and every package has the version that is written down.

use crate::children::Running;
use crate::paths;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How Schemathesis asks.
pub fn settings() -> PathBuf {
    paths::root().join("tests/schemathesis/schemathesis.toml")
}

/// Schemathesis. `on_line` sees the progress.
///
/// # Errors
/// If it cannot be installed.
pub fn schemathesis(on_line: impl FnMut(&str)) -> Result<PathBuf> {
    Ok(environment("schemathesis", on_line)?.join("bin/schemathesis"))
}

/// A Python that has DuckDB. `on_line` sees the progress.
///
/// # Errors
/// If it cannot be installed.
pub fn duckdb(on_line: impl FnMut(&str)) -> Result<PathBuf> {
    Ok(environment("duckdb", on_line)?.join("bin/python"))
}

/// The folder of an environment with the packages of `tests/<name>/requirements.txt`, installed anew when other versions
/// are written down than it was made of.
fn environment(name: &str, mut on_line: impl FnMut(&str)) -> Result<PathBuf> {
    let requirements = paths::root().join("tests").join(name).join("requirements.txt");
    let home = paths::target().join("xtask").join(name);
    let wanted =
        std::fs::read_to_string(&requirements).with_context(|| format!("{} is missing", requirements.display()))?;
    // Written last: an installation that was cut short is none.
    let made_of = home.join("made-of.txt");
    let is_there = home.join("bin/python").exists();
    if is_there && std::fs::read_to_string(&made_of).is_ok_and(|made_of| made_of == wanted) {
        return Ok(home);
    }
    let mut environment = Command::new("python3");
    environment.args(["-m", "venv", "--clear"]).arg(&home);
    run(name, environment, &mut on_line)?;
    let mut install = Command::new(home.join("bin/python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--requirement"]);
    install.arg(requirements);
    run(name, install, &mut on_line)?;
    std::fs::write(Path::new(&made_of), wanted)?;
    Ok(home)
}

fn run(name: &str, command: Command, on_line: &mut impl FnMut(&str)) -> Result<()> {
    let (status, output) = Running::start("python", command)?.finish(on_line)?;
    if !status.success() {
        bail!("{name} cannot be installed: {status}\n{output}");
    }
    Ok(())
}
