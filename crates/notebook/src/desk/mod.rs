//! The desk (*sportello*): counting from night logs, and what day staff write.
//!
//! Opened envelopes are kept as they came ([`crate::store`]); everything here is folded from them, so that order and
//! repetition of deliveries do not matter (architecture 10, invariants 2 to 4). An envelope that cannot be opened or is
//! too new is set aside by [`crate::ingest`] and blocks nothing.
//!
//! | module | what |
//! |---|---|
//! | [`ledger`] | what stands: the night log of each outing, referrals with their events, the desk's own entries |
//! | [`path`] | the order of a referral's events |
//! | [`write`] | accesses, events, referrals and follow-ups of day staff |

mod ledger;
mod path;
#[cfg(test)]
mod tests;
mod write;

pub use ledger::Ledger;
pub use write::{NewAccess, NewAccompaniment, NewEvent, NewReferral};
