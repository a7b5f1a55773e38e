//! `POST /v1/acknowledgements`.

use crate::access::{Action, Actor, Grant};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::NotOurs;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::sync::audit::AuditKind;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::pull::Acknowledgement;

/// A desk states what it holds.
pub struct Acknowledge(Acknowledgement);

impl Endpoint for Acknowledge {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/acknowledgements";
    const ACTION: Action = Action::Acknowledge;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        Ok((Self(call.json()?), actor))
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        if let Actor::Device { id, .. } = grant.actor {
            state.note_daily(AuditKind::Acknowledged, Some(id)).await;
        }
        accept(state, self.0).await
    }
}

/// Notes which logs have a copy at the desk: their `backed_up` moves, never back.
///
/// Every entry that can be is applied, also when another is refused: one forked log must not hold up the others.
#[utoipa::path(
    post,
    path = "/v1/acknowledgements",
    tag = "log",
    security(("request_signature" = [])),
    request_body = Acknowledgement,
    responses(
        (status = 204, description = "Noted"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn accept(state: &ServerState, held: Acknowledgement) -> Result<Response, Refusal> {
    match state.store().acknowledge(held).await? {
        None => Ok(StatusCode::NO_CONTENT.into_response()),
        Some(NotOurs::Beyond { expected }) => Err(Refusal::expecting(RefusalCode::Gap, expected)),
        Some(NotOurs::OtherHead) => Err(RefusalCode::Fork.into()),
    }
}
