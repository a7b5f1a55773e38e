//! `uscita recover` on what a real night left behind.

use super::played::{Played, WEEK, copy_database};
use crate::flows::programs::{server, uscita};
use domain::indicator::{Records, Source, Tally};
use domain::sync::night_log::DeskEnvelope;
use domain::time::Period;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use uscita_cli::recover::identity_of_words;

/// Asks the program, with the words on its standard input.
fn recover(words: &str, out: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(uscita());
    command.args(["recover", "--words", "-", "--json", "--out"]).arg(out).args(more);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(words.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn summary(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_programme_whose_phones_and_desk_are_lost_comes_back_and_counts_the_same() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    let mailbox = folder.path().join("mailbox.db");
    copy_database(&played.path("server/mailbox.db"), &mailbox);
    for lost in ["lead", "member", "desk"] {
        std::fs::remove_dir_all(played.path(lost)).unwrap();
    }
    let before = std::fs::read(&mailbox).unwrap();
    let out = folder.path().join("back");
    let output = recover(&played.words, &out, &["--backup", mailbox.to_str().unwrap()]);
    let summary = summary(&output);
    assert_eq!(output.status.code(), Some(0), "{summary}");
    assert_eq!(std::fs::read(&mailbox).unwrap(), before, "the source stays as it is");
    assert_eq!(summary["sealed"], summary["opened"]);
    assert_eq!(summary["trust"]["signed"], summary["opened"]);
    assert_eq!(summary["night_logs"], 1);
    assert_eq!(summary["outings"][0]["contacts"], 3);
    assert_eq!(summary["outings"][0]["signed_off"], true);

    let outing = read(&out.join(summary["outings"][0]["file"].as_str().unwrap()));
    let operations = outing["operations"].as_array().unwrap();
    assert_eq!(operations.len(), played.operations.len());
    for operation in operations {
        assert!(played.operations.values().any(|saved| *saved == operation["content"]), "{operation}");
    }
    assert_eq!(outing["state"]["contacts"].as_array().unwrap().len(), 3);
    assert_eq!(read(&out.join("programme.json"))["programme"]["name"], played.programme.as_str());

    // The coordinator's key is gone with the desk; what it opened is counted again from the other recipient's.
    let mut records = Records::default();
    for entry in read(&out.join("desk.json")).as_array().unwrap() {
        let device = serde_json::from_value(entry["device"].clone()).unwrap();
        let opened: DeskEnvelope = serde_json::from_value(entry["content"].clone()).unwrap();
        records.add(Source { device, sequence: opened.sequence }, opened.entry);
    }
    let again = Tally::of(&records, Period::week(played.week()));
    assert_eq!(serde_json::to_value(again).unwrap(), serde_json::to_value(&played.tally).unwrap(), "{WEEK}");
}

#[test]
fn journals_complete_each_other_and_a_loss_is_told_with_its_own_exit_code() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.db");
    copy_database(&played.path("member/journal.db"), &damaged);
    let change = "DROP TRIGGER entry_is_never_changed; UPDATE entry SET sealed = zeroblob(800) WHERE sequence = 2;";
    rusqlite::Connection::open(&damaged).unwrap().execute_batch(change).unwrap();
    let lead = played.path("lead");
    let (lead, damaged) = (lead.to_str().unwrap(), damaged.to_str().unwrap());

    let part = recover(&played.words, &folder.path().join("part"), &["--journal", lead, damaged]);
    assert_eq!(part.status.code(), Some(5));
    let told = summary(&part);
    assert_eq!(told["troubles"].as_array().unwrap().len(), 1);
    assert_eq!(told["troubles"][0]["why"], "damaged");
    assert_eq!(told["troubles"][0]["first"], 2);
    assert_eq!(told["opened"].as_u64().unwrap() + 1, told["sealed"].as_u64().unwrap());
    assert!(String::from_utf8(part.stderr).unwrap().contains("RECUPERO-01"));

    let server = played.path("server");
    let sources = ["--journal", lead, damaged, "--backup", server.to_str().unwrap()];
    let whole = recover(&played.words, &folder.path().join("whole"), &sources);
    assert_eq!(whole.status.code(), Some(0), "{}", summary(&whole));

    let nothing = folder.path().join("nothing.db");
    std::fs::write(&nothing, b"no database").unwrap();
    let output = recover(&played.words, &folder.path().join("one"), &["--journal", nothing.to_str().unwrap(), lead]);
    assert_eq!(output.status.code(), Some(5), "what does not open holds up nothing");
    assert_eq!(summary(&output)["sources"][0]["error"], "TACCUINO-03");
    assert!(summary(&output)["opened"].as_u64().unwrap() > 0);
}

#[test]
fn a_sealed_backup_is_opened_with_the_words_and_says_what_the_server_has_removed() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("uscita-20260313T060000Z-00000000.age");
    played.seal_backup(&sealed);
    let backup = ["--backup", sealed.to_str().unwrap()];
    let output = recover(&played.words, &folder.path().join("back"), &backup);
    let told = summary(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(told["outings"][0]["contacts"], 3);

    // A long time later: a desk has had the first of every log for long.
    let mailbox = rusqlite::Connection::open(played.path("server/mailbox.db")).unwrap();
    let sql = "UPDATE operation SET sealed = NULL, removed_on = '2026-07-01' WHERE sequence <= 2";
    let removed = mailbox.execute(sql, []).unwrap();
    drop(mailbox);
    let server = played.path("server");
    let output = recover(&played.words, &folder.path().join("later"), &["--backup", server.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(5));
    let told = summary(&output);
    let places = |trouble: &Value| trouble["last"].as_u64().unwrap() + 1 - trouble["first"].as_u64().unwrap();
    let of_removed = told["troubles"].as_array().unwrap().iter().filter(|trouble| trouble["why"] == "removed");
    assert_eq!(of_removed.map(places).sum::<u64>(), removed as u64, "{told}");

    std::fs::write(&sealed, b"age-encryption.org/v1\nnonsense").unwrap();
    let output = recover(&played.words, &folder.path().join("spoilt"), &backup);
    assert_eq!(output.status.code(), Some(5), "what does not open is told");
}

#[test]
fn what_a_server_had_in_quarantine_is_opened_and_counts_for_nothing() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    let mailbox = folder.path().join("mailbox.db");
    copy_database(&played.path("server/mailbox.db"), &mailbox);
    let connection = rusqlite::Connection::open(&mailbox).unwrap();
    // Of the member's phone the server has nothing but what came after it was revoked.
    let member = rusqlite::Connection::open(played.path("member/journal.db")).unwrap();
    let device: Vec<u8> =
        member.query_row("SELECT value FROM meta WHERE key = 'device'", [], |row| row.get(0)).unwrap();
    let sql = "DELETE FROM operation WHERE log_id = (SELECT id FROM log WHERE device = ?1)";
    let gone = connection.execute(sql, [&device]).unwrap();
    let sql = "INSERT INTO quarantine (device, first_sequence, last_sequence, head, reason, body, received_on)
               VALUES (?1, 1, 4, zeroblob(32), 'revoked', ?2, '2026-03-13')";
    connection.execute(sql, rusqlite::params![device, played.batch]).unwrap();
    drop(connection);
    let out = folder.path().join("back");
    let output = recover(&played.words, &out, &["--backup", mailbox.to_str().unwrap()]);
    let told = summary(&output);
    assert_eq!(told["trust"]["quarantined"], gone, "{told}");
    assert_eq!(told["set_aside"], gone);
    assert_eq!(told["outings"][0]["contacts"], 1, "only the lead's own");
    assert_eq!(read(&out.join("set-aside.json")).as_array().unwrap().len(), gone);

    // The phone itself brings the same, and then it counts.
    let phone = played.path("member");
    let sources = ["--backup", mailbox.to_str().unwrap(), "--journal", phone.to_str().unwrap()];
    let output = recover(&played.words, &folder.path().join("both"), &sources);
    assert_eq!(summary(&output)["outings"][0]["contacts"], 3);
    assert_eq!(summary(&output)["set_aside"], 0);
}

#[test]
fn a_leads_notebook_takes_in_what_comes_back_once() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    let pin = folder.path().join("pin");
    std::fs::write(&pin, "739164\n").unwrap();
    let (lead, server) = (played.path("lead"), played.path("server"));
    let into = ["--into", lead.to_str().unwrap(), "--passphrase-file", pin.to_str().unwrap()];
    let sources = [&["--backup", server.to_str().unwrap()], &into[..]].concat();
    let output = recover(&played.words, &folder.path().join("back"), &sources);
    let told = summary(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(told["into"]["new"], 0, "the lead had pulled everything");
    let of_the_desk = told["desk_entries"].as_u64().unwrap();
    assert_eq!(told["into"]["set_aside"].as_u64(), Some(of_the_desk), "a lead has no part in day staff's entries");
    assert_eq!(told["into"]["known"].as_u64().unwrap() + of_the_desk, told["opened"].as_u64().unwrap());
    std::fs::write(&pin, "000000").unwrap();
    let refused = recover(&played.words, &folder.path().join("again"), &sources);
    assert_eq!(refused.status.code(), Some(3), "the notebook says no");
}

#[test]
fn sheet_of_a_new_programme_shows_words_that_are_its_key() {
    server();
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("foglio.html");
    let mut command = Command::new(uscita());
    command.args(["programme", "new", "--server", "http://127.0.0.1:1", "--name", "Prova <1>", "--unit", "BS-U1"]);
    command.args(["--zone", "Z1=Ovest", "--operator", "OP-A", "--home"]).arg(folder.path().join("desk"));
    command.arg("--sheet").arg(&sheet).env("USCITA_PASSPHRASE", "una frase lunga e segreta").stdin(Stdio::null());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let shown = String::from_utf8(output.stdout).unwrap();
    let key = shown.lines().find(|line| line.starts_with("AGE-SECRET-KEY-1")).unwrap();
    // The programme's key may begin with a digit, too.
    let is_numbered =
        |line: &&str| line.split_once(". ").is_some_and(|(number, _)| number.trim().parse::<u8>().is_ok());
    let words: String = shown.lines().filter(is_numbered).map(|line| format!("{line}\n")).collect();
    let identity = identity_of_words(&words).unwrap();
    assert_eq!(*identity.to_text(), key);
    let page = std::fs::read_to_string(&sheet).unwrap();
    assert_eq!(page.matches("<li>").count(), 24);
    assert!(page.contains(key) && page.contains("Prova &lt;1&gt;") && page.contains("<path d=\"M"));
    assert!(!page.contains("http"), "it loads nothing");
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&sheet).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn wrong_words_and_a_folder_in_use_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("back");
    let words = vec!["abaco"; 24].join(" ");
    for (words, said) in [
        (words.clone(), "non stanno insieme"),
        (words.replacen("abaco", "nessuna-parola", 1), "25"),
        (words.replacen("abaco", "nessunaparola", 1), "La parola numero 1 "),
    ] {
        let output = recover(&words, &out, &["--journal", "nowhere"]);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains("PAROLE-01") && message.contains(said), "{message}");
        assert!(!message.contains("nessunaparola"));
    }
    assert!(!out.exists());
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("mine"), b"kept").unwrap();
    let words = domain::recovery_words::write(&[9; 32]);
    let output = recover(&words, &out, &["--journal", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1);
}
