//! The lead's step-up PIN: what only the lead sees stands behind a second PIN, on a notebook that is open.
//!
//! | command | what |
//! |---|---|
//! | `set_review_pin` | chosen once, with the unlock PIN asked again |
//! | `step_up` | opens *Verifica*, the night's list, the full list of referrals, and what came sealed to the lead |
//! | `step_down` | *Chiudi* of those screens |
//!
//! Invariant: stepped up lasts until the lock, `step_down`, or [`IDLE_MS`] without a command that needs it. The time is
//! measured here, never in the window, and by two clocks: one that nobody can set, and the wall clock, which goes on
//! while a phone sleeps. Whichever says it is over is right.

use super::{Inner, Session};
use crate::crypto::binder::{FileBinder, HardwareBinder};
use crate::crypto::keyfile::Unlocked;
use crate::crypto::{DataKey, NewSecret, keyfile};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::uptime::Uptime;
use crate::view::{Nothing, ReviewAccess, SessionView, SetReviewPinInput, StepUpInput};
use chrono::{DateTime, TimeDelta, Utc};
use domain::sync::manifest::Role;
use zeroize::Zeroizing;

/// Milliseconds without a command of the lead's after which the PIN is asked again: five minutes.
const IDLE_MS: i64 = 5 * 60_000;

/// When what is behind the PIN was last needed. The identity that the review key opened is in the notebook for as
/// long; the key itself is not kept.
pub(crate) struct SteppedUp {
    last_use: Instants,
}

/// One moment on both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Instants {
    uptime_ms: u64,
    now: DateTime<Utc>,
}

impl Instants {
    /// Whether too much time has passed since `self`.
    fn is_over_at(self, later: Self) -> bool {
        let on_ours = later.uptime_ms.saturating_sub(self.uptime_ms);
        // A wall clock that was set back has not run at all.
        let on_the_wall = later.now.signed_duration_since(self.now);
        i64::try_from(on_ours).unwrap_or(i64::MAX) >= IDLE_MS || on_the_wall >= TimeDelta::milliseconds(IDLE_MS)
    }
}

impl Session {
    /// The lead chooses the step-up PIN, once. The unlock PIN is asked again, so that whoever holds an unlocked phone
    /// cannot choose it. The phone is stepped up then.
    pub fn set_review_pin(&self, input: SetReviewPinInput) -> std::result::Result<SessionView, ErrorView> {
        let unlock_pin = Zeroizing::new(input.unlock_pin);
        let review_pin = Zeroizing::new(input.review_pin);
        let mut inner = self.inner();
        require_lead_of(&inner)?;
        if keyfile::REVIEW.exists(self.dir_in_use(&inner)) {
            return Err(NotebookError::WrongState("the review PIN is set").into());
        }
        let opened = self.open_keyfile(&unlock_pin, &mut inner.entropy).and_then(Unlocked::into_key);
        opened.map_err(|error| self.after_miss(&mut inner, error))?;
        let secret = NewSecret::review_pin(&review_pin, &unlock_pin)?;
        let params = keyfile::UNLOCK.params(self.data_dir())?;
        let key = keyfile::REVIEW.create(self.data_dir(), &secret, params, self.binder(), &mut inner.entropy)?;
        self.step_up_in(&mut inner, &key)?;
        Ok(self.session_view(&inner)?)
    }

    /// Opens what only the lead sees. The try is counted before it is made.
    pub fn step_up(&self, input: StepUpInput) -> std::result::Result<SessionView, ErrorView> {
        let pin = Zeroizing::new(input.pin);
        let mut inner = self.inner();
        require_lead_of(&inner)?;
        let mut entropy = inner.entropy.branch()?;
        let dir = self.dir_in_use(&inner);
        if !keyfile::REVIEW.exists(dir) {
            return Err(NotebookError::WrongState("no review PIN").into());
        }
        // A training protects nobody: its keys lie beside it.
        let training = inner.training.is_some().then(|| FileBinder::new(dir));
        let binder = training.as_ref().map_or(self.binder(), |binder| binder as &dyn HardwareBinder);
        let key = keyfile::REVIEW.unlock(dir, &pin, binder, Uptime::now())?.into_key()?;
        if let Err(error) = keyfile::REVIEW.rewrap(dir, &pin, binder, &mut entropy) {
            tracing::warn!(code = %error.code(), "the review keyfile stays under its old hardware key");
        }
        self.step_up_in(&mut inner, &key)?;
        Ok(self.session_view(&inner)?)
    }

    /// Closes it again; the notebook stays open.
    pub fn step_down(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        Self::step_down_in(&mut inner);
        Ok(self.session_view(&inner)?)
    }

    fn step_up_in(&self, inner: &mut Inner, review: &DataKey) -> Result<()> {
        let moment = self.moment(inner);
        if let Err(error) = inner.notebook.as_mut().ok_or(NotebookError::Locked)?.open_identity(review, moment) {
            Self::step_down_in(inner);
            return Err(error);
        }
        inner.stepped_up = Some(SteppedUp { last_use: self.instants(inner) });
        self.signal.wake();
        Ok(())
    }

    /// Closes what is behind the PIN, and forgets the lead's identity.
    pub(crate) fn step_down_in(inner: &mut Inner) {
        inner.stepped_up = None;
        if let Some(Err(error)) = inner.notebook.as_mut().map(Notebook::close_identity) {
            tracing::warn!(code = %error.code(), "the notebook is not read");
        }
    }

    /// Steps down if the five minutes are over, whoever asks or does not.
    pub(crate) fn step_down_if_over(&self, inner: &mut Inner) {
        let now = self.instants(inner);
        if inner.stepped_up.as_ref().is_some_and(|stepped_up| stepped_up.last_use.is_over_at(now)) {
            Self::step_down_in(inner);
        }
    }

    /// Whether what only the lead sees may be shown; if so, the five minutes begin again.
    ///
    /// # Errors
    /// [`NotebookError::Locked`], [`NotebookError::NotAllowed`] on a member's phone, [`NotebookError::StepUpFirst`].
    pub(crate) fn require_review(&self, inner: &mut Inner) -> Result<()> {
        require_lead_of(inner)?;
        let now = self.instants(inner);
        match &mut inner.stepped_up {
            Some(stepped_up) if !stepped_up.last_use.is_over_at(now) => {
                stepped_up.last_use = now;
                Ok(())
            }
            _ => {
                Self::step_down_in(inner);
                Err(NotebookError::StepUpFirst)
            }
        }
    }

    /// As [`Session::with_notebook`], behind the step-up PIN.
    ///
    /// # Errors
    /// As [`Session::require_review`], and whatever `f` gives.
    pub(crate) fn with_review<T>(
        &self,
        f: impl FnOnce(&mut Notebook, Moment) -> Result<T>,
    ) -> std::result::Result<T, ErrorView> {
        let mut inner = self.inner();
        self.require_review(&mut inner)?;
        self.with_open(&mut inner, f)
    }

    /// What the screens are told about the step-up PIN; the time left is not used up by asking.
    pub(crate) fn review_access(&self, inner: &Inner) -> ReviewAccess {
        let now = self.instants(inner);
        let is_open = |stepped_up: &SteppedUp| !stepped_up.last_use.is_over_at(now);
        match inner.notebook.as_ref().and_then(Notebook::role) {
            Some(Role::Lead) if inner.stepped_up.as_ref().is_some_and(is_open) => ReviewAccess::Open,
            Some(Role::Lead) if keyfile::REVIEW.exists(self.dir_in_use(inner)) => ReviewAccess::Locked,
            Some(Role::Lead) => ReviewAccess::Unset,
            _ => ReviewAccess::NotLead,
        }
    }

    fn instants(&self, inner: &Inner) -> Instants {
        Instants { uptime_ms: Uptime::now().ms, now: self.moment(inner).now }
    }
}

/// The open notebook is a lead's.
fn require_lead_of(inner: &Inner) -> Result<()> {
    let notebook = inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
    super::review::require_lead(notebook)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Instants = Instants { uptime_ms: 1_000, now: DateTime::UNIX_EPOCH };

    fn after(uptime_ms: u64, wall_ms: i64) -> Instants {
        Instants { uptime_ms: START.uptime_ms + uptime_ms, now: START.now + TimeDelta::milliseconds(wall_ms) }
    }

    #[test]
    fn is_over_after_five_minutes_on_either_clock() {
        assert!(!START.is_over_at(after(299_999, 299_999)));
        assert!(START.is_over_at(after(300_000, 0)), "the wall clock was held back");
        assert!(START.is_over_at(after(0, 300_000)), "the phone slept");
    }

    #[test]
    fn does_not_last_longer_by_a_clock_that_is_set_back() {
        assert!(!START.is_over_at(after(10_000, -3_600_000)));
        assert!(START.is_over_at(after(300_000, -3_600_000)));
    }
}
