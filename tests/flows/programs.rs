//! The programs of the workspace, where cargo has put them.

use std::path::PathBuf;
use std::process::Command;

/// The program of this name beside the tests; built once if it is not there.
pub fn program(package: &str, name: &str) -> PathBuf {
    let here = std::env::current_exe().unwrap();
    let profile = here.parent().unwrap().parent().unwrap();
    let program = profile.join(name);
    if !program.is_file() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--package", package]);
        if profile.file_name().is_some_and(|name| name == "release") {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "{name} was not built");
    }
    program
}

/// The mailbox server.
pub fn server() -> PathBuf {
    program("uscita-server", "uscita-server")
}

/// The desk without a window.
pub fn uscita() -> PathBuf {
    program("uscita-cli", "uscita")
}
