//! A grabbed phone (B13): it is unlocked, nobody gives the step-up PIN, and every command that reads is called.

use super::desk_args::desk_args;
use super::team::{Phone, Team, alias, evening, known};
use notebook::command::Command;
use notebook::error::ErrorCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const CONTACTS: u16 = 60;
/// Each contact was given a number of pieces of her own, from here on.
const FIRST: u16 = 1_001;
const MOST_RECORDS: usize = 3;

/// What a command may tell whoever holds the phone.
pub enum Kind {
    /// It reads: called with these arguments.
    Reads(Value),
    /// It writes, and answers as the one named that reads.
    AnswersAs(&'static str),
    /// It asks for a secret that whoever grabbed the phone does not have, or ends what is open.
    Guarded,
    /// It writes behind the step-up PIN, as the ones that read there.
    Review,
    /// A desk answers it, called with these arguments; no phone does.
    Desk(Value),
}

/// Every command. A new one must be put in here.
pub fn kind(name: &str, outing: &Value) -> Option<Kind> {
    use Kind::{AnswersAs, Guarded, Reads, Review};
    let of_outing = || Reads(json!({ "outing_id": outing }));
    Some(match name {
        "status" | "tonight" | "todo" | "pair" | "stock" | "referrals" | "directory" | "close_status" | "outings"
        | "kept" | "inventory" | "standing" => Reads(json!({})),
        "union" | "review" | "night_list" | "send" | "send_status" | "export_night" => of_outing(),
        "month" => Reads(json!({ "month": null })),
        "pick_alias" => Reads(json!({ "prefix": "" })),
        "follow_ups" => Reads(json!({ "alias": "AIRONE-12" })),
        "resume_referral" => Reads(json!({ "draft": null, "card": null })),
        "read_invitation" => Reads(json!({ "width": 1, "height": 1, "luma_base64": "AA==" })),
        "check_code" => Reads(json!({ "code": "ABCD" })),
        "open_card" | "open_split" | "update_card" | "resume_card" | "drop_card" | "restore_card" | "save_contact"
        | "save_observation" | "undo" | "change_zone" | "start_outing" | "join_outing" => AnswersAs("tonight"),
        "save_card" | "answer_todo" | "take_back_answer" | "answer_all_unknown" => AnswersAs("todo"),
        "read_qr" => AnswersAs("check_code"),
        "import_records" => AnswersAs("union"),
        "load_item" | "count_item" => AnswersAs("stock"),
        "open_referral" | "keep_referral" | "open_begun_referral" | "correct_referral" | "advance_referral" => {
            AnswersAs("referrals")
        }
        "save_incident" | "note_close" => AnswersAs("close_status"),
        "close_outing" => AnswersAs("send_status"),
        "save_settings" | "enrol" | "enrolment_status" | "restart_enrolment" | "enter_training" | "leave_training"
        | "lock" | "step_down" => AnswersAs("status"),
        "save_inventory" => AnswersAs("inventory"),
        "unlock" | "change_pin" | "change_review_pin" | "set_review_pin" | "step_up" | "set_duress_pin" | "panic"
        | "set_aside" | "discard_unsent" => Guarded,
        "settle" | "close_lost" | "accept_finding" | "sign_off" | "amend" | "revise_contact" | "take_back"
        | "drop_note" => Review,
        _ => return desk_args(name).map(Kind::Desk),
    })
}

/// The contacts whose content is in an answer: their numbers of pieces.
fn contacts_in(answer: &Value, found: &mut BTreeSet<u64>) {
    match answer {
        Value::Number(number) => {
            let range = u64::from(FIRST)..u64::from(FIRST + CONTACTS);
            found.extend(number.as_u64().filter(|number| range.contains(number)));
        }
        Value::Array(values) => values.iter().for_each(|value| contacts_in(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| contacts_in(value, found)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// What a grabbed phone gives away in all, and how many commands answered.
async fn grabbed(phone: &Phone, outing: &Value) -> (BTreeSet<u64>, usize) {
    let mut found = BTreeSet::new();
    let mut answered = 0;
    for name in Command::names() {
        let kind = kind(&name, outing).unwrap_or_else(|| panic!("{name}: does it read?"));
        if let Kind::AnswersAs(other) = &kind {
            assert!(matches!(self::kind(other, outing), Some(Kind::Reads(_))), "{name} answers as {other}");
        }
        let (Kind::Reads(args) | Kind::Desk(args)) = &kind else { continue };
        let command: Command = serde_json::from_value(json!({ "name": name, "args": args }))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        match (phone.session.handle(command).await, &kind) {
            (Err(error), Kind::Desk(_)) => assert_eq!(error.code, ErrorCode::NotAllowed, "{name}"),
            (Ok(_), Kind::Desk(_)) => panic!("{name}: a phone answers"),
            (Ok(answer), _) => {
                answered += 1;
                contacts_in(&answer, &mut found);
            }
            (Err(_), _) => {}
        }
    }
    (found, answered)
}

#[tokio::test]
async fn an_open_phone_without_the_step_up_pin_gives_three_records_at_most_b13() {
    let team = Team::at(evening());
    let outing = json!(team.start(&[("condom_ext", 500)], &["Z1"]));
    for phone in [&team.lead, &team.member] {
        for number in 0..CONTACTS {
            phone.save(known(), &[("condom_ext", FIRST + number)], alias(&format!("AIRONE-{}", number + 10)));
            phone.later(60);
        }
    }
    team.carry();
    for phone in [&team.lead, &team.member] {
        let (found, answered) = grabbed(phone, &outing).await;
        assert!(found.len() <= MOST_RECORDS, "{found:?}");
        assert!(answered >= 15, "only {answered} commands answered");
    }
    let command = json!({ "name": "night_list", "args": { "outing_id": outing } });
    let session = std::sync::Arc::clone(&team.lead.session);
    team.lead.stepped_up();
    let all = session.handle(serde_json::from_value(command).unwrap()).await.unwrap();
    let mut found = BTreeSet::new();
    contacts_in(&all, &mut found);
    assert_eq!(found.len(), usize::from(CONTACTS), "this is what it looks for");
}
