//! The manifest in force, read once and asked often.

use domain::sync::DeviceId;
use domain::sync::chain::Bytes;
use domain::sync::manifest::{Manifest, ManifestDevice, SignedManifest};
use domain::sync::succession::Succession;
use std::collections::HashMap;

/// A verified manifest with its devices by id.
#[derive(Debug)]
pub struct Directory {
    /// As the admin signed it.
    pub signed: SignedManifest,
    /// 1, 2, 3 …
    pub number: u64,
    /// The admin's key that signed it, 32 bytes.
    pub admin_key: Bytes,
    /// How that key came to be the admin's.
    pub succession: Vec<Succession>,
    devices: HashMap<DeviceId, ManifestDevice>,
}

impl Directory {
    /// Indexes a manifest that has been verified.
    #[must_use]
    pub fn new(signed: SignedManifest, manifest: Manifest) -> Self {
        let Manifest { number, admin_key, succession, devices, .. } = manifest;
        let devices = devices.into_iter().map(|device| (device.id, device)).collect();
        Self { signed, number, admin_key, succession, devices }
    }

    /// The device with this id.
    #[must_use]
    pub fn find(&self, id: DeviceId) -> Option<&ManifestDevice> {
        self.devices.get(&id)
    }
}
