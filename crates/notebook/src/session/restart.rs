//! A first start begun anew: the files of a device that nobody has confirmed are moved aside, never deleted.
//!
//! Its notebook goes first. From then on the device counts as new; what a crash left behind is moved before the next
//! enrolment writes anything.

use super::Session;
use crate::crypto::sync_folder;
use crate::error::{ErrorView, NotebookError, Result, io_error};
use crate::settings;
use crate::store;
use crate::view::{Nothing, SessionView};
use std::path::Path;

/// The folders of what was moved aside: this and a number.
const ASIDE: &str = "messo-da-parte-";
/// The folder while files are being moved.
const UNFINISHED: &str = "messo-da-parte.new";

impl Session {
    /// *Usa un codice nuovo*: moves the unconfirmed notebook aside, and begins anew. Refused once the device is
    /// confirmed, or has written anything.
    pub fn restart_enrolment(&self, _: Nothing) -> std::result::Result<SessionView, ErrorView> {
        let mut inner = self.inner();
        let notebook = inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
        if notebook.manifest().is_some() || !notebook.journal().is_empty()? {
            return Err(NotebookError::WrongState("this device is in use").into());
        }
        if let Some(notebook) = inner.notebook.take() {
            notebook.lock()?;
        }
        inner.handed_in = None;
        begin(self.data_dir())?;
        finish(self.data_dir())?;
        Ok(self.session_view(&inner)?)
    }
}

/// Moves the notebook. Until it has moved, nothing has happened.
fn begin(dir: &Path) -> Result<()> {
    let fault = io_error("folder of what is moved aside");
    let aside = dir.join(UNFINISHED);
    match std::fs::create_dir(&aside) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(fault(error)),
        _ => {}
    }
    // One that an interrupted start left has no notebook beside it here; `finish` has cleared it since.
    if aside.join(store::open::FILE).exists() {
        return Err(NotebookError::AlreadyExists("folder of what is moved aside"));
    }
    std::fs::rename(dir.join(store::open::FILE), aside.join(store::open::FILE)).map_err(&fault)?;
    sync_folder(&aside, "folder of what is moved aside")?;
    sync_folder(dir, "notebook folder")
}

/// Moves what is left of a notebook that has moved, and gives its folder the name it keeps. Does nothing otherwise.
pub(super) fn finish(dir: &Path) -> Result<()> {
    let aside = dir.join(UNFINISHED);
    if !aside.join(store::open::FILE).exists() || dir.join(store::open::FILE).exists() {
        return Ok(());
    }
    let fault = io_error("folder of what is moved aside");
    let mut taken = 0_u32;
    for entry in std::fs::read_dir(dir).map_err(&fault)? {
        let entry = entry.map_err(&fault)?;
        let name = entry.file_name();
        if entry.file_type().map_err(&fault)?.is_file() {
            if name != settings::FILE && name != store::lock::FILE {
                std::fs::rename(entry.path(), aside.join(&name)).map_err(&fault)?;
            }
        } else if let Some(number) = name.to_str().and_then(|name| name.strip_prefix(ASIDE)?.parse().ok()) {
            taken = taken.max(number);
        }
    }
    sync_folder(&aside, "folder of what is moved aside")?;
    std::fs::rename(&aside, dir.join(format!("{ASIDE}{}", taken.saturating_add(1)))).map_err(&fault)?;
    sync_folder(dir, "notebook folder")
}

#[cfg(test)]
mod tests {
    use super::{begin, finish};
    use std::collections::BTreeSet;
    use std::path::Path;

    const MOVED: [&str; 4] = ["notebook.db", "journal.db", "keyfile.a", "device-key.1"];

    fn fill(dir: &Path, content: &str) {
        for name in MOVED {
            std::fs::write(dir.join(name), content).unwrap();
        }
        std::fs::write(dir.join("settings.json"), "{}").unwrap();
        std::fs::write(dir.join("notebook.lock"), "").unwrap();
    }

    fn names(dir: &Path) -> BTreeSet<String> {
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn moves_everything_of_a_device_aside_and_keeps_every_earlier_one() {
        let dir = tempfile::tempdir().unwrap();
        for content in ["first", "second"] {
            fill(dir.path(), content);
            begin(dir.path()).unwrap();
            finish(dir.path()).unwrap();
        }
        let stays = ["messo-da-parte-1", "messo-da-parte-2", "notebook.lock", "settings.json"];
        assert_eq!(names(dir.path()), stays.map(str::to_owned).into());
        for (number, content) in [(1, "first"), (2, "second")] {
            let aside = dir.path().join(format!("messo-da-parte-{number}"));
            assert_eq!(names(&aside), MOVED.map(str::to_owned).into());
            assert_eq!(std::fs::read_to_string(aside.join("keyfile.a")).unwrap(), content);
        }
    }

    #[test]
    fn goes_on_after_a_crash_in_the_middle() {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), "half");
        begin(dir.path()).unwrap();
        assert!(dir.path().join("keyfile.a").exists() && !dir.path().join("notebook.db").exists());
        finish(dir.path()).unwrap();
        assert_eq!(names(&dir.path().join("messo-da-parte-1")), MOVED.map(str::to_owned).into());
    }

    #[test]
    fn touches_nothing_where_nothing_was_begun() {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), "in use");
        let before = names(dir.path());
        finish(dir.path()).unwrap();
        std::fs::create_dir(dir.path().join("messo-da-parte.new")).unwrap();
        finish(dir.path()).unwrap();
        assert!(names(dir.path()).is_superset(&before));
    }
}
