//! `server-kill`: phones send while the server is killed at a random moment, also while it starts; then everything that
//! was confirmed must be there, once, with the chain values that the phones know.
//!
//! One folder serves many kills, so that what an earlier crash left behind is what the next start meets. On `PostgreSQL`
//! there are two instances; each time one of them is killed, or both, while phones go on with the one that is left.

use crate::random::Random;
use crate::report::Report;
use crate::serving::{House, Serving};
use anyhow::{Context, Result, bail, ensure};
use domain::sync::chain::Bytes;
use domain::sync::manifest::Role;
use domain::sync::push::Batch;
use domain::sync::{Stream, UnitId};
use std::net::SocketAddr;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use uscita_load::caller::Caller;
use uscita_load::device::{Device, push, sealed};
use uscita_load::server::{Server, Starting};

/// Phones that send at the same time.
const PHONES: usize = 6;
/// Kills that one folder serves.
const KILLS_OF_A_HOUSE: u64 = 250;
/// The longest life of a server, and of the phones after it, in microseconds.
const LIFE_US: i64 = 40_000;
const AFTER_US: i64 = 8_000;
/// The longest that a server lives that is killed at its start, in microseconds.
const START_US: i64 = 25_000;
/// An answer comes within this, or the connection breaks.
const PATIENCE: Duration = Duration::from_secs(30);

/// Kills so many times.
pub fn run(serving: &Serving, seed: u64, runs: Range<u64>) -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(kill(serving, seed, runs))
}

async fn kill(serving: &Serving, seed: u64, runs: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    // A signal takes nothing from a file that a disk would have kept.
    let place = crate::team::scratch("uscita-server-kill")?;
    let mut at_work: Option<Scene> = None;
    for run in runs {
        let seed = seed.wrapping_add(run);
        let mut random = Random::new(seed);
        if at_work.as_ref().is_some_and(|scene| scene.kills >= KILLS_OF_A_HOUSE)
            && let Some(scene) = at_work.take()
        {
            conclude(scene, seed, &mut report).await;
        }
        let mut scene = match at_work.take() {
            Some(scene) => scene,
            None => Scene::new(serving, place.path()).await?,
        };
        report.runs += 1;
        match scene.live_and_die(&mut random, &mut report).await {
            Ok(()) => at_work = Some(scene),
            Err(error) => {
                report.corrupt += 1;
                report.tell(seed, &format!("{error:#}"));
            }
        }
    }
    if let Some(scene) = at_work {
        conclude(scene, seed, &mut report).await;
    }
    Ok(report)
}

async fn conclude(scene: Scene, seed: u64, report: &mut Report) {
    if let Err(error) = scene.judge(report).await {
        report.corrupt += 1;
        report.tell(seed, &format!("at the end: {error:#}"));
    }
}

/// A phone, and what the server has confirmed to it.
struct Phone {
    device: Device,
    confirmed: u64,
    /// Sent, and not confirmed: it is sent again as it was.
    waiting: Option<Batch>,
    random: Random,
}

/// Servers and phones that live through many kills.
struct Scene {
    house: House,
    servers: Vec<Option<Server>>,
    phones: Vec<Phone>,
    kills: u64,
}

impl Scene {
    async fn new(serving: &Serving, place: &Path) -> Result<Self> {
        let mut house = House::new(serving, place, if serving.postgres { 2 } else { 1 }).await?;
        let mut servers = Vec::new();
        for instance in 0..house.homes.len() {
            servers.push(Some(house.start(instance).await?));
        }
        let mut phones = Vec::new();
        for number in 0..PHONES {
            // A unit's first phone is its lead's: two units.
            let (role, unit) = (if number < 2 { Role::Lead } else { Role::Member }, format!("U{}", number % 2));
            let device = Device::new(role, Some(UnitId::new(unit)))?;
            phones.push(Phone { device, confirmed: 0, waiting: None, random: Random::new(0) });
        }
        let mut caller = Caller::new(addresses(&servers).next().context("a server")?);
        let devices = phones.iter().map(|phone| &phone.device);
        house.programme.publish(&mut caller, &house.server_key.clone(), devices).await?;
        Ok(Self { house, servers, phones, kills: 0 })
    }

    async fn live_and_die(&mut self, random: &mut Random, report: &mut Report) -> Result<()> {
        self.kills += 1;
        let (stop, stopped) = watch::channel(false);
        let known: Arc<[SocketAddr]> = addresses(&self.servers).collect();
        let mut sending = JoinSet::new();
        for mut phone in self.phones.drain(..) {
            phone.random = random.split();
            sending.spawn(phone.send(Arc::clone(&known), self.house.server_key.clone(), stopped.clone()));
        }
        wait(random, LIFE_US).await;
        let instances = self.servers.len();
        let first = random.below(instances);
        let both = instances > 1 && random.percent(25);
        for (instance, server) in self.servers.iter_mut().enumerate() {
            if both || instance == first {
                server.take().context("a server")?.kill().await?;
                report.count("servers killed", 1);
            }
        }
        if instances > 1 && !both {
            wait(random, AFTER_US).await;
        }
        stop.send_replace(true);
        while let Some(phone) = sending.join_next().await {
            self.phones.push(phone.context("a phone panicked")??);
        }
        self.start_again(random, report).await?;
        self.check(random, report).await
    }

    async fn start_again(&mut self, random: &mut Random, report: &mut Report) -> Result<()> {
        for (instance, place) in self.servers.iter_mut().enumerate() {
            if place.is_some() {
                continue;
            }
            if random.percent(20) {
                let home = self.house.homes.get(instance).context("a folder")?;
                let starting = Starting::begin(&self.house.program, home)?;
                wait(random, START_US).await;
                starting.kill().await?;
                report.count("servers killed at their start", 1);
            }
            *place = Some(self.house.start(instance).await?);
        }
        Ok(())
    }

    /// What was confirmed to each phone is there, by the word of any instance.
    async fn check(&mut self, random: &mut Random, report: &mut Report) -> Result<()> {
        let known: Vec<SocketAddr> = addresses(&self.servers).collect();
        let mut callers: Vec<Caller> = known.iter().map(|address| Caller::new(*address)).collect();
        for phone in &mut self.phones {
            let instance = random.below(callers.len());
            let caller = callers.get_mut(instance).context("an instance")?;
            let receipt = self.house.receipt(caller, &phone.device).await?;
            let lost = phone.confirmed.saturating_sub(receipt.stored);
            report.lost += lost;
            ensure!(lost == 0, "{lost} confirmed operations are gone");
            phone.confirmed = receipt.stored;
            phone.waiting.take_if(|batch| ends(batch) <= receipt.stored);
        }
        Ok(())
    }

    /// Everything is read once more, and the file looked at.
    async fn judge(self, report: &mut Report) -> Result<()> {
        let mut caller = Caller::new(addresses(&self.servers).next().context("a server")?);
        let logs: Vec<_> = self.phones.iter().map(|phone| (&phone.device, phone.confirmed)).collect();
        let found = self.house.compare(&mut caller, &logs).await?;
        let due: u64 = self.phones.iter().map(|phone| phone.confirmed).sum();
        report.due += due;
        report.recovered += due.saturating_sub(found.lost);
        report.lost += found.lost;
        report.corrupt += found.wrong;
        report.count("operations confirmed", due);
        for server in self.servers.into_iter().flatten() {
            server.stop().await?;
        }
        self.house.check_file()
    }
}

fn addresses(servers: &[Option<Server>]) -> impl Iterator<Item = SocketAddr> {
    servers.iter().flatten().map(|server| server.address)
}

impl Phone {
    /// Sends until it is told to stop, or until nobody answers.
    async fn send(mut self, known: Arc<[SocketAddr]>, key: Bytes, stopped: watch::Receiver<bool>) -> Result<Self> {
        let mut at = self.random.below(known.len());
        let mut unanswered = 0;
        let mut caller = Caller::new(*known.get(at).context("an address")?);
        while !*stopped.borrow() && unanswered < known.len() {
            let batch = match self.waiting.take() {
                Some(batch) => batch,
                None => self.save()?,
            };
            let request = push(&batch)?;
            let last = ends(&batch);
            let called = tokio::time::timeout(PATIENCE, caller.call(&request)).await;
            match called.context("no answer, and no end of the connection")? {
                Ok(answer) if answer.status == 200 => {
                    let receipt = self.device.confirmed(&answer.body, &key)?;
                    ensure!(receipt.stored >= last, "the receipt ends at {} of {last}", receipt.stored);
                    self.confirmed = receipt.stored;
                    unanswered = 0;
                }
                // A database connection was cut with the other instance, or the server is ending.
                Ok(answer) if answer.status == 503 => self.waiting = Some(batch),
                Ok(answer) => bail!("answered with {}: {}", answer.status, String::from_utf8_lossy(&answer.body)),
                Err(_) => {
                    self.waiting = Some(batch);
                    unanswered += 1;
                    at = (at + 1) % known.len();
                    caller = Caller::new(*known.get(at).context("an address")?);
                }
            }
        }
        Ok(self)
    }

    fn save(&mut self) -> Result<Batch> {
        let mut contents = Vec::new();
        for _ in 0..=self.random.below(5) {
            let is_night = self.device.role == Role::Lead && self.random.percent(10);
            let stream = if is_night { Stream::NightLog } else { Stream::Journal };
            contents.push((stream, sealed(512 << self.random.below(3))?));
        }
        Ok(self.device.batch(contents))
    }
}

fn ends(batch: &Batch) -> u64 {
    batch.operations.last().map_or(0, |last| last.sequence)
}

async fn wait(random: &mut Random, most_us: i64) {
    tokio::time::sleep(Duration::from_micros(random.between(0, most_us).unsigned_abs())).await;
}
