//! A phone that is lost: revoked, wiped by order, handed in, released; and a signed night that changes only by a
//! *rettifica*.

use super::amendment::{at, close, figure, meet, stage, start, week};
use super::canary::{Wanted, files};
use domain::contact::Gender;
use domain::ids::{OperatorCode, OutingId};
use domain::operation::AmendmentReason;
use domain::sync::manifest::DeviceStatus;
use domain::sync::quarantine::QuarantineVerdict;
use notebook::command::Command;
use notebook::error::{ErrorCode, ErrorView};
use notebook::journal::Journal;
use notebook::view::{
    AmendInput, CellView, DecideInput, DeviceActKind, DeviceReason, DeviceView, DevicesView, Nothing, OutingInput,
    RevokeInput, SendState, SessionState, SignInput, WipeInput, WipeState,
};
use std::path::Path;
use uscita_cli::failure::Failure;
use uscita_cli::play::{Seat, ServerProcess, Stage};

const PASSPHRASE: &str = "una frase lunga e segreta";

/// The night of two phones: one contact by the lead's, two by the member's, which sends nothing.
struct Night {
    stage: Stage,
    outing_id: OutingId,
    _server: ServerProcess,
    _home: tempfile::TempDir,
}

impl Night {
    fn of_two() -> Self {
        let home = tempfile::tempdir().unwrap();
        let (stage, server) = stage(home.path());
        stage.clock.set(at("2026-03-12T20:30:00Z"));
        let (outing_id, code) = start(&stage.lead, None);
        assert_eq!(start(&stage.member, Some(code)).0, outing_id);
        stage.clock.set(at("2026-03-12T21:30:00Z"));
        meet(&stage.lead, Gender::Woman);
        meet(&stage.member, Gender::TransWoman);
        meet(&stage.member, Gender::TransWoman);
        Self { stage, outing_id, _server: server, _home: home }
    }

    /// The lead closes and signs what is there.
    fn sign(&self) {
        self.stage.clock.set(at("2026-03-13T01:45:00Z"));
        close(&self.stage.lead);
        self.stage.clock.set(at("2026-03-13T09:00:00Z"));
        self.send(&self.stage.lead);
        self.stage.step_up().unwrap();
        let sign = SignInput { outing_id: self.outing_id, operator: OperatorCode::new("OP-A"), without: 0 };
        self.stage.lead.ask(Command::SignOff(sign)).unwrap();
        self.send(&self.stage.lead);
    }

    fn send(&self, seat: &Seat) {
        seat.ask(Command::Send(OutingInput { outing_id: self.outing_id })).unwrap();
    }

    /// A locked phone visits the server as its worker would; there is nothing to show.
    fn visit_locked(&self, seat: &Seat) {
        let shown = seat.session().send(OutingInput { outing_id: self.outing_id });
        assert!(shown.is_err(), "nothing is shown of a locked phone");
    }

    fn contacts(&self) -> (CellView, CellView) {
        let week = week(&self.stage);
        (figure(&week, "contacts"), figure(&week, "amendments"))
    }

    fn late(&self) -> u32 {
        self.send(&self.stage.lead);
        self.stage.step_up().unwrap();
        let review = self.stage.lead.session().review(OutingInput { outing_id: self.outing_id }).unwrap();
        review.outing.late
    }

    fn amend(&self) {
        let (outing_id, operator) = (self.outing_id, OperatorCode::new("OP-A"));
        let amend = AmendInput { outing_id, operator, reason: AmendmentReason::LateDevice, without: 0 };
        self.stage.lead.ask(Command::Amend(amend)).unwrap();
        self.send(&self.stage.lead);
    }

    fn devices(&self) -> DevicesView {
        self.stage.desk.session().devices(Nothing {}).unwrap()
    }

    fn release(&self, device: &DeviceView) -> DevicesView {
        let through = device.quarantine.unwrap().through;
        let input = DecideInput { device: device.device, through, verdict: QuarantineVerdict::Release };
        self.stage.desk.session().decide_quarantine(input).unwrap()
    }
}

/// The member's phone in a list.
fn member(view: &DevicesView) -> DeviceView {
    view.devices.iter().find(|device| device.role == domain::sync::manifest::Role::Member).unwrap().clone()
}

fn entries(folder: &Path) -> u64 {
    Journal::open(folder).unwrap().len().unwrap()
}

fn code(refused: Result<DevicesView, ErrorView>) -> ErrorCode {
    refused.unwrap_err().code
}

#[test]
fn lost_phone_that_is_handed_in_changes_a_signed_night_only_by_an_amendment() {
    let night = Night::of_two();
    let (desk, phone) = (&night.stage.desk, &night.stage.member);
    night.sign();
    assert_eq!(night.contacts(), (CellView::Shown(1), CellView::Shown(0)));

    let lost = member(&night.devices());
    assert_eq!((lost.status, lost.name.starts_with('D')), (DeviceStatus::Active, true));
    let revoke = RevokeInput { device: lost.device, reason: DeviceReason::Lost };
    let view = desk.session().revoke_device(revoke).unwrap();
    assert!(view.published && view.error.is_none());
    assert_eq!((member(&view).status, view.acts[0].kind), (DeviceStatus::Revoked, DeviceActKind::Revoke));
    assert_eq!(code(desk.session().revoke_device(revoke)), ErrorCode::WrongState, "not twice");

    // It turns up. It may hand in, is told so, and gets no receipt; saving goes on.
    night.stage.clock.set(at("2026-03-14T09:00:00Z"));
    let told = phone.session().send(OutingInput { outing_id: night.outing_id }).unwrap();
    assert_eq!((told.error, told.received), (Some(ErrorCode::Revoked), 0));
    assert_ne!(told.state, SendState::Received);
    assert!(phone.session().standing(Nothing {}).unwrap().revoked);
    meet(phone, Gender::Woman);
    night.send(phone);
    assert_eq!(phone.session().status(Nothing {}).unwrap().state, SessionState::Open, "revoked is not wiped");

    assert_eq!((night.late(), night.contacts()), (0, (CellView::Shown(1), CellView::Shown(0))), "nothing came through");
    let held = member(&night.devices());
    assert_eq!(u64::from(held.quarantine.unwrap().operations), entries(&phone.folder));
    let view = night.release(&held);
    assert_eq!(member(&view).quarantine, None);
    assert_eq!(
        (view.acts[0].kind, view.acts[0].operations),
        (DeviceActKind::Release, Some(held.quarantine.unwrap().operations))
    );

    assert!(night.late() >= 4, "opening, stop and three contacts of the second phone");
    assert_eq!(night.contacts(), (CellView::Shown(1), CellView::Shown(0)), "late, and counted by nobody yet");
    night.amend();
    assert_eq!(night.contacts(), (CellView::Shown(4), CellView::Shown(1)), "a rettifica");
}

#[test]
fn what_the_desk_drops_never_reaches_anybody() {
    let night = Night::of_two();
    let desk = night.stage.desk.session();
    let lost = member(&night.devices());
    desk.revoke_device(RevokeInput { device: lost.device, reason: DeviceReason::Stolen }).unwrap();
    night.send(&night.stage.member);
    let through = member(&night.devices()).quarantine.unwrap().through;
    let input = DecideInput { device: lost.device, through, verdict: QuarantineVerdict::Drop };
    let view = desk.decide_quarantine(input).unwrap();
    assert_eq!((member(&view).quarantine, view.acts[0].kind), (None, DeviceActKind::Drop));
    let dropped = member(&view).dropped.unwrap();
    let take_back = DecideInput { through: dropped.through, verdict: QuarantineVerdict::TakeBack, ..input };
    let view = desk.decide_quarantine(take_back).unwrap();
    assert_eq!((member(&view).dropped, view.acts[0].kind), (None, DeviceActKind::TakeBack));
    assert_eq!(member(&view).quarantine.map(|waits| waits.operations), Some(dropped.operations));
    desk.decide_quarantine(input).unwrap();
    night.sign();
    assert_eq!((night.late(), night.contacts().0), (0, CellView::Shown(1)));
}

#[test]
fn locked_phone_hands_in_destroys_its_keys_by_order_and_confirms() {
    let night = Night::of_two();
    let (desk, phone) = (night.stage.desk.session(), &night.stage.member);
    phone.session().lock(Nothing {}).unwrap();
    let written = entries(&phone.folder);
    let lost = member(&night.devices());
    let order = |reason, passphrase: &str| {
        desk.order_wipe(WipeInput { device: lost.device, reason, passphrase: passphrase.into() })
    };
    assert_eq!(code(order(DeviceReason::Lost, "un’altra frase lunga")), ErrorCode::WrongSecret);
    assert_eq!(code(order(DeviceReason::Left, PASSPHRASE)), ErrorCode::InvalidInput, "only for a lost phone");
    assert_eq!(member(&night.devices()).status, DeviceStatus::Active, "nothing was ordered");
    assert_eq!(night.devices().acts.len(), 0);
    let view = order(DeviceReason::Lost, PASSPHRASE).unwrap();
    assert_eq!(member(&view).wipe, Some(WipeState::Ordered));

    // Nobody unlocks it any more. The next contact is enough.
    night.visit_locked(phone);
    assert_eq!(phone.session().status(Nothing {}).unwrap().state, SessionState::Absent);
    for gone in ["notebook.db", "notebook.db-wal", "journal.db"] {
        assert!(!phone.folder.join(gone).exists(), "{gone}");
    }
    let left: Vec<_> = std::fs::read_dir(&phone.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("keyfile")), "{left:?}");
    assert_eq!(entries(&phone.folder.join("former-1")), written, "the sealed journal stays");
    let wanted = Wanted::new(["trans_woman", "street_night", "contact_saved"].into_iter());
    for path in files(&phone.folder) {
        assert_eq!(wanted.first_in(&std::fs::read(&path).unwrap()), None, "readable in {}", path.display());
    }
    let handed_in = member(&night.devices());
    assert_eq!(u64::from(handed_in.quarantine.unwrap().operations), written, "handed in before the keys went");
    assert_eq!(handed_in.wipe, Some(WipeState::Ordered), "and not confirmed before");

    phone.session().send_formers();
    let confirmed = member(&night.devices());
    assert_eq!(confirmed.wipe, Some(WipeState::Confirmed));
    phone.session().send_formers();

    // Everything comes back: the night is whole without the phone.
    night.release(&confirmed);
    night.send(&night.stage.lead);
    night.sign();
    assert_eq!(night.contacts(), (CellView::Shown(3), CellView::Shown(0)));
}

#[test]
fn open_phone_obeys_at_its_next_contact_and_a_desk_orders_nothing_about_itself() {
    let night = Night::of_two();
    let (desk, phone) = (night.stage.desk.session(), &night.stage.member);
    let view = night.devices();
    let own = view.devices.iter().find(|device| device.own).unwrap().device;
    let order =
        |device| desk.order_wipe(WipeInput { device, reason: DeviceReason::Lost, passphrase: PASSPHRASE.into() });
    assert_eq!(code(order(own)), ErrorCode::WrongState);
    order(member(&view).device).unwrap();
    let gone = phone.ask(Command::Send(OutingInput { outing_id: night.outing_id }));
    assert!(matches!(gone, Err(Failure::Notebook(error)) if error.code == ErrorCode::Locked));
    assert_eq!(phone.session().status(Nothing {}).unwrap().state, SessionState::Absent);
    phone.session().send_formers();
    assert_eq!(member(&night.devices()).wipe, Some(WipeState::Confirmed));
}

#[test]
fn renewed_manifest_lasts_thirty_days_more_and_reaches_the_phones() {
    let night = Night::of_two();
    night.stage.clock.set(at("2026-03-30T09:00:00Z"));
    let days = |seat: &Seat| seat.session().standing(Nothing {}).unwrap().expires_in_days.unwrap();
    let before = days(&night.stage.member);
    assert!((0..30).contains(&before), "{before}");
    let view = night.stage.desk.session().renew_manifest(Nothing {}).unwrap();
    assert_eq!((view.expires_in_days, view.published), (30, true));
    night.send(&night.stage.member);
    assert_eq!(days(&night.stage.member), 30);
}
