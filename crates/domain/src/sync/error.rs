//! Refusals: one closed list of codes, each with its HTTP status.

use serde::{Deserialize, Serialize};

crate::code::code_enum! {
    /// Why the server does not do what was asked.
    RefusalCode {
        /// 400. The body is not what the call takes.
        Malformed = "malformed",
        /// 400. A protocol version the server does not speak.
        UnsupportedVersion = "unsupported_version",
        /// 401. No signature, or one that does not hold.
        BadSignature = "bad_signature",
        /// 401. Signed too far from server time.
        ClockOff = "clock_off",
        /// 401. The same signed request a second time.
        Replayed = "replayed",
        /// 403. The device is not on the manifest.
        UnknownDevice = "unknown_device",
        /// 403. The device's role does not allow this.
        NotAllowed = "not_allowed",
        /// 403. The device is revoked: it reads nothing; what it sends goes to quarantine.
        Revoked = "revoked",
        /// 404. No such thing.
        NotFound = "not_found",
        /// 409. An operation is missing; `expected` says which.
        Gap = "gap",
        /// 409. Same sequence number, other bytes. After a push the device is quarantined.
        Fork = "fork",
        /// 409. The manifest is older than, or as old as, the one in force.
        StaleManifest = "stale_manifest",
        /// 410. The enrolment code is used up, expired or unknown.
        CodeSpent = "code_spent",
        /// 410. Only on a skeleton: a desk has held the operation for long, and the server has removed its bytes.
        Removed = "removed",
        /// 413. Body or operation over the limit.
        TooLarge = "too_large",
        /// 415. Not JSON, or with a content encoding.
        UnsupportedMedia = "unsupported_media",
        /// 429. Slow down.
        TooMany = "too_many",
        /// 500. Something broke here; nothing was acknowledged.
        Internal = "internal",
        /// 503. The disk is full or the database does not answer; nothing was acknowledged.
        Unavailable = "unavailable",
    }
}

impl RefusalCode {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed | Self::UnsupportedVersion => 400,
            Self::BadSignature | Self::ClockOff | Self::Replayed => 401,
            Self::UnknownDevice | Self::NotAllowed | Self::Revoked => 403,
            Self::NotFound => 404,
            Self::Gap | Self::Fork | Self::StaleManifest => 409,
            Self::CodeSpent | Self::Removed => 410,
            Self::TooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::TooMany => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

/// The body of every answer that is not 2xx. It never repeats what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refused {
    /// Why.
    pub code: RefusalCode,
    /// With `gap` and `fork`: the sequence number the server expects next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
}

impl Refused {
    /// A refusal with nothing but its code.
    #[must_use]
    pub const fn new(code: RefusalCode) -> Self {
        Self { code, expected: None }
    }
}
