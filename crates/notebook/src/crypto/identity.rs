//! The keys of one device: Ed25519 for its log and requests, X25519 for what is sealed to it.
//!
//! Both secrets are stored only inside the encrypted notebook. A lead's X25519 secret is wrapped there once more, by the
//! key behind the step-up PIN:
//!
//! ```text
//! KEK     = HKDF-SHA256(no salt, review key, info "uscita/lead-identity/1")
//! wrapped = nonce 12 ‖ AES-256-GCM(KEK, nonce, aad = device id, 32 bytes of the secret) ‖ tag 16
//! ```
//!
//! Invariant: in the notebook lies exactly one of the two forms, and both say the same recipient.

use super::kdf::hkdf;
use super::key::DataKey;
use super::seal::SealIdentity;
use crate::entropy::Entropy;
use crate::error::{NotebookError, Result};
use data_encoding::HEXLOWER;
use domain::ids::DeviceId;
use domain::sync::chain::Bytes;
use domain::sync::enrol::DeviceKeys;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
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
    recipient: String,
    /// None while it is behind the step-up PIN.
    sealing: Option<SealIdentity>,
}

/// The form inside the notebook.
#[derive(Serialize, Deserialize, ZeroizeOnDrop)]
struct StoredIdentity {
    #[zeroize(skip)]
    device: DeviceId,
    signing_seed: String,
    #[zeroize(skip)]
    recipient: String,
    /// None once the wrapped form lies beside it.
    age_identity: Option<String>,
}

impl DeviceIdentity {
    /// A new identity with a random id.
    ///
    /// # Errors
    /// If there is no randomness.
    pub fn generate(entropy: &mut Entropy) -> Result<Self> {
        let sealing = SealIdentity::generate();
        Ok(Self {
            device: DeviceId(entropy.v4()?),
            signing: SigningKey::generate(entropy)?,
            recipient: sealing.recipient(),
            sealing: Some(sealing),
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
        DeviceKeys { device: self.device, signing_key: self.signing.public(), recipient: self.recipient.clone() }
    }

    /// Signs with the device's key.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Bytes {
        self.signing.sign(message)
    }

    /// Opens what is sealed to the device; none on a lead's phone before the step-up.
    #[must_use]
    pub const fn sealing(&self) -> Option<&SealIdentity> {
        self.sealing.as_ref()
    }

    /// The same device with a new identity to open what will be sealed to it. What was sealed so far it opens as before.
    ///
    /// # Errors
    /// [`NotebookError::StepUpFirst`] if the identity is not here.
    pub(crate) fn renewed(&self, sealing: SealIdentity) -> Result<Self> {
        let before = self.sealing.clone().ok_or(NotebookError::StepUpFirst)?;
        Ok(Self {
            device: self.device,
            signing: SigningKey::from_hex(&self.signing.to_hex())?,
            recipient: sealing.recipient(),
            sealing: Some(sealing.with_former([before])),
        })
    }

    /// Opens from now on also what was sealed to these.
    pub(crate) fn learn(&mut self, former: Vec<SealIdentity>) {
        self.sealing = self.sealing.take().map(|sealing| sealing.with_former(former));
    }

    /// Forgets what opens sealed bytes, until [`DeviceIdentity::unwrap_sealing`].
    pub(crate) fn forget_sealing(&mut self) {
        self.sealing = None;
    }

    /// The secret that opens sealed bytes, wrapped by the review key.
    ///
    /// # Errors
    /// [`NotebookError::StepUpFirst`] if it is not here; randomness.
    pub(crate) fn wrap_sealing(&self, review: &DataKey, entropy: &mut Entropy) -> Result<Vec<u8>> {
        let fault = |_| NotebookError::Internal("lead identity");
        let sealing = self.sealing.as_ref().ok_or(NotebookError::StepUpFirst)?;
        let mut secret = Zeroizing::new(sealing.to_secret()?.to_vec());
        let nonce: [u8; NONCE_LEN] = entropy.bytes()?;
        let tag = wrapping(review)?
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), self.aad(), &mut secret)
            .map_err(fault)?;
        Ok([nonce.as_slice(), &secret, tag.as_ref()].concat())
    }

    /// Takes the secret out of its wrapping.
    ///
    /// # Errors
    /// [`NotebookError::Damaged`] if the review key does not open it, or if it is another device's.
    pub(crate) fn unwrap_sealing(&mut self, review: &DataKey, wrapped: &[u8]) -> Result<()> {
        let damaged = || NotebookError::Damaged("lead identity");
        let (nonce, sealed) = wrapped.split_first_chunk::<NONCE_LEN>().ok_or_else(damaged)?;
        let mut sealed = Zeroizing::new(sealed.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let opened = wrapping(review)?.open_in_place(nonce, self.aad(), &mut sealed).map_err(|_| damaged())?;
        let secret: Zeroizing<[u8; 32]> = Zeroizing::new((&*opened).try_into().map_err(|_| damaged())?);
        let sealing = SealIdentity::from_secret(&secret)?;
        if sealing.recipient() != self.recipient {
            return Err(damaged());
        }
        self.sealing = Some(sealing);
        Ok(())
    }

    fn aad(&self) -> Aad<&[u8; 16]> {
        Aad::from(self.device.0.as_bytes())
    }

    /// The form that is kept inside the notebook, with the secret that opens sealed bytes in it.
    ///
    /// # Errors
    /// [`NotebookError::StepUpFirst`] if it is not here.
    pub(crate) fn to_stored(&self) -> Result<Zeroizing<Vec<u8>>> {
        let sealing = self.sealing.as_ref().ok_or(NotebookError::StepUpFirst)?;
        self.stored(Some(sealing.to_text().as_str().to_owned()))
    }

    /// The form that is kept beside [`DeviceIdentity::wrap_sealing`].
    pub(crate) fn to_stored_without_sealing(&self) -> Result<Zeroizing<Vec<u8>>> {
        self.stored(None)
    }

    fn stored(&self, age_identity: Option<String>) -> Result<Zeroizing<Vec<u8>>> {
        let stored = StoredIdentity {
            device: self.device,
            signing_seed: self.signing.to_hex().as_str().to_owned(),
            recipient: self.recipient.clone(),
            age_identity,
        };
        serde_json::to_vec(&stored).map(Zeroizing::new).map_err(|_| NotebookError::Internal("identity"))
    }

    /// Reads both stored forms.
    pub(crate) fn from_stored(bytes: &[u8]) -> Result<Self> {
        let damaged = |_| NotebookError::Damaged("identity");
        let stored: StoredIdentity = serde_json::from_slice(bytes).map_err(|_| NotebookError::Damaged("identity"))?;
        let sealing = stored.age_identity.as_deref().map(SealIdentity::from_text).transpose().map_err(damaged)?;
        if sealing.as_ref().is_some_and(|sealing| sealing.recipient() != stored.recipient) {
            return Err(NotebookError::Damaged("identity"));
        }
        Ok(Self {
            device: stored.device,
            signing: SigningKey::from_hex(&stored.signing_seed).map_err(damaged)?,
            recipient: stored.recipient.clone(),
            sealing,
        })
    }
}

fn wrapping(review: &DataKey) -> Result<LessSafeKey> {
    let kek = hkdf(&[], &[review.as_bytes().as_slice()], b"uscita/lead-identity/1")?;
    let key = UnboundKey::new(&AES_256_GCM, kek.as_slice()).map_err(|_| NotebookError::Internal("lead identity"))?;
    Ok(LessSafeKey::new(key))
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
    fn opens_sealed_bytes_again_only_with_the_review_key_that_wrapped_it() {
        let mut entropy = Entropy::seeded_for_simulation(2);
        let made = DeviceIdentity::generate(&mut entropy).unwrap();
        let [review, other] = [(); 2].map(|()| DataKey::generate(&mut entropy).unwrap());
        let wrapped = made.wrap_sealing(&review, &mut entropy).unwrap();
        let secret = made.sealing().unwrap().to_secret().unwrap();
        assert!(!wrapped.windows(32).any(|window| window == secret.as_slice()));

        let stored = made.to_stored_without_sealing().unwrap();
        assert!(!String::from_utf8(stored.to_vec()).unwrap().contains("AGE-SECRET"));
        let mut read = DeviceIdentity::from_stored(&stored).unwrap();
        assert_eq!((read.public(), read.sealing().is_none()), (made.public(), true));
        assert_eq!(read.to_stored().unwrap_err(), NotebookError::StepUpFirst);
        assert!(read.unwrap_sealing(&other, &wrapped).is_err() && read.sealing().is_none());
        read.unwrap_sealing(&review, &wrapped).unwrap();
        assert_eq!(*read.sealing().unwrap().to_secret().unwrap(), *secret);
        read.forget_sealing();
        assert!(read.sealing().is_none());

        let mut stranger = DeviceIdentity::generate(&mut entropy).unwrap();
        assert!(stranger.unwrap_sealing(&review, &wrapped).is_err(), "wrapped for one device");
    }

    #[test]
    fn shows_no_secret_when_debugged() {
        let identity = DeviceIdentity::generate(&mut Entropy::system()).unwrap();
        let shown = format!("{identity:?} {:?} {:?}", identity.signing, identity.sealing);
        assert!(!shown.contains("AGE-SECRET") && !shown.contains(identity.signing.to_hex().as_str()));
    }
}
