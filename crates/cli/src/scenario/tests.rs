//! The week of the fixture is read as it stands; every way of spoiling it is refused at its place.

use super::{Lists, Place, Scenario, ScenarioError};
use domain::time::Slot;
use serde_json::{Value, json};

const WEEK: &str = include_str!("../../../domain/tests/fixtures/week-2026-W11.json");

fn lists() -> Lists {
    let texts = |codes: &[&str]| codes.iter().map(ToString::to_string).collect();
    Lists {
        items: texts(&["condom_ext", "lubricant", "wipes", "hot_drink", "pregnancy_test", "leaflet"]),
        nationalities: texts(&["RO", "NG", "BG", "BR", "AL", "PE", "IT", "not_recorded"]),
    }
}

fn read(value: &Value) -> Result<Scenario, ScenarioError> {
    Scenario::read(&value.to_string(), &lists())
}

fn week() -> Value {
    serde_json::from_str(WEEK).unwrap()
}

#[test]
fn reads_the_week_of_the_fixture() {
    let scenario = read(&week()).unwrap();
    assert_eq!(scenario.week.to_string(), "2026-W11");
    assert_eq!(scenario.team.as_str(), "BS-U1");
    assert_eq!(scenario.outings.len(), 3);
    let night = &scenario.outings[1];
    assert_eq!((night.contacts.len(), night.observations.len(), night.incidents.len()), (17, 3, 1));
    assert_eq!(scenario.referrals.len(), 10);
    assert_eq!(scenario.zones().iter().map(|zone| zone.as_str()).collect::<Vec<_>>(), ["Z1", "Z2", "Z3", "Z4", "Z5"]);
    assert!(scenario.alias_words().contains("AIRONE"));
}

#[test]
fn takes_absent_lists_as_empty() {
    let scenario = read(&json!({"iso_week": "2026-W53", "team": "RM-U2"})).unwrap();
    assert!(scenario.outings.is_empty() && scenario.referrals.is_empty() && scenario.accesses.is_empty());
    assert_eq!(scenario.k.get(), 5);
}

#[test]
fn appends_zones_of_the_file_in_the_order_of_their_codes() {
    let mut value = week();
    value["outings"][0]["contacts"][0]["zone"] = json!("PORTO");
    value["outings"][0]["observations"][0]["zone"] = json!("A9");
    let zones = read(&value).unwrap().zones();
    assert_eq!(
        zones.iter().map(|zone| zone.as_str()).collect::<Vec<_>>(),
        ["Z1", "Z2", "Z3", "Z4", "Z5", "A9", "PORTO"]
    );
}

#[test]
fn names_line_and_column_of_a_file_that_is_no_json() {
    let error = Scenario::read("{\n \"iso_week\": ,\n}", &lists()).unwrap_err();
    assert_eq!(error.place, Place::Position { line: 2, column: 14 });
}

#[test]
fn names_the_place_of_what_is_wrong() {
    let first = "/outings/1/contacts/0";
    let spoiled: &[(&str, &str, Value, &str, &str)] = &[
        ("", "iso_week", json!("2026-W54"), "iso_week", "scenario-not-week"),
        ("", "iso_week", json!(null), "iso_week", "scenario-missing"),
        ("", "timezone", json!("Europe/Paris"), "timezone", "scenario-not-rome"),
        ("", "team", json!(" "), "team", "scenario-not-text"),
        ("", "k_external", json!(2), "k_external", "scenario-not-whole"),
        ("", "outings", json!({}), "outings", "scenario-not-list"),
        ("/outings/1", "id", json!("O1"), "outings[1].id", "scenario-twice"),
        ("/outings/1", "type", json!("night"), "outings[1].type", "scenario-not-code"),
        ("/outings/1", "end", json!("2026-03-12T20:00:00+01:00"), "outings[1].end", "scenario-order"),
        ("/outings/1", "start", json!("2026-03-12 21:30"), "outings[1].start", "scenario-not-instant"),
        ("/outings/1", "op_date", json!("2026-03-13"), "outings[1].op_date", "scenario-not-start-date"),
        ("/outings/1", "reviewed_at", json!("2026-03-12T22:00:00+01:00"), "outings[1].reviewed_at", "scenario-order"),
        ("/outings/1", "crew", json!([]), "outings[1].crew", "scenario-rule"),
        ("/outings/1", "km", json!(401), "outings[1].km", "scenario-not-whole"),
        (first, "device", json!("D3"), "outings[1].contacts[0].device", "scenario-not-code"),
        (first, "zone", json!(null), "outings[1].contacts[0].zone", "scenario-missing"),
        (first, "zone", json!(4), "outings[1].contacts[0].zone", "scenario-not-text"),
        (first, "slot", json!("21:45"), "outings[1].contacts[0].slot", "scenario-not-slot"),
        (first, "slot", json!("12:00"), "outings[1].contacts[0].slot", "scenario-outside-outing"),
        (first, "n_persons", json!(2), "outings[1].contacts[0].n_persons", "scenario-rule"),
        (first, "nationality", json!("XX"), "outings[1].contacts[0].nationality", "scenario-not-code"),
        (first, "kind", json!("not_applicable"), "outings[1].contacts[0].kind", "scenario-rule"),
        (first, "aliases", json!(["airone"]), "outings[1].contacts[0].aliases[0]", "scenario-not-alias"),
        (first, "aliases", json!(["A-01", "B-02"]), "outings[1].contacts[0].aliases[1]", "scenario-rule"),
        (first, "services", json!(["tea"]), "outings[1].contacts[0].services[0]", "scenario-not-code"),
        (first, "supplies", json!({"leaflet": 1}), "outings[1].contacts[0].supplies.leaflet", "scenario-leaflet"),
        (
            first,
            "supplies",
            json!({"condom_ext": -6}),
            "outings[1].contacts[0].supplies.condom_ext",
            "scenario-not-whole",
        ),
        (first, "leaflets", json!({"xx": 1}), "outings[1].contacts[0].leaflets.xx", "scenario-not-code"),
        (first, "repeat_in_outing", json!("no"), "outings[1].contacts[0].repeat_in_outing", "scenario-not-flag"),
        (
            "/outings/1/contacts/13",
            "repeat_in_outing",
            json!(false),
            "outings[1].contacts[13].aliases",
            "scenario-rule",
        ),
        ("/outings/1/contacts/3/cells/2", "n", json!(2), "outings[1].contacts[3].cells[2]", "scenario-rule"),
        ("/outings/1/contacts/8", "aliases", json!(["RIVA-01"]), "outings[1].contacts[8].aliases", "scenario-rule"),
        (
            "/outings/1/observations/0",
            "apparent_minor",
            json!(3),
            "outings[1].observations[0].apparent_minor",
            "scenario-rule",
        ),
        ("/outings/1/stock/wipes", "ret", json!("7"), "outings[1].stock.wipes.ret", "scenario-not-whole"),
        ("/referrals/0", "service", json!("spa"), "referrals[0].service", "scenario-not-code"),
        ("/referrals/0", "opened", json!("2026-02-30"), "referrals[0].opened", "scenario-not-date"),
        ("/referrals/0", "events", json!([]), "referrals[0].events", "scenario-rule"),
        ("/referrals/0", "events", json!([["2026-03-05"]]), "referrals[0].events[0]", "scenario-missing"),
        ("/referrals/0", "events", json!([["2026-03-06", "proposed"]]), "referrals[0].events[0][0]", "scenario-rule"),
        ("/referrals/0", "events", json!([["2026-03-05", "booked"]]), "referrals[0].events[0][1]", "scenario-rule"),
        ("/accompaniments/0", "referral", json!("R99"), "accompaniments[0].referral", "scenario-unknown"),
        ("/accompaniments/0", "minutes", json!(0), "accompaniments[0].minutes", "scenario-not-whole"),
        ("/incidents/0", "outing", json!("O9"), "incidents[0].outing", "scenario-unknown"),
        ("/events/0", "participants", json!(5001), "events[0].participants", "scenario-rule"),
        ("/desk/0", "topic", json!("tea"), "desk[0].topic", "scenario-not-code"),
    ];
    for (parent, key, value, place, problem) in spoiled {
        let mut file = week();
        file.pointer_mut(parent).unwrap()[*key] = value.clone();
        let error = read(&file).expect_err(place);
        assert_eq!((error.place.to_string().as_str(), error.problem.key()), (*place, *problem));
    }
}

#[test]
fn opens_the_minor_card_that_a_file_does_not_mention_v11() {
    let mut file = week();
    file["outings"][1]["contacts"][15]["flags"] = json!([]);
    file["outings"][1]["contacts"][3]["cells"][0]["age_band"] = json!("under_18_presumed");
    let night = read(&file).unwrap().outings.remove(1);
    let marked = |contact: &super::ContactScript| contact.flags.contains(&domain::contact::Flag::MinorProtocol);
    let found: Vec<usize> = night.contacts.iter().enumerate().filter(|(_, c)| marked(c)).map(|(at, _)| at).collect();
    assert_eq!(found, [3, 15]);
}

#[test]
fn refuses_a_closed_referral_without_outcome_and_an_outcome_without_closing_v21() {
    for state in ["closed", "booked:cost"] {
        let mut file = week();
        file["referrals"][1]["events"][3] = json!(["2026-03-11", "no_show"]);
        file["referrals"][1]["events"].as_array_mut().unwrap().push(json!(["2026-03-12", state]));
        let error = read(&file).unwrap_err();
        assert_eq!(error.place.to_string(), "referrals[1].events[4][1]");
    }
}

#[test]
fn places_half_hours_within_the_night_on_which_the_clock_changes() {
    let mut file = week();
    let night = &mut file["outings"][1];
    night["op_date"] = json!("2026-03-28");
    night["start"] = json!("2026-03-28T21:30:00+01:00");
    night["end"] = json!("2026-03-29T03:30:00+02:00");
    night["reviewed_at"] = json!("2026-03-29T10:00:00+02:00");
    // 02:30 does not exist on this night: the clock goes from 02:00 to 03:00.
    night["contacts"][0]["slot"] = json!("02:30");
    let scenario = read(&file).unwrap();
    let night = &scenario.outings[1];
    let skipped = night.instant_of("02:30".parse().unwrap());
    assert_eq!(Slot::of(skipped).to_string(), "03:30");
    assert_eq!(Slot::of(night.instant_of("01:30".parse().unwrap())).to_string(), "01:30");
    assert_eq!(night.instant_of("21:30".parse().unwrap()), night.start);
}
