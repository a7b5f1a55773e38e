//! Releases (*rilasci*): making them, the ledger that all desks share, and what publishing one takes.
//!
//! A release is an entry of the night-log stream, with the counts behind it, so every coordinator's desk knows what was
//! given, to whom, and where it lies. Two desks that make one at the same time without knowing of each other give them one
//! number; the server takes the first that comes. The other one's document is made again, under the next number
//! ([`History`]).

use super::period::{self, Outing};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::{StoredDeskEntry, desk_entry};
use crate::view::ToComeView;
use chrono::NaiveDate;
use domain::indicator::{Crossed, Tally};
use domain::release::history::{Given, History};
use domain::release::make::{Counter, Draft, Stamp, Wish, make_with};
use domain::release::{Release, SignedRelease, release_message};
use domain::sync::chain::Bytes;
use domain::sync::night_log::{DeskEntry, PublishedRow, ReleasedRow};
use domain::sync::publish::{self, LINK_BYTES, PASSWORD_BYTES, PasswordHash, Publication};
use domain::sync::version;
use domain::time::{Period, Span, operational_date};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

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
    /// Another desk's document has its number, and this one is not the published one.
    pub contested: bool,
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
        let (mut given, mut published) = (Vec::new(), BTreeSet::new());
        for entry in self.list_release_entries()? {
            match entry.envelope.entry {
                DeskEntry::Released(row) => {
                    let release = row.signed.read().map_err(|_| NotebookError::Damaged("a release"))?;
                    given.push(Given { release, exact: row.exact });
                }
                DeskEntry::Published(row) => drop(published.insert((row.number, row.desk))),
                _ => {}
            }
        }
        Ok(History::new(given).published(published))
    }

    /// The entries about releases, by device and sequence.
    fn list_release_entries(&self) -> Result<Vec<StoredDeskEntry>> {
        let connection = self.store.connection();
        let mut entries = Vec::new();
        for kind in ["released", "published", "withdrawn"] {
            entries.extend(desk_entry::list_of_kind(connection, kind)?);
        }
        entries.sort_by_key(|entry| (entry.device, entry.sequence));
        Ok(entries)
    }

    /// The next release as it would be; nothing is written.
    ///
    /// # Errors
    /// [`NotebookError::Release`]; [`NotebookError::NotEnrolled`]; if the file cannot be read.
    pub fn draft_release(&self, wish: &Wish, moment: Moment) -> Result<Draft> {
        let manifest = self.manifest().ok_or(NotebookError::NotEnrolled)?.number;
        let stamp = Stamp { desk: self.device(), manifest, today: operational_date(moment.now) };
        let (known, failed) = (RefCell::new(HashMap::new()), RefCell::new(None));
        let count = |period: Period| -> Tally {
            let mut known = known.borrow_mut();
            let counted = known.entry(period).or_insert_with(|| match self.tally(period) {
                Ok(tally) => tally,
                Err(error) => {
                    failed.borrow_mut().get_or_insert(error);
                    Tally::default()
                }
            });
            counted.clone()
        };
        let crossed = |period: Period| -> Crossed {
            self.crossed(period).unwrap_or_else(|error| {
                failed.borrow_mut().get_or_insert(error);
                Crossed::default()
            })
        };
        let counter = Counter { tally: &count, crossed: &crossed };
        let made = make_with(&counter, self.programme()?, &self.release_history()?, wish, &stamp);
        // Of what could not be read nothing is made.
        failed.into_inner().map_or(Ok(()), Err)?;
        Ok(made?)
    }

    /// The nights that the next release would go out without: what is given of persons stays as it was given. A correction
    /// repeats it, so it waits for nothing.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`]; if the file cannot be read.
    pub fn nights_to_come(&self, wish: &Wish, moment: Moment) -> Result<Option<ToComeView>> {
        let (first, last) = wish.period.bounds();
        let Some(span) = Span::new(first.monday(), last.sunday()).filter(|_| !wish.correct) else { return Ok(None) };
        let today = operational_date(moment.now);
        let outings = |span: Span| -> Result<Vec<Outing>> {
            Ok(period::calendar(&self.planned(span)?, &self.counted_nights(span)?, span, today))
        };
        let later = span.last().succ_opt().and_then(|first| Span::new(first, today));
        let later = later.map_or(Ok(Vec::new()), outings)?;
        Ok(period::to_come(&outings(span)?, &later, &self.unsigned()?, span, today))
    }

    /// Makes the next release, signs it, and writes it where all desks read it. From then on it stays as it is.
    /// `incomplete` says that it is to go out without the nights that are still to come.
    ///
    /// # Errors
    /// As [`Notebook::draft_release`] and [`Notebook::save_desk_entry`]; [`NotebookError::NightsToCome`].
    pub fn make_release(&mut self, wish: &Wish, incomplete: bool, moment: Moment) -> Result<Draft> {
        let draft = self.draft_release(wish, moment)?;
        if !incomplete && self.nights_to_come(wish, moment)?.is_some() {
            return Err(NotebookError::NightsToCome);
        }
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
        let history = self.release_history()?;
        for entry in self.list_release_entries()? {
            match entry.envelope.entry {
                DeskEntry::Released(ReleasedRow { signed, .. }) => {
                    let release = signed.read().map_err(|_| NotebookError::Damaged("a release"))?;
                    let contested = history.is_contested(&release);
                    let (path, published_on, withdrawn_on) = (None, None, None);
                    known.push(KnownRelease { signed, release, path, published_on, withdrawn_on, contested });
                }
                DeskEntry::Published(row) => published.push(row),
                DeskEntry::Withdrawn { number, on } => withdrawn.push((number, on)),
                _ => {}
            }
        }
        known.sort_by_key(|a| (a.release.number, a.release.desk.0));
        published.sort_by_key(|row: &PublishedRow| row.on);
        for known in &mut known {
            let release = &known.release;
            let row = published.iter().rev().find(|row| (row.number, row.desk) == (release.number, release.desk));
            known.published_on = row.map(|row| row.on);
            known.path = row.map(|row| publish::path(&row.link.0));
            // The server withdraws what it has under a number.
            let withdrawn = withdrawn.iter().find(|(number, _)| *number == release.number);
            known.withdrawn_on = withdrawn.filter(|_| row.is_some()).map(|(_, on)| *on);
        }
        Ok(known)
    }

    /// The release of this number. Of two, the published one; then this desk's own.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; if the file cannot be read.
    pub fn find_release(&self, number: u32) -> Result<KnownRelease> {
        let own = self.device();
        let releases = self.list_releases()?.into_iter().filter(|known| known.release.number == number);
        releases
            .min_by_key(|known| (known.published_on.is_none(), known.release.desk != own))
            .ok_or(NotebookError::NotFound("release"))
    }

    /// The release of this number that is not some other desk's.
    ///
    /// # Errors
    /// As [`Notebook::find_release`]; [`NotebookError::ReleaseNumberTaken`] when this desk made one of this number that
    /// nobody made again, and another desk has published its own.
    fn find_undisputed(&self, number: u32) -> Result<KnownRelease> {
        let found = self.find_release(number)?;
        let history = self.release_history()?;
        let own = self.device();
        let is_displaced = |known: &KnownRelease| {
            known.release.number == number
                && known.release.desk == own
                && known.contested
                && history.find(&known.release.recipient, &known.release.period).is_none()
        };
        let is_taken = found.release.desk != own && self.list_releases()?.iter().any(is_displaced);
        if is_taken { Err(NotebookError::ReleaseNumberTaken) } else { Ok(found) }
    }

    /// What the server must be sent to publish a release: under its recipient's link and password if there are any, or
    /// under new ones.
    ///
    /// # Errors
    /// [`NotebookError::NotFound`]; [`NotebookError::ReleaseNumberTaken`]; [`NotebookError::ReleaseWithdrawn`];
    /// randomness.
    pub(crate) fn ready_publication(&mut self, number: u32, new_password: bool) -> Result<ReadyPublication> {
        let known = self.find_undisputed(number)?;
        if known.withdrawn_on.is_some() {
            return Err(NotebookError::ReleaseWithdrawn);
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
    pub(crate) fn note_publication(&mut self, sent: &Publication, moment: Moment) -> Result<()> {
        let on = operational_date(moment.now);
        let Release { number, desk, .. } = sent.release.read().map_err(|_| NotebookError::Damaged("a release"))?;
        let row = PublishedRow { number, desk, link: sent.link.clone(), password: sent.password.clone(), on };
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
        let is_theirs = |row: &PublishedRow| {
            let is_it = |known: &&KnownRelease| (known.release.number, known.release.desk) == (row.number, row.desk);
            releases.iter().find(is_it).is_some_and(|known| known.release.recipient == release.recipient)
        };
        let mut last: Option<(PublishedRow, u64)> = None;
        for entry in self.list_release_entries()? {
            let DeskEntry::Published(row) = entry.envelope.entry else { continue };
            let is_later =
                last.as_ref().is_none_or(|(known, sequence)| (known.on, *sequence) <= (row.on, entry.sequence));
            if is_theirs(&row) && is_later {
                last = Some((row, entry.sequence));
            }
        }
        Ok(last.map(|(row, _)| row))
    }
}
