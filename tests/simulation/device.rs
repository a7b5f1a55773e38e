//! One device of a run: real files, its own wrong clock, and what it can lose.

use super::network::Network;
use super::random::Random;
use super::server::TrueTime;
use chrono::TimeDelta;
use domain::ids::{DeviceId, OutingId};
use notebook::crypto::DataKey;
use notebook::entropy::{Entropy, Moment};
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::store::Draft;
use notebook::sync::round::RoundEnd;
use notebook::sync::visit::{Purpose, Visitor};
use std::path::PathBuf;

const NOTEBOOK: &str = "notebook.db";
const COPY: &str = "copy-of-notebook.db";

pub struct Device {
    pub name: &'static str,
    pub id: DeviceId,
    pub alive: bool,
    /// Cards begun and not saved, as they must be found again.
    pub drafts: Vec<Draft>,
    dir: PathBuf,
    key: DataKey,
    notebook: Option<Notebook>,
    visitor: Visitor,
    /// How wrong its clock is.
    offset: TimeDelta,
    time: TrueTime,
    random: Random,
}

impl Device {
    pub fn new(
        name: &'static str,
        dir: PathBuf,
        key: DataKey,
        notebook: Notebook,
        time: TrueTime,
        mut random: Random,
    ) -> Self {
        let visitor = Visitor::new(Entropy::seeded_for_simulation(random.next()));
        let id = notebook.device();
        let offset = TimeDelta::zero();
        Self {
            name,
            id,
            alive: true,
            drafts: Vec::new(),
            dir,
            key,
            notebook: Some(notebook),
            visitor,
            offset,
            time,
            random,
        }
    }

    /// The notebook, opened if it was locked.
    pub fn notebook(&mut self) -> &mut Notebook {
        if self.notebook.is_none() {
            let entropy = Entropy::seeded_for_simulation(self.random.next());
            let opened = Notebook::open(&self.dir, &self.key, entropy);
            self.notebook = Some(opened.unwrap_or_else(|error| panic!("{} does not open: {error}", self.name)));
        }
        self.notebook.as_mut().expect("open")
    }

    pub fn moment(&self) -> Moment {
        Moment::at(self.time.now() + self.offset)
    }

    /// The clock jumps to anywhere within two days of the truth.
    pub fn set_clock(&mut self, offset: TimeDelta) {
        self.offset = offset;
    }

    /// The app is killed and started again: everything in memory is gone.
    pub fn restart(&mut self) {
        self.lock();
        self.visitor = Visitor::new(Entropy::seeded_for_simulation(self.random.next()));
    }

    pub fn lock(&mut self) {
        self.notebook = None;
    }

    /// Somebody keeps a copy of the notebook's file.
    pub fn keep_copy(&mut self) {
        self.lock();
        std::fs::copy(self.dir.join(NOTEBOOK), self.dir.join(COPY)).expect("a copy");
    }

    /// The copy is put back, with the journal as it is now: also what a crash between the two files leaves.
    pub fn put_copy_back(&mut self) {
        self.restart();
        if self.dir.join(COPY).exists() {
            for rest in ["notebook.db-wal", "notebook.db-shm"] {
                drop(std::fs::remove_file(self.dir.join(rest)));
            }
            std::fs::rename(self.dir.join(COPY), self.dir.join(NOTEBOOK)).expect("the copy goes back");
        }
    }

    /// Every card that is not saved is given up; what a copy brought back is older than what was told since.
    pub fn give_cards_up(&mut self, outing: OutingId) {
        for draft in self.notebook().list_drafts(outing).expect("cards") {
            self.notebook().drop_draft(draft.operation).expect("a card is given up");
        }
        self.drafts.clear();
    }

    /// The phone is gone, with everything on it.
    pub fn destroy(&mut self) {
        self.lock();
        self.alive = false;
        std::fs::remove_dir_all(&self.dir).expect("the folder goes");
    }

    /// A visit to the server with the notebook open.
    pub fn visit(&mut self, network: &Network, purpose: Purpose) -> RoundEnd {
        self.notebook();
        let (time, offset) = (self.time.clone(), self.offset);
        let clock = move || Moment::at(time.now() + offset);
        let notebook = self.notebook.as_mut().expect("open");
        let end = self.visitor.visit(notebook, network, &clock, purpose);
        end.unwrap_or_else(|error| panic!("{} cannot visit the server: {error}", self.name))
    }

    /// A visit to the server while the notebook is locked: with the journal alone.
    pub fn visit_locked(&mut self, network: &Network) -> RoundEnd {
        self.lock();
        let mut journal = Journal::open(&self.dir).expect("the journal opens without a key");
        let (time, offset) = (self.time.clone(), self.offset);
        let clock = move || Moment::at(time.now() + offset);
        let end = self.visitor.visit(&mut journal, network, &clock, Purpose::Background);
        end.unwrap_or_else(|error| panic!("{} cannot send: {error}", self.name))
    }
}
