//! The PINs of a phone and the passphrase of a desk: opening with them, and changing them.

use super::{Seat, Session};
use crate::crypto::keyfile::{self, Unlocked};
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};

impl Session {
    /// Opens the notebook's keyfile, and moves it to a better hardware key where there is one. At a desk the tries never
    /// end: a passphrase is not guessed in ten, and its notebook is not one of many.
    ///
    /// # Errors
    /// As [`keyfile::KeyfileSet::unlock`].
    pub(crate) fn open_keyfile(&self, secret: &str, entropy: &mut Entropy) -> Result<Unlocked> {
        let unlocked = match keyfile::UNLOCK.unlock(self.data_dir(), secret, self.binder(), self.uptime_ms()) {
            Err(NotebookError::TriesSpent) if self.seat() == Seat::Desk => return Err(NotebookError::WrongSecret),
            other => other?,
        };
        // What fails keeps nobody out: the keyfile opened, and still does.
        if let Err(error) = keyfile::UNLOCK.rewrap(self.data_dir(), secret, self.binder(), entropy) {
            tracing::warn!(code = %error.code(), "the keyfile stays under its old hardware key");
        }
        Ok(unlocked)
    }
}
