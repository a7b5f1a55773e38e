//! Connections: the door, limits, orderly end.
//!
//! An own loop over `hyper-util`, because `axum::serve` puts no limit on the head of a request and none on who is
//! connected.

use crate::crowd::{Admitted, Crowd, Limits, Place};
use crate::endpoint::router;
use crate::foyer::{self, HeadCame};
use crate::metrics::{Door, Metrics, measure};
use crate::pace::{HEAD_TIMEOUT, Paced, Phase, watch_body};
use crate::proxies::Proxies;
use crate::rates::Peer;
use crate::state::ServerState;
use crate::tls::Tls;
use axum::Router;
use axum::middleware::from_fn_with_state;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::cell::Cell;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// How long calls in progress may take after the server was asked to end.
pub const END_TIMEOUT: Duration = Duration::from_secs(10);
/// What is read of a connection at once. Heads are shorter, and a longer body comes in pieces.
const READ_BYTES: usize = 16 * 1024;
/// Connections that were cut and have not gone yet: with more, the next one waits.
const LEAVING: usize = 64;
/// Pause after the system refuses a connection, most often for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How connections reach the server. The default is plain HTTP, for loopback.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// Certificate and key, when the server speaks TLS itself.
    pub tls: Option<Tls>,
    /// Proxies in front of it.
    pub proxies: Proxies,
    /// How many at once.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
}

/// Serves until `shutdown`, then finishes the calls in progress and lets go of the mailbox.
pub async fn serve(listener: TcpListener, front: Front, state: ServerState, shutdown: impl Future<Output = ()> + Send) {
    let measured = router(state).layer(from_fn_with_state(front.metrics.clone(), measure));
    attend(listener, front, measured, shutdown).await;
}

/// As [`serve`], with any router.
pub async fn attend(listener: TcpListener, front: Front, router: Router, shutdown: impl Future<Output = ()> + Send) {
    let crowd = Crowd::new(front.limits);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut is_refused = false;
    let mut shutdown = std::pin::pin!(shutdown);
    let front = Arc::new(front);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        // Tasks that have ended are let go as others come, and those that were cut for others before many more come.
        while connections.try_join_next().is_some() {}
        while connections.len() > front.limits.total.saturating_add(LEAVING) {
            connections.join_next().await;
        }
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Once per want, not ten times a second.
                if !is_refused {
                    tracing::warn!(kind = %error.kind(), "connections are not accepted");
                }
                is_refused = true;
                front.metrics.count(Door::System);
                crowd.make_room();
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        is_refused = false;
        if let Some(place) = admit(&crowd, &front, address) {
            let guest = Guest { place, address, front: Arc::clone(&front), router: router.clone() };
            connections.spawn(guest.stay(stream, graceful.watcher()));
        }
        front.metrics.connections.set(i64::try_from(crowd.len()).unwrap_or(i64::MAX));
    }
    drop(listener);
    crowd.send_away();
    if tokio::time::timeout(END_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("calls in progress were cut off");
    }
    connections.shutdown().await;
}

fn admit(crowd: &Arc<Crowd>, front: &Front, address: SocketAddr) -> Option<Place> {
    if !front.proxies.admit(address.ip()) {
        front.metrics.count(Door::NotProxy);
        return None;
    }
    // Everybody comes from the address of a proxy: it is no network.
    let is_direct = front.proxies.is_empty();
    let network = if is_direct { Peer::from(address.ip()) } else { Peer::Loopback };
    let (end, place) = match crowd.admit(network) {
        Admitted::Freely(place) => (Door::Admitted, Some(place)),
        Admitted::InsteadOf(place) => (Door::Replaced, Some(place)),
        Admitted::NoRoom => (Door::NoRoom, None),
    };
    front.metrics.count(end);
    place
}

/// One connection that was let in.
struct Guest {
    place: Place,
    address: SocketAddr,
    front: Arc<Front>,
    router: Router,
}

impl Guest {
    async fn stay(self, stream: TcpStream, watcher: Watcher) {
        let pace = Arc::clone(&self.place.pace);
        tokio::select! {
            () = pace.until_cut() => tracing::debug!("a connection that waited made room for another"),
            () = self.greet(stream, watcher) => {}
        }
        let metrics = self.front.metrics.clone();
        metrics.connections.set(i64::try_from(self.leave()).unwrap_or(i64::MAX));
    }

    async fn greet(&self, stream: TcpStream, watcher: Watcher) {
        // Answers are small and complete: waiting to fill a packet only delays them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(kind = %error.kind(), "connection cannot be tuned");
        }
        match &self.front.tls {
            None => self.converse(stream, watcher).await,
            Some(tls) => Box::pin(self.greet_sealed(tls, stream, watcher)).await,
        }
    }

    async fn greet_sealed(&self, tls: &Tls, stream: TcpStream, watcher: Watcher) {
        match tokio::time::timeout(HEAD_TIMEOUT, tls.acceptor().accept(stream)).await {
            Ok(Ok(stream)) => self.converse(stream, watcher).await,
            Ok(Err(_)) | Err(_) => self.front.metrics.count(Door::NoTls),
        }
    }

    async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(&self, stream: S, watcher: Watcher) {
        let mut paced = Paced::new(stream, Arc::clone(&self.place.pace));
        match foyer::wait(&mut paced, &self.place.pace).await {
            // What is needed from here on is only taken for those who have come so far.
            Ok(Some(came)) => Box::pin(self.answer(paced, came, watcher)).await,
            Ok(None) => {}
            Err(error) => tracing::debug!(kind = %error.kind(), "connection ended before a request"),
        }
    }

    async fn answer<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        &self,
        paced: Paced<S>,
        came: HeadCame,
        watcher: Watcher,
    ) {
        let first = Cell::new(Some(came));
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let pace = Arc::clone(&self.place.pace);
            let peer = self.front.proxies.peer(self.address.ip(), request.headers());
            let mut request = request.map(|body| watch_body(body, Arc::clone(&pace)));
            request.extensions_mut().insert(peer);
            if let Some(came) = first.take() {
                request.extensions_mut().insert(came);
            }
            let router = self.router.clone();
            async move {
                let response = router.oneshot(request).await;
                pace.enter(Phase::Idle);
                response
            }
        });
        // The limits are those of `Paced`: hyper's own would end an idle connection like a slow head.
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_buf_size(READ_BYTES)
            .serve_connection(TokioIo::new(paced), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(timeout = error.is_timeout(), "connection ended early");
        }
    }

    /// Gives the place back. How many are left.
    fn leave(self) -> usize {
        let crowd = self.place.crowd();
        drop(self.place);
        crowd.len()
    }
}
