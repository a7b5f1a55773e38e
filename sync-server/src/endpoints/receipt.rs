//! `GET /v1/receipt`, and the signing of every receipt.

use crate::access::{Action, Actor, Grant};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::Held;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::DeviceId;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::receipt::{Receipt, SignedReceipt};
use domain::sync::version::CURRENT;

/// A device asks what is held of its own log.
pub struct ReadReceipt;

impl Endpoint for ReadReceipt {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/receipt";
    const ACTION: Action = Action::ReadReceipt;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, identify(state, call).await?))
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        read_receipt(state, grant).await
    }
}

/// What the server holds of the asking device's log, signed.
#[utoipa::path(
    get,
    path = "/v1/receipt",
    tag = "log",
    security(("request_signature" = [])),
    responses(
        (status = 200, description = "What is held", body = SignedReceipt),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn read_receipt(state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
    let Actor::Device { id, .. } = grant.actor else {
        return Err(RefusalCode::UnknownDevice.into());
    };
    let held = state.store().held(id).await?;
    Ok(Json(sign(state, id, held)?).into_response())
}

/// States, under the server's key, what is held of a device.
///
/// # Errors
/// When the receipt cannot be written as JSON.
pub fn sign(state: &ServerState, device: DeviceId, held: Held) -> Result<SignedReceipt, Refusal> {
    let receipt = Receipt {
        version: CURRENT,
        device,
        stored: held.stored,
        head: held.head,
        backed_up: held.backed_up,
        refused: held.refused,
        epoch: state.epoch(),
        audit: held.audit,
        at: state.now(),
    };
    Ok(state.receipt_key().sign(&receipt)?)
}
