//! One run: a lead's phone, a member's phone, a spare lead's phone, the desk, the server, and what happens to them.

use super::checks;
use super::device::Device;
use super::folder;
use super::network::{Network, Weather};
use super::programme::programme;
use super::random::Random;
use super::server::{Mailbox, TrueTime};
use super::truth::{Deed, Fact};
use chrono::{TimeDelta, TimeZone, Utc};
use domain::ids::{OperationId, OperatorCode, OutingId, ProgrammeId, UnitId};
use domain::operation::OperationBody;
use domain::sync::file::NightFile;
use domain::sync::manifest::Role;
use notebook::crypto::DataKey;
use notebook::entropy::{Entropy, Moment};
use notebook::notebook::Notebook;
use notebook::programme_new::{CreatedProgramme, ManifestChange, NewProgramme, RecoverySecret, create_programme};
use notebook::sync::enrol_desk::publish;
use notebook::sync::visit::Purpose;
use tempfile::TempDir;
use uuid::Uuid;

pub const LEAD: usize = 0;
pub const MEMBER: usize = 1;
pub const SPARE: usize = 2;

pub struct World {
    pub random: Random,
    pub time: TrueTime,
    pub network: Network,
    pub phones: [Device; 3],
    pub desk: Device,
    pub recovery: RecoverySecret,
    pub outing: OutingId,
    /// What was saved, in the order in which it really happened.
    pub facts: Vec<Fact>,
    /// The phone that leads now.
    pub leading: usize,
    pub signed: bool,
    pub amendments: u16,
    _folder: TempDir,
}

/// One run from its seed. Panics, with a reason, when an invariant does not hold.
pub fn run(seed: u64) {
    let mut world = World::new(seed);
    world.night();
    world.after_the_faults();
    checks::at_the_end(&mut world);
    world.weeks_later();
    checks::after_forgetting(&mut world);
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let folder = tempfile::Builder::new().prefix("uscita-simulation").tempdir_in(folder::fast()).expect("a folder");
        let time = TrueTime::default();
        time.set(Utc.with_ymd_and_hms(2026, 3, 12, 20, 30, 0).single().expect("a time"));
        let programme = programme(ProgrammeId(Uuid::from_u128(u128::from(random.next()))));
        let data = folder.path().join("server");
        let server_key = Mailbox::make_key(&data);

        let desk_dir = folder.path().join("desk");
        std::fs::create_dir(&desk_dir).expect("a folder");
        let desk_key = new_key(&mut random);
        let new = NewProgramme { programme, server: "http://127.0.0.1:1".into(), server_key, alias_key: None };
        let entropy = Entropy::seeded_for_simulation(random.next());
        let moment = Moment::at(time.now());
        let created = create_programme(&desk_dir, &desk_key, new, moment, entropy).expect("a programme");
        let CreatedProgramme { notebook: mut desk, invitation, recovery, .. } = created;

        let unit = UnitId::new("BS-U1");
        let mut made = Vec::new();
        let mut changes = Vec::new();
        for (name, role) in [("lead", Role::Lead), ("member", Role::Member), ("spare", Role::Lead)] {
            let dir = folder.path().join(name);
            std::fs::create_dir(&dir).expect("a folder");
            let key = new_key(&mut random);
            let entropy = Entropy::seeded_for_simulation(random.next());
            let notebook = Notebook::create(&dir, &key, &invitation, entropy).expect("a notebook");
            changes.push(ManifestChange::AddDevice {
                keys: notebook.identity().public(),
                role,
                unit: Some(unit.clone()),
            });
            made.push((name, dir, key, notebook));
        }
        let manifest = desk.sign_manifest(changes, moment).expect("a manifest");
        let phones: Vec<Device> = made
            .into_iter()
            .map(|(name, dir, key, mut notebook)| {
                notebook.apply_manifest(&manifest).expect("the manifest names it");
                Device::new(name, dir, key, notebook, time.clone(), random.split())
            })
            .collect();
        let Ok(phones) = <[Device; 3]>::try_from(phones) else { panic!("three phones") };

        let mailbox = Mailbox::open(&data, &invitation.admin_key.0, invitation.programme, time.clone());
        let weather = Weather::draw(&mut random);
        let network = Network::new(mailbox, Weather::CALM, random.split());
        publish(&mut desk, &network, moment).expect("the server takes the manifest");
        *network.weather.borrow_mut() = weather;
        let desk = Device::new("desk", desk_dir, desk_key, desk, time.clone(), random.split());

        let outing = OutingId(
            uuid::Builder::from_random_bytes(random.next().to_be_bytes().repeat(2).try_into().expect("16")).into_uuid(),
        );
        Self {
            random,
            time,
            network,
            phones,
            desk,
            recovery,
            outing,
            facts: Vec::new(),
            leading: LEAD,
            signed: false,
            amendments: 0,
            _folder: folder,
        }
    }

    /// The desk gives the server the manifest again.
    pub fn publish_manifest(&mut self) {
        let moment = self.desk.moment();
        publish(self.desk.notebook(), &self.network, moment).expect("the server takes the manifest");
    }

    /// One phone gives the other what it holds of the night, as a file.
    pub fn hand_over(&mut self, from: usize, to: usize) {
        let outing = self.outing;
        // One that has written nothing of it, or has forgotten it, makes no file.
        let Ok(file) = self.phones[from].notebook().night_file(outing) else { return };
        let file = NightFile::read(&file.to_bytes().expect("bytes")).expect("a file");
        let moment = self.phones[to].moment();
        self.phones[to].notebook().take_file(&file, moment).expect("the other phone takes it");
    }

    /// Everything happens while everything fails.
    fn night(&mut self) {
        for phone in [LEAD, MEMBER] {
            self.jump_clock(phone);
            self.open_outing(phone);
        }
        let steps = self.random.between(30, 70);
        let sign_at = self.random.between(steps / 2, steps);
        let lead_lost = self.random.percent(12).then(|| self.random.between(5, sign_at - 1));
        let member_lost = self.random.percent(12).then(|| self.random.between(5, steps));
        for step in 0..steps {
            self.time.pass(self.random.between(5, 900));
            if lead_lost == Some(step) && self.phones[MEMBER].alive {
                self.phones[LEAD].destroy();
                self.leading = SPARE;
                self.jump_clock(SPARE);
            }
            // Of two phones that are lost before anything left them nothing is left to speak of.
            let is_begun = |phone: usize, world: &Self| {
                world.phones[phone].alive || world.network.mailbox.borrow().stored(world.phones[phone].id) > 0
            };
            if member_lost == Some(step) && is_begun(LEAD, self) {
                self.phones[MEMBER].destroy();
            }
            if step >= sign_at && !self.signed {
                self.sign_off();
            }
            self.step();
        }
    }

    fn step(&mut self) {
        let phone = if self.random.percent(50) { self.leading } else { MEMBER };
        let chance = self.random.below(100);
        if self.phones[phone].alive {
            match chance {
                0..=21 => self.save_contact(phone),
                22..=28 => self.save_contact_again(phone),
                29..=34 => self.save_observation(phone),
                35..=38 => self.move_supplies(phone),
                39..=42 => self.save_referral(phone),
                43..=47 => self.correct_people(phone),
                48..=50 => self.retract_contact(phone),
                51..=52 => self.retract_observation(phone),
                53..=59 => self.lead_decides(),
                60..=74 => self.visit(phone, Purpose::Background),
                75..=79 => self.visit(phone, Purpose::Asked),
                80..=84 => self.visit_locked(phone),
                85..=88 => {
                    self.phones[phone].restart();
                    self.cards_are_kept(phone);
                }
                // Nothing is due in a night that is not signed, or was just now.
                89 => {
                    self.forget(phone);
                    self.cards_are_kept(phone);
                }
                90 => self.jump_clock(phone),
                91 => {
                    let (from, to) = if phone == MEMBER { (MEMBER, self.leading) } else { (self.leading, MEMBER) };
                    if self.phones[to].alive {
                        self.hand_over(from, to);
                    }
                }
                92 if self.random.percent(60) => self.phones[phone].keep_copy(),
                92 => {
                    self.phones[phone].put_copy_back();
                    self.phones[phone].give_cards_up(self.outing);
                }
                _ => {}
            }
            match self.random.below(100) {
                0..=17 => self.split_group(phone),
                18..=42 => self.fill_in(phone),
                _ => {}
            }
        }
        match chance {
            93..=94 => self.network.mailbox.borrow_mut().restart(),
            95..=98 => drop(self.desk.visit(&self.network, Purpose::Asked)),
            99 => self.amend(),
            _ => {}
        }
    }

    /// Faults stop: everything must arrive in a bounded number of visits, and what came late is included.
    fn after_the_faults(&mut self) {
        self.network.calm_down();
        let mut rounds = 0;
        while !self.has_converged() {
            rounds += 1;
            assert!(rounds <= 10, "invariant 8: not converged after 10 rounds without faults");
            self.time.pass(301);
            for phone in 0..self.phones.len() {
                if self.phones[phone].alive {
                    self.visit(phone, Purpose::Asked);
                }
            }
            self.desk.visit(&self.network, Purpose::Asked);
            if !self.signed {
                self.sign_off();
            }
            self.amend();
        }
    }

    /// Time passes, in steps that may fail: the phones forget what the desk holds.
    fn weeks_later(&mut self) {
        for _ in 0..self.random.between(2, 6) {
            self.time.pass(self.random.between(1, 9) * 24 * 3600);
            for phone in 0..self.phones.len() {
                if !self.phones[phone].alive {
                    continue;
                }
                if self.random.percent(30) {
                    self.phones[phone].restart();
                }
                if self.random.percent(70) {
                    self.visit(phone, Purpose::Asked);
                }
                self.forget(phone);
            }
            self.desk.visit(&self.network, Purpose::Asked);
        }
    }

    /// What is due is forgotten, on one phone.
    fn forget(&mut self, phone: usize) {
        let device = &mut self.phones[phone];
        let moment = device.moment();
        let forgotten = notebook::retention::forget(device.notebook(), moment).expect("it forgets");
        if forgotten.outings.contains(&self.outing) {
            device.drafts.clear();
        }
    }

    fn has_converged(&mut self) -> bool {
        let facts = self.arrived_facts();
        let all_sent = self.phones.iter_mut().filter(|phone| phone.alive).all(|phone| {
            let state = phone.notebook().journal().state().expect("the journal");
            state.total == state.stored && state.total == state.backed_up
        });
        let outing = self.outing;
        let lead = self.phones[self.leading].notebook();
        let known = lead.operations_of(outing).expect("operations").len();
        let is_amended = lead
            .outing_state(outing, domain::operation::Scope::Everything)
            .expect("operations")
            .is_some_and(|state| state.sign_off.is_some() && state.late.is_empty());
        let version = self.amendments;
        let desk_has = self.desk.notebook().list_desk_entries().expect("entries").iter().any(|entry| {
            matches!(&entry.envelope.entry, domain::sync::night_log::DeskEntry::NightLog(log) if log.version() == version)
        });
        all_sent && known == facts && is_amended && desk_has
    }

    /// Operations that the lead must end up with: all of a living phone, and what the server holds of a lost one.
    fn arrived_facts(&self) -> usize {
        self.facts.iter().filter(|fact| self.has_arrived(fact)).count()
    }

    /// Whether the fact outlived its phone.
    pub fn has_arrived(&self, fact: &Fact) -> bool {
        let phone = self.phones.iter().find(|phone| phone.id == fact.device).expect("a phone");
        phone.alive || fact.sequence <= self.network.mailbox.borrow().stored(fact.device)
    }

    pub fn visit(&mut self, phone: usize, purpose: Purpose) {
        self.phones[phone].visit(&self.network, purpose);
        checks::after_a_visit(self, phone);
    }

    fn visit_locked(&mut self, phone: usize) {
        self.phones[phone].visit_locked(&self.network);
        checks::after_a_visit(self, phone);
    }

    fn jump_clock(&mut self, phone: usize) {
        let offset = match self.random.below(3) {
            0 => TimeDelta::seconds(self.random.between(-90, 90)),
            1 => TimeDelta::minutes(self.random.between(-120, 120)),
            _ => TimeDelta::minutes(self.random.between(-48 * 60, 48 * 60)),
        };
        self.phones[phone].set_clock(offset);
    }

    /// Saves for real, and notes what happened.
    pub fn save(&mut self, phone: usize, body: OperationBody, deed: Deed) {
        self.save_as(phone, None, body, deed);
    }

    /// As [`World::save`], a card with the id that was drawn when it was begun.
    pub fn save_as(&mut self, phone: usize, card: Option<OperationId>, body: OperationBody, deed: Deed) {
        let device = &mut self.phones[phone];
        let moment = device.moment();
        let operator = Some(OperatorCode::new("OP-A"));
        let saved = device.notebook().save(body, card, moment, operator);
        let saved = saved.unwrap_or_else(|error| panic!("{} cannot save: {error}", device.name));
        self.facts.push(Fact { device: saved.device, sequence: saved.sequence, deed });
    }

    /// A random version 4 id.
    pub fn id(&mut self) -> Uuid {
        let bytes = [self.random.next().to_be_bytes(), self.random.next().to_be_bytes()].concat();
        uuid::Builder::from_random_bytes(bytes.try_into().expect("16 bytes")).into_uuid()
    }
}

fn new_key(random: &mut Random) -> DataKey {
    DataKey::generate(&mut Entropy::seeded_for_simulation(random.next())).expect("a key")
}
