//! Lists changed at the desk, a phone and a second desk enrolled from its window, and the register of all that: over a
//! real server.

use super::amendment::{at, meet, stage, start};
use super::programs::uscita;
use domain::contact::Gender;
use domain::ids::{NationalityCode, UnitId, ZoneCode};
use domain::programme::Zone;
use domain::sync::manifest::Role;
use notebook::command::Command;
use notebook::error::ErrorCode;
use notebook::session::Seat as SeatKind;
use notebook::view::{
    ApproveInput, DeedView, EnrolInput, EnrolmentInput, InviteInput, ListsInput, Nothing, OutingInput, RegisterInput,
    RegisterPart,
};
use serde_json::Value;
use std::path::Path;
use uscita_cli::play::{Seat, Stage, part, runtime};

const PASSPHRASE: &str = "una frase lunga e segreta";

/// A device that was never seen, through code and six words.
fn enrol(stage: &Stage, folder: &Path, kind: SeatKind, role: Role, secret: &str) -> Seat {
    let desk = stage.desk.session();
    let unit = matches!(role, Role::Member | Role::Lead).then(|| UnitId::new("BS-U1"));
    let code = desk.invite_device(InviteInput { role, unit, typed: true }).unwrap();
    let seat = Seat::open(folder, kind, stage.clock.for_device(), &runtime().unwrap()).unwrap();
    let input = EnrolInput { server: code.server, code: code.spoken.unwrap(), pin: secret.to_owned() };
    let shown: Vec<String> = part(&seat.ask(Command::Enrol(input)).unwrap(), "/words").unwrap();
    let waiting = desk.pending_devices(Nothing {}).unwrap().devices;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].role, &waiting[0].words), (role, &shown));
    let devices = desk.approve_device(ApproveInput { device: waiting[0].device }).unwrap();
    assert!(devices.published && devices.devices.iter().any(|device| device.device == waiting[0].device));
    let view = seat.ask(Command::EnrolmentStatus(EnrolmentInput { words_match: true })).unwrap();
    assert_eq!(part::<String>(&view, "/state").unwrap(), "open");
    seat
}

/// Z9 is new, Peru is no longer offered.
fn change_lists(desk: &Seat) -> u64 {
    let before = desk.session().lists(Nothing {}).unwrap();
    let mut lists = before.lists.clone();
    let (code, label) = (ZoneCode::new("Z9"), "Fiera".to_owned());
    lists.zones.push(Zone { code, label, district: None, in_municipality: true, min_expected: 9 });
    let peru = lists.nationalities.iter().position(|entry| entry.code == NationalityCode::new("PE")).unwrap();
    lists.retired.nationalities.push(lists.nationalities.remove(peru));
    let input = ListsInput { base: before.base.clone(), lists: lists.clone() };
    let preview = desk.session().check_lists(input.clone()).unwrap();
    assert_eq!((preview.differences.len(), preview.faults.len()), (2, 0));
    let after = desk.session().change_lists(input.clone()).unwrap();
    assert!(after.published && after.error.is_none());
    assert_eq!(after.manifest, before.manifest + 1);
    let again = desk.session().change_lists(input).unwrap_err();
    assert_eq!(again.code, ErrorCode::WrongState, "these are not the lists in force any more");
    after.manifest
}

fn offers(view: &Value) -> (bool, bool) {
    let text = view.to_string();
    (text.contains("\"Fiera\""), text.contains("\"PE\""))
}

#[test]
fn phones_and_a_second_desk_take_over_lists_that_the_desk_has_changed() {
    let home = tempfile::tempdir().unwrap();
    let (stage, _server) = stage(home.path());
    stage.clock.set(at("2026-03-12T20:30:00Z"));
    let second = enrol(&stage, &home.path().join("second"), SeatKind::Desk, Role::Coordinator, PASSPHRASE);
    let third = enrol(&stage, &home.path().join("third"), SeatKind::Phone, Role::Member, "739164");
    let (outing_id, _) = start(&stage.member, None);
    meet(&stage.member, Gender::Woman);
    let tonight = |seat: &Seat| offers(&seat.ask(Command::Tonight(Nothing {})).unwrap());
    assert_eq!(tonight(&stage.member), (false, true));

    let number = change_lists(&stage.desk);
    stage.member.session().send(OutingInput { outing_id }).unwrap();
    assert_eq!(tonight(&stage.member), (true, false));
    let (other_outing, _) = start(&third, None);
    third.session().send(OutingInput { outing_id: other_outing }).unwrap();
    assert_eq!(tonight(&third), (true, false), "a phone enrolled from the window is one like any other");

    second.ask(Command::DeskUpdate(Nothing {})).unwrap();
    let seen = second.session().lists(Nothing {}).unwrap();
    assert_eq!((seen.manifest, seen.may_sign), (number, false));
    assert!(seen.lists.zones.iter().any(|zone| zone.code == ZoneCode::new("Z9")));
    let refused = second.session().change_lists(ListsInput { base: seen.base, lists: seen.lists }).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "this desk does not sign");
    assert_eq!(second.session().pending_devices(Nothing {}).unwrap_err().code, ErrorCode::NotAllowed);

    for desk in [&stage.desk, &second] {
        let all = RegisterInput { part: RegisterPart::All, before: None };
        let register = desk.session().register(all).unwrap();
        assert_eq!((register.count, register.broken), (4, None), "two devices, a zone, an origin");
        assert!(register.lines.iter().all(|line| line.who == "S1"));
        let lists = desk.session().register(RegisterInput { part: RegisterPart::Lists, before: None }).unwrap();
        let about = |line: &notebook::view::RegisterLineView| match &line.deed {
            DeedView::List { code, .. } => code.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(lists.lines.iter().map(about).collect::<Vec<_>>(), ["PE", "Z9"]);
    }
}

#[test]
fn device_with_other_words_is_turned_away_and_its_code_is_worth_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (stage, _server) = stage(home.path());
    let desk = stage.desk.session();
    let unit = Some(UnitId::new("BS-U1"));
    let code = desk.invite_device(InviteInput { role: Role::Member, unit: unit.clone(), typed: true }).unwrap();
    let folder = home.path().join("other");
    let seat = Seat::open(&folder, SeatKind::Phone, stage.clock.for_device(), &runtime().unwrap()).unwrap();
    let input = EnrolInput { server: code.server, code: code.spoken.unwrap(), pin: "739164".to_owned() };
    seat.ask(Command::Enrol(input)).unwrap();
    let device = desk.pending_devices(Nothing {}).unwrap().devices[0].device;
    assert!(desk.turn_away_device(ApproveInput { device }).unwrap().devices.is_empty());
    assert_eq!(desk.approve_device(ApproveInput { device }).unwrap_err().code, ErrorCode::NotFound);
    let drawn = desk.invite_device(InviteInput { role: Role::Member, unit, typed: false }).unwrap();
    assert!(drawn.spoken.is_none() && drawn.qr.is_some_and(|qr| qr.size > 40 && qr.path.starts_with('M')));
    let wrong = InviteInput { role: Role::Member, unit: None, typed: true };
    assert_eq!(desk.invite_device(wrong).unwrap_err().code, ErrorCode::InvalidInput);
}

fn ask(home: &Path, words: &[&str]) -> (bool, String) {
    let mut command = std::process::Command::new(uscita());
    command.args(words).arg("--home").arg(home).env("USCITA_PASSPHRASE", PASSPHRASE);
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

#[test]
fn lists_are_shown_and_changed_from_the_command_line() {
    let home = tempfile::tempdir().unwrap();
    let (stage, _server) = stage(home.path());
    stage.desk.session().lock(Nothing {}).unwrap();
    let desk = stage.desk.folder.as_path();
    let (done, shown) = ask(desk, &["programme", "show"]);
    assert!(done, "{shown}");
    let mut lists: Value = serde_json::from_str(&shown).unwrap();
    let file = home.path().join("lists.json");
    let edit = |lists: &Value, more: &[&str]| {
        std::fs::write(&file, lists.to_string()).unwrap();
        ask(desk, &[&["programme", "edit", file.to_str().unwrap()], more].concat())
    };
    lists["zones"][0]["min_expected"] = 4.into();
    let (done, said) = edit(&lists, &[]);
    assert!(!done && said.contains("meno di 5 persone"), "{said}");
    lists["zones"][0]["min_expected"] = 12.into();
    let (done, said) = edit(&lists, &["--dry-run"]);
    assert!(done && said.contains("5 → 12"), "{said}");
    assert!(ask(desk, &["register"]).1.contains("Nessuna riga"), "nothing was changed");
    let (done, said) = edit(&lists, &[]);
    assert!(done, "{said}");
    let (done, said) = ask(desk, &["register"]);
    assert!(done && said.contains("catena intatta") && said.contains("Z1"), "{said}");
    lists["colour"] = "red".into();
    let (done, said) = edit(&lists, &[]);
    assert!(!done && !said.contains("red"), "an unknown key is refused: {said}");
}
