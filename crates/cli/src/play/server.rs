//! A real server process, on a free port of this machine, ended when it is let go.

use crate::failure::Failure;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Name of the server's program.
const PROGRAM: &str = "uscita-server";
/// What the server writes about itself, in its folder.
const LOG: &str = "server.log";

/// The server's program and its folder.
#[derive(Clone, Debug)]
pub struct ServerSite {
    /// The program.
    pub program: PathBuf,
    /// Where database, key and log lie.
    pub folder: PathBuf,
    /// Its port on this machine.
    pub port: u16,
}

/// A server that runs.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    url: String,
    /// Cleared when it is ended, so that a later signal does not reach somebody else's process.
    runs: Arc<AtomicBool>,
}

impl ServerSite {
    /// A site in `folder` with a port that is free at this moment. The program is `chosen`, or the one beside this one.
    ///
    /// # Errors
    /// [`Failure::NoServer`], [`Failure::Unwritable`].
    pub fn new(chosen: Option<&Path>, folder: PathBuf) -> Result<Self, Failure> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let port = free.map_err(|_| Failure::internal("free port"))?.port();
        Self::at(chosen, folder, port)
    }

    /// A site in `folder` with a given port.
    ///
    /// # Errors
    /// [`Failure::NoServer`], [`Failure::Unwritable`].
    pub fn at(chosen: Option<&Path>, folder: PathBuf, port: u16) -> Result<Self, Failure> {
        let program = match chosen {
            Some(path) => path.to_owned(),
            None => beside_this().ok_or_else(|| Failure::NoServer(PROGRAM.into()))?,
        };
        if !program.is_file() {
            return Err(Failure::NoServer(program));
        }
        std::fs::create_dir_all(&folder).map_err(|_| Failure::Unwritable(folder.clone()))?;
        Ok(Self { program, folder, port })
    }

    /// The address at which it will answer.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}:{}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Makes the server's key if there is none, and gives its public half as the server writes it.
    ///
    /// # Errors
    /// [`Failure::ServerSilent`] with what the server wrote.
    pub fn public_key(&self) -> Result<String, Failure> {
        let output = self.command("init").output().map_err(|_| Failure::NoServer(self.program.clone()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(Failure::ServerSilent(String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// Starts the server and waits until it says that it listens.
    ///
    /// # Errors
    /// [`Failure::NoServer`], [`Failure::ServerSilent`].
    pub fn start(&self, admin_key: &str, programme: &str) -> Result<ServerProcess, Failure> {
        let log = self.folder.join(LOG);
        let written = std::fs::File::create(&log).map_err(|_| Failure::Unwritable(log.clone()))?;
        let mut command = self.command("serve");
        command.arg("--listen").arg(format!("{}:{}", Ipv4Addr::LOCALHOST, self.port));
        // Joined by `=`: a key may begin with a hyphen.
        command.arg(format!("--admin-key={admin_key}")).args(["--programme", programme]);
        command.stdout(Stdio::piped()).stderr(written);
        let child = command.spawn().map_err(|_| Failure::NoServer(self.program.clone()))?;
        let runs = Arc::new(AtomicBool::new(true));
        end_on_signal(child.id(), Arc::clone(&runs))?;
        let mut process = ServerProcess { child, url: String::new(), runs };
        let Some(url) = process.wait_for_address() else {
            drop(process);
            return Err(Failure::ServerSilent(read_log(&log)));
        };
        process.url = url;
        Ok(process)
    }

    fn command(&self, action: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(action).arg("--data").arg(&self.folder).stdin(Stdio::null());
        command
    }
}

impl ServerProcess {
    /// The address at which it answers.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The line `{"listening": …}`. The pipe ends when the process does, so this never waits for ever.
    fn wait_for_address(&mut self) -> Option<String> {
        let mut lines = BufReader::new(self.child.stdout.as_mut()?);
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        let said: Value = serde_json::from_str(&line).ok()?;
        said.get("listening")?.as_str().map(str::to_owned)
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.runs.store(false, Ordering::SeqCst);
        // It may have ended by itself; then there is nothing to end.
        if self.child.kill().is_ok() && self.child.wait().is_err() {
            eprintln!("{PROGRAM}: {}", self.child.id());
        }
    }
}

/// A signal that ends this program ends the server first.
fn end_on_signal(server: u32, runs: Arc<AtomicBool>) -> Result<(), Failure> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM]).map_err(|_| Failure::internal("signals"))?;
    let pid = i32::try_from(server).ok().and_then(Pid::from_raw).ok_or(Failure::internal("server's process"))?;
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            if runs.load(Ordering::SeqCst) && kill_process(pid, Signal::KILL).is_err() {
                eprintln!("{PROGRAM}: {server}");
            }
            std::process::exit(128 + signal);
        }
    };
    std::thread::Builder::new().spawn(wait).map(|_| ()).map_err(|_| Failure::internal("thread"))
}

/// The program of this name in the folder of this program; for a test it lies one folder up.
fn beside_this() -> Option<PathBuf> {
    let here = std::env::current_exe().ok()?;
    let folder = here.parent()?;
    let found = [folder, folder.parent()?].map(|folder| folder.join(PROGRAM));
    found.into_iter().find(|path| path.is_file())
}

fn read_log(path: &Path) -> String {
    let mut text = String::new();
    let read = std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text));
    read.map_or_else(|_| String::new(), |_| text)
}
