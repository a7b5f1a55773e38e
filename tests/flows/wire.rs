//! A wire tap: everything that phones and desk send to the server, and everything it answers.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// The bytes of both directions, connection by connection.
#[derive(Default)]
pub struct Tapped {
    /// What was sent to the server, one entry per connection.
    pub sent: Vec<Vec<u8>>,
    /// What the server answered.
    pub answered: Vec<Vec<u8>>,
}

impl Tapped {
    /// Every request: its first line and its body.
    pub fn requests(&self) -> Vec<(String, Vec<u8>)> {
        self.sent.iter().flat_map(|bytes| requests(bytes)).collect()
    }
}

/// The requests of one connection. Bodies have a length: the client sends no chunks.
fn requests(mut bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    while let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().unwrap())
        });
        let body = &bytes[end + 4..][..length.unwrap_or(0)];
        found.push((head.lines().next().unwrap().to_owned(), body.to_vec()));
        bytes = &bytes[end + 4 + body.len()..];
    }
    assert!(bytes.is_empty(), "the end of a request is missing");
    found
}

/// Listens in front of a server.
pub struct Tap {
    /// The address to give to the devices.
    pub url: String,
    tapped: Arc<Mutex<Tapped>>,
}

impl Tap {
    /// A tap in front of the server that will listen on `port` of this machine.
    pub fn before(port: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let tapped = Arc::new(Mutex::new(Tapped::default()));
        let kept = Arc::clone(&tapped);
        std::thread::spawn(move || {
            for phone in listener.incoming() {
                let (phone, server) = (phone.unwrap(), TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap());
                let number = {
                    let mut tapped = kept.lock().unwrap();
                    tapped.sent.push(Vec::new());
                    tapped.answered.push(Vec::new());
                    tapped.sent.len() - 1
                };
                let (to_server, to_phone) = (server.try_clone().unwrap(), phone.try_clone().unwrap());
                let keep = Arc::clone(&kept);
                std::thread::spawn(move || {
                    carry(phone, to_server, |bytes| keep.lock().unwrap().sent[number].extend(bytes))
                });
                let keep = Arc::clone(&kept);
                std::thread::spawn(move || {
                    carry(server, to_phone, |bytes| keep.lock().unwrap().answered[number].extend(bytes))
                });
            }
        });
        Self { url, tapped }
    }

    /// What went over the wire so far.
    pub fn with<T>(&self, look: impl FnOnce(&Tapped) -> T) -> T {
        look(&self.tapped.lock().unwrap())
    }
}

/// Carries bytes one way until one side closes; a side that is gone ends the other.
fn carry(mut from: TcpStream, mut to: TcpStream, keep: impl Fn(&[u8])) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read) = from.read(&mut buffer) {
        keep(&buffer[..read]);
        if read == 0 || to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    if to.shutdown(Shutdown::Write).is_err() {
        // The other side closed first.
    }
}
