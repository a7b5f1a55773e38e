//! The data key of a notebook and what is derived from it.

use super::kdf::hkdf;
use crate::entropy::Entropy;
use crate::error::Result;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// 256 random bits that the whole notebook hangs on. `Debug` shows nothing; the bytes are cleared on drop.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DataKey([u8; 32]);

impl DataKey {
    /// A new key.
    ///
    /// # Errors
    /// If there is no randomness.
    pub fn generate(entropy: &mut Entropy) -> Result<Self> {
        entropy.bytes().map(Self)
    }

    pub(super) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key behind a duress PIN. From the data key, so that whoever is inside can write what it opens; nothing of
    /// the data key follows from it.
    ///
    /// # Errors
    /// If the derivation fails.
    pub fn decoy(&self) -> Result<Self> {
        hkdf(&[], &[&self.0], b"uscita/decoy/1").map(|key| Self(*key))
    }

    /// The raw key of `notebook.db`.
    pub(crate) fn database_key(&self) -> Result<Zeroizing<[u8; 32]>> {
        hkdf(&[], &[&self.0], b"uscita/database/1")
    }

    /// A public name of the key: equal for equal keys, and of no other use.
    pub(crate) fn check(&self) -> Result<[u8; 32]> {
        hkdf(&[], &[&self.0], b"uscita/key-check/1").map(|check| *check)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}
