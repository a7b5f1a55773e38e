//! What revoked and forked devices handed in, and what the desk decides about it.
//!
//! A released batch enters its device's log where it left off, so that its operations come behind everything that
//! readers have already passed. A night that was signed meanwhile does not change by it: at the lead's phone they are
//! late, and count only after an amendment (*rettifica*). A batch that does not continue the log (the other branch of a
//! fork) cannot be released; it stays until it is dropped, and the recovery words open it.
//!
//! What is dropped stays where it is for [`DROPPED_DAYS`] days or longer, as the server is set, and can be taken back; after
//! that the server removes it. That it was dropped, by whom and on which day, stays in the server's record.
//!
//! The server only carries this out. What readers believe of a revoked device is the admin's word in the manifest
//! ([`super::vouch`]), so a release by a desk that does not sign waits until the desk that signs has seen it.

use crate::code::code_enum;
use crate::ids::DeviceId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Days for which what was dropped can be taken back, at least.
pub const DROPPED_DAYS: u16 = 30;

code_enum! {
    /// Why a batch is kept apart.
    QuarantineReason {
        /// The manifest revokes the device.
        Revoked = "revoked",
        /// The device's log has two continuations.
        Fork = "fork",
    }
}

code_enum! {
    /// What the desk decides.
    QuarantineVerdict {
        /// Into the log, in front of the readers.
        Release = "release",
        /// Away: it can be taken back for [`DROPPED_DAYS`] days.
        Drop = "drop",
        /// What was dropped waits for a decision again.
        TakeBack = "take_back",
    }
}

/// Answer of `GET /v1/quarantine`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quarantine {
    /// Every batch, by device and order of arrival.
    pub batches: Vec<QuarantinedBatch>,
}

/// One batch, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantinedBatch {
    /// Its number: ascending with arrival, never given twice.
    pub number: u64,
    /// Who sent it.
    pub device: DeviceId,
    /// Sequence number of its first operation.
    pub first: u64,
    /// Sequence number of its last operation.
    pub last: u64,
    /// Why it is here.
    pub reason: QuarantineReason,
    /// Day of arrival, UTC.
    pub received_on: NaiveDate,
    /// Day on which it was dropped, UTC; none while it waits for a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropped_on: Option<NaiveDate>,
}

/// Body of `POST /v1/quarantine`. The request is signed by the deciding desk, and kept with its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarantineDecision {
    /// Protocol version.
    pub version: u16,
    /// About whose batches.
    pub device: DeviceId,
    /// Up to this batch number: nobody decides about what came after the list was read.
    pub through: u64,
    /// What becomes of them.
    pub verdict: QuarantineVerdict,
}

/// What a decision did. Decided again, it does nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionOutcome {
    /// Operations that entered the log by it.
    pub operations: u64,
    /// Batches decided on that wait for a decision: they do not continue the log, or were taken back.
    pub left: u64,
}
