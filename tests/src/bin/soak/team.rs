//! A programme with a desk, a lead's phone and a member's phone, each with real files; and what they record.

use crate::random::Random;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, TimeDelta};
use domain::contact::{AgeBand, Concern, Contact, ContactKind, ContactMode, Depth, Gender, Language, TargetGroup};
use domain::disclosure::Threshold;
use domain::ids::{
    ContactId, DeviceId, ItemCode, NationalityCode, OperationId, OperatorCode, OrgId, OutingId, ProgrammeId,
    SupplyMoveId, UnitId, ZoneCode,
};
use domain::operation::OperationBody;
use domain::outing::{CrewMember, CrewRole, Outing, OutingStatus, OutingType, Weather};
use domain::programme::{BasePeriod, Org, Policy, Programme, Unit, Zone};
use domain::supply::{MoveKind, SupplyMove};
use domain::sync::Stream;
use domain::sync::chain::{Bytes, Digest, link};
use domain::sync::enrol::Invitation;
use domain::sync::manifest::Role;
use domain::sync::pull::{Cursor, Envelope};
use domain::time::Slot;
use notebook::crypto::DataKey;
use notebook::entropy::{Entropy, Moment};
use notebook::error::NotebookError;
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, RecoverySecret, create_programme};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use uuid::Uuid;

const UNIT: &str = "BS-U1";
/// The longest wait for the lock of a folder.
const PATIENCE: Duration = Duration::from_secs(60);

/// The evening of 11 March 2026, 22:00 local time, and so many minutes.
pub fn at(minutes: i64) -> Moment {
    Moment::at(DateTime::from_timestamp(1_773_262_800, 0).unwrap_or_default() + TimeDelta::minutes(minutes))
}

/// The outing of the night.
pub fn outing_id() -> OutingId {
    OutingId(Uuid::from_u128(0x0071))
}

/// The key of a notebook, from its seed: no PIN has to be stretched to open it.
fn key(seed: u64) -> Result<DataKey> {
    Ok(DataKey::generate(&mut Entropy::seeded_for_simulation(seed))?)
}

/// Where a device's files are, and the seed of its key.
#[derive(Clone)]
pub struct Device {
    pub dir: PathBuf,
    pub key_seed: u64,
}

impl Device {
    /// The notebook, opened. A process that another thread is starting holds a copy of the folder's lock until it is
    /// loaded, which takes long where much is going on: that is waited for.
    pub fn open(&self) -> notebook::error::Result<Notebook> {
        let key = DataKey::generate(&mut Entropy::seeded_for_simulation(self.key_seed))?;
        let until = Instant::now() + PATIENCE;
        loop {
            match Notebook::open(&self.dir, &key, Entropy::system()) {
                Err(NotebookError::Busy) if Instant::now() < until => {}
                outcome => return outcome,
            }
        }
    }

    /// A copy of all its files, in a folder that is made anew.
    pub fn copied_to(&self, dir: &Path) -> Result<Self> {
        copy_folder(&self.dir, dir)?;
        Ok(Self { dir: dir.to_owned(), key_seed: self.key_seed })
    }
}

/// Everybody, with closed notebooks; both phones have opened the outing.
pub struct Team {
    pub desk: Device,
    pub lead: Device,
    pub member: Device,
    pub recovery: RecoverySecret,
    pub invitation: Invitation,
}

impl Team {
    /// A programme in a folder, whose server has this key.
    pub fn new(root: &Path, server_key: Bytes, random: &mut Random) -> Result<Self> {
        let device = |name: &str, random: &mut Random| -> Result<Device> {
            let dir = root.join(name);
            std::fs::create_dir(&dir)?;
            Ok(Device { dir, key_seed: random.next() })
        };
        let [desk, lead, member] = ["desk", "lead", "member"].map(|name| device(name, random));
        let (desk, lead, member) = (desk?, lead?, member?);
        let id = ProgrammeId(Uuid::from_u128(u128::from(random.next())));
        let new = NewProgramme {
            programme: programme(id)?,
            server: "http://127.0.0.1:1".into(),
            server_key,
            alias_key: None,
        };
        let created = create_programme(&desk.dir, &key(desk.key_seed)?, new, at(-600), Entropy::system())?;
        let mut office = created.notebook;
        let mut phones = Vec::new();
        let mut changes = Vec::new();
        for (device, role) in [(&lead, Role::Lead), (&member, Role::Member)] {
            let phone = Notebook::create(&device.dir, &key(device.key_seed)?, &created.invitation, Entropy::system())?;
            let unit = Some(UnitId::new(UNIT));
            changes.push(ManifestChange::AddDevice { keys: phone.identity().public(), role, unit });
            phones.push(phone);
        }
        let manifest = office.sign_manifest(changes, at(-500))?;
        for phone in &mut phones {
            phone.apply_manifest(&manifest)?;
            phone.save(opened(), None, at(0), None)?;
        }
        Ok(Self { desk, lead, member, recovery: created.recovery, invitation: created.invitation })
    }
}

/// Both phones open the same outing.
fn opened() -> OperationBody {
    let outing = Outing {
        id: outing_id(),
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
    };
    OperationBody::OutingOpened { outing, load: Vec::new() }
}

/// The contact of a card: the same card always gives the same contact, so that one saved twice would show.
pub fn contact(card: OperationId, device: DeviceId) -> Result<OperationBody> {
    let number = card.0.as_u128();
    let contact = Contact {
        id: ContactId(card.0),
        outing_id: outing_id(),
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
        aliases: vec![format!("AIRONE-{:02}", number % 100).parse().ok().context("an alias")?],
        group_cells: Vec::new(),
        concern: Concern::NotAssessed,
        flags: BTreeSet::new(),
        repeat_in_outing: false,
        notice_given: true,
        possible_duplicate_of: None,
    };
    let handout = SupplyMove {
        id: SupplyMoveId(Uuid::from_u128(number ^ 1)),
        outing_id: outing_id(),
        device_id: device,
        item: ItemCode::new("condom_ext"),
        kind: MoveKind::Handout,
        quantity: i32::try_from(number % 9)? + 1,
        contact_id: Some(contact.id),
        to_target_group: Some(TargetGroup::Person),
        leaflet: None,
        reason: None,
    };
    Ok(OperationBody::ContactSaved { contact, handouts: vec![handout] })
}

/// Everything that a journal holds, as a server would hand it out.
pub fn envelopes(journal: &Journal) -> Result<Vec<Envelope>> {
    let mut all = Vec::new();
    let mut stored = 0;
    while let Some(batch) = journal.batch_after(stored, 64, 256 * 1024)? {
        let mut chain = batch.previous;
        for operation in batch.operations {
            stored = operation.sequence;
            let previous = chain;
            chain = link(previous, stored, operation.stream, Digest::of(&operation.sealed.0));
            let (unit, device) = (batch.unit.clone(), batch.device);
            all.push(Envelope { cursor: Cursor(stored), unit, device, operation, previous, chain, refused: None });
        }
    }
    all.retain(|envelope| envelope.operation.stream == Stream::Journal);
    Ok(all)
}

fn programme(id: ProgrammeId) -> Result<Programme> {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).context("a date");
    Ok(Programme {
        id,
        name: "Prova di resistenza".into(),
        start: date(2026, 1, 1)?,
        end: date(2026, 12, 31)?,
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
    })
}

/// A folder whose files are not synced to a disk: a signal and a bit need none.
pub fn scratch(name: &str) -> Result<tempfile::TempDir> {
    Ok(tempfile::Builder::new().prefix(name).tempdir_in(crate::folder::fast())?)
}

/// Copies the files of a folder into one that is made anew.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
