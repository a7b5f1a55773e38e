//! `GET /v1/orders/{device}` and `POST /v1/wipes`.

use crate::access::{Action, Actor, Grant};
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::sync::DeviceId;
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::DeviceStatus;
use domain::sync::version::{CURRENT, is_supported};
use domain::sync::wipe::{WipeConfirmation, WipeOrder};

/// A device, maybe locked, asks whether it is to be wiped.
pub struct ReadOrder(DeviceId);

impl Endpoint for ReadOrder {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/orders/{device}";
    const ACTION: Action = Action::ReadOrder;

    async fn open(_: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let id = call.path().rsplit('/').next().unwrap_or_default();
        Ok((Self(id.parse().map_err(|_| RefusalCode::NotFound)?), Actor::Anyone))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        read_order(state, self.0).await
    }
}

/// The admin's order to wipe a device. Not found for every other device, known or not.
#[utoipa::path(
    get,
    path = "/v1/orders/{device}",
    tag = "programme",
    params(("device" = DeviceId, Path, description = "The device that asks")),
    responses(
        (status = 200, description = "It is to be wiped", body = WipeOrder),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn read_order(state: &ServerState, id: DeviceId) -> Result<Response, Refusal> {
    let directory = state.directory().await?.ok_or(RefusalCode::NotFound)?;
    let device = directory.find(id).filter(|device| device.status == DeviceStatus::Wipe);
    let signature = device.and_then(|device| device.wipe_order.clone()).ok_or(RefusalCode::NotFound)?;
    let succession = directory.succession.clone();
    Ok(Json(WipeOrder { version: CURRENT, device: id, signature, succession }).into_response())
}

/// A device says that its keys are gone. Its own signature, made before, is in the body.
pub struct ConfirmWipe(WipeConfirmation);

impl Endpoint for ConfirmWipe {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/wipes";
    const ACTION: Action = Action::ConfirmWipe;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let confirmation: WipeConfirmation = call.json()?;
        if !is_supported(confirmation.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        let directory = state.directory().await?.ok_or(RefusalCode::UnknownDevice)?;
        let device = directory.find(confirmation.device).ok_or(RefusalCode::UnknownDevice)?;
        if !confirmation.is_signed_by(&device.signing_key.0) {
            return Err(RefusalCode::BadSignature.into());
        }
        state.rates().take_device(confirmation.device, state.now().timestamp_millis())?;
        Ok((Self(confirmation), Actor::from(device)))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        confirm(state, self.0).await
    }
}

/// Notes that a device destroyed its keys as ordered. Said again, the first day stands.
#[utoipa::path(
    post,
    path = "/v1/wipes",
    tag = "programme",
    request_body = WipeConfirmation,
    responses(
        (status = 204, description = "Noted"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn confirm(state: &ServerState, said: WipeConfirmation) -> Result<Response, Refusal> {
    let today = state.now().date_naive();
    let device = said.device;
    state.store().confirm_wipe(device, said.signature.0, today).await?;
    tracing::info!(%device, "device confirms its wipe");
    Ok(StatusCode::NO_CONTENT.into_response())
}
