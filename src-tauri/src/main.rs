//! `uscita-app`: the phone (`--role phone`, the default) or the desk (`--role desk`) as a window.

use anyhow::Result;
use clap::Parser;

fn main() -> Result<()> {
    uscita_app::start(uscita_app::Launch::parse())?;
    Ok(())
}
