//! The one window: its page, its size and its colour before the first paint.

use crate::launch::Part;
use tauri::window::Color;
use tauri::{App, AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// The label that the capability names.
const LABEL: &str = "main";
/// A neutral title: nothing to read over a shoulder.
const TITLE: &str = "Uscita";
/// The night's ground, on screen before the WebView paints.
const NIGHT: Color = Color(0, 0, 0, 255);
/// The paper of the desk.
const PAPER: Color = Color(255, 255, 255, 255);

/// Set to `true` by whoever drives the window through WebDriver; Tauri reads it too.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Opens the window of this part.
///
/// The WebView keeps nothing on disk: cookies, storage and cache live as long as the window. WebKit
/// lets no driver into such a view, so a driven window is an ordinary one.
///
/// # Errors
/// If the WebView cannot be made.
pub(crate) fn open(app: &App, part: Part) -> tauri::Result<()> {
    let (page, width, height, colour) = match part {
        Part::Phone => ("index.html", 390.0, 844.0, NIGHT),
        Part::Desk => ("desk.html", 1360.0, 900.0, PAPER),
    };
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(page.into()))
        .title(TITLE)
        .inner_size(width, height)
        .background_color(colour)
        .incognito(std::env::var_os(AUTOMATION).is_none())
        .disable_drag_drop_handler()
        .build()?;
    Ok(())
}

/// Clears what the WebView keeps: cookies, storage and cache. To be called when the keys of this device are gone; does not
/// wait until it is done.
///
/// On Linux this is all that WebKit holds for the window, which is in memory. On Android, Tauri clears cache, history,
/// form data and the databases `webview.db` and `webviewCache.db`, but not cookies and storage in the WebView's folder:
/// the pages use neither.
pub(crate) fn clear_data(app: &AppHandle) {
    let cleared = app.get_webview_window(LABEL).map_or(Ok(()), |window| window.clear_all_browsing_data());
    if cleared.is_err() {
        // The error's own text may name files.
        tracing::error!("the WebView's data were not cleared");
    }
}
