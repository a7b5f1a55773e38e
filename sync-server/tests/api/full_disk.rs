//! A disk with no room left: a real one, a file system in memory of a few MiB that only the server's process sees.

use crate::world::{Device, World, post};
use axum::body::Body;
use axum::http::Request;
use data_encoding::HEXLOWER;
use domain::sync::Stream;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::push::Batch;
use domain::sync::receipt::{Receipt, SignedReceipt};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use uscita_server::AdminKey;

/// More room than this is never used up by the test.
const MOST_PUSHES: usize = 200;

/// Prepares the small disk at `$1` with what is in `$2`, leaves `$3` bytes of it free, and becomes the server.
const SCRIPT: &str = "\
set -e
mount -t tmpfs -o size=4m tmpfs \"$1\"
cp -a \"$2/.\" \"$1\"
fill=$(($(df --output=avail -B1 \"$1\" | tail -n 1) - $3))
head -c \"$fill\" /dev/zero > \"$1/filler\"
exec \"$4\" serve --listen 127.0.0.1:0 --log error --config \"$5\"";

/// A server of its own on a small disk; killed when dropped.
struct Small {
    child: Child,
    disk: PathBuf,
}

impl Small {
    /// With the world's data on it, and so many bytes free.
    fn start(world: &World, free: u64) -> Self {
        let disk = world.folder.path().join("disk");
        std::fs::create_dir_all(&disk).unwrap();
        let settings = world.folder.path().join("small.toml");
        let AdminKey(admin_key) = world.config.admin_key;
        let (key, programme) = (HEXLOWER.encode(&admin_key), world.config.programme);
        let text = format!("data = {disk:?}\nadmin-key = '{key}'\nprogramme = '{programme}'\n");
        std::fs::write(&settings, text).unwrap();
        // The mount is seen by this process alone, and goes with it.
        let child = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", SCRIPT, "sh"])
            .args([&disk, &world.config.data, Path::new(&free.to_string())])
            .args([Path::new(env!("CARGO_BIN_EXE_uscita-server")), &settings])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child, disk }
    }

    /// Where it listens, once it is ready.
    fn url(&mut self) -> String {
        let mut line = String::new();
        BufReader::new(self.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: serde_json::Value = serde_json::from_str(&line).unwrap();
        ready["listening"].as_str().unwrap().to_owned()
    }

    /// A file on its disk, seen from here.
    fn file(&self, name: &str) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.child.id()));
        root.join(self.disk.strip_prefix("/").unwrap()).join(name)
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn ask(url: &str, mut request: Request<Body>) -> (u16, Vec<u8>) {
    let target = format!("{url}{}", request.uri());
    *request.uri_mut() = target.parse().unwrap();
    let answer = Client::builder(TokioExecutor::new()).build_http::<Body>().request(request).await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.into_body().collect().await.unwrap().to_bytes().to_vec())
}

fn receipt(world_key: &[u8], body: &[u8]) -> Receipt {
    serde_json::from_slice::<SignedReceipt>(body).unwrap().verify(world_key).unwrap()
}

fn large(device: &mut Device) -> Batch {
    device.batch(&[(Stream::Journal, vec![0xa5; 90 * 1024])])
}

#[tokio::test(flavor = "multi_thread")]
async fn full_disk_acknowledges_nothing_that_is_not_stored_and_goes_on_when_there_is_room() {
    let mut world = World::new().await;
    let key = world.state().server_key().0;
    world.state = None;
    let mut small = Small::start(&world, 1024 * 1024);
    let url = small.url();
    let mut stored = 0;
    let mut pushes = 0;
    let refused = loop {
        let batch = large(&mut world.member);
        let (status, body) = ask(&url, post("/v1/batches", &batch)).await;
        if status != 200 {
            assert_eq!(serde_json::from_slice::<Refused>(&body).unwrap().code, RefusalCode::Unavailable);
            break batch;
        }
        stored = receipt(&key, &body).stored;
        pushes += 1;
        assert!(pushes < MOST_PUSHES, "the disk is not full");
    };
    assert!(stored > 0, "there was room at first");
    let signed = |world: &World| world.member.sign("GET", "/v1/receipt", Vec::new(), chrono::Utc::now());
    let (status, body) = ask(&url, post("/v1/batches", &refused)).await;
    assert_eq!(status, 503, "{}", String::from_utf8_lossy(&body));
    std::fs::remove_file(small.file("filler")).unwrap();
    let (status, body) = ask(&url, post("/v1/batches", &refused)).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    assert_eq!(receipt(&key, &body).stored, stored + 1, "nothing was lost and nothing is there twice");
    let (status, body) = ask(&url, signed(&world)).await;
    assert_eq!((status, receipt(&key, &body).head), (200, world.member.head));
}

#[tokio::test]
async fn start_on_a_full_disk_says_so_and_leaves_everything_as_it_was() {
    let mut world = World::new().await;
    world.send(crate::world::Who::Member, 3).await;
    world.state = None;
    let before = std::fs::read(world.database()).unwrap();
    let mut small = Small::start(&world, 0);
    let mut line = String::new();
    BufReader::new(small.child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("disk_full: ") && line.contains("liberare spazio"), "{line}");
    assert!(!small.child.wait().unwrap().success());
    assert_eq!(std::fs::read(world.database()).unwrap(), before);
}
