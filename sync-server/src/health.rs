//! Asking the monitor of a running server: what a container's health check does.

use crate::fault::StartFault;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(5);

/// Whether the server whose monitor listens here can take a night now.
///
/// # Errors
/// [`StartFault::NotReady`], with what is amiss.
pub fn ask(monitor: SocketAddr) -> Result<(), StartFault> {
    let answer = read(monitor).map_err(|error| StartFault::NotReady { reason: error.kind().to_string() })?;
    if answer.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    let amiss = answer.split_once("\r\n\r\n").map_or("?", |(_, body)| body);
    Err(StartFault::NotReady { reason: amiss.trim().replace('\n', ", ") })
}

fn read(monitor: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&monitor, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: monitor\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(4_096).read_to_string(&mut answer)?;
    Ok(answer)
}
