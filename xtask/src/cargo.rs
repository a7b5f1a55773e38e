//! Cargo, called with the same features and the same lock file everywhere.
//!
//! Everything but the server is built with `--workspace --exclude uscita-server`, the server alone: another selection of
//! packages is another selection of features, and cargo would compile half of the tree again.
//!
//! Where nobody develops, as after a clone, nothing is written that only the next small change would need: no incremental
//! state, no line tables. A run of everything then takes half the room on the disk.

use crate::paths;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// Without these a build is larger and no faster, unless another one follows.
const LEAN: [(&str, &str); 2] = [("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "false")];
/// What the crates leave behind whom a developer builds first.
const DEVELOPED: [&str; 2] = ["domain-", "notebook-"];

/// A cargo command in the root of the checkout that never changes the lock file.
pub fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(paths::root());
    command.env("CARGO_TERM_COLOR", "never");
    if is_lean() {
        command.envs(LEAN);
    }
    command
}

/// Whether builds are lean: asked once, because what is built answers it.
pub fn is_lean() -> bool {
    static IS_LEAN: OnceLock<bool> = OnceLock::new();
    *IS_LEAN.get_or_init(|| {
        let is_chosen = LEAN.iter().any(|(name, _)| std::env::var_os(name).is_some());
        !is_chosen && !is_developed(&paths::target())
    })
}

/// Whether somebody has built here by cargo alone.
fn is_developed(target: &Path) -> bool {
    let folders = std::fs::read_dir(target.join("debug/incremental")).into_iter().flatten().flatten();
    folders
        .filter_map(|folder| folder.file_name().into_string().ok())
        .any(|name| DEVELOPED.iter().any(|start| name.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::is_developed;

    #[test]
    fn tells_a_clone_from_where_somebody_develops() {
        let target = tempfile::tempdir().unwrap();
        assert!(!is_developed(target.path()));
        // This program is built by cargo itself, everywhere.
        std::fs::create_dir_all(target.path().join("debug/incremental/xtask-1a2b")).unwrap();
        assert!(!is_developed(target.path()));
        std::fs::create_dir_all(target.path().join("debug/incremental/notebook-1a2b")).unwrap();
        assert!(is_developed(target.path()));
    }
}
