//! The in-tree plugin `device`: what only Android can do, asked of Kotlin (`gen/android`, `DevicePlugin.kt`).
//!
//! No page can call it: the capability names the notebook's command alone.

use crate::share::file_for_others;
use crate::state::share_dir;
use data_encoding::BASE64;
use notebook::command::Command;
use notebook::crypto::binder::{HardwareBinder, KeyLevel};
use notebook::error::{NotebookError, Result};
use notebook::session::Session;
use notebook::settings::LauncherEntry;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::plugin::{Builder, PluginHandle, TauriPlugin};
use tauri::{AppHandle, Manager, Wry};

/// Where the Kotlin class lies, and its name.
const PACKAGE: &str = "org.uscita.app";
const CLASS: &str = "DevicePlugin";

/// The plugin, for the builder of the app.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    Builder::new("device")
        .setup(|app, api| {
            app.manage(Device(api.register_android_plugin(PACKAGE, CLASS)?));
            Ok(())
        })
        .build()
}

/// The phone, as the plugin reaches it.
#[derive(Clone)]
pub(crate) struct Device(PluginHandle<Wry>);

/// An answer that says nothing but that it was done.
#[derive(Deserialize)]
struct Done {}

#[derive(Serialize)]
struct Epoch {
    epoch: u32,
}

#[derive(Serialize)]
struct Message {
    epoch: u32,
    message: String,
}

#[derive(Deserialize)]
struct Tag {
    tag: String,
}

/// Where a key lies, if it is there.
#[derive(Deserialize)]
struct Place {
    exists: bool,
    hardware: bool,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a Path,
}

#[derive(Serialize)]
struct Screen {
    off: Channel,
}

#[derive(Serialize)]
struct Entry {
    entry: &'static str,
}

/// What a command asks of the phone besides the notebook.
pub(crate) struct Wish {
    entry: Option<LauncherEntry>,
}

impl Wish {
    /// What this command asks.
    pub(crate) fn of(command: &Command) -> Self {
        let entry = match command {
            Command::SaveSettings(settings) => Some(settings.launcher_entry),
            _ => None,
        };
        Self { entry }
    }

    /// Does it, once the notebook has done its part: the launcher shows the app as set, and a file for others goes to the
    /// share sheet.
    ///
    /// # Errors
    /// If the phone refuses; what the notebook did stays done.
    pub(crate) async fn fulfil(self, app: &AppHandle, answer: &Value) -> Result<()> {
        let device = app.state::<Device>();
        if let Some(entry) = self.entry {
            device.show_as(entry).await?;
        }
        let folder = share_dir(app).map_err(|_| NotebookError::Unreadable("shared folder"))?;
        match file_for_others(answer, &folder) {
            Some(file) => device.share(file).await,
            None => Ok(()),
        }
    }
}

impl Device {
    /// Shows the app in the launcher under this name. The names of the entries are those of the manifest.
    async fn show_as(&self, entry: LauncherEntry) -> Result<()> {
        let entry = match entry {
            LauncherEntry::Uscita => "Uscita",
            LauncherEntry::Shifts => "Shifts",
            LauncherEntry::Notes => "Notes",
            LauncherEntry::Stock => "Stock",
        };
        let shown = self.0.run_mobile_plugin_async::<Done>("setEntry", Entry { entry }).await;
        shown.map(|Done {}| ()).map_err(|_| NotebookError::Internal("launcher"))
    }

    /// Opens the share sheet for a sealed file of the shared folder.
    async fn share(&self, path: &Path) -> Result<()> {
        let shared = self.0.run_mobile_plugin_async::<Done>("share", File { path }).await;
        shared.map(|Done {}| ()).map_err(|_| NotebookError::Unreadable("share sheet"))
    }

    fn ask<T: serde::de::DeserializeOwned>(&self, command: &str, question: impl Serialize) -> Result<T> {
        self.0.run_mobile_plugin(command, question).map_err(|_| NotebookError::HardwareKey)
    }
}

/// Has the session lock each time the screen goes off, whatever the page does.
///
/// # Errors
/// If the phone does not tell.
pub(crate) fn lock_when_screen_is_off(app: &AppHandle, session: &Arc<Session>) -> Result<()> {
    let session = Arc::clone(session);
    let off = Channel::new(move |_| {
        session.lock_soon();
        Ok(())
    });
    let watched = app.state::<Device>().0.run_mobile_plugin::<Done>("watchScreen", Screen { off });
    watched.map(|Done {}| ()).map_err(|_| NotebookError::Internal("screen"))
}

/// The key store that PINs are bound to.
pub(crate) fn binder(app: &AppHandle) -> Arc<AndroidBinder> {
    Arc::new(AndroidBinder(app.state::<Device>().inner().clone()))
}

/// HMAC keys in the Android Keystore: in the StrongBox where that passes its self-test, else where the phone keeps them.
pub(crate) struct AndroidBinder(Device);

impl HardwareBinder for AndroidBinder {
    fn create(&self, epoch: u32) -> Result<()> {
        self.0.ask("createKey", Epoch { epoch }).map(|Done {}| ())
    }

    fn hmac(&self, epoch: u32, message: &[u8]) -> Result<[u8; 32]> {
        let answer: Tag = self.0.ask("hmac", Message { epoch, message: BASE64.encode(message) })?;
        let tag = BASE64.decode(answer.tag.as_bytes()).map_err(|_| NotebookError::HardwareKey)?;
        tag.try_into().map_err(|_| NotebookError::HardwareKey)
    }

    fn delete(&self, epoch: u32) -> Result<()> {
        self.0.ask("deleteKey", Epoch { epoch }).map(|Done {}| ())
    }

    fn level(&self, epoch: u32) -> Result<KeyLevel> {
        let place: Place = self.0.ask("keyPlace", Epoch { epoch })?;
        Ok(match place {
            Place { exists: false, .. } => KeyLevel::None,
            Place { hardware: true, .. } => KeyLevel::Hardware,
            Place { .. } => KeyLevel::File,
        })
    }

    fn best_level(&self) -> KeyLevel {
        KeyLevel::Hardware
    }
}
