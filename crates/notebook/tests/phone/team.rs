//! Two phones of one unit, each a session over real files, and what is carried between them by hand.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::alias::AliasWords;
use domain::contact::{ContactKind, Gender, TargetGroup};
use domain::disclosure::Threshold;
use domain::ids::{ItemCode, KitCode, NationalityCode, OperatorCode, OrgId, OutingId, ProgrammeId, UnitId, ZoneCode};
use domain::outing::{CrewMember, CrewRole, OutingType, Weather};
use domain::programme::{BasePeriod, Item, Kit, MacroArea, Nationality, Org, Policy, Programme, Unit, Zone};
use domain::sync::Stream;
use domain::sync::audit::AuditHead;
use domain::sync::chain::{Bytes, Digest, link};
use domain::sync::manifest::Role;
use domain::sync::pull::{Cursor, Envelope};
use domain::sync::receipt::{Receipt, SignedReceipt, receipt_message};
use domain::sync::version;
use domain::time::{Slot, instant_of, operational_date};
use notebook::crypto::binder::FileBinder;
use notebook::crypto::{DataKey, KdfParams, NewSecret, keyfile};
use notebook::entropy::{Entropy, Moment};
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, create_programme};
use notebook::retention::forget;
use notebook::session::{Seat, Session, SessionSetup};
use notebook::view::{
    CardInput, CloseInput, ContactInput, DetailsInput, HandoutInput, ItemCount, NightView, Nothing, ReviewAccess,
    StartInput, StepUpInput, TonightView, UnlockInput,
};
use ring::signature::{Ed25519KeyPair, KeyPair};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};
use tempfile::TempDir;
use uuid::Uuid;

pub const UNIT: &str = "BS-U1";
pub const PIN: &str = "274916";
pub const REVIEW_PIN: &str = "60381947";

/// One phone: its session, its files and a clock that only the test moves.
pub struct Phone {
    pub session: Arc<Session>,
    pub dir: PathBuf,
    key: DataKey,
    clock: Arc<Mutex<DateTime<Utc>>>,
}

impl Phone {
    pub fn set_clock(&self, at: DateTime<Utc>) {
        *self.clock.lock().unwrap() = at;
    }

    pub fn later(&self, seconds: i64) {
        *self.clock.lock().unwrap() += Duration::seconds(seconds);
    }

    pub fn now(&self) -> DateTime<Utc> {
        *self.clock.lock().unwrap()
    }

    /// The clock at a half-hour of the night that began at `start`.
    pub fn set_slot(&self, start: DateTime<Utc>, slot: Slot) {
        let steps = slot.position_after(start).unwrap();
        self.set_clock(start + Duration::minutes(30 * i64::try_from(steps).unwrap()) + Duration::minutes(1));
    }

    /// The notebook itself, while the session is locked.
    pub fn with_notebook<T>(&self, f: impl FnOnce(&mut Notebook) -> T) -> T {
        self.session.lock(Nothing {}).unwrap();
        let mut notebook = Notebook::open(&self.dir, &self.key, Entropy::system()).unwrap();
        let result = f(&mut notebook);
        drop(notebook);
        self.unlock();
        result
    }

    pub fn unlock(&self) {
        self.session.unlock(UnlockInput { pin: PIN.into() }).unwrap();
    }

    /// The session of a lead who has given the step-up PIN.
    pub fn stepped_up(&self) -> &Session {
        if self.session.status(Nothing {}).unwrap().review != ReviewAccess::Open {
            self.session.step_up(StepUpInput { pin: REVIEW_PIN.into() }).unwrap();
        }
        &self.session
    }

    /// A power cut: the process is gone, the files stay.
    pub fn restarted(self) -> Self {
        let Self { session, dir, key, clock } = self;
        drop(session);
        let session = open_session(&dir, &clock);
        let phone = Self { session, dir, key, clock };
        phone.unlock();
        phone
    }

    /// Another phone with the same files, unlocked. This one is locked.
    pub fn copied(&self, to: &Path) -> Self {
        self.session.lock(Nothing {}).unwrap();
        std::fs::create_dir(to).unwrap();
        for file in std::fs::read_dir(&self.dir).unwrap().map(Result::unwrap) {
            if file.file_type().unwrap().is_file() {
                std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
        let clock = Arc::new(Mutex::new(self.now()));
        let phone = Self { session: open_session(to, &clock), dir: to.to_owned(), key: self.key.clone(), clock };
        phone.unlock();
        phone
    }

    pub fn night(&self) -> NightView {
        open(self.session.tonight(Nothing {}).unwrap())
    }

    /// Opens a card and saves it.
    pub fn save(&self, base: CardInput, handouts: &[(&str, u16)], details: DetailsInput) -> NightView {
        let card = self.session.open_card(base.clone()).unwrap();
        let handouts = handouts
            .iter()
            .map(|(item, quantity)| HandoutInput { item: ItemCode::new(*item), quantity: *quantity, leaflet: None })
            .collect();
        open(self.session.save_contact(ContactInput { card: card.card, base, handouts, details }).unwrap())
    }

    /// The server has everything, with a copy off its host.
    pub fn back_up(&self) {
        let mut journal = Journal::open(&self.dir).unwrap();
        let end = journal.head().unwrap();
        let receipt = Receipt {
            version: version::CURRENT,
            device: journal.device(),
            stored: end.sequence,
            head: end.chain,
            backed_up: end.sequence,
            refused: Vec::new(),
            epoch: 0,
            audit: AuditHead { number: 0, head: Digest([0; 32]) },
            at: self.now(),
        };
        let bytes = serde_json::to_vec(&receipt).unwrap();
        let signature = server().sign(&receipt_message(&bytes)).as_ref().to_vec();
        journal.record_receipt(&SignedReceipt { receipt: Bytes(bytes), signature: Bytes(signature) }).unwrap();
    }

    /// The days pass, and the only night is forgotten; gives the day. The clock stays.
    pub fn forget_in_a_month(&self) -> NaiveDate {
        let (now, later) = (self.now(), self.now() + Duration::days(30));
        self.with_notebook(|notebook| {
            assert!(forget(notebook, Moment::at(now)).unwrap().outings.is_empty(), "found safe today");
            assert_eq!(forget(notebook, Moment::at(later)).unwrap().outings.len(), 1);
        });
        operational_date(later)
    }

    pub fn close(&self) {
        let input = CloseInput { km: Some(61), weather: Weather::Clear, note: None, coordinator_alerted: true };
        self.session.close_outing(input).unwrap();
    }
}

pub fn open(view: TonightView) -> NightView {
    match view {
        TonightView::Open(night) => *night,
        TonightView::Start(_) => panic!("no outing is open"),
    }
}

/// A woman, already known, alone.
pub fn known() -> CardInput {
    CardInput { gender: Gender::Woman, kind: ContactKind::Returning, target_group: TargetGroup::Person, n_persons: 1 }
}

pub fn alias(text: &str) -> DetailsInput {
    DetailsInput { aliases: vec![text.parse().unwrap()], ..DetailsInput::default() }
}

/// The unit's two phones.
pub struct Team {
    pub lead: Phone,
    pub member: Phone,
    pub root: TempDir,
}

impl Team {
    /// Two phones, unlocked, at this moment.
    pub fn at(start: DateTime<Utc>) -> Self {
        let root = tempfile::tempdir().unwrap();
        let moment = Moment::at(start - Duration::days(1));
        let admin_dir = root.path().join("admin");
        std::fs::create_dir(&admin_dir).unwrap();
        let admin_key = DataKey::generate(&mut Entropy::system()).unwrap();
        let new = NewProgramme {
            programme: programme(),
            server: "https://posta.example".into(),
            server_key: Bytes(server().public_key().as_ref().to_vec()),
            // The key of the fixture's token vectors: bytes 00…1f.
            alias_key: Some(Bytes((0..32).collect())),
        };
        let created = create_programme(&admin_dir, &admin_key, new, moment, Entropy::system()).unwrap();
        let mut desk = created.notebook;
        let made = [("lead", Role::Lead), ("member", Role::Member)].map(|(name, role)| {
            let dir = root.path().join(name);
            std::fs::create_dir(&dir).unwrap();
            let key = copy_keyfile(&dir);
            let phone = Notebook::create(&dir, &key, &created.invitation, Entropy::system()).unwrap();
            let keys = phone.identity().public();
            let unit = Some(UnitId::new(UNIT));
            desk.sign_manifest(vec![ManifestChange::AddDevice { keys, role, unit }], moment).unwrap();
            (dir, key, phone)
        });
        let manifest = desk.signed_manifest().unwrap().unwrap();
        let [lead, member] = made.map(|(dir, key, mut notebook)| {
            notebook.apply_manifest(&manifest).unwrap();
            drop(notebook);
            let clock = Arc::new(Mutex::new(start));
            let session = open_session(&dir, &clock);
            let phone = Phone { session, dir, key, clock };
            phone.unlock();
            phone
        });
        Self { lead, member, root }
    }

    /// Both phones start one outing, the member with the lead's code.
    pub fn start(&self, bag: &[(&str, u16)], zones: &[&str]) -> OutingId {
        let lead = open(self.lead.session.start_outing(start_input(bag, zones, None)).unwrap());
        self.member.later(60);
        let member = start_input(bag, zones, Some(lead.code.clone()));
        let member = open(self.member.session.start_outing(member).unwrap());
        assert_eq!(member.outing_id, lead.outing_id, "the code alone makes it one outing");
        lead.outing_id
    }

    /// The member's journal reaches the lead, as the server would hand it out.
    pub fn carry(&self) {
        let envelopes = envelopes(&self.member.dir);
        let now = Moment::at(self.lead.now());
        self.lead.with_notebook(|notebook| {
            for envelope in &envelopes {
                let arrivals = notebook.ingest(envelope, now).unwrap();
                assert_eq!(arrivals.set_aside, 0);
            }
        });
    }
}

/// The key with which the server signs receipts.
fn server() -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap()
}

/// The keyfiles for all phones of all tests: stretching a PIN is slow on purpose.
static KEYFILE: LazyLock<(TempDir, DataKey)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let secret = NewSecret::pin(PIN).unwrap();
    let binder = FileBinder::new(dir.path());
    let key = keyfile::UNLOCK.create(dir.path(), &secret, KdfParams::FLOOR, &binder, &mut Entropy::system()).unwrap();
    let secret = NewSecret::review_pin(REVIEW_PIN, PIN).unwrap();
    let mut entropy = Entropy::system();
    keyfile::REVIEW.create(dir.path(), &secret, KdfParams::FLOOR, &binder, &mut entropy).unwrap();
    (dir, key)
});

pub fn copy_keyfile(to: &Path) -> DataKey {
    for file in std::fs::read_dir(KEYFILE.0.path()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    KEYFILE.1.clone()
}

pub fn start_input(bag: &[(&str, u16)], zones: &[&str], partner_code: Option<String>) -> StartInput {
    let member = |code: &str, role| CrewMember { operator: OperatorCode::new(code), role };
    StartInput {
        outing_type: OutingType::StreetNight,
        crew: vec![member("OP-A", CrewRole::Operator), member("OP-B", CrewRole::Mediator)],
        bag: bag.iter().map(|(item, quantity)| ItemCount { item: ItemCode::new(*item), quantity: *quantity }).collect(),
        zones: zones.iter().map(|zone| ZoneCode::new(*zone)).collect(),
        short_crew: None,
        partner_code,
    }
}

/// 12 March 2026, 21:30 in Rome.
pub fn evening() -> DateTime<Utc> {
    "2026-03-12T20:30:00Z".parse().unwrap()
}

/// The first minute of the day on which an outing began.
pub fn midnight(start: DateTime<Utc>) -> DateTime<Utc> {
    instant_of(operational_date(start), NaiveTime::MIN)
}

fn open_session(dir: &Path, clock: &Arc<Mutex<DateTime<Utc>>>) -> Arc<Session> {
    let clock = Arc::clone(clock);
    Session::open(SessionSetup {
        data_dir: dir.to_owned(),
        share_dir: dir.join("shared"),
        seat: Seat::Phone,
        clock: Arc::new(move || Moment::at(*clock.lock().unwrap())),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(dir)),
    })
    .unwrap()
}

pub fn envelopes(dir: &Path) -> Vec<Envelope> {
    entries(dir, Stream::Journal)
}

/// What a journal holds for one of the streams.
pub fn entries(dir: &Path, stream: Stream) -> Vec<Envelope> {
    let journal = Journal::open(dir).unwrap();
    let mut all = Vec::new();
    let mut stored = 0;
    while let Some(batch) = journal.batch_after(stored, 64, 256 * 1024).unwrap() {
        let mut previous = batch.previous;
        for operation in batch.operations {
            stored = operation.sequence;
            let chain = link(previous, stored, operation.stream, Digest::of(&operation.sealed.0));
            let (unit, device) = (batch.unit.clone(), batch.device);
            all.push(Envelope { cursor: Cursor(stored), unit, device, operation, previous, chain, refused: None });
            previous = chain;
        }
    }
    all.retain(|envelope| envelope.operation.stream == stream);
    all
}

pub fn programme() -> Programme {
    let nationality =
        |(code, macro_area): (&str, MacroArea)| Nationality { code: NationalityCode::new(code), macro_area };
    let kit = |(code, contents): (&str, &[(&str, u16)])| Kit {
        code: KitCode::new(code),
        contents: contents.iter().map(|(item, pieces)| (ItemCode::new(*item), *pieces)).collect(),
    };
    Programme {
        id: ProgrammeId(Uuid::from_u128(77)),
        name: "Progetto di prova".into(),
        start: chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        end: chrono::NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: OrgId::new("ente"), name: "Ente".into() }],
        units: vec![Unit { id: UnitId::new(UNIT), org: OrgId::new("ente") }],
        operators: ["OP-A", "OP-B", "OP-C"].map(OperatorCode::new).to_vec(),
        operator_orgs: std::collections::BTreeMap::new(),
        retired: domain::programme::Retired::default(),
        zones: ["Z1", "Z2", "Z3", "Z4", "Z5"]
            .map(|code| Zone {
                code: ZoneCode::new(code),
                label: format!("Quartiere {code}"),
                district: None,
                in_municipality: true,
                min_expected: 5,
            })
            .to_vec(),
        nationalities: [
            ("RO", MacroArea::EuEast),
            ("NG", MacroArea::AfricaWest),
            ("AL", MacroArea::EuropeNonEu),
            ("BG", MacroArea::EuEast),
            ("BR", MacroArea::LatinAmerica),
            ("PE", MacroArea::LatinAmerica),
            ("IT", MacroArea::Italy),
        ]
        .map(nationality)
        .to_vec(),
        items: ["condom_ext", "lubricant", "leaflet", "hot_drink", "wipes", "pregnancy_test"]
            .map(|code| Item { code: ItemCode::new(code), sensitive: code == "pregnancy_test" })
            .to_vec(),
        kits: [
            ("base", [("condom_ext", 6), ("lubricant", 2)].as_slice()),
            ("trans", [("condom_ext", 24), ("lubricant", 12)].as_slice()),
        ]
        .map(kit)
        .to_vec(),
        directory: Vec::new(),
        coordinator_phone: Some("030 000000".into()),
        minor_steps: Vec::new(),
        alias_words: AliasWords::italian().iter().map(str::to_owned).collect(),
        policy: Policy::default(),
    }
}
