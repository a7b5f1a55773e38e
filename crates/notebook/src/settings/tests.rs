use super::{FILE, Hand, LOCK_CHOICES, LauncherEntry, Settings, TextSize, Theme, UiLanguage, lock_choices};
use crate::error::NotebookError;
use domain::programme::Policy;

const OTHER: Settings = Settings {
    hand: Hand::Left,
    text_size: TextSize::Large,
    language: UiLanguage::En,
    theme: Theme::Day,
    lock_after_seconds: 120,
    launcher_entry: LauncherEntry::Shifts,
};

#[test]
fn gives_back_what_was_written() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(Settings::read(dir.path()), Settings::default());
    OTHER.write(dir.path()).unwrap();
    assert_eq!(Settings::read(dir.path()), OTHER);
}

#[test]
fn takes_the_defaults_for_a_damaged_file_and_leaves_it() {
    let dir = tempfile::tempdir().unwrap();
    for damaged in ["", "{", "[]", r#"{"hand":"third"}"#, r#"{"lock_after_seconds":86400}"#] {
        std::fs::write(dir.path().join(FILE), damaged).unwrap();
        assert_eq!(Settings::read(dir.path()), Settings::default(), "{damaged}");
        assert_eq!(std::fs::read_to_string(dir.path().join(FILE)).unwrap(), damaged);
    }
    OTHER.write(dir.path()).unwrap();
    assert_eq!(Settings::read(dir.path()), OTHER, "saving replaces it");
}

#[test]
fn keeps_what_it_knows_of_a_file_of_another_version() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(FILE), r#"{"hand":"left","sound":"off"}"#).unwrap();
    assert_eq!(Settings::read(dir.path()), Settings { hand: Hand::Left, ..Settings::default() });
}

#[test]
fn refuses_a_lock_time_that_is_not_offered() {
    let dir = tempfile::tempdir().unwrap();
    for seconds in [0, 14, 45, 121, u16::MAX] {
        let refused = Settings { lock_after_seconds: seconds, ..OTHER }.write(dir.path()).unwrap_err();
        assert_eq!(refused, NotebookError::InvalidInput("lock time"));
    }
    assert!(!dir.path().join(FILE).exists());
}

#[test]
fn locks_no_later_than_the_policy() {
    let policy = |lock_after_seconds| Policy { lock_after_seconds, ..Policy::default() };
    assert_eq!(OTHER.lock_after_seconds(&policy(45)), 45);
    assert_eq!(OTHER.lock_after_seconds(&policy(300)), 120);
    assert_eq!(lock_choices(&policy(15)), [15], "the shortest is always there: a policy is 15 s or more");
    assert_eq!(lock_choices(&policy(60)), [15, 30, 60]);
    assert_eq!(lock_choices(&policy(300)), LOCK_CHOICES);
}

#[test]
fn takes_no_flipped_bit_for_another_setting() {
    let dir = tempfile::tempdir().unwrap();
    OTHER.write(dir.path()).unwrap();
    let whole = std::fs::read(dir.path().join(FILE)).unwrap();
    for at in 0..whole.len() * 8 {
        let mut damaged = whole.clone();
        damaged[at / 8] ^= 1 << (at % 8);
        std::fs::write(dir.path().join(FILE), &damaged).unwrap();
        assert_eq!(Settings::read(dir.path()), Settings::default(), "bit {at}");
    }
}
