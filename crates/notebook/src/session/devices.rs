//! *Dispositivi*: who takes part and how they stand, two acts about a lost device, and what is in quarantine.
//!
//! *Revoca* and *Ordina la cancellazione* are two acts with two effects. Both are signed into the next manifest and
//! noted in a list that only grows; a wipe asks for the passphrase again. The server is asked with the notebook free.

use super::Session;
use crate::crypto::keyfile;
use crate::desk::devices::{self, Said};
use crate::entropy::Moment;
use crate::error::{ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::programme_new::ManifestChange;
use crate::store::{device_act, problem};
use crate::sync::ask::{self, json};
use crate::sync::client::{HttpClient, ServerAddress};
use crate::sync::enrol_desk::{MANIFEST, MOST_MERGES};
use crate::sync::visit::{self, Purpose};
use crate::sync::wire::Method;
use crate::uptime::Uptime;
use crate::view::{
    DecideInput, DeviceActKind, DeviceReason, DevicesView, Nothing, RevokeInput, StandingView, WipeInput,
};
use domain::ids::DeviceId;
use domain::sync::act::DeviceAct;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::{DeviceStatus, SignedManifest};
use domain::sync::publish::Withdrawal;
use domain::sync::quarantine::{DecisionOutcome, QuarantineDecision, QuarantineVerdict};
use domain::sync::version;
use domain::time::operational_date;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

impl Session {
    /// *Dispositivi*: asks the server how the devices stand. What the network refuses is said in the answer.
    pub fn devices(&self, _: Nothing) -> std::result::Result<DevicesView, ErrorView> {
        self.at_desk(|_, _| Ok(()))?;
        self.see_what_is_there()?;
        Ok(self.look_at_devices()?)
    }

    /// *Revoca*: the device reads nothing more from now on; what it holds may still be handed in. What it had sent until
    /// now is taken in first, because this desk vouches for what it holds.
    pub fn revoke_device(&self, input: RevokeInput) -> std::result::Result<DevicesView, ErrorView> {
        let RevokeInput { device, reason } = input;
        self.at_desk(|notebook, _| must_hold_admin_key(notebook))?;
        self.see_what_is_there()?;
        self.at_desk(|notebook, moment| {
            let act = (DeviceActKind::Revoke, reason, DeviceStatus::Revoked);
            sign_act(notebook, device, &[DeviceStatus::Active], act, moment)
        })?;
        Ok(self.look_at_devices()?)
    }

    /// *Ordina la cancellazione*, of a device that was lost or taken: at its next contact it hands in what it can, then
    /// destroys its keys.
    pub fn order_wipe(&self, input: WipeInput) -> std::result::Result<DevicesView, ErrorView> {
        let WipeInput { device, reason, passphrase } = input;
        let passphrase = Zeroizing::new(passphrase);
        self.at_desk(|notebook, _| must_hold_admin_key(notebook))?;
        self.see_what_is_there()?;
        self.at_desk(|notebook, moment| {
            if !matches!(reason, DeviceReason::Lost | DeviceReason::Stolen) {
                return Err(NotebookError::InvalidInput("reason of a wipe"));
            }
            keyfile::UNLOCK.unlock(self.data_dir(), &passphrase, self.binder(), Uptime::now())?.into_key()?;
            let act = (DeviceActKind::Wipe, reason, DeviceStatus::Wipe);
            sign_act(notebook, device, &[DeviceStatus::Active, DeviceStatus::Revoked], act, moment)
        })?;
        Ok(self.look_at_devices()?)
    }

    /// Releases what a device has in quarantine, drops it, or takes back what was dropped. What is released of a revoked device is taken in here and
    /// then vouched for in the next manifest: before that no reader opens it. So only the desk that signs releases.
    pub fn decide_quarantine(&self, input: DecideInput) -> std::result::Result<DevicesView, ErrorView> {
        let DecideInput { device, through, verdict } = input;
        let waiting = self.at_desk(|notebook, _| {
            if verdict == QuarantineVerdict::Release {
                must_hold_admin_key(notebook)?;
            }
            let waiting = problem::count_unvouched(notebook.store.connection())?;
            Ok(waiting.get(&device).copied().unwrap_or_default())
        })?;
        // No batch has number 0: what waits is in the log already.
        let done = if through > 0 {
            let decision = QuarantineDecision { version: version::CURRENT, device, through, verdict };
            self.ask_server(Method::Post, "/v1/quarantine", json(&decision)?)?
        } else {
            DecisionOutcome { operations: 0, left: 0 }
        };
        let (kind, operations) = match verdict {
            QuarantineVerdict::Release => (DeviceActKind::Release, Some(done.operations.saturating_add(waiting))),
            QuarantineVerdict::Drop => (DeviceActKind::Drop, None),
            QuarantineVerdict::TakeBack => (DeviceActKind::TakeBack, None),
        };
        if verdict == QuarantineVerdict::Release {
            self.see_what_is_there()?;
        }
        self.at_desk(|notebook, moment| {
            let act = devices::act(moment.now, device, kind, None, operations)?;
            device_act::add(notebook.store.connection(), &act)?;
            notebook.note_device(registered(kind), device, moment)?;
            let found = notebook.manifest().and_then(|manifest| manifest.find_device(device));
            let is_out = found.is_some_and(|found| found.status != DeviceStatus::Active);
            if verdict == QuarantineVerdict::Release && is_out {
                notebook.sign_manifest(vec![ManifestChange::Vouch { device }], moment)?;
                visit::retry_set_aside(notebook, moment)?;
            }
            Ok(())
        })?;
        Ok(self.look_at_devices()?)
    }

    /// *Rinnova*: signs the manifest anew, as it stands, for another thirty days.
    pub fn renew_manifest(&self, _: Nothing) -> std::result::Result<DevicesView, ErrorView> {
        self.at_desk(|notebook, moment| notebook.sign_manifest(Vec::new(), moment).map(drop))?;
        Ok(self.look_at_devices()?)
    }

    /// Where this very device stands with its programme.
    pub fn standing(&self, _: Nothing) -> std::result::Result<StandingView, ErrorView> {
        let is_refused = self.signal.is_revoked();
        let is_training = self.inner().training.is_some();
        self.with_notebook(|notebook, moment| {
            let manifest = notebook.manifest().filter(|_| !is_training);
            Ok(StandingView {
                expires_in_days: manifest.map(|manifest| devices::days_until(manifest.expires_at, moment.now)),
                revoked: is_refused || notebook.status().is_some_and(|status| status != DeviceStatus::Active),
            })
        })
    }

    /// Takes in what the server holds, so that this desk knows what it vouches for. What goes wrong on the way is said by
    /// the questions that follow; it vouches for what is here.
    pub(super) fn see_what_is_there(&self) -> Result<()> {
        match self.visit_server(Purpose::Asked) {
            // The questions that follow say it.
            Ok(_) | Err(NotebookError::NoServer) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn look_at_devices(&self) -> Result<DevicesView> {
        let published = self.publish_manifest();
        let standings = self.ask_server(Method::Get, "/v1/devices", Vec::new());
        let quarantine = self.ask_server(Method::Get, "/v1/quarantine", Vec::new());
        let error = [published.as_ref().err(), standings.as_ref().err(), quarantine.as_ref().err()]
            .into_iter()
            .flatten()
            .next()
            .map(NotebookError::code);
        let said = Said { standings: standings.ok(), quarantine: quarantine.ok(), ..Said::default() };
        let mut inner = self.inner();
        let moment = self.moment(&inner);
        let notebook = inner.notebook.as_mut().ok_or(NotebookError::Locked)?;
        let acts = device_act::list(notebook.store.connection())?;
        let waiting = problem::count_unvouched(notebook.store.connection())?;
        let said = Said { waiting, ..said };
        let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
        Ok(DevicesView {
            manifest: manifest.number,
            expires_in_days: devices::days_until(manifest.expires_at, moment.now),
            may_sign: notebook.holds_admin_key()?,
            published: published.is_ok(),
            lines: super::founding::server_lines(manifest),
            has_server: !notebook.invitation().server.is_empty(),
            units: notebook.programme()?.units.iter().map(|unit| unit.id.clone()).collect(),
            devices: devices::devices(manifest, notebook.device(), &said, &acts, operational_date(moment.now)),
            acts: devices::acts(manifest, &acts)?,
            keys: devices::keys(manifest, &acts, notebook.begun_keys()?, operational_date(moment.now)),
            error,
        })
    }

    /// Hands in what the server must have from this desk besides its log: the manifest in force, and after a set-back
    /// the withdrawals.
    pub(super) fn publish_manifest(&self) -> Result<()> {
        self.hand_in_manifest()?;
        self.withdraw_again()
    }

    /// Says the withdrawals again to a server that was set back: what was withdrawn since may lie open there.
    fn withdraw_again(&self) -> Result<()> {
        let due = {
            let inner = self.inner();
            inner.notebook.as_ref().ok_or(NotebookError::Locked)?.withdrawals_to_repeat()?
        };
        let Some(due) = due else { return Ok(()) };
        for number in due.numbers.iter().copied() {
            let withdrawal = Withdrawal { version: version::CURRENT, number };
            match self.ask_server::<()>(Method::Post, "/v1/withdrawals", json(&withdrawal)?) {
                // It went before it was published: nothing of it lies there.
                Ok(()) | Err(NotebookError::Refused(RefusalCode::NotFound)) => {}
                Err(error) => return Err(error),
            }
        }
        self.inner().notebook.as_ref().ok_or(NotebookError::Locked)?.note_withdrawn_again(&due)
    }

    /// Hands the manifest in force to the server, if this desk signs it and the server does not have it yet. Where
    /// another desk was there first, this one's changes are put on top of the other's.
    fn hand_in_manifest(&self) -> Result<()> {
        for _ in 0..MOST_MERGES {
            let Some(mut signed) = self.waiting_manifest()? else { return Ok(()) };
            if self.notebook_says(Notebook::may_overtake)? {
                if !self.settle_manifest()? {
                    return Ok(());
                }
                signed = self.waiting_manifest()?.unwrap_or(signed);
            }
            let refusal = match self.ask_server::<()>(Method::Put, MANIFEST, json(&signed)?) {
                Ok(()) => return self.note_published(&signed),
                Err(NotebookError::Refused(RefusalCode::StaleManifest)) => None,
                // Another desk changed the admin's key, or had its manifest taken before this desk's change of it.
                Err(error @ NotebookError::Refused(RefusalCode::BadSignature)) => Some(error),
                Err(error) => return Err(error),
            };
            if !self.settle_manifest()? {
                return Ok(());
            }
            // There was nothing to settle: it would be refused again.
            if let Some(refusal) = refusal
                && self.waiting_manifest()?.is_some_and(|now| now == signed)
            {
                return Err(refusal);
            }
        }
        Err(NotebookError::StaleManifest)
    }

    /// The manifest in force, if this desk signs it and does not know that the server has it.
    fn waiting_manifest(&self) -> Result<Option<SignedManifest>> {
        self.notebook_says(|notebook| match notebook.has_unpublished()? {
            true => Ok(Some(notebook.signed_manifest()?.ok_or(NotebookError::NotEnrolled)?)),
            false => Ok(None),
        })
    }

    /// Settles with the manifest that the server has. Gives whether there is one to be handed in afterwards.
    fn settle_manifest(&self) -> Result<bool> {
        let theirs: SignedManifest = self.ask_server(Method::Get, MANIFEST, Vec::new())?;
        let mut inner = self.inner();
        let moment = self.moment(&inner);
        let notebook = inner.notebook.as_mut().ok_or(NotebookError::Locked)?;
        let is_waiting = notebook.settle(&theirs, moment)?;
        if !is_waiting {
            notebook.note_published()?;
        }
        Ok(is_waiting)
    }

    fn notebook_says<T>(&self, ask: impl FnOnce(&Notebook) -> Result<T>) -> Result<T> {
        ask(self.inner().notebook.as_ref().ok_or(NotebookError::Locked)?)
    }

    /// The server has this one; another may have been signed meanwhile.
    fn note_published(&self, signed: &SignedManifest) -> Result<()> {
        let inner = self.inner();
        let notebook = inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
        match notebook.signed_manifest()?.as_ref() == Some(signed) {
            true => notebook.note_published(),
            false => Ok(()),
        }
    }

    /// One signed question, with the notebook held for the signing only.
    pub(super) fn ask_server<T: DeserializeOwned>(&self, method: Method, path: &str, body: Vec<u8>) -> Result<T> {
        let (address, now) = {
            let inner = self.inner();
            let notebook = inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
            (ServerAddress::parse(&notebook.invitation().server)?, self.moment(&inner).now)
        };
        let client = HttpClient::new(&address)?;
        ask::ask_with(&client, method, path, body, now, |request, at| {
            let mut inner = self.inner();
            let nonce = inner.entropy.bytes()?;
            let notebook = inner.notebook.as_ref().ok_or(NotebookError::Locked)?;
            Ok(visit::sign(notebook.identity(), request, at, nonce))
        })
    }
}

pub(super) fn must_hold_admin_key(notebook: &Notebook) -> Result<()> {
    if notebook.holds_admin_key()? { Ok(()) } else { Err(NotebookError::NotAllowed) }
}

/// The act, as the register that all desks share says it.
const fn registered(kind: DeviceActKind) -> DeviceAct {
    match kind {
        DeviceActKind::Revoke => DeviceAct::Revoked,
        DeviceActKind::Wipe => DeviceAct::WipeOrdered,
        DeviceActKind::Release => DeviceAct::Released,
        DeviceActKind::Drop => DeviceAct::Dropped,
        DeviceActKind::TakeBack => DeviceAct::TakenBack,
        DeviceActKind::ChangeKeys => DeviceAct::KeysChanged,
    }
}

/// Notes an act and signs it into the next manifest. Noted first: an act that is in force is in the list.
fn sign_act(
    notebook: &mut Notebook,
    device: DeviceId,
    from: &[DeviceStatus],
    (kind, reason, status): (DeviceActKind, DeviceReason, DeviceStatus),
    moment: Moment,
) -> Result<()> {
    must_hold_admin_key(notebook)?;
    if device == notebook.device() {
        return Err(NotebookError::WrongState("this very desk"));
    }
    let found = notebook.manifest().and_then(|manifest| manifest.find_device(device));
    if !from.contains(&found.ok_or(NotebookError::NotFound("device"))?.status) {
        return Err(NotebookError::WrongState("status of the device"));
    }
    let act = devices::act(moment.now, device, kind, Some(reason), None)?;
    device_act::add(notebook.store.connection(), &act)?;
    notebook.note_device(registered(kind), device, moment)?;
    notebook.sign_manifest(vec![ManifestChange::SetStatus { device, status }], moment).map(drop)
}
