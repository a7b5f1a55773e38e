//! The manifest (*manifesto*): who takes part, signed by the admin. Root of trust of devices and server.

use super::Stream;
use super::chain::Bytes;
use super::vouch::Vouch;
use crate::code::code_enum;
use crate::ids::{DeviceId, ProgrammeId, UnitId};
use chrono::{DateTime, NaiveDate, Utc};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

/// Bytes of a request body with a signed manifest: several thousand devices.
pub const MAX_MANIFEST_BYTES: usize = 2 * 1024 * 1024;

code_enum! {
    /// What a device may do.
    Role {
        /// A unit's phone: pushes its own journal.
        Member = "member",
        /// A lead's phone: also pulls its unit's journal, reviews, signs off.
        Lead = "lead",
        /// Day staff: referrals and accesses.
        DeskWorker = "desk_worker",
        /// Accredited body.
        CaseWorker = "case_worker",
        /// Pulls night logs, computes, releases.
        Coordinator = "coordinator",
        /// Signs manifests, enrols and revokes. Also a coordinator.
        Admin = "admin",
    }
}

impl Role {
    /// Whether a device of this role may write to a stream. A member writes no night log: servers set it aside, and
    /// readers do not take it in.
    #[must_use]
    pub const fn writes(self, stream: Stream) -> bool {
        match (stream, self) {
            (Stream::Journal, _) => true,
            (Stream::NightLog, Self::Member) => false,
            (Stream::NightLog, Self::Lead | Self::DeskWorker | Self::CaseWorker | Self::Coordinator | Self::Admin) => {
                true
            }
        }
    }
}

code_enum! {
    /// Where a device stands.
    DeviceStatus {
        /// Takes part.
        Active = "active",
        /// Reads nothing more; may hand in, to quarantine.
        Revoked = "revoked",
        /// Revoked, and asked to destroy its keys after handing in.
        Wipe = "wipe",
    }
}

/// One device of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManifestDevice {
    /// Random id.
    pub id: DeviceId,
    /// Its unit; none for the desk.
    pub unit: Option<UnitId>,
    /// What it may do.
    pub role: Role,
    /// Ed25519 public key, 32 bytes.
    pub signing_key: Bytes,
    /// `age1…` recipient.
    pub recipient: String,
    /// Where it stands.
    pub status: DeviceStatus,
    /// Day of enrolment.
    pub enrolled_on: NaiveDate,
    /// With [`DeviceStatus::Wipe`]: the order, the admin's Ed25519 over [`super::wipe::order_message`], for a phone that
    /// is locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wipe_order: Option<Bytes>,
    /// Of a device that takes part no more: what the desk vouches for, ascending. Readers take in nothing else of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vouched: Vec<Vouch>,
}

/// The part everybody reads, the server included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// Protocol version.
    pub version: u16,
    /// The programme.
    pub programme: ProgrammeId,
    /// 1, 2, 3 …; an older or equal one is refused.
    pub number: u64,
    /// When it was signed.
    pub issued_at: DateTime<Utc>,
    /// After this devices warn; they keep recording.
    pub expires_at: DateTime<Utc>,
    /// The admin's Ed25519 public key, 32 bytes: must equal the pinned one.
    pub admin_key: Bytes,
    /// The server's Ed25519 public key for receipts, 32 bytes.
    pub server_key: Bytes,
    /// `age1…` recipient of the offline recovery identity.
    pub recovery_recipient: String,
    /// Devices, active or not.
    pub devices: Vec<ManifestDevice>,
    /// An `age` file with [`SealedConfiguration`], for every active device.
    pub sealed: Bytes,
}

/// The part only the devices read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedConfiguration {
    /// Zones, lists, kits, directory, thresholds, policy.
    pub programme: crate::programme::Programme,
    /// 32-byte key of the person tokens. Never on the server.
    pub alias_key: Bytes,
}

impl std::fmt::Debug for SealedConfiguration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedConfiguration")
    }
}

/// A manifest with the admin's signature over its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedManifest {
    /// JSON of a [`Manifest`], the bytes that were signed.
    pub manifest: Bytes,
    /// Ed25519 over [`manifest_message`]. 64 bytes.
    pub signature: Bytes,
}

/// A manifest that cannot be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestFault {
    /// The signature does not hold under the pinned admin key.
    #[error("manifest is not signed by the pinned admin key")]
    Signature,
    /// The signed bytes are not a manifest.
    #[error("manifest cannot be read")]
    Form,
    /// It names another admin key than the pinned one.
    #[error("manifest names another admin key")]
    AdminKey,
}

/// What the admin signs.
#[must_use]
pub fn manifest_message(manifest: &[u8]) -> Vec<u8> {
    [b"uscita/manifest/1\0".as_slice(), manifest].concat()
}

impl SignedManifest {
    /// Opens the manifest if the pinned admin key signed it.
    ///
    /// # Errors
    /// [`ManifestFault`].
    pub fn verify(&self, admin_key: &[u8]) -> Result<Manifest, ManifestFault> {
        UnparsedPublicKey::new(&ED25519, admin_key)
            .verify(&manifest_message(&self.manifest.0), &self.signature.0)
            .map_err(|_| ManifestFault::Signature)?;
        let manifest: Manifest = serde_json::from_slice(&self.manifest.0).map_err(|_| ManifestFault::Form)?;
        if manifest.admin_key.0 == admin_key { Ok(manifest) } else { Err(ManifestFault::AdminKey) }
    }
}

impl Manifest {
    /// The device with this id.
    #[must_use]
    pub fn find_device(&self, id: DeviceId) -> Option<&ManifestDevice> {
        self.devices.iter().find(|device| device.id == id)
    }

    /// Recipients of a unit's journal: its active leads and the recovery key.
    #[must_use]
    pub fn journal_recipients(&self, unit: &UnitId) -> Vec<&str> {
        self.recipients(|device| device.role == Role::Lead && device.unit.as_ref() == Some(unit))
    }

    /// Recipients of night logs and desk entries: active coordinators and admins, and the recovery key.
    #[must_use]
    pub fn night_log_recipients(&self) -> Vec<&str> {
        self.recipients(|device| matches!(device.role, Role::Coordinator | Role::Admin))
    }

    fn recipients(&self, chosen: impl Fn(&ManifestDevice) -> bool) -> Vec<&str> {
        self.devices
            .iter()
            .filter(|device| device.status == DeviceStatus::Active && chosen(device))
            .map(|device| device.recipient.as_str())
            .chain(std::iter::once(self.recovery_recipient.as_str()))
            .collect()
    }
}
