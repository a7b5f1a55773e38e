//! A desk, and devices of others whose entries it takes in.

use super::draw::{OWN, WRITERS, device_id};
use super::naive::Sent;
use crate::random::Random;
use crate::team::{copy_folder, scratch};
use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::disclosure::Threshold;
use domain::ids::{DeviceId, OrgId, ProgrammeId, UnitId};
use domain::programme::{BasePeriod, Org, Policy, Programme, Retired, Unit};
use domain::sync::Stream;
use domain::sync::chain::{Bytes, Digest, genesis, head_message, link};
use domain::sync::manifest::Role;
use domain::sync::night_log::{DeskEntry, NIGHT_LOG_SCHEMA};
use domain::sync::pull::{Cursor, Envelope};
use domain::sync::push::SealedOperation;
use notebook::crypto::DataKey;
use notebook::crypto::identity::DeviceIdentity;
use notebook::crypto::seal::{Packing, seal};
use notebook::entropy::{Entropy, Moment};
use notebook::notebook::Notebook;
use notebook::programme_new::{ManifestChange, NewProgramme, create_programme};
use serde_json::json;
use std::collections::BTreeMap;
use tempfile::TempDir;

/// Days without an event after which a referral is lost.
pub const LOST_AFTER: u64 = 45;

/// When everything arrives: long after it was written.
pub fn at() -> Moment {
    Moment::at(noon(NaiveDate::from_ymd_opt(2028, 12, 1).unwrap_or_default()))
}

fn noon(date: NaiveDate) -> DateTime<Utc> {
    date.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc()
}

/// A device of somebody else: only its log.
struct Writer {
    identity: DeviceIdentity,
    unit: UnitId,
    sequence: u64,
    head: Digest,
}

/// The files of a desk that has received nothing, and the others.
pub struct Office {
    folder: TempDir,
    key: DataKey,
    writers: Vec<Writer>,
    own: DeviceId,
    recipients: Vec<String>,
}

impl Office {
    /// A programme with all its devices.
    pub fn new() -> Result<Self> {
        let folder = scratch("uscita-tally")?;
        let mut entropy = Entropy::system();
        let key = DataKey::generate(&mut entropy)?;
        let server_key = Bytes(vec![0; 32]);
        let new =
            NewProgramme { programme: programme()?, server: "http://127.0.0.1:1".into(), server_key, alias_key: None };
        let mut desk =
            create_programme(folder.path(), &key, new, Moment::at(noon(NaiveDate::default())), entropy)?.notebook;
        let mut entropy = Entropy::system();
        let (mut writers, mut changes) = (Vec::new(), Vec::new());
        for (role, unit) in WRITERS.iter().take(OWN) {
            let identity = DeviceIdentity::generate(&mut entropy)?;
            let unit = unit.map(UnitId::new);
            let role = role.parse::<Role>().map_err(|_| anyhow::anyhow!("a role"))?;
            changes.push(ManifestChange::AddDevice { keys: identity.public(), role, unit: unit.clone() });
            let head = genesis(identity.device());
            writers.push(Writer { identity, unit: unit.unwrap_or_else(|| UnitId::new("ufficio")), sequence: 0, head });
        }
        desk.sign_manifest(changes, Moment::at(noon(NaiveDate::default())))?;
        let own = desk.device();
        let manifest = desk.manifest().context("a manifest")?;
        let recipients = manifest.night_log_recipients().into_iter().map(str::to_owned).collect();
        desk.lock()?;
        Ok(Self { folder, key, writers, own, recipients })
    }

    /// The desk as it was in the beginning.
    pub fn desk(&self) -> Result<(Notebook, TempDir)> {
        let folder = scratch("uscita-tally")?;
        let dir = folder.path().join("desk");
        copy_folder(self.folder.path(), &dir)?;
        Ok((Notebook::open(&dir, &self.key, Entropy::system())?, folder))
    }

    /// Everybody's id, as the drawing numbers them.
    pub fn devices(&self) -> Vec<String> {
        let others = self.writers.iter().map(|writer| writer.identity.device());
        others.chain([self.own]).map(|device| device.to_string()).collect()
    }

    /// How far everybody's log has come.
    pub fn sequences(&self, desk: &Notebook) -> Result<Vec<u64>> {
        let own = desk.journal().len()?;
        Ok(self.writers.iter().map(|writer| writer.sequence).chain([own]).collect())
    }

    /// The entries of the others, as a server would hand them out.
    pub fn seal(&mut self, sent: &[Sent]) -> Result<Vec<(Sent, Envelope)>> {
        let mut sealed = Vec::new();
        let recipients: Vec<&str> = self.recipients.iter().map(String::as_str).collect();
        for sent in sent {
            let of = |writer: &&mut Writer| writer.identity.device().to_string() == sent.device;
            let Some(writer) = self.writers.iter_mut().find(of) else { continue };
            let content = json!({ "schema": NIGHT_LOG_SCHEMA, "sequence": sent.sequence, "entry": sent.entry });
            let bytes = seal(&recipients, &serde_json::to_vec(&content)?, Packing::Compressed)?;
            sealed.push((sent.clone(), writer.append(sent.sequence, bytes)?));
        }
        Ok(sealed)
    }
}

impl Writer {
    fn append(&mut self, sequence: u64, sealed: Vec<u8>) -> Result<Envelope> {
        self.sequence += 1;
        ensure!(self.sequence == sequence, "the log goes on at {}", self.sequence);
        let (device, previous, stream) = (self.identity.device(), self.head, Stream::NightLog);
        self.head = link(previous, sequence, stream, Digest::of(&sealed));
        let signature = self.identity.sign(&head_message(device, sequence, self.head));
        let operation = SealedOperation { sequence, stream, sealed: Bytes(sealed), signature };
        let unit = self.unit.clone();
        Ok(Envelope { cursor: Cursor(sequence), unit, device, operation, previous, chain: self.head, refused: None })
    }
}

/// What this desk writes itself.
pub fn save(desk: &mut Notebook, sent: &Sent) -> Result<()> {
    let entry: DeskEntry = serde_json::from_value(sent.entry.clone())?;
    let sequence = desk.save_desk_entry(entry)?;
    ensure!(sequence == sent.sequence, "this desk's log goes on at {sequence}");
    Ok(())
}

/// The desk looks at the server on a day.
pub fn look(desk: &mut Notebook, on: NaiveDate) -> Result<()> {
    Ok(desk.note_look(Moment::at(noon(on)))?)
}

fn programme() -> Result<Programme> {
    let org = OrgId::new("ente");
    let units = ["U1", "U2", "ufficio"].map(|id| Unit { id: UnitId::new(id), org: org.clone() });
    Ok(Programme {
        id: ProgrammeId(device_id(&mut Random::new(7))),
        name: "Prova".into(),
        start: NaiveDate::default(),
        end: NaiveDate::default() + TimeDelta::days(36_500),
        k_external: Threshold::DEFAULT,
        base_period: BasePeriod::Week,
        orgs: vec![Org { id: org, name: "Ente".into() }],
        units: units.into(),
        operators: Vec::new(),
        operator_orgs: BTreeMap::new(),
        retired: Retired::default(),
        zones: Vec::new(),
        nationalities: Vec::new(),
        items: Vec::new(),
        kits: Vec::new(),
        directory: Vec::new(),
        coordinator_phone: None,
        minor_steps: Vec::new(),
        alias_words: Vec::new(),
        policy: Policy { referral_lost_after_days: u16::try_from(LOST_AFTER)?, ..Policy::default() },
    })
}
