//! `cargo xtask bench save`.

use super::{build, filled_phone, on_phone, run};
use anyhow::Result;

/// Fills a phone and measures its saves.
pub(super) fn bench(json: bool) -> Result<()> {
    build(&["uscita-bench"])?;
    let (_scratch, phone) = filled_phone()?;
    let mut command = on_phone("save", &phone);
    if json {
        command.arg("--json");
    }
    println!("{}", run("saves", command)?.trim_end());
    Ok(())
}
