//! `POST /v1/enrolment-codes`, `POST` and `GET /v1/enrolments`.

use crate::access::{Action, Actor, Grant};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::Enrolled;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::sync::chain::Digest;
use domain::sync::enrol::{CodeAnnouncement, EnrolmentRequest, PendingEnrolments};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::version::is_supported;

/// Longest `age1…` recipient accepted. X25519 recipients have 62 characters, all of them small letters and digits.
const MAX_RECIPIENT: usize = 128;

fn is_recipient(text: &str) -> bool {
    text.starts_with("age1") && text.len() <= MAX_RECIPIENT && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The admin announces a code.
pub struct AnnounceCode(CodeAnnouncement);

impl Endpoint for AnnounceCode {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/enrolment-codes";
    const ACTION: Action = Action::AnnounceCode;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        Ok((Self(call.json()?), actor))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        announce_code(state, self.0).await
    }
}

/// Announces the hash of a one-time code: good once, for 15 minutes, for five wrong guesses.
#[utoipa::path(
    post,
    path = "/v1/enrolment-codes",
    tag = "enrolment",
    security(("request_signature" = [])),
    request_body = CodeAnnouncement,
    responses(
        (status = 204, description = "Announced"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn announce_code(state: &ServerState, code: CodeAnnouncement) -> Result<Response, Refusal> {
    let now = state.now();
    state.store().announce(code, now).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A new device hands in its keys.
pub struct Enrol {
    request: EnrolmentRequest,
    fingerprint: Digest,
}

impl Endpoint for Enrol {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/enrolments";
    const ACTION: Action = Action::Enrol;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        if let Some(peer) = call.peer {
            let now_ms = state.now().timestamp_millis();
            state.rates().take_enrolment(peer, now_ms)?;
        }
        let request: EnrolmentRequest = call.json()?;
        if !is_supported(request.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        let keys = &request.keys;
        let is_sound = keys.signing_key.0.len() == 32 && request.mac.0.len() == 32 && is_recipient(&keys.recipient);
        if !is_sound {
            return Err(RefusalCode::Malformed.into());
        }
        let fingerprint = Digest::of(&serde_json::to_vec(&request)?);
        let input = Self { request, fingerprint };
        Ok((input, Actor::Anyone))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        hand_in(state, self).await
    }
}

/// Hands in the public keys of a new device. The desk, which knows the code, checks the MAC; this server cannot.
#[utoipa::path(
    post,
    path = "/v1/enrolments",
    tag = "enrolment",
    request_body = EnrolmentRequest,
    responses(
        (status = 202, description = "Waits for the admin"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn hand_in(state: &ServerState, asked: Enrol) -> Result<Response, Refusal> {
    let now = state.now();
    let device = asked.request.keys.device;
    let named = state.directory().await?.and_then(|directory| directory.find(device).cloned());
    if named.is_some_and(|named| named.signing_key != asked.request.keys.signing_key) {
        return Err(RefusalCode::NotAllowed.into());
    }
    match state.store().enrol(asked.request, asked.fingerprint, now).await? {
        Enrolled::Waiting => Ok(StatusCode::ACCEPTED.into_response()),
        Enrolled::Spent => Err(RefusalCode::CodeSpent.into()),
        Enrolled::Taken => Err(RefusalCode::NotAllowed.into()),
    }
}

/// The admin asks who waits.
pub struct ListEnrolments;

impl Endpoint for ListEnrolments {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v1/enrolments";
    const ACTION: Action = Action::ListEnrolments;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self, identify(state, call).await?))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        list_enrolments(state).await
    }
}

/// Who has handed in keys and is not named by a manifest yet.
#[utoipa::path(
    get,
    path = "/v1/enrolments",
    tag = "enrolment",
    security(("request_signature" = [])),
    responses(
        (status = 200, description = "Oldest first", body = PendingEnrolments),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn list_enrolments(state: &ServerState) -> Result<Response, Refusal> {
    Ok(Json(state.store().pending().await?).into_response())
}
