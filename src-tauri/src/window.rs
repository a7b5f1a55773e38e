//! The one window: its page, its size and its colour before the first paint.

use crate::launch::Part;
use tauri::window::Color;
use tauri::{App, WebviewUrl, WebviewWindowBuilder};

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
