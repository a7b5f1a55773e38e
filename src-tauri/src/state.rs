//! What lives as long as the window: the session of its notebook.

use crate::launch::Launch;
use chrono::Utc;
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Session, SessionSetup};
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{App, Manager};

/// The folder inside the application's data: on Android that place is shared with the WebView.
const FOLDER: &str = "notebook";
/// The folder of files for others, where it is the application's own.
const SHARED: &str = "shared";

/// Opens the session, with this device's clock and randomness, lets it send by itself, and hands it to Tauri for the
/// commands.
///
/// # Errors
/// If the folder cannot be found, made or opened.
pub(crate) fn open_session(app: &App, launch: &Launch) -> Result<(), Box<dyn std::error::Error>> {
    let (data_dir, share_dir): (PathBuf, PathBuf) = match &launch.data_dir {
        Some(dir) => (dir.clone(), dir.join(SHARED)),
        None => (app.path().app_data_dir()?.join(FOLDER), share_dir(app)?),
    };
    let session = Session::open(SessionSetup {
        data_dir,
        share_dir,
        seat: launch.role.into(),
        clock: Arc::new(|| Moment::at(Utc::now())),
        entropy: Entropy::system(),
    })?;
    session.start_sending()?;
    app.manage(session);
    Ok(())
}

/// Where files for others are put: the user's downloads; the cache on Android, and where there is no such folder.
fn share_dir(app: &App) -> tauri::Result<PathBuf> {
    if cfg!(target_os = "android") {
        return Ok(app.path().app_cache_dir()?.join(SHARED));
    }
    app.path().download_dir().or_else(|_| Ok(app.path().app_cache_dir()?.join(SHARED)))
}
