//! The desk: a look at the server, and where it stands.

use super::{Seat, Session};
use crate::desk::frame;
use crate::entropy::Moment;
use crate::error::{ErrorCode, ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::desk_entry;
use crate::store::meta::{self, MetaKey};
use crate::sync::fault::Trouble;
use crate::sync::progress::PullProgress;
use crate::sync::visit::Purpose;
use crate::view::{CountingView, DeskFrameView, DeskStatusView, Nothing, PullProgressView, number};
use chrono::{DateTime, Utc};
use domain::sync::manifest::Role;
use domain::time::local_clock;

impl Session {
    /// The desk looks at the server: takes in what is new, hands in what it wrote, acknowledges what it holds. What the
    /// network refuses is said in the answer; the records that are here stay as they are.
    ///
    /// # Errors
    /// What goes wrong on this device.
    pub fn desk_update(&self, _: Nothing) -> std::result::Result<DeskStatusView, ErrorView> {
        let before = self.at_day_desk(|notebook, _| count_night_logs(notebook))?;
        self.publish_what_waits();
        let error = match self.visit_server(Purpose::Asked) {
            Ok(end) => {
                // It may just have said that it was set back.
                if !matches!(end.trouble, Some(Trouble::Lost(_))) {
                    self.publish_what_waits();
                }
                end.trouble.map(|trouble| trouble.code())
            }
            Err(NotebookError::NoServer) => Some(ErrorCode::NoServer),
            Err(error) => return Err(error.into()),
        };
        self.at_day_desk(|notebook, moment| {
            if error.is_none() {
                notebook.note_look(moment)?;
            }
            let new = count_night_logs(notebook)?.saturating_sub(before);
            status_view(notebook, new, error.or_else(|| self.signal.damage()))
        })
    }

    fn publish_what_waits(&self) {
        // What goes wrong with it the look says too.
        if let Err(error) = self.publish_manifest() {
            tracing::debug!(code = %error.code(), "the manifest still waits here");
        }
    }

    /// The frame around every page: whose desk it is, what is open on which page.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] on a phone.
    pub fn desk_frame(&self, _: Nothing) -> std::result::Result<DeskFrameView, ErrorView> {
        self.at_day_desk(|notebook, moment| frame::frame(notebook, moment))
    }

    /// How far the look at the server has come. It waits for nothing.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] on a phone.
    pub fn desk_progress(&self, _: Nothing) -> std::result::Result<PullProgressView, ErrorView> {
        if self.seat() != Seat::Desk {
            return Err(NotebookError::NotAllowed.into());
        }
        let PullProgress { running, received, nights_until } = self.progress.now();
        Ok(PullProgressView { running, received: u32::try_from(received).unwrap_or(u32::MAX), nights_until })
    }

    /// Calls with every page of a look at the server.
    pub fn on_pull(&self, told: impl Fn(PullProgress) + Send + Sync + 'static) {
        self.progress.tell(told);
    }

    /// Counts some of what is not counted yet: after the first pull, or with a newer version of the program. Whoever asks
    /// until all of it is counted can say how far it has come; broken off, it goes on where it was.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] on a phone; if the file cannot be read or written.
    pub fn count_some(&self, _: Nothing) -> std::result::Result<CountingView, ErrorView> {
        self.at_day_desk(|notebook, _| {
            let progress = notebook.count_some()?;
            let number = |rows: u64| u32::try_from(rows).unwrap_or(u32::MAX);
            Ok(CountingView { done: number(progress.done), of: number(progress.of) })
        })
    }

    /// As [`Session::at_desk`], also at a desk worker's: for what day staff note.
    ///
    /// # Errors
    /// As [`Session::at_desk`].
    pub fn at_day_desk<T>(
        &self,
        work: impl FnOnce(&mut Notebook, Moment) -> Result<T>,
    ) -> std::result::Result<T, ErrorView> {
        self.with_notebook(|notebook, moment| match notebook.role() {
            Some(Role::DeskWorker | Role::Coordinator | Role::Admin) => work(notebook, moment),
            Some(_) => Err(NotebookError::NotAllowed),
            None => Err(NotebookError::NotEnrolled),
        })
    }

    /// Does something with the open notebook of a coordinator's or admin's desk.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] in any other role; whatever `work` gives.
    pub fn at_desk<T>(
        &self,
        work: impl FnOnce(&mut Notebook, Moment) -> Result<T>,
    ) -> std::result::Result<T, ErrorView> {
        self.with_notebook(|notebook, moment| match notebook.role() {
            Some(Role::Coordinator | Role::Admin) => work(notebook, moment),
            Some(_) => Err(NotebookError::NotAllowed),
            None => Err(NotebookError::NotEnrolled),
        })
    }
}

fn count_night_logs(notebook: &Notebook) -> Result<u32> {
    let logs = desk_entry::count_night_logs(notebook.store.connection())?;
    Ok(u32::try_from(logs).unwrap_or(u32::MAX))
}

/// Local time of the last successful look at the server.
pub(super) fn look_time(notebook: &Notebook) -> Result<Option<String>> {
    let looked: Option<DateTime<Utc>> = meta::find_json(notebook.store.connection(), MetaKey::DeskLook)?;
    Ok(looked.map(local_clock))
}

pub(super) fn status_view(notebook: &Notebook, new_nights: u32, error: Option<ErrorCode>) -> Result<DeskStatusView> {
    Ok(DeskStatusView {
        new_nights,
        set_aside: number(notebook.list_problems()?.len()),
        updated_at: look_time(notebook)?,
        error,
    })
}
