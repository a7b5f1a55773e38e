//! A server on a free port, and the least of an HTTP client.

use chrono::{DateTime, TimeZone, Utc};
use domain::sync::ProgrammeId;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use uscita_server::{AdminKey, Config, Front, ServerState, serve};

pub const HEALTH: &str = "GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 2, 30, 0).unwrap()
}

/// A running server; it is cut off when dropped.
pub struct House {
    pub address: SocketAddr,
    _folder: tempfile::TempDir,
    running: JoinHandle<()>,
}

impl House {
    pub async fn open(front: Front) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let programme = ProgrammeId(uuid::Uuid::from_u128(5));
        let config = Config { data: folder.path().to_owned(), admin_key: AdminKey([1; 32]), programme };
        let state = ServerState::open(&config, Arc::new(now)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let running = tokio::spawn(serve(listener, front, state, std::future::pending()));
        Self { address, _folder: folder, running }
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.running.abort();
    }
}

/// Sends a request and reads head and body of the answer; the connection stays open.
pub async fn ask<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S, request: &str) -> std::io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    loop {
        let mut byte = [0];
        stream.read_exact(&mut byte).await?;
        answer.push(byte[0]);
        if answer.ends_with(b"\r\n\r\n") {
            break;
        }
    }
    let head = String::from_utf8(answer).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(head + &String::from_utf8(body).unwrap())
}
