//! What is begun anew with a server that was set back: put back from a backup, or from zero.
//!
//! Its manifest is then an older one: who was revoked since may read again, and who was enrolled since is unknown. The
//! releases that were withdrawn since lie open again. It says nothing of it, so the desks take nothing for granted that it
//! had: the manifest is put again, and the withdrawals are said again.
//!
//! It gives places in its streams from its clock on. Where that is wrong, what is new gets places that a reader has passed
//! already, and the pages stay empty without a fault. So whoever reads begins at the first place again, page by page like
//! the first time; what is here already is known by device and sequence number.
//!
//! The journal notes each set-back, also while the notebook is locked. The notebook notes in one transaction which of them
//! it has drawn these conclusions from, so that they are drawn once, whatever ends a visit.

use crate::error::Result;
use crate::notebook::{Notebook, cursor_key};
use crate::store::meta::{self, MetaKey};
use domain::sync::Stream;
use domain::sync::manifest::Role;
use domain::sync::pull::Cursor;
use std::collections::BTreeSet;

/// Releases that the server is to be told again are withdrawn.
pub(crate) struct Withdrawals {
    /// After which set-back.
    set_back: i64,
    /// Their numbers.
    pub(crate) numbers: BTreeSet<u32>,
}

impl Notebook {
    /// Begins anew with the server if it was set back since that was done last. Gives whether it was.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub(crate) fn begin_anew(&mut self) -> Result<bool> {
        let Some(set_back) = self.journal().noted_set_back()? else { return Ok(false) };
        if meta::find_json(self.store.connection(), MetaKey::BegunAnew)? == Some(set_back) {
            return Ok(false);
        }
        let transaction = self.store.transaction()?;
        Self::forget_published(&transaction)?;
        for stream in [Stream::Journal, Stream::NightLog] {
            meta::put_json(&transaction, cursor_key(stream), &Cursor::default())?;
        }
        meta::put_json(&transaction, MetaKey::BegunAnew, &set_back)?;
        transaction.commit()?;
        Ok(true)
    }

    /// The withdrawals that are to be said again; none at all unless this is a coordinator's desk and the server was set
    /// back since they were.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn withdrawals_to_repeat(&self) -> Result<Option<Withdrawals>> {
        let connection = self.store.connection();
        let set_back: Option<i64> = meta::find_json(connection, MetaKey::BegunAnew)?;
        let Some(set_back) = set_back.filter(|_| matches!(self.role(), Some(Role::Coordinator | Role::Admin))) else {
            return Ok(None);
        };
        if meta::find_json(connection, MetaKey::WithdrawnAgain)? == Some(set_back) {
            return Ok(None);
        }
        let withdrawn = self.list_releases()?.into_iter().filter(|known| known.withdrawn_on.is_some());
        Ok(Some(Withdrawals { set_back, numbers: withdrawn.map(|known| known.release.number).collect() }))
    }

    /// They were said again.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn note_withdrawn_again(&self, said: &Withdrawals) -> Result<()> {
        meta::put_json(self.store.connection(), MetaKey::WithdrawnAgain, &said.set_back)
    }
}

#[cfg(test)]
mod tests;
