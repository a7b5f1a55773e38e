//! System packages: found by what they provide, installed on Debian by root, else named in one line.

use crate::steps::Step;
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// How to see whether a package is there.
enum Sign {
    /// A program on the PATH.
    Program(&'static str),
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A program of some version of `PostgreSQL`; Debian keeps them off the PATH.
    OfPostgres(&'static str),
    /// A module of Python.
    OfPython(&'static str),
}

/// What building and running needs, with the name of the Debian package.
const TO_RUN: &[(Sign, &str)] = &[
    (Sign::Program("cc"), "build-essential"),
    (Sign::Program("make"), "build-essential"),
    (Sign::Program("pkg-config"), "pkg-config"),
    (Sign::Library("webkit2gtk-4.1"), "libwebkit2gtk-4.1-dev"),
    (Sign::Library("dbus-1"), "libdbus-1-dev"),
    (Sign::Library("libcrypto"), "libssl-dev"),
];

/// What the tests need besides.
const TO_TEST: &[(Sign, &str)] = &[
    (Sign::Program("WebKitWebDriver"), "webkit2gtk-driver"),
    (Sign::Program("Xvfb"), "xvfb"),
    (Sign::Program("chromium"), "chromium"),
    (Sign::OfPostgres("initdb"), "postgresql"),
    // The recovery with common programs only.
    (Sign::Program("age"), "age"),
    (Sign::Program("sqlite3"), "sqlite3"),
    (Sign::Program("jq"), "jq"),
    (Sign::Program("python3"), "python3"),
    // What reads the files of a release.
    (Sign::Program("soffice"), "libreoffice-calc-nogui"),
    // What reads the pages of the manual.
    (Sign::Program("mandoc"), "mandoc"),
    (Sign::Program("man"), "man-db"),
    // What asks the server by its description is installed into an environment of its own.
    (Sign::OfPython("ensurepip"), "python3-venv"),
];

/// The C compiler for the processor of phones.
pub const ARM_COMPILER: &str = "aarch64-linux-gnu-gcc";

/// What checking for Android needs besides.
const TO_CHECK_ANDROID: &[(Sign, &str)] =
    &[(Sign::Program(ARM_COMPILER), "gcc-aarch64-linux-gnu"), (Sign::Program(ARM_COMPILER), "libc6-dev-arm64-cross")];

/// Sees that everything for `cargo xtask run` is installed.
///
/// # Errors
/// If something is missing and cannot be installed from here.
pub fn provide_to_run(step: &mut Step) -> Result<()> {
    provide(step, &missing(&[TO_RUN]))
}

/// Sees that everything for `cargo xtask test` is installed.
///
/// # Errors
/// If something is missing and cannot be installed from here.
pub fn provide_to_test(step: &mut Step) -> Result<()> {
    provide(step, &missing(&[TO_RUN, TO_TEST]))
}

/// Sees that everything for `cargo xtask check-android` is installed.
///
/// # Errors
/// If something is missing and cannot be installed from here.
pub fn provide_to_check_android(step: &mut Step) -> Result<()> {
    provide(step, &missing(&[TO_RUN, TO_CHECK_ANDROID]))
}

fn provide(step: &mut Step, packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    let install = format!("apt-get install -y --no-install-recommends {names}");
    let is_debian = Path::new("/etc/debian_version").exists() && on_path("apt-get");
    if !is_debian {
        bail!("missing: what Debian calls {names}; install your system's packages for them");
    }
    if !rustix::process::geteuid().is_root() {
        bail!("missing system packages; install them with\n\n    sudo {install}\n");
    }
    step.run(apt(&["update"]))?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    step.run(apt(&arguments))?;
    Ok(())
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// The packages that provide what is not there, each once.
fn missing(lists: &[&[(Sign, &'static str)]]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for (sign, package) in lists.iter().copied().flatten() {
        let is_there = match sign {
            Sign::Program(name) => on_path(name),
            Sign::Library(name) => is_known(name),
            Sign::OfPostgres(name) => is_of_postgres(name),
            Sign::OfPython(name) => is_of_python(name),
        };
        if !is_there && !packages.contains(package) {
            packages.push(*package);
        }
    }
    packages
}

fn is_of_postgres(program: &str) -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin").join(program)).any(|program| program.is_file())
}

fn is_of_python(module: &str) -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", &format!("import {module}")]).stderr(std::process::Stdio::null());
    python.status().is_ok_and(|status| status.success())
}

fn is_known(library: &str) -> bool {
    Command::new("pkg-config").args(["--exists", library]).status().is_ok_and(|status| status.success())
}

/// Whether a program of this name lies in a folder of the PATH.
pub fn on_path(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_each_missing_package_once() {
        let list: &[(Sign, &str)] = &[
            (Sign::Program("sh"), "dash"),
            (Sign::Program("a-program-nobody-has"), "first"),
            (Sign::Program("another-program-nobody-has"), "first"),
            (Sign::Library("a-library-nobody-has"), "second"),
        ];
        assert_eq!(missing(&[list]), ["first", "second"]);
    }
}
