//! Keyfiles: a key, wrapped by PIN (or passphrase) and hardware. Layout and derivation: [`super`].
//!
//! A notebook has one [`KeyfileSet`] that opens it, and on a lead's phone a second one behind the step-up PIN. Each has
//! its own two copies, its own counter of tries and its own purpose inside the slot, so that neither can stand in for
//! the other.
//!
//! | module | what |
//! |---|---|
//! | here | a keyfile is made, opened, destroyed |
//! | `rewrite` | another PIN, a duress PIN, another hardware key |
//! | `copy` | one copy, and its slots |

mod copy;
mod rewrite;

use super::binder::HardwareBinder;
use super::durable;
use super::kdf::{KdfParams, stretch};
use super::key::DataKey;
use super::secret::{NewSecret, normalised};
use super::throttle;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};
use crate::uptime::Uptime;
use copy::{Content, KeyfileCopy, SLOTS};
use std::collections::BTreeSet;
use std::path::Path;

/// The hardware key of new keyfiles.
const FIRST_EPOCH: u32 = 1;
/// Hardware keys that a new keyfile tries to hang on, one after the other.
const EPOCHS_TRIED: u32 = 8;
/// What opens the notebook.
const NOTEBOOK: u8 = 1;
/// What opens the lead's review.
const LEADS_REVIEW: u8 = 2;
/// What a duress PIN opens.
const DECOY: u8 = 3;

/// The names that one keyfile goes by, and what its slot opens.
#[derive(Clone, Copy, Debug)]
pub struct KeyfileSet {
    copies: [&'static str; 2],
    tries: &'static str,
    /// Written into the slot, checked when it opens.
    purpose: u8,
}

/// What opens the notebook: it holds the data key.
pub const UNLOCK: KeyfileSet = KeyfileSet { copies: ["keyfile.a", "keyfile.b"], tries: "tries", purpose: NOTEBOOK };

/// What opens the lead's review (*Verifica*) on a notebook that is open: it holds the review key.
pub const REVIEW: KeyfileSet =
    KeyfileSet { copies: ["review.a", "review.b"], tries: "review.tries", purpose: LEADS_REVIEW };

/// What an unlock gives.
#[derive(Debug)]
pub enum Unlocked {
    /// The key of the set.
    Notebook {
        /// The data key, or the review key.
        key: DataKey,
        /// Whether two equal, valid copies of the keyfile are on the disk. If not, repairing the second one failed too.
        both_copies: bool,
        /// The key behind the duress PIN, if there is one.
        decoy_key: Option<DataKey>,
    },
    /// The PIN was the duress PIN. Nothing of the notebook can be opened with this.
    Decoy {
        /// What the duress PIN's content is sealed under.
        key: DataKey,
    },
}

impl Unlocked {
    /// The key, where a duress PIN is as wrong as any other.
    ///
    /// # Errors
    /// [`NotebookError::WrongSecret`] for a duress PIN.
    pub fn into_key(self) -> Result<DataKey> {
        match self {
            Self::Notebook { key, .. } => Ok(key),
            Self::Decoy { .. } => Err(NotebookError::WrongSecret),
        }
    }
}

/// What a try at a new keyfile should cost on this device, measured once: Argon2id and the key store. `now_ms` is a clock
/// that nobody sets.
///
/// # Errors
/// Disk and hardware.
pub fn calibrate(binder: &dyn HardwareBinder, now_ms: &dyn Fn() -> u64) -> Result<KdfParams> {
    let epoch = answering_epoch(binder)?;
    let start = now_ms();
    let stretched = stretch("", &[0; 16], KdfParams::DEFAULT)?;
    let between = now_ms();
    super::binder::chain(binder, epoch, KdfParams::FLOOR.chain_length(), &stretched)?;
    Ok(KdfParams::suited(between.saturating_sub(start), now_ms().saturating_sub(between)))
}

/// Destroys every hardware key that a keyfile in this folder may hang on: from then on no PIN opens any of them, nor any
/// copy of them that was ever made.
///
/// # Errors
/// [`NotebookError::HardwareKey`] if one may still be there; the others are gone then.
pub fn delete_hardware_keys(dir: &Path, binder: &dyn HardwareBinder) -> Result<()> {
    // What cannot be read names no key that could be found here; the first one goes in any case.
    let mut epochs = epochs_named(dir).unwrap_or_default();
    epochs.insert(FIRST_EPOCH);
    // A move to another key may have been cut short on either side of its write.
    let around = |epoch: &u32| [epoch.saturating_sub(1), epoch.saturating_add(1)];
    epochs.extend(epochs.clone().iter().flat_map(around).filter(|epoch| *epoch >= FIRST_EPOCH));
    epochs.iter().map(|epoch| binder.delete(*epoch)).fold(Ok(()), Result::and)
}

/// The first hardware key that can be had and says the same twice: one that died under an earlier notebook of this device
/// is passed over.
fn answering_epoch(binder: &dyn HardwareBinder) -> Result<u32> {
    let answers = |epoch: &u32| {
        let tag = || binder.hmac(*epoch, b"usc1 self-test").ok();
        binder.create(*epoch).is_ok() && tag().is_some_and(|first| Some(first) == tag())
    };
    let found = (FIRST_EPOCH..=EPOCHS_TRIED).find(answers);
    // The error of the first one says why: the disk may be full.
    found.map_or_else(|| binder.create(FIRST_EPOCH).and(Err(NotebookError::HardwareKey)), Ok)
}

/// The hardware keys that the copies of both sets name; damaged ones can name none.
fn epochs_named(dir: &Path) -> Result<BTreeSet<u32>> {
    let mut epochs = BTreeSet::new();
    for set in [UNLOCK, REVIEW] {
        let found = KeyfileCopy::read(set, dir)?;
        if found.too_new {
            return Err(NotebookError::TooNew);
        }
        epochs.extend(found.copies.iter().map(|(copy, _)| copy.epoch));
    }
    Ok(epochs)
}

impl KeyfileSet {
    /// Whether a keyfile is here, readable or not.
    #[must_use]
    pub fn exists(self, dir: &Path) -> bool {
        self.copies.iter().any(|name| dir.join(name).exists())
    }

    /// What stretching the PIN of this keyfile costs.
    ///
    /// # Errors
    /// [`NotebookError::Absent`], [`NotebookError::KeyfileDamaged`], [`NotebookError::TooNew`].
    pub fn params(self, dir: &Path) -> Result<KdfParams> {
        KeyfileCopy::load(self, dir).map(|(copy, _)| copy.params)
    }

    /// Makes the keyfile, with a new key.
    ///
    /// # Errors
    /// [`NotebookError::AlreadyExists`] if any copy is here; disk and hardware.
    pub fn create(
        self,
        dir: &Path,
        secret: &NewSecret,
        params: KdfParams,
        binder: &dyn HardwareBinder,
        entropy: &mut Entropy,
    ) -> Result<DataKey> {
        if self.exists(dir) {
            return Err(NotebookError::AlreadyExists("keyfile"));
        }
        let key = DataKey::generate(entropy)?;
        let mut copy = KeyfileCopy::new(params, answering_epoch(binder)?, 1, entropy)?;
        let kek = copy.sure_kek(secret.as_str(), binder)?;
        let [choice] = entropy.bytes::<1>()?;
        let content = Content { key: key.clone(), purpose: self.purpose, decoy_pin: None };
        copy.write_slot(usize::from(choice) % SLOTS, &kek, &content, entropy)?;
        throttle::start(dir, self.tries)?;
        copy.write_both(self, dir)?;
        Ok(key)
    }

    /// Milliseconds to wait before the next try. `now` comes from a clock that nobody can set.
    ///
    /// # Errors
    /// If the counter cannot be read.
    pub fn wait_ms(self, dir: &Path, now: Uptime) -> Result<u64> {
        throttle::wait_ms(dir, self.tries, now)
    }

    /// Opens the keyfile. The try is counted, durably, before it is made. Every try costs the same, whichever PIN it
    /// was.
    ///
    /// # Errors
    /// [`NotebookError::Absent`], [`NotebookError::KeyfileDamaged`], [`NotebookError::MustWait`],
    /// [`NotebookError::WrongSecret`], [`NotebookError::HardwareKey`], [`NotebookError::TooNew`];
    /// [`NotebookError::TriesSpent`] for the tenth miss in a row at the notebook's keyfile, which is left as it is: what
    /// then happens to it the caller decides.
    pub fn unlock(self, dir: &Path, secret: &str, binder: &dyn HardwareBinder, now: Uptime) -> Result<Unlocked> {
        let (copy, both) = KeyfileCopy::load(self, dir)?;
        let content = self.attempt(dir, &copy, secret, binder, now)?;
        // A full disk must not keep anybody out: the copy in force is good.
        let both_copies = both || copy.write_both(self, dir).is_ok();
        if content.purpose == DECOY {
            return Ok(Unlocked::Decoy { key: content.key });
        }
        let decoy_key = content.decoy_pin.is_some().then(|| content.key.decoy()).transpose()?;
        Ok(Unlocked::Notebook { key: content.key, both_copies, decoy_key })
    }

    /// One counted try. A duress PIN ends the wait as the real one does, or it would show; only the real one gives the
    /// tries back. Hardware that does not answer takes no try: nobody learnt anything.
    fn attempt(
        self,
        dir: &Path,
        copy: &KeyfileCopy,
        secret: &str,
        binder: &dyn HardwareBinder,
        now: Uptime,
    ) -> Result<Content> {
        throttle::count(dir, self.tries, now)?;
        let kek = match copy.kek(&normalised(secret), binder) {
            Err(NotebookError::HardwareKey) => {
                throttle::give_back(dir, self.tries)?;
                return Err(NotebookError::HardwareKey);
            }
            other => other?,
        };
        let fits = |content: &Content| {
            content.purpose == self.purpose || (self.purpose == NOTEBOOK && content.purpose == DECOY)
        };
        match copy.open_slot(&kek)?.filter(fits) {
            Some(content) => {
                let is_own = content.purpose == self.purpose;
                let settle = if is_own { throttle::forgive } else { throttle::pardon };
                settle(dir, self.tries)?;
                Ok(content)
            }
            None if self.purpose == NOTEBOOK && throttle::is_last(dir, self.tries)? => Err(NotebookError::TriesSpent),
            None => Err(NotebookError::WrongSecret),
        }
    }

    /// Overwrites and removes both copies and the counter. What is not there, or no longer, is no failure, so that it can
    /// be done again after a crash.
    ///
    /// # Errors
    /// The disk; all that could be removed is.
    pub fn shred(self, dir: &Path) -> Result<()> {
        let [one, other] = self.copies;
        let done = [one, other, self.tries].map(|name| durable::shred(dir, name, "keyfile"));
        let synced = durable::sync_folder(dir, "keyfile");
        done.into_iter().fold(synced, Result::and)
    }
}

#[cfg(test)]
mod tests;
