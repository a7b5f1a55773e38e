//! Where the session stands; unlock and lock.

use super::inventory::Inventory;
use super::panic;
use super::sign::finish_all_interrupted;
use super::training::Training;
use super::{Inner, Seat, Session};
use crate::crypto::keyfile::{self, Unlocked};
use crate::entropy::{Entropy, Moment};
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::settings::lock_choices;
use crate::store;
use crate::sync::visit::retry_set_aside;
use crate::uptime::Uptime;
use crate::view::{Nothing, ReviewAccess, SessionState, SessionView, UnlockInput};
use domain::programme::Policy;

impl Session {
    /// Where the session stands.
    pub fn status(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        Ok(self.session_view(&self.inner())?)
    }

    /// Opens the notebook. The try is counted before it is made; a wrong one costs nothing but time.
    pub fn unlock(&self, input: UnlockInput) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        if inner.notebook.is_none() && inner.inventory.is_none() {
            let pin = zeroize::Zeroizing::new(input.pin);
            let entropy = inner.entropy.branch()?;
            let moment = self.moment(&inner);
            let opened = match &inner.training {
                Some(training) => Some(training.unlock(&pin, entropy)?),
                None => self.open_real(&mut inner, &pin, entropy)?,
            };
            if let Some(mut notebook) = opened {
                catch_up(&mut notebook, moment);
                inner.notebook = Some(notebook);
                self.signal.wake();
            }
        }
        Ok(self.session_view(&inner)?)
    }

    /// The notebook that a PIN opens; none if it was the duress PIN, whose stock list is open then.
    fn open_real(&self, inner: &mut Inner, pin: &str, mut entropy: Entropy) -> Result<Option<Notebook>> {
        let dir = self.data_dir();
        panic::finish_if_begun(dir, self.binder())?;
        let unlocked = self.open_keyfile(pin, &mut entropy);
        match unlocked.map_err(|error| self.after_miss(inner, error))? {
            Unlocked::Notebook { key, .. } => {
                let notebook = Notebook::open(dir, &key, entropy)?;
                if notebook.journal_is_rebuilt() {
                    self.signal.set_rebuilt();
                }
                inner.inventory = Some(Inventory::of(&key)?);
                Ok(Some(notebook))
            }
            Unlocked::Decoy { key } => {
                inner.inventory = Some(Inventory::behind(key));
                Ok(None)
            }
        }
    }

    /// *Nascondi*: closes the notebook. Its keys are cleared and its write-ahead log is emptied; a half-filled card
    /// stays in it.
    pub fn lock(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        self.lock_core(&mut inner)?;
        Ok(self.session_view(&inner)?)
    }

    /// The state of the session as the screens see it.
    pub(crate) fn session_view(&self, inner: &Inner) -> Result<SessionView> {
        let (state, role, words) = match &inner.notebook {
            Some(notebook) if notebook.manifest().is_some() => {
                let is_founding = notebook.founding()?.is_some();
                let state = if is_founding { SessionState::Founding } else { SessionState::Open };
                (state, notebook.role(), Vec::new())
            }
            Some(notebook) => (
                SessionState::Enrolling,
                None,
                crate::sync::invitation::six_words(&notebook.identity().public(), &notebook.invitation().admin_key.0),
            ),
            None if inner.training.is_some() => (SessionState::Locked, None, Vec::new()),
            None if inner.shows_inventory() => (SessionState::Inventory, None, Vec::new()),
            None if keyfile::UNLOCK.exists(self.data_dir()) && self.data_dir().join(store::open::FILE).exists() => {
                (SessionState::Locked, None, Vec::new())
            }
            None => (SessionState::Absent, None, Vec::new()),
        };
        let review = self.review_access(inner);
        let wait_ms = match state {
            SessionState::Locked if inner.training.is_none() => {
                keyfile::UNLOCK.wait_ms(self.data_dir(), Uptime::now())?
            }
            SessionState::Open if review == ReviewAccess::Locked => {
                keyfile::REVIEW.wait_ms(self.dir_in_use(inner), Uptime::now())?
            }
            _ => 0,
        };
        let policy = match &inner.notebook {
            Some(notebook) => match notebook.programme() {
                Ok(programme) => programme.policy,
                Err(NotebookError::NotEnrolled) => Policy::default(),
                Err(other) => return Err(other),
            },
            None => Policy::default(),
        };
        Ok(SessionView {
            state,
            seat: self.seat(),
            role,
            review,
            words,
            wait_seconds: u32::try_from(wait_ms.div_ceil(1000)).unwrap_or(u32::MAX),
            lock_after_seconds: match self.seat() {
                Seat::Phone => inner.settings.lock_after_seconds(&policy),
                Seat::Desk => policy.lock_after_seconds,
            },
            lock_choices: lock_choices(&policy),
            settings: inner.settings,
            training: inner.training.as_ref().map(|_| Training::view()),
        })
    }
}

/// Does what was left undone when the notebook was closed. What fails keeps nobody out: a night log is tried again
/// before the next visit to the server, and said there; what is set aside stays so until the next opening.
fn catch_up(notebook: &mut Notebook, moment: Moment) {
    if let Err(error) = finish_all_interrupted(notebook) {
        tracing::warn!(code = %error.code(), "a night log is still missing");
    }
    // The app may be newer than the one that set it aside.
    if let Err(error) = retry_set_aside(notebook, moment) {
        tracing::warn!(code = %error.code(), "what was set aside was not tried again");
    }
}
