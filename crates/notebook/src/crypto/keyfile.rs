//! Keyfiles: a key, wrapped by PIN (or passphrase) and hardware. Layout and derivation: [`super`].
//!
//! A notebook has one [`KeyfileSet`] that opens it, and on a lead's phone a second one behind the step-up PIN. Each has
//! its own two copies, its own counter of tries and its own purpose inside the slot, so that neither can stand in for
//! the other.

use super::binder::{HardwareBinder, chain};
use super::durable;
use super::kdf::{KdfParams, hkdf, stretch};
use super::key::DataKey;
use super::secret::{NewSecret, normalised};
use super::throttle;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result, io_error};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest;
use std::path::Path;
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"USCKEY1\n";
const VERSION: u32 = 1;
const FILE_BYTES: usize = 4096;
const CHECKED_BYTES: usize = FILE_BYTES - 32;
const AAD_BYTES: usize = 48;
const SLOTS_AT: usize = 64;
const SLOTS: usize = 4;
const CONTENT_BYTES: usize = 48;
const SLOT_BYTES: usize = NONCE_LEN + CONTENT_BYTES + 16;
/// Steps of the hardware chain of new keyfiles. A key store in a file is fast; the bound is what counts.
const CHAIN_LENGTH: u32 = 4;
const FIRST_EPOCH: u32 = 1;

/// The names that one keyfile goes by, and what its slot opens.
#[derive(Clone, Copy, Debug)]
pub struct KeyfileSet {
    copies: [&'static str; 2],
    tries: &'static str,
    /// Written into the slot, checked when it opens.
    purpose: u8,
}

/// What opens the notebook: it holds the data key.
pub const UNLOCK: KeyfileSet = KeyfileSet { copies: ["keyfile.a", "keyfile.b"], tries: "tries", purpose: 1 };

/// What opens the lead's review (*Verifica*) on a notebook that is open: it holds the review key.
pub const REVIEW: KeyfileSet = KeyfileSet { copies: ["review.a", "review.b"], tries: "review.tries", purpose: 2 };

/// What an unlock gives.
#[derive(Debug)]
pub struct Unlocked {
    /// The data key, or the review key.
    pub key: DataKey,
    /// Whether two equal, valid copies of the keyfile are on the disk. If not, repairing the second one failed too.
    pub both_copies: bool,
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
        binder.create(FIRST_EPOCH)?;
        let mut copy = KeyfileCopy::new(params, entropy)?;
        let kek = copy.kek(secret.as_str(), binder)?;
        let [choice] = entropy.bytes::<1>()?;
        copy.write_slot(usize::from(choice) % SLOTS, &kek, &key, self.purpose, entropy)?;
        throttle::start(dir, self.tries)?;
        copy.write_both(self, dir)?;
        Ok(key)
    }

    /// Milliseconds to wait before the next try. `uptime_ms` comes from a clock that cannot be set and never runs
    /// faster than time: since the system started, or else since this process did.
    ///
    /// # Errors
    /// If the counter cannot be read.
    pub fn wait_ms(self, dir: &Path, uptime_ms: u64) -> Result<u64> {
        throttle::wait_ms(dir, self.tries, uptime_ms)
    }

    /// Opens the keyfile. The try is counted, durably, before it is made.
    ///
    /// # Errors
    /// [`NotebookError::Absent`], [`NotebookError::KeyfileDamaged`], [`NotebookError::MustWait`],
    /// [`NotebookError::WrongSecret`], [`NotebookError::HardwareKey`], [`NotebookError::TooNew`].
    pub fn unlock(self, dir: &Path, secret: &str, binder: &dyn HardwareBinder, uptime_ms: u64) -> Result<Unlocked> {
        let (copy, both) = KeyfileCopy::load(self, dir)?;
        throttle::count(dir, self.tries, uptime_ms)?;
        let kek = copy.kek(&normalised(secret), binder)?;
        let (_, key) = copy.open_slot(&kek, self.purpose)?.ok_or(NotebookError::WrongSecret)?;
        throttle::forgive(dir, self.tries)?;
        // A full disk must not keep anybody out: the copy in force is good.
        let both_copies = both || copy.write_both(self, dir).is_ok();
        Ok(Unlocked { key, both_copies })
    }

    /// Changes the PIN or passphrase. A crash leaves a keyfile that opens with the old or with the new one.
    ///
    /// # Errors
    /// As [`KeyfileSet::unlock`], with the old secret counted as a try; the disk.
    pub fn change(
        self,
        dir: &Path,
        old: &str,
        new: &NewSecret,
        binder: &dyn HardwareBinder,
        uptime_ms: u64,
        entropy: &mut Entropy,
    ) -> Result<()> {
        let (mut copy, _) = KeyfileCopy::load(self, dir)?;
        throttle::count(dir, self.tries, uptime_ms)?;
        let kek = copy.kek(&normalised(old), binder)?;
        let (slot, key) = copy.open_slot(&kek, self.purpose)?.ok_or(NotebookError::WrongSecret)?;
        let kek = copy.kek(new.as_str(), binder)?;
        copy.write_slot(slot, &kek, &key, self.purpose, entropy)?;
        copy.generation = copy.generation.saturating_add(1);
        copy.write_both(self, dir)?;
        throttle::forgive(dir, self.tries)
    }
}

/// One copy of the keyfile, its form checked.
struct KeyfileCopy {
    params: KdfParams,
    chain_length: u32,
    epoch: u32,
    salt: [u8; 16],
    generation: u64,
    /// Slots and the random bytes after them.
    body: Vec<u8>,
}

impl KeyfileCopy {
    fn new(params: KdfParams, entropy: &mut Entropy) -> Result<Self> {
        let mut body = vec![0; CHECKED_BYTES - SLOTS_AT];
        entropy.fill(&mut body)?;
        Ok(Self { params, chain_length: CHAIN_LENGTH, epoch: FIRST_EPOCH, salt: entropy.bytes()?, generation: 1, body })
    }

    /// The copy in force, and whether both copies are valid and equal.
    fn load(set: KeyfileSet, dir: &Path) -> Result<(Self, bool)> {
        let mut found = Vec::new();
        let mut too_new = false;
        for name in set.copies {
            match std::fs::read(dir.join(name)) {
                Ok(bytes) => match Self::decode(&bytes) {
                    Ok(copy) => found.push((copy, bytes)),
                    Err(NotebookError::TooNew) => too_new = true,
                    Err(_) => {}
                },
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(io_error("keyfile")(error)),
            }
        }
        let both = matches!(found.as_slice(), [(_, one), (_, other)] if one == other);
        let best = found.into_iter().max_by_key(|(copy, _)| copy.generation);
        match best {
            Some((copy, _)) => Ok((copy, both)),
            None if too_new => Err(NotebookError::TooNew),
            None if set.exists(dir) => Err(NotebookError::KeyfileDamaged),
            None => Err(NotebookError::Absent),
        }
    }

    fn decode(bytes: &[u8]) -> Result<Self> {
        let damaged = || NotebookError::KeyfileDamaged;
        let (checked, checksum) = bytes.split_at_checked(CHECKED_BYTES).ok_or_else(damaged)?;
        if checksum != digest::digest(&digest::SHA256, checked).as_ref() {
            return Err(damaged());
        }
        let (magic, rest) = checked.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (version, rest) = take_u32(rest)?;
        if magic != MAGIC {
            return Err(damaged());
        }
        if version > VERSION {
            return Err(NotebookError::TooNew);
        }
        let (memory, rest) = take_u32(rest)?;
        let (passes, rest) = take_u32(rest)?;
        let (lanes, rest) = take_u32(rest)?;
        let (chain_length, rest) = take_u32(rest)?;
        let (epoch, rest) = take_u32(rest)?;
        let (salt, rest) = rest.split_first_chunk::<16>().ok_or_else(damaged)?;
        let (generation, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (_, body) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let params = KdfParams::new(memory, passes, lanes).ok_or_else(damaged)?;
        if !(4..=64).contains(&chain_length) {
            return Err(damaged());
        }
        let generation = u64::from_be_bytes(*generation);
        Ok(Self { params, chain_length, epoch, salt: *salt, generation, body: body.to_vec() })
    }

    fn aad(&self) -> Vec<u8> {
        let (memory, passes, lanes) = self.params.parts();
        let numbers = [VERSION, memory, passes, lanes, self.chain_length, self.epoch].map(u32::to_be_bytes).concat();
        let header = [MAGIC.as_slice(), &numbers, &self.salt].concat();
        debug_assert_eq!(header.len(), AAD_BYTES);
        header
    }

    fn encode(&self) -> Vec<u8> {
        let mut bytes = self.aad();
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(&self.body);
        let checksum = digest::digest(&digest::SHA256, &bytes);
        bytes.extend_from_slice(checksum.as_ref());
        bytes
    }

    /// Writes the copies one after the other: at every moment one of them is whole.
    fn write_both(&self, set: KeyfileSet, dir: &Path) -> Result<()> {
        let bytes = self.encode();
        // The copy in force goes last, so that a crash between the two leaves it to be read.
        let in_force = set
            .copies
            .iter()
            .position(|name| std::fs::read(dir.join(name)).ok().and_then(|old| Self::decode(&old).ok()).is_some());
        let order = if in_force == Some(0) { [1, 0] } else { [0, 1] };
        for index in order {
            if let Some(name) = set.copies.get(index) {
                durable::replace(dir, name, &bytes, "keyfile")?;
            }
        }
        Ok(())
    }

    fn kek(&self, secret: &str, binder: &dyn HardwareBinder) -> Result<Zeroizing<[u8; 32]>> {
        let stretched = stretch(secret, &self.salt, self.params)?;
        let bound = chain(binder, self.epoch, self.chain_length, &stretched)?;
        hkdf(&self.salt, &[stretched.as_slice(), bound.as_slice()], b"uscita/kek/1")
    }

    fn write_slot(
        &mut self,
        slot: usize,
        kek: &[u8; 32],
        key: &DataKey,
        purpose: u8,
        entropy: &mut Entropy,
    ) -> Result<()> {
        let fault = NotebookError::Internal("keyfile slot");
        let nonce: [u8; NONCE_LEN] = entropy.bytes()?;
        let mut content = Zeroizing::new(key.as_bytes().to_vec());
        content.push(purpose);
        content.resize(CONTENT_BYTES, 0);
        let tag = aead(kek)?
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(self.aad()), &mut content)
            .map_err(|_| NotebookError::Internal("keyfile slot"))?;
        let sealed = [nonce.as_slice(), &content, tag.as_ref()].concat();
        let place = self.body.chunks_exact_mut(SLOT_BYTES).take(SLOTS).nth(slot).ok_or(fault)?;
        place.copy_from_slice(&sealed);
        Ok(())
    }

    /// Tries every slot, also after one has opened.
    fn open_slot(&self, kek: &[u8; 32], purpose: u8) -> Result<Option<(usize, DataKey)>> {
        let aead = aead(kek)?;
        let mut opened = None;
        for (index, slot) in self.body.chunks_exact(SLOT_BYTES).take(SLOTS).enumerate() {
            let Some((nonce, sealed)) = slot.split_first_chunk::<NONCE_LEN>() else { continue };
            let mut content = Zeroizing::new(sealed.to_vec());
            let nonce = Nonce::assume_unique_for_key(*nonce);
            if let Ok(plain) = aead.open_in_place(nonce, Aad::from(self.aad()), &mut content)
                && let Some((key, rest)) = plain.split_first_chunk::<32>()
                && rest.first() == Some(&purpose)
            {
                opened = Some((index, DataKey::from_bytes(*key)));
            }
        }
        Ok(opened)
    }
}

fn aead(kek: &[u8; 32]) -> Result<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, kek).map(LessSafeKey::new).map_err(|_| NotebookError::Internal("keyfile key"))
}

fn take_u32(bytes: &[u8]) -> Result<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>().ok_or(NotebookError::KeyfileDamaged)?;
    Ok((u32::from_be_bytes(*number), rest))
}

#[cfg(test)]
mod tests;
