//! The manifest in force on a device: who it is in the programme, to whom it seals, what the programme's lists are.

use crate::crypto::identity::{DeviceIdentity, SigningKey};
use crate::crypto::seal;
use crate::desk::devices;
use crate::desk_keys;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::device_act;
use crate::store::meta::{self, MetaKey};
use crate::view::DeviceActKind;
use chrono::{DateTime, NaiveDate, Utc};
use domain::alias::AliasKey;
use domain::ids::{DeviceId, UnitId};
use domain::programme::Programme;
use domain::sync::enrol::Invitation;
use domain::sync::manifest::{DeviceStatus, Manifest, ManifestDevice, Role, SealedConfiguration, SignedManifest};
use domain::sync::succession::Succession;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fmt;
use zeroize::Zeroizing;

/// What a manifest did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManifestOutcome {
    /// It is in force now.
    Applied,
    /// It was in force already.
    Unchanged,
}

/// Keys of a desk that change together with a manifest: for another desk that joins, or with all of them
/// ([`crate::rotation`]).
pub(crate) struct Renewed {
    /// The same device with another recipient.
    pub(crate) identity: DeviceIdentity,
    /// The key that the manifest is signed with, if it is another one.
    pub(crate) admin: Option<SigningKey>,
    /// When, if it is a change of the programme's keys: that is noted, and no longer waits.
    pub(crate) at: Option<DateTime<Utc>>,
}

/// The manifest in force, with its sealed part opened.
pub(crate) struct InForce {
    pub(crate) manifest: Manifest,
    pub(crate) configuration: SealedConfiguration,
    pub(crate) own: ManifestDevice,
}

impl InForce {
    /// What was in force when the notebook was closed.
    pub(crate) fn load(connection: &Connection, admin_key: &[u8], device: DeviceId) -> Result<Option<Self>> {
        let Some(signed) = meta::find_json::<SignedManifest>(connection, MetaKey::Manifest)? else { return Ok(None) };
        let manifest = signed.verify(admin_key).map_err(|_| NotebookError::Damaged("manifest"))?;
        let configuration = meta::find_json(connection, MetaKey::Configuration)?;
        let configuration = configuration.ok_or(NotebookError::Damaged("configuration"))?;
        let own = manifest.find_device(device).cloned().ok_or(NotebookError::Damaged("manifest"))?;
        Ok(Some(Self { manifest, configuration, own }))
    }
}

impl fmt::Debug for InForce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InForce").field("number", &self.manifest.number).finish_non_exhaustive()
    }
}

impl Notebook {
    /// Puts a manifest in force: signed by the pinned admin key or one that came after it, of this programme, not older
    /// than the last, naming this device. A device that is revoked keeps the configuration it had, and so does a lead's
    /// until the step-up PIN opens the new one ([`Notebook::open_configuration`]).
    ///
    /// # Errors
    /// [`NotebookError::BadManifest`], [`NotebookError::StaleManifest`], [`NotebookError::NotEnrolled`] (it does not
    /// name this device yet), [`NotebookError::OtherUnit`] (another programme or unit, or other keys for this device);
    /// then nothing has changed.
    pub fn apply_manifest(&mut self, signed: &SignedManifest) -> Result<ManifestOutcome> {
        self.put_in_force(signed, None)
    }

    /// As [`Notebook::apply_manifest`], with new keys of this desk that the manifest names: all of it or nothing.
    ///
    /// # Errors
    /// As [`Notebook::apply_manifest`].
    pub(crate) fn put_in_force(
        &mut self,
        signed: &SignedManifest,
        renewed: Option<Renewed>,
    ) -> Result<ManifestOutcome> {
        let manifest = self.verify(signed)?;
        if manifest.programme != self.invitation.programme {
            return Err(NotebookError::OtherUnit);
        }
        if let Some(in_force) = &self.in_force {
            if manifest == in_force.manifest {
                return Ok(ManifestOutcome::Unchanged);
            }
            if manifest.number <= in_force.manifest.number {
                return Err(NotebookError::StaleManifest);
            }
        }
        let own = manifest.find_device(self.device()).cloned().ok_or(NotebookError::NotEnrolled)?;
        let identity = renewed.as_ref().map_or(&self.identity, |renewed| &renewed.identity);
        let keys = identity.public();
        if own.signing_key != keys.signing_key || own.recipient != keys.recipient {
            return Err(NotebookError::OtherUnit);
        }
        // A log belongs to one unit: what is sealed already went to that unit's leads.
        if self.journal.unit()? != own.unit && !self.journal.is_empty()? {
            return Err(NotebookError::OtherUnit);
        }
        let sealed = if own.role.is_day_staff() { &manifest.sealed_for_staff } else { &manifest.sealed };
        let opened = identity.sealing().map(|sealing| seal::open(sealing, &sealed.0));
        let configuration = match opened {
            Some(Ok(bytes)) => parse_configuration(&bytes)?,
            Some(Err(fault)) if own.status == DeviceStatus::Active => return Err(fault.into()),
            Some(Err(_)) | None => self.in_force()?.configuration.clone(),
        };
        // The journal first: pinning again is harmless if the notebook's commit does not follow.
        self.journal.pin(own.unit.as_ref(), &manifest.server_key.0, &manifest.admin_key.0)?;
        let invitation = Invitation { admin_key: manifest.admin_key.clone(), ..self.invitation.clone() };
        let transaction = self.store.transaction()?;
        meta::put_json(&transaction, MetaKey::Manifest, signed)?;
        meta::put_json(&transaction, MetaKey::Configuration, &configuration)?;
        if invitation != self.invitation {
            meta::put_json(&transaction, MetaKey::Invitation, &invitation)?;
        }
        if let Some(renewed) = &renewed {
            keep_renewed(&transaction, &self.identity, renewed)?;
        }
        desk_keys::take(&transaction, &manifest, &own, identity)?;
        let archive = desk_keys::archive(&transaction)?;
        transaction.commit()?;
        self.invitation = invitation;
        if let Some(Renewed { identity, .. }) = renewed {
            self.identity = identity;
        }
        self.identity.learn(archive);
        self.in_force = Some(InForce { manifest, configuration, own });
        self.make_room()?;
        Ok(ManifestOutcome::Applied)
    }

    /// The manifest, if it is the admin's. One that a former key signed in its time is only old.
    pub(crate) fn verify(&self, signed: &SignedManifest) -> Result<Manifest> {
        let in_force = self.in_force.as_ref().map(|in_force| &in_force.manifest);
        let number = in_force.map_or(0, |manifest| manifest.number);
        let fault = match signed.verify_from(&self.invitation.admin_key.0, number) {
            Ok(manifest) => return Ok(manifest),
            Err(fault) => fault,
        };
        let links = in_force.map_or(&[] as &[_], |manifest| &manifest.succession);
        let was_due =
            |link: &Succession| signed.verify(&link.from.0).is_ok_and(|manifest| manifest.number < link.number);
        if links.iter().any(was_due) { Err(NotebookError::StaleManifest) } else { Err(fault.into()) }
    }

    /// After the step-up: the configuration of the manifest in force, if it came while nothing here could open it.
    ///
    /// # Errors
    /// If it does not open; then the one of before stays in force.
    pub(crate) fn open_configuration(&mut self) -> Result<()> {
        let (Some(in_force), Some(sealing)) = (&mut self.in_force, self.identity.sealing()) else { return Ok(()) };
        if in_force.own.status != DeviceStatus::Active {
            return Ok(());
        }
        let configuration = parse_configuration(&seal::open(sealing, &in_force.manifest.sealed.0)?)?;
        if configuration != in_force.configuration {
            meta::put_json(self.store.connection(), MetaKey::Configuration, &configuration)?;
            in_force.configuration = configuration;
        }
        Ok(())
    }

    /// The manifest in force; none before enrolment.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.in_force.as_ref().map(|in_force| &in_force.manifest)
    }

    /// The programme's configuration.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`].
    pub fn programme(&self) -> Result<&Programme> {
        Ok(&self.in_force()?.configuration.programme)
    }

    /// The key of the person tokens of a night, by its operational date.
    ///
    /// # Errors
    /// [`NotebookError::NotEnrolled`]; [`NotebookError::Damaged`] if it is not 32 bytes.
    pub fn alias_key(&self, day: NaiveDate) -> Result<AliasKey> {
        let bytes = Zeroizing::new(self.in_force()?.configuration.alias_key_of(day).0.clone());
        let bytes: [u8; 32] = bytes.as_slice().try_into().map_err(|_| NotebookError::Damaged("alias key"))?;
        Ok(AliasKey::new(bytes))
    }

    /// The devices whose role is lead, active or not: what they signed stays signed.
    #[must_use]
    pub fn leads(&self) -> BTreeSet<DeviceId> {
        self.manifest()
            .map(|manifest| {
                let leads = manifest.devices.iter().filter(|device| device.role == Role::Lead);
                leads.map(|device| device.id).collect()
            })
            .unwrap_or_default()
    }

    /// This device's role; none before enrolment.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.in_force.as_ref().map(|in_force| in_force.own.role)
    }

    /// This device's unit; none before enrolment and at the desk.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitId> {
        self.in_force.as_ref().and_then(|in_force| in_force.own.unit.as_ref())
    }

    /// Where this device stands; none before enrolment.
    #[must_use]
    pub fn status(&self) -> Option<DeviceStatus> {
        self.in_force.as_ref().map(|in_force| in_force.own.status)
    }

    pub(crate) fn in_force(&self) -> Result<&InForce> {
        self.in_force.as_ref().ok_or(NotebookError::NotEnrolled)
    }
}

/// The new keys in, and what opens everything of before beside them.
fn keep_renewed(connection: &Connection, before: &DeviceIdentity, renewed: &Renewed) -> Result<()> {
    let sealing = before.sealing().ok_or(NotebookError::StepUpFirst)?;
    desk_keys::keep(connection, &sealing.to_texts().iter().map(|text| text.as_str().to_owned()).collect::<Vec<_>>())?;
    meta::put(connection, MetaKey::Identity, &renewed.identity.to_stored()?)?;
    if let Some(admin) = &renewed.admin {
        meta::put(connection, MetaKey::AdminKey, admin.to_hex().as_bytes())?;
    }
    let Some(at) = renewed.at else { return Ok(()) };
    let act = devices::act(at, before.device(), DeviceActKind::ChangeKeys, None, None)?;
    device_act::add(connection, &act)?;
    meta::remove(connection, MetaKey::Rotation)
}

fn parse_configuration(bytes: &[u8]) -> Result<SealedConfiguration> {
    serde_json::from_slice(bytes).map_err(|_| NotebookError::TooNew)
}
