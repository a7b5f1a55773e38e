//! Where things lie in the checkout.

use std::path::{Path, PathBuf};

/// The root of the checkout: the folder above this package.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

/// Cargo's output folder: `CARGO_TARGET_DIR` if it is set, else `target` of the checkout.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program that this workspace builds in the development profile.
pub fn program(name: &str) -> PathBuf {
    target().join("debug").join(name)
}

/// A program that is built in the release profile.
pub fn released(name: &str) -> PathBuf {
    target().join("release").join(name)
}

/// The package of the user interface.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The built user interface, as the window embeds it and the bridge serves it.
pub fn ui_dist() -> PathBuf {
    ui().join("dist")
}

/// The committed TypeScript types that are generated from Rust types.
pub fn generated_types() -> PathBuf {
    ui().join("src/lib/generated")
}
