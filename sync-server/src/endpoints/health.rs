//! `GET /v1/health`.

use crate::access::{Action, Actor, Grant};
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::Health;
use domain::sync::version::{CURRENT, OLDEST};

/// Anyone asks whether the server is alive.
pub struct ReadHealth;

impl Endpoint for ReadHealth {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/health";
    const ACTION: Action = Action::ReadHealth;

    async fn open(_: &ServerState, _: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, Actor::Anyone))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        Ok(read_health(state))
    }
}

/// Whether the server is alive, its clock, and the protocol versions it speaks. Nothing about the programme.
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "server",
    responses((status = 200, description = "Alive", body = Health))
)]
fn read_health(state: &ServerState) -> Response {
    Json(Health { alive: true, now: state.now(), versions: (OLDEST, CURRENT) }).into_response()
}
