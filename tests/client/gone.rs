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
use notebook::view::{DuressInput, EnrolInput, Nothing, OutingInput, SendState, SessionState, UnlockInput};
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
