//! A programme begun in the window, a second desk that signs, and a desk begun anew from the sheet: over a real server.

use super::amendment::at;
use super::programs::server;
use domain::contact::TargetGroup;
use domain::desk_record::{DeskTopic, MinutesBand};
use domain::ids::ZoneCode;
use domain::programme::Zone;
use domain::sync::manifest::{DeviceStatus, Role};
use notebook::command::Command;
use notebook::error::ErrorCode;
use notebook::founding::FoundingStep;
use notebook::session::{Seat as SeatKind, Session};
use notebook::view::{
    ApproveInput, CheckSheetInput, DeviceReason, EnrolInput, EnrolmentInput, FinishInput, FoundInput, FoundListsInput,
    FoundProgrammeInput, FoundingView, InviteInput, ListsInput, NoteOfficeInput, Nothing, OfficeEntry, OfficeInput,
    PublishTrouble, RecoverInput, RevokeInput, ServerInput, SessionState, UnlockInput,
};
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;
use uscita_cli::play::{SceneClock, Seat, ServerProcess, ServerSite, part, runtime};

const FIRST: &str = "quattro parole qualsiasi insieme";
const SECOND: &str = "una seconda frase tutta sua";

fn desk(folder: &Path, clock: &SceneClock, runtime: &Arc<Runtime>) -> Seat {
    Seat::open(folder, SeatKind::Desk, clock.for_device(), runtime).unwrap()
}

fn zone(code: &str, min_expected: u16) -> Zone {
    let label = format!("Quartiere {code}");
    Zone { code: ZoneCode::new(code), label, district: None, in_municipality: true, min_expected }
}

/// The words that a sheet asks for, and all of them in one text.
fn copy_sheet(session: &Session) -> (Vec<String>, String) {
    let sheet = session.recovery_sheet(Nothing {}).unwrap();
    let asked = sheet.places.iter().map(|place| sheet.words[usize::from(*place) - 1].to_lowercase()).collect();
    (asked, sheet.words.join(" "))
}

fn lists(zones: Vec<Zone>) -> FoundListsInput {
    let operators = ["a1", "B2"].map(str::to_owned).to_vec();
    let (k, base_period) = (domain::disclosure::Threshold::DEFAULT, domain::programme::BasePeriod::Week);
    FoundListsInput { zones, operators, k, base_period, coordinator_phone: None }
}

fn start(site: &ServerSite, founding: &FoundingView) -> ServerProcess {
    site.start(&founding.lines.admin_key, &founding.lines.programme.to_string()).unwrap()
}

/// A programme with its first desk, its server, and the words of its sheet.
struct Office {
    home: tempfile::TempDir,
    clock: SceneClock,
    runtime: Arc<Runtime>,
    first: Seat,
    site: ServerSite,
    _server: ServerProcess,
    words: String,
}

impl Office {
    fn begin() -> Self {
        let home = tempfile::tempdir().unwrap();
        let clock = SceneClock::at(at("2026-03-12T09:00:00Z"));
        let runtime = runtime().unwrap();
        let folder = home.path().join("first");
        let first = desk(&folder, &clock, &runtime);
        let session = first.session();
        let weak = session.found(FoundInput { passphrase: "corta".into(), minor_steps: Vec::new() });
        assert_eq!(weak.unwrap_err().code, ErrorCode::WeakSecret);
        let made = session.found(FoundInput { passphrase: FIRST.into(), minor_steps: vec!["Restate".into()] });
        assert_eq!(made.unwrap().state, SessionState::Founding);
        let again = session.found(FoundInput { passphrase: FIRST.into(), minor_steps: Vec::new() });
        assert_eq!(again.unwrap_err().code, ErrorCode::AlreadyExists);
        let (name, orgs) = ("Strada sicura".to_owned(), vec!["Associazione".to_owned(), "Cooperativa".to_owned()]);
        let said = session.found_programme(FoundProgrammeInput { name, orgs, unit: "bs-u1".into() }).unwrap();
        assert_eq!((said.step, said.faults.len(), said.orgs.len()), (FoundingStep::Server, 0, 2));
        // The window is closed in the middle.
        drop(first);
        let first = desk(&folder, &clock, &runtime);
        let session = first.session();
        assert_eq!(session.unlock(UnlockInput { pin: FIRST.into() }).unwrap().state, SessionState::Founding);

        let site = ServerSite::new(Some(&server()), home.path().join("server")).unwrap();
        let key = site.public_key().unwrap();
        let bad = session.choose_server(ServerInput { text: Some("buongiorno".into()) });
        assert_eq!(bad.unwrap_err().code, ErrorCode::BadInvitation);
        let text = Some(format!("{key}\n{}\n", site.url()));
        let away = session.choose_server(ServerInput { text: text.clone() }).unwrap();
        assert_eq!((away.server, away.error), (Some(site.url()), Some(ErrorCode::Unreachable)), "kept all the same");
        let founding = session.founding(Nothing {}).unwrap();
        let process = start(&site, &founding);
        assert_eq!(session.choose_server(ServerInput { text }).unwrap().error, None);

        let (asked, words) = copy_sheet(session);
        let wrong = CheckSheetInput { words: asked.iter().rev().cloned().collect() };
        assert!(!session.check_sheet(wrong).unwrap().right);
        assert!(session.check_sheet(CheckSheetInput { words: asked }).unwrap().right);
        assert_eq!(session.recovery_sheet(Nothing {}).unwrap_err().code, ErrorCode::NotFound, "on paper only");
        let early = session.finish_founding(FinishInput { later: true });
        assert_eq!(early.unwrap_err().code, ErrorCode::WrongState);
        let thin = session.found_lists(lists(vec![zone("Z1", 4)])).unwrap();
        assert_eq!((thin.step, thin.faults.len()), (FoundingStep::Lists, 1));
        let whole = session.found_lists(lists(vec![zone("Z1", 5), zone("Z2", 8)])).unwrap();
        assert_eq!((whole.step, whole.faults.len()), (FoundingStep::Publish, 0));
        let end = session.finish_founding(FinishInput { later: false }).unwrap();
        assert_eq!((end.trouble, end.over), (None, true));
        assert_eq!(session.status(Nothing {}).unwrap().state, SessionState::Open);
        let devices = session.devices(Nothing {}).unwrap();
        assert!(devices.published && devices.has_server && devices.error.is_none());
        Self { home, clock, runtime, first, site, _server: process, words }
    }

    fn note(&self, seat: &Seat) {
        let date = self.clock.now().date_naive();
        let (topic, target_group, minutes_band) = (DeskTopic::Legal, TargetGroup::Person, MinutesBand::ALL[0]);
        let entry = OfficeEntry::Access { date, topic, target_group, minutes_band };
        seat.session().note_office(NoteOfficeInput { office: OfficeInput { week: None }, entry }).unwrap();
        seat.session().desk_update(Nothing {}).unwrap();
    }

    /// Long enough for everybody to ask for the manifest again.
    fn later(&self) {
        self.clock.set(self.clock.now() + chrono::TimeDelta::minutes(20));
    }

    fn noted(seat: &Seat) -> usize {
        seat.session().desk_update(Nothing {}).unwrap();
        seat.session().office(OfficeInput { week: None }).unwrap().rows.len()
    }

    /// Another desk, through ten characters and six words.
    fn join(&self, role: Role) -> Seat {
        let code = self.first.session().invite_device(InviteInput { role, unit: None, typed: true }).unwrap();
        let seat = desk(&self.home.path().join("second"), &self.clock, &self.runtime);
        let input = EnrolInput { server: code.server, code: code.spoken.unwrap(), pin: SECOND.into() };
        let shown: Vec<String> = part(&seat.ask(Command::Enrol(input)).unwrap(), "/words").unwrap();
        let waiting = self.first.session().pending_devices(Nothing {}).unwrap().devices;
        assert_eq!(waiting[0].words, shown);
        self.first.session().approve_device(ApproveInput { device: waiting[0].device }).unwrap();
        let view = seat.session().enrolment_status(EnrolmentInput { words_match: true }).unwrap();
        assert_eq!((view.state, view.role), (SessionState::Open, Some(role)));
        seat
    }

    /// Signs lists with one zone more, without looking at the server before.
    fn add_zone(seat: &Seat, code: &str) {
        let before = seat.session().lists(Nothing {}).unwrap();
        let mut lists = before.lists.clone();
        lists.zones.push(zone(code, 6));
        let after = seat.session().change_lists(ListsInput { base: before.base, lists }).unwrap();
        assert!(after.published && after.error.is_none(), "{:?}", after.error);
    }

    fn zones(seat: &Seat) -> Vec<String> {
        seat.session().desk_update(Nothing {}).unwrap();
        let lists = seat.session().lists(Nothing {}).unwrap().lists;
        lists.zones.iter().map(|zone| zone.code.to_string()).collect()
    }
}

#[test]
fn a_second_desk_reads_what_came_before_and_signs_beside_the_first() {
    let office = Office::begin();
    office.note(&office.first);
    let second = office.join(Role::Admin);
    assert_eq!(Office::noted(&second), 1, "sealed before it was there");
    office.note(&second);
    assert_eq!(Office::noted(&office.first), 2);

    // Both sign without having seen the other's change.
    Office::add_zone(&office.first, "Z3");
    Office::add_zone(&second, "Z4");
    office.later();
    let (first, second_zones) = (Office::zones(&office.first), Office::zones(&second));
    for code in ["Z1", "Z2", "Z3", "Z4"] {
        assert!(first.iter().any(|zone| zone == code) && second_zones.iter().any(|zone| zone == code), "{code}");
    }

    // The second enrols a third one, and revokes it; the first knows.
    let session = second.session();
    let code = session.invite_device(InviteInput { role: Role::Coordinator, unit: None, typed: true }).unwrap();
    let third = desk(&office.home.path().join("third"), &office.clock, &office.runtime);
    let input = EnrolInput { server: code.server, code: code.spoken.unwrap(), pin: SECOND.into() };
    third.ask(Command::Enrol(input)).unwrap();
    let device = session.pending_devices(Nothing {}).unwrap().devices[0].device;
    session.approve_device(ApproveInput { device }).unwrap();
    third.session().enrolment_status(EnrolmentInput { words_match: true }).unwrap();
    assert_eq!(Office::noted(&third), 2);
    assert!(!third.session().devices(Nothing {}).unwrap().may_sign);
    session.revoke_device(RevokeInput { device, reason: DeviceReason::Replaced }).unwrap();
    office.later();
    office.first.session().desk_update(Nothing {}).unwrap();
    let known = office.first.session().devices(Nothing {}).unwrap();
    let found = known.devices.iter().find(|known| known.device == device).unwrap();
    assert_eq!(found.status, DeviceStatus::Revoked);
}

#[test]
fn a_lost_desk_goes_on_from_the_sheet_and_a_copy_of_the_server() {
    let office = Office::begin();
    office.note(&office.first);
    let copies = office.home.path().join("copies");
    std::fs::create_dir(&copies).unwrap();
    for name in ["mailbox.db", "mailbox.db-wal"] {
        let source = office.site.folder.join(name);
        if source.exists() {
            std::fs::copy(source, copies.join(name)).unwrap();
        }
    }
    // Written after the copy was made: the server has it.
    office.note(&office.first);
    let lost = office.first.session().devices(Nothing {}).unwrap().devices[0].device;

    let again = desk(&office.home.path().join("again"), &office.clock, &office.runtime);
    let session = again.session();
    let folder = copies.display().to_string();
    let recover = |words: &str, folder: &str| {
        session.recover_programme(RecoverInput {
            passphrase: SECOND.into(),
            words: words.to_owned(),
            folder: folder.to_owned(),
        })
    };
    let misread = office.words.replacen(office.words.split(' ').nth(4).unwrap(), "QWERTY", 1);
    assert_eq!(recover(&misread, &folder).unwrap().wrong_word, Some(5));
    let other: String = vec!["ABACO"; 24].join(" ");
    assert_eq!(recover(&other, &folder).unwrap_err().code, ErrorCode::WrongWords);
    let empty = office.home.path().join("empty").display().to_string();
    assert_eq!(recover(&office.words, &empty).unwrap_err().code, ErrorCode::NothingFound);
    assert_eq!(session.status(Nothing {}).unwrap().state, SessionState::Absent, "nothing was begun");

    let came = recover(&office.words, &folder).unwrap();
    assert_eq!((came.session.state, came.wrong_word, came.unread.len()), (SessionState::Founding, None, 0));
    assert!(came.opened >= 1);
    let founding = session.founding(Nothing {}).unwrap();
    assert_eq!(
        (founding.step, founding.recovered, founding.name.as_str()),
        (FoundingStep::Server, true, "Strada sicura")
    );
    let text = Some(format!("{} {}", office.site.url(), office.site.public_key().unwrap()));
    assert_eq!(session.choose_server(ServerInput { text }).unwrap().error, None);
    let (asked, words) = copy_sheet(session);
    assert_ne!(words, office.words, "a new sheet");
    assert!(session.check_sheet(CheckSheetInput { words: asked }).unwrap().right);
    let end = session.finish_founding(FinishInput { later: false }).unwrap();
    assert_eq!((end.trouble, end.over), (None, true), "{:?}", end.error);
    assert_eq!(Office::noted(&again), 2, "of before and after the copy");
    session.revoke_device(RevokeInput { device: lost, reason: DeviceReason::Lost }).unwrap();
    assert_eq!(Office::noted(&again), 2);
    let end = office.first.session().desk_update(Nothing {}).unwrap();
    assert_eq!(end.error, Some(ErrorCode::Revoked));
    office.note(&again);
    assert_eq!(Office::noted(&again), 3);
}

#[test]
fn a_programme_may_begin_without_a_server() {
    let home = tempfile::tempdir().unwrap();
    let clock = SceneClock::at(at("2026-03-12T09:00:00Z"));
    let seat = desk(home.path(), &clock, &runtime().unwrap());
    let session = seat.session();
    session.found(FoundInput { passphrase: FIRST.into(), minor_steps: Vec::new() }).unwrap();
    let programme = FoundProgrammeInput { name: "Prova".into(), orgs: Vec::new(), unit: "U1".into() };
    session.found_programme(programme).unwrap();
    assert_eq!(session.choose_server(ServerInput { text: None }).unwrap().server, None);
    let (asked, _) = copy_sheet(session);
    session.check_sheet(CheckSheetInput { words: asked }).unwrap();
    session.found_lists(lists(vec![zone("Z1", 5)])).unwrap();
    let end = session.finish_founding(FinishInput { later: false }).unwrap();
    assert_eq!((end.trouble, end.over), (Some(PublishTrouble::NoServer), true));
    let devices = session.devices(Nothing {}).unwrap();
    assert_eq!((devices.has_server, devices.error), (false, Some(ErrorCode::NoServer)));
    let invited = session.invite_device(InviteInput { role: Role::Coordinator, unit: None, typed: true });
    assert_eq!(invited.unwrap_err().code, ErrorCode::NoServer);

    let site = ServerSite::new(Some(&server()), home.path().join("server")).unwrap();
    let text = Some(format!("{}\n{}", site.url(), site.public_key().unwrap()));
    let _process = site.start(&devices.lines.admin_key, &devices.lines.programme.to_string()).unwrap();
    assert_eq!(session.choose_server(ServerInput { text: text.clone() }).unwrap().error, None);
    let devices = session.devices(Nothing {}).unwrap();
    assert!(devices.has_server && devices.published && devices.error.is_none());
    assert_eq!(session.choose_server(ServerInput { text }).unwrap_err().code, ErrorCode::WrongState, "phones know it");
}
