//! `PUT /v1/releases` and `POST /v1/withdrawals`.

use crate::access::{Action, Actor, Grant};
use crate::auth::identify;
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::{Laid, Publish};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::release::Release;
use domain::sync::DeviceId;
use domain::sync::audit::{AuditKind, Note};
use domain::sync::error::{RefusalCode, Refused};
use domain::sync::manifest::{DeviceStatus, Role};
use domain::sync::publish::{Publication, Withdrawal};
use domain::sync::version::is_supported;

/// A coordinator publishes a release.
pub struct PublishRelease(Publication);

impl Endpoint for PublishRelease {
    const METHOD: Method = Method::Put;
    const PATH: &'static str = "/v1/releases";
    const ACTION: Action = Action::PublishRelease;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        let publication: Publication = call.json()?;
        if !is_supported(publication.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        Ok((Self(publication), actor))
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        publish(state, self.0, &grant).await
    }
}

/// Lays a release open under its recipient's link. It must be this programme's, and signed by a desk of the manifest.
///
/// The same release again changes link and password hash only. Another one under its number, or one that was
/// withdrawn, is refused with `fork`.
#[utoipa::path(
    put,
    path = "/v1/releases",
    tag = "programme",
    security(("request_signature" = [])),
    request_body = Publication,
    responses(
        (status = 204, description = "Published"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn publish(state: &ServerState, publication: Publication, grant: &Grant) -> Result<Response, Refusal> {
    let release = verify(state, &publication).await?;
    let fingerprint = publication.release.fingerprint();
    let number = release.number;
    let published = Publish {
        link: publication.link.0.as_slice().try_into().map_err(|_| RefusalCode::Malformed)?,
        salt: publication.password.salt.0,
        hash: publication.password.hash.0,
        number,
        fingerprint,
        document: publication.release.release.0,
        signature: publication.release.signature.0,
    };
    match state.store().publish(published, note(state, grant, AuditKind::Published, number)).await? {
        Laid::Yes => {
            tracing::info!(number, "release is published");
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Laid::OtherUnderNumber => Err(RefusalCode::Fork.into()),
    }
}

/// The release, if a desk that takes part signed it.
async fn verify(state: &ServerState, publication: &Publication) -> Result<Release, Refusal> {
    let release = publication.release.read().map_err(|_| RefusalCode::Malformed)?;
    if !publication.is_sound() || release.programme != state.programme() {
        return Err(RefusalCode::Malformed.into());
    }
    let directory = state.directory().await?.ok_or(RefusalCode::UnknownDevice)?;
    let desk = directory.find(release.desk).ok_or(RefusalCode::UnknownDevice)?;
    let is_desk = matches!(desk.role, Role::Coordinator | Role::Admin) && desk.status == DeviceStatus::Active;
    if !is_desk || publication.release.verify(&desk.signing_key.0).is_err() {
        return Err(RefusalCode::BadSignature.into());
    }
    Ok(release)
}

/// A coordinator takes a release back.
pub struct WithdrawRelease(Withdrawal);

impl Endpoint for WithdrawRelease {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v1/withdrawals";
    const ACTION: Action = Action::WithdrawRelease;

    async fn open(state: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let actor = identify(state, call).await?;
        let withdrawal: Withdrawal = call.json()?;
        if !is_supported(withdrawal.version) {
            return Err(RefusalCode::UnsupportedVersion.into());
        }
        Ok((Self(withdrawal), actor))
    }

    async fn answer(self, state: &ServerState, grant: Grant) -> Result<Response, Refusal> {
        withdraw(state, self.0, &grant).await
    }
}

/// Takes a release's content away for good; its page says on which day. Said again, nothing changes.
#[utoipa::path(
    post,
    path = "/v1/withdrawals",
    tag = "programme",
    security(("request_signature" = [])),
    request_body = Withdrawal,
    responses(
        (status = 204, description = "Withdrawn"),
        (status = "default", description = "Refused", body = Refused),
    )
)]
async fn withdraw(state: &ServerState, withdrawal: Withdrawal, grant: &Grant) -> Result<Response, Refusal> {
    let number = withdrawal.number;
    if !state.store().withdraw(number, note(state, grant, AuditKind::Withdrawn, number)).await? {
        return Err(RefusalCode::NotFound.into());
    }
    tracing::info!(number, "release is withdrawn");
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn note(state: &ServerState, grant: &Grant, kind: AuditKind, number: u32) -> Note {
    let device: Option<DeviceId> = match &grant.actor {
        Actor::Device { id, .. } => Some(*id),
        Actor::Anyone | Actor::Enrolling(_) => None,
    };
    Note { day: state.now().date_naive(), kind, device, about: None, value: Some(u64::from(number)) }
}
