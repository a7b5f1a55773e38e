//! Slow heads, endless bodies, idle connections, proxies.

use crate::house::{HEALTH, House, ask};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;
use tokio::time::Instant;
use uscita_server::proxies::Proxies;
use uscita_server::{Front, IDLE_TIMEOUT, Limits};

const SLOW: usize = 500;
const ENDLESS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn honest_requests_are_answered_among_slow_connections_and_endless_bodies() {
    let limits = Limits { total: 300, per_network: 300 };
    let front = Front { limits, ..Front::default() };
    let house = House::open(front.clone()).await;
    let mut slow = Vec::new();
    for n in 0..SLOW {
        let mut stream = house.connect().await;
        // Some are silent, some have begun a head, some a body.
        let begun: &[u8] = match n % 3 {
            0 => b"",
            1 => b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
            _ => {
                b"POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
            }
        };
        // One of those that were already cut for others may say so.
        drop(stream.write_all(begun).await);
        slow.push(stream);
    }
    let mut endless = JoinSet::new();
    for _ in 0..ENDLESS {
        let mut stream = house.connect().await;
        endless.spawn(async move {
            let head = "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            let chunk = format!("8000\r\n{}\r\n", " ".repeat(0x8000));
            let mut sent = 0;
            if stream.write_all(head.as_bytes()).await.is_ok() {
                while stream.write_all(chunk.as_bytes()).await.is_ok() {
                    sent += chunk.len();
                }
            }
            sent
        });
    }
    for _ in 0..50 {
        let honest = async {
            let mut stream = house.connect().await;
            ask(&mut stream, HEALTH).await.unwrap()
        };
        // Without a door nobody would be answered before the slow ones are cut, after ten seconds.
        let answer = tokio::time::timeout(Duration::from_secs(5), honest).await.expect("an honest request waits");
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    }
    assert!(front.metrics.connections.get() <= 300, "{}", front.metrics.connections.get());
    let bound = async {
        while let Some(sent) = endless.join_next().await {
            assert!(sent.unwrap() < 64 * 1024 * 1024, "a body without end is cut");
        }
    };
    tokio::time::timeout(Duration::from_secs(30), bound).await.expect("bodies without end are cut");
    drop(slow);
}

#[tokio::test]
async fn endless_body_is_refused_with_a_code_and_cut() {
    let house = House::open(Front::default()).await;
    let mut stream = house.connect().await;
    let head =
        "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("8000\r\n{}\r\n", " ".repeat(0x8000));
    let (mut read, mut write) = stream.split();
    let sending = async {
        write.write_all(head.as_bytes()).await.unwrap();
        while write.write_all(chunk.as_bytes()).await.is_ok() {}
    };
    let mut first = [0; 12];
    let reading = async {
        read.read_exact(&mut first).await.unwrap();
    };
    tokio::join!(sending, reading);
    assert_eq!(&first, b"HTTP/1.1 413");
}

#[tokio::test]
async fn idle_connection_is_kept_for_a_minute_and_no_longer() {
    let house = House::open(Front::default()).await;
    let mut stream = house.connect().await;
    ask(&mut stream, HEALTH).await.unwrap();
    tokio::time::pause();
    let begun = Instant::now();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(rest.is_empty());
    let tolerance = Duration::from_secs(5);
    assert!(begun.elapsed() <= IDLE_TIMEOUT + tolerance, "{:?}", begun.elapsed());
    assert!(begun.elapsed() >= IDLE_TIMEOUT - tolerance, "{:?}", begun.elapsed());
}

/// How many tries to enrol pass the limit, each with its own words about where it comes from.
async fn passed(house: &House, forwarded: impl Fn(usize) -> String) -> usize {
    let mut stream = house.connect().await;
    let mut passed = 0;
    for n in 0..30 {
        let request = format!(
            "POST /v1/enrolments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{}Content-Length: 2\r\n\r\n{{}}",
            forwarded(n)
        );
        let answer = ask(&mut stream, &request).await.unwrap();
        passed += usize::from(!answer.starts_with("HTTP/1.1 429"));
    }
    passed
}

#[tokio::test]
async fn spoofed_origin_has_no_effect() {
    let direct = House::open(Front::default()).await;
    assert_eq!(passed(&direct, |n| format!("X-Forwarded-For: 198.51.{n}.1\r\n")).await, 20);

    let proxies = Proxies::new(vec!["127.0.0.1".parse().unwrap()]);
    let behind = House::open(Front { proxies, ..Front::default() }).await;
    let spoofed = |n| format!("X-Forwarded-For: 198.51.{n}.1, 203.0.113.9\r\n");
    assert_eq!(passed(&behind, spoofed).await, 20, "what the asker wrote counts for nothing");
    assert_eq!(passed(&behind, |n| format!("X-Forwarded-For: 198.51.{n}.1\r\n")).await, 30, "others are others");
}
