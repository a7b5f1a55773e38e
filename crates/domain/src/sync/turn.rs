//! One turn (*un solo giro*): everything that an open notebook asks of the server at a visit, in one request.
//!
//! A turn says nothing that could not be said by single calls: a batch, then the receipt, pages, the manifest. Each part
//! is judged by itself, and one that is refused does not keep the others from being answered. The request is signed like
//! every other; a batch in it must be the asker's own. A device that is not active is refused as a whole, and says by
//! single calls what it still may.
//!
//! The server does the parts in this order: batch, pages, manifest. So whoever sent what is on a page is on the manifest
//! that comes with it.

use super::Stream;
use super::chain::Digest;
use super::error::Refused;
use super::manifest::SignedManifest;
use super::pull::{Cursor, Page};
use super::push::Batch;
use super::receipt::SignedReceipt;
use serde::{Deserialize, Serialize};

/// Pages in one turn: there are two streams.
pub const MAX_READS: usize = 2;

/// Body of `POST /v1/turns`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Turn {
    /// Protocol version.
    pub version: u16,
    /// Operations to hand in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Batch>,
    /// Pages to read, [`MAX_READS`] at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<Read>,
    /// Number of the manifest that the asker has, to be sent the one in force if that is another; absent to be sent none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<u64>,
    /// Number of the last place of the server's record that the asker saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<u64>,
}

/// A position in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Read {
    /// Which stream.
    pub stream: Stream,
    /// `next` of the page before; 0 from the start.
    pub after: Cursor,
    /// Envelopes on the page, 1 to [`super::pull::MAX_PAGE`]; more is read as that.
    pub limit: u16,
}

/// Answer of `POST /v1/turns`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TurnAnswer {
    /// What is held of the asker's log, after the batch; or why the batch was refused.
    pub receipt: ReceiptPart,
    /// One for each read, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<PagePart>,
    /// The manifest in force, if the asker has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<SignedManifest>,
    /// The chain value of the record where the asker saw its last place; absent if that is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<Digest>,
}

/// Answer to the batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptPart {
    /// It is held.
    Done(SignedReceipt),
    /// It is not.
    Refused(Refused),
}

/// Answer to a read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PagePart {
    /// The page.
    Done(Page),
    /// Why there is none.
    Refused(Refused),
}
