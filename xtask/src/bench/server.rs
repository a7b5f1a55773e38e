//! `cargo xtask bench server`.

use super::{build, run};
use crate::paths;
use anyhow::Result;
use std::process::Command;

/// Measures the server as it is installed, beside the floor.
pub(super) fn bench(json: bool, postgres: bool) -> Result<()> {
    build(&["uscita-bench"])?;
    // Alone, as it is installed: the bench would give it another SQLite.
    build(&["uscita-server"])?;
    let mut command = Command::new(paths::released("uscita-bench"));
    command.arg("server").arg("--server").arg(paths::released("uscita-server"));
    if json {
        command.arg("--json");
    }
    if postgres {
        command.arg("--postgres");
    }
    println!("{}", run("nights", command)?.trim_end());
    Ok(())
}
