//! The keys that desks hand on to each other and to the paper, in the manifest's [`Keyring`].
//!
//! | part | for | what it opens or does |
//! |---|---|---|
//! | archive | coordinators, admins, the recovery sheet | what was sealed to the desks before a desk took part |
//! | signer | admins, the recovery sheet | signs manifests: a second admin, or a desk begun anew from the sheet |
//!
//! The server carries both sealed. A desk keeps what it was handed in its encrypted notebook, and hands it on with every
//! manifest that it signs. It takes an identity of its own anew when it signs for another desk, so that what is handed on is
//! sealed to no more. An admin who is revoked knows the signing key: then that is changed ([`crate::rotation`]).

use crate::crypto::identity::{DeviceIdentity, SigningKey};
use crate::crypto::seal::{self, Packing, SealFault, SealIdentity};
use crate::error::{NotebookError, Result};
use crate::store::meta::{self, MetaKey};
use domain::sync::chain::Bytes;
use domain::sync::manifest::{DeviceStatus, Keyring, Manifest, ManifestDevice, Role};
use rusqlite::Connection;
use zeroize::Zeroizing;

#[cfg(test)]
mod tests;

/// Texts of identities, `AGE-SECRET-KEY-1…`.
type Texts = Vec<Zeroizing<String>>;

/// What the keyring of a manifest holds, opened.
pub(crate) struct Opened {
    /// Identities that open what was sealed until now.
    pub(crate) archive: Vec<String>,
    /// The admin's key, where it is handed to the one who opened.
    pub(crate) signer: Option<SigningKey>,
}

/// The keyring for a manifest, with what the desk that signs it hands on.
///
/// # Errors
/// If a recipient cannot be read.
pub(crate) fn ring(manifest: &Manifest, admin: &SigningKey, identities: &[Zeroizing<String>]) -> Result<Keyring> {
    let texts: Vec<&str> = identities.iter().map(|text| text.as_str()).collect();
    let archive = serde_json::to_vec(&texts).map(Zeroizing::new).map_err(|_| NotebookError::Internal("archive"))?;
    let archive = seal::seal(&manifest.night_log_recipients(), &archive, Packing::Plain)?;
    let signer = seal::seal(&manifest.signer_recipients(), admin.to_hex().as_bytes(), Packing::Plain)?;
    Ok(Keyring { archive: Bytes(archive), signer: Bytes(signer) })
}

/// What a desk hands on: every identity that it opens with, save the one that is still sealed to. Who is no coordinator any
/// more has none that opens what comes.
pub(crate) fn handed(identity: &DeviceIdentity) -> Texts {
    identity.sealing().map(SealIdentity::to_texts).unwrap_or_default().into_iter().skip(1).collect()
}

/// As [`handed`], with what the keyring of another desk's manifest handed on: a manifest that is put in the place of that
/// one takes nothing away from those whom it hands things to.
pub(crate) fn handed_with(identity: &DeviceIdentity, archive: Vec<String>) -> Texts {
    let own = identity.sealing().map(SealIdentity::to_text);
    let mut handed = handed(identity);
    for text in archive.into_iter().map(Zeroizing::new) {
        if own.as_ref() != Some(&text) && !handed.contains(&text) {
            handed.push(text);
        }
    }
    handed
}

/// What this desk was handed, or opened with before.
///
/// # Errors
/// If the file cannot be read; [`NotebookError::Damaged`] if one is no identity.
pub(crate) fn archive(connection: &Connection) -> Result<Vec<SealIdentity>> {
    let damaged = |_| NotebookError::Damaged("archive");
    kept(connection)?.iter().map(|text| SealIdentity::from_text(text).map_err(damaged)).collect()
}

/// Keeps identities besides those that are kept already. Nothing is taken out.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn keep(connection: &Connection, texts: &[String]) -> Result<()> {
    let mut kept = kept(connection)?;
    let before = kept.len();
    for text in texts {
        if !kept.contains(text) {
            kept.push(text.clone());
        }
    }
    if kept.len() > before { meta::put_json(connection, MetaKey::Archive, &kept) } else { Ok(()) }
}

/// Takes over what a manifest hands to this desk: within the transaction that puts it in force. A keyring that does not
/// open keeps no manifest away.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn take(
    connection: &Connection,
    manifest: &Manifest,
    own: &ManifestDevice,
    identity: &DeviceIdentity,
) -> Result<()> {
    let is_desk = matches!(own.role, Role::Coordinator | Role::Admin) && own.status == DeviceStatus::Active;
    let Some(sealing) = identity.sealing().filter(|_| is_desk && !manifest.keyring.is_empty()) else { return Ok(()) };
    let Ok(Opened { archive, signer }) = open(&manifest.keyring, sealing) else {
        tracing::warn!("the keys that the manifest hands on do not open");
        return Ok(());
    };
    let own_text = sealing.to_text();
    let others: Vec<String> = archive.into_iter().filter(|text| *text != *own_text).collect();
    keep(connection, &others)?;
    match signer {
        Some(signer) if own.role == Role::Admin && signer.public() == manifest.admin_key => {
            meta::put(connection, MetaKey::AdminKey, signer.to_hex().as_bytes())
        }
        _ => Ok(()),
    }
}

/// Opens a keyring with an identity that it is sealed to.
///
/// # Errors
/// [`SealFault`] of the archive; what is no identity in it is damage. A signing key that is not for this identity is
/// left out.
pub(crate) fn open(keyring: &Keyring, identity: &SealIdentity) -> std::result::Result<Opened, SealFault> {
    let archive: Vec<String> = match keyring.archive.0.is_empty() {
        true => Vec::new(),
        false => serde_json::from_slice(&seal::open(identity, &keyring.archive.0)?).map_err(|_| SealFault::Damaged)?,
    };
    let is_sound = archive.iter().all(|text| SealIdentity::from_text(text).is_ok());
    let signer = seal::open(identity, &keyring.signer.0).ok();
    let signer = signer.and_then(|hex| SigningKey::from_hex(std::str::from_utf8(&hex).ok()?).ok());
    if is_sound { Ok(Opened { archive, signer }) } else { Err(SealFault::Damaged) }
}

fn kept(connection: &Connection) -> Result<Vec<String>> {
    Ok(meta::find_json(connection, MetaKey::Archive)?.unwrap_or_default())
}
