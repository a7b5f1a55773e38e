//! A desk that pulls much, in a process of its own that is killed on the way: what it has taken in is not asked for again.

use super::server::Server;
use crate::simulation::programme::{UNIT, programme};
use chrono::{Days, NaiveDate, TimeDelta, Utc};
use domain::ids::{OperatorCode, OutingId, ProgrammeId, UnitId};
use domain::outing::{OutingType, Weather};
use domain::sync::Stream;
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA, NightLog, OutingRow};
use domain::sync::push::{Batch, SealedOperation};
use domain::sync::version;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::identity::DeviceIdentity;
use notebook::crypto::seal::{Packing, seal};
use notebook::crypto::{DataKey, KdfParams, NewSecret, keyfile};
use notebook::entropy::{Entropy, Moment};
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, create_programme};
use notebook::sync::client::{HttpClient, ServerAddress};
use notebook::sync::enrol_desk::publish;
use notebook::sync::wire::{Method, Transport, WireRequest};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;
use uuid::Uuid;

const PHRASE: &str = "sportello di prova";
/// More than two pages.
const NIGHTS: u32 = 450;
/// Operations of a batch.
const BATCH: u32 = 64;

/// A desk's folder, and a server that holds the nights of a lead.
struct Office {
    folder: TempDir,
    _server: Server,
    key: DataKey,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let port = Server::free_port();
        let address = format!("http://127.0.0.1:{port}");
        let dir = folder.path().join("desk");
        std::fs::create_dir(&dir).unwrap();
        let mut entropy = Entropy::system();
        let secret = NewSecret::passphrase(PHRASE).unwrap();
        let key =
            keyfile::UNLOCK.create(&dir, &secret, KdfParams::FLOOR, &FileBinder::new(&dir), &mut entropy).unwrap();
        let new = NewProgramme {
            programme: programme(ProgrammeId(Uuid::from_u128(78))),
            server: address.clone(),
            server_key: uscita_server::state::init(&data).unwrap(),
            alias_key: None,
        };
        let moment = || Moment::at(Utc::now());
        let mut created = create_programme(&dir, &key, new, moment(), entropy).unwrap();
        let invitation = created.invitation;
        let server = Server::start_now(data, &invitation.admin_key.0, invitation.programme, port);
        let client = HttpClient::new(&ServerAddress::parse(&address).unwrap()).unwrap();
        let lead = DeviceIdentity::generate(&mut Entropy::system()).unwrap();
        let unit = Some(UnitId::new(UNIT));
        let added = ManifestChange::AddDevice { keys: lead.public(), role: Role::Lead, unit };
        created.notebook.sign_manifest(vec![added], moment()).unwrap();
        publish(&mut created.notebook, &client, moment()).unwrap();
        let manifest = created.notebook.manifest().unwrap();
        let recipients: Vec<&str> = manifest.night_log_recipients().into_iter().collect();
        let mut log = Log { head: genesis(lead.device()), lead, sequence: 0 };
        for first in (0..NIGHTS).step_by(BATCH as usize) {
            log.push(&client, &recipients, first..(first + BATCH).min(NIGHTS));
        }
        created.notebook.lock().unwrap();
        Self { folder, _server: server, key }
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// What the desk holds: copies of all logs, and nights.
    fn holds(&self) -> (u64, usize) {
        let desk = Notebook::open(&self.dir(), &self.key, Entropy::system()).unwrap();
        let copies = desk.list_held_logs().unwrap().iter().map(|log| log.through).sum();
        let nights = desk.list_desk_entries().unwrap();
        let is_night =
            |entry: &&notebook::store::StoredDeskEntry| matches!(entry.envelope.entry, DeskEntry::NightLog(_));
        (copies, nights.iter().filter(is_night).count())
    }
}

/// A lead's log, as its phone would send it.
struct Log {
    lead: DeviceIdentity,
    head: Digest,
    sequence: u64,
}

impl Log {
    fn push(&mut self, client: &HttpClient, recipients: &[&str], nights: std::ops::Range<u32>) {
        let (device, previous) = (self.lead.device(), self.head);
        let operations = nights.map(|night| self.write(recipients, night)).collect();
        let unit = UnitId::new(UNIT);
        let batch = Batch { version: version::CURRENT, unit, device, previous, operations, head: self.head };
        let body = serde_json::to_vec(&batch).unwrap();
        let reply = client.exchange(&WireRequest::new(Method::Post, "/v1/batches", body)).unwrap();
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    }

    fn write(&mut self, recipients: &[&str], night: u32) -> SealedOperation {
        self.sequence += 1;
        let (sequence, stream) = (self.sequence, Stream::NightLog);
        let envelope =
            DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence, entry: DeskEntry::NightLog(night_log(night)) };
        let sealed = seal(recipients, &serde_json::to_vec(&envelope).unwrap(), Packing::Compressed).unwrap();
        self.head = link(self.head, sequence, stream, Digest::of(&sealed));
        let signature = self.lead.sign(&head_message(self.lead.device(), sequence, self.head));
        SealedOperation { sequence, stream, sealed: Bytes(sealed), signature }
    }
}

fn night_log(night: u32) -> NightLog {
    let date = NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(night.into());
    let start_at = date.and_hms_opt(20, 0, 0).unwrap().and_utc();
    NightLog {
        outing: OutingRow {
            id: OutingId(Uuid::from_u128(u128::from(night) + 1)),
            unit: UnitId::new(UNIT),
            outing_type: OutingType::StreetNight,
            date,
            start_at,
            end_at: start_at + TimeDelta::hours(4),
            crew: Vec::new(),
            km: Some(10),
            weather: Weather::Clear,
            cancelled: None,
            reviewed_at: start_at + TimeDelta::hours(12),
            reviewed_by: OperatorCode::new("OP-A"),
        },
        contacts: Vec::new(),
        observations: Vec::new(),
        supplies: Vec::new(),
        leaflets: Vec::new(),
        referrals: Vec::new(),
        follow_ups: Vec::new(),
        accompaniments: Vec::new(),
        incidents: Vec::new(),
        presence: Vec::new(),
        amendments: Vec::new(),
    }
}

/// The desk in a process of its own.
struct Desk {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Desk {
    fn start(dir: &Path, words: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_uscita-memory-test"))
            .arg(dir)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let mut desk = Self { process, input, output };
        desk.tell("unlock", json!({ "pin": PHRASE }));
        assert_eq!(desk.answer()["state"], "open");
        desk
    }

    fn tell(&mut self, name: &str, args: Value) {
        writeln!(self.input, "{}", json!({ "name": name, "args": args })).unwrap();
    }

    fn line(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("the desk says {line:?}"))
    }

    /// The answer of a command, past what is told of pages.
    fn answer(&mut self) -> Value {
        loop {
            let mut line = self.line();
            if line.get("received").is_none() {
                assert!(line.get("ok").is_some(), "{line}");
                return line["ok"].take();
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn a_pull_that_is_killed_on_the_way_goes_on_where_it_was() {
    let office = Office::new();
    let (before, _) = office.holds();

    // Between two pages.
    let mut desk = Desk::start(&office.dir(), &["desk", "hold"]);
    desk.tell("desk_update", json!({}));
    let first = desk.line()["received"].as_u64().unwrap();
    drop(desk);
    let (held, _) = office.holds();
    assert_eq!(held, before + first, "a page that was told of is kept");

    // Somewhere in the next one.
    let mut desk = Desk::start(&office.dir(), &["desk"]);
    desk.tell("desk_update", json!({}));
    desk.line();
    drop(desk);
    let (held, nights) = office.holds();
    assert!(held > before + first && nights > 0);

    let mut desk = Desk::start(&office.dir(), &["desk"]);
    desk.tell("desk_update", json!({}));
    let status = desk.answer();
    assert_eq!(status["error"], Value::Null);
    desk.tell("desk_progress", json!({}));
    let progress = desk.answer();
    drop(desk);
    let (all, nights) = office.holds();
    assert_eq!(nights, NIGHTS as usize);
    assert_eq!(progress["received"].as_u64(), Some(all - held), "nothing that was kept came once more");
    assert_eq!(progress["running"], false);
}
