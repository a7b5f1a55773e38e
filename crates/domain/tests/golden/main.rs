//! Every message of the protocol, byte for byte, as each released version writes it.
//!
//! A file is never changed. A message that changes is a new version: a new constant in `version.rs`, with its day and its
//! reason, and a new folder. `GOLDEN=write` writes the files that a folder has not got, and only those.

// Helpers of tests are tests: a failure is a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod acts;
mod messages;
mod releases;
mod signed;

use domain::sync::version::{CURRENT, OLDEST};
use messages::Message;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(version: u16) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{version}"))
}

/// What the file holds; written first if it is asked for and not there.
fn golden(name: &str, now: &str) -> String {
    let path = folder(CURRENT).join(name);
    if !path.exists() && std::env::var_os("GOLDEN").is_some_and(|how| how == "write") {
        std::fs::create_dir_all(folder(CURRENT)).unwrap();
        std::fs::write(&path, now).unwrap();
    }
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name}: a message without a golden file"))
}

#[test]
fn no_message_changes_within_a_version() {
    for Message { name, bytes, .. } in messages::all() {
        let now = String::from_utf8(bytes).unwrap() + "\n";
        let then = golden(&format!("{name}.json"), &now);
        assert_eq!(now, then, "{name} is written differently: that is a new version of the protocol");
    }
}

#[test]
fn nothing_that_is_signed_or_hashed_changes_within_a_version() {
    for (file, values) in [("signed.txt", signed::all()), ("signed_releases.txt", signed::of_releases())] {
        let now: String = values.into_iter().map(|(name, bytes)| format!("{name} {bytes}\n")).collect();
        assert_eq!(now, golden(file, &now), "that is a new version of the protocol");
    }
}

#[test]
fn every_message_of_every_version_is_read_and_written_again_byte_for_byte() {
    for version in OLDEST..=CURRENT {
        for Message { name, rewrite, .. } in messages::all() {
            let path = folder(version).join(format!("{name}.json"));
            let Ok(text) = std::fs::read_to_string(&path) else {
                assert_ne!(version, CURRENT, "{name}");
                continue;
            };
            let bytes = text.trim_end().as_bytes();
            assert_eq!(rewrite(bytes).unwrap(), bytes, "{name} of version {version}");
        }
    }
}

#[test]
fn no_golden_file_is_left_over() {
    let names: BTreeSet<String> = messages::all()
        .iter()
        .map(|message| format!("{}.json", message.name))
        .chain(["signed.txt".to_owned(), "signed_releases.txt".to_owned()])
        .collect();
    let files: BTreeSet<String> = std::fs::read_dir(folder(CURRENT))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, names);
}

/// With a field of a later version in every object, but for those that only tell which kind of a thing follows.
fn with_later_fields(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let is_kind = fields.len() == 1 && fields.keys().all(|key| ["done", "refused"].contains(&key.as_str()));
            let mut fields: serde_json::Map<String, Value> =
                fields.into_iter().map(|(key, value)| (key, with_later_fields(value))).collect();
            if !is_kind {
                fields.insert("later".to_owned(), json!({ "of": ["a", 2] }));
            }
            Value::Object(fields)
        }
        Value::Array(values) => Value::Array(values.into_iter().map(with_later_fields).collect()),
        other => other,
    }
}

#[test]
fn fields_of_a_later_version_are_ignored_wherever_they_are() {
    for Message { name, bytes, rewrite, is_canonical } in messages::all() {
        let later = with_later_fields(serde_json::from_slice(&bytes).unwrap()).to_string();
        assert_ne!(later.as_bytes(), bytes, "{name}");
        if is_canonical {
            assert!(rewrite(later.as_bytes()).is_err(), "{name}");
            continue;
        }
        let read = rewrite(later.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(read, bytes, "{name}");
    }
}

#[test]
fn what_is_signed_is_handed_on_with_fields_that_are_not_known_here() {
    // A manifest and a receipt travel as the bytes that were signed: reading one does not lose what it does not know.
    let (manifest, admin) = messages::signed_manifest(Some(with_later_fields));
    assert_eq!(manifest.verify(&admin).unwrap().number, 3);
    let handed_on: domain::sync::manifest::SignedManifest =
        serde_json::from_slice(&serde_json::to_vec(&manifest).unwrap()).unwrap();
    assert_eq!(handed_on, manifest);
    assert!(String::from_utf8(handed_on.manifest.0).unwrap().contains("\"later\""));
    let (receipt, server) = messages::signed_receipt(Some(with_later_fields));
    assert_eq!(receipt.verify(&server).unwrap().stored, 4);
    assert!(String::from_utf8(receipt.receipt.0).unwrap().contains("\"later\""));
}
