use crate::error::NotebookError;
use crate::fixture::{Team, at, contact, opened};
use crate::journal::Journal;
use domain::sync::push::{Batch, MAX_BODY_BYTES};

/// A member's phone with an outing and three contacts of which the server has two; closed. With what its journal sends.
fn night(team: &Team) -> Batch {
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in 0..3 {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    let receipt = team.receipt(phone.journal(), 2, 1, at(30).now);
    phone.journal_mut().record_receipt(&receipt).unwrap();
    phone.journal().batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap()
}

fn sql(team: &Team, sql: &str) {
    let journal = Journal::open(&team.member.dir).unwrap();
    journal.connection().execute_batch("DROP TRIGGER entry_is_never_changed").unwrap();
    journal.connection().execute_batch(sql).unwrap();
}

#[test]
fn makes_the_same_journal_again_whatever_was_damaged() {
    let damages = [
        "UPDATE entry SET sealed = zeroblob(length(sealed)) WHERE sequence = 3",
        "UPDATE entry SET signature = zeroblob(64) WHERE sequence = 4",
        "UPDATE entry SET chain = zeroblob(32) WHERE sequence = 4",
        "DROP TABLE entry",
        "UPDATE meta SET value = zeroblob(16) WHERE key = 'device'; UPDATE meta_copy SET value = zeroblob(16) WHERE key = 'device'",
        "UPDATE meta_copy SET digest = zeroblob(32) WHERE key = 'server_key'",
        "DROP TABLE meta",
        "PRAGMA user_version = 0",
    ];
    for damage in damages {
        let team = Team::new();
        let before = night(&team);
        sql(&team, damage);
        let damaged = std::fs::read(team.member.dir.join("journal.db")).unwrap();
        let mut phone = team.member.open();
        assert!(phone.journal_is_rebuilt(), "{damage}");
        let after = phone.journal().batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap();
        assert_eq!(after, before, "byte for byte the same log, never a fork: {damage}");
        assert_eq!(phone.journal().verify().unwrap(), phone.journal().head().unwrap());
        assert_eq!(std::fs::read(team.member.dir.join("journal.db.damaged-1")).unwrap(), damaged, "{damage}");
        let device = phone.device();
        let saved = phone.save(contact(1, 200, device, "AIRONE-13", 1), None, at(40), None).unwrap();
        assert_eq!(saved.sequence, 5);
        drop(phone);
        assert!(!team.member.open().journal_is_rebuilt(), "once");
    }
}

#[test]
fn keeps_the_receipt_where_it_is_whole() {
    let team = Team::new();
    night(&team);
    sql(&team, "UPDATE entry SET sealed = zeroblob(length(sealed)) WHERE sequence = 4");
    assert_eq!(team.member.open().journal().state().unwrap().stored, 2);
}

#[test]
fn makes_a_journal_that_is_gone_anew() {
    let team = Team::new();
    let before = night(&team);
    for part in ["journal.db", "journal.db-wal", "journal.db-shm"] {
        drop(std::fs::remove_file(team.member.dir.join(part)));
    }
    let phone = team.member.open();
    assert_eq!(phone.journal().batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap(), before);
}

#[test]
fn takes_over_what_an_older_copy_of_the_notebook_lacks() {
    let team = Team::new();
    let mut phone = team.member.open();
    phone.save(opened(1), None, at(0), None).unwrap();
    drop(phone);
    let old = std::fs::read(team.member.dir.join("notebook.db")).unwrap();
    let mut phone = team.member.open();
    let device = phone.device();
    for number in 0..3 {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    let before = phone.journal().batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap();
    drop(phone);
    std::fs::write(team.member.dir.join("notebook.db"), &old).unwrap();
    sql(&team, "UPDATE entry SET sealed = zeroblob(length(sealed)) WHERE sequence = 1");
    let phone = team.member.open();
    assert!(phone.journal_is_rebuilt());
    assert_eq!(phone.journal().batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap(), before);
    drop(phone);

    std::fs::write(team.member.dir.join("notebook.db"), old).unwrap();
    sql(&team, "UPDATE entry SET sealed = zeroblob(length(sealed)) WHERE sequence = 3");
    let mut phone = team.member.open();
    assert_eq!(phone.journal().len().unwrap(), 2, "what follows on the damaged one cannot be proved");
    let refused = phone.save(contact(1, 200, device, "AIRONE-13", 1), None, at(2), None);
    assert_eq!(refused.unwrap_err(), NotebookError::JournalBehind, "their numbers are used");
}
