//! Where a new connection waits until there is work to do for it: until the head of its first request is here, and the
//! beginning of its body. Whoever dawdles here costs what it has sent and a place, a tenth of what a connection costs
//! that is being read.

use crate::call::BODY_GRACE;
use crate::pace::{Pace, Paced, Phase};
use axum::body::Bytes;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Instant, timeout_at};

/// Of a body so much must be here, or all of it.
const BEGINNING: usize = 1_024;
/// A longer head is left to hyper, which refuses it.
const MAX_HEAD: usize = 16 * 1024;
/// Headers of a request, as many as hyper takes.
const MAX_HEADERS: usize = 100;
/// What is read at once.
const PIECE: usize = 2_048;
/// How a body in pieces ends.
const LAST_PIECE: &[u8] = b"0\r\n\r\n";

/// When the head of a request was complete: the time of its body counts from there.
#[derive(Clone, Copy, Debug)]
pub struct HeadCame(pub Instant);

/// What came so far.
#[derive(Debug, Default)]
struct Early {
    bytes: Vec<u8>,
    head: Option<Head>,
}

/// A head that is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    bytes: usize,
    body: Body,
}

/// What must be here of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// Nothing: there is none, it may not come before it is asked for, or hyper will refuse the request.
    Nothing,
    /// So many bytes.
    Bytes(usize),
    /// A beginning, or the last piece.
    Pieces,
}

/// Waits for the head, within its limit, and for the beginning of the body, within [`BODY_GRACE`]. Then the stream gives
/// everything once more, from its first byte. Nothing when it ended before.
///
/// # Errors
/// What the stream says; [`io::ErrorKind::TimedOut`] when the head does not come.
pub async fn wait<S: AsyncRead + Unpin>(stream: &mut Paced<S>, pace: &Pace) -> io::Result<Option<HeadCame>> {
    let mut early = Early::default();
    while early.head.is_none() {
        if early.read(stream).await? == 0 {
            return Ok(None);
        }
    }
    let came = Instant::now();
    pace.enter(Phase::Body);
    // One whose body does not come is told so, by the call.
    let beginning = timeout_at(came + BODY_GRACE, async {
        while !early.is_begun() && early.read(stream).await? > 0 {}
        io::Result::Ok(())
    });
    beginning.await.unwrap_or(Ok(()))?;
    stream.give_again(Bytes::from(early.bytes));
    Ok(Some(HeadCame(came)))
}

impl Early {
    /// Reads what there is. How much it was.
    async fn read<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> io::Result<usize> {
        let before = self.bytes.len();
        poll_fn(|context| {
            let mut piece = [0; PIECE];
            let mut piece = ReadBuf::new(&mut piece);
            ready!(Pin::new(&mut *stream).poll_read(context, &mut piece))?;
            self.bytes.extend_from_slice(piece.filled());
            Poll::Ready(io::Result::Ok(()))
        })
        .await?;
        if self.head.is_none() {
            self.head = find_head(&self.bytes, before);
        }
        Ok(self.bytes.len() - before)
    }

    fn is_begun(&self) -> bool {
        self.head.is_none_or(|head| {
            let body = self.bytes.get(head.bytes..).unwrap_or_default();
            match head.body {
                Body::Nothing => true,
                Body::Bytes(bytes) => body.len() >= bytes,
                Body::Pieces => body.len() >= BEGINNING || body.ends_with(LAST_PIECE),
            }
        })
    }
}

/// The head, once it is complete. Its end is only looked for in what came after `searched`.
fn find_head(bytes: &[u8], searched: usize) -> Option<Head> {
    let leave_to_hyper = Head { bytes: bytes.len(), body: Body::Nothing };
    let recent = bytes.get(searched.saturating_sub(2)..).unwrap_or_default();
    let may_end = recent.windows(2).any(|two| two == b"\n\n") || recent.windows(3).any(|three| three == b"\n\r\n");
    if !may_end {
        return (bytes.len() > MAX_HEAD).then_some(leave_to_hyper);
    }
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(end)) => Some(Head { bytes: end, body: body(request.headers) }),
        // Empty lines may come before a head.
        Ok(httparse::Status::Partial) if bytes.len() <= MAX_HEAD => None,
        Ok(httparse::Status::Partial) | Err(_) => Some(leave_to_hyper),
    }
}

fn body(headers: &[httparse::Header<'_>]) -> Body {
    let find = |name: &str| headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
    if find("expect").is_some() {
        return Body::Nothing;
    }
    if find("transfer-encoding").is_some() {
        return Body::Pieces;
    }
    let announced = find("content-length").and_then(|header| std::str::from_utf8(header.value).ok());
    // One that is no number is refused without its body.
    let announced = announced.and_then(|length| length.trim().parse().ok());
    announced.map_or(Body::Nothing, |length: usize| Body::Bytes(length.min(BEGINNING)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const HEAD: &str = "POST /x HTTP/1.1\r\nHost: x\r\n";

    fn of(text: &str) -> Option<Body> {
        find_head(text.as_bytes(), 0).map(|head| head.body)
    }

    #[test]
    fn knows_what_a_head_announces() {
        let with = |more: &str| of(&format!("{HEAD}{more}\r\n"));
        assert_eq!(of(HEAD), None);
        assert_eq!(with(""), Some(Body::Nothing));
        assert_eq!(with("content-length: 10\r\n"), Some(Body::Bytes(10)));
        assert_eq!(with("Content-Length: 100000\r\n"), Some(Body::Bytes(BEGINNING)));
        assert_eq!(with("transfer-encoding: chunked\r\n"), Some(Body::Pieces));
        assert_eq!(with("Expect: 100-continue\r\ncontent-length: 10\r\n"), Some(Body::Nothing));
        assert_eq!(of(&format!("\r\n\r\n{HEAD}")), None, "empty lines are no head");
        assert_eq!(of("\r\n\r\nGET / HTTP/1.1\n\n"), Some(Body::Nothing));
    }

    #[test]
    fn leaves_to_hyper_what_is_no_head() {
        assert_eq!(of("\u{0}\u{1}\n\n"), Some(Body::Nothing));
        assert_eq!(of(&"a".repeat(MAX_HEAD)), None);
        assert_eq!(of(&"a".repeat(MAX_HEAD + 1)), Some(Body::Nothing));
        assert_eq!(with_headers(MAX_HEADERS + 1), Some(Body::Nothing));
    }

    fn with_headers(number: usize) -> Option<Body> {
        of(&format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(number)))
    }

    #[tokio::test]
    async fn gives_everything_once_more_when_a_request_has_begun() {
        let whole = format!("{HEAD}Content-Length: 2000\r\n\r\n{}", "b".repeat(2_000));
        let (mut far, near) = duplex(8);
        let pace = Arc::new(Pace::default());
        let mut near = Paced::new(near, Arc::clone(&pace));
        let sent = whole.clone();
        let sending = tokio::spawn(async move {
            far.write_all(sent.as_bytes()).await.unwrap();
        });
        wait(&mut near, &pace).await.unwrap().unwrap();
        assert_eq!(pace.phase(), Phase::Body);
        let mut again = String::new();
        near.read_to_string(&mut again).await.unwrap();
        sending.await.unwrap();
        assert_eq!(again, whole);
    }

    #[tokio::test(start_paused = true)]
    async fn body_that_does_not_begin_is_waited_for_no_longer_than_any_other() {
        let (mut far, near) = duplex(1_024);
        let pace = Arc::new(Pace::default());
        let mut near = Paced::new(near, Arc::clone(&pace));
        far.write_all(format!("{HEAD}Content-Length: 2000\r\n\r\nb").as_bytes()).await.unwrap();
        let begun = Instant::now();
        let HeadCame(came) = wait(&mut near, &pace).await.unwrap().unwrap();
        assert!(begun.elapsed() <= BODY_GRACE + Duration::from_millis(10), "{:?}", begun.elapsed());
        assert_eq!(came, begun, "the time of the body runs");
    }

    #[tokio::test]
    async fn connection_that_ends_is_no_request() {
        let (mut far, near) = duplex(1_024);
        let pace = Arc::new(Pace::default());
        let mut near = Paced::new(near, Arc::clone(&pace));
        far.write_all(b"GET").await.unwrap();
        drop(far);
        assert!(wait(&mut near, &pace).await.unwrap().is_none());
    }
}
