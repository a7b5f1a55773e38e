//! The bytes that are signed and the values that are hashed: two sides that differ in one of them understand nothing.

use crate::messages::{DESK, DEVICE, PROGRAMME, SECRET, batch, key, keys};
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use domain::alias::AliasWords;
use domain::release::release_message;
use domain::sync::Stream;
use domain::sync::audit::{AuditKind, Note, origin};
use domain::sync::auth::request_message;
use domain::sync::chain::{Digest, genesis, head_message, link};
use domain::sync::enrol::{code_id, enrolment_mac, fingerprint_words};
use domain::sync::manifest::manifest_message;
use domain::sync::publish::{LINK_BYTES, hash_password, path};
use domain::sync::receipt::receipt_message;
use domain::sync::wipe::{confirmation_message, order_message};
use ring::signature::KeyPair;

pub fn all() -> Vec<(&'static str, String)> {
    let hex = |bytes: &[u8]| HEXLOWER.encode(bytes);
    let list = AliasWords::italian();
    let words: Vec<&str> = list.iter().collect();
    let admin = key(2);
    let entry =
        Note::new(NaiveDate::from_ymd_opt(2026, 3, 14).unwrap(), AuditKind::Released).by(DESK).about(DEVICE).with(9);
    let request = request_message("GET", "/v1/streams/journal?after=3&limit=64", b"", DEVICE, 1_773_455_400, &[7; 16]);
    vec![
        ("genesis", genesis(DEVICE).to_string()),
        ("link", link(genesis(DEVICE), 1, Stream::Journal, Digest::of(b"sealed")).to_string()),
        ("head_message", hex(&head_message(DEVICE, 2, batch().head))),
        ("request_message", hex(&request)),
        ("receipt_message", hex(&receipt_message(b"{}"))),
        ("manifest_message", hex(&manifest_message(b"{}"))),
        ("order_message", hex(&order_message(DEVICE))),
        ("confirmation_message", hex(&confirmation_message(DEVICE))),
        ("code_id", code_id(SECRET).to_string()),
        ("enrolment_mac", hex(&enrolment_mac(SECRET, &keys()))),
        ("fingerprint_words", fingerprint_words(&keys(), admin.public_key().as_ref(), &words).join("-")),
        ("audit_origin", origin(PROGRAMME).head.to_string()),
        ("audit_entry", entry.follow(origin(PROGRAMME)).place.head.to_string()),
        ("first_signature", hex(&batch().operations[0].signature.0)),
    ]
}

/// The same of releases.
pub fn of_releases() -> Vec<(&'static str, String)> {
    let hash = hash_password(crate::releases::PASSWORD, &[3; 16]).unwrap();
    vec![
        ("release_message", HEXLOWER.encode(&release_message(b"{}"))),
        ("password_hash", HEXLOWER.encode(&hash)),
        ("path", path(&[9; LINK_BYTES])),
    ]
}
