//! Replacing a small file so that a crash leaves either the old or the new one.

use crate::error::{Result, io_error};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Writes `name` in `dir`: new file, fsync, rename, fsync of the folder. Readable by its owner only.
pub(crate) fn replace(dir: &Path, name: &str, bytes: &[u8], place: &'static str) -> Result<()> {
    let fault = io_error(place);
    let fresh = leftover(dir, name);
    step(place)?;
    let mut file = private(OpenOptions::new().write(true).create(true).truncate(true)).open(&fresh).map_err(&fault)?;
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    step(place)?;
    file.write_all(first).map_err(&fault)?;
    step(place)?;
    file.write_all(rest).map_err(&fault)?;
    step(place)?;
    file.sync_all().map_err(&fault)?;
    drop(file);
    step(place)?;
    std::fs::rename(&fresh, dir.join(name)).map_err(&fault)?;
    step(place)?;
    sync_folder(dir, place)
}

/// Overwrites `name` and what a crash may have left of its replacement with zeros, and removes them. That they are not
/// there is no failure; a failure at one does not spare the other.
///
/// On flash the old blocks may survive the overwriting: what was in them must be worth nothing without another key.
pub(crate) fn shred(dir: &Path, name: &str, place: &'static str) -> Result<()> {
    let [one, other] = [dir.join(name), leftover(dir, name)].map(|path| shred_file(&path, place));
    one.and(other)
}

fn shred_file(path: &Path, place: &'static str) -> Result<()> {
    let fault = io_error(place);
    step(place)?;
    match OpenOptions::new().write(true).open(path) {
        Ok(mut file) => {
            let length = file.metadata().map_err(&fault)?.len();
            step(place)?;
            std::io::copy(&mut std::io::repeat(0).take(length), &mut file).map_err(&fault)?;
            step(place)?;
            file.sync_all().map_err(&fault)?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fault(error)),
    }
    step(place)?;
    std::fs::remove_file(path).map_err(&fault)
}

fn leftover(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}.new"))
}

/// One operation on a file is about to be made. Tests let the power fail here.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "fails in tests")]
pub(super) const fn step(_place: &'static str) -> Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use cut::step;

/// Makes creations and renames in a folder durable.
pub(crate) fn sync_folder(dir: &Path, place: &'static str) -> Result<()> {
    File::open(dir).and_then(|folder| folder.sync_all()).map_err(io_error(place))
}

/// Makes the folder the owner's alone: SQLite gives its own files the rights of the process, the folder closes them all.
pub(crate) fn close_folder(dir: &Path, place: &'static str) -> Result<()> {
    #[cfg(unix)]
    {
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(dir, owner_only).map_err(io_error(place))?;
    }
    Ok(())
}

/// Options that give a new file mode 0600.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Power cuts for tests: on the thread that asks for one.
#[cfg(test)]
pub(super) mod cut {
    use crate::error::{NotebookError, Result};
    use std::cell::Cell;

    thread_local! {
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// Runs `work` with a power cut before its `n`-th operation on a file (the first is 0) and every later one.
    pub(in crate::crypto) fn at<T>(n: u32, work: impl FnOnce() -> T) -> T {
        LEFT.set(Some(n));
        let done = work();
        LEFT.set(None);
        done
    }

    /// As the real one.
    pub(in crate::crypto) fn step(place: &'static str) -> Result<()> {
        match LEFT.get() {
            Some(0) => Err(NotebookError::Unreadable(place)),
            Some(left) => {
                LEFT.set(Some(left - 1));
                Ok(())
            }
            None => Ok(()),
        }
    }
}
