//! The desk: a look at the server, and where it stands.

use super::Session;
use crate::entropy::Moment;
use crate::error::{ErrorCode, ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::sync::visit::Purpose;
use crate::view::{DeskStatusView, Nothing, number};
use chrono::{DateTime, Utc};
use domain::sync::manifest::Role;
use domain::sync::night_log::DeskEntry;
use domain::time::local_clock;

impl Session {
    /// The desk looks at the server: takes in what is new, hands in what it wrote, acknowledges what it holds. What the
    /// network refuses is said in the answer; the records that are here stay as they are.
    ///
    /// # Errors
    /// What goes wrong on this device.
    pub fn desk_update(&self, _: Nothing) -> std::result::Result<DeskStatusView, ErrorView> {
        let before = self.at_desk(|notebook, _| count_night_logs(notebook))?;
        let end = self.visit_server(Purpose::Asked)?;
        let error = end.trouble.map(|trouble| trouble.code());
        self.at_desk(|notebook, moment| {
            if error.is_none() {
                notebook.note_look(moment)?;
            }
            let new = count_night_logs(notebook)?.saturating_sub(before);
            status_view(notebook, new, error.or_else(|| self.signal.damage()))
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
    let entries = notebook.list_desk_entries()?;
    let logs = entries.iter().filter(|stored| matches!(stored.envelope.entry, DeskEntry::NightLog(_))).count();
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
