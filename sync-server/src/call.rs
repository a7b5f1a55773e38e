//! One request, read whole within the limits before anything looks at it.

use crate::foyer::HeadCame;
use crate::large::LargeBodies;
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
/// How long one of the few may bring nothing, and the bytes that it must then have brought for each further second: it
/// keeps others waiting, so it may not dawdle as a small one may. The worst link brings more.
const LARGE_GRACE: Duration = Duration::from_secs(5);
const LARGE_FLOOR: u32 = 8 * 1_024;

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
    /// Reads a request with a body of `most` bytes at most; `large` has the places of large ones.
    ///
    /// # Errors
    /// `unsupported_media` for any content encoding (sealed data does not shrink, and a bomb cannot be sent),
    /// `too_large`, `malformed`, or `unavailable` when the body does not arrive in time.
    pub async fn read(request: Request, most: usize, large: &LargeBodies) -> Result<Self, Refusal> {
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
        let peer = parts.extensions.get::<Peer>().copied();
        let body = collect(Limited::new(body, most), begun, peer, large).await?;
        Ok(Self { method: parts.method, peer, headers: parts.headers, body, uri: parts.uri })
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

async fn collect(
    mut body: Limited<Body>,
    mut begun: Instant,
    peer: Option<Peer>,
    large: &LargeBodies,
) -> Result<Bytes, Refusal> {
    let mut whole = Vec::new();
    // The place, since when, and how much was here then.
    let mut place = None;
    loop {
        let mut until = begun + due(whole.len());
        if let Some((_, since, had)) = &place {
            until = until.min(*since + due_of_large(whole.len() - had));
        }
        let data = match timeout_at(until, body.frame()).await {
            Err(_) => return Err(RefusalCode::Unavailable.into()),
            Ok(None) => return Ok(whole.into()),
            Ok(Some(Err(error))) if error.is::<LengthLimitError>() => return Err(RefusalCode::TooLarge.into()),
            Ok(Some(Err(_))) => return Err(RefusalCode::Malformed.into()),
            Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
        };
        if place.is_none() && whole.len() + data.len() > SMALL {
            let asked = Instant::now();
            let free = large.wait(peer).await.map_err(|_| RefusalCode::Unavailable)?;
            // It is not the sender who dawdles.
            begun += asked.elapsed();
            place = Some((free, Instant::now(), whole.len() + data.len()));
        }
        whole.extend_from_slice(&data);
    }
}

/// When more must be here than `held` bytes, from the start of the body.
fn due(held: usize) -> Duration {
    let beyond = Duration::from_secs(1) * u32::try_from(held).unwrap_or(u32::MAX) / FLOOR;
    (BODY_GRACE + beyond).min(BODY_TIMEOUT)
}

/// The same for a large one, from the moment it was let in: `brought` bytes since then.
fn due_of_large(brought: usize) -> Duration {
    LARGE_GRACE + Duration::from_secs(1) * u32::try_from(brought).unwrap_or(u32::MAX) / LARGE_FLOOR
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::HttpBody;
    use hyper::body::Frame;
    use std::pin::Pin;
    use std::task::{Context, Poll};
    use tokio::time::Sleep;

    #[test]
    fn body_that_dawdles_is_given_up_earlier_than_one_that_comes() {
        assert_eq!(due(0), BODY_GRACE);
        assert_eq!(due(100), BODY_GRACE + Duration::from_secs(1) * 100 / FLOOR);
        assert_eq!(due(4 * 1_024), BODY_GRACE + Duration::from_secs(4));
        assert_eq!(due(usize::MAX), BODY_TIMEOUT);
    }

    const HERE: Option<Peer> = Some(Peer::Network([1; 7]));

    async fn take(bytes: usize, large: &LargeBodies) -> Result<usize, Refusal> {
        let body = Limited::new(Body::from(vec![0; bytes]), usize::MAX);
        Ok(collect(body, Instant::now(), HERE, large).await?.len())
    }

    /// A body that begins with many bytes, then brings so many a second, without end.
    struct Endless {
        first: bool,
        a_second: usize,
        wait: Pin<Box<Sleep>>,
    }

    impl Endless {
        fn body(a_second: usize) -> Limited<Body> {
            let wait = Box::pin(tokio::time::sleep(Duration::from_secs(1)));
            Limited::new(Body::new(Self { first: true, a_second, wait }), usize::MAX)
        }
    }

    impl HttpBody for Endless {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            if std::mem::take(&mut self.first) {
                return Poll::Ready(Some(Ok(Frame::data(vec![0; SMALL + 1].into()))));
            }
            std::task::ready!(self.wait.as_mut().poll(cx));
            let next = Instant::now() + Duration::from_secs(1);
            self.wait.as_mut().reset(next);
            Poll::Ready(Some(Ok(Frame::data(vec![0; self.a_second].into()))))
        }
    }

    async fn seconds_of_endless(a_second: usize) -> u64 {
        let (large, begun) = (LargeBodies::default(), Instant::now());
        let refused = collect(Endless::body(a_second), begun, HERE, &large).await.unwrap_err();
        assert_eq!(refused.refused().code, RefusalCode::Unavailable);
        begun.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn large_body_that_dawdles_gives_its_place_up_soon_and_one_on_a_bad_link_keeps_it() {
        assert_eq!(seconds_of_endless(0).await, LARGE_GRACE.as_secs());
        assert_eq!(seconds_of_endless(1_024).await, LARGE_GRACE.as_secs());
        assert_eq!(seconds_of_endless(10_000).await, BODY_TIMEOUT.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn large_body_waits_for_another_and_its_time_does_not_run() {
        let large = LargeBodies::default();
        let mut others = Vec::new();
        while let Ok(place) = tokio::time::timeout(Duration::ZERO, large.wait(None)).await {
            others.push(place.unwrap());
        }
        assert_eq!(take(SMALL, &large).await.unwrap(), SMALL);
        let waiting = take(SMALL + 1, &large);
        let leaving = async {
            tokio::time::sleep(2 * BODY_TIMEOUT).await;
            others.pop();
        };
        let (taken, ()) = tokio::join!(waiting, leaving);
        assert_eq!(taken.unwrap(), SMALL + 1);
        assert!(take(SMALL + 1, &large).await.is_ok(), "the place is free again");
    }
}
