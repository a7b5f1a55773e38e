//! The synthetic programme that `run` shows and the flows are tested on: made once by `uscita demo`
//! through the real protocol, and described in `demo.json` of its folder.

use crate::paths;
use crate::stage;
use crate::steps::Step;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether the demonstration begins with last week's nights.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Nights {
    /// Last week's nights, reviewed and sent.
    LastWeek,
    /// None: the devices are enrolled and empty.
    None,
}

/// A demonstration that has been made.
pub struct Demo {
    home: PathBuf,
    description: Value,
}

impl Demo {
    /// The one in `home`; none if it has not been made to the end.
    ///
    /// # Errors
    /// If its description cannot be read.
    pub fn find(home: &Path) -> Result<Option<Self>> {
        let file = home.join("demo.json");
        if !file.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&file)?;
        let description = serde_json::from_str(&text).with_context(|| format!("{} cannot be read", file.display()))?;
        Ok(Some(Self { home: home.to_path_buf(), description }))
    }

    /// Makes one in `home`: programme, server settings, devices enrolled with a server on a free port.
    ///
    /// # Errors
    /// If `uscita demo` fails.
    pub fn make(step: &mut Step, home: &Path, nights: Nights) -> Result<Self> {
        let url = format!("http://127.0.0.1:{}", stage::free_port()?);
        let mut command = Command::new(paths::program("uscita"));
        command.arg("demo").arg("--home").arg(home).arg("--server").arg(url);
        if nights == Nights::None {
            command.arg("--without-nights");
        }
        step.run(command)?;
        Self::find(home)?.context("`uscita demo` has left no description")
    }

    /// The folder of a device's notebook: `lead`, `member` or `desk`.
    ///
    /// # Errors
    /// If the description does not name it.
    pub fn data_dir(&self, device: &str) -> Result<PathBuf> {
        Ok(self.home.join(self.text(&format!("/{device}/data_dir"))?))
    }

    /// What unlocks a device: the PIN of a phone, the passphrase of the desk.
    ///
    /// # Errors
    /// If the description does not hold it.
    pub fn secret(&self, device: &str) -> Result<&str> {
        let what = if device == "desk" { "passphrase" } else { "pin" };
        self.text(&format!("/{device}/{what}"))
    }

    /// The step-up PIN of the lead's phone; chosen with the first night that is reviewed.
    ///
    /// # Errors
    /// If the description does not hold it.
    pub fn review_pin(&self) -> Result<&str> {
        self.text("/lead/review_pin")
    }

    /// The ISO week that was played in.
    ///
    /// # Errors
    /// If the description does not name it.
    pub fn week(&self) -> Result<&str> {
        self.text("/week")
    }

    fn text(&self, pointer: &str) -> Result<&str> {
        self.description
            .pointer(pointer)
            .and_then(Value::as_str)
            .with_context(|| format!("demo.json does not say {pointer}"))
    }
}

/// The week's table, as `uscita tally` prints it.
///
/// # Errors
/// If the desk cannot be read.
pub fn tally(demo: &Demo) -> Result<Command> {
    let mut command = Command::new(paths::program("uscita"));
    command.arg("tally").arg("--data-dir").arg(demo.data_dir("desk")?);
    command.arg("--week").arg(demo.week()?);
    command.env("USCITA_PASSPHRASE", demo.secret("desk")?);
    Ok(command)
}
