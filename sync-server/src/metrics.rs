//! Figures of a running server for Prometheus. Labels are routes, statuses and fixed words: never a device, a unit or an
//! address.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use std::time::Instant;

/// What [`Metrics::write`] writes.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the answering times, in seconds.
const SECONDS: [f64; 9] = [0.002, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AtTheDoor {
    end: Door,
}

/// How a connection fared before its first request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Door {
    /// Let in.
    Admitted,
    /// Let in, another that kept the server waiting was cut.
    Replaced,
    /// Everybody was being answered.
    NoRoom,
    /// Not one of the named proxies.
    NotProxy,
    /// The TLS greeting failed or did not come.
    NoTls,
    /// The system refused it, most often for want of file descriptors.
    System,
}

/// All figures. Clones share them.
#[derive(Clone, Debug)]
pub struct Metrics {
    registry: Arc<Registry>,
    answers: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    doors: Family<AtTheDoor, Counter>,
    /// Connections open now.
    pub connections: Gauge,
    /// Seconds since 1970 UTC at which the TLS certificate expires; 0 without TLS.
    pub certificate_expires: Gauge,
    /// Free part of the disk, in percent.
    pub disk_free_percent: Gauge,
    /// Bytes of the database file.
    pub database_bytes: Gauge,
    /// Seconds since 1970 UTC at which the newest backup was made that lies elsewhere; 0 for none.
    pub backup_made: Gauge,
    /// Seconds since 1970 UTC at which the newest backup was made that was started from on trial; 0 for none.
    pub backup_tried: Gauge,
    /// Backups that failed.
    pub backups_failed: Counter,
    /// Operations whose bytes were removed as they were kept long enough.
    pub operations_removed: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("uscita");
        let answers = Family::default();
        registry.register("answers", "Calls answered", answers.clone());
        let seconds = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        registry.register("answer_seconds", "Time to an answer", seconds.clone());
        let doors = Family::default();
        registry.register("connections_begun", "Connections by how they fared at the door", doors.clone());
        let gauge = |registry: &mut Registry, name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let connections = gauge(&mut registry, "connections", "Connections open now");
        let certificate_expires =
            gauge(&mut registry, "certificate_expires_seconds", "When the TLS certificate expires, Unix time");
        let disk_free_percent = gauge(&mut registry, "disk_free_percent", "Free part of the disk");
        let database_bytes = gauge(&mut registry, "database_bytes", "Size of the database file");
        let backup_made =
            gauge(&mut registry, "backup_made_seconds", "When the newest backup elsewhere was made, Unix time");
        let backup_tried =
            gauge(&mut registry, "backup_tried_seconds", "When the newest backup was made that was restored on trial");
        let counter = |registry: &mut Registry, name: &str, help: &str| {
            let counter = Counter::default();
            registry.register(name, help, counter.clone());
            counter
        };
        let backups_failed = counter(&mut registry, "backups_failed", "Backups that failed");
        let operations_removed =
            counter(&mut registry, "operations_removed", "Operations kept long enough and removed");
        Self {
            registry: Arc::new(registry),
            answers,
            seconds,
            doors,
            connections,
            certificate_expires,
            disk_free_percent,
            database_bytes,
            backup_made,
            backup_tried,
            backups_failed,
            operations_removed,
        }
    }
}

impl Metrics {
    /// Counts a connection.
    pub fn count(&self, end: Door) {
        self.doors.get_or_create(&AtTheDoor { end }).inc();
    }

    /// The figures as text.
    ///
    /// # Errors
    /// Never in practice: memory takes what is written.
    pub fn write(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        text::encode(&mut out, &self.registry)?;
        Ok(out)
    }
}

/// Counts and times one call. Routes are templates of the table, whatever was asked.
pub async fn measure(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let route =
        request.extensions().get().map_or_else(|| "other".to_owned(), |path: &MatchedPath| path.as_str().into());
    let method = match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        _ => "other",
    };
    let begun = Instant::now();
    let response = next.run(request).await;
    let answered = Answered { method, route: route.clone(), status: response.status().as_u16() };
    metrics.answers.get_or_create(&answered).inc();
    metrics.seconds.get_or_create(&Route { method, route }).observe(begun.elapsed().as_secs_f64());
    response
}
