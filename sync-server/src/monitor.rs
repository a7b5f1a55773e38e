//! What the machine may ask about its server, on a listener of its own that is only on loopback: `/healthz` (alive),
//! `/readyz` (can it take a night now?), `/metrics`.

use crate::backup::keeper::{newest, newest_tried};
use crate::disk::Room;
use crate::metrics::{CONTENT_TYPE, Metrics};
use crate::state::ServerState;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone)]
struct Watched {
    state: ServerState,
    metrics: Metrics,
    data: Arc<PathBuf>,
    /// The newest backup must not be older; none where none are made.
    backup_age: Option<TimeDelta>,
    /// When the server began: it is given time for its first backup.
    begun: DateTime<Utc>,
}

/// The calls of the monitor. `data` is the data directory; `backup_age` what the newest backup may have, where they are
/// made.
pub fn router(state: ServerState, metrics: Metrics, data: PathBuf, backup_age: Option<TimeDelta>) -> Router {
    let begun = state.now();
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(read_readiness))
        .route("/metrics", get(read_metrics))
        .with_state(Watched { state, metrics, data: Arc::new(data), backup_age, begun })
}

/// 200 when the database takes a write, the disk has room and the newest backup is young; otherwise 503 with a line for each thing amiss.
async fn read_readiness(State(watched): State<Watched>) -> Response {
    let mut amiss = Vec::new();
    if let Err(fault) = watched.state.store().probe().await {
        tracing::error!(code = "not_ready", error = %fault, "the database takes no write");
        amiss.push("database\n");
    }
    if !Room::of(&watched.data).is_some_and(Room::is_enough) {
        amiss.push("disk\n");
    }
    if let Some(age) = watched.backup_age {
        let newest = newest(&watched.state).await.ok().flatten().unwrap_or(watched.begun);
        if watched.state.now() - newest > age {
            amiss.push("backup\n");
        }
    }
    if amiss.is_empty() {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, amiss.concat()).into_response()
    }
}

async fn read_metrics(State(watched): State<Watched>) -> Response {
    let Watched { state, metrics, data, .. } = watched;
    if let Some(room) = Room::of(&data) {
        metrics.disk_free_percent.set(i64::try_from(room.percent).unwrap_or(100));
    }
    if let Ok(bytes) = state.store().bytes().await {
        metrics.database_bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }
    if let Ok(Some(newest)) = newest(&state).await {
        metrics.backup_made.set(newest.timestamp());
    }
    if let Ok(Some(tried)) = newest_tried(&state).await {
        metrics.backup_tried.set(tried.timestamp());
    }
    match metrics.write() {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{AdminKey, Config};
    use crate::store::sqlite::SqliteStore;
    use axum::body::Body;
    use domain::sync::ProgrammeId;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    async fn get(router: &Router, path: &str) -> (u16, String) {
        let request = axum::http::Request::get(path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn open(data: &std::path::Path) -> ServerState {
        open_both(data).0
    }

    fn open_both(data: &std::path::Path) -> (ServerState, Arc<SqliteStore>) {
        let programme = ProgrammeId(uuid::Uuid::from_u128(1));
        let config = Config { data: data.to_owned(), admin_key: AdminKey([1; 32]), programme };
        let store = Arc::new(SqliteStore::open(data, programme, DateTime::UNIX_EPOCH).unwrap().0);
        let state = ServerState::of_test(Arc::clone(&store) as Arc<_>, &config, Arc::new(|| DateTime::UNIX_EPOCH));
        (state, store)
    }

    #[tokio::test]
    async fn is_ready_only_while_the_database_takes_writes() {
        let folder = tempfile::tempdir().unwrap();
        let (state, store) = open_both(folder.path());
        let router = router(state, Metrics::default(), folder.path().to_owned(), None);
        // The disk of the machine that runs this may be nearly full: only the database's line counts.
        assert!(!get(&router, "/readyz").await.1.contains("database"));
        let set = |on: bool| {
            let work = move |connection: &rusqlite::Connection| Ok(connection.pragma_update(None, "query_only", on)?);
            store.write(work)
        };
        // The commit that ends this very transaction is refused too.
        drop(set(true).await);
        let (status, amiss) = get(&router, "/readyz").await;
        assert_eq!((status, amiss.lines().next()), (503, Some("database")));
        assert_eq!(get(&router, "/healthz").await.0, 200, "it is alive all the same");
    }

    #[tokio::test]
    async fn disk_that_is_gone_is_not_ready() {
        let folder = tempfile::tempdir().unwrap();
        let state = open(folder.path());
        let router = router(state, Metrics::default(), folder.path().join("gone"), None);
        assert_eq!(get(&router, "/readyz").await, (503, "disk\n".to_owned()));
    }

    #[tokio::test]
    async fn figures_name_routes_and_nothing_that_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let state = open(folder.path());
        let metrics = Metrics::default();
        let measured = crate::endpoint::router(state.clone())
            .layer(axum::middleware::from_fn_with_state(metrics.clone(), crate::metrics::measure));
        for path in ["/v1/health", "/v1/streams/journal?after=7777", "/secret-7777"] {
            get(&measured, path).await;
        }
        let odd = axum::http::Request::builder().method("SECRET7777").uri("/v1/health").body(Body::empty()).unwrap();
        measured.oneshot(odd).await.unwrap();
        let router = router(state, metrics, folder.path().to_owned(), None);
        let (status, text) = get(&router, "/metrics").await;
        assert_eq!(status, 200);
        assert!(text.ends_with("# EOF\n"), "{text}");
        assert!(text.contains("uscita_answers_total{method=\"GET\",route=\"/v1/health\",status=\"200\"} 1"), "{text}");
        assert!(text.contains("route=\"/v1/streams/{stream}\""), "{text}");
        assert!(text.contains("route=\"other\"") && text.contains("method=\"other\""), "{text}");
        assert!(text.contains("uscita_database_bytes ") && !text.contains("uscita_database_bytes 0\n"), "{text}");
        assert!(!text.contains("7777"), "{text}");
    }
}
