//! `GET` and `PUT /v1/manifest`.

use crate::access::{Action, Actor, Grant};
use crate::auth::{accept, identify, read};
use crate::call::Call;
use crate::directory::Directory;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::Put;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::sync::DeviceId;
use domain::sync::audit::{AuditKind, Note};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::{DeviceStatus, MAX_MANIFEST_BYTES, Manifest, ManifestFault, SignedManifest};
use domain::sync::version::is_supported;
use std::collections::HashSet;

/// A device asks for the manifest in force.
pub struct ReadManifest;

impl Endpoint for ReadManifest {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/manifest";
    const ACTION: Action = Action::ReadManifest;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, identify(state, call).await?))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        read_manifest(state).await
    }
}

/// The manifest in force, byte for byte as the admin signed it. Also for a device that has enrolled and waits, and for
/// one that is to be wiped.
#[utoipa::path(
    get,
    path = "/v1/manifest",
    tag = "programme",
    security(("request_signature" = [])),
    responses(
        (status = 200, description = "The manifest in force", body = SignedManifest),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn read_manifest(state: &ServerState) -> Result<Response, Refusal> {
    let directory = state.directory().await?.ok_or(RefusalCode::NotFound)?;
    Ok(Json(&directory.signed).into_response())
}

/// A manifest that the admin's key has signed, offered by a device that it names.
pub struct PutManifest {
    signed: SignedManifest,
    manifest: Manifest,
    /// Number of the manifest that was in force when it was checked; 0 for none.
    follows: u64,
}

impl Endpoint for PutManifest {
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v1/manifest";
    const ACTION: Action = Action::PutManifest;
    const BODY: usize = MAX_MANIFEST_BYTES;

    /// Who asks is looked up in the *offered* manifest: it carries the admin's signature, which is the authority here.
    /// So the first one can be put, and so can one that replaces a lost admin device. The key that counts is the one of
    /// the manifest in force, or the next one that it names: a former one, which somebody may know, signs nothing more.
    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let signature = read(&call.headers)?;
        let signed: SignedManifest = call.json()?;
        let (manifest, follows) = verify(state, &signed).await?;
        let device = manifest.find_device(signature.device).ok_or(RefusalCode::UnknownDevice)?;
        accept(state, call, &signature, &device.signing_key.0).await?;
        let actor = Actor::from(device);
        Ok((Self { signed, manifest, follows }, actor))
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        let Actor::Device { id, .. } = grant.actor else {
            return Err(RefusalCode::UnknownDevice.into());
        };
        put_manifest(state, self, id).await
    }
}

/// Puts a manifest in force. Its number must be higher than that of the one in force; it must be this programme's and
/// name this server's key, or no phone could believe a receipt.
#[utoipa::path(
    put,
    path = "/v1/manifest",
    tag = "programme",
    security(("request_signature" = [])),
    request_body = SignedManifest,
    responses(
        (status = 204, description = "In force"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn put_manifest(state: &ServerState, offered: PutManifest, by: DeviceId) -> Result<Response, Refusal> {
    let PutManifest { signed, manifest, mut follows } = offered;
    check(state, &manifest)?;
    let number = manifest.number;
    let named: Vec<DeviceId> = manifest.devices.iter().map(|device| device.id).collect();
    let notes = notes(state, &manifest, by).await?;
    loop {
        match state.store().put_manifest(number, follows, signed.clone(), named.clone(), notes.clone()).await? {
            Put::Stale => return Err(RefusalCode::StaleManifest.into()),
            // Another one came in between, and may have changed the key that this one was checked with.
            Put::Overtaken => (_, follows) = verify(state, &signed).await?,
            Put::InForce => {
                tracing::info!(number, devices = manifest.devices.len(), "manifest in force");
                state.put_in_force(Directory::new(signed, manifest));
                return Ok(StatusCode::NO_CONTENT.into_response());
            }
        }
    }
}

/// Opens a manifest that the admin's key signed: the one of the manifest in force, or the next one that it names. Gives
/// also the number of the manifest in force; 0 for none.
async fn verify(state: &ServerState, signed: &SignedManifest) -> Result<(Manifest, u64), Refusal> {
    let before = state.directory().await?;
    let (known, follows) =
        before.as_ref().map_or((state.admin_key(), 0), |before| (before.admin_key.0.as_slice(), before.number));
    let manifest = signed.verify_from(known, follows).map_err(|fault| match fault {
        ManifestFault::Signature | ManifestFault::AdminKey => RefusalCode::BadSignature,
        ManifestFault::Form => RefusalCode::Malformed,
    })?;
    Ok((manifest, follows))
}

/// For the record: the manifest, and who takes part no longer since the one before.
async fn notes(state: &ServerState, manifest: &Manifest, by: DeviceId) -> Result<Vec<Note>, Refusal> {
    let today = state.now().date_naive();
    let before = state.directory().await?;
    let status = |id| before.as_ref().and_then(|before| before.find(id)).map(|device| device.status);
    let changes = manifest.devices.iter().filter(|device| status(device.id) != Some(device.status));
    let ends = changes.filter_map(|device| {
        let kind = match device.status {
            DeviceStatus::Active => return None,
            DeviceStatus::Revoked => AuditKind::Revoked,
            DeviceStatus::Wipe => AuditKind::WipeOrdered,
        };
        Some(Note::new(today, kind).by(by).about(device.id))
    });
    Ok(std::iter::once(Note::new(today, AuditKind::Manifest).by(by).with(manifest.number)).chain(ends).collect())
}

fn check(state: &ServerState, manifest: &Manifest) -> Result<(), RefusalCode> {
    if !is_supported(manifest.version) {
        return Err(RefusalCode::UnsupportedVersion);
    }
    let ids: HashSet<DeviceId> = manifest.devices.iter().map(|device| device.id).collect();
    let is_sound = manifest.programme == state.programme()
        && manifest.server_key == state.server_key()
        && ids.len() == manifest.devices.len()
        && i64::try_from(manifest.number).is_ok();
    if is_sound { Ok(()) } else { Err(RefusalCode::Malformed) }
}
