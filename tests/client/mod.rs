//! The client, the session and the desk against the real server over HTTP.

mod gone;
mod keys;
mod pull;
mod restored;
mod server;
mod turns;

use crate::simulation::programme::{ITEMS, OPERATORS, UNIT, ZONES, programme};
use domain::contact::Gender;
use domain::ids::{ItemCode, OperatorCode, OutingId, ProgrammeId, UnitId, ZoneCode};
use domain::observation::ObservationReason;
use domain::outing::{CrewMember, CrewRole, OutingType};
use domain::sync::manifest::Role;
use notebook::crypto::DataKey;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::seal::SealIdentity;
use notebook::entropy::{Entropy, Moment};
use notebook::error::ErrorCode;
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::programme_new::{NewProgramme, create_programme};
use notebook::session::{Session, SessionSetup};
use notebook::sync::client::{HttpClient, ServerAddress};
use notebook::sync::enrol_desk::{NewCode, announce, approve, list_pending, publish};
use notebook::sync::fault::Fault;
use notebook::sync::invitation::CodeForm;
use notebook::sync::visit::{Purpose, Visitor};
use notebook::sync::wire::{Call, Method, Transport, WireRequest, read};
use notebook::view::{
    EnrolInput, EnrolmentInput, ItemCount, Nothing, ObservationInput, OutingInput, SeatView, SendState, SessionState,
    SessionView, StartInput, TonightView, UnlockInput,
};
use server::{Server, now, stranger};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;

const PIN: &str = "739164";

/// A desk, a server on a port, and room for phones.
struct Office {
    folder: TempDir,
    desk: Notebook,
    server: Server,
    address: String,
    /// What the recovery words stand for.
    recovery: SealIdentity,
}

impl Office {
    fn new() -> Self {
        let port = Server::free_port();
        Self::at(port, format!("http://127.0.0.1:{port}"))
    }

    /// With a server on a port that phones reach by this address.
    fn at(port: u16, address: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let new = NewProgramme {
            programme: programme(ProgrammeId(Uuid::from_u128(77))),
            server: address.clone(),
            server_key: uscita_server::state::init(&data).unwrap(),
            alias_key: None,
        };
        let desk_dir = folder.path().join("desk");
        std::fs::create_dir(&desk_dir).unwrap();
        let mut entropy = Entropy::system();
        let key = DataKey::generate(&mut entropy).unwrap();
        let mut created = create_programme(&desk_dir, &key, new, Moment::at(now()), entropy).unwrap();
        let server = Server::start(data, &created.invitation.admin_key.0, created.invitation.programme, port);
        let client = HttpClient::new(&ServerAddress::parse(&address).unwrap()).unwrap();
        publish(&mut created.notebook, &client, Moment::at(now())).unwrap();
        let recovery = SealIdentity::from_text(created.recovery.as_text()).unwrap();
        Self { folder, desk: created.notebook, server, address, recovery }
    }

    fn client(&self) -> HttpClient {
        HttpClient::new(&ServerAddress::parse(&self.address).unwrap()).unwrap()
    }

    fn code(&mut self, role: Role, form: CodeForm) -> NewCode {
        let client = self.client();
        let unit = Some(UnitId::new(UNIT));
        announce(&mut self.desk, &client, role, unit, form, Moment::at(now())).unwrap()
    }

    fn phone(&self, name: &str) -> Arc<Session> {
        Session::open(SessionSetup {
            data_dir: self.folder.path().join(name),
            share_dir: self.folder.path().join("shared"),
            seat: SeatView::Phone,
            clock: Arc::new(|| Moment::at(now())),
            entropy: Entropy::system(),
            binder: Arc::new(FileBinder::new(&self.folder.path().join(format!("{name}-keys")))),
        })
        .unwrap()
    }

    /// A phone that is enrolled, and open.
    fn enrolled(&mut self, name: &str, role: Role) -> Arc<Session> {
        let code = self.code(role, CodeForm::Qr);
        let phone = self.phone(name);
        let input = EnrolInput { server: String::new(), code: code.qr.unwrap(), pin: PIN.into() };
        phone.enrol(input).unwrap();
        self.approve_all();
        assert_eq!(ask(&phone, true).state, SessionState::Open);
        phone
    }

    fn approve_all(&mut self) {
        let client = self.client();
        for pending in list_pending(&mut self.desk, &client, Moment::at(now())).unwrap() {
            approve(&mut self.desk, &client, pending.device, Moment::at(now())).unwrap();
        }
    }
}

/// Asks whether the desk has signed.
fn ask(phone: &Session, words_match: bool) -> SessionView {
    phone.enrolment_status(EnrolmentInput { words_match }).unwrap()
}

fn start_outing(phone: &Session) -> OutingId {
    let started = phone.start_outing(StartInput {
        outing_type: OutingType::StreetNight,
        crew: OPERATORS.map(|code| CrewMember { operator: OperatorCode::new(code), role: CrewRole::Operator }).to_vec(),
        bag: vec![ItemCount { item: ItemCode::new(ITEMS[0]), quantity: 40 }],
        zones: vec![ZoneCode::new(ZONES[0])],
        short_crew: None,
        partner_code: None,
    });
    match started.unwrap() {
        TonightView::Open(night) => night.outing_id,
        TonightView::Start(_) => panic!("the outing is open"),
    }
}

fn see_somebody(phone: &Session) {
    let input =
        ObservationInput { reason: ObservationReason::Busy, n: 2, gender: Gender::NotRecorded, apparent_minor: 0 };
    phone.save_observation(input).unwrap();
}

#[test]
fn enrols_with_ten_characters_and_the_same_six_words_on_both_sides() {
    let mut office = Office::new();
    let code = office.code(Role::Lead, CodeForm::Typed);
    assert_eq!(code.qr, None, "fifty bits do not belong into a picture");
    let phone = office.phone("phone");
    assert_eq!(phone.status(Nothing {}).unwrap().state, SessionState::Absent);
    let typed = code.spoken.unwrap().to_lowercase();
    let input = EnrolInput { server: office.address.clone(), code: typed, pin: PIN.into() };
    let shown = phone.enrol(input).unwrap();
    assert_eq!(shown.state, SessionState::Enrolling);
    assert_eq!(ask(&phone, true).state, SessionState::Enrolling, "nobody has signed yet");

    let client = office.client();
    let pending = list_pending(&mut office.desk, &client, Moment::at(now())).unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!((pending[0].words.clone(), pending[0].role), (shown.words, Role::Lead));
    assert_eq!(pending[0].words.len(), 6);
    approve(&mut office.desk, &client, pending[0].device, Moment::at(now())).unwrap();
    assert_eq!(list_pending(&mut office.desk, &client, Moment::at(now())).unwrap(), []);

    let open = ask(&phone, true);
    assert_eq!((open.state, open.role), (SessionState::Open, Some(Role::Lead)));
    phone.lock(Nothing {}).unwrap();
    assert_eq!(phone.unlock(UnlockInput { pin: PIN.into() }).unwrap().state, SessionState::Open);
}

#[test]
fn takes_no_manifest_before_the_words_are_confirmed() {
    let mut office = Office::new();
    let code = office.code(Role::Lead, CodeForm::Typed).spoken.unwrap();
    let phone = office.phone("phone");
    phone.enrol(EnrolInput { server: office.address.clone(), code, pin: PIN.into() }).unwrap();
    office.approve_all();

    let shown = ask(&phone, false);
    assert_eq!((shown.state, shown.words.len()), (SessionState::Enrolling, 6));
    // No other command takes the manifest in either.
    let outing_id = OutingId(Uuid::nil());
    phone.send(OutingInput { outing_id }).ok();
    assert_eq!(phone.status(Nothing {}).unwrap().state, SessionState::Enrolling);
    phone.lock(Nothing {}).unwrap();
    assert_eq!(phone.unlock(UnlockInput { pin: PIN.into() }).unwrap().state, SessionState::Enrolling);

    assert_eq!(ask(&phone, true).state, SessionState::Open);
}

#[test]
fn begins_anew_with_another_code_when_a_word_differed() {
    let mut office = Office::new();
    let first = office.code(Role::Lead, CodeForm::Typed).spoken.unwrap();
    let phone = office.phone("phone");
    assert_eq!(phone.restart_enrolment(Nothing {}).unwrap_err().code, ErrorCode::Locked, "nothing to begin anew");
    let input = EnrolInput { server: office.address.clone(), code: first, pin: PIN.into() };
    let unconfirmed = phone.enrol(input).unwrap();

    let second = office.code(Role::Lead, CodeForm::Qr).qr.unwrap();
    let again = EnrolInput { server: String::new(), code: second, pin: "905283".into() };
    assert_eq!(phone.enrol(again.clone()).unwrap_err().code, ErrorCode::AlreadyExists);
    assert_eq!(phone.restart_enrolment(Nothing {}).unwrap().state, SessionState::Absent);
    let moved = office.folder.path().join("phone/former-1");
    assert!(moved.join("notebook.db").exists() && moved.join("journal.db").exists(), "nothing is deleted");

    let shown = phone.enrol(again).unwrap();
    assert_ne!(shown.words, unconfirmed.words, "other keys, other words");
    office.approve_all();
    assert_eq!(ask(&phone, true).state, SessionState::Open);
    assert_eq!(phone.restart_enrolment(Nothing {}).unwrap_err().code, ErrorCode::WrongState, "it is in use");
    start_outing(&phone);
    see_somebody(&phone);
    assert_eq!(phone.restart_enrolment(Nothing {}).unwrap_err().code, ErrorCode::WrongState);
}

#[test]
fn refuses_a_wrong_code_and_an_invitation_of_another_admin() {
    let mut office = Office::new();
    let phone = office.phone("phone");
    let wrong = EnrolInput { server: office.address.clone(), code: "00000-00000".into(), pin: PIN.into() };
    assert_eq!(phone.enrol(wrong).unwrap_err().code, ErrorCode::CodeSpent);
    let weak = EnrolInput { server: office.address.clone(), code: "00000-00000".into(), pin: "111111".into() };
    assert_eq!(phone.enrol(weak).unwrap_err().code, ErrorCode::WeakSecret);

    // A server that shows a manifest of its own making cannot satisfy the admin key of the QR.
    let qr = office.code(Role::Member, CodeForm::Qr).qr.unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD.decode(qr.strip_prefix("uscita:").unwrap().as_bytes()).unwrap();
    let mut inside: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    inside["admin_key"] = data_encoding::BASE64URL_NOPAD.encode(&[9; 32]).into();
    let code = format!("uscita:{}", data_encoding::BASE64URL_NOPAD.encode(inside.to_string().as_bytes()));
    let input = EnrolInput { server: String::new(), code, pin: PIN.into() };
    assert_eq!(phone.enrol(input).unwrap_err().code, ErrorCode::BadManifest);
    assert_eq!(phone.status(Nothing {}).unwrap().state, SessionState::Absent, "nothing was made");
}

#[test]
fn shows_received_on_a_receipt_and_waiting_while_the_server_is_away() {
    let mut office = Office::new();
    let phone = office.enrolled("phone", Role::Member);
    let outing_id = start_outing(&phone);
    see_somebody(&phone);
    let before = phone.send_status(OutingInput { outing_id }).unwrap();
    assert_eq!((before.state, before.received, before.observations), (SendState::Local, 0, 1));

    office.server.stop();
    let away = phone.send(OutingInput { outing_id }).unwrap();
    assert_eq!((away.state, away.error), (SendState::Waiting, Some(ErrorCode::Unreachable)));

    office.server.restart();
    let sent = phone.send(OutingInput { outing_id }).unwrap();
    assert_eq!((sent.state, sent.received, sent.error), (SendState::Received, sent.total, None));
    assert!(sent.total >= 2 && sent.backed_up == 0 && sent.received_at.is_some());

    let mut visitor = Visitor::new(Entropy::system());
    let client = office.client();
    let end = visitor.visit(&mut office.desk, &client, &|| Moment::at(now()), Purpose::Asked).unwrap();
    assert_eq!(end.trouble, None);
    let backed_up = phone.send(OutingInput { outing_id }).unwrap();
    assert_eq!(backed_up.backed_up, backed_up.total, "the desk holds a copy now");
    assert!(office.server.data().join("mailbox.db").exists());
}

#[test]
fn sends_by_itself_also_while_locked() {
    let mut office = Office::new();
    let phone = office.enrolled("phone", Role::Member);
    start_outing(&phone);
    see_somebody(&phone);
    phone.lock(Nothing {}).unwrap();
    phone.start_sending().unwrap();
    let journal = Journal::open(&office.folder.path().join("phone")).unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let state = journal.state().unwrap();
        assert!(state.total >= 2);
        if state.stored == state.total {
            break;
        }
        assert!(Instant::now() < deadline, "the worker has sent {} of {}", state.stored, state.total);
        std::thread::yield_now();
    }
    assert_eq!(phone.status(Nothing {}).unwrap().state, SessionState::Locked, "and it is still locked");
}

#[test]
fn tells_a_sign_in_page_and_a_redirect_from_a_server() {
    for answer in [
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\nconnection: close\r\n\r\n<html>",
        "HTTP/1.1 302 Found\r\nlocation: http://login.example/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    ] {
        let (address, thread) = stranger(answer, 1);
        let client = HttpClient::new(&ServerAddress::parse(&address).unwrap()).unwrap();
        let (method, path) = Call::Health.target();
        let reply = client.exchange(&WireRequest::new(method, path, Vec::new()));
        let answer = reply.and_then(|reply| read(Call::Health, &reply, &[]));
        assert_eq!(answer, Err(Fault::CaptivePortal));
        thread.join().unwrap();
    }
}

#[test]
fn does_not_speak_to_who_has_no_certificate_and_says_when_nobody_is_there() {
    let (address, thread) = stranger("", 0);
    thread.join().unwrap();
    let request = WireRequest::new(Method::Get, "/v1/health", Vec::new());
    let nobody = HttpClient::new(&ServerAddress::parse(&address).unwrap()).unwrap();
    assert_eq!(nobody.exchange(&request), Err(Fault::Unreachable));

    let mut office = Office::new();
    let over_tls = office.address.replace("http://", "https://");
    let client = HttpClient::new(&ServerAddress::parse(&over_tls).unwrap()).unwrap();
    assert!(client.exchange(&request).is_err(), "plain HTTP does not answer a TLS greeting");
    office.server.stop();
}
