//! The table of calls, and the one path that every request takes: limits, identity, permission, answer.

use crate::access::{Action, Actor, Grant, Object, authorise};
use crate::auth;
use crate::call::Call;
use crate::endpoints::acknowledge::Acknowledge;
use crate::endpoints::describe::Describe;
use crate::endpoints::enrol::{AnnounceCode, Enrol, ListEnrolments};
use crate::endpoints::health::ReadHealth;
use crate::endpoints::manifest::{PutManifest, ReadManifest};
use crate::endpoints::pull::PullStream;
use crate::endpoints::push::PushBatch;
use crate::endpoints::quarantine::{Decide, ListQuarantine};
use crate::endpoints::receipt::ReadReceipt;
use crate::endpoints::release::{PublishRelease, WithdrawRelease};
use crate::endpoints::shelf::{OpenShelf, ReadShelf};
use crate::endpoints::standing::ReadStandings;
use crate::endpoints::turn::TakeTurn;
use crate::endpoints::wipe::{ConfirmWipe, ReadOrder};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use domain::sync::audit::AuditKind;
use domain::sync::error::RefusalCode;
use domain::sync::push::MAX_BODY_BYTES;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// How long a whole request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// One call of the protocol. A value of the type is the input, read and checked for its form.
pub(crate) trait Endpoint: Sized + Send + 'static {
    /// How it is called.
    const METHOD: Method;
    /// Where, in axum's notation.
    const PATH: &'static str;
    /// What it does, for [`authorise`].
    const ACTION: Action;
    /// Bytes of a body at most.
    const BODY: usize = MAX_BODY_BYTES;

    /// Reads the input and finds out who asks.
    fn open(state: &ServerState, call: &Call) -> impl Future<Output = Result<(Self, Actor), Refusal>> + Send;

    /// On what it acts.
    fn object(&self) -> Object {
        Object::Programme
    }

    /// Does it.
    fn answer(self, state: &ServerState, grant: Grant) -> impl Future<Output = Result<Response, Refusal>> + Send;
}

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Adds.
    Post,
    /// Replaces.
    Put,
}

impl Method {
    /// As in a request line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
        }
    }
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How it is called.
    pub method: Method,
    /// Where.
    pub path: &'static str,
}

impl Row {
    const fn of<E: Endpoint>() -> Self {
        Self { method: E::METHOD, path: E::PATH }
    }
}

/// The only way to add a route is a line here, and the line needs a type with an action.
macro_rules! endpoints {
    ($($endpoint:ty,)+) => {
        /// Every call there is.
        pub const TABLE: &[Row] = &[$(Row::of::<$endpoint>(),)+];

        fn routes() -> Router<ServerState> {
            Router::new()$(.route(
                <$endpoint>::PATH,
                on(<$endpoint>::METHOD.filter(), run::<$endpoint>),
            ))+
        }
    };
}

endpoints! {
    PushBatch,
    TakeTurn,
    PullStream,
    Acknowledge,
    ReadReceipt,
    ReadStandings,
    ListQuarantine,
    Decide,
    ReadOrder,
    ConfirmWipe,
    ReadManifest,
    PutManifest,
    AnnounceCode,
    Enrol,
    ListEnrolments,
    PublishRelease,
    WithdrawRelease,
    OpenShelf,
    ReadShelf,
    ReadHealth,
    Describe,
}

/// The whole server as a service, for a listener or for a test in the same process.
pub fn router(state: ServerState) -> Router {
    let refuse = || async { Refusal::from(RefusalCode::NotFound) };
    harden(routes().method_not_allowed_fallback(refuse).fallback(refuse).with_state(state))
}

/// What holds for every answer, also that of a call that ends in a panic.
fn harden(router: Router) -> Router {
    router
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!(code = "internal", "a call ended in a panic");
            Refusal::from(RefusalCode::Internal).into_response()
        }))
        .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .layer(SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
}

async fn run<E: Endpoint>(State(state): State<ServerState>, request: Request) -> Response {
    let answered = tokio::time::timeout(REQUEST_TIMEOUT, attempt::<E>(&state, request)).await;
    let answered = answered.unwrap_or_else(|_| Err(RefusalCode::Unavailable.into()));
    match answered {
        Ok(response) => {
            tracing::debug!(action = ?E::ACTION, status = response.status().as_u16(), "done");
            response
        }
        Err(refusal) => {
            let code = refusal.refused().code;
            match &refusal {
                Refusal::Store(_) | Refusal::Json(_) => {
                    tracing::error!(action = ?E::ACTION, %code, error = %refusal, "failed");
                }
                Refusal::Refused(_) | Refusal::TooFast(_) => {
                    tracing::info!(action = ?E::ACTION, %code, "refused");
                }
            }
            refusal.into_response()
        }
    }
}

async fn attempt<E: Endpoint>(state: &ServerState, request: Request) -> Result<Response, Refusal> {
    if let Some(peer) = request.extensions().get() {
        let now_ms = state.now().timestamp_millis();
        state.rates().take_peer(*peer, now_ms)?;
    }
    let call = Call::read(request, E::BODY, state.large_bodies()).await?;
    let opened = E::open(state, &call).await;
    if let Err(refusal) = &opened {
        note_failure(state, &call, refusal).await;
    }
    let (input, actor) = opened?;
    let grant = authorise(actor, E::ACTION, &input.object())?;
    input.answer(state, grant).await
}

/// A wrong signature goes on record: under the device in whose name it was made, if the manifest has it.
async fn note_failure(state: &ServerState, call: &Call, refusal: &Refusal) {
    if !matches!(refusal.refused().code, RefusalCode::BadSignature | RefusalCode::UnknownDevice) {
        return;
    }
    let Ok(directory) = state.directory().await else { return };
    let claimed = auth::read(&call.headers).ok().map(|signature| signature.device);
    let known = claimed.filter(|claimed| directory.is_some_and(|directory| directory.find(*claimed).is_some()));
    state.note_daily(AuditKind::AuthFailed, known).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    #[tokio::test]
    async fn panic_is_answered_as_internal() {
        async fn broken() {
            panic!("planted");
        }
        let router = harden(Router::new().route("/", get(broken)));
        let request = Request::new(Body::empty());
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(&body[..], b"{\"code\":\"internal\"}");
    }
}
