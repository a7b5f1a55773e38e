//! A desk begun anew from its recovery sheet: the same programme, the same signing key, new keys of its own.

use super::{Founding, FoundingStep, keep_sheet};
use crate::crypto::DataKey;
use crate::crypto::identity::DeviceIdentity;
use crate::crypto::seal::SealIdentity;
use crate::desk_keys;
use crate::entropy::{Entropy, Moment};
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::{RecoverySecret, new_device, sign};
use crate::recovery::Recovered;
use crate::store::meta::{self, MetaKey};
use domain::sync::enrol::Invitation;
use domain::sync::manifest::{FormerRecovery, Role};
use domain::time::operational_date;
use std::path::Path;

/// Makes the notebook of a desk that takes the place of a lost one, in `dir`, and takes in what came back. The devices of
/// before stay as they are: who revokes the lost desk first looks at the server, and vouches for what it had sent.
///
/// # Errors
/// [`NotebookError::NoSigner`] if the manifest hands on no key to sign with; as [`Notebook::create`].
pub(crate) fn restore(
    dir: &Path,
    key: &DataKey,
    recovered: &Recovered,
    paper: &SealIdentity,
    moment: Moment,
    mut entropy: Entropy,
) -> Result<Notebook> {
    let (Some(before), Some(configuration)) = (&recovered.manifest, &recovered.configuration) else {
        return Err(NotebookError::NoSigner);
    };
    let desk_keys::Opened { mut archive, signer } =
        desk_keys::open(&before.keyring, paper).map_err(|_| NotebookError::NoSigner)?;
    let admin = signer.filter(|key| key.public() == before.admin_key).ok_or(NotebookError::NoSigner)?;
    let identity = DeviceIdentity::generate(&mut entropy)?;
    archive.push(paper.to_text().as_str().to_owned());
    let sheet = SealIdentity::generate();
    let mut manifest = before.clone();
    // A manifest that was signed after the copy was made has a higher number; the server says so when this one is handed in.
    manifest.number = manifest.number.saturating_add(1);
    let recipient = std::mem::replace(&mut manifest.recovery_recipient, sheet.recipient());
    manifest.former_recovery.push(FormerRecovery { recipient, until: operational_date(moment.now) });
    manifest.devices.push(new_device(identity.public(), Role::Admin, None, moment));
    let handed: Vec<_> = archive.iter().cloned().map(zeroize::Zeroizing::new).collect();
    let signed = sign(&mut manifest, configuration, &admin, Some(&handed), moment)?;
    let server = recovered.server.clone().unwrap_or_default();
    let invitation = Invitation { server, programme: manifest.programme, admin_key: admin.public() };
    let is_known = !invitation.server.is_empty();
    let mut draw = entropy.branch()?;
    let mut notebook = Notebook::create_as(dir, key, &invitation, identity, entropy, |store| {
        let connection = store.connection();
        desk_keys::keep(connection, &archive)?;
        keep_sheet(connection, &RecoverySecret::of(&sheet)?, &mut draw)?;
        let mut done = vec![FoundingStep::Programme, FoundingStep::Lists];
        done.extend(is_known.then_some(FoundingStep::Server));
        meta::put_json(connection, MetaKey::Founding, &Founding { recovered: true, done })?;
        meta::put(connection, MetaKey::AdminKey, admin.to_hex().as_bytes())?;
        meta::put_json(connection, MetaKey::Manifest, &signed)?;
        meta::put_json(connection, MetaKey::Configuration, configuration)
    })?;
    notebook.journal.pin(None, &manifest.server_key.0, &manifest.admin_key.0)?;
    notebook.take_recovered(recovered, moment)?;
    Ok(notebook)
}
