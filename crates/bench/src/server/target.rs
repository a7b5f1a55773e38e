//! A server under load: ours, or the floor; and one measurement on it.

use anyhow::{Context, Result, ensure};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uscita_load::caller::{Answer, Caller};
use uscita_load::spread::Spread;

/// What is sent by one client, in order.
pub type Requests = Vec<Vec<u8>>;

/// One measurement.
#[derive(Default)]
pub struct Sample {
    /// Requests answered each second.
    pub per_second: f64,
    /// How long each took.
    pub times: Vec<Duration>,
    /// Bytes sent and received, heads included.
    pub wire_bytes: u64,
    /// Requests.
    pub requests: u64,
}

/// Lets every client send its requests to its server one after the other, all clients at once. Connections are made
/// before.
///
/// # Errors
/// A request is not answered, or `is_good` does not like the answer.
pub async fn measure(clients: Vec<(SocketAddr, Requests)>, is_good: fn(&Answer) -> bool) -> Result<Sample> {
    let mut callers = Vec::new();
    for (address, requests) in clients {
        let mut caller = Caller::new(address);
        caller.connect().await?;
        callers.push((caller, requests));
    }
    let begun = Instant::now();
    let mut sending: JoinSet<Result<_>> = JoinSet::new();
    for (mut caller, requests) in callers {
        sending.spawn(async move {
            let mut times = Vec::with_capacity(requests.len());
            for request in &requests {
                let begun = Instant::now();
                let answer = caller.call(request).await?;
                times.push(begun.elapsed());
                let said = || String::from_utf8_lossy(&answer.body).into_owned();
                ensure!(is_good(&answer), "answered with {}: {}", answer.status, said());
            }
            Ok((times, caller.sent + caller.received))
        });
    }
    let mut sample = Sample::default();
    while let Some(client) = sending.join_next().await {
        let (times, bytes) = client.context("a client panicked")??;
        sample.times.extend(times);
        sample.wire_bytes += bytes;
    }
    sample.requests = sample.times.len() as u64;
    sample.per_second = sample.times.len() as f64 / begun.elapsed().as_secs_f64();
    Ok(sample)
}

/// Measurements of one kind, over the rounds of a run.
#[derive(Default)]
pub struct Measured {
    /// Of each round.
    pub per_second: Spread,
    /// Of every request.
    pub times: Spread,
    /// Of all rounds.
    pub wire_bytes: u64,
    /// Of all rounds.
    pub requests: u64,
}

impl Measured {
    /// One more round.
    pub fn add(&mut self, sample: &Sample) {
        self.per_second.add_ms(sample.per_second);
        sample.times.iter().for_each(|time| self.times.add(*time));
        self.wire_bytes += sample.wire_bytes;
        self.requests += sample.requests;
    }
}
