//! `GET /openapi.json`.

use crate::access::{Action, Actor, Grant};
use crate::call::Call;
use crate::description::document;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Json;
use axum::response::{IntoResponse, Response};

/// Anyone asks for the description of the calls.
pub struct Describe;

impl Endpoint for Describe {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/openapi.json";
    const ACTION: Action = Action::ReadDescription;

    async fn open(_: &ServerState, _: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, Actor::Anyone))
    }

    async fn answer(self, _: &ServerState, _: Grant) -> Result<Response, Refusal> {
        Ok(describe())
    }
}

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "server",
    responses((status = 200, description = "OpenAPI", content_type = "application/json"))
)]
fn describe() -> Response {
    Json(document()).into_response()
}
