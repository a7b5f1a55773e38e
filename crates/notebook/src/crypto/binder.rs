//! The hardware that a PIN is bound to: a key that answers with HMACs and does not leave its device.
//!
//! Without it six digits behind Argon2id fall in minutes on a rented card. The hardware is never the only copy of
//! anything: when it dies, the journal is already outside.

mod faulty;

pub use faulty::Faulty;

use super::durable::{close_folder, private, step, sync_folder};
use crate::error::{NotebookError, Result, io_error};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How well a key store keeps the key of an epoch, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyLevel {
    /// It has no key of that epoch.
    None,
    /// In a file, or in the memory of the system: whoever reads the whole device reads it too.
    File,
    /// In hardware that computes with it and never gives it out.
    Hardware,
}

/// A key store that computes HMAC-SHA256 under keys of its own, one per epoch.
pub trait HardwareBinder: Send + Sync {
    /// Makes the key of an epoch; an existing one stays as it is.
    ///
    /// # Errors
    /// [`NotebookError::HardwareKey`], or that the disk is full.
    fn create(&self, epoch: u32) -> Result<()>;

    /// HMAC-SHA256 of a message under the key of an epoch.
    ///
    /// # Errors
    /// [`NotebookError::HardwareKey`] if the key is gone or does not answer.
    fn hmac(&self, epoch: u32, message: &[u8]) -> Result<[u8; 32]>;

    /// Destroys the key of an epoch for good: the keyfile of that epoch opens with no PIN any more.
    ///
    /// # Errors
    /// [`NotebookError::HardwareKey`] if it may still be there.
    fn delete(&self, epoch: u32) -> Result<()>;

    /// How well the key of an epoch is kept.
    ///
    /// # Errors
    /// [`NotebookError::HardwareKey`] if the key store does not answer.
    fn level(&self, epoch: u32) -> Result<KeyLevel>;

    /// How well a new key would be kept at best. A keyfile under a lesser one moves to a new key when it is opened.
    fn best_level(&self) -> KeyLevel;
}

/// The implementation where there is no key store to ask: a random key in a file of mode 0600.
///
/// It stops whoever copies the notebook without this file, if its folder is another; it does not stop whoever copies the
/// whole disk.
pub struct FileBinder {
    dir: PathBuf,
}

impl FileBinder {
    /// Keys in this folder, `device-key.<epoch>`; it is made with the first of them.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    fn path(&self, epoch: u32) -> PathBuf {
        self.dir.join(format!("device-key.{epoch}"))
    }
}

impl HardwareBinder for FileBinder {
    fn create(&self, epoch: u32) -> Result<()> {
        let fault = io_error("device key");
        std::fs::create_dir_all(&self.dir).map_err(&fault)?;
        close_folder(&self.dir, "device key")?;
        let mut key = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(key.as_mut_slice()).map_err(|_| NotebookError::HardwareKey)?;
        let path = self.path(epoch);
        step("device key")?;
        let mut file = match private(OpenOptions::new().write(true).create_new(true)).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && self.hmac(epoch, &[]).is_ok() => {
                return Ok(());
            }
            // A file cut short by a crash while it was made: no keyfile was written with it.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                private(OpenOptions::new().write(true).truncate(true)).open(&path).map_err(&fault)?
            }
            Err(error) => return Err(fault(error)),
        };
        step("device key")?;
        file.write_all(key.as_slice()).map_err(&fault)?;
        step("device key")?;
        file.sync_all().map_err(&fault)?;
        sync_folder(&self.dir, "device key")
    }

    fn hmac(&self, epoch: u32, message: &[u8]) -> Result<[u8; 32]> {
        let key = Zeroizing::new(std::fs::read(self.path(epoch)).map_err(|_| NotebookError::HardwareKey)?);
        if key.len() != 32 {
            return Err(NotebookError::HardwareKey);
        }
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &key), message);
        tag.as_ref().try_into().map_err(|_| NotebookError::HardwareKey)
    }

    fn delete(&self, epoch: u32) -> Result<()> {
        step("device key")?;
        match std::fs::remove_file(self.path(epoch)) {
            Ok(()) => sync_folder(&self.dir, "device key"),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(_) => Err(NotebookError::HardwareKey),
        }
    }

    fn level(&self, epoch: u32) -> Result<KeyLevel> {
        match self.path(epoch).try_exists() {
            Ok(true) => Ok(KeyLevel::File),
            Ok(false) => Ok(KeyLevel::None),
            Err(_) => Err(NotebookError::HardwareKey),
        }
    }

    fn best_level(&self) -> KeyLevel {
        KeyLevel::File
    }
}

/// `h_k` of the chain in [`super`].
pub(super) fn chain(
    binder: &dyn HardwareBinder,
    epoch: u32,
    length: u32,
    start: &[u8; 32],
) -> Result<Zeroizing<[u8; 32]>> {
    let mut value = Zeroizing::new(*start);
    for step in 1..=length {
        let message = Zeroizing::new([b"usc1".as_slice(), &step.to_be_bytes(), value.as_slice()].concat());
        *value = binder.hmac(epoch, &message)?;
    }
    Ok(value)
}
