//! A programme on real server processes: one on a file, or two on one database of a throw-away `PostgreSQL`.

use anyhow::{Context, Result, ensure};
use chrono::Utc;
use domain::sync::Stream;
use domain::sync::chain::Bytes;
use domain::sync::receipt::Receipt;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use uscita_load::caller::{Answer, Caller};
use uscita_load::cluster;
use uscita_load::device::Device;
use uscita_load::programme::Programme;
use uscita_load::server::{Server, init};

/// How the servers of a run are made.
#[derive(Clone, Debug)]
pub struct Serving {
    /// The program.
    pub program: PathBuf,
    /// On `PostgreSQL`, rather than on a file.
    pub postgres: bool,
    /// Times are not judged.
    pub any_speed: bool,
}

impl Serving {
    /// The limit of a time, if it is judged.
    pub fn time(&self, most: u64) -> Option<u64> {
        (!self.any_speed).then_some(most)
    }
}

/// What was found of a log among all that the server holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Operations there once, as they were sent.
    pub whole: u64,
    /// Operations missing of those that are due.
    pub lost: u64,
    /// Operations there twice, changed, or never sent.
    pub wrong: u64,
}

/// A programme with the folders of its servers.
pub struct House {
    /// Who takes part.
    pub programme: Programme,
    /// Signs receipts; the same for every instance.
    pub server_key: Bytes,
    /// One folder for each instance.
    pub homes: Vec<PathBuf>,
    /// The program.
    pub program: PathBuf,
    is_file: bool,
    _folder: tempfile::TempDir,
}

impl House {
    /// Folders with settings and a key, below `place`.
    pub async fn new(serving: &Serving, place: &Path, instances: usize) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("uscita-serving").tempdir_in(place)?;
        let programme = Programme::new()?;
        let database = serving.postgres.then(cluster::database);
        let homes: Vec<PathBuf> = (0..instances).map(|number| folder.path().join(number.to_string())).collect();
        for home in &homes {
            programme.write_settings(home, database.as_deref())?;
        }
        let first = homes.first().context("an instance")?;
        let server_key = init(&serving.program, first).await?;
        for home in homes.iter().skip(1) {
            std::fs::create_dir_all(home.join("data"))?;
            std::fs::copy(first.join("data/server.key"), home.join("data/server.key"))?;
        }
        let (program, is_file) = (serving.program.clone(), !serving.postgres);
        Ok(Self { programme, server_key, homes, program, is_file, _folder: folder })
    }

    /// Starts an instance.
    pub async fn start(&self, instance: usize) -> Result<Server> {
        Server::start(&self.program, self.homes.get(instance).context("an instance")?).await
    }

    /// What the server says that it holds of a device's log; that must be a beginning of the log.
    pub async fn receipt(&self, caller: &mut Caller, device: &Device) -> Result<Receipt> {
        let answer = caller.call(&device.signed("GET", "/v1/receipt", &[], Utc::now())?).await?;
        self.confirmed(device, &answer)
    }

    /// The receipt in an answer.
    pub fn confirmed(&self, device: &Device, answer: &Answer) -> Result<Receipt> {
        ensure!(answer.status == 200, "answered with {}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        device.confirmed(&answer.body, &self.server_key)
    }

    /// Reads everything as the coordinator's desk does and compares it with the logs. Of each the number of operations
    /// that must be there.
    pub async fn compare(&self, caller: &mut Caller, logs: &[(&Device, u64)]) -> Result<Found> {
        let (mut found, mut seen) = (Found::default(), BTreeSet::new());
        let logs_by_id: std::collections::BTreeMap<_, _> =
            logs.iter().map(|(device, _)| (device.id, *device)).collect();
        for stream in [Stream::Journal, Stream::NightLog] {
            self.programme
                .pull(caller, stream, |page| {
                    for envelope in &page.envelopes {
                        let sequence = envelope.operation.sequence;
                        let sent = logs_by_id.get(&envelope.device).and_then(|log| log.head_at(sequence));
                        let is_ours = sent == Some(envelope.chain) && envelope.is_whole() && envelope.refused.is_none();
                        if seen.insert((envelope.device, sequence)) && is_ours {
                            found.whole += 1;
                        } else {
                            found.wrong += 1;
                        }
                    }
                })
                .await?;
        }
        for (device, due) in logs {
            let missing = (1..=*due).filter(|sequence| !seen.contains(&(device.id, *sequence))).count();
            found.lost += u64::try_from(missing)?;
        }
        Ok(found)
    }

    /// Whether the file of an instance that has ended is sound. The database server looks after itself.
    pub fn check_file(&self) -> Result<()> {
        if !self.is_file {
            return Ok(());
        }
        for home in &self.homes {
            let file = rusqlite::Connection::open(home.join("data/mailbox.db"))?;
            let said: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
            ensure!(said == "ok", "the database file is damaged: {said}");
        }
        Ok(())
    }
}
