//! The lead's identity that opens sealed records: behind the step-up PIN, from the moment that one is chosen.
//!
//! The clear and the wrapped form change places in one transaction, so that neither is ever missing. A crash between
//! the making of the keyfile and that transaction leaves the clear one; the next step-up wraps it.

use super::Notebook;
use crate::crypto::DataKey;
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::store::meta::{self, MetaKey};
use crate::store::problem;
use crate::sync::visit::retry_set_aside;

impl Notebook {
    /// Whether what is sealed to this device can be opened now: always, but for a lead's phone with a step-up PIN.
    #[must_use]
    pub const fn identity_is_open(&self) -> bool {
        self.identity.sealing().is_some()
    }

    /// After the step-up: opens the identity with the review key, having wrapped it by that key if it never was, and
    /// everything that waited for it.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`] if the review key does not open it; the disk. What cannot be taken in stays set aside.
    pub fn open_identity(&mut self, review: &DataKey, moment: Moment) -> Result<()> {
        match meta::find(self.store.connection(), MetaKey::SealedIdentity)? {
            Some(wrapped) => self.identity.unwrap_sealing(review, &wrapped)?,
            None => self.wrap_identity(review)?,
        }
        if let Err(error) = self.open_configuration() {
            tracing::warn!(code = %error.code(), "the programme's lists stay as they were");
        }
        retry_set_aside(self, moment).map(drop)
    }

    /// Forgets the identity until the next step-up, if it is behind that PIN.
    ///
    /// # Errors
    /// If the file cannot be read; then it is forgotten all the same until the notebook is opened again.
    pub fn close_identity(&mut self) -> Result<()> {
        match meta::find(self.store.connection(), MetaKey::SealedIdentity) {
            Ok(None) => Ok(()),
            Ok(Some(_)) => {
                self.identity.forget_sealing();
                Ok(())
            }
            Err(error) => {
                self.identity.forget_sealing();
                Err(error)
            }
        }
    }

    /// How many records came that the step-up will open.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn count_waiting(&self) -> Result<u64> {
        problem::count_locked(self.store.connection())
    }

    fn wrap_identity(&mut self, review: &DataKey) -> Result<()> {
        let wrapped = self.identity.wrap_sealing(review, &mut self.entropy)?;
        let rest = self.identity.to_stored_without_sealing()?;
        let transaction = self.store.transaction()?;
        meta::put(&transaction, MetaKey::SealedIdentity, &wrapped)?;
        meta::put(&transaction, MetaKey::Identity, &rest)?;
        transaction.commit()?;
        // The log beside the file holds the page of before until then.
        self.store.checkpoint()
    }
}

/// The stored identity as it is found: with its secret, or with the wrapped form beside it.
pub(super) fn is_whole(connection: &rusqlite::Connection, has_secret: bool) -> Result<()> {
    let is_wrapped = meta::find(connection, MetaKey::SealedIdentity)?.is_some();
    if is_wrapped == has_secret { Err(NotebookError::Damaged("identity")) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
