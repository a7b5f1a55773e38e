//! The core's own lock: whatever becomes of the WebView, a phone's notebook that nobody uses closes itself.
//!
//! The screens lock after the set time without a touch, and tell the core of touches by asking for the status. Should
//! they hang or be gone, this thread locks: after half as much again without any command, on the monotonic or on the
//! wall clock, whichever is over first (the monotonic one stands still while a phone sleeps). It also ends the lead's
//! five minutes when nobody asks any more. Where the system says that the screen went off, it locks at once
//! ([`Session::lock_soon`]).

use super::{Inner, Seat, Session};
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// The longest time between two looks while a notebook is open: how late a lock may be after the phone slept.
const LOOK: Duration = Duration::from_secs(5);

/// When the last command came, and the end of the session.
#[derive(Default)]
pub(crate) struct Guard {
    state: Mutex<GuardState>,
    changed: Condvar,
}

#[derive(Default)]
struct GuardState {
    last: Option<LastUse>,
    /// The next look locks, whoever was there.
    is_due: bool,
    ended: bool,
}

#[derive(Clone, Copy)]
struct LastUse {
    at: Instant,
    now: DateTime<Utc>,
}

impl Guard {
    /// A command came.
    pub(super) fn note(&self, now: DateTime<Utc>) {
        self.lock().last = Some(LastUse { at: Instant::now(), now });
    }

    /// The next look comes now, and locks.
    fn make_due(&self) {
        self.lock().is_due = true;
        self.changed.notify_all();
    }

    /// Whether the next look was to lock; from now on it is not.
    fn take_due(&self) -> bool {
        std::mem::take(&mut self.lock().is_due)
    }

    /// The session is over.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Waits; false when the session is over.
    fn wait(&self, at_most: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(self.lock(), at_most, |state| !state.ended && !state.is_due);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !state.ended
    }

    fn lock(&self) -> MutexGuard<'_, GuardState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Starts the thread that locks by itself. It ends with the session.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if the system gives no thread.
    pub fn start_guard(self: &Arc<Self>) -> Result<()> {
        self.start_looking(LOOK)
    }

    /// The thread, with the longest time between two looks.
    fn start_looking(self: &Arc<Self>, look: Duration) -> Result<()> {
        let guard = Arc::clone(&self.guard);
        let session = Arc::downgrade(self);
        std::thread::Builder::new()
            .name("guard".into())
            .spawn(move || watch(&guard, &session, look))
            .map(drop)
            .map_err(|_| NotebookError::Internal("guard thread"))
    }

    /// A command came: somebody is there.
    pub(crate) fn note_use(&self) {
        self.guard.note((self.clock)().now);
    }

    /// Locks a phone at once, on the thread of [`Session::start_guard`]: the caller, who may be the main thread of the
    /// system, does not wait for a command that is under way.
    pub fn lock_soon(&self) {
        self.guard.make_due();
    }

    /// What locking does, whoever asks for it: the lead's identity, the notebook with its keys and all that was folded
    /// from it are gone from memory, its write-ahead log is emptied. A half-filled card stays in the file.
    ///
    /// # Errors
    /// If the log could not be folded in; the session is locked all the same.
    pub(crate) fn lock_core(&self, inner: &mut Inner) -> Result<()> {
        Self::step_down_in(inner);
        inner.inventory = None;
        // Taken out first: whatever closing says, the session is locked.
        inner.notebook.take().map_or(Ok(()), Notebook::lock)
    }

    /// Locks if it was asked for, or if nobody has used the notebook for too long. Gives how long there is until then, if it is open.
    fn lock_if_idle(&self, at: Instant) -> std::result::Result<Option<Duration>, ErrorView> {
        let mut inner = self.inner();
        self.step_down_if_over(&mut inner);
        let is_due = self.guard.take_due();
        // A desk stands in an office, and has no lock of its own after a time.
        if self.seat() == Seat::Desk {
            return Ok(None);
        }
        if inner.notebook.is_none() && inner.inventory.is_none() {
            return Ok(None);
        }
        if is_due {
            tracing::info!("locked: the screen went off");
            self.lock_core(&mut inner)?;
            return Ok(None);
        }
        let allowed = self.idle_allowed(&inner);
        let now = (self.clock)().now;
        let last = *self.guard.lock().last.get_or_insert(LastUse { at, now });
        let left = left(allowed, at.saturating_duration_since(last.at), now.signed_duration_since(last.now));
        if left.is_zero() {
            tracing::info!("locked: nobody was there");
            self.lock_core(&mut inner)?;
            return Ok(None);
        }
        Ok(Some(left))
    }

    /// Half as much again as the screens wait.
    fn idle_allowed(&self, inner: &Inner) -> Duration {
        let policy = inner.notebook.as_ref().and_then(|notebook| notebook.programme().ok());
        let policy = policy.map(|programme| programme.policy).unwrap_or_default();
        Duration::from_millis(u64::from(inner.settings.lock_after_seconds(&policy)).saturating_mul(1_500))
    }
}

/// What is left of the allowed time; a wall clock that was set back has not run at all.
fn left(allowed: Duration, on_ours: Duration, on_the_wall: TimeDelta) -> Duration {
    let on_the_wall = on_the_wall.to_std().unwrap_or_default();
    allowed.saturating_sub(on_ours.max(on_the_wall))
}

fn watch(guard: &Guard, session: &Weak<Session>, look: Duration) {
    let mut wait = look;
    while guard.wait(wait) {
        let Some(session) = session.upgrade() else { return };
        wait = match session.lock_if_idle(Instant::now()) {
            Ok(left) => left.map_or(look, |left| left.min(look)),
            Err(error) => {
                tracing::warn!(code = %error.code, "write-ahead log was not folded in");
                look
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::binder::FileBinder;
    use crate::crypto::{KdfParams, NewSecret, keyfile};
    use crate::entropy::{Entropy, Moment};
    use crate::fixture::{Team, at};
    use crate::session::SessionSetup;
    use crate::view::{Nothing, SessionState, UnlockInput};
    use std::sync::atomic::{AtomicI64, Ordering};

    const PIN: &str = "830591";

    const ALLOWED: Duration = Duration::from_secs(45);

    #[test]
    fn time_is_over_on_whichever_clock_says_so_first() {
        assert_eq!(left(ALLOWED, Duration::from_secs(44), TimeDelta::seconds(1)), Duration::from_secs(1));
        assert_eq!(left(ALLOWED, Duration::from_secs(1), TimeDelta::hours(8)), Duration::ZERO, "the phone slept");
        assert_eq!(left(ALLOWED, Duration::from_secs(45), TimeDelta::hours(-8)), Duration::ZERO, "set back");
        assert_eq!(left(ALLOWED, Duration::from_secs(5), TimeDelta::hours(-8)), Duration::from_secs(40));
    }

    /// An open phone in `dir`.
    fn open_phone(dir: &std::path::Path, clock: crate::session::Clock) -> Arc<Session> {
        let binder = FileBinder::new(dir);
        let secret = NewSecret::pin(PIN).unwrap();
        let key = keyfile::UNLOCK.create(dir, &secret, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap();
        drop(Notebook::create(dir, &key, &Team::new().invitation, Entropy::system()).unwrap());
        let (data_dir, share_dir) = (dir.to_owned(), dir.join("shared"));
        let (entropy, binder) = (Entropy::system(), Arc::new(binder));
        let seat = Seat::Phone;
        let session = Session::open(SessionSetup { data_dir, share_dir, seat, clock, entropy, binder }).unwrap();
        session.unlock(UnlockInput { pin: PIN.into() }).unwrap();
        session.note_use();
        session
    }

    #[test]
    fn locks_at_once_when_the_screen_goes_off_and_opens_again_with_the_pin() {
        let dir = tempfile::tempdir().unwrap();
        let session = open_phone(dir.path(), Arc::new(|| at(0)));
        // By itself it would not look within this test.
        session.start_looking(Duration::from_secs(3600)).unwrap();
        for _ in 0..2 {
            assert!(session.inner().notebook.is_some());
            session.lock_soon();
            let deadline = Instant::now() + Duration::from_secs(20);
            while session.inner().notebook.is_some() && Instant::now() < deadline {
                std::thread::yield_now();
            }
            assert!(session.inner().notebook.is_none() && session.inner().inventory.is_none());
            session.unlock(UnlockInput { pin: PIN.into() }).unwrap();
        }
    }

    /// The thread itself, which looks all the time, and a clock that the test sets.
    #[test]
    fn guard_locks_an_open_phone_that_nobody_uses_and_none_before() {
        let dir = tempfile::tempdir().unwrap();
        let passed = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&passed);
        let (looked, looks) = std::sync::mpsc::channel();
        let clock = Arc::new(move || {
            if std::thread::current().name() == Some("guard") {
                looked.send(()).unwrap_or_default();
            }
            Moment::at(at(0).now + TimeDelta::seconds(clock.load(Ordering::SeqCst)))
        });
        let session = open_phone(dir.path(), clock);
        let allowed = i64::try_from(session.idle_allowed(&session.inner()).as_secs()).unwrap();
        session.start_looking(Duration::from_millis(1)).unwrap();
        let let_it_look = || {
            while looks.try_recv().is_ok() {}
            for _ in 0..10 {
                looks.recv().unwrap();
            }
        };
        passed.store(allowed - 10, Ordering::SeqCst);
        let_it_look();
        assert!(session.inner().notebook.is_some(), "ten seconds are left");
        session.note_use();
        passed.store(2 * allowed - 20, Ordering::SeqCst);
        let_it_look();
        assert!(session.inner().notebook.is_some(), "somebody was there");
        passed.store(2 * allowed, Ordering::SeqCst);
        // It looks at the clock until it has locked.
        let deadline = Instant::now() + Duration::from_secs(20);
        while session.inner().notebook.is_some() && Instant::now() < deadline {
            std::thread::yield_now();
        }
        assert!(session.inner().notebook.is_none() && session.inner().inventory.is_none());
        assert_ne!(session.status(Nothing {}).unwrap().state, SessionState::Open);
    }
}
