//! A throw-away `PostgreSQL` from Debian's packages, on a socket, with fsync. It ends with the process that started it.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_postgres::NoTls;

const PREFIX: &str = "uscita-test-postgres-";

/// Makes an empty database and gives its address.
pub fn database() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let address = |name: &str| format!("host={} user=postgres dbname={name}", socket().display());
    let (maintenance, create) = (address("postgres"), format!("CREATE DATABASE {name}"));
    // The caller may be inside a runtime.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&maintenance, NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute(&create).await.unwrap();
        });
    })
    .join()
    .unwrap();
    address(&name)
}

/// The folder of the socket. The database ends with this process, however that ends.
pub fn socket() -> &'static Path {
    static CLUSTER: OnceLock<PathBuf> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let (tell, told) = std::sync::mpsc::channel();
        // The thread lives as long as the process: the system ends the child with the thread that started it.
        std::thread::spawn(move || run(&tell));
        told.recv().expect("PostgreSQL from Debian's packages: apt-get install postgresql")
    })
}

/// The process that all others of the database are children of.
#[allow(dead_code, reason = "not everybody who shares this file measures it")]
pub fn process() -> std::io::Result<u32> {
    let text = std::fs::read_to_string(socket().join("data/postmaster.pid"))?;
    let process = text.lines().next().and_then(|line| line.trim().parse().ok());
    process.ok_or_else(|| std::io::ErrorKind::InvalidData.into())
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
