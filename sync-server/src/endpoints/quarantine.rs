//! `GET` and `POST /v1/quarantine`.

use crate::access::{Action, Actor, Grant};
use crate::auth::{identify, read};
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::Decided;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::auth::RequestSignature;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::quarantine::{DecisionOutcome, Quarantine, QuarantineDecision};
use domain::sync::version::is_supported;

/// A desk asks what is in quarantine.
pub struct ListQuarantine;

impl Endpoint for ListQuarantine {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/quarantine";
    const ACTION: Action = Action::ListQuarantine;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, identify(state, call).await?))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        list_quarantine(state).await
    }
}

/// What revoked and forked devices handed in, batch by batch, without content.
#[utoipa::path(
    get,
    path = "/v1/quarantine",
    tag = "log",
    security(("request_signature" = [])),
    responses(
        (status = 200, description = "Every batch in quarantine", body = Quarantine),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn list_quarantine(state: &ServerState) -> Result<Response, Refusal> {
    Ok(Json(state.store().quarantine().await?).into_response())
}

/// A desk decides what becomes of batches in quarantine.
pub struct Decide {
    decision: QuarantineDecision,
    signature: RequestSignature,
    body: Vec<u8>,
}

impl Endpoint for Decide {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/quarantine";
    const ACTION: Action = Action::DecideQuarantine;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        let decision: QuarantineDecision = call.json()?;
        if !is_supported(decision.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        Ok((Self { decision, signature: read(&call.headers)?, body: call.body.to_vec() }, actor))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        decide(state, self).await
    }
}

/// Releases batches into their device's log, or drops them.
///
/// Released operations come behind everything that readers have passed. A batch that does not continue the log stays.
/// The signed request is kept for good.
#[utoipa::path(
    post,
    path = "/v1/quarantine",
    tag = "log",
    security(("request_signature" = [])),
    request_body = QuarantineDecision,
    responses(
        (status = 200, description = "Decided", body = DecisionOutcome),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn decide(state: &ServerState, asked: Decide) -> Result<Response, Refusal> {
    let Decide { decision, signature, body } = asked;
    let directory = state.directory().await?.ok_or(RefusalCode::NotFound)?;
    let device = directory.find(decision.device).ok_or(RefusalCode::NotFound)?;
    let (role, unit, today) = (device.role, device.unit.clone(), state.now().date_naive());
    let decided = Decided { decision, signature, body, role, unit, today };
    let outcome = state.store().decide(decided).await?;
    tracing::info!(device = %decision.device, verdict = %decision.verdict, "quarantine decided");
    Ok(Json(outcome).into_response())
}
