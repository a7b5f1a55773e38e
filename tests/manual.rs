//! The pages of the manual in the programs that people read them with: neither has anything to complain of.

use super::flows::programs::uscita;
use std::path::{Path, PathBuf};
use std::process::Command;

fn pages(folder: &Path) -> Vec<PathBuf> {
    let written = Command::new(uscita()).args(["man", "--dir"]).arg(folder).output().unwrap();
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn man_and_mandoc_read_every_page_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let pages = pages(folder.path());
    assert!(pages.len() > 40, "{}", pages.len());
    let said = |program: &str, options: &[&str]| {
        let mut command = Command::new(program);
        let output =
            command.args(options).args(&pages).env("LC_ALL", "C.UTF-8").env("MANPAGER", "cat").output().unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && complaints.is_empty(), "{program}: {complaints}");
        String::from_utf8(output.stdout).unwrap()
    };
    let read = said("man", &["--warnings", "-l"]);
    for heading in ["NOME", "SINTASSI", "OPZIONI", "ESEMPI"] {
        assert!(read.contains(heading), "{heading}");
    }
    let complaints = said("mandoc", &["-Tlint", "-Wwarning"]);
    assert!(complaints.is_empty(), "{complaints}");
}
