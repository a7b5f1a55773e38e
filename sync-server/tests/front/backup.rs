//! Backups as an operator makes them, looks into them and starts from them.

use crate::house::ask;
use crate::operator::{Program, run, settings};
use age::secrecy::ExposeSecret;
use std::path::{Path, PathBuf};
use tokio::net::TcpStream;

/// A place for backups and settings that use it.
struct Office {
    folder: tempfile::TempDir,
    settings: PathBuf,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let identity = age::x25519::Identity::generate();
        std::fs::write(folder.path().join("key.txt"), format!("# key\n{}\n", identity.to_string().expose_secret()))
            .unwrap();
        let there = folder.path().join("there");
        std::fs::create_dir(&there).unwrap();
        let (key, there) = (identity.to_public(), there.display());
        let more = format!(
            "[backup]\nrecipients = ['{key}']\nsend = ['cp', '{{file}}', '{there}/{{name}}']\n\
             fetch = ['cp', '{there}/{{name}}', '{{file}}']\nremove = ['rm', '{there}/{{name}}']\n"
        );
        let settings = settings(folder.path(), &more);
        Self { folder, settings }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn server(&self, command: &[&str]) -> (bool, String, String) {
        run(&[command, &["--config", self.settings.to_str().unwrap()]].concat())
    }

    /// The newest backup.
    fn newest(&self) -> String {
        let there = std::fs::read_dir(self.folder.path().join("there")).unwrap();
        let mut files: Vec<_> = there.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.pop().unwrap().display().to_string()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backup_beside_a_running_server_is_verified_and_started_from() {
    let office = Office::new();
    let program = Program::start(&office.settings, "info");
    // The server begins with one of its own.
    let said = loop {
        let (done, out, err) = office.server(&["backup"]);
        if done {
            break out;
        }
        assert!(err.starts_with("backup_busy: "), "{err}");
    };
    assert!(said.contains("è stata riletta") && said.contains("0 operazioni"), "{said}");
    let mut monitor = TcpStream::connect(program.address("monitor")).await.unwrap();
    let figures = ask(&mut monitor, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let made = figures.lines().find_map(|line| line.strip_prefix("uscita_backup_made_seconds ")).unwrap();
    assert!(made.parse::<i64>().unwrap() > 1_700_000_000, "{made}");
    let ready = ask(&mut monitor, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert!(!ready.contains("backup"), "{ready}");
    let (_, checks, _) = office.server(&["doctor"]);
    assert!(checks.contains("backup: "), "{checks}");
    program.end();

    let (file, key) = (office.newest(), office.path("key.txt"));
    let (done, out, err) = run(&["restore", &file, "--identity", &key, "--verify"]);
    assert!(done && out.contains("tutte le catene sono intere"), "{out}{err}");
    let (done, out, _) = run(&["restore", &file, "--identity", &key, "--verify", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(done && told["operations"] == 0 && told["broken"] == 0, "{out}");

    let target = office.path("restored");
    let (done, _, err) = run(&["restore", &file, "--identity", &key, "--into", &target]);
    assert!(done, "{err}");
    assert_eq!(
        std::fs::read(Path::new(&target).join("server.key")).unwrap(),
        std::fs::read(office.path("data/server.key")).unwrap()
    );
    let again = run(&["restore", &file, "--identity", &key, "--into", &target]);
    assert!(!again.0 && again.2.starts_with("restore_not_empty: "), "{}", again.2);
    let text = std::fs::read_to_string(&office.settings).unwrap();
    let moved = text.replace(&office.path("data"), &target);
    std::fs::write(&office.settings, moved).unwrap();
    Program::start(&office.settings, "info").end();
}

#[test]
fn without_its_section_there_is_no_backup_and_a_wrong_section_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bare = settings(folder.path(), "");
    let (done, _, err) = run(&["backup", "--config", bare.to_str().unwrap()]);
    assert!(!done && err.starts_with("backup_absent: "), "{err}");
    for (more, code) in [
        ("[backup]\nrecipients = []\nsend = ['a', '{file}']\nfetch = ['a', '{file}{name}']\n", "setting_invalid"),
        ("[backup]\nrecipient = 'age1'\n", "config_invalid"),
        ("[retention]\nsealed-days = 7\n", "setting_out_of_range"),
    ] {
        let (done, out, err) = run(&["serve", "--config", settings(folder.path(), more).to_str().unwrap()]);
        assert!(!done && out.is_empty() && err.starts_with(&format!("{code}: ")), "{err}");
        let (done, out, _) = run(&["doctor", "--config", settings(folder.path(), more).to_str().unwrap()]);
        assert!(!done && out.contains(code), "{out}");
    }
    assert!(!folder.path().join("data").exists(), "nothing was touched");
}

#[test]
fn a_file_that_is_no_backup_is_refused_with_a_sentence() {
    let office = Office::new();
    let (file, key) = (office.path("letter"), office.path("key.txt"));
    std::fs::write(&file, "dear all").unwrap();
    let (done, _, err) = run(&["restore", &file, "--identity", &key, "--verify"]);
    assert!(!done && err.starts_with("backup_not_sealed: "), "{err}");
    let (done, _, err) = run(&["restore", &office.path("none"), "--identity", &key, "--verify"]);
    assert!(!done && err.starts_with("backup_file: "), "{err}");
    let (done, _, _) = run(&["restore", &file, "--identity", &key]);
    assert!(!done, "one of both must be said");
}
