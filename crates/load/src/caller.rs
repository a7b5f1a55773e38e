//! One connection to a server. It is made when it is needed, and again after it has broken.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest head of an answer.
const MAX_HEAD: usize = 16 * 1024;
/// Headers in it.
const MAX_HEADERS: usize = 32;

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
}

/// A connection, or the wish for one.
#[derive(Debug)]
pub struct Caller {
    address: SocketAddr,
    stream: Option<TcpStream>,
    /// Bytes sent so far, heads included.
    pub sent: u64,
    /// Bytes received so far, heads included.
    pub received: u64,
}

impl Caller {
    /// Connects with the first call.
    #[must_use]
    pub const fn new(address: SocketAddr) -> Self {
        Self { address, stream: None, sent: 0, received: 0 }
    }

    /// Connects now, unless it is connected.
    ///
    /// # Errors
    /// What the system says.
    pub async fn connect(&mut self) -> Result<&mut TcpStream> {
        let stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        Ok(self.stream.insert(stream))
    }

    /// Sends a whole request and reads the whole answer. After an error the next call connects anew.
    ///
    /// # Errors
    /// The connection broke, or what came back is no answer.
    pub async fn call(&mut self, request: &[u8]) -> Result<Answer> {
        self.connect().await?;
        let mut stream = self.stream.take().context("a connection")?;
        stream.write_all(request).await?;
        self.sent += request.len() as u64;
        let (answer, stays) = self.read(&mut stream).await?;
        self.stream = stays.then_some(stream);
        Ok(answer)
    }

    async fn read(&mut self, stream: &mut TcpStream) -> Result<(Answer, bool)> {
        let mut bytes = Vec::with_capacity(2_048);
        let head = loop {
            if stream.read_buf(&mut bytes).await? == 0 {
                bail!("the connection ended before the answer");
            }
            if let Some(head) = Head::read(&bytes)? {
                break head;
            }
            if bytes.len() > MAX_HEAD {
                bail!("the head of the answer does not end");
            }
        };
        let whole = head.bytes + head.body;
        while bytes.len() < whole {
            if stream.read_buf(&mut bytes).await? == 0 {
                bail!("the connection ended in the answer");
            }
        }
        self.received += bytes.len() as u64;
        let body = bytes.get(head.bytes..whole).unwrap_or_default().to_vec();
        Ok((Answer { status: head.status, body }, head.stays))
    }
}

struct Head {
    status: u16,
    /// Length of the head and of the body.
    bytes: usize,
    body: usize,
    stays: bool,
}

impl Head {
    /// `None` until it is complete.
    fn read(bytes: &[u8]) -> Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(end) = response.parse(bytes)? else {
            return Ok(None);
        };
        let find = |name: &str| {
            let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(header.value).ok()
        };
        let body = find("content-length").map_or(Ok(0), str::parse)?;
        let stays = find("connection").is_none_or(|value| !value.eq_ignore_ascii_case("close"));
        Ok(Some(Self { status: response.code.context("a status")?, bytes: end, body, stays }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_whole_head_its_body_and_whether_the_connection_stays() {
        let text = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
        assert!(Head::read(&text[..40]).unwrap().is_none());
        let head = Head::read(text).unwrap().unwrap();
        assert_eq!((head.status, head.bytes, head.body, head.stays), (200, text.len() - 5, 5, false));
        let empty = Head::read(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap().unwrap();
        assert_eq!((empty.status, empty.body, empty.stays), (204, 0, true));
    }
}
