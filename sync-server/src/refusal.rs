//! Answers other than 2xx: a stable code, never what was sent, never a message from below.

use crate::rates::TooFast;
use crate::store::fault::StoreFault;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::sync::error::{RefusalCode, Refused};

/// A call that is not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// For a reason that the asker can act on.
    #[error("refused: {}", .0.code)]
    Refused(Refused),
    /// Too fast.
    #[error("too many requests")]
    TooFast(TooFast),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// An answer cannot be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(Refused::new(code))
    }
}

impl From<TooFast> for Refusal {
    fn from(too_fast: TooFast) -> Self {
        Self::TooFast(too_fast)
    }
}

impl Refusal {
    /// A refusal with the sequence number that the server expects next.
    #[must_use]
    pub const fn expecting(code: RefusalCode, expected: u64) -> Self {
        Self::Refused(Refused { code, expected: Some(expected) })
    }

    /// What the asker is told.
    #[must_use]
    pub fn refused(&self) -> Refused {
        match self {
            Self::Refused(refused) => *refused,
            Self::TooFast(_) => Refused::new(RefusalCode::TooMany),
            Self::Store(fault) if fault.is_passing() => Refused::new(RefusalCode::Unavailable),
            Self::Store(_) | Self::Json(_) => Refused::new(RefusalCode::Internal),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let refused = self.refused();
        let status = StatusCode::from_u16(refused.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(refused)).into_response();
        if let Self::TooFast(too_fast) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(too_fast.retry_after_seconds));
        }
        response
    }
}
