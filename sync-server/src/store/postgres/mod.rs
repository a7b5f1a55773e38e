//! The mailbox in `PostgreSQL`, for many units. A server keeps nothing in memory that another one would need, so that
//! any number of them may work on one database, and each may be killed at any time.
//!
//! | module | what |
//! |---|---|
//! | [`connect`] | where the database is; TLS |
//! | [`open`] | version, migrations, the programme's place |
//! | [`lock`] | who waits for whom |
//! | [`together`], [`many`] | batches that come at once, in one transaction |
//! | [`line`], [`rows`] | what it says to the database, and its rows |
//! | [`rounds`] | one answer for all who ask the same at once |
//! | [`log`], [`quarantine`], [`wiped`], [`stream`], [`manifest`], [`enrol`], [`standing`] | as on `SQLite` |
//! | [`audit`] | the record of what happened |
//! | [`backup`], [`restore`], [`retention`] | copies of it all as one file, and back; removing what was kept long enough |
//! | [`nonce`] | nonces that every instance has seen |
//!
//! A transaction that lost its connection or was in another's way is tried again, [`TRIES`] times in all; then the
//! asker is told `unavailable`. Each can be repeated: what was committed before its answer was lost changes nothing.

pub mod audit;
pub mod backup;
pub mod connect;
pub mod enrol;
pub mod line;
pub mod lock;
pub mod log;
pub mod manifest;
pub mod many;
pub mod nonce;
pub mod open;
pub mod quarantine;
pub mod restore;
pub mod retention;
pub mod rounds;
pub mod rows;
pub mod shelf;
pub mod standing;
pub mod stream;
pub mod together;
pub mod wiped;

use super::Store;
use super::backup::{Proved, Verified};
use super::fault::StoreFault;
use super::incoming::Incoming;
use super::outcome::{Appended, Decided, Enrolled, Held, Kept, Laid, NotOurs, Publish, Put, Seen, Shelf};
use super::retention::{Due, Removed};
use super::row::to_number;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use deadpool_postgres::{Pool, Transaction};
use domain::sync::audit::{AuditEntry, AuditHead, Note};
use domain::sync::chain::Digest;
use domain::sync::enrol::{CodeAnnouncement, EnrolmentRequest, PendingEnrolments};
use domain::sync::manifest::SignedManifest;
use domain::sync::publish::LINK_BYTES;
use domain::sync::pull::{Acknowledgement, Cursor, Page};
use domain::sync::quarantine::{DecisionOutcome, Quarantine, QuarantineReason};
use domain::sync::standing::DeviceStandings;
use domain::sync::{DeviceId, Stream, UnitId};
use many::Part;
use rounds::Rounds;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use together::Together;
use tokio::sync::Mutex;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// How often a transaction is tried.
const TRIES: usize = 3;
/// Operations of a batch that shares a transaction. One with more has work enough for its own, beside others.
const FEW: usize = 16;
/// How often one asker gives entries their places, when more come meanwhile.
const LINKS: usize = 2;

/// The database, and whose part of it.
pub struct PostgresStore {
    pool: Pool,
    programme: Uuid,
    together: Arc<Together>,
    manifests: Rounds,
    /// Held by whoever gives entries of the record their places.
    linking: Mutex<()>,
    /// Whether entries have come since somebody began to.
    is_unlinked: AtomicBool,
}

/// A transaction in the rows of one programme.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// The transaction.
    pub sql: &'a Transaction<'a>,
    /// First value of every key.
    pub programme: Uuid,
}

/// Statements are prepared once on a connection.
impl Work<'_> {
    async fn execute(self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<u64, StoreFault> {
        Ok(self.sql.execute(&self.sql.prepare_cached(sql).await?, values).await?)
    }

    async fn query(self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, StoreFault> {
        Ok(self.sql.query(&self.sql.prepare_cached(sql).await?, values).await?)
    }

    async fn query_one(self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Row, StoreFault> {
        Ok(self.sql.query_one(&self.sql.prepare_cached(sql).await?, values).await?)
    }

    async fn query_opt(self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Option<Row>, StoreFault> {
        Ok(self.sql.query_opt(&self.sql.prepare_cached(sql).await?, values).await?)
    }
}

/// Does it, and again when it was in the way of another.
macro_rules! repeat {
    ($attempt:expr) => {{
        let mut tries = 1;
        loop {
            match $attempt.await {
                Err(fault) if tries < TRIES && StoreFault::may_repeat(&fault) => {
                    tracing::debug!(error = %fault, "tried again");
                    tries += 1;
                }
                done => break done,
            }
        }
    }};
}

/// Runs an expression over [`Work`] in a transaction.
macro_rules! run {
    ($store:ident, |$work:ident| $done:expr) => {
        repeat!(async {
            let mut client = $store.pool.get().await?;
            let transaction = client.transaction().await?;
            let $work = Work { sql: &transaction, programme: $store.programme };
            let done = $done.await?;
            transaction.commit().await?;
            Ok::<_, StoreFault>(done)
        })
    };
}

impl PostgresStore {
    /// On a database that [`open`] has prepared. Connections are made when they are needed.
    #[must_use]
    pub fn new(pool: Pool, programme: Uuid) -> Self {
        Self {
            together: Arc::new(Together::new(pool.clone(), programme)),
            manifests: Rounds::default(),
            pool,
            programme,
            linking: Mutex::const_new(()),
            is_unlinked: AtomicBool::new(false),
        }
    }

    /// As if it were the only one.
    async fn append_alone(&self, incoming: &Incoming) -> Result<Appended, StoreFault> {
        let appended = run!(self, |work| log::append(work, incoming))?;
        let is_held = matches!(appended, Appended::Held(_) | Appended::Known(_));
        let is_on_record = incoming.note(&incoming.entries).is_some() || !is_held;
        if is_on_record {
            self.link().await;
        }
        Ok(appended)
    }

    /// After a commit that wrote entries: gives them their places, if nobody is at it. They are durable, so this never
    /// fails a call; those that came while somebody was at it are seen to at once, or by the next who comes.
    async fn link(&self) {
        self.is_unlinked.store(true, Ordering::Release);
        let Ok(_linking) = self.linking.try_lock() else { return };
        for _ in 0..LINKS {
            if !self.is_unlinked.swap(false, Ordering::AcqRel) {
                return;
            }
            let linked: Result<(), StoreFault> = run!(self, |work| audit::link(work));
            if let Err(fault) = linked {
                tracing::warn!(error = %fault, "entries of the record wait for their places");
            }
        }
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn append(&self, incoming: Incoming) -> Result<Appended, StoreFault> {
        if incoming.entries.len() > FEW {
            return self.append_alone(&incoming).await;
        }
        let incoming = Arc::new(incoming);
        let (held, is_unlinked) = match self.together.append(Arc::clone(&incoming)).await {
            Part::Held { held, is_unlinked } => (Some(held), is_unlinked),
            Part::Stored { is_unlinked } => (None, is_unlinked),
            Part::Alone => return self.append_alone(&incoming).await,
            Part::Unanswered => return Err(StoreFault::Unanswered),
        };
        if is_unlinked {
            self.link().await;
        }
        match held {
            Some(held) => Ok(Appended::Held(held)),
            None => Ok(Appended::Held(self.held(incoming.device).await?)),
        }
    }

    async fn held(&self, device: DeviceId) -> Result<Held, StoreFault> {
        run!(self, |work| log::held(work, device))
    }

    async fn acknowledge(&self, held: Acknowledgement) -> Result<Option<NotOurs>, StoreFault> {
        run!(self, |work| log::acknowledge_all(work, &held))
    }

    async fn page(
        &self,
        stream: Stream,
        audience: Option<UnitId>,
        after: Cursor,
        limit: u16,
    ) -> Result<Page, StoreFault> {
        run!(self, |work| stream::page(work, stream, audience.as_ref(), after, limit))
    }

    async fn standings(&self) -> Result<DeviceStandings, StoreFault> {
        run!(self, |work| standing::list(work))
    }

    async fn keep(&self, incoming: Incoming, reason: QuarantineReason) -> Result<Kept, StoreFault> {
        run!(self, |work| quarantine::keep(work, &incoming, reason))
    }

    async fn quarantine(&self) -> Result<Quarantine, StoreFault> {
        run!(self, |work| quarantine::list(work))
    }

    async fn decide(&self, decided: Decided) -> Result<DecisionOutcome, StoreFault> {
        let outcome = run!(self, |work| quarantine::decide(work, &decided))?;
        self.link().await;
        Ok(outcome)
    }

    async fn confirm_wipe(&self, device: DeviceId, signature: Vec<u8>, today: NaiveDate) -> Result<(), StoreFault> {
        run!(self, |work| wiped::confirm(work, device, &signature, today))?;
        self.link().await;
        Ok(())
    }

    async fn publish(&self, publish: Publish, note: Note) -> Result<Laid, StoreFault> {
        let laid = run!(self, |work| shelf::publish(work, &publish, note))?;
        self.link().await;
        Ok(laid)
    }

    async fn withdraw(&self, number: u32, note: Note) -> Result<bool, StoreFault> {
        let withdrawn = run!(self, |work| shelf::withdraw(work, number, note))?;
        self.link().await;
        Ok(withdrawn)
    }

    async fn shelf(&self, link: [u8; LINK_BYTES]) -> Result<Option<Shelf>, StoreFault> {
        run!(self, |work| shelf::find(work, link))
    }

    async fn newer_manifest(&self, known: u64) -> Result<Option<SignedManifest>, StoreFault> {
        // Asked before every call: one answer serves all who wait for one.
        let number = self
            .manifests
            .ask(|| async { repeat!(async { manifest::number(&self.pool.get().await?, self.programme).await }) });
        if number.await? <= known {
            return Ok(None);
        }
        repeat!(async { manifest::newer(&self.pool.get().await?, self.programme, known).await })
    }

    async fn put_manifest(
        &self,
        number: u64,
        follows: u64,
        signed: SignedManifest,
        named: Vec<DeviceId>,
        notes: Vec<Note>,
    ) -> Result<Put, StoreFault> {
        let put = run!(self, |work| manifest::put(work, (number, follows), &signed, &named, &notes))?;
        self.link().await;
        Ok(put)
    }

    async fn announce(&self, code: CodeAnnouncement, now: DateTime<Utc>) -> Result<(), StoreFault> {
        run!(self, |work| enrol::announce(work, &code, now))
    }

    async fn enrol(
        &self,
        request: EnrolmentRequest,
        fingerprint: Digest,
        now: DateTime<Utc>,
    ) -> Result<Enrolled, StoreFault> {
        let enrolled = run!(self, |work| enrol::enrol(work, &request, fingerprint, now))?;
        self.link().await;
        Ok(enrolled)
    }

    async fn pending_key(&self, device: DeviceId) -> Result<Option<Vec<u8>>, StoreFault> {
        run!(self, |work| enrol::find_pending_key(work, device))
    }

    async fn pending(&self) -> Result<PendingEnrolments, StoreFault> {
        run!(self, |work| enrol::list_pending(work))
    }

    async fn note(&self, notes: Vec<Note>) -> Result<(), StoreFault> {
        run!(self, |work| audit::append(work, &notes))?;
        self.link().await;
        Ok(())
    }

    async fn audit_head(&self) -> Result<AuditHead, StoreFault> {
        self.link().await;
        run!(self, |work| audit::head(work))
    }

    async fn audit_at(&self, number: u64) -> Result<Option<Digest>, StoreFault> {
        run!(self, |work| audit::at(work, number))
    }

    async fn audit_start(&self) -> Result<AuditHead, StoreFault> {
        run!(self, |work| audit::start(work))
    }

    async fn audit_page(&self, after: u64, limit: u16) -> Result<Vec<AuditEntry>, StoreFault> {
        run!(self, |work| audit::page(work, after, limit))
    }

    async fn forget_audit(&self, today: NaiveDate) -> Result<u64, StoreFault> {
        let forgotten = run!(self, |work| audit::forget(work, today))?;
        self.link().await;
        Ok(forgotten)
    }

    async fn see(&self, device: DeviceId, nonce: [u8; 16], now: i64) -> Result<Seen, StoreFault> {
        run!(self, |work| nonce::see(work, device, &nonce, now))
    }

    async fn copy(&self, target: PathBuf) -> Result<(), StoreFault> {
        // What happened has its place in the record before it is copied, but for what happens in between.
        self.audit_head().await?;
        backup::copy(&self.pool, self.programme, target).await
    }

    async fn prove(&self, proved: Proved) -> Result<(), StoreFault> {
        run!(self, |work| backup::prove(work, &proved))?;
        self.link().await;
        Ok(())
    }

    async fn backups(&self) -> Result<Vec<Verified>, StoreFault> {
        run!(self, |work| backup::list(work))
    }

    async fn forget_backup(&self, name: String) -> Result<(), StoreFault> {
        run!(self, |work| backup::forget(work, &name))
    }

    async fn remove_due(&self, due: Due) -> Result<Removed, StoreFault> {
        run!(self, |work| retention::remove(work, &due))
    }

    async fn probe(&self) -> Result<(), StoreFault> {
        run!(self, |work| manifest::touch(work))
    }

    async fn bytes(&self) -> Result<u64, StoreFault> {
        let client = self.pool.get().await?;
        let row = client.query_one("SELECT pg_database_size(current_database())", &[]).await?;
        to_number(row.try_get(0)?, "size")
    }
}
