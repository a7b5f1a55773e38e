//! A desk worker's PC: it notes what day staff do, shows what was noted on it, and answers nothing else.

use super::desk_args::desk_args;
use super::team::{PIN, copy_keyfile, entries, evening, programme};
use domain::sync::Stream;
use domain::sync::chain::Bytes;
use domain::sync::manifest::Role;
use domain::sync::night_log::DeskEntry;
use notebook::command::Command;
use notebook::crypto::DataKey;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::error::ErrorCode;
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, create_programme};
use notebook::session::{Seat, Session, SessionSetup};
use notebook::view::{Nothing, UnlockInput};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

/// What such a PC answers of what desks are asked. The rest is refused.
const ITS_OWN: [&str; 10] = [
    "desk_update",
    "desk_frame",
    "count_some",
    "board",
    "advance_at_desk",
    "open_at_desk",
    "take_back_step",
    "office",
    "note_office",
    "correct_office",
];

/// What every desk answers, whoever opens it: it tells nothing of the programme. A notebook that is there stays.
const OF_ANY_DESK: [&str; 4] = ["desk_progress", "weigh_passphrase", "found", "recover_programme"];

struct Place {
    coordinator: Notebook,
    worker: Arc<Session>,
    root: TempDir,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let moment = Moment::at(evening());
        let [admin, worker] = ["admin", "worker"].map(|name| root.path().join(name));
        for dir in [&admin, &worker] {
            std::fs::create_dir(dir).unwrap();
        }
        let new = NewProgramme {
            programme: programme(),
            server: "http://127.0.0.1:9".into(),
            server_key: Bytes(vec![9; 32]),
            alias_key: None,
        };
        let key = DataKey::generate(&mut Entropy::system()).unwrap();
        let created = create_programme(&admin, &key, new, moment, Entropy::system()).unwrap();
        let mut coordinator = created.notebook;
        let key = copy_keyfile(&worker);
        let mut notebook = Notebook::create(&worker, &key, &created.invitation, Entropy::system()).unwrap();
        let keys = notebook.identity().public();
        let add = ManifestChange::AddDevice { keys, role: Role::DeskWorker, unit: None };
        notebook.apply_manifest(&coordinator.sign_manifest(vec![add], moment).unwrap()).unwrap();
        assert!(notebook.alias_key("2026-03-01".parse().unwrap()).is_err(), "it could not tell persons apart");
        let told = notebook.programme().unwrap();
        assert!(told.operators.is_empty() && told.zones.is_empty(), "nor who goes out, and where");
        drop(notebook);
        let session = Session::open(SessionSetup {
            data_dir: worker.clone(),
            share_dir: worker.join("shared"),
            seat: Seat::Desk,
            clock: Arc::new(|| Moment::at(evening())),
            entropy: Entropy::system(),
            binder: Arc::new(FileBinder::new(&worker)),
        });
        let worker = session.unwrap();
        worker.unlock(UnlockInput { pin: PIN.into() }).unwrap();
        Self { coordinator, worker, root }
    }

    async fn ask(&self, name: &str, args: Value) -> Result<Value, ErrorCode> {
        let command: Command = serde_json::from_value(json!({ "name": name, "args": args })).unwrap();
        self.worker.handle(command).await.map_err(|error| error.code)
    }
}

#[tokio::test]
async fn answers_what_day_staff_note_and_refuses_every_other_command_of_the_desk() {
    let place = Place::new();
    let mut refused = 0;
    for name in Command::names() {
        let Some(args) = desk_args(&name) else { continue };
        if OF_ANY_DESK.contains(&name.as_str()) {
            continue;
        }
        match place.ask(&name, args).await {
            Err(ErrorCode::NotAllowed) => {
                refused += 1;
                assert!(!ITS_OWN.contains(&name.as_str()), "{name} is its own");
            }
            _ => assert!(ITS_OWN.contains(&name.as_str()), "{name} is not day staff's"),
        }
    }
    assert!(refused >= 30, "only {refused} commands were refused");
}

#[tokio::test]
async fn what_it_notes_is_shown_to_it_and_counted_by_the_coordinator() {
    let mut place = Place::new();
    place.ask("note_office", desk_args("note_office").unwrap()).await.unwrap();
    let mut referral = desk_args("open_at_desk").unwrap();
    referral["date"] = json!("2026-03-11");
    place.ask("open_at_desk", referral).await.unwrap();
    place.worker.lock(Nothing {}).unwrap();

    let sent = entries(&place.root.path().join("worker"), Stream::NightLog);
    assert_eq!(sent.len(), 2);
    for envelope in &sent {
        assert_eq!(place.coordinator.ingest(envelope, Moment::at(evening())).unwrap().new, 1);
    }
    let held = place.coordinator.list_desk_entries().unwrap();
    assert!(held.iter().any(|stored| matches!(stored.envelope.entry, DeskEntry::Event(_))));
    assert!(held.iter().any(|stored| matches!(stored.envelope.entry, DeskEntry::ReferralOpened(_))));
}
