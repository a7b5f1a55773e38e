use super::*;
use crate::crypto::binder::FileBinder;
use crate::error::SecretFault;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering};
use tempfile::TempDir;

const PIN: &str = "830519";
const OTHER: &str = "739164";

struct Phone {
    dir: TempDir,
    binder: FileBinder,
    key: DataKey,
}

impl Phone {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let binder = FileBinder::new(dir.path());
        let pin = NewSecret::pin(PIN).unwrap();
        let key = UNLOCK.create(dir.path(), &pin, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap();
        Self { dir, binder, key }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn unlock(&self, pin: &str, uptime_ms: u64) -> Result<Unlocked> {
        UNLOCK.unlock(self.dir.path(), pin, &self.binder, uptime_ms)
    }
}

#[test]
fn opens_with_its_pin_and_with_no_other() {
    let phone = Phone::new();
    let unlocked = phone.unlock(PIN, 0).unwrap();
    assert_eq!(unlocked.key.as_bytes(), phone.key.as_bytes());
    assert!(unlocked.both_copies);
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
    // The hardware dies in the middle of every try: the tries count all the same.
    let dying = FaultyBinder::new(&phone.binder, Fault::Error);
    for _ in 0..4 {
        let error = UNLOCK.unlock(phone.dir.path(), PIN, &dying, 1_000).unwrap_err();
        assert_eq!(error, NotebookError::HardwareKey);
    }
    let error = phone.unlock(PIN, 1_000).unwrap_err();
    assert_eq!(error, NotebookError::MustWait { wait_ms: 30_000 }, "also for the right PIN");
    assert_eq!(UNLOCK.wait_ms(phone.dir.path(), 11_000).unwrap(), 20_000, "read from the disk, as after a restart");
    assert!(phone.unlock(PIN, 31_000).is_ok());
    assert_eq!(UNLOCK.wait_ms(phone.dir.path(), 31_000).unwrap(), 0, "a success forgives");
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
            let unlocked = phone.unlock(PIN, 0).unwrap();
            assert_eq!(unlocked.key.as_bytes(), phone.key.as_bytes(), "{name} byte {position}");
            assert!(unlocked.both_copies);
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
    assert_eq!(UNLOCK.unlock(empty.path(), PIN, &phone.binder, 0).unwrap_err(), NotebookError::Absent);
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
    for part in bytes[SLOTS_AT..CHECKED_BYTES].chunks(76) {
        let zeros = part.iter().filter(|byte| **byte == 0).count();
        assert!(zeros < 8, "random bytes everywhere: a run of zeros would mark an empty slot");
    }
}

#[test]
fn changes_the_pin_and_the_old_one_is_gone() {
    let phone = Phone::new();
    let new = NewSecret::pin(OTHER).unwrap();
    let mut entropy = Entropy::system();
    let wrong = UNLOCK.change(phone.dir.path(), "471920", &new, &phone.binder, 0, &mut entropy);
    assert_eq!(wrong.unwrap_err(), NotebookError::WrongSecret);
    UNLOCK.change(phone.dir.path(), PIN, &new, &phone.binder, 0, &mut entropy).unwrap();
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::WrongSecret);
    assert_eq!(phone.unlock(OTHER, 0).unwrap().key.as_bytes(), phone.key.as_bytes(), "the data key stays");
}

#[test]
fn survives_a_crash_at_each_step_of_a_change() {
    let phone = Phone::new();
    let before = UNLOCK.copies.map(|name| std::fs::read(phone.path(name)).unwrap());
    let new = NewSecret::pin(OTHER).unwrap();
    UNLOCK.change(phone.dir.path(), PIN, &new, &phone.binder, 0, &mut Entropy::system()).unwrap();
    let after = UNLOCK.copies.map(|name| std::fs::read(phone.path(name)).unwrap());
    // keyfile.a was in force: keyfile.b is written first. Each state with and without a leftover half file.
    let states = [([&before[0], &before[1]], PIN), ([&before[0], &after[1]], OTHER), ([&after[0], &after[1]], OTHER)];
    for (copies, pin) in states {
        for (name, bytes) in UNLOCK.copies.iter().zip(copies) {
            std::fs::write(phone.path(name), bytes).unwrap();
        }
        std::fs::write(phone.path("keyfile.b.new"), &after[1][..1_000]).unwrap();
        let unlocked = phone.unlock(pin, 0).unwrap();
        assert_eq!(unlocked.key.as_bytes(), phone.key.as_bytes());
        let healed = UNLOCK.copies.map(|name| std::fs::read(phone.path(name)).unwrap());
        assert_eq!(healed[0], healed[1], "both copies agree after the first unlock");
    }
}

#[test]
fn says_hardware_when_the_key_store_fails_and_wrong_when_it_lies() {
    let phone = Phone::new();
    let failing = FaultyBinder::new(&phone.binder, Fault::Error);
    assert_eq!(UNLOCK.unlock(phone.dir.path(), PIN, &failing, 0).unwrap_err(), NotebookError::HardwareKey);
    let lying = FaultyBinder::new(&phone.binder, Fault::WrongValue);
    assert_eq!(UNLOCK.unlock(phone.dir.path(), PIN, &lying, 0).unwrap_err(), NotebookError::WrongSecret);
    assert!(phone.unlock(PIN, 0).is_ok(), "and nothing was harmed");
    phone.binder.delete(FIRST_EPOCH).unwrap();
    assert_eq!(
        phone.unlock(PIN, 0).unwrap_err(),
        NotebookError::HardwareKey,
        "without its key the file is worth nothing"
    );
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
    let unlocked = REVIEW.unlock(dir, "48205917", &phone.binder, 0).unwrap();
    assert_eq!(unlocked.key.as_bytes(), key.as_bytes());
    assert!(phone.unlock(PIN, 0).is_ok(), "the hardware key serves both");

    for _ in 0..4 {
        assert_eq!(REVIEW.unlock(dir, PIN, &phone.binder, 1_000).unwrap_err(), NotebookError::WrongSecret);
    }
    assert_eq!(REVIEW.wait_ms(dir, 1_000).unwrap(), 30_000);
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
    let error = REVIEW.unlock(dir, PIN, &phone.binder, 0).unwrap_err();
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
            proptest::prop_assert!(copy.params.parts().0 <= KdfParams::CEILING.parts().0);
        }
    }
}

#[derive(Clone, Copy)]
enum Fault {
    Error,
    WrongValue,
}

/// A key store that fails from the second of its answers on.
struct FaultyBinder<'a> {
    inner: &'a FileBinder,
    fault: Fault,
    answers: AtomicU8,
}

impl<'a> FaultyBinder<'a> {
    fn new(inner: &'a FileBinder, fault: Fault) -> Self {
        Self { inner, fault, answers: AtomicU8::new(0) }
    }
}

impl HardwareBinder for FaultyBinder<'_> {
    fn create(&self, epoch: u32) -> Result<()> {
        self.inner.create(epoch)
    }

    fn hmac(&self, epoch: u32, message: &[u8]) -> Result<[u8; 32]> {
        let mut answer = self.inner.hmac(epoch, message)?;
        if self.answers.fetch_add(1, Ordering::Relaxed) > 0 {
            match self.fault {
                Fault::Error => return Err(NotebookError::HardwareKey),
                Fault::WrongValue => answer[0] ^= 1,
            }
        }
        Ok(answer)
    }

    fn delete(&self, epoch: u32) -> Result<()> {
        self.inner.delete(epoch)
    }
}
