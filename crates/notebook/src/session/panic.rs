//! Panic (*cancella tutto*): the keys of this device are destroyed, and with them everything that only they open.
//!
//! The order, each step also after one that failed:
//!
//! 1. the keys in the hardware are deleted;
//! 2. every keyfile is overwritten and removed;
//! 3. the keys in memory are cleared, the database is closed;
//! 4. notebook, drafts, training and what else former selves left are removed;
//! 5. the sealed journal is moved to `former-<n>`, and goes on being sent; the device counts as new.
//!
//! On flash storage overwriting proves nothing: step 1 is what counts. The journal stays, because no key that was ever
//! on a member's phone opens it.
//!
//! Invariant: a marker is written before anything else and removed after everything else, so that a crash in between
//! is finished by the next start, or by the next command that would need the keys.

use super::{Inner, Seat, Session, former};
use crate::crypto::binder::HardwareBinder;
use crate::crypto::{keyfile, replace, sync_folder};
use crate::error::{ErrorView, NotebookError, Result, io_error};
use crate::journal;
use crate::settings;
use crate::store;
use crate::training;
use crate::view::{DiscardInput, KeptView, Nothing, SessionView};
use std::path::Path;

/// The file that says that panic has begun.
pub(super) const MARKER: &str = "panic.begun";

impl Session {
    /// Destroys every key of this device and what they open; its journal stays, sealed. Opens nothing, asks no PIN.
    pub fn panic(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        if self.seat() != Seat::Phone {
            return Err(NotebookError::NotAllowed.into());
        }
        let mut inner = match self.inner.try_lock() {
            Ok(inner) => inner,
            // A PIN is being stretched, or a save is under way: the keys on the disk do not wait for it.
            Err(_) => {
                begin(self.data_dir());
                end_stored_keys(self.data_dir(), self.binder());
                self.inner()
            }
        };
        self.destroy_keys(&mut inner)?;
        Ok(self.session_view(&inner)?)
    }

    /// What the journals of this phone hold, and how much of it no receipt covers. Says nothing of what is in them.
    pub fn kept(&self, _: Nothing) -> std::result::Result<KeptView, ErrorView> {
        let _inner = self.inner();
        let mut kept = KeptView::default();
        let own = journal::Journal::open(self.data_dir());
        let formers = former::list(self.data_dir())?;
        for journal in std::iter::once(own).chain(formers.iter().map(|former| journal::Journal::open(former.dir()))) {
            match journal {
                Ok(journal) => kept.add(&journal.state()?),
                Err(NotebookError::Absent) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(kept)
    }

    /// *Cancella anche ciò che non è partito*: removes the journals of former selves, once the number of records that
    /// this loses was confirmed. Only on a device that counts as new.
    pub fn discard_unsent(&self, input: DiscardInput) -> std::result::Result<KeptView, ErrorView> {
        let lost = self.kept(Nothing {})?.unsent;
        let inner = self.inner();
        if inner.notebook.is_some() || self.data_dir().join(journal::FILE).exists() {
            return Err(NotebookError::WrongState("this device is in use").into());
        }
        if input.unsent != lost {
            return Err(NotebookError::WrongState("another number of records").into());
        }
        for former in former::list(self.data_dir())? {
            // What the server says it holds is not in the number; it goes by itself, once it is backed up.
            let state = former.journal()?.map(|journal| journal.state()).transpose()?;
            if !state.is_some_and(|state| state.backed_up < state.total && state.stored == state.total) {
                former.remove()?;
            }
        }
        drop(inner);
        self.kept(Nothing {})
    }

    /// Steps 1 to 5. Afterwards the device counts as new, and its journal is one of a former self.
    ///
    /// # Errors
    /// What could not be overwritten, removed or moved; everything else was. The next start, enrolment or unlock tries
    /// the rest again. A key store that does not answer is no error: its keys open nothing without the keyfiles.
    pub(crate) fn destroy_keys(&self, inner: &mut Inner) -> Result<()> {
        self.end_keys(inner);
        let finished = complete(self.data_dir(), self.binder());
        self.signal.wake();
        if let Some(keys_gone) = self.keys_gone.get() {
            keys_gone();
        }
        finished
    }

    /// Has `f` called each time the keys of this device have been destroyed: by panic, by an order to wipe, after the
    /// tenth miss. What lies outside the notebook's folder, such as the data of a WebView, goes then. `f` is called while
    /// the session is held, so it must not wait, nor ask the session anything.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if somebody is told already.
    pub fn when_keys_are_gone(&self, f: impl Fn() + Send + Sync + 'static) -> Result<()> {
        self.keys_gone.set(Box::new(f)).map_err(|_| NotebookError::Internal("keys gone"))
    }

    /// Steps 1 to 3.
    fn end_keys(&self, inner: &mut Inner) {
        begin(self.data_dir());
        end_stored_keys(self.data_dir(), self.binder());
        inner.training = None;
        inner.handed_in = None;
        inner.outing_opened = None;
        if let Err(error) = self.lock_core(inner) {
            tracing::warn!(code = %error.code(), "write-ahead log was not folded in");
        }
    }
}

/// Completes a panic that was begun and not finished. Does nothing otherwise.
///
/// # Errors
/// As [`Session::destroy_keys`].
pub(super) fn finish_if_begun(dir: &Path, binder: &dyn HardwareBinder) -> Result<()> {
    if dir.join(MARKER).exists() { complete(dir, binder) } else { Ok(()) }
}

/// All five steps on the disk, also where no marker could be written.
fn complete(dir: &Path, binder: &dyn HardwareBinder) -> Result<()> {
    end_stored_keys(dir, binder);
    let shredded = keyfile::UNLOCK.shred(dir).and(keyfile::REVIEW.shred(dir));
    let removed = remove_files(dir);
    former::finish(dir)?;
    let stripped = former::list(dir)?.iter().map(former::Former::strip).fold(Ok(()), Result::and);
    let moved = if dir.join(journal::FILE).exists() { former::set_aside(dir) } else { Ok(()) };
    shredded.and(removed).and(stripped).and(moved)?;
    match std::fs::remove_file(dir.join(MARKER)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io_error("mark of panic")(error)),
        _ => {}
    }
    sync_folder(dir, "notebook folder")
}

/// Writes the marker. What cannot be written is no reason to keep the keys.
fn begin(dir: &Path) {
    if let Err(error) = replace(dir, MARKER, &[], "mark of panic") {
        tracing::warn!(code = %error.code(), "panic goes on without its mark");
    }
}

/// Steps 1 and 2, as far as they go.
fn end_stored_keys(dir: &Path, binder: &dyn HardwareBinder) {
    let formers = former::list(dir).unwrap_or_default();
    for dir in std::iter::once(dir).chain(formers.iter().map(former::Former::dir)) {
        if let Err(error) = keyfile::delete_hardware_keys(dir, binder) {
            tracing::warn!(code = %error.code(), "a hardware key may still be there");
        }
        for set in [keyfile::UNLOCK, keyfile::REVIEW] {
            if let Err(error) = set.shred(dir) {
                tracing::warn!(code = %error.code(), "a keyfile was not overwritten");
            }
        }
    }
}

/// Step 4: every file but the journal's and the settings, which hold nothing about anybody, and the training.
fn remove_files(dir: &Path) -> Result<()> {
    let fault = io_error("notebook folder");
    // A folder that is no training is none of ours.
    if let Err(error) = training::remove(&dir.join(training::FOLDER)) {
        tracing::warn!(code = %error.code(), "a training was not removed");
    }
    let mut result = Ok(());
    for entry in std::fs::read_dir(dir).map_err(&fault)? {
        let entry = entry.map_err(&fault)?;
        let name = entry.file_name();
        let stays = [settings::FILE, store::lock::FILE, MARKER].iter().any(|stays| name == *stays);
        if !stays && !former::is_of_journal(&name) && entry.file_type().map_err(&fault)?.is_file() {
            result = result.and(std::fs::remove_file(entry.path()).map_err(&fault));
        }
    }
    result
}

#[cfg(test)]
mod tests;
