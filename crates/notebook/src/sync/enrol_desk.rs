//! The admin's side of an enrolment: draw a code, look who came, compare six words, sign.
//!
//! The secrets of open codes stay in the admin's encrypted notebook; the server only ever sees their hashes. It can
//! therefore neither make up a device nor replace the keys of one.

use super::ask::{self, json};
use super::invitation::{CodeForm, CodeSecret, qr_text, six_words};
use super::wire::{Method, Transport};
use crate::entropy::Moment;
use crate::error::{NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::ManifestChange;
use crate::store::meta::{self, MetaKey};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{DeviceId, UnitId};
use domain::sync::enrol::{
    CODE_LIFE_MINUTES, CodeAnnouncement, PendingEnrolment, PendingEnrolments, code_id, mac_holds,
};
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{Role, SignedManifest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Where codes are announced.
pub(crate) const CODES: &str = "/v1/enrolment-codes";
/// Where the server says who came.
pub(crate) const ENROLMENTS: &str = "/v1/enrolments";
/// Where manifests are read and put.
pub(crate) const MANIFEST: &str = "/v1/manifest";
/// How often another desk may be faster, within one publication.
pub(crate) const MOST_MERGES: usize = 4;

/// A code that somebody may still come with, and what its bearer will be.
#[derive(Clone, Serialize, Deserialize)]
struct OpenCode {
    secret: CodeSecret,
    role: Role,
    unit: Option<UnitId>,
    announced_at: DateTime<Utc>,
}

/// How long a used code is remembered, so that a device that came in time can still be signed.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// A code to hand over in person. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct NewCode {
    /// Ten characters to read aloud; none for a QR.
    pub spoken: Option<String>,
    /// The text of the QR; also for a typed code none, because 50 bits do not belong into a picture.
    pub qr: Option<String>,
    /// Until when the server accepts it.
    pub until: DateTime<Utc>,
}

impl std::fmt::Debug for NewCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewCode")
    }
}

/// A device that waits to be signed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingDevice {
    /// Its id.
    pub device: DeviceId,
    /// What the code was drawn for.
    pub role: Role,
    /// The unit the code was drawn for.
    pub unit: Option<UnitId>,
    /// To be compared aloud with what the device shows.
    pub words: Vec<String>,
}

/// Draws a code and remembers it. What is given back besides is for the server, which is not asked here.
///
/// # Errors
/// [`NotebookError::NotAllowed`] where the admin's key is not; [`NotebookError::InvalidInput`] if role and unit do not
/// go together; randomness.
pub(crate) fn draw_code(
    notebook: &mut Notebook,
    role: Role,
    unit: Option<UnitId>,
    form: CodeForm,
    moment: Moment,
) -> Result<(NewCode, CodeAnnouncement)> {
    if !notebook.holds_admin_key()? {
        return Err(NotebookError::NotAllowed);
    }
    if matches!(role, Role::Member | Role::Lead) != unit.is_some() {
        return Err(NotebookError::InvalidInput("unit of the device"));
    }
    let secret = CodeSecret::generate(form, notebook.entropy())?;
    let mut codes = open_codes(notebook, moment)?;
    codes.push(OpenCode { secret: secret.clone(), role, unit: unit.clone(), announced_at: moment.now });
    // Remembered first: a code that was announced and forgotten could not be signed for.
    meta::put_json(notebook.store.connection(), MetaKey::OpenCodes, &codes)?;
    let announcement = CodeAnnouncement { code_id: code_id(secret.as_bytes()), unit };
    let qr = match form {
        CodeForm::Qr => Some(qr_text(notebook.invitation(), &secret)?),
        CodeForm::Typed => None,
    };
    let until = moment.now + TimeDelta::minutes(CODE_LIFE_MINUTES);
    let spoken = secret.spoken().filter(|_| form == CodeForm::Typed);
    Ok((NewCode { spoken, qr, until }, announcement))
}

/// Draws a code and announces it.
///
/// # Errors
/// [`NotebookError::NotAllowed`] where the admin's key is not; [`NotebookError::InvalidInput`] if role and unit do not
/// go together; what the network and the server say.
pub fn announce(
    notebook: &mut Notebook,
    transport: &dyn Transport,
    role: Role,
    unit: Option<UnitId>,
    form: CodeForm,
    moment: Moment,
) -> Result<NewCode> {
    let (code, announcement) = draw_code(notebook, role, unit, form, moment)?;
    ask_signed::<()>(notebook, transport, Method::Post, CODES, json(&announcement)?, moment)?;
    Ok(code)
}

/// Of the devices that the server lists, those that came with one of our codes and proved it. Whoever did not prove it
/// is left out: the server may say what it likes.
///
/// # Errors
/// If the file cannot be read.
pub(crate) fn proven(notebook: &Notebook, listed: PendingEnrolments, moment: Moment) -> Result<Vec<PendingDevice>> {
    let admin_key = &notebook.invitation().admin_key.0;
    let came = came(notebook, listed, moment)?.into_iter();
    let waits = came.map(|(enrolment, code)| PendingDevice {
        device: enrolment.keys.device,
        role: code.role,
        unit: code.unit,
        words: six_words(&enrolment.keys, admin_key),
    });
    Ok(waits.collect())
}

/// The devices that came with one of our codes and proved it.
///
/// # Errors
/// What the network and the server say.
pub fn list_pending(notebook: &mut Notebook, transport: &dyn Transport, moment: Moment) -> Result<Vec<PendingDevice>> {
    let listed = ask_signed(notebook, transport, Method::Get, ENROLMENTS, Vec::new(), moment)?;
    proven(notebook, listed, moment)
}

/// Signs for one of the devices that the server lists, after the six words were compared. The code is used up.
///
/// # Errors
/// [`NotebookError::NotFound`] if no such device proved one of our codes.
pub(crate) fn sign_for(
    notebook: &mut Notebook,
    listed: PendingEnrolments,
    device: DeviceId,
    moment: Moment,
) -> Result<()> {
    let mut came = came(notebook, listed, moment)?.into_iter();
    let found = came.find(|(enrolment, _)| enrolment.keys.device == device);
    let (enrolment, code) = found.ok_or(NotebookError::NotFound("device"))?;
    let change = ManifestChange::AddDevice { keys: enrolment.keys, role: code.role, unit: code.unit.clone() };
    notebook.sign_manifest(vec![change], moment)?;
    forget_code(notebook, &code, moment)
}

/// Words differed: the code that this device came with is worth nothing from now on, and the device waits no more.
///
/// # Errors
/// As [`sign_for`].
pub(crate) fn turn_away(
    notebook: &mut Notebook,
    listed: PendingEnrolments,
    device: DeviceId,
    moment: Moment,
) -> Result<()> {
    let mut came = came(notebook, listed, moment)?.into_iter();
    let found = came.find(|(enrolment, _)| enrolment.keys.device == device);
    let (_, code) = found.ok_or(NotebookError::NotFound("device"))?;
    forget_code(notebook, &code, moment)
}

fn forget_code(notebook: &Notebook, code: &OpenCode, moment: Moment) -> Result<()> {
    let mut codes = open_codes(notebook, moment)?;
    codes.retain(|known| known.secret != code.secret);
    meta::put_json(notebook.store.connection(), MetaKey::OpenCodes, &codes)
}

/// Signs for a device, after the six words were compared, and tells the server. If the server was not reached the
/// manifest is signed already; approving again, or [`publish`], hands it in.
///
/// # Errors
/// [`NotebookError::NotFound`] if no such device proved one of our codes; what the network and the server say.
pub fn approve(notebook: &mut Notebook, transport: &dyn Transport, device: DeviceId, moment: Moment) -> Result<()> {
    let is_signed = notebook.manifest().is_some_and(|manifest| manifest.find_device(device).is_some());
    if !is_signed {
        let listed = ask_signed(notebook, transport, Method::Get, ENROLMENTS, Vec::new(), moment)?;
        sign_for(notebook, listed, device, moment)?;
    }
    publish(notebook, transport, moment)
}

/// Hands the manifest in force to the server. One that the server has already is fine; where another desk was there
/// first, this one's changes are put on top of the other's.
///
/// # Errors
/// [`NotebookError::NotEnrolled`] without a manifest; what the network and the server say.
pub fn publish(notebook: &mut Notebook, transport: &dyn Transport, moment: Moment) -> Result<()> {
    for _ in 0..MOST_MERGES {
        if notebook.may_overtake()? {
            let theirs = ask_signed(notebook, transport, Method::Get, MANIFEST, Vec::new(), moment)?;
            if !notebook.settle(&theirs, moment)? {
                return notebook.note_published();
            }
        }
        let signed = notebook.signed_manifest()?.ok_or(NotebookError::NotEnrolled)?;
        let refusal = match ask_signed::<()>(notebook, transport, Method::Put, MANIFEST, json(&signed)?, moment) {
            Ok(()) => return notebook.note_published(),
            Err(NotebookError::Refused(RefusalCode::StaleManifest)) => None,
            // Another desk changed the admin's key, or had its manifest taken before this desk's change of it.
            Err(error @ NotebookError::Refused(RefusalCode::BadSignature)) => Some(error),
            Err(error) => return Err(error),
        };
        let theirs = ask_signed::<SignedManifest>(notebook, transport, Method::Get, MANIFEST, Vec::new(), moment);
        let theirs = match theirs {
            Ok(theirs) => theirs,
            Err(error) => return Err(refusal.unwrap_or(error)),
        };
        if !notebook.settle(&theirs, moment)? {
            return notebook.note_published();
        }
        // There was nothing to settle: it would be refused again.
        if let Some(refusal) = refusal.filter(|_| notebook.signed_manifest().is_ok_and(|now| now == Some(signed))) {
            return Err(refusal);
        }
    }
    Err(NotebookError::StaleManifest)
}

/// Hands in what waits here, and takes over what another desk signed: before a change that could not hold beside another.
///
/// # Errors
/// As [`publish`]; those of [`Notebook::apply_manifest`], but for a manifest of before: a server that was set back is told
/// the newest with the change itself.
pub fn be_up_to_date(notebook: &mut Notebook, transport: &dyn Transport, moment: Moment) -> Result<()> {
    publish(notebook, transport, moment)?;
    let signed = ask_signed(notebook, transport, Method::Get, "/v1/manifest", Vec::new(), moment)?;
    // Taken, not only applied: what follows stands on it, and is settled from there if another desk is faster.
    match notebook.take_manifest(&signed, moment) {
        Ok(_) | Err(NotebookError::StaleManifest) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Who came with one of our codes and proved it, not yet on the manifest.
fn came(notebook: &Notebook, listed: PendingEnrolments, moment: Moment) -> Result<Vec<(PendingEnrolment, OpenCode)>> {
    let codes = open_codes(notebook, moment)?;
    let is_new = |enrolment: &PendingEnrolment| {
        notebook.manifest().is_none_or(|manifest| manifest.find_device(enrolment.keys.device).is_none())
    };
    Ok(listed
        .pending
        .into_iter()
        .filter(is_new)
        .filter_map(|enrolment| {
            let code = codes.iter().find(|code| {
                let secret = code.secret.as_bytes();
                code_id(secret) == enrolment.code_id && mac_holds(secret, &enrolment.keys, &enrolment.mac.0)
            })?;
            Some((enrolment, code.clone()))
        })
        .collect())
}

fn ask_signed<T: DeserializeOwned>(
    notebook: &mut Notebook,
    transport: &dyn Transport,
    method: Method,
    path: &str,
    body: Vec<u8>,
    moment: Moment,
) -> Result<T> {
    let mut entropy = notebook.entropy().branch()?;
    ask::ask_signed(notebook.identity(), &mut entropy, transport, method, path, body, moment)
}

fn open_codes(notebook: &Notebook, moment: Moment) -> Result<Vec<OpenCode>> {
    let mut codes: Vec<OpenCode> =
        meta::find_json(notebook.store.connection(), MetaKey::OpenCodes)?.unwrap_or_default();
    codes.retain(|code| moment.now.signed_duration_since(code.announced_at) < REMEMBERED);
    Ok(codes)
}
