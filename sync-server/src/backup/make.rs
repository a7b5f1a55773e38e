//! One backup: copied, checked, sealed, sent, fetched back, compared, noted.

use super::check::{Contents, examine};
use super::fault::BackupFault;
use super::program::{self, Words};
use super::rotation::outdated;
use super::seal::Throwaway;
use super::{Backups, seal, trial};
use crate::disk::Room;
use crate::receipt_key;
use crate::store::Store;
use crate::store::backup::{Proved, Verified};
use crate::store::sqlite::copy::{Origin, put_origin};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use std::fs::{DirBuilder, File, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::path::{Path, PathBuf};

/// Where backups are made, in the data directory. Emptied before and after.
const FOLDER: &str = "backup.tmp";
/// Copies that lie on this host at once, at most: plain and sealed, then sealed and fetched; and room for what is written
/// meanwhile.
const COPIES: u64 = 3;
/// In a trial there are two more: what was opened, and what was started from.
const TRIAL_COPIES: u64 = 5;
const PLAIN: &str = "mailbox.db";
const SEALED: &str = "sealed.age";
const FETCHED: &str = "fetched.age";

/// A backup that lies elsewhere.
#[derive(Clone, Debug)]
pub struct Made {
    /// The file.
    pub file: Verified,
    /// What is in it.
    pub contents: Contents,
    /// Names of older ones that could not be removed.
    pub left: Vec<String>,
}

/// Makes a backup of a store. `data` is the data directory, with the server's key; the backup is made in it.
///
/// # Errors
/// [`BackupFault`]. Then nothing is noted, and `backed_up` has not moved.
pub async fn make(
    store: &dyn Store,
    data: &Path,
    backups: &Backups,
    now: DateTime<Utc>,
    words: Words,
) -> Result<Made, BackupFault> {
    let place = Place::new(data)?;
    let trial = trial::is_due(&store.backups().await.map_err(BackupFault::Note)?, now).then(Throwaway::new);
    let copies = if trial.is_some() { TRIAL_COPIES } else { COPIES };
    check_room(data, store.bytes().await.map_err(BackupFault::Copy)?.saturating_mul(copies))?;
    let plain = place.path(PLAIN);
    store.copy(plain.clone()).await.map_err(BackupFault::Copy)?;
    let prepared = prepare(data.to_owned(), place.folder.clone(), backups.clone(), trial, now).await?;
    let Prepared { contents, mut file, trial } = prepared;
    let sealed = place.path(&file.name);
    program::run("backup.send", &backups.send, &sealed, &file.name, words).await?;
    let fetched = place.path(FETCHED);
    program::run("backup.fetch", &backups.fetch, &fetched, &file.name, words).await?;
    let back = fetched.clone();
    let found = tokio::task::spawn_blocking(move || seal::digest(&back)).await.map_err(|_| BackupFault::Seal)?;
    if found? != (file.bytes, file.sha256) {
        return Err(BackupFault::Differs);
    }
    if let Some(key) = trial {
        file.tried = trial::run(key, fetched, place.folder.clone(), contents.clone(), now).await?;
    }
    let proved = Proved { file: file.clone(), held: contents.held.clone() };
    store.prove(proved).await.map_err(BackupFault::Note)?;
    let left = rotate(store, &place, backups, now, words).await?;
    Ok(Made { file, contents, left })
}

/// A backup must not fill the disk that the phones need. `needed` in bytes.
fn check_room(data: &Path, needed: u64) -> Result<(), BackupFault> {
    let needed_mib = needed / (1024 * 1024);
    match Room::of(data) {
        Some(room) if room.free_mib < needed_mib => Err(BackupFault::NoRoom { needed_mib }),
        _ => Ok(()),
    }
}

/// What is ready to be sent.
struct Prepared {
    contents: Contents,
    file: Verified,
    trial: Option<Throwaway>,
}

/// Checks and seals the copy in a folder, and removes it. Blocking work, on a thread for it.
async fn prepare(
    data: PathBuf,
    folder: PathBuf,
    backups: Backups,
    trial: Option<Throwaway>,
    now: DateTime<Utc>,
) -> Result<Prepared, BackupFault> {
    let work = move || {
        let (plain, sealed) = (folder.join(PLAIN), folder.join(SEALED));
        let key = data.join(receipt_key::FILE);
        let server_key = std::fs::read(&key).map_err(BackupFault::of(&key))?;
        put_origin(&plain, &Origin { made_at: now, server_key }).map_err(BackupFault::Copy)?;
        let contents = examine(&plain)?;
        if contents.broken > 0 {
            tracing::error!(code = "backup_broken", logs = contents.broken, "logs in the copy are not whole");
        }
        seal::seal(&backups.recipients, trial.as_ref(), &plain, &sealed)?;
        std::fs::remove_file(&plain).map_err(BackupFault::of(&plain))?;
        let (bytes, sha256) = seal::digest(&sealed)?;
        let mark = HEXLOWER.encode(sha256.0.first_chunk::<4>().unwrap_or(&[0; 4]));
        let name = format!("uscita-{}-{mark}.age", now.format("%Y%m%dT%H%M%SZ"));
        let named = folder.join(&name);
        std::fs::rename(&sealed, &named).map_err(BackupFault::of(&named))?;
        let file = Verified { name, made_at: now, bytes, sha256, tried: false };
        Ok(Prepared { contents, file, trial })
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| BackupFault::Seal)?
}

/// Removes what is too old; without a command for it, whoever keeps the files does. One that cannot be removed is tried
/// again after the next backup.
async fn rotate(
    store: &dyn Store,
    place: &Place,
    backups: &Backups,
    now: DateTime<Utc>,
    words: Words,
) -> Result<Vec<String>, BackupFault> {
    let mut left = Vec::new();
    for name in outdated(&store.backups().await.map_err(BackupFault::Note)?, now) {
        let removed = match &backups.remove {
            Some(remove) => program::run("backup.remove", remove, &place.path(&name), &name, words).await,
            None => Ok(()),
        };
        match removed {
            Ok(()) => store.forget_backup(name).await.map_err(BackupFault::Note)?,
            Err(fault) => {
                tracing::warn!(code = fault.code(), "an old backup was not removed");
                left.push(name);
            }
        }
    }
    Ok(left)
}

/// A folder for one backup at a time, empty at first and gone afterwards.
struct Place {
    folder: PathBuf,
    lock: File,
}

impl Place {
    fn new(data: &Path) -> Result<Self, BackupFault> {
        // The folder itself is what is locked: a file that root had made would not be the server's to open.
        let lock = File::open(data).map_err(BackupFault::of(data))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupFault::Busy),
            Err(TryLockError::Error(error)) => return Err(BackupFault::of(data)(error)),
        }
        let folder = data.join(FOLDER);
        // A run that was cut off left it.
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(BackupFault::of(&folder)(error)),
            _ => {}
        }
        DirBuilder::new().mode(0o700).create(&folder).map_err(BackupFault::of(&folder))?;
        // Whoever makes it, the server can remove it. The service itself may not ask for an owner, not even for its own.
        let owner = std::fs::metadata(data).map_err(BackupFault::of(data))?;
        let made = std::fs::metadata(&folder).map_err(BackupFault::of(&folder))?;
        if (made.uid(), made.gid()) != (owner.uid(), owner.gid()) {
            chown(&folder, Some(owner.uid()), Some(owner.gid())).map_err(BackupFault::of(&folder))?;
        }
        Ok(Self { folder, lock })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(kind = %error.kind(), "the folder of a backup is not removed");
        }
        // Closing it alone would not do: a process that is just being started holds a copy.
        if let Err(error) = self.lock.unlock() {
            tracing::warn!(kind = %error.kind(), "the lock of backups is not let go");
        }
    }
}
