//! `server-lost`: a server is destroyed with everything it had, its key too or not, and an empty one takes its place as
//! `docs/server.md` says. Phones and desk are the real ones, with real files, over HTTP to real processes.
//!
//! Some of what the phones saved was never sent, some was confirmed, some was backed up at the desk. Afterwards the phones
//! visit the new server as ever; then everything must be there: a desk that has never pulled before reads it from there.

use crate::random::Random;
use crate::report::Report;
use crate::serving::Serving;
use crate::team::{Device, Team, at, contact, scratch};
use anyhow::{Context, Result, ensure};
use chrono::Utc;
use data_encoding::HEXLOWER;
use domain::ids::OperationId;
use domain::sync::chain::Bytes;
use notebook::entropy::{Entropy, Moment};
use notebook::notebook::Notebook;
use notebook::programme_new::ManifestChange;
use notebook::sync::client::{HttpClient, ServerAddress};
use notebook::sync::enrol_desk::publish;
use notebook::sync::visit::{Purpose, Visitor};
use std::ops::Range;
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;
use uscita_load::cluster;
use uscita_load::programme::settings;
use uscita_load::server::{Server, init};
use uuid::Uuid;

/// Visits after which everything must have arrived.
const VISITS: usize = 8;

/// So many servers are lost.
pub fn run(serving: &Serving, seed: u64, runs: Range<u64>) -> Result<Report> {
    let mut report = Report::default();
    let root = scratch("uscita-server-lost")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let stage = Stage::new(serving, root.path(), runtime, &mut Random::new(seed))?;
    for run in runs {
        let seed = seed.wrapping_add(run);
        report.runs += 1;
        let place = root.path().join("place");
        if let Err(error) = stage.play(&place, &mut Random::new(seed), &mut report) {
            report.corrupt += 1;
            report.tell(seed, &format!("{error:#}"));
        }
        std::fs::remove_dir_all(&place)?;
    }
    Ok(report)
}

/// A team on its first evening, and the key of its server.
struct Stage<'a> {
    serving: &'a Serving,
    runtime: Runtime,
    template: PathBuf,
    team: Team,
}

/// The notebooks of one night.
struct Night {
    lead: Device,
    member: Device,
    desk: Device,
    /// A desk that has never visited the server.
    other_desk: Device,
}

impl<'a> Stage<'a> {
    fn new(serving: &'a Serving, root: &Path, runtime: Runtime, random: &mut Random) -> Result<Self> {
        let template = root.join("template");
        let server = template.join("server");
        std::fs::create_dir_all(&server)?;
        let key = runtime.block_on(init(&serving.program, &server))?;
        let team = Team::new(&template, key, random)?;
        Ok(Self { serving, runtime, template, team })
    }

    /// An empty server: its folder with settings, and with the key of the lost one or without any.
    fn begin(&self, home: &Path, keeps_key: bool) -> Result<(Bytes, Server)> {
        let data = home.join("data");
        std::fs::create_dir_all(&data)?;
        if keeps_key {
            std::fs::copy(self.template.join("server/data/server.key"), data.join("server.key"))?;
        }
        let invitation = &self.team.invitation;
        let admin_key = HEXLOWER.encode(&invitation.admin_key.0);
        let database = self.serving.postgres.then(cluster::database);
        settings(home, &admin_key, invitation.programme, database.as_deref())?;
        self.runtime.block_on(async {
            let key = init(&self.serving.program, home).await?;
            Ok((key, Server::start(&self.serving.program, home).await?))
        })
    }

    fn play(&self, place: &Path, random: &mut Random, report: &mut Report) -> Result<()> {
        let of = |device: &Device, name: &str| device.copied_to(&place.join(name));
        let night = Night {
            lead: of(&self.team.lead, "lead")?,
            member: of(&self.team.member, "member")?,
            desk: of(&self.team.desk, "desk")?,
            other_desk: of(&self.team.desk, "other-desk")?,
        };
        let (_, server) = self.begin(&place.join("first"), true)?;
        let to_first = client(&server)?;
        publish(&mut night.desk.open()?, &to_first, now())?;
        for _ in 0..1 + random.below(3) {
            night.work(&to_first, random, report)?;
        }
        self.runtime.block_on(server.kill())?;
        std::fs::remove_dir_all(place.join("first"))?;
        night.record(random)?;

        let keeps_key = random.percent(50);
        report.count(if keeps_key { "new server with the same key" } else { "new server with another key" }, 1);
        let (key, server) = self.begin(&place.join("second"), keeps_key)?;
        let to_second = client(&server)?;
        let mut desk = night.desk.open()?;
        if !keeps_key {
            desk.sign_manifest(vec![ManifestChange::SetServerKey(key)], now())?;
        }
        publish(&mut desk, &to_second, now())?;
        drop(desk);
        night.all_arrives(&to_second)?;
        night.judge(&to_second, report)?;
        self.runtime.block_on(server.stop())
    }
}

fn client(server: &Server) -> Result<HttpClient> {
    Ok(HttpClient::new(&ServerAddress::parse(&format!("http://{}", server.address))?)?)
}

fn now() -> Moment {
    Moment::at(Utc::now())
}

impl Night {
    fn phones(&self) -> [&Device; 2] {
        [&self.lead, &self.member]
    }

    /// Saves something on both phones.
    fn record(&self, random: &mut Random) -> Result<()> {
        for phone in self.phones() {
            let mut phone = phone.open()?;
            for _ in 0..random.below(4) {
                let card = OperationId(Uuid::from_u64_pair(random.next(), random.next()));
                phone.save(contact(card, phone.device())?, Some(card), at(7), None)?;
            }
        }
        Ok(())
    }

    /// Saves and visits, in part: a phone may stay away, and so may the desk.
    fn work(&self, client: &HttpClient, random: &mut Random, report: &mut Report) -> Result<()> {
        self.record(random)?;
        for phone in self.phones() {
            if random.percent(70) {
                visit(&mut phone.open()?, client)?;
            }
        }
        if random.percent(50) {
            visit(&mut self.desk.open()?, client)?;
            report.count("backed up at the desk before", 1);
        }
        Ok(())
    }

    /// Everybody visits as ever, until nobody has anything left to send.
    fn all_arrives(&self, client: &HttpClient) -> Result<()> {
        let mut visitors = [Visitor::new(Entropy::system()), Visitor::new(Entropy::system())];
        for _ in 0..VISITS {
            let mut missing = 0;
            for (phone, visitor) in self.phones().into_iter().zip(&mut visitors) {
                let mut phone = phone.open()?;
                visitor.visit(&mut phone, client, &now, Purpose::Asked)?;
                let state = phone.journal().state()?;
                missing += state.total - state.stored;
            }
            if missing == 0 {
                return Ok(());
            }
        }
        anyhow::bail!("a phone still has something to send after {VISITS} visits")
    }

    /// A desk that knows nothing yet reads everything from the new server.
    fn judge(&self, client: &HttpClient, report: &mut Report) -> Result<()> {
        let mut desk = self.other_desk.open()?;
        visit(&mut desk, client)?;
        let held = desk.list_held_logs()?;
        for phone in self.phones() {
            let phone = phone.open()?;
            let head = phone.journal().verify()?;
            let there = held.iter().find(|log| log.device == phone.device());
            let through = there.map_or(0, |log| log.through);
            report.due += head.sequence;
            report.recovered += through.min(head.sequence);
            report.lost += head.sequence.saturating_sub(through);
            ensure!(through == head.sequence, "{through} of {} records are there", head.sequence);
            ensure!(there.is_some_and(|log| log.head == head.chain), "other records than those that were saved");
        }
        Ok(())
    }
}

/// Until a visit ends well: the first may bring no more than the manifest with the key of a new server.
fn visit(notebook: &mut Notebook, client: &HttpClient) -> Result<()> {
    let mut visitor = Visitor::new(Entropy::system());
    let mut last = None;
    for _ in 0..VISITS {
        last = visitor.visit(notebook, client, &now, Purpose::Asked)?.trouble;
        if last.is_none() {
            return Ok(());
        }
    }
    let said = last.map(|trouble| trouble.to_string()).unwrap_or_default();
    Err(anyhow::anyhow!(said)).context("a visit")
}
