//! What is kept for how long, and what becomes of it afterwards. A mailbox is no archive.
//!
//! | what | until |
//! |---|---|
//! | sealed bytes of a log | a desk has held them for [`Terms::sealed_days`], and a backup too where there are backups |
//! | sealed bytes that were set aside | no desk ever gets them, so they stay |
//! | quarantine | dropped: [`Terms::quarantine_days`] after it; left over by a release: the same, if a backup has them |
//! | enrolment codes | a day, so that a phone that asks again is told the same |
//! | keys that nobody approved | [`PENDING_DAYS`] |
//!
//! Of an operation whose bytes are removed its place in the chain stays, with its signature: nothing changes for phones
//! that send, and readers get a skeleton.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// Days after which keys that wait for the admin are forgotten; the phone needs another code long before.
pub const PENDING_DAYS: u64 = 30;
/// Operations of one transaction: others must not wait long.
pub const AT_ONCE: i64 = 500;

/// What a deployment decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Days for which sealed bytes stay after they are held elsewhere.
    pub sealed_days: u16,
    /// Days for which quarantine stays after a decision.
    pub quarantine_days: u16,
    /// Backups are made: what is in none is never removed.
    pub has_backups: bool,
}

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// What was decided.
    pub terms: Terms,
    /// Server time.
    pub now: DateTime<Utc>,
}

/// What a run removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Operations whose sealed bytes are gone.
    pub operations: u64,
    /// Batches of quarantine.
    pub batches: u64,
    /// Codes and keys of enrolments.
    pub enrolments: u64,
    /// There is more of it: the next transaction goes on.
    pub more: bool,
}

impl Due {
    /// Today, UTC.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// What was held elsewhere on this day or before may be removed.
    #[must_use]
    pub fn sealed_until(&self) -> NaiveDate {
        self.before(self.terms.sealed_days)
    }

    /// What was decided on this day or before may be removed.
    #[must_use]
    pub fn quarantine_until(&self) -> NaiveDate {
        self.before(self.terms.quarantine_days)
    }

    /// Keys handed in before this second are forgotten.
    #[must_use]
    pub fn pending_until(&self) -> i64 {
        self.now.checked_sub_days(Days::new(PENDING_DAYS)).map_or(i64::MIN, |then| then.timestamp())
    }

    fn before(&self, days: u16) -> NaiveDate {
        self.today().checked_sub_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MIN)
    }
}
