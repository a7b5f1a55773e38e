//! The floor: the least that a server in this language can do with a night. What is sent is one row, synced with others
//! that came at the same time, and answered; no signature is looked at, and none is made.
//!
//! `POST /night` stores the body as one blob, `POST /rows/N` as rows of N bytes.

use anyhow::Result;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as InPath, State};
use axum::http::StatusCode;
use axum::routing::post;
use rusqlite::Connection;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Requests in one transaction, as the server has it.
const GROUP: usize = 64;

struct Job {
    body: Bytes,
    row_bytes: usize,
    done: oneshot::Sender<()>,
}

/// Serves until it is killed; says where in the same way as the server.
///
/// # Errors
/// What disk and system say.
pub fn serve(dir: &Path) -> Result<()> {
    let connection = Connection::open(dir.join("floor.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA mmap_size = 0;
         CREATE TABLE blob (id INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL) STRICT;",
    )?;
    let (jobs, waiting) = mpsc::channel();
    std::thread::spawn(move || {
        if let Err(error) = write_all(&connection, &waiting) {
            eprintln!("error: {error}");
        }
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let router = Router::new().route("/night", post(night)).route("/rows/{bytes}", post(rows)).with_state(jobs);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", serde_json::json!({ "listening": format!("http://{}", listener.local_addr()?) }))?;
        out.flush()?;
        drop(out);
        Ok(axum::serve(listener, router).await?)
    })
}

fn write_all(connection: &Connection, waiting: &mpsc::Receiver<Job>) -> rusqlite::Result<()> {
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        group.extend(waiting.try_iter().take(GROUP - 1));
        connection.execute_batch("BEGIN IMMEDIATE")?;
        for job in &group {
            for row in job.body.chunks(job.row_bytes.max(1)) {
                connection.prepare_cached("INSERT INTO blob (content) VALUES (?1)")?.execute([row])?;
            }
        }
        connection.execute_batch("COMMIT")?;
        for job in group {
            // One who has gone is not told.
            job.done.send(()).ok();
        }
    }
    Ok(())
}

async fn night(State(jobs): State<mpsc::Sender<Job>>, body: Bytes) -> StatusCode {
    let row_bytes = body.len();
    store(&jobs, body, row_bytes).await
}

async fn rows(State(jobs): State<mpsc::Sender<Job>>, InPath(row_bytes): InPath<usize>, body: Bytes) -> StatusCode {
    store(&jobs, body, row_bytes).await
}

async fn store(jobs: &mpsc::Sender<Job>, body: Bytes, row_bytes: usize) -> StatusCode {
    let (done, stored) = oneshot::channel();
    let accepted = jobs.send(Job { body, row_bytes, done }).is_ok();
    if accepted && stored.await.is_ok() { StatusCode::NO_CONTENT } else { StatusCode::INTERNAL_SERVER_ERROR }
}
