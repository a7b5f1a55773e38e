//! A first start begun anew: the files of a device that nobody has confirmed are moved aside, never deleted.

use super::{Session, former};
use crate::error::{ErrorView, NotebookError};
use crate::view::{Nothing, SessionView};

impl Session {
    /// *Usa un codice nuovo*: moves the unconfirmed notebook aside, and begins anew. Refused once the device is
    /// confirmed, or has written anything.
    pub fn restart_enrolment(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        let notebook = inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
        if notebook.manifest().is_some() || !notebook.journal().is_empty()? {
            return Err(NotebookError::WrongState("this device is in use").into());
        }
        self.lock_core(&mut inner)?;
        inner.handed_in = None;
        former::set_aside(self.data_dir())?;
        Ok(self.session_view(&inner)?)
    }
}
