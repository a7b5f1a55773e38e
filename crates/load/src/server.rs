//! The server as a process of its own. Its folder holds the settings, the data and what it said.

use anyhow::{Context, Result, bail, ensure};
use data_encoding::BASE64URL_NOPAD;
use domain::sync::chain::Bytes;
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A server. It is killed when this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

/// A server that may not have opened its mailbox yet.
#[derive(Debug)]
pub struct Starting(Child);

/// The line of a server that is ready.
#[derive(Deserialize)]
struct Ready {
    listening: String,
}

/// Makes the server's key in a folder that has settings, unless it is there, and gives its public half.
///
/// # Errors
/// What the program says.
pub async fn init(program: &Path, home: &Path) -> Result<Bytes> {
    let output = Command::new(program)
        .arg("init")
        .arg("--data")
        .arg(home.join("data"))
        .output()
        .await
        .with_context(|| program.display().to_string())?;
    ensure!(output.status.success(), "init: {}", String::from_utf8_lossy(&output.stderr));
    let key = String::from_utf8(output.stdout)?;
    Ok(Bytes(BASE64URL_NOPAD.decode(key.trim().as_bytes())?))
}

impl Starting {
    /// Starts the program on a folder.
    ///
    /// # Errors
    /// The system starts no process.
    pub fn begin(program: &Path, home: &Path) -> Result<Self> {
        let settings = home.join("server.toml");
        Self::run(program, &["serve".as_ref(), "--config".as_ref(), settings.as_os_str()], home)
    }

    fn run(program: &Path, arguments: &[&OsStr], home: &Path) -> Result<Self> {
        let said = OpenOptions::new().create(true).append(true).open(home.join("server.log"))?;
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(said)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| program.display().to_string())?;
        Ok(Self(child))
    }

    /// Kills it, wherever it is.
    ///
    /// # Errors
    /// What the system says.
    pub async fn kill(mut self) -> Result<()> {
        Ok(self.0.kill().await?)
    }

    /// Waits until it listens.
    ///
    /// # Errors
    /// It ended instead.
    pub async fn ready(mut self) -> Result<Server> {
        let out = self.0.stdout.take().context("its output")?;
        let mut line = String::new();
        if BufReader::new(out).read_line(&mut line).await? == 0 {
            bail!("the server ended at its start: {}", self.0.wait().await?);
        }
        let ready: Ready = serde_json::from_str(&line)?;
        let address = ready.listening.trim_start_matches("http://").parse()?;
        Ok(Server { child: self.0, address })
    }
}

/// Lets a server stand still and go on. One that has ended does neither.
#[derive(Clone, Copy, Debug)]
pub struct Signals(Pid);

impl Signals {
    /// SIGSTOP.
    pub fn stand(self) {
        kill_process(self.0, Signal::STOP).ok();
    }

    /// SIGCONT.
    pub fn go_on(self) {
        kill_process(self.0, Signal::CONT).ok();
    }
}

impl Server {
    /// Starts the program on a folder, and waits until it listens.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(program: &Path, home: &Path) -> Result<Self> {
        Starting::begin(program, home)?.ready().await.with_context(|| {
            let said = std::fs::read_to_string(home.join("server.log")).unwrap_or_default();
            said.lines().last().unwrap_or_default().to_owned()
        })
    }

    /// Starts another program that says in the same way where it listens.
    ///
    /// # Errors
    /// It does not start.
    pub async fn run(program: &Path, arguments: &[&OsStr], home: &Path) -> Result<Self> {
        Starting::run(program, arguments, home)?.ready().await
    }

    /// Its process.
    ///
    /// # Errors
    /// It has ended.
    pub fn process(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// What lets it stand still and go on.
    ///
    /// # Errors
    /// It has ended.
    pub fn signals(&self) -> Result<Signals> {
        let process = i32::try_from(self.process()?)?;
        Ok(Signals(Pid::from_raw(process).context("a process")?))
    }

    /// SIGKILL; returns when it is gone.
    ///
    /// # Errors
    /// What the system says, or that it had ended by itself.
    pub async fn kill(mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("the server ended by itself: {status}");
        }
        Ok(self.child.kill().await?)
    }

    /// SIGTERM; returns when it has closed its mailbox.
    ///
    /// # Errors
    /// It does not end in order.
    pub async fn stop(mut self) -> Result<()> {
        kill_process(self.signals()?.0, Signal::TERM)?;
        let status = self.child.wait().await?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}
