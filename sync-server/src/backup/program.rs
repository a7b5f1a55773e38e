//! The commands that carry a backup away, bring it back and remove it: a program with its arguments, no shell.

use super::fault::BackupFault;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// Stands for the path of the file on this host.
pub const FILE: &str = "{file}";
/// Stands for the name of the file where it lies.
pub const NAME: &str = "{name}";

/// How long a command may take.
const TIMEOUT: Duration = Duration::from_secs(15 * 60);
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Where a command's own words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// To whoever started this: an operator who tries it.
    Shown,
    /// Nowhere: they may name addresses, and the log must not.
    Hidden,
}

/// Runs a command, with `{file}` and `{name}` put in. `setting` is its name in the settings.
///
/// # Errors
/// [`BackupFault::Program`] unless it ends with 0 in time.
pub async fn run(
    setting: &'static str,
    command: &[String],
    file: &Path,
    name: &str,
    words: Words,
) -> Result<(), BackupFault> {
    let failed = |how: String| BackupFault::Program { name: setting, how };
    let path = file.to_string_lossy();
    let mut filled = command.iter().map(|word| word.replace(FILE, &path).replace(NAME, name));
    let program = filled.next().ok_or_else(|| failed("?".to_owned()))?;
    let home = file.parent().unwrap_or(Path::new("/"));
    let mut command = Command::new(program);
    command.args(filled).env_clear().env("PATH", PATH).env("HOME", home).current_dir(home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
    if words == Words::Hidden {
        command.stderr(Stdio::null());
    }
    let mut child = command.spawn().map_err(|error| failed(error.kind().to_string()))?;
    match tokio::time::timeout(TIMEOUT, child.wait()).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(failed(status.to_string())),
        Ok(Err(error)) => Err(failed(error.kind().to_string())),
        Err(_) => Err(failed("timeout".to_owned())),
    }
}
