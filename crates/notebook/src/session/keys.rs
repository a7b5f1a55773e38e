//! *Cambia le chiavi del programma*, on the page of the devices: begun, written down on paper, in force. See [`crate::rotation`].

use super::Session;
use super::devices::must_hold_admin_key;
use crate::crypto::keyfile;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::qr::draw_text;
use crate::notebook::Notebook;
use crate::rotation::PendingRotation;
use crate::sync::wire::Method;
use crate::uptime::Uptime;
use crate::view::{
    BegunKeysView, ChangeKeysInput, ChangedKeysView, CheckSheetInput, DevicesView, Nothing, QrView, RecoverySheetView,
};
use data_encoding::BASE64URL_NOPAD;
use domain::sync::error::RefusalCode;
use domain::sync::manifest::SignedManifest;
use zeroize::Zeroizing;

impl Session {
    /// Draws new keys, or goes back to those that wait, and shows their recovery sheet. Nothing is in force yet.
    pub fn change_keys(&self, input: ChangeKeysInput) -> std::result::Result<RecoverySheetView, ErrorView> {
        let ChangeKeysInput { signer_too, passphrase } = input;
        let passphrase = Zeroizing::new(passphrase);
        self.at_desk(|notebook, moment| {
            must_hold_admin_key(notebook)?;
            keyfile::UNLOCK.unlock(self.data_dir(), &passphrase, self.binder(), Uptime::now())?.into_key()?;
            let pending = notebook.begin_rotation(signer_too, moment)?;
            sheet(notebook, &pending)
        })
    }

    /// Words copied from the new sheet. If they are right the new keys are in force, and the server is told. Before that
    /// the server must have what this desk signed so far, and this desk what another one signed: two changes that know
    /// nothing of each other could not both hold.
    pub fn confirm_keys(&self, input: CheckSheetInput) -> std::result::Result<ChangedKeysView, ErrorView> {
        let words: Vec<Zeroizing<String>> = input.words.into_iter().map(Zeroizing::new).collect();
        let is_alone = self.at_desk(|notebook, _| {
            must_hold_admin_key(notebook)?;
            Ok(notebook.invitation().server.is_empty())
        })?;
        if !is_alone {
            self.be_up_to_date()?;
        }
        let right = self.at_desk(|notebook, moment| {
            let words: Vec<&str> = words.iter().map(|word| word.as_str()).collect();
            Ok(notebook.confirm_rotation(&words, moment)?.is_some())
        })?;
        let devices = if right { Some(self.look_at_devices()?) } else { None };
        Ok(ChangedKeysView { right, devices })
    }

    /// Gives up a change that was begun: the keys stay as they are.
    pub fn keep_keys(&self, _: Nothing) -> std::result::Result<DevicesView, ErrorView> {
        self.at_desk(|notebook, _| {
            must_hold_admin_key(notebook)?;
            notebook.give_up_rotation()
        })?;
        Ok(self.look_at_devices()?)
    }

    fn be_up_to_date(&self) -> Result<()> {
        self.publish_manifest()?;
        let signed = match self.ask_server::<SignedManifest>(Method::Get, "/v1/manifest", Vec::new()) {
            Ok(signed) => signed,
            Err(NotebookError::Refused(RefusalCode::NotFound)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut inner = self.inner();
        let moment = self.moment(&inner);
        let notebook = inner.notebook.as_mut().ok_or(NotebookError::Locked)?;
        // Taken, not only applied: the change stands on it, and is done again from there if another desk is faster.
        match notebook.take_manifest(&signed, moment) {
            // A server that was set back is told the newest with the change itself.
            Ok(_) | Err(NotebookError::StaleManifest) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl Notebook {
    /// A change of keys that waits, without its secrets.
    pub(crate) fn begun_keys(&self) -> Result<Option<BegunKeysView>> {
        let pending = self.pending_rotation()?;
        Ok(pending.map(|pending| BegunKeysView { on: pending.begun_on, signer_too: pending.admin_too }))
    }
}

fn sheet(notebook: &Notebook, pending: &PendingRotation) -> Result<RecoverySheetView> {
    let picture = draw_text(pending.recovery.as_text())?;
    Ok(RecoverySheetView {
        name: notebook.programme()?.name.clone(),
        date: pending.begun_on,
        words: pending.recovery.as_words().split(' ').map(str::to_owned).collect(),
        key: pending.recovery.as_text().to_owned(),
        picture: QrView { size: picture.size, path: picture.path },
        admin_key: BASE64URL_NOPAD.encode(&pending.admin_key.0),
        places: pending.asked.to_vec(),
    })
}
