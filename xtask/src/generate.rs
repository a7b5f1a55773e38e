//! The files that are generated from Rust types, and the check that the committed ones are current.

use crate::cargo::cargo;
use crate::paths;
use crate::steps::{Step, Steps};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// The folder variable of ts-rs; the cargo configuration sets it to the committed folder.
pub const TYPES_FOLDER: &str = "TS_RS_EXPORT_DIR";

/// Makes the server's tests write what they otherwise compare: the description of its calls, and who may make them.
const REWRITE: &str = "USCITA_REWRITE";

/// Rewrites the generated files.
///
/// # Errors
/// If the export fails.
pub fn generate() -> Result<ExitCode> {
    let mut steps = Steps::new(2);
    steps.step("TypeScript types", |step| {
        let folder = paths::generated_types();
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        // The tests that ts-rs derives do the writing.
        step.run(cargo(&["test", "--workspace", "--exclude", "uscita-server", "--lib", "export_bindings"]))?;
        Ok(())
    })?;
    steps.step("OpenAPI, matrix of access", |step| {
        let mut command =
            cargo(&["test", "--package", "uscita-server", "--features=postgres-tests", "--test", "api", "generated::"]);
        command.env(REWRITE, "1");
        step.run(command)?;
        Ok(())
    })?;
    println!("\n{}\nsync-server/openapi.json\ndocs/matrice-accessi.md", paths::generated_types().display());
    Ok(ExitCode::SUCCESS)
}

/// Compares the committed types with those that a test run has just written to `fresh`.
///
/// # Errors
/// If they differ; the error names the files.
pub fn compare(step: &mut Step, fresh: &Path) -> Result<()> {
    let (committed, fresh) = (contents(&paths::generated_types())?, contents(fresh)?);
    if fresh.is_empty() {
        bail!("no type was exported");
    }
    step.note(&format!("{} files", fresh.len()));
    let names = committed.keys().chain(fresh.keys());
    let mut stale: Vec<_> = names.filter(|name| committed.get(*name) != fresh.get(*name)).cloned().collect();
    stale.sort();
    stale.dedup();
    if !stale.is_empty() {
        bail!("run `cargo xtask generate`; not current: {}", stale.join(", "));
    }
    Ok(())
}

/// The files of a folder and of those below it, by relative name.
fn contents(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        let entries = std::fs::read_dir(&dir).with_context(|| format!("{} is missing", dir.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder)?.display().to_string();
                files.insert(name, std::fs::read(&path)?);
            }
        }
    }
    Ok(files)
}
