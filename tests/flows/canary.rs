//! Nothing of a night is readable anywhere but in an open notebook: words that occur nowhere else are planted in
//! every text of a night, and every byte that is written or sent is searched for them (architecture 10, invariant 5).

use super::programs::server;
use super::wire::Tap;
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use domain::ids::ItemCode;
use domain::programme::{Item, Programme};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use uscita_cli::directory::demo_directory;
use uscita_cli::play::{Secrets, ServerSite, Stage, StageSetup, before, play as play_on, programme_of};
use uscita_cli::programme::lists;
use uscita_cli::say::{Language, Say};
use uscita_cli::scenario::Scenario;
use zeroize::Zeroizing;

/// A scenario that was played with a tap on the wire.
pub struct Played {
    /// Everything that phones, desk and server wrote.
    pub home: tempfile::TempDir,
    /// The wire.
    pub tap: Tap,
    /// What the desk counted.
    pub report: Value,
    /// Bytes of the largest sealed night log.
    pub sealed_night_log: usize,
    /// Bytes of the body of the request that carried it.
    pub night_log_request: usize,
}

/// Plays a scenario through real phones, server process and desk.
pub fn play(scenario: &Value, adjust: impl FnOnce(&mut Programme)) -> Played {
    let say = Say::new(Language::It);
    let mut known = lists();
    known.items.push(ITEM.to_owned());
    let scenario = Scenario::read(&scenario.to_string(), &known).unwrap();
    let home = tempfile::tempdir().unwrap();
    let site = ServerSite::new(Some(&server()), home.path().join("server")).unwrap();
    let tap = Tap::before(site.port);
    let mut programme = programme_of(&scenario, |zone| zone.to_string()).unwrap();
    adjust(&mut programme);
    let secrets = Secrets {
        pin: Zeroizing::new("739164".to_owned()),
        review_pin: Zeroizing::new("60381947".to_owned()),
        passphrase: Zeroizing::new("una frase lunga e segreta".to_owned()),
    };
    let setup = StageSetup {
        home: home.path(),
        server: tap.url.clone(),
        server_key: site.public_key().unwrap(),
        alias_key: None,
        secrets,
        now: before(&scenario),
    };
    let mut process = None;
    let stage = Stage::set_up(setup, programme, |admin_key, programme| {
        process = Some(site.start(admin_key, &programme.to_string())?);
        Ok(())
    });
    let stage = stage.unwrap_or_else(|failure| panic!("{}", failure.message(&say)));
    let report = play_on(&stage, &scenario, chrono::DateTime::<chrono::Utc>::MAX_UTC, |_| {});
    let report = report.unwrap_or_else(|failure| panic!("{}", failure.message(&say)));
    drop((stage, process));
    let (sealed_night_log, night_log_request) = night_log_sizes(&tap);
    Played { home, tap, report: report.json, sealed_night_log, night_log_request }
}

/// The largest sealed night log, and the body that carried it.
fn night_log_sizes(tap: &Tap) -> (usize, usize) {
    let mut sizes = Vec::new();
    for (line, body) in tap.with(|tapped| tapped.requests()) {
        let Ok(request) = serde_json::from_slice::<Value>(&body) else { continue };
        // By itself, or among what a turn asks.
        let batch = if line.starts_with("POST /v1/turns") { &request["batch"] } else { &request };
        for operation in batch["operations"].as_array().into_iter().flatten() {
            if operation["stream"] == "night_log" {
                let sealed = BASE64URL_NOPAD.decode(operation["sealed"].as_str().unwrap().as_bytes()).unwrap();
                sizes.push((sealed.len(), body.len()));
            }
        }
    }
    sizes.into_iter().max().expect("a night log was sent")
}

/// The item that a programme added by itself.
const ITEM: &str = "kanarimateriale";

/// Words that occur nowhere but in this night.
const CANARIES: [&str; 9] = [
    "kanariuccello",    // alias
    "kanarizona",       // zone
    "kanariquartiere",  // label of the zone
    "kanarinota",       // note
    "kanarioperatrice", // operator
    "kanariprogetto",   // name of the programme
    "kanariservizio",   // directory
    "kanaritelefono",   // coordinator's telephone
    ITEM,
];

/// Codes of the lists that are in use that night: as telling as any word.
const CODES: [&str; 8] = [
    "under_18_presumed",
    "minor_protocol",
    "minor_protection",
    "exit_request",
    "trans_woman",
    "private_talk",
    "third_party_control",
    "pregnancy_test",
];

fn night() -> Value {
    let contact = |id: &str, device: &str, alias: &str, age: &str, flag: &str| {
        json!({
            "id": id, "mode": "individual", "device": device, "zone": "KANARIZONA", "slot": "22:00", "n_persons": 1,
            "aliases": [alias], "kind": "returning", "gender": "trans_woman", "age_band": age, "nationality": "RO",
            "language": "ro", "depth": "private_talk", "services": ["rights_info"], "concern": "declared",
            "flags": [flag], "target_group": "person", "leaflets": { "ro": 1 },
            "supplies": { "condom_ext": 6, "pregnancy_test": 1, "kanarimateriale": 2 },
        })
    };
    json!({
        "iso_week": "2026-W11", "team": "BS-U1", "k_external": 5,
        "outings": [{
            "id": "O1", "type": "street_night", "crew": ["KANARIOPERATRICE", "OP-B"], "km": 60,
            "start": "2026-03-12T21:30:00+01:00", "end": "2026-03-13T02:45:00+01:00",
            "reviewed_at": "2026-03-13T10:20:00+01:00", "note": "kanarinota sul cruscotto",
            "contacts": [
                contact("C1", "D1", "KANARIUCCELLO-12", "25_34", "exit_request"),
                contact("C2", "D2", "KANARIUCCELLO-34", "under_18_presumed", "minor_protocol"),
            ],
            "observations": [{ "id": "P1", "zone": "KANARIZONA", "gender": "woman", "n": 2, "reason": "refused" }],
        }],
        "referrals": [
            { "id": "R1", "opened": "2026-03-12", "alias": "KANARIUCCELLO-34", "service": "minor_protection",
              "urgency": "immediate", "events": [["2026-03-12", "proposed"], ["2026-03-13", "handed_over"]] },
        ],
        "incidents": [{ "id": "N1", "outing": "O1", "type": "third_party_control", "severity": "high" }],
        "desk": [{ "date": "2026-03-13", "topic": "psychological" }],
    })
}

/// Every form in which a word may lie in a file or on the wire: as it is, upper case, hexadecimal, two bytes a letter,
/// and in base64 at each of its three alignments.
fn forms(word: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for text in [word.to_lowercase(), word.to_uppercase()] {
        let bytes = text.as_bytes();
        forms.push(bytes.to_vec());
        forms.push(HEXLOWER.encode(bytes).into_bytes());
        forms.push(bytes.iter().flat_map(|byte| [*byte, 0]).collect());
        for shift in 0..3 {
            let shifted = [&vec![b' '; shift], bytes].concat();
            for encoded in [BASE64.encode(&shifted), BASE64URL_NOPAD.encode(&shifted)] {
                // The first and last letters depend on what stands beside the word.
                let whole = encoded.trim_end_matches('=');
                forms.push(whole.as_bytes()[2 * shift..whole.len() - 2].to_vec());
            }
        }
    }
    forms
}

/// All forms of all words, by their first four bytes, so that every byte is looked at once.
pub struct Wanted<'a>(HashMap<[u8; 4], Vec<(&'a str, Vec<u8>)>>);

impl<'a> Wanted<'a> {
    pub fn new(words: impl Iterator<Item = &'a str>) -> Self {
        let mut wanted: HashMap<[u8; 4], Vec<(&str, Vec<u8>)>> = HashMap::new();
        for word in words {
            for form in forms(word) {
                wanted.entry(form[..4].try_into().unwrap()).or_default().push((word, form));
            }
        }
        Self(wanted)
    }

    /// The first word that is readable.
    pub fn first_in(&self, bytes: &[u8]) -> Option<&'a str> {
        bytes.windows(4).enumerate().find_map(|(at, start)| {
            let candidates = self.0.get(start)?;
            candidates.iter().find(|(_, form)| bytes[at..].starts_with(form)).map(|(word, _)| *word)
        })
    }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn nothing_of_a_night_is_readable_in_files_or_on_the_wire() {
    let played = play(&night(), |programme| {
        programme.name = "kanariprogetto".to_owned();
        programme.coordinator_phone = Some("kanaritelefono".to_owned());
        programme.items.push(Item { code: ItemCode::new(ITEM), sensitive: false });
        for zone in &mut programme.zones {
            zone.label = "kanariquartiere".to_owned();
        }
        programme.directory = demo_directory("2026-03-09".parse().unwrap()).unwrap();
        for entry in &mut programme.directory {
            entry.label = "kanariservizio".to_owned();
        }
    });
    assert_eq!(played.report["week"]["contacts"], 2, "the night was counted");
    assert_eq!(played.report["week"]["supplies"][ITEM], 4);
    let aliases = played.report["per_outing"]["O1"]["aliases"].to_string();
    assert!(aliases.contains("KANARIUCCELLO-12"), "the lead's open notebook knows the alias");

    let mut places: Vec<(String, Vec<u8>)> = files(played.home.path())
        .into_iter()
        .map(|path| {
            (path.strip_prefix(played.home.path()).unwrap().display().to_string(), std::fs::read(&path).unwrap())
        })
        .collect();
    for folder in ["lead/notebook.db", "lead/journal.db", "member/journal.db", "desk/notebook.db", "server/server.log"]
    {
        assert!(places.iter().any(|(place, bytes)| place == folder && !bytes.is_empty()), "{folder} was searched");
    }
    assert!(places.iter().any(|(place, _)| place.starts_with("server/") && place.contains(".db")), "so was the server");
    played.tap.with(|tapped| {
        assert!(tapped.requests().len() > 10, "the wire was tapped");
        places.extend(tapped.sent.iter().map(|bytes| ("a request".to_owned(), bytes.clone())));
        places.extend(tapped.answered.iter().map(|bytes| ("an answer".to_owned(), bytes.clone())));
    });
    let wanted = Wanted::new(CANARIES.iter().chain(&CODES).copied());
    for (place, bytes) in &places {
        assert_eq!(wanted.first_in(bytes), None, "readable in {place}");
    }
}

#[test]
fn finds_a_canary_in_every_form() {
    for place in ["x", "xy", "xyz", ""] {
        let text = format!("{place}kanarinota sul cruscotto");
        let written = [
            text.clone().into_bytes(),
            text.to_uppercase().into_bytes(),
            BASE64.encode(text.as_bytes()).into_bytes(),
            BASE64URL_NOPAD.encode(text.as_bytes()).into_bytes(),
            HEXLOWER.encode(text.as_bytes()).into_bytes(),
        ];
        let wanted = Wanted::new(["exit_request", "kanarinota"].into_iter());
        for bytes in written {
            assert_eq!(wanted.first_in(&bytes), Some("kanarinota"));
        }
    }
}
