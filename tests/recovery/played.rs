//! A night that was played by real phones, a real server process and a real desk, and what each of them left behind.

use crate::flows::programs::server;
use chrono::{DateTime, Utc};
use domain::ids::DeviceId;
use domain::indicator::Tally;
use domain::time::IsoWeek;
use notebook::command::Command;
use notebook::crypto::seal::SealIdentity;
use notebook::view::Nothing;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use uscita_cli::play::{Secrets, ServerSite, Stage, StageSetup, before, play, programme_of};
use uscita_cli::programme::lists;
use uscita_cli::say::{Language, Say};
use uscita_cli::scenario::Scenario;
use uscita_server::backup::seal::{Recipients, seal};
use zeroize::Zeroizing;

/// What a device saved: by device and place in its journal, as JSON.
pub type Saved = BTreeMap<(DeviceId, u64), Value>;

/// What is left when everybody has gone home: files, and the paper.
pub struct Played {
    /// `lead`, `member`, `desk`, `server`.
    pub home: tempfile::TempDir,
    /// The words on the sheet.
    pub words: String,
    /// The key on the sheet.
    pub key: String,
    /// Every operation of both phones, from the lead's open notebook.
    pub operations: Saved,
    /// The night as a file, from the member's phone: its own operations.
    pub night_file: Vec<u8>,
    /// A batch of the member's journal, as a server gets it.
    pub batch: Vec<u8>,
    /// Every entry of the desk, from its open notebook.
    pub entries: Saved,
    /// The desk's exact week.
    pub tally: Tally,
    /// Name of the programme in its sealed lists.
    pub programme: String,
}

/// The week of the night.
pub const WEEK: &str = "2026-W11";

impl Played {
    /// The server's database as a backup of it leaves its host: sealed to the paper.
    pub fn seal_backup(&self, target: &Path) {
        let folder = tempfile::tempdir().unwrap();
        let plain = folder.path().join("mailbox.db");
        copy_database(&self.path("server/mailbox.db"), &plain);
        let copy = rusqlite::Connection::open(&plain).unwrap();
        copy.pragma_update(None, "journal_mode", "DELETE").unwrap();
        drop(copy);
        let recipients = Recipients::parse(&[SealIdentity::from_text(&self.key).unwrap().recipient()]).unwrap();
        seal(&recipients, None, &plain, target).unwrap();
    }

    /// Plays the night.
    pub fn new() -> Self {
        let say = Say::new(Language::It);
        let fault = |failure: uscita_cli::failure::Failure| -> ! { panic!("{}", failure.message(&say)) };
        let scenario = Scenario::read(&night().to_string(), &lists()).unwrap();
        let home = tempfile::tempdir().unwrap();
        let site = ServerSite::new(Some(&server()), home.path().join("server")).unwrap();
        let secrets = Secrets {
            pin: Zeroizing::new("739164".to_owned()),
            review_pin: Zeroizing::new("60381947".to_owned()),
            passphrase: Zeroizing::new("una frase lunga e segreta".to_owned()),
        };
        let setup = StageSetup {
            home: home.path(),
            server: site.url(),
            server_key: site.public_key().unwrap(),
            alias_key: None,
            secrets,
            now: before(&scenario),
        };
        let programme = programme_of(&scenario, |zone| zone.to_string()).unwrap();
        let name = programme.name.clone();
        let mut process = None;
        let stage = Stage::set_up(setup, programme, |admin_key, programme| {
            process = Some(site.start(admin_key, &programme.to_string())?);
            Ok(())
        });
        let stage = stage.unwrap_or_else(|failure| fault(failure));
        let report = play(&stage, &scenario, DateTime::<Utc>::MAX_UTC, |_| {});
        let tally = report.unwrap_or_else(|failure| fault(failure)).tally;
        let lead = stage.open_notebook(&stage.lead, &stage.secrets.pin).unwrap_or_else(|failure| fault(failure));
        let outings = lead.list_outings().unwrap();
        let operations = outings.iter().flat_map(|outing| lead.operations_of(outing.id()).unwrap());
        let operations =
            operations.map(|one| ((one.device, one.sequence), serde_json::to_value(&one).unwrap())).collect();
        drop(lead);
        stage.member.ask(Command::Lock(Nothing {})).unwrap_or_else(|failure| fault(failure));
        let member = stage.open_notebook(&stage.member, &stage.secrets.pin).unwrap_or_else(|failure| fault(failure));
        let night_file = member.night_file(outings[0].id()).unwrap().to_bytes().unwrap();
        let batch = member.journal().batch_after(0, 64, 256 * 1024).unwrap().unwrap();
        drop(member);
        let entries = stage.desk.session().at_desk(|desk, _| desk.list_desk_entries()).unwrap();
        let entries =
            entries.iter().map(|one| ((one.device, one.sequence), serde_json::to_value(&one.envelope).unwrap()));
        Self {
            words: stage.recovery.as_words().to_owned(),
            key: stage.recovery.as_text().to_owned(),
            operations,
            night_file,
            batch: serde_json::to_vec(&batch).unwrap(),
            entries: entries.collect(),
            tally,
            programme: name,
            home,
        }
    }

    /// A folder or file of a device or of the server.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The week that was played.
    pub fn week(&self) -> IsoWeek {
        WEEK.parse().unwrap()
    }
}

/// Copies a database as a person would: the file, and what lies beside it.
pub fn copy_database(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    std::fs::copy(from, to).unwrap();
    let beside = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    if beside(from).exists() {
        std::fs::copy(beside(from), beside(to)).unwrap();
    }
}

fn night() -> Value {
    let contact = |id: &str, device: &str, alias: &str| {
        json!({
            "id": id, "mode": "individual", "device": device, "zone": "Z1", "slot": "22:00", "n_persons": 1,
            "aliases": [alias], "kind": "returning", "gender": "woman", "age_band": "25_34", "nationality": "RO",
            "language": "ro", "depth": "brief", "services": ["rights_info"], "concern": "none_noted",
            "flags": [], "target_group": "person", "leaflets": {}, "supplies": { "condom_ext": 6 },
        })
    };
    json!({
        "iso_week": WEEK, "team": "BS-U1", "k_external": 5,
        "outings": [{
            "id": "O1", "type": "street_night", "crew": ["OP-A", "OP-B"], "km": 60,
            "start": "2026-03-12T21:30:00+01:00", "end": "2026-03-13T02:45:00+01:00",
            "reviewed_at": "2026-03-13T10:20:00+01:00",
            "contacts": [
                contact("C1", "D1", "AIRONE-12"), contact("C2", "D2", "LUNA-07"), contact("C3", "D2", "ABACO-44"),
            ],
            "observations": [{ "id": "P1", "zone": "Z1", "gender": "woman", "n": 2, "reason": "refused" }],
        }],
        "referrals": [
            { "id": "R1", "opened": "2026-03-12", "alias": "LUNA-07", "service": "sti_clinic",
              "urgency": "routine", "events": [["2026-03-12", "proposed"], ["2026-03-13", "handed_over"]] },
        ],
        "incidents": [],
        "desk": [{ "date": "2026-03-13", "topic": "legal" }],
    })
}
