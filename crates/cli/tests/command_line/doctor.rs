//! `uscita doctor` looks and changes nothing.

use super::{Desk, program};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Every file of a folder with its bytes, but for the counter of tries at the passphrase, which every try moves.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && !path.ends_with("tries") {
            found.insert(path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
        }
    }
    found
}

fn outcomes(told: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    told["checks"].as_array().unwrap().iter().map(|one| (text(&one["about"]), text(&one["outcome"]))).collect()
}

#[test]
fn tells_how_the_desk_stands_by_its_exit_and_leaves_every_byte() {
    let desk = Desk::new();
    desk.said(&["desk", "access", "--date", "2026-03-12", "--topic", "legal"]);
    // The opening of before has put everything in its place.
    desk.said(&["board"]);
    let before = files(desk.home());
    let output = desk.run(&["doctor", "--offline", "--json"]);
    assert_eq!(output.status.code(), Some(1), "it has never looked at a server, and nothing was sent");
    assert!(output.stderr.is_empty(), "{}", super::error_of(&output));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let outcomes = outcomes(&told);
    for about in ["notebook", "sums", "register", "keys"] {
        assert_eq!(outcomes[about], "well", "{about}: {told}");
    }
    for about in ["manifest", "look", "copies"] {
        assert_eq!(outcomes[about], "attention", "{about}: {told}");
    }
    assert_eq!(told["outcome"], "attention");
    assert!(files(desk.home()) == before, "something was written");
    let asked = desk.run(&["doctor"]);
    assert_eq!(asked.status.code(), Some(1));
    assert!(String::from_utf8(asked.stdout).unwrap().contains("RETE-01"), "the server is not there");
}

#[test]
fn a_desk_that_does_not_open_is_broken_and_stays_as_it_is() {
    let desk = Desk::new();
    let wrong = program()
        .args(["doctor", "--offline", "--json"])
        .env("USCITA_HOME", desk.home())
        .env("USCITA_PASSPHRASE", "un’altra frase lunga")
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    let told: Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert_eq!(told["checks"][0]["code"], "CODICE-01");
    let notebook = desk.path("notebook.db");
    let mut bytes = std::fs::read(&notebook).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&notebook, &bytes).unwrap();
    let output = desk.run(&["doctor", "--offline", "--json"]);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(std::fs::read(&notebook).unwrap() == bytes, "a damaged notebook is left as it is");
    let nowhere = super::run(&desk.path("none"), &["doctor", "--offline"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(String::from_utf8(nowhere.stdout).unwrap().contains("TACCUINO-01"));
}
