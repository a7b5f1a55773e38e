//! The process that is killed: it writes without end and says, line by line, what it has been told is durable.
//!
//! ```text
//! open            the notebook is open
//! card ID N       version N of a card is kept
//! saved ID        a contact is saved
//! took N          the other phone's record N is taken in
//! pin N           the PIN of turn N is in force
//! refused CODE    a save was refused
//! begin           the end of what the phone was begins ([`crate::ending`])
//! ended           it is over
//! ```

use crate::ending;
use crate::random::Random;
use crate::team::{Device, at, contact, outing_id};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use domain::ids::OperationId;
use domain::sync::pull::Envelope;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::{NewSecret, keyfile};
use notebook::entropy::Entropy;
use notebook::notebook::Notebook;
use notebook::store::Draft;
use notebook::uptime::Uptime;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What a process does until it is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deed {
    /// Cards are begun, changed and saved.
    Save,
    /// The same, on a disk that has room for little more.
    Full,
    /// A lead's phone takes in what the other phone saved.
    Ingest,
    /// The PIN is changed.
    Pin,
    /// The keys are destroyed.
    Panic,
    /// A notebook that nobody can open is set aside.
    SetAside,
    /// The admin's order to wipe the phone is obeyed.
    Wipe,
}

impl Deed {
    /// As it is called on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Save => "save",
            Self::Full => "full",
            Self::Ingest => "ingest",
            Self::Pin => "pin",
            Self::Panic => "panic",
            Self::SetAside => "set-aside",
            Self::Wipe => "wipe",
        }
    }

    /// Whether it ends what the phone was.
    pub const fn is_ending(self) -> bool {
        matches!(self, Self::Panic | Self::SetAside | Self::Wipe)
    }
}

/// Where and how.
#[derive(Args)]
pub struct Life {
    /// The notebook's folder.
    #[arg(long)]
    pub dir: PathBuf,
    /// Seed of the notebook's key.
    #[arg(long)]
    pub key_seed: u64,
    /// What it does.
    #[arg(long, value_enum)]
    pub deed: Deed,
    /// Seed of its own chance.
    #[arg(long)]
    pub seed: u64,
    /// Where to begin: the last PIN, the last record taken in, lives since the end began.
    #[arg(long, default_value_t = 0)]
    pub from: u64,
}

/// The file with the other phone's records, beside the folder of the phone that takes them in.
pub const PAGE: &str = "page.json";
/// Bytes that files may still grow by on the disk that is nearly full.
const ROOM: u64 = 192 * 1024;
/// Saves that are refused before the process waits for its end.
const REFUSALS: u32 = 5;

impl Life {
    /// Lives until it is killed.
    ///
    /// # Errors
    /// What the notebook refuses; but for a full disk nothing may be.
    pub fn live(&self) -> Result<()> {
        let mut random = Random::new(self.seed);
        match self.deed {
            Deed::Save => self.save(&mut random),
            Deed::Full => self.fill(&mut random),
            Deed::Ingest => self.take_in(&mut random),
            Deed::Pin => self.change_pin(),
            Deed::Panic | Deed::SetAside | Deed::Wipe => {
                ending::live(self, &mut random)?;
                wait_for_the_end()
            }
        }
    }

    fn open(&self) -> Result<Notebook> {
        let notebook = Device { dir: self.dir.clone(), key_seed: self.key_seed }.open()?;
        say("open")?;
        Ok(notebook)
    }

    fn save(&self, random: &mut Random) -> Result<()> {
        let mut notebook = self.open()?;
        finish_cards(&mut notebook)?;
        loop {
            save_one(&mut notebook, random)?;
        }
    }

    fn fill(&self, random: &mut Random) -> Result<()> {
        // The signal that comes with a file too large would end the process; the error is what is wanted.
        signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
        let mut notebook = self.open()?;
        finish_cards(&mut notebook)?;
        let largest = std::fs::read_dir(&self.dir)?.filter_map(|entry| entry.ok()?.metadata().ok());
        let largest = largest.map(|file| file.len()).max().unwrap_or_default();
        let room = largest + random.next() % ROOM;
        let limit = Rlimit { current: Some(room), ..getrlimit(Resource::Fsize) };
        setrlimit(Resource::Fsize, limit)?;
        let mut refused = 0;
        while refused < REFUSALS {
            if let Err(error) = save_one(&mut notebook, random) {
                let code = error.downcast_ref::<notebook::error::NotebookError>().context(error.to_string())?.code();
                say(&format!("refused {}", code.code()))?;
                refused += 1;
            }
        }
        wait_for_the_end()
    }

    fn take_in(&self, random: &mut Random) -> Result<()> {
        let page = self.dir.parent().unwrap_or(Path::new("")).join(PAGE);
        let envelopes: Vec<Envelope> = serde_json::from_slice(&std::fs::read(page)?)?;
        let mut notebook = self.open()?;
        // What came before comes again, as after a lost answer.
        let again = random.below(6);
        let mut next = usize::try_from(self.from)?.saturating_sub(again);
        while next < envelopes.len() {
            let end = (next + 1 + random.below(5)).min(envelopes.len());
            for envelope in envelopes.get(next..end).unwrap_or_default() {
                notebook.ingest(envelope, at(60))?;
                say(&format!("took {}", envelope.operation.sequence))?;
            }
            next = end;
        }
        wait_for_the_end()
    }

    fn change_pin(&self) -> Result<()> {
        let binder = FileBinder::new(&self.dir);
        for turn in self.from.. {
            let new = NewSecret::pin(pin(turn + 1))?;
            keyfile::UNLOCK.change_secret(
                &self.dir,
                pin(turn),
                &new,
                &binder,
                Uptime::now(),
                &mut Entropy::system(),
            )?;
            say(&format!("pin {}", turn + 1))?;
        }
        Ok(())
    }
}

/// The PIN of a turn.
pub fn pin(turn: u64) -> &'static str {
    match turn % 3 {
        0 => "739164",
        1 => "830591",
        _ => "506182",
    }
}

/// The cards that the last life left are saved, each under the id that it was given when it was begun.
fn finish_cards(notebook: &mut Notebook) -> Result<()> {
    for draft in notebook.list_drafts(outing_id())? {
        let body = contact(draft.operation, notebook.device())?;
        notebook.save(body, Some(draft.operation), at(10), None)?;
        say(&format!("saved {}", draft.operation.0))?;
    }
    Ok(())
}

fn save_one(notebook: &mut Notebook, random: &mut Random) -> Result<()> {
    let card = OperationId(uuid::Uuid::from_u64_pair(random.next(), random.next()));
    for version in 1..=1 + random.below(3) {
        let json = serde_json::to_vec(&serde_json::json!({ "version": version }))?;
        notebook.save_draft(&Draft { outing: outing_id(), operation: card, saved_at: at(5).now, json })?;
        say(&format!("card {} {version}", card.0))?;
    }
    // Some cards stay as they are for the next life.
    if random.percent(85) {
        let body = contact(card, notebook.device())?;
        notebook.save(body, Some(card), at(5), None)?;
        say(&format!("saved {}", card.0))?;
    }
    Ok(())
}

/// One line, with the others before it, out of this process.
pub fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    Ok(out.flush()?)
}

fn wait_for_the_end() -> Result<()> {
    say("done")?;
    loop {
        std::thread::park();
    }
}
