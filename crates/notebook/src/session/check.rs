//! The check of all pages of the open notebook, once a day, by the worker while nobody touches the phone.

use super::Session;
use crate::error::{NotebookError, Result};
use crate::store::check::{CheckEnd, WholeCheck};
use domain::time::operational_date;
use std::sync::Arc;

impl Session {
    /// Whether the open notebook has not been checked today. One that cannot say so is not checked.
    pub(super) fn check_is_due(&self) -> bool {
        self.due_check().is_ok_and(|check| check.is_some())
    }

    /// Reads every page of the open notebook, if that is due. Commands go on meanwhile, and locking ends it. Damage is
    /// said where the phone says what is with the server, and nothing else changes: saving goes on, in the journal
    /// at least.
    pub(super) fn check_pages(&self) {
        let found = self.due_check().and_then(|due| match due {
            Some(check) => check.run().map(Some),
            None => Ok(None),
        });
        match found {
            Ok(Some(CheckEnd::Whole)) => {
                self.signal.set_damage(false);
                if let Err(error) = self.check_sums().and_then(|()| self.keep_checked()) {
                    tracing::warn!(code = %error.code(), "the day of the check was not kept");
                }
            }
            Ok(Some(CheckEnd::Stopped) | None) => {}
            Err(error @ NotebookError::Damaged(_)) => {
                tracing::error!(code = %error.code(), "a page of the notebook is damaged");
                self.signal.set_damage(true);
            }
            Err(error) => tracing::warn!(code = %error.code(), "the notebook could not be checked"),
        }
    }

    fn due_check(&self) -> Result<Option<Arc<WholeCheck>>> {
        let mut inner = self.inner();
        let today = operational_date(self.moment(&inner).now);
        inner.real_notebook().map_or(Ok(None), |notebook| notebook.due_check(today))
    }

    /// At a desk the sums of the last quarter are counted anew. Those that differ are thrown away with all others: they are
    /// made from the entries, which are what was signed.
    fn check_sums(&self) -> Result<()> {
        let mut inner = self.inner();
        let Some(notebook) = inner.real_notebook() else { return Ok(()) };
        if !notebook.keeps_sums() || notebook.check_recent_sums()?.is_empty() {
            return Ok(());
        }
        tracing::error!("sums of the desk were not what its entries say, and are made anew");
        notebook.forget_sums()
    }

    fn keep_checked(&self) -> Result<()> {
        let mut inner = self.inner();
        let today = operational_date(self.moment(&inner).now);
        inner.real_notebook().map_or(Ok(()), |notebook| notebook.keep_checked(today))
    }
}

#[cfg(test)]
mod tests;
