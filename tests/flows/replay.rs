//! `uscita replay`: the figures of a week that was played equal those known for it.

use super::programs::{server, uscita};
use serde_json::Value;
use std::process::{Command, Output};

const WEEK: &str = include_str!("../../crates/domain/tests/fixtures/week-2026-W11.json");

/// Figures of the week that belong to cases and signals, which are not built.
const NOT_BUILT: [&str; 10] = [
    "interviews",
    "interviews_with_mediator",
    "cases_active",
    "cases_opened",
    "cases_closed",
    "mean_interviews_per_closed_case",
    "reports",
    "signals",
    "signals_written_consent",
    "programme_joined",
];

fn replay(scenario: &Value) -> Output {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), scenario.to_string()).unwrap();
    let mut command = Command::new(uscita());
    command.arg("replay").arg(file.path()).arg("--json").arg("--server-bin").arg(server());
    command.output().unwrap()
}

fn told(scenario: &Value) -> Value {
    let output = replay(scenario);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn played_week_gives_every_number_known_for_it() {
    let scenario: Value = serde_json::from_str(WEEK).unwrap();
    let told = told(&scenario);
    let mut expected = scenario["expected"].clone();
    for figure in NOT_BUILT {
        assert!(expected["week"].as_object_mut().unwrap().remove(figure).is_some(), "{figure} is known");
    }
    for part in ["per_outing", "week", "external_k5", "server_token_presence"] {
        assert!(!expected[part].as_object().unwrap().is_empty());
        assert_eq!(told[part], expected[part], "{part}");
    }
}

#[test]
fn the_board_of_the_played_week_proves_its_stock_and_says_by_its_exit_that_somebody_waits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("week.json");
    std::fs::write(&file, WEEK).unwrap();
    let kept = folder.path().join("kept");
    let mut played = Command::new(uscita());
    played.arg("replay").arg(&file).arg("--keep").arg(&kept).arg("--server-bin").arg(server());
    assert!(played.output().unwrap().status.success());
    let board = |more: &[&str]| {
        let mut command = Command::new(uscita());
        command.args(["board", "--week", "2026-W11", "--home"]).arg(kept.join("desk")).args(more);
        command.env("USCITA_PASSPHRASE", "sportello di prova").output().unwrap()
    };
    let output = board(&["--json"]);
    assert_eq!(output.status.code(), Some(6), "what is so old waits for somebody");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let [start, opened, ended, end] =
        ["start", "opened", "ended", "end"].map(|part| told["flow"][part].as_i64().unwrap());
    assert_eq!((start, opened, ended, end), (2, 8, 6, 4));
    assert_eq!(start + opened - ended, end);
    let states: Vec<&str> =
        told["referrals"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states.len(), 4);
    assert!(["no_show", "proposed", "accepted", "booked"].iter().all(|state| states.contains(state)), "{states:?}");
    let said = String::from_utf8(board(&[]).stdout).unwrap();
    assert!(said.contains("2 aperti all’inizio + 8 nuovi − 6 conclusi = 4 aperti alla fine"), "{said}");
}

#[test]
fn plays_a_week_without_outings() {
    let scenario = serde_json::json!({
        "iso_week": "2026-W53", "team": "RM-U2", "k_external": 5, "outings": [],
        "desk": [{ "date": "2027-01-03", "topic": "legal" }, { "date": "2027-01-04", "topic": "legal" }],
    });
    let told = told(&scenario);
    assert_eq!(told["week"]["outings"], 0);
    assert_eq!(told["week"]["desk_accesses"], 1, "Sunday 3 January 2027 is the last day of 2026-W53");
    assert_eq!(told["external_k5"]["zone"]["total"], 0);
}

#[test]
fn plays_the_night_on_which_the_clock_changes_and_counts_its_minutes() {
    let contact = |id: &str, device: &str, slot: &str| {
        serde_json::json!({
            "id": id, "mode": "individual", "device": device, "zone": "Z9", "slot": slot, "n_persons": 1,
            "aliases": [], "kind": "first", "gender": "woman", "age_band": "25_34", "nationality": "RO",
            "depth": "brief", "concern": "none_noted", "target_group": "person",
            "supplies": { "condom_ext": 6 }, "leaflets": { "ro": 1 },
        })
    };
    let scenario = serde_json::json!({
        "iso_week": "2026-W13", "team": "BS-U1", "k_external": 5,
        "outings": [{
            "id": "N1", "type": "street_night", "op_date": "2026-03-28", "crew": ["OP-A"],
            "start": "2026-03-28T21:30:00+01:00", "end": "2026-03-29T03:30:00+02:00",
            "reviewed_at": "2026-03-31T12:00:00+02:00",
            // Alike, on two phones, in one half-hour: the lead is asked, and says that they are two.
            "contacts": [contact("C1", "D1", "01:30"), contact("C2", "D2", "01:30"), contact("C3", "D2", "03:00")],
        }],
    });
    let told = told(&scenario);
    assert_eq!(told["week"]["minutes"], 300);
    assert_eq!(told["week"]["contacts"], 3, "none of the three was taken for a double");
    assert_eq!(told["week"]["review_48h"], 0);
    assert_eq!(told["week"]["supplies"]["condom_ext"], 18, "supplies count without a load in the file");
    assert_eq!(told["external_k5"]["zone"]["cells"]["Z9"], "*");
}

#[test]
fn names_the_place_of_what_cannot_be_played_and_exits_with_two() {
    let mut scenario: Value = serde_json::from_str(WEEK).unwrap();
    scenario["outings"][1]["contacts"][3]["zone"] = Value::Null;
    let output = replay(&scenario);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("outings[1].contacts[3].zone"), "{said}");
    assert!(said.contains("manca"), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn names_the_record_that_a_phone_refuses() {
    let mut scenario: Value = serde_json::from_str(WEEK).unwrap();
    // A telephone number in the note: only the phone looks into notes.
    scenario["outings"][0]["note"] = Value::from("tel 3331234567");
    let output = replay(&scenario);
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("outings[0]") && said.contains("V30"), "{said}");
    assert!(!said.contains("333"), "what somebody typed is not repeated");
}
