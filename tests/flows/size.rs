//! How many bytes a typical night costs.

use super::canary::{Played, play};
use serde_json::{Value, json};

/// What a night log may weigh on the way.
const LIMIT: usize = 16 * 1024;

/// 60 contacts, 150 handouts, 20 referrals.
fn typical_night() -> Value {
    let of = |codes: &[&str], number: usize| codes[number % codes.len()].to_owned();
    let contact = |number: usize| {
        let services = ["hr_info", "sti_info", "rights_info"];
        let handouts = ["condom_ext", "lubricant", "hot_drink"];
        // Two handouts for the even, three for the odd: 150 in all.
        let supplies: serde_json::Map<String, Value> =
            handouts.iter().take(2 + number % 2).map(|item| ((*item).to_owned(), json!(number % 12 + 1))).collect();
        json!({
            "id": format!("C{number}"), "mode": "individual", "device": of(&["D1", "D2"], number),
            "zone": format!("Z{}", number % 4 + 1), "slot": of(&["21:30", "22:30", "23:30", "00:30"], number / 15),
            "n_persons": 1, "aliases": if number.is_multiple_of(3) { vec![] } else { vec![format!("AIRONE-{number:02}")] },
            "kind": of(&["first", "returning", "unknown"], number), "gender": of(&["woman", "trans_woman"], number),
            "age_band": of(&["18_24", "25_34", "35_44"], number), "nationality": of(&["RO", "NG", "BR", "AL"], number),
            "language": of(&["ro", "en", "pt"], number), "depth": of(&["brief", "talk"], number),
            "services": &services[..number % 4], "concern": "none_noted",
            "target_group": "person", "supplies": supplies,
        })
    };
    let referral = |number: usize| {
        json!({
            "id": format!("R{number}"), "opened": "2026-03-12", "alias": format!("AIRONE-{:02}", number * 3 + 1),
            "service": of(&["sti_clinic", "serd", "legal_advice", "family_clinic"], number), "urgency": "routine",
            "events": [["2026-03-12", "proposed"], ["2026-03-12", "accepted"]],
        })
    };
    json!({
        "iso_week": "2026-W11", "team": "BS-U1", "k_external": 5,
        "outings": [{
            "id": "O1", "type": "street_night", "crew": ["OP-A", "OP-B"], "km": 60,
            "start": "2026-03-12T21:30:00+01:00", "end": "2026-03-13T02:45:00+01:00",
            "reviewed_at": "2026-03-13T10:20:00+01:00", "contacts": (0..60).map(contact).collect::<Vec<_>>(),
        }],
        "referrals": (0..20).map(referral).collect::<Vec<_>>(),
    })
}

#[test]
fn night_log_of_a_typical_night_travels_in_one_request_of_16_kib() {
    let scenario = typical_night();
    let handouts: usize = scenario["outings"][0]["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|contact| contact["supplies"].as_object().unwrap().len())
        .sum();
    assert_eq!(handouts, 150);
    let Played { sealed_night_log, night_log_request, report, .. } = play(&scenario, |_| {});
    assert_eq!(report["week"]["contacts"], 60);
    assert_eq!(report["week"]["referrals_opened"], 20);
    println!("night log: {sealed_night_log} bytes sealed, {night_log_request} bytes in its request");
    assert!(night_log_request > sealed_night_log, "the request that carried it was found");
    assert!(night_log_request <= LIMIT, "{night_log_request} bytes");
}
