//! *Aggiungi un dispositivo*, at the desk that signs: a code, who came with it, the six words, the signature.
//!
//! The server is asked with the notebook free, as everywhere.

use super::Session;
use super::devices::must_hold_admin_key;
use crate::error::{ErrorView, NotebookError, Result};
use crate::night::qr;
use crate::sync::ask::json;
use crate::sync::enrol_desk::{self, CODES, ENROLMENTS, NewCode, PendingDevice};
use crate::sync::invitation::CodeForm;
use crate::sync::wire::Method;
use crate::view::{
    ApproveInput, DevicesView, InviteInput, InviteView, Nothing, PendingDeviceView, PendingView, QrView,
};
use domain::sync::act::{Act, ActRow, DeviceAct};
use domain::sync::chain::Digest;
use domain::sync::enrol::PendingEnrolments;
use domain::sync::night_log::DeskEntry;
use domain::time::{local_clock, operational_date};

impl Session {
    /// Draws a code for one device and announces it: valid once, for a quarter of an hour.
    pub fn invite_device(&self, input: InviteInput) -> std::result::Result<InviteView, ErrorView> {
        let InviteInput { role, unit, typed } = input;
        let form = if typed { CodeForm::Typed } else { CodeForm::Qr };
        let (code, announcement, server) = self.at_desk(|notebook, moment| {
            let (code, announcement) = enrol_desk::draw_code(notebook, role, unit, form, moment)?;
            Ok((code, announcement, notebook.invitation().server.clone()))
        })?;
        self.ask_server::<()>(Method::Post, CODES, json(&announcement)?)?;
        let NewCode { spoken, qr, until } = code;
        let picture = |text: String| -> Result<QrView> {
            let drawn = qr::draw_text(&text)?;
            Ok(QrView { size: drawn.size, path: drawn.path })
        };
        Ok(InviteView { qr: qr.map(picture).transpose()?, spoken, server, until: local_clock(until) })
    }

    /// Who came with one of the codes and proved it. What the network refuses is said in the answer.
    pub fn pending_devices(&self, _: Nothing) -> std::result::Result<PendingView, ErrorView> {
        self.at_desk(|notebook, _| must_hold_admin_key(notebook))?;
        let listed = match self.ask_server::<PendingEnrolments>(Method::Get, ENROLMENTS, Vec::new()) {
            Ok(listed) => listed,
            Err(error) => return Ok(PendingView { devices: Vec::new(), error: Some(error.code()) }),
        };
        self.at_desk(|notebook, moment| {
            let devices = enrol_desk::proven(notebook, listed, moment)?.into_iter().map(pending_view).collect();
            Ok(PendingView { devices, error: None })
        })
    }

    /// The six words were the same: signs for the device, notes it in the register, tells the server.
    pub fn approve_device(&self, input: ApproveInput) -> std::result::Result<DevicesView, ErrorView> {
        let listed = self.who_came()?;
        self.at_desk(|notebook, moment| {
            enrol_desk::sign_for(notebook, listed, input.device, moment)?;
            let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?;
            let added = manifest.find_device(input.device).ok_or(NotebookError::NotFound("device"))?;
            let after = Digest::of_parts(&[&added.signing_key.0, added.recipient.as_bytes()]);
            let act = Act::Device { act: DeviceAct::Enrolled, device: added.id, role: Some(added.role) };
            let row = ActRow { on: operational_date(moment.now), act, before: None, after: Some(after) };
            notebook.save_desk_entry(DeskEntry::Acts(vec![row])).map(drop)
        })?;
        self.devices(Nothing {})
    }

    /// The six words were not the same: the code is worth nothing from now on.
    pub fn turn_away_device(&self, input: ApproveInput) -> std::result::Result<PendingView, ErrorView> {
        let listed = self.who_came()?;
        self.at_desk(|notebook, moment| enrol_desk::turn_away(notebook, listed, input.device, moment))?;
        self.pending_devices(Nothing {})
    }

    fn who_came(&self) -> std::result::Result<PendingEnrolments, ErrorView> {
        self.at_desk(|notebook, _| must_hold_admin_key(notebook))?;
        Ok(self.ask_server(Method::Get, ENROLMENTS, Vec::new())?)
    }
}

fn pending_view(pending: PendingDevice) -> PendingDeviceView {
    let PendingDevice { device, role, unit, words } = pending;
    PendingDeviceView { device, role, unit, words }
}
