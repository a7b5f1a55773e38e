//! `flip`: bits of a notebook's files are turned over, and the app goes on as it would.
//!
//! Every damage is told by an error, or changes nothing that is read. What was saved comes back: from the journal where
//! that is whole, from the other copy of a keyfile. Of a journal that is damaged it is counted what else still holds it.

use crate::content::{InJournal, InNotebook, Operations, Seen, bytes_of, from_journal};
use crate::random::Random;
use crate::report::Report;
use crate::team::{Device, Team, at, contact, envelopes, outing_id, scratch};
use anyhow::{Context, Result, ensure};
use domain::ids::OperationId;
use domain::sync::chain::Bytes;
use notebook::crypto::binder::FileBinder;
use notebook::crypto::seal::SealIdentity;
use notebook::crypto::{KdfParams, NewSecret, keyfile};
use notebook::entropy::Entropy;
use notebook::error::NotebookError;
use notebook::notebook::Notebook;
use notebook::settings::Settings;
use notebook::store::Draft;
use notebook::uptime::Uptime;
use std::ops::Range;
use std::path::Path;
use uuid::Uuid;

const PIN: &str = "739164";
const REVIEW_PIN: &str = "60381947";
const NOTEBOOK: [&str; 2] = ["notebook.db", "notebook.db-wal"];
const JOURNAL: [&str; 2] = ["journal.db", "journal.db-wal"];
const KEYFILE: [&str; 2] = ["keyfile.a", "keyfile.b"];
const REVIEW: [&str; 2] = ["review.a", "review.b"];
const DEVICE_KEY: &str = "device-key.1";
const SETTINGS: &str = "settings.json";
/// The longest wait of the throttle.
const LONGEST_WAIT_MS: u64 = 60 * 60_000;

/// A folder as it was, and what it holds.
struct Image {
    name: &'static str,
    device: Device,
    notebook: InNotebook,
    /// What the notebook held before each of its last commits.
    before: Vec<InNotebook>,
    journal: InJournal,
    /// What this device saved itself.
    own: Operations,
}

/// Turns bits over so many times.
pub fn run(seed: u64, runs: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    let root = scratch("uscita-flip")?;
    let (images, identity) = images(root.path(), &mut Random::new(seed))?;
    let place = root.path().join("place");
    for run in runs {
        let seed = seed.wrapping_add(run);
        let mut random = Random::new(seed);
        report.runs += 1;
        let image = random.pick(&images);
        let device = image.device.copied_to(&place)?;
        let name = draw_file(&mut random, &device.dir);
        damage(&device.dir.join(name), &mut random)?;
        report.count(&format!("damaged {name}"), 1);
        let judged = match name {
            "keyfile.a" | "keyfile.b" => judge_keyfile(&device, &mut report),
            "review.a" | "review.b" => judge_review(&device, &mut report),
            "tries" | "review.tries" => judge_tries(&device, name, &mut report),
            DEVICE_KEY => judge_device_key(image, &device, &identity, &mut report),
            SETTINGS => judge_settings(&device, &mut report),
            _ => judge_databases(image, &device, name, &identity, &mut report),
        };
        if let Err(error) = judged {
            report.tell(seed, &format!("{name} of {}: {error:#}", image.name));
        }
    }
    Ok(report)
}

fn draw_file(random: &mut Random, dir: &Path) -> &'static str {
    let name = match random.below(100) {
        0..33 => "notebook.db",
        33..54 => "notebook.db-wal",
        54..75 => "journal.db",
        75..90 => "journal.db-wal",
        90 => "keyfile.a",
        91 => "keyfile.b",
        92 => "review.a",
        93 => "review.b",
        94 => "tries",
        95 => "review.tries",
        96 => DEVICE_KEY,
        _ => SETTINGS,
    };
    let has_bytes = std::fs::metadata(dir.join(name)).is_ok_and(|file| file.len() > 0);
    if has_bytes { name } else { "notebook.db" }
}

/// One bit, or a few close together, or all of half a kilobyte.
fn damage(path: &Path, random: &mut Random) -> Result<()> {
    let mut bytes = std::fs::read(path)?;
    let start = random.below(bytes.len());
    let (reach, bits) = match random.below(10) {
        0..6 => (1, 1),
        6..9 => (8, 2 + random.below(7)),
        _ => (512, 512),
    };
    let before = bytes.clone();
    let end = (start + reach).min(bytes.len());
    while bytes == before {
        for _ in 0..bits {
            let at = start + random.below(end - start);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
    }
    Ok(std::fs::write(path, bytes)?)
}

fn judge_databases(
    image: &Image,
    device: &Device,
    name: &str,
    identity: &SealIdentity,
    report: &mut Report,
) -> Result<()> {
    let files: &[&str] = if NOTEBOOK.contains(&name) { &NOTEBOOK } else { &JOURNAL };
    let before = bytes_of(&device.dir, files)?;
    let opened = device.open();
    if opened.as_ref().is_ok_and(Notebook::journal_is_rebuilt) {
        drop(opened);
        return judge_rebuilt(image, device, &before, report);
    }
    if let Err(error) = &opened {
        report.count(&format!("opening said {}", error.code().code()), 1);
        let untouched = before == bytes_of(&device.dir, files)?;
        if !untouched {
            report.corrupt += 1;
        }
        ensure!(untouched, "an opening that failed ({error}) wrote to the file");
    }
    drop(opened);
    let seen = Seen::read(device);
    let same_journal = seen.journal.as_ref().is_ok_and(|found| *found == image.journal);
    match &seen.notebook {
        Ok(found) if *found == image.notebook && same_journal => {
            report.count("changed nothing", 1);
            return Ok(());
        }
        // SQLite cannot tell a bit in the last commits of a log from a power cut during them.
        Ok(found) if same_journal && image.before.contains(found) => {
            report.count("read as a power cut during the last commits", 1);
            return Ok(());
        }
        _ => {}
    }
    let said = seen.notebook.is_err() || seen.journal.is_err();
    if !said {
        report.undetected += 1;
        report.count(&format!("undetected in {name}"), 1);
        anyhow::bail!("changed, and nothing was said: {}", describe(image, &seen));
    }
    report.count(&format!("told: {name}"), 1);
    if JOURNAL.contains(&name) {
        // The journal is the copy; what is damaged in it is in the notebook, and the rest of it can still be read.
        let readable = from_journal(&device.dir.join("journal.db"), identity).unwrap_or_default();
        let is_left = seen.notebook.is_ok_and(|found| found.operations == image.notebook.operations);
        let whole = u64::try_from(readable.len())? == u64::try_from(image.own.len())?;
        report.count("damaged journals: notebook still opens whole", u64::from(is_left));
        report.count("damaged journals: all records still open with the recovery key", u64::from(whole));
        return Ok(());
    }
    report.due += 1;
    ensure!(from_journal(&device.dir.join("journal.db"), identity)? == image.own, "told, and not come back");
    report.recovered += 1;
    Ok(())
}

/// The journal was made anew from the notebook: it is the same, and the damaged one lies aside.
fn judge_rebuilt(image: &Image, device: &Device, damaged: &[Vec<u8>], report: &mut Report) -> Result<()> {
    report.due += 1;
    report.count("journal made anew", 1);
    let aside = bytes_of(&device.dir, &["journal.db.damaged-1", "journal.db.damaged-1-wal"])?;
    let only_lost_its_end = aside.iter().all(Vec::is_empty);
    ensure!(only_lost_its_end || aside == damaged, "the damaged journal is not as it was");
    let seen = Seen::read(device);
    let (notebook, journal) = (seen.notebook.context("the notebook")?, seen.journal.context("the new journal")?);
    if notebook != image.notebook || journal != image.journal {
        report.lost += 1;
        anyhow::bail!("the journal was made anew, and is another one");
    }
    report.recovered += 1;
    Ok(())
}

fn describe(image: &Image, seen: &Seen) -> String {
    let mut what = Vec::new();
    if let Ok(found) = &seen.notebook {
        let (now, then) = (found.operations.len(), image.notebook.operations.len());
        what.push(format!(
            "{now} of {then} records, {} of {} other lines",
            found.rest.len(),
            image.notebook.rest.len()
        ));
    }
    if seen.journal.as_ref().is_ok_and(|found| *found != image.journal) {
        what.push("the journal".into());
    }
    what.join("; ")
}

/// One copy of the keyfile is damaged: the other opens, and the damaged one is made anew.
fn judge_keyfile(device: &Device, report: &mut Report) -> Result<()> {
    report.due += 1;
    let binder = FileBinder::new(&device.dir);
    let unlocked =
        keyfile::UNLOCK.unlock(&device.dir, PIN, &binder, Uptime::now()).context("the other copy does not open")?;
    Notebook::open(&device.dir, &unlocked.into_key()?, Entropy::system()).context("it opened with another key")?;
    let copies = bytes_of(&device.dir, &KEYFILE)?;
    ensure!(matches!(copies.as_slice(), [one, other] if one == other), "the damaged copy was not repaired");
    report.recovered += 1;
    report.count("repaired from the other copy", 1);
    Ok(())
}

/// The same for the keyfile of the step-up PIN.
fn judge_review(device: &Device, report: &mut Report) -> Result<()> {
    report.due += 1;
    let binder = FileBinder::new(&device.dir);
    keyfile::REVIEW.unlock(&device.dir, REVIEW_PIN, &binder, Uptime::now()).context("the other copy does not open")?;
    let copies = bytes_of(&device.dir, &REVIEW)?;
    ensure!(matches!(copies.as_slice(), [one, other] if one == other), "the damaged copy was not repaired");
    report.recovered += 1;
    report.count("repaired from the other copy", 1);
    Ok(())
}

/// A damaged counter lets nobody try for free that had to wait, and keeps nobody out for longer than the longest wait.
fn judge_tries(device: &Device, name: &str, report: &mut Report) -> Result<()> {
    report.due += 1;
    let binder = FileBinder::new(&device.dir);
    let (set, pin) = if name == "tries" { (keyfile::UNLOCK, PIN) } else { (keyfile::REVIEW, REVIEW_PIN) };
    let wait = set.wait_ms(&device.dir, Uptime::now())?;
    ensure!(wait <= LONGEST_WAIT_MS, "a wait of {wait} ms");
    report.count(if wait == 0 { "tries: the other record holds" } else { "tries: the longest wait" }, 1);
    match set.unlock(&device.dir, pin, &binder, Uptime::now()) {
        Ok(_) => ensure!(wait == 0, "no wait was asked for"),
        Err(error) => ensure!(wait > 0 && matches!(error, NotebookError::MustWait { .. }), "{error}"),
    }
    report.recovered += 1;
    Ok(())
}

/// With another device key no PIN opens: it is said, and the journal is what everything comes back from.
fn judge_device_key(image: &Image, device: &Device, identity: &SealIdentity, report: &mut Report) -> Result<()> {
    report.due += 1;
    let binder = FileBinder::new(&device.dir);
    if keyfile::UNLOCK.unlock(&device.dir, PIN, &binder, Uptime::now()).is_ok() {
        report.undetected += 1;
        anyhow::bail!("another device key opened the keyfile");
    }
    ensure!(from_journal(&device.dir.join("journal.db"), identity)? == image.own, "told, and not come back");
    report.recovered += 1;
    report.count("device key: no PIN opens, all comes back", 1);
    Ok(())
}

/// Damaged settings are the defaults; nothing else is set by it.
fn judge_settings(device: &Device, report: &mut Report) -> Result<()> {
    if Settings::read(&device.dir) != Settings::default() {
        report.undetected += 1;
        anyhow::bail!("the damage is set");
    }
    report.count("settings: the defaults", 1);
    Ok(())
}

/// Not the defaults.
fn changed_settings() -> Settings {
    Settings { lock_after_seconds: 60, ..Settings::default() }
}

/// A member's and a lead's phone as a crash leaves them, with all of the last hour in the write-ahead logs, and a
/// member's that was locked.
fn images(root: &Path, random: &mut Random) -> Result<(Vec<Image>, SealIdentity)> {
    let team = Team::new(root, Bytes(vec![9; 32]), random)?;
    for Device { dir, key_seed } in [&team.member, &team.lead] {
        let mut entropy = Entropy::seeded_for_simulation(*key_seed);
        let binder = FileBinder::new(dir);
        keyfile::UNLOCK.create(dir, &NewSecret::pin(PIN)?, KdfParams::FLOOR, &binder, &mut entropy)?;
        let review = NewSecret::review_pin(REVIEW_PIN, PIN)?;
        keyfile::REVIEW.create(dir, &review, KdfParams::FLOOR, &binder, &mut entropy)?;
        changed_settings().write(dir)?;
    }
    let mut member = team.member.open()?;
    record(&mut member, 20, random)?;
    let last = change_card(&mut member)?;
    let crashed = (team.member.copied_to(&root.join("member-crashed"))?, last.clone());
    let mut lead = team.lead.open()?;
    for envelope in envelopes(member.journal())? {
        lead.ingest(&envelope, at(60))?;
    }
    record(&mut lead, 8, random)?;
    let last_of_lead = change_card(&mut lead)?;
    let lead_crashed = (team.lead.copied_to(&root.join("lead-crashed"))?, last_of_lead);
    member.lock()?;
    drop(lead);
    let locked = (team.member, last);
    let images = [("a crashed phone", crashed), ("a lead's crashed phone", lead_crashed), ("a locked phone", locked)];
    let images = images.map(|(name, (device, before))| Image::read(name, device, before, &root.join("read")));
    let identity = SealIdentity::from_text(team.recovery.as_text())?;
    Ok((images.into_iter().collect::<Result<_>>()?, identity))
}

/// The last commits before the crash: a card that is changed three times. Gives what was there before each.
fn change_card(phone: &mut Notebook) -> Result<Vec<InNotebook>> {
    let mut before = Vec::new();
    for version in 1..=3 {
        before.push(InNotebook::read(phone)?);
        let json = format!(r#"{{"version":{version}}}"#).into_bytes();
        let operation = OperationId(Uuid::from_u128(99));
        phone.save_draft(&Draft { outing: outing_id(), operation, saved_at: at(9).now, json })?;
    }
    Ok(before)
}

impl Image {
    fn read(name: &'static str, device: Device, before: Vec<InNotebook>, place: &Path) -> Result<Self> {
        let seen = Seen::read(&device.copied_to(place)?);
        let (notebook, journal) = (seen.notebook?, seen.journal?);
        let whose = notebook::journal::Journal::open(place)?.device();
        let own = notebook.operations.iter().filter(|((device, _), _)| *device == whose);
        let own = own.map(|(place, json)| (*place, json.clone())).collect();
        Ok(Self { name, device, notebook, before, journal, own })
    }
}

/// Contacts that are saved.
fn record(phone: &mut Notebook, contacts: u32, random: &mut Random) -> notebook::error::Result<()> {
    for _ in 0..contacts {
        let card = OperationId(Uuid::from_u64_pair(random.next(), random.next()));
        let body = contact(card, phone.device()).map_err(|_| NotebookError::Internal("contact"))?;
        phone.save(body, Some(card), at(7), None)?;
    }
    Ok(())
}
