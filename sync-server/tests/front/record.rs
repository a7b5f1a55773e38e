//! `uscita-server audit`: the record of what happened, checked and shown beside a running server.

use crate::house::ask;
use crate::operator::{Program, run, settings};
use rusqlite::Connection;
use tokio::net::TcpStream;

const UNSIGNED: &str = "GET /v1/receipt HTTP/1.1\r\nHost: x\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn record_is_checked_and_shown_beside_a_running_server_and_a_change_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = settings(folder.path(), "");
    let file = file.to_str().unwrap();
    let audit = |words: &[&str]| run(&[&["audit"], words, &["--config", file]].concat());
    let (done, out, err) = audit(&["verify"]);
    assert!(!done && out.is_empty() && err.starts_with("database_absent: "), "{err}");
    assert!(!folder.path().join("data").exists(), "nothing was made");

    let program = Program::start(file.as_ref(), "info");
    let (done, out, err) = audit(&["verify"]);
    assert!(done && out.contains("0 voci"), "{out}{err}");
    let mut stranger = TcpStream::connect(program.address("listening")).await.unwrap();
    assert!(ask(&mut stranger, UNSIGNED).await.unwrap().starts_with("HTTP/1.1 401"));
    let (done, out, err) = audit(&["verify"]);
    assert!(done && out.contains("intatto: 1 voci dalla numero 1; la testa è 1 "), "{out}{err}");
    let (_, out, _) = audit(&["verify", "--json"]);
    let followed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&followed["start"]["number"], &followed["last"]["number"]), (&0.into(), &1.into()));
    let (_, out, _) = audit(&["show"]);
    assert!(out.starts_with("1  2") && out.trim_end().ends_with("auth_failed"), "{out}");
    let (_, out, _) = audit(&["show", "--json"]);
    let entry: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&entry["number"], &entry["kind"]), (&1.into(), &"auth_failed".into()));
    assert_eq!(audit(&["show", "--after", "1"]), (true, String::new(), String::new()));
    program.end();

    let database = Connection::open(folder.path().join("data/mailbox.db")).unwrap();
    database.execute_batch("DROP TRIGGER audit_is_never_changed; UPDATE audit SET day = '2020-01-01'").unwrap();
    let (done, out, err) = audit(&["verify"]);
    assert!(!done && out.is_empty() && err.starts_with("audit_broken: ") && err.contains("voce 1"), "{err}");
}
