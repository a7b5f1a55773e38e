//! `uscita devices`, the program itself, against a real server: what a coordinator without a window does about a phone.

use super::amendment::{at, meet, stage, start};
use super::programs::uscita;
use domain::contact::Gender;
use notebook::view::{Nothing, OutingInput};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PASSPHRASE: &str = "una frase lunga e segreta";

fn ask(home: &Path, words: &str) -> Output {
    let mut command = Command::new(uscita());
    command.arg("devices").args(words.split(' ')).arg("--home").arg(home);
    command.env("USCITA_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output().unwrap()
}

fn said(home: &Path, words: &str) -> String {
    let output = ask(home, words);
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The line about a device.
fn line<'a>(list: &'a str, name: &str) -> &'a str {
    list.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap()
}

#[test]
fn lost_phone_is_revoked_released_dropped_and_wiped_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (stage, _server) = stage(folder.path());
    stage.clock.set(at("2026-03-12T20:30:00Z"));
    let (outing_id, _) = start(&stage.member, None);
    let hand_in = || {
        meet(&stage.member, Gender::Woman);
        stage.member.session().send(OutingInput { outing_id }).unwrap()
    };
    hand_in();
    let names = stage.desk.session().devices(Nothing {}).unwrap();
    let member = names.devices.iter().find(|device| device.role == domain::sync::manifest::Role::Member).unwrap();
    let name = member.name.clone();
    // One at a time holds a notebook.
    stage.desk.session().lock(Nothing {}).unwrap();
    let desk = stage.desk.folder.as_path();

    let list = said(desk, "list");
    assert!(list.contains("questo sportello") && !line(&list, &name).contains("revocato"), "{list}");
    assert!(!ask(desk, "revoke D9 --reason lost").status.success(), "nobody of that name");
    assert!(!ask(desk, &format!("release {name}")).status.success(), "nothing is there to release");
    let list = said(desk, &format!("revoke {name} --reason lost"));
    assert!(line(&list, &name).contains("revocato"), "{list}");

    hand_in();
    let list = said(desk, "list");
    assert!(line(&list, &name).contains("una registrazione in quarantena"), "{list}");
    let list = said(desk, &format!("release {name}"));
    assert!(!line(&list, &name).contains("quarantena") && !line(&list, &name).contains("in attesa"), "{list}");
    assert!(list.contains("rilascio dalla quarantena · una registrazione"), "{list}");
    stage.lead.session().send(OutingInput { outing_id }).unwrap();

    hand_in();
    let list = said(desk, &format!("drop {name}"));
    assert!(!line(&list, &name).contains("quarantena") && list.contains("scarto dalla quarantena"), "{list}");

    let code = folder.path().join("code");
    std::fs::write(&code, "un\u{2019}altra frase lunga\n").unwrap();
    let wipe = format!("wipe {name} --reason stolen --confirm-file {}", code.display());
    assert!(!ask(desk, &wipe).status.success(), "a wipe asks for the passphrase again");
    std::fs::write(&code, format!("{PASSPHRASE}\n")).unwrap();
    assert!(line(&said(desk, &wipe), &name).contains("cancellazione ordinata"));
    assert!(said(desk, "renew").contains("Il manifesto scade fra"));
    let acts = said(desk, "list --acts");
    assert_eq!(acts.lines().filter(|line| line.contains(&format!(" · {name} · "))).count(), 4, "{acts}");
}
