use super::*;
use crate::fixture::{Team, at, contact, opened};
use domain::sync::audit::AuditHead;
use domain::sync::push::{MAX_BODY_BYTES, MAX_OPERATIONS};
use domain::sync::receipt::{Receipt, ReceiptFault, SignedReceipt};

/// A member's phone that saved an outing and `contacts` contacts; closed again.
fn phone_with(team: &Team, contacts: u128) -> (Journal, Vec<u8>) {
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in 0..contacts {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
    let key = phone.identity().public().signing_key.0;
    drop(phone);
    (Journal::open(&team.member.dir).unwrap(), key)
}

#[test]
fn is_a_plain_file_that_opens_without_any_key() {
    let team = Team::new();
    let (journal, _) = phone_with(&team, 1);
    let bytes = std::fs::read(team.member.dir.join(FILE)).unwrap();
    assert!(bytes.starts_with(b"SQLite format 3\0"), "an unkeyed SQLCipher connection writes plain SQLite");
    assert_eq!(journal.len().unwrap(), 2);
    assert_eq!(journal.server().unwrap(), "https://posta.example");
    assert_eq!(journal.unit().unwrap(), Some(UnitId::new("BS-U1")));
}

#[test]
fn gives_batches_that_verify_from_every_position_and_within_the_limits() {
    let team = Team::new();
    let (journal, key) = phone_with(&team, 69);
    assert_eq!(journal.len().unwrap(), 70);
    for stored in [0, 1, 5, 68, 69] {
        let batch = journal.batch_after(stored, 64, MAX_BODY_BYTES).unwrap().unwrap();
        batch.verify(&key).unwrap();
        assert_eq!(batch.operations[0].sequence, stored + 1);
        assert!(serde_json::to_vec(&batch).unwrap().len() <= MAX_BODY_BYTES);
        assert!(batch.operations.len() <= MAX_OPERATIONS);
    }
    assert_eq!(journal.batch_after(70, 64, MAX_BODY_BYTES).unwrap(), None);
    let small = journal.batch_after(0, 64, 10_000).unwrap().unwrap();
    assert!(serde_json::to_vec(&small).unwrap().len() <= 10_000);
    assert!(small.operations.len() > 1);
    let least = journal.batch_after(0, 64, 1).unwrap().unwrap();
    assert_eq!(least.operations.len(), 1, "one entry always goes, else nothing ever would");
    assert_eq!(journal.verify().unwrap(), journal.head().unwrap());
    assert_eq!(journal.batch_after(71, 64, MAX_BODY_BYTES).unwrap_err(), NotebookError::ReceiptMismatch);
}

#[test]
fn is_append_only() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 1);
    assert!(journal.connection().execute("DELETE FROM entry", []).is_err());
    assert!(journal.connection().execute("UPDATE entry SET sealed = x'00'", []).is_err());
    let skipped = journal.append(4, Stream::Journal, b"x", |_| Bytes::default());
    assert_eq!(skipped.unwrap_err(), NotebookError::WrongState("journal sequence"));
    let again = journal.append(2, Stream::Journal, b"x", |_| Bytes::default());
    assert_eq!(again.unwrap_err(), NotebookError::WrongState("journal sequence"));
}

#[test]
fn does_not_send_what_a_flipped_bit_has_changed() {
    let team = Team::new();
    let (journal, _) = phone_with(&team, 2);
    let connection = journal.connection();
    connection.execute_batch("DROP TRIGGER entry_is_never_changed").unwrap();
    connection.execute("UPDATE entry SET sealed = zeroblob(length(sealed)) WHERE sequence = 2", []).unwrap();
    let whole = journal.batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap();
    assert_eq!(whole.operations.len(), 1, "what is whole before it still goes");
    let error = journal.batch_after(1, 64, MAX_BODY_BYTES).unwrap_err();
    assert_eq!(error, NotebookError::Damaged("journal"), "sent, it would be a fork");
    assert_eq!(journal.verify().unwrap_err(), NotebookError::Damaged("journal"));
}

#[test]
fn keeps_a_receipt_only_if_it_is_signed_and_equal() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 3);
    let now = at(30).now;
    assert_eq!(journal.state().unwrap().stored, 0);

    let good = team.receipt(&journal, 4, 2, now);
    let mut forged = good.clone();
    forged.signature.0[0] ^= 1;
    assert_eq!(journal.record_receipt(&forged).unwrap_err(), NotebookError::BadReceipt(ReceiptFault::Signature));

    let receipt: Receipt = serde_json::from_slice(&good.receipt.0).unwrap();
    let other_chain = Receipt { head: Digest([7; 32]), ..receipt.clone() };
    let too_many = Receipt { stored: 5, ..receipt.clone() };
    let other_device = Receipt { device: DeviceId(uuid::Uuid::from_u128(1)), ..receipt.clone() };
    let more_backed_up = Receipt { backed_up: 5, ..receipt };
    for wrong in [other_chain, too_many, other_device, more_backed_up] {
        let error = journal.record_receipt(&team.sign_receipt(&wrong)).unwrap_err();
        assert_eq!(error, NotebookError::ReceiptMismatch);
    }
    assert_eq!(journal.state().unwrap().stored, 0, "nothing of this turned anything green");

    journal.record_receipt(&good).unwrap();
    let state = journal.state().unwrap();
    assert_eq!((state.total, state.stored, state.backed_up, state.received_at), (4, 4, 2, Some(now)));
}

#[test]
fn follows_the_newest_receipt_even_when_the_server_lost_entries() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 3);
    journal.record_receipt(&team.receipt(&journal, 4, 4, at(30).now)).unwrap();
    journal.record_receipt(&team.receipt(&journal, 1, 0, at(20).now)).unwrap();
    assert_eq!(journal.state().unwrap().stored, 4, "an old one that comes late changes nothing");
    journal.record_receipt(&team.receipt(&journal, 2, 1, at(40).now)).unwrap();
    assert_eq!(journal.state().unwrap().stored, 2, "the server was restored: the rest is sent again");
    let batch = journal.batch_after(2, 64, MAX_BODY_BYTES).unwrap().unwrap();
    assert_eq!(batch.operations[0].sequence, 3);
}

#[test]
fn keeps_a_receipt_that_says_no_less_when_the_server_clock_was_set_back() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 3);
    journal.record_receipt(&team.receipt(&journal, 2, 1, at(30).now)).unwrap();
    for (minutes, stored, backed_up, kept) in
        [(20, 3, 1, (3, 1)), (19, 3, 2, (3, 2)), (18, 3, 1, (3, 2)), (17, 2, 2, (3, 2))]
    {
        journal.record_receipt(&team.receipt(&journal, stored, backed_up, at(minutes).now)).unwrap();
        let state = journal.state().unwrap();
        assert_eq!((state.stored, state.backed_up), kept, "{stored} {backed_up}");
    }
}

#[test]
fn what_the_server_misses_has_no_copy_and_is_not_forgotten() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 4);
    journal.record_receipt(&team.receipt(&journal, 5, 4, at(30).now)).unwrap();
    journal.forget_through(2).unwrap();
    for (expected, safe) in [(5, 4), (4, 3), (3, 2), (1, 2)] {
        journal.note_gap(expected).unwrap();
        let state = journal.state().unwrap();
        assert_eq!((state.stored, state.backed_up), (safe, safe), "it expects {expected}");
    }
    let refused = journal.forget_through(3);
    assert_eq!(
        refused.unwrap_err(),
        NotebookError::WrongState("entries without a copy"),
        "its backups may be gone too"
    );
    journal.record_receipt(&team.receipt(&journal, 5, 4, at(40).now)).unwrap();
    assert_eq!(journal.forget_through(4).unwrap(), 2, "until a receipt says that there is a copy again");
}

#[test]
fn follows_a_server_that_was_put_back_and_whose_clock_is_behind_since() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 3);
    journal.record_receipt(&team.receipt(&journal, 4, 4, at(30).now)).unwrap();
    let signed = team.receipt(&journal, 1, 0, at(20).now);
    let receipt: Receipt = serde_json::from_slice(&signed.receipt.0).unwrap();
    let put_back = Receipt { epoch: receipt.epoch + 1, ..receipt };
    journal.record_receipt(&team.sign_receipt(&put_back)).unwrap();
    let state = journal.state().unwrap();
    assert_eq!((state.stored, state.backed_up), (1, 0), "the rest is sent again, and not forgotten");
    assert!(journal.was_set_back_lately().unwrap());
}

#[test]
fn forgets_a_receipt_of_a_server_key_that_is_no_longer_pinned() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 1);
    journal.record_receipt(&team.receipt(&journal, 2, 2, at(30).now)).unwrap();
    journal.pin(Some(&UnitId::new("BS-U1")), &[3; 32], &[4; 32]).unwrap();
    assert_eq!(journal.receipt().unwrap(), None);
}

#[test]
fn tells_absent_damaged_and_too_new_apart_and_changes_no_byte() {
    let team = Team::new();
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(Journal::open(dir.path()).err(), Some(NotebookError::Absent));
    let (journal, _) = phone_with(&team, 1);
    journal.connection().execute_batch("PRAGMA user_version = 9; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(journal);
    let path = team.member.dir.join(FILE);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(Journal::open(&team.member.dir).err(), Some(NotebookError::TooNew));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    std::fs::write(&path, [0x55; 8_192]).unwrap();
    assert_eq!(Journal::open(&team.member.dir).err(), Some(NotebookError::Damaged("database")));
    assert_eq!(std::fs::read(&path).unwrap(), [0x55; 8_192]);
    assert!(team.member.try_open().unwrap().journal_is_rebuilt(), "it keeps nobody out of a whole notebook");
    assert_eq!(std::fs::read(team.member.dir.join("journal.db.damaged-1")).unwrap(), [0x55; 8_192]);
}

#[test]
fn is_not_replaced_by_a_new_notebook_once_it_holds_something() {
    let team = Team::new();
    let (journal, _) = phone_with(&team, 1);
    drop(journal);
    std::fs::remove_file(team.member.dir.join("notebook.db")).unwrap();
    let entropy = crate::entropy::Entropy::system();
    let made = crate::notebook::Notebook::create(&team.member.dir, &team.member.key, &team.invitation, entropy);
    assert_eq!(made.err(), Some(NotebookError::AlreadyExists("journal")));
    assert_eq!(Journal::open(&team.member.dir).unwrap().len().unwrap(), 2);
}

#[test]
fn sends_on_with_a_damaged_receipt_and_says_which_value_is_damaged() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 3);
    journal.record_receipt(&team.receipt(&journal, 2, 1, at(30).now)).unwrap();
    let damage = |key: &str| {
        for table in ["meta", "meta_copy"] {
            let sql = format!("UPDATE {table} SET value = zeroblob(length(value)) WHERE key = '{key}'");
            assert_eq!(journal.connection().execute(&sql, []).unwrap(), 1);
        }
    };
    damage("receipt");
    damage("server");
    assert_eq!(journal.server().unwrap_err(), NotebookError::JournalValue);
    assert_eq!(journal.state().unwrap().stored, 0, "the server says it again");
    assert_eq!(journal.batch_after(0, 64, MAX_BODY_BYTES).unwrap().unwrap().operations.len(), 4);
    journal.record_receipt(&team.receipt(&journal, 4, 1, at(40).now)).unwrap();
    assert_eq!(journal.state().unwrap().stored, 4, "and it is whole again");
}

/// A receipt of everything, signed on another day of the server's life.
fn lived(team: &Team, journal: &Journal, minutes: i64, epoch: i64, number: u64, salt: u8) -> SignedReceipt {
    let audit = AuditHead { number, head: Digest([salt; 32]) };
    let signed = team.receipt(journal, 2, 2, at(minutes).now);
    let receipt: Receipt = serde_json::from_slice(&signed.receipt.0).unwrap();
    team.sign_receipt(&Receipt { epoch, audit, ..receipt })
}

#[test]
fn says_for_a_day_that_the_server_was_set_back_and_believes_its_receipts_all_the_same() {
    const DAY: i64 = 24 * 60;
    for (epoch, number, salt, told, what) in [
        (7, 9, 1, false, "nothing happened since"),
        (7, 12, 2, false, "it grew"),
        (7, 8, 1, true, "it is shorter"),
        (7, 9, 2, true, "it is another one"),
        (8, 12, 2, true, "it was put back from a backup"),
    ] {
        let team = Team::new();
        let (mut journal, _) = phone_with(&team, 3);
        journal.record_receipt(&lived(&team, &journal, 30, 7, 9, 1)).unwrap();
        assert!(!journal.was_set_back_lately().unwrap(), "the first one that is seen");
        journal.record_receipt(&lived(&team, &journal, 40, epoch, number, salt)).unwrap();
        assert_eq!(journal.was_set_back_lately().unwrap(), told, "{what}");
        assert_eq!(journal.receipt().unwrap().unwrap().audit.number, number, "the new one is in force");
        journal.record_receipt(&lived(&team, &journal, 40 + DAY, epoch, number + 1, 3)).unwrap();
        assert_eq!(journal.was_set_back_lately().unwrap(), told, "{what}, a day later");
        journal.record_receipt(&lived(&team, &journal, 41 + DAY, epoch, number + 2, 4)).unwrap();
        assert!(!journal.was_set_back_lately().unwrap(), "{what}, after that");
    }
}

#[test]
fn receipt_that_comes_late_tells_of_no_set_back() {
    let team = Team::new();
    let (mut journal, _) = phone_with(&team, 3);
    let early = lived(&team, &journal, 30, 7, 5, 1);
    journal.record_receipt(&lived(&team, &journal, 40, 7, 9, 2)).unwrap();
    journal.record_receipt(&early).unwrap();
    assert!(!journal.was_set_back_lately().unwrap());
}
