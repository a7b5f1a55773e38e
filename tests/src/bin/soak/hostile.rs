//! `hostile`: so many connections that dawdle, bodies without end, compressed bombs and calls that are refused, all at
//! once and for half a minute, while honest phones send (B18).
//!
//! Everybody comes from this machine, where no limit per network holds: only what the server does against those who are
//! already connected protects the phones.

use crate::report::Report;
use crate::serving::{House, Serving};
use anyhow::{Context, Result, ensure};
use domain::sync::manifest::Role;
use domain::sync::{Stream, UnitId};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep, timeout, timeout_at};
use uscita_load::caller::Caller;
use uscita_load::device::{Device, push, request, sealed};
use uscita_load::memory;
use uscita_load::spread::Spread;

/// Honest phones.
const HONEST: usize = 50;
/// One body without end for so many slow connections: 200 for 5,000.
const SLOW_OF_A_BODY: u64 = 25;
/// How long phones send in peace, and how long under attack.
const PEACE: Duration = Duration::from_secs(5);
const ATTACK: Duration = Duration::from_secs(30);
/// An attack with fewer connections is as short as one can be in which everybody is cut once.
const WHOLE: u64 = 1_000;
const SHORT_PEACE: Duration = Duration::from_secs(1);
const SHORT_ATTACK: Duration = Duration::from_secs(6);
/// Between two operations of a phone.
const PAUSE: Duration = Duration::from_millis(200);
/// Attackers arrive within this.
const ARRIVAL: Duration = Duration::from_secs(4);
/// Longer than the server may bear with anybody.
const UNCUT: Duration = Duration::from_secs(25);
/// When a phone gives up a call and makes another.
const PATIENCE: Duration = Duration::from_secs(10);
/// An attacker who was cut comes again after this.
const COMES_AGAIN: Duration = Duration::from_secs(2);
/// Between two bytes of a slow one.
const DRIBBLE: Duration = Duration::from_secs(1);
/// Files that this process needs beside its connections.
const FILES: u64 = 400;
/// Times that a phone sends an operation when the connection breaks.
const TRIES: u32 = 20;

const P99_MS: u64 = 1_000;
const CUT_MS: u64 = 10_000;
const GROWTH_KIB: u64 = 16 * 1024;

/// One attack with so many slow connections.
pub fn run(serving: &Serving, slow: u64) -> Result<Report> {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })?;
    let needed = slow + slow / SLOW_OF_A_BODY * 2 + FILES;
    ensure!(maximum.is_none_or(|most| most >= needed), "{needed} open files are needed: see ulimit -Hn");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(attack(serving, slow))
}

/// What an attacker does with a connection.
#[derive(Clone, Copy, Debug)]
enum Trick {
    /// Says nothing.
    Silence,
    /// A head that never ends.
    Head,
    /// A body that comes byte by byte.
    Body,
    /// A body of one gigabyte.
    Gigabyte,
    /// A body in pieces, without end.
    Pieces,
    /// A compressed body.
    Bomb,
    /// Something that is no batch, or nobody's.
    Nonsense,
}

const SLOW: [Trick; 3] = [Trick::Silence, Trick::Head, Trick::Body];
const FAST: [Trick; 4] = [Trick::Gigabyte, Trick::Pieces, Trick::Bomb, Trick::Nonsense];

async fn attack(serving: &Serving, slow: u64) -> Result<Report> {
    let mut report = Report::default();
    let mut house = House::new(serving, &std::env::temp_dir(), 1).await?;
    let server = house.start(0).await?;
    let (address, process) = (server.address, server.process()?);
    let mut phones = Vec::new();
    for number in 0..HONEST {
        let role = if number % 2 == 0 { Role::Lead } else { Role::Member };
        let device = Device::new(role, Some(UnitId::new(format!("U{}", number / 2))))?;
        phones.push(Phone { device, caller: Caller::new(address), times: Spread::default(), again: 0 });
    }
    let devices = phones.iter().map(|phone| &phone.device);
    house.programme.publish(&mut Caller::new(address), &house.server_key.clone(), devices).await?;

    let (peace, attack) = if slow < WHOLE { (SHORT_PEACE, SHORT_ATTACK) } else { (PEACE, ATTACK) };
    let phones = send_until(Instant::now() + peace, phones).await?;
    let mut times = Spread::default();
    phones.iter().for_each(|phone| times.extend(&phone.times));
    report.count("p99 of a phone in peace, ms", ms(&times, 0.99));
    let before = memory::resident(process)?;
    memory::forget_peak(process)?;

    let until = Instant::now() + attack;
    let mut attackers = JoinSet::new();
    for number in 0..slow {
        let arrives = ARRIVAL * u32::try_from(number)? / u32::try_from(slow)?;
        attackers.spawn(attack_until(until, arrives, address, pick(&SLOW, number)));
    }
    for number in 0..(slow / SLOW_OF_A_BODY).max(2) * 2 {
        attackers.spawn(attack_until(until, Duration::ZERO, address, pick(&FAST, number)));
    }
    let phones = phones.into_iter().map(|phone| Phone { times: Spread::default(), ..phone }).collect();
    let phones = send_until(until, phones).await?;
    report.runs = slow;
    let cuts = attackers.join_all().await;
    tell(serving, &mut report, &phones, &cuts);
    report.count("resident in peace, KiB", before);
    report.require("growth under attack, KiB", memory::peak(process)?.saturating_sub(before), Some(GROWTH_KIB));

    let logs: Vec<_> = phones.iter().map(|phone| (&phone.device, phone.device.len())).collect();
    let found = house.compare(&mut Caller::new(address), &logs).await?;
    report.due = logs.iter().map(|(_, due)| due).sum();
    report.recovered = found.whole;
    report.lost = found.lost;
    report.corrupt = found.wrong;
    server.stop().await?;
    house.check_file()?;
    Ok(report)
}

fn pick(tricks: &[Trick], number: u64) -> Trick {
    let at = usize::try_from(number).unwrap_or_default() % tricks.len();
    tricks.get(at).copied().unwrap_or(Trick::Silence)
}

fn tell(serving: &Serving, report: &mut Report, phones: &[Phone], cuts: &[Cuts]) {
    let mut times = Spread::default();
    phones.iter().for_each(|phone| times.extend(&phone.times));
    report.count("operations of phones under attack", times.len() as u64);
    report.count("sent again after a broken connection", phones.iter().map(|phone| phone.again).sum());
    report.count("median of a phone under attack, ms", ms(&times, 0.5));
    report.require("p99 of a phone under attack, ms", ms(&times, 0.99), serving.time(P99_MS));
    let mut ends = Spread::default();
    for cut in cuts {
        report.count(&format!("{:?}: connections cut or refused", cut.trick), cut.ends.len() as u64);
        report.undetected += cut.welcomed;
        report.count("connections that never reached the server", cut.unknown);
        ends.extend(&cut.ends);
    }
    report.require("longest of an attacker, ms", ms(&ends, 1.0), serving.time(CUT_MS));
}

fn ms(times: &Spread, share: f64) -> u64 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let ms = times.quantile(share).ceil() as u64;
    ms
}

struct Phone {
    device: Device,
    caller: Caller,
    times: Spread,
    again: u64,
}

async fn send_until(until: Instant, phones: Vec<Phone>) -> Result<Vec<Phone>> {
    let mut sending = JoinSet::new();
    for mut phone in phones {
        sending.spawn(async move {
            while Instant::now() < until {
                phone.send().await?;
                sleep(PAUSE).await;
            }
            anyhow::Ok(phone)
        });
    }
    let mut phones = Vec::new();
    while let Some(phone) = sending.join_next().await {
        phones.push(phone.context("a phone panicked")??);
    }
    Ok(phones)
}

impl Phone {
    /// One operation, sent until it is confirmed.
    async fn send(&mut self) -> Result<()> {
        let request = push(&self.device.batch(vec![(Stream::Journal, sealed(1_024)?)]))?;
        let begun = std::time::Instant::now();
        for tries in 1.. {
            match timeout(PATIENCE, self.caller.call(&request)).await {
                Ok(Ok(answer)) if answer.status == 200 => break,
                // The server was busy, or somebody else took the place of this connection.
                Ok(Ok(answer)) if answer.status == 503 && tries < TRIES => {}
                Ok(Ok(answer)) => anyhow::bail!("a phone was answered with {}", answer.status),
                Ok(Err(_)) | Err(_) if tries < TRIES => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => anyhow::bail!("a phone got no answer"),
            }
            self.again += 1;
        }
        self.times.add(begun.elapsed());
        Ok(())
    }
}

/// How the connections of one attacker ended.
struct Cuts {
    trick: Trick,
    /// After how long.
    ends: Spread,
    /// Connections that were answered as if they were a phone's.
    welcomed: u64,
    /// Connections that never reached the server.
    unknown: u64,
}

async fn attack_until(until: Instant, arrives: Duration, address: SocketAddr, trick: Trick) -> Cuts {
    let mut cuts = Cuts { trick, ends: Spread::default(), welcomed: 0, unknown: 0 };
    sleep(arrives).await;
    while Instant::now() < until {
        if let Ok(mut stream) = TcpStream::connect(address).await {
            let begun = std::time::Instant::now();
            match timeout(UNCUT, trick.play(&mut stream)).await {
                Ok(welcomed) => cuts.welcomed += u64::from(welcomed),
                // The system had no room for it: the server has never heard of it.
                Err(_) if is_unknown(&mut stream).await => {
                    cuts.unknown += 1;
                    continue;
                }
                Err(_) => {}
            }
            cuts.ends.add(begun.elapsed());
        }
        // Until the others have come too.
        if timeout_at(until, sleep(COMES_AGAIN)).await.is_err() {
            break;
        }
    }
    cuts
}

/// Whether the system resets the connection at the next byte.
async fn is_unknown(stream: &mut TcpStream) -> bool {
    let asked = async {
        stream.write_all(b"a").await?;
        stream.read_u8().await
    };
    let answered = timeout(COMES_AGAIN, asked).await;
    matches!(answered, Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionReset)
}

impl Trick {
    /// Until the server has had enough. Whether it took what came.
    async fn play(self, stream: &mut TcpStream) -> bool {
        let head =
            |more: &str| format!("POST /v1/batches HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{more}");
        let (first, then) = match self {
            Self::Silence => (Vec::new(), Vec::new()),
            Self::Head => (head("x-long: ").into_bytes(), b"a".to_vec()),
            Self::Body => (head("content-length: 100000\r\n\r\n").into_bytes(), b" ".to_vec()),
            Self::Gigabyte => (head("content-length: 1073741824\r\n\r\n").into_bytes(), vec![b' '; 16 * 1024]),
            Self::Pieces => {
                let piece = [b"4000\r\n".as_slice(), &[b' '; 16 * 1024], b"\r\n"].concat();
                (head("transfer-encoding: chunked\r\n\r\n").into_bytes(), piece)
            }
            Self::Bomb => {
                // 64 KiB of what would become 64 MiB.
                let body = vec![0; 64 * 1024];
                let more = format!("content-encoding: gzip\r\ncontent-length: {}\r\n\r\n", body.len());
                ([head(&more).into_bytes(), body].concat(), Vec::new())
            }
            Self::Nonsense => (request("POST", "/v1/batches", "connection: close\r\n", b"{\"version\":1}"), Vec::new()),
        };
        let is_slow = SLOW.iter().any(|slow| std::mem::discriminant(slow) == std::mem::discriminant(&self));
        let (mut said, mut clock) = (Vec::new(), interval(DRIBBLE));
        let (mut reading, mut writing) = stream.split();
        let write = async {
            let mut written = writing.write_all(&first).await;
            while written.is_ok() && !then.is_empty() {
                if is_slow {
                    clock.tick().await;
                }
                written = writing.write_all(&then).await;
            }
            std::future::pending::<()>().await;
        };
        // The end of the connection ends it, however it comes.
        tokio::select! {
            end = reading.read_to_end(&mut said) => drop(end),
            () = write => {}
        }
        said.starts_with(b"HTTP/1.1 2")
    }
}
