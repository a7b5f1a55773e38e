//! Cards and referrals that were begun and are not saved.

use super::Notebook;
use crate::error::{NotebookError, Result};
use crate::store;
use crate::store::draft::{Begun, Draft};
use domain::ids::{OperationId, OutingId};

impl Notebook {
    /// Writes a card that is not saved; durable when this returns.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<()> {
        store::draft::put(self.store.connection(), Begun::Card, draft)
    }

    /// A card that is not saved.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_draft(&self, card: OperationId) -> Result<Option<Draft>> {
        store::draft::find(self.store.connection(), Begun::Card, card)
    }

    /// The cards of an outing that are not saved, the one begun first at the start.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_drafts(&self, outing: OutingId) -> Result<Vec<Draft>> {
        store::draft::list(self.store.connection(), Begun::Card, outing)
    }

    /// Writes a referral that is not saved; durable when this returns.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save_begun_referral(&mut self, draft: &Draft) -> Result<()> {
        store::draft::put(self.store.connection(), Begun::Referral, draft)
    }

    /// A referral that is not saved.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn find_begun_referral(&self, referral: OperationId) -> Result<Option<Draft>> {
        store::draft::find(self.store.connection(), Begun::Referral, referral)
    }

    /// The referrals of an outing that are not saved, the one begun first at the start.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_begun_referrals(&self, outing: OutingId) -> Result<Vec<Draft>> {
        store::draft::list(self.store.connection(), Begun::Referral, outing)
    }

    /// Gives a card or a begun referral up. Until the notebook is opened again, [`Notebook::restore_draft`] brings it back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn drop_draft(&mut self, card: OperationId) -> Result<()> {
        store::draft::give_up(self.store.connection(), card)?;
        Ok(())
    }

    /// Whether there is a card or a begun referral of an outing, given up or not.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn holds_draft(&self, outing: OutingId) -> Result<bool> {
        store::draft::holds(self.store.connection(), outing)
    }

    /// Takes back that a card or a begun referral of an outing was given up.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`] if it is not here any more, or is of another outing.
    pub fn restore_draft(&mut self, card: OperationId, outing: OutingId) -> Result<()> {
        let is_here = store::draft::take_back(self.store.connection(), card, outing)?;
        if is_here { Ok(()) } else { Err(NotebookError::NotFound("card")) }
    }
}
