//! A notebook that nobody can open any more: its PIN is forgotten, was missed ten times, or the key store is dead.
//!
//! There is no second way in. The notebook is moved aside as it is, its sealed journal goes on being sent, and the phone
//! is enrolled anew with a new code; what was saved comes back through the unit's lead or the recovery words.

use super::{Inner, Seat, Session, former};
use crate::error::{ErrorView, NotebookError};
use crate::store;
use crate::store::lock::FolderLock;
use crate::view::{Nothing, SessionView};

impl Session {
    /// *Ricomincia con un codice nuovo*: moves the locked notebook aside. Nothing of it is deleted.
    pub fn set_aside(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        if self.seat() != Seat::Phone {
            return Err(NotebookError::NotAllowed.into());
        }
        if inner.notebook.is_some() || inner.training.is_some() {
            return Err(NotebookError::WrongState("the notebook is open").into());
        }
        if !self.data_dir().join(store::open::FILE).exists() {
            return Err(NotebookError::Absent.into());
        }
        let lock = FolderLock::take(self.data_dir())?;
        former::set_aside(self.data_dir())?;
        drop(lock);
        inner.outing_opened = None;
        self.signal.wake();
        Ok(self.session_view(&inner)?)
    }

    /// The tenth miss in a row ends the keys of a phone, as panic does; its journal stays. At a desk, whose notebook
    /// holds more than its journal, it is a miss like any other.
    pub(super) fn after_miss(&self, inner: &mut Inner, error: NotebookError) -> NotebookError {
        match (error, self.seat()) {
            (NotebookError::TriesSpent, Seat::Desk) => NotebookError::WrongSecret,
            (NotebookError::TriesSpent, Seat::Phone) => {
                if let Err(error) = self.destroy_keys(inner) {
                    tracing::error!(code = %error.code(), "keys were not wholly destroyed");
                }
                NotebookError::TriesSpent
            }
            (other, _) => other,
        }
    }
}
