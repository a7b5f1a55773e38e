//! The end of what a phone was: panic, a notebook set aside, an order to wipe, and a process that is killed in the middle.
//!
//! The next start finds the phone as it was before, or brings to its end what was begun; there is nothing in between. The
//! journal is whole either way, and every record comes back from it without a key of the phone.

use crate::content::from_journal;
use crate::judge::are_once;
use crate::life::{Deed, Life, pin, say};
use crate::random::Random;
use crate::report::Report;
use crate::team::{Device, at, contact, outing_id};
use anyhow::{Context, Result, ensure};
use domain::ids::OperationId;
use domain::operation::Operation;
use domain::sync::wipe::WipeOrder;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::keyfile;
use notebook::crypto::seal::SealIdentity;
use notebook::entropy::{Entropy, Moment};
use notebook::journal::Journal;
use notebook::notebook::Notebook;
use notebook::session::{Seat, Session, SessionSetup, former};
use notebook::uptime::Uptime;
use notebook::view::{Nothing, OutingInput, SessionState, UnlockInput};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// The order to wipe the phone, beside its folder.
pub const ORDER: &str = "order.json";
/// The folder of the phone's hardware keys, beside its own.
pub const KEYS: &str = "keys";
/// What is made before panic does anything, and removed when all is done.
const PANIC_BEGUN: &str = "panic.begun";
/// What is made before anything is set aside, and has its name when all is.
const SET_ASIDE_BEGUN: &str = "former.new";

/// The first life saves, and ends the phone; a later one is a start that brings it to its end.
pub fn live(life: &Life, random: &mut Random) -> Result<()> {
    let is_first = life.from == 0;
    if is_first {
        save(life, random)?;
    }
    if is_first && life.deed == Deed::Wipe {
        let order: WipeOrder = serde_json::from_slice(&std::fs::read(life.dir.with_file_name(ORDER))?)?;
        ensure!(Journal::open(&life.dir)?.take_order(&order)?, "the order is not the admin's");
    }
    let is_open = is_first && random.percent(10);
    let at_hand = if is_open { Some(session(&life.dir)?) } else { None };
    if let Some(session) = &at_hand {
        session.unlock(UnlockInput { pin: pin(0).into() }).map_err(|error| anyhow::anyhow!("{}", error.code.code()))?;
    }
    say("begin")?;
    let session = at_hand.map_or_else(|| session(&life.dir), Ok)?;
    match life.deed {
        // A notebook that is open is not set aside.
        Deed::SetAside if is_open => drop(session.lock(Nothing {}).and_then(|_| session.set_aside(Nothing {}))),
        Deed::SetAside if is_first => drop(session.set_aside(Nothing {})),
        Deed::Panic if is_first => drop(session.panic(Nothing {})),
        // The next visit to a server obeys first. There is none at that address.
        Deed::Wipe => drop(session.send(OutingInput { outing_id: outing_id() })),
        _ => {}
    }
    say("ended")
}

fn save(life: &Life, random: &mut Random) -> Result<()> {
    let mut notebook = Device { dir: life.dir.clone(), key_seed: life.key_seed }.open()?;
    for _ in 0..1 + random.below(4) {
        let card = OperationId(Uuid::from_u64_pair(random.next(), random.next()));
        notebook.save(contact(card, notebook.device())?, Some(card), at(5), None)?;
        say(&format!("saved {}", card.0))?;
    }
    Ok(())
}

fn session(dir: &Path) -> Result<Arc<Session>> {
    Ok(Session::open(SessionSetup {
        data_dir: dir.to_owned(),
        share_dir: dir.join("share"),
        seat: Seat::Phone,
        clock: Arc::new(|| Moment::at(at(60).now)),
        entropy: Entropy::system(),
        binder: Arc::new(FileBinder::new(&dir.with_file_name(KEYS))),
    })?)
}

/// Where the signal came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing had changed.
    Before,
    /// In the middle.
    Between,
    /// All was done.
    After,
}

impl Stage {
    /// As the folder of a phone shows it, before anybody looks into it.
    fn of(dir: &Path) -> Result<Self> {
        let is_begun = dir.join(PANIC_BEGUN).exists() || dir.join(SET_ASIDE_BEGUN).exists();
        let is_whole = dir.join("notebook.db").exists() && dir.join("journal.db").exists();
        let has_former = !former::list(dir)?.is_empty();
        Ok(match (is_begun, is_whole, has_former) {
            (false, true, false) => Self::Before,
            (false, false, true) => Self::After,
            _ => Self::Between,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Between => "in the middle of",
            Self::After => "after",
        }
    }
}

/// Lets a copy of the killed phone start, and looks at what is there. What was acknowledged is `saved`.
pub fn check(
    device: &Device,
    deed: Deed,
    saved: &BTreeSet<OperationId>,
    identity: &SealIdentity,
    report: &mut Report,
) -> Result<Stage> {
    let stage = Stage::of(&device.dir)?;
    report.count(&format!("killed {} {}", stage.name(), deed.name()), 1);
    let place = device.dir.parent().context("a folder around it")?;
    let copy = tempfile::Builder::new().prefix("settled").tempdir_in(place.parent().context("and around that")?)?;
    copy_tree(place, copy.path())?;
    let found = Settled { dir: copy.path().join("phone"), key_seed: device.key_seed, deed };
    let back = found.start(stage, identity)?;
    let here = saved.intersection(&back).count();
    report.due += u64::try_from(saved.len())?;
    report.recovered += u64::try_from(here)?;
    report.lost += u64::try_from(saved.len() - here)?;
    ensure!(here == saved.len(), "{} of {} records are gone", saved.len() - here, saved.len());
    Ok(stage)
}

/// A phone that starts again.
struct Settled {
    dir: PathBuf,
    key_seed: u64,
    deed: Deed,
}

impl Settled {
    /// Starts it. Gives what its journal brings back.
    fn start(&self, stage: Stage, identity: &SealIdentity) -> Result<BTreeSet<OperationId>> {
        let session = session(&self.dir)?;
        if self.deed == Deed::Wipe {
            drop(session.send(OutingInput { outing_id: outing_id() }));
        }
        for left in [PANIC_BEGUN, SET_ASIDE_BEGUN] {
            ensure!(!self.dir.join(left).exists(), "{left} is left after the next start");
        }
        let state = session.status(Nothing {}).map_err(|error| anyhow::anyhow!("{}", error.code.code()))?.state;
        let journal = if self.dir.join("notebook.db").exists() {
            ensure!(stage == Stage::Before && self.deed != Deed::Wipe, "it is as before, and it was begun");
            ensure!(state == SessionState::Locked, "the phone is not locked");
            self.opens_whole(&self.dir)?;
            self.dir.join("journal.db")
        } else {
            ensure!(state == SessionState::Absent, "the phone does not count as new");
            ensure!(session.unlock(UnlockInput { pin: pin(0).into() }).is_err(), "the PIN opens something");
            self.former_is_whole()?
        };
        drop(session);
        Journal::open(journal.parent().context("its folder")?)?.verify().context("the journal does not verify")?;
        let back = from_journal(&journal, identity)?;
        back.values().map(|json| Ok(serde_json::from_str::<Operation>(json)?.id)).collect()
    }

    /// The PIN still opens everything.
    fn opens_whole(&self, dir: &Path) -> Result<()> {
        let binder = FileBinder::new(&self.dir.with_file_name(KEYS));
        let opened = keyfile::UNLOCK.unlock(dir, pin(0), &binder, Uptime::now()).context("the PIN does not open")?;
        let notebook =
            Notebook::open(dir, &opened.into_key()?, Entropy::system()).context("the notebook does not open")?;
        let operations = notebook.operations_of(outing_id())?;
        let head = notebook.journal().head()?;
        let own = operations.iter().filter(|one| one.device == notebook.device()).count();
        ensure!(u64::try_from(own)? == head.sequence && are_once(&operations), "journal and notebook do not agree");
        Ok(())
    }

    /// There is one former self: whole if it was set aside, else nothing but its journal. Gives the journal.
    fn former_is_whole(&self) -> Result<PathBuf> {
        let formers = former::list(&self.dir)?;
        ensure!(formers.len() == 1, "{} former selves", formers.len());
        let dir = formers.first().map(|former| former.dir().to_owned()).context("a former self")?;
        if self.deed == Deed::SetAside {
            let kept = Device { dir: dir.clone(), key_seed: self.key_seed }.open().context("what was set aside")?;
            ensure!(kept.journal().head()?.sequence > 0, "nothing was set aside");
            ensure!(keyfile::UNLOCK.exists(&dir), "the keyfile was not set aside");
            return Ok(dir.join("journal.db"));
        }
        for folder in [&dir, &self.dir] {
            for entry in std::fs::read_dir(folder)? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                let stays = ["journal.db", "notebook.lock", "former-", "settings", "share"];
                ensure!(stays.iter().any(|stays| name.starts_with(stays)), "{name} is left");
            }
        }
        let keys = self.dir.with_file_name(KEYS);
        ensure!(std::fs::read_dir(keys)?.next().is_none(), "a hardware key is left");
        if self.deed == Deed::Wipe {
            ensure!(Journal::open(&dir)?.wipe_confirmation()?.is_some(), "nothing confirms that the order was obeyed");
        }
        Ok(dir.join("journal.db"))
    }
}

/// Copies a folder with all that is in it.
fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
