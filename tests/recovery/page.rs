//! The page is performed as it stands: its shell blocks, in their order, in a folder laid out as it says, with the
//! programs that Debian gives. Nothing of ours runs.

use super::played::{Played, Saved, copy_database};
use domain::ids::DeviceId;
use domain::recovery_words;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PAGE: &str = include_str!("../../docs/recupero.md");

/// The blocks of the page in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    PAGE.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// Performs the page in a folder.
fn perform(folder: &Path) -> Output {
    for program in ["age", "basenc", "jq", "python3", "sqlite3"] {
        let found =
            Command::new("sh").args(["-c", "command -v \"$0\"", program]).stdout(Stdio::null()).status().unwrap();
        assert!(found.success(), "the page needs {program}: apt-get install age jq python3 sqlite3");
    }
    let script = blocks("sh").join("\n");
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", &script]).current_dir(folder).stdin(Stdio::null());
    command.output().unwrap()
}

fn lay_out(folder: &Path, words: &str) {
    std::fs::write(folder.join("recupero.md"), PAGE).unwrap();
    std::fs::write(folder.join("parole.txt"), words).unwrap();
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .unwrap()
}

/// What a server keeps apart of a revoked device: its batch, byte for byte.
fn put_into_quarantine(mailbox: &Path, batch: &[u8]) {
    let connection = rusqlite::Connection::open(mailbox).unwrap();
    let sql = "INSERT INTO quarantine (device, first_sequence, last_sequence, head, reason, body, received_on)
               VALUES (zeroblob(16), 1, 4, zeroblob(32), 'revoked', ?1, '2026-03-13')";
    connection.execute(sql, [batch]).unwrap();
}

/// The operations of `uscite.json`, by device and place.
fn operations(folder: &Path) -> Saved {
    let outings = json(&folder.join("uscite.json"));
    let all = outings.as_array().unwrap().iter().flat_map(|outing| outing["operazioni"].as_array().unwrap().clone());
    all.map(|operation| {
        let device: DeviceId = operation["device"].as_str().unwrap().parse().unwrap();
        ((device, operation["sequence"].as_u64().unwrap()), operation)
    })
    .collect()
}

fn checked(folder: &Path) -> String {
    let output = perform(folder);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn page_carries_the_list_of_words() {
    let page: Vec<&str> = blocks("parole")[0].split_whitespace().collect();
    assert_eq!(page, recovery_words::list().collect::<Vec<_>>());
}

#[test]
fn page_brings_back_from_journals_and_from_the_server_exactly_what_was_saved() {
    let played = Played::new();
    // Only the phones are left.
    let phones = tempfile::tempdir().unwrap();
    lay_out(phones.path(), &played.words);
    for name in ["lead", "member"] {
        let target = phones.path().join("giornali").join(name).join("journal.db");
        copy_database(&played.path(name).join("journal.db"), &target);
    }
    let said = checked(phones.path());
    assert_eq!(operations(phones.path()), played.operations);
    assert_eq!(std::fs::read_to_string(phones.path().join("chiave.txt")).unwrap().trim(), played.key);
    assert!(said.contains("ne mancano 0") && !said.contains("Non si apre"), "{said}");
    let contacts = std::fs::read_to_string(phones.path().join("contatti.tsv")).unwrap();
    assert_eq!(contacts.lines().count(), 3);
    assert!(contacts.contains("AIRONE-12"));

    // Only the server's database is left: phones and the desk with the coordinator's key are gone.
    let server = tempfile::tempdir().unwrap();
    lay_out(server.path(), &played.words.to_lowercase().replace(' ', "\n"));
    copy_database(&played.path("server/mailbox.db"), &server.path().join("server/mailbox.db"));
    let said = checked(server.path());
    assert!(!said.contains("Non si apre"), "{said}");
    assert_eq!(operations(server.path()), played.operations);
    let logs = json(&server.path().join("diari.json"));
    let mut logs: Vec<String> = logs.as_array().unwrap().iter().map(Value::to_string).collect();
    let mut expected: Vec<String> = played.entries.values().map(Value::to_string).collect();
    logs.sort();
    expected.sort();
    assert!(!expected.is_empty());
    assert_eq!(logs, expected);
    assert_eq!(json(&server.path().join("progetto.json"))["programme"]["name"], played.programme.as_str());
}

#[test]
fn page_opens_a_sealed_backup_of_the_server_with_the_stock_program() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), &played.words);
    std::fs::create_dir(folder.path().join("server")).unwrap();
    played.seal_backup(&folder.path().join("server/copia.age"));
    let said = checked(folder.path());
    assert!(!said.contains("Non si apre"), "{said}");
    assert_eq!(operations(folder.path()), played.operations);
    assert_eq!(json(&folder.path().join("diari.json")).as_array().unwrap().len(), played.entries.len());
}

#[test]
fn page_opens_carried_files_and_keeps_apart_what_a_server_had_in_quarantine() {
    let played = Played::new();
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), &played.words);
    std::fs::create_dir(folder.path().join("notti")).unwrap();
    std::fs::write(folder.path().join("notti/uscita-ab23.uscita"), &played.night_file).unwrap();
    checked(folder.path());
    let carried = operations(folder.path());
    assert!(!carried.is_empty());
    for (place, operation) in &carried {
        assert_eq!(played.operations.get(place), Some(operation));
    }

    let mailbox = folder.path().join("server/mailbox.db");
    copy_database(&played.path("server/mailbox.db"), &mailbox);
    put_into_quarantine(&mailbox, &played.batch);
    checked(folder.path());
    assert_eq!(operations(folder.path()), played.operations, "what both have counts once");
    let names = std::fs::read_dir(folder.path().join("aperte")).unwrap();
    let names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let apart = names.iter().filter(|name| name.starts_with("quarantena-")).count();
    let batch: Value = serde_json::from_slice(&played.batch).unwrap();
    assert_eq!(apart, batch["operations"].as_array().unwrap().len());
}

#[test]
fn page_names_a_wrong_word_and_opens_nothing_with_exchanged_ones() {
    let words = recovery_words::write(&[7; 32]);
    let with = |words: String| {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path(), &words);
        let output = perform(folder.path());
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let list: Vec<&str> = words.split(' ').collect();
    let mut wrong = list.clone();
    wrong[4] = "CAVALIERESSA";
    assert!(with(wrong.join(" ")).contains("La parola 5"));
    let mut exchanged = list.clone();
    let other = exchanged.iter().position(|word| *word != exchanged[0]).unwrap();
    exchanged.swap(0, other);
    assert!(with(exchanged.join(" ")).contains("Le parole non stanno insieme"));
    assert!(with(list[1..].join(" ")).contains("Le parole sono 23"));
}
