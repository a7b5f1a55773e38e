//! The protocol between devices and the mailbox server, version [`version::CURRENT`].
//!
//! The server is a blind mailbox. It sees device ids, sequence numbers, streams, sizes of sealed bytes and days;
//! never content, and never a key that opens it. Everything it is asked to trust is signed: batches by the device,
//! the manifest by the programme's admin, receipts by the server itself.
//!
//! This module and those below are the specification: a second client can be written from them. Examples of every message,
//! byte for byte, and of every value that is signed or hashed, are in `tests/golden` of this crate; the server describes
//! its calls as `OpenAPI` at `/openapi.json`.
//!
//! # On the wire
//!
//! HTTP/1.1 over TLS 1.3. A server's address is `https://host[:port][#sha256=PIN,PIN]`: with pins (unpadded base64url of
//! SHA-256 over a public key's `SubjectPublicKeyInfo`) one of the keys on the certificate's path must be among them.
//! Redirects are never followed: an answer that is neither 2xx nor JSON comes from somebody in between, such as a
//! sign-in page, and means nothing.
//!
//! Bodies are JSON in UTF-8, `Content-Type: application/json`, without `Content-Encoding`, at most
//! [`push::MAX_BODY_BYTES`] to the server. Bytes are unpadded base64url, hashes 64 lower-case hex digits, ids hyphenated
//! lower-case UUIDs (device ids are random, version 4), instants RFC 3339 in UTC, days `2026-03-14`, codes the texts of
//! the enums here. Keys and signatures are Ed25519. What is signed is either a message that is put together here
//! (`…_message`), or the exact bytes that travel ([`manifest::SignedManifest`], [`receipt::SignedReceipt`]): nothing is
//! ever written anew to check a signature.
//!
//! A field that is not known is ignored, and what is signed is kept and handed on as the bytes that came, so nothing is
//! lost on the way through an older program. A field that goes, a new code, another meaning: that is a new version
//! ([`version`]). A server speaks a range, in [`Health::versions`]; below or above it, it answers `unsupported_version`.
//! The user is told to update one side; what was saved stays where it is and is sent later.
//!
//! # Calls
//!
//! | call | who | what |
//! |---|---|---|
//! | `POST /v1/batches` | any enrolled device | [`push::Batch`] → [`receipt::SignedReceipt`] |
//! | `POST /v1/turns` | any active device | [`turn::Turn`] → [`turn::TurnAnswer`]: several of the others in one |
//! | `GET /v1/streams/{stream}?after=&limit=` | lead (`journal`), coordinator (both) | [`pull::Page`] |
//! | `POST /v1/acknowledgements` | coordinator | [`pull::Acknowledgement`] → 204 |
//! | `GET /v1/devices` | coordinator | [`standing::DeviceStandings`] |
//! | `GET /v1/receipt` | any enrolled device | [`receipt::SignedReceipt`] of what is held |
//! | `GET /v1/manifest` | any enrolled device, or an enrolling one | [`manifest::SignedManifest`] |
//! | `PUT /v1/manifest` | admin | [`manifest::SignedManifest`] → 204 |
//! | `POST /v1/enrolment-codes` | admin | [`enrol::CodeAnnouncement`] → 204 |
//! | `POST /v1/enrolments` | a new device | [`enrol::EnrolmentRequest`] → 202 |
//! | `GET /v1/enrolments` | admin | [`enrol::PendingEnrolments`] |
//! | `GET /v1/quarantine` | coordinator | [`quarantine::Quarantine`] |
//! | `POST /v1/quarantine` | coordinator | [`quarantine::QuarantineDecision`] → [`quarantine::DecisionOutcome`] |
//! | `GET /v1/orders/{device}` | anyone | [`wipe::WipeOrder`], 404 for a device that is not to be wiped |
//! | `POST /v1/wipes` | a device to be wiped | [`wipe::WipeConfirmation`] → 204 |
//! | `PUT /v1/releases` | coordinator | [`publish::Publication`] → 204 |
//! | `POST /v1/withdrawals` | coordinator | [`publish::Withdrawal`] → 204 |
//! | `GET`, `POST /r/{link}` | a recipient, in a browser | a page ([`publish`]) |
//! | `GET /v1/health` | anyone | [`Health`] |
//!
//! Calls other than `POST /v1/batches`, `POST /v1/enrolments`, `POST /v1/wipes`, `GET /v1/orders/{device}` and
//! `GET /v1/health` carry [`auth::RequestSignature`] in headers. A batch needs none: its operations were signed when
//! they were saved, so a locked phone can send it and a stolen one has no session to steal.
//!
//! Answers other than 2xx carry [`error::Refused`] with a stable [`error::RefusalCode`].
//!
//! | answer | what a client does |
//! |---|---|
//! | none, or one that cannot be read | the same again later: every call may be repeated; wait 1 s … 5 min, with jitter; half the batch |
//! | `clock_off` | takes the time from `GET /v1/health`, signs anew with it, and tells its user that the clock is wrong |
//! | `replayed` | signs anew, once |
//! | `gap` | goes on from `expected`: the server was set back, or something of the log is missing there |
//! | `fork` | says so; goes on handing in, the server keeps it apart |
//! | `revoked` | asks for an order to wipe, hands in what it still has, reads no more |
//! | `too_large` for several operations | half of them |
//! | `not_found` for a turn | asks by single calls |
//! | `too_many`, `unavailable`, `internal` | later; `Retry-After` says when |
//! | any other code | shows it; only a person can put it right |
//!
//! Limits of a server: 64 operations in a batch, 96 KiB of sealed bytes in one ([`push::MAX_SEALED_BYTES`]: a client
//! refuses to *save* a larger one), 9 s for the head of a request, 20 s for its body, 30 s in all. A device may send
//! 1,200 requests at once and then one in a second.
//!
//! A device asks, while it can sign: whether the manifest changed (every ten minutes), for a receipt (at every visit),
//! for pages until `more` is false. A locked one only hands in batches, and asks for orders.
//!
//! # What is sealed
//!
//! An operation's `sealed`, and the manifest's, are standard `age` v1 files for X25519 recipients, as the manifest names
//! them: [`manifest::Manifest::journal_recipients`], [`manifest::Manifest::night_log_recipients`]; the manifest's own
//! sealed part is for every active device. The plaintext:
//!
//! ```text
//! usc1 j 00000123\n{"id":…}␠␠␠␠…      JSON, padded with spaces to the next of 512, 1024, 2048, 4096 … bytes
//! usc1 z 00000456\n\x1f\x8b…\0\0\0…   gzip of JSON, padded with zero bytes by at most 12 %
//! ```
//!
//! The head is 16 bytes; the eight digits are the length of what follows without its padding. The journal's content is a
//! [`crate::operation::Operation`] (form `j`), the night log's a [`night_log::DeskEnvelope`] (form `z`), the manifest's a
//! [`manifest::SealedConfiguration`] (`z`). Operation and envelope repeat device and sequence number; a reader sets aside
//! one whose inside and outside differ.
//!
//! # The log of a device
//!
//! Rules, held by client and server alike:
//! 1. Sequence numbers start at 1 and have no gap. Gap → 409 `gap` with the expected number.
//! 2. [`chain::link`] ties every operation to all earlier ones. The same sequence number with other bytes → 409
//!    `fork`, and the device is quarantined: a clone or a rolled-back phone.
//! 3. The same operation again → 200, nothing changes.
//! 4. One unacceptable operation (too large, or on a stream its sender's role may not write) is set aside: listed in the
//!    receipt as refused, delivered to readers as a skeleton, and blocks nothing.
//! 5. What a revoked or quarantined device sends is stored apart, in quarantine, before it is answered with 403 `revoked`
//!    or 409 `fork`. Quarantine concerns sending only; whether the device still reads is the admin's decision, by manifest.
//! 6. A device to be wiped still reads the manifest: it obeys the admin's signature, never the server's word.
//! 7. A coordinator releases what is in quarantine, or drops it. Released operations enter the log, and with it the
//!    streams, behind everything else; a batch that does not continue the log stays where it is.
//! 8. Readers take in of a revoked device what leads up to a place that the manifest vouches for ([`vouch`]), and set the
//!    rest aside whole: a server alone cannot bring in what strange hands signed with a lost phone's key. So a release
//!    has two parts: the decision puts operations into the log, the next manifest vouches for them.
//!
//! A receipt is believed if the server's key of the manifest signed it, it is about this device, and its chain value at
//! `stored` is the device's own. Then operations 1…`stored` are received, and no others. It replaces the one before if
//! it is newer, also when it says less: the server lost something, and it is sent again. `backed_up` alone lets a device
//! forget, and never an operation in `refused`.
//!
//! A page is taken in together with its `next` in one transaction; what is known by (device, sequence) is ignored.
//! An envelope is believed if [`pull::Envelope::is_whole`] and [`pull::Envelope::is_signed_by`] the key that the manifest
//! has for its device; otherwise it is asked for once more, then set aside, and blocks nothing.
//!
//! # Keys that were changed
//!
//! A manifest names its own admin key. A client that knows another one follows [`manifest::Manifest::succession`] from the
//! key it has ([`succession::follow`]); where that leads to the key which the manifest names, and which signed it, the new
//! key takes the place of the known one, for good. A server does the same from the key of the manifest in force, and from
//! the one in its settings when it starts. An order to wipe carries the links too, for a phone that is locked. New
//! operations are sealed to the recovery recipient of the manifest in force; [`manifest::Manifest::former_recovery`] says
//! which paper opens what came before.
//!
//! # A server that was set back
//!
//! A receipt names the server's [`receipt::Receipt::epoch`] and the last place of its record ([`audit`]). A client keeps
//! the last receipt. Another epoch, a record that is shorter or another one, or another chain value where a turn asked
//! for it: the server was put back from a backup, or tampered with. The client tells its user for a day, believes the
//! receipt all the same, sends what it does not cover; a desk acknowledges everything anew, and where that is answered
//! with `gap`, hands in its copies as the devices' own batches: they carry their senders' signatures.

pub mod act;
pub mod audit;
pub mod auth;
pub mod chain;
pub mod correction;
pub mod enrol;
pub mod error;
pub mod file;
pub mod manifest;
pub mod night_log;
mod project;
pub mod publish;
pub mod pull;
pub mod push;
pub mod quarantine;
pub mod receipt;
pub mod standing;
pub mod succession;
pub mod turn;
pub mod version;
pub mod vouch;
pub mod wipe;

pub use crate::ids::{DeviceId, ProgrammeId, UnitId};
pub use project::{ProjectionContext, project};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::code::code_enum! {
    /// The two streams of a device's log. Outside there is nothing but this, the sequence number and the size.
    Stream {
        /// Every operation, sealed to the unit's leads and the recovery key: the backup.
        Journal = "journal",
        /// Night logs and desk entries, sealed to the coordinators and the recovery key: what is counted.
        NightLog = "night_log",
    }
}

/// Answer of `GET /v1/health`. It needs no enrolment, so it says nothing about the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// Always true when the server can answer at all.
    pub alive: bool,
    /// The server's clock: a phone that is off tells its user so (V33).
    pub now: DateTime<Utc>,
    /// Protocol versions spoken, lowest and highest.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u16>, min_items = 2, max_items = 2))]
    pub versions: (u16, u16),
}
