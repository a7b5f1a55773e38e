//! The one command: what the user interface asks, the session answers.

use notebook::command::Command;
use notebook::error::ErrorView;
use notebook::session::Session;
use serde_json::Value;
use std::sync::Arc;
use tauri::State;

/// Hands one command of the user interface to the session.
///
/// # Errors
/// A code and its parameters, which the user interface turns into a sentence.
#[tauri::command]
pub(crate) async fn core(session: State<'_, Arc<Session>>, command: Command) -> Result<Value, ErrorView> {
    session.handle(command).await
}
