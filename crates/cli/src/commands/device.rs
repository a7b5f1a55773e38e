//! `uscita device`: a code for a new device, who waits, the signature.

use super::{now, print};
use crate::arguments::DeviceCommand;
use crate::failure::Failure;
use crate::office;
use crate::say::{Say, arguments};
use notebook::error::NotebookError;
use notebook::sync::enrol_desk;
use notebook::sync::invitation::CodeForm;

pub(super) fn run(command: &DeviceCommand, say: &Say) -> Result<(), Failure> {
    match command {
        DeviceCommand::Invite { role, unit, home } => {
            let mut notebook = home.open_notebook(say)?;
            let client = office::client(&notebook)?;
            let role = (*role).into();
            let code = enrol_desk::announce(&mut notebook, &client, role, unit.clone(), CodeForm::Typed, now())?;
            let code = code.spoken.ok_or(Failure::internal("code"))?;
            print(&say.with("device-code", &arguments([("code", code)])))
        }
        DeviceCommand::Pending(home) => {
            let mut notebook = home.open_notebook(say)?;
            let client = office::client(&notebook)?;
            let pending = enrol_desk::list_pending(&mut notebook, &client, now())?;
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
            let mut notebook = home.open_notebook(say)?;
            let client = office::client(&notebook)?;
            let read: Vec<String> = words.split_whitespace().map(str::to_uppercase).collect();
            let pending = enrol_desk::list_pending(&mut notebook, &client, now())?;
            let same = pending
                .into_iter()
                .find(|device| device.words.iter().map(|word| word.to_uppercase()).eq(read.iter().cloned()));
            let device = same.ok_or(NotebookError::NotFound("device"))?.device;
            enrol_desk::approve(&mut notebook, &client, device, now())?;
            print(&say.with("device-approved", &arguments([("device", device.to_string())])))
        }
    }
}
