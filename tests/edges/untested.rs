//! Programs that are built once, as programs, because they hold no tests (`test = false`): a test in them would never run.

use super::{metadata, root};
use std::path::{Path, PathBuf};

/// What makes a test.
const MARKS: [&str; 3] = ["#[test]", "#[tokio::test", "proptest!"];

/// A file and those of the modules that it declares. A module of another program (`#[path]`) is tested there.
fn with_modules(file: &Path, is_root: bool) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(file).unwrap();
    let (folder, stem) = (file.parent().unwrap(), file.file_stem().unwrap());
    let folder = if is_root || stem == "mod" { folder.to_owned() } else { folder.join(stem) };
    let mut found = vec![file.to_owned()];
    let mut before = "";
    for line in text.lines().map(str::trim) {
        let declared = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ");
        if let Some(name) = declared.and_then(|rest| rest.strip_suffix(';'))
            && !before.starts_with("#[path")
        {
            let beside = folder.join(format!("{name}.rs"));
            let module = if beside.exists() { beside } else { folder.join(name).join("mod.rs") };
            found.extend(with_modules(&module, false));
        }
        before = line;
    }
    found
}

#[test]
fn program_that_is_built_without_tests_holds_none() {
    let mut files = 0;
    for package in metadata().workspace_packages() {
        for target in package.targets.iter().filter(|target| !target.test && target.is_bin()) {
            for file in with_modules(target.src_path.as_std_path(), true) {
                let text = std::fs::read_to_string(&file).unwrap();
                let shown = file.strip_prefix(root()).unwrap().display();
                assert!(!MARKS.iter().any(|mark| text.contains(mark)), "{shown} holds a test that nobody runs");
                files += 1;
            }
        }
    }
    assert!(files > 40, "only {files} files were read");
}
