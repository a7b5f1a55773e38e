//! The window: a thin Tauri shell around the notebook.
//!
//! It holds no rule, no SQL, no key and no network. It opens one window, owns one
//! [`notebook::command::Session`], and hands each [`notebook::command::Command`] of the user interface
//! to it. The same shell is the phone and the desk; [`Launch`] says which.

mod commands;
mod launch;
mod state;
mod window;

pub use launch::Launch;

/// Opens the phone with its standard folder: the entry point on Android.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    if let Err(error) = start(Launch::default()) {
        // There is no caller to tell on a phone; the code says what happened, without content.
        eprintln!("uscita-app: {error}");
    }
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// If the WebView or the folder of the notebook cannot be opened.
pub fn start(launch: Launch) -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(move |app| {
            state::open_session(app, &launch)?;
            window::open(app, launch.role)?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![commands::core])
        .run(tauri::generate_context!())
}
