//! A real server on a free port of this machine, and strangers that answer in its place.

use chrono::{DateTime, Utc};
use domain::ids::ProgrammeId;
use notebook::sync::wire::Method;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;
use uscita_server::{AdminKey, Config, Front, ServerState, serve};

/// The server's clock in these tests.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_350_000, 0).unwrap()
}

/// A running server. It stops when it is dropped.
pub struct Server {
    config: Config,
    clock: fn() -> DateTime<Utc>,
    port: u16,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Server {
    /// A port that is free now; the address goes into the manifest before the server runs.
    pub fn free_port() -> u16 {
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
    }

    pub fn start(data: PathBuf, admin_key: &[u8], programme: ProgrammeId, port: u16) -> Self {
        let config = Config { data, admin_key: AdminKey(admin_key.try_into().unwrap()), programme };
        Self::running(config, now, port)
    }

    /// As [`Server::start`], with the clock of this machine: for those who have no other.
    pub fn start_now(data: PathBuf, admin_key: &[u8], programme: ProgrammeId, port: u16) -> Self {
        let config = Config { data, admin_key: AdminKey(admin_key.try_into().unwrap()), programme };
        Self::running(config, Utc::now, port)
    }

    fn running(config: Config, clock: fn() -> DateTime<Utc>, port: u16) -> Self {
        let mut server = Self { config, clock, port, running: None };
        server.restart();
        server
    }

    pub fn restart(&mut self) {
        self.stop();
        let config = self.config.clone();
        let (port, clock) = (self.port, self.clock);
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, ready) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let state = ServerState::open(&config, Arc::new(clock)).unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
                tell.send(()).unwrap();
                serve(listener, Front::default(), state, async {
                    drop(stopped.await);
                })
                .await;
            });
        });
        ready.recv().unwrap();
        self.running = Some((stop, thread));
    }

    /// From the next start on it has this clock.
    pub fn set_clock(&mut self, clock: fn() -> DateTime<Utc>) {
        self.clock = clock;
    }

    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            thread.join().unwrap();
        }
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    pub fn data(&self) -> &Path {
        &self.config.data
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Answers every connection with the same bytes, as often as asked.
pub fn stranger(answer: &'static str, times: usize) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        for _ in 0..times {
            let (mut connection, _) = listener.accept().unwrap();
            let mut seen = Vec::new();
            let mut buffer = [0; 1024];
            while !seen.windows(4).any(|end| end == b"\r\n\r\n") {
                let read = connection.read(&mut buffer).unwrap();
                assert!(read > 0, "{} was cut", Method::Get.as_str());
                seen.extend_from_slice(&buffer[..read]);
            }
            connection.write_all(answer.as_bytes()).unwrap();
        }
    });
    (address, thread)
}
