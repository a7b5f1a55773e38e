//! The desk: a look at the server, and the page of a week.

use super::Session;
use crate::desk::page::{self, Page};
use crate::entropy::Moment;
use crate::error::{ErrorCode, ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::sync::visit::Purpose;
use crate::view::{DeskStatusView, Face, Nothing, WeekInput, WeekView, number};
use chrono::{DateTime, Utc};
use domain::sync::manifest::Role;
use domain::sync::night_log::DeskEntry;
use domain::time::{IsoWeek, local_clock, operational_date};

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
                meta::put_json(notebook.store.connection(), MetaKey::DeskLook, &moment.now)?;
            }
            let new = count_night_logs(notebook)?.saturating_sub(before);
            status_view(notebook, new, error.or_else(|| self.signal.damage()))
        })
    }

    /// *Settimana*: the week asked for, or the latest with a night.
    ///
    /// # Errors
    /// [`NotebookError::Locked`]; [`NotebookError::NotAllowed`] on a phone.
    pub fn week(&self, input: WeekInput) -> std::result::Result<WeekView, ErrorView> {
        self.at_desk(|notebook, moment| week_view(notebook, moment, input))
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

fn status_view(notebook: &Notebook, new_nights: u32, error: Option<ErrorCode>) -> Result<DeskStatusView> {
    let looked: Option<DateTime<Utc>> = meta::find_json(notebook.store.connection(), MetaKey::DeskLook)?;
    Ok(DeskStatusView {
        new_nights,
        set_aside: number(notebook.list_problems()?.len()),
        updated_at: looked.map(local_clock),
        error,
    })
}

fn week_view(notebook: &Notebook, moment: Moment, input: WeekInput) -> Result<WeekView> {
    let records = notebook.records()?;
    let programme = notebook.programme()?;
    let weeks = records.weeks();
    let week = input.week.or(weeks.last().copied()).unwrap_or(IsoWeek::of(operational_date(moment.now)));
    let Page { figures, unique, tables, nights } = match input.face {
        Face::Internal => page::inside(&records, week, programme),
        Face::External => page::outside(&notebook.week_release(week)?),
    };
    Ok(WeekView {
        week,
        from: week.monday(),
        to: week.sunday(),
        face: input.face,
        k: programme.k_external.get(),
        programme: programme.name.clone(),
        zones: programme.zones.iter().map(|zone| (zone.code.clone(), zone.label.clone())).collect(),
        figures,
        unique,
        tables,
        nights,
        weeks: weeks.into_iter().collect(),
        status: status_view(notebook, 0, None)?,
    })
}
