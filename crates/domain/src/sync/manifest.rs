//! The manifest (*manifesto*): who takes part, signed by the admin. Root of trust of devices and server.

use super::Stream;
use super::chain::Bytes;
use super::succession::{Succession, follow};
use super::vouch::Vouch;
use crate::code::code_enum;
use crate::ids::{DeviceId, ProgrammeId, UnitId};
use crate::time::iso_year;
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
    /// Whether its devices note what day staff do, and read nothing that others wrote.
    #[must_use]
    pub const fn is_day_staff(self) -> bool {
        matches!(self, Self::DeskWorker | Self::CaseWorker)
    }

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
    /// The admin's Ed25519 public key, 32 bytes: must be the pinned one, or come after it.
    pub admin_key: Bytes,
    /// The server's Ed25519 public key for receipts, 32 bytes.
    pub server_key: Bytes,
    /// `age1…` recipient of the offline recovery identity.
    pub recovery_recipient: String,
    /// Recovery recipients of before, the oldest first: what was sealed to them is opened with the papers of then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_recovery: Vec<FormerRecovery>,
    /// How the admin's key came to be this one, the oldest change first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub succession: Vec<Succession>,
    /// Devices, active or not.
    pub devices: Vec<ManifestDevice>,
    /// An `age` file with [`SealedConfiguration`], for every active device but day staff's.
    pub sealed: Bytes,
    /// The same for active devices of day staff, with what they need of it: no alias key, no crews, no zones. Empty
    /// without day staff.
    #[serde(default, skip_serializing_if = "Bytes::is_empty")]
    pub sealed_for_staff: Bytes,
    /// What desks need besides.
    #[serde(default, skip_serializing_if = "Keyring::is_empty")]
    pub keyring: Keyring,
}

/// A recovery recipient that nothing is sealed to any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormerRecovery {
    /// `age1…`
    pub recipient: String,
    /// Day of the change: its paper opens what was sealed until then.
    pub until: NaiveDate,
}

/// Secret keys that desks hand on to each other and to the paper, sealed to them: a second coordinator reads what came
/// before her, and a lost desk is begun anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Keyring {
    /// An `age` file for active coordinators, admins and the recovery recipient: a JSON list of the identities that open
    /// what was sealed to the desks until now.
    pub archive: Bytes,
    /// An `age` file for active admins and the recovery recipient: the admin's signing seed, 64 hexadecimal digits.
    pub signer: Bytes,
}

impl Keyring {
    /// Whether it hands on nothing, as those of before it was thought of.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.archive.0.is_empty() && self.signer.0.is_empty()
    }
}

/// The part only the devices read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedConfiguration {
    /// Zones, lists, kits, directory, thresholds, policy.
    pub programme: crate::programme::Programme,
    /// 32-byte key of the person tokens, until the first of those that follow. Never on the server.
    pub alias_key: Bytes,
    /// The keys that follow it, ascending by year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later_alias_keys: Vec<LaterAliasKey>,
}

/// A key of the person tokens that holds from a year on: tokens of two years cannot be linked anyhow, so that nobody is
/// counted twice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterAliasKey {
    /// The first ISO year of the nights that it is for ([`crate::time::iso_year`]).
    pub from: i32,
    /// 32 bytes.
    pub key: Bytes,
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
    /// It names another admin key than the pinned one, and nothing leads from that one to it.
    #[error("manifest names another admin key")]
    AdminKey,
}

/// What the admin signs.
#[must_use]
pub fn manifest_message(manifest: &[u8]) -> Vec<u8> {
    [b"uscita/manifest/1\0".as_slice(), manifest].concat()
}

impl SealedConfiguration {
    /// What a device of day staff is told: how the programme is called, whom it can send people to, how it is set. It learns
    /// no alias key, so that it could not tell persons apart if it had their tokens; nor who goes out, and where.
    #[must_use]
    pub fn for_staff(&self) -> Self {
        let programme = crate::programme::Programme {
            operators: Vec::new(),
            operator_orgs: std::collections::BTreeMap::new(),
            zones: Vec::new(),
            alias_words: Vec::new(),
            ..self.programme.clone()
        };
        Self { programme, alias_key: Bytes::default(), later_alias_keys: Vec::new() }
    }

    /// The key of the person tokens of a night, by its operational date.
    #[must_use]
    pub fn alias_key_of(&self, day: NaiveDate) -> &Bytes {
        let year = iso_year(day);
        let later = self.later_alias_keys.iter().rev().find(|later| later.from <= year);
        later.map_or(&self.alias_key, |later| &later.key)
    }

    /// With another key from a year on, in the place of one that was to hold from then. What no night of `oldest` or later
    /// needs is forgotten.
    #[must_use]
    pub fn with_alias_key(mut self, later: LaterAliasKey, oldest: i32) -> Self {
        self.later_alias_keys.retain(|known| known.from < later.from);
        self.later_alias_keys.push(later);
        let outlived = self.later_alias_keys.iter().filter(|known| known.from <= oldest).count();
        if let Some(last) = self.later_alias_keys.drain(..outlived).next_back() {
            self.alias_key = last.key;
        }
        self
    }
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

    /// Opens the manifest if a key signed it to which the known one leads ([`follow`]). `after` is the number of the
    /// manifest in force; 0 for none.
    ///
    /// # Errors
    /// [`ManifestFault`]; that of [`SignedManifest::verify`] if nothing leads on from the known key.
    pub fn verify_from(&self, known: &[u8], after: u64) -> Result<Manifest, ManifestFault> {
        let links = match serde_json::from_slice::<Links>(&self.manifest.0) {
            Ok(Links { succession }) => succession,
            Err(_) => Vec::new(),
        };
        let end = follow(known, after, &links).ok_or(ManifestFault::AdminKey)?;
        let manifest = self.verify(end.key)?;
        let is_due = end.key == known || manifest.number >= end.since;
        if is_due { Ok(manifest) } else { Err(ManifestFault::AdminKey) }
    }
}

/// As much of a manifest as tells which key to check it with.
#[derive(Deserialize)]
struct Links {
    #[serde(default)]
    succession: Vec<Succession>,
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

    /// Whether this is the recovery recipient, or was.
    #[must_use]
    pub fn is_recovery(&self, recipient: &str) -> bool {
        self.recovery_recipient == recipient || self.former_recovery.iter().any(|former| former.recipient == recipient)
    }

    /// Recipients of the signing key: active admins and the recovery key.
    #[must_use]
    pub fn signer_recipients(&self) -> Vec<&str> {
        self.recipients(|device| device.role == Role::Admin)
    }

    /// Recipients of [`Manifest::sealed`]: every active device but day staff's, and the recovery key.
    #[must_use]
    pub fn configuration_recipients(&self) -> Vec<&str> {
        self.recipients(|device| !device.role.is_day_staff())
    }

    /// Recipients of [`Manifest::sealed_for_staff`].
    #[must_use]
    pub fn staff_recipients(&self) -> Vec<&str> {
        let staff = |device: &&ManifestDevice| device.status == DeviceStatus::Active && device.role.is_day_staff();
        self.devices.iter().filter(staff).map(|device| device.recipient.as_str()).collect()
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
