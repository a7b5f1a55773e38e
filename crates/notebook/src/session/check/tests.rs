use super::*;
use crate::crypto::binder::FileBinder;
use crate::entropy::{Entropy, Moment};
use crate::error::ErrorCode;
use crate::fixture::{Team, at, contact, opened};
use crate::session::{Seat, SessionSetup};
use crate::store::open::FILE;
use crate::view::OutingInput;
use domain::ids::OutingId;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

const OUTING: OutingId = OutingId(Uuid::from_u128(1));

/// The session of a member's phone whose notebook is open; the clock counts minutes.
fn session(team: &Team, minutes: &Arc<AtomicI64>) -> Arc<Session> {
    let clock = Arc::clone(minutes);
    let session = Session::open(SessionSetup {
        data_dir: team.member.dir.clone(),
        share_dir: team.member.dir.join("shared"),
        seat: Seat::Phone,
        clock: Arc::new(move || Moment { elapsed_ms: None, ..at(clock.load(Ordering::Relaxed)) }),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(&team.member.dir)),
    })
    .unwrap();
    session.inner().notebook = Some(team.member.open());
    session
}

fn fill(team: &Team) {
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    for number in 0..40 {
        phone.save(contact(1, 100 + number, device, "AIRONE-12", 2), None, at(1), None).unwrap();
    }
}

fn said(session: &Session) -> Option<ErrorCode> {
    session.send_status(OutingInput { outing_id: OUTING }).unwrap().error
}

#[test]
fn reads_all_pages_once_a_day() {
    let team = Team::new();
    fill(&team);
    let minutes = Arc::new(AtomicI64::new(2));
    let phone = session(&team, &minutes);
    assert!(phone.check_is_due());
    phone.check_pages();
    assert_eq!((phone.check_is_due(), said(&phone)), (false, None));

    drop(phone.inner().notebook.take());
    assert!(!phone.check_is_due(), "there is nothing to read while it is locked");
    phone.inner().notebook = Some(team.member.open());
    assert!(!phone.check_is_due(), "it was read today");
    minutes.store(2 + 24 * 60, Ordering::Relaxed);
    assert!(phone.check_is_due());
}

#[test]
fn says_damage_with_what_is_sent_until_a_later_check_finds_none() {
    let team = Team::new();
    fill(&team);
    let path = team.member.dir.join(FILE);
    let whole = std::fs::read(&path).unwrap();
    let minutes = Arc::new(AtomicI64::new(2));
    let phone = session(&team, &minutes);
    // The last page: read when the outing is, and by no command before.
    let mut damaged = whole.clone();
    let last = damaged.len() - 100;
    damaged[last] ^= 1;
    std::fs::write(&path, &damaged).unwrap();
    phone.check_pages();
    assert!(!phone.check_is_due(), "not again until the notebook is opened again");
    drop(phone.inner().notebook.take());
    assert!(std::fs::read(&path).unwrap() == damaged, "the file stays as it is");

    std::fs::write(&path, &whole).unwrap();
    phone.inner().notebook = Some(team.member.open());
    assert_eq!(said(&phone), Some(ErrorCode::Damaged));
    assert!(phone.check_is_due(), "the day was not kept");
    phone.check_pages();
    assert_eq!(said(&phone), None);
}
