//! What is open on which page of the desk: the numbers of the menu.

use super::{depot, devices, nights, period};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::store::problem;
use crate::view::{DeskFrameView, OpenView, number};
use chrono::NaiveDate;
use domain::plan::Standing;
use domain::sync::manifest::Role;
use domain::time::{IsoWeek, Span, operational_date};

/// Days before it runs out from which the manifest waits for somebody to renew it.
const RENEW_DAYS: i32 = 7;

/// The frame around every page.
pub(crate) fn frame(notebook: &Notebook, moment: Moment) -> Result<DeskFrameView> {
    let programme = notebook.programme()?;
    let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
    Ok(DeskFrameView {
        programme: programme.name.clone(),
        today: operational_date(moment.now),
        units: programme.units.iter().map(|unit| unit.id.clone()).collect(),
        device: devices::names(manifest).remove(&notebook.device()).unwrap_or_default(),
        open: open(notebook, moment)?,
    })
}

fn open(notebook: &Notebook, moment: Moment) -> Result<OpenView> {
    let today = operational_date(moment.now);
    let referrals = number(notebook.waiting_referrals(today)?.open);
    if notebook.role().is_none_or(Role::is_day_staff) {
        return Ok(OpenView { referrals, outings: 0, depot: 0, devices: 0, lists: 0 });
    }
    Ok(OpenView {
        referrals,
        outings: number(missing_nights(notebook, today)?),
        depot: number(depot::count_orders(notebook, today)?),
        devices: number(waiting_devices(notebook, moment)?),
        lists: number(list_questions(notebook, moment)?),
    })
}

/// In the weeks that the calendar shows at first.
fn missing_nights(notebook: &Notebook, today: NaiveDate) -> Result<usize> {
    let first = nights::window(IsoWeek::of(today).next()).first().map_or(today, |week| week.monday());
    let Some(span) = Span::new(first, today) else { return Ok(0) };
    let outings = period::calendar(&notebook.planned(span)?, &notebook.counted_nights(span)?, span, today);
    Ok(outings.iter().filter(|outing| outing.standing == Standing::NoNews).count())
}

fn waiting_devices(notebook: &Notebook, moment: Moment) -> Result<usize> {
    let waiting = problem::count_unvouched(notebook.store.connection())?.len();
    let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
    let known: Option<u64> = meta::find_json(notebook.store.connection(), MetaKey::PublishedManifest)?;
    let is_unsent = notebook.holds_admin_key()? && known != Some(manifest.number);
    let runs_out = devices::days_until(manifest.expires_at, moment.now) < RENEW_DAYS;
    Ok(waiting.saturating_add(usize::from(is_unsent || runs_out)))
}

fn list_questions(notebook: &Notebook, moment: Moment) -> Result<usize> {
    if !notebook.holds_admin_key()? {
        return Ok(0);
    }
    let today = operational_date(moment.now);
    let stale = notebook.programme()?.directory.iter().filter(|entry| entry.is_stale(today)).count();
    Ok(notebook.list_proposals(moment)?.len().saturating_add(stale))
}

#[cfg(test)]
mod tests;
