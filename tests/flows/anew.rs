//! *Ripartire da zero* (`docs/server.md`): the server is lost with all its disks and its key, another begins with an empty
//! folder at the same address, the office types one command, and the phones go on. The programs are the real ones.

use super::amendment::{at, close, figure, meet, stage_again, start, week};
use super::programs::uscita;
use domain::contact::Gender;
use domain::ids::OperatorCode;
use notebook::command::Command as Asked;
use notebook::view::{CellView, Nothing, OutingInput, SignInput, UnlockInput};
use std::process::{Command, Stdio};
use uscita_cli::play::Seat;

const PASSPHRASE: &str = "una frase lunga e segreta";

/// What the office types, with the key that `uscita-server init` wrote.
fn publish(desk: &Seat, server_key: &str) {
    desk.session().lock(Nothing {}).unwrap();
    let mut command = Command::new(uscita());
    command.args(["programme", "publish", "--server-key", server_key, "--home"]).arg(&desk.folder);
    let output = command.env("USCITA_PASSPHRASE", PASSPHRASE).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    desk.ask(Asked::Unlock(UnlockInput { pin: PASSPHRASE.to_owned() })).unwrap();
}

#[test]
fn phones_go_on_with_a_server_that_began_anew_with_another_key() {
    let home = tempfile::tempdir().unwrap();
    let (stage, server, begin) = stage_again(home.path());
    let (lead, member, clock) = (&stage.lead, &stage.member, &stage.clock);
    clock.set(at("2026-03-12T20:30:00Z"));
    let (outing_id, code) = start(lead, None);
    assert_eq!(start(member, Some(code)).0, outing_id);
    let send = |seat: &Seat| seat.ask(Asked::Send(OutingInput { outing_id })).unwrap();
    clock.set(at("2026-03-12T21:30:00Z"));
    meet(lead, Gender::Woman);
    meet(member, Gender::TransWoman);
    send(member);
    send(lead);
    let of_before = stage.desk.session().devices(Nothing {}).unwrap();
    assert!(of_before.devices.iter().any(|device| device.stored > 0), "the old server had something");

    drop(server);
    std::fs::remove_dir_all(&begin.site.folder).unwrap();
    clock.set(at("2026-03-12T23:00:00Z"));
    meet(member, Gender::TransWoman);
    std::fs::create_dir_all(&begin.site.folder).unwrap();
    let key = begin.site.public_key().unwrap();
    let _server = begin.start();
    publish(&stage.desk, &key);

    // The night goes on as any other.
    meet(member, Gender::Woman);
    clock.set(at("2026-03-13T01:45:00Z"));
    close(lead);
    close(member);
    clock.set(at("2026-03-13T09:00:00Z"));
    for seat in [member, lead, member, lead] {
        send(seat);
    }
    stage.step_up().unwrap();
    lead.ask(Asked::SignOff(SignInput { outing_id, operator: OperatorCode::new("OP-A"), without: 0 })).unwrap();
    send(lead);
    assert_eq!(figure(&week(&stage), "contacts"), CellView::Shown(4), "from before and from after");
    let devices = stage.desk.session().devices(Nothing {}).unwrap();
    assert!(devices.error.is_none() && devices.published);
    for device in devices.devices.iter().filter(|device| device.unit.is_some()) {
        assert!(device.stored > 0 && !device.forked, "{}", device.name);
    }
}
