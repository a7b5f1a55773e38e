//! *Inventario*: what the duress PIN opens. A small list of tonight's stock and nothing else of the notebook.
//!
//! The list lies sealed beside the notebook on every phone, under a key that follows from the data key
//! ([`crate::crypto::DataKey::decoy`]), and is written anew whenever the stock changes: neither the file nor its times
//! tell whether a duress PIN was ever chosen. What is saved in *Inventario* stays in that file, until the notebook
//! writes it the next time. Items that count as sensitive are never on it.
//!
//! Invariant: while it is shown the notebook is closed, and every command but those of the list and of the lock answers
//! as it does under the lock.

use super::own::{open_night, require_open};
use super::stock::items;
use super::{Inner, Session};
use crate::command::Command;
use crate::crypto::{DataKey, open_sheet, seal_sheet};
use crate::entropy::{Entropy, Moment};
use crate::error::{ErrorView, NotebookError, Result, io_error};
use crate::notebook::Notebook;
use crate::view::{InventoryInput, InventoryRow, InventoryView, Nothing};
use domain::time::operational_date;
use std::path::Path;

/// The file inside the notebook's folder.
const FILE: &str = "stock.sealed";
const FRESH: &str = "stock.sealed.new";

/// The key of the stock list. With an open notebook it is written by, alone it is what the duress PIN opened.
pub(crate) struct Inventory {
    key: DataKey,
    /// Length of the journal when the list was last written from the notebook.
    written_at: Option<u64>,
}

impl Inventory {
    /// What the duress PIN opened.
    pub(super) const fn behind(key: DataKey) -> Self {
        Self { key, written_at: None }
    }

    /// The list of the notebook that a data key opens.
    pub(super) fn of(data_key: &DataKey) -> Result<Self> {
        data_key.decoy().map(Self::behind)
    }

    /// Writes the list, if anything was saved since it was last written. A list that cannot be written is tried again
    /// with the next save.
    pub(super) fn refresh(&mut self, dir: &Path, notebook: &mut Notebook) {
        let done = self.refreshed(dir, notebook);
        if let Err(error) = done {
            tracing::warn!(code = %error.code(), "the stock list was not written");
        }
    }

    fn refreshed(&mut self, dir: &Path, notebook: &mut Notebook) -> Result<()> {
        let length = notebook.journal().len()?;
        if self.written_at == Some(length) || notebook.manifest().is_none() {
            return Ok(());
        }
        if open_night(notebook)?.is_some() || !dir.join(FILE).exists() {
            let rows = rows(notebook)?;
            self.write(dir, &rows, notebook.entropy())?;
        }
        self.written_at = Some(length);
        Ok(())
    }

    /// Never half: a new file takes the place of the old one. It need not survive a power cut.
    fn write(&self, dir: &Path, rows: &[InventoryRow], entropy: &mut Entropy) -> Result<()> {
        let json = serde_json::to_vec(rows).map_err(|_| NotebookError::Internal("stock list"))?;
        let sheet = seal_sheet(&self.key, &json, entropy)?;
        let fault = io_error("stock list");
        std::fs::write(dir.join(FRESH), sheet).map_err(&fault)?;
        std::fs::rename(dir.join(FRESH), dir.join(FILE)).map_err(fault)
    }

    /// The list; an empty one where there is none, or none that can be read.
    fn read(&self, dir: &Path) -> Vec<InventoryRow> {
        let sheet = std::fs::read(dir.join(FILE)).unwrap_or_default();
        let json = open_sheet(&self.key, &sheet);
        json.ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
    }
}

impl Inner {
    /// Whether the stock list is what the phone shows.
    pub(super) const fn shows_inventory(&self) -> bool {
        self.notebook.is_none() && self.inventory.is_some()
    }
}

impl Session {
    /// The stock list.
    pub fn inventory(&self, _: Nothing) -> std::result::Result<InventoryView, ErrorView> {
        let inner = self.inner();
        let inventory = shown(&inner)?;
        Ok(self.inventory_view(&inner, inventory.read(self.data_dir())))
    }

    /// *Salva* of the stock list.
    pub fn save_inventory(&self, input: InventoryInput) -> std::result::Result<InventoryView, ErrorView> {
        let mut inner = self.inner();
        let mut entropy = inner.entropy.branch()?;
        shown(&inner)?.write(self.data_dir(), &input.rows, &mut entropy)?;
        Ok(self.inventory_view(&inner, input.rows))
    }

    /// Refuses what is none of the stock list's while that is shown.
    pub(crate) fn may_answer(&self, command: &Command) -> std::result::Result<(), ErrorView> {
        let is_of_the_list = matches!(
            command,
            Command::Status(_)
                | Command::Lock(_)
                | Command::Unlock(_)
                | Command::Inventory(_)
                | Command::SaveInventory(_)
        );
        if !is_of_the_list && self.inner().shows_inventory() {
            return Err(NotebookError::Locked.into());
        }
        Ok(())
    }

    fn inventory_view(&self, inner: &Inner, rows: Vec<InventoryRow>) -> InventoryView {
        let Moment { now, .. } = self.moment(inner);
        InventoryView { date: operational_date(now), rows }
    }
}

fn shown(inner: &Inner) -> Result<&Inventory> {
    inner.inventory.as_ref().filter(|_| inner.shows_inventory()).ok_or(NotebookError::Locked)
}

/// What is in the bag of this phone tonight; the programme's items without a number while no outing is open.
fn rows(notebook: &Notebook) -> Result<Vec<InventoryRow>> {
    let programme = notebook.programme()?;
    let bag = match require_open(notebook) {
        Ok(night) => items(notebook, &night),
        Err(NotebookError::WrongState(_)) => std::collections::BTreeMap::new(),
        Err(error) => return Err(error),
    };
    let listed = programme.items.iter().filter(|item| !item.sensitive);
    let left = |item| bag.get(item).map_or(0, |in_bag| u32::try_from(in_bag.left().max(0)).unwrap_or(u32::MAX));
    let all = listed.map(|item| InventoryRow { count: left(&item.code), item: item.code.clone() });
    Ok(all.filter(|row| bag.is_empty() || bag.contains_key(&row.item)).collect())
}
