//! A programme from nothing, by the command line: founded, served, a phone enrolled, an access noted and counted.

use super::programs::{server, uscita};
use notebook::command::Command as Asked;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Seat, Session, SessionSetup};
use notebook::view::{EnrolInput, EnrolmentInput};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

const PASSPHRASE: &str = "una frase lunga e segreta";

fn ask(home: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(uscita());
    command.args(words).arg("--home").arg(home).env("USCITA_PASSPHRASE", PASSPHRASE).stdin(Stdio::null());
    command.output().unwrap()
}

fn said(home: &Path, words: &[&str]) -> String {
    let output = ask(home, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A server that is ended with the test.
struct Server(Child);

impl Server {
    fn start(settings: &Path) -> Self {
        let mut command = Command::new(server());
        command.arg("serve").arg("--config").arg(settings).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert!(line.contains("listening"), "{line}");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn founds_a_programme_enrols_a_phone_and_counts_an_access() {
    // Built before anything else, because the desk's program looks for it beside itself.
    server();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("desk");
    let url = format!("http://127.0.0.1:{}", free_port());
    let new = [
        "programme",
        "new",
        "--server",
        &url,
        "--name",
        "Prova",
        "--unit",
        "BS-U1",
        "--zone",
        "Z1=Ovest",
        "--operator",
        "OP-A",
    ];
    let made = said(&home, &new);
    assert_eq!(made.matches("AGE-SECRET-KEY-1").count(), 1, "the recovery words are shown once");
    let again = ask(&home, &new);
    assert_eq!(again.status.code(), Some(3), "nothing is made over what is there");

    let running = Server::start(&home.join("server.toml"));
    said(&home, &["programme", "publish"]);
    let invited = said(&home, &["devices", "invite", "--role", "lead", "--unit", "BS-U1"]);
    let code = invited.trim().rsplit(' ').next().unwrap().to_owned();
    let phone = Session::open(SessionSetup {
        data_dir: folder.path().join("phone"),
        share_dir: folder.path().join("shared"),
        seat: Seat::Phone,
        clock: Arc::new(|| Moment::at(chrono::Utc::now())),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(&folder.path().join("keys"))),
    })
    .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let asked = |command| -> Value { runtime.block_on(phone.handle(command)).unwrap() };
    let enrolling = asked(Asked::Enrol(EnrolInput { server: url, code, pin: "739164".into() }));
    let words: Vec<&str> = enrolling["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let words = words.join(" ");
    assert!(said(&home, &["devices", "pending"]).contains(&words), "both sides show the same six words");
    assert_eq!(ask(&home, &["devices", "approve", "--words", "sei parole che nessuno ha"]).status.code(), Some(3));
    assert_eq!(
        asked(Asked::EnrolmentStatus(EnrolmentInput { words_match: true }))["state"],
        "enrolling",
        "nobody signed for other words"
    );
    said(&home, &["devices", "approve", "--words", &words]);
    assert_eq!(asked(Asked::EnrolmentStatus(EnrolmentInput { words_match: true }))["state"], "open");
    said(&home, &["desk", "update"]);
    said(&home, &["desk", "access", "--date", "2026-03-12", "--topic", "legal"]);
    drop(running);

    let counted: Value = serde_json::from_str(&said(&home, &["tally", "--week", "2026-W11", "--json"])).unwrap();
    assert_eq!(counted["desk_accesses"], 1);
    assert!(said(&home, &["tally", "--week", "2026-W11"]).contains("uso interno"));
    assert!(!said(&home, &["tally", "--week", "2026-W11", "--external"]).contains("uso interno"));
    let unreachable = ask(&home, &["desk", "update"]);
    assert_eq!(unreachable.status.code(), Some(4));
    let message = String::from_utf8(unreachable.stderr).unwrap();
    assert!(message.contains("RETE-01") && message.contains("Dati al sicuro?"), "{message}");
}

#[test]
fn says_what_is_wrong_with_passphrase_and_folder() {
    let folder = tempfile::tempdir().unwrap();
    let absent = ask(&folder.path().join("nothing"), &["tally", "--week", "2026-W11"]);
    assert_eq!(absent.status.code(), Some(3));
    assert!(String::from_utf8(absent.stderr).unwrap().contains("TACCUINO-01"));
    let mut command = Command::new(uscita());
    command.args(["tally", "--week", "2026-W11", "--home"]).arg(folder.path()).env_remove("USCITA_PASSPHRASE");
    let without = command.stdin(Stdio::null()).output().unwrap();
    assert_eq!(without.status.code(), Some(2));
    assert!(String::from_utf8(without.stderr).unwrap().contains("USCITA_PASSPHRASE"));
}
