//! The program as an operator starts it.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_uscita-server");
const PROGRAMME: &str = "5f0c8b0e-3f0a-4b56-9d8e-0f6a7c1d2e3f";

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear();
    command
}

fn run(command: &mut Command) -> (Output, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    (output, out, err)
}

#[test]
fn init_prints_the_same_public_key_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let init = || run(program(&["init"]).env("USCITA_DATA", &data)).1;
    let key = init();
    assert_eq!(BASE64URL_NOPAD.decode(key.trim().as_bytes()).unwrap().len(), 32);
    assert_eq!(init(), key);
}

#[test]
fn serve_says_where_it_listens_and_ends_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    let data = folder.path().join("data");
    std::fs::write(
        &file,
        format!("data = {data:?}\nadmin-key = '{}'\nprogramme = '{PROGRAMME}'\n", HEXLOWER.encode(&[1; 32])),
    )
    .unwrap();
    let mut child = program(&["serve", "--listen", "127.0.0.1:0"])
        .arg("--config")
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
    let url = ready["listening"].as_str().unwrap();
    let address = url.strip_prefix("http://127.0.0.1:").unwrap();
    assert_ne!(address.parse::<u16>().unwrap(), 0);
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("\"ready\"") && log.contains("\"ending\""), "{log}");
    assert!(!log.contains("127.0.0.1"), "no address in the log: {log}");
    assert!(data.join("server.key").exists(), "made at the first start");
}

#[test]
fn faults_end_in_a_code_and_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let file = folder.path().join("wrong.toml");
    std::fs::write(&file, "lisen = '127.0.0.1:0'").unwrap();
    let file = file.to_str().unwrap();
    for (arguments, code, named) in [
        (vec!["serve"], "setting_missing", "admin-key"),
        (vec!["init"], "setting_missing", "data"),
        (vec!["serve", "--listen", "nowhere"], "setting_invalid", "listen"),
        (vec!["serve", "--log", "loud"], "setting_invalid", "log"),
        (vec!["serve", "--config", file], "config_invalid", "lisen"),
        (vec!["serve", "--config", "/none"], "config_unreadable", "/none"),
        (vec!["serve", "--data", data, "--admin-key", "xyz", "--programme", PROGRAMME], "setting_invalid", "admin-key"),
    ] {
        let (output, out, err) = run(&mut program(&arguments));
        assert!(!output.status.success(), "{arguments:?}");
        assert_eq!(out, "", "{arguments:?}");
        assert!(err.starts_with(&format!("{code}: ")), "{arguments:?}: {err}");
        assert!(err.contains(named), "{arguments:?}: {err}");
    }
}

#[test]
fn doctor_and_openapi_speak_without_a_server() {
    let (output, out, _) = run(&mut program(&["openapi"]));
    assert!(output.status.success());
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(document["paths"]["/v1/batches"]["post"].is_object());
    let (output, out, _) = run(&mut program(&["doctor"]));
    assert!(!output.status.success());
    assert!(out.starts_with("guasto"), "{out}");
}
