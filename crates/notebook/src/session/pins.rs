//! The PINs of a phone and the passphrase of a desk: opening with them, and changing them.
//!
//! | command | what |
//! |---|---|
//! | `change_pin` | the unlock PIN, or the desk's passphrase; the old one is asked |
//! | `change_review_pin` | the lead's step-up PIN; the unlock PIN and the old one are asked |

use super::{Inner, Seat, Session};
use crate::crypto::keyfile::{self, Unlocked};
use crate::crypto::{MIN_REVIEW_PIN_DIGITS, NewSecret};
use crate::entropy::Entropy;
use crate::error::{ErrorView, NotebookError, Result, SecretFault};
use crate::uptime::Uptime;
use crate::view::{ChangePinInput, ChangeReviewPinInput, SessionView};
use zeroize::Zeroizing;

impl Session {
    /// Changes the PIN of the phone or the passphrase of the desk. The step-up PIN is refused: looking whether the new
    /// one is it counts as a try at that one, or the answer would be a way to guess it. The duress PIN is refused too:
    /// whoever gives the real PIN may learn that there is one. A crash leaves the old one or the new one in force.
    pub fn change_pin(&self, input: ChangePinInput) -> std::result::Result<SessionView, ErrorView> {
        let old = Zeroizing::new(input.old_pin);
        let new = Zeroizing::new(input.new_pin);
        let mut inner = self.inner();
        require_real(&inner)?;
        let secret = match self.seat() {
            Seat::Phone => NewSecret::pin(&new)?,
            Seat::Desk => NewSecret::passphrase(&new)?,
        };
        let mut entropy = inner.entropy.branch()?;
        let (dir, now) = (self.data_dir(), Uptime::now());
        // Only of a PIN as long as that one; whoever has the old PIN only learns it no faster than by step-up.
        let may_be_review = new.len() >= MIN_REVIEW_PIN_DIGITS && keyfile::REVIEW.exists(dir);
        let known = if may_be_review {
            self.open_keyfile(&old, &mut entropy).and_then(Unlocked::into_key).map(drop)
        } else {
            Ok(())
        };
        known.map_err(|error| self.after_miss(&mut inner, error))?;
        if may_be_review {
            match keyfile::REVIEW.unlock(dir, &new, self.binder(), now) {
                Ok(_) => return Err(NotebookError::WeakSecret(SecretFault::LikeUnlock).into()),
                Err(NotebookError::WrongSecret) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let changed = keyfile::UNLOCK.change_secret(dir, &old, &secret, self.binder(), now, &mut entropy);
        changed.map_err(|error| self.after_miss(&mut inner, error))?;
        Ok(self.session_view(&inner)?)
    }

    /// Changes the lead's step-up PIN; the review key behind it stays.
    pub fn change_review_pin(&self, input: ChangeReviewPinInput) -> std::result::Result<SessionView, ErrorView> {
        let unlock_pin = Zeroizing::new(input.unlock_pin);
        let old = Zeroizing::new(input.old_pin);
        let new = Zeroizing::new(input.new_pin);
        let mut inner = self.inner();
        let notebook = require_real(&inner)?;
        super::review::require_lead(notebook)?;
        let secret = NewSecret::review_pin(&new, &unlock_pin)?;
        let mut entropy = inner.entropy.branch()?;
        let opened = self.open_keyfile(&unlock_pin, &mut entropy).and_then(Unlocked::into_key);
        opened.map_err(|error| self.after_miss(&mut inner, error))?;
        let (dir, now) = (self.data_dir(), Uptime::now());
        keyfile::REVIEW.change_secret(dir, &old, &secret, self.binder(), now, &mut entropy)?;
        Ok(self.session_view(&inner)?)
    }

    /// Opens the notebook's keyfile, and moves it to a better hardware key where there is one.
    ///
    /// # Errors
    /// As [`keyfile::KeyfileSet::unlock`]; the caller passes them through [`Session::after_miss`].
    pub(super) fn open_keyfile(&self, secret: &str, entropy: &mut Entropy) -> Result<Unlocked> {
        let unlocked = keyfile::UNLOCK.unlock(self.data_dir(), secret, self.binder(), Uptime::now())?;
        // What fails keeps nobody out: the keyfile opened, and still does.
        if let Err(error) = keyfile::UNLOCK.rewrap(self.data_dir(), secret, self.binder(), entropy) {
            tracing::warn!(code = %error.code(), "the keyfile stays under its old hardware key");
        }
        Ok(unlocked)
    }
}

/// The open notebook, which is not a training's.
fn require_real(inner: &Inner) -> Result<&crate::notebook::Notebook> {
    if inner.training.is_some() {
        return Err(NotebookError::WrongState("a training"));
    }
    inner.notebook.as_ref().ok_or(NotebookError::Locked)
}
