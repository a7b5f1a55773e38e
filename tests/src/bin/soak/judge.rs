//! What a killed process was told, and whether it is so.

use crate::ending::{self, Stage};
use crate::life::{Deed, pin};
use crate::report::Report;
use crate::team::{Device, outing_id};
use anyhow::{Context, Result, bail, ensure};
use domain::ids::OperationId;
use domain::operation::{Operation, OperationBody};
use notebook::crypto::binder::FileBinder;
use notebook::crypto::keyfile;
use notebook::crypto::seal::SealIdentity;
use notebook::entropy::Entropy;
use notebook::error::NotebookError;
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::uptime::Uptime;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Starts of a phone that are killed while they bring its end to an end.
const RESTARTS: u64 = 2;

/// One folder, and what was acknowledged in it through all its lives.
pub struct Judge {
    device: Device,
    deed: Deed,
    /// Contacts that were saved.
    saved: BTreeSet<OperationId>,
    /// Versions of the cards that were kept.
    cards: BTreeMap<OperationId, u64>,
    /// The other phone's records that were taken in.
    took: u64,
    /// The turn of the PIN that is in force.
    turn: u64,
    is_over: bool,
    /// Lives since the end of the phone began.
    lives: u64,
    /// Brings a killed phone's records back.
    identity: Arc<SealIdentity>,
}

impl Judge {
    /// Nothing was acknowledged yet.
    pub fn new(device: Device, deed: Deed, identity: Arc<SealIdentity>) -> Self {
        let (saved, cards) = (BTreeSet::new(), BTreeMap::new());
        Self { device, deed, saved, cards, took: 0, turn: 0, is_over: false, lives: 0, identity }
    }

    /// What is done in this folder.
    pub fn deed(&self) -> Deed {
        self.deed
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.device.dir
    }

    /// Seed of the notebook's key.
    pub fn key_seed(&self) -> u64 {
        self.device.key_seed
    }

    /// Where the next life goes on.
    pub fn from(&self) -> u64 {
        match self.deed {
            Deed::Pin => self.turn,
            deed if deed.is_ending() => self.lives,
            _ => self.took,
        }
    }

    /// Whether there is nothing more to do here.
    pub fn is_used_up(&self) -> bool {
        self.is_over
    }

    /// A line of the process: from now on it must be so.
    pub fn hear(&mut self, line: &str, report: &mut Report) -> Result<()> {
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let mut word = || words.next().context("a line has more words");
        let card = |text: &str| anyhow::Ok(OperationId(text.parse()?));
        match kind {
            "card" => {
                let card = card(word()?)?;
                self.cards.insert(card, word()?.parse()?);
            }
            "saved" => {
                self.saved.insert(card(word()?)?);
                report.count("contacts acknowledged", 1);
            }
            "took" => self.took = self.took.max(word()?.parse()?),
            "pin" => self.turn = word()?.parse()?,
            "refused" => {
                let code = word()?;
                ensure!(["SPAZIO-01", "TACCUINO-05"].contains(&code), "a full disk was answered with {code}");
                report.count(&format!("saves refused with {code}"), 1);
            }
            "done" => self.is_over = self.deed == Deed::Ingest,
            "open" | "begin" | "ended" => {}
            other => bail!("the process said {other}"),
        }
        Ok(())
    }

    /// Opens everything and compares.
    pub fn check(&mut self, report: &mut Report) -> Result<()> {
        if self.deed.is_ending() {
            let stage = ending::check(&self.device, self.deed, &self.saved, &self.identity, report)?;
            // What was begun is brought to its end by another process, which is killed too.
            self.lives += 1;
            self.is_over = stage != Stage::Between || self.lives > RESTARTS;
            return Ok(());
        }
        let journal = Journal::open(self.dir()).context("the journal does not open")?;
        let head = journal.verify().context("the journal does not verify")?;
        drop(journal);
        if self.deed == Deed::Pin {
            return self.check_pin();
        }
        let notebook = self.device.open().context("the notebook does not open")?;
        let operations = notebook.operations_of(outing_id())?;
        let (own, others): (Vec<_>, Vec<_>) = operations.iter().partition(|one| one.device == notebook.device());
        let places: Vec<u64> = own.iter().map(|one| one.sequence).collect();
        ensure!(places == (1..=head.sequence).collect::<Vec<_>>(), "journal and notebook do not agree");
        ensure!(are_once(&operations), "a record is there twice");
        let here: BTreeSet<OperationId> = own.iter().map(|one| one.id).collect();
        let lost = self.saved.difference(&here).count() + self.lost_cards(&notebook, &here)?;
        self.tell_lost(lost, report)?;
        let taken: BTreeSet<u64> = others.iter().map(|one| one.sequence).collect();
        let lost = (1..=self.took).filter(|place| !taken.contains(place)).count();
        self.tell_lost(lost, report)
    }

    fn tell_lost(&self, lost: usize, report: &mut Report) -> Result<()> {
        report.lost += u64::try_from(lost)?;
        ensure!(lost == 0, "{lost} acknowledged and gone");
        Ok(())
    }

    /// Cards that were kept, are not saved, and are not there as they were last kept or later.
    fn lost_cards(&self, notebook: &Notebook, saved: &BTreeSet<OperationId>) -> Result<usize> {
        let mut lost = 0;
        for (card, version) in self.cards.iter().filter(|(card, _)| !saved.contains(card)) {
            let draft = notebook.find_draft(*card)?;
            let json: Option<Value> = draft.map(|draft| serde_json::from_slice(&draft.json)).transpose()?;
            let kept = json.and_then(|json| json.get("version")?.as_u64());
            lost += usize::from(kept.is_none_or(|kept| kept < *version));
        }
        Ok(lost)
    }

    /// The PIN that was acknowledged opens, or the one that was on its way; and it opens this notebook.
    fn check_pin(&mut self) -> Result<()> {
        let binder = FileBinder::new(self.dir());
        let opened = match keyfile::UNLOCK.unlock(self.dir(), pin(self.turn), &binder, Uptime::now()) {
            Err(NotebookError::WrongSecret) => {
                self.turn += 1;
                keyfile::UNLOCK.unlock(self.dir(), pin(self.turn), &binder, Uptime::now())
            }
            other => other,
        };
        let opened = opened.context("neither the old nor the new PIN opens")?;
        Notebook::open(self.dir(), &opened.into_key()?, Entropy::system()).context("the key is not the notebook's")?;
        Ok(())
    }
}

/// No place, no id and no contact is there twice.
pub fn are_once(operations: &[Operation]) -> bool {
    let places: BTreeSet<_> = operations.iter().map(|one| (one.device, one.sequence)).collect();
    let ids: BTreeSet<_> = operations.iter().map(|one| (one.device, one.id)).collect();
    let contacts: Vec<_> = operations
        .iter()
        .filter_map(|one| match &one.body {
            OperationBody::ContactSaved { contact, .. } => Some(contact.id),
            _ => None,
        })
        .collect();
    let distinct: BTreeSet<_> = contacts.iter().collect();
    places.len() == operations.len() && ids.len() == operations.len() && distinct.len() == contacts.len()
}
