//! The four ways in which a phone loses its notebook, against the real server: after each of them everything that was
//! saved comes back, by the server's own file and the recovery key.

use super::{Office, PIN, ask, see_somebody, start_outing};
use domain::ids::OutingId;
use domain::sync::manifest::Role;
use notebook::entropy::{Entropy, Moment};
use notebook::journal::Journal;
use notebook::recovery::Gathered;
use notebook::session::{Session, former};
use notebook::sync::invitation::CodeForm;
use notebook::sync::visit::{Purpose, Visitor};
use notebook::view::{
    DiscardInput, DuressInput, EnrolInput, Nothing, OutingInput, SendState, SessionState, UnlockInput,
};
use std::path::Path;
use std::sync::Arc;

const DURESS_PIN: &str = "850362";
const SEEN: usize = 3;

/// A member's phone with a night that no server has seen.
fn night(office: &mut Office) -> (Arc<Session>, OutingId) {
    let phone = office.enrolled("phone", Role::Member);
    let outing = start_outing(&phone);
    for _ in 0..SEEN {
        see_somebody(&phone);
    }
    (phone, outing)
}

/// What the server holds opens with the recovery key, and is everything.
fn recovers_everything(office: &Office, outing: OutingId) {
    let mut gathered = Gathered::default();
    gathered.add_mailbox(&office.server.data().join("mailbox.db")).unwrap();
    let recovered = gathered.open(&office.recovery, None, || {}).unwrap();
    let state = recovered.state(outing).unwrap();
    assert_eq!(state.observations.len(), SEEN, "recovered 100 %");
}

fn total(dir: &Path) -> (u64, u64) {
    let state = Journal::open(dir).unwrap().state().unwrap();
    (state.stored, state.total)
}

/// The desk takes a copy: what it holds is backed up.
fn backs_up(office: &mut Office) {
    let client = office.client();
    let mut visitor = Visitor::new(Entropy::system());
    let end = visitor.visit(&mut office.desk, &client, &|| Moment::at(super::now()), Purpose::Asked).unwrap();
    assert_eq!(end.trouble, None);
}

#[test]
fn sends_the_sealed_night_after_panic_and_removes_it_once_it_is_backed_up_b8() {
    let mut office = Office::new();
    let (phone, outing) = night(&mut office);
    office.server.stop();
    assert_eq!(phone.panic(Nothing {}).unwrap().state, SessionState::Absent);
    let dir = office.folder.path().join("phone");
    assert!(phone.send_formers().is_some(), "nobody is there");
    assert_eq!(former::list(&dir).unwrap().len(), 1, "it waits");

    office.server.restart();
    // A restart of the app: what the worker remembers of its delays is gone.
    drop(phone);
    let phone = office.phone("phone");
    let again = phone.send_formers().expect("whether it is backed up is asked again");
    assert!(again.as_secs() >= 600, "not soon: {again:?}");
    let (stored, all) = total(&dir.join("former-1"));
    assert_eq!((stored, all > SEEN as u64), (all, true));
    let kept = phone.kept(Nothing {}).unwrap();
    assert_eq!((kept.unsent, u64::from(kept.received)), (0, all));
    recovers_everything(&office, outing);

    backs_up(&mut office);
    drop(phone);
    let phone = office.phone("phone");
    assert_eq!(phone.send_formers(), None, "nothing is left to do");
    assert_eq!(former::list(&dir).unwrap(), []);
    recovers_everything(&office, outing);
}

/// Copies the server's files.
fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The server as it was before `work`, which it saw.
fn goes_back_before(office: &mut Office, work: impl FnOnce(&mut Office)) {
    let (data, backup) = (office.server.data().to_path_buf(), tempfile::tempdir().unwrap());
    office.server.stop();
    copy_files(&data, backup.path());
    office.server.restart();
    work(office);
    office.server.stop();
    for entry in std::fs::read_dir(&data).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    copy_files(backup.path(), &data);
    office.server.restart();
}

#[test]
fn sends_a_former_journal_again_to_a_server_put_back_from_an_older_backup_b8() {
    let mut office = Office::new();
    let (phone, outing) = night(&mut office);
    let dir = office.folder.path().join("phone");
    goes_back_before(&mut office, |office| {
        phone.panic(Nothing {}).unwrap();
        phone.send_formers();
        let (stored, all) = total(&dir.join("former-1"));
        assert_eq!(stored, all, "the server said it has everything");
        recovers_everything(office, outing);
    });
    drop(phone);
    let phone = office.phone("phone");
    phone.send_formers();
    recovers_everything(&office, outing);
    assert_eq!(phone.kept(Nothing {}).unwrap().unsent, 0);
}

#[test]
fn says_what_the_server_lost_until_it_is_there_again_and_discards_none_of_it_unconfirmed_b8() {
    let mut office = Office::new();
    let (phone, outing) = night(&mut office);
    let dir = office.folder.path().join("phone");
    phone.panic(Nothing {}).unwrap();
    phone.send_formers();
    let (stored, all) = total(&dir.join("former-1"));
    assert_eq!(stored, all);
    phone.discard_unsent(DiscardInput { unsent: 0 }).unwrap();
    assert_eq!(former::list(&dir).unwrap().len(), 1, "with the server, not yet with the desk: it is no loss yet");
    Journal::open(&dir.join("former-1")).unwrap().note_gap(2).unwrap();
    assert_eq!(u64::from(phone.kept(Nothing {}).unwrap().unsent), all - 1);
    assert!(phone.discard_unsent(DiscardInput { unsent: 0 }).is_err());
    drop(phone);
    let phone = office.phone("phone");
    phone.send_formers();
    assert_eq!(total(&dir.join("former-1")), (all, all), "the receipt says what is true");
    recovers_everything(&office, outing);
}

#[test]
fn sends_again_from_behind_the_lock_what_the_server_lost_b8() {
    let mut office = Office::new();
    let (phone, outing) = night(&mut office);
    goes_back_before(&mut office, |_| {
        assert_eq!(phone.send(OutingInput { outing_id: outing }).unwrap().state, SendState::Received);
    });
    phone.lock(Nothing {}).unwrap();
    let dir = office.folder.path().join("phone");
    // The worker's next visit: what the session remembers is that of a phone that was started anew, locked.
    drop(phone);
    let phone = office.phone("phone");
    phone.start_sending().unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let held = || {
        let mut gathered = Gathered::default();
        gathered.add_mailbox(&office.server.data().join("mailbox.db")).unwrap();
        let recovered = gathered.open(&office.recovery, None, || {}).unwrap();
        recovered.state(outing).map_or(0, |state| state.observations.len())
    };
    while held() < SEEN {
        assert!(std::time::Instant::now() < deadline, "{:?}", total(&dir));
        std::thread::yield_now();
    }
    recovers_everything(&office, outing);
}

#[test]
fn begins_anew_after_a_forgotten_pin_beside_the_sealed_notebook_of_before_b8() {
    let mut office = Office::new();
    let (phone, outing) = night(&mut office);
    phone.lock(Nothing {}).unwrap();
    assert_eq!(phone.set_aside(Nothing {}).unwrap().state, SessionState::Absent);
    let code = office.code(Role::Member, CodeForm::Qr).qr.unwrap();
    phone.enrol(EnrolInput { server: String::new(), code, pin: "905283".into() }).unwrap();
    office.approve_all();
    assert_eq!(ask(&phone, true).state, SessionState::Open);

    let anew = start_outing(&phone);
    see_somebody(&phone);
    let sent = phone.send(OutingInput { outing_id: anew }).unwrap();
    assert_eq!((sent.state, sent.error), (SendState::Received, None), "the new self sends its own");
    phone.send_formers();
    let dir = office.folder.path().join("phone");
    let (stored, all) = total(&dir.join("former-1"));
    assert_eq!(stored, all, "and the former self's journal is out too");
    recovers_everything(&office, outing);
    phone.lock(Nothing {}).unwrap();
    assert!(phone.unlock(UnlockInput { pin: PIN.into() }).is_err(), "the old PIN opens nothing");
    assert_eq!(phone.unlock(UnlockInput { pin: "905283".into() }).unwrap().state, SessionState::Open);
}

#[test]
fn sends_as_ever_while_the_stock_list_is_shown_under_threat_b8() {
    let mut office = Office::new();
    let (phone, outing) = night(&mut office);
    let duress = DuressInput { unlock_pin: PIN.into(), duress_pin: Some(DURESS_PIN.into()) };
    phone.set_duress_pin(duress).unwrap();
    phone.lock(Nothing {}).unwrap();
    assert_eq!(phone.unlock(UnlockInput { pin: DURESS_PIN.into() }).unwrap().state, SessionState::Inventory);
    phone.start_sending().unwrap();
    let dir = office.folder.path().join("phone");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    loop {
        let (stored, all) = total(&dir);
        if stored == all {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "{stored} of {all}");
        std::thread::yield_now();
    }
    assert_eq!(phone.status(Nothing {}).unwrap().state, SessionState::Inventory);
    recovers_everything(&office, outing);
}
