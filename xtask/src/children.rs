//! Child processes: each in its own process group, each stopped on the way out.
//!
//! A group is noted before anything can fail and forgotten once it is gone, so that an error, a
//! panic-free exit or a signal (Ctrl-C, SIGTERM, hang-up) leaves nothing running behind.

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{BufRead, BufReader, PipeReader};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a group may take to end after SIGTERM before it gets SIGKILL.
const GRACE: Duration = Duration::from_secs(5);
/// The longest output that is kept of one process, in bytes.
const LOG_BYTES: usize = 4 << 20;
/// How often a wait that has nothing to listen to looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());
static STOPPING: AtomicBool = AtomicBool::new(false);
static CODE_ON_SIGNAL: AtomicI32 = AtomicI32::new(130);

/// Makes a signal end this program with `code` instead of 130: for a task that people end by Ctrl-C.
pub fn end_on_signal_with(code: i32) {
    CODE_ON_SIGNAL.store(code, Ordering::SeqCst);
}

/// Stops every child when this program is asked to end.
///
/// # Errors
/// If the signals cannot be listened to.
pub fn stop_all_on_signal() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            STOPPING.store(true, Ordering::SeqCst);
            eprintln!("\nstopping …");
            stop_all();
            std::process::exit(CODE_ON_SIGNAL.load(Ordering::SeqCst));
        }
    });
    Ok(())
}

/// Whether a signal has asked this program to end: children that go now go on purpose.
pub fn is_stopping() -> bool {
    STOPPING.load(Ordering::SeqCst)
}

/// Leaves the rest to the signal, if there was one: ending now would cut its stopping short.
pub fn give_way_to_signal() {
    while is_stopping() {
        std::thread::park();
    }
}

/// Stops every child that is still running, the youngest first.
pub fn stop_all() {
    let groups: Vec<Pid> = lock(&GROUPS).drain(..).rev().collect();
    for group in groups {
        stop(group);
    }
}

/// A child process whose output (both streams, in order) is kept.
pub struct Running {
    name: String,
    child: Child,
    group: Pid,
    lines: Receiver<String>,
    log: Arc<Mutex<String>>,
}

impl Running {
    /// Starts `command` in a process group of its own, without an input.
    ///
    /// # Errors
    /// If the program cannot be started.
    pub fn start(name: &str, mut command: Command) -> Result<Self> {
        let (output, writer) = std::io::pipe()?;
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer)
            .spawn()
            .with_context(|| format!("{name}: `{program}` cannot be started"))?;
        // The command still holds our ends of the pipe; the reader ends only when all are closed.
        drop(command);
        let group = Pid::from_child(&child);
        lock(&GROUPS).push(group);
        let log = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = channel();
        let kept = Arc::clone(&log);
        std::thread::spawn(move || read_lines(output, &kept, &sender));
        Ok(Self { name: name.to_owned(), child, group, lines, log })
    }

    /// What was printed so far; of very long outputs the last part.
    pub fn log(&self) -> String {
        lock(&self.log).clone()
    }

    /// Waits until `find` makes something of a line of output.
    ///
    /// # Errors
    /// If the process ends first or `within` passes; the error carries what was printed.
    pub fn wait_for_line<T>(&self, within: Duration, find: impl Fn(&str) -> Option<T>) -> Result<T> {
        let deadline = Instant::now() + within;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    if let Some(found) = find(&line) {
                        return Ok(found);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    bail!("{} was not ready within {within:?}\n{}", self.name, self.log())
                }
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("{} ended before it was ready\n{}", self.name, self.log())
                }
            }
        }
    }

    /// Waits until something accepts connections on this loopback port.
    ///
    /// # Errors
    /// If the process ends first or `within` passes.
    pub fn wait_for_port(&self, within: Duration, port: u16) -> Result<()> {
        let deadline = Instant::now() + within;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        while TcpStream::connect_timeout(&address, within).is_err() {
            if Instant::now() >= deadline {
                bail!("{} does not listen on port {port}\n{}", self.name, self.log());
            }
            if let Err(RecvTimeoutError::Disconnected) = self.lines.recv_timeout(LOOK_AGAIN) {
                bail!("{} ended before it listened on port {port}\n{}", self.name, self.log());
            }
        }
        Ok(())
    }

    /// Waits for the end, handing each line of output to `on_line` as it comes.
    ///
    /// # Errors
    /// If the process cannot be waited for.
    pub fn finish(mut self, mut on_line: impl FnMut(&str)) -> Result<(ExitStatus, String)> {
        loop {
            match self.lines.recv_timeout(GRACE) {
                Ok(line) => on_line(&line),
                Err(RecvTimeoutError::Disconnected) => break,
                // It has ended, but something that it left behind still holds the pipe.
                Err(RecvTimeoutError::Timeout) if !self.is_running() => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
        let status = self.child.wait()?;
        let log = self.log();
        Ok((status, log))
    }

    /// Whether the process is still there.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Whether the process has ended by itself, and badly.
    pub fn has_failed(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(status)) if !status.success()) && !is_stopping()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if forget(self.group) {
            stop(self.group);
        }
    }
}

fn read_lines(output: PipeReader, log: &Mutex<String>, sender: &Sender<String>) {
    let mut reader = BufReader::new(output);
    let mut bytes = Vec::new();
    // A line that is not UTF-8 is shown with replacement characters rather than lost.
    while matches!(reader.read_until(b'\n', &mut bytes), Ok(count) if count > 0) {
        let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        bytes.clear();
        {
            let mut log = lock(log);
            log.push_str(&line);
            log.push('\n');
            if log.len() > LOG_BYTES {
                let half = log.len() / 2;
                let cut = log.char_indices().map(|(at, _)| at).find(|at| *at >= half);
                log.drain(..cut.unwrap_or(half));
            }
        }
        if sender.send(line).is_err() {
            // The owner has gone, and with it the process; there is nobody left to read for.
            return;
        }
    }
}

/// Forgets a group; false if it was not noted any more.
fn forget(group: Pid) -> bool {
    let mut groups = lock(&GROUPS);
    let before = groups.len();
    groups.retain(|known| *known != group);
    groups.len() < before
}

fn stop(group: Pid) {
    if kill_process_group(group, Signal::TERM).is_err() {
        return;
    }
    let deadline = Instant::now() + GRACE;
    while test_kill_process_group(group).is_ok() && Instant::now() < deadline {
        reap_and_pause(group);
    }
    if test_kill_process_group(group).is_ok()
        && let Err(error) = kill_process_group(group, Signal::KILL)
    {
        eprintln!("process group {group:?} could not be stopped: {error}");
    }
}

/// Collects ended members of the group, so that it can become empty, and pauses for a moment.
fn reap_and_pause(group: Pid) {
    use rustix::process::{WaitOptions, waitpgid};
    match waitpgid(group, WaitOptions::NOHANG) {
        Ok(Some(_)) => {}
        // Still running, or collected elsewhere: look again a little later.
        Ok(None) | Err(_) => std::thread::park_timeout(LOOK_AGAIN),
    }
}

/// The data behind a lock; a thread that died while holding it left nothing half-written here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
