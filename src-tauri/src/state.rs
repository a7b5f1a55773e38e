//! What lives as long as the window: the session of its notebook.

use crate::launch::Launch;
use chrono::Utc;
#[cfg(not(target_os = "android"))]
use notebook::crypto::binder::FileBinder;
use notebook::crypto::binder::HardwareBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Session, SessionSetup};
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{App, AppHandle, Manager};

/// The folder inside the application's data: on Android that place is shared with the WebView.
const FOLDER: &str = "notebook";
/// The folder of the key in a file, where the system has none for state.
#[cfg(not(target_os = "android"))]
const KEYS: &str = "keys";
/// Android's own name for what stays on this phone.
const NO_BACKUP: &str = "no_backup";
/// The folder of files for others, where it is the application's own: `share_paths.xml` names it too.
const SHARED: &str = "shared";

/// Opens the session, with this device's clock and randomness, lets it send and lock by itself, and hands it to Tauri for
/// the commands.
///
/// # Errors
/// If the folder cannot be found, made or opened.
pub(crate) fn open_session(app: &App, launch: &Launch) -> Result<(), Box<dyn std::error::Error>> {
    let (data_dir, share_dir): (PathBuf, PathBuf) = match &launch.data_dir {
        Some(dir) => (dir.clone(), dir.join(SHARED)),
        None => (data_dir(app.handle())?, share_dir(app.handle())?),
    };
    let setup = SessionSetup {
        data_dir,
        share_dir,
        seat: launch.role.into(),
        clock: Arc::new(|| Moment::at(Utc::now())),
        entropy: Entropy::system(),
        binder: binder(app.handle(), launch)?,
    };
    let session = Session::open(setup)?;
    let handle = app.handle().clone();
    session.when_keys_are_gone(move || crate::window::clear_data(&handle))?;
    session.start_sending()?;
    session.start_guard()?;
    #[cfg(target_os = "android")]
    crate::device::lock_when_screen_is_off(app.handle(), &session)?;
    app.manage(session);
    Ok(())
}

/// The folder of the notebook where nobody names one. On Android that is below the folder that no backup and no transfer
/// to another phone takes along.
fn data_dir(app: &AppHandle) -> tauri::Result<PathBuf> {
    let own = app.path().app_data_dir()?;
    Ok(if cfg!(target_os = "android") { own.join(NO_BACKUP).join(FOLDER) } else { own.join(FOLDER) })
}

/// The key store of this phone.
#[cfg(target_os = "android")]
#[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
fn binder(app: &AppHandle, _launch: &Launch) -> tauri::Result<Arc<dyn HardwareBinder>> {
    Ok(crate::device::binder(app))
}

/// A key in a file, away from the notebook: whoever copies that folder cannot try PINs. Where the folder is named, the
/// key lies in it, so that it can be carried to another place whole.
#[cfg(not(target_os = "android"))]
fn binder(app: &AppHandle, launch: &Launch) -> tauri::Result<Arc<dyn HardwareBinder>> {
    let dir = launch.data_dir.clone().map_or_else(|| key_dir(app), Ok)?;
    Ok(Arc::new(FileBinder::new(&dir)))
}

/// The folder of the user's state (XDG Base Directory Specification) on Linux; elsewhere the data that stay on this
/// machine.
#[cfg(not(target_os = "android"))]
fn key_dir(app: &AppHandle) -> tauri::Result<PathBuf> {
    if !cfg!(target_os = "linux") {
        return Ok(app.path().app_local_data_dir()?.join(KEYS));
    }
    let named = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let state = named.map_or_else(|| app.path().home_dir().map(|home| home.join(".local/state")), Ok)?;
    Ok(state.join(&app.config().identifier))
}

/// Where files for others are put: the user's downloads; the cache on Android, and where there is no such folder.
pub(crate) fn share_dir(app: &AppHandle) -> tauri::Result<PathBuf> {
    let cache = || Ok(app.path().app_cache_dir()?.join(SHARED));
    if cfg!(target_os = "android") { cache() } else { app.path().download_dir().or_else(|_| cache()) }
}
