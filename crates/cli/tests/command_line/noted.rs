//! What day staff note from the command line is what the window notes: counted, listed, corrected.

use super::Desk;
use serde_json::Value;

const WEEK: [&str; 3] = ["desk", "list", "--week=2026-W11"];

fn entry(told: &Value) -> String {
    told["saved"].as_str().unwrap().to_owned()
}

#[test]
fn accesses_events_and_incidents_are_listed_counted_and_corrected() {
    let desk = Desk::new();
    let access = ["desk", "access", "--date=2026-03-12", "--topic=legal", "--who=client", "--time=15_45"];
    let access = entry(&desk.json(&access));
    let event = ["desk", "event", "--date=2026-03-12", "--type=citizens", "--participants=24", "--minutes=90"];
    let event = entry(&desk.json(&event));
    let incident =
        ["desk", "incident", "--date=2026-03-13", "--type=device_lost", "--severity=low", "--action=none", "--debrief"];
    let incident = entry(&desk.json(&incident));
    let week = desk.json(&WEEK);
    let names: Vec<&str> = week["rows"].as_array().unwrap().iter().map(|row| row["entry"].as_str().unwrap()).collect();
    assert_eq!(names, [&incident, &event, &access], "the latest day first");
    assert_eq!(week["rows"][2]["noted"]["minutes_band"], "15_45");
    assert_eq!((&week["participants"], &week["minutes"], &week["debriefs"]), (&24.into(), &90.into(), &1.into()));
    assert_eq!(week["tables"]["incidents"]["device_lost"], 1);

    desk.said(&["desk", "correct", &event, "--reason=mistyped", "--participants=42", "--type=school"]);
    desk.said(&["desk", "correct", &access.to_lowercase(), "--reason=twice", "--remove"]);
    desk.said(&["desk", "correct", &incident, "--reason=learnt_later", "--debrief=false", "--severity=high"]);
    let week = desk.json(&WEEK);
    let rows = week["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "one was taken away");
    assert_eq!(
        (&rows[0]["noted"]["severity"], &rows[0]["noted"]["incident_type"]),
        (&"high".into(), &"device_lost".into())
    );
    assert_eq!((&rows[1]["noted"]["participants"], &rows[1]["noted"]["minutes"]), (&42.into(), &90.into()));
    assert_eq!(rows[1]["corrections"], 1);
    assert_eq!(week["corrections"].as_array().unwrap().len(), 3);
    let tally = desk.json(&["tally", "--week=2026-W11"]);
    assert_eq!(tally["desk_accesses"], 0);
    let said = desk.said(&WEEK);
    for words in ["Scuole, 42 persone, 90 minuti", "errore di battitura", "tolto", &event] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let other_kind = desk.run(&["desk", "correct", &event, "--reason=mistyped", "--topic=work"]);
    assert_eq!(other_kind.status.code(), Some(2), "an event has no topic");
    let gone = desk.run(&["desk", "correct", &access, "--reason=twice", "--remove"]);
    assert_eq!(gone.status.code(), Some(3), "it was taken away already");
}

#[test]
fn a_referral_of_the_desk_goes_its_way_and_a_step_is_taken_back() {
    let desk = Desk::new();
    let open = [
        "desk",
        "open",
        "--date=2026-03-09",
        "--service=legal_advice",
        "--urgency=routine",
        "--consent=verbal",
        "--answer=accepted",
    ];
    let code = entry(&desk.json(&open));
    assert_eq!(code.len(), 4);
    let step = |words: &[&str]| desk.run(&[&["desk"], words, &["--referral", &code]].concat());
    assert!(step(&["follow-up", "--date=2026-03-10", "--state", "booked"]).status.success());
    let went =
        ["accompany", "--date=2026-03-11", "--minutes=90", "--mode=car", "--outcome=done", "--state", "accompanied"];
    assert!(step(&went).status.success());
    let state = || desk.run(&["board", "--show=all", "--week=2026-W11", "--json"]);
    let row = || serde_json::from_slice::<Value>(&state().stdout).unwrap()["referrals"][0].clone();
    assert_eq!((&row()["state"], &row()["company"][0]["minutes"]), (&"accompanied".into(), &90.into()));
    assert!(step(&["follow-up", "--date=2026-03-12", "--state", "attended"]).status.success());
    assert!(step(&["take-back", "--reason=mistyped"]).status.success());
    assert_eq!(row()["state"], "accompanied");
    let not_next = step(&["follow-up", "--date=2026-03-12", "--state", "proposed"]);
    assert_eq!(not_next.status.code(), Some(3));
    assert!(super::error_of(&not_next).contains("V20"), "{}", super::error_of(&not_next));
    let child = [
        "desk",
        "open",
        "--date=2026-03-12",
        "--service=family_clinic",
        "--urgency=routine",
        "--consent=verbal",
        "--parent",
        &code,
    ];
    desk.said(&child);
    let rows = serde_json::from_slice::<Value>(&state().stdout).unwrap()["referrals"].clone();
    let parents = rows.as_array().unwrap().iter().filter(|row| row["parent"] == code.as_str()).count();
    assert_eq!(parents, 1);
}
