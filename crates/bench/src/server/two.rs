//! One instance beside two on one database, where the instances are the limit and the database is not.
//!
//! On a machine where all share the same cores a second instance brings nothing, because the first may use them all. So
//! each is held back: it may run a small share of the time, as if it had a small machine of its own.

use super::crowd::Crowd;
use super::target::{Sample, measure};
use anyhow::{Context, Result};
use domain::sync::Stream;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use uscita_load::caller::{Answer, Caller};
use uscita_load::cluster;
use uscita_load::programme::Programme;
use uscita_load::server::{Server, init};
use uscita_load::spread::Spread;

/// How long an instance runs each time, and how long it then stands still.
const RUNS: Duration = Duration::from_millis(2);
const STANDS: Duration = Duration::from_millis(28);
/// Clients at once, of one instance or of both, each a device: so many that one always has enough to do. With few, all
/// that are answered at once would wait together for the next turn of an instance that stands still.
const CLIENTS: usize = 256;
/// Nights of a round.
const NIGHTS: usize = 2_560;
/// Rounds in a run.
const ROUNDS: usize = 5;

/// Nights a second.
#[derive(Default)]
pub struct Two {
    /// Through one instance.
    pub one: Spread,
    /// Through two.
    pub two: Spread,
    /// Two to one, in each round.
    pub ratio: Spread,
}

impl Two {
    /// Measures.
    ///
    /// # Errors
    /// An instance does not start, or does not take what is sent.
    pub async fn measure(program: &Path, folder: &Path, night: usize) -> Result<Self> {
        let mut programme = Programme::new()?;
        let database = cluster::database();
        let homes = ["one", "two"].map(|name| folder.join(name));
        let [first, second] = &homes;
        programme.write_settings(first, Some(&database))?;
        programme.write_settings(second, Some(&database))?;
        let key = init(program, first).await?;
        std::fs::create_dir_all(second.join("data"))?;
        std::fs::copy(first.join("data/server.key"), second.join("data/server.key"))?;
        let instances = [Server::start(program, first).await?, Server::start(program, second).await?];
        let mut crowd = Crowd::new(CLIENTS)?;
        programme.publish(&mut Caller::new(instances[0].address), &key, crowd.devices.iter()).await?;

        let mut figures = Self::default();
        for _ in 0..ROUNDS {
            let one = send(&mut crowd, &instances[..1], night).await?;
            let two = send(&mut crowd, &instances, night).await?;
            figures.one.add_ms(one.per_second);
            figures.two.add_ms(two.per_second);
            figures.ratio.add_ms(two.per_second / one.per_second);
        }
        for instance in instances {
            instance.stop().await?;
        }
        Ok(figures)
    }
}

async fn send(crowd: &mut Crowd, instances: &[Server], night: usize) -> Result<Sample> {
    let requests = crowd.requests(CLIENTS, NIGHTS, &[(Stream::NightLog, night)])?;
    let addresses: Vec<SocketAddr> = instances.iter().map(|instance| instance.address).collect();
    let clients = addresses.into_iter().cycle().zip(requests).collect();
    let _held_back = instances.iter().map(HeldBack::new).collect::<Result<Vec<_>>>()?;
    measure(clients, |answer: &Answer| answer.status == 200).await
}

/// A process that may run a share of the time, until this is dropped.
struct HeldBack {
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl HeldBack {
    fn new(server: &Server) -> Result<Self> {
        let signals = server.signals().context("an instance")?;
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let thread = std::thread::spawn(move || {
            while !over.load(Ordering::Acquire) {
                signals.stand();
                std::thread::sleep(STANDS);
                signals.go_on();
                std::thread::sleep(RUNS);
            }
        });
        Ok(Self { is_over, thread: Some(thread) })
    }
}

impl Drop for HeldBack {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            // It does nothing that can panic.
            drop(thread.join());
        }
    }
}
