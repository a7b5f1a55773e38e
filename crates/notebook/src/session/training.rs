//! *Esercitazione* (F27): a notebook with made-up data in the place of the real one, for as long as somebody practises.
//!
//! Every other command is the real one, on the other notebook. Two things differ: what is sent is the real journal,
//! which goes on as while the phone is locked; and the PIN is the one that the screens show. Leaving ends at the lock
//! of the real notebook: whoever was handed a phone to practise on has not seen a night.

use super::{Inner, Seat, Session};
use crate::crypto::DataKey;
use crate::entropy::Entropy;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::training;
use crate::view::{Nothing, SessionView, TrainingView};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What a training lives by. Dropped with its key, nobody opens its notebook again.
pub(crate) struct Training {
    key: DataKey,
    dir: PathBuf,
    /// When the real outing was opened, for the time after.
    outing_opened: Option<Instant>,
}

impl Training {
    /// The notebook again, after the lock.
    pub(super) fn unlock(&self, pin: &str, entropy: Entropy) -> Result<Notebook> {
        if pin != training::PIN {
            return Err(NotebookError::WrongSecret);
        }
        Notebook::open(&self.dir, &self.key, entropy)
    }

    /// What the screens say of it.
    pub(super) fn view() -> TrainingView {
        TrainingView { pin: training::PIN.to_owned(), review_pin: training::REVIEW_PIN.to_owned() }
    }
}

impl Inner {
    /// The notebook whose journal is sent: the real one while it is open.
    pub(super) fn real_notebook(&mut self) -> Option<&mut Notebook> {
        if self.training.is_some() { None } else { self.notebook.as_mut() }
    }
}

impl Session {
    /// *Inizia l'esercitazione*: closes the real notebook and opens a new one with made-up data. What an earlier
    /// training left is gone.
    pub fn enter_training(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        let inner = &mut *inner;
        if self.seat() != Seat::Phone {
            return Err(NotebookError::NotAllowed.into());
        }
        if inner.training.is_some() {
            self.end_training(inner);
        } else if inner.notebook.as_ref().ok_or(NotebookError::Locked)?.manifest().is_none() {
            return Err(NotebookError::NotEnrolled.into());
        }
        let key = DataKey::generate(&mut inner.entropy)?;
        let dir = self.data_dir().join(training::FOLDER);
        let moment = self.moment(inner);
        // Made while the real one is still open: if it cannot be made, nothing has changed.
        let made = training::begin(&dir, &key, moment, &mut inner.entropy)?;
        inner.stepped_up = None;
        close(inner.notebook.replace(made));
        inner.inventory = None;
        inner.training = Some(Training { key, dir, outing_opened: inner.outing_opened.take() });
        self.signal.wake();
        Ok(self.session_view(inner)?)
    }

    /// *Esci*: the training is over, and the phone is locked.
    pub fn leave_training(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        self.end_training(&mut inner);
        Ok(self.session_view(&inner)?)
    }

    /// Where the files of the notebook lie that is in use.
    pub(super) fn dir_in_use<'a>(&'a self, inner: &'a Inner) -> &'a Path {
        inner.training.as_ref().map_or_else(|| self.data_dir(), |training| &training.dir)
    }

    fn end_training(&self, inner: &mut Inner) {
        let Some(ended) = inner.training.take() else { return };
        close(inner.notebook.take());
        inner.stepped_up = None;
        inner.outing_opened = ended.outing_opened;
        if let Err(error) = training::remove(&ended.dir) {
            tracing::warn!(code = %error.code(), "a training was not removed");
        }
        self.signal.wake();
    }
}

/// Whatever closing says, the notebook is closed.
fn close(notebook: Option<Notebook>) {
    if let Some(Err(error)) = notebook.map(Notebook::lock) {
        tracing::warn!(code = %error.code(), "write-ahead log was not folded in");
    }
}

#[cfg(test)]
mod tests;
