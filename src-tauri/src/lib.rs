//! The window: a thin Tauri shell around the notebook.
//!
//! It holds no rule, no SQL, no key and no network. It opens one window, owns one
//! [`notebook::command::Session`], and hands each [`notebook::command::Command`] of the user interface
//! to it. The same shell is the phone and the desk; [`Launch`] says which.

mod commands;
#[cfg(target_os = "android")]
mod device;
mod launch;
#[cfg(any(target_os = "android", test))]
mod share;
mod state;
mod window;

pub use launch::Launch;
use zeroizing_alloc::ZeroAlloc;

/// Memory that is given back is cleared first.
#[global_allocator]
static MEMORY: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// Opens the phone with its standard folder: the entry point on Android.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    if start(Launch::default()).is_err() {
        // There is no caller to tell on a phone; an error's own text may name files, and the log is not ours alone.
        eprintln!("uscita-app: the window cannot be opened");
    }
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// If the WebView or the folder of the notebook cannot be opened, or the process cannot be closed against being read.
pub fn start(launch: Launch) -> tauri::Result<()> {
    let runtime = notebook::process::close()
        .and_then(|()| notebook::process::runtime())
        .map_err(|error| tauri::Error::Setup(Box::<dyn std::error::Error>::from(error).into()))?;
    tauri::async_runtime::set(runtime.handle().clone());
    let builder = tauri::Builder::default();
    #[cfg(target_os = "android")]
    let builder = builder.plugin(device::plugin());
    builder
        .setup(move |app| {
            state::open_session(app, &launch)?;
            window::open(app, launch.role)?;
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![commands::core])
        .run(tauri::generate_context!())
}
