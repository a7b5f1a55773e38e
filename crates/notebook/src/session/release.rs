//! Publishing a release on the server, and withdrawing it.

use super::Session;
use crate::desk::ReadyPublication;
use crate::error::{ErrorView, NotebookError, Result};
use crate::sync::ask::json;
use crate::sync::client::ServerAddress;
use crate::sync::visit::Purpose;
use crate::sync::wire::Method;
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
    /// *Pubblica*: lays a release open for its recipient. Again, or with a new password, it lies where it lay.
    ///
    /// # Errors
    /// [`crate::error::NotebookError::NotFound`]; `STATO-01` when another desk has published something else under this
    /// number; what the network refuses.
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
            Err(NotebookError::Refused(RefusalCode::Fork)) => Err(NotebookError::WrongState("number of a release")),
            other => other,
        }?;
        self.at_desk(|notebook, moment| notebook.note_publication(number, &publication, moment))?;
        let address = address.page(&publish::path(&publication.link.0));
        Ok(PublishedAt { address, password, told: self.tell()? })
    }

    /// *Ritira*: the page no longer shows a release.
    ///
    /// # Errors
    /// As [`Session::publish_release`].
    pub fn withdraw_release(&self, number: u32) -> std::result::Result<bool, ErrorView> {
        self.at_desk(|notebook, _| notebook.find_release(number).map(drop))?;
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
