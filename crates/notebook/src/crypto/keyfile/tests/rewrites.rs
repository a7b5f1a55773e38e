//! Another PIN, a duress PIN, another hardware key: and the power failing at every step of each.

use super::*;
use crate::crypto::binder::KeyLevel;

const DURESS: &str = "418026";

impl Phone {
    fn change(&self, old: &str, new: &str) -> Result<()> {
        let new = NewSecret::pin(new).unwrap();
        UNLOCK.change_secret(self.dir.path(), old, &new, &self.binder, up(0), &mut self.entropy())
    }

    fn set_duress(&self, pin: &str, duress: &str) -> Result<DataKey> {
        let duress = NewSecret::pin(duress).unwrap();
        UNLOCK.set_decoy(self.dir.path(), pin, &duress, &self.binder, up(0), &mut self.entropy())
    }

    fn clear_duress(&self, pin: &str) -> Result<()> {
        UNLOCK.clear_decoy(self.dir.path(), pin, &self.binder, up(0), &mut self.entropy())
    }

    fn rewrap(&self, pin: &str) -> Result<bool> {
        UNLOCK.rewrap(self.dir.path(), pin, &self.binder, &mut self.entropy())
    }

    /// The key behind the duress PIN, if this is it.
    fn decoy(&self, pin: &str) -> Option<DataKey> {
        match self.unlock(pin, 0) {
            Ok(Unlocked::Decoy { key }) => Some(key),
            _ => None,
        }
    }
}

/// Lets the power fail at each operation on a file in turn, and looks at what is left.
fn at_every_cut(phone: &Phone, mut work: impl FnMut() -> Result<()>, mut check: impl FnMut(u32)) {
    let files: Vec<_> = std::fs::read_dir(phone.dir.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    for cut in 0..100 {
        for file in std::fs::read_dir(phone.dir.path()).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
        for (path, bytes) in &files {
            std::fs::write(path, bytes).unwrap();
        }
        // The same randomness each time, so that what is stretched is known after the first.
        phone.seed.set(Some(1));
        let done = durable::cut::at(cut, &mut work);
        phone.seed.set(Some(2));
        check(cut);
        if done.is_ok() {
            assert!(cut > 10, "two copies and the counter of tries: there are more steps than {cut}");
            phone.seed.set(None);
            return;
        }
    }
    panic!("it never came to an end");
}

#[test]
fn changes_the_pin_and_the_old_one_is_gone() {
    let phone = Phone::new();
    assert_eq!(phone.change("471920", OTHER).unwrap_err(), NotebookError::WrongSecret);
    phone.change(PIN, OTHER).unwrap();
    assert_eq!(phone.unlock(PIN, 0).unwrap_err(), NotebookError::WrongSecret);
    assert!(phone.opens(OTHER), "the data key stays");
}

#[test]
fn opens_with_the_old_or_the_new_pin_wherever_a_change_is_cut() {
    let phone = Phone::new();
    let (mut old, mut new) = (0, 0);
    at_every_cut(
        &phone,
        || phone.change(PIN, OTHER),
        |cut| {
            let is_new = phone.opens(OTHER);
            assert!(is_new || phone.opens(PIN), "neither opens after cut {cut}");
            *(if is_new { &mut new } else { &mut old }) += 1;
            let [one, other] = phone.copies();
            assert!(one == other, "the first unlock makes both copies agree");
        },
    );
    assert!(old > 0 && new > 0, "the cuts lie on both sides of the change");
}

#[test]
fn opens_a_decoy_with_the_duress_pin_and_keeps_it_through_changes() {
    let phone = Phone::new();
    assert!(phone.decoy(DURESS).is_none());
    let key = phone.set_duress(PIN, DURESS).unwrap();
    assert_eq!(phone.decoy(DURESS).unwrap().as_bytes(), key.as_bytes());
    assert_ne!(key.as_bytes(), phone.key.as_bytes());
    let Unlocked::Notebook { decoy_key, .. } = phone.unlock(PIN, 0).unwrap() else { panic!("a decoy") };
    assert_eq!(decoy_key.unwrap().as_bytes(), key.as_bytes(), "whoever is inside can write what it opens");

    phone.change(PIN, OTHER).unwrap();
    assert!(phone.opens(OTHER) && !phone.opens(DURESS));
    assert_eq!(phone.decoy(DURESS).unwrap().as_bytes(), key.as_bytes(), "it stays when the PIN changes");
    assert_eq!(phone.set_duress(OTHER, "602813").unwrap().as_bytes(), key.as_bytes());
    assert!(phone.decoy(DURESS).is_none(), "there is one duress PIN");
    phone.clear_duress(OTHER).unwrap();
    assert!(phone.decoy("602813").is_none() && phone.opens(OTHER));
}

#[test]
fn lets_the_duress_pin_change_nothing() {
    let phone = Phone::new();
    phone.set_duress(PIN, DURESS).unwrap();
    assert_eq!(phone.change(DURESS, OTHER).unwrap_err(), NotebookError::WrongSecret);
    assert_eq!(phone.clear_duress(DURESS).unwrap_err(), NotebookError::WrongSecret);
    assert_eq!(phone.set_duress(DURESS, OTHER).unwrap_err(), NotebookError::WrongSecret);
    assert!(phone.opens(PIN) && phone.decoy(DURESS).is_some());
}

#[test]
fn keeps_the_two_pins_apart() {
    let phone = Phone::new();
    let near = NotebookError::WeakSecret(SecretFault::LikeUnlock);
    assert_eq!(phone.set_duress(PIN, PIN).unwrap_err(), near);
    assert_eq!(phone.set_duress(PIN, "7830591").unwrap_err(), near);
    let long = phone.set_duress(PIN, "739164205831479").unwrap_err();
    assert_eq!(long, NotebookError::InvalidInput("duress PIN"), "fifteen digits have no room");
    phone.set_duress(PIN, DURESS).unwrap();
    assert_eq!(phone.change(PIN, DURESS).unwrap_err(), near, "or the duress PIN would open the notebook");
    assert!(phone.opens(PIN) && phone.decoy(DURESS).is_some());
}

#[test]
fn costs_the_same_whichever_pin_it_is() {
    let phone = Phone::new();
    phone.set_duress(PIN, DURESS).unwrap();
    let calls = [PIN, DURESS, OTHER].map(|pin| {
        let before = phone.binder.calls();
        drop(phone.unlock(pin, 0));
        phone.binder.calls() - before
    });
    assert_eq!(calls, [4; 3], "one chain; the stretching before it is the same for all");
}

#[test]
fn keeps_both_pins_wherever_a_duress_pin_is_cut_off() {
    let phone = Phone::new();
    at_every_cut(
        &phone,
        || phone.set_duress(PIN, DURESS).map(drop),
        |cut| {
            assert!(phone.opens(PIN), "after cut {cut}");
        },
    );
    assert!(phone.decoy(DURESS).is_some());
    at_every_cut(
        &phone,
        || phone.clear_duress(PIN),
        |cut| {
            assert!(phone.opens(PIN), "after cut {cut}");
        },
    );
    assert!(phone.decoy(DURESS).is_none());
}

#[test]
fn writes_every_slot_anew_whatever_the_change_was() {
    let phone = Phone::new();
    let slots = |bytes: &[u8]| -> Vec<Vec<u8>> {
        bytes[SLOTS_AT..].chunks(SLOT_BYTES).take(SLOTS).map(<[u8]>::to_vec).collect()
    };
    let mut seen = vec![phone.copies()[0].clone()];
    phone.set_duress(PIN, DURESS).unwrap();
    seen.push(phone.copies()[0].clone());
    phone.change(PIN, OTHER).unwrap();
    seen.push(phone.copies()[0].clone());
    phone.clear_duress(OTHER).unwrap();
    seen.push(phone.copies()[0].clone());
    phone.clear_duress(OTHER).unwrap();
    seen.push(phone.copies()[0].clone());
    for pair in seen.windows(2) {
        let same = slots(&pair[0]).into_iter().zip(slots(&pair[1])).filter(|(before, after)| before == after).count();
        assert_eq!(same, 0, "a slot that stays would tell which ones are used");
        assert_ne!(pair[0][32..48], pair[1][32..48], "the salt too");
        assert_eq!(pair[0][..32], pair[1][..32], "the parameters stay");
    }
}

#[test]
fn cannot_be_told_with_a_duress_pin_from_one_without() {
    // The forms of many keyfiles, with the key that wraps the slots made up: what it costs to stretch a PIN tells nothing.
    let mut entropy = Entropy::seeded_for_simulation(7);
    let mut counts = [[0_u32; 256]; 2];
    for number in 0..10_000 {
        let with = number % 2;
        let mut copy = KeyfileCopy::new(KdfParams::FLOOR, 1, 1, &mut entropy).unwrap();
        let key = DataKey::generate(&mut entropy).unwrap();
        let decoy_pin = (with == 1).then(|| zeroize::Zeroizing::new(DURESS.to_owned()));
        let content = Content { key: key.clone(), purpose: NOTEBOOK, decoy_pin };
        let kek = entropy.bytes().unwrap();
        copy.write_slot(number % SLOTS, &kek, &content, &mut entropy).unwrap();
        if with == 1 {
            let decoy = Content { key, purpose: DECOY, decoy_pin: None };
            let kek = entropy.bytes().unwrap();
            copy.write_slot((number + 1) % SLOTS, &kek, &decoy, &mut entropy).unwrap();
        }
        for byte in &copy.encode()[SLOTS_AT..SLOTS_AT + SLOTS * SLOT_BYTES] {
            counts[with][usize::from(*byte)] += 1;
        }
    }
    // Two samples, 256 classes: 255 degrees of freedom. 1 in 10,000 lies above 345.
    let statistic: f64 = (0..256)
        .map(|byte| {
            let [without, with] = counts.map(|count| f64::from(count[byte]));
            (without - with).powi(2) / (without + with)
        })
        .sum();
    assert!(statistic < 345.0, "chi-square {statistic}");
    let mean = 5_000.0 * (SLOTS * SLOT_BYTES) as f64 / 256.0;
    for counts in counts {
        let uniform: f64 = counts.iter().map(|count| (f64::from(*count) - mean).powi(2) / mean).sum();
        assert!(uniform < 345.0, "each alone is as random bytes: chi-square {uniform}");
    }
}

#[test]
fn moves_to_a_better_hardware_key_and_destroys_the_old_one() {
    let phone = Phone::new();
    phone.set_duress(PIN, DURESS).unwrap();
    assert!(!phone.rewrap(PIN).unwrap(), "there is no better one");
    phone.binder.become_hardware();
    assert!(!phone.rewrap(DURESS).unwrap(), "the duress PIN cannot");
    assert!(phone.rewrap(PIN).unwrap());
    assert_eq!(phone.binder.level(1).unwrap(), KeyLevel::None);
    assert_eq!(phone.binder.level(2).unwrap(), KeyLevel::Hardware);
    assert!(phone.opens(PIN) && phone.decoy(DURESS).is_some());
    assert!(!phone.rewrap(PIN).unwrap(), "and stays there");
}

#[test]
fn keeps_the_old_hardware_key_while_the_review_hangs_on_it() {
    let phone = Phone::new();
    let (dir, mut entropy) = (phone.dir.path(), Entropy::system());
    let review = NewSecret::review_pin("48205917", PIN).unwrap();
    REVIEW.create(dir, &review, KdfParams::FLOOR, &phone.binder, &mut entropy).unwrap();
    phone.binder.become_hardware();
    assert!(phone.rewrap(PIN).unwrap());
    assert!(REVIEW.unlock(dir, "48205917", &phone.binder, up(0)).is_ok());
    assert!(REVIEW.rewrap(dir, "48205917", &phone.binder, &mut entropy).unwrap());
    assert_eq!(phone.binder.level(1).unwrap(), KeyLevel::None, "the last one to leave takes it away");
    assert!(REVIEW.unlock(dir, "48205917", &phone.binder, up(0)).is_ok() && phone.opens(PIN));
}

#[test]
fn opens_wherever_the_move_to_another_hardware_key_is_cut() {
    let phone = Phone::new();
    phone.set_duress(PIN, DURESS).unwrap();
    phone.binder.become_hardware();
    at_every_cut(
        &phone,
        || phone.rewrap(PIN).map(drop),
        |cut| {
            assert!(phone.opens(PIN), "after cut {cut}");
            assert!(phone.decoy(DURESS).is_some(), "after cut {cut}");
            phone.rewrap(PIN).unwrap();
            assert_eq!(phone.binder.level(1).unwrap(), KeyLevel::None, "the next unlock ends it, after cut {cut}");
            assert!(phone.opens(PIN), "after cut {cut}");
        },
    );
}

#[test]
fn stays_where_it_is_when_the_new_hardware_key_fails() {
    let phone = Phone::new();
    phone.binder.become_hardware();
    // level, first chain, creation, level, then two chains, the proof from the disk, and the deletion.
    for failing in 0..24 {
        phone.binder.fail_from(failing);
        let moved = phone.rewrap(PIN);
        phone.binder.revive();
        assert!(phone.opens(PIN), "call {failing} failed");
        if moved == Ok(true) {
            break;
        }
    }
    phone.rewrap(PIN).unwrap();
    assert_eq!(epochs_named(phone.dir.path()).unwrap(), BTreeSet::from([2]));
}
