//! Several servers on one database: the same phones at any of them, one killed in the middle of it.

use crate::place::Place;
use crate::world::{Device, World, post};
use axum::body::Body;
use axum::http::Request;
use data_encoding::HEXLOWER;
use domain::sync::manifest::{DeviceStatus, Role};
use domain::sync::pull::Page;
use domain::sync::receipt::SignedReceipt;
use domain::sync::{DeviceId, Stream};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::Notify;
use tower::ServiceExt;
use uscita_server::{AdminKey, Database, Postgres, ServerState, router};

const DEVICES: usize = 24;
const BATCHES: usize = 15;
const OPERATIONS: usize = 3;

/// A server of its own process; killed when dropped.
struct Instance {
    child: Child,
    url: String,
}

impl Instance {
    /// On the world's database, with the world's key, in a data directory of its own.
    fn start(world: &World, name: &str) -> Self {
        let data = world.folder.path().join(name);
        std::fs::create_dir(&data).unwrap();
        std::fs::copy(world.config.data.join("server.key"), data.join("server.key")).unwrap();
        let settings = world.folder.path().join(format!("{name}.toml"));
        let AdminKey(admin_key) = world.config.admin_key;
        let text = format!(
            "listen = '127.0.0.1:0'\nlog = 'error'\ndata = {data:?}\nadmin-key = '{}'\nprogramme = '{}'\n\
             [database]\npostgres = {{ url-file = {:?} }}\n",
            HEXLOWER.encode(&admin_key),
            world.config.programme,
            world.place.settings.url_file
        );
        std::fs::write(&settings, text).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_uscita-server"))
            .args(["serve", "--config"])
            .arg(&settings)
            .env_clear()
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        Self { child, url: ready["listening"].as_str().unwrap().to_owned() }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads a stream to its end, again and again, until told; then once more. What it saw, in order.
async fn read_all(world: &World, reader: &Device, is_over: impl Fn() -> bool) -> Vec<(DeviceId, u64)> {
    let mut seen = Vec::new();
    let mut after = 0;
    loop {
        let was_over = is_over();
        let page: Page = world.get(reader, &format!("/v1/streams/journal?after={after}&limit=50")).await.json();
        after = page.next.0;
        seen.extend(page.envelopes.iter().map(|envelope| (envelope.device, envelope.operation.sequence)));
        if was_over && !page.more {
            return seen;
        }
        world.pass(chrono::Duration::seconds(1));
        tokio::task::yield_now().await;
    }
}

fn by_device(seen: Vec<(DeviceId, u64)>) -> BTreeMap<DeviceId, Vec<u64>> {
    let mut sequences: BTreeMap<DeviceId, Vec<u64>> = BTreeMap::new();
    for (device, sequence) in seen {
        sequences.entry(device).or_default().push(sequence);
    }
    sequences
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_two_servers_is_killed_and_every_reader_sees_everything_once_in_order() {
    let mut world = World::new().await;
    let mut phones: Vec<Device> =
        (0..DEVICES).map(|n| Device::new(Role::Member, Some(&format!("U{}", 1 + n % 4)))).collect();
    world.put_manifest_with(&phones.iter().collect::<Vec<_>>()).await;
    let mut killed = Instance::start(&world, "first");
    let stays = Instance::start(&world, "second");
    let urls = [killed.url.clone(), stays.url.clone()];
    let server_key = world.state().server_key();
    let done = Arc::new(AtomicUsize::new(0));
    let half = Arc::new(Notify::new());
    let is_over = Arc::new(AtomicBool::new(false));

    let mut sending = tokio::task::JoinSet::new();
    for (number, mut phone) in phones.drain(..).enumerate() {
        let (urls, server_key, done, half) = (urls.clone(), server_key.clone(), Arc::clone(&done), Arc::clone(&half));
        sending.spawn(async move {
            let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
            let mut which = number;
            for _ in 0..BATCHES {
                let batch = phone.journal(OPERATIONS);
                // The same bytes again, at the other server, until one has answered.
                let receipt = loop {
                    which += 1;
                    let mut request: Request<Body> = post("/v1/batches", &batch);
                    *request.uri_mut() = format!("{}/v1/batches", urls[which % 2]).parse().unwrap();
                    let Ok(answer) = client.request(request).await else { continue };
                    let status = answer.status();
                    let Ok(body) = answer.into_body().collect().await else { continue };
                    assert_eq!(status, 200, "{:?}", body.to_bytes());
                    let signed: SignedReceipt = serde_json::from_slice(&body.to_bytes()).unwrap();
                    break signed.verify(&server_key.0).unwrap();
                };
                assert_eq!((receipt.stored, receipt.head), (phone.sequence, phone.head));
                if done.fetch_add(1, Ordering::Relaxed) == DEVICES * BATCHES / 2 {
                    half.notify_one();
                }
            }
            phone
        });
    }
    let over = || is_over.load(Ordering::Relaxed);
    let (of_all, of_unit, phones) =
        tokio::join!(read_all(&world, &world.coordinator, over), read_all(&world, &world.lead, over), async {
            half.notified().await;
            killed.kill();
            let phones = sending.join_all().await;
            is_over.store(true, Ordering::Relaxed);
            phones
        });
    let whole: Vec<u64> = (1..=(BATCHES * OPERATIONS) as u64).collect();
    let (of_all, of_unit) = (by_device(of_all), by_device(of_unit));
    assert_eq!(of_all.len(), DEVICES);
    for phone in &phones {
        assert_eq!(of_all[&phone.id], whole, "the coordinator's");
        let is_own = phone.unit == world.lead.unit;
        assert_eq!(of_unit.get(&phone.id), is_own.then_some(&whole), "the lead's");
    }
}

/// A second server inside this process.
fn beside(world: &World, name: &str, with_key: bool) -> Result<ServerState, uscita_server::StartFault> {
    let mut config = world.config.clone();
    config.data = world.folder.path().join(name);
    std::fs::create_dir(&config.data).unwrap();
    if with_key {
        std::fs::copy(world.config.data.join("server.key"), config.data.join("server.key")).unwrap();
    }
    world.place.open(&config, world.clock())
}

#[tokio::test]
async fn what_one_server_was_told_holds_at_the_other_at_once() {
    let mut world = World::new().await;
    let second = router(beside(&world, "second", true).unwrap());
    let signed = world.member.sign("GET", "/v1/receipt", Vec::new(), world.now());
    let (parts, _) = signed.into_parts();
    let request = || Request::from_parts(parts.clone(), Body::empty());
    assert_eq!(world.call(request()).await.status, 200);
    let again = crate::world::ask(second.clone(), request()).await;
    assert_eq!(again.code(), domain::sync::error::RefusalCode::Replayed, "no request is done twice");
    world.member.status = DeviceStatus::Revoked;
    world.put_manifest().await;
    let batch = world.member.batch(&[(Stream::Journal, crate::world::sealed(1))]);
    let refused = second.oneshot(post("/v1/batches", &batch)).await.unwrap();
    assert_eq!(refused.status().as_u16(), domain::sync::error::RefusalCode::Revoked.status());
}

#[tokio::test]
async fn second_server_makes_no_key_of_its_own() {
    let world = World::new().await;
    assert_eq!(beside(&world, "keyless", false).unwrap_err().code(), "other_key");
    assert!(!world.folder.path().join("keyless/server.key").exists());
}

#[tokio::test]
async fn two_servers_that_migrate_at_once_both_start_and_a_newer_database_is_refused() {
    let world = World::empty();
    let place = Place::new();
    let key = std::fs::read(world.config.data.join("server.key")).unwrap();
    let opened: Vec<_> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..6)
            .map(|n| {
                let mut config = world.config.clone();
                config.data = world.folder.path().join(format!("n{n}"));
                std::fs::create_dir(&config.data).unwrap();
                std::fs::write(config.data.join("server.key"), &key).unwrap();
                let (place, clock) = (&place, world.clock());
                scope.spawn(move || place.open(&config, clock).map(drop))
            })
            .collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    let database = place.connect().await;
    database.execute("INSERT INTO schema_step (number, name) VALUES (99, 'later')", &[]).await.unwrap();
    let newer = place.open(
        &{
            let mut config = world.config.clone();
            config.data = world.folder.path().join("n0");
            config
        },
        world.clock(),
    );
    assert_eq!(newer.unwrap_err().code(), "too_new");
}

#[tokio::test]
async fn database_that_is_gone_is_unavailable_and_comes_back() {
    let mut world = World::new().await;
    world.send(crate::world::Who::Member, 1).await;
    let database = world.place.connect().await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    database.execute(cut, &[]).await.unwrap();
    // Every connection was cut: the call is made again on a new one, and nobody notices.
    assert_eq!(world.send(crate::world::Who::Member, 1).await.status, 200);
    let url = std::fs::read_to_string(&world.place.settings.url_file).unwrap();
    let nowhere = Postgres { url_file: world.folder.path().join("nowhere"), authority: None };
    std::fs::write(&nowhere.url_file, url.replace("dbname=t", "dbname=none")).unwrap();
    let mut config = world.config.clone();
    config.data = world.folder.path().join("other");
    let refused = ServerState::open_on(&Database::Postgres(nowhere), &config, world.clock());
    assert_eq!(refused.unwrap_err().code(), "database_unreachable");
}

#[tokio::test]
async fn full_disk_of_the_database_acknowledges_nothing_and_goes_on_when_there_is_room() {
    let mut world = World::new().await;
    let receipt = world.send(crate::world::Who::Member, 2).await;
    let before = world.receipt(&receipt);
    let database = world.place.connect().await;
    // The database answers as it does when a table cannot grow.
    let full = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER no_room BEFORE INSERT ON operation FOR EACH ROW EXECUTE FUNCTION no_room()";
    database.batch_execute(full).await.unwrap();
    let batch = world.member.journal(2);
    for _ in 0..2 {
        assert_eq!(world.push(&batch).await.code(), domain::sync::error::RefusalCode::Unavailable);
    }
    let held = world.read_receipt(&world.member).await;
    assert_eq!((held.stored, held.head), (before.stored, before.head), "nothing of it was stored");
    database.batch_execute("DROP TRIGGER no_room ON operation").await.unwrap();
    let receipt = world.receipt(&world.push(&batch).await);
    assert_eq!((receipt.stored, receipt.head), (4, world.member.head));
}
