//! One request, read whole within the limits before anything looks at it.

use crate::rates::Peer;
use crate::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, Method, Uri, header};
use domain::sync::error::RefusalCode;
use domain::sync::push::MAX_BODY_BYTES;
use domain::sync::version::is_supported;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long a body may take to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(20);

/// A request with its whole body.
#[derive(Debug)]
pub struct Call {
    /// The method, as signed.
    pub method: Method,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, at most [`MAX_BODY_BYTES`].
    pub body: Bytes,
    /// The network it came from; unknown when the router is called inside the process.
    pub peer: Option<Peer>,
    uri: Uri,
}

/// Only the version of a message of any version.
#[derive(Deserialize)]
struct Versioned {
    version: u16,
}

impl Call {
    /// Reads a request.
    ///
    /// # Errors
    /// `unsupported_media` for any content encoding (sealed data does not shrink, and a bomb cannot be sent),
    /// `too_large`, `malformed`, or `unavailable` when the body does not arrive in time.
    pub async fn read(request: Request) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        if parts.headers.contains_key(header::CONTENT_ENCODING) {
            return Err(RefusalCode::UnsupportedMedia.into());
        }
        let announced = parts
            .headers
            .get(header::CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok())
            .and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > MAX_BODY_BYTES as u64) {
            return Err(RefusalCode::TooLarge.into());
        }
        let collected = Limited::new(body, MAX_BODY_BYTES).collect();
        let body = match tokio::time::timeout(BODY_TIMEOUT, collected).await {
            Err(_) => return Err(RefusalCode::Unavailable.into()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                return Err(RefusalCode::TooLarge.into());
            }
            Ok(Err(_)) => return Err(RefusalCode::Malformed.into()),
            Ok(Ok(collected)) => collected.to_bytes(),
        };
        Ok(Self {
            method: parts.method,
            peer: parts.extensions.get::<Peer>().copied(),
            headers: parts.headers,
            body,
            uri: parts.uri,
        })
    }

    /// The path without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The path with the query, as signed.
    #[must_use]
    pub fn target(&self) -> &str {
        self.uri.path_and_query().map_or_else(|| self.uri.path(), |target| target.as_str())
    }

    /// The parameters of the query.
    ///
    /// # Errors
    /// `malformed`.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        Query::try_from_uri(&self.uri).map(|Query(query)| query).map_err(|_| RefusalCode::Malformed.into())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// `unsupported_media`, `unsupported_version`, `malformed`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if !self.is_json() {
            return Err(RefusalCode::UnsupportedMedia.into());
        }
        serde_json::from_slice(&self.body).map_err(|_| {
            // A message of another version may have other fields: say so, rather than that it is broken.
            match serde_json::from_slice::<Versioned>(&self.body) {
                Ok(message) if !is_supported(message.version) => RefusalCode::UnsupportedVersion,
                _ => RefusalCode::Malformed,
            }
            .into()
        })
    }

    fn is_json(&self) -> bool {
        self.headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    }
}
