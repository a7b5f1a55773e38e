//! What the mailbox keeps, behind one trait. `SQLite` and `PostgreSQL` do the same, and one suite of tests runs on both.
//!
//! | module | what |
//! |---|---|
//! | [`incoming`] | a verified batch: the verdict on each operation, whether it continues its log |
//! | [`audit`] | the record: how long it is kept, how it is followed |
//! | [`code`] | what becomes of a request with a one-time code |
//! | [`backup`] | copies, and those that lie elsewhere |
//! | [`retention`] | what is kept for how long |
//! | [`paging`] | how much goes on a page |
//! | [`outcome`] | what the calls give back |
//! | [`fault`] | what can go wrong |
//! | [`row`] | values between rows and the protocol |
//! | [`postgres`] | one database, any number of servers on it |
//! | [`tables`] | rows of one as rows of the other |
//! | [`sqlite`] | one file: one writer with shared commits, readers beside it |
//!
//! All SQL of the server is below this folder, and the schema is in `migrations/`. Whatever is decided is decided by
//! pure code here and called by both; what lies below only fetches and keeps.
//!
//! Invariants, of both:
//! - A write that returned without an error is durable.
//! - A cursor is given out once, and nothing appears behind one that a reader has passed.
//! - A read sees one commit throughout.

pub mod audit;
pub mod backup;
pub mod code;
pub mod fault;
pub mod incoming;
pub mod outcome;
pub mod paging;
pub mod postgres;
pub mod retention;
pub mod row;
pub mod sqlite;
pub mod tables;

use async_trait::async_trait;
use backup::{Proved, Verified};
use chrono::{DateTime, NaiveDate, Utc};
use domain::sync::audit::{AuditEntry, AuditHead, Note};
use domain::sync::chain::Digest;
use domain::sync::enrol::{CodeAnnouncement, EnrolmentRequest, PendingEnrolments};
use domain::sync::manifest::SignedManifest;
use domain::sync::publish::LINK_BYTES;
use domain::sync::pull::{Acknowledgement, Cursor, Page};
use domain::sync::quarantine::{DecisionOutcome, Quarantine, QuarantineReason};
use domain::sync::standing::DeviceStandings;
use domain::sync::{DeviceId, Stream, UnitId};
use fault::StoreFault;
use incoming::Incoming;
use outcome::{Appended, Decided, Enrolled, Held, Kept, Laid, NotOurs, Publish, Put, Seen, Shelf};
use retention::{Due, Removed};
use std::path::PathBuf;
use std::sync::Arc;

/// The mailbox's memory. Every call ends in [`StoreFault`] when the database fails; then nothing of it is stored.
#[async_trait]
pub trait Store: Send + Sync {
    /// Appends what is new of a batch to its device's log. A fork quarantines the device and keeps the batch apart.
    async fn append(&self, incoming: Incoming) -> Result<Appended, StoreFault>;
    /// What is held of a device; nothing at all for one that never sent.
    async fn held(&self, device: DeviceId) -> Result<Held, StoreFault>;
    /// Notes what a desk holds: `backed_up` of every log that has this chain value there moves, never back. Gives the first
    /// that has not.
    async fn acknowledge(&self, held: Acknowledgement) -> Result<Option<NotOurs>, StoreFault>;
    /// Up to `limit` envelopes after a position, ascending: of all units, or of one unit's own devices.
    async fn page(
        &self,
        stream: Stream,
        audience: Option<UnitId>,
        after: Cursor,
        limit: u16,
    ) -> Result<Page, StoreFault>;
    /// Every device that ever sent something or confirmed an order, by id.
    async fn standings(&self) -> Result<DeviceStandings, StoreFault>;

    /// Keeps a batch apart. The same batch again changes nothing, nor does one that the log holds already.
    async fn keep(&self, incoming: Incoming, reason: QuarantineReason) -> Result<Kept, StoreFault>;
    /// Every batch in quarantine, without its content.
    async fn quarantine(&self) -> Result<Quarantine, StoreFault>;
    /// Keeps a decision for good, then releases or drops. What is released gets cursors behind all others.
    async fn decide(&self, decided: Decided) -> Result<DecisionOutcome, StoreFault>;
    /// Notes a verified confirmation of a wipe. The first day stands.
    async fn confirm_wipe(&self, device: DeviceId, signature: Vec<u8>, today: NaiveDate) -> Result<(), StoreFault>;

    /// Lays a verified release on its recipient's shelf, and notes it. One that was withdrawn stays so.
    async fn publish(&self, publish: Publish, note: Note) -> Result<Laid, StoreFault>;
    /// Takes a release's content away for good, and notes it. False for one that was never published.
    async fn withdraw(&self, number: u32, note: Note) -> Result<bool, StoreFault>;
    /// A recipient's shelf, the newest release first.
    async fn shelf(&self, link: [u8; LINK_BYTES]) -> Result<Option<Shelf>, StoreFault>;

    /// The manifest in force, if its number is higher than `known` (0 = none).
    async fn newer_manifest(&self, known: u64) -> Result<Option<SignedManifest>, StoreFault>;
    /// Puts a manifest in force that was verified by the one with the number `follows` (0 = none). Enrolments of the
    /// devices it names are settled. `notes` go into the record.
    async fn put_manifest(
        &self,
        number: u64,
        follows: u64,
        signed: SignedManifest,
        named: Vec<DeviceId>,
        notes: Vec<Note>,
    ) -> Result<Put, StoreFault>;

    /// Announces a code. The same code again changes nothing, its age least of all.
    async fn announce(&self, code: CodeAnnouncement, now: DateTime<Utc>) -> Result<(), StoreFault>;
    /// Hands in keys. `fingerprint` is a hash of the whole request.
    async fn enrol(
        &self,
        request: EnrolmentRequest,
        fingerprint: Digest,
        now: DateTime<Utc>,
    ) -> Result<Enrolled, StoreFault>;
    /// Signing key of a device that waits for the admin.
    async fn pending_key(&self, device: DeviceId) -> Result<Option<Vec<u8>>, StoreFault>;
    /// What waits for the admin, oldest first.
    async fn pending(&self) -> Result<PendingEnrolments, StoreFault>;

    /// Adds entries to the record.
    async fn note(&self, notes: Vec<Note>) -> Result<(), StoreFault>;
    /// The last place of the record. Whatever waited for its place has one then.
    async fn audit_head(&self) -> Result<AuditHead, StoreFault>;
    /// The chain value of the record at a place; none for one that is not kept, or not there.
    async fn audit_at(&self, number: u64) -> Result<Option<Digest>, StoreFault>;
    /// The place that the first kept entry follows.
    async fn audit_start(&self) -> Result<AuditHead, StoreFault>;
    /// Up to `limit` entries of the record after a number, ascending.
    async fn audit_page(&self, after: u64, limit: u16) -> Result<Vec<AuditEntry>, StoreFault>;
    /// Removes entries that are 24 months older than the last one. Gives their number.
    async fn forget_audit(&self, today: NaiveDate) -> Result<u64, StoreFault>;

    /// Remembers the nonce of a signed request for as long as it could be used. `now` in seconds since 1970 UTC.
    async fn see(&self, device: DeviceId, nonce: [u8; 16], now: i64) -> Result<Seen, StoreFault>;

    /// Copies everything as it stands after some commit into a new file in the form of `SQLite`, whatever this is.
    async fn copy(&self, target: PathBuf) -> Result<(), StoreFault>;
    /// Notes a backup that was read back: `backed_up` of every log that has its chain value there moves, never back.
    async fn prove(&self, proved: Proved) -> Result<(), StoreFault>;
    /// The backups that are known to lie elsewhere, newest first.
    async fn backups(&self) -> Result<Vec<Verified>, StoreFault>;
    /// Forgets a backup that was removed from where it lay.
    async fn forget_backup(&self, name: String) -> Result<(), StoreFault>;
    /// Removes some of what was kept long enough. Never what no desk holds.
    async fn remove_due(&self, due: Due) -> Result<Removed, StoreFault>;

    /// A write that changes nothing and waits for the disk like any other.
    async fn probe(&self) -> Result<(), StoreFault>;
    /// Bytes that the database takes.
    async fn bytes(&self) -> Result<u64, StoreFault>;
}

/// An open store, with what must be checked before anything is served.
pub struct Opened {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The manifest in force, if any was ever put.
    pub manifest: Option<SignedManifest>,
    /// When the database was made, or restored from a backup: seconds since 1970 UTC.
    pub epoch: i64,
}
