//! `cargo xtask run`: everything built, a server on loopback, and the phone and the desk to look at.

use crate::cargo::cargo;
use crate::children::{self, Running};
use crate::demo::{self, Demo, Nights};
use crate::node;
use crate::paths;
use crate::stage::{self, Part};
use crate::steps::Steps;
use crate::system;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::time::Duration;

/// How often it is looked whether all windows are closed.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// Builds, prepares and opens the demonstration, and stays until it is stopped.
///
/// # Errors
/// If a step fails, or if a process ends that should stay.
pub fn run(home: Option<PathBuf>) -> Result<ExitCode> {
    children::end_on_signal_with(0);
    let home = absolute(&home.unwrap_or_else(|| paths::root().join(".uscita")))?;
    let mut steps = Steps::new(7);
    steps.step("system packages", |step| {
        system::provide_to_run(step)?;
        node::check()
    })?;
    steps.step("packages of the interface", node::install)?;
    steps.step("build the interface", |step| step.run(node::npm(&["run", "build"])))?;
    steps.step("build server, window and tools", |step| step.run(cargo(&["build", "--workspace", "--locked"])))?;
    let demo = steps.step("programme, devices and last week's nights", |step| match Demo::find(&home)? {
        Some(demo) => Ok(demo),
        None => Demo::make(step, &home, Nights::LastWeek),
    })?;
    let (server, url) = steps.step("server", |_| stage::server(&home))?;
    let table = steps.step("tally of the week", |step| step.run(demo::tally(&demo)?))?;
    println!("\n{}", table.trim_end());
    show(&home, &url, server, &demo)
}

fn show(home: &Path, url: &str, server: Running, demo: &Demo) -> Result<ExitCode> {
    let has_display =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    let devices = [("lead phone", Part::Phone, "lead"), ("desk", Part::Desk, "desk")];
    let mut shown = Vec::new();
    println!();
    for (label, part, device) in devices {
        let data_dir = demo.data_dir(device)?;
        let (running, place) = if has_display {
            (stage::window(part, &data_dir)?, "in a window".to_owned())
        } else {
            stage::bridge(part, &data_dir)?
        };
        println!("{label:<12} {place}");
        shown.push((label, running));
    }
    println!(
        "\nPIN of the phone       {}\nreview PIN of the lead {}\npassphrase of the desk {}\nserver                 {url}\n\
         data                   {}\n\nThe data are synthetic; delete the folder to begin anew. \
         Ctrl-C stops everything.",
        demo.secret("lead")?,
        demo.review_pin()?,
        demo.secret("desk")?,
        home.display(),
    );
    watch(server, shown)
}

/// Stays until every window is closed; Ctrl-C ends it through the signal handler.
fn watch(mut server: Running, mut shown: Vec<(&str, Running)>) -> Result<ExitCode> {
    // Nothing ever arrives: the channel is a clock that ends with this function.
    let (_keep, clock) = channel::<()>();
    while !shown.is_empty() {
        if clock.recv_timeout(LOOK_AGAIN).is_ok() {
            break;
        }
        // What ends while a signal stops everything ends on purpose; look at the signal after the process.
        if !server.is_running() && !children::is_stopping() {
            bail!("the server has ended\n{}", server.log());
        }
        shown.retain_mut(|(label, running)| {
            let stays = running.is_running();
            if !stays && running.has_failed() {
                eprintln!("{label}:\n{}", running.log());
            } else if !stays && !children::is_stopping() {
                println!("{label}: closed");
            }
            stays
        });
    }
    Ok(ExitCode::SUCCESS)
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).with_context(|| format!("{} is no path", path.display()))
}
