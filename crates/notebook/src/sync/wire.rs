//! Requests and answers of the protocol as bytes: what each call sends, and what its answer means. Pure.

use super::fault::Fault;
use domain::ids::DeviceId;
use domain::sync::audit::AuditHead;
use domain::sync::auth::RequestSignature;
use domain::sync::chain::Digest;
use domain::sync::error::Refused;
use domain::sync::manifest::SignedManifest;
use domain::sync::pull::{Cursor, Page};
use domain::sync::push::Batch;
use domain::sync::receipt::{Receipt, ReceiptFault, SignedReceipt};
use domain::sync::turn::{MAX_READS, PagePart, Read, ReceiptPart, Turn, TurnAnswer};
use domain::sync::version::CURRENT;
use domain::sync::wipe::WipeOrder;
use domain::sync::{Health, Stream};

/// Envelopes asked for at once: opening them holds the notebook, and a save must not wait for long.
const PAGE: u16 = 64;

/// Carries one request to the server and its answer back.
pub trait Transport {
    /// One exchange. No redirects. Tried again at once only if a connection breaks before the answer.
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

/// What a round asks in one turn, besides the receipt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The manifest in force, if it is another than the one here.
    pub manifest: bool,
    /// Operations from the first number, at most so many.
    pub push: Option<(u64, usize)>,
    /// Pages, from these positions on.
    pub reads: [Option<(Stream, Cursor)>; MAX_READS],
    /// The last place of the server's record that was seen here.
    pub audit: Option<AuditHead>,
}

impl Plan {
    /// The body of the request.
    #[must_use]
    pub fn turn(&self, batch: Option<Batch>, manifest: u64) -> Turn {
        let reads =
            self.reads.iter().flatten().map(|(stream, after)| Read { stream: *stream, after: *after, limit: PAGE });
        Turn {
            version: CURRENT,
            batch,
            reads: reads.collect(),
            manifest: self.manifest.then_some(manifest),
            audit: self.audit.map(|seen| seen.number),
        }
    }

    /// The parts of the answer, each with the call that it would be the answer to by itself, in the order of a round.
    fn read(&self, answer: TurnAnswer, server_key: &[u8]) -> Result<Vec<(Call, Answer)>, Fault> {
        let TurnAnswer { receipt, pages, manifest, audit: _ } = answer;
        let mut parts = Vec::new();
        if self.manifest {
            parts.push((Call::Manifest, manifest.map_or(Answer::Accepted, Answer::Manifest)));
        }
        let receipt = match receipt {
            ReceiptPart::Done(signed) => open_receipt(signed, server_key)?,
            ReceiptPart::Refused(refused) => Answer::Refused(refused),
        };
        parts.push((self.push.map_or(Call::Receipt, |(first, count)| Call::Push { first, count }), receipt));
        let asked: Vec<(Stream, Cursor)> = self.reads.iter().flatten().copied().collect();
        if asked.len() != pages.len() {
            return Err(Fault::Garbled);
        }
        for ((stream, after), page) in asked.into_iter().zip(pages) {
            let page = match page {
                PagePart::Done(page) if makes_sense(&page, stream, after) => Answer::Page(page),
                PagePart::Done(_) => return Err(Fault::Garbled),
                PagePart::Refused(refused) => Answer::Refused(refused),
            };
            parts.push((Call::Pull { stream, after }, page));
        }
        Ok(parts)
    }
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
    /// Several of these at once.
    Turn(Plan),
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
            Self::Turn(_) => (Method::Post, "/v1/turns".into()),
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
    /// The parts of a turn, and the chain value of the server's record where it was seen last.
    Turn(Vec<(Call, Answer)>, Option<Digest>),
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

fn open_receipt(signed: SignedReceipt, server_key: &[u8]) -> Result<Answer, Fault> {
    let receipt = signed.verify(server_key).map_err(|fault| match fault {
        ReceiptFault::Signature => Fault::Forged,
        ReceiptFault::Form => Fault::Garbled,
    })?;
    Ok(Answer::Receipt(receipt, signed))
}

fn read_content(call: Call, body: &[u8], server_key: &[u8]) -> Result<Answer, Fault> {
    match call {
        Call::Health => parse(body).map(Answer::Health),
        Call::Manifest => parse(body).map(Answer::Manifest),
        Call::Push { .. } | Call::Receipt => open_receipt(parse(body)?, server_key),
        Call::Turn(plan) => {
            let answer: TurnAnswer = parse(body)?;
            let audit = answer.audit;
            Ok(Answer::Turn(plan.read(answer, server_key)?, audit))
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
