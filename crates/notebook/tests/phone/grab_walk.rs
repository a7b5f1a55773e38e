//! A grabbed phone whose holder tries everything in any order (B13): seeded walks over all commands that need no secret,
//! with ids and aliases taken from earlier answers.
//!
//! What counts as told of a record that was there before: of a contact or a card, who it was (gender, kind), what was
//! given; of a referral or one that was begun, anything but its id. Codes
//! in the list of aliases to choose from say nothing of anybody. What the holder wrote himself does not count.

use super::grab::{Kind, kind};
use super::team::{Phone, Team, alias, evening, known};
use domain::ids::{ItemCode, OperationId};
use domain::referral::{Consent, ServiceType, Urgency};
use notebook::command::Command;
use notebook::entropy::Entropy;
use notebook::view::{CardFill, CardInput, ItemCount, KeepReferralInput, Nothing, ReferralFill, UpdateCardInput};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const SEED: u64 = 13;
const WALKS: u64 = 80;
const STEPS: usize = 60;
const MOST: usize = 3;
/// Of everything that whoever had the phone before wrote.
const SERVICE: ServiceType = ServiceType::FamilyClinic;
/// They ask a server, end what is open, or take what only the review and the desk show; `read_qr` is `check_code` with a
/// picture.
const LEFT_OUT: [&str; 13] = [
    "enrol",
    "enrolment_status",
    "restart_enrolment",
    "enter_training",
    "leave_training",
    "lock",
    "send",
    "read_qr",
    "save_settings",
    "save_inventory",
    "settle",
    "accept_finding",
    "revise_contact",
];

/// What was there when the phone was grabbed.
#[derive(Default)]
struct Before {
    outing: Value,
    /// Cards of saved contacts and their contacts.
    saved: BTreeMap<String, String>,
    /// Cards that are not saved, each with pieces on it.
    cards: BTreeSet<String>,
    /// Referrals that were begun.
    begun: BTreeSet<String>,
    /// Referrals, by the operation that opened them.
    referrals: BTreeMap<String, String>,
}

/// What was told of it.
#[derive(Default)]
struct Told {
    /// Referrals that the holder opened from what was begun.
    opened: BTreeMap<String, String>,
    saved: BTreeSet<String>,
    cards: BTreeSet<String>,
    begun: BTreeSet<String>,
    referrals: BTreeSet<String>,
}

fn fill(n: u16) -> ReferralFill {
    ReferralFill {
        alias: Some(format!("AIRONE-{}", n + 10).parse().unwrap()),
        service_type: Some(SERVICE),
        urgency: Urgency::Within72h,
        reason: None,
        language_need: None,
        mediator_needed: true,
        accompany_needed: true,
        consent: Consent::Verbal,
        answer: None,
    }
}

fn text(id: OperationId) -> String {
    id.0.to_string()
}

/// The night: sixty contacts, every sixth a group; twelve referrals; ten that were begun; ten cards that wait.
fn night(phone: &Phone, outing: Value) -> Before {
    let mut before = Before { outing, ..Before::default() };
    for n in 0..60 {
        let group = CardInput { n_persons: 3, ..known() };
        let saved = match n % 6 {
            0 => phone.save(group, &[], Default::default()),
            _ => phone.save(known(), &[], alias(&format!("AIRONE-{}", n + 10))),
        };
        let card = text(saved.last.unwrap().operation);
        before.saved.insert(card, String::new());
        phone.later(60);
    }
    for n in 0..22 {
        let begun = KeepReferralInput { draft: None, card: None, fill: fill(n) };
        let draft = phone.session.keep_referral(begun).unwrap().draft;
        if n < 12 {
            let opened =
                phone.session.open_begun_referral(notebook::view::BegunReferralInput { draft }).unwrap().opened;
            before.referrals.insert(text(draft), opened.unwrap().0.to_string());
        } else {
            before.begun.insert(text(draft));
        }
        phone.later(60);
    }
    for n in 0..10 {
        let card = phone.session.open_card(known()).unwrap().card;
        let pieces = ItemCount { item: ItemCode::new("condom_ext"), quantity: 1 + n };
        let mut fill = CardFill { others: vec![pieces], ..CardFill::default() };
        fill.details = alias(&format!("CEDRO-{}", n + 10));
        phone.session.update_card(UpdateCardInput { card, base: known(), fill }).unwrap();
        before.cards.insert(text(card));
        phone.later(60);
    }
    for open in phone.session.todo(Nothing {}).unwrap().missing {
        before.saved.insert(text(open.card), open.contact.0.to_string());
    }
    before
}

impl Before {
    /// Adds what an answer tells.
    fn read(&self, answer: &Value, told: &mut Told) {
        match answer {
            Value::Array(values) => values.iter().for_each(|value| self.read(value, told)),
            Value::Object(fields) => {
                let id = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                // Whoever grabbed it writes of men only.
                let is_theirs = |who: &Value| who["gender"] == "woman";
                for name in ["who", "record", "input"].into_iter().filter(|name| is_theirs(&answer[*name])) {
                    let card = if name == "record" { id("operation") } else { id("card") };
                    if self.saved.contains_key(&card) {
                        told.saved.insert(card);
                    } else if self.cards.contains(&card) {
                        told.cards.insert(card);
                    } else if let Some((card, _)) = self.saved.iter().find(|(_, contact)| **contact == id("group")) {
                        told.saved.insert(card.clone());
                    }
                }
                let has_pieces = answer["fill"]["others"].as_array().is_some_and(|pieces| !pieces.is_empty());
                told.cards.extend(Some(id("card")).filter(|card| has_pieces && self.cards.contains(card)));
                let is_referral = |fields: &Value| fields["service_type"] == json!(SERVICE);
                if is_referral(answer) || is_referral(&answer["fill"]) || is_referral(&answer["record"]) {
                    let found = [id("id"), id("draft"), id("operation")];
                    let begun = |id: &String| told.opened.get(id).or_else(|| self.begun.get(id)).cloned();
                    let begun: Vec<String> = found.iter().filter_map(begun).collect();
                    told.begun.extend(begun);
                    let opened =
                        |id: &String| self.referrals.get(id).or_else(|| self.referrals.values().find(|it| *it == id));
                    told.referrals.extend(found.iter().filter_map(opened).cloned());
                }
                fields.values().for_each(|value| self.read(value, told));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// Whoever grabbed the phone: what was learnt, and the dice.
struct Holder {
    dice: Entropy,
    outing: Value,
    ids: BTreeMap<String, Vec<String>>,
    aliases: Vec<String>,
}

impl Holder {
    fn below(&mut self, n: usize) -> usize {
        usize::from(u16::from_be_bytes(self.dice.bytes().unwrap())) % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// An id that stood under one of these names, now and then any other.
    fn id(&mut self, names: &[&str]) -> Value {
        let strays = self.below(10) == 0;
        let named = |name: &String| strays || names.contains(&name.as_str());
        let pool: Vec<String> =
            self.ids.iter().filter(|(name, _)| named(name)).flat_map(|(_, ids)| ids.clone()).collect();
        if pool.is_empty() {
            return json!("00000000-0000-4000-8000-000000000000");
        }
        json!(pool[self.below(pool.len())])
    }

    fn alias(&mut self) -> Value {
        let known = self.aliases.len();
        let at = self.below(known.max(1));
        json!(self.aliases.get(at).map_or("AIRONE-12", String::as_str))
    }

    fn learn(&mut self, name: &str, answer: &Value) {
        match answer {
            Value::Array(values) => values.iter().for_each(|value| self.learn(name, value)),
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.learn(name, value)),
            Value::String(text) if text.parse::<uuid::Uuid>().is_ok() => {
                let ids = self.ids.entry(name.to_owned()).or_default();
                if !ids.contains(text) {
                    ids.push(text.clone());
                }
            }
            Value::String(text) if text.parse::<domain::alias::Alias>().is_ok() && !self.aliases.contains(text) => {
                self.aliases.push(text.clone());
            }
            _ => {}
        }
    }

    /// The arguments of a command.
    fn args(&mut self, name: &str) -> Value {
        let base = json!({ "gender": "man", "kind": "first", "target_group": "person", "n_persons": 1 });
        let outing = json!({ "outing_id": self.outing });
        match name {
            "start_outing" => {
                let crew =
                    json!([{ "operator": "OP-A", "role": "operator" }, { "operator": "OP-B", "role": "driver" }]);
                json!({ "outing_type": "street_night", "crew": crew, "short_crew": null, "bag": [], "zones": ["Z1"],
                    "partner_code": null })
            }
            "pick_alias" => json!({ "prefix": self.one(&["", "A", "AIRONE-1", "AIRONE-3", "CEDRO"]) }),
            "follow_ups" => json!({ "alias": self.alias() }),
            "open_card" => base,
            "open_split" => json!({ "group": self.id(&["contact", "last_group"]) }),
            "update_card" => {
                let details = json!({ "aliases": [self.alias()] });
                json!({ "card": self.id(&["card"]), "base": base, "fill": { "details": details } })
            }
            "save_contact" => {
                let details = json!({ "aliases": [self.alias()] });
                json!({ "card": self.id(&["card"]), "base": base, "handouts": [], "details": details })
            }
            "resume_card" | "save_card" => json!({ "card": self.id(&["card"]) }),
            "drop_card" | "restore_card" => json!({ "card": self.id(&["card", "draft"]) }),
            "save_observation" => json!({ "reason": "refused", "n": 1, "gender": "man", "apparent_minor": 0 }),
            "undo" => json!({ "operation": self.id(&["operation"]) }),
            "change_zone" => json!({ "zone": self.one(&["Z1", "Z2"]), "also_last": self.below(4) }),
            "answer_todo" => {
                let answer = match self.below(3) {
                    0 => json!({ "type": "age", "value": "25_34" }),
                    1 => json!({ "type": "origin", "value": "RO" }),
                    _ => json!({ "type": "unknown", "value": self.one(&["age", "origin", "composition"]) }),
                };
                json!({ "contact": self.id(&["contact"]), "answer": answer })
            }
            "take_back_answer" => {
                json!({ "contact": self.id(&["contact"]), "question": self.one(&["age", "origin", "composition"]) })
            }
            "check_code" => json!({ "code": "ABCD" }),
            "join_outing" => json!({ "code": "ABCD", "other_recorded": false }),
            "import_records" => json!({ "content_base64": "AAAA" }),
            "load_item" => json!({ "item": "lubricant", "quantity": 5 }),
            "count_item" => json!({ "item": "lubricant", "counted": 5, "difference": null }),
            "keep_referral" => {
                let mut fill = json!(fill(0));
                fill["service_type"] = json!(ServiceType::ALL.iter().find(|kind| **kind != SERVICE));
                fill["alias"] = self.alias();
                let draft = if self.below(2) == 0 { Value::Null } else { self.id(&["draft"]) };
                json!({ "draft": draft, "card": self.id(&["card"]), "fill": fill })
            }
            "resume_referral" if self.below(2) == 0 => json!({ "draft": null, "card": self.id(&["card"]) }),
            "resume_referral" => json!({ "draft": self.id(&["draft", "referral"]), "card": null }),
            "open_begun_referral" => json!({ "draft": self.id(&["draft", "referral"]) }),
            "open_referral" | "correct_referral" => {
                let mut input = json!(fill(0));
                input["service_type"] = json!(ServiceType::ALL.iter().find(|kind| **kind != SERVICE));
                input["alias"] = self.alias();
                input["card"] = Value::Null;
                input["parent_id"] = Value::Null;
                input["referral"] = self.id(&["id", "opened"]);
                input
            }
            "advance_referral" => {
                let state = self.one(&["accepted", "declined", "booked"]);
                json!({ "referral": self.id(&["id", "opened"]), "states": [state], "outcome": null, "accompaniment": null })
            }
            "month" => json!({ "month": null }),
            "save_incident" => json!({ "incident_type": "near_miss", "severity": "low", "action": "none",
                "debrief_needed": false, "zone": null }),
            "note_close" => json!({ "km": 6, "weather": "clear", "coordinator_alerted": true }),
            "close_outing" => json!({ "km": 6, "weather": "clear", "note": null, "coordinator_alerted": true }),
            "union" | "export_night" | "review" | "night_list" | "send_status" | "close_lost" | "drop_note" => outing,
            "sign_off" => json!({ "outing_id": self.outing, "operator": "OP-A", "without": 0 }),
            "amend" => json!({ "outing_id": self.outing, "operator": "OP-A", "reason": "late_device", "without": 0 }),
            "take_back" => json!({ "outing_id": self.outing,
                "record": { "type": "contact", "id": self.id(&["contact"]) } }),
            "read_invitation" => json!({ "width": 1, "height": 1, "luma_base64": "AA==" }),
            _ => json!({}),
        }
    }

    /// The next command. What ends the night comes seldom.
    fn draw(&mut self, names: &[String]) -> String {
        loop {
            let name = names[self.below(names.len())].clone();
            if name != "close_outing" || self.below(10) == 0 {
                return name;
            }
        }
    }
}

/// Every command that anybody may give.
fn names(outing: &Value) -> Vec<String> {
    let may = |name: &String| {
        !matches!(kind(name, outing), Some(Kind::Guarded | Kind::Desk(_))) && !LEFT_OUT.contains(&name.as_str())
    };
    Command::names().into_iter().filter(may).collect()
}

/// One walk. Gives what was told and how many commands answered.
async fn walk(phone: &Phone, before: &Before, seed: u64) -> (Told, BTreeMap<String, usize>, Vec<String>) {
    let dice = Entropy::seeded_for_simulation(seed);
    let mut holder = Holder { dice, outing: before.outing.clone(), ids: BTreeMap::new(), aliases: Vec::new() };
    let names = names(&before.outing);
    let mut told = Told::default();
    let (mut answered, mut steps) = (BTreeMap::new(), Vec::new());
    for step in 0..STEPS {
        // First what is plain to see.
        let name = match step {
            0 => "tonight".to_owned(),
            1 => "todo".to_owned(),
            _ => holder.draw(&names),
        };
        let args = holder.args(&name);
        let command = serde_json::from_value(json!({ "name": name, "args": args }));
        let command: Command = command.unwrap_or_else(|error| panic!("{name} {args}: {error}"));
        let answer = phone.session.handle(command).await;
        phone.later(i64::try_from(holder.below(4)).unwrap());
        steps.push(format!("{name} {args}: {}", answer.is_ok()));
        if let Ok(answer) = answer {
            *answered.entry(name.clone()).or_default() += 1;
            if let ("open_begun_referral", Some(opened)) = (name.as_str(), answer["opened"].as_str()) {
                told.opened.insert(opened.to_owned(), args["draft"].as_str().unwrap().to_owned());
            }
            before.read(&answer, &mut told);
            holder.learn(&name, &answer);
        }
    }
    (told, answered, steps)
}

#[tokio::test]
async fn no_order_of_commands_tells_more_than_the_last_records_b13() {
    let team = Team::at(evening());
    let outing = json!(team.start(&[("condom_ext", 500)], &["Z1"]));
    let before = night(&team.lead, outing.clone());
    // Every shape of argument is one that the command takes.
    let dice = Entropy::seeded_for_simulation(SEED);
    let mut holder = Holder { dice, outing, ids: BTreeMap::new(), aliases: Vec::new() };
    for name in names(&before.outing).iter().flat_map(|name| std::iter::repeat_n(name, 20)) {
        let args = holder.args(name);
        serde_json::from_value::<Command>(json!({ "name": name, "args": args })).expect(name);
    }
    let mut answered: BTreeMap<String, usize> = BTreeMap::new();
    for number in 0..WALKS {
        let phone = team.lead.copied(&team.root.path().join(format!("grabbed-{number}")));
        let (told, more, steps) = walk(&phone, &before, SEED + number).await;
        for (name, times) in more {
            *answered.entry(name).or_default() += times;
        }
        let steps = steps.join("\n");
        assert!(told.saved.len() <= MOST, "walk {number}: {} contacts\n{steps}", told.saved.len());
        assert!(told.cards.len() <= MOST, "walk {number}: {} cards that wait\n{steps}", told.cards.len());
        // The last ones that were begun and opened, and those of as many people met again.
        let (begun, opened) = (told.begun.len(), told.referrals.len());
        assert!(begun.max(opened) <= 2 * MOST, "walk {number}: {begun} begun, {opened} opened\n{steps}");
        assert!(begun + opened <= 3 * MOST, "walk {number}: {begun} begun, {opened} opened\n{steps}");
    }
    assert!(answered.len() >= 40, "{answered:?}");
}
