//! One process per notebook.

use crate::error::{NotebookError, Result, io_error};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The file inside the notebook's folder.
pub(crate) const FILE: &str = "notebook.lock";

/// Held while a notebook is open. The system releases it when the process ends, however it ends.
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock, or says at once that another holds it.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let fault = io_error("lock file");
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(dir.join(FILE)).map_err(&fault)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(NotebookError::Busy),
            Err(TryLockError::Error(error)) => Err(fault(error)),
        }
    }
}
