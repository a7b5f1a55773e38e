//! Training (*esercitazione*, F27): a second notebook with a made-up programme, beside the real one and apart from it.
//!
//! | what | why it can do no harm |
//! |---|---|
//! | its folder is [`FOLDER`], inside the notebook's | it is removed only if [`remove`] recognises it; a real notebook never is |
//! | its data key is in memory only | a stolen phone cannot open it, nor take it for the real one |
//! | its journal has no server, and its admin's key is forgotten at once | nothing could send it, nobody could read it |
//!
//! The phone is a lead's, so that *Verifica* can be practised. The PINs are no secrets: the screens show them.

use crate::crypto::binder::FileBinder;
use crate::crypto::{DataKey, KdfParams, NewSecret, keyfile, sync_folder};
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result, io_error};
use crate::notebook::Notebook;
pub use crate::programme_new::create_alone;
use domain::alias::AliasWords;
use domain::programme::Programme;
use std::fs;
use std::io::Write;
use std::path::Path;

/// The folder, inside that of the real notebook.
pub const FOLDER: &str = "esercitazione";
/// The PIN that opens a training notebook.
pub const PIN: &str = "274916";
/// Its step-up PIN.
pub const REVIEW_PIN: &str = "60381947";
/// The file that tells a training folder from every other.
const MARKER: &str = "training";
const MARKER_TEXT: &[u8] = b"uscita/training/1\n";
const PROGRAMME: &str = include_str!("training/programme.json");

/// The made-up programme: quarters that do not exist, codes of nobody.
///
/// # Errors
/// [`NotebookError::Internal`] if the built-in file does not fit this version; a test reads it.
pub fn programme() -> Result<Programme> {
    let programme: Programme =
        serde_json::from_str(PROGRAMME).map_err(|_| NotebookError::Internal("training programme"))?;
    Ok(Programme { alias_words: AliasWords::italian().iter().map(str::to_owned).collect(), ..programme })
}

/// Begins anew: removes the training of before, and makes a notebook under `key` in `dir`, with the step-up PIN set.
///
/// # Errors
/// What [`remove`] and making a notebook give.
pub fn begin(dir: &Path, key: &DataKey, moment: Moment, entropy: &mut Entropy) -> Result<Notebook> {
    remove(dir)?;
    fs::create_dir(dir).map_err(io_error("training folder"))?;
    mark(dir)?;
    let secret = NewSecret::review_pin(REVIEW_PIN, PIN)?;
    keyfile::REVIEW.create(dir, &secret, KdfParams::FLOOR, &FileBinder::new(dir), entropy)?;
    create_alone(dir, key, programme()?, moment, entropy.branch()?)
}

/// Writes the marker so that a power cut leaves it before anything else: without it the folder would stay for ever.
fn mark(dir: &Path) -> Result<()> {
    let fault = io_error("training folder");
    let mut marker = fs::File::create_new(dir.join(MARKER)).map_err(&fault)?;
    marker.write_all(MARKER_TEXT).and_then(|()| marker.sync_all()).map_err(&fault)?;
    sync_folder(dir, "training folder")?;
    dir.parent().map_or(Ok(()), |parent| sync_folder(parent, "training folder"))
}

/// Removes the folder of an earlier training, if there is one. It must be a folder itself, carry the marker, hold
/// nothing but plain files, and no keyfile: a notebook that a PIN opens is never a training.
///
/// # Errors
/// [`NotebookError::AlreadyExists`] if it is anything else, and then nothing is touched; the disk.
pub fn remove(dir: &Path) -> Result<()> {
    let fault = io_error("training folder");
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fault(error)),
        Ok(found) if !found.is_dir() => return Err(NotebookError::AlreadyExists("training folder")),
        Ok(_) => {}
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(&fault)? {
        let entry = entry.map_err(&fault)?;
        if !entry.file_type().map_err(&fault)?.is_file() {
            return Err(NotebookError::AlreadyExists("training folder"));
        }
        files.push(entry.path());
    }
    // A crash right after the folder was made, or right before it went, leaves it empty.
    if !files.is_empty() && !is_training(dir) {
        return Err(NotebookError::AlreadyExists("training folder"));
    }
    // The marker last: what is interrupted is still recognised.
    files.sort_by_key(|file| file.ends_with(MARKER));
    for file in files {
        fs::remove_file(file).map_err(&fault)?;
    }
    fs::remove_dir(dir).map_err(fault)
}

/// A power cut may have left the marker empty.
fn is_training(dir: &Path) -> bool {
    let is_marker = |text: Vec<u8>| text.is_empty() || text == MARKER_TEXT;
    fs::read(dir.join(MARKER)).is_ok_and(is_marker) && !keyfile::UNLOCK.exists(dir)
}

#[cfg(test)]
mod tests;
