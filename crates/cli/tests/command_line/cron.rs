//! Without a terminal: no question is asked, nothing secret stands in the list of processes, the exit code says it all.

use super::{PASSPHRASE, common, error_of, program};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

#[test]
fn asks_nobody_for_a_passphrase() {
    let output = program().args(["board", "--json"]).env("USCITA_HOME", common().home()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told: serde_json::Value = serde_json::from_str(error_of(&output).trim()).unwrap();
    assert_eq!((told["error"]["code"].as_str(), told["exit"].as_u64()), (Some("FRASE-01"), Some(2)));
    assert!(output.stdout.is_empty());
}

#[test]
fn takes_the_passphrase_from_a_file_or_from_what_the_caller_holds_open() {
    let desk = common();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("passphrase");
    std::fs::write(&file, format!("{PASSPHRASE}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let board = |more: &str| {
        let line = format!("\"$0\" board --quiet --home \"$1\" {more}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_uscita")]).arg(desk.home()).arg(&file).env_clear();
        shell.stdin(Stdio::null()).output().unwrap()
    };
    for way in
        ["--passphrase-file \"$2\"", "--passphrase-file /dev/fd/3 3< \"$2\"", "--passphrase-file /dev/stdin < \"$2\""]
    {
        let output = board(way);
        assert!(output.status.success() && output.stdout.is_empty(), "{way}: {}", error_of(&output));
        assert!(output.stderr.is_empty(), "{way}: nothing to say, nothing said: {}", error_of(&output));
    }
}

#[test]
fn no_option_takes_the_passphrase_itself() {
    // Whatever stands on a command line, everybody on the machine can read.
    for words in [&["tally", "--passphrase", PASSPHRASE][..], &["board", "--pin", "739164"]] {
        let output = program().args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}");
    }
}
