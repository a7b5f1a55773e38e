//! Releases (*rilasci*): making them, the ledger that all desks share, and what publishing one takes.
//!
//! A release is an entry of the night-log stream, with the counts behind it, so every coordinator's desk knows what was
//! given, to whom, and where it lies. Two desks that make one at the same time without knowing of each other give them one
//! number; the server takes the first that comes.

use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use chrono::NaiveDate;
use domain::release::history::{Given, History};
use domain::release::make::{Draft, Stamp, Wish, make};
use domain::release::{Release, SignedRelease, release_message};
use domain::sync::chain::Bytes;
use domain::sync::night_log::{DeskEntry, PublishedRow, ReleasedRow};
use domain::sync::publish::{self, LINK_BYTES, PASSWORD_BYTES, PasswordHash, Publication};
use domain::sync::version;
use domain::time::operational_date;

/// A release as this desk knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRelease {
    /// As it was signed.
    pub signed: SignedRelease,
    /// The document.
    pub release: Release,
    /// The path of its recipient's link, if it is published.
    pub path: Option<String>,
    /// Since when.
    pub published_on: Option<NaiveDate>,
    /// When it was withdrawn from the server.
    pub withdrawn_on: Option<NaiveDate>,
}

/// What the server is sent, and the password if it was drawn for it.
pub struct ReadyPublication {
    /// The request.
    pub publication: Publication,
    /// Shown once; nothing keeps it.
    pub password: Option<String>,
}

impl std::fmt::Debug for ReadyPublication {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReadyPublication")
    }
}

impl Notebook {
    /// What was given so far, by whichever desk.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn release_history(&self) -> Result<History> {
        let mut given = Vec::new();
        for entry in self.list_desk_entries()? {
            if let DeskEntry::Released(row) = entry.envelope.entry {
                let release = row.signed.read().map_err(|_| NotebookError::Damaged("a release"))?;
                given.push(Given { release, exact: row.exact });
            }
        }
        Ok(History::new(given))
    }

    /// The next release as it would be; nothing is written.
    ///
    /// # Errors
    /// [`NotebookError::Release`]; [`NotebookError::NotEnrolled`]; if the file cannot be read.
    pub fn draft_release(&self, wish: &Wish, moment: Moment) -> Result<Draft> {
        let manifest = self.manifest().ok_or(NotebookError::NotEnrolled)?.number;
        let stamp = Stamp { desk: self.device(), manifest, today: operational_date(moment.now) };
        Ok(make(&self.records()?, self.programme()?, &self.release_history()?, wish, &stamp)?)
    }

    /// Makes the next release, signs it, and writes it where all desks read it. From then on it stays as it is.
    ///
    /// # Errors
    /// As [`Notebook::draft_release`] and [`Notebook::save_desk_entry`].
    pub fn make_release(&mut self, wish: &Wish, moment: Moment) -> Result<Draft> {
        let draft = self.draft_release(wish, moment)?;
        let bytes = draft.release.to_bytes().map_err(|_| NotebookError::Internal("release"))?;
        let signature = self.identity().sign(&release_message(&bytes));
        let signed = SignedRelease { release: Bytes(bytes), signature };
        self.save_desk_entry(DeskEntry::Released(ReleasedRow { signed, exact: draft.exact.clone() }))?;
        Ok(draft)
    }

    /// Every release, oldest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn list_releases(&self) -> Result<Vec<KnownRelease>> {
        let mut known: Vec<KnownRelease> = Vec::new();
        let (mut published, mut withdrawn) = (Vec::new(), Vec::new());
        for entry in self.list_desk_entries()? {
            match entry.envelope.entry {
                DeskEntry::Released(ReleasedRow { signed, .. }) => {
                    let release = signed.read().map_err(|_| NotebookError::Damaged("a release"))?;
                    let (path, published_on, withdrawn_on) = (None, None, None);
                    known.push(KnownRelease { signed, release, path, published_on, withdrawn_on });
                }
                DeskEntry::Published(row) => published.push(row),
                DeskEntry::Withdrawn { number, on } => withdrawn.push((number, on)),
                _ => {}
            }
        }
        known.sort_by_key(|a| (a.release.number, a.release.desk.0));
        published.sort_by_key(|row: &PublishedRow| row.on);
        for known in &mut known {
            let of_recipient = published.iter().rev().find(|row| row.number == known.release.number);
            known.published_on = of_recipient.map(|row| row.on);
            known.path = of_recipient.map(|row| publish::path(&row.link.0));
            known.withdrawn_on =
                withdrawn.iter().find(|(number, _)| *number == known.release.number).map(|(_, on)| *on);
        }
        Ok(known)
    }

    /// The release of this number.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; if the file cannot be read.
    pub fn find_release(&self, number: u32) -> Result<KnownRelease> {
        let mut releases = self.list_releases()?.into_iter().filter(|known| known.release.number == number);
        let own = self.device();
        let first = releases.next().ok_or(NotebookError::NotFound("release"))?;
        // Two desks, one number: this desk speaks of its own.
        Ok(releases.find(|known| known.release.desk == own).filter(|_| first.release.desk != own).unwrap_or(first))
    }

    /// What the server must be sent to publish a release: under its recipient's link and password if there are any, or
    /// under new ones.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; [`NotebookError::WrongState`] for one that was withdrawn; randomness.
    pub(crate) fn ready_publication(&mut self, number: u32, new_password: bool) -> Result<ReadyPublication> {
        let known = self.find_release(number)?;
        if known.withdrawn_on.is_some() {
            return Err(NotebookError::WrongState("release was withdrawn"));
        }
        let shelf = self.shelf_of(&known.release)?;
        let link = match &shelf {
            Some(row) => row.link.clone(),
            None => Bytes(self.entropy().bytes::<LINK_BYTES>()?.to_vec()),
        };
        let (password, drawn) = match shelf {
            Some(row) if !new_password => (row.password, None),
            _ => {
                let drawn = publish::password(self.entropy().bytes::<PASSWORD_BYTES>()?);
                let salt = self.entropy().bytes::<16>()?;
                let hash = publish::hash_password(&drawn, &salt).map_err(|_| NotebookError::Internal("password"))?;
                (PasswordHash { salt: Bytes(salt.to_vec()), hash: Bytes(hash.to_vec()) }, Some(drawn))
            }
        };
        let publication = Publication { version: version::CURRENT, link, password, release: known.signed };
        Ok(ReadyPublication { publication, password: drawn })
    }

    /// Notes that a release lies on the server.
    ///
    /// # Errors
    /// As [`Notebook::save_desk_entry`].
    pub(crate) fn note_publication(&mut self, number: u32, sent: &Publication, moment: Moment) -> Result<()> {
        let on = operational_date(moment.now);
        let row = PublishedRow { number, link: sent.link.clone(), password: sent.password.clone(), on };
        self.save_desk_entry(DeskEntry::Published(row)).map(drop)
    }

    /// Notes that it does no more.
    ///
    /// # Errors
    /// As [`Notebook::save_desk_entry`].
    pub(crate) fn note_withdrawal(&mut self, number: u32, moment: Moment) -> Result<()> {
        self.save_desk_entry(DeskEntry::Withdrawn { number, on: operational_date(moment.now) }).map(drop)
    }

    /// Where the releases of this one's recipient lie, as it was said last.
    fn shelf_of(&self, release: &Release) -> Result<Option<PublishedRow>> {
        let releases = self.list_releases()?;
        let is_theirs = |number: u32| {
            releases.iter().any(|known| known.release.number == number && known.release.recipient == release.recipient)
        };
        let mut last: Option<(PublishedRow, u64)> = None;
        for entry in self.list_desk_entries()? {
            let DeskEntry::Published(row) = entry.envelope.entry else { continue };
            let is_later =
                last.as_ref().is_none_or(|(known, sequence)| (known.on, *sequence) <= (row.on, entry.sequence));
            if is_theirs(row.number) && is_later {
                last = Some((row, entry.sequence));
            }
        }
        Ok(last.map(|(row, _)| row))
    }
}
