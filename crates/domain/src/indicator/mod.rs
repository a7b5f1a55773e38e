//! Indicators (*indicatori*) I01… of `domain` D.2, computed from the coarse rows that the desk holds.
//!
//! | module | what |
//! |---|---|
//! | [`Records`] | everything the desk received, once each, the latest version of every night |
//! | [`OutingTally`] | what one outing counts: I02–I08, I10–I13, I19, I20, I27–I32, I35, I36 |
//! | [`ReferralTally`] | I15–I18 |
//! | [`OfficeTally`] | I25, I33, I35 away from outings |
//! | [`LostRule`] | when a referral is lost of view |
//! | [`NightSums`] | what adds up over nights |
//! | [`Tally`] | a period: sums of the above, I01, I09, I14 |
//! | [`Crossed`] | persons by two traits at once, for the two crossed tables of a release |
//! | [`External`] | the tables and figures of a period that may leave the desk (D.4) |
//!
//! Invariants: every breakdown of I05 adds up to I05; first + returning + unknown = I05; linked + unlinked = I05;
//! open at the end = open at the start + opened − ended. Neither the order nor the repetition of what was received
//! changes a number. Field names are those of the exchange format (`uscita tally --json`).

mod crossed;
mod external;
mod lost;
mod office;
mod outing;
mod period;
mod records;
mod referral;
mod sums;

#[cfg(test)]
mod tests;

pub use crossed::Crossed;
pub use external::{Activity, CONTACT_TABLES, External, FEWEST_OUTINGS, categories, has_few_outings};
pub use lost::LostRule;
pub use office::OfficeTally;
pub use outing::OutingTally;
pub use period::Tally;
pub use records::{Records, Source};
pub use referral::{COMPLETION_DAYS, ReferralPath, ReferralTally};
pub use sums::{NightRank, NightSums, Reached};

use std::collections::BTreeMap;

/// Counts by code. Codes that do not occur are absent.
pub type Counts<K> = BTreeMap<K, u64>;

/// Adds to a count; nothing is entered for nothing.
fn count<K: Ord + Clone>(counts: &mut Counts<K>, key: &K, n: u64) {
    if n > 0 {
        let sum = counts.entry(key.clone()).or_default();
        *sum = sum.saturating_add(n);
    }
}

/// Adds all counts of one map to another.
fn add_all<K: Ord + Clone>(counts: &mut Counts<K>, others: &Counts<K>) {
    for (key, n) in others {
        count(counts, key, *n);
    }
}

/// The count of a code.
fn of<K: Ord>(counts: &Counts<K>, key: &K) -> u64 {
    counts.get(key).copied().unwrap_or_default()
}

/// Sum of all counts.
fn total<K>(counts: &Counts<K>) -> u64 {
    counts.values().fold(0, |sum, n| sum.saturating_add(*n))
}
