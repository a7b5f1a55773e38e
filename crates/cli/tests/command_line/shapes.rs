//! The form of what programs get: names and kinds of every field, held in a file. What was promised stays, because somebody
//! wrote a script for it; more may come. `UPDATE_SHAPES=1` writes the file anew.

use super::Desk;
use serde_json::{Map, Value, json};
use std::path::Path;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/shapes.json");

/// A value without its content. Of a list the kinds of its members; of an object whose names are codes, one for all.
fn shape(value: &Value) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("true or false"),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("text"),
        Value::Array(members) => {
            let mut kinds: Vec<Value> = Vec::new();
            for kind in members.iter().map(shape) {
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            Value::Array(kinds)
        }
        Value::Object(fields) => {
            let shaped: Map<String, Value> = fields.iter().map(|(name, inner)| (name.clone(), shape(inner))).collect();
            let mut kinds: Vec<&Value> = shaped.values().collect();
            kinds.dedup();
            // Ids are drawn anew for every desk.
            let are_ids = !shaped.is_empty() && shaped.keys().all(|name| name.len() == 36 && name.contains('-'));
            let are_codes = are_ids || (shaped.len() > 6 && kinds.len() == 1);
            if are_codes { json!({ "…": kinds[0] }) } else { Value::Object(shaped) }
        }
    }
}

/// Whether a form still has everything of another one. What may be absent is `null` at times.
fn keeps(now: &Value, promised: &Value) -> bool {
    match (now, promised) {
        (Value::Object(now), Value::Object(promised)) => {
            promised.iter().all(|(name, form)| now.get(name).is_some_and(|now| keeps(now, form)))
        }
        (Value::Array(now), Value::Array(promised)) => {
            promised.iter().all(|form| now.iter().any(|now| keeps(now, form)))
        }
        (now, promised) => now == promised || now == "null" || promised == "null",
    }
}

#[test]
fn every_command_gives_programs_the_form_that_was_promised() {
    let desk = Desk::new();
    let mut shapes = Map::new();
    let founded = shape(&desk.founded);
    shapes.insert("programme new".to_owned(), founded);
    let mut note = |words: &[&str], exits: &[i32]| {
        let output = desk.run(&[words, &["--json"]].concat());
        let code = output.status.code().unwrap();
        assert!(exits.contains(&code), "{words:?}: {code}: {}", super::error_of(&output));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{words:?}: not JSON"));
        let name: Vec<&str> = words.iter().take_while(|word| !word.starts_with('-')).copied().collect();
        shapes.insert(name.join(" "), shape(&told));
        told
    };
    note(&["desk", "access", "--date=2026-03-12", "--topic=legal"], &[0]);
    note(&["desk", "event", "--date=2026-03-12", "--type=school", "--participants=9", "--minutes=60"], &[0]);
    note(&["desk", "incident", "--date=2026-03-12", "--type=vehicle", "--severity=low", "--action=none"], &[0]);
    note(&["desk", "open", "--date=2026-03-09", "--service=sti_clinic", "--urgency=routine", "--consent=verbal"], &[0]);
    let list = note(&["desk", "list", "--week=2026-W11"], &[0]);
    let entry = list["rows"][0]["entry"].as_str().unwrap().to_owned();
    let corrected = desk.json(&["desk", "correct", &entry, "--reason=twice", "--remove"]);
    assert_eq!(corrected["corrected"], entry.as_str());
    note(&["board", "--week=2026-W11"], &[6]);
    note(&["tally", "--week=2026-W11"], &[0]);
    note(&["nights", "--last=2026-W11"], &[0]);
    note(&["stock", "--week=2026-W11"], &[0]);
    note(&["release", "preview", "--recipient=funder:A", "--period=2026-W11"], &[0]);
    note(&["release", "make", "--recipient=funder:A", "--period=2026-W11"], &[0]);
    note(&["release", "list"], &[0]);
    note(&["programme", "show"], &[0]);
    let exported = desk.path("release.json");
    desk.json(&["export", "release", "1", "--format=json", "--output", exported.to_str().unwrap()]);
    note(&["export", "tally", "--period=2026-W11", "--format=json"], &[0]);
    note(&["register"], &[0]);
    let out = desk.path("register.txt");
    let out = format!("--output={}", out.display());
    note(&["register", "export", &out], &[0]);
    note(&["doctor", "--offline"], &[1]);
    note(&["desk", "list", "--week=2026-W11"], &[0]);
    let failed = desk.run(&["desk", "update", "--json"]);
    shapes.insert("a failure".to_owned(), shape(&serde_json::from_slice(&failed.stderr).unwrap()));

    let now = format!("{:#}\n", Value::Object(shapes));
    if std::env::var_os("UPDATE_SHAPES").is_some() {
        std::fs::create_dir_all(Path::new(FILE).parent().unwrap()).unwrap();
        std::fs::write(FILE, &now).unwrap();
    }
    let promised: Value = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    let now: Value = serde_json::from_str(&now).unwrap();
    for (name, form) in promised.as_object().unwrap() {
        assert!(keeps(&now[name], form), "«uscita {name} --json» gives {:#}, and {form:#} was promised", now[name]);
    }
    assert_eq!(now.as_object().unwrap().len(), promised.as_object().unwrap().len(), "a command is not in the file");
}
