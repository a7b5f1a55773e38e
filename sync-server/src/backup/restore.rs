//! The way back: opening a sealed backup, verifying it, starting from it.

use super::check::{Contents, examine};
use super::fault::BackupFault;
use super::seal::{self, Identity};
use crate::config::Database;
use crate::fault::StartFault;
use crate::receipt_key::{self, ReceiptKey};
use crate::store::sqlite::{self, copy, open as schema};
use crate::store::{Store, postgres};
use chrono::{DateTime, TimeDelta, Utc};
use domain::sync::audit::{AuditKind, Note};
use std::fs::{DirBuilder, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// How long a backup is kept, and a day.
const KEPT: TimeDelta = TimeDelta::days(31);
const PLAIN: &str = "mailbox.db";

/// A backup that was opened and is whole. What was opened goes when this is dropped.
pub struct Opened {
    folder: PathBuf,
    origin: copy::Origin,
    /// What it holds.
    pub contents: Contents,
}

/// Opens a sealed backup with the identity in a file, beside the place where it will go, and checks all of it: seal,
/// version, migrations, pages, references, every chain.
///
/// # Errors
/// [`BackupFault`]. Nothing is left behind.
pub fn open(file: &Path, identity: &Path, beside: &Path) -> Result<Opened, BackupFault> {
    open_with(&seal::read_identity(identity)?, file, beside)
}

/// As [`open`], with an identity that is in no file.
///
/// # Errors
/// [`BackupFault`]. Nothing is left behind.
pub fn open_with(identity: &Identity, file: &Path, beside: &Path) -> Result<Opened, BackupFault> {
    let folder = beside.join(format!(".uscita-restore-{}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&folder).map_err(BackupFault::of(&folder))?;
    let checked = check(file, identity, &folder.join(PLAIN));
    if checked.is_err() {
        remove(&folder);
    }
    let (origin, contents) = checked?;
    Ok(Opened { folder, origin, contents })
}

fn check(file: &Path, identity: &Identity, plain: &Path) -> Result<(copy::Origin, Contents), BackupFault> {
    seal::open(identity, file, plain)?;
    let found = copy::connect(plain).and_then(|connection| {
        copy::check_pages(&connection)?;
        Ok((copy::version(&connection)?, copy::origin(&connection)?))
    });
    let (found, origin) = found.map_err(|_| BackupFault::Damaged)?;
    let known = schema::known_version();
    if found > known {
        return Err(BackupFault::TooNew { found, known });
    }
    let origin = origin.filter(|origin| ReceiptKey::of(&origin.server_key).is_some()).ok_or(BackupFault::Damaged)?;
    schema::bring_up(plain).map_err(|_| BackupFault::Damaged)?;
    let contents = examine(plain)?;
    match contents.broken {
        0 => Ok((origin, contents)),
        logs => Err(BackupFault::Broken { logs }),
    }
}

impl Opened {
    /// Makes a new data directory of it; on `PostgreSQL` the directory has the key, and the database the rest. What the
    /// server gives out from now on begins behind everything that was given out.
    ///
    /// # Errors
    /// [`BackupFault::NotEmpty`], or that it cannot be written. Then nothing of it counts; the server's key may be there,
    /// and is no hindrance to a second try.
    pub fn into_place(self, data: &Path, database: &Database, now: DateTime<Utc>) -> Result<Contents, BackupFault> {
        let failed = BackupFault::of(data);
        DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(failed)?;
        if !self.has_room_in(data).map_err(BackupFault::of(data))? {
            return Err(BackupFault::NotEmpty { path: data.to_owned() });
        }
        // Always before the database: one without its key would be of no use, and a server would make itself another.
        let place_key = || ReceiptKey::put_back(data, &self.origin.server_key);
        let plain = self.folder.join(PLAIN);
        let begin = self.begin(now);
        match database {
            Database::Sqlite => {
                copy::begin_anew(&plain, begin).map_err(BackupFault::Copy)?;
                place_key()?;
                let target = data.join(schema::FILE);
                copy_file(&plain, &target)?;
            }
            Database::Postgres(settings) => {
                let key = ReceiptKey::of(&self.origin.server_key).ok_or(BackupFault::Damaged)?.public();
                let connection = copy::connect(&plain).map_err(BackupFault::Copy)?;
                postgres::restore::restore(settings, self.contents.programme, connection, &key, begin, place_key)?;
            }
        }
        std::fs::File::open(data).and_then(|folder| folder.sync_all()).map_err(BackupFault::of(data))?;
        let opened = match database {
            Database::Sqlite => sqlite::open(data, self.contents.programme, begin).map_err(StartFault::from)?,
            Database::Postgres(settings) => postgres::open::open(settings, self.contents.programme, data, begin)?,
        };
        note(opened.store.as_ref(), now)?;
        Ok(self.contents.clone())
    }

    /// When the server begins, for its cursors and its epoch. A clock that is behind the backup says nothing: then it is
    /// after every start that the former server can have had while the backup was kept.
    fn begin(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let made_at = self.origin.made_at;
        if now < made_at { made_at.checked_add_signed(KEPT).unwrap_or(made_at) } else { now }
    }

    /// Whether there is nothing in a directory but this server's key: of a try that ended behind it.
    fn has_room_in(&self, data: &Path) -> std::io::Result<bool> {
        for entry in std::fs::read_dir(data)? {
            let entry = entry?;
            let is_key = entry.file_name() == receipt_key::FILE && entry.file_type()?.is_file();
            if !is_key || std::fs::read(entry.path())? != self.origin.server_key {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}

/// The record tells that it went back.
fn note(store: &dyn Store, now: DateTime<Utc>) -> Result<(), BackupFault> {
    let note = Note { day: now.date_naive(), kind: AuditKind::Restored, device: None, about: None, value: None };
    postgres::open::apart(async { Ok(store.note(vec![note]).await?) }).map_err(BackupFault::Start)
}

fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder) {
        tracing::warn!(kind = %error.kind(), "an opened backup is not removed");
    }
}

fn copy_file(from: &Path, to: &Path) -> Result<(), BackupFault> {
    let mut source = std::fs::File::open(from).map_err(BackupFault::of(from))?;
    let mut target =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(BackupFault::of(to))?;
    std::io::copy(&mut source, &mut target).and_then(|_| target.sync_all()).map_err(BackupFault::of(to))
}
