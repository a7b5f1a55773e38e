//! How much goes on a page.

use domain::sync::pull::{Cursor, Envelope, Page};

/// Bytes of sealed content on one page, so that an answer stays small on a slow link; at least one envelope.
const PAGE_BYTES: usize = 256 * 1024;

/// Rows to fetch for a page: one more than asked tells whether more is waiting.
#[must_use]
pub fn rows(limit: u16) -> i64 {
    i64::from(limit).saturating_add(1)
}

/// The page after a position, of up to [`rows`] envelopes.
#[must_use]
pub fn page(mut envelopes: Vec<Envelope>, after: Cursor, limit: u16) -> Page {
    let fitting = fitting(&envelopes).min(usize::from(limit));
    let more = envelopes.len() > fitting;
    envelopes.truncate(fitting);
    let next = envelopes.last().map_or(after, |envelope| envelope.cursor);
    Page { envelopes, next, more }
}

fn fitting(envelopes: &[Envelope]) -> usize {
    let mut bytes = 0_usize;
    envelopes
        .iter()
        .take_while(|envelope| {
            let is_first = bytes == 0;
            // The frame of an envelope is never free, so `bytes` is 0 only before the first one.
            bytes = bytes.saturating_add(envelope.operation.sealed.0.len()).saturating_add(256);
            is_first || bytes <= PAGE_BYTES
        })
        .count()
}
