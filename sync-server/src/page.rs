//! The pages that a recipient of releases sees: plain HTML, two style sheets, no script, nothing from elsewhere.

use crate::store::outcome::OnShelf;
use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use data_encoding::BASE64;
use domain::release::{Release, page, words};
use domain::sync::chain::Digest;
use ring::digest;

/// What the pages have besides the article of a release.
const STYLE: &str = include_str!("../templates/style.css");
/// The article's own, which the base takes in too.
const ARTICLE_STYLE: &str = page::STYLE;

/// What the door says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Give the password.
    Closed,
    /// It was another one.
    Wrong,
    /// Too many were.
    Wait {
        /// Seconds.
        seconds: u64,
    },
    /// Too many people are at the door.
    Busy,
    /// There is nothing under this address.
    Nothing,
}

impl Door {
    const fn status(self) -> StatusCode {
        match self {
            Self::Closed => StatusCode::OK,
            Self::Wrong => StatusCode::FORBIDDEN,
            Self::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Nothing => StatusCode::NOT_FOUND,
        }
    }
}

#[derive(Template)]
#[template(path = "door.html")]
struct DoorPage {
    style: &'static str,
    sentence: &'static str,
    minutes: u64,
    has_form: bool,
}

#[derive(Template)]
#[template(path = "release.html")]
struct ReleasePage<'a> {
    style: &'static str,
    title: String,
    number: u32,
    article: String,
    others: Vec<Other>,
    ticket: &'a str,
}

#[derive(Template)]
#[template(path = "withdrawn.html")]
struct WithdrawnPage<'a> {
    style: &'static str,
    number: Option<u32>,
    withdrawn_on: String,
    others: Vec<Other>,
    ticket: &'a str,
}

/// Another release on the shelf.
struct Other {
    number: u32,
    text: String,
    is_shown: bool,
}

/// The page with the password's field.
pub fn door(door: Door) -> Response {
    let (sentence, minutes) = match door {
        Door::Closed => ("", 0),
        Door::Wrong => ("La password non è questa. Controllala e riprova.", 0),
        Door::Wait { seconds } => ("Troppi tentativi.", seconds.div_ceil(60)),
        Door::Busy => ("Il server è occupato. Riprova fra un minuto.", 0),
        Door::Nothing => ("A questo indirizzo non c’è nulla. Controlla di averlo copiato intero.", 0),
    };
    let page = DoorPage { style: STYLE, sentence, minutes, has_form: door != Door::Nothing };
    let mut response = html(door.status(), &page);
    if let Door::Wait { seconds } = door {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A release in full, with the way to the others and to its files.
pub fn release(release: &Release, fingerprint: &Digest, shelf: &[OnShelf], ticket: &str) -> Response {
    let Ok(article) = page::article(release, fingerprint) else { return door(Door::Busy) };
    let page = ReleasePage {
        style: STYLE,
        title: format!("{}: {}", release.name, words::period(&release.period)),
        number: release.number,
        article,
        others: others(shelf, Some(release.number)),
        ticket,
    };
    html(StatusCode::OK, &page)
}

/// What stands in the place of a release that was withdrawn, or of an empty shelf.
pub fn withdrawn(shown: Option<&OnShelf>, shelf: &[OnShelf], ticket: &str) -> Response {
    let page = WithdrawnPage {
        style: STYLE,
        number: shown.map(|shown| shown.number),
        withdrawn_on: shown.and_then(|shown| shown.withdrawn_on).map(words::day).unwrap_or_default(),
        others: others(shelf, shown.map(|shown| shown.number)),
        ticket,
    };
    html(StatusCode::OK, &page)
}

fn others(shelf: &[OnShelf], shown: Option<u32>) -> Vec<Other> {
    let other = |release: &OnShelf| {
        let document = release.document.as_deref().and_then(|bytes| Release::from_bytes(bytes).ok());
        let text = match (&document, release.withdrawn_on) {
            (Some(document), _) => words::period(&document.period),
            (None, Some(day)) => format!("ritirato il {}", words::day(day)),
            (None, None) => String::new(),
        };
        Other { number: release.number, text, is_shown: Some(release.number) == shown }
    };
    shelf.iter().map(other).collect()
}

fn html(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => (status, policy(), Html(text)).into_response(),
        Err(_) => {
            tracing::error!(code = "internal", "a page cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A file to keep. `kind` is its media type.
pub fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)];
    (policy(), headers, bytes).into_response()
}

/// What a browser may do with a page: show it, and send its forms back here. The link is a secret, so it is told nobody.
fn policy() -> [(HeaderName, HeaderValue); 4] {
    let hash = |style: &str| BASE64.encode(digest::digest(&digest::SHA256, style.as_bytes()).as_ref());
    let (article, own) = (hash(page::STYLE), hash(STYLE));
    let content = format!(
        "default-src 'none'; style-src 'sha256-{article}' 'sha256-{own}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let content = HeaderValue::from_str(&content).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    [
        (header::CONTENT_SECURITY_POLICY, content),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    ]
}
