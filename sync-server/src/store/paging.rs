//! How much goes on a page. What does not is not even read: a page of the largest operations would be 75 times as large.

use domain::sync::pull::{Cursor, Envelope, Page};

/// Bytes of sealed content on one page, so that an answer stays small on a slow link; at least one envelope.
const PAGE_BYTES: usize = 256 * 1024;
/// What an envelope has besides its sealed content, about.
const FRAME: usize = 256;

/// Rows to ask for: one more than goes on the page tells whether more is waiting.
#[must_use]
pub fn rows(limit: u16) -> i64 {
    i64::from(limit).saturating_add(1)
}

/// A page that is being filled, in order, until nothing more goes on it.
pub struct Filling {
    envelopes: Vec<Envelope>,
    bytes: usize,
    limit: u16,
    is_full: bool,
}

impl Filling {
    /// An empty one, for up to `limit` envelopes.
    #[must_use]
    pub const fn new(limit: u16) -> Self {
        Self { envelopes: Vec::new(), bytes: 0, limit, is_full: false }
    }

    /// Whether there was an envelope that did not go on it.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.is_full
    }

    /// Puts the next one on it, if it still goes there.
    pub fn add(&mut self, envelope: Envelope) {
        let bytes = self.bytes.saturating_add(envelope.operation.sealed.0.len()).saturating_add(FRAME);
        let fits = self.envelopes.is_empty() || bytes <= PAGE_BYTES;
        if self.is_full || !fits || self.envelopes.len() >= usize::from(self.limit) {
            self.is_full = true;
            return;
        }
        self.bytes = bytes;
        self.envelopes.push(envelope);
    }

    /// The page after a position.
    #[must_use]
    pub fn page(self, after: Cursor) -> Page {
        let next = self.envelopes.last().map_or(after, |envelope| envelope.cursor);
        Page { envelopes: self.envelopes, next, more: self.is_full }
    }
}
