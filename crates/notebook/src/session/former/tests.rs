use super::*;
use std::collections::BTreeSet;

const MOVED: [&str; 6] = ["notebook.db", "journal.db", "journal.db-wal", "keyfile.a", "device-key.1", "stock.sealed"];

fn fill(dir: &Path, content: &str) {
    for name in MOVED {
        std::fs::write(dir.join(name), content).unwrap();
    }
    for stays in STAYS {
        std::fs::write(dir.join(stays), "{}").unwrap();
    }
}

fn names(dir: &Path) -> BTreeSet<String> {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn set_of<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

#[test]
fn moves_everything_of_a_self_aside_and_keeps_every_earlier_one() {
    let dir = tempfile::tempdir().unwrap();
    for content in ["first", "second"] {
        fill(dir.path(), content);
        set_aside(dir.path()).unwrap();
    }
    let [settings, lock, marker] = STAYS;
    assert_eq!(names(dir.path()), set_of(["former-1", "former-2", settings, lock, marker]));
    let formers = list(dir.path()).unwrap();
    for (former, content) in formers.iter().zip(["first", "second"]) {
        assert_eq!(names(former.dir()), set_of(MOVED));
        assert_eq!(std::fs::read_to_string(former.dir().join("keyfile.a")).unwrap(), content);
    }
}

#[test]
fn goes_on_after_a_crash_at_every_file() {
    for done in 0..=MOVED.len() {
        let dir = tempfile::tempdir().unwrap();
        fill(dir.path(), "half");
        let aside = dir.path().join(UNFINISHED);
        std::fs::create_dir(&aside).unwrap();
        // Databases first: a log is never left behind under the name of the other's.
        let order = ["journal.db", "notebook.db", "journal.db-wal", "keyfile.a", "device-key.1", "stock.sealed"];
        for name in order.into_iter().take(done) {
            std::fs::rename(dir.path().join(name), aside.join(name)).unwrap();
        }
        finish(dir.path()).unwrap();
        assert_eq!(names(&dir.path().join("former-1")), set_of(MOVED), "after {done} files");
        assert!(!aside.exists());
    }
}

#[test]
fn touches_nothing_where_nothing_was_begun() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), "in use");
    let before = names(dir.path());
    finish(dir.path()).unwrap();
    assert_eq!(names(dir.path()), before);
}

#[test]
fn numbers_former_selves_beyond_the_highest_and_takes_no_other_folder_for_one() {
    let dir = tempfile::tempdir().unwrap();
    for folder in ["former-2", "former-10", "former-x", "shared"] {
        std::fs::create_dir(dir.path().join(folder)).unwrap();
    }
    std::fs::write(dir.path().join("former-77"), "a file").unwrap();
    fill(dir.path(), "x");
    let numbers = |dir: &Path| list(dir).unwrap().iter().map(|former| former.number).collect::<Vec<_>>();
    assert_eq!(numbers(dir.path()), [2, 10]);
    std::fs::remove_file(dir.path().join("former-77")).unwrap();
    set_aside(dir.path()).unwrap();
    assert_eq!(numbers(dir.path()), [2, 10, 11]);
}

#[test]
fn leaves_only_the_journal_of_a_former_self_when_it_is_stripped() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), "x");
    set_aside(dir.path()).unwrap();
    let former = list(dir.path()).unwrap().remove(0);
    former.strip().unwrap();
    assert_eq!(names(former.dir()), set_of(["journal.db", "journal.db-wal"]));
}

#[test]
fn overwrites_the_keys_of_a_former_self_before_it_removes_it() {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), "x");
    set_aside(dir.path()).unwrap();
    let former = list(dir.path()).unwrap().remove(0);
    // The same bytes on the disk under another name: what is unlinked stays readable, what is overwritten does not.
    let kept = dir.path().join("kept");
    std::fs::hard_link(former.dir().join("keyfile.a"), &kept).unwrap();
    former.remove().unwrap();
    assert!(!former.dir().exists());
    assert!(!String::from_utf8_lossy(&std::fs::read(kept).unwrap()).contains('x'));
}
