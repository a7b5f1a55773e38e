//! Why a round ended before everything was done.

use crate::error::{ErrorCode, NotebookError};
use domain::sync::error::RefusalCode;

/// Why there is no answer that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No connection, a broken one, or no answer in time.
    #[error("server does not answer")]
    Unreachable,
    /// Something between us and the server answers in its place: a sign-in page.
    #[error("the network asks for a sign-in")]
    CaptivePortal,
    /// The certificate is not one for this server.
    #[error("certificate of the server is not accepted")]
    Certificate,
    /// The answer is cut, altered, or not of the protocol.
    #[error("answer cannot be read")]
    Garbled,
    /// The receipt is not signed by the pinned server key.
    #[error("receipt is not signed by the pinned server key")]
    Forged,
}

/// What keeps a round from finishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No usable answer.
    #[error(transparent)]
    Lost(#[from] Fault),
    /// The server said no.
    #[error("server refused: {0}")]
    Refused(RefusalCode),
    /// The server holds another log of this device, or more of it than was written here: a copy exists, or this
    /// device was set back.
    #[error("server holds another log of this device")]
    Fork,
    /// A signed receipt that names other content than ours.
    #[error("receipt differs from the journal")]
    Mismatch,
    /// Answers are fine, and yet nothing moves.
    #[error("server takes nothing in")]
    Stuck,
    /// The manifest is not signed by the programme's admin.
    #[error("manifest is not signed by the admin")]
    BadManifest,
    /// The manifest is older than the one in force.
    #[error("manifest is older than the one in force")]
    StaleManifest,
    /// The manifest names another programme, unit or key for this device.
    #[error("manifest does not fit this device")]
    OtherUnit,
    /// The server does not speak this version of the protocol.
    #[error("server does not speak this version")]
    Version,
}

impl Trouble {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> ErrorCode {
        match self {
            Self::Lost(Fault::Unreachable | Fault::Garbled) => ErrorCode::Unreachable,
            Self::Lost(Fault::CaptivePortal) => ErrorCode::CaptivePortal,
            Self::Lost(Fault::Certificate) => ErrorCode::ServerIdentity,
            Self::Lost(Fault::Forged) => ErrorCode::BadReceipt,
            Self::Refused(code) => NotebookError::Refused(code).code(),
            Self::Fork => ErrorCode::Fork,
            Self::Mismatch => ErrorCode::ReceiptMismatch,
            Self::Stuck => ErrorCode::ServerBusy,
            Self::BadManifest => ErrorCode::BadManifest,
            Self::StaleManifest => ErrorCode::StaleManifest,
            Self::OtherUnit => ErrorCode::OtherUnit,
            Self::Version => ErrorCode::Protocol,
        }
    }

    /// Whether only a person can put it right. Such trouble is tried again at the longest delay only.
    #[must_use]
    pub const fn needs_a_person(self) -> bool {
        match self {
            Self::Fork
            | Self::Mismatch
            | Self::Version
            | Self::OtherUnit
            | Self::Lost(Fault::Forged | Fault::Certificate) => true,
            Self::Refused(code) => {
                matches!(
                    code,
                    RefusalCode::Fork | RefusalCode::Revoked | RefusalCode::UnknownDevice | RefusalCode::NotAllowed
                )
            }
            Self::Stuck
            | Self::BadManifest
            | Self::StaleManifest
            | Self::Lost(Fault::Unreachable | Fault::CaptivePortal | Fault::Garbled) => false,
        }
    }
}
