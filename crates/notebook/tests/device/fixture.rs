//! A programme with an admin's desk, a lead's phone and a member's phone, each with real files; and what they record.

// The parent is the crate, or the part of the integration test that imports these modules from it.
use super::crypto::DataKey;
use super::entropy::{Entropy, Moment};
use super::error::Result;
use super::journal::Journal;
use super::notebook::Notebook;
use super::programme_new::{ManifestChange, NewProgramme, RecoverySecret, create_programme};
use chrono::{DateTime, TimeDelta, Utc};
use domain::contact::{AgeBand, Concern, Contact, ContactKind, ContactMode, Depth, Gender, Language, TargetGroup};
use domain::disclosure::Threshold;
use domain::ids::{
    ContactId, DeviceId, ItemCode, NationalityCode, OperatorCode, OrgId, OutingId, ProgrammeId, SupplyMoveId, UnitId,
    ZoneCode,
};
use domain::operation::OperationBody;
use domain::outing::{CrewMember, CrewRole, Outing, OutingStatus, OutingType, Weather};
use domain::programme::{BasePeriod, Org, Policy, Programme, Unit, Zone};
use domain::supply::{MoveKind, SupplyMove};
use domain::sync::audit::AuditHead;
use domain::sync::chain::{Bytes, Digest, link};
use domain::sync::enrol::Invitation;
use domain::sync::manifest::{Role, SignedManifest};
use domain::sync::pull::{Cursor, Envelope, Page};
use domain::sync::receipt::{Receipt, SignedReceipt, receipt_message};
use domain::sync::{Stream, version};
use domain::time::Slot;
use ring::signature::{Ed25519KeyPair, KeyPair};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

/// The unit of both phones.
pub const UNIT: &str = "BS-U1";

/// The evening of 11 March 2026, 22:00 local time, and so many minutes.
pub fn at(minutes: i64) -> Moment {
    let start = DateTime::from_timestamp(1_773_262_800, 0).unwrap();
    Moment::at(start + TimeDelta::minutes(minutes))
}

/// One device: where its files are, and how they open.
pub struct Device {
    pub dir: PathBuf,
    pub key: DataKey,
    pub seed: u64,
}

impl Device {
    fn new(root: &Path, name: &str, seed: u64) -> Self {
        let dir = root.join(name);
        std::fs::create_dir(&dir).unwrap();
        let key = DataKey::generate(&mut Entropy::seeded_for_simulation(seed)).unwrap();
        Self { dir, key, seed }
    }

    pub fn open(&self) -> Notebook {
        self.try_open().unwrap()
    }

    pub fn try_open(&self) -> Result<Notebook> {
        Notebook::open(&self.dir, &self.key, Entropy::system())
    }
}

/// Everybody, with closed notebooks.
pub struct Team {
    pub admin: Device,
    pub lead: Device,
    pub member: Device,
    pub recovery: RecoverySecret,
    pub invitation: Invitation,
    pub manifest: SignedManifest,
    server: Ed25519KeyPair,
    root: TempDir,
}

impl Team {
    /// A programme with its first three devices enrolled.
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let server = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
        let [admin, lead, member] =
            [("admin", 1), ("lead", 2), ("member", 3)].map(|(name, seed)| Device::new(root.path(), name, seed));
        let new = NewProgramme {
            programme: programme(),
            server: "https://posta.example".into(),
            server_key: Bytes(server.public_key().as_ref().to_vec()),
            alias_key: None,
        };
        let created =
            create_programme(&admin.dir, &admin.key, new, at(-600), Entropy::seeded_for_simulation(admin.seed))
                .unwrap();
        let mut desk = created.notebook;
        let mut phones = [(&lead, Role::Lead), (&member, Role::Member)].map(|(device, role)| {
            let entropy = Entropy::seeded_for_simulation(device.seed);
            let phone = Notebook::create(&device.dir, &device.key, &created.invitation, entropy).unwrap();
            let keys = phone.identity().public();
            let unit = Some(UnitId::new(UNIT));
            desk.sign_manifest(vec![ManifestChange::AddDevice { keys, role, unit }], at(-500)).unwrap();
            phone
        });
        let manifest = desk.signed_manifest().unwrap().unwrap();
        for phone in &mut phones {
            phone.apply_manifest(&manifest).unwrap();
        }
        drop((desk, phones));
        let invitation = created.invitation;
        Self { admin, lead, member, recovery: created.recovery, invitation, manifest, server, root }
    }

    /// A second lead of the unit, open; its files go with the team's.
    pub fn enrol_lead(&self, desk: &mut Notebook) -> Notebook {
        let device = Device::new(self.root.path(), "second", 4);
        let entropy = Entropy::seeded_for_simulation(device.seed);
        let mut phone = Notebook::create(&device.dir, &device.key, &self.invitation, entropy).unwrap();
        let keys = phone.identity().public();
        let add = ManifestChange::AddDevice { keys, role: Role::Lead, unit: Some(UnitId::new(UNIT)) };
        phone.apply_manifest(&desk.sign_manifest(vec![add], at(30)).unwrap()).unwrap();
        phone
    }

    /// What the server would answer after it took the first `stored` entries of a journal.
    pub fn receipt(&self, journal: &Journal, stored: u64, backed_up: u64, at: DateTime<Utc>) -> SignedReceipt {
        let head = journal.chain_at(stored).unwrap().unwrap();
        let device = journal.device();
        self.sign_receipt(&Receipt {
            version: version::CURRENT,
            device,
            stored,
            head,
            backed_up,
            refused: Vec::new(),
            epoch: 0,
            audit: AuditHead { number: 0, head: Digest([0; 32]) },
            at,
        })
    }

    pub fn sign_receipt(&self, receipt: &Receipt) -> SignedReceipt {
        let bytes = serde_json::to_vec(receipt).unwrap();
        let signature = self.server.sign(&receipt_message(&bytes)).as_ref().to_vec();
        SignedReceipt { receipt: Bytes(bytes), signature: Bytes(signature) }
    }
}

/// Everything a journal holds, as the server would hand it out.
pub fn envelopes(journal: &Journal, stream: Stream) -> Vec<Envelope> {
    let mut all = Vec::new();
    let mut stored = 0;
    while let Some(batch) = journal.batch_after(stored, 64, 256 * 1024).unwrap() {
        let mut chain = batch.previous;
        for operation in batch.operations {
            stored = operation.sequence;
            let previous = chain;
            chain = link(previous, stored, operation.stream, Digest::of(&operation.sealed.0));
            let (unit, device) = (batch.unit.clone(), batch.device);
            all.push(Envelope { cursor: Cursor(stored), unit, device, operation, previous, chain, refused: None });
        }
    }
    all.retain(|envelope| envelope.operation.stream == stream);
    all
}

/// The same as one page.
pub fn page(envelopes: Vec<Envelope>) -> Page {
    let next = envelopes.last().map_or(Cursor(0), |envelope| envelope.cursor);
    Page { envelopes, next, more: false }
}

/// An outing that starts at [`at`]`(0)`.
pub fn outing(id: u128) -> Outing {
    Outing {
        id: OutingId(Uuid::from_u128(id)),
        unit: UnitId::new(UNIT),
        outing_type: OutingType::StreetNight,
        status: OutingStatus::Open,
        cancel_reason: None,
        start_at: at(0).now,
        end_at: None,
        crew: vec![CrewMember { operator: OperatorCode::new("OP-A"), role: CrewRole::Operator }],
        short_crew: None,
        vehicle: None,
        km: None,
        weather: Weather::Clear,
        planned_zones: Vec::new(),
        note: None,
        reviewed_at: None,
        reviewed_by: None,
        coordinator_alerted: false,
    }
}

pub fn opened(id: u128) -> OperationBody {
    OperationBody::OutingOpened { outing: outing(id), load: Vec::new() }
}

/// A contact of outing `outing` written by `device`, with an alias and one handout of `condoms` pieces.
pub fn contact(outing: u128, id: u128, device: DeviceId, alias: &str, condoms: i32) -> OperationBody {
    let outing_id = OutingId(Uuid::from_u128(outing));
    let contact = Contact {
        id: ContactId(Uuid::from_u128(id)),
        outing_id,
        stop_id: None,
        device_id: device,
        mode: ContactMode::Individual,
        target_group: TargetGroup::Person,
        n_persons: 1,
        zone: ZoneCode::new("Z1"),
        slot: Slot::of(at(0).now),
        kind: ContactKind::Returning,
        gender: Gender::Woman,
        age_band: AgeBand::From25To34,
        nationality: NationalityCode::new("RO"),
        language: Language::It,
        depth: Depth::Brief,
        services: BTreeSet::new(),
        aliases: vec![alias.parse().unwrap()],
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: true,
        possible_duplicate_of: None,
    };
    let handout = SupplyMove {
        id: SupplyMoveId(Uuid::from_u128(id + 1_000_000)),
        outing_id,
        device_id: device,
        item: ItemCode::new("condom_ext"),
        kind: MoveKind::Handout,
        quantity: condoms,
        contact_id: Some(contact.id),
        to_target_group: Some(TargetGroup::Person),
        leaflet: None,
        reason: None,
    };
    OperationBody::ContactSaved { contact, handouts: vec![handout] }
}

pub fn programme() -> Programme {
    Programme {
        id: ProgrammeId(Uuid::from_u128(77)),
        name: "Progetto di prova".into(),
        start: chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        end: chrono::NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: OrgId::new("ente"), name: "Ente".into() }],
        units: vec![Unit { id: UnitId::new(UNIT), org: OrgId::new("ente") }],
        operators: vec![OperatorCode::new("OP-A")],
        operator_orgs: std::collections::BTreeMap::new(),
        retired: domain::programme::Retired::default(),
        zones: vec![Zone {
            code: ZoneCode::new("Z1"),
            label: "Quartiere".into(),
            district: None,
            in_municipality: true,
            min_expected: 5,
        }],
        nationalities: Vec::new(),
        items: Vec::new(),
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: vec!["AIRONE".into()],
        policy: Policy::default(),
    }
}
