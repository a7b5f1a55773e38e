//! The protocol between devices and the mailbox server, version [`version::CURRENT`].
//!
//! The server is a blind mailbox. It sees device ids, sequence numbers, streams, sizes of sealed bytes and days;
//! never content, and never a key that opens it. Everything it is asked to trust is signed: batches by the device,
//! the manifest by the programme's admin, receipts by the server itself.
//!
//! | call | who | what |
//! |---|---|---|
//! | `POST /v1/batches` | any enrolled device | [`push::Batch`] → [`receipt::SignedReceipt`] |
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
//! Rules of a device's log, held by client and server alike:
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

pub mod audit;
pub mod auth;
pub mod chain;
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
