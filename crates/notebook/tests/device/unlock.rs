//! From PIN to notebook.

use super::fixture::{Team, at, opened};
use notebook::crypto::binder::FileBinder;
use notebook::crypto::{KdfParams, NewSecret, keyfile};
use notebook::entropy::Entropy;
use notebook::error::ErrorCode;
use notebook::notebook::Notebook;
use notebook::uptime::Uptime;

#[test]
fn a_pin_opens_the_notebook_it_was_made_for() {
    let team = Team::new();
    let dir = tempfile::tempdir().unwrap();
    let binder = FileBinder::new(dir.path());
    let pin = NewSecret::pin("830591").unwrap();
    let mut entropy = Entropy::system();
    let key = keyfile::UNLOCK.create(dir.path(), &pin, KdfParams::FLOOR, &binder, &mut entropy).unwrap();
    drop(Notebook::create(dir.path(), &key, &team.invitation, Entropy::system()).unwrap());
    drop(key);

    let wrong = keyfile::UNLOCK.unlock(dir.path(), "830592", &binder, Uptime::now()).unwrap_err();
    assert_eq!(wrong.code(), ErrorCode::WrongSecret);
    let unlocked = keyfile::UNLOCK.unlock(dir.path(), "830591", &binder, Uptime::now()).unwrap();
    let notebook = Notebook::open(dir.path(), &unlocked.into_key().unwrap(), Entropy::system()).unwrap();
    assert_eq!(notebook.invitation(), &team.invitation);
}

#[test]
fn what_is_not_there_is_absent_and_nothing_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let team = Team::new();
    let error = Notebook::open(dir.path(), &team.lead.key, Entropy::system()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Absent);
    let binder = FileBinder::new(dir.path());
    assert_eq!(
        keyfile::UNLOCK.unlock(dir.path(), "830591", &binder, Uptime::now()).unwrap_err().code(),
        ErrorCode::Absent
    );
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "asking leaves no file behind");
}

#[test]
fn a_locked_phone_can_still_send() {
    let team = Team::new();
    let mut phone = team.member.open();
    phone.save(opened(1), None, at(0), None).unwrap();
    let key = phone.identity().public().signing_key.0;
    drop(phone);
    // No PIN, no key: the journal alone.
    let mut journal = notebook::journal::Journal::open(&team.member.dir).unwrap();
    journal.batch_after(0, 64, 256 * 1024).unwrap().unwrap().verify(&key).unwrap();
    journal.record_receipt(&team.receipt(&journal, 1, 0, at(5).now)).unwrap();
    drop(journal);
    assert_eq!(team.member.open().journal().state().unwrap().stored, 1);
}
