//! Backups: `backed_up` moves only for what lies elsewhere and was read back; and starting again from one.

use crate::place::Place;
use crate::world::{Device, Who, World};
use age::secrecy::ExposeSecret;
use chrono::Duration;
use domain::sync::Stream;
use domain::sync::audit::AuditKind;
use domain::sync::chain::genesis;
use domain::sync::manifest::Role;
use domain::sync::pull::{Acknowledgement, HeldLog, Page};
use domain::sync::quarantine::{QuarantineDecision, QuarantineVerdict};
use domain::sync::version::CURRENT;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use uscita_server::backup::check::Contents;
use uscita_server::backup::keeper::{back_up_if_due, newest_tried};
use uscita_server::backup::restore::{self, Opened};
use uscita_server::backup::seal::{self, Recipients, Throwaway};
use uscita_server::backup::trial;
use uscita_server::{Backups, Database};

/// Another host, as far as this one can tell.
pub struct Elsewhere {
    folder: tempfile::TempDir,
    pub backups: Backups,
}

impl Elsewhere {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let identity = age::x25519::Identity::generate();
        std::fs::write(folder.path().join("identity"), identity.to_string().expose_secret()).unwrap();
        let there = folder.path().join("there");
        std::fs::create_dir(&there).unwrap();
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let named = format!("{}/{{name}}", there.display());
        let backups = Backups {
            recipients: Recipients::parse(&[identity.to_public().to_string()]).unwrap(),
            send: words(&["cp", "{file}", &named]),
            fetch: words(&["cp", &named, "{file}"]),
            remove: Some(words(&["rm", &named])),
            every: std::time::Duration::from_secs(15 * 60),
        };
        Self { folder, backups }
    }

    pub fn identity(&self) -> PathBuf {
        self.folder.path().join("identity")
    }

    /// The sealed files, oldest first.
    pub fn files(&self) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(self.folder.path().join("there")).unwrap();
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    pub fn open(&self, file: &Path) -> Result<Opened, &'static str> {
        let opened = restore::open(file, &self.identity(), self.folder.path());
        let left = std::fs::read_dir(self.folder.path()).unwrap().count();
        assert!(left <= 3, "something was left behind");
        opened.map_err(|fault| fault.code())
    }
}

impl World {
    /// A backup now, if it is time for one.
    pub async fn back_up(&self, to: &Elsewhere) -> Result<(), &'static str> {
        let done = back_up_if_due(&self.state(), &self.config.data, &to.backups).await;
        assert!(!self.config.data.join("backup.tmp").exists(), "nothing is left behind");
        done.map(drop).map_err(|fault| fault.code())
    }

    async fn member_backed_up(&self) -> u64 {
        self.read_receipt(&self.member).await.backed_up
    }
}

#[tokio::test]
async fn backed_up_moves_with_what_was_read_back() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    assert_eq!(world.member_backed_up().await, 3);
    world.send(Who::Member, 2).await;
    world.back_up(&to).await.unwrap();
    assert_eq!((world.member_backed_up().await, to.files().len()), (3, 1), "it is not time yet");
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    assert_eq!((world.member_backed_up().await, to.files().len()), (5, 2));
    world.restart();
    assert_eq!(world.member_backed_up().await, 5);

    let [first, second] = [0, 1].map(|place| to.open(&to.files()[place]).unwrap().contents.clone());
    assert_eq!((first.operations, second.operations), (3, 5));
    assert_eq!((second.programme, second.manifest, second.broken), (world.config.programme, Some(1), 0));
    assert_eq!(second.made_at, Some(world.now()));
}

#[tokio::test]
async fn once_a_week_a_backup_is_started_from_and_the_record_tells() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    let tried = async |world: &World| newest_tried(&world.state()).await.unwrap();
    world.back_up(&to).await.unwrap();
    assert_eq!(tried(&world).await, Some(world.now()), "the first of all");
    let first = world.now();
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    assert_eq!((tried(&world).await, to.files().len()), (Some(first), 2));
    world.pass(Duration::days(7) - Duration::minutes(15));
    world.send(Who::Lead, 2).await;
    world.back_up(&to).await.unwrap();
    assert_eq!(tried(&world).await, Some(world.now()), "the newest, with what came since");
    let trials = world.record().unwrap().1.iter().filter(|entry| entry.note.kind == AuditKind::Tried).count();
    assert_eq!(trials, 2);
    assert_eq!(to.open(to.files().last().unwrap()).unwrap().contents.operations, 5, "its own key opens it as ever");
}

#[tokio::test]
async fn trial_of_a_backup_that_nobody_opens_or_that_holds_something_else_fails() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    let contents = to.open(&to.files()[0]).unwrap().contents.clone();
    let plain = world.folder.path().join("plain");
    seal::open(&seal::read_identity(&to.identity()).unwrap(), &to.files()[0], &plain).unwrap();
    let run = async |sealed_to: Option<&Throwaway>, key: Throwaway, contents: Contents| {
        let folder = tempfile::tempdir().unwrap();
        let sealed = folder.path().join("sealed");
        seal::seal(&to.backups.recipients, sealed_to, &plain, &sealed).unwrap();
        let tried = trial::run(key, sealed, folder.path().to_owned(), contents, world.now()).await;
        tried.map_err(|fault| fault.code())
    };
    assert_eq!(run(None, Throwaway::new(), contents.clone()).await, Err("backup_other_identity"));
    let other = Contents { operations: 4, ..contents };
    let key = Throwaway::new();
    assert_eq!(run(Some(&key.clone()), key, other).await, Err("backup_differs"));
}

#[tokio::test]
async fn log_that_is_not_whole_fails_the_trial_and_leaves_the_others_their_copy() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.send(Who::Lead, 2).await;
    let last = "UPDATE operation SET stream = 'night_log' WHERE cursor = (SELECT max(cursor) FROM operation)";
    assert!(world.runs(last).await);
    world.back_up(&to).await.unwrap();
    assert_eq!(newest_tried(&world.state()).await.unwrap(), None);
    assert_eq!(world.member_backed_up().await, 3);
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    assert_eq!(newest_tried(&world.state()).await.unwrap(), None, "tried again, and told again");
}

#[tokio::test]
async fn desk_and_backup_each_move_it_and_neither_takes_it_back() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    world.send(Who::Member, 4).await;
    let held = HeldLog { device: world.member.id, through: 7, head: world.member.head };
    let body = Acknowledgement { held: vec![held] };
    assert_eq!(world.signed(&world.coordinator, "POST", "/v1/acknowledgements", &body).await.status, 204);
    assert_eq!(world.member_backed_up().await, 7);
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    assert_eq!(world.member_backed_up().await, 7);
}

#[tokio::test]
async fn nothing_moves_when_a_command_fails_or_brings_back_something_else() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let other = to.identity().display().to_string();
    for (send, fetch, code) in [
        (Some(words(&["false", "{file}"])), None, "backup_command"),
        (Some(words(&["/is/not/there", "{file}"])), None, "backup_command"),
        // It says that it did, and did nothing.
        (Some(words(&["true", "{file}"])), None, "backup_command"),
        (None, Some(words(&["cp", &other, "{file}"])), "backup_differs"),
        (None, Some(words(&["true", "{file}"])), "backup_file"),
    ] {
        let mut wrong = Elsewhere::new();
        wrong.backups.send = send.unwrap_or(wrong.backups.send);
        wrong.backups.fetch = fetch.unwrap_or(wrong.backups.fetch);
        assert_eq!(world.back_up(&wrong).await, Err(code));
        assert_eq!(world.member_backed_up().await, 0, "{code}");
    }
    world.back_up(&to).await.unwrap();
    assert_eq!(world.member_backed_up().await, 3);
}

#[tokio::test]
async fn old_ones_are_removed_from_where_they_lie() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    for _ in 0..40 {
        world.send(Who::Member, 1).await;
        world.back_up(&to).await.unwrap();
        world.pass(Duration::hours(24));
    }
    assert!((30..=31).contains(&to.files().len()), "{}", to.files().len());
    let mut stubborn = to.backups.clone();
    stubborn.remove = Some(vec!["false".to_owned(), "{name}".to_owned()]);
    back_up_if_due(&world.state(), &world.config.data, &stubborn).await.unwrap();
    world.pass(Duration::hours(24));
    world.back_up(&to).await.unwrap();
    assert!((30..=31).contains(&to.files().len()), "what could not be removed goes the next time");
    let mut elsewhere = to.backups.clone();
    elsewhere.remove = None;
    world.pass(Duration::hours(48));
    let before = to.files().len();
    back_up_if_due(&world.state(), &world.config.data, &elsewhere).await.unwrap();
    assert_eq!(to.files().len(), before + 1, "others remove the files");
}

#[tokio::test]
async fn sealed_file_opens_for_its_recipients_whole_or_not_at_all() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    let file = to.files().remove(0);
    let sealed = std::fs::read(&file).unwrap();
    let canary = b"sealed configuration";
    assert!(!sealed.windows(canary.len()).any(|window| window == canary), "the manifest's open part is in it, sealed");
    let stranger = Elsewhere::new();
    let code = |done: Result<Opened, &'static str>| done.map(drop).unwrap_err();
    assert_eq!(code(stranger.open(&file)), "backup_other_identity");
    std::fs::write(stranger.identity(), "# nothing\n").unwrap();
    assert_eq!(code(stranger.open(&file)), "backup_no_identity");
    let spoilt = stranger.identity().with_file_name("spoilt");
    for (place, bytes) in [
        ("cut off", sealed[..sealed.len() - 1].to_vec()),
        ("one bit", sealed.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == sealed.len() / 2)).collect()),
        ("something else", b"SQLite format 3\0".to_vec()),
    ] {
        std::fs::write(&spoilt, bytes).unwrap();
        let found = restore::open(&spoilt, &to.identity(), spoilt.parent().unwrap()).map(drop);
        assert_eq!(found.unwrap_err().code(), "backup_not_sealed", "{place}");
    }
    assert_eq!(std::fs::read_dir(spoilt.parent().unwrap()).unwrap().count(), 3, "nothing opened is left behind");
}

/// All that can be in a mailbox: logs, a fork with what was decided about it, a code, keys that wait.
async fn fill(world: &mut World) {
    world.send(Who::Member, 5).await;
    world.send(Who::Lead, 4).await;
    world.send(Who::OtherMember, 2).await;
    let mut desk = Device::new(Role::DeskWorker, None);
    world.put_manifest_with(&[&desk]).await;
    let batch = desk.batch(&[(Stream::NightLog, b"entry".repeat(200)), (Stream::Journal, b"not its stream".to_vec())]);
    assert_eq!(world.push(&batch).await.status, 200);
    // A copy of the phone that was made before tells another history.
    let true_log = (world.member.sequence, world.member.head);
    (world.member.sequence, world.member.head) = (0, genesis(world.member.id));
    let forked = world.member.batch(&[(Stream::Journal, b"another history".to_vec())]);
    (world.member.sequence, world.member.head) = true_log;
    assert_eq!(world.push(&forked).await.status, 409);
    let verdict = QuarantineVerdict::Release;
    let decision = QuarantineDecision { version: CURRENT, device: world.member.id, through: 1_000, verdict };
    assert_eq!(world.signed(&world.coordinator, "POST", "/v1/quarantine", &decision).await.status, 200);
}

async fn page_after(world: &World, after: u64) -> Page {
    world.get(&world.coordinator, &format!("/v1/streams/journal?after={after}")).await.json()
}

#[tokio::test]
async fn server_that_begins_from_a_backup_has_all_of_it_and_counts_on_beyond() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    fill(&mut world).await;
    world.back_up(&to).await.unwrap();
    let before = page_after(&world, 0).await;
    let (key, epoch) = (world.state().server_key(), world.state().epoch());
    let quarantined = world.quarantined().await;
    // What came after the backup was read too.
    let lost = world.lead.journal(3);
    assert_eq!(world.push(&lost).await.status, 200);
    let seen = page_after(&world, 0).await.next;

    world.state = None;
    world.pass(Duration::minutes(7));
    let opened = to.open(&to.files()[0]).unwrap();
    world.config.data = world.folder.path().join("restored");
    world.place = Place::new();
    opened.into_place(&world.config.data, &world.place.database(), world.now()).unwrap();
    world.open();

    assert_eq!(world.state().server_key(), key, "receipts are signed as before");
    assert!(world.state().epoch() > epoch, "and everybody can tell that it went back");
    assert_eq!(page_after(&world, 0).await, before);
    assert_eq!(world.quarantined().await, quarantined);
    assert!(!world.runs("DELETE FROM decision").await, "decisions are guarded again");
    let receipt = world.read_receipt(&world.lead).await;
    assert_eq!((receipt.stored, receipt.backed_up), (4, 0), "it does not know yet that it was backed up");
    // The phone sends again what is missing, and whoever had read it reads it again.
    assert_eq!(world.push(&lost).await.status, 200);
    let again = page_after(&world, seen.0).await;
    assert_eq!(again.envelopes.len(), 3);
    assert!(again.envelopes.iter().all(|envelope| envelope.cursor > seen));
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    assert_eq!(world.read_receipt(&world.lead).await.backed_up, 7);
}

#[tokio::test]
async fn restore_touches_nothing_that_is_there() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    let target = world.folder.path().join("target");
    std::fs::create_dir(&target).unwrap();
    std::fs::write(target.join("letter"), "mine").unwrap();
    let done = to.open(&to.files()[0]).unwrap().into_place(&target, &Database::Sqlite, world.now());
    assert_eq!(done.unwrap_err().code(), "restore_not_empty");
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 1);
}

#[tokio::test]
async fn server_that_begins_from_a_backup_with_a_clock_that_is_behind_counts_on_beyond_too() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    let epoch = world.state().epoch();
    // A start after the backup, of which it cannot know.
    world.pass(Duration::days(2));
    world.restart();
    let lost = world.lead.journal(3);
    assert_eq!(world.push(&lost).await.status, 200);
    let seen = page_after(&world, 0).await.next;

    world.state = None;
    world.pass(Duration::days(-40));
    let opened = to.open(&to.files()[0]).unwrap();
    world.config.data = world.folder.path().join("restored");
    world.place = Place::new();
    opened.into_place(&world.config.data, &world.place.database(), world.now()).unwrap();
    world.open();
    assert!(world.state().epoch() > epoch);
    assert_eq!(world.push(&lost).await.status, 200);
    assert_eq!(page_after(&world, seen.0).await.envelopes.len(), 3, "whoever had read it reads it again");
}

/// A folder in which nothing can be made: the names would be too long.
fn full(within: &Path) -> PathBuf {
    let mut folder = within.to_owned();
    while folder.as_os_str().len() < 4_090 {
        let left = 4_090 - folder.as_os_str().len();
        folder.push("x".repeat(left.saturating_sub(1).clamp(1, 200)));
    }
    folder
}

#[tokio::test]
async fn restore_that_cannot_keep_the_servers_key_leaves_the_database_empty() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    let key = world.state().server_key();
    world.state = None;
    world.place = Place::new();
    let restore = |world: &World, target: &Path| {
        to.open(&to.files()[0]).unwrap().into_place(target, &world.place.database(), world.now())
    };
    let failed = restore(&world, &full(world.folder.path())).unwrap_err();
    assert_ne!(failed.code(), "restore_not_empty");
    world.config.data = world.folder.path().join("restored");
    restore(&world, &world.config.data).unwrap();
    world.open();
    assert_eq!(world.state().server_key(), key);
    assert_eq!(world.read_receipt(&world.member).await.stored, 3);
}

#[tokio::test]
async fn restore_that_was_cut_off_behind_the_servers_key_is_begun_again() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    world.send(Who::Member, 3).await;
    world.back_up(&to).await.unwrap();
    world.state = None;
    world.place = Place::new();
    let former = std::mem::replace(&mut world.config.data, world.folder.path().join("restored"));
    std::fs::create_dir(&world.config.data).unwrap();
    let restore = |world: &World| {
        to.open(&to.files()[0]).unwrap().into_place(&world.config.data, &world.place.database(), world.now())
    };
    let key = world.config.data.join("server.key");
    std::fs::write(&key, "another").unwrap();
    assert_eq!(restore(&world).unwrap_err().code(), "restore_not_empty");
    assert_eq!(std::fs::read(&key).unwrap(), b"another");
    std::fs::copy(former.join("server.key"), &key).unwrap();
    restore(&world).unwrap();
    world.open();
    assert_eq!(world.read_receipt(&world.member).await.stored, 3);
}

#[tokio::test]
async fn backup_of_a_restored_server_is_the_backup_it_came_from() {
    let (mut world, to) = (World::new().await, Elsewhere::new());
    fill(&mut world).await;
    world.back_up(&to).await.unwrap();
    world.state = None;
    world.config.data = world.folder.path().join("restored");
    world.place = Place::new();
    let first = to.files().remove(0);
    to.open(&first).unwrap().into_place(&world.config.data, &world.place.database(), world.now()).unwrap();
    world.open();
    world.pass(Duration::minutes(15));
    world.back_up(&to).await.unwrap();
    let second = to.files().remove(1);
    let [first, second] = [first, second].map(|file| tables(&to, &file));
    for ((name, before), (_, after)) in first.iter().zip(&second) {
        // The record tells of the restore.
        let more = usize::from(name == "audit");
        assert_eq!(after.len(), before.len() + more, "{name}");
        assert!(before.iter().all(|row| after.contains(row)), "{name}: {before:?} {after:?}");
    }
    let filled = first.iter().filter(|(_, rows)| !rows.is_empty()).count();
    assert!(filled >= 5, "only {filled} tables hold anything");
}

/// Every table of a backup with its rows, but for what has to differ.
fn tables(to: &Elsewhere, file: &Path) -> Vec<(String, Vec<String>)> {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain.db");
    seal::open(&seal::read_identity(&to.identity()).unwrap(), file, &plain).unwrap();
    let connection = Connection::open(&plain).unwrap();
    let question = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                    AND name NOT IN ('origin', 'programme', 'backup', 'log') ORDER BY name";
    let mut statement = connection.prepare(question).unwrap();
    let names: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    names.into_iter().map(|name| (name.clone(), rows(&connection, &name))).collect()
}

fn rows(connection: &Connection, table: &str) -> Vec<String> {
    let columns = match table {
        // Numbers of logs are the file's own.
        "operation" | "mark" => {
            format!("SELECT (SELECT device FROM log WHERE log.id = log_id), {table}.* FROM {table}")
        }
        _ => format!("SELECT * FROM {table}"),
    };
    let mut statement = connection.prepare(&columns).unwrap();
    let names: Vec<String> = statement.column_names().iter().map(|name| (*name).to_owned()).collect();
    let read = |row: &rusqlite::Row<'_>| {
        let cell = |(place, name): (usize, &String)| match name.as_str() {
            "log_id" => String::new(),
            _ => format!("{name}={:?}; ", row.get_ref(place).unwrap()),
        };
        Ok(names.iter().enumerate().map(cell).collect::<String>())
    };
    let mut rows: Vec<String> = statement.query_map([], read).unwrap().map(Result::unwrap).collect();
    rows.sort();
    rows
}
