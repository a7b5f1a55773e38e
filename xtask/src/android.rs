//! `cargo xtask check-android`: whether the app type-checks and lints for Android, on a machine without Google's SDK.
//!
//! The pinned compiler checks the whole app for the target, so that code which only Android compiles is seen at all.
//! C libraries below it are compiled by Debian's cross compiler; nothing is linked, packed or run. Where the means are
//! missing and cannot be had, it says "skipped" and why: never "ok".

use crate::cargo::cargo;
use crate::node::{self, npm};
use crate::paths;
use crate::steps::{Step, Steps};
use crate::system;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What phones run.
const TARGET: &str = "aarch64-linux-android";

/// Checks the app for Android, or says why it cannot.
///
/// # Errors
/// If the check finds something.
pub fn check() -> Result<ExitCode> {
    let mut steps = Steps::new(4);
    let openssl = match steps.step("look for the means", |step| Ok(provide(step)))? {
        Ok(openssl) => openssl,
        Err(missing) => {
            println!("\nskipped: {missing:#}");
            return Ok(ExitCode::SUCCESS);
        }
    };
    steps.step("packages of the interface", node::install)?;
    steps.step("build the interface", |step| step.run(npm(&["run", "build"])))?;
    steps.step("type-check and lint", |step| step.run(clippy(&openssl)))?;
    println!("\nchecked for {TARGET}: types and lints; nothing was linked or run");
    Ok(ExitCode::SUCCESS)
}

/// Where OpenSSL lies.
struct OpenSsl {
    headers: PathBuf,
    libraries: String,
}

/// Sees to the standard library of the target, a C compiler for it, and OpenSSL's headers in one folder.
fn provide(step: &mut Step) -> Result<OpenSsl> {
    add_target(step)?;
    system::provide_to_check_android(step)?;
    let headers = paths::target().join("android-check/headers");
    gather_headers(&headers)?;
    Ok(OpenSsl { headers, libraries: ask_openssl("libdir")? })
}

fn add_target(step: &mut Step) -> Result<()> {
    let rustup = |arguments: &[&str]| {
        let mut command = Command::new("rustup");
        command.args(arguments).current_dir(paths::root());
        command
    };
    let (answered, installed) = step.attempt(rustup(&["target", "list", "--installed"]))?;
    if answered && installed.lines().any(|line| line.trim() == TARGET) {
        return Ok(());
    }
    let (added, output) = step.attempt(rustup(&["target", "add", TARGET]))?;
    if !added {
        bail!("rustup cannot add {TARGET}\n{output}");
    }
    Ok(())
}

/// Copies OpenSSL's headers into one folder: Debian keeps those that differ between machines apart.
fn gather_headers(folder: &Path) -> Result<()> {
    let include = PathBuf::from(ask_openssl("includedir")?);
    let to = folder.join("openssl");
    std::fs::create_dir_all(&to)?;
    let machine = ask("cc", &["-print-multiarch"])?;
    let sources = [include.join("openssl"), include.join(machine).join("openssl")];
    // Elsewhere the second folder does not exist, or is the first.
    for source in sources.iter().filter(|source| source.is_dir()) {
        for header in std::fs::read_dir(source)? {
            let header = header?;
            std::fs::copy(header.path(), to.join(header.file_name()))?;
        }
    }
    Ok(())
}

fn ask_openssl(variable: &str) -> Result<String> {
    let answer = ask("pkg-config", &[&format!("--variable={variable}"), "libcrypto"])?;
    if answer.is_empty() {
        bail!("pkg-config does not know libcrypto");
    }
    Ok(answer)
}

fn ask(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output().with_context(|| format!("{program} is missing"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn clippy(openssl: &OpenSsl) -> Command {
    let lint = ["clippy", "--package", "uscita-app", "--lib", "--target", TARGET, "--locked", "--", "-D", "warnings"];
    let mut command = cargo(&lint);
    command
        .env("CARGO_TARGET_DIR", paths::target().join("android-check/build"))
        .env("CC_aarch64_linux_android", system::ARM_COMPILER)
        .env("AR_aarch64_linux_android", "aarch64-linux-gnu-ar")
        // Building OpenSSL proves nothing here: its headers are all that the check reads.
        .env("OPENSSL_NO_VENDOR", "1")
        .env("OPENSSL_LIB_DIR", &openssl.libraries)
        .env("OPENSSL_INCLUDE_DIR", &openssl.headers);
    command
}
