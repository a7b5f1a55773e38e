//! The processes of a demonstration or a test: a server, bridges, windows.

use crate::children::Running;
use crate::paths;
use anyhow::{Context, Result};
use serde_json::Value;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How long a process may take until it is ready.
const READY: Duration = Duration::from_secs(120);

/// The part that a window or a bridge plays.
#[derive(Clone, Copy)]
pub enum Part {
    /// The phone of a team.
    Phone,
    /// The desk of the office.
    Desk,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }
}

/// A port on loopback that nobody uses at this moment.
///
/// # Errors
/// If the system gives none.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Starts the sync server with the settings that `uscita demo` has left in `home`.
///
/// # Errors
/// If it does not come up; for example because another program has taken its port.
pub fn server(home: &Path) -> Result<(Running, String)> {
    let mut command = Command::new(paths::program("uscita-server"));
    command.arg("serve").arg("--config").arg(home.join("server.toml"));
    let running = Running::start("uscita-server", command)?;
    let url = running.wait_for_line(READY, |line| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(line.get("listening")?.as_str()?.to_owned())
    })?;
    Ok((running, url))
}

/// Starts a bridge to the notebook in `data_dir` and returns the address to open in a browser.
///
/// # Errors
/// If it does not come up.
pub fn bridge(part: Part, data_dir: &Path) -> Result<(Running, String)> {
    bridge_of(&paths::program("uscita-bridge"), part, data_dir)
}

/// As [`bridge`], with the bridge of another profile.
///
/// # Errors
/// If it does not come up.
pub fn bridge_of(program: &Path, part: Part, data_dir: &Path) -> Result<(Running, String)> {
    let mut command = Command::new(program);
    command.arg("--role").arg(part.name());
    command.arg("--data-dir").arg(data_dir);
    command.arg("--ui-dist").arg(paths::ui_dist());
    let running = Running::start("uscita-bridge", command)?;
    let url = running.wait_for_line(READY, |line| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(line.get("url")?.as_str()?.to_owned())
    })?;
    Ok((running, url))
}

/// Opens a window on the notebook in `data_dir`.
///
/// # Errors
/// If it cannot be started.
pub fn window(part: Part, data_dir: &Path) -> Result<Running> {
    let mut command = Command::new(paths::program("uscita-app"));
    command.arg("--role").arg(part.name());
    command.arg("--data-dir").arg(data_dir);
    Running::start("uscita-app", command).context("the window cannot be opened")
}
