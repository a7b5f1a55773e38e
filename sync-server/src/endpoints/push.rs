//! `POST /v1/batches`.

use super::receipt::sign;
use crate::access::{Action, Actor, Grant, Object, Reach};
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::fault::StoreFault;
use crate::store::incoming::Incoming;
use crate::store::outcome::{Appended, Held, Kept};
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
    /// `unsupported_version`, `unknown_device`, `bad_signature`, `malformed`.
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
/// `revoked`, `gap`, `fork`, `too_large`, `too_many`; or the database fails.
pub(super) async fn store(state: &ServerState, push: PushBatch, grant: Grant) -> Result<SignedReceipt, Refusal> {
    let Actor::Device { unit, role, .. } = grant.actor else {
        return Err(RefusalCode::UnknownDevice.into());
    };
    let incoming = Incoming::of(push.batch, push.body, role, unit, state.now().date_naive());
    let device = incoming.device;
    state.rates().take_device(device, state.now().timestamp_millis())?;
    let handed_in = match grant.reach {
        Reach::Quarantine => keep(state, incoming).await,
        Reach::Whole | Reach::Unit(_) => append(state, incoming).await,
    };
    // Nobody need sign what is sent: anybody who holds a copy of a batch can send it, and must not use up what its
    // author may send. The network that it came from was counted before.
    if !handed_in.as_ref().is_ok_and(|handed_in| handed_in.is_new) {
        state.rates().give_back(device);
    }
    sign(state, device, handed_in?.held?)
}

/// What became of a batch.
struct HandedIn {
    /// Whether any of it was stored.
    is_new: bool,
    /// What is held, or why not this.
    held: Result<Held, Refusal>,
}

async fn keep(state: &ServerState, incoming: Incoming) -> Result<HandedIn, StoreFault> {
    let held = state.store().held(incoming.device).await?;
    if incoming.entries.last().is_some_and(|last| last.sequence == held.stored && last.chain == held.head) {
        return Ok(HandedIn { is_new: false, held: Ok(held) });
    }
    Ok(match state.store().keep(incoming, QuarantineReason::Revoked).await? {
        Kept::Yes => HandedIn { is_new: true, held: Err(RefusalCode::Revoked.into()) },
        Kept::Known => HandedIn { is_new: false, held: Err(RefusalCode::Revoked.into()) },
        Kept::NoRoom => HandedIn { is_new: false, held: Err(RefusalCode::TooLarge.into()) },
    })
}

async fn append(state: &ServerState, incoming: Incoming) -> Result<HandedIn, StoreFault> {
    let device = incoming.device;
    Ok(match state.store().append(incoming).await? {
        Appended::Held(held) => HandedIn { is_new: true, held: Ok(held) },
        Appended::Known(held) => HandedIn { is_new: false, held: Ok(held) },
        Appended::Gap { expected } => {
            HandedIn { is_new: false, held: Err(Refusal::expecting(RefusalCode::Gap, expected)) }
        }
        Appended::Fork { expected, is_new } => {
            tracing::warn!(%device, "fork: device is quarantined");
            HandedIn { is_new, held: Err(Refusal::expecting(RefusalCode::Fork, expected)) }
        }
        Appended::NoRoom => HandedIn { is_new: false, held: Err(RefusalCode::TooLarge.into()) },
    })
}
