//! Publishing a release on the server, and withdrawing it.

use super::Session;
use crate::desk::ReadyPublication;
use crate::error::{ErrorView, NotebookError, Result};
use crate::sync::ask::json;
use crate::sync::client::ServerAddress;
use crate::sync::visit::Purpose;
use crate::sync::wire::Method;
use domain::release::make::{Draft, Wish};
use domain::sync::error::RefusalCode;
use domain::sync::publish::{self, Withdrawal};
use domain::sync::version;

/// Where a published release is read.
#[derive(Clone, PartialEq, Eq)]
pub struct PublishedAt {
    /// The recipient's address, for a browser.
    pub address: String,
    /// The recipient's password, if it was drawn just now. Shown once.
    pub password: Option<String>,
    /// Whether the other desks have been told: the entry is on the server.
    pub told: bool,
}

impl std::fmt::Debug for PublishedAt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublishedAt")
    }
}

impl Session {
    /// Makes the next release, as [`crate::notebook::Notebook::make_release`] does. Where the server answers, what other
    /// desks made comes first, so that two do not give one number; then they are told.
    ///
    /// # Errors
    /// As [`crate::notebook::Notebook::make_release`]. Without network it is made all the same.
    pub fn make_release(&self, wish: &Wish, incomplete: bool) -> std::result::Result<Draft, ErrorView> {
        self.at_desk(|_, _| Ok(()))?;
        self.visit_server(Purpose::Asked).map(drop)?;
        let draft = self.at_desk(|notebook, moment| notebook.make_release(wish, incomplete, moment))?;
        self.tell().map(drop)?;
        Ok(draft)
    }

    /// *Pubblica*: lays a release open for its recipient. Again, or with a new password, it lies where it lay.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; [`NotebookError::ReleaseNumberTaken`] when another desk has published something else
    /// under this number: making it again gives it the next one; what the network refuses.
    pub fn publish_release(&self, number: u32, new_password: bool) -> std::result::Result<PublishedAt, ErrorView> {
        // What another desk made or published comes first: its link is this one's too.
        self.at_desk(|_, _| Ok(()))?;
        self.visit_server(Purpose::Asked).map(drop)?;
        let (ready, address) = self.at_desk(|notebook, _| {
            let ready = notebook.ready_publication(number, new_password)?;
            Ok((ready, ServerAddress::parse(&notebook.invitation().server)?))
        })?;
        let ReadyPublication { publication, password } = ready;
        match self.ask_server::<()>(Method::Put, "/v1/releases", json(&publication)?) {
            Err(NotebookError::Refused(RefusalCode::Fork)) => {
                // So that this desk knows the other one's document.
                self.visit_server(Purpose::Asked).map(drop)?;
                Err(NotebookError::ReleaseNumberTaken)
            }
            other => other,
        }?;
        self.at_desk(|notebook, moment| notebook.note_publication(&publication, moment))?;
        let address = address.page(&publish::path(&publication.link.0));
        Ok(PublishedAt { address, password, told: self.tell()? })
    }

    /// *Ritira*: the page no longer shows a release.
    ///
    /// # Errors
    /// As [`Session::publish_release`]; [`NotebookError::NotFound`] for one that was never published.
    pub fn withdraw_release(&self, number: u32) -> std::result::Result<bool, ErrorView> {
        self.at_desk(|notebook, _| match notebook.find_release(number)?.published_on {
            Some(_) => Ok(()),
            None => Err(NotebookError::NotFound("a published release")),
        })?;
        let withdrawal = Withdrawal { version: version::CURRENT, number };
        self.ask_server::<()>(Method::Post, "/v1/withdrawals", json(&withdrawal)?)?;
        self.at_desk(|notebook, moment| notebook.note_withdrawal(number, moment))?;
        Ok(self.tell()?)
    }

    /// Hands in what was just noted. What the network refuses goes with the next visit.
    fn tell(&self) -> Result<bool> {
        Ok(self.visit_server(Purpose::Asked)?.trouble.is_none())
    }
}
