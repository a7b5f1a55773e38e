//! The one command: what the user interface asks, the session answers.

use notebook::command::Command;
use notebook::error::ErrorView;
use notebook::session::Session;
use serde_json::Value;
use std::sync::Arc;
use tauri::{AppHandle, Manager};

/// Hands one command of the user interface to the session.
///
/// # Errors
/// A code and its parameters, which the user interface turns into a sentence.
#[tauri::command]
pub(crate) async fn core(app: AppHandle, command: Command) -> Result<Value, ErrorView> {
    let session = Arc::clone(app.state::<Arc<Session>>().inner());
    #[cfg(target_os = "android")]
    let wish = crate::device::Wish::of(&command);
    let answer = session.handle(command).await?;
    #[cfg(target_os = "android")]
    wish.fulfil(&app, &answer).await?;
    Ok(answer)
}
