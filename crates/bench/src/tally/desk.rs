//! The desk of the region: every night log sealed by its unit's lead, taken in page by page as from a server.

use super::YEAR;
use super::region::{UNITS, WEEKS, night, plan, unit_id};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use domain::disclosure::Threshold;
use domain::ids::{ItemCode, OrgId, ProgrammeId, UnitId};
use domain::programme::{BasePeriod, Item, Org, Policy, Programme, Retired, Unit};
use domain::sync::Stream;
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskEntry, DeskEnvelope, NIGHT_LOG_SCHEMA};
use domain::sync::pull::{Cursor, Envelope, Page};
use domain::sync::push::SealedOperation;
use notebook::crypto::DataKey;
use notebook::crypto::identity::DeviceIdentity;
use notebook::crypto::seal::{Packing, seal};
use notebook::entropy::{Entropy, Moment};
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, create_programme};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The form of the region: another one is made anew.
const FORM: u32 = 2;
/// Envelopes of a page, as the server hands them out.
const PAGE: usize = 200;
const MADE: &str = "made.json";

/// What making it took.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Made {
    form: u32,
    /// Taking in everything: opening, reading, storing, summing up; without sealing, and without a network.
    pub taken_in_s: f64,
    /// The most memory of it.
    pub peak_mb: f64,
}

fn at(date: NaiveDate) -> Moment {
    Moment::at(DateTime::<Utc>::from_naive_utc_and_offset(date.and_hms_opt(12, 0, 0).unwrap_or_default(), Utc))
}

fn key() -> Result<DataKey> {
    Ok(DataKey::generate(&mut Entropy::seeded_for_simulation(1))?)
}

/// Opens the desk in a folder; made first if it is not there.
pub fn open(dir: &Path) -> Result<(Notebook, Made)> {
    let known = std::fs::read(dir.join(MADE)).ok().and_then(|json| serde_json::from_slice::<Made>(&json).ok());
    let made = match known.filter(|made| made.form == FORM) {
        Some(made) => made,
        None => make(dir)?,
    };
    Ok((Notebook::open(dir, &key()?, Entropy::system())?, made))
}

struct Lead {
    identity: DeviceIdentity,
    unit: UnitId,
    sequence: u64,
    head: Digest,
}

fn make(dir: &Path) -> Result<Made> {
    if dir.exists() {
        std::fs::remove_dir_all(dir)?;
    }
    std::fs::create_dir_all(dir)?;
    let first = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap_or_default();
    let server_key = Bytes(vec![0; 32]);
    let new =
        NewProgramme { programme: programme(first), server: "http://127.0.0.1:1".into(), server_key, alias_key: None };
    let mut desk = create_programme(dir, &key()?, new, at(first), Entropy::system())?.notebook;
    let (mut leads, mut changes) = (Vec::new(), Vec::new());
    for unit in 0..UNITS {
        let identity = DeviceIdentity::generate(&mut Entropy::system())?;
        let unit = unit_id(unit);
        changes.push(ManifestChange::AddDevice { keys: identity.public(), role: Role::Lead, unit: Some(unit.clone()) });
        let head = genesis(identity.device());
        leads.push(Lead { identity, unit, sequence: 0, head });
    }
    desk.sign_manifest(changes, at(first))?;
    let manifest = desk.manifest().context("a manifest")?;
    let recipients: Vec<String> = manifest.night_log_recipients().into_iter().map(str::to_owned).collect();
    let recipients: Vec<&str> = recipients.iter().map(String::as_str).collect();
    let last = at(super::region::monday(WEEKS));
    let (mut taken_in, mut cursor) = (Duration::ZERO, 0);
    let mut page = Vec::new();
    for week in 0..WEEKS {
        for (unit, lead) in (0..).zip(&mut leads) {
            page.push(lead.write(&recipients, DeskEntry::NightLog(night(unit, week)))?);
            if page.len() == PAGE || (week + 1 == WEEKS && unit + 1 == UNITS) {
                cursor += page.len() as u64;
                let whole = Page { envelopes: std::mem::take(&mut page), next: Cursor(cursor), more: true };
                let began = Instant::now();
                desk.ingest_page(Stream::NightLog, &whole, last)?;
                taken_in += began.elapsed();
            }
        }
        if week % 20 == 19 {
            writeln!(std::io::stderr(), "{} of {WEEKS} weeks, taken in for {:.0} s", week + 1, taken_in.as_secs_f64())?;
        }
    }
    // A coordinator plans a year of a unit at once.
    for unit in 0..UNITS {
        for year in 0..WEEKS / YEAR {
            let rows = (year * YEAR..(year + 1) * YEAR).map(|week| plan(unit, week)).collect();
            desk.save_desk_entry(DeskEntry::Planned(rows))?;
        }
    }
    desk.note_look(last)?;
    let began = Instant::now();
    desk.count_all(|_| {})?;
    taken_in += began.elapsed();
    let made = Made { form: FORM, taken_in_s: taken_in.as_secs_f64(), peak_mb: peak_mb()? };
    desk.lock()?;
    std::fs::write(dir.join(MADE), serde_json::to_vec(&made)?)?;
    Ok(made)
}

impl Lead {
    fn write(&mut self, recipients: &[&str], entry: DeskEntry) -> Result<Envelope> {
        self.sequence += 1;
        let (device, sequence, stream, previous) = (self.identity.device(), self.sequence, Stream::NightLog, self.head);
        let json = serde_json::to_vec(&DeskEnvelope { schema: NIGHT_LOG_SCHEMA, sequence, entry })?;
        let sealed = seal(recipients, &json, Packing::Compressed)?;
        self.head = link(previous, sequence, stream, Digest::of(&sealed));
        let signature = self.identity.sign(&head_message(device, sequence, self.head));
        let operation = SealedOperation { sequence, stream, sealed: Bytes(sealed), signature };
        let unit = self.unit.clone();
        Ok(Envelope { cursor: Cursor(sequence), unit, device, operation, previous, chain: self.head, refused: None })
    }
}

/// The most memory that this process has had, in MB.
pub fn peak_mb() -> Result<f64> {
    Ok(uscita_load::memory::peak(std::process::id())? as f64 * 1.024 / 1_000.0)
}

fn item(code: &str) -> Item {
    Item { code: ItemCode::new(code), sensitive: false }
}

fn programme(first: NaiveDate) -> Programme {
    let org = OrgId::new("ente");
    Programme {
        id: ProgrammeId(Uuid::from_u128(0x0e61_0e00)),
        name: "Regione".into(),
        start: first,
        end: super::region::monday(WEEKS),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: org.clone(), name: "Ente".into() }],
        units: (0..UNITS).map(|unit| Unit { id: unit_id(unit), org: org.clone() }).collect(),
        operators: Vec::new(),
        operator_orgs: BTreeMap::new(),
        retired: Retired::default(),
        zones: Vec::new(),
        nationalities: Vec::new(),
        items: ["condom_ext", "lubricant", "hot_drink"].map(item).into(),
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: Vec::new(),
        policy: Policy::default(),
    }
}
