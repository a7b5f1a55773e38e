//! The page of the releases: what may be given, what it would show, making it, its files.
//!
//! A document is signed and written into the ledger in one entry; its file is written after it. A file that cannot be
//! written costs nothing: the same bytes can be written at any time.

use super::Session;
use super::release::PublishedAt;
use crate::desk::{KnownRelease, releases};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result, io_error};
use crate::notebook::Notebook;
use crate::view::{
    MadeReleaseView, MakeReleaseInput, Nothing, PreviewView, PublishInput, PublishedView, ReleaseDocumentView,
    ReleaseFileView, ReleaseInput, ReleasesView, SaveReleaseInput, WishInput, WithdrawInput,
};
use domain::disclosure::Recipient;
use domain::release::file::{self, ReleaseFormat};
use domain::release::make::Wish;
use domain::time::operational_date;
use std::io::{ErrorKind, Write};
use std::path::Path;

type Answer<T> = std::result::Result<T, ErrorView>;

impl Session {
    /// *Rilasci*.
    ///
    /// # Errors
    /// As [`Session::at_desk`]; if the file cannot be read.
    pub fn releases(&self, _: Nothing) -> Answer<ReleasesView> {
        self.at_desk(|notebook, moment| view(notebook, moment))
    }

    /// *Anteprima*: what the document would be, or why it cannot be. Nothing is written.
    ///
    /// # Errors
    /// [`NotebookError::InvalidInput`]; as [`Session::at_desk`].
    pub fn preview_release(&self, input: WishInput) -> Answer<PreviewView> {
        self.at_desk(|notebook, moment| {
            let wish = wish(&input)?;
            match notebook.draft_release(&wish, moment) {
                Ok(draft) => Ok(releases::preview(&draft)),
                Err(NotebookError::Release(refusal)) => {
                    Ok(releases::refused(&wish, refusal, &notebook.release_history()?, notebook.programme()?))
                }
                Err(error) => Err(error),
            }
        })
    }

    /// *Crea e scrivi nel registro*.
    ///
    /// # Errors
    /// As [`Session::make_release`]; [`NotebookError::InvalidInput`].
    pub fn write_release(&self, input: MakeReleaseInput) -> Answer<MadeReleaseView> {
        let draft = self.make_release(&wish(&input.wish)?)?;
        let (known, page) = self.at_desk(|notebook, moment| {
            let is_it = |known: &KnownRelease| known.release == draft.release;
            let known = notebook.list_releases()?.into_iter().find(is_it).ok_or(NotebookError::NotFound("release"))?;
            Ok((known, view(notebook, moment)?))
        })?;
        let file = save(self.share_dir(), &known, input.format).ok();
        Ok(MadeReleaseView { fingerprint: known.signed.fingerprint().to_string(), file, page })
    }

    /// A document as its recipient reads it.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; as [`Session::at_desk`].
    pub fn release_document(&self, input: ReleaseInput) -> Answer<ReleaseDocumentView> {
        self.at_desk(|notebook, _| find(notebook, &input.fingerprint).map(|known| releases::document(&known)))
    }

    /// Writes a file of it where the person finds it.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; as [`Session::at_desk`]; if the file cannot be written.
    pub fn save_release(&self, input: SaveReleaseInput) -> Answer<ReleaseFileView> {
        let known = self.at_desk(|notebook, _| find(notebook, &input.fingerprint))?;
        Ok(save(self.share_dir(), &known, input.format)?)
    }

    /// *Pubblica*, and *Nuova password*.
    ///
    /// # Errors
    /// As [`Session::publish_release`].
    pub fn publish(&self, input: PublishInput) -> Answer<PublishedView> {
        let PublishedAt { address, password, told } = self.publish_release(input.number, input.new_password)?;
        let page = self.releases(Nothing {})?;
        Ok(PublishedView { address, password, told, page })
    }

    /// *Ritira*.
    ///
    /// # Errors
    /// As [`Session::withdraw_release`].
    pub fn withdraw(&self, input: WithdrawInput) -> Answer<ReleasesView> {
        self.withdraw_release(input.number)?;
        self.releases(Nothing {})
    }
}

fn view(notebook: &Notebook, moment: Moment) -> Result<ReleasesView> {
    let first = notebook.counted_weeks()?.first().copied();
    let today = operational_date(moment.now);
    Ok(releases::page(notebook.programme()?, &notebook.release_history()?, &notebook.list_releases()?, first, today))
}

fn wish(input: &WishInput) -> Result<Wish> {
    let recipient = Recipient::new(input.kind, &input.code).ok_or(NotebookError::InvalidInput("recipient"))?;
    let period = input.period.parse().map_err(|_| NotebookError::InvalidInput("period of a release"))?;
    Ok(Wish { recipient, period, correct: input.correct })
}

fn find(notebook: &Notebook, fingerprint: &str) -> Result<KnownRelease> {
    let is_it = |known: &KnownRelease| known.signed.fingerprint().to_string() == fingerprint;
    notebook.list_releases()?.into_iter().find(is_it).ok_or(NotebookError::NotFound("release"))
}

/// How many names are tried.
const NAMES: u32 = 1000;

/// Writes the file whole or not at all. A file of the name that says something else stays as it is: somebody has worked on
/// it.
fn save(folder: &Path, known: &KnownRelease, format: ReleaseFormat) -> Result<ReleaseFileView> {
    let bytes = file::write(&known.signed.release.0, &known.release, format)
        .map_err(|_| NotebookError::Internal("file of a release"))?;
    let fault = io_error("file of a release");
    std::fs::create_dir_all(folder).map_err(&fault)?;
    for again in 1..=NAMES {
        let file_name = file::name(&known.release, format, again);
        let path = folder.join(&file_name);
        let is_other = match std::fs::read(&path) {
            Ok(there) => there != bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                write_whole(folder, &path, &bytes).map_err(&fault)?;
                false
            }
            Err(error) => return Err(fault(error)),
        };
        if !is_other {
            return Ok(ReleaseFileView { file_name, path: path.to_string_lossy().into_owned() });
        }
    }
    Err(NotebookError::AlreadyExists("file of a release"))
}

fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let begun = folder.join(".uscita-rilascio.part");
    let mut file = std::fs::File::create(&begun)?;
    file.write_all(bytes).and_then(|()| file.sync_all())?;
    std::fs::rename(&begun, path)
}
