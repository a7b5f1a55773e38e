//! The desk (*sportello*): counting from night logs, and what day staff write.
//!
//! Opened envelopes are kept as they came ([`crate::store`]); every number is computed from them anew by
//! [`domain::indicator`], so that order and repetition of deliveries do not matter (architecture 10, invariants 2 to 4).
//! An envelope that cannot be opened, or is too new, is set aside by [`crate::ingest`] and blocks nothing.
//!
//! | module | what |
//! |---|---|
//! | [`count`] | the exact tally of a week, and what of it may leave |
//! | [`devices`] | the devices, where each stands, what was done about them |
//! | [`page`] | the page of a week, inside and outside |
//! | [`release`] | releases: made, listed, published |
//! | [`write`] | accesses, events, referrals and follow-ups of day staff |

mod count;
pub(crate) mod devices;
pub(crate) mod page;
mod release;
#[cfg(test)]
mod tests;
mod write;

pub use release::{KnownRelease, ReadyPublication};
pub use write::{NewAccess, NewAccompaniment, NewEvent, NewReferral};
