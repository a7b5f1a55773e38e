//! The real server, called inside the process: its router, its database file, an injected clock.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use chrono::{DateTime, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::ids::{DeviceId, ProgrammeId};
use domain::sync::auth::{CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER};
use domain::sync::chain::{Bytes, Digest};
use http_body_util::BodyExt;
use notebook::sync::wire::{Reply, WireRequest};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;
use uscita_server::{AdminKey, Config, ServerState, router};

/// The true time of a run, in milliseconds since 1970 UTC. The server's clock is right; the devices' are not.
#[derive(Clone, Default)]
pub struct TrueTime(Arc<AtomicI64>);

impl TrueTime {
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_millis(), Ordering::Relaxed);
    }

    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::Relaxed)).expect("a time of this century")
    }

    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}

/// What the server holds of one operation, read from its database file.
pub struct HeldOperation {
    pub device: DeviceId,
    pub sequence: u64,
    pub stream: String,
    pub sealed: Vec<u8>,
}

pub struct Mailbox {
    runtime: Runtime,
    config: Config,
    time: TrueTime,
    router: Option<Router>,
    pub restarts: u32,
}

impl Mailbox {
    pub fn open(data: &Path, admin_key: &[u8], programme: ProgrammeId, time: TrueTime) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let admin_key = AdminKey(admin_key.try_into().expect("32 bytes"));
        let config = Config { data: data.to_owned(), admin_key, programme };
        let mut mailbox = Self { runtime, config, time, router: None, restarts: 0 };
        mailbox.start();
        mailbox
    }

    /// The server's public key, made at its first start: the admin needs it before there is an admin.
    pub fn make_key(data: &Path) -> Bytes {
        uscita_server::state::init(data).expect("a server key")
    }

    fn start(&mut self) {
        let time = self.time.clone();
        let state = ServerState::open(&self.config, Arc::new(move || time.now())).expect("the mailbox opens");
        self.router = Some(router(state));
    }

    /// Goes down and comes up again: nonces and rates are forgotten, the file is not.
    pub fn restart(&mut self) {
        self.router = None;
        self.start();
        self.restarts += 1;
    }

    /// Its disk is gone, with everything on it but the key, which the keeper has on paper.
    pub fn lose_its_disk(&mut self) {
        self.router = None;
        for file in ["mailbox.db", "mailbox.db-wal", "mailbox.db-shm"] {
            drop(std::fs::remove_file(self.config.data.join(file)));
        }
        self.start();
    }

    pub fn answer(&self, request: &WireRequest) -> Reply {
        let mut builder = Request::builder().method(request.method.as_str()).uri(&request.path);
        if !request.body.is_empty() {
            builder = builder.header(header::CONTENT_TYPE, "application/json");
        }
        if let Some(signature) = &request.signature {
            builder = builder
                .header(DEVICE_HEADER, signature.device.to_string())
                .header(CREATED_HEADER, signature.created.to_string())
                .header(NONCE_HEADER, HEXLOWER.encode(&signature.nonce))
                .header(SIGNATURE_HEADER, BASE64URL_NOPAD.encode(&signature.signature));
        }
        let http = builder.body(Body::from(request.body.clone())).expect("a request");
        let router = self.router.clone().expect("the server is up");
        self.runtime.block_on(async {
            let response = router.oneshot(http).await.expect("the router answers");
            let status = response.status().as_u16();
            let json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
            let body = response.into_body().collect().await.expect("a whole body").to_bytes().to_vec();
            Reply { status, json, body }
        })
    }

    /// How many operations of a device are stored.
    pub fn stored(&self, device: DeviceId) -> u64 {
        self.database()
            .query_row("SELECT coalesce(max(stored), 0) FROM log WHERE device = ?1", [device.0.as_bytes()], |row| {
                row.get::<_, i64>(0)
            })
            .expect("the log") as u64
    }

    /// The chain value that is stored with an operation.
    pub fn chain_at(&self, device: DeviceId, sequence: u64) -> Option<Digest> {
        let sql = "SELECT chain FROM operation JOIN log ON log.id = log_id WHERE device = ?1 AND sequence = ?2";
        let row =
            self.database().query_row(sql, rusqlite::params![device.0.as_bytes(), sequence as i64], |row| row.get(0));
        row.ok().map(Digest)
    }

    fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.config.data.join("mailbox.db")).expect("the database file")
    }

    /// Everything in the database, past the server's own code.
    pub fn held(&self) -> Vec<HeldOperation> {
        let database = self.database();
        let mut statement = database
            .prepare(
                "SELECT device, sequence, stream, sealed FROM operation JOIN log ON log.id = log_id
                 ORDER BY device, sequence",
            )
            .expect("the tables");
        let rows = statement.query_map([], |row| {
            Ok(HeldOperation {
                device: DeviceId(uuid::Uuid::from_bytes(row.get(0)?)),
                sequence: row.get::<_, i64>(1)? as u64,
                stream: row.get(2)?,
                sealed: row.get(3)?,
            })
        });
        rows.expect("rows").collect::<Result<_, _>>().expect("values")
    }
}
