//! The server starts again from a backup that is behind: nothing is lost, and everybody ends up with everything.

use super::server::Server;
use super::*;
use domain::ids::DeviceId;
use domain::sync::pull::HeldLog;
use std::path::PathBuf;
use uscita_server::backup::keeper::back_up_if_due;
use uscita_server::backup::restore;
use uscita_server::backup::seal::Recipients;
use uscita_server::{Backups, Database, ServerState};

/// Another host, as far as the server can tell.
struct Elsewhere {
    folder: TempDir,
    backups: Backups,
}

impl Elsewhere {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let identity = SealIdentity::generate();
        std::fs::write(folder.path().join("identity"), identity.to_text().as_str()).unwrap();
        let there = folder.path().join("there");
        std::fs::create_dir(&there).unwrap();
        let named = format!("{}/{{name}}", there.display());
        let words = |words: [&str; 3]| words.map(str::to_owned).to_vec();
        let backups = Backups {
            recipients: Recipients::parse(&[identity.recipient()]).unwrap(),
            send: words(["cp", "{file}", &named]),
            fetch: words(["cp", &named, "{file}"]),
            remove: None,
            every: Duration::from_secs(1),
        };
        Self { folder, backups }
    }

    fn files(&self) -> Vec<PathBuf> {
        let there = std::fs::read_dir(self.folder.path().join("there")).unwrap();
        let mut files: Vec<_> = there.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

impl Server {
    /// A backup beside the running server; `later` seconds later than the server's clock.
    fn back_up(&self, to: &Elsewhere, later: i64) {
        let clock = Arc::new(move || now() + chrono::TimeDelta::seconds(later));
        let state = ServerState::open_beside(&Database::Sqlite, self.config(), clock).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(back_up_if_due(&state, self.data(), &to.backups)).unwrap();
    }

    /// Its disks are gone; it starts again, at the same address, from this backup.
    fn restore(&mut self, from: &Elsewhere, file: &std::path::Path) {
        self.stop();
        std::fs::remove_dir_all(self.data()).unwrap();
        let opened = restore::open(file, &from.folder.path().join("identity"), from.folder.path()).unwrap();
        opened.into_place(self.data(), &Database::Sqlite, now() + chrono::TimeDelta::minutes(1)).unwrap();
        self.restart();
    }

    /// How far it holds each log, past its own code.
    fn holds(&self) -> Vec<HeldLog> {
        let connection = rusqlite::Connection::open(self.data().join("mailbox.db")).unwrap();
        let mut statement = connection.prepare("SELECT device, stored, head FROM log ORDER BY device").unwrap();
        let rows = statement.query_map([], |row| {
            let device = DeviceId(Uuid::from_bytes(row.get(0)?));
            Ok(HeldLog {
                device,
                through: row.get::<_, i64>(1)?.unsigned_abs(),
                head: domain::sync::chain::Digest(row.get(2)?),
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }
}

fn send(phone: &Session, outing_id: OutingId) -> notebook::view::SendView {
    let sent = phone.send(OutingInput { outing_id }).unwrap();
    // After the restore each is told so, once; nothing else is ever wrong.
    assert!(matches!(sent.error, None | Some(ErrorCode::ServerSetBack)), "{:?}", sent.error);
    sent
}

#[test]
fn nothing_is_lost_by_a_server_that_was_set_back_twenty_operations() {
    let mut office = Office::new();
    let elsewhere = Elsewhere::new();
    let phones = [office.enrolled("lead", Role::Lead), office.enrolled("member", Role::Member)];
    let nights = [start_outing(&phones[0]), start_outing(&phones[1])];
    let mut visitor = Visitor::new(Entropy::system());
    let client = office.client();
    let at = || Moment::at(now());
    let save = |count: usize| {
        for _ in 0..count {
            for (phone, night) in phones.iter().zip(nights) {
                see_somebody(phone);
                send(phone, night);
            }
        }
    };
    save(3);
    office.server.back_up(&elsewhere, 0);

    // Ten that the desk has, and has confirmed; six that a second backup has; four that nobody but the phones has.
    save(5);
    assert_eq!(visitor.visit(&mut office.desk, &client, &at, Purpose::Asked).unwrap().trouble, None);
    save(3);
    office.server.back_up(&elsewhere, 60);
    for (phone, night) in phones.iter().zip(nights) {
        let sent = send(phone, night);
        assert_eq!(sent.backed_up, sent.total, "the phones count on the second backup");
    }
    save(2);
    let before = office.server.holds();
    let held = before.iter().map(|log| log.through).sum::<u64>();

    // The second backup went down with the server.
    let [first, second] = elsewhere.files().try_into().unwrap();
    std::fs::remove_file(second).unwrap();
    office.server.restore(&elsewhere, &first);
    let back = office.server.holds().iter().map(|log| log.through).sum::<u64>();
    assert_eq!(held - back, 20, "it is twenty operations behind");

    // Nobody does anything but what they always do.
    for _ in 0..2 {
        for (phone, night) in phones.iter().zip(nights) {
            send(phone, night);
        }
        visitor.visit(&mut office.desk, &client, &at, Purpose::Asked).unwrap();
    }
    let after = office.server.holds();
    assert_eq!(after, before, "0 lost");
    for (phone, night) in phones.iter().zip(nights) {
        let sent = send(phone, night);
        assert_eq!((sent.received, sent.backed_up), (sent.total, sent.total), "and the desk has confirmed all of it");
    }
    let of_desk = office.desk.list_held_logs().unwrap();
    for log in after {
        assert!(of_desk.contains(&log), "the desk holds all of every log");
    }
    // What comes now is read by everybody, behind what was read before.
    save(1);
    assert_eq!(visitor.visit(&mut office.desk, &client, &at, Purpose::Asked).unwrap().trouble, None);
    let of_desk = office.desk.list_held_logs().unwrap();
    assert!(office.server.holds().iter().all(|log| of_desk.contains(log)));
}

#[test]
fn what_comes_to_a_restored_server_with_a_wrong_clock_is_read_and_its_manifest_put_again() {
    let mut office = Office::new();
    let elsewhere = Elsewhere::new();
    let [busy, quiet] = ["busy", "quiet"].map(|name| office.enrolled(name, Role::Lead));
    let [night, other] = [&busy, &quiet].map(|phone| start_outing(phone));
    let mut visitor = Visitor::new(Entropy::system());
    let client = office.client();
    let at = || Moment::at(now());
    let sends = |phone: &Session, night| {
        see_somebody(phone);
        assert_eq!(phone.send(OutingInput { outing_id: night }).unwrap().state, SendState::Received);
    };
    sends(&busy, night);
    sends(&quiet, other);
    office.server.back_up(&elsewhere, 0);

    // What the desk reads now moves it past the places that the server will give out again.
    for _ in 0..5 {
        sends(&busy, night);
    }
    let late = office.enrolled("late", Role::Member);
    assert_eq!(visitor.visit(&mut office.desk, &client, &at, Purpose::Asked).unwrap().trouble, None);

    office.server.set_clock(|| now() - chrono::TimeDelta::days(1));
    office.server.restore(&elsewhere, &elsewhere.files()[0]);
    for (phone, night) in [(&quiet, other), (&busy, night)] {
        sends(phone, night);
        visitor.visit(&mut office.desk, &client, &at, Purpose::Asked).unwrap();
        let of_desk = office.desk.list_held_logs().unwrap();
        for log in office.server.holds() {
            let is_held = of_desk.iter().any(|held| held.device == log.device && held.through >= log.through);
            assert!(is_held, "{log:?} is not read");
        }
    }
    let newest = office.desk.manifest().unwrap().number;
    publish(&mut office.desk, &client, at()).unwrap();
    assert_eq!(office.desk.manifest().unwrap().number, newest, "the server had an older one");
    sends(&late, start_outing(&late));
}
