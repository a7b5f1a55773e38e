//! Sealing and opening backups: the only module of the server that knows `age`. A running server seals; opening needs an
//! identity that it does not have, but for the backup of a trial while that lasts ([`Throwaway`]).

use super::fault::BackupFault;
pub use age::x25519::Identity;
use age::x25519::Recipient;
use domain::sync::chain::Digest;
use ring::digest::{Context, SHA256};
use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const PORTION: usize = 64 * 1024;

/// Public keys, `age1…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipients(Vec<String>);

impl Recipients {
    /// At least one; `None` if there is none, or one is no such key.
    #[must_use]
    pub fn parse(texts: &[String]) -> Option<Self> {
        let are_keys = texts.iter().all(|text| text.parse::<Recipient>().is_ok());
        (are_keys && !texts.is_empty()).then(|| Self(texts.to_vec()))
    }

    fn keys(&self) -> Vec<Recipient> {
        self.0.iter().filter_map(|text| text.parse().ok()).collect()
    }
}

/// An identity for one trial: made for it, and gone with it.
#[derive(Clone)]
pub struct Throwaway(Identity);

impl Throwaway {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self(Identity::generate())
    }

    /// What opens the backup.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.0
    }
}

impl Default for Throwaway {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Throwaway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Throwaway")
    }
}

/// Seals a file into a new one; for a trial to its identity too.
///
/// # Errors
/// [`BackupFault::File`], [`BackupFault::Seal`].
pub fn seal(recipients: &Recipients, trial: Option<&Throwaway>, from: &Path, to: &Path) -> Result<(), BackupFault> {
    let mut keys = recipients.keys();
    keys.extend(trial.map(|trial| trial.0.to_public()));
    let encryptor = age::Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient))
        .map_err(|_| BackupFault::Seal)?;
    let mut source = File::open(from).map_err(BackupFault::of(from))?;
    let target = create(to)?;
    let mut sealing = encryptor.wrap_output(&target).map_err(|_| BackupFault::Seal)?;
    std::io::copy(&mut source, &mut sealing).map_err(BackupFault::of(to))?;
    sealing.finish().map_err(BackupFault::of(to))?;
    target.sync_all().map_err(BackupFault::of(to))
}

/// The identity in a file.
///
/// # Errors
/// [`BackupFault::NoIdentity`], [`BackupFault::File`].
pub fn read_identity(identity: &Path) -> Result<Identity, BackupFault> {
    let text = std::fs::read_to_string(identity).map_err(BackupFault::of(identity))?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let none = || BackupFault::NoIdentity { path: identity.to_owned() };
    line.ok_or_else(none)?.parse().map_err(|_| none())
}

/// Opens a sealed file into a new one.
///
/// # Errors
/// [`BackupFault::OtherIdentity`], [`BackupFault::NotSealed`], [`BackupFault::File`].
pub fn open(identity: &Identity, from: &Path, to: &Path) -> Result<(), BackupFault> {
    let source = BufReader::new(File::open(from).map_err(BackupFault::of(from))?);
    let decryptor = age::Decryptor::new_buffered(source).map_err(|_| BackupFault::NotSealed)?;
    let opened = decryptor.decrypt(std::iter::once(identity as &dyn age::Identity));
    let mut content = opened.map_err(|error| match error {
        age::DecryptError::NoMatchingKeys => BackupFault::OtherIdentity,
        _ => BackupFault::NotSealed,
    })?;
    let mut target = create(to)?;
    // What cannot be read here is damaged; what cannot be written is the disk's fault.
    let mut portion = vec![0; PORTION];
    loop {
        let read = content.read(&mut portion).map_err(|_| BackupFault::NotSealed)?;
        if read == 0 {
            return target.sync_all().map_err(BackupFault::of(to));
        }
        target.write_all(portion.get(..read).unwrap_or_default()).map_err(BackupFault::of(to))?;
    }
}

/// Size and SHA-256 of a file.
///
/// # Errors
/// [`BackupFault::File`].
pub fn digest(path: &Path) -> Result<(u64, Digest), BackupFault> {
    let mut file = File::open(path).map_err(BackupFault::of(path))?;
    let mut context = Context::new(&SHA256);
    let (mut bytes, mut portion) = (0, vec![0; PORTION]);
    loop {
        let read = file.read(&mut portion).map_err(BackupFault::of(path))?;
        if read == 0 {
            break;
        }
        context.update(portion.get(..read).unwrap_or_default());
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
    }
    let hash: [u8; 32] = context.finish().as_ref().try_into().map_err(|_| BackupFault::Seal)?;
    Ok((bytes, Digest(hash)))
}

/// A new file that only its owner may read.
fn create(path: &Path) -> Result<File, BackupFault> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(BackupFault::of(path))
}
