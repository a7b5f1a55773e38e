use super::*;
use crate::crypto::binder::FileBinder;
use crate::crypto::{KdfParams, NewSecret, keyfile};
use crate::entropy::Moment;
use crate::programme_new::{ManifestChange, NewProgramme, create_programme};
use crate::session::SessionSetup;
use crate::session::sending::SessionHold;
use crate::sync::visit::{Hands, Hold};
use crate::view::{
    CardInput, ContactInput, DetailsInput, NightView, OutingInput, SendState, SessionState, StartInput, StepUpInput,
    TonightView, UnlockInput,
};
use domain::contact::{ContactKind, Gender, TargetGroup};
use domain::ids::OperatorCode;
use domain::outing::{CrewMember, CrewRole, OutingType};
use domain::sync::chain::Bytes;
use domain::sync::manifest::Role;
use std::net::TcpListener;
use std::sync::Arc;
use tempfile::TempDir;

/// The real PIN; unlike the one that everybody knows.
const REAL_PIN: &str = "830591";

/// A lead's phone that is enrolled with a server that only listens.
struct Phone {
    session: Arc<Session>,
    server: TcpListener,
    home: TempDir,
}

impl Phone {
    fn enrolled() -> Self {
        let home = tempfile::tempdir().unwrap();
        let server = TcpListener::bind("127.0.0.1:0").unwrap();
        server.set_nonblocking(true).unwrap();
        let moment = Moment::at(chrono::Utc::now());
        let mut entropy = Entropy::system();
        let desk_dir = home.path().join("desk");
        std::fs::create_dir(&desk_dir).unwrap();
        let new = NewProgramme {
            programme: crate::fixture::programme(),
            server: format!("http://{}", server.local_addr().unwrap()),
            server_key: Bytes(vec![9; 32]),
            alias_key: None,
        };
        let desk_key = DataKey::generate(&mut entropy).unwrap();
        let made = create_programme(&desk_dir, &desk_key, new, moment, Entropy::system()).unwrap();
        let mut desk = made.notebook;
        let dir = home.path().join("phone");
        std::fs::create_dir(&dir).unwrap();
        let pin = NewSecret::pin(REAL_PIN).unwrap();
        let key = keyfile::UNLOCK.create(&dir, &pin, KdfParams::FLOOR, &FileBinder::new(&dir), &mut entropy).unwrap();
        let mut notebook = Notebook::create(&dir, &key, &made.invitation, Entropy::system()).unwrap();
        let unit = desk.programme().unwrap().units[0].id.clone();
        let add = ManifestChange::AddDevice { keys: notebook.identity().public(), role: Role::Lead, unit: Some(unit) };
        notebook.apply_manifest(&desk.sign_manifest(vec![add], moment).unwrap()).unwrap();
        drop(notebook);
        let session = Session::open(SessionSetup {
            data_dir: dir.clone(),
            share_dir: dir.join("shared"),
            seat: Seat::Phone,
            clock: Arc::new(|| Moment::at(chrono::Utc::now())),
            entropy: Entropy::system(),
            binder: Arc::new(FileBinder::new(&dir)),
        })
        .unwrap();
        let phone = Self { session, server, home };
        phone.unlock(REAL_PIN).unwrap();
        phone
    }

    fn unlock(&self, pin: &str) -> std::result::Result<SessionView, ErrorView> {
        self.session.unlock(UnlockInput { pin: pin.into() })
    }

    fn dir(&self) -> PathBuf {
        self.home.path().join("phone")
    }

    fn nobody_called(&self) {
        let called = self.server.accept().map(drop).map_err(|error| error.kind());
        assert_eq!(called, Err(std::io::ErrorKind::WouldBlock), "somebody called the server");
    }

    /// A night with one contact.
    fn night(&self) -> NightView {
        let TonightView::Start(start) = self.session.tonight(Nothing {}).unwrap() else { panic!("open already") };
        let member = |code: &str| CrewMember { operator: OperatorCode::new(code), role: CrewRole::Operator };
        let input = StartInput {
            outing_type: OutingType::StreetNight,
            crew: vec![member("OP-A"), member("OP-B")],
            short_crew: None,
            bag: Vec::new(),
            zones: vec![start.zones[0].code.clone()],
            partner_code: None,
        };
        self.session.start_outing(input).unwrap();
        let base = CardInput {
            gender: Gender::Woman,
            kind: ContactKind::Returning,
            target_group: TargetGroup::Person,
            n_persons: 1,
        };
        let card = self.session.open_card(base.clone()).unwrap().card;
        let contact = ContactInput { card, base, handouts: Vec::new(), details: DetailsInput::default() };
        match self.session.save_contact(contact).unwrap() {
            TonightView::Open(night) => *night,
            TonightView::Start(_) => panic!("not open"),
        }
    }
}

#[test]
fn practises_on_another_notebook_and_leaves_the_real_one_as_it_was() {
    let phone = Phone::enrolled();
    let real = phone.night();
    let entered = phone.session.enter_training(Nothing {}).unwrap();
    assert_eq!((entered.state, entered.role), (SessionState::Open, Some(Role::Lead)));
    let length = crate::journal::Journal::open(&phone.dir()).unwrap().len().unwrap();

    let practised = phone.night();
    assert_ne!(practised.outing_id, real.outing_id);
    assert_eq!(practised.persons, 1);
    assert!(phone.session.send_status(OutingInput { outing_id: real.outing_id }).unwrap().total == 0);

    let left = phone.session.leave_training(Nothing {}).unwrap();
    assert_eq!((left.state, left.training.is_none()), (SessionState::Locked, true));
    assert!(!phone.dir().join(training::FOLDER).exists());
    assert_eq!(crate::journal::Journal::open(&phone.dir()).unwrap().len().unwrap(), length);
    phone.unlock(REAL_PIN).unwrap();
    let TonightView::Open(night) = phone.session.tonight(Nothing {}).unwrap() else { panic!("the outing is gone") };
    assert_eq!((night.outing_id, night.persons), (real.outing_id, 1));
}

#[test]
fn sends_nothing_of_a_training() {
    let phone = Phone::enrolled();
    phone.session.enter_training(Nothing {}).unwrap();
    let night = phone.night();
    let sent = phone.session.send(OutingInput { outing_id: night.outing_id }).unwrap();
    assert_eq!((sent.state, sent.received, sent.error), (SendState::Local, 0, None));
    assert!(sent.total > 0);
    phone.nobody_called();
    assert!(phone.session.export_night(OutingInput { outing_id: night.outing_id }).is_err(), "not as a file either");
    assert!(!phone.dir().join("shared").exists());
    // The worker has nothing to do either: the real journal is empty, the other is not looked at.
    let wants_to_visit = |minutes| phone.session.wants_to_visit(std::time::Duration::from_mins(minutes)).unwrap();
    assert!(!wants_to_visit(5));
    assert!(wants_to_visit(60), "but it asks now and then whether this phone is to be wiped");
    let practised = phone.session.inner().notebook.as_ref().unwrap().device();
    let mut holder = SessionHold::new(&phone.session);
    let sent_from = holder
        .hold(|hands| {
            assert!(matches!(hands, Hands::Locked(_)), "as while the phone is locked");
            Ok(hands.journal().device())
        })
        .unwrap();
    assert_eq!(sent_from, crate::journal::Journal::open(&phone.dir()).unwrap().device());
    assert_ne!(sent_from, practised, "what is sent is the real journal");
}

#[test]
fn opens_again_after_the_lock_with_the_pin_that_is_shown_and_with_no_other() {
    let phone = Phone::enrolled();
    let shown = phone.session.enter_training(Nothing {}).unwrap().training.unwrap();
    phone.night();
    let locked = phone.session.lock(Nothing {}).unwrap();
    assert_eq!((locked.state, locked.wait_seconds), (SessionState::Locked, 0));
    assert!(locked.training.is_some(), "the lock says that it is a training");
    assert!(phone.unlock(REAL_PIN).is_err(), "the real PIN is not for here");
    assert_eq!(phone.unlock(&shown.pin).unwrap().state, SessionState::Open);
    assert!(matches!(phone.session.tonight(Nothing {}).unwrap(), TonightView::Open(_)));
    phone.session.step_up(StepUpInput { pin: shown.review_pin }).unwrap();
    assert!(phone.session.outings(Nothing {}).unwrap().len() == 1);
    phone.session.leave_training(Nothing {}).unwrap();
    assert!(phone.unlock(&shown.pin).is_err(), "and opens nothing real");
}

#[test]
fn begins_anew_each_time() {
    let phone = Phone::enrolled();
    phone.session.enter_training(Nothing {}).unwrap();
    phone.night();
    let again = phone.session.enter_training(Nothing {}).unwrap();
    assert!(again.training.is_some());
    assert!(matches!(phone.session.tonight(Nothing {}).unwrap(), TonightView::Start(_)));
}

#[test]
fn refuses_without_an_open_notebook() {
    let phone = Phone::enrolled();
    phone.session.lock(Nothing {}).unwrap();
    assert!(phone.session.enter_training(Nothing {}).is_err(), "whoever cannot unlock the phone cannot use it");
    assert_eq!(phone.session.leave_training(Nothing {}).unwrap().state, SessionState::Locked);
}

#[test]
fn stays_with_the_real_notebook_when_the_folder_is_not_a_trainings() {
    let phone = Phone::enrolled();
    let folder = phone.dir().join(training::FOLDER);
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("notebook.db"), "somebody's").unwrap();
    assert!(phone.session.enter_training(Nothing {}).is_err());
    let status = phone.session.status(Nothing {}).unwrap();
    assert_eq!((status.state, status.training.is_none()), (SessionState::Open, true));
    assert_eq!(std::fs::read(folder.join("notebook.db")).unwrap(), b"somebody's");
}
