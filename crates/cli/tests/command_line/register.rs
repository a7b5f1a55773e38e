//! The register as somebody else gets it.

use super::Desk;
use serde_json::Value;

#[test]
fn a_signed_register_is_checked_without_a_notebook_against_the_key_on_paper() {
    let desk = Desk::new();
    let key = desk.founded["admin_key"].as_str().unwrap();
    desk.said(&["export", "tally", "--period=2026-W11", "--output", desk.path("tally.csv").to_str().unwrap()]);
    let file = desk.path("register.txt");
    let path = file.to_str().unwrap();
    let told = desk.json(&["register", "export", "--output", path]);
    assert_eq!((&told["register"]["lines"], &told["register"]["signer"]), (&2.into(), &"admin".into()));
    let lines = desk.json(&["register"]);
    assert_eq!(lines["lines"][0]["deed"]["what"], "register_exported", "that it was given out is in it");

    let nobody = tempfile::tempdir().unwrap();
    let verify = |path: &str, more: &[&str]| {
        super::program().current_dir(nobody.path()).args(["register", "verify", path]).args(more).output().unwrap()
    };
    let whole = verify(path, &["--admin-key", key, "--json"]);
    assert!(whole.status.success(), "{}", super::error_of(&whole));
    assert_eq!(serde_json::from_slice::<Value>(&whole.stdout).unwrap()["register"]["lines"], 2);
    assert!(String::from_utf8(verify(path, &[]).stdout).unwrap().contains(key), "the key to compare");

    let fails = |path: &str, more: &[&str], code: &str| {
        let output = verify(path, more);
        assert_eq!(output.status.code(), Some(2), "{code}");
        assert!(super::error_of(&output).contains(code), "{code}: {}", super::error_of(&output));
    };
    let other = data_encoding::BASE64URL_NOPAD.encode(&[9; 32]);
    fails(path, &["--admin-key", &other], "REGISTRO-04");
    fails(path, &["--admin-key", "x"], "PAROLE-03");
    fails("/nowhere", &[], "PERCORSO-01");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = desk.path("changed.txt");
    let try_with = |text: String, code: &str| {
        std::fs::write(&changed, text).unwrap();
        fails(changed.to_str().unwrap(), &[], code);
    };
    try_with(text.replace("\"format\":\"csv\"", "\"format\":\"pdf\""), "REGISTRO-02");
    try_with(text.replace("Prova", "Altro"), "REGISTRO-03");
    try_with("ciao".to_owned(), "REGISTRO-01");
    let standard = desk.run(&["register", "export"]);
    assert!(standard.stdout.starts_with(b"uscita/registro/1\n"));
}
