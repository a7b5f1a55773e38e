//! The list of devices, line by line: names, roles, days; never what anybody wrote.

use super::{print, print_json};
use crate::failure::Failure;
use crate::say::{Say, arguments};
use domain::sync::manifest::DeviceStatus;
use notebook::view::{DeviceActKind, DeviceActView, DeviceReason, DeviceView, DevicesView, WipeState};
use serde_json::json;

/// Prints the list; if the server could not be asked, that is the failure, after what is known here.
pub(super) fn print_list(view: &DevicesView, acts: bool, say: &Say) -> Result<(), Failure> {
    if say.is_json() {
        let acts = acts.then_some(&view.acts);
        print_json(&json!({ "devices": view.devices, "expires_in_days": view.expires_in_days, "acts": acts }))?;
    } else {
        for device in &view.devices {
            print(&line(device, say))?;
        }
        print(&expiry(view.expires_in_days, say))?;
        for act in view.acts.iter().filter(|_| acts) {
            print(&act_line(act, say))?;
        }
    }
    view.error.map_or(Ok(()), |code| Err(code.into()))
}

fn line(device: &DeviceView, say: &Say) -> String {
    let mut parts = vec![device.name.clone(), say.text(&format!("devices-role-{}", device.role))];
    parts.extend(device.unit.as_ref().map(ToString::to_string));
    parts.push(match device.seen_on {
        Some(day) => say.with("devices-seen-on", &arguments([("day", day.to_string())])),
        None => say.text("devices-never-sent"),
    });
    match (device.wipe, device.status) {
        (Some(wipe), _) => parts.push(say.text(wipe_key(wipe))),
        (None, DeviceStatus::Revoked) => parts.push(say.text("devices-revoked")),
        (None, _) => {}
    }
    if device.forked {
        parts.push(say.text("devices-forked"));
    }
    if let Some(quarantine) = device.quarantine {
        parts.push(say.counted("devices-quarantine", quarantine.operations.into()));
    }
    if let Some(dropped) = device.dropped {
        parts.push(say.counted("devices-dropped", dropped.operations.into()));
    }
    if device.waiting > 0 {
        parts.push(say.counted("devices-waiting", device.waiting.into()));
    }
    if device.own {
        parts.push(say.text("devices-own"));
    }
    parts.join(" · ")
}

const fn wipe_key(wipe: WipeState) -> &'static str {
    match wipe {
        WipeState::Ordered => "devices-wipe-ordered",
        WipeState::Confirmed => "devices-wipe-confirmed",
        WipeState::NeverSeen => "devices-wipe-never-seen",
    }
}

fn expiry(days: i32, say: &Say) -> String {
    match u64::try_from(days) {
        Ok(days) => say.counted("manifest-expires", days),
        Err(_) => say.text("manifest-expired"),
    }
}

fn act_line(act: &DeviceActView, say: &Say) -> String {
    let kind = match act.kind {
        DeviceActKind::Revoke => "devices-act-revoke",
        DeviceActKind::Wipe => "devices-act-wipe",
        DeviceActKind::Release => "devices-act-release",
        DeviceActKind::Drop => "devices-act-drop",
        DeviceActKind::TakeBack => "devices-act-take_back",
        DeviceActKind::ChangeKeys => "devices-act-change_keys",
    };
    let reason = act.reason.map(|reason| match reason {
        DeviceReason::Lost => "devices-reason-lost",
        DeviceReason::Stolen => "devices-reason-stolen",
        DeviceReason::Replaced => "devices-reason-replaced",
        DeviceReason::Left => "devices-reason-left",
    });
    let mut parts = vec![format!("{} {}", act.on, act.at), act.name.clone(), say.text(kind)];
    parts.extend(reason.map(|reason| say.text(reason)));
    parts.extend(act.operations.map(|count| say.counted("devices-act-operations", count.into())));
    parts.join(" · ")
}
