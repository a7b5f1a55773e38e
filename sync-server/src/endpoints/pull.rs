//! `GET /v1/streams/{stream}`.

use crate::access::{Action, Actor, Grant, Object, Reach};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::Stream;
use domain::sync::audit::AuditKind;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::pull::{Cursor, MAX_PAGE, Page};
use serde::Deserialize;

/// A position in a stream.
pub struct PullStream {
    stream: Stream,
    after: Cursor,
    limit: u16,
}

/// The query of the call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    #[serde(default)]
    after: u64,
    limit: Option<u16>,
}

impl Endpoint for PullStream {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/streams/{stream}";
    const ACTION: Action = Action::PullStream;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        let name = call.path().rsplit('/').next().unwrap_or_default();
        let stream = name.parse().map_err(|_| RefusalCode::NotFound)?;
        let position: Position = call.query()?;
        let limit = position.limit.unwrap_or(MAX_PAGE);
        if limit == 0 {
            return Err(RefusalCode::Malformed.into());
        }
        Ok((self::position(stream, Cursor(position.after), limit), actor))
    }

    fn object(&self) -> Object {
        Object::Stream(self.stream)
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        pull(state, self, grant).await
    }
}

/// A position, with at most a full page from it.
pub(super) fn position(stream: Stream, after: Cursor, limit: u16) -> PullStream {
    PullStream { stream, after, limit: limit.min(MAX_PAGE) }
}

/// Reads a page of a stream, ascending by cursor.
///
/// A lead reads the journal of its own unit; a coordinator both streams of the programme. Operations that were set
/// aside come as skeletons, so that a reader can tell a gap from a refusal.
#[utoipa::path(
    get,
    path = "/v1/streams/{stream}",
    tag = "log",
    security(("request_signature" = [])),
    params(
        ("stream" = Stream, Path, description = "Which stream"),
        ("after" = Option<u64>, Query, description = "`next` of the page before; absent from the start"),
        ("limit" = Option<u16>, Query, description = "Envelopes on the page, 1 to 200; more is read as 200", minimum = 1),
    ),
    responses(
        (status = 200, description = "A page", body = Page),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn pull(state: &ServerState, pull: PullStream, grant: Grant) -> Result<Response, Refusal> {
    Ok(Json(page(state, pull, grant).await?).into_response())
}

/// The page.
///
/// # Errors
/// `not_allowed`; or the database fails.
pub(super) async fn page(state: &ServerState, pull: PullStream, grant: Grant) -> Result<Page, Refusal> {
    let audience = match grant.reach {
        Reach::Whole => None,
        Reach::Unit(unit) => Some(unit),
        Reach::Quarantine => return Err(RefusalCode::NotAllowed.into()),
    };
    if let Actor::Device { id, .. } = grant.actor {
        state.note_daily(AuditKind::Pulled, Some(id)).await;
    }
    Ok(state.store().page(pull.stream, audience, pull.after, pull.limit).await?)
}
