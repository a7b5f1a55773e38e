//! Invariant 10: the recovery words, the stock `age` format and the page that describes it are enough.

use super::fixture::{Team, at, contact, opened};
use domain::operation::{Operation, OperationBody};
use notebook::journal::Journal;
use std::io::Read;
use std::str::FromStr;

#[test]
fn every_journal_entry_opens_with_the_recovery_identity_and_plain_age() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    let body = contact(1, 100, device, "AIRONE-12", 2);
    phone.save(body.clone(), None, at(1), None).unwrap();
    drop(phone);

    let identity = age::x25519::Identity::from_str(team.recovery.as_text()).unwrap();
    let journal = Journal::open(&team.member.dir).unwrap();
    let batch = journal.batch_after(0, 64, 256 * 1024).unwrap().unwrap();
    let mut bodies: Vec<OperationBody> = Vec::new();
    for operation in &batch.operations {
        let mut text = String::new();
        let decryptor = age::Decryptor::new(operation.sealed.0.as_slice()).unwrap();
        let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).unwrap();
        reader.read_to_string(&mut text).unwrap();
        // `tail -n +2`
        let (header, rest) = text.split_once('\n').unwrap();
        assert!(header.starts_with("usc1 j "));
        let opened: Operation = serde_json::from_str(rest).unwrap();
        assert_eq!((opened.device, opened.sequence), (device, operation.sequence));
        bodies.push(opened.body);
    }
    assert_eq!(bodies, [opened(1), body]);
}

#[test]
fn sizes_outside_say_nothing_about_the_content() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for (number, alias) in ["AIRONE-12", "STELLAMARINA-99"].into_iter().enumerate() {
        phone.save(contact(1, 100 + number as u128, device, alias, 1), None, at(1), None).unwrap();
    }
    let batch = phone.journal().batch_after(1, 64, 256 * 1024).unwrap().unwrap();
    let identity = age::x25519::Identity::from_str(team.recovery.as_text()).unwrap();
    let lengths: Vec<usize> = batch
        .operations
        .iter()
        .map(|operation| {
            let mut plaintext = Vec::new();
            let decryptor = age::Decryptor::new(operation.sealed.0.as_slice()).unwrap();
            let mut reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)).unwrap();
            reader.read_to_end(&mut plaintext).unwrap();
            plaintext.len()
        })
        .collect();
    assert_eq!(lengths[0], lengths[1]);
    assert!(lengths[0].is_power_of_two());
}
