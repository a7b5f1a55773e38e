//! Cargo, called with the same features and the same lock file everywhere.
//!
//! Everything but the server alone is built with `--workspace`: another selection of packages is
//! another selection of features, and cargo would compile half of the tree again.

use crate::paths;
use std::process::Command;

/// A cargo command in the root of the checkout that never changes the lock file.
pub fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(paths::root());
    command.env("CARGO_TERM_COLOR", "never");
    command
}
