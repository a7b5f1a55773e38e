//! Who takes part, and what a server must be told of it.

use crate::caller::Caller;
use crate::device::{Device, new_key};
use anyhow::{Context, Result, bail, ensure};
use chrono::{TimeDelta, Utc};
use data_encoding::HEXLOWER;
use domain::sync::chain::Bytes;
use domain::sync::manifest::{Keyring, Manifest, Role, SignedManifest, manifest_message};
use domain::sync::pull::Page;
use domain::sync::version::CURRENT;
use domain::sync::{ProgrammeId, Stream};
use ring::signature::{Ed25519KeyPair, KeyPair};
use std::path::Path;
use uuid::Uuid;

/// Writes the settings of a server into its folder: loopback, a free port, and the database in a file or at this
/// address. `admin_key` in hex.
///
/// # Errors
/// The folder cannot be written.
pub fn settings(home: &Path, admin_key: &str, programme: ProgrammeId, postgres: Option<&str>) -> Result<()> {
    std::fs::create_dir_all(home)?;
    let mut text = format!(
        "listen = '127.0.0.1:0'\ndata = '{}'\nadmin-key = '{admin_key}'\nprogramme = '{programme}'\nlog = 'warn'\n",
        home.join("data").display(),
    );
    if let Some(address) = postgres {
        let file = home.join("postgres-url");
        std::fs::write(&file, address)?;
        text += &format!("[database]\npostgres = {{ url-file = '{}' }}\n", file.display());
    }
    Ok(std::fs::write(home.join("server.toml"), text)?)
}

/// A programme with its admin and a coordinator.
pub struct Programme {
    /// Which.
    pub id: ProgrammeId,
    admin_key: Ed25519KeyPair,
    admin: Device,
    coordinator: Device,
    number: u64,
}

impl std::fmt::Debug for Programme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.id)
    }
}

impl Programme {
    /// A new one, without a manifest.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new() -> Result<Self> {
        Ok(Self {
            id: ProgrammeId(Uuid::new_v4()),
            admin_key: new_key()?,
            admin: Device::new(Role::Admin, None)?,
            coordinator: Device::new(Role::Coordinator, None)?,
            number: 0,
        })
    }

    /// The settings of a server for it: loopback, a free port, and the database in a file or at this address.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write_settings(&self, home: &Path, postgres: Option<&str>) -> Result<()> {
        settings(home, &HEXLOWER.encode(self.admin_key.public_key().as_ref()), self.id, postgres)
    }

    /// Signs the next manifest, with these devices, and puts it in force.
    ///
    /// # Errors
    /// The server does not take it.
    pub async fn publish<'a>(
        &mut self,
        caller: &mut Caller,
        server_key: &Bytes,
        devices: impl Iterator<Item = &'a Device>,
    ) -> Result<()> {
        let (now, number) = (Utc::now(), self.number + 1);
        let mut entries = [&self.admin, &self.coordinator].map(|desk| desk.entry(now.date_naive())).to_vec();
        entries.extend(devices.map(|device| device.entry(now.date_naive())));
        let manifest = Manifest {
            version: CURRENT,
            programme: self.id,
            number,
            issued_at: now,
            expires_at: now + TimeDelta::days(30),
            admin_key: Bytes(self.admin_key.public_key().as_ref().to_vec()),
            server_key: server_key.clone(),
            recovery_recipient: "age1recovery".to_owned(),
            former_recovery: Vec::new(),
            succession: Vec::new(),
            devices: entries,
            sealed: Bytes(vec![0; 512]),
            sealed_for_staff: Bytes::default(),
            keyring: Keyring::default(),
        };
        let manifest = serde_json::to_vec(&manifest)?;
        let signature = self.admin_key.sign(&manifest_message(&manifest));
        let signed = SignedManifest { signature: Bytes(signature.as_ref().to_vec()), manifest: Bytes(manifest) };
        let body = serde_json::to_vec(&signed)?;
        let answer = caller.call(&self.admin.signed("PUT", "/v1/manifest", &body, now)?).await?;
        if answer.status != 204 {
            bail!("the manifest was answered with {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        self.number = number;
        Ok(())
    }

    /// Everything that the coordinator's desk gets of a stream, page by page.
    ///
    /// # Errors
    /// A page does not come, or its envelopes are not in order.
    pub async fn pull(&self, caller: &mut Caller, stream: Stream, mut each: impl FnMut(&Page)) -> Result<()> {
        let mut after = 0;
        loop {
            let target = format!("/v1/streams/{}?after={after}", stream.code());
            let answer = caller.call(&self.coordinator.signed("GET", &target, &[], Utc::now())?).await?;
            ensure!(answer.status == 200, "a page was answered with {}", answer.status);
            let page: Page = serde_json::from_slice(&answer.body).context("a page")?;
            let cursors: Vec<u64> = page.envelopes.iter().map(|envelope| envelope.cursor.0).collect();
            ensure!(cursors.is_sorted_by(|one, next| one < next), "cursors go back");
            ensure!(cursors.first().is_none_or(|first| *first > after), "a page begins before its place");
            each(&page);
            after = page.next.0;
            if !page.more {
                return Ok(());
            }
        }
    }
}
