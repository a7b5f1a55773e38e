//! Former selves of this device (*taccuini messi da parte*): what stays in its folder when it begins anew.
//!
//! Panic, a forgotten PIN, a key store that died and a first start begun anew all leave a folder `former-<n>` with the
//! sealed journal of the device as it was, and whatever else was not destroyed. Each journal is sent until a receipt
//! covers it, by the signatures made at each save; its folder goes once a copy off the server's host is confirmed.
//!
//! Invariant: a former journal is only removed when all of it is backed up and none of it was refused, or by the
//! confirmed command that names the number of records it costs.

use super::Session;
use crate::crypto::binder::FileBinder;
use crate::crypto::{keyfile, sync_folder};
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result, io_error};
use crate::journal::{self, Journal};
use crate::settings;
use crate::store;
use crate::sync::client::{HttpClient, ServerAddress};
use crate::sync::visit::{Purpose, Visitor};
use domain::ids::DeviceId;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The folders of former selves: this and a number from 1.
const FOLDER: &str = "former-";
/// The folder while files are being moved.
const UNFINISHED: &str = "former.new";
/// What belongs to the device and not to one of its selves.
const STAYS: [&str; 3] = [settings::FILE, store::lock::FILE, super::panic::MARKER];
/// Between two questions whether a journal that the server holds is backed up.
const ASK_AGAIN: Duration = Duration::from_secs(60 * 60);
/// After a fault of this device.
const AFTER_FAULT: Duration = Duration::from_secs(60);

/// One former self.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    number: u32,
    dir: PathBuf,
}

impl Former {
    /// Its folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Its journal; none if it never wrote one.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn journal(&self) -> Result<Option<Journal>> {
        match Journal::open(&self.dir) {
            Ok(journal) => Ok(Some(journal)),
            Err(NotebookError::Absent) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether nothing of it can be opened here any more.
    fn keys_are_gone(&self) -> bool {
        !self.dir.join(store::open::FILE).exists() && !keyfile::UNLOCK.exists(&self.dir)
    }

    /// Removes everything but the journal; keys that lie here are overwritten first.
    pub(super) fn strip(&self) -> Result<()> {
        if let Err(error) = keyfile::delete_hardware_keys(&self.dir, &FileBinder::new(&self.dir)) {
            tracing::warn!(code = %error.code(), "a key of a former self may still be there");
        }
        let shredded = keyfile::UNLOCK.shred(&self.dir).and(keyfile::REVIEW.shred(&self.dir));
        let fault = io_error("folder of a former self");
        for entry in std::fs::read_dir(&self.dir).map_err(&fault)? {
            let entry = entry.map_err(&fault)?;
            if !is_of_journal(&entry.file_name()) {
                std::fs::remove_file(entry.path()).map_err(&fault)?;
            }
        }
        sync_folder(&self.dir, "folder of a former self")?;
        shredded
    }

    /// Removes it whole; keys that lie here are overwritten first.
    pub(super) fn remove(&self) -> Result<()> {
        if let Err(error) = self.strip() {
            tracing::warn!(code = %error.code(), "a former self was removed without being overwritten");
        }
        std::fs::remove_dir_all(&self.dir).map_err(io_error("folder of a former self"))
    }
}

/// Every former self of a device, the first one first.
///
/// # Errors
/// If the folder cannot be read.
pub fn list(dir: &Path) -> Result<Vec<Former>> {
    let fault = io_error("notebook folder");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(&fault)? {
        let entry = entry.map_err(&fault)?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(FOLDER)?.parse().ok());
        if let Some(number) = number
            && entry.file_type().map_err(&fault)?.is_dir()
        {
            found.push(Former { number, dir: entry.path() });
        }
    }
    found.sort_by_key(|former| former.number);
    Ok(found)
}

/// Moves everything of this self aside. No file of it may be open. Once begun, [`finish`] completes it after a crash.
pub(super) fn set_aside(dir: &Path) -> Result<()> {
    match std::fs::create_dir(dir.join(UNFINISHED)) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(io_error("folder of a former self")(error));
        }
        _ => {}
    }
    sync_folder(dir, "notebook folder")?;
    finish(dir)
}

/// Completes what [`set_aside`] began. Does nothing otherwise.
pub(super) fn finish(dir: &Path) -> Result<()> {
    let aside = dir.join(UNFINISHED);
    if !aside.is_dir() {
        return Ok(());
    }
    let fault = io_error("folder of a former self");
    // The databases before their logs: no half of one can be opened where it no longer belongs.
    for name in [journal::FILE, store::open::FILE] {
        match std::fs::rename(dir.join(name), aside.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(fault(error)),
            _ => {}
        }
    }
    for entry in std::fs::read_dir(dir).map_err(&fault)? {
        let entry = entry.map_err(&fault)?;
        let stays = STAYS.iter().any(|name| entry.file_name() == *name);
        if !stays && entry.file_type().map_err(&fault)?.is_file() {
            std::fs::rename(entry.path(), aside.join(entry.file_name())).map_err(&fault)?;
        }
    }
    sync_folder(&aside, "folder of a former self")?;
    let number = list(dir)?.last().map_or(1, |last| last.number.saturating_add(1));
    std::fs::rename(&aside, dir.join(format!("{FOLDER}{number}"))).map_err(&fault)?;
    sync_folder(dir, "notebook folder")
}

pub(super) fn is_of_journal(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(journal::FILE))
}

/// What is remembered of the way to the server of each former self, by its number and the device it was: a number is
/// used again.
#[derive(Default)]
pub(crate) struct Errands(BTreeMap<(u32, DeviceId), Errand>);

struct Errand {
    visitor: Visitor,
    client: Option<HttpClient>,
    not_before: Option<Instant>,
}

impl Session {
    /// Sends what former selves have not handed in, where that is due. Gives the time until it may be due again; none if
    /// nothing is left to do.
    pub fn send_formers(&self) -> Option<Duration> {
        let formers = list(self.data_dir()).unwrap_or_else(|error| {
            tracing::warn!(code = %error.code(), "former selves cannot be listed");
            Vec::new()
        });
        let mut errands = self.errands();
        errands.0.retain(|(number, _), _| formers.iter().any(|former| former.number == *number));
        let mut next = None;
        for former in &formers {
            let wait = self.run_errand(&mut errands, former).unwrap_or_else(|error| {
                tracing::warn!(code = %error.code(), "a former journal was not sent");
                Some(AFTER_FAULT)
            });
            next = next.into_iter().chain(wait).min();
        }
        next
    }

    fn run_errand(&self, errands: &mut Errands, former: &Former) -> Result<Option<Duration>> {
        let Some(journal) = former.journal()? else { return Ok(None) };
        let device = journal.device();
        drop(journal);
        errands.0.retain(|(number, whose), _| *number != former.number || *whose == device);
        let errand = match errands.0.entry((former.number, device)) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => new.insert(Errand::new(self.inner().entropy.branch()?)),
        };
        let now = Instant::now();
        if let Some(wait) = errand.not_before.and_then(|then| then.checked_duration_since(now))
            && !wait.is_zero()
        {
            return Ok(Some(wait));
        }
        let wait = errand.run(former, &*self.clock)?;
        errand.not_before = wait.and_then(|wait| now.checked_add(wait));
        Ok(wait)
    }

    fn errands(&self) -> MutexGuard<'_, Errands> {
        self.errands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Errand {
    fn new(entropy: Entropy) -> Self {
        Self { visitor: Visitor::new(entropy), client: None, not_before: None }
    }

    /// One visit, if there is a reason for it. Gives the time until the next.
    fn run(&mut self, former: &Former, clock: &dyn Fn() -> Moment) -> Result<Option<Duration>> {
        let Some(mut journal) = former.journal()? else { return Ok(None) };
        if journal.is_to_be_wiped()? && !former.keys_are_gone() {
            former.strip()?;
        }
        self.visitor.set_keys_gone(former.keys_are_gone());
        let before = journal.state()?;
        let must_confirm = journal.wipe_confirmation()?.is_some();
        // Without a pinned key no receipt can be believed: it was never enrolled, and wrote nothing.
        if (before.total == 0 && !must_confirm) || journal.server_key()?.is_none() {
            return Ok(None);
        }
        if self.client.is_none() {
            self.client = Some(HttpClient::new(&ServerAddress::parse(&journal.server()?)?)?);
        }
        let Some(client) = &self.client else { return Ok(None) };
        if before.stored < before.total || before.backed_up < before.total || must_confirm {
            let end = self.visitor.visit(&mut journal, client, clock, Purpose::Background)?;
            if let Some(retry_ms) = end.retry_ms {
                return Ok(Some(Duration::from_millis(retry_ms)));
            }
        }
        let after = journal.state()?;
        if after.backed_up < after.total || !after.refused.is_empty() || journal.wipe_confirmation()?.is_some() {
            return Ok(Some(ASK_AGAIN));
        }
        drop(journal);
        former.remove()?;
        Ok(None)
    }
}

#[cfg(test)]
mod tests;
