//! The HTTP client: carries one request over TLS and brings the answer back. Everything that decides lies elsewhere.
//!
//! Trust comes from the address's pins and the embedded web roots ([`pins`]). The platform's verifier is never built: on
//! Android it would need Java.

mod pins;

use super::fault::Fault;
use super::wire::{Method, Reply, Transport, WireRequest};
use crate::error::{NotebookError, Result};
use crate::process::clear_stack;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::sync::auth::{CREATED_HEADER, DEVICE_HEADER, NONCE_HEADER, SIGNATURE_HEADER};
use pins::Pins;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, RequestBuilder, Response, Url};
use rustls::RootCertStore;
use std::error::Error;
use std::fmt;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// From the first byte sent to the last received.
const TIMEOUT: Duration = Duration::from_secs(20);
/// To a connection with TLS.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection idle for longer is not used again: the server closes after 10 s, and a request on a closed connection
/// may be lost.
const IDLE_TIMEOUT: Duration = Duration::from_secs(5);
/// What an answer may hold: a full page of the largest operations, as base64url.
const MAX_REPLY_BYTES: usize = 32 * 1024 * 1024;

/// The address of a server: `https://host[:port]`, with its pins if it has any (`#sha256=…`), or plain HTTP on this very
/// machine.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerAddress {
    /// With the pins.
    text: String,
    /// Without them: how a request begins.
    base: String,
    pins: Pins,
}

impl ServerAddress {
    /// Reads an address as people type it; `https://` may be left out.
    ///
    /// # Errors
    /// [`NotebookError::NoServer`] if it is empty; [`NotebookError::BadInvitation`] for anything with a path, a password or a query, and for plain HTTP to another
    /// machine.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotebookError::NoServer);
        }
        let complete = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&complete).map_err(|_| NotebookError::BadInvitation)?;
        let is_bare = url.path() == "/"
            && url.query().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && url.host_str().is_some();
        let pins = Pins::read(url.fragment())?;
        let is_private = match url.scheme() {
            "https" => true,
            "http" => matches!(url.host_str(), Some("127.0.0.1" | "[::1]")) && pins.is_empty(),
            _ => false,
        };
        if !is_bare || !is_private {
            return Err(NotebookError::BadInvitation);
        }
        let pinned = url.fragment().map(|pins| format!("#{pins}")).unwrap_or_default();
        let mut bare = url;
        bare.set_fragment(None);
        let base = bare.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text: format!("{base}{pinned}"), base, pins })
    }

    /// The address with its pins, without a slash at the end: as it is given to a device and kept there.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A page of the server, for a browser: without the pins.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

impl fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerAddress")
    }
}

/// A client of one server. Blocking: it brings its own small runtime.
pub struct HttpClient {
    address: ServerAddress,
    client: Client,
    /// Taken out on drop only.
    runtime: Option<Runtime>,
}

impl HttpClient {
    /// A client.
    ///
    /// # Errors
    /// [`NotebookError::Internal`] if the system gives no runtime.
    pub fn new(address: &ServerAddress) -> Result<Self> {
        Self::trusting(address, web_roots()?)
    }

    fn trusting(address: &ServerAddress, roots: RootCertStore) -> Result<Self> {
        let client = Client::builder()
            .tls_backend_preconfigured(pins::tls_config(&address.pins, roots)?)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .no_proxy()
            .build()
            .map_err(|_| NotebookError::Internal("http client"))?;
        let runtime = Builder::new_current_thread()
            .enable_all()
            .on_thread_park(clear_stack)
            .build()
            .map_err(|_| NotebookError::Internal("runtime"))?;
        Ok(Self { address: address.clone(), client, runtime: Some(runtime) })
    }

    fn builder(&self, request: &WireRequest) -> std::result::Result<RequestBuilder, Fault> {
        let url = format!("{}{}", self.address.base, request.path);
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
        };
        let mut builder = self.client.request(method, url).headers(headers(request)?);
        if !request.body.is_empty() {
            builder = builder.body(request.body.clone());
        }
        Ok(builder)
    }

    async fn send(&self, request: &WireRequest) -> std::result::Result<Reply, Fault> {
        let mut response = self.builder(request)?.send().await;
        // A connection that was kept is gone: the server was started anew. Every call may be repeated.
        if response.as_ref().is_err_and(is_cut) {
            response = self.builder(request)?.send().await;
        }
        let response = response.map_err(|error| fault(&error))?;
        let status = response.status().as_u16();
        let json = is_json(response.headers());
        if response.headers().contains_key(LOCATION) {
            return Err(Fault::CaptivePortal);
        }
        let body = read_body(response).await?;
        Ok(Reply { status, json, body })
    }
}

impl Transport for HttpClient {
    fn exchange(&self, request: &WireRequest) -> std::result::Result<Reply, Fault> {
        let runtime = self.runtime.as_ref().ok_or(Fault::Unreachable)?;
        runtime.block_on(self.send(request))
    }
}

impl Drop for HttpClient {
    /// Also on a thread of another runtime, where waiting for this one would panic.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpClient")
    }
}

fn web_roots() -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned());
    if added == 0 { Err(NotebookError::Internal("web roots")) } else { Ok(roots) }
}

fn headers(request: &WireRequest) -> std::result::Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    if !request.body.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(signature) = &request.signature {
        for (name, value) in [
            (DEVICE_HEADER, signature.device.to_string()),
            (CREATED_HEADER, signature.created.to_string()),
            (NONCE_HEADER, HEXLOWER.encode(&signature.nonce)),
            (SIGNATURE_HEADER, BASE64URL_NOPAD.encode(&signature.signature)),
        ] {
            let value = HeaderValue::from_str(&value).map_err(|_| Fault::Garbled)?;
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    Ok(headers)
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

async fn read_body(mut response: Response) -> std::result::Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| fault(&error))? {
        if body.len().saturating_add(chunk.len()) > MAX_REPLY_BYTES {
            return Err(Fault::Garbled);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Whether a connection was there, and broke before an answer came.
fn is_cut(error: &reqwest::Error) -> bool {
    error.is_request() && !error.is_connect() && !error.is_timeout()
}

/// What a transport error means.
fn fault(error: &reqwest::Error) -> Fault {
    if is_refused_certificate(error) { Fault::Certificate } else { Fault::Unreachable }
}

/// A certificate that is not accepted hides at the bottom of the chain of causes, inside input errors.
fn is_refused_certificate(error: &(dyn Error + 'static)) -> bool {
    let inside = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    error.downcast_ref::<rustls::Error>().is_some_and(is_about_identity)
        || inside.is_some_and(|inside| is_refused_certificate(inside))
        || error.source().is_some_and(is_refused_certificate)
}

const fn is_about_identity(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::PeerIncompatible(_)
    )
}

#[cfg(test)]
mod tests;
