//! Disclosure (*rilascio*): what may leave the desk, by the rules D.4 of the design.
//!
//! | rule | where |
//! |---|---|
//! | 1 zeros and counts ≥ k are shown · 2 complement · 3 small total | [`suppress`] |
//! | 3 merging with the next week | [`merge_small_weeks`] |
//! | 4 one dimension, but for two crossings at half-year or longer under k = 10 | [`TableId::crossed`], [`TableId::allows`], [`cross`] |
//! | 5 one granularity, no overlap, frozen · 10 same rules | [`Ledger`] |
//! | 6 roll-up guard | [`roll_up`] |
//! | 7 class S at least monthly · 8 sensitive supplies | [`TableId::class`] |
//! | the audit over everything ever released | [`pinned`], [`protect`] |
//! | 9 unique persons as a range, ratios only over enough people | [`UniqueRange`], [`ratio_x10`] |
//!
//! The attacker of the tests knows every published cell and total, that zeros are shown, and therefore that a hidden
//! cell is at least 1. Invariant: no hidden count of 1…k−1 can be computed from what is published.
//! The rules work on plain counts, in the fixed order of the categories; nothing else enters.
//!
//! Known limit: rule 2 always takes the *smallest* visible cell as complement. Where that one ties with a cell that
//! stays visible, somebody who also replays this choice can tell k−1 from smaller counts.

mod audit;
mod cell;
mod cross;
mod exact;
mod ledger;
mod protect;
mod roll_up;
mod suppress;
mod system;
mod table;
mod threshold;
mod values;

#[cfg(test)]
mod tests;

pub use audit::{Contradiction, Place, PublishedRow, pinned};
pub use cell::{Cell, Suppressed, Why};
pub use cross::{CrossedShown, CrossedTable, cross};
pub use ledger::{Admission, Ledger, LedgerEntry, Recipient, RecipientKind, Refusal, Rules};
pub use protect::{Candidate, protect};
pub use roll_up::{RollUp, RollUpError, roll_up};
pub use suppress::suppress;
pub use table::{Class, ReleasedRow, ReleasedTable, TableId, merge_small_weeks, pair, split};
pub use threshold::{Threshold, ThresholdOutOfRange};
pub use values::{UniqueRange, ratio_x10};
