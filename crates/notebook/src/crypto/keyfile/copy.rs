//! One copy of a keyfile: its form, and its slots. Layout: [`crate::crypto`].

use super::super::binder::{HardwareBinder, chain};
use super::super::durable;
use super::super::kdf::{KdfParams, hkdf, stretch};
use super::super::key::DataKey;
use super::KeyfileSet;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result, io_error};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest;
use std::path::Path;
use zeroize::Zeroizing;

pub(super) const MAGIC: &[u8; 8] = b"USCKEY1\n";
pub(super) const VERSION: u32 = 1;
pub(super) const FILE_BYTES: usize = 4096;
pub(super) const CHECKED_BYTES: usize = FILE_BYTES - 32;
const AAD_BYTES: usize = 48;
pub(super) const SLOTS_AT: usize = 64;
pub(super) const SLOTS: usize = 4;
const CONTENT_BYTES: usize = 48;
pub(super) const SLOT_BYTES: usize = NONCE_LEN + CONTENT_BYTES + 16;
/// Bytes of a duress PIN, at most: what is left in a slot beside key, purpose and length.
pub(super) const DECOY_PIN_BYTES: usize = CONTENT_BYTES - 32 - 2;

/// What a slot holds.
pub(super) struct Content {
    pub(super) key: DataKey,
    pub(super) purpose: u8,
    /// In the slot of the notebook, the duress PIN: so every rewriting can make all slots anew.
    pub(super) decoy_pin: Option<Zeroizing<String>>,
}

/// What lies in the place of the two copies.
pub(super) struct Found {
    /// The valid ones, with their bytes.
    pub(super) copies: Vec<(KeyfileCopy, Vec<u8>)>,
    /// There is one of a newer version.
    pub(super) too_new: bool,
}

/// One copy of the keyfile, its form checked.
pub(super) struct KeyfileCopy {
    pub(super) params: KdfParams,
    pub(super) epoch: u32,
    salt: [u8; 16],
    pub(super) generation: u64,
    /// Slots and the random bytes after them.
    body: Vec<u8>,
}

impl KeyfileCopy {
    /// A first or next copy: new salt, random bytes in every slot.
    pub(super) fn new(params: KdfParams, epoch: u32, generation: u64, entropy: &mut Entropy) -> Result<Self> {
        let mut body = vec![0; CHECKED_BYTES - SLOTS_AT];
        entropy.fill(&mut body)?;
        Ok(Self { params, epoch, salt: entropy.bytes()?, generation, body })
    }

    /// The copy in force, and whether both copies are valid and equal.
    pub(super) fn load(set: KeyfileSet, dir: &Path) -> Result<(Self, bool)> {
        let Found { copies, too_new } = Self::read(set, dir)?;
        let both = matches!(copies.as_slice(), [(_, one), (_, other)] if one == other);
        let best = copies.into_iter().max_by_key(|(copy, _)| copy.generation);
        match best {
            Some((copy, _)) => Ok((copy, both)),
            None if too_new => Err(NotebookError::TooNew),
            None if set.exists(dir) => Err(NotebookError::KeyfileDamaged),
            None => Err(NotebookError::Absent),
        }
    }

    /// Reads both, as far as they can be read.
    pub(super) fn read(set: KeyfileSet, dir: &Path) -> Result<Found> {
        let mut found = Found { copies: Vec::new(), too_new: false };
        for name in set.copies {
            match std::fs::read(dir.join(name)) {
                Ok(bytes) => match Self::decode(&bytes) {
                    Ok(copy) => found.copies.push((copy, bytes)),
                    Err(NotebookError::TooNew) => found.too_new = true,
                    Err(_) => {}
                },
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(io_error("keyfile")(error)),
            }
        }
        Ok(found)
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
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
        let params = KdfParams::new(memory, passes, lanes, chain_length).ok_or_else(damaged)?;
        Ok(Self { params, epoch, salt: *salt, generation: u64::from_be_bytes(*generation), body: body.to_vec() })
    }

    fn aad(&self) -> Vec<u8> {
        let [memory, passes, lanes, chain_length] = self.params.parts();
        let numbers = [VERSION, memory, passes, lanes, chain_length, self.epoch].map(u32::to_be_bytes).concat();
        let header = [MAGIC.as_slice(), &numbers, &self.salt].concat();
        debug_assert_eq!(header.len(), AAD_BYTES);
        header
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut bytes = self.aad();
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&[0; 8]);
        bytes.extend_from_slice(&self.body);
        let checksum = digest::digest(&digest::SHA256, &bytes);
        bytes.extend_from_slice(checksum.as_ref());
        bytes
    }

    /// Writes the copies one after the other: at every moment one of them is whole, the old one or the new.
    pub(super) fn write_both(&self, set: KeyfileSet, dir: &Path) -> Result<()> {
        let bytes = self.encode();
        // The copy in force goes last, so that a crash between the two leaves it to be read.
        let generation =
            |name| std::fs::read(dir.join(name)).ok().and_then(|old| Self::decode(&old).ok()).map(|old| old.generation);
        let [first, second] = set.copies;
        let order = if generation(first) >= generation(second) { [second, first] } else { [first, second] };
        for name in order {
            durable::replace(dir, name, &bytes, "keyfile")?;
        }
        Ok(())
    }

    /// The key that wraps the slots, for this PIN.
    pub(super) fn kek(&self, secret: &str, binder: &dyn HardwareBinder) -> Result<Zeroizing<[u8; 32]>> {
        let stretched = stretch(secret, &self.salt, self.params)?;
        self.bind(&stretched, binder)
    }

    /// As [`KeyfileCopy::kek`], where something is about to be written under it: the hardware must say the same twice.
    pub(super) fn sure_kek(&self, secret: &str, binder: &dyn HardwareBinder) -> Result<Zeroizing<[u8; 32]>> {
        let stretched = stretch(secret, &self.salt, self.params)?;
        let kek = self.bind(&stretched, binder)?;
        if *kek == *self.bind(&stretched, binder)? { Ok(kek) } else { Err(NotebookError::HardwareKey) }
    }

    fn bind(&self, stretched: &[u8; 32], binder: &dyn HardwareBinder) -> Result<Zeroizing<[u8; 32]>> {
        let bound = chain(binder, self.epoch, self.params.chain_length(), stretched)?;
        hkdf(&self.salt, &[stretched.as_slice(), bound.as_slice()], b"uscita/kek/1")
    }

    pub(super) fn write_slot(
        &mut self,
        slot: usize,
        kek: &[u8; 32],
        content: &Content,
        entropy: &mut Entropy,
    ) -> Result<()> {
        let fault = || NotebookError::Internal("keyfile slot");
        let nonce: [u8; NONCE_LEN] = entropy.bytes()?;
        let pin = content.decoy_pin.as_ref().map_or("", |pin| pin.as_str()).as_bytes();
        let pin_length = u8::try_from(pin.len()).ok().filter(|_| pin.len() <= DECOY_PIN_BYTES).ok_or_else(fault)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(CONTENT_BYTES));
        bytes.extend_from_slice(content.key.as_bytes());
        bytes.push(content.purpose);
        bytes.push(pin_length);
        bytes.extend_from_slice(pin);
        bytes.resize(CONTENT_BYTES, 0);
        let tag = aead(kek)?
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(self.aad()), &mut bytes)
            .map_err(|_| fault())?;
        let sealed = [nonce.as_slice(), &bytes, tag.as_ref()].concat();
        let place = self.body.chunks_exact_mut(SLOT_BYTES).take(SLOTS).nth(slot).ok_or_else(fault)?;
        place.copy_from_slice(&sealed);
        Ok(())
    }

    /// Tries every slot, also after one has opened.
    pub(super) fn open_slot(&self, kek: &[u8; 32]) -> Result<Option<Content>> {
        let aead = aead(kek)?;
        let mut opened = None;
        for slot in self.body.chunks_exact(SLOT_BYTES).take(SLOTS) {
            let Some((nonce, sealed)) = slot.split_first_chunk::<NONCE_LEN>() else { continue };
            let mut content = Zeroizing::new(sealed.to_vec());
            let nonce = Nonce::assume_unique_for_key(*nonce);
            if let Ok(plain) = aead.open_in_place(nonce, Aad::from(self.aad()), &mut content) {
                opened = Content::decode(plain).or(opened);
            }
        }
        Ok(opened)
    }
}

impl Content {
    fn decode(plain: &[u8]) -> Option<Self> {
        let (key, rest) = plain.split_first_chunk::<32>()?;
        let (purpose, rest) = rest.split_first()?;
        let (pin_length, rest) = rest.split_first()?;
        let pin = std::str::from_utf8(rest.get(..usize::from(*pin_length))?).ok()?;
        let decoy_pin = (!pin.is_empty()).then(|| Zeroizing::new(pin.to_owned()));
        Some(Self { key: DataKey::from_bytes(*key), purpose: *purpose, decoy_pin })
    }
}

fn aead(kek: &[u8; 32]) -> Result<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, kek).map(LessSafeKey::new).map_err(|_| NotebookError::Internal("keyfile key"))
}

fn take_u32(bytes: &[u8]) -> Result<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>().ok_or(NotebookError::KeyfileDamaged)?;
    Ok((u32::from_be_bytes(*number), rest))
}
