//! The keys of one device: Ed25519 for its log and requests, X25519 for what is sealed to it.
//!
//! Both secrets are stored only inside the encrypted notebook.

use super::seal::SealIdentity;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};
use data_encoding::HEXLOWER;
use domain::ids::DeviceId;
use domain::sync::chain::Bytes;
use domain::sync::enrol::DeviceKeys;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// An Ed25519 key that signs (RFC 8032). `Debug` shows nothing.
pub struct SigningKey {
    seed: Zeroizing<[u8; 32]>,
    pair: Ed25519KeyPair,
}

impl SigningKey {
    /// A new key.
    ///
    /// # Errors
    /// If there is no randomness.
    pub fn generate(entropy: &mut Entropy) -> Result<Self> {
        Self::from_seed(Zeroizing::new(entropy.bytes()?))
    }

    fn from_seed(seed: Zeroizing<[u8; 32]>) -> Result<Self> {
        let pair =
            Ed25519KeyPair::from_seed_unchecked(seed.as_slice()).map_err(|_| NotebookError::Internal("signing key"))?;
        Ok(Self { seed, pair })
    }

    /// Reads the 64 hexadecimal digits of [`SigningKey::to_hex`].
    ///
    /// # Errors
    /// [`NotebookError::InvalidInput`] if it is something else.
    pub fn from_hex(text: &str) -> Result<Self> {
        let fault = || NotebookError::InvalidInput("signing key");
        let bytes = Zeroizing::new(HEXLOWER.decode(text.as_bytes()).map_err(|_| fault())?);
        Self::from_seed(Zeroizing::new(bytes.as_slice().try_into().map_err(|_| fault())?))
    }

    /// The secret seed, for storage inside the notebook.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(HEXLOWER.encode(self.seed.as_slice()))
    }

    /// The public key, 32 bytes.
    #[must_use]
    pub fn public(&self) -> Bytes {
        Bytes(self.pair.public_key().as_ref().to_vec())
    }

    /// A signature, 64 bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Bytes {
        Bytes(self.pair.sign(message).as_ref().to_vec())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

/// Who a device is. `Debug` shows its id only.
pub struct DeviceIdentity {
    device: DeviceId,
    signing: SigningKey,
    sealing: SealIdentity,
}

/// The form inside the notebook.
#[derive(Serialize, Deserialize, ZeroizeOnDrop)]
struct StoredIdentity {
    #[zeroize(skip)]
    device: DeviceId,
    signing_seed: String,
    age_identity: String,
}

impl DeviceIdentity {
    /// A new identity with a random id.
    ///
    /// # Errors
    /// If there is no randomness.
    pub fn generate(entropy: &mut Entropy) -> Result<Self> {
        Ok(Self {
            device: DeviceId(entropy.v4()?),
            signing: SigningKey::generate(entropy)?,
            sealing: SealIdentity::generate(),
        })
    }

    /// The device's id.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// What the device hands in when it enrols.
    #[must_use]
    pub fn public(&self) -> DeviceKeys {
        DeviceKeys { device: self.device, signing_key: self.signing.public(), recipient: self.sealing.recipient() }
    }

    /// Signs with the device's key.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Bytes {
        self.signing.sign(message)
    }

    /// Opens what is sealed to the device.
    #[must_use]
    pub const fn sealing(&self) -> &SealIdentity {
        &self.sealing
    }

    /// The form that is kept inside the notebook.
    pub(crate) fn to_stored(&self) -> Result<Zeroizing<Vec<u8>>> {
        let stored = StoredIdentity {
            device: self.device,
            signing_seed: self.signing.to_hex().as_str().to_owned(),
            age_identity: self.sealing.to_text().as_str().to_owned(),
        };
        serde_json::to_vec(&stored).map(Zeroizing::new).map_err(|_| NotebookError::Internal("identity"))
    }

    /// Reads [`DeviceIdentity::to_stored`].
    pub(crate) fn from_stored(bytes: &[u8]) -> Result<Self> {
        let damaged = |_| NotebookError::Damaged("identity");
        let stored: StoredIdentity = serde_json::from_slice(bytes).map_err(|_| NotebookError::Damaged("identity"))?;
        Ok(Self {
            device: stored.device,
            signing: SigningKey::from_hex(&stored.signing_seed).map_err(damaged)?,
            sealing: SealIdentity::from_text(&stored.age_identity).map_err(damaged)?,
        })
    }
}

impl fmt::Debug for DeviceIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceIdentity").field("device", &self.device).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ED25519, UnparsedPublicKey};

    #[test]
    fn comes_back_from_storage_and_signs_alike() {
        let made = DeviceIdentity::generate(&mut Entropy::seeded_for_simulation(1)).unwrap();
        let read = DeviceIdentity::from_stored(&made.to_stored().unwrap()).unwrap();
        assert_eq!(made.public(), read.public());
        let signature = read.sign(b"head");
        let key = UnparsedPublicKey::new(&ED25519, made.public().signing_key.0);
        assert!(key.verify(b"head", &signature.0).is_ok());
        assert!(key.verify(b"tail", &signature.0).is_err());
    }

    #[test]
    fn shows_no_secret_when_debugged() {
        let identity = DeviceIdentity::generate(&mut Entropy::system()).unwrap();
        let shown = format!("{identity:?} {:?} {:?}", identity.signing, identity.sealing);
        assert!(!shown.contains("AGE-SECRET") && !shown.contains(identity.signing.to_hex().as_str()));
    }
}
