use super::copy::{CHECKED_BYTES, FILE_BYTES, MAGIC, SLOT_BYTES, SLOTS_AT, VERSION};
use super::*;
use crate::crypto::binder::{Faulty, FileBinder};
use crate::error::SecretFault;
use ring::digest;
use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

mod rewrites;

const PIN: &str = "830591";
const OTHER: &str = "739164";

fn up(ms: u64) -> Uptime {
    Uptime::of(1, ms)
}

struct Phone {
    dir: TempDir,
    binder: Faulty,
    key: DataKey,
    /// Where randomness comes from, if not from the system.
    seed: Cell<Option<u64>>,
}

impl Phone {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let binder = Faulty::new(Arc::new(FileBinder::new(dir.path())));
        let pin = NewSecret::pin(PIN).unwrap();
        let key = UNLOCK.create(dir.path(), &pin, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap();
        Self { dir, binder, key, seed: Cell::new(None) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn unlock(&self, pin: &str, uptime_ms: u64) -> Result<Unlocked> {
        UNLOCK.unlock(self.dir.path(), pin, &self.binder, up(uptime_ms))
    }

    fn entropy(&self) -> Entropy {
        self.seed.get().map_or_else(Entropy::system, Entropy::seeded_for_simulation)
    }

    /// Opens with this PIN, and gives the notebook's own key.
    fn opens(&self, pin: &str) -> bool {
        self.unlock(pin, 0).and_then(Unlocked::into_key).is_ok_and(|key| key.as_bytes() == self.key.as_bytes())
    }

    fn copies(&self) -> [Vec<u8>; 2] {
        UNLOCK.copies.map(|name| std::fs::read(self.path(name)).unwrap())
    }
}

#[test]
fn opens_with_its_pin_and_with_no_other() {
    let phone = Phone::new();
    let Unlocked::Notebook { key, both_copies, decoy_key } = phone.unlock(PIN, 0).unwrap() else { panic!("a decoy") };
    assert_eq!(key.as_bytes(), phone.key.as_bytes());
    assert!(both_copies && decoy_key.is_none());
    assert_eq!(phone.unlock(OTHER, 0).unwrap_err(), NotebookError::WrongSecret);
    assert_eq!(phone.unlock("", 0).unwrap_err(), NotebookError::WrongSecret);
    let again = UNLOCK.create(
        phone.dir.path(),
        &NewSecret::pin(OTHER).unwrap(),
        KdfParams::FLOOR,
        &phone.binder,
        &mut Entropy::system(),
    );
    assert_eq!(again.unwrap_err(), NotebookError::AlreadyExists("keyfile"), "a keyfile is never overwritten");
}

#[test]
fn counts_a_try_before_it_is_made_and_across_a_restart() {
    let phone = Phone::new();
    for _ in 0..4 {
        // The power fails right after the count is on the disk: whoever cuts it gains no try.
        let cut = durable::cut::at(2, || phone.unlock(OTHER, 1_000));
        assert_eq!(cut.unwrap_err(), NotebookError::WrongSecret, "nothing more is written at a miss");
    }
    let error = phone.unlock(PIN, 1_000).unwrap_err();
    assert_eq!(error, NotebookError::MustWait { wait_ms: 30_000 }, "also for the right PIN");
    assert_eq!(UNLOCK.wait_ms(phone.dir.path(), up(11_000)).unwrap(), 20_000, "read from the disk, as after a restart");
    assert!(phone.unlock(PIN, 31_000).is_ok());
    assert_eq!(UNLOCK.wait_ms(phone.dir.path(), up(31_000)).unwrap(), 0, "a success forgives");
}

#[test]
fn gives_a_try_back_that_the_hardware_did_not_answer() {
    let phone = Phone::new();
    for _ in 0..12 {
        phone.binder.fail_from(3);
        assert_eq!(phone.unlock(PIN, 1_000).unwrap_err(), NotebookError::HardwareKey, "and never a wait");
    }
    phone.binder.revive();
    assert!(phone.opens(PIN));
}

#[test]
fn ends_the_tries_with_the_tenth_miss_and_leaves_the_keyfile() {
    let phone = Phone::new();
    let before = phone.copies();
    let mut now = 0;
    for number in 1..=10 {
        now += 60 * 60_000;
        let error = phone.unlock(OTHER, now).unwrap_err();
        let expected = if number == 10 { NotebookError::TriesSpent } else { NotebookError::WrongSecret };
        assert_eq!(error, expected, "miss {number}");
    }
    assert!(before == phone.copies(), "what becomes of it is decided elsewhere");
    now += 60 * 60_000;
    assert_eq!(phone.unlock(OTHER, now).unwrap_err(), NotebookError::TriesSpent, "also after a restart in between");
}

#[test]
fn shreds_both_copies_and_what_a_crash_left_however_often() {
    let phone = Phone::new();
    std::fs::write(phone.path("keyfile.b.new"), "half").unwrap();
    for cut in 0.. {
        if durable::cut::at(cut, || UNLOCK.shred(phone.dir.path())).is_ok() {
            break;
        }
    }
    assert!(!UNLOCK.exists(phone.dir.path()));
    for name in ["keyfile.a", "keyfile.b", "keyfile.b.new", "tries"] {
        assert!(!phone.path(name).exists(), "{name}");
    }
    UNLOCK.shred(phone.dir.path()).unwrap();
}

#[test]
fn overwrites_before_it_removes() {
    let phone = Phone::new();
    let kept = phone.path("kept");
    std::fs::hard_link(phone.path("keyfile.a"), &kept).unwrap();
    UNLOCK.shred(phone.dir.path()).unwrap();
    assert_eq!(std::fs::read(kept).unwrap(), [0; FILE_BYTES], "the same blocks under another name");
}

#[test]
fn uses_the_other_copy_when_one_is_damaged_and_repairs_it() {
    let phone = Phone::new();
    for name in UNLOCK.copies {
        let whole = std::fs::read(phone.path(name)).unwrap();
        // One byte of each part: magic, version, cost, chain, epoch, salt, generation, slots, filler, checksum.
        for position in [0, 11, 14, 27, 31, 40, 55, 60, 100, 300, 2_000, 4_090] {
            let mut damaged = whole.clone();
            damaged[position] ^= 0x10;
            std::fs::write(phone.path(name), &damaged).unwrap();
            assert!(phone.opens(PIN), "{name} byte {position}");
            assert_eq!(std::fs::read(phone.path(name)).unwrap(), whole, "{name} byte {position} is repaired");
        }
    }
}

#[test]
fn says_damaged_when_both_copies_are_and_leaves_them() {
    let phone = Phone::new();
    for name in UNLOCK.copies {
        let mut bytes = std::fs::read(phone.path(name)).unwrap();
        bytes.truncate(100);
        std::fs::write(phone.path(name), bytes).unwrap();
    }
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::KeyfileDamaged);
    assert_eq!(std::fs::metadata(phone.path("keyfile.a")).unwrap().len(), 100);
    assert!(UNLOCK.exists(phone.dir.path()), "what is damaged is not absent");
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(UNLOCK.unlock(empty.path(), PIN, &phone.binder, up(0)).unwrap_err(), NotebookError::Absent);
}

#[test]
fn refuses_a_newer_keyfile_as_newer() {
    let phone = Phone::new();
    for name in UNLOCK.copies {
        let mut bytes = std::fs::read(phone.path(name)).unwrap();
        bytes[11] = 2;
        let checksum = digest::digest(&digest::SHA256, &bytes[..CHECKED_BYTES]);
        bytes[CHECKED_BYTES..].copy_from_slice(checksum.as_ref());
        std::fs::write(phone.path(name), bytes).unwrap();
    }
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::TooNew);
}

#[test]
fn does_not_open_with_a_changed_parameter_even_if_the_checksum_is_made_right() {
    let phone = Phone::new();
    let mut bytes = std::fs::read(phone.path("keyfile.a")).unwrap();
    bytes[24..28].copy_from_slice(&5_u32.to_be_bytes());
    let checksum = digest::digest(&digest::SHA256, &bytes[..CHECKED_BYTES]);
    bytes[CHECKED_BYTES..].copy_from_slice(checksum.as_ref());
    for name in UNLOCK.copies {
        std::fs::write(phone.path(name), &bytes).unwrap();
    }
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::WrongSecret);
}

#[test]
fn tells_nothing_of_used_and_unused_slots() {
    let phone = Phone::new();
    let bytes = std::fs::read(phone.path("keyfile.a")).unwrap();
    assert_eq!(bytes.len(), FILE_BYTES);
    for part in bytes[SLOTS_AT..CHECKED_BYTES].chunks(SLOT_BYTES) {
        let zeros = part.iter().filter(|byte| **byte == 0).count();
        assert!(zeros < 8, "random bytes everywhere: a run of zeros would mark an empty slot");
    }
}

#[test]
fn says_hardware_when_the_key_store_fails_and_wrong_when_it_lies() {
    let phone = Phone::new();
    phone.binder.die();
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::HardwareKey);
    phone.binder.revive();
    phone.binder.lie_from(0);
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::WrongSecret);
    phone.binder.revive();
    assert!(phone.opens(PIN), "and nothing was harmed");
    delete_hardware_keys(phone.dir.path(), &phone.binder).unwrap();
    let error = phone.unlock(PIN, 0).unwrap_err();
    assert_eq!(error, NotebookError::HardwareKey, "without its key the file is worth nothing");
}

#[test]
fn passes_over_a_hardware_key_that_answers_no_more() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("device-key.1")).unwrap();
    let binder = FileBinder::new(dir.path());
    let pin = NewSecret::pin(PIN).unwrap();
    UNLOCK.create(dir.path(), &pin, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap();
    assert_eq!(epochs_named(dir.path()).unwrap(), BTreeSet::from([2]));
    assert!(UNLOCK.unlock(dir.path(), PIN, &binder, up(0)).is_ok());
}

#[test]
fn writes_no_keyfile_under_a_hardware_key_that_lies() {
    let dir = tempfile::tempdir().unwrap();
    let binder = Faulty::new(Arc::new(FileBinder::new(dir.path())));
    // Past the self-test, in the second of the two chains.
    binder.lie_from(3 + 6);
    let pin = NewSecret::pin(PIN).unwrap();
    let error = UNLOCK.create(dir.path(), &pin, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap_err();
    assert_eq!(error, NotebookError::HardwareKey);
    assert!(!UNLOCK.exists(dir.path()));
}

#[test]
fn calibrates_by_the_clock_it_is_given() {
    use std::cell::Cell;
    let dir = tempfile::tempdir().unwrap();
    let clock = Cell::new(0);
    let hour_at_each_look = || clock.replace(clock.get() + 3_600_000);
    let params = calibrate(&FileBinder::new(dir.path()), &hour_at_each_look).unwrap();
    assert_eq!(params, KdfParams::FLOOR, "the slowest device of all");
    assert_eq!(clock.get(), 3 * 3_600_000, "before, between and after");
}

#[test]
fn keeps_the_device_key_to_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let phone = Phone::new();
    for name in ["device-key.1", "keyfile.a", "keyfile.b", "tries"] {
        let mode = std::fs::metadata(phone.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
    let same = phone.binder.hmac(FIRST_EPOCH, b"x").unwrap();
    phone.binder.create(FIRST_EPOCH).unwrap();
    assert_eq!(phone.binder.hmac(FIRST_EPOCH, b"x").unwrap(), same, "an existing key is never replaced");
}

#[test]
fn keeps_the_review_apart_from_the_notebook() {
    let phone = Phone::new();
    let (dir, mut entropy) = (phone.dir.path(), Entropy::system());
    assert!(!REVIEW.exists(dir));
    let pin = NewSecret::review_pin("48205917", PIN).unwrap();
    let params = UNLOCK.params(dir).unwrap();
    let key = REVIEW.create(dir, &pin, params, &phone.binder, &mut entropy).unwrap();
    assert_ne!(key.as_bytes(), phone.key.as_bytes());
    assert_eq!(REVIEW.params(dir).unwrap().parts(), KdfParams::FLOOR.parts());
    let opened = REVIEW.unlock(dir, "48205917", &phone.binder, up(0)).unwrap().into_key().unwrap();
    assert_eq!(opened.as_bytes(), key.as_bytes());
    assert!(phone.unlock(PIN, 0).is_ok(), "the hardware key serves both");

    for _ in 0..4 {
        assert_eq!(REVIEW.unlock(dir, PIN, &phone.binder, up(1_000)).unwrap_err(), NotebookError::WrongSecret);
    }
    assert_eq!(REVIEW.wait_ms(dir, up(1_000)).unwrap(), 30_000);
    assert!(phone.unlock(PIN, 1_000).is_ok(), "tries at one are not tries at the other");
}

#[test]
fn does_not_take_one_keyfile_for_the_other() {
    let phone = Phone::new();
    let dir = phone.dir.path();
    for (from, to) in UNLOCK.copies.iter().zip(REVIEW.copies) {
        std::fs::copy(dir.join(from), dir.join(to)).unwrap();
    }
    std::fs::copy(dir.join(UNLOCK.tries), dir.join(REVIEW.tries)).unwrap();
    let error = REVIEW.unlock(dir, PIN, &phone.binder, up(0)).unwrap_err();
    assert_eq!(error, NotebookError::WrongSecret, "the unlock PIN must not open the review by a copied file");
}

#[test]
fn refuses_an_easy_pin_before_anything_is_written() {
    let error = NewSecret::pin("240785").unwrap_err();
    assert_eq!(error, NotebookError::WeakSecret(SecretFault::TooEasy));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..5_000)) {
        proptest::prop_assert!(KeyfileCopy::decode(&bytes).is_err());
    }

    #[test]
    fn any_header_with_a_right_checksum_is_read_without_a_panic(
        header in proptest::collection::vec(proptest::num::u8::ANY, 56)
    ) {
        let mut bytes = [MAGIC.as_slice(), &VERSION.to_be_bytes(), &header].concat();
        bytes.resize(CHECKED_BYTES, 0);
        let checksum = digest::digest(&digest::SHA256, &bytes);
        bytes.extend_from_slice(checksum.as_ref());
        if let Ok(copy) = KeyfileCopy::decode(&bytes) {
            proptest::prop_assert!(copy.params.parts()[0] <= KdfParams::CEILING.parts()[0]);
        }
    }
}
