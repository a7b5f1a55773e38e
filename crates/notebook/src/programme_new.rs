//! A new programme: the admin's key, the admin's desk, the recovery identity, the first manifest; and every later one.
//!
//! The admin's signing key and the alias key stay in the admin's encrypted notebook. The recovery identity is given
//! back once, to be written down on paper, and forgotten.

use crate::crypto::DataKey;
use crate::crypto::identity::{DeviceIdentity, SigningKey};
use crate::crypto::seal::{self, Packing, SealIdentity};
use crate::desk_keys;
use crate::enrolled::Renewed;
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::store::sealed_copy;
use chrono::TimeDelta;
use domain::ids::{DeviceId, UnitId};
use domain::programme::Programme;
use domain::recovery_words;
use domain::sync::chain::Bytes;
use domain::sync::enrol::{DeviceKeys, Invitation};
use domain::sync::manifest::{
    DeviceStatus, Keyring, Manifest, ManifestDevice, Role, SealedConfiguration, SignedManifest, manifest_message,
};
use domain::sync::version;
use domain::sync::vouch::vouches;
use domain::sync::wipe::order_message;
use domain::time::operational_date;
use rusqlite::Connection;
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

#[cfg(test)]
mod tests;

/// Days for which a manifest counts as fresh; devices warn afterwards and keep recording.
pub const MANIFEST_LIFE_DAYS: i64 = 30;

/// What the first start of a programme is told.
#[derive(Clone)]
pub struct NewProgramme {
    /// The configuration.
    pub programme: Programme,
    /// The server's address.
    pub server: String,
    /// The server's Ed25519 public key for receipts, 32 bytes.
    pub server_key: Bytes,
    /// Key of the person tokens, 32 bytes. Absent: drawn at random. Given only for a synthetic programme whose tokens
    /// are compared with known ones.
    pub alias_key: Option<Bytes>,
}

impl fmt::Debug for NewProgramme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewProgramme").field("programme", &self.programme).finish_non_exhaustive()
    }
}

/// What the first start of a programme gives.
#[derive(Debug)]
pub struct CreatedProgramme {
    /// The admin's desk, open.
    pub notebook: Notebook,
    /// What new devices need to know, besides a code.
    pub invitation: Invitation,
    /// The first manifest, for the server.
    pub manifest: SignedManifest,
    /// The recovery identity: shown once, then forgotten.
    pub recovery: RecoverySecret,
}

/// The recovery identity, for the sheet of paper. `Debug` shows nothing; cleared on drop.
pub struct RecoverySecret {
    text: Zeroizing<String>,
    words: Zeroizing<String>,
}

impl RecoverySecret {
    /// What a sheet shows of this identity.
    ///
    /// # Errors
    /// [`NotebookError::Internal`], which happens for none.
    pub(crate) fn of(identity: &SealIdentity) -> Result<Self> {
        Ok(Self { text: identity.to_text(), words: recovery_words::write(&*identity.to_secret()?) })
    }

    /// `AGE-SECRET-KEY-1…`, the text that the stock `age` program takes as an identity.
    #[must_use]
    pub fn as_text(&self) -> &str {
        &self.text
    }

    /// The same as 24 words ([`recovery_words`]).
    #[must_use]
    pub fn as_words(&self) -> &str {
        &self.words
    }
}

impl fmt::Debug for RecoverySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoverySecret")
    }
}

/// A change of the manifest by the admin.
#[derive(Clone, Debug)]
pub enum ManifestChange {
    /// A device takes part from now on.
    AddDevice {
        /// Its keys, checked against the code it was given.
        keys: DeviceKeys,
        /// What it may do.
        role: Role,
        /// Its unit; none for the desk.
        unit: Option<UnitId>,
    },
    /// A device stands elsewhere: revoked, wiped, or back. From the moment that it takes part no more, readers take in
    /// what this desk held of it, and no more.
    SetStatus {
        /// The device.
        device: DeviceId,
        /// Where it stands.
        status: DeviceStatus,
    },
    /// This desk vouches for all that it holds of a device that takes part no more.
    Vouch {
        /// The device.
        device: DeviceId,
    },
    /// Other zones, lists, thresholds.
    SetProgramme(Box<Programme>),
    /// The server signs receipts with another key.
    SetServerKey(Bytes),
}

/// Makes a programme and the admin's desk in `dir`.
///
/// # Errors
/// As [`Notebook::create`].
pub fn create_programme(
    dir: &Path,
    key: &DataKey,
    new: NewProgramme,
    moment: Moment,
    entropy: Entropy,
) -> Result<CreatedProgramme> {
    create_programme_with(dir, key, new, moment, entropy, |_, _| Ok(()))
}

/// As [`create_programme`], with more to be written before the notebook has its name.
pub(crate) fn create_programme_with(
    dir: &Path,
    key: &DataKey,
    new: NewProgramme,
    moment: Moment,
    mut entropy: Entropy,
    fill: impl FnOnce(&Connection, &RecoverySecret) -> Result<()>,
) -> Result<CreatedProgramme> {
    let NewProgramme { programme, server, server_key, alias_key } = new;
    let admin = SigningKey::generate(&mut entropy)?;
    let identity = DeviceIdentity::generate(&mut entropy)?;
    let recovery = SealIdentity::generate();
    let alias_key = match alias_key {
        Some(given) if given.0.len() == 32 => given,
        Some(_) => return Err(NotebookError::InvalidInput("alias key")),
        None => Bytes(entropy.bytes::<32>()?.to_vec()),
    };
    let configuration = SealedConfiguration { alias_key, later_alias_keys: Vec::new(), programme };
    let invitation = Invitation { server, programme: configuration.programme.id, admin_key: admin.public() };
    let keys = identity.public();
    let mut manifest = Manifest {
        version: version::CURRENT,
        programme: invitation.programme,
        number: 1,
        issued_at: moment.now,
        expires_at: moment.now,
        admin_key: admin.public(),
        server_key,
        recovery_recipient: recovery.recipient(),
        former_recovery: Vec::new(),
        succession: Vec::new(),
        devices: vec![new_device(keys, Role::Admin, None, moment)],
        sealed: Bytes::default(),
        sealed_for_staff: Bytes::default(),
        keyring: Keyring::default(),
    };
    let recovery = RecoverySecret::of(&recovery)?;
    let signed = sign(&mut manifest, &configuration, &admin, Some(&[]), moment)?;
    let mut notebook = Notebook::create_as(dir, key, &invitation, identity, entropy, |store| {
        let connection = store.connection();
        fill(connection, &recovery)?;
        meta::put(connection, MetaKey::AdminKey, admin.to_hex().as_bytes())?;
        // With the file there is a desk that is named: a crash from here on leaves none that waits to be.
        meta::put_json(connection, MetaKey::Manifest, &signed)?;
        meta::put_json(connection, MetaKey::Configuration, &configuration)
    })?;
    notebook.journal.pin(None, &manifest.server_key.0, &manifest.admin_key.0)?;
    Ok(CreatedProgramme { notebook, invitation, manifest: signed, recovery })
}

/// Makes a lead's phone of a programme that has nobody else and no server: for training. The admin's key and the
/// recovery identity are forgotten, so that nobody will ever read what is sealed there, nor add a device.
///
/// # Errors
/// As [`Notebook::create`]; [`NotebookError::InvalidInput`] if the programme has no unit.
pub fn create_alone(
    dir: &Path,
    key: &DataKey,
    programme: Programme,
    moment: Moment,
    mut entropy: Entropy,
) -> Result<Notebook> {
    let unit = programme.units.first().map(|unit| unit.id.clone()).ok_or(NotebookError::InvalidInput("no unit"))?;
    let admin = SigningKey::generate(&mut entropy)?;
    let identity = DeviceIdentity::generate(&mut entropy)?;
    let alias_key = Bytes(entropy.bytes::<32>()?.to_vec());
    let configuration = SealedConfiguration { alias_key, later_alias_keys: Vec::new(), programme };
    let programme = configuration.programme.id;
    let invitation = Invitation { server: String::new(), programme, admin_key: admin.public() };
    let mut manifest = Manifest {
        version: version::CURRENT,
        programme,
        number: 1,
        issued_at: moment.now,
        expires_at: moment.now,
        admin_key: admin.public(),
        server_key: Bytes(entropy.bytes::<32>()?.to_vec()),
        recovery_recipient: SealIdentity::generate().recipient(),
        former_recovery: Vec::new(),
        succession: Vec::new(),
        devices: vec![new_device(identity.public(), Role::Lead, Some(unit), moment)],
        sealed: Bytes::default(),
        sealed_for_staff: Bytes::default(),
        keyring: Keyring::default(),
    };
    // Nothing is handed on: there is nobody else.
    let signed = sign(&mut manifest, &configuration, &admin, None, moment)?;
    let mut notebook = Notebook::create_as(dir, key, &invitation, identity, entropy, |_| Ok(()))?;
    notebook.apply_manifest(&signed)?;
    Ok(notebook)
}

impl Notebook {
    /// Signs the next manifest with these changes and puts it in force here; the server is told by the caller.
    ///
    /// # Errors
    /// [`NotebookError::NotAllowed`] where the admin's key is not; [`NotebookError::NotFound`] for a change of a device
    /// that is not there; [`NotebookError::AlreadyExists`] for a new one that is.
    pub fn sign_manifest(&mut self, changes: Vec<ManifestChange>, moment: Moment) -> Result<SignedManifest> {
        let admin = self.admin_key()?;
        let in_force = self.in_force()?;
        let mut manifest = in_force.manifest.clone();
        let mut configuration = in_force.configuration.clone();
        // What is handed on to another desk is sealed to no more.
        let is_desk = |change: &ManifestChange| {
            matches!(change, ManifestChange::AddDevice { role: Role::Coordinator | Role::Admin, .. })
        };
        let adds_desk = changes.iter().any(is_desk);
        for change in changes {
            apply(self.store.connection(), &mut manifest, &mut configuration, change, &admin, moment)?;
        }
        manifest.number = manifest.number.saturating_add(1);
        let identity = if adds_desk { Some(self.identity.renewed(SealIdentity::generate())?) } else { None };
        if let Some(identity) = &identity {
            let own = manifest.devices.iter_mut().find(|device| device.id == identity.device());
            own.ok_or(NotebookError::NotFound("device"))?.recipient = identity.public().recipient;
        }
        let handed = desk_keys::handed(identity.as_ref().unwrap_or(&self.identity));
        let signed = sign(&mut manifest, &configuration, &admin, Some(&handed), moment)?;
        self.put_in_force(&signed, identity.map(|identity| Renewed { identity, admin: None, at: None }))?;
        Ok(signed)
    }

    /// The manifest in force with its signature, to be handed to the server or to a device.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn signed_manifest(&self) -> Result<Option<SignedManifest>> {
        meta::find_json(self.store.connection(), MetaKey::Manifest)
    }

    /// Whether this device can sign manifests.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn holds_admin_key(&self) -> Result<bool> {
        Ok(meta::find(self.store.connection(), MetaKey::AdminKey)?.is_some())
    }

    pub(crate) fn admin_key(&self) -> Result<SigningKey> {
        let hex = meta::find(self.store.connection(), MetaKey::AdminKey)?.ok_or(NotebookError::NotAllowed)?;
        let hex = Zeroizing::new(String::from_utf8(hex).map_err(|_| NotebookError::Damaged("admin key"))?);
        SigningKey::from_hex(&hex).map_err(|_| NotebookError::Damaged("admin key"))
    }
}

fn apply(
    connection: &Connection,
    manifest: &mut Manifest,
    configuration: &mut SealedConfiguration,
    change: ManifestChange,
    admin: &SigningKey,
    moment: Moment,
) -> Result<()> {
    match change {
        ManifestChange::AddDevice { keys, role, unit } => {
            if manifest.find_device(keys.device).is_some() {
                return Err(NotebookError::AlreadyExists("device"));
            }
            if matches!(role, Role::Member | Role::Lead) != unit.is_some() {
                return Err(NotebookError::InvalidInput("unit of the device"));
            }
            manifest.devices.push(new_device(keys, role, unit, moment));
        }
        ManifestChange::SetStatus { device, status } => {
            let found = manifest.devices.iter_mut().find(|known| known.id == device);
            let found = found.ok_or(NotebookError::NotFound("device"))?;
            match (found.status, status) {
                (_, DeviceStatus::Active) => found.vouched.clear(),
                (DeviceStatus::Active, DeviceStatus::Revoked | DeviceStatus::Wipe) => {
                    found.vouched = vouches(&sealed_copy::list_run(connection, device)?);
                }
                (DeviceStatus::Revoked | DeviceStatus::Wipe, DeviceStatus::Revoked | DeviceStatus::Wipe) => {}
            }
            found.status = status;
            found.wipe_order = (status == DeviceStatus::Wipe).then(|| admin.sign(&order_message(device)));
        }
        ManifestChange::Vouch { device } => {
            let found = manifest.devices.iter_mut().find(|known| known.id == device);
            let found = found.ok_or(NotebookError::NotFound("device"))?;
            if found.status == DeviceStatus::Active {
                return Err(NotebookError::WrongState("status of the device"));
            }
            found.vouched = vouches(&sealed_copy::list_run(connection, device)?);
        }
        ManifestChange::SetProgramme(programme) => {
            if programme.id != manifest.programme {
                return Err(NotebookError::OtherUnit);
            }
            configuration.programme = *programme;
        }
        ManifestChange::SetServerKey(key) => manifest.server_key = key,
    }
    Ok(())
}

pub(crate) fn new_device(keys: DeviceKeys, role: Role, unit: Option<UnitId>, moment: Moment) -> ManifestDevice {
    ManifestDevice {
        id: keys.device,
        unit,
        role,
        signing_key: keys.signing_key,
        recipient: keys.recipient,
        status: DeviceStatus::Active,
        enrolled_on: operational_date(moment.now),
        wipe_order: None,
        vouched: Vec::new(),
    }
}

/// Signs a manifest; `handed` are the identities that its keyring hands on; none for a programme without a keyring.
pub(crate) fn sign(
    manifest: &mut Manifest,
    configuration: &SealedConfiguration,
    admin: &SigningKey,
    handed: Option<&[Zeroizing<String>]>,
    moment: Moment,
) -> Result<SignedManifest> {
    crate::retention::require_days(&configuration.programme.policy)?;
    let written = |configuration: &SealedConfiguration| {
        let json = serde_json::to_vec(configuration).map(Zeroizing::new);
        json.map_err(|_| NotebookError::Internal("configuration"))
    };
    let sealed = seal::seal(&manifest.configuration_recipients(), &written(configuration)?, Packing::Compressed)?;
    let staff = manifest.staff_recipients();
    manifest.sealed_for_staff = match staff.is_empty() {
        true => Bytes::default(),
        false => Bytes(seal::seal(&staff, &written(&configuration.for_staff())?, Packing::Compressed)?),
    };
    manifest.sealed = Bytes(sealed);
    manifest.keyring = match handed {
        None => Keyring::default(),
        Some(handed) => desk_keys::ring(manifest, admin, handed)?,
    };
    manifest.issued_at = moment.now;
    manifest.expires_at = moment.now + TimeDelta::days(MANIFEST_LIFE_DAYS);
    let bytes = serde_json::to_vec(manifest).map_err(|_| NotebookError::Internal("manifest"))?;
    let signature = admin.sign(&manifest_message(&bytes));
    Ok(SignedManifest { manifest: Bytes(bytes), signature })
}
