//! What a server takes in, beside the least that it cannot do without.
//!
//! ```text
//! night      one sealed night log: signature checked, stored, synced, receipt signed
//! floor      the same sealed bytes to a minimal server: stored and synced
//! journal    64 sealed operations in one request, each with its signature
//! rows       the same sealed bytes to the minimal server, as 64 rows
//! two        nights through two instances on one database, beside one (only on PostgreSQL)
//! ```
//!
//! They are taken by turns in one run, because a disk is not the same a minute later. Clients are here, on the same
//! cores; what they send is signed before the clock starts.

mod crowd;
pub mod floor;
mod night;
mod print;
mod target;
mod two;

use anyhow::{Context, Result};
use crowd::Crowd;
use domain::sync::Stream;
use night::Night;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use target::{Measured, Requests, Sample, measure};
use two::Two;
use uscita_load::caller::{Answer, Caller};
use uscita_load::cluster;
use uscita_load::device::{request, sealed};
use uscita_load::memory;
use uscita_load::programme::Programme;
use uscita_load::server::{Server, init};

/// Clients at once, and the nights that they send together in a round.
const NIGHTS: [(usize, usize); 3] = [(1, 400), (8, 1_600), (64, 4_000)];
/// The same for batches of the journal.
const BATCHES: (usize, usize) = (8, 480);
/// Operations of a batch.
const OPERATIONS: usize = 64;
/// Devices that send.
const DEVICES: usize = 128;
/// Rounds in a run.
const ROUNDS: usize = 5;

/// What was measured.
pub struct Figures {
    night: Night,
    is_postgres: bool,
    /// By number of clients: server, floor, and the ratio in each round.
    nights: BTreeMap<usize, Pair>,
    journal: Pair,
    resident_kib: u64,
    share_kib: u64,
    cpu_of_a_night_us: f64,
    /// Of the database's own processes, where it has some.
    database_cpu_of_a_night_us: Option<f64>,
    stored_of_a_night: f64,
    two: Option<Two>,
}

/// Server and floor.
#[derive(Default)]
struct Pair {
    server: Measured,
    floor: Measured,
    ratio: uscita_load::spread::Spread,
}

impl Pair {
    fn add(&mut self, server: &Sample, floor: &Sample) {
        self.server.add(server);
        self.floor.add(floor);
        self.ratio.add_ms(server.per_second / floor.per_second);
    }
}

/// Measures and prints.
///
/// # Errors
/// A server does not start, or does not take what is sent.
pub fn run(program: &Path, is_postgres: bool, as_json: bool) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let figures = runtime.block_on(measure_all(program, is_postgres))?;
    if as_json { figures.print_json() } else { figures.print_table() }
}

async fn measure_all(program: &Path, is_postgres: bool) -> Result<Figures> {
    let night = Night::record()?;
    let folder = tempfile::tempdir()?;
    let floor = Floor::start(&folder.path().join("floor")).await?;
    let mut ours = Ours::start(program, &folder.path().join("nights"), is_postgres).await?;
    let before = ours.stored_bytes().await?;
    let cpu_before = memory::cpu_us(ours.server.process()?)?;
    let database_before = database_cpu_us(is_postgres)?;
    let mut nights: BTreeMap<usize, Pair> = BTreeMap::new();
    for _ in 0..ROUNDS {
        for (clients, count) in NIGHTS {
            let server = ours.send(clients, count, &[(Stream::NightLog, night.log)]).await?;
            let floor = floor.send("/night", clients, count, night.log).await?;
            nights.entry(clients).or_default().add(&server, &floor);
        }
    }
    let process = ours.server.process()?;
    let (resident_kib, share_kib) = (memory::resident(process)?, memory::share(process)?);
    let sent: u64 = nights.values().map(|pair| pair.server.requests).sum();
    let cpu_of_a_night_us = (memory::cpu_us(process)? - cpu_before) as f64 / sent as f64;
    let database_cpu_of_a_night_us = database_cpu_us(is_postgres)?
        .zip(database_before)
        .map(|(after, before)| after.saturating_sub(before) as f64 / sent as f64);
    let stored_of_a_night = ours.end().await?.saturating_sub(before) as f64 / sent as f64;

    let mut ours = Ours::start(program, &folder.path().join("journal"), is_postgres).await?;
    let mut journal = Pair::default();
    let of_a_batch: Vec<_> =
        night.operations.iter().cycle().take(OPERATIONS).map(|bytes| (Stream::Journal, *bytes)).collect();
    let bytes: usize = of_a_batch.iter().map(|(_, bytes)| bytes).sum();
    for _ in 0..ROUNDS {
        let (clients, count) = BATCHES;
        let server = ours.send(clients, count, &of_a_batch).await?;
        let path = format!("/rows/{}", bytes.div_ceil(OPERATIONS));
        let floor = floor.send(&path, clients, count, bytes).await?;
        journal.add(&server, &floor);
    }
    ours.end().await?;
    let two = match is_postgres {
        true => Some(Two::measure(program, folder.path(), night.log).await?),
        false => None,
    };
    Ok(Figures {
        night,
        is_postgres,
        nights,
        journal,
        resident_kib,
        share_kib,
        cpu_of_a_night_us,
        database_cpu_of_a_night_us,
        stored_of_a_night,
        two,
    })
}

fn database_cpu_us(is_postgres: bool) -> Result<Option<u64>> {
    is_postgres.then(|| memory::family_cpu_us(cluster::process()?)).transpose()
}

/// Our server, with devices that it knows.
struct Ours {
    server: Server,
    home: PathBuf,
    crowd: Crowd,
    database: Option<String>,
}

impl Ours {
    async fn start(program: &Path, home: &Path, is_postgres: bool) -> Result<Self> {
        let mut programme = Programme::new()?;
        let database = is_postgres.then(cluster::database);
        programme.write_settings(home, database.as_deref())?;
        let key = init(program, home).await?;
        let server = Server::start(program, home).await?;
        let crowd = Crowd::new(DEVICES)?;
        programme.publish(&mut Caller::new(server.address), &key, crowd.devices.iter()).await?;
        Ok(Self { server, home: home.to_owned(), crowd, database })
    }

    /// So many clients send so many requests with these operations in each.
    async fn send(&mut self, clients: usize, count: usize, contents: &[(Stream, usize)]) -> Result<Sample> {
        let requests = self.crowd.requests(clients, count, contents)?;
        let clients = requests.into_iter().map(|requests| (self.server.address, requests)).collect();
        measure(clients, |answer: &Answer| answer.status == 200).await
    }

    /// What the database occupies; of a file all of it only after an orderly end.
    async fn stored_bytes(&self) -> Result<u64> {
        stored_bytes(&self.home, self.database.as_deref()).await
    }

    /// Ends it in order. What the database then occupies.
    async fn end(self) -> Result<u64> {
        self.server.stop().await?;
        stored_bytes(&self.home, self.database.as_deref()).await
    }
}

async fn stored_bytes(home: &Path, database: Option<&str>) -> Result<u64> {
    let Some(address) = database else {
        return Ok(std::fs::metadata(home.join("data/mailbox.db"))?.len());
    };
    let (client, connection) = tokio_postgres::connect(address, tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    let row = client.query_one("SELECT pg_database_size(current_database())", &[]).await?;
    let bytes: i64 = row.try_get(0)?;
    drop(client);
    connection.await??;
    Ok(bytes.unsigned_abs())
}

/// The minimal server.
struct Floor(Server);

impl Floor {
    async fn start(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let arguments = ["floor".as_ref(), "--dir".as_ref(), dir.as_os_str()];
        Ok(Self(Server::run(&std::env::current_exe()?, &arguments, dir).await?))
    }

    async fn send(&self, path: &str, clients: usize, count: usize, bytes: usize) -> Result<Sample> {
        let mut requests = vec![Requests::new(); clients];
        for number in 0..count {
            let body = request("POST", path, "", &sealed(bytes)?);
            requests.get_mut(number % clients).context("a client")?.push(body);
        }
        let clients = requests.into_iter().map(|requests| (self.0.address, requests)).collect();
        measure(clients, |answer: &Answer| answer.status == 204).await
    }
}
