//! `uscita-bridge`: the shipped user interface in an ordinary browser, against the real notebook.
//!
//! It serves `ui/dist` on loopback and inserts one script in front of the page's own, which defines
//! the internals that Tauri would define and posts each command to this process. The command is then
//! handled by the same [`Session::handle`] that the window calls. It serves browser tests,
//! screenshots and the demonstration on a machine without a display, and is never released.
//!
//! Who may speak to it: a request to this very address (`Host`), not from another page (`Origin`),
//! with the cookie that the printed address sets. Everything else gets 403, and a command that is
//! not `application/json` gets 415, so that no foreign page can send one without being asked first.

use anyhow::{Context, Result, anyhow, bail};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::{Parser, ValueEnum};
use notebook::command::Command;
use notebook::crypto::binder::FileBinder;
use notebook::entropy::{Entropy, Moment};
use notebook::session::{Seat, Session, SessionSetup};
use notebook::view::{Nothing, SessionState};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tower_http::services::ServeDir;
use zeroizing_alloc::ZeroAlloc;

const SCRIPT: &str = include_str!("bridge.js");
const SCRIPT_TAG: &str = "<script src=\"/__bridge.js\"></script>";
/// The window's configuration: the pages get the same content security policy here.
const WINDOW_CONFIGURATION: &str = include_str!("../../../src-tauri/tauri.conf.json");
const TOKEN_BYTES: usize = 32;
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
/// Of one command: a night carried by a file, in base 64.
const MAX_COMMAND_BYTES: usize = 8 * 1024 * 1024;

/// Serves the user interface and its notebook on loopback, for a browser on this machine.
#[derive(Parser)]
#[command(name = "uscita-bridge", version)]
struct Arguments {
    /// The folder of the notebook.
    #[arg(long, value_name = "DIR")]
    data_dir: PathBuf,
    /// The phone of a team, or the desk of the office.
    #[arg(long, value_enum)]
    role: Part,
    /// The built user interface.
    #[arg(long, value_name = "DIR")]
    ui_dist: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    Phone,
    Desk,
}

struct Bridge {
    session: Arc<Session>,
    /// Seconds that this device has slept.
    slept: Arc<AtomicI64>,
    pages: BTreeMap<&'static str, Html<String>>,
    start: &'static str,
    host: String,
    cookie: String,
    token: String,
    policy: HeaderValue,
    permissions: HeaderValue,
}

/// As in the window: memory that is given back is cleared first.
#[global_allocator]
static MEMORY: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    notebook::process::close()?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let address = listener.local_addr()?;
    let (seat, start) = match arguments.role {
        Part::Phone => (Seat::Phone, "/index.html"),
        Part::Desk => (Seat::Desk, "/desk.html"),
    };
    let slept = Arc::new(AtomicI64::new(0));
    let clock = Arc::clone(&slept);
    let session = Session::open(SessionSetup {
        share_dir: arguments.data_dir.join("shared"),
        binder: Arc::new(FileBinder::new(&arguments.data_dir)),
        data_dir: arguments.data_dir,
        seat,
        clock: Arc::new(move || {
            Moment::at(chrono::Utc::now() + chrono::TimeDelta::seconds(clock.load(Ordering::SeqCst)))
        }),
        entropy: Entropy::system(),
    })
    .map_err(|error| anyhow!("the notebook's folder cannot be opened: {error}"))?;
    session.start_sending()?;
    session.start_guard()?;
    let bridge = Arc::new(Bridge {
        session,
        slept,
        pages: pages(&arguments.ui_dist)?,
        start,
        host: address.to_string(),
        // Cookies know no ports: the name keeps two bridges on one machine apart.
        cookie: format!("uscita_bridge_{}", address.port()),
        token: token()?,
        policy: policy()?,
        permissions: permissions()?,
    });
    let url = format!("http://{address}/?token={}", bridge.token);
    let router = Router::new()
        .route("/", get(start_page))
        .route("/index.html", get(page))
        .route("/desk.html", get(page))
        .route("/__bridge.js", get(script))
        .route("/__sleep", post(sleep))
        .route("/__core", post(core).layer(DefaultBodyLimit::max(MAX_COMMAND_BYTES)))
        .fallback_service(ServeDir::new(&arguments.ui_dist))
        .layer(from_fn_with_state(Arc::clone(&bridge), guard))
        .with_state(bridge);
    let mut output = std::io::stdout();
    writeln!(output, "{}", json!({ "url": url }))?;
    output.flush()?;
    axum::serve(listener, router).await?;
    Ok(())
}

/// Both pages, with the bridge's script in front of their own.
fn pages(ui_dist: &std::path::Path) -> Result<BTreeMap<&'static str, Html<String>>> {
    let mut pages = BTreeMap::new();
    for path in ["/index.html", "/desk.html"] {
        let file = ui_dist.join(path.trim_start_matches('/'));
        let page = std::fs::read_to_string(&file)
            .with_context(|| format!("{} cannot be read; build the user interface", file.display()))?;
        let Some(first) = page.find("<script") else { bail!("{path} has no script") };
        let (before, after) = page.split_at(first);
        pages.insert(path, Html(format!("{before}{SCRIPT_TAG}{after}")));
    }
    Ok(pages)
}

fn token() -> Result<String> {
    use ring::rand::{SecureRandom, SystemRandom};
    let mut bytes = [0; TOKEN_BYTES];
    SystemRandom::new().fill(&mut bytes).map_err(|_| anyhow!("no randomness"))?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

/// The window's content security policy, with this origin in the place of Tauri's own channel.
fn policy() -> Result<HeaderValue> {
    let configuration: Value = serde_json::from_str(WINDOW_CONFIGURATION)?;
    let directives = configuration
        .pointer("/app/security/csp")
        .and_then(Value::as_object)
        .context("the window's configuration has no content security policy")?;
    let mut policy = String::new();
    for (name, sources) in directives {
        let sources = sources.as_str().context("a directive is not a text")?;
        let sources = if name == "connect-src" { "'self'" } else { sources };
        policy.push_str(&format!("{name} {sources}; "));
    }
    Ok(HeaderValue::from_str(policy.trim_end())?)
}

/// What a page may ask the browser for: as in the window, the camera and nothing else.
fn permissions() -> Result<HeaderValue> {
    let configuration: Value = serde_json::from_str(WINDOW_CONFIGURATION)?;
    let permissions = configuration.pointer("/app/security/headers/Permissions-Policy").and_then(Value::as_str);
    Ok(HeaderValue::from_str(permissions.context("the window's configuration says nothing of permissions")?)?)
}

/// Lets in only requests to this address, from this origin, with this process's token.
async fn guard(State(bridge): State<Arc<Bridge>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let origin = format!("http://{}", bridge.host);
    let from_here = match headers.get(header::ORIGIN) {
        Some(found) => found.as_bytes() == origin.as_bytes(),
        None => request.method() == Method::GET,
    };
    let to_here = headers.get(header::HOST).is_some_and(|host| host.as_bytes() == bridge.host.as_bytes());
    let introduces_itself = request.uri().path() == "/";
    if !from_here || !to_here || !(introduces_itself || has_cookie(headers, &bridge)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, bridge.policy.clone());
    headers.insert(PERMISSIONS, bridge.permissions.clone());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn has_cookie(headers: &HeaderMap, bridge: &Bridge) -> bool {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .any(|(name, value)| name == bridge.cookie && is_token(value, bridge))
}

/// Compares digests, so that the time taken says nothing about the token.
fn is_token(candidate: &str, bridge: &Bridge) -> bool {
    let digest = |text: &str| ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    digest(candidate).as_ref() == digest(&bridge.token).as_ref()
}

/// The printed address: trades the token for a cookie and goes on to the page of this role.
async fn start_page(
    State(bridge): State<Arc<Bridge>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let introduced = query.get("token").is_some_and(|token| is_token(token, &bridge));
    if !introduced && !has_cookie(&headers, &bridge) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", bridge.cookie, bridge.token);
    ([(header::SET_COOKIE, cookie)], Redirect::to(bridge.start)).into_response()
}

async fn page(State(bridge): State<Arc<Bridge>>, request: Request) -> Response {
    match bridge.pages.get(request.uri().path()) {
        Some(page) => page.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

/// As if the phone slept for so many seconds; answers when its core has locked by itself.
async fn sleep(State(bridge): State<Arc<Bridge>>, Json(seconds): Json<u16>) -> Response {
    bridge.slept.fetch_add(i64::from(seconds), Ordering::SeqCst);
    let mut looks = tokio::time::interval(Duration::from_millis(50));
    loop {
        looks.tick().await;
        // Asked past the list of commands: that would count as somebody being there.
        match bridge.session.status(Nothing {}) {
            Ok(view) if view.state == SessionState::Open => {}
            Ok(_) => return StatusCode::NO_CONTENT.into_response(),
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// One command of the user interface, as the window would hand it over. A refusal is an answer too, not an error of
/// the transport: the page tells them apart by the name of the field.
async fn core(State(bridge): State<Arc<Bridge>>, headers: HeaderMap, body: Bytes) -> Response {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind != Some(b"application/json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    match serde_json::from_slice::<Command>(&body) {
        // Tauri answers arguments it cannot read with a text as well.
        Err(error) => (StatusCode::BAD_REQUEST, Json(json!({ "refused": error.to_string() }))).into_response(),
        Ok(command) => match bridge.session.handle(command).await {
            Ok(answer) => Json(json!({ "answer": answer })).into_response(),
            Err(error) => Json(json!({ "refused": error })).into_response(),
        },
    }
}
