//! Connections: accepting, timeouts, orderly end.

use crate::endpoint::router;
use crate::rates::Peer;
use crate::state::ServerState;
use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// How long the head of a request may take, and how long a connection may wait for the next one.
pub const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long calls in progress may take after the server was asked to end.
pub const END_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections at once.
const CONNECTIONS: usize = 4_000;
/// Pause after the system refuses a connection, most often for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown`, then finishes the calls in progress and lets go of the mailbox.
pub async fn serve(listener: TcpListener, state: ServerState, shutdown: impl Future<Output = ()> + Send) {
    let router = router(state);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let next = async {
            let permit = Arc::clone(&room).acquire_owned().await;
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            () = &mut shutdown => break,
            next = next => next,
        };
        // Tasks that have ended are let go as others come.
        while connections.try_join_next().is_some() {}
        match (accepted, permit) {
            (Ok((stream, address)), Ok(permit)) => {
                let peer = Peer::from(address.ip());
                let watcher = graceful.watcher();
                connections.spawn(converse(stream, peer, router.clone(), watcher, permit));
            }
            (Err(error), _) => {
                tracing::warn!(kind = %error.kind(), "connection not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
            (Ok(_), Err(_)) => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(END_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("calls in progress were cut off");
    }
    connections.shutdown().await;
}

async fn converse(stream: TcpStream, peer: Peer, router: Router, watcher: Watcher, _permit: OwnedSemaphorePermit) {
    // Answers are small and complete: waiting to fill a packet only delays them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(kind = %error.kind(), "connection cannot be tuned");
    }
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(timeout = error.is_timeout(), "connection ended early");
    }
}
