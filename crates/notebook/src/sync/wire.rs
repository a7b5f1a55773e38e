//! Requests and answers of the protocol as bytes: what each call sends, and what its answer means. Pure.

use super::fault::Fault;
use domain::ids::DeviceId;
use domain::sync::auth::RequestSignature;
use domain::sync::error::Refused;
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::{Cursor, Page};
use domain::sync::receipt::{Receipt, ReceiptFault, SignedReceipt};
use domain::sync::wipe::WipeOrder;
use domain::sync::{Health, Stream};

/// Envelopes asked for at once: opening them holds the notebook, and a save must not wait for long.
const PAGE: u16 = 64;

/// Carries one request to the server and its answer back.
pub trait Transport {
    /// One exchange. No redirects, no retries.
    ///
    /// # Errors
    /// A [`Fault`] if there is no answer at all.
    fn exchange(&self, request: &WireRequest) -> Result<Reply, Fault>;
}

/// Verb of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Adds.
    Post,
    /// Replaces.
    Put,
}

impl Method {
    /// As it is written and signed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }
}

/// A request, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WireRequest {
    /// Verb.
    pub method: Method,
    /// Path with query, as signed.
    pub path: String,
    /// JSON, or nothing.
    pub body: Vec<u8>,
    /// Signature headers, for calls that need them.
    pub signature: Option<RequestSignature>,
}

impl WireRequest {
    /// A request without signature.
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>, body: Vec<u8>) -> Self {
        Self { method, path: path.into(), body, signature: None }
    }
}

/// An answer, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Whether it says it is JSON.
    pub json: bool,
    /// The body.
    pub body: Vec<u8>,
}

/// What a round asks of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The server's time and versions.
    Health,
    /// The manifest in force.
    Manifest,
    /// Hands in operations from `first`, at most `count`.
    Push {
        /// Sequence number of the first operation.
        first: u64,
        /// At most so many.
        count: usize,
    },
    /// What the server holds of this device.
    Receipt,
    /// What others handed in.
    Pull {
        /// Which stream.
        stream: Stream,
        /// From where on.
        after: Cursor,
    },
    /// Copies are held here.
    Acknowledge,
    /// Whether this device is to be wiped.
    Order(DeviceId),
    /// It was wiped as ordered.
    ConfirmWipe,
}

impl Call {
    /// Whether the request must be signed, which needs the open notebook.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        !matches!(self, Self::Health | Self::Push { .. } | Self::Order(_) | Self::ConfirmWipe)
    }

    /// Verb and path.
    #[must_use]
    pub fn target(self) -> (Method, String) {
        match self {
            Self::Health => (Method::Get, "/v1/health".into()),
            Self::Manifest => (Method::Get, "/v1/manifest".into()),
            Self::Push { .. } => (Method::Post, "/v1/batches".into()),
            Self::Receipt => (Method::Get, "/v1/receipt".into()),
            Self::Pull { stream, after } => {
                (Method::Get, format!("/v1/streams/{stream}?after={}&limit={PAGE}", after.0))
            }
            Self::Acknowledge => (Method::Post, "/v1/acknowledgements".into()),
            Self::Order(device) => (Method::Get, format!("/v1/orders/{device}")),
            Self::ConfirmWipe => (Method::Post, "/v1/wipes".into()),
        }
    }
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server's time and versions.
    Health(Health),
    /// A manifest; its signature is not checked yet.
    Manifest(SignedManifest),
    /// A receipt that the pinned server key signed, read and as it came.
    Receipt(Receipt, SignedReceipt),
    /// A page whose cursors make sense.
    Page(Page),
    /// The admin's order to wipe a device; its signature is not checked yet.
    Order(WipeOrder),
    /// Done, nothing to say.
    Accepted,
    /// The server said no.
    Refused(Refused),
}

/// Reads the answer to a call. `server_key` is the pinned key of receipts.
///
/// # Errors
/// A [`Fault`] for everything that is not an answer of the protocol.
pub fn read(call: Call, reply: &Reply, server_key: &[u8]) -> Result<Answer, Fault> {
    match reply.status {
        200 | 201 if reply.json => read_content(call, &reply.body, server_key),
        204 if matches!(call, Call::Acknowledge | Call::ConfirmWipe) => Ok(Answer::Accepted),
        // A sign-in page answers 200 with HTML, 204 (the "you are online" check), redirects, or says 511.
        200..=399 | 511 => Err(Fault::CaptivePortal),
        _ if reply.json => serde_json::from_slice(&reply.body).map(Answer::Refused).map_err(|_| Fault::Garbled),
        // A proxy in front of a stopped server speaks for itself.
        _ => Err(Fault::Unreachable),
    }
}

fn read_content(call: Call, body: &[u8], server_key: &[u8]) -> Result<Answer, Fault> {
    match call {
        Call::Health => parse(body).map(Answer::Health),
        Call::Manifest => parse(body).map(Answer::Manifest),
        Call::Push { .. } | Call::Receipt => {
            let signed: SignedReceipt = parse(body)?;
            let receipt = signed.verify(server_key).map_err(|fault| match fault {
                ReceiptFault::Signature => Fault::Forged,
                ReceiptFault::Form => Fault::Garbled,
            })?;
            Ok(Answer::Receipt(receipt, signed))
        }
        Call::Pull { stream, after } => {
            let page: Page = parse(body)?;
            if makes_sense(&page, stream, after) { Ok(Answer::Page(page)) } else { Err(Fault::Garbled) }
        }
        Call::Order(_) => parse(body).map(Answer::Order),
        Call::Acknowledge | Call::ConfirmWipe => Err(Fault::Garbled),
    }
}

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|_| Fault::Garbled)
}

/// Cursors ascend from where we asked, the page ends where its last envelope stands, and "more" moves on. A page that
/// skipped ahead would lose what it skipped. Whether an envelope is whole is not asked here: one that is spoilt on the
/// server's disk must not keep the rest of the page back.
fn makes_sense(page: &Page, stream: Stream, after: Cursor) -> bool {
    let mut last = after;
    for envelope in &page.envelopes {
        if envelope.cursor <= last || envelope.operation.stream != stream {
            return false;
        }
        last = envelope.cursor;
    }
    page.next == last && !(page.more && page.next == after)
}

#[cfg(test)]
mod tests;
