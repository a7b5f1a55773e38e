//! Replacing a small file so that a crash leaves either the old or the new one.

use crate::error::{Result, io_error};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Writes `name` in `dir`: new file, fsync, rename, fsync of the folder. Readable by its owner only.
pub(crate) fn replace(dir: &Path, name: &str, bytes: &[u8], place: &'static str) -> Result<()> {
    let fault = io_error(place);
    let fresh = dir.join(format!("{name}.new"));
    let mut file = private(OpenOptions::new().write(true).create(true).truncate(true)).open(&fresh).map_err(&fault)?;
    file.write_all(bytes).map_err(&fault)?;
    file.sync_all().map_err(&fault)?;
    drop(file);
    std::fs::rename(&fresh, dir.join(name)).map_err(&fault)?;
    sync_folder(dir, place)
}

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
