//! One process per notebook.

use crate::error::{NotebookError, Result, io_error};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

/// The file inside the notebook's folder.
pub(crate) const FILE: &str = "notebook.lock";

/// How often the lock is tried for, and how long after each other: a program that this process starts holds it too,
/// from its fork until its own code is loaded, even when the notebook has been closed meanwhile.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// Held while a notebook is open. The system releases it when the process ends, however it ends.
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock, or says within a tenth of a second that another holds it.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let fault = io_error("lock file");
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(dir.join(FILE)).map_err(&fault)?;
        let mut tries = 1;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if tries < TRIES => std::thread::sleep(BETWEEN_TRIES),
                Err(TryLockError::WouldBlock) => return Err(NotebookError::Busy),
                Err(TryLockError::Error(error)) => return Err(fault(error)),
            }
            tries += 1;
        }
    }
}
