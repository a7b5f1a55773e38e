//! Where the server of a test keeps what it is sent: a database of its own in a throw-away `PostgreSQL` that the tests
//! start themselves, on a socket, with fsync.

use crate::world::{Device, World};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_postgres::{Client, NoTls};
use uscita_server::{Clock, Config, Database, Postgres, ServerState, StartFault};

const PREFIX: &str = "uscita-test-postgres-";

/// A database of its own.
pub struct Place {
    pub settings: Postgres,
    url: String,
    _folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let socket = cluster();
        let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let address = |name: &str| format!("host={} user=postgres dbname={name}", socket.display());
        let (maintenance, create) = (address("postgres"), format!("CREATE DATABASE {name}"));
        // The caller may be inside a runtime.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { connect(&maintenance).await.batch_execute(&create).await.unwrap() });
        })
        .join()
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings = Postgres { url_file: folder.path().join("url"), authority: None };
        let url = address(&name);
        std::fs::write(&settings.url_file, &url).unwrap();
        Self { settings, url, _folder: folder }
    }

    pub fn open(&self, config: &Config, clock: Clock) -> Result<ServerState, StartFault> {
        ServerState::open_on(&Database::Postgres(self.settings.clone()), config, clock)
    }

    /// A connection past the server's own code.
    pub async fn connect(&self) -> Client {
        connect(&self.url).await
    }
}

impl World {
    /// The bodies in quarantine, past the server's own code.
    pub async fn quarantined(&self) -> Vec<Vec<u8>> {
        let rows = self.place.connect().await.query("SELECT body FROM quarantine ORDER BY id", &[]).await.unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Leaves a device no room in quarantine.
    pub async fn fill_quarantine(&self, device: &Device) {
        let body = vec![0_u8; 64 * 1024 * 1024];
        let head = [0_u8; 32];
        self.place
            .connect()
            .await
            .execute(
                "INSERT INTO quarantine
                     (programme, device, first_sequence, last_sequence, head, reason, body, received_on)
                 VALUES ($1, $2, 1, 1, $3, 'revoked', $4, '2026-03-14')",
                &[&self.config.programme.0, &device.id.0, &head.as_slice(), &body],
            )
            .await
            .unwrap();
    }

    /// Who decided, when, the nonce, the signature, the body of the only decision.
    pub async fn decision(&self) -> ([u8; 16], i64, [u8; 16], Vec<u8>, Vec<u8>) {
        let question = "SELECT decided_by, created, nonce, signature, body FROM decision";
        let row = self.place.connect().await.query_one(question, &[]).await.unwrap();
        let nonce: Vec<u8> = row.get(2);
        (row.get::<_, uuid::Uuid>(0).into_bytes(), row.get(1), nonce.try_into().unwrap(), row.get(3), row.get(4))
    }

    /// Whether the database does this.
    pub async fn runs(&self, statement: &str) -> bool {
        self.place.connect().await.execute(statement, &[]).await.is_ok()
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The folder of the socket. The database ends with this process, however that ends.
fn cluster() -> &'static Path {
    static CLUSTER: OnceLock<PathBuf> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let (tell, told) = std::sync::mpsc::channel();
        // The thread lives as long as the process: the system ends the child with the thread that started it.
        std::thread::spawn(move || run(&tell));
        told.recv().expect("PostgreSQL from Debian's packages: apt-get install postgresql")
    })
}

fn run(tell: &std::sync::mpsc::Sender<PathBuf>) {
    remove_old();
    let programs = programs();
    let home = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
    std::fs::create_dir(&home).unwrap();
    std::fs::set_permissions(&home, PermissionsExt::from_mode(0o700)).unwrap();
    let owner = std::fs::read_to_string("/etc/passwd").unwrap();
    let owner = owner.lines().find_map(|line| line.strip_prefix("postgres:x:"));
    let is_root = rustix::process::geteuid().is_root();
    if is_root {
        let mut ids = owner.expect("the user postgres").split(':').map(|id| id.parse::<u32>().ok());
        chown(&home, ids.next().flatten(), ids.next().flatten()).unwrap();
    }
    let command = |program: &str| {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]);
        if is_root {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        command.arg(programs.join(program)).current_dir(&home).env("LC_ALL", "C.UTF-8");
        command
    };
    let data = home.join("data");
    let made = command("initdb")
        .args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--pgdata"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut server = command("postgres")
        .arg("-D")
        .arg(&data)
        .args(["-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=400", "-k"])
        .arg(&home)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = false;
    for line in BufReader::new(server.stderr.take().unwrap()).lines() {
        if !told && line.unwrap().contains("ready to accept connections") {
            told = true;
            tell.send(home.clone()).unwrap();
        }
    }
    server.wait().unwrap();
}

fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL from Debian's packages");
    let mut versions: Vec<_> = versions.map(|version| version.unwrap().path().join("bin")).collect();
    versions.retain(|programs| programs.join("initdb").exists());
    versions.sort();
    versions.pop().expect("PostgreSQL from Debian's packages")
}

/// Folders of runs that have ended.
fn remove_old() {
    for entry in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else { continue };
        if !Path::new("/proc").join(process).exists() {
            // Another run may be removing it too.
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}
