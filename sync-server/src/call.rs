//! One request, read whole within the limits before anything looks at it.

use crate::foyer::HeadCame;
use crate::rates::Peer;
use crate::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, Method, Uri, header};
use domain::sync::error::RefusalCode;
use domain::sync::version::is_supported;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

/// How long a body may take to arrive.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(20);
/// How long it may take to begin.
pub const BODY_GRACE: Duration = Duration::from_secs(8);
/// Bytes that it must then have brought for each further second: the worst link on which a night still arrives is ten
/// times as fast.
const FLOOR: u32 = 1_024;
/// Bytes that anybody's body may have. What is beyond waits until one of few larger ones has been read, so that a crowd
/// of bodies without end costs little.
const SMALL: usize = 32 * 1024;
/// Larger bodies that are read at once.
pub const LARGE_AT_ONCE: usize = 16;

/// A request with its whole body.
#[derive(Debug)]
pub struct Call {
    /// The method, as signed.
    pub method: Method,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
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
    /// Reads a request with a body of `most` bytes at most. `large` has a permit for each of [`LARGE_AT_ONCE`].
    ///
    /// # Errors
    /// `unsupported_media` for any content encoding (sealed data does not shrink, and a bomb cannot be sent),
    /// `too_large`, `malformed`, or `unavailable` when the body does not arrive in time.
    pub async fn read(request: Request, most: usize, large: &Semaphore) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        if parts.headers.contains_key(header::CONTENT_ENCODING) {
            return Err(RefusalCode::UnsupportedMedia.into());
        }
        let announced = parts
            .headers
            .get(header::CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok())
            .and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > most as u64) {
            return Err(RefusalCode::TooLarge.into());
        }
        let begun = parts.extensions.get().map_or_else(Instant::now, |HeadCame(at)| *at);
        let body = collect(Limited::new(body, most), begun, large).await?;
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

async fn collect(mut body: Limited<Body>, mut begun: Instant, large: &Semaphore) -> Result<Bytes, Refusal> {
    let mut whole = Vec::new();
    let mut permit = None;
    loop {
        let data = match timeout_at(begun + due(whole.len()), body.frame()).await {
            Err(_) => return Err(RefusalCode::Unavailable.into()),
            Ok(None) => return Ok(whole.into()),
            Ok(Some(Err(error))) if error.is::<LengthLimitError>() => return Err(RefusalCode::TooLarge.into()),
            Ok(Some(Err(_))) => return Err(RefusalCode::Malformed.into()),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        };
        if permit.is_none() && whole.len() + data.len() > SMALL {
            let asked = Instant::now();
            permit = Some(large.acquire().await.map_err(|_| RefusalCode::Unavailable)?);
            // It is not the sender who dawdles.
            begun += asked.elapsed();
        }
        whole.extend_from_slice(&data);
    }
}

/// When more must be here than `held` bytes, from the start of the body.
fn due(held: usize) -> Duration {
    let beyond = Duration::from_secs(1) * u32::try_from(held).unwrap_or(u32::MAX) / FLOOR;
    (BODY_GRACE + beyond).min(BODY_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_that_dawdles_is_given_up_earlier_than_one_that_comes() {
        assert_eq!(due(0), BODY_GRACE);
        assert_eq!(due(100), BODY_GRACE + Duration::from_secs(1) * 100 / FLOOR);
        assert_eq!(due(4 * 1_024), BODY_GRACE + Duration::from_secs(4));
        assert_eq!(due(usize::MAX), BODY_TIMEOUT);
    }

    async fn take(bytes: usize, large: &Semaphore) -> Result<usize, Refusal> {
        let body = Limited::new(Body::from(vec![0; bytes]), usize::MAX);
        Ok(collect(body, Instant::now(), large).await?.len())
    }

    #[tokio::test(start_paused = true)]
    async fn large_body_waits_for_another_and_its_time_does_not_run() {
        let large = Semaphore::new(1);
        let other = large.acquire().await.unwrap();
        assert_eq!(take(SMALL, &large).await.unwrap(), SMALL);
        let waiting = take(SMALL + 1, &large);
        let leaving = async {
            tokio::time::sleep(2 * BODY_TIMEOUT).await;
            drop(other);
        };
        let (taken, ()) = tokio::join!(waiting, leaving);
        assert_eq!(taken.unwrap(), SMALL + 1);
        assert_eq!(large.available_permits(), 1);
    }
}
