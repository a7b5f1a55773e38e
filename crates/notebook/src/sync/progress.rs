//! How far reading from the server has come, for whoever waits for it. Asking never waits for the notebook.

use chrono::NaiveDate;
use std::sync::{Mutex, OnceLock, PoisonError};

/// How far a visit has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PullProgress {
    /// A visit is under way.
    pub running: bool,
    /// Envelopes that this visit has taken in: each page is kept at once, and is not asked for again.
    pub received: u64,
    /// The day of the last night log that is here.
    pub nights_until: Option<NaiveDate>,
}

/// Somebody who is told.
type Told = Box<dyn Fn(PullProgress) + Send + Sync>;

/// Where a visit says how far it has come.
#[derive(Default)]
pub struct Progress {
    state: Mutex<PullProgress>,
    told: OnceLock<Told>,
}

impl Progress {
    /// How far it is now; of the last visit, if none is under way.
    #[must_use]
    pub fn now(&self) -> PullProgress {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls whenever it goes on. Only the first one who asks for that is told.
    pub fn tell(&self, told: impl Fn(PullProgress) + Send + Sync + 'static) {
        self.told.get_or_init(|| Box::new(told));
    }

    pub(super) fn begin(&self) {
        self.change(|state| *state = PullProgress { running: true, received: 0, ..*state });
    }

    pub(super) fn page(&self, envelopes: usize, nights_until: Option<NaiveDate>) {
        self.change(|state| {
            state.received = state.received.saturating_add(envelopes as u64);
            state.nights_until = nights_until.or(state.nights_until);
        });
    }

    pub(super) fn end(&self) {
        self.change(|state| state.running = false);
    }

    fn change(&self, change: impl FnOnce(&mut PullProgress)) {
        let now = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut state);
            *state
        };
        if let Some(told) = self.told.get() {
            told(now);
        }
    }
}

impl std::fmt::Debug for Progress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Progress").field(&self.now()).finish()
    }
}
