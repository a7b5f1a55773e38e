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
use domain::time::{IsoWeek, operational_date};
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
                Ok(draft) => Ok(releases::preview(&draft, notebook.nights_to_come(&wish, moment)?)),
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
        let draft = self.make_release(&wish(&input.wish)?, input.incomplete)?;
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
        let known = self.at_desk(|notebook, moment| {
            let known = find(notebook, &input.fingerprint)?;
            let bytes = file::write(&known.signed.release.0, &known.release, input.format)
                .map_err(|_| NotebookError::Internal("file of a release"))?;
            notebook.note_release_file(known.release.number, input.format.extension(), &bytes, moment)?;
            Ok(known)
        })?;
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
    let first = notebook.nights_span()?.map(|nights| IsoWeek::of(nights.first()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::disclosure::{RecipientKind, Rules, Threshold};
    use domain::ids::{DeviceId, ProgrammeId};
    use domain::release::{Release, SignedRelease};
    use domain::sync::chain::Bytes;
    use domain::time::Period;

    fn known() -> KnownRelease {
        let week = "2026-W11".parse().unwrap();
        let release = Release {
            version: 1,
            programme: ProgrammeId(uuid::Uuid::from_u128(7)),
            name: "Prova".into(),
            number: 1,
            replaces: None,
            recipient: Recipient::new(RecipientKind::Funder, "A").unwrap(),
            period: Period::week(week),
            first_day: week.monday(),
            last_day: week.sunday(),
            rules: Rules { k: Threshold::DEFAULT, definitions: 1 },
            released_on: week.next().monday(),
            desk: DeviceId(uuid::Uuid::from_u128(9)),
            manifest: 1,
            figures: Vec::new(),
            unique: None,
            tables: Vec::new(),
            crossings: Vec::new(),
        };
        let signed = SignedRelease { release: Bytes(release.to_bytes().unwrap()), signature: Bytes(vec![0; 64]) };
        let (path, published_on, withdrawn_on) = (None, None, None);
        KnownRelease { signed, release, path, published_on, withdrawn_on, contested: false }
    }

    #[test]
    fn a_file_that_somebody_worked_on_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let shared = folder.path().join("new");
        let known = known();
        let first = save(&shared, &known, ReleaseFormat::Csv).unwrap();
        assert_eq!(save(&shared, &known, ReleaseFormat::Csv).unwrap(), first, "the same file again");
        std::fs::write(&first.path, "worked on").unwrap();
        let second = save(&shared, &known, ReleaseFormat::Csv).unwrap();
        assert_eq!(second.file_name, "rilascio-1-2026-W11-2.csv");
        assert_eq!(std::fs::read_to_string(&first.path).unwrap(), "worked on");
        assert_eq!(std::fs::read_dir(&shared).unwrap().count(), 2, "nothing half written is left");
    }
}
