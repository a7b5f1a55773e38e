//! The real window under a virtual screen, driven through WebKit's WebDriver.

use crate::children::Running;
use crate::count;
use crate::demo::Demo;
use crate::paths;
use crate::stage;
use crate::steps::Step;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How long the screen and the driver may take until they are ready.
const READY: Duration = Duration::from_secs(120);

/// Starts a virtual screen and the driver, and lets `uscita-window-test` take the first steps.
///
/// # Errors
/// If one of them does not come up or a step fails.
pub fn first_steps(step: &mut Step, demo: &Demo, scratch: &Path, screenshots: &Path) -> Result<()> {
    let (screen, display) = virtual_screen()?;
    let port = stage::free_port()?;
    let mut driver = Command::new("WebKitWebDriver");
    driver.arg(format!("--port={port}")).env("DISPLAY", &display);
    // What makes the window accept a driver; an ordinary start does not.
    driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env_remove("WAYLAND_DISPLAY");
    // A driven window is an ordinary one and leaves WebKit's files behind: here, not in the home folder.
    driver.env("XDG_DATA_HOME", scratch).env("XDG_CACHE_HOME", scratch);
    let driver = Running::start("WebKitWebDriver", driver)?;
    driver.wait_for_port(READY, port)?;
    let mut test = Command::new(paths::program("uscita-window-test"));
    test.arg("--driver").arg(format!("http://127.0.0.1:{port}"));
    test.arg("--app").arg(paths::program("uscita-app"));
    test.arg("--phone").arg(demo.data_dir("lead")?).arg("--pin").arg(demo.secret("lead")?);
    test.arg("--screenshots").arg(screenshots);
    let (succeeded, output) = step.attempt(test)?;
    step.add(count::of_flow(&output).unwrap_or_default());
    if !succeeded {
        bail!("{output}\n{}\n{}", driver.log(), screen.log());
    }
    Ok(())
}

/// A screen that is larger than the window: without a window manager the last lines stay dark else.
fn virtual_screen() -> Result<(Running, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1440x960x24", "-nolisten", "tcp"]);
    let screen = Running::start("Xvfb", command)?;
    let number = screen.wait_for_line(READY, |line| line.trim().parse::<u32>().ok()).context("no virtual screen")?;
    Ok((screen, format!(":{number}")))
}
