use super::*;
use crate::crypto::binder::FileBinder;
use crate::crypto::{KdfParams, NewSecret};
use crate::entropy::{Entropy, Moment};
use crate::fixture::{Team, at};
use crate::notebook::Notebook;
use crate::session::SessionSetup;
use crate::view::{SessionState, UnlockInput};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

const PIN: &str = "830591";

/// The folder of a phone with a notebook, and its session, open.
fn phone() -> (TempDir, Arc<Session>) {
    let team = Team::new();
    let dir = tempfile::tempdir().unwrap();
    let secret = NewSecret::pin(PIN).unwrap();
    let binder = FileBinder::new(dir.path());
    let key = keyfile::UNLOCK.create(dir.path(), &secret, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap();
    drop(Notebook::create(dir.path(), &key, &team.invitation, Entropy::system()).unwrap());
    let session = reopen(dir.path());
    session.unlock(UnlockInput { pin: PIN.into() }).unwrap();
    (dir, session)
}

fn reopen(dir: &Path) -> Arc<Session> {
    Session::open(SessionSetup {
        data_dir: dir.to_owned(),
        share_dir: dir.join("shared"),
        seat: Seat::Phone,
        clock: Arc::new(|| Moment::at(at(0).now)),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(dir)),
    })
    .unwrap()
}

fn names(dir: &Path) -> BTreeSet<String> {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// What this thread has computed so far: how busy the machine is does not count.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

#[test]
fn ends_every_key_in_three_hundred_milliseconds_of_work_and_all_in_a_second_b7() {
    let (dir, session) = phone();
    let mut inner = session.inner();
    let start = worked();
    session.end_keys(&mut inner);
    let keys = worked() - start;
    assert!(inner.notebook.is_none() && inner.inventory.is_none());
    let left = names(dir.path());
    assert!(!left.iter().any(|name| name.contains("key")), "{left:?}");
    session.destroy_keys(&mut inner).unwrap();
    let all = worked() - start;
    println!(
        "panic: keys gone after {} ms of work (bar 300), all after {} ms (bar 1,000)",
        keys.as_millis(),
        all.as_millis()
    );
    assert!(keys < Duration::from_millis(300) && all < Duration::from_secs(1), "{keys:?}, {all:?}");
}

#[test]
fn goes_all_the_way_where_its_mark_cannot_be_written() {
    let (dir, session) = phone();
    std::fs::create_dir(dir.path().join("panic.begun.new")).unwrap();
    assert_eq!(session.panic(Nothing {}).unwrap().state, SessionState::Absent);
    assert_eq!(names(dir.path()), ["former-1", "notebook.lock", "panic.begun.new"].map(str::to_owned).into());
    assert_eq!(names(&dir.path().join("former-1")), ["journal.db".to_owned()].into());
}

#[test]
fn is_finished_by_the_next_start_wherever_it_stopped() {
    let steps: [fn(&Path); 4] = [
        |_| {},
        |dir| end_stored_keys(dir, &FileBinder::new(dir)),
        |dir| remove_files(dir).unwrap(),
        |dir| std::fs::create_dir(dir.join("former.new")).unwrap(),
    ];
    for stopped_after in 0..steps.len() {
        let (dir, session) = phone();
        drop(session);
        begin(dir.path());
        for step in &steps[..=stopped_after] {
            step(dir.path());
        }
        let session = reopen(dir.path());
        assert_eq!(session.status(Nothing {}).unwrap().state, SessionState::Absent);
        let left = names(dir.path());
        assert_eq!(left, ["former-1", "notebook.lock"].map(str::to_owned).into(), "after step {stopped_after}");
        assert_eq!(names(&dir.path().join("former-1")), ["journal.db".to_owned()].into());
    }
}

#[test]
fn destroys_what_former_selves_left_but_their_journals() {
    let (dir, session) = phone();
    session.lock(Nothing {}).unwrap();
    session.set_aside(Nothing {}).unwrap();
    let former = dir.path().join("former-1");
    assert!(names(&former).contains("notebook.db") && names(&former).contains("keyfile.b"));
    assert_eq!(session.panic(Nothing {}).unwrap().state, SessionState::Absent);
    assert_eq!(names(&former), ["journal.db".to_owned()].into());
}

#[test]
fn ends_the_keys_of_a_phone_at_the_tenth_miss_and_none_at_a_desk() {
    let (dir, session) = phone();
    session.lock(Nothing {}).unwrap();
    let mut inner = session.inner();
    let other = session.after_miss(&mut inner, NotebookError::WrongSecret);
    assert_eq!(other, NotebookError::WrongSecret);
    assert!(dir.path().join("keyfile.a").exists());
    assert_eq!(session.after_miss(&mut inner, NotebookError::TriesSpent), NotebookError::TriesSpent);
    assert_eq!(session.session_view(&inner).unwrap().state, SessionState::Absent);
    assert_eq!(names(&dir.path().join("former-1")), ["journal.db".to_owned()].into());
}

#[test]
fn says_once_that_the_keys_are_gone_when_none_is_left() {
    let ways: [fn(&Session); 3] = [
        |session| drop(session.panic(Nothing {}).unwrap()),
        |session| drop(session.after_miss(&mut session.inner(), NotebookError::TriesSpent)),
        |session| session.destroy_keys(&mut session.inner()).unwrap(),
    ];
    for way in ways {
        let (dir, session) = phone();
        let (said, heard) = std::sync::mpsc::channel();
        let folder = dir.path().to_owned();
        session.when_keys_are_gone(move || said.send(names(&folder)).unwrap()).unwrap();
        session.lock(Nothing {}).unwrap();
        assert!(heard.try_recv().is_err(), "a lock destroys nothing");
        way(&session);
        let left = heard.try_recv().unwrap();
        assert_eq!(left, ["former-1", "notebook.lock"].map(str::to_owned).into());
        assert!(heard.try_recv().is_err());
    }
}

#[test]
fn is_not_for_a_desk() {
    let dir = tempfile::tempdir().unwrap();
    let session = Session::open(SessionSetup {
        data_dir: dir.path().to_owned(),
        share_dir: dir.path().join("shared"),
        seat: Seat::Desk,
        clock: Arc::new(|| Moment::at(at(0).now)),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(dir.path())),
    })
    .unwrap();
    let not_allowed = crate::error::ErrorCode::NotAllowed;
    assert_eq!(session.panic(Nothing {}).unwrap_err().code, not_allowed);
    assert_eq!(session.set_aside(Nothing {}).unwrap_err().code, not_allowed);
    let miss = session.after_miss(&mut session.inner(), NotebookError::TriesSpent);
    assert_eq!(miss, NotebookError::WrongSecret);
}
