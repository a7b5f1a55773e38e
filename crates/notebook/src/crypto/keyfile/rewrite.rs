//! What changes a keyfile: another PIN, a duress PIN set or removed, another hardware key.
//!
//! Each of them writes the whole file anew: salt, the place of the slots, unused slots and filler are fresh random bytes.
//! So two generations differ everywhere, and their difference does not tell what was done. The new copies are written
//! one after the other; at every moment the old or the new secret opens.

use super::super::binder::{HardwareBinder, KeyLevel};
use super::super::key::DataKey;
use super::super::secret::{NewSecret, normalised};
use super::copy::{Content, DECOY_PIN_BYTES, KeyfileCopy, SLOTS};
use super::{DECOY, KeyfileSet, NOTEBOOK, epochs_named};
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result, SecretFault};
use crate::uptime::Uptime;
use std::path::Path;
use zeroize::Zeroizing;

impl KeyfileSet {
    /// Changes the PIN or passphrase; a duress PIN stays. A crash leaves a keyfile that opens with the old or with the
    /// new one.
    ///
    /// # Errors
    /// As [`KeyfileSet::unlock`], with the old secret counted as a try; [`NotebookError::WeakSecret`] for the duress
    /// PIN; the disk.
    pub fn change_secret(
        self,
        dir: &Path,
        old: &str,
        new: &NewSecret,
        binder: &dyn HardwareBinder,
        now: Uptime,
        entropy: &mut Entropy,
    ) -> Result<()> {
        let (copy, content) = self.own(dir, old, binder, now)?;
        if content.decoy_pin.as_ref().is_some_and(|decoy| is_near(decoy, new.as_str())) {
            return Err(NotebookError::WeakSecret(SecretFault::LikeUnlock));
        }
        let next = copy.next(copy.epoch, self.purpose, new.as_str(), &content, binder, entropy)?;
        next.write_both(self, dir)
    }

    /// Sets or changes the duress PIN of the notebook's keyfile, and gives the key that it opens: always the same one
    /// for one notebook.
    ///
    /// # Errors
    /// As [`KeyfileSet::unlock`], with `pin` counted as a try; [`NotebookError::WeakSecret`] for one that is near `pin`;
    /// [`NotebookError::InvalidInput`] for one that is too long; the disk.
    pub fn set_decoy(
        self,
        dir: &Path,
        pin: &str,
        decoy: &NewSecret,
        binder: &dyn HardwareBinder,
        now: Uptime,
        entropy: &mut Entropy,
    ) -> Result<DataKey> {
        let (copy, mut content) = self.own(dir, pin, binder, now)?;
        if self.purpose != NOTEBOOK {
            return Err(NotebookError::WrongState("no duress PIN here"));
        }
        if is_near(pin, decoy.as_str()) {
            return Err(NotebookError::WeakSecret(SecretFault::LikeUnlock));
        }
        if decoy.as_str().len() > DECOY_PIN_BYTES {
            return Err(NotebookError::InvalidInput("duress PIN"));
        }
        content.decoy_pin = Some(Zeroizing::new(decoy.as_str().to_owned()));
        let next = copy.next(copy.epoch, self.purpose, &normalised(pin), &content, binder, entropy)?;
        next.write_both(self, dir)?;
        content.key.decoy()
    }

    /// Removes the duress PIN; without one it rewrites the keyfile all the same.
    ///
    /// # Errors
    /// As [`KeyfileSet::unlock`], with `pin` counted as a try; the disk.
    pub fn clear_decoy(
        self,
        dir: &Path,
        pin: &str,
        binder: &dyn HardwareBinder,
        now: Uptime,
        entropy: &mut Entropy,
    ) -> Result<()> {
        let (copy, mut content) = self.own(dir, pin, binder, now)?;
        content.decoy_pin = None;
        let next = copy.next(copy.epoch, self.purpose, &normalised(pin), &content, binder, entropy)?;
        next.write_both(self, dir)
    }

    /// Moves the keyfile to a new hardware key if that one is kept better than the present one, and gives whether it
    /// did. To be called with the secret that has just opened it; with a duress PIN nothing happens.
    ///
    /// New key, keyfile under it, proof that it opens from the disk, and only then the old key goes, unless the other
    /// keyfile of this folder still needs it. A crash anywhere leaves a keyfile that opens.
    ///
    /// # Errors
    /// Disk and hardware. The keyfile opens all the same.
    pub fn rewrap(self, dir: &Path, secret: &str, binder: &dyn HardwareBinder, entropy: &mut Entropy) -> Result<bool> {
        let (copy, _) = KeyfileCopy::load(self, dir)?;
        delete_if_unused(dir, binder, copy.epoch.saturating_sub(1))?;
        let present = binder.level(copy.epoch)?;
        if present >= binder.best_level() {
            return Ok(false);
        }
        let secret = normalised(secret);
        let kek = copy.kek(&secret, binder)?;
        let Some(content) = copy.open_slot(&kek)?.filter(|content| content.purpose == self.purpose) else {
            return Ok(false);
        };
        let epoch = copy.epoch.saturating_add(1);
        binder.create(epoch)?;
        if binder.level(epoch)? <= present {
            delete_if_unused(dir, binder, epoch)?;
            return Ok(false);
        }
        copy.next(epoch, self.purpose, &secret, &content, binder, entropy)?.write_both(self, dir)?;
        let (written, _) = KeyfileCopy::load(self, dir)?;
        let kek = written.kek(&secret, binder)?;
        let opened = written.open_slot(&kek)?;
        if opened.is_none_or(|opened| opened.key.as_bytes() != content.key.as_bytes()) {
            return Err(NotebookError::HardwareKey);
        }
        delete_if_unused(dir, binder, copy.epoch)?;
        Ok(true)
    }

    /// The copy in force and the content of its own slot, by one counted try.
    fn own(self, dir: &Path, secret: &str, binder: &dyn HardwareBinder, now: Uptime) -> Result<(KeyfileCopy, Content)> {
        let (copy, _) = KeyfileCopy::load(self, dir)?;
        let content = self.attempt(dir, &copy, secret, binder, now)?;
        if content.purpose == self.purpose { Ok((copy, content)) } else { Err(NotebookError::WrongSecret) }
    }
}

impl KeyfileCopy {
    /// The next generation: nothing of it is a byte of this one, but for parameters.
    fn next(
        &self,
        epoch: u32,
        purpose: u8,
        secret: &str,
        content: &Content,
        binder: &dyn HardwareBinder,
        entropy: &mut Entropy,
    ) -> Result<Self> {
        let mut next = Self::new(self.params, epoch, self.generation.saturating_add(1), entropy)?;
        let [choice, other] = entropy.bytes::<2>()?.map(usize::from);
        let place = choice % SLOTS;
        let kek = next.sure_kek(secret, binder)?;
        let own = Content { key: content.key.clone(), purpose, decoy_pin: content.decoy_pin.clone() };
        next.write_slot(place, &kek, &own, entropy)?;
        if let Some(pin) = &content.decoy_pin {
            let kek = next.sure_kek(pin, binder)?;
            let decoy = Content { key: content.key.decoy()?, purpose: DECOY, decoy_pin: None };
            next.write_slot((place + 1 + other % (SLOTS - 1)) % SLOTS, &kek, &decoy, entropy)?;
        }
        Ok(next)
    }
}

/// Destroys a hardware key if it is there and no keyfile of this folder names it.
fn delete_if_unused(dir: &Path, binder: &dyn HardwareBinder, epoch: u32) -> Result<()> {
    if epoch == 0 || epochs_named(dir)?.contains(&epoch) || binder.level(epoch)? == KeyLevel::None {
        return Ok(());
    }
    binder.delete(epoch)
}

/// One PIN is the other, or part of it.
fn is_near(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}
