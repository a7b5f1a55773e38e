//! The commands that a desk alone answers, with arguments that each of them takes.

use super::team::programme;
use serde_json::{Value, json};

const DAY: &str = "2026-03-12";
const SOMEBODY: &str = "00000000-0000-4000-8000-000000000001";

/// Arguments of a command of the desk; nothing for one that phones answer, too.
pub fn desk_args(name: &str) -> Option<Value> {
    let board = json!({ "filter": "all", "week": null });
    let shown = json!({ "last": null, "unit": null });
    let event = json!({ "kind": "event", "date": DAY, "event_type": "school", "participants": 20, "minutes": 60 });
    let wish = json!({ "kind": "municipality", "code": "Brescia", "period": "2026-W10", "correct": false });
    let lists = || json!({ "base": "", "lists": programme().lists() });
    Some(match name {
        "desk_update" | "desk_progress" | "count_some" | "desk_frame" | "devices" | "renew_manifest" | "releases"
        | "pending_devices" | "lists" | "publish_lists" => {
            json!({})
        }
        "weigh_passphrase" => json!({ "passphrase": "" }),
        "found" => json!({ "passphrase": "quattro parole qualsiasi", "minor_steps": [] }),
        "recover_programme" => json!({ "passphrase": "quattro parole qualsiasi", "words": "", "folder": "" }),
        "founding" | "recovery_sheet" => json!({}),
        "found_programme" => json!({ "name": "Prova", "orgs": [], "unit": "U1" }),
        "choose_server" => json!({ "text": null }),
        "check_sheet" => json!({ "words": [] }),
        "found_lists" => json!({ "zones": [], "operators": [], "k": 5, "base_period": "week",
            "coordinator_phone": null }),
        "finish_founding" => json!({ "later": true }),
        "period" => json!({ "kind": "week", "date": null, "face": "internal" }),
        "explain" => json!({ "kind": "week", "date": DAY, "id": "contacts", "row": null }),
        "board" => board,
        "advance_at_desk" => json!({ "board": board, "referral": SOMEBODY, "date": DAY, "states": ["accepted"],
            "outcome": null, "company": null }),
        "open_at_desk" => json!({ "board": board, "date": DAY, "service_type": "sti_clinic", "urgency": "routine",
            "consent": "verbal", "reason": null, "language_need": null, "mediator_needed": false,
            "accompany_needed": false, "parent_id": null, "answer": null }),
        "take_back_step" => json!({ "board": board, "referral": SOMEBODY, "reason": "mistyped" }),
        "office" => json!({ "week": null }),
        "note_office" => json!({ "office": { "week": null }, "entry": event }),
        "correct_office" => json!({ "office": { "week": null }, "place": { "device": SOMEBODY, "sequence": 1 },
            "reason": "mistyped", "entry": event }),
        "preview_release" => wish,
        "make_release" => json!({ "wish": wish, "format": "csv", "incomplete": false }),
        "release_document" => json!({ "fingerprint": "" }),
        "save_release" => json!({ "fingerprint": "", "format": "csv" }),
        "publish_release" => json!({ "number": 1, "new_password": false }),
        "withdraw_release" => json!({ "number": 1 }),
        "nights" => shown,
        "desk_night" => json!({ "outing_id": SOMEBODY }),
        "plan_outings" => json!({ "unit": "BS-U1", "outing_type": "street_night", "from": DAY, "weeks": 1,
            "shown": shown }),
        "change_plan" => json!({ "plan": SOMEBODY, "change": { "kind": "withdraw" }, "shown": shown }),
        "depot" => json!({ "week": null }),
        "note_depot" => json!({ "kind": "count", "lines": [{ "item": "lubricant", "language": null, "quantity": 5 }],
            "shown": { "week": null } }),
        "revoke_device" => json!({ "device": SOMEBODY, "reason": "lost" }),
        "order_wipe" => json!({ "device": SOMEBODY, "reason": "lost", "passphrase": "" }),
        "change_keys" => json!({ "signer_too": false, "passphrase": "" }),
        "confirm_keys" => json!({ "words": [] }),
        "keep_keys" => json!({}),
        "decide_quarantine" => json!({ "device": SOMEBODY, "through": 0, "verdict": "release" }),
        "invite_device" => json!({ "role": "member", "unit": "BS-U1", "typed": false }),
        "approve_device" | "turn_away_device" => json!({ "device": SOMEBODY }),
        "check_lists" | "change_lists" => lists(),
        "keep_as_is" => json!({ "kind": "thin_zone", "code": "Z1" }),
        "export_register" => json!({}),
        "register" => json!({ "part": "all", "before": null }),
        _ => return None,
    })
}
