//! What a lock, a panic, the duress PIN and a forgotten PIN leave in memory and in files: nothing (B11). A lead's phone
//! runs in a process of its own, plays a night through the commands of the screens, and everything writable of that
//! process is read from outside, before and after.

mod phone;
mod scan;

use phone::{ALIAS_WORD, CONTACTS, PIN, Phone, REVIEW_PIN};
use scan::Scan;
use serde_json::{Value, json};

const DURESS_PIN: &str = "850362";

/// One thing that must not be there after the lock.
struct Secret {
    name: String,
    bytes: Vec<u8>,
}

fn secret(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Secret {
    Secret { name: name.into(), bytes: bytes.into() }
}

/// The night: as many contacts as a long one has, each with an alias of her own. Gives the ids of the records.
fn play(phone: &mut Phone) -> Vec<uuid::Uuid> {
    phone.ask("unlock", json!({ "pin": PIN }));
    let crew = json!([{ "operator": "PROVA-A", "role": "operator" }, { "operator": "PROVA-B", "role": "mediator" }]);
    let bag = json!([{ "item": "condom_ext", "quantity": 600 }]);
    let start = json!({ "outing_type": "street_night", "crew": crew, "short_crew": null, "bag": bag,
        "zones": [phone.zone.clone()], "partner_code": null });
    phone.ask("start_outing", start);
    let base = json!({ "gender": "woman", "kind": "returning", "target_group": "person", "n_persons": 1 });
    let mut records = Vec::new();
    for number in 0..CONTACTS {
        let card = phone.ask("open_card", base.clone())["card"].clone();
        let alias = alias(number);
        phone.ask("pick_alias", json!({ "prefix": &alias[..3] }));
        let handouts = json!([{ "item": "condom_ext", "quantity": 6, "leaflet": null }]);
        let details = json!({ "aliases": [alias], "notice_given": true });
        phone.ask("save_contact", json!({ "card": card, "base": base, "handouts": handouts, "details": details }));
        records.push(card.as_str().unwrap().parse().unwrap());
    }
    phone.ask("todo", json!({}));
    phone.ask("close_status", json!({}));
    // A card that is open stays in the file, not in memory.
    let open = phone.ask("open_card", base)["card"].clone();
    records.push(open.as_str().unwrap().parse().unwrap());
    records
}

fn alias(number: usize) -> String {
    format!("{ALIAS_WORD}-{}", number + 10)
}

/// How often each secret is in the process's memory, of those that are.
fn found(phone: &Phone, secrets: &[Secret]) -> Vec<(String, usize)> {
    let patterns: Vec<&[u8]> = secrets.iter().map(|secret| secret.bytes.as_slice()).collect();
    let hits = Scan::of(&patterns).process(phone.pid());
    let named = secrets.iter().map(|secret| secret.name.clone()).zip(hits);
    named.filter(|(_, times)| *times > 0).collect()
}

/// A night that was played, and everything of it that must not stay.
fn played() -> (Phone, Vec<Secret>) {
    let (mut phone, keys) = Phone::set_up();
    let records = play(&mut phone);
    let outing = phone.ask("tonight", json!({}))["view"]["outing_id"].clone();
    phone.ask("step_up", json!({ "pin": REVIEW_PIN }));
    let list = phone.ask("night_list", json!({ "outing_id": outing }));
    assert!(list.to_string().contains(&alias(0)), "the lead sees the whole night");

    let mut secrets: Vec<Secret> = keys.into_iter().map(|(name, bytes)| secret(name, bytes)).collect();
    secrets.push(secret("PIN", PIN));
    secrets.push(secret("step-up PIN", REVIEW_PIN));
    for (number, id) in records.iter().enumerate() {
        secrets.push(secret(format!("record {number}"), id.as_bytes().as_slice()));
        secrets.push(secret(format!("record {number} as text"), id.to_string()));
        secrets.push(secret(format!("alias {number}"), alias(number)));
    }
    let open = found(&phone, &secrets);
    let sees = |name: &str| open.iter().any(|(found, _)| found == name);
    // SQLCipher keeps its own key masked while it does not use it.
    for name in ["signing seed", "lead identity", "alias key", "record 0", "alias 0"] {
        assert!(sees(name), "the scan must find what is in use: {name} is not among {open:?}");
    }
    (phone, secrets)
}

/// What the sending thread was just doing ends meanwhile.
fn assert_nothing_left(phone: &Phone, secrets: &[Secret]) {
    let left: Vec<_> = (0..3).map(|_| found(phone, secrets)).take_while(|left| !left.is_empty()).collect();
    assert!(left.len() < 3, "left in memory: {:?}", left.last());
}

/// Every file of the phone's folder: its journals are sealed, and all else is gone or has no key.
fn assert_nothing_readable(phone: &Phone, secrets: &[Secret]) {
    let patterns: Vec<&[u8]> = secrets.iter().map(|secret| secret.bytes.as_slice()).collect();
    let (hits, seen) = Scan::of(&patterns).folder(&phone.data_dir());
    let readable: Vec<_> = secrets.iter().zip(hits).filter(|(_, times)| *times > 0).map(|(it, _)| &it.name).collect();
    assert!(readable.is_empty(), "readable in files: {readable:?}");
    assert!(phone.data_dir().join("former-1/journal.db").exists(), "what was not sent stays");
    assert!(seen > 64 * CONTACTS, "only {seen} bytes were read");
}

#[test]
fn nothing_of_a_night_and_no_key_is_in_memory_after_the_lock_b11() {
    let (mut phone, secrets) = played();
    let locked: Value = phone.ask("lock", json!({}));
    assert_eq!(locked["state"], "locked");
    assert_nothing_left(&phone, &secrets);
}

#[test]
fn nothing_of_a_night_and_no_key_is_in_memory_or_files_after_panic() {
    let (mut phone, secrets) = played();
    assert_eq!(phone.ask("panic", json!({}))["state"], "absent");
    assert_nothing_left(&phone, &secrets);
    assert_nothing_readable(&phone, &secrets);
}

#[test]
fn nothing_of_a_night_and_no_key_is_in_memory_behind_the_duress_pin() {
    let (mut phone, secrets) = played();
    phone.ask("set_duress_pin", json!({ "unlock_pin": PIN, "duress_pin": DURESS_PIN }));
    phone.ask("lock", json!({}));
    assert_eq!(phone.ask("unlock", json!({ "pin": DURESS_PIN }))["state"], "inventory");
    phone.ask("inventory", json!({}));
    assert_nothing_left(&phone, &secrets);
}

#[test]
fn nothing_of_a_night_and_no_key_is_in_memory_or_files_after_a_forgotten_pin() {
    let (mut phone, secrets) = played();
    phone.ask("lock", json!({}));
    assert_eq!(phone.ask("set_aside", json!({}))["state"], "absent");
    assert_nothing_left(&phone, &secrets);
    assert_nothing_readable(&phone, &secrets);
}
