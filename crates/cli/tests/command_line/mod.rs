//! Commands on a desk that no server knows.

mod bad_input;
mod cron;
mod doctor;
mod noted;
mod register;
mod shapes;
mod shells;

use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

const PASSPHRASE: &str = "una frase lunga e segreta";
/// No address of this machine listens there: what asks the server is refused at once.
const SERVER: &str = "http://127.0.0.1:9";

/// The program.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_uscita"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// A desk that was founded here.
struct Desk {
    folder: TempDir,
    /// What founding it said.
    founded: Value,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = BASE64URL_NOPAD.encode(&[7; 32]);
        let words = [
            "programme",
            "new",
            "--json",
            "--server",
            SERVER,
            "--server-key",
            &key,
            "--name",
            "Prova",
            "--unit",
            "BS-U1",
            "--zone",
            "Z1=Ovest",
            "--operator",
            "OP-A",
        ];
        let output = run(folder.path(), &words);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self { founded: serde_json::from_slice(&output.stdout).unwrap(), folder }
    }

    fn home(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[&str]) -> Output {
        run(self.home(), words)
    }

    /// What a command that succeeds writes.
    fn said(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.said(&[words, &["--json"]].concat())).unwrap()
    }
}

fn run(home: &Path, words: &[&str]) -> Output {
    program().args(words).env("USCITA_HOME", home).env("USCITA_PASSPHRASE", PASSPHRASE).output().unwrap()
}

/// A desk that tests only look at: making one takes its time.
fn common() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(Desk::new)
}

fn error_of(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
