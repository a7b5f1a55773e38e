use super::open::{FILE, KeyCheck, MIGRATIONS, create, open, open_with};
use super::*;
use crate::crypto::DataKey;
use crate::entropy::Entropy;
use crate::fixture::{Team, at, contact, opened};
use crate::store::meta::MetaKey;
use domain::sync::chain::Digest;
use rusqlite_migration::M;
use std::path::Path;

const MIGRATION_1: &str = "00eba1df9873c9dc727517e75c73a08abdca673860438f3e13e65ef041868b27";
const MIGRATION_2: &str = "4be3f0960ede77381a26700268106183e5433632e50cfc9211afe4164aa220ea";

fn key(seed: u64) -> DataKey {
    DataKey::generate(&mut Entropy::seeded_for_simulation(seed)).unwrap()
}

fn new_store(dir: &Path) {
    create(dir, &key(1), |store| meta::put(store.connection(), MetaKey::Clock, b"{}")).unwrap();
}

fn fault(dir: &Path, key: &DataKey) -> NotebookError {
    match open(dir, key, KeyCheck::Ours) {
        Ok(_) => panic!("must not open"),
        Err(error) => error,
    }
}

fn pragma<T: rusqlite::types::FromSql>(store: &Store, name: &str) -> T {
    store.connection().query_row(&format!("PRAGMA {name}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn opens_with_the_settings_of_security_2_3() {
    let dir = tempfile::tempdir().unwrap();
    new_store(dir.path());
    let store = open(dir.path(), &key(1), KeyCheck::Ours).unwrap();
    assert_eq!(pragma::<String>(&store, "journal_mode"), "wal");
    assert_eq!(pragma::<String>(&store, "cipher_memory_security"), "1");
    for (name, value) in [
        ("synchronous", 2),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("foreign_keys", 1),
        ("busy_timeout", 5_000),
        ("wal_autocheckpoint", 200),
    ] {
        assert_eq!(pragma::<i64>(&store, name), value, "{name}");
    }
    let version = pragma::<String>(&store, "cipher_version");
    assert!(version.starts_with("4."), "the file must be SQLCipher, not plain SQLite: {version}");
    let sqlite: String = store.connection().query_row("SELECT sqlite_version()", [], |row| row.get(0)).unwrap();
    let numbers: Vec<u32> = sqlite.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(numbers >= vec![3, 51, 3], "older ones lose writes at a log reset: {sqlite}");
}

#[test]
fn every_table_is_strict() {
    let dir = tempfile::tempdir().unwrap();
    new_store(dir.path());
    let store = open(dir.path(), &key(1), KeyCheck::Ours).unwrap();
    let mut statement = store
        .connection()
        .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let tables: Vec<(String, bool)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(|row| row.unwrap()).collect();
    assert_eq!(tables.len(), 25, "{tables:?}");
    assert!(tables.iter().all(|(_, strict)| *strict), "{tables:?}");
}

#[test]
fn tells_absent_wrong_key_damaged_and_too_new_apart_and_changes_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(fault(dir.path(), &key(1)), NotebookError::Absent);
    new_store(dir.path());
    let path = dir.path().join(FILE);
    let whole = std::fs::read(&path).unwrap();
    assert_ne!(&whole[..15], b"SQLite format 3");

    let foreign = open(dir.path(), &key(2), KeyCheck::Foreign).err();
    assert_eq!(foreign, Some(NotebookError::WrongKey));
    assert_eq!(fault(dir.path(), &key(2)), NotebookError::Damaged("notebook"));
    assert_eq!(std::fs::read(&path).unwrap(), whole);

    for position in (0..whole.len()).step_by(1_777) {
        let mut damaged = whole.clone();
        damaged[position] ^= 0x40;
        std::fs::write(&path, &damaged).unwrap();
        // The first page is read at the opening, the others by the check of all pages, if nothing reads them before.
        let found = open(dir.path(), &key(1), KeyCheck::Ours).and_then(|store| store.whole_check().run());
        assert!(matches!(found, Err(NotebookError::Damaged(_))), "byte {position}");
        assert_eq!(std::fs::read(&path).unwrap(), damaged, "a damaged file stays as it is");
    }
    for cut in [0, 10, 4_096, whole.len() - 1] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert!(matches!(fault(dir.path(), &key(1)), NotebookError::Damaged(_)), "cut to {cut}");
        assert_eq!(std::fs::metadata(&path).unwrap().len(), cut as u64);
    }
    std::fs::write(&path, &whole).unwrap();
    assert!(open(dir.path(), &key(1), KeyCheck::Ours).is_ok());
}

#[test]
fn leaves_a_newer_file_untouched() {
    let dir = tempfile::tempdir().unwrap();
    new_store(dir.path());
    let store = open(dir.path(), &key(1), KeyCheck::Ours).unwrap();
    store.connection().execute_batch(&format!("PRAGMA user_version = {}", MIGRATIONS.len() + 1)).unwrap();
    drop(store);
    let before = std::fs::read(dir.path().join(FILE)).unwrap();
    assert_eq!(fault(dir.path(), &key(1)), NotebookError::TooNew);
    assert_eq!(std::fs::read(dir.path().join(FILE)).unwrap(), before);
}

#[test]
fn upgrades_behind_a_copy_and_drops_the_copy_after_a_clean_opening() {
    let dir = tempfile::tempdir().unwrap();
    new_store(dir.path());
    let newer = [MIGRATIONS, &[M::up("ALTER TABLE draft ADD COLUMN extra TEXT;")]].concat();
    let copy = dir.path().join(format!("notebook.db.before-{}", MIGRATIONS.len() + 1));

    let broken = [MIGRATIONS, &[M::up("CREATE TABLE x (a ANY) STRICT; SELECT nonsense;")]].concat();
    assert!(open_with(dir.path(), &key(1), KeyCheck::Ours, &broken).is_err());
    assert!(copy.exists());
    let store = open(dir.path(), &key(1), KeyCheck::Ours).unwrap();
    let tables: i64 = store
        .connection()
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'x'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 0, "a failed upgrade leaves the old version whole");
    drop(store);

    drop(open_with(dir.path(), &key(1), KeyCheck::Ours, &newer).unwrap());
    let kept = std::fs::read(&copy).unwrap();
    assert!(!kept.windows(12).any(|window| window == b"CREATE TABLE"), "the copy is encrypted too");
    drop(open_with(dir.path(), &key(1), KeyCheck::Ours, &newer).unwrap());
    assert!(!copy.exists());
    assert_eq!(fault(dir.path(), &key(1)), NotebookError::TooNew, "an older app refuses it");
}

#[test]
fn never_leaves_a_half_made_store_under_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let made = create(dir.path(), &key(1), |_| Err(NotebookError::DiskFull));
    assert_eq!(made.unwrap_err(), NotebookError::DiskFull);
    assert_eq!(fault(dir.path(), &key(1)), NotebookError::Absent);
    new_store(dir.path());
    assert!(open(dir.path(), &key(1), KeyCheck::Ours).is_ok());
    let again = create(dir.path(), &key(1), |_| Ok(()));
    assert_eq!(again.unwrap_err(), NotebookError::AlreadyExists("notebook"));
}

#[test]
fn released_migrations_are_not_edited() {
    // A released file is never changed: add the next one, with its hash.
    let released = [
        (include_str!("migrations/0001_first.sql"), MIGRATION_1),
        (include_str!("migrations/0002_course.sql"), MIGRATION_2),
    ];
    assert_eq!(released.len(), MIGRATIONS.len());
    for (sql, hash) in released {
        assert_eq!(Digest::of(sql.as_bytes()).to_string(), hash);
    }
}

#[test]
fn a_full_disk_is_a_full_disk_and_what_was_there_stays() {
    let team = Team::new();
    let mut phone = team.member.open();
    let device = phone.device();
    phone.save(opened(1), None, at(0), None).unwrap();
    let pages: i64 = pragma(&phone.store, "page_count");
    phone.store.connection().execute_batch(&format!("PRAGMA max_page_count = {pages}")).unwrap();
    let mut acknowledged = 0;
    let error = loop {
        match phone.save(contact(1, 100 + acknowledged, device, "AIRONE-12", 2), None, at(1), None) {
            Ok(_) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(error, NotebookError::DiskFull);
    drop(phone);
    let phone = team.member.open();
    let contacts = phone.open_outing().unwrap().unwrap().contacts.len() as u128;
    assert!(contacts >= acknowledged, "every acknowledged contact is there");
    assert_eq!(phone.journal().verify().unwrap().sequence, 1 + contacts as u64, "and none that the journal lacks");
}

#[test]
fn says_busy_while_another_holds_the_notebook() {
    let team = Team::new();
    let phone = team.lead.open();
    assert_eq!(team.lead.try_open().unwrap_err(), NotebookError::Busy);
    phone.lock().unwrap();
    assert!(team.lead.try_open().is_ok());
}
