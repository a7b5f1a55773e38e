//! A connection that may not dawdle: what it is waiting for, and until when.
//!
//! | phase | what the server waits for | limit |
//! |---|---|---|
//! | [`Phase::Head`] | the TLS greeting, or the rest of a request's head | [`HEAD_TIMEOUT`], however many bytes dribble in |
//! | [`Phase::Body`] | a request's body | in `call`, and in `foyer` for its beginning |
//! | [`Phase::Work`] | nothing: the call is being answered | in `endpoint` |
//! | [`Phase::Idle`] | the first byte of the next request | [`IDLE_TIMEOUT`] |
//!
//! Whatever the phase, an answer that was begun must leave within [`UNSENT_TIMEOUT`].

use axum::body::{Body, Bytes};
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep, sleep};

/// How long the head of a request may take, from its first byte, or from the start of the connection. Whoever dawdles is
/// gone within ten seconds, also when much is going on.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(9);
/// How long a connection may wait for its next request.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long an answer may wait for a peer that does not read.
pub const UNSENT_TIMEOUT: Duration = Duration::from_secs(30);

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The head of a request is awaited.
    Head,
    /// The body of a request is awaited.
    Body,
    /// A call is being answered.
    Work,
    /// Nothing was asked since the last answer.
    Idle,
}

impl Phase {
    const fn limit(self) -> Option<Duration> {
        match self {
            Self::Head => Some(HEAD_TIMEOUT),
            Self::Idle => Some(IDLE_TIMEOUT),
            Self::Body | Self::Work => None,
        }
    }
}

/// The phase of one connection, shared by its socket, its calls and the door.
#[derive(Debug, Default)]
pub struct Pace {
    phase: AtomicU8,
    cut: Notify,
}

impl Pace {
    /// What the connection is doing.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Acquire) {
            0 => Phase::Head,
            1 => Phase::Body,
            2 => Phase::Work,
            _ => Phase::Idle,
        }
    }

    /// Goes on to another phase.
    pub fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Release);
    }

    /// Asks the connection to end now.
    pub fn cut(&self) {
        self.cut.notify_one();
    }

    /// Waits until somebody asks the connection to end.
    pub async fn until_cut(&self) {
        self.cut.notified().await;
    }

    fn first_byte(&self) {
        // Only from idle: bytes of a body do not begin a head. Socket and calls of a connection are one task.
        if self.phase() == Phase::Idle {
            self.enter(Phase::Head);
        }
    }
}

/// A socket under the limits of its phase. Breaking one is [`io::ErrorKind::TimedOut`].
#[derive(Debug)]
pub struct Paced<S> {
    stream: S,
    pace: Arc<Pace>,
    armed: Phase,
    until: Pin<Box<Sleep>>,
    unsent: Option<Pin<Box<Sleep>>>,
    /// Read before, and given again.
    early: Bytes,
}

impl<S> Paced<S> {
    /// Begins with the head of the first request.
    pub fn new(stream: S, pace: Arc<Pace>) -> Self {
        Self {
            stream,
            pace,
            armed: Phase::Head,
            until: Box::pin(sleep(HEAD_TIMEOUT)),
            unsent: None,
            early: Bytes::new(),
        }
    }

    /// Gives these bytes before what the stream still has.
    pub fn give_again(&mut self, early: Bytes) {
        self.early = early;
    }

    /// Starts the clock of a phase when it is entered.
    fn follow(&mut self) {
        let phase = self.pace.phase();
        if phase != self.armed {
            self.armed = phase;
            if let Some(limit) = phase.limit() {
                self.until.as_mut().reset(Instant::now() + limit);
            }
        }
    }

    fn is_late(&self) -> bool {
        self.armed.limit().is_some() && self.until.deadline() <= Instant::now()
    }

    /// Whether the phase has lasted too long; wakes when it has.
    fn poll_limit(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        match self.armed.limit() {
            Some(_) => self.until.as_mut().poll(context).map(|()| late()),
            None => Poll::Pending,
        }
    }

    /// Whether an answer has waited too long; starts the clock when it begins to wait.
    fn poll_unsent(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let unsent = self.unsent.get_or_insert_with(|| Box::pin(sleep(UNSENT_TIMEOUT)));
        unsent.as_mut().poll(context).map(|()| late())
    }
}

fn late() -> io::Error {
    io::ErrorKind::TimedOut.into()
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.follow();
        if !this.early.is_empty() {
            let length = this.early.len().min(buffer.remaining());
            buffer.put_slice(&this.early.split_to(length));
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            Poll::Ready(Ok(())) => {
                if this.is_late() {
                    return Poll::Ready(Err(late()));
                }
                if buffer.filled().len() > before {
                    this.pace.first_byte();
                    this.follow();
                }
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => this.poll_limit(context).map(Err),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_write(context, bytes) {
            Poll::Pending => this.poll_unsent(context).map(Err),
            ready => ready,
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_flush(context) {
            Poll::Pending => this.poll_unsent(context).map(Err),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(())) => {
                this.unsent = None;
                // After an answer hyper reads again only when bytes come: the clock of the wait starts here.
                this.follow();
                match this.poll_limit(context) {
                    Poll::Ready(error) => Poll::Ready(Err(error)),
                    Poll::Pending => Poll::Ready(Ok(())),
                }
            }
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match Pin::new(&mut this.stream).poll_shutdown(context) {
            Poll::Pending => this.poll_unsent(context).map(Err),
            ready => ready,
        }
    }
}

/// The body of a request; the phase turns to [`Phase::Work`] when it is complete.
pub fn watch_body(body: Incoming, pace: Arc<Pace>) -> Body {
    if body.is_end_stream() {
        pace.enter(Phase::Work);
        return Body::new(body);
    }
    pace.enter(Phase::Body);
    Body::new(Watched { body, pace })
}

struct Watched {
    body: Incoming,
    pace: Arc<Pace>,
}

impl hyper::body::Body for Watched {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None)) || this.body.is_end_stream() {
            this.pace.enter(Phase::Work);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    fn pair() -> (tokio::io::DuplexStream, Paced<tokio::io::DuplexStream>, Arc<Pace>) {
        let (far, near) = duplex(64);
        let pace = Arc::new(Pace::default());
        (far, Paced::new(near, Arc::clone(&pace)), pace)
    }

    #[tokio::test(start_paused = true)]
    async fn dribbling_does_not_buy_time_in_a_head() {
        let (mut far, mut near, _pace) = pair();
        let dribble = tokio::spawn(async move {
            while far.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let begun = Instant::now();
        let mut all = Vec::new();
        let error = near.read_to_end(&mut all).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() <= HEAD_TIMEOUT + Duration::from_secs(1), "{:?}", begun.elapsed());
        assert!(all.len() >= 9, "bytes were taken meanwhile");
        drop(near);
        dribble.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn idle_connection_waits_longer_and_its_next_head_does_not() {
        let (mut far, mut near, pace) = pair();
        pace.enter(Phase::Idle);
        let begun = Instant::now();
        let mut byte = [0];
        let later = tokio::spawn(async move {
            tokio::time::sleep(IDLE_TIMEOUT - Duration::from_secs(1)).await;
            far.write_all(b"x").await.unwrap();
            far
        });
        near.read_exact(&mut byte).await.unwrap();
        assert_eq!(pace.phase(), Phase::Head);
        let _far = later.await.unwrap();
        assert!(near.read_exact(&mut byte).await.is_err());
        assert_eq!(begun.elapsed().as_secs(), (IDLE_TIMEOUT + HEAD_TIMEOUT).as_secs() - 1);
    }

    #[tokio::test(start_paused = true)]
    async fn call_in_progress_has_no_limit_here() {
        let (mut far, mut near, pace) = pair();
        pace.enter(Phase::Work);
        let later = tokio::spawn(async move {
            tokio::time::sleep(10 * IDLE_TIMEOUT).await;
            far.write_all(b"x").await.unwrap();
        });
        near.read_exact(&mut [0]).await.unwrap();
        later.await.unwrap();
        assert_eq!(pace.phase(), Phase::Work, "bytes of a body begin no head");
    }

    #[tokio::test(start_paused = true)]
    async fn answer_that_nobody_reads_is_given_up() {
        let (_far, mut near, pace) = pair();
        pace.enter(Phase::Work);
        let begun = Instant::now();
        let error = near.write_all(&[0; 1024]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(begun.elapsed().as_secs(), UNSENT_TIMEOUT.as_secs());
    }
}
