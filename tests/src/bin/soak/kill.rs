//! `kill`: a process writes and is killed at a random moment; then everything that it was told is durable must be there.
//!
//! One folder serves many kills, so that what an earlier crash left behind is what the next one meets. Where the process
//! ends what the phone was ([`crate::ending`]), it serves those that come before the end is reached.

use crate::ending::{KEYS, ORDER};
use crate::judge::Judge;
use crate::life::{Deed, PAGE, pin};
use crate::random::Random;
use crate::report::Report;
use crate::team::{Device, Team, at, contact, envelopes, scratch};
use anyhow::{Context, Result, bail};
use domain::ids::OperationId;
use domain::sync::chain::Bytes;
use domain::sync::manifest::DeviceStatus;
use domain::sync::version;
use domain::sync::wipe::WipeOrder;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::seal::SealIdentity;
use notebook::crypto::{KdfParams, NewSecret, keyfile};
use notebook::entropy::Entropy;
use notebook::programme_new::ManifestChange;
use std::io::{BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Kills that one folder serves at most: its journal then is longer than a night's.
const KILLS_OF_A_FOLDER: i64 = 60;
/// What is done in one folder after the other.
const DEEDS: [Deed; 10] = [
    Deed::Save,
    Deed::Panic,
    Deed::Ingest,
    Deed::Full,
    Deed::Wipe,
    Deed::Save,
    Deed::Pin,
    Deed::SetAside,
    Deed::Save,
    Deed::Ingest,
];
/// A PIN is stretched several times for each of these.
const KILLS_OF_PINS: i64 = 6;
/// Records that the member's phone has for the lead's.
const RECORDS: u128 = 160;

/// Kills so many times.
pub fn run(seed: u64, runs: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    let root = scratch("uscita-kill")?;
    let template = Template::new(root.path(), &mut Random::new(seed))?;
    let mut judge: Option<Judge> = None;
    let (mut turn, mut until) = (usize::try_from(seed)? % DEEDS.len(), runs.start);
    let mut deed = Deed::Save;
    // A short run has its share of everything.
    let share = i64::try_from((runs.end - runs.start) / u64::try_from(DEEDS.len())?)?.max(1);
    for run in runs {
        let seed = seed.wrapping_add(run);
        let mut random = Random::new(seed);
        if run >= until {
            turn += 1;
            deed = *DEEDS.get(turn % DEEDS.len()).unwrap_or(&Deed::Save);
            judge = None;
            let most = if deed == Deed::Pin { KILLS_OF_PINS } else { KILLS_OF_A_FOLDER }.min(share);
            until = run + random.between(most.min(3), most).unsigned_abs();
        }
        if judge.as_ref().is_none_or(Judge::is_used_up) {
            judge = Some(template.place(&root.path().join("place"), deed)?);
        }
        let Some(at_work) = &mut judge else { continue };
        report.runs += 1;
        report.count(&format!("killed during {}", at_work.deed().name()), 1);
        let outcome = live_and_die(at_work, &mut random, &mut report).and_then(|()| at_work.check(&mut report));
        if let Err(error) = outcome {
            report.corrupt += 1;
            report.tell(seed, &format!("{:?}: {error:#}", at_work.deed()));
            judge = None;
        }
    }
    Ok(report)
}

/// Files that every folder begins with.
struct Template {
    team: Team,
    page: PathBuf,
    order: WipeOrder,
    identity: Arc<SealIdentity>,
}

impl Template {
    fn new(root: &Path, random: &mut Random) -> Result<Self> {
        let root = root.join("template");
        std::fs::create_dir(&root)?;
        let team = Team::new(&root, Bytes(vec![9; 32]), random)?;
        let Device { dir, key_seed } = &team.member;
        let (pin, mut entropy) = (NewSecret::pin(pin(0))?, Entropy::seeded_for_simulation(*key_seed));
        keyfile::UNLOCK.create(dir, &pin, KdfParams::FLOOR, &FileBinder::new(dir), &mut entropy)?;
        let giver = team.member.copied_to(&root.join("giver"))?;
        let mut phone = giver.open()?;
        for card in 0..RECORDS {
            let card = OperationId(Uuid::from_u128(card * 1_000));
            phone.save(contact(card, phone.device())?, Some(card), at(3), None)?;
        }
        let page = root.join(PAGE);
        std::fs::write(&page, serde_json::to_vec(&envelopes(phone.journal())?)?)?;
        let device = phone.device();
        let mut desk = team.desk.open()?;
        let wiped = ManifestChange::SetStatus { device, status: DeviceStatus::Wipe };
        desk.sign_manifest(vec![wiped], at(4))?;
        let found = desk.manifest().and_then(|manifest| manifest.find_device(device)).context("the phone")?;
        let signature = found.wipe_order.clone().context("its order")?;
        let order = WipeOrder { version: version::CURRENT, device, signature, succession: Vec::new() };
        let identity = Arc::new(SealIdentity::from_text(team.recovery.as_text())?);
        Ok(Self { team, page, order, identity })
    }

    fn place(&self, dir: &Path, deed: Deed) -> Result<Judge> {
        let whose = if deed == Deed::Ingest { &self.team.lead } else { &self.team.member };
        let device = whose.copied_to(&dir.join("phone"))?;
        std::fs::copy(&self.page, dir.join(PAGE))?;
        if deed.is_ending() {
            std::fs::write(dir.join(ORDER), serde_json::to_vec(&self.order)?)?;
            take_keys_out(&device.dir, &dir.join(KEYS))?;
        }
        Ok(Judge::new(device, deed, Arc::clone(&self.identity)))
    }
}

/// The hardware keys lie in a folder of their own.
fn take_keys_out(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("device-key") {
            std::fs::rename(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// One process, from its start to its end by SIGKILL. What it said is told to the judge.
fn live_and_die(judge: &mut Judge, random: &mut Random, report: &mut Report) -> Result<()> {
    let (lines, wait_us) = match judge.deed() {
        Deed::Save | Deed::Ingest => (random.below(24), random.between(0, 12_000)),
        Deed::Full => (random.below(120), random.between(0, 12_000)),
        Deed::Pin => (random.below(3), random.between(0, 600_000)),
        // From `begin` on. All of it takes a millisecond or two.
        Deed::Panic | Deed::SetAside | Deed::Wipe => {
            let most = 100 << random.below(6);
            (usize::MAX, random.between(0, most))
        }
    };
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("life").arg("--dir").arg(judge.dir()).args(["--key-seed", &judge.key_seed().to_string()]);
    command.args(["--deed", judge.deed().name(), "--from", &judge.from().to_string()]);
    command.args(["--seed", &random.next().to_string()]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut out = BufReader::new(child.stdout.take().context("its output")?);
    let mut line = String::new();
    let mut ended = false;
    for _ in 0..lines {
        line.clear();
        if out.read_line(&mut line)? == 0 {
            ended = true;
            break;
        }
        judge.hear(&line, report)?;
        if ["done", "begin"].contains(&line.trim()) {
            break;
        }
    }
    if !ended {
        std::thread::park_timeout(Duration::from_micros(wait_us.unsigned_abs()));
    }
    child.kill()?;
    let status = child.wait()?;
    let mut rest = Vec::new();
    out.read_to_end(&mut rest)?;
    // A line that was cut short was heard by nobody.
    for line in String::from_utf8_lossy(&rest).split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        judge.hear(line, report)?;
    }
    if std::os::unix::process::ExitStatusExt::signal(&status).is_none() {
        let mut said = String::new();
        child.stderr.take().context("its errors")?.read_to_string(&mut said)?;
        bail!("the process ended by itself: {}", said.trim());
    }
    Ok(())
}
