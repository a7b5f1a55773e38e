//! *Riprendi da un foglio di recupero*: a lost desk is begun anew, with its programme and what the copies hold.

use super::{Seat, Session};
use crate::crypto::NewSecret;
use crate::error::{ErrorView, NotebookError, Result};
use crate::founding::{identity_of, restore};
use crate::recovery::Folder;
use crate::view::{RecoverInput, RecoverView, number};
use domain::recovery_words::WordsFault;
use std::path::Path;
use zeroize::Zeroizing;

impl Session {
    /// Opens the copies in a folder with the words, and begins the programme's desk anew: it signs from then on, and holds
    /// what came back. A new recovery sheet is made; the one that was used opens what was sealed before.
    pub fn recover_programme(&self, input: RecoverInput) -> std::result::Result<RecoverView, ErrorView> {
        let RecoverInput { passphrase, words, folder } = input;
        let (passphrase, words) = (Zeroizing::new(passphrase), Zeroizing::new(words));
        match self.recover(&passphrase, &words, Path::new(folder.trim())) {
            Err(NotebookError::WrongWords(WordsFault::Unknown(place))) => Ok(RecoverView {
                wrong_word: Some(number(place)),
                opened: 0,
                missing: 0,
                unread: Vec::new(),
                session: self.session_view(&self.inner())?,
            }),
            done => Ok(done?),
        }
    }

    fn recover(&self, passphrase: &str, words: &str, folder: &Path) -> Result<RecoverView> {
        // Everything that can be refused is, before anything is written.
        if self.seat() != Seat::Desk {
            return Err(NotebookError::NotAllowed);
        }
        NewSecret::passphrase(passphrase)?;
        let paper = identity_of(words)?;
        let Folder { gathered, unread } = Folder::read(folder, &paper)?;
        let recovered = gathered.open(&paper, None, || ()).map_err(|error| match error {
            NotebookError::OtherUnit => NotebookError::OtherSheet,
            other => other,
        })?;
        if recovered.manifest.is_none() && recovered.opened.is_empty() {
            return Err(NotebookError::OtherSheet);
        }
        let (opened, missing) = (recovered.opened.len(), recovered.troubles.len());
        self.begin_desk(passphrase, |dir, key, moment, entropy| {
            restore(dir, key, &recovered, &paper, moment, entropy)
        })?;
        Ok(RecoverView {
            wrong_word: None,
            opened: number(opened),
            missing: number(missing),
            unread,
            session: self.session_view(&self.inner())?,
        })
    }
}
