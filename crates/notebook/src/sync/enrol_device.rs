//! The new device's side of an enrolment: hand in the keys, look at the manifest, pin who the admin is.

use super::ask::{ask_signed, json, understand};
use super::invitation::{CodeSecret, Invited};
use super::wire::{Method, Transport, WireRequest};
use crate::crypto::identity::DeviceIdentity;
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result};
use domain::sync::chain::Bytes;
use domain::sync::enrol::{EnrolmentRequest, Invitation, code_id, enrolment_mac};
use domain::sync::manifest::{Manifest, ManifestFault, SignedManifest};
use domain::sync::version;

/// Hands in the public keys under a one-time code. The same keys may be handed in again.
///
/// # Errors
/// What the network and the server say; [`domain::sync::error::RefusalCode::CodeSpent`] for a code that no longer holds.
pub fn hand_in(transport: &dyn Transport, secret: &CodeSecret, identity: &DeviceIdentity) -> Result<()> {
    let keys = identity.public();
    let request = EnrolmentRequest {
        version: version::CURRENT,
        code_id: code_id(secret.as_bytes()),
        mac: Bytes(enrolment_mac(secret.as_bytes(), &keys)),
        keys,
    };
    let request = WireRequest::new(Method::Post, "/v1/enrolments", json(&request)?);
    understand(&transport.exchange(&request)?)
}

/// The manifest that the server has, not checked.
///
/// # Errors
/// What the network and the server say.
pub fn ask_manifest(
    transport: &dyn Transport,
    identity: &DeviceIdentity,
    entropy: &mut Entropy,
    moment: Moment,
) -> Result<SignedManifest> {
    ask_signed(identity, entropy, transport, Method::Get, "/v1/manifest", Vec::new(), moment)
}

/// What the device pins: the admin key of the QR, or else the one that the manifest names. The latter is the server's
/// word until somebody has confirmed the six words; see [`crate::session::Session::enrolment_status`].
///
/// # Errors
/// [`NotebookError::BadManifest`] if the manifest is not signed by that key, [`NotebookError::OtherUnit`] if it is of
/// another programme than the QR says.
pub fn pin(invited: &Invited, manifest: &SignedManifest) -> Result<Invitation> {
    let named: Manifest = serde_json::from_slice(&manifest.manifest.0).map_err(|_| ManifestFault::Form)?;
    let (programme, admin_key) = match &invited.pinned {
        Some(pinned) => pinned.clone(),
        None => (named.programme, named.admin_key.clone()),
    };
    let manifest = manifest.verify_from(&admin_key.0, 0)?;
    if manifest.programme != programme {
        return Err(NotebookError::OtherUnit);
    }
    Ok(Invitation { server: invited.server.as_str().to_owned(), programme, admin_key })
}
