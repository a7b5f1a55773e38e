//! `devices`: so many phones are connected at once, and each sends its operations one by one, as fast as they are
//! confirmed. Then everything is read and compared (B17).

use crate::report::Report;
use crate::serving::{House, Serving};
use anyhow::{Context, Result, anyhow};
use domain::sync::manifest::Role;
use domain::sync::{Stream, UnitId};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use uscita_load::caller::{Answer, Caller};
use uscita_load::device::{Device, push, sealed};
use uscita_load::memory;
use uscita_load::spread::Spread;

/// Operations of a phone.
const OPERATIONS: u64 = 60;
/// Bytes of one, as most are after sealing.
const SEALED_BYTES: usize = 1_024;
/// Phones of a unit.
const OF_A_UNIT: u64 = 4;
/// Times that a phone sends a batch when the connection breaks.
const TRIES: u32 = 10;

const P99_MS: u64 = 500;
const ALL_SECONDS: u64 = 60;
const RESIDENT_MIB: u64 = 256;

/// One run with so many phones.
pub fn run(serving: &Serving, phones: u64) -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(send_all(serving, phones))
}

/// A phone with everything that it will send, in order.
struct Phone {
    device: Device,
    requests: Vec<Vec<u8>>,
}

/// What was answered to a phone, and how long it took.
struct Heard {
    device: Device,
    answers: Vec<(Answer, Duration)>,
    again: u64,
}

async fn send_all(serving: &Serving, phones: u64) -> Result<Report> {
    let mut report = Report::default();
    let mut house = House::new(serving, &std::env::temp_dir(), 1).await?;
    let server = house.start(0).await?;
    let phones = (0..phones).map(prepare).collect::<Result<Vec<_>>>()?;
    let mut caller = Caller::new(server.address);
    let devices = phones.iter().map(|phone| &phone.device);
    house.programme.publish(&mut caller, &house.server_key.clone(), devices).await?;

    let gate = Arc::new(Barrier::new(phones.len() + 1));
    let mut sending = JoinSet::new();
    for phone in phones {
        let (gate, caller) = (Arc::clone(&gate), Caller::new(server.address));
        sending.spawn(phone.send(caller, gate));
    }
    gate.wait().await;
    let begun = Instant::now();
    let mut heard = Vec::new();
    while let Some(one) = sending.join_next().await {
        heard.push(one.context("a phone panicked")?);
    }
    let took = begun.elapsed();
    let process = server.process()?;
    report.require("resident at most, MiB", memory::peak(process)? / 1024, Some(RESIDENT_MIB));

    let mut times = Spread::default();
    let mut logs = Vec::new();
    for one in &heard {
        match one {
            Ok(one) => {
                report.runs += 1;
                report.count("sent again after a broken connection", one.again);
                logs.push((&one.device, confirmed(&house, one, &mut times, &mut report)));
            }
            Err(error) => report.tell(0, &format!("{error:#}")),
        }
    }
    // The connection of before was idle for too long.
    let found = house.compare(&mut Caller::new(server.address), &logs).await?;
    report.due = report.runs * OPERATIONS;
    report.recovered = found.whole;
    report.lost = found.lost;
    report.corrupt += found.wrong;
    server.stop().await?;
    house.check_file()?;
    tell_times(serving, &mut report, &times, took);
    Ok(report)
}

fn tell_times(serving: &Serving, report: &mut Report, times: &Spread, took: Duration) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let ms = |share| times.quantile(share).ceil() as u64;
    report.count("median of a batch, ms", ms(0.5));
    report.require("p99 of a batch, ms", ms(0.99), serving.time(P99_MS));
    report.require("all, seconds", took.as_secs_f64().ceil() as u64, serving.time(ALL_SECONDS));
    report.count("batches a second", (times.len() as f64 / took.as_secs_f64()) as u64);
}

fn prepare(number: u64) -> Result<Phone> {
    let role = if number.is_multiple_of(OF_A_UNIT) { Role::Lead } else { Role::Member };
    let mut device = Device::new(role, Some(UnitId::new(format!("U{:04}", number / OF_A_UNIT))))?;
    let mut requests = Vec::new();
    for _ in 0..OPERATIONS {
        requests.push(push(&device.batch(vec![(Stream::Journal, sealed(SEALED_BYTES)?)]))?);
    }
    Ok(Phone { device, requests })
}

impl Phone {
    async fn send(self, mut caller: Caller, gate: Arc<Barrier>) -> Result<Heard> {
        let connected = caller.connect().await.map(drop);
        gate.wait().await;
        connected?;
        let mut heard = Heard { device: self.device, answers: Vec::new(), again: 0 };
        for request in self.requests {
            let begun = Instant::now();
            let mut tries = 1;
            let answer = loop {
                match caller.call(&request).await {
                    Ok(answer) => break answer,
                    Err(_) if tries < TRIES => tries += 1,
                    Err(error) => return Err(error),
                }
            };
            heard.again += u64::from(tries - 1);
            heard.answers.push((answer, begun.elapsed()));
        }
        Ok(heard)
    }
}

/// How many operations the server confirmed to a phone; each answer must be a receipt that ends with what was sent.
fn confirmed(house: &House, heard: &Heard, times: &mut Spread, report: &mut Report) -> u64 {
    let mut confirmed = 0;
    for ((answer, time), sent) in heard.answers.iter().zip(1..) {
        times.add(*time);
        let receipt = house.confirmed(&heard.device, answer).and_then(|receipt| {
            if receipt.stored == sent { Ok(sent) } else { Err(anyhow!("{} in the place of {sent}", receipt.stored)) }
        });
        match receipt {
            Ok(sent) => confirmed = sent,
            Err(error) => {
                report.undetected += 1;
                report.tell(0, &format!("{error:#}"));
            }
        }
    }
    confirmed
}
