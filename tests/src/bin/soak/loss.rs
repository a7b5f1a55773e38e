//! `loss`: nights that end with a phone that nobody can use any more; then everything that was saved must come back,
//! without that phone's keys: through the unit's lead, and through the recovery identity; and once the lead has signed,
//! the desk counts it, no more and no less.
//!
//! The server is the real one, called inside this process; the phones are real folders; the events go through the real
//! session.

use crate::content::{Operations, from_journal, from_mailbox, operations_of};
use crate::counting::{sign, sums_at, sums_of};
use crate::network::{Network, Weather};
use crate::random::Random;
use crate::report::Report;
use crate::server::{Mailbox, TrueTime};
use crate::team::{Device, Team, at, contact, copy_folder, outing_id, scratch};
use anyhow::{Context, Result, bail, ensure};
use domain::ids::{DeviceId, OperationId};
use notebook::crypto::binder::{Faulty, FileBinder, HardwareBinder};
use notebook::crypto::seal::SealIdentity;
use notebook::crypto::{KdfParams, NewSecret, keyfile};
use notebook::entropy::{Entropy, Moment};
use notebook::error::ErrorCode;
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::session::{Seat, Session, SessionSetup, former};
use notebook::sync::enrol_desk::publish;
use notebook::sync::visit::{Hold, Purpose, Visitor};
use notebook::uptime::Uptime;
use notebook::view::{Nothing, SessionState, UnlockInput};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

const PIN: &str = "739164";
const DURESS_PIN: &str = "506182";
const FOLDERS: [&str; 5] = ["server", "desk", "lead", "member", "keys"];

/// How a night ends.
#[derive(Clone, Copy, Debug)]
enum Loss {
    /// The phone is destroyed after its records reached the server or the other phone.
    Destroyed,
    /// Nobody knows the PIN any more.
    ForgottenPin,
    /// The key store does not answer.
    DeadKeyStore,
    /// Somebody presses the button.
    Panic,
    /// Somebody is made to open the phone.
    Duress,
}

const LOSSES: [Loss; 5] = [Loss::Destroyed, Loss::ForgottenPin, Loss::DeadKeyStore, Loss::Panic, Loss::Duress];

/// Losses of one night in the count.
pub const KINDS: u64 = 5;

/// So many nights of every loss.
pub fn run(seed: u64, nights: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    let root = scratch("uscita-loss")?;
    let template = Template::new(root.path(), &mut Random::new(seed))?;
    for night in nights {
        let seed = seed.wrapping_add(night);
        for loss in LOSSES {
            let mut random = Random::new(seed);
            report.runs += 1;
            report.count(&format!("nights: {}", loss.name()), 1);
            let place = root.path().join("place");
            let played = template.night(&place, loss, &mut random, &mut report);
            if let Err(error) = played {
                report.count(&format!("short: {}", loss.name()), 1);
                report.tell(seed, &format!("{}: {error:#}", loss.name()));
            }
            std::fs::remove_dir_all(&place)?;
        }
    }
    Ok(report)
}

impl Loss {
    const fn name(self) -> &'static str {
        match self {
            Self::Destroyed => "phone destroyed after mirror",
            Self::ForgottenPin => "PIN forgotten",
            Self::DeadKeyStore => "key store dead",
            Self::Panic => "panic",
            Self::Duress => "duress",
        }
    }
}

/// A team on its first evening; the member's phone has a PIN and a duress PIN.
struct Template {
    root: PathBuf,
    team: Team,
    identity: SealIdentity,
    time: TrueTime,
}

impl Template {
    fn new(root: &Path, random: &mut Random) -> Result<Self> {
        let root = root.join("template");
        std::fs::create_dir(&root)?;
        let data = root.join("server");
        let team = Team::new(&root, Mailbox::make_key(&data), random)?;
        let identity = SealIdentity::from_text(team.recovery.as_text())?;
        let (dir, binder) = (&team.member.dir, FileBinder::new(&root.join("keys")));
        let mut entropy = Entropy::seeded_for_simulation(team.member.key_seed);
        keyfile::UNLOCK.create(dir, &NewSecret::pin(PIN)?, KdfParams::FLOOR, &binder, &mut entropy)?;
        let duress = NewSecret::decoy_pin(DURESS_PIN, PIN)?;
        keyfile::UNLOCK.set_decoy(dir, PIN, &duress, &binder, Uptime::now(), &mut Entropy::system())?;
        let template = Self { root, team, identity, time: TrueTime::default() };
        template.time.set(at(180).now);
        let network = template.network(&data, random);
        publish(&mut template.team.desk.open()?, &network, at(180)).context("the server takes the manifest")?;
        Ok(template)
    }

    fn network(&self, data: &Path, random: &mut Random) -> Network {
        let invitation = &self.team.invitation;
        let mailbox = Mailbox::open(data, &invitation.admin_key.0, invitation.programme, self.time.clone());
        Network::new(mailbox, Weather::CALM, random.split())
    }

    fn night(&self, place: &Path, loss: Loss, random: &mut Random, report: &mut Report) -> Result<()> {
        for name in FOLDERS {
            copy_folder(&self.root.join(name), &place.join(name))?;
        }
        let network = self.network(&place.join("server"), random);
        let scene = Scene {
            member: Device { dir: place.join("member"), key_seed: self.team.member.key_seed },
            lead: Device { dir: place.join("lead"), key_seed: self.team.lead.key_seed },
            desk: Device { dir: place.join("desk"), key_seed: self.team.desk.key_seed },
            keys: place.join("keys"),
            server: place.join("server"),
            network,
            time: self.time.clone(),
        };
        let (device, saved) = match loss {
            Loss::Destroyed => scene.destroyed(random)?,
            other => {
                let mut phone = scene.member.open()?;
                record(&mut phone, random)?;
                let saved = (phone.device(), operations_of(&phone, phone.device())?);
                drop(phone);
                match other {
                    Loss::ForgottenPin => scene.forgotten(random)?,
                    Loss::DeadKeyStore => scene.dead_key_store(random)?,
                    Loss::Panic => scene.panic(random)?,
                    Loss::Duress | Loss::Destroyed => scene.duress(&saved.1)?,
                }
                saved
            }
        };
        let due = u64::try_from(saved.len())?;
        report.due += due;
        let back = scene.bring_back(device, &saved, &self.identity, random)?;
        let here = u64::try_from(saved.iter().filter(|(place, json)| back.get(*place) == Some(*json)).count())?;
        report.recovered += here;
        report.lost += due - here;
        ensure!(here == due, "{} of {due} records are gone", due - here);
        scene.count_at_desk(&saved, report)
    }
}

/// One night: folders, and the way to the server.
struct Scene {
    member: Device,
    lead: Device,
    desk: Device,
    keys: PathBuf,
    server: PathBuf,
    network: Network,
    time: TrueTime,
}

impl Scene {
    /// The phone goes up in flames some time after its last visit to the server, or after the other phone took its file.
    /// What is due is what it had saved by then.
    fn destroyed(&self, random: &mut Random) -> Result<(DeviceId, Operations)> {
        let mut phone = self.member.open()?;
        record(&mut phone, random)?;
        let mirrored = operations_of(&phone, phone.device())?;
        if random.percent(50) {
            self.visit(&mut phone)?;
        } else {
            let file = phone.night_file(outing_id())?;
            self.lead.open()?.take_file(&file, at(120))?;
        }
        record(&mut phone, random)?;
        let device = phone.device();
        drop(phone);
        std::fs::remove_dir_all(&self.member.dir)?;
        std::fs::remove_dir_all(&self.keys)?;
        Ok((device, mirrored))
    }

    /// A wrong PIN, and a new beginning.
    fn forgotten(&self, random: &mut Random) -> Result<()> {
        let session = self.session(Arc::new(FileBinder::new(&self.keys)))?;
        if random.percent(30) {
            expect_error(session.unlock(pin("904817")), ErrorCode::WrongSecret)?;
        }
        let view = session.set_aside(Nothing {}).map_err(said)?;
        ensure!(view.state == SessionState::Absent, "the phone does not count as new");
        drop(session);
        self.send_formers()
    }

    /// The key store dies. It may come back, and then the PIN opens again; if not, the phone begins anew.
    fn dead_key_store(&self, random: &mut Random) -> Result<()> {
        let binder = Arc::new(Faulty::new(Arc::new(FileBinder::new(&self.keys))));
        let session = self.session(Arc::clone(&binder) as Arc<dyn HardwareBinder>)?;
        binder.fail_from(random.next() % 4);
        expect_error(session.unlock(pin(PIN)), ErrorCode::HardwareKey)?;
        if random.percent(20) {
            binder.revive();
            let view = session.unlock(pin(PIN)).map_err(said)?;
            ensure!(view.state == SessionState::Open, "a key store that came back does not open");
            session.lock(Nothing {}).map_err(said)?;
            binder.die();
            expect_error(session.unlock(pin(PIN)), ErrorCode::HardwareKey)?;
        }
        session.set_aside(Nothing {}).map_err(said)?;
        drop(session);
        self.send_formers()
    }

    /// The button, on a locked or on an open phone. Nothing that opens anything may be left.
    fn panic(&self, random: &mut Random) -> Result<()> {
        let session = self.session(Arc::new(FileBinder::new(&self.keys)))?;
        if random.percent(20) {
            session.unlock(pin(PIN)).map_err(said)?;
        }
        let view = session.panic(Nothing {}).map_err(said)?;
        ensure!(view.state == SessionState::Absent, "the phone does not count as new");
        ensure!(session.unlock(pin(PIN)).is_err(), "the PIN still opens something");
        drop(session);
        for name in ["notebook.db", "notebook.db-wal", "keyfile.a", "keyfile.b", "tries"] {
            ensure!(!self.member.dir.join(name).exists(), "{name} is still there");
        }
        ensure!(std::fs::read_dir(&self.keys)?.next().is_none(), "a hardware key is still there");
        self.send_formers()
    }

    /// The duress PIN opens nothing that was saved, and takes nothing away.
    fn duress(&self, saved: &Operations) -> Result<()> {
        let session = self.session(Arc::new(FileBinder::new(&self.keys)))?;
        session.unlock(pin(DURESS_PIN)).map_err(said)?;
        ensure!(session.tonight(Nothing {}).is_err(), "the night is shown behind the duress PIN");
        session.lock(Nothing {}).map_err(said)?;
        let view = session.unlock(pin(PIN)).map_err(said)?;
        ensure!(view.state == SessionState::Open, "the PIN does not open any more");
        session.lock(Nothing {}).map_err(said)?;
        drop(session);
        let phone = self.member.open()?;
        ensure!(operations_of(&phone, phone.device())? == *saved, "records are gone from the notebook");
        drop(phone);
        self.visit(&mut Journal::open(&self.member.dir)?)
    }

    /// The lead signs, the desk counts: what was saved, each record once.
    fn count_at_desk(&self, saved: &Operations, report: &mut Report) -> Result<()> {
        let mut lead = self.lead.open()?;
        sign(&mut lead)?;
        self.visit(&mut lead)?;
        drop(lead);
        let mut desk = self.desk.open()?;
        self.visit(&mut desk)?;
        let (due, counted) = (sums_of(saved)?, sums_at(&desk)?);
        report.due += due.contacts;
        report.count("contacts that the desk counts", counted.contacts);
        ensure!(counted == due, "the desk counts {counted:?} in the place of {due:?}");
        report.recovered += due.contacts;
        Ok(())
    }

    fn session(&self, binder: Arc<dyn HardwareBinder>) -> Result<Arc<Session>> {
        let time = self.time.clone();
        Ok(Session::open(SessionSetup {
            data_dir: self.member.dir.clone(),
            share_dir: self.member.dir.join("share"),
            seat: Seat::Phone,
            clock: Arc::new(move || Moment::at(time.now())),
            entropy: Entropy::system(),
            binder,
        })?)
    }

    /// What this phone was goes on being sent.
    fn send_formers(&self) -> Result<()> {
        let formers = former::list(&self.member.dir)?;
        ensure!(formers.len() == 1, "{} former selves", formers.len());
        for former in &formers {
            self.visit(&mut former.journal()?.context("a former self has its journal")?)?;
        }
        Ok(())
    }

    fn visit(&self, holder: &mut impl Hold) -> Result<()> {
        let time = self.time.clone();
        let clock = move || Moment::at(time.now());
        let end = Visitor::new(Entropy::system()).visit(holder, &self.network, &clock, Purpose::Asked)?;
        match end.trouble {
            None => Ok(()),
            Some(trouble) => bail!("the visit to the server ended with {trouble:?}"),
        }
    }

    /// What comes back: through the lead, who pulls, or through the recovery identity and a copy of the server's file.
    fn bring_back(
        &self,
        device: DeviceId,
        saved: &Operations,
        identity: &SealIdentity,
        random: &mut Random,
    ) -> Result<Operations> {
        let mut lead = self.lead.open()?;
        self.visit(&mut lead)?;
        let at_lead = operations_of(&lead, device)?;
        drop(lead);
        let journal = former::list(&self.member.dir).unwrap_or_default().into_iter().next();
        let in_journal = match journal {
            Some(former) if random.percent(50) => Some(from_journal(&former.dir().join("journal.db"), identity)?),
            _ => None,
        };
        let copy = self.server.with_file_name("copy");
        copy_folder(&self.server, &copy)?;
        let on_server = from_mailbox(&copy.join("mailbox.db"), identity)?;
        // A file that one phone took from the other is with the lead, and never was with the server.
        let sources = [Some(&at_lead), Some(&on_server).filter(|found| !found.is_empty()), in_journal.as_ref()];
        let whole = |found: &&Operations| saved.iter().all(|(place, json)| found.get(place) == Some(json));
        let first_short = sources.into_iter().flatten().find(|found| !whole(found));
        Ok(first_short.cloned().unwrap_or(at_lead.clone()))
    }
}

/// A few contacts.
fn record(phone: &mut Notebook, random: &mut Random) -> Result<()> {
    for _ in 0..2 + random.below(5) {
        let card = OperationId(Uuid::from_u64_pair(random.next(), random.next()));
        phone.save(contact(card, phone.device())?, Some(card), at(7), None)?;
    }
    Ok(())
}

fn pin(pin: &str) -> UnlockInput {
    UnlockInput { pin: pin.to_owned() }
}

fn said(error: notebook::error::ErrorView) -> anyhow::Error {
    anyhow::anyhow!("{}", error.code.code())
}

fn expect_error<T>(outcome: Result<T, notebook::error::ErrorView>, code: ErrorCode) -> Result<()> {
    match outcome {
        Err(error) if error.code == code => Ok(()),
        Err(error) => bail!("{} in the place of {}", error.code.code(), code.code()),
        Ok(_) => bail!("it opened, in the place of {}", code.code()),
    }
}
