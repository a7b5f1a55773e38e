//! What cannot be done: a code, a sentence in Italian, whether the data are safe, what to do; never a fault of the program.

use super::{Desk, common, error_of, program, run};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::process::{Output, Stdio};

/// The four parts of a complaint, in this order.
fn complains(output: &Output, exit: i32, code: &str, words: &dyn std::fmt::Debug) {
    let said = error_of(output);
    assert_eq!(output.status.code(), Some(exit), "{words:?}: {said}");
    assert!(said.starts_with(&format!("Errore {code}")), "{words:?}: {said}");
    let safe = said.find("Dati al sicuro? ").unwrap_or_else(|| panic!("{words:?}: {said}"));
    let todo = said.find("Che cosa fare: ").unwrap_or_else(|| panic!("{words:?}: {said}"));
    assert!(safe < todo, "{said}");
    assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
    assert!(!said.contains("error:") && !said.contains("Usage:"), "in Italian: {said}");
    assert!(!said.contains("-what") && !said.contains("arguments-"), "a sentence is missing: {said}");
}

#[test]
fn a_line_that_cannot_be_read_is_complained_of_before_anything_is_opened() {
    let period = ["release", "preview", "--recipient", "funder:A", "--period"];
    let event = ["desk", "event", "--date", "2026-03-12", "--type", "citizens"];
    for words in [
        &["tally"][..],
        &["tally", "--week", "2025-W53"],
        &["tally", "--week", "2026-W54"],
        &["tally", "--month", "2026-13"],
        &["tally", "--quarter", "2026-Q5"],
        &["tally", "--year", "0"],
        &["tally", "--year", "duemila"],
        &["tally", "--week", "2026-W11", "--year", "2026"],
        &["tally", "--external", "--project"],
        &["tally", "--week"],
        &["tally", "--week="],
        &["board", "--week", "W11"],
        &["board", "--show", "closed"],
        &["nights", "--last", "2026-02-30"],
        &["nights", "--unit", "U\u{7}1"],
        &["stock", "--week", "ieri"],
        &[&period[..], &["2026"]].concat(),
        &[&period[..], &["2026-W11", "--recipient", "mayor:A"]].concat(),
        &["release", "show", "0"],
        &["release", "show", "uno"],
        &["publish"],
        &["publish", "4294967296"],
        &["withdraw", "-1"],
        &["export", "tally", "--period", "2026-W11", "--format", "pdf"],
        &["desk"],
        &["desk", "access", "--date", "2026-02-29", "--topic", "legal"],
        &["desk", "access", "--date", "12/03/2026", "--topic", "legal"],
        &["desk", "access", "--date", "2026-03-12", "--topic", "legale"],
        &["desk", "access", "--date", "2026-03-12", "--topic", "legal", "--topic", "work"],
        &[&event[..], &["--participants", "5001", "--minutes", "60"]].concat(),
        &[&event[..], &["--participants", "5", "--minutes", "4"]].concat(),
        &["desk", "correct", "S1-1", "--reason", "twice"],
        &["desk", "correct", "S1-1", "--reason", "twice", "--remove", "--minutes", "60"],
        &[
            "desk",
            "accompany",
            "--referral",
            "K7QP",
            "--date",
            "2026-03-12",
            "--minutes",
            "721",
            "--mode",
            "car",
            "--outcome",
            "done",
        ],
        &["desk", "follow-up", "--referral", "K7QP", "--date", "2026-03-12"],
        &["devices", "invite", "--role", "mayor"],
        &["devices", "invite", "--role", "lead", "--unit", ""],
        &["programme", "new"],
        &["recover", "--out", "x"],
        &["register", "verify"],
        &["doctor", "--of-line"],
        &["completions", "tcsh"],
        &["man", "desk", "fly"],
        &["taly", "--week", "2026-W11"],
        &["--lang", "fr", "tally", "--week", "2026-W11"],
        &["tally", "--week", "2026-W11", "--frobnicate"],
    ] {
        // Nothing is asked for and nothing is opened: there is neither a home nor a passphrase.
        let output = program().args(words).output().unwrap();
        complains(&output, 2, "ARGOMENTI-01", &words);
        assert!(output.stdout.is_empty(), "{words:?}");
    }
    let other = OsString::from_vec(b"2026-\xff11".to_vec());
    complains(&program().args(["tally", "--week"]).arg(other).output().unwrap(), 2, "ARGOMENTI-01", &"not UTF-8");
}

#[test]
fn it_says_what_would_do_instead() {
    let said = |words: &[&str]| error_of(&program().args(words).output().unwrap());
    assert!(said(&["tally", "--week", "2025-W53"]).contains("una settimana ISO che esista"));
    assert!(said(&["taly"]).contains("Vanno bene: tally"));
    assert!(said(&["desk", "access", "--date", "2026-03-12", "--topic", "x"]).contains("medical, legal,"));
    assert!(said(&["desk", "event", "--minutes", "4"]).contains("da 5 a 600"));
    assert!(said(&["desk", "event", "--minutes", "4"]).contains("uscita desk event --help"));
    assert!(said(&["--lang", "en", "tally"]).starts_with("Error ARGOMENTI-01"));
}

#[test]
fn a_notebook_that_is_not_there_or_does_not_open_is_told_and_left_as_it_is() {
    let empty = tempfile::tempdir().unwrap();
    let missing = empty.path().join("none");
    let plain = [
        &["board"][..],
        &["nights"],
        &["stock"],
        &["register"],
        &["release", "list"],
        &["programme", "show"],
        &["desk", "list"],
        &["desk", "update"],
        &["devices", "list"],
        &["register", "export"],
        &["publish", "1"],
        &["withdraw", "1"],
        &["tally", "--week", "2026-W11"],
        &["export", "tally", "--period", "2026-W11"],
        &["desk", "access", "--date", "2026-03-12", "--topic", "legal"],
    ];
    for words in plain {
        complains(&run(&missing, words), 3, "TACCUINO-01", &words);
        assert!(!missing.exists(), "{words:?}");
    }
    let desk = common();
    let file = empty.path().join("passphrase");
    std::fs::write(&file, "").unwrap();
    let with = |value: &str| {
        let mut command = program();
        command
            .args(["tally", "--week", "2026-W11"])
            .args(["--passphrase-file", value])
            .env("USCITA_HOME", desk.home());
        command.output().unwrap()
    };
    complains(&with(file.to_str().unwrap()), 2, "FRASE-01", &"an empty file");
    complains(&with(missing.to_str().unwrap()), 2, "PERCORSO-01", &"no such file");
    complains(&with("/"), 2, "PERCORSO-01", &"a folder");
    std::fs::write(&file, b"\xff\xfe").unwrap();
    complains(&with(file.to_str().unwrap()), 2, "PERCORSO-01", &"not text");
}

#[test]
fn what_is_not_there_is_not_invented() {
    let desk = common();
    for words in [
        &["release", "show", "7"][..],
        &["export", "release", "7"],
        &["publish", "7"],
        &["withdraw", "7"],
        &["desk", "correct", "S1-999", "--reason", "twice", "--remove"],
        &["desk", "correct", "D9", "--reason", "twice", "--remove"],
        &["desk", "follow-up", "--referral", "ZZZZ", "--date", "2026-03-12", "--state", "booked"],
        &["desk", "take-back", "--referral", "ZZZZ", "--reason", "twice"],
    ] {
        complains(&desk.run(words), 3, "REG-03", &words);
    }
    complains(&desk.run(&["desk", "access", "--date", "9999-12-31", "--topic", "legal"]), 3, "REG-04", &"the future");
    let early = desk.run(&["release", "make", "--recipient", "funder:A", "--period", "9998-W01"]);
    complains(&early, 3, "RILASCIO-03", &"a period that is not over");
    complains(&desk.run(&["desk", "update"]), 4, "RETE-01", &"no server");
}

#[test]
fn a_place_that_cannot_be_written_costs_nothing() {
    let desk = Desk::new();
    let export = |output: &str| desk.run(&["export", "tally", "--period", "2026-W11", "--output", output]);
    complains(&export("/nowhere/at/all.csv"), 3, "PERCORSO-02", &"no such folder");
    complains(&export("/dev/null/x.csv"), 3, "PERCORSO-02", &"below a file");
    let there = desk.path("there.txt");
    std::fs::write(&there, "mine").unwrap();
    let register = desk.run(&["register", "export", "--output", there.to_str().unwrap()]);
    complains(&register, 2, "PERCORSO-03", &"a register over a file");
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "mine");
    let again = desk.run(&[
        "programme",
        "new",
        "--server",
        "http://127.0.0.1:9",
        "--name",
        "x",
        "--unit",
        "U1",
        "--zone",
        "Z1=x",
        "--operator",
        "OP-A",
        "--server-key",
        &data_encoding::BASE64URL_NOPAD.encode(&[7; 32]),
    ]);
    complains(&again, 3, "TACCUINO-06", &"a programme over a programme");
    let lists = desk.path("lists.json");
    std::fs::write(&lists, "{}").unwrap();
    complains(&desk.run(&["programme", "edit", lists.to_str().unwrap()]), 2, "LISTE-01", &"no lists");
    complains(&desk.run(&["programme", "edit", "/nowhere.json"]), 2, "PERCORSO-01", &"no file");
    complains(&desk.run(&["replay", lists.to_str().unwrap()]), 2, "COPIONE-01", &"no week");
}

#[test]
fn a_full_disk_and_a_reader_that_has_gone_are_told_apart() {
    let desk = common();
    let commands = [
        &["--help"][..],
        &["tally", "--week", "2026-W11"],
        &["programme", "show"],
        &["completions", "bash"],
        &["man"],
        &["doctor", "--offline"],
        &["export", "tally", "--period", "2026-W11"],
    ];
    for words in commands {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = program();
        command.args(words).env("USCITA_HOME", desk.home()).env("USCITA_PASSPHRASE", super::PASSPHRASE);
        let output = command.stdout(full).output().unwrap();
        complains(&output, 3, "PERCORSO-04", &words);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The reader goes before a word is written.
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(error_of(&output).is_empty(), "{words:?}: {}", error_of(&output));
        assert!(matches!(output.status.code(), Some(0..=2)), "{words:?}: {}", output.status);
    }
    // Where nobody can be told, the exit code still tells.
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = program().args(["tally"]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(2));
}
