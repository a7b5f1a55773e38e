//! A folder of copies: whatever of it is a source is read, each database from a copy of its own.

use super::Gathered;
use crate::crypto::seal::{SealFault, SealIdentity, is_sealed, open_file};
use crate::error::{NotebookError, Result, io_error};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Folders within folders, at most.
const DEPTH: usize = 4;
/// Bytes by which a file is told from others.
const BEGINNING: u64 = 64;
/// How a database of SQLite begins.
const DATABASE: &[u8] = b"SQLite format 3\0";
/// Names end so.
const NIGHT_FILE: &str = "uscita";

/// What a folder holds.
pub struct Folder {
    /// Everything sealed.
    pub gathered: Gathered,
    /// Files that look like a source and cannot be read, by their place in the folder.
    pub unread: Vec<String>,
}

impl Folder {
    /// Reads databases of servers, their sealed backups, journals and night files. What is none of them is passed over.
    ///
    /// # Errors
    /// [`NotebookError::NothingFound`] if there is no source; [`NotebookError::DiskFull`] if there is no room for copies.
    pub fn read(folder: &Path, identity: &SealIdentity) -> Result<Self> {
        let mut files = Vec::new();
        list(folder, DEPTH, &mut files);
        files.sort();
        let mut found = Self { gathered: Gathered::default(), unread: Vec::new() };
        let mut sources = 0_usize;
        for file in files {
            match add(&mut found.gathered, &file, identity) {
                Ok(true) => sources += 1,
                Ok(false) => {}
                Err(NotebookError::DiskFull) => return Err(NotebookError::DiskFull),
                Err(_) => {
                    let place = file.strip_prefix(folder).unwrap_or(&file);
                    found.unread.push(place.display().to_string());
                }
            }
        }
        if sources == 0 { Err(NotebookError::NothingFound) } else { Ok(found) }
    }
}

/// Every plain file. A folder that cannot be read holds nothing for us.
fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            Ok(kind) if kind.is_dir() && depth > 0 => list(&entry.path(), depth.saturating_sub(1), files),
            _ => {}
        }
    }
}

/// Adds a file, if it is a source. Gives whether it was.
fn add(gathered: &mut Gathered, file: &Path, identity: &SealIdentity) -> Result<bool> {
    let unreadable = io_error("a copy");
    if file.extension().is_some_and(|extension| extension == NIGHT_FILE) {
        return gathered.add_night_file(&fs::read(file).map_err(unreadable)?).map(|_| true);
    }
    let mut beginning = Vec::new();
    File::open(file).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning)).map_err(&unreadable)?;
    let is_backup = is_sealed(&beginning);
    if !is_backup && !beginning.starts_with(DATABASE) {
        return Ok(false);
    }
    let room = tempfile::tempdir().map_err(io_error("room for copies"))?;
    let copy = room.path().join("copy.db");
    if is_backup {
        let sealed = BufReader::new(File::open(file).map_err(&unreadable)?);
        let mut content = open_file(identity, sealed).map_err(NotebookError::from)?;
        let mut out = File::create(&copy).map_err(io_error("room for copies"))?;
        std::io::copy(&mut content, &mut out).map_err(|_| NotebookError::from(SealFault::Damaged))?;
    } else {
        fs::copy(file, &copy).map_err(&unreadable)?;
        if beside(file).exists() {
            fs::copy(beside(file), beside(&copy)).map_err(&unreadable)?;
        }
    }
    // A journal says whose it is; a server's database does not.
    let is_journal = gathered.add_journal(&copy);
    match is_journal {
        Ok(_) => Ok(true),
        Err(_) => gathered.add_mailbox(&copy).map(|_| true),
    }
}

/// What was written last, and is not in the database yet.
fn beside(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}
