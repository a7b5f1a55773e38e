//! What a notebook has told since it was opened: whoever holds it open without a PIN learns of the policy's last records,
//! and of no others by saving or giving up those (bar B13).
//!
//! It lives as long as the notebook is open: the unlock PIN begins it anew.

use super::Notebook;
use domain::alias::Alias;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What was told, and what will not be.
#[derive(Default)]
pub(super) struct Shown {
    /// Records that were older than the last ones when those were asked for.
    hidden: BTreeSet<Uuid>,
    /// Aliases of whose referrals something was said.
    aliases: BTreeSet<Alias>,
}

impl Notebook {
    /// The last `limit` of some records, of which `newest_first` are all. What is older stays hidden until the notebook
    /// is opened again, so that what is taken away before it brings nothing to light.
    pub(crate) fn last_of<T>(
        &self,
        newest_first: impl IntoIterator<Item = T>,
        limit: usize,
        id: impl Fn(&T) -> Uuid,
    ) -> Vec<T> {
        let mut shown = self.shown.borrow_mut();
        let mut last = Vec::new();
        for record in newest_first {
            let id = id(&record);
            if last.len() >= limit {
                shown.hidden.insert(id);
            } else if !shown.hidden.contains(&id) {
                last.push(record);
            }
        }
        last
    }

    /// Whether a record stays hidden, whatever became of it.
    pub(crate) fn hides(&self, id: Uuid) -> bool {
        self.shown.borrow().hidden.contains(&id)
    }

    /// Whether something may be said of an alias, of `limit` in all.
    pub(crate) fn may_tell_of(&self, alias: &Alias, limit: usize) -> bool {
        let shown = self.shown.borrow();
        shown.aliases.contains(alias) || shown.aliases.len() < limit
    }

    /// Something is said of it.
    pub(crate) fn tell_of(&self, alias: &Alias) {
        self.shown.borrow_mut().aliases.insert(alias.clone());
    }
}
