//! Copies of databases: `SQLite` finishes what a crash left half written, and that must not happen to the only file.

use crate::failure::Failure;
use notebook::crypto::seal::{SealFault, SealIdentity, is_sealed, open_file};
use notebook::error::NotebookError;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

/// A database copied to a folder of its own, removed when this is let go.
#[derive(Debug)]
pub struct Staged {
    folder: tempfile::TempDir,
}

impl Staged {
    /// Copies a database with the `-wal` beside it. A folder means the file of this name in it.
    ///
    /// # Errors
    /// [`Failure::Unreadable`], [`Failure::Unwritable`].
    pub fn of(given: &Path, name: &str) -> Result<Self, Failure> {
        let source = if given.is_dir() { given.join(name) } else { given.to_owned() };
        let no_room = |_| Failure::Unwritable(std::env::temp_dir());
        let folder = tempfile::tempdir().map_err(no_room)?;
        let staged = Self { folder };
        let bytes = std::fs::read(&source).map_err(|_| Failure::Unreadable(source.clone()))?;
        std::fs::write(staged.path(), bytes).map_err(no_room)?;
        match std::fs::read(beside(&source)) {
            Ok(bytes) => std::fs::write(beside(&staged.path()), bytes).map_err(no_room)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(_) => return Err(Failure::Unreadable(beside(&source))),
        }
        Ok(staged)
    }

    /// As [`Staged::of`], of a server's database or of its sealed backup, which the identity opens.
    ///
    /// # Errors
    /// As [`Staged::of`]; [`Failure::Notebook`] if it is sealed to others or damaged.
    pub fn of_backup(given: &Path, name: &str, identity: &SealIdentity) -> Result<Self, Failure> {
        let source = if given.is_dir() { given.join(name) } else { given.to_owned() };
        let unreadable = |_| Failure::Unreadable(source.clone());
        let mut beginning = Vec::new();
        File::open(&source).and_then(|file| file.take(64).read_to_end(&mut beginning)).map_err(unreadable)?;
        if !is_sealed(&beginning) {
            return Self::of(given, name);
        }
        let no_room = |_| Failure::Unwritable(std::env::temp_dir());
        let staged = Self { folder: tempfile::tempdir().map_err(no_room)? };
        let sealed = BufReader::new(File::open(&source).map_err(unreadable)?);
        let mut content = open_file(identity, sealed).map_err(NotebookError::from)?;
        let mut copy = File::create(staged.path()).map_err(no_room)?;
        let mut portion = vec![0; 64 * 1024];
        loop {
            let read = content.read(&mut portion).map_err(|_| NotebookError::from(SealFault::Damaged))?;
            if read == 0 {
                return Ok(staged);
            }
            copy.write_all(portion.get(..read).unwrap_or_default()).map_err(no_room)?;
        }
    }

    /// The copy.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("copy.db")
    }
}

/// What was written last, and is not in the database yet.
fn beside(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_what_was_written_last_and_leaves_the_original_alone() {
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join("journal.db");
        std::fs::write(&journal, b"database").unwrap();
        std::fs::write(folder.path().join("journal.db-wal"), b"log").unwrap();
        for given in [journal.as_path(), folder.path()] {
            let staged = Staged::of(given, "journal.db").unwrap();
            std::fs::write(staged.path(), b"changed").unwrap();
            assert_eq!(std::fs::read(beside(&staged.path())).unwrap(), b"log");
            assert_eq!(std::fs::read(&journal).unwrap(), b"database");
        }
        assert!(matches!(Staged::of(&folder.path().join("none"), "journal.db"), Err(Failure::Unreadable(_))));
    }
}
