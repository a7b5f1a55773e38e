//! The key that signs receipts. It opens nothing; phones pin its public half through the manifest.

use crate::fault::StartFault;
use domain::sync::chain::Bytes;
use domain::sync::receipt::{Receipt, SignedReceipt, receipt_message};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Name of the key file in the data directory: PKCS#8, readable by its owner only.
pub const FILE: &str = "server.key";
const UNFINISHED: &str = "server.key.new";

/// The server's Ed25519 key.
pub struct ReceiptKey(Ed25519KeyPair);

impl std::fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReceiptKey")
    }
}

impl ReceiptKey {
    /// Reads the key; `None` when there is none yet.
    ///
    /// # Errors
    /// [`StartFault::KeyDamaged`], or that the directory cannot be read.
    pub fn find(directory: &Path) -> Result<Option<Self>, StartFault> {
        match std::fs::read(directory.join(FILE)) {
            Ok(bytes) => {
                Ed25519KeyPair::from_pkcs8(&bytes).map(|pair| Some(Self(pair))).map_err(|_| StartFault::KeyDamaged)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StartFault::of_directory(directory, error)),
        }
    }

    /// The key of these bytes, as the file has them; `None` if they are none.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Ed25519KeyPair::from_pkcs8(bytes).ok().map(Self)
    }

    /// Reads the key, or makes it. The caller holds the directory's lock.
    ///
    /// # Errors
    /// As [`ReceiptKey::find`], and when the key cannot be written.
    pub fn load_or_create(directory: &Path) -> Result<Self, StartFault> {
        if let Some(key) = Self::find(directory)? {
            return Ok(key);
        }
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| StartFault::NoRandomness)?;
        write_durably(directory, document.as_ref()).map_err(|error| StartFault::of_directory(directory, error))?;
        Self::find(directory)?.ok_or(StartFault::KeyDamaged)
    }

    /// Puts the key of these bytes into a directory that has none, or has this one: durable when it returns.
    ///
    /// # Errors
    /// That it cannot be written; then there is none.
    pub fn put_back(directory: &Path, bytes: &[u8]) -> Result<(), StartFault> {
        write_durably(directory, bytes).map_err(|error| {
            // What is not there need not be removed.
            drop(std::fs::remove_file(directory.join(UNFINISHED)));
            StartFault::of_directory(directory, error)
        })
    }

    /// Signs something else than a receipt: `message` begins with a tag of its own.
    #[must_use]
    pub fn sign_message(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).as_ref().to_vec()
    }

    /// Ed25519 public key, 32 bytes.
    #[must_use]
    pub fn public(&self) -> Bytes {
        Bytes(self.0.public_key().as_ref().to_vec())
    }

    /// Signs a receipt over its exact bytes.
    ///
    /// # Errors
    /// When the receipt cannot be written as JSON.
    pub fn sign(&self, receipt: &Receipt) -> Result<SignedReceipt, serde_json::Error> {
        let receipt = serde_json::to_vec(receipt)?;
        let signature = self.0.sign(&receipt_message(&receipt)).as_ref().to_vec();
        Ok(SignedReceipt { receipt: Bytes(receipt), signature: Bytes(signature) })
    }
}

/// Either the whole key is there afterwards or none: written aside, synced, then renamed.
fn write_durably(directory: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = directory.join(UNFINISHED);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, directory.join(FILE))?;
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        assert!(ReceiptKey::find(folder.path()).unwrap().is_none());
        let first = ReceiptKey::load_or_create(folder.path()).unwrap();
        let second = ReceiptKey::load_or_create(folder.path()).unwrap();
        assert_eq!(first.public(), second.public());
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn damaged_key_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), b"broken").unwrap();
        let fault = ReceiptKey::load_or_create(folder.path()).unwrap_err();
        assert_eq!(fault.code(), "key_damaged");
        let kept = std::fs::read(folder.path().join(FILE)).unwrap();
        assert_eq!(kept, b"broken");
    }
}
