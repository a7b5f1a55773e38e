//! `GET /v1/devices`.

use crate::access::{Action, Actor, Grant};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::error::Refused;
use domain::sync::standing::DeviceStandings;

/// The desk asks how the devices stand.
pub struct ReadStandings;

impl Endpoint for ReadStandings {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/devices";
    const ACTION: Action = Action::ReadStandings;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, identify(state, call).await?))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        read_standings(state).await
    }
}

/// How every device's log stands: what is held, what is backed up, who is quarantined, who confirmed an order to wipe.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "log",
    security(("request_signature" = [])),
    responses(
        (status = 200, description = "Every device that ever sent something or confirmed an order", body = DeviceStandings),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn read_standings(state: &ServerState) -> Result<Response, Refusal> {
    Ok(Json(state.store().standings().await?).into_response())
}
