//! Room on the disks, looked at before anything is compiled: a disk that fills up after half an hour fails in a place that
//! says nothing about disks.

use crate::cargo::is_lean;
use crate::paths;
use crate::steps::Step;
use anyhow::{Context, Result, bail};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// What a run of everything writes below the output folder of cargo, where nobody develops, in MiB.
const LEAN_MIB: u64 = 6 * 1024;
/// The same with incremental state and line tables.
const DEVELOPED_MIB: u64 = 12 * 1024;
/// Even where everything is built: results, environments of Python, demonstrations.
const LEAST_MIB: u64 = 1024;
/// What the tests hold in the folder for temporary files at one time.
const TEMPORARY_MIB: u64 = 1024;

/// Sees that there is room for a run of everything.
///
/// # Errors
/// With one sentence, if there is not.
pub fn check(step: &mut Step) -> Result<()> {
    let target = paths::target();
    let whole = if is_lean() { LEAN_MIB } else { DEVELOPED_MIB };
    let needed = whole.saturating_sub(size_mib(&target.join("debug"))).max(LEAST_MIB);
    let temporary = std::env::temp_dir();
    for (folder, needed) in [(target.as_path(), needed), (&temporary, TEMPORARY_MIB)] {
        let free = free_mib(folder)?;
        step.note(&format!("{}: {} GiB free", folder.display(), free / 1024));
        if let Some(said) = shortage(folder, free, needed) {
            bail!("{said}");
        }
    }
    Ok(())
}

/// What to say, if there is less than is needed.
fn shortage(folder: &Path, free: u64, needed: u64) -> Option<String> {
    let gib = |mib: u64| (mib as f64 / 1024.0 * 10.0).ceil() / 10.0;
    (free < needed).then(|| {
        format!(
            "A run of everything needs {} GiB on the disk of {}, and {free} MiB are free: make room, or name a folder \
             on a larger disk in CARGO_TARGET_DIR (what is built) or TMPDIR (what tests write).",
            gib(needed),
            folder.display()
        )
    })
}

/// Free room on the disk of a folder, which may not exist yet.
fn free_mib(folder: &Path) -> Result<u64> {
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    let disk = rustix::fs::statvfs(there).with_context(|| format!("{} is not on a disk", there.display()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024))
}

/// Room that the files below a folder take up. What goes away meanwhile, or cannot be read, counts for nothing.
fn size_mib(folder: &Path) -> u64 {
    let mut open = vec![folder.to_path_buf()];
    let mut blocks = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() {
                open.push(entry.path());
            } else {
                // A file under two names takes up its room once.
                blocks += metadata.blocks() / metadata.nlink().max(1);
            }
        }
    }
    blocks * 512 / (1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_in_one_sentence_how_much_is_needed_where() {
        let folder = Path::new("/somewhere/target");
        assert_eq!(shortage(folder, 9_000, 9_000), None);
        let said = shortage(folder, 900, 9_000).unwrap();
        assert!(said.contains("8.8 GiB") && said.contains("/somewhere/target") && said.contains("900 MiB"), "{said}");
        assert_eq!(said.matches(". ").count(), 0, "{said}");
    }

    #[test]
    fn counts_a_file_under_two_names_once_and_finds_the_disk_of_what_is_not_there_yet() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deps")).unwrap();
        std::fs::write(folder.path().join("deps/program-1a2b"), vec![7; 3 << 20]).unwrap();
        std::fs::hard_link(folder.path().join("deps/program-1a2b"), folder.path().join("program")).unwrap();
        // A file system may take a little more than the bytes.
        assert!((3..=4).contains(&size_mib(folder.path())), "{}", size_mib(folder.path()));
        assert!(free_mib(&folder.path().join("not/there/yet")).unwrap() > 0);
        assert_eq!(size_mib(&folder.path().join("nothing")), 0);
    }
}
