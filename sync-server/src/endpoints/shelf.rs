//! `GET` and `POST /r/{link}`: what a recipient of releases sees in a browser.

use crate::access::{Action, Actor, Grant};
use crate::call::Call;
use crate::endpoint::{Endpoint, Method};
use crate::page::{self, Door};
use crate::refusal::Refusal;
use crate::state::ServerState;
use crate::store::outcome::{OnShelf, Shelf};
use crate::ticket;
use axum::extract::Query;
use axum::http::Uri;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use domain::release::Release;
use domain::release::file::{self, ReleaseFormat};
use domain::sync::chain::Digest;
use domain::sync::error::RefusalCode;
use domain::sync::publish::{LINK_BYTES, hash_password};
use serde::Deserialize;
use std::time::Duration;

/// How long somebody waits at the door for the others' passwords to be hashed.
const PATIENCE: Duration = Duration::from_secs(10);

type Link = [u8; LINK_BYTES];

fn link_of(call: &Call) -> Option<Link> {
    let text = call.path().rsplit('/').next().unwrap_or_default();
    BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// Somebody opens a link.
pub struct OpenShelf(Option<Link>);

impl Endpoint for OpenShelf {
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/r/{link}";
    const ACTION: Action = Action::OpenShelf;

    async fn open(_: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        Ok((Self(link_of(call)), Actor::Anyone))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        open_shelf(state, self.0).await
    }
}

/// The page that asks for the password, in Italian.
#[utoipa::path(
    get,
    path = "/r/{link}",
    tag = "recipients",
    params(("link" = String, Path, description = "128 bits, base64url")),
    responses(
        (status = 200, description = "Asks for the password", content_type = "text/html"),
        (status = 404, description = "Nothing is there", content_type = "text/html"),
        (status = "default", description = "Refused", body = domain::sync::error::Refused),
    )
)]
async fn open_shelf(state: &ServerState, link: Option<Link>) -> Result<Response, Refusal> {
    Ok(match find(state, link).await? {
        Some(_) => page::door(Door::Closed),
        None => page::door(Door::Nothing),
    })
}

async fn find(state: &ServerState, link: Option<Link>) -> Result<Option<(Link, Shelf)>, Refusal> {
    let Some(link) = link else { return Ok(None) };
    Ok(state.store().shelf(link).await?.map(|shelf| (link, shelf)))
}

/// What a form sends.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Asked {
    /// The password, as it was typed.
    #[schema(max_length = 200)]
    password: String,
    /// Or the ticket of a page that was shown for it.
    #[schema(max_length = 200)]
    ticket: String,
    /// Number of the release; the newest without it.
    #[schema(value_type = u32)]
    release: String,
    /// `csv` or `json`; a page without it.
    format: String,
}

/// Somebody gives a password, or goes on with a ticket.
pub struct ReadShelf {
    link: Option<Link>,
    asked: Asked,
}

impl Endpoint for ReadShelf {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/r/{link}";
    const ACTION: Action = Action::ReadShelf;
    const BODY: usize = 4_096;

    async fn open(_: &ServerState, call: &Call) -> Result<(Self, Actor), Refusal> {
        let form = std::str::from_utf8(&call.body).map_err(|_| RefusalCode::Malformed)?;
        let uri: Uri = format!("/?{form}").parse().map_err(|_| RefusalCode::Malformed)?;
        let Query(asked) = Query::try_from_uri(&uri).map_err(|_| RefusalCode::Malformed)?;
        Ok((Self { link: link_of(call), asked }, Actor::Anyone))
    }

    async fn answer(self, state: &ServerState, _: Grant) -> Result<Response, Refusal> {
        read_shelf(state, self).await
    }
}

/// A release of this link, as a page, CSV or JSON. Ten passwords at once, then one every half minute.
#[utoipa::path(
    post,
    path = "/r/{link}",
    tag = "recipients",
    params(("link" = String, Path, description = "128 bits, base64url")),
    request_body(content = Asked, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The release", content(
            ("text/html"), ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("text/csv"), ("application/json")
        )),
        (status = 403, description = "Wrong password", content_type = "text/html"),
        (status = 404, description = "Nothing is there", content_type = "text/html"),
        (status = 429, description = "Too many passwords", content_type = "text/html"),
        (status = 503, description = "Busy", content_type = "text/html"),
        (status = "default", description = "Refused", body = domain::sync::error::Refused),
    )
)]
async fn read_shelf(state: &ServerState, asked: ReadShelf) -> Result<Response, Refusal> {
    let ReadShelf { link, asked } = asked;
    let Some((link, shelf)) = find(state, link).await? else { return Ok(page::door(Door::Nothing)) };
    let now = state.now();
    let has_ticket = ticket::holds(state.receipt_key(), &asked.ticket, link, &shelf.hash, now.timestamp());
    if !has_ticket {
        if let Err(too_fast) = state.rates().take_link(link, now.timestamp_millis()) {
            return Ok(page::door(Door::Wait { seconds: too_fast.retry_after_seconds }));
        }
        match is_password(state, &asked.password, &shelf).await {
            Some(true) => {}
            Some(false) => return Ok(page::door(Door::Wrong)),
            None => return Ok(page::door(Door::Busy)),
        }
    }
    let ticket = ticket::issue(state.receipt_key(), link, &shelf.hash, now.timestamp());
    Ok(show(&asked, &shelf.releases, &ticket))
}

/// Whether it is the password; nothing when there are too many at the door.
async fn is_password(state: &ServerState, typed: &str, shelf: &Shelf) -> Option<bool> {
    let permit = tokio::time::timeout(PATIENCE, state.hashing().acquire_owned()).await.ok()?.ok()?;
    let (typed, salt) = (typed.to_owned(), shelf.salt.clone());
    let hashed = tokio::task::spawn_blocking(move || {
        let hashed = hash_password(&typed, &salt);
        drop(permit);
        hashed
    });
    let hash = hashed.await.ok()?.ok()?;
    // Nobody can choose the bytes of a salted hash one by one: how long this takes tells nothing.
    Some(hash.as_slice() == shelf.hash)
}

fn show(asked: &Asked, shelf: &[OnShelf], ticket: &str) -> Response {
    let wanted = match asked.release.parse::<u32>() {
        Ok(number) => shelf.iter().find(|release| release.number == number),
        Err(_) => shelf.iter().find(|release| release.document.is_some()).or_else(|| shelf.first()),
    };
    let Some((wanted, bytes)) = wanted.and_then(|wanted| Some((wanted, wanted.document.as_ref()?))) else {
        return page::withdrawn(wanted, shelf, ticket);
    };
    let Ok(release) = Release::from_bytes(bytes) else {
        tracing::error!(number = wanted.number, "a published release cannot be read");
        return page::door(Door::Busy);
    };
    match asked.format.parse() {
        Ok(ReleaseFormat::Page) | Err(_) => page::release(&release, &Digest::of(bytes), shelf, ticket),
        Ok(format) => match file::write(bytes, &release, format) {
            Ok(written) => page::file(&file::name(&release, format, 1), format.media_type(), written),
            Err(_) => page::door(Door::Busy),
        },
    }
}
