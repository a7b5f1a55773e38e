//! `uscita devices`: a code for a new device, who waits, the signature; the list, revoke, wipe, quarantine.

use super::{device_list, now, print, print_done, print_json, text_of_file};
use crate::arguments::{DeviceCommand, HomeArguments};
use crate::failure::Failure;
use crate::office;
use crate::say::{Say, arguments};
use domain::sync::quarantine::QuarantineVerdict;
use notebook::error::NotebookError;
use notebook::sync::enrol_desk::{self, PendingDevice};
use notebook::sync::invitation::CodeForm;
use notebook::view::{ApproveInput, DecideInput, DeviceView, DevicesView, Nothing, RevokeInput, WipeInput};
use serde_json::json;
use std::io::IsTerminal;
use std::path::Path;
use zeroize::Zeroizing;

pub(super) fn run(command: &DeviceCommand, say: &Say) -> Result<(), Failure> {
    match command {
        DeviceCommand::Invite { role, unit, home } => {
            let mut notebook = home.open_notebook(say)?;
            let client = office::client(&notebook)?;
            let role = (*role).into();
            let code = enrol_desk::announce(&mut notebook, &client, role, unit.clone(), CodeForm::Typed, now())?;
            let code = code.spoken.ok_or(Failure::internal("code"))?;
            print_done(say, &say.with("device-code", &arguments([("code", code.clone())])), &json!({ "code": code }))
        }
        DeviceCommand::Pending(home) => {
            let mut notebook = home.open_notebook(say)?;
            let client = office::client(&notebook)?;
            let pending = enrol_desk::list_pending(&mut notebook, &client, now())?;
            if say.is_json() {
                let one = |device: &PendingDevice| json!({ "device": device.device, "words": device.words });
                return print_json(&pending.iter().map(one).collect::<Vec<_>>());
            }
            if pending.is_empty() {
                return print(&say.text("device-none"));
            }
            for device in pending {
                let words = device.words.join(" ");
                let waits = arguments([("device", device.device.to_string()), ("words", words)]);
                print(&say.with("device-words", &waits))?;
            }
            Ok(())
        }
        DeviceCommand::Approve { words, home } => {
            let session = home.open_session(say)?;
            let read: Vec<String> = words.split_whitespace().map(str::to_uppercase).collect();
            let pending = session.pending_devices(Nothing {})?;
            if let Some(code) = pending.error {
                return Err(code.into());
            }
            let same = pending
                .devices
                .into_iter()
                .find(|device| device.words.iter().map(|word| word.to_uppercase()).eq(read.iter().cloned()));
            let device = same.ok_or(NotebookError::NotFound("device"))?.device;
            let signed = session.approve_device(ApproveInput { device })?;
            if let Some(code) = signed.error.filter(|_| !signed.published) {
                return Err(code.into());
            }
            let done = say.with("device-approved", &arguments([("device", device.to_string())]));
            print_done(say, &done, &json!({ "approved": device }))
        }
        DeviceCommand::List { acts, home } => {
            let view = home.open_session(say)?.devices(Nothing {})?;
            device_list::print_list(&view, *acts, say)
        }
        DeviceCommand::Revoke { name, reason, home } => {
            let session = home.open_session(say)?;
            let device = find(&session.devices(Nothing {})?, name)?.device;
            let view = session.revoke_device(RevokeInput { device, reason: (*reason).into() })?;
            device_list::print_list(&view, false, say)
        }
        DeviceCommand::Wipe { name, reason, confirm_file, home } => {
            let session = home.open_session(say)?;
            let device = find(&session.devices(Nothing {})?, name)?.device;
            // A second time, on purpose: whoever sits down at an open desk does not know it.
            let passphrase = second_code(confirm_file.as_deref(), say)?.to_string();
            let view = session.order_wipe(WipeInput { device, reason: (*reason).into(), passphrase })?;
            device_list::print_list(&view, false, say)
        }
        DeviceCommand::Release { name, home } => decide(name, QuarantineVerdict::Release, home, say),
        DeviceCommand::Drop { name, home } => decide(name, QuarantineVerdict::Drop, home, say),
        DeviceCommand::TakeBack { name, home } => decide(name, QuarantineVerdict::TakeBack, home, say),
        DeviceCommand::Renew(home) => {
            let view = home.open_session(say)?.renew_manifest(Nothing {})?;
            device_list::print_list(&view, false, say)
        }
    }
}

fn decide(name: &str, verdict: QuarantineVerdict, home: &HomeArguments, say: &Say) -> Result<(), Failure> {
    let session = home.open_session(say)?;
    let devices = session.devices(Nothing {})?;
    let found = find(&devices, name)?;
    let through = match (found.quarantine, found.dropped, verdict) {
        (_, Some(dropped), QuarantineVerdict::TakeBack) => dropped.through,
        (Some(quarantine), _, QuarantineVerdict::Release | QuarantineVerdict::Drop) => quarantine.through,
        (None, _, QuarantineVerdict::Release) if found.waiting > 0 => 0,
        _ => return Err(NotebookError::NotFound("quarantine").into()),
    };
    let view = session.decide_quarantine(DecideInput { device: found.device, through, verdict })?;
    device_list::print_list(&view, true, say)
}

fn find<'a>(view: &'a DevicesView, name: &str) -> Result<&'a DeviceView, Failure> {
    let found = view.devices.iter().find(|device| device.name.eq_ignore_ascii_case(name.trim()));
    Ok(found.ok_or(NotebookError::NotFound("device"))?)
}

fn second_code(file: Option<&Path>, say: &Say) -> Result<Zeroizing<String>, Failure> {
    match file {
        Some(path) => {
            let text = text_of_file(path)?;
            Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
        }
        None if std::io::stdin().is_terminal() => {
            let typed = rpassword::prompt_password(say.text("devices-second-code"));
            typed.map(Zeroizing::new).map_err(|_| Failure::NoPassphrase)
        }
        None => Err(Failure::NoPassphrase),
    }
}
