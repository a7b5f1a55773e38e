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

/// Opens the session, with this device's clock and randomness, lets it send by itself, and hands it to Tauri for the
/// commands.
///
/// # Errors
/// If the folder cannot be found, made or opened.
pub(crate) fn open_session(app: &App, launch: &Launch) -> Result<(), Box<dyn std::error::Error>> {
    let data_dir: PathBuf = match &launch.data_dir {
        Some(dir) => dir.clone(),
        None => app.path().app_data_dir()?.join(FOLDER),
    };
    let session = Session::open(SessionSetup {
        data_dir,
        seat: launch.role.into(),
        clock: Arc::new(|| Moment::at(Utc::now())),
        entropy: Entropy::system(),
    })?;
    session.start_sending()?;
    app.manage(session);
    Ok(())
}
