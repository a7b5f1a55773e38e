//! `cargo xtask bench tally`.

use super::{build, run};
use crate::paths;
use crate::python;
use anyhow::Result;
use std::process::Command;

/// Makes the region, unless it is there from another time, and measures its desk beside other engines.
pub(super) fn bench(json: bool) -> Result<()> {
    build(&["uscita-bench"])?;
    let mut command = Command::new(paths::released("uscita-bench"));
    command.arg("tally").arg("--dir").arg(paths::target().join("xtask/region"));
    match python::duckdb(|line| eprintln!("{line}")) {
        Ok(python) => drop(command.arg("--python").arg(python)),
        Err(error) => eprintln!("without DuckDB: {error}"),
    }
    if json {
        command.arg("--json");
    }
    println!("{}", run("tallies", command)?.trim_end());
    Ok(())
}
