//! The program as an operator runs it: first settings, monitor, health, signals, want of file descriptors.

use crate::house::{HEALTH, ask};
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, prlimit};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tokio::net::TcpStream;

const PROGRAM: &str = env!("CARGO_BIN_EXE_uscita-server");
const PROGRAMME: &str = "5f0c8b0e-3f0a-4b56-9d8e-0f6a7c1d2e3f";

pub fn run(arguments: &[&str]) -> (bool, String, String) {
    let output = Command::new(PROGRAM).args(arguments).env_clear().output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// A running program; it is killed when dropped.
pub struct Program {
    child: Child,
    pub ready: serde_json::Value,
}

impl Program {
    pub fn start(settings: &Path, log: &str) -> Self {
        Self::try_start(settings, log).unwrap_or_else(|log| panic!("not ready: {log}"))
    }

    /// Starts it; what it says if it does not become ready.
    pub fn try_start(settings: &Path, log: &str) -> Result<Self, String> {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", log, "--config"])
            .arg(settings)
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if let Ok(ready) = serde_json::from_str(&line) {
            return Ok(Self { child, ready });
        }
        let mut log = String::new();
        child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        child.wait().unwrap();
        Err(log)
    }

    pub fn address(&self, name: &str) -> std::net::SocketAddr {
        let url = self.ready[name].as_str().unwrap();
        url.split_once("://").unwrap().1.parse().unwrap()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Ends the program in an orderly way; gives its log.
    pub fn end(mut self) -> String {
        kill_process(self.pid(), Signal::TERM).unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success(), "{log}");
        log
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.child.try_wait().unwrap().is_none() {
            self.child.kill().unwrap();
            self.child.wait().unwrap();
        }
    }
}

/// Settings in `folder`, with more lines at the end.
pub fn settings(folder: &Path, more: &str) -> PathBuf {
    let path = folder.join("server.toml");
    let data = folder.join("data");
    let key = "ab".repeat(32);
    let text =
        format!("data = {data:?}\nadmin-key = '{key}'\nprogramme = '{PROGRAMME}'\nmonitor = '127.0.0.1:0'\n{more}");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn init_writes_settings_that_serve_and_doctor_take() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    let file = file.to_str().unwrap();
    let data = folder.path().join("data");
    let given =
        ["--config", file, "--data", data.to_str().unwrap(), "--admin-key", &"ab".repeat(32), "--programme", PROGRAMME];
    let (done, out, err) = run(&[&["init", "--private-ca", "localhost"][..], &given].concat());
    assert!(done, "{err}");
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0].len(), 43, "the public key, as ever");
    let pins = lines[1].strip_prefix("https://localhost:8470#sha256=").unwrap();
    assert_eq!(pins.split(',').map(str::len).collect::<Vec<_>>(), [43, 43]);
    let (done, out, _) = run(&["doctor", "--config", file]);
    assert!(done && out.contains("tls: ") && !out.contains("guasto"), "{out}");
    let program = Program::start(Path::new(file), "info");
    assert!(program.ready["listening"].as_str().unwrap().starts_with("https://"), "{}", program.ready);
    program.end();
    let (_, again, _) = run(&["init", "--private-ca", "localhost", "--config", file]);
    assert_eq!(again.lines().collect::<Vec<_>>(), lines, "keys and pins stay");
}

#[test]
fn database_is_migrated_without_a_start_and_a_later_one_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), "");
    let migrate = || run(&["migrate", "--config", file.to_str().unwrap()]);
    for _ in 0..2 {
        assert_eq!(migrate(), (true, "La banca dati ha la forma di questa versione.\n".into(), String::new()));
    }
    let database = folder.path().join("data/mailbox.db");
    let opened = rusqlite::Connection::open(&database).unwrap();
    opened.pragma_update(None, "user_version", 99).unwrap();
    drop(opened);
    let (done, out, err) = migrate();
    assert!(!done && out.is_empty() && err.starts_with("too_new: "), "{err}");
}

#[test]
fn refuses_to_speak_plainly_to_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), "");
    let (done, out, err) = run(&["serve", "--listen", "0.0.0.0:0", "--config", file.to_str().unwrap()]);
    assert!(!done && out.is_empty());
    assert!(err.starts_with("plain_outside: "), "{err}");
    assert!(!folder.path().join("data").exists(), "nothing was touched");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_check_asks_the_monitor() {
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), "");
    let program = Program::start(&file, "info");
    let monitor = format!("monitor = '{}'", program.address("monitor"));
    let asking = folder.path().join("asking.toml");
    std::fs::write(&asking, monitor).unwrap();
    let check = || run(&["healthcheck", "--config", asking.to_str().unwrap()]);
    let mut inside = TcpStream::connect(program.address("monitor")).await.unwrap();
    let said = ask(&mut inside, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let (well, out, err) = check();
    // The disk of the machine that runs this may be nearly full: then that, and nothing else, is what both say.
    assert_eq!(well, said.starts_with("HTTP/1.1 200"), "{said}{err}");
    assert!(out.is_empty() && (err.is_empty() || err.contains("(disk)")), "{err}");
    program.end();
    let (well, _, err) = check();
    assert!(!well && err.starts_with("not_ready: "), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn monitor_answers_beside_the_server_and_not_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&settings(folder.path(), ""), "info");
    let request = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
    let mut inside = TcpStream::connect(program.address("monitor")).await.unwrap();
    let figures = ask(&mut inside, request).await.unwrap();
    assert!(figures.contains("uscita_connections "), "{figures}");
    let mut outside = TcpStream::connect(program.address("listening")).await.unwrap();
    assert!(ask(&mut outside, request).await.unwrap().starts_with("HTTP/1.1 404"));
    program.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn want_of_file_descriptors_passes() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&settings(folder.path(), ""), "info");
    let address = program.address("listening");
    let open = std::fs::read_dir(format!("/proc/{}/fd", program.pid().as_raw_nonzero())).unwrap().count();
    let few = Rlimit { current: Some(open as u64 + 8), maximum: getrlimit(Resource::Nofile).maximum };
    let before = prlimit(Some(program.pid()), Resource::Nofile, few).unwrap();
    let mut crowd = Vec::new();
    for _ in 0..60 {
        crowd.push(TcpStream::connect(address).await.unwrap());
    }
    // Whoever comes now is let in all the same: those who wait are cut for him.
    let mut honest = TcpStream::connect(address).await.unwrap();
    let answer = tokio::time::timeout(std::time::Duration::from_secs(60), ask(&mut honest, HEALTH)).await;
    assert!(answer.unwrap().unwrap().starts_with("HTTP/1.1 200 OK"));
    prlimit(Some(program.pid()), Resource::Nofile, before).unwrap();
    drop(crowd);
    let log = program.end();
    assert!(log.contains("connections are not accepted"), "the want came about: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn certificate_is_read_again_on_sighup() {
    let folder = tempfile::tempdir().unwrap();
    let files = crate::tls::certify(folder.path());
    let more = format!("[tls]\ncertificate = {:?}\nkey = {:?}\n", files.certificate, files.key);
    let program = Program::start(&settings(folder.path(), &more), "info");
    let address = program.address("listening");
    let seen = || async {
        let stream = crate::tls::greet(address, folder.path(), &rustls::version::TLS13).await.unwrap();
        stream.get_ref().1.peer_certificates().unwrap()[0].clone()
    };
    let before = seen().await;
    std::fs::remove_file(&files.key).unwrap();
    crate::tls::certify(folder.path());
    kill_process(program.pid(), Signal::HUP).unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while seen().await == before {
        assert!(std::time::Instant::now() < deadline, "the new certificate is not used");
    }
    let log = program.end();
    assert!(log.contains("the new TLS certificate is in use"), "{log}");
}
