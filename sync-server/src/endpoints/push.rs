//! `POST /v1/batches`.

use super::receipt::sign;
use crate::access::{Action, Actor, Grant, Object, Reach};
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::incoming::Incoming;
use crate::store::outcome::{Appended, Kept};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::push::{Batch, BatchFault};
use domain::sync::quarantine::QuarantineReason;
use domain::sync::receipt::SignedReceipt;
use domain::sync::version::is_supported;

/// A batch whose own signature holds.
pub struct PushBatch {
    batch: Batch,
    body: Vec<u8>,
}

impl Endpoint for PushBatch {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/batches";
    const ACTION: Action = Action::PushBatch;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Self::check(state, call.json()?, call.body.to_vec()).await
    }

    fn object(&self) -> Object {
        Object::Log { device: self.batch.device, unit: self.batch.unit.clone() }
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        push(state, self, grant).await
    }
}

impl PushBatch {
    /// A batch with who sent it, if its own signatures hold. `body` is the batch as it came.
    ///
    /// # Errors
    /// `unsupported_version`, `unknown_device`, `bad_signature`, `malformed`, `too_many`.
    pub(super) async fn check(state: &ServerState, batch: Batch, body: Vec<u8>) -> Result<(Self, Actor), Refusal> {
        if !is_supported(batch.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        let directory = state.directory().await?.ok_or(RefusalCode::UnknownDevice)?;
        let device = directory.find(batch.device).ok_or(RefusalCode::UnknownDevice)?;
        batch.verify(&device.signing_key.0).map_err(|fault| match fault {
            BatchFault::Signature => RefusalCode::BadSignature,
            BatchFault::Count | BatchFault::Sequence | BatchFault::Chain => RefusalCode::Malformed,
        })?;
        let now_ms = state.now().timestamp_millis();
        state.rates().take_device(batch.device, now_ms)?;
        Ok((Self { batch, body }, Actor::from(device)))
    }
}

/// Sends operations of the device's own log.
///
/// The answer is a signed receipt of everything the server holds of that log, after it is durable. The same batch
/// again is answered alike and changes nothing. `gap` and `fork` carry the sequence number expected next. A batch of a
/// revoked device is kept in quarantine and answered with `revoked`, unless the log ends with it: then nothing of it is
/// missing, and it is answered alike.
#[utoipa::path(
    post,
    path = "/v1/batches",
    tag = "log",
    request_body = Batch,
    responses(
        (status = 200, description = "Durable", body = SignedReceipt),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn push(state: &ServerState, push: PushBatch, grant: Grant) -> Result<Response, Refusal> {
    Ok(Json(store(state, push, grant).await?).into_response())
}

/// Stores a batch, and gives the receipt.
///
/// # Errors
/// `revoked`, `gap`, `fork`, `too_large`; or the database fails.
pub(super) async fn store(state: &ServerState, push: PushBatch, grant: Grant) -> Result<SignedReceipt, Refusal> {
    let Actor::Device { unit, role, .. } = grant.actor else {
        return Err(RefusalCode::UnknownDevice.into());
    };
    let incoming = Incoming::of(push.batch, push.body, role, unit, state.now().date_naive());
    if grant.reach == Reach::Quarantine {
        let reason = QuarantineReason::Revoked;
        let device = incoming.device;
        let held = state.store().held(device).await?;
        if incoming.entries.last().is_some_and(|last| last.sequence == held.stored && last.chain == held.head) {
            return sign(state, device, held);
        }
        return Err(match state.store().keep(incoming, reason).await? {
            Kept::Yes => RefusalCode::Revoked.into(),
            Kept::NoRoom => RefusalCode::TooLarge.into(),
        });
    }
    let device = incoming.device;
    match state.store().append(incoming).await? {
        Appended::Held(held) => sign(state, device, held),
        Appended::Gap { expected } => Err(Refusal::expecting(RefusalCode::Gap, expected)),
        Appended::Fork { expected } => {
            tracing::warn!(%device, "fork: device is quarantined");
            Err(Refusal::expecting(RefusalCode::Fork, expected))
        }
        Appended::NoRoom => Err(RefusalCode::TooLarge.into()),
    }
}
