//! `POST /v1/turns`.

use super::pull::{page, position};
use super::push::{PushBatch, store};
use super::receipt::sign;
use crate::access::{Action, Actor, Grant, Object, authorise};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::push::Batch;
use domain::sync::receipt::SignedReceipt;
use domain::sync::turn::{MAX_READS, PagePart, Read, ReceiptPart, Turn, TurnAnswer};
use domain::sync::version::is_supported;

/// A device asks several things at once.
pub struct TakeTurn(Turn);

impl Endpoint for TakeTurn {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/turns";
    const ACTION: Action = Action::TakeTurn;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        let turn: Turn = call.json()?;
        if !is_supported(turn.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        if turn.reads.len() > MAX_READS || turn.reads.iter().any(|read| read.limit == 0) {
            return Err(RefusalCode::Malformed.into());
        }
        Ok((Self(turn), actor))
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        take_turn(state, self.0, grant).await
    }
}

/// Hands in a batch and reads receipt, pages and manifest in one request.
///
/// Each part is judged by itself, as its own call would be. The server takes in the batch first and looks up the manifest
/// last. A device that is not active is refused as a whole.
#[utoipa::path(
    post,
    path = "/v1/turns",
    tag = "log",
    security(("request_signature" = [])),
    request_body = Turn,
    responses(
        (status = 200, description = "Each part with its answer", body = TurnAnswer),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn take_turn(state: &ServerState, turn: Turn, grant: Grant) -> Result<Response, Refusal> {
    let actor = grant.actor;
    let receipt = match part(receipt(state, turn.batch, &actor).await)? {
        Ok(receipt) => ReceiptPart::Done(receipt),
        Err(refused) => ReceiptPart::Refused(refused),
    };
    let mut pages = Vec::with_capacity(turn.reads.len());
    for read in turn.reads {
        pages.push(match part(self::read(state, read, &actor).await)? {
            Ok(page) => PagePart::Done(page),
            Err(refused) => PagePart::Refused(refused),
        });
    }
    let manifest = match turn.manifest {
        Some(known) => state.directory().await?.filter(|directory| directory.number != known),
        None => None,
    };
    let audit = match turn.audit {
        Some(number) => state.store().audit_at(number).await?,
        None => None,
    };
    let manifest = manifest.map(|directory| directory.signed.clone());
    Ok(Json(TurnAnswer { receipt, pages, manifest, audit }).into_response())
}

/// A refusal is the answer to its part. A database that fails, fails the turn.
fn part<T>(done: Result<T, Refusal>) -> Result<Result<T, Refused>, Refusal> {
    match done {
        Ok(done) => Ok(Ok(done)),
        Err(Refusal::Refused(refused)) => Ok(Err(refused)),
        Err(other) => Err(other),
    }
}

async fn receipt(state: &ServerState, batch: Option<Batch>, actor: &Actor) -> Result<SignedReceipt, Refusal> {
    let Actor::Device { id, .. } = actor else {
        return Err(RefusalCode::UnknownDevice.into());
    };
    let Some(batch) = batch else {
        authorise(actor.clone(), Action::ReadReceipt, &Object::Programme)?;
        return sign(state, *id, state.store().held(*id).await?);
    };
    let body = serde_json::to_vec(&batch)?;
    let (push, _) = PushBatch::check(state, batch, body).await?;
    let grant = authorise(actor.clone(), Action::PushBatch, &push.object())?;
    store(state, push, grant).await
}

async fn read(state: &ServerState, read: Read, actor: &Actor) -> Result<domain::sync::pull::Page, Refusal> {
    let pull = position(read.stream, read.after, read.limit);
    let grant = authorise(actor.clone(), Action::PullStream, &pull.object())?;
    page(state, pull, grant).await
}
