use super::*;
use crate::fixture::{Team, at};
use std::path::PathBuf;
use tempfile::TempDir;

fn begun(home: &TempDir) -> (PathBuf, Notebook) {
    let dir = home.path().join(FOLDER);
    let mut entropy = Entropy::system();
    let key = DataKey::generate(&mut entropy).unwrap();
    let notebook = begin(&dir, &key, at(0), &mut entropy).unwrap();
    (dir, notebook)
}

/// Every file below a folder, with what is in it.
fn contents(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { contents(&path) } else { vec![(path.clone(), fs::read(&path).unwrap())] })
        .collect();
    found.sort();
    found
}

fn is_refused(dir: &Path) {
    let before = contents(dir.parent().unwrap());
    assert_eq!(remove(dir), Err(NotebookError::AlreadyExists("training folder")));
    assert_eq!(contents(dir.parent().unwrap()), before, "nothing was touched");
}

#[test]
fn programme_is_whole_and_of_this_version() {
    let programme = programme().unwrap();
    assert!(programme.alias_words.len() > 2_000);
    assert!(programme.zones.len() > 2 && programme.operators.len() > 2 && programme.kits.len() > 2);
    for (item, _) in programme.kits.iter().flat_map(|kit| &kit.contents) {
        assert!(programme.items.iter().any(|known| &known.code == item), "{item}");
    }
    assert_eq!(programme.coordinator_phone, None, "nobody is called by mistake");
}

#[test]
fn is_a_leads_notebook_that_nobody_else_could_read_and_no_server_is_told_of() {
    let home = tempfile::tempdir().unwrap();
    let (dir, notebook) = begun(&home);
    assert_eq!(notebook.role(), Some(domain::sync::manifest::Role::Lead));
    assert_eq!(notebook.journal().server().unwrap(), "");
    assert!(!notebook.holds_admin_key().unwrap());
    assert_eq!(notebook.manifest().unwrap().devices.len(), 1);
    assert!(!keyfile::UNLOCK.exists(&dir), "no PIN opens it");
}

#[test]
fn begins_anew_over_a_training_that_was_left() {
    let home = tempfile::tempdir().unwrap();
    let (_, first) = begun(&home);
    let device = first.device();
    drop(first);
    let (dir, second) = begun(&home);
    assert_ne!(second.device(), device);
    drop(second);
    remove(&dir).unwrap();
    assert!(!dir.exists());
}

#[test]
fn removes_what_a_crash_left_of_a_training() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join(FOLDER);
    remove(&dir).unwrap();
    fs::create_dir(&dir).unwrap();
    remove(&dir).unwrap();
    assert!(!dir.exists());
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join(MARKER), MARKER_TEXT).unwrap();
    remove(&dir).unwrap();
    assert!(!dir.exists());
}

#[test]
fn never_removes_a_real_notebook_that_was_put_in_its_place() {
    let team = Team::new();
    team.lead.open().lock().unwrap();
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join(FOLDER);
    fs::rename(&team.lead.dir, &dir).unwrap();
    is_refused(&dir);
    // With a keyfile it is real even if somebody put the marker into it.
    fs::write(dir.join("keyfile.a"), "a key").unwrap();
    fs::write(dir.join(MARKER), MARKER_TEXT).unwrap();
    is_refused(&dir);
    fs::rename(dir.join("keyfile.a"), dir.join("keyfile.b")).unwrap();
    is_refused(&dir);
}

#[test]
fn wants_the_very_marker() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join(FOLDER);
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("notebook.db"), "somebody's").unwrap();
    is_refused(&dir);
    for text in ["uscita/training/2\n", "uscita"] {
        fs::write(dir.join(MARKER), text).unwrap();
        is_refused(&dir);
    }
}

#[test]
fn begins_anew_where_a_power_cut_emptied_the_marker() {
    let home = tempfile::tempdir().unwrap();
    let (dir, first) = begun(&home);
    let device = first.device();
    drop(first);
    fs::write(dir.join(MARKER), "").unwrap();
    let (dir, second) = begun(&home);
    assert_ne!(second.device(), device);
    drop(second);
    fs::write(dir.join(MARKER), "").unwrap();
    fs::write(dir.join("keyfile.a"), "a key").unwrap();
    is_refused(&dir);
}

#[test]
fn never_removes_what_holds_folders() {
    let home = tempfile::tempdir().unwrap();
    let (dir, notebook) = begun(&home);
    drop(notebook);
    fs::create_dir(dir.join("real")).unwrap();
    fs::write(dir.join("real/notebook.db"), "somebody's").unwrap();
    is_refused(&dir);
}

#[test]
fn refuses_a_file_in_its_place() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join(FOLDER);
    fs::write(&dir, MARKER_TEXT).unwrap();
    is_refused(&dir);
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn never_follows_a_link_in_its_place() {
        let home = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let (real, notebook) = begun(&elsewhere);
        drop(notebook);
        let before = contents(&real);
        let dir = home.path().join(FOLDER);
        symlink(&real, &dir).unwrap();
        assert_eq!(remove(&dir), Err(NotebookError::AlreadyExists("training folder")));
        assert_eq!(contents(&real), before);
        fs::remove_file(&dir).unwrap();
        symlink(home.path().join("nowhere"), &dir).unwrap();
        assert_eq!(
            remove(&dir),
            Err(NotebookError::AlreadyExists("training folder")),
            "not even one that leads nowhere"
        );
    }

    #[test]
    fn never_follows_a_link_inside_of_it() {
        let home = tempfile::tempdir().unwrap();
        let real = tempfile::tempdir().unwrap();
        fs::write(real.path().join("notebook.db"), "somebody's").unwrap();
        for name in ["notebook.db", "journal.db", "inside"] {
            let (dir, notebook) = begun(&home);
            drop(notebook);
            let target = if name == "inside" { real.path().to_path_buf() } else { real.path().join("notebook.db") };
            let place = dir.join(name);
            if place.exists() {
                fs::remove_file(&place).unwrap();
            }
            symlink(target, &place).unwrap();
            assert_eq!(remove(&dir), Err(NotebookError::AlreadyExists("training folder")), "{name}");
            assert_eq!(fs::read(real.path().join("notebook.db")).unwrap(), b"somebody's");
            fs::remove_file(place).unwrap();
            remove(&dir).unwrap();
        }
    }

    #[test]
    fn does_not_take_a_link_to_a_marker_for_one() {
        let home = tempfile::tempdir().unwrap();
        let (training, notebook) = begun(&home);
        drop(notebook);
        let dir = home.path().join("other");
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join("notebook.db"), "somebody's").unwrap();
        symlink(training.join(MARKER), dir.join(MARKER)).unwrap();
        assert_eq!(remove(&dir), Err(NotebookError::AlreadyExists("training folder")));
        assert_eq!(fs::read(dir.join("notebook.db")).unwrap(), b"somebody's");
    }
}
